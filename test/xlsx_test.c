/* XLSX: what another program (openpyxl) reads in what we write; that the same doc gives the same bytes; that size costs
 * no memory. */
#include "support.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "face/face.h"
#include "format/xlsx_write.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct memory {
    struct out out;
    struct buf b;
    uint64_t n;
    bool keep;
};

static bool take(struct out *o, str bytes)
{
    struct memory *m = (struct memory *)o;
    m->n += bytes.n;
    if (m->keep) buf_add(&m->b, bytes);
    return true;
}

static struct memory memory_in(struct arena *a) { return (struct memory){{.put = take}, buf_in(a), 0, true}; }

/* What test/xlsx_read.py tells of these bytes, a line begins with a newline. */
static str read_back(struct arena *a, str bytes)
{
    char path[] = "/tmp/meguri-XXXXXX.xlsx";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
    close(fd);
    const char *source = getenv("SOURCE");
    str command = str_fmt(a, "/usr/bin/python3 %s/test/xlsx_read.py %s", source == NULL ? "." : source, path);
    FILE *in = popen(str_c(a, command), "r");
    struct buf b = buf_in(a);
    buf_byte(&b, '\n');
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) != 0;) buf_add(&b, (str){piece, n});
    int rc = pclose(in);
    unlink(path);
    assert_int_equal(rc, 0);
    return buf_str(&b);
}

static void check_line(str told, const char *line, int at)
{
    char wanted[1024];
    snprintf(wanted, sizeof wanted, "\n%s\n", line);
    if (str_find(told, str_of(wanted)) >= 0) return;
    print_error("no line '%s' in:%.*s", line, STR_ARG(told));
    _fail(__FILE__, at);
}
#define assert_line(told, line) check_line(told, line, __LINE__)

/* ---- the face ---- */

static const struct column columns[] = {
    {"org", CELL_ORG, N("organisation")},
    {"text", CELL_TEXT, N("text")},
    {"count", CELL_INT, N("count")},
    {"rate", CELL_RATE, N("rate")},
    {"day", CELL_DATE, N("day")},
    {"time", CELL_TIME, N("time")},
    {"mean", CELL_RATE, N("mean"), .of = "count"},
    {"flag", CELL_BOOL, N("flag")},
    {"span", CELL_MINUTES, N("span")},
    {"more", CELL_MINUTES, N("more"), COL_SIGN},
};

static struct cell rate(double value, int32_t tenths, int64_t n, int64_t d)
{
    return C_RATE(((struct rate){true, value, tenths, n, d}));
}

static void write_doc(struct work *w, struct out *out)
{
    const struct page page = {S("test view"), S("Test: view"), NULL, LANG_EN};
    struct doc *d = format_xlsx.begin(w, out, &page);
    doc_title(d, S("The title"));
    doc_fact_of(d, "share", S("share"), rate(0.9996, 999, 2499, 2500), S("over %1 organisations"), S("17"));
    doc_heading(d, S("First: [table]/of a name longer than thirty-one"));
    DOC_TABLE(d, "one", columns);
    DOC_ROW(d, C_ORG(S("007"), S("省"), S("Ministry"), 2), C_TEXT(S("=1+1")), C_INT(190171),
            rate(0.78817733990147, 788, 640, 812), C_DATE(13626), C_TIME(TEST_NOW), rate(0.9999, 999, 0, 0), C_BOOL(1),
            C_MINUTES(4100), C_MINUTES(-180));
    DOC_ROW(d, C_NONE, C_TEXT(S("a\nb_x0041_\x01<&>")), C_INT(INT64_MAX), rate(0.79996, 799, 79996, 100000),
            C_DATE(-30000), C_NONE, rate(1, 1000, 0, 0), C_BOOL(0),
            C_MINUTES(-61), C_NONE);
    doc_table_end(d);
    DOC_TABLE(d, "two", columns);
    doc_table_end(d);
    doc_note(d, S("a note"));
    d->handling = S("Restricted & <secret>"); /* late, as some views know it */
    d->provisional = true;
    format_xlsx.end(d);
}

static str written(struct work *w)
{
    struct memory m = memory_in(w->a);
    write_doc(w, &m.out);
    assert_false(m.out.failed);
    return buf_str(&m.b);
}

