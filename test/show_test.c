/* Lengths of time, curves, spreads and trees: in the terminal, as data, in a record. What a page makes of them: page_test. */
#include "inspect_kit.h"

#include <math.h>

#include "face/branches.h"
#include "cli/curve_lines.h"
#include "cli/options.h"
#include "face/curves.h"
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

static void write_deep(struct doc *d)
{
    static const struct column columns[] = {{"service", CELL_TEXT, S_INIT("Service:")}, {"at", CELL_MINUTES, S_INIT("At:")}};
    static const struct {
        int depth;
        str ja;
    } rows[] = {{1, S_INIT("送配電")}, {2, S_INIT("列車の運行")}, {3, S_INIT("改札・乗車券の発売と予約")}, {3, S_INIT("資金決済")}, {2, S_INIT("配水")},
                {4, S_INIT("救急医療")}, {1, S_INIT("火力発電")}};
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "service", .detail = "at"});
    DOC_TABLE(d, "chain", columns);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        DOC_ROW(d, ((struct cell){.type = CELL_TEXT, .text = rows[i].ja, .depth = rows[i].depth}), C_MINUTES(60 * (int64_t)i));
    doc_table_end(d);
}

static void test_branches(void **state)
{
    (void)state;
    struct work w = here();
    assert_str(shown(&w, &format_table, LANG_JA, window, write_deep),
               "Service:                        At:\n"
               "----------------------------  -----\n"
               "送配電                          0分\n"
               "├ 列車の運行                  1時間\n"
               "│ ├ 改札・乗車券の発売と予約  2時間\n"
               "│ └ 資金決済                  3時間\n"
               "└ 配水                        4時間\n"
               "    └ 救急医療                5時間\n"
               "火力発電                      6時間\n");
    struct style narrow = {.columns = 24, .blocks = true}, plain = {.columns = 80};
    assert_str(shown(&w, &format_table, LANG_JA, narrow, write_deep),
               "Service:             At:\n"
               "-----------------  -----\n"
               "送配電               0分\n"
               "├ 列車の運行       1時間\n"
               "│ ├ 改札・乗車券   2時間\n"
               "│ │ の発売と予約\n"
               "│ └ 資金決済       3時間\n"
               "└ 配水             4時間\n"
               "    └ 救急医療     5時間\n"
               "火力発電           6時間\n");
    assert_true(str_find(shown(&w, &format_table, LANG_JA, plain, write_deep), S("├")) < 0); /* a terminal without UTF-8 */
    arena_free(w.a);
}

/* ---- curves ---- */

static const struct column curve_columns[] = {
    {"sector", CELL_ENUM, S_INIT("Sector:")}, {"at", CELL_MINUTES, S_INIT("At:")},       {"level", CELL_RATE, S_INIT("Level:")},
    {"was", CELL_RATE, S_INIT("Before:")},    {"low", CELL_RATE, S_INIT("Low:")},         {"high", CELL_RATE, S_INIT("High:")},
    {"goal", CELL_RATE, S_INIT("Verification:")},
};
static const struct show curve_show = {.kind = SHOW_CURVES, .label = "sector", .detail = "at", .from = "low", .until = "high", .goal_of = "goal",
                                       .values = {"level", "was"}};

static struct cell tenths(int32_t t) { return t < 0 ? C_NONE : C_RATE(rate_of_tenths(t)); }
static struct cell sector(const char *code, const char *ja) { return enum_named_cell(str_of(code), str_of(ja), str_of(code)); }

static void step(struct doc *d, struct cell label, int64_t at, int32_t level, int32_t goal)
{
    DOC_ROW(d, label, C_MINUTES(at), tenths(level), C_NONE, C_NONE, C_NONE, tenths(goal));
}

static void write_curves(struct doc *d)
{
    doc_show(d, &curve_show);
    DOC_TABLE(d, "curves", curve_columns);
    step(d, sector("power", "電力"), 0, 0, 500);
    step(d, sector("power", "電力"), 1440, 500, 500);
    step(d, sector("power", "電力"), 2880, 1000, 500);
    step(d, sector("admin", "政府・行政サービス"), 0, 1000, 800);
    step(d, sector("admin", "政府・行政サービス"), 600, 799, 800);
    step(d, sector("admin", "政府・行政サービス"), 600, 750, 800); /* of one minute the last holds */
    step(d, sector("admin", "政府・行政サービス"), 2000, 1000, 800);
    step(d, sector("gas", "ガス"), 0, 1000, -1);
    doc_table_end(d);
}

