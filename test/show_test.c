/* Lengths of time, curves, spreads and trees: in the terminal, as data, in a record. What a page makes of them: page_test. */
#include "inspect_kit.h"

#include "cli/options.h"
#include "face/face.h"
#include "surface/record.h"

/* ---- faces, into memory ---- */

struct taken {
    struct out out;
    struct buf b;
};
static bool take(struct out *o, str s)
{
    buf_add(&((struct taken *)o)->b, s);
    return true;
}

typedef void write_fn(struct doc *);
static str shown(struct work *w, const struct format *f, enum lang lang, struct style style, write_fn *write)
{
    struct taken t = {.out = {.put = take}, .b = buf_in(arena_beside(w))};
    const struct page page = {.view = S("depend run"), .title = S("Run"), .lang = lang, .style = style};
    struct doc *d = f->begin(w, &t.out, &page);
    write(d);
    f->end(d);
    return buf_str(&t.b);
}

static str recorded(struct work *w, enum lang lang, write_fn *write)
{
    struct recorder *r;
    str bytes;
    write(record_begin(w, lang, &(struct record_wanted){0}, &r));
    assert_ok(w, record_end(r, &bytes));
    return bytes;
}

/* A record tells the same to a record again. */
static void assert_comes_back(struct work *w, write_fn *write)
{
    str record = recorded(w, LANG_JA, write), second;
    struct recorder *r;
    assert_ok(w, record_replay(w, record, &(struct record_as){0}, record_begin(w, LANG_JA, &(struct record_wanted){0}, &r)));
    assert_ok(w, record_end(r, &second));
    assert_str(second, str_c(w->a, record));
}

static struct work here(void) { return (struct work){.a = arena_new(0), .now = TEST_NOW}; }

static const struct style window = {.columns = 80, .blocks = true};

/* ---- lengths of time ---- */

static void write_spans(struct doc *d)
{
    static const struct column columns[] = {{"what", CELL_TEXT, S_INIT("What:")}, {"span", CELL_MINUTES, S_INIT("Span:")}};
    doc_fact(d, "impact", S("Impact:"), C_MINUTES(2 * 1440 + 3 * 60 + 20));
    DOC_TABLE(d, "spans", columns);
    DOC_ROW(d, C_TEXT(S("none")), C_MINUTES(0));
    DOC_ROW(d, C_TEXT(S("long")), C_MINUTES(4100));
    DOC_ROW(d, C_TEXT(S("never")), C_NONE);
    doc_table_end(d);
}

static void test_spans(void **state)
{
    (void)state;
    struct work w = here();
    assert_str(shown(&w, &format_table, LANG_JA, window, write_spans),
               "Impact:  2日3時間20分\n"
               "\n"
               "What:          Span:\n"
               "-----  -------------\n"
               "none             0分\n"
               "long   2日20時間20分\n"
               "never              –\n");
    assert_str(shown(&w, &format_table, LANG_EN, window, write_spans),
               "Impact:  2 d 3 h 20 min\n"
               "\n"
               "What:            Span:\n"
               "-----  ---------------\n"
               "none             0 min\n"
               "long   2 d 20 h 20 min\n"
               "never                –\n");
    str json = shown(&w, &format_json, LANG_EN, window, write_spans);
    assert_true(str_find(json, S("{\"key\":\"span\",\"type\":\"minutes\",\"label\":\"Span:\"}")) > 0);
    assert_true(str_find(json, S("{\"what\":\"long\",\"span\":4100}")) > 0);
    assert_true(str_find(json, S("\"facts\": {\"impact\":3080}")) > 0);
    assert_str(shown(&w, &format_csv, LANG_JA, window, write_spans), "what,span\r\nnone,0\r\nlong,4100\r\nnever,\r\n");
    assert_comes_back(&w, write_spans);
    assert_true(str_find(recorded(&w, LANG_JA, write_spans), S("r\tt|long||\ts|4100\n")) > 0);
    arena_free(w.a);
}

/* ---- the depth of a label ---- */

static void write_tree(struct doc *d)
{
    static const struct column columns[] = {{"service", CELL_ENUM, S_INIT("Service:")}, {"at", CELL_MINUTES, S_INIT("At:")}};
    struct cell deep = C_ENUM(S("bank"));
    deep.depth = 2;
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "service", .detail = "at"});
    DOC_TABLE(d, "chain", columns);
    DOC_ROW(d, C_ENUM(S("power")), C_MINUTES(0));
    DOC_ROW(d, deep, C_MINUTES(75));
    doc_table_end(d);
}

static void test_depths_come_back(void **state)
{
    (void)state;
    struct work w = here();
    assert_comes_back(&w, write_tree);
    str record = recorded(&w, LANG_EN, write_tree);
    assert_true(str_find(record, S("r\te|bank||bank|2\ts|75\n")) > 0);
    static const char wrong[] = "R\t1\nT\tt\t1\nc\tk\ttext\tK\t0\t\nr\tt|a|||0\ne\nZ\n"; /* depth 0 is never written */
    struct recorder *r;
    assert_int_equal(record_replay(&w, str_of(wrong), &(struct record_as){0}, record_begin(&w, LANG_EN, &(struct record_wanted){0}, &r)), INVALID);
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_depths_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