static void another_program_reads_it(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str told = read_back(w.a, written(&w));
    static const char *const lines[] = {
        "book|Test: view|2007-04-23 01:00:00",
        "sheet|Cover|None|None|landscape|1x0|None",
        "sheet|First- -table--of a name longe…|A2|A1:M3|landscape|1x0|$1:$1",
        "paper|The title|Restricted && <secret>  provisional figures|2007-04-23 10:00|&P / &N",
        "A1|s|'The title'|@|0",
        "A5|s|'share'|@|0", /* below the title, a blank row, the time and a blank row */
        "B5|n|0.999|0.0%|0",
        "C5|s|'2499 / 2500  over 17 organisations'|@|0",
        "A1|s|'organisation (code)'|@|0",
        "A2|s|'007'|@|0",
        "B2|s|'Ministry'|@|2",
        "C2|s|'=1+1'|@|0",
        "D2|n|190171|#,##0|0",
        "E2|n|0.78817733990147|0.0%|0",
        "F1|s|'rate: numerator'|@|0",
        "F2|n|640|#,##0|0",
        "G2|n|812|#,##0|0",
        "H2|d|datetime.datetime(2007, 4, 23, 0, 0)|yyyy\\-mm\\-dd|0",
        "I1|s|'time (time of Japan)'|@|0",
        "I2|d|datetime.datetime(2007, 4, 23, 10, 0)|yyyy\\-mm\\-dd\\ hh:mm:ss|0",
        "J2|n|0.999|0.0%|0", /* never up to 100.0 */
        "K2|s|'yes'|@|0",
        "L1|s|'span (hours:minutes)'|@|0",
        "L2|d|datetime.timedelta(days=2, seconds=73200)|[h]:mm|0", /* 68:20 */
        "M1|s|'more (minutes)'|@|0",
        "M2|n|-180|#,##0|0",
        "L3|s|'-1 h 1 min'|@|0", /* a spreadsheet would show none */
        "C3|s|'a\\nb_x005F_x0041_ <&>'|@|0", /* openpyxl does not undo the escape; spreadsheets do */
        "D3|s|'9223372036854775807'|@|0",
        "E3|n|0.799|0.0%|0", /* nor up to a grade */
        "H3|s|'1887-11-12'|@|0",
        "J3|n|1|0.0%|0",
        "sheet|two|A2|A1:M1|landscape|1x0|$1:$1",
    };
    for (size_t i = 0; i < COUNT(lines); i++) assert_line(told, lines[i]);
    assert_true(str_find(told, S("'a note'")) > 0);
    assert_true(str_find(told, S("'=1+1'|f")) < 0);
    arena_free(w.a);
}

static void the_same_doc_is_the_same_bytes(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    str once = written(&w), again = written(&w);
    assert_true(once.n > 1000 && str_eq(once, again));
    arena_free(w.a);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    struct out out = {.to = fopen("/dev/full", "wb")};
    write_doc(&w, &out);
    assert_false(out_flush(&out));
    assert_int_equal(out.why, ENOSPC);
    fclose(out.to);
    arena_free(w.a);
}

/* ---- the writer ---- */

static void into(void *to, str bytes) { take(to, bytes); }

static void names_of_sheets_are_fit_and_unique(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct memory m = memory_in(a);
    struct xlsx *x = xlsx_begin(a, (struct zip_sink){into, &m}, &(struct xlsx_about){S("t"), TEST_NOW});
    static const char *const names[] = {"実施率",
                                        "実施率",
                                        "ABC",
                                        "abc",
                                        "",
                                        "History",
                                        "a/b",
                                        "'quoted'",
                                        "情報システムのセキュリティ要件に関する遵守事項の実施率及び到達率の状況",
                                        "情報システムのセキュリティ要件に関する遵守事項の実施率及び到達率の状況"};
    const struct xlsx_head head = {S("h"), false};
    for (size_t i = 0; i < COUNT(names); i++)
        xlsx_sheet_end(xlsx_sheet(x, str_of(names[i]), &head, 1), &(struct xlsx_paper){0});
    assert_true(xlsx_end(x));
    str told = read_back(a, buf_str(&m.b));
    static const char *const wanted[] = {"実施率",
                                         "実施率 (2)",
                                         "ABC",
                                         "abc (2)",
                                         "Sheet",
                                         "Sheet (2)",
                                         "a-b",
                                         "-quoted-",
                                         "情報システムのセキュリティ要件に関する遵守事項の実施率及び到…",
                                         "情報システムのセキュリティ要件に関する遵守事項の実施… (2)"};
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_line(told, str_c(a, str_fmt(a, "sheet|%s|A2|A1:A1|landscape|1x0|$1:$1", wanted[i])));
    arena_free(a);
}

