/* Workbooks from outside: what their cells say; what is refused, and where it is said to be; size and memory. */
#include "xlsx_kit.h"

#include <stdlib.h>
#include <sys/resource.h>

static struct work work_in(void) { return (struct work){.a = arena_new(0), .now = TEST_NOW}; }

#define says(rows, wanted) says_at(rows, wanted, __FILE__, __LINE__)
static void says_at(const char *rows, const char *wanted, const char *file, int line)
{
    struct work w = work_in();
    struct made parts[P_PARTS];
    str told;
    least(parts, str_of(rows), w.a);
    parts[P_STRINGS].body =
        S("<sst " MAIN_NS "><si><t>一</t></si><si><r><t>情</t></r><rPh sb=\"0\" eb=\"1\"><t>ジョウ</t></rPh>"
          "<r><rPr><b/></rPr><t xml:space=\"preserve\">報 </t></r><phoneticPr fontId=\"1\"/></si>"
          "<si><t>a_x000D_b_x005F_x0041__xD800_</t></si><si/></sst>");
    check_err(&w, tell_sheet(&w, zip_of(w.a, parts, P_PARTS), 0, &told), OK, file, line);
    check_str(told, wanted, file, line);
    arena_free(w.a);
}

#define refuses_rows(rows, part) refuses_rows_at(rows, part, __FILE__, __LINE__)
static void refuses_rows_at(const char *rows, const char *part, const char *file, int line)
{
    struct work w = work_in();
    struct made parts[P_PARTS];
    str told;
    least(parts, str_of(rows), w.a);
    check_err(&w, tell_sheet(&w, zip_of(w.a, parts, P_PARTS), 0, &told), INVALID, file, line);
    assert_int_equal(w.faults.count, 1);
    assert_string_equal(str_c(w.a, w.faults.first[0].where.file), "t.xlsx");
    check_fault(&w, part, file, line);
    arena_free(w.a);
}

static void cells_say(void **state)
{
    (void)state;
    says("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>", "A1=一;C1=情報 ;");
    says("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c><v>7</v></c></row>",
         "B2=a\rb_x0041__xD800_;D2=7;");
    says("<row><c t=\"inlineStr\"><is><r><t>漢</t></r><r><t>字</t></r><rPh sb=\"0\" "
         "eb=\"2\"><t>カンジ</t></rPh></is></c></row>",
         "A1=漢字;");
    says("<row><c t=\"str\"><v>x &amp; y</v></c><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>",
         "A1=x & y;B1=TRUE;C1=FALSE;");
    says("<row><c><v>0.10</v></c><c><v>1E+3</v></c><c><v>-12345678901234567890</v></c></row>",
         "A1=0.10;B1=1E+3;C1=-12345678901234567890;");
    says("<row><c s=\"1\"><v>39195</v></c><c s=\"2\"><v>39195.5</v></c><c s=\"1\"><v>59</v></c><c "
         "s=\"1\"><v>61</v></c></row>",
         "A1=2007-04-23;B1=2007-04-23 12:00:00;C1=1900-02-28;D1=1900-03-01;");
    says("<row r=\"3\"/><row r=\"5\" xmlns:x=\"urn:other\"><x:f>=1</x:f><c r=\"A5\"><v>5</v></c></row>", "A5=5;");
}

