/* The room series: exact decimals, periods, breaks, sums, targets, corrections, files that come back, who sees what,
 * and the rates and grades of rounds. */
#include "inspect_kit.h"

#include "base/decimal.h"
#include "series/judge.h"
#include "series/period.h"
#include "surface/record.h"
#include "xlsx_kit.h"

/* ---- exact decimals ---- */

static void decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t i;
        int scale;
    } good[] = {{"0", 0, 0},
                {"1818", 1818, 0},
                {"-3", -3, 0},
                {"52.3", 523, 1},
                {"52.30", 5230, 2},
                {"1,818", 1818, 0},
                {"12,345,678.5", 123456785, 1},
                {"0.000001", 1, 6},
                {"999999999999999", 999999999999999, 0}};
    static const char *const bad[] = {
        "",      "-",       ".",      "5.",   ".5", "1e3", "1,81",      "18,18",
        "1818,", ",181",    "1,8181", "+3",   " 3", "３",  "0.0000001", "1000000000000000",
        "1.2.3", "1.2,345", "--3",    "52.3%"};
    struct arena *a = arena_new(0);
    struct decimal d;
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
        if (!decimal_parse(str_of(good[k].text), &d)) fail_msg("%s", good[k].text);
        assert_int_equal(d.i, good[k].i);
        assert_int_equal(d.scale, good[k].scale);
    }
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        if (decimal_parse(str_of(bad[k]), &d)) fail_msg("'%s' was taken", bad[k]);
    assert_str(decimal_text(a, (struct decimal){-5, 2}), "-0.05");
    assert_str(decimal_text(a, (struct decimal){5230, 2}), "52.30");
    assert_true(decimal_less((struct decimal){523, 1}, (struct decimal){454, 1}, &d) && d.i == 69 && d.scale == 1);
    assert_true(decimal_add((struct decimal){1, 1}, (struct decimal){2, 1}, &d) &&
                decimal_cmp(d, (struct decimal){30, 2}) == 0);
    assert_false(decimal_add((struct decimal){999999999999999, 0}, (struct decimal){1, 6}, &d)); /* beyond 64 bits */
    assert_int_equal(decimal_cmp((struct decimal){999999999999999, 0}, (struct decimal){1, 6}), 1);
    assert_true(decimal_drawn((struct decimal){523, 1}) == 52.3);
    assert_str(decimal_of_sheet(a, S("52.299999999999997")), "52.3"); /* what a spreadsheet stores for 52.3 */
    assert_str(decimal_of_sheet(a, S("-0.10000000000000001")), "-0.1");
    assert_str(decimal_of_sheet(a, S("9.9999999999999996")), "10");
    assert_str(decimal_of_sheet(a, S("52.3")), "52.3");
    arena_free(a);
}

/* ---- periods ---- */