static void spare_columns_hide_when_empty(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct memory m = memory_in(a);
    struct xlsx *x = xlsx_begin(a, (struct zip_sink){into, &m}, &(struct xlsx_about){S("t"), TEST_NOW});
    static const struct xlsx_head heads[] = {{N("a"), true}, {N("b"), true}, {N("c"), false}};
    struct xlsx_sheet *s = xlsx_sheet(x, S("s"), heads, COUNT(heads));
    xlsx_row(s);
    xlsx_none(s);
    xlsx_int(s, XLSX_INT, 0);
    xlsx_sheet_end(s, &(struct xlsx_paper){0});
    assert_true(xlsx_end(x));
    assert_line(read_back(a, buf_str(&m.b)), "hidden|A");
    arena_free(a);
}

static void csv_for_downloads_has_its_mark(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    for (int bom = 0; bom < 2; bom++) {
        struct memory m = memory_in(w.a);
        const struct page page = {S("test view"), S("Test"), NULL, LANG_EN, .bom = bom != 0};
        struct doc *d = format_csv.begin(&w, &m.out, &page);
        doc_fact(d, "n", S("n"), C_INT(1));
        format_csv.end(d);
        assert_str(buf_str(&m.b), bom != 0 ? "\xEF\xBB\xBFkey,value\r\nn,1\r\n" : "key,value\r\nn,1\r\n");
    }
    arena_free(w.a);
}

static void long_texts_are_cut_by_their_units(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct memory m = memory_in(a);
    struct xlsx *x = xlsx_begin(a, (struct zip_sink){into, &m}, &(struct xlsx_about){S("t"), TEST_NOW});
    struct xlsx_sheet *s = xlsx_sheet(x, S("s"), NULL, 1);
    struct buf wide = buf_in(a);
    for (int i = 0; i < 20000; i++) buf_add(&wide, S("𠮟")); /* two units each */
    xlsx_row(s);
    xlsx_text(s, XLSX_TEXT, buf_str(&wide));
    xlsx_row(s);
    xlsx_text(s, XLSX_TEXT, S("bad \xFF"));
    xlsx_sheet_end(s, &(struct xlsx_paper){0});
    assert_true(xlsx_end(x));
    str told = read_back(a, buf_str(&m.b));
    ptrdiff_t from = str_find(told, S("A1|s|'")) + 6, to = str_find(told, S("…'"));
    assert_int_equal(to - from, 16383 * 4);
    assert_line(told, "A2|s|'bad ?'|@|0");
    arena_free(a);
}

static long peak_kilobytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

static void size_costs_no_memory(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0), .now = TEST_NOW};
    struct memory m = {{.put = take}};
    const struct page page = {S("test view"), S("Large"), NULL, LANG_JA};
    struct doc *d = format_xlsx.begin(&w, &m.out, &page);
    DOC_TABLE(d, "one", columns);
    long before = peak_kilobytes();
    for (int64_t i = 0; i < 200000; i++)
        DOC_ROW(d, C_ORG(S("meti"), S("経済産業省"), S("METI"), 1), C_TEXT(S("本文")), C_INT(i),
                rate((double)i / 200000, (int32_t)(i / 200), i, 200000), C_DATE(13626), C_TIME(TEST_NOW + i), C_NONE,
                C_BOOL(1), C_MINUTES(i), C_NONE);
    doc_table_end(d);
    format_xlsx.end(d);
    assert_false(m.out.failed);
    assert_true(m.n > 1000000);
    assert_true(peak_kilobytes() - before < 32 * 1024);
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_program_reads_it),
        cmocka_unit_test(the_same_doc_is_the_same_bytes),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(names_of_sheets_are_fit_and_unique),
        cmocka_unit_test(spare_columns_hide_when_empty),
        cmocka_unit_test(csv_for_downloads_has_its_mark),
        cmocka_unit_test(long_texts_are_cut_by_their_units),
        cmocka_unit_test(size_costs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
