/* DOCX: what stands in the parts we write, read back by minizip and our own reader of XML; that every part is good XML
 * whatever the words are; that the same doc gives the same bytes; what is too large says so. */
#include "support.h"

#include <minizip/unzip.h>
#include <unistd.h>

#include "face/face.h"
#include "format/docx_write.h"
#include "format/xml.h"

struct memory {
    struct out out;
    struct buf b;
};

static bool take(struct out *o, str bytes)
{
    buf_add(&((struct memory *)o)->b, bytes);
    return true;
}

static struct memory memory_in(struct arena *a) { return (struct memory){{.put = take}, buf_in(a)}; }

/* ---- parts ---- */

static unzFile unzip(str bytes)
{
    char path[] = "/tmp/meguri-XXXXXX.docx";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
    close(fd);
    unzFile z = unzOpen64(path);
    unlink(path);
    assert_non_null(z);
    return z;
}

static str current_part(struct arena *a, unzFile z)
{
    struct buf b = buf_in(a);
    char piece[4096];
    assert_int_equal(unzOpenCurrentFile(z), UNZ_OK);
    for (int n; (n = unzReadCurrentFile(z, piece, sizeof piece)) != 0;) {
        assert_true(n > 0);
        buf_add(&b, (str){piece, (size_t)n});
    }
    assert_int_equal(unzCloseCurrentFile(z), UNZ_OK); /* the checksum too */
    return buf_str(&b);
}

static str part(struct arena *a, str bytes, const char *name)
{
    unzFile z = unzip(bytes);
    assert_int_equal(unzLocateFile(z, name, 1), UNZ_OK);
    str body = current_part(a, z);
    unzClose(z);
    return body;
}

struct heard {
    struct buf b;
};

/* Paragraphs end in newlines, cells in |, rows in ; */
static enum err hear_end(void *to, struct xml *x, struct xml_name name)
{
    (void)x;
    struct buf *b = &((struct heard *)to)->b;
    if (str_eq(name.local, S("p"))) buf_byte(b, '\n');
    if (str_eq(name.local, S("tc"))) buf_byte(b, '|');
    if (str_eq(name.local, S("tr"))) buf_add(b, S(";\n"));
    if (str_eq(name.local, S("br"))) buf_byte(b, '/');
    return OK;
}
static enum err hear_start(void *to, struct xml *x, struct xml_name name)
{
    if (str_eq(name.local, S("pStyle")) &&
        str_eq(name.ns, S("http://schemas.openxmlformats.org/wordprocessingml/2006/main")))
        buf_byte(&((struct heard *)to)->b, '.');
    (void)x;
    return OK;
}
static enum err hear_text(void *to, struct xml *x, str text)
{
    (void)x;
    buf_add(&((struct heard *)to)->b, text);
    return OK;
}

static str told(struct work *w, str xml)
{
    static const struct xml_events events = {hear_start, hear_end, hear_text};
    struct heard h = {buf_in(w->a)};
    assert_ok(w, xml_read(w, S("part"), xml, &events, &h));
    return buf_str(&h.b);
}

static int all_parts_are_xml(struct work *w, str bytes)
{
    unzFile z = unzip(bytes);
    int n = 0;
    for (int rc = unzGoToFirstFile(z); rc == UNZ_OK; rc = unzGoToNextFile(z), n++) told(w, current_part(w->a, z));
    unzClose(z);
    return n;
}

static size_t count(str s, const char *what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, str_of(what))) >= 0; n++) s = str_sub(s, (size_t)at + strlen(what), s.n);
    return n;
}

#define assert_has(text, what) assert_true(str_find(text, S(what)) >= 0)
#define assert_lacks(text, what) assert_true(str_find(text, S(what)) < 0)

/* ---- a doc ---- */

static const struct column columns[] = {
    {"org", CELL_ORG, N("Col org")},
    {"text", CELL_TEXT, N("Col text")},
    {"count", CELL_INT, N("Col count")},
    {"rate", CELL_RATE, N("Col rate")},
    {"change", CELL_RATE, N("Col change"), COL_SIGN},
    {"day", CELL_DATE, N("Col day")},
    {"flag", CELL_BOOL, N("Col flag")},
    {"hidden", CELL_TEXT, N("Col hidden"), COL_DATA},
    {"button", CELL_TEXT, N("Col button"), .to = "registry import", .with = "code"},
};

static struct cell rate(double value, int32_t tenths, int64_t n, int64_t d)
{
    return C_RATE(((struct rate){true, value, tenths, n, d}));
}