static void periods(void **state)
{
    (void)state;
    /* in order of time: by the last day, the shorter before the longer */
    static const char *const order[] = {"2006",       "2007-03", "2007Q1",   "FY2006Q4", "FY2006",
                                        "2007-05-21", "2007-05", "FY2007Q1", "FY2007Q2", "2007"};
    static const char *const bad[] = {"",       "07",         "FY06",    "2007Q5",  "2007Q0",  "2007-13",
                                      "2007-5", "2007-02-30", "FY2007Q", "fy2007",  "2007Q1x", "20071",
                                      "1800",   "FY1800",     "2007-1x", "平成19年"};
    struct arena *a = arena_new(0);
    struct period p = {0}, before = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++, before = p) {
        if (!period_parse(str_of(order[i]), &p)) fail_msg("%s", order[i]);
        if (p.key < before.key) fail_msg("%s does not come after %s", order[i], order[i - 1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (period_parse(str_of(bad[i]), &p)) fail_msg("'%s' was taken", bad[i]);
    assert_true(period_parse(S("FY2023Q4"), &p));
    assert_str(date_text(a, p.first), "2024-01-01");
    assert_str(date_text(a, p.last), "2024-03-31");
    assert_str(period_words(a, LANG_JA, S("FY2023Q4")), "2023年度第4四半期");
    assert_str(period_words(a, LANG_JA, S("2008-11")), "2008年11月");
    assert_str(period_words(a, LANG_JA, S("2007-05-21")), "2007年5月21日");
    assert_str(period_words(a, LANG_EN, S("FY2006")), "FY2006");
    arena_free(a);
}

/* ---- a target is met or not, exactly ---- */

static void targets_exact(void **state)
{
    (void)state;
    struct indicator s = {.direction = S_INIT("higher"), .kind = S_INIT("share")};
    struct point rounded = {
        .value = {900, 1}, .has_n = true, .has_d = true, .n = 2249, .d = 2500}; /* 89.96, published as 90.0 */
    struct point plain = {.value = {900, 1}};
    assert_int_equal(target_met(&s, &rounded, (struct decimal){90, 0}), MET_NO);
    assert_int_equal(target_met(&s, &plain, (struct decimal){90, 0}), MET_YES);
    assert_int_equal(target_met(&s, &plain, (struct decimal){9001, 2}), MET_NO);
    s.direction = S("lower");
    assert_int_equal(target_met(&s, &plain, (struct decimal){90, 0}), MET_YES);
    assert_int_equal(target_met(&s, &plain, (struct decimal){899, 1}), MET_NO);
    s.direction = S("neither");
    assert_int_equal(target_met(&s, &plain, (struct decimal){90, 0}), MET_NOT_JUDGED);
}

/* ---- in the store ---- */

#define HEAD                                                                                                           \
    "what,series,period,part,value,n,d,flag,ja,en,unit_ja,direction,kind,org,public,source_ja,role,ref,reason\n"
#define ACCESS                                                                                                         \
    "series,acc,,,,,,,認知件数,Cases,件,lower,flow,gov,yes,,,,\n"                                                 \
    "part,acc,,abroad,,,,,海外,Abroad,,,,,,,part,,\npart,acc,,home,,,,,国内,At home,,,,,,,part,,\n"                \
    "part,acc,,all,,,,,合計,All,,,,,,,total,,\n"                                                                     \
    "definition,acc,2003,,,,,,認知した件数,Cases known,,,,,,白書,,,\n"
#define ROWS                                                                                                           \
    "value,acc,2003,abroad,35,,,,,,,,,,,,,,\nvalue,acc,2003,home,177,,,,,,,,,,,,,,\nvalue,acc,2003,all,212,,,,,,,,,,," \
    ",,,\n"                                                                                                            \
    "value,acc,2004,abroad,37,,,,,,,,,,,,,,\nvalue,acc,2004,home,319,,,,,,,,,,,,,,\nvalue,acc,2004,all,356,,,,,,,,,,," \
    ",,,\n"

static const struct cell *by_code(const struct kept *k, const char *table, const char *code, const char *key)
{
    for (size_t i = 0; i < rows_of(k, table); i++)
        if (str_eq(cell_in(k, table, i, "code")->text, str_of(code))) return cell_in(k, table, i, key);
    fail_msg("no row '%s'", code);
    return NULL;
}

static void refused_at(struct work *w, enum err wanted, const char *part, int64_t row, int64_t column,
                       const char *bytes)
{
    const struct ask ask[] = {FILED(bytes), {0}};
    assert_err(w, through_door(w, "series", "import", ask, kept_new(w)), wanted);
    assert_int_equal(w->faults.first[0].where.row, row);
    assert_int_equal(w->faults.first[0].where.column, column);
    assert_str(w->faults.first[0].where.file, "test.csv");
    check_fault(w, part, __FILE__, __LINE__);
}

static void imports(struct work *w)
{
    small_registry(w);
    struct kept *k = doing(w, "series", "import", FILED(HEAD ROWS ACCESS)); /* in any order */
    assert_int_equal(fact_int(k, "added"), 11);
    k = doing(w, "series", "import", FILED(HEAD ACCESS ROWS));
    assert_int_equal(fact_int(k, "added") + fact_int(k, "changed") + fact_int(k, "corrected"), 0);
    assert_int_equal(fact_int(k, "same"), 11);
    k = doing(w, "series", "show", {"series", "acc"});
    assert_int_equal(by_code(k, "values", "2004", "value_all")->i, 356);
    assert_int_equal(by_code(k, "values", "2004", "change")->i, 144);
    assert_int_equal(by_code(k, "values", "2003", "change")->type, CELL_NONE);
    assert_true(noted_has(k, "2 published totals were checked"));
    assert_int_equal(fact_int(k, "value"), 356);
    k = doing(w, "series", "show", {"series", "acc"}, {"dimension", "abroad"}, {"from", "2004"});
    assert_int_equal(rows_of(k, "values"), 1);
    assert_int_equal(by_code(k, "values", "2004", "value_abroad")->i, 37);
    refused(w, NOTFOUND, "is no part of series", "series", "show", {"series", "acc"}, {"dimension", "moon"});
    refused(w, INVALID, "is no period", "series", "show", {"series", "acc"}, {"from", "soon"});
    refused(w, NOTFOUND, "no series 'none'", "series", "show", {"series", "none"});
}

/* Corrections say why and keep what stood; the same number again is none. */
static void corrections(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import", FILED(HEAD ACCESS ROWS));
    refused_at(w, CONFLICT, "2003 stands as '212', not '213'", 2, 5, HEAD "value,acc,2003,all,213,,,,,,,,,,,,,,\n");
    refused(w, CONFLICT, "a correction says why", "series", "put", {"series", "acc"}, {"period", "2003"},
            {"dimension", "all"}, {"value", "213"});
    doing(w, "series", "put", {"series", "acc"}, {"period", "2003"}, {"dimension", "all"}, {"value", "213"},
          {"reason", "counted twice"});
    struct kept *k = doing(w, "series", "show", {"series", "acc"});
    assert_int_equal(by_code(k, "values", "2003", "value_all")->i, 213);
    assert_str(cell_in(k, "corrections", 0, "was")->text, "212");
    assert_str(cell_in(k, "corrections", 0, "became")->text, "213");
    assert_str(cell_in(k, "corrections", 0, "reason")->text, "counted twice");
    assert_int_equal(cell_in(k, "corrections", 0, "day")->i, japan_day(w->now));
    assert_int_equal(rows_of(k, "unequal"), 1); /* 213 is not 35 + 177: it stands as published */
    assert_int_equal(cell_in(k, "unequal", 0, "difference")->i, 1);
    k = doing(w, "series", "import", FILED(HEAD "value,acc,2003,all,212,,,,,,,,,,,,,,\n"), {"reason", "no, once"});
    assert_int_equal(fact_int(k, "corrected"), 1);
    k = doing(w, "series", "show", {"series", "acc"});
    assert_int_equal(rows_of(k, "corrections"), 2);
    k = doing(w, "series", "import",
              FILED(HEAD "value,acc,2003,all,212,,,,note,,,,,,,,,,\n")); /* a note alone needs no reason */
    assert_int_equal(fact_int(k, "changed"), 1);
    refused(w, CONFLICT, "a correction says why", "series", "definition", {"series", "acc"}, {"since", "2003"},
            {"counted_ja", "別"}, {"source_ja", "白書"});
    doing(w, "series", "target", {"series", "acc"}, {"period", "2004"}, {"dimension", "all"}, {"value", "300"},
          {"source", "plan:p1"});
    refused(w, CONFLICT, "a correction says why", "series", "target", {"series", "acc"}, {"period", "2004"},
            {"dimension", "all"}, {"value", "400"}, {"source", "plan:p1"});
    k = doing(w, "series", "show", {"series", "acc"});
    assert_str(by_code(k, "values", "2004", "met")->text, "not met");
    assert_int_equal(by_code(k, "values", "2004", "target")->i, 300);
}

/* Another definition breaks the line: nothing is compared across, and both are shown. */
static void breaks(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import",
          FILED(HEAD
                "series,b,,,,,,,割合,Share,%,higher,share,gov,yes,,,,\ndefinition,b,FY2018,,,,,,旧,Old,,,,,,甲,,,\n"
                "definition,b,FY2020,,,,,,新,New,,,,,,乙,,,\nvalue,b,FY2018,,61.2,,,,,,,,,,,,,,\n"
                "value,b,FY2019,,64.8,,,,,,,,,,,,,,\nvalue,b,FY2020,,80,,,,,,,,,,,,,,\nvalue,b,FY2021,,82.25,,,,,,,,,,,"
                ",,,\n"
                "value,b,FY2021Q1,,10.0,,,,,,,,,,,,,,\n"));
    struct kept *k = doing(w, "series", "show", {"series", "b"});
    const struct cell *change = by_code(k, "values", "FY2019", "change");
    assert_int_equal(change->i, 36);
    assert_int_equal(change->depth, 1);
    assert_int_equal(by_code(k, "values", "FY2020", "change")->type, CELL_NONE);
    assert_str(by_code(k, "values", "FY2020", "state")->text, "break");
    assert_int_equal(by_code(k, "values", "FY2020", "definition")->i, 2);
    assert_int_equal(by_code(k, "values", "FY2021", "change")->i, 225); /* 82.25 - 80, not the quarter */
    assert_int_equal(rows_of(k, "values_fiscal-quarter"), 1);
    assert_int_equal(rows_of(k, "definitions"), 2);
    assert_str(cell_in(k, "definitions", 0, "counted")->ja, "旧");
    assert_str(cell_in(k, "definitions", 1, "source")->ja, "乙");
    doing(w, "series", "definition", {"series", "b"}, {"since", "FY2021"}, {"counted_ja", "更に新"},
          {"source_ja", "丙"});
    k = doing(w, "series", "show", {"series", "b"});
    assert_int_equal(by_code(k, "values", "FY2021", "change")->type, CELL_NONE);
    for (size_t i = 0; i < k->n_facts; i++) /* not even in the latest change */
        if (str_eq(k->fact[i].key, S("change"))) assert_int_equal(k->fact[i].cell.type, CELL_NONE);
}

/* Each fault names its file, row and column, and nothing of the file is taken. */
static void refusals(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import", FILED(HEAD ACCESS));
    refused_at(w, INVALID, "says of no time as early as 1999", 2, 3, HEAD "value,acc,1999,all,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is no number", 3, 5,
               HEAD "value,acc,2003,all,212,,,,,,,,,,,,,,\nvalue,acc,2004,all,3x,,,,,,,,,,,,,,\n");
    assert_int_equal(fact_int(doing(w, "series", "list", {"find", ""}), "series"), 1);
    assert_int_equal(kept_table(doing(w, "series", "show", {"series", "acc"}), "values"), -1); /* 2003 neither */
    refused_at(w, INVALID, "is no period", 2, 3, HEAD "value,acc,H15,all,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is no part of series 'acc'", 2, 4, HEAD "value,acc,2003,moon,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is no part of series 'acc'", 2, 4, HEAD "value,acc,2003,,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is no kind of row", 2, 1, HEAD "valu,acc,2003,all,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "needs 'value'", 2, 5, HEAD "value,acc,2003,all,,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "has no 'unit_ja'", 2, 11, HEAD "value,acc,2003,all,1,,,,,,件,,,,,,,,\n");
    refused_at(w, INVALID, "n is a part of d", 2, 6, HEAD "value,acc,2003,all,1,3,2,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is no whole number", 2, 7, HEAD "value,acc,2003,all,1,,0,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is none of: derived provisional", 2, 8, HEAD "value,acc,2003,all,1,,,guess,,,,,,,,,,,\n");
    refused_at(w, NOTFOUND, "no series 'z'", 2, 2, HEAD "value,z,2003,,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "this stands in row 2 already", 3, 3,
               HEAD "value,acc,2003,all,1,,,,,,,,,,,,,,\nvalue,acc,2003,all,1,,,,,,,,,,,,,,\n");
    refused_at(w, INVALID, "is the total of series 'acc' already", 2, 17, HEAD "part,acc,,sum,,,,,和,,,,,,,,total,,\n");
    refused_at(w, INVALID, "are those of the rounds", 2, 2, HEAD "series,inspection-x,,,,,,,名,,件,,,gov,,,,,\n");
    refused_at(w, INVALID, "is no code", 2, 2, HEAD "series,a b,,,,,,,名,,件,,,gov,,,,,\n");
    refused_at(w, INVALID, "says nowhere what it counts", 3, 2,
               HEAD "series,new,,,,,,,名,,件,,,gov,,,,,\nvalue,new,2003,,1,,,,,,,,,,,,,,\n");
    doing(w, "series", "import", FILED(HEAD ROWS));
    refused_at(w, CONFLICT, "its unit and kind stay", 2, 11,
               HEAD "series,acc,,,,,,,認知件数,Cases,人,lower,flow,gov,yes,,,,\n");
    refused(w, INVALID, "the file has no rows", "series", "import", FILED(HEAD));
    refused(w, INVALID, "inspection", "series", "put", {"series", "inspection-coverage-gov"}, {"period", "2007"},
            {"value", "1"});
}

/* What goes out comes back: nothing changes, and in an empty store the same file goes out again. */
static str keep_file; /* between the stores of one test, in C memory */

static void round_trip_in(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import",
          FILED(HEAD ACCESS ROWS
                "value,acc,2005,all,\"1,592\",,2000,provisional,\"速報, \"\"暫定\"\"\",,,,,,,,,,\n"
                "target,acc,2005,all,500,,,,,,,,,,,,,plan:p1,\nseries,f,,,,,,,=割合,Share,%,higher,share,A,no,,,,\n"
                "definition,f,2007,,,,,,何,What,,,,,,源,,,\nvalue,f,2007,,52.30,523,1000,derived,,,,,,,,,,,\n"));
    str out = file_of_entry(w, "series", "export", ASK({NULL}));
    struct kept *k = doing(w, "series", "import", {"file", str_c(w->a, out), "test.csv"});
    assert_int_equal(fact_int(k, "added") + fact_int(k, "changed") + fact_int(k, "corrected"), 0);
    assert_true(str_find(out, S("\"1,592\"")) > 0 &&
                str_find(out, S(",52.30,523,1000,derived")) > 0); /* as published */
    keep_file = (str){strndup(out.p, out.n), out.n};
}