static void write_long(struct doc *d)
{
    doc_show(d, &curve_show);
    DOC_TABLE(d, "curves", curve_columns);
    for (int g = 0; g < 2; g++)
        for (int64_t h = 0; h <= 72; h++) step(d, sector(g == 0 ? "a" : "b", g == 0 ? "甲" : "乙"), 60 * h, (int32_t)(h < 24 ? 1000 - 40 * h : 40 + 20 * (h - 24)), 500);
    doc_table_end(d);
}

static void test_curves_in_a_window(void **state)
{
    (void)state;
    struct work w = here();
    str all = shown(&w, &format_table, LANG_JA, (struct style){.columns = 110, .blocks = true}, write_curves);
    static const char wanted[] =
        "電力                ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄  最低 0.0%               直ちにVerification:を下回る\n"
        "政府・行政サービス  ██████▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆██████████  最低 75.0%（10時間後）  10時間後にVerification:を下回る\n"
        "ガス                █████████████████████████████████  最低 100.0%\n"
        "                    0                             2日\n"
        "\n"
        "Sector:";
    if (!str_starts(all, str_of(wanted))) fail_msg("%.*s", STR_ARG(all));
    str two = shown(&w, &format_table, LANG_EN, (struct style){.columns = 80, .blocks = true}, write_long);
    static const char alone[] = "a  ▇▆▄▃▂▁▁▁▂▂▃▄▄▅▅▆▆▇  Lowest 4.0% (after 1 d)  Verification:: missed after 13 h\n"
                                "b  ▇▆▄▃▂▁▁▁▂▂▃▄▄▅▅▆▆▇  Lowest 4.0% (after 1 d)  Verification:: missed after 13 h\n"
                                "   0              3 d\n"
                                "(146 rows: --format csv and json have them)\n";
    assert_str(two, alone);
    str pipe = shown(&w, &format_table, LANG_EN, (struct style){.blocks = true}, write_long); /* a row a line, for grep and its like */
    assert_true(str_find(pipe, S("Sector:")) > 0 && str_find(pipe, S("Lowest 4.0% (after 1 d)")) > 0);
    str plain = shown(&w, &format_table, LANG_EN, (struct style){.columns = 80}, write_long);
    assert_true(str_find(plain, S("Lowest")) < 0 && str_find(plain, S("Sector:")) >= 0);
    assert_comes_back(&w, write_curves);
    arena_free(w.a);
}

static void gathered(struct arena *a, struct curves *c, const struct cell (*rows)[7], size_t n)
{
    assert_true(curves_begin(c, a, &curve_show, curve_columns, 7));
    for (size_t i = 0; i < n; i++) curves_row(c, rows[i]);
    curves_sum(c);
}