static void write_doc(struct work *w, struct out *out, enum lang lang)
{
    const struct page page = {S("test view"), S("Test: view"), NULL, lang};
    struct doc *d = format_docx.begin(w, out, &page);
    doc_title(d, S("The title"));
    doc_lead(d, S("The lead"));
    doc_fact_of(d, "share", S("Fact share"), rate(0.9996, 999, 2499, 2500), S("of %1 bodies"), S("17"));
    doc_fact(d, "day", S("Fact day"), C_DATE(13626));
    doc_heading(d, S("A heading"));
    DOC_TABLE(d, "one", columns);
    DOC_ROW(d, C_ORG(S("007"), S("省"), S("Ministry"), 2), C_TEXT(S("𠮷野家 葛󠄀城市")), C_INT(190171),
            rate(0.78817733990147, 788, 640, 812), rate(-0.012, -12, 0, 0), C_DATE(13626), C_BOOL(1),
            C_TEXT(S("never seen")), C_TEXT(S("Press")));
    DOC_ROW(d, C_NONE, C_TEXT(S("a\nb")), C_INT(-5), C_RATE(((struct rate){0})), rate(0.034, 34, 0, 0), C_NONE,
            C_BOOL(0), C_NONE, C_NONE);
    doc_table_end(d);
    doc_text(d, S("Some text."));
    DOC_TABLE(d, "two", columns);
    doc_table_end(d);
    doc_note(d, S("a note"));
    d->handling = S("Restricted & <secret>"); /* late, as some views know it */
    d->provisional = true;
    format_docx.end(d);
}

static str written(struct work *w, enum lang lang)
{
    struct memory m = memory_in(arena_beside(w));
    write_doc(w, &m.out, lang);
    assert_false(m.out.failed);
    return buf_str(&m.b);
}

static void a_doc_reads_as_its_page(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str bytes = written(&w, LANG_JA);
    assert_int_equal(all_parts_are_xml(&w, bytes), 12);
    str said = told(&w, part(w.a, bytes, "word/document.xml"));
    assert_string_equal(
        str_c(w.a, said),
        ".The title\n.The lead\n.作成日時（日本時間）：平成19年4月23日 10:00\n.\n"
        ".Fact share\n|.99.9%\n.2,499 / 2,500  of 17 bodies\n|;\n.Fact day\n|.平成19年4月23日\n|;\n.\n"
        ".A heading\n.Col org\n|.Col text\n|.Col count\n|.Col rate\n|.Col change\n|.Col day\n|.Col flag\n|;\n"
        ".省\n|.𠮷野家 葛󠄀城市\n|.190,171\n|.78.8%\n.640 / "
        "812\n|.▲1.2\n|.平成19年4月23日\n|.○\n|;\n"
        ".–\n|.a/b\n|.-5\n|.–\n|.＋3.4\n|.–\n|.\n|;\n.\n.Some text.\n.（該当なし）\n.※ a note\n"
        ".※ 暫定値を含みます（今後変わることがあります）\n");
    arena_free(w.a);
}

static void the_same_doc_gives_the_same_bytes(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    assert_true(str_eq(written(&w, LANG_JA), written(&w, LANG_JA)));
    assert_false(str_eq(written(&w, LANG_JA), written(&w, LANG_EN)));
    arena_free(w.a);
}

static void word_finds_what_it_needs(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str bytes = written(&w, LANG_JA), body = part(w.a, bytes, "word/document.xml");
    str styles = part(w.a, bytes, "word/styles.xml"), core = part(w.a, bytes, "docProps/core.xml");
    assert_int_equal(count(body, "<w:tblHeader/>"), 1); /* facts have no heads */
    assert_int_equal(count(body, "<w:tr>"), count(body, "<w:cantSplit/>"));
    assert_has(body, "<w:pStyle w:val=\"Heading1\"/>");
    assert_has(body, "<w:pStyle w:val=\"TableFigure\"/>");
    assert_int_equal(count(styles, "<w:outlineLvl"), 4);
    assert_has(styles, "w:eastAsia=\"Yu Mincho\"");
    assert_has(styles, "<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\"");
    assert_has(styles, "<w:kinsoku/>");
    assert_has(part(w.a, bytes, "word/fontTable.xml"), "MS Mincho");
    assert_has(core, "2007-04-23T01:00:00Z");
    for (int i = 1; i <= 2; i++) {
        str head = part(w.a, bytes, i == 1 ? "word/header1.xml" : "word/header2.xml");
        str foot = part(w.a, bytes, i == 1 ? "word/footer1.xml" : "word/footer2.xml");
        assert_has(told(&w, head), "The titleRestricted & <secret>　暫定値");
        assert_has(foot, " PAGE ");
        assert_has(foot, " NUMPAGES ");
        assert_has(told(&w, foot), "頁");
    }
    arena_free(w.a);
}