static void round_trip_out(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import", {"file", keep_file.p, "test.csv"});
    str again = file_of_entry(w, "series", "export", ASK({NULL}));
    assert_true(str_eq(again, keep_file));
    str one = file_of_entry(w, "series", "export", ASK({"series", "f"}));
    assert_true(str_find(one, S("acc")) < 0);
    free((char *)(uintptr_t)keep_file.p);
}

/* ---- who may ---- */

static void rights(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import",
          FILED(HEAD ACCESS ROWS
                "series,own,,,,,,,秘割合,Share,%,higher,share,A,no,,,,\n"
                "definition,own,2007,,,,,,秘何,What,,,,,,秘源,,,\nvalue,own,2007,,52.3,,,,,,,,,,,,,,\n"));
    struct work *other = as(w, "pob"), *here = as(w, "poa"), *below = as(w, "pa1"), *centre = as(w, "pc"),
                *viewer = as(w, "pv");
    assert_int_equal(fact_int(doing(other, "series", "list", {"find", ""}), "series"), 1); /* the public one alone */
    assert_int_equal(fact_int(doing(here, "series", "list", {"find", ""}), "series"), 2);
    assert_int_equal(fact_int(doing(below, "series", "list", {"find", ""}), "series"),
                     1); /* A is not within the reach of its bureau */
    assert_int_equal(fact_int(doing(centre, "series", "list", {"find", ""}), "series"), 2);
    doing(below, "series", "show", {"series", "acc"});
    refused(other, NOTFOUND, "no series 'own' that you may see", "series", "show", {"series", "own"});
    refused(other, NOTFOUND, "no series 'nix' that you may see", "series", "show", {"series", "nix"});
    assert_int_equal(str_find(file_of_entry(other, "series", "export", ASK({NULL})), S("秘")), -1);
    refused(other, NOTFOUND, "no series 'own' that you may change", "series", "put", {"series", "own"},
            {"period", "2008"}, {"value", "1"});
    refused(other, DENIED, "is kept by 'gov'", "series", "put", {"series", "acc"}, {"period", "2008"},
            {"dimension", "all"}, {"value", "1"});
    refused(other, NOTFOUND, "no organisation 'gov'", "series", "import",
            FILED(HEAD "series,x,,,,,,,名,,件,,,gov,,,,,\n"), {"reason", "r"});
    refused(other, CONFLICT, "cannot be used", "series", "import", FILED(HEAD "series,own,,,,,,,名,,件,,,B,,,,,\n"));
    refused(viewer, DENIED, "", "series", "put", {"series", "acc"}, {"period", "2008"}, {"dimension", "all"},
            {"value", "1"});
    doing(here, "series", "put", {"series", "own"}, {"period", "2008"}, {"value", "53.1"});
    doing(centre, "series", "put", {"series", "acc"}, {"period", "2008"}, {"dimension", "all"}, {"value", "1"});
    doing(here, "series", "define", {"series", "mine"}, {"org", "a1"}, {"ja", "件数"}, {"unit_ja", "件"},
          {"since", "2007"}, {"counted_ja", "件"}, {"source_ja", "記録"});
    refused(here, INVALID, "says what it counts", "series", "define", {"series", "more"}, {"org", "a1"}, {"ja", "件数"},
            {"unit_ja", "件"});
}