static void test_what_curves_come_to(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct curves c;
    struct curve_step few[8];
    const struct cell rows[][7] = {
        {C_ENUM(S("x")), C_MINUTES(0), tenths(1000), tenths(900), tenths(950), tenths(1000), tenths(800)},
        {C_ENUM(S("x")), C_MINUTES(10), C_NONE, tenths(700), C_NONE, C_NONE, tenths(800)},
        {C_ENUM(S("x")), C_MINUTES(20), tenths(799), C_NONE, C_NONE, C_NONE, tenths(800)},
        {C_ENUM(S("x")), C_MINUTES(15), tenths(0), C_NONE, C_NONE, C_NONE, tenths(800)}, /* back in time: left out */
        {C_ENUM(S("x")), C_MINUTES(30), tenths(800), C_NONE, C_NONE, C_NONE, tenths(800)},
        {C_ENUM(S("x")), C_MINUTES(40), tenths(500), C_NONE, C_NONE, C_NONE, tenths(800)},
        {C_ENUM(S("y")), C_MINUTES(0), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE},
        {C_NONE, C_MINUTES(0), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE},
        {C_ENUM(S("y")), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE},
    };
    gathered(a, &c, rows, sizeof rows / sizeof *rows);
    assert_int_equal(c.n, 2);
    const struct curve *x = &c.curve[0], *y = &c.curve[1];
    assert_int_equal(x->n, 5);
    assert_int_equal(x->least.tenths, 500);
    assert_int_equal(x->least_at, 40);
    assert_int_equal(x->below_at, 20);
    assert_int_equal(x->back_at, CURVE_NEVER); /* below again at the end */
    assert_true(x->step[1].level == 1.0 && x->step[1].before == 0.7 && x->step[4].low == 0.95);
    assert_true(!y->least.defined && !y->goal.defined && isnan(y->step[0].level));
    assert_int_equal(c.end, 40);
    assert_int_equal(curve_thin(x, c.end, 8, few), 5);
    double low[4];
    curve_lows(x, c.end, 4, low);
    assert_true(low[0] == 1.0 && low[1] == 1.0 && low[2] == 0.799 && low[3] == 0.5);
    assert_str(curve_line(a, y, 0, 3), "   ");
    struct show wrong = curve_show;
    wrong.detail = "sector";
    assert_false(curves_begin(&c, a, &wrong, curve_columns, 7)); /* no time */
    arena_free(a);
}

/* Of many steps few are drawn, and the lowest is among them wherever it stands. */
static void test_thinning_hides_no_drop(void **state)
{
    (void)state;
    enum { STEPS = 5000, MOST = 240 };
    struct arena *a = arena_new(0);
    for (int64_t lowest = 0; lowest < STEPS; lowest += 617) {
        struct curves c;
        struct curve_step few[MOST];
        assert_true(curves_begin(&c, a, &curve_show, curve_columns, 7));
        for (int64_t i = 0; i < STEPS; i++)
            curves_row(&c, (const struct cell[]){C_ENUM(S("x")), C_MINUTES(i), tenths(i == lowest ? 3 : 900 + (int32_t)(i % 7)), C_NONE,
                                                 tenths(i == lowest ? 1 : 800), tenths(990), tenths(500)});
        size_t n = curve_thin(&c.curve[0], c.end, MOST, few);
        bool found = false, band = false;
        assert_in_range(n, MOST / 4, MOST);
        for (size_t i = 0; i < n; i++) {
            found = found || (few[i].at == lowest && few[i].level == 0.003);
            band = band || few[i].low == 0.001;
            assert_true(i == 0 || few[i - 1].at < few[i].at);
        }
        assert_true(found && band);
    }
    arena_free(a);
}

/* ---- spreads: for a record only their name and columns ---- */

static void write_spread(struct doc *d)
{
    static const struct column columns[] = {{"service", CELL_ENUM, S_INIT("Service:")}, {"from", CELL_MINUTES, S_INIT("From:")},
                                            {"until", CELL_MINUTES, S_INIT("Until:")},  {"because", CELL_ENUM, S_INIT("Because:")}};
    doc_show(d, &(struct show){.kind = SHOW_SPREAD, .label = "service", .from = "from", .until = "until", .values = {"because", "because"}});
    DOC_TABLE(d, "spread", columns);
    DOC_ROW(d, C_ENUM(S("power")), C_MINUTES(0), C_NONE, C_NONE);
    DOC_ROW(d, C_ENUM(S("water")), C_MINUTES(75), C_MINUTES(2000), C_ENUM(S("power")));
    doc_table_end(d);
}

static void test_spreads_come_back(void **state)
{
    (void)state;
    struct work w = here();
    assert_comes_back(&w, write_spread);
    assert_true(str_find(recorded(&w, LANG_JA, write_spread), S("s\tspread\tservice\t\t\tfrom\tuntil\t\tbecause because\t")) > 0);
    arena_free(w.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_depths_come_back),
        cmocka_unit_test(test_branches),
        cmocka_unit_test(test_curves_in_a_window),
        cmocka_unit_test(test_what_curves_come_to),
        cmocka_unit_test(test_thinning_hides_no_drop),
        cmocka_unit_test(test_spreads_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