/* ---- words of strangers ---- */

static void no_word_breaks_the_xml(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    static const str hostile[] = {
        S_INIT("]]></w:t><w:p>&amp;<!--"),
        S_INIT("\x01\x02\x0b\x1f\x7f\tx\r\ny"),
        S_INIT("\xED\xA0\x80 half a surrogate"),
        S_INIT("\xEF\xBF\xBE\xEF\xBF\xBF"),
        S_INIT("\xFF\xFE\xC0\x80"),
        S_INIT("\xE2\x80\xAEgnp.exe"),
        S_INIT("\"'<>&"),
        S_INIT("a\0b"),
        S_INIT("𠮷\xF3\xA0\x84\x80"),
        S_INIT("_x0041_"),
        S_INIT("%1 %s %n"),
        S_INIT("\xE3\x81"),
    };
    static const struct column two[] = {{"a", CELL_TEXT, N("]]>\x03<a>")}, {"b", CELL_ORG, N("b")}};
    struct memory m = memory_in(arena_beside(&w));
    struct doc *d = format_docx.begin(&w, &m.out, &(struct page){S("v"), S("<v>&\x01"), NULL, LANG_EN});
    d->handling = S("]]>\x02&");
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        d->face->heading(d, hostile[i]);
        d->face->text(d, hostile[i]);
        d->face->note(d, hostile[i]);
        DOC_TABLE(d, "t", two);
        DOC_ROW(d, C_TEXT(hostile[i]), C_ORG(S("x"), hostile[i], hostile[i], 1));
        doc_table_end(d);
    }
    format_docx.end(d);
    str bytes = buf_str(&m.b);
    assert_int_equal(all_parts_are_xml(&w, bytes), 12);
    str said = told(&w, part(w.a, bytes, "word/document.xml"));
    assert_has(said, "]]></w:t><w:p>&amp;<!--");
    assert_has(said, "_x0041_");
    assert_has(said, "𠮷\xF3\xA0\x84\x80");
    assert_lacks(said, "\xE2\x80\xAE");
    arena_free(w.a);
}

static void random_bytes_neither(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    struct memory m = memory_in(arena_beside(&w));
    struct doc *d = format_docx.begin(&w, &m.out, &(struct page){S("v"), S("v"), NULL, LANG_EN});
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 500; i++) {
        char bytes[40];
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            bytes[k] = (char)(seed >> 11);
        }
        d->face->text(d, (str){bytes, sizeof bytes});
    }
    format_docx.end(d);
    assert_int_equal(all_parts_are_xml(&w, buf_str(&m.b)), 12);
    arena_free(w.a);
}

/* ---- what is too large ---- */

static str table_of(struct work *w, size_t n_columns, int rows)
{
    struct column *wide = arena_array(w->a, n_columns, sizeof *wide);
    struct cell *cells = arena_array(w->a, n_columns, sizeof *cells);
    for (size_t i = 0; i < n_columns; i++) {
        wide[i] = (struct column){str_c(w->a, str_fmt(w->a, "c%zu", i)), CELL_TEXT, S("head")};
        cells[i] = C_TEXT(S("cell"));
    }
    struct memory m = memory_in(arena_beside(w));
    struct doc *d = format_docx.begin(w, &m.out, &(struct page){S("v"), S("v"), NULL, LANG_EN});
    doc_table(d, "t", wide, n_columns);
    for (int i = 0; i < rows; i++) doc_row(d, cells);
    doc_table_end(d);
    format_docx.end(d);
    return part(w->a, buf_str(&m.b), "word/document.xml");
}

static void what_is_left_out_is_said(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str wide = table_of(&w, 10000, 2);
    assert_int_equal(count(wide, "<w:tbl>"), 0);
    assert_has(told(&w, wide), "This table has 10000 columns; a text document holds no more than 63.");
    str most = table_of(&w, 63, 2);
    assert_int_equal(count(most, "<w:gridCol "), 63);
    str longest = table_of(&w, 2, 5000);
    assert_int_equal(count(longest, "<w:tr>"), 5001);
    assert_lacks(told(&w, longest), "Here are the first");
    str cut = table_of(&w, 2, 190171);
    assert_int_equal(count(cut, "<w:tr>"), 5001);
    assert_has(told(&w, cut), "Here are the first 5,000 of 190,171 rows");
    str many_cells = table_of(&w, 60, 1500);
    assert_has(told(&w, many_cells), "Here are the first 1,000 of 1,500 rows");
    arena_free(w.a);
}