/* ---- the rounds ---- */

#define PUBLISHED(code_, base_, file_)                                                                                 \
    doing(w, "inspect", "publish", {"code", code_}, {"title_ja", "公表"}, {"frame", "gov"}, {"base", base_},           \
          {"source_ja", "資料"}, FILED(file_))

static void rounds_of_figures(struct work *w)
{
    small_registry(w);
    refused(w, NOTFOUND, "no series 'inspection-coverage-gov'", "series", "show", {"series", "inspection-coverage-gov"});
    PUBLISHED("fy2006", "2007-03-31", "org,coverage_percent,excluded\nA,99.9,no\nB,40.7,yes\n");
    PUBLISHED("fy2007", "2008-03-31", "org,coverage_percent,excluded\nA,99.9,no\nB,100.0,no\n");
    PUBLISHED("terminals-2006", "2006-03-31", "org,grade\nA,B\nB,D\n");
    PUBLISHED("terminals-2007", "2007-03-31", "org,grade\nA,A\nB,B\n");
    struct kept *k = doing(w, "series", "show", {"series", "inspection-coverage-gov"});
    assert_int_equal(by_code(k, "values", "2007-03-31", "value_A")->i, 999);
    assert_int_equal(by_code(k, "values", "2007-03-31", "value_mean")->type, CELL_NONE); /* one alone makes no mean */
    assert_int_equal(by_code(k, "values", "2008-03-31", "value_mean")->i, 9995);
    assert_int_equal(by_code(k, "values", "2008-03-31", "of")->i, 2);
    assert_true(noted_has(k, "ours: over 2 of 2 organisations") && noted_has(k, "left out of the analysis"));
    k = doing(w, "series", "show", {"series", "inspection-grades-terminals-gov"});
    assert_int_equal(by_code(k, "values", "2006-03-31", "value_D")->i, 1);
    assert_int_equal(by_code(k, "values", "2007-03-31", "value_A")->i, 1);
    doing(w, "inspect", "publish", {"code", "fy2007-a"}, {"title_ja", "公表"}, {"frame", "A"}, {"base", "2008-03-31"}, {"source_ja", "資料"},
          FILED("org,coverage_percent,excluded\nA,12.5,no\n")); /* another frame is another line */
    k = doing(w, "series", "show", {"series", "inspection-coverage-gov"});
    assert_int_equal(by_code(k, "values", "2008-03-31", "value_A")->i, 999);
    k = doing(w, "series", "show", {"series", "inspection-coverage-A"});
    assert_int_equal(by_code(k, "values", "2008-03-31", "value_A")->i, 125);
    assert_int_equal(rows_of(k, "definitions"), 1);
    refused(w, NOTFOUND, "no series", "series", "show", {"series", "inspection-coverage"});
    struct work *b = as(w, "pob");
    refused(b, NOTFOUND, "no series", "series", "show", {"series", "inspection-grades-terminals-gov"}); /* of the whole */
    k = doing(b, "series", "show", {"series", "inspection-coverage-gov"});
    assert_int_equal(by_code(k, "values", "2007-03-31", "value_B")->i, 407);
    struct kept *staff = doing(as(w, "pa1"), "series", "list", {"find", ""});
    assert_int_equal(fact_int(staff, "series"), 0); /* may not read rates */
}