static void cells_are_refused(void **state)
{
    (void)state;
    refuses_rows("<row r=\"3\"><c r=\"B3\"><f>1+1</f><v>2</v></c></row>", "formula");
    refuses_rows("<row r=\"3\"><c r=\"B3\" t=\"e\"><v>#N/A</v></c></row>", "error");
    refuses_rows("<row r=\"3\"/><row r=\"3\"/>", "out of order");
    refuses_rows("<row r=\"3\"/><row r=\"2\"/>", "out of order");
    refuses_rows("<row r=\"1048577\"/>", "out of order");
    refuses_rows("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "out of order");
    refuses_rows("<row r=\"1\"><c r=\"A2\"/></row>", "out of order");
    refuses_rows("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "out of order");
    refuses_rows("<row r=\"1\"><c r=\"AAAAAAAAAAAAAAA1\"/></row>", "out of order");
    refuses_rows("<row r=\"1\"><c t=\"s\"><v>9</v></c></row>", "no value");
    refuses_rows("<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>", "no value");
    refuses_rows("<row r=\"1\"><c><v>1,5</v></c></row>", "no value");
    refuses_rows("<row r=\"1\"><c s=\"1\"><v>1e300</v></c></row>", "no value");
    refuses_rows("<row r=\"1\"><c t=\"z\"><v>1</v></c></row>", "of a kind");
    refuses_rows("<row r=\"1\"><c", "no good XML");
}

static void the_place_is_told(void **state)
{
    (void)state;
    struct work w = work_in();
    struct made parts[P_PARTS];
    str told;
    least(parts, S("<row r=\"12\"><c r=\"AB12\"><f>1</f></c></row>"), w.a);
    assert_err(&w, tell_sheet(&w, zip_of(w.a, parts, P_PARTS), 0, &told), INVALID);
    assert_int_equal(w.faults.first[0].where.row, 12);
    assert_int_equal(w.faults.first[0].where.column, 28);
    assert_str(w.faults.first[0].where.field, "s!AB12");
    arena_free(w.a);
}

/* ---- parts ---- */

#define refuses(place, bytes, part) refuses_part((place), NULL, (bytes), INVALID, (part), __FILE__, __LINE__)
#define refuses_extra(name, part) refuses_part(P_EXTRA, (name), S("x"), INVALID, (part), __FILE__, __LINE__)
static void refuses_part(int place, const char *name, str body, enum err wanted, const char *part, const char *file,
                         int line)
{
    struct work w = work_in();
    struct made parts[P_PARTS];
    str told;
    least(parts, S("<row><c><v>1</v></c></row>"), w.a);
    parts[place].body = body;
    if (name != NULL) parts[place].name = name;
    check_err(&w, tell_sheet(&w, zip_of(w.a, parts, P_PARTS), 0, &told), wanted, file, line);
    check_fault(&w, part, file, line);
    arena_free(w.a);
}

static void parts_are_refused(void **state)
{
    (void)state;
    for (int i = 0; i < P_EXTRA; i++) refuses(i, ((str){NULL, 0}), "missing");
    refuses_extra("/abs.xml", "name no workbook has");
    refuses_extra("xl/../up.xml", "name no workbook has");
    refuses_extra("C:evil.xml", "name no workbook has");
    refuses_extra("xl\\a.xml", "name no workbook has");
    refuses_extra("xl/vbaProject.bin", "macros");
    refuses_extra("XL/VBAPROJECT.BIN", "macros");
    refuses_extra("xl/externalLinks/externalLink1.xml", "other workbooks");
    refuses_extra("xl/embeddings/oleObject1.bin", "embedded");
    refuses_extra("xl/workbook.bin", "binary");
    refuses_extra("xl/WORKSHEETS/sheet1.xml", "twice");
    refuses(P_SHEET, S("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet " MAIN_NS ">&a;</worksheet>"), "document type");
    refuses(P_STRINGS, S("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><sst " MAIN_NS "/>"), "document type");
    refuses(P_STRINGS, S("<sst " MAIN_NS "><si><t>&lol;</t></si></sst>"), "no good XML");
    refuses(P_STRINGS, S("<sst " MAIN_NS "><si><t>\xFF</t></si></sst>"), "no good XML");
    refuses(P_BOOK, S("<workbook " MAIN_NS "/>"), "no sheet");
    refuses(
        P_BOOK,
        S("<workbook " MAIN_NS " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"s\" r:id=\"rId9\"/></sheets></workbook>"),
        "missing");
    refuses(P_BOOK,
            S("<workbook " MAIN_NS " xmlns:r=\"" OFFICE
              "\"><sheets><sheet name=\"s\" r:id=\"rId1\"/><sheet name=\"s\" r:id=\"rId1\"/>"
              "</sheets></workbook>"),
            "two sheets");
    refuses(P_BOOK,
            S("<workbook " MAIN_NS " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"s\" r:id=\"rId1\"/></sheets>"
              "<externalReferences><externalReference r:id=\"x\"/></externalReferences></workbook>"),
            "other workbooks");
    refuses(P_SHEET,
            S("<worksheet " MAIN_NS "><sheetData/><mergeCells><mergeCell ref=\"B2:C3\"/></mergeCells></worksheet>"),
            "merged");
    refuses(P_RELATIONS,
            S("<Relationships " PACKAGE_NS "><Relationship Id=\"a\" Type=\"" OFFICE
              "/externalLink\" Target=\"x\"/></Relationships>"),
            "other workbooks");
}

static str repeated(struct arena *a, const char *head, const char *what, size_t n, const char *tail)
{
    struct buf b = buf_in(a);
    buf_add(&b, str_of(head));
    for (size_t i = 0; i < n; i++) buf_add(&b, str_of(what));
    buf_add(&b, str_of(tail));
    return buf_str(&b);
}

static void limits_hold(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    refuses(P_SHEET, repeated(a, "<worksheet " MAIN_NS ">", "<a>", 60, ""), "nests deeper");
    refuses(
        P_SHEET,
        repeated(a, "<worksheet " MAIN_NS "><sheetData><row><c t=\"inlineStr\"><is><t>", "0123456789", 14000, "</t>"),
        "more than 131068 bytes");
    refuses(P_STRINGS, repeated(a, "<sst " MAIN_NS "><si><t>", "0123456789", 14000, "</t>"),
            "longer than 131068 bytes");
    refuses(P_SHEET, repeated(a, "<worksheet " MAIN_NS ">", "                ", 1 << 20, "</worksheet>"),
            "times its size");
    refuses(P_STYLES,
            repeated(a, "<styleSheet " MAIN_NS "><cellXfs>", "<xf/>", XLSX_STYLES_MAX + 1, "</cellXfs></styleSheet>"),
            "styles");
    struct buf noise = buf_in(a); /* a comment that does not end, and does not pack well */
    buf_add(&noise, S("<worksheet " MAIN_NS "><!--"));
    uint64_t x = 1;
    for (size_t i = 0; i < 3 << 20; i++, x = x * 6364136223846793005u + 1442695040888963407u)
        buf_byte(&noise, "0123456789abcdef"[x >> 60]);
    refuses(P_SHEET, buf_str(&noise), "word longer");
    struct made *many = arena_array(a, 2100, sizeof *many);
    for (size_t i = 0; i < 2100; i++) many[i] = (struct made){str_c(a, str_fmt(a, "p%zu", i)), S("x")};
    struct work w = work_in();
    struct xlsx_in *in;
    assert_err(&w, xlsx_open(&w, S("t.xlsx"), zip_of(a, many, 2100), &in), INVALID);
    assert_fault(&w, "more than 2000 entries");
    arena_free(w.a);
    arena_free(a);
}

/* ---- archives that lie ---- */

#define refuses_bytes(bytes, part) refuses_bytes_at(bytes, part, __FILE__, __LINE__)
static void refuses_bytes_at(str bytes, const char *part, const char *file, int line)
{
    struct work w = work_in();
    str told;
    check_err(&w, tell_sheet(&w, bytes, 0, &told), INVALID, file, line);
    check_fault(&w, part, file, line);
    arena_free(w.a);
}

static str good_book(struct arena *a)
{
    struct made parts[P_PARTS];
    least(parts, S("<row><c><v>1</v></c></row>"), a);
    return zip_of(a, parts, P_PARTS);
}

/* The n-th header of the directory, in a copy that may be changed. */
static char *directory(str bytes, size_t n)
{
    char *p = (char *)(uintptr_t)bytes.p;
    for (size_t i = 0; i + 4 <= bytes.n; i++)
        if (memcmp(p + i, "PK\1\2", 4) == 0 && n-- == 0) return p + i;
    fail_msg("no such header");
    return NULL;
}

static void archives_that_lie(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    refuses_bytes(S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), "old workbook");
    refuses_bytes(S("PK\3\4"), "damaged");
    refuses_bytes(S("a,b\r\n"), "damaged");
    str b = str_dup(a, good_book(a));
    refuses_bytes(str_sub(b, 0, b.n - 30), "damaged");
    directory(b, 4)[8] |= 1;
    refuses_bytes(b, "encrypted");
    b = str_dup(a, good_book(a));
    directory(b, 4)[10] = 12; /* bzip2 */
    refuses_bytes(b, "packed in a way");
    b = str_dup(a, good_book(a));
    directory(b, 4)[24] += 1; /* says one byte more than there is */
    refuses_bytes(b, "damaged");
    b = str_dup(a, good_book(a));
    directory(b, 4)[16] ^= 1; /* checksum */
    refuses_bytes(b, "damaged");
    b = str_dup(a, good_book(a));
    memset(directory(b, 4) + 24, 0x7f, 4); /* two gigabytes, it says */
    struct work w = work_in();
    str told;
    assert_err(&w, tell_sheet(&w, b, 0, &told), BUSY);
    assert_fault(&w, "larger than 512 MB");
    arena_free(w.a);
    const struct made two[] = {{"a/1.xml", S_INIT("x")}, {"a/2.xml", S_INIT("x")}};
    b = str_dup(a, zip_of(a, two, 2));
    memcpy(directory(b, 1) + 42, directory(b, 0) + 42, 4); /* both at one place */
    refuses_bytes(b, "overlap");
    for (size_t n = 0; n < b.n; n++) { /* cut anywhere: never taken, never read beyond */
        w = work_in();
        assert_int_equal(tell_sheet(&w, str_dup(w.a, str_sub(b, 0, n)), 0, &told), INVALID);
        arena_free(w.a);
    }
    arena_free(a);
}

/* ---- ours ---- */

static void ours_comes_back(void **state)
{
    (void)state;
    struct work w = work_in();
    struct buf b = buf_in(w.a);
    struct xlsx *x = xlsx_begin(w.a, (struct zip_sink){into_buf, &b}, &(struct xlsx_about){S("t"), TEST_NOW});
    struct xlsx_sheet *s = xlsx_sheet(x, S("表 & \"一\""), NULL, 3);
    xlsx_form(s, &(struct xlsx_form){.locked = true, .very_hidden = true});
    xlsx_row(s);
    xlsx_row(s);
    xlsx_text(s, XLSX_TEXT, S("=1+1"));
    xlsx_text(s, XLSX_FORM_INPUT, S("𠮷野\n_x0041_ <&>"));
    xlsx_int(s, XLSX_DATE, 13626);
    xlsx_sheet_end(s, &(struct xlsx_paper){0});
    assert_true(xlsx_end(x));
    struct xlsx_in *in;
    str told;
    assert_ok(&w, xlsx_open(&w, S("t.xlsx"), buf_str(&b), &in));
    assert_int_equal(xlsx_tabs(in), 1);
    assert_str(xlsx_tab(in, 0)->name, "表 & \"一\"");
    assert_int_equal(xlsx_tab(in, 0)->shown, XLSX_VERY_HIDDEN);
    assert_ok(&w, tell_sheet(&w, buf_str(&b), 0, &told));
    assert_str(told, "A2==1+1;B2=𠮷野\n_x0041_ <&>;C2=2007-04-23;");
    arena_free(w.a);
}

static long peak_kilobytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

static enum err count_line(void *to, const struct xlsx_line *l)
{
    *(int64_t *)to += (int64_t)l->n;
    return OK;
}

static void size_costs_no_memory(void **state)
{
    (void)state;
    struct work w = work_in();
    struct buf b = buf_in(w.a);
    struct xlsx *x = xlsx_begin(w.a, (struct zip_sink){into_buf, &b}, &(struct xlsx_about){S("t"), TEST_NOW});
    static const struct xlsx_head heads[4] = {
        {S_INIT("a"), false}, {S_INIT("b"), false}, {S_INIT("c"), false}, {S_INIT("d"), false}};
    struct xlsx_sheet *s = xlsx_sheet(x, S("s"), heads, 4);
    for (int64_t i = 0; i < 200000; i++) {
        xlsx_row(s);
        xlsx_int(s, XLSX_INT, i);
        xlsx_text(s, XLSX_TEXT, S("実施した"));
        xlsx_text(s, XLSX_TEXT, S("該当する場面がなかった"));
        xlsx_text(s, XLSX_TEXT, str_of(i % 3 == 0 ? "はい" : "いいえ"));
    }
    xlsx_sheet_end(s, &(struct xlsx_paper){0});
    assert_true(xlsx_end(x));
    long before = peak_kilobytes();
    struct xlsx_in *in;
    int64_t cells = 0;
    assert_ok(&w, xlsx_open(&w, S("t.xlsx"), buf_str(&b), &in));
    assert_ok(&w, xlsx_lines(in, 0, count_line, &cells));
    assert_int_equal(cells, 200001 * 4);
    assert_true(peak_kilobytes() - before < 8 * 1024);
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_say),         cmocka_unit_test(cells_are_refused),
        cmocka_unit_test(the_place_is_told), cmocka_unit_test(parts_are_refused),
        cmocka_unit_test(limits_hold),       cmocka_unit_test(archives_that_lie),
        cmocka_unit_test(ours_comes_back),   cmocka_unit_test(size_costs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