static void wide_tables_lie_across(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str small = table_of(&w, 4, 3), wide = table_of(&w, 30, 3);
    assert_int_equal(count(small, "landscape"), 0);
    assert_int_equal(count(small, "<w:sectPr>"), 1);
    assert_int_equal(count(wide, "landscape"), 1);
    assert_int_equal(count(wide, "<w:sectPr>"), 1); /* the title goes with it */
    arena_free(w.a);
}

static void a_wide_table_after_an_upright_one_begins_a_section(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct work w = {.a = a};
    struct memory m = memory_in(arena_beside(&w));
    struct docx *d = docx_begin(a, (struct zip_sink){(void (*)(void *, str))out_put, &m.out},
                                &(struct docx_about){S("t"), TEST_NOW, true});
    struct docx_column heads[40];
    struct docx_cell cells[40];
    for (int i = 0; i < 40; i++) {
        heads[i] = (struct docx_column){S("見出し"), false};
        cells[i] = (struct docx_cell){.text = S("内容内容")};
    }
    docx_table(d, heads, 2);
    docx_row(d, cells);
    docx_table_end(d);
    docx_paragraph(d, DOCX_HEADING_2, S("横長"));
    docx_table(d, heads, 40);
    docx_row(d, cells);
    docx_table_end(d);
    docx_paragraph(d, DOCX_HEADING_4, S("終わり"));
    assert_true(docx_end(d, &(struct docx_paper){S("l"), (str){0}, S("f")}));
    str body = part(a, buf_str(&m.b), "word/document.xml");
    assert_int_equal(count(body, "<w:sectPr>"), 2);
    assert_int_equal(count(body, "landscape"), 1);
    assert_true(str_find(body, S("<w:sectPr>")) < str_find(body, S("横長"))); /* the heading stays with its table */
    assert_has(body, "<w:pStyle w:val=\"Heading4\"/>");
    assert_has(body, "<w:pStyle w:val=\"TableTextSmall\"/>");
    arena_free(a);
}

/* ---- curves come to a few figures; a tree is moved in ---- */

static void write_curves(struct doc *d)
{
    static const struct column steps[] = {{"sector", CELL_TEXT, S_INIT("Col sector")}, {"at", CELL_MINUTES, S_INIT("Col at")},
                                            {"level", CELL_RATE, S_INIT("Col level")}, {"goal", CELL_RATE, S_INIT("Col goal")}};
    static const int32_t level[] = {1000, 400, 250, 1000};
    doc_show(d, &(struct show){.kind = SHOW_CURVES, .label = "sector", .detail = "at", .goal_of = "goal", .values = {"level"}});
    DOC_TABLE(d, "curves", steps);
    for (int i = 0; i < 4; i++)
        DOC_ROW(d, C_TEXT(S("power")), C_MINUTES(90 * i), C_RATE(rate_of_tenths(level[i])), C_RATE(rate_of_tenths(500)));
    doc_table_end(d);
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "sector", .detail = "at"});
    DOC_TABLE(d, "chain", steps);
    DOC_ROW(d, ((struct cell){.type = CELL_TEXT, .text = S("water"), .depth = 2}), C_MINUTES(3080), C_NONE, C_NONE);
    doc_table_end(d);
}

static void curves_come_to_points(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    struct memory m = memory_in(arena_beside(&w));
    const struct page page = {S("depend run"), S("Run"), NULL, LANG_EN};
    struct doc *d = format_docx.begin(&w, &m.out, &page);
    write_curves(d);
    format_docx.end(d);
    str body = part(w.a, buf_str(&m.b), "word/document.xml");
    static const char *const said[] = {"Lowest level", "25.0%", ">3 h<", ">1 h 30 min<", ">4 h 30 min<",
                                       "These are the main points of 4 rows; XLSX and CSV have them all.", ">2 d 3 h 20 min<"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) assert_true(str_find(body, str_of(said[i])) >= 0);
    assert_true(str_find(body, S("40.0%")) < 0 && str_find(body, S("Col level")) > 0); /* a step of the first; the head of the second */
    assert_int_equal(count(body, "<w:ind w:left="), 1);
    arena_free(w.a);
}