/* Counted over an edition and published elsewhere: the line breaks. What is withheld in the round is withheld here. */
static void rounds_counted(struct work *w)
{
    small_world(w);
    PUBLISHED("fy2005", "2006-03-31", "org,coverage_percent,excluded\nA,99.9,no\nB,90.0,no\n");
    doing(w, "inspect", "close", {"round", "r1"});
    struct kept *k = doing(w, "series", "show", {"series", "inspection-coverage-gov"}, {"dimension", "gov"});
    assert_int_equal(rows_of(k, "definitions"), 2);
    k = doing(w, "inspect", "rates", {"round", "r1"});
    const struct cell *rate = cell_at(k, "coverage", "gov", NULL, "coverage");
    k = doing(w, "series", "show", {"series", "inspection-coverage-gov"}, {"dimension", "gov"});
    assert_int_equal(by_code(k, "values", "2007-03-31", "value_gov")->i, rate->rate.tenths);
    assert_int_equal(by_code(k, "values", "2007-03-31", "of")->i, rate->rate.d);
    struct work *v = as(w, "pv"); /* sees rates, no names: groups under five are withheld */
    k = doing(v, "inspect", "rates", {"round", "r1"});
    const struct cell *withheld = cell_at(k, "coverage", "B", NULL, "reported");
    struct kept *s = doing(v, "series", "show", {"series", "inspection-coverage-gov"});
    if (withheld->type != CELL_NONE) return;
    for (size_t t = 0; t < s->n_tables; t++)
        for (size_t c = 0; c < s->table[t].n_columns; c++)
            for (size_t i = 0; str_eq(s->table[t].key[c], S("value_B")) && i < s->table[t].n; i++)
                if (str_eq(s->table[t].row[i].cell[1].text, S("2007-03-31")))
                    assert_int_equal(s->table[t].row[i].cell[c].type, CELL_NONE);
}