/* ---- headings between rows, decimals ---- */

static str sections_of(struct work *w, int rows)
{
    static const struct column parts[] = {{"level", CELL_INT, N("Col level")},
                                          {"title", CELL_TEXT, N("Col title")},
                                          {"value", CELL_DECIMAL, N("Col value")}};
    struct memory m = memory_in(arena_beside(w));
    struct doc *d = format_docx.begin(w, &m.out, &(struct page){S("v"), S("v"), NULL, LANG_EN});
    doc_show(d, &(struct show){.kind = SHOW_SECTIONS, .label = "title", .state = "level"});
    DOC_TABLE(d, "parts", parts);
    for (int i = 0; i < rows; i++) {
        if (i % 100 == 0) DOC_ROW(d, C_INT(1), C_TEXT(S("Chapter")), C_NONE);
        if (i % 50 == 0) DOC_ROW(d, C_INT(7), C_TEXT(S("Deep")), C_NONE);
        DOC_ROW(d, C_NONE, C_TEXT(S("row")), C_DECIMAL(((struct decimal){-123450, 2})));
    }
    doc_table_end(d);
    DOC_TABLE(d, "again", parts); /* what was said of the first table holds for that one alone */
    DOC_ROW(d, C_INT(1), C_TEXT(S("no chapter")), C_NONE);
    doc_table_end(d);
    format_docx.end(d);
    str bytes = buf_str(&m.b);
    assert_int_equal(all_parts_are_xml(w, bytes), 12);
    return part(w->a, bytes, "word/document.xml");
}

/* Few rows are measured before anything is written, of many the rest goes out as it comes. */
static void headings_stand_between_tables(void **state)
{
    (void)state;
    static const int many[] = {1, 50, 199, 200, 201, 1000};
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        str body = sections_of(&w, many[i]);
        size_t chapters = (size_t)(many[i] + 99) / 100, deep = (size_t)(many[i] + 49) / 50;
        assert_int_equal(count(body, "\"Heading1\""), chapters);
        assert_int_equal(count(body, "\"Heading4\""), deep);
        assert_int_equal(count(body, "<w:tbl>"), deep + 1); /* none between a chapter and what follows it at once */
        assert_int_equal(count(body, "</w:tbl>"), deep + 1);
        assert_int_equal(count(body, "<w:tr>"), (size_t)many[i] + deep + 2); /* each with its heads */
        assert_true(str_find(body, S("Chapter")) < str_find(body, S("<w:tbl>")));
        assert_has(body, ">-1,234.50<");
        assert_lacks(told(&w, body), "Col level\n|.Col title\n|.Col value\n|;\n.row");
    }
    arena_free(w.a);
}

static void numbers_of_headings_tell_their_level(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *style;
    } all[] = {
        {S_INIT("4　目標と計画"), "Heading1"},
        {S_INIT("4.1　計画の進捗"), "Heading2"},
        {S_INIT("4.1.2 x"), "Heading3"},
        {S_INIT("1.2.3.4.5 x"), "Heading4"},
        {S_INIT("99.5%の機関"), "Heading1"},
        {S_INIT("2007.10"), "Heading1"},
        {S_INIT("1. x"), "Heading1"},
        {S_INIT(".5 x"), "Heading1"},
        {S_INIT(""), "Heading1"},
    };
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct memory m = memory_in(arena_beside(&w));
        struct doc *d = format_docx.begin(&w, &m.out, &(struct page){S("v"), S("v"), NULL, LANG_EN});
        d->face->heading(d, all[i].text);
        format_docx.end(d);
        str body = part(w.a, buf_str(&m.b), "word/document.xml");
        assert_int_equal(count(body, all[i].style), 1);
        assert_int_equal(count(body, "\"Heading"), 1);
    }
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doc_reads_as_its_page),
        cmocka_unit_test(the_same_doc_gives_the_same_bytes),
        cmocka_unit_test(word_finds_what_it_needs),
        cmocka_unit_test(no_word_breaks_the_xml),
        cmocka_unit_test(random_bytes_neither),
        cmocka_unit_test(what_is_left_out_is_said),
        cmocka_unit_test(wide_tables_lie_across),
        cmocka_unit_test(curves_come_to_points),
        cmocka_unit_test(headings_stand_between_tables),
        cmocka_unit_test(numbers_of_headings_tell_their_level),
        cmocka_unit_test(a_wide_table_after_an_upright_one_begins_a_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