/* ---- a workbook, and the data that ships ---- */

static void workbook(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import", FILED(HEAD ACCESS));
    struct made parts[P_PARTS];
    least(parts,
          S("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>what</t></is></c><c r=\"B1\" "
            "t=\"inlineStr\"><is><t>series</t></is></c>"
            "<c r=\"C1\" t=\"inlineStr\"><is><t>period</t></is></c><c r=\"D1\" t=\"inlineStr\"><is><t>part</t></is></c>"
            "<c r=\"E1\" t=\"inlineStr\"><is><t>value</t></is></c></row>"
            "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>value</t></is></c><c r=\"B3\" "
            "t=\"inlineStr\"><is><t>acc</t></is></c>"
            "<c r=\"C3\"><v>2003</v></c><c r=\"D3\" t=\"inlineStr\"><is><t>all</t></is></c><c "
            "r=\"E3\"><v>52.299999999999997</v></c></row>"
            "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>value</t></is></c><c r=\"B4\" "
            "t=\"inlineStr\"><is><t>acc</t></is></c>"
            "<c r=\"C4\"><v>2004</v></c><c r=\"D4\" t=\"inlineStr\"><is><t>all</t></is></c><c r=\"E4\" "
            "t=\"inlineStr\"><is><t>many</t></is></c></row>"),
          w->a);
    str book = zip_of(w->a, parts, P_PARTS);
    const struct ask ask[] = {{"file", book.p, "t.xlsx", book.n}, {0}};
    assert_err(w, through_door(w, "series", "import", ask, kept_new(w)), INVALID);
    assert_str(w->faults.first[0].where.field, "s!E4");
    check_fault(w, "'many' is no number", __FILE__, __LINE__);
}

static str shipped(struct work *w, const char *path)
{
    const char *root = getenv("SOURCE");
    FILE *in = fopen(str_c(w->a, str_fmt(w->a, "%s/data/series/%s", root == NULL ? "." : root, path)), "rb");
    assert_non_null(in);
    struct buf b = buf_in(w->a);
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) buf_add(&b, (str){piece, n});
    fclose(in);
    return buf_str(&b);
}

static void published_facts(struct work *w)
{
    static const char *const files[] = {"indicators.csv", "disclosure.csv", "infrastructure.csv"};
    static const int64_t access[] = {212, 356, 592, 946, 1818}, reports[] = {269, 309, 407, 302, 272},
                         quarters[] = {99, 53, 63, 57};
    small_registry(w);
    for (size_t i = 0; i < 3; i++) doing(w, "series", "import", {"file", str_c(w->a, shipped(w, files[i])), files[i]});
    struct kept *k = doing(w, "series", "show", {"series", "unauthorised-access"});
    for (size_t i = 0; i < 5; i++) assert_int_equal(cell_in(k, "values", i, "value_total")->i, access[i]);
    assert_true(noted_has(k, "5 published totals were checked")); /* parts of each year */
    k = doing(w, "series", "show", {"series", "infra-reports"});
    for (size_t i = 0; i < 5; i++) assert_int_equal(cell_in(k, "values", i, "value_total")->i, reports[i]);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(cell_in(k, "values_fiscal-quarter", i, "value_total")->i, quarters[i]);
    assert_true(noted_has(k, "18 published totals were checked")); /* nine columns, and nine rows over the quarters */
    k = doing(w, "series", "show", {"series", "disclosure"});
    const struct cell *share = cell_at(k, "values", "all", NULL, "share");
    assert_int_equal(share->rate.tenths, 95);
    assert_int_equal(share->rate.n, 350);
    assert_int_equal(share->rate.d, 3670);
    assert_true(noted_has(k, "2 published totals were checked")); /* companies, and those looked at */
    k = doing(w, "series", "show", {"series", "isms-certified"});
    assert_int_equal(kept_table(k, "unequal"), -1); /* the ten are not all there are */
    k = doing(w, "series", "show", {"series", "internet-fear"});
    const struct cell *fear = cell_at(k, "values", "users", NULL, "value");
    assert_int_equal(fear->i, 523);
    assert_int_equal(fear->depth, 1);
    assert_int_equal(cell_in(doing(w, "series", "show", {"series", "virus-reports"}), "values", 15, "value")->i, 54174);
}

/* ---- for other rooms ---- */

static void for_others(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import", FILED(HEAD ACCESS ROWS));
    struct series_latest l;
    assert_ok(w, series_find(w, S("acc"), &l));
    assert_true(l.has_value && l.has_change && !l.broken && !l.has_target);
    assert_int_equal(l.value.i, 356);
    assert_int_equal(l.change.i, 144);
    assert_str(l.period, "2004");
    assert_str(l.before, "2003");
    assert_err(w, series_find(w, S("nix"), &l), NOTFOUND);
    assert_fault(w, "no series 'nix'");
    struct kept *k = kept_new(w);
    assert_ok(w, series_block(w, S("acc"), &k->doc));
    assert_int_equal(rows_of(k, "values"), 2);
    assert_int_equal(rows_of(k, "definitions"), 1);
}

/* A report freezes the block: decimals, breaks and targets come back from its record as they were. */
static void frozen_block(struct work *w)
{
    small_registry(w);
    doing(w, "series", "import",
          FILED(HEAD "series,b,,,,,,,割合,Share,%,higher,share,gov,yes,,,,\ndefinition,b,FY2018,,,,,,旧,Old,,,,,,甲,,,\n"
                     "definition,b,FY2020,,,,,,新,New,,,,,,乙,,,\nvalue,b,FY2018,,61.25,,,,,,,,,,,,,,\n"
                     "value,b,FY2020,,-80.5,,,,,,,,,,,,,,\nvalue,b,FY2020Q1,,10.0,,,,,,,,,,,,,,\n"
                     "target,b,FY2020,,90.5,,,,,,,,,,,,,plan:p1,\n"));
    struct recorder *r;
    struct kept *k = kept_new(w);
    str bytes;
    assert_ok(w, series_block(w, S("b"), record_begin(w, LANG_JA, &(struct record_wanted){0}, &r)));
    assert_ok(w, record_end(r, &bytes));
    assert_ok(w, record_replay(w, bytes, &(struct record_as){0}, &k->doc));
    const struct cell *value = by_code(k, "values", "FY2018", "value"), *after = by_code(k, "values", "FY2020", "value");
    assert_true(value->type == CELL_DECIMAL && value->i == 6125 && value->depth == 2);
    assert_true(after->type == CELL_DECIMAL && after->i == -805 && after->depth == 1);
    assert_str(by_code(k, "values", "FY2020", "state")->text, "break");
    assert_int_equal(by_code(k, "values", "FY2020", "target")->i, 905);
    assert_int_equal(rows_of(k, "values_fiscal-quarter"), 1);
    assert_true(str_find(bytes, S("\ttarget\tvalue\t")) > 0); /* the drawing has its goals */
}

#define ON_EACH(name)                                                                                                  \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
ON_EACH(imports)
ON_EACH(corrections)
ON_EACH(breaks)
ON_EACH(refusals)
ON_EACH(rights)
ON_EACH(rounds_of_figures)
ON_EACH(rounds_counted)
ON_EACH(workbook)
ON_EACH(published_facts)
ON_EACH(for_others)
ON_EACH(frozen_block)

static void test_round_trip(void **state)
{
    (void)state;
    on_sqlite(round_trip_in);
    on_sqlite(round_trip_out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals),
        cmocka_unit_test(periods),
        cmocka_unit_test(targets_exact),
        cmocka_unit_test(test_imports),
        cmocka_unit_test(test_corrections),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_rounds_of_figures),
        cmocka_unit_test(test_rounds_counted),
        cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_published_facts),
        cmocka_unit_test(test_for_others), cmocka_unit_test(test_frozen_block),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
