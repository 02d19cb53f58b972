#include "inspect_kit.h"

#include "inspect/figures.h"
#include "inspect/inspect.h"

#define assert_rate(c, shown, numerator, denominator) check_rate(c, shown, numerator, denominator, __LINE__)
/* Shown in tenths of a percent; the value is that of the fraction. */
static void check_rate(const struct cell *c, int32_t shown, int64_t n, int64_t d, int line)
{
    if (c->type == CELL_RATE && c->rate.defined && c->rate.tenths == shown && c->rate.value == (double)n / (double)d)
        return;
    print_error("line %d: the rate is %d tenths (%.17g), not %d\n", line, c->rate.tenths, c->rate.value, shown);
    fail();
}

/* ---- the worked example: a is carried out by 1 of 2, b by 75 of 100, c by 10 of 10 ---- */
enum { EXAMPLE = 100 };

static void example_world(struct work *w)
{
    struct buf posts = buf_in(w->a);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,,10\n"));
    doing(
        w, "registry", "import", {"what", "organisations"},
        FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,政府,,,\nA,gov,ministry,1,甲省,,,\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    for (int i = 0; i < EXAMPLE; i++) buf_fmt(&posts, "p%d,staff,A,,,,,\n", i);
    buf_byte(&posts, '\0');
    doing(w, "registry", "import", {"what", "posts"}, FILED(posts.p));
    small_standard(w, "e1",
                   "number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                   "a,2,,basic,staff,yes,甲,A\nb,2,,basic,staff,no,乙,B\nc,2,,basic,staff,yes,丙,C\n");
    doing(w, "standard", "decide", {"edition", "e1"});
}

static void example_round(struct work *w, const char *code, const char *rate, bool aggregate)
{
    struct ask ask[] = {{"code", code},         {"title_ja", "例"}, {"edition", "e1"},  {"frame", "gov"},
                        {"base", "2007-03-31"}, {"rate", rate},     {"aggregate", "A"}, {0}};
    if (!aggregate) ask[6] = (struct ask){0};
    do_ok(w, "inspect", "open", ask, __FILE__, __LINE__);
}

static void check_example(struct work *w, const char *round, int32_t shown, int64_t n, int64_t d)
{
    static const char *const orgs[] = {"gov", "A"};
    const struct kept *k = doing(w, "inspect", "rates", {"round", round});
    for (int i = 0; i < 2; i++) {
        assert_rate(cell_at(k, "coverage", orgs[i], NULL, "coverage"), 1000, 1, 1);
        assert_int_equal(cell_at(k, "rates", orgs[i], "2", "arisen")->i, 112);
        assert_int_equal(cell_at(k, "rates", orgs[i], "2", "done")->i, 86);
        assert_int_equal(cell_at(k, "rates", orgs[i], "2", "clauses")->i, 3);
        assert_rate(cell_at(k, "rates", orgs[i], "2", "implementation"), shown, n, d);
        assert_rate(cell_at(k, "rates", orgs[i], "2", "attainment_100"), 333, 1, 3);
        assert_rate(cell_at(k, "rates", orgs[i], "2", "attainment_95"), 333, 1, 3);
        assert_rate(cell_at(k, "rates", orgs[i], "2", "attainment_90"), 333, 1, 3);
    }
    doing(w, "inspect", "recount", {"round", round});
}

static void example_by_aggregates(struct work *w, const char *round)
{
    doing(w, "inspect", "import", {"round", round},
          FILED("organisation,duty,clause,reported,known,arisen,done\nA,staff,,100,100,,\n"
                "A,staff,a,100,100,2,1\nA,staff,b,100,100,100,75\nA,staff,c,100,100,10,10\n"));
}

static void example_by_sheets(struct work *w, const char *round)
{
    struct buf b = buf_in(w->a);
    buf_add(&b, S("respondent,a,b,c\n"));
    for (int i = 0; i < EXAMPLE; i++)
        buf_fmt(&b, "p%d,%s,%s,%s\n", i, i == 0 ? "1" : i == 1 ? "0" : "-", i < 75 ? "1" : "0", i < 10 ? "1" : "-");
    buf_byte(&b, '\0');
    const struct kept *k = doing(w, "inspect", "import", {"round", round}, {"state", "confirmed"}, FILED(b.p));
    assert_int_equal(fact_int(k, "added"), EXAMPLE);
}

static void example(struct work *w)
{
    example_world(w);
    example_round(w, "x1", "mean", true);
    example_by_aggregates(w, "x1");
    check_example(w, "x1", 750, 3, 4);
    example_round(w, "x2", "mean", false);
    example_by_sheets(w, "x2");
    check_example(w, "x2", 750, 3, 4);
    example_round(w, "x3", "pooled", true);
    example_by_aggregates(w, "x3");
    check_example(w, "x3", 768, 86, 112);
    example_round(w, "x4", "pooled", false);
    example_by_sheets(w, "x4");
    check_example(w, "x4", 768, 86, 112);
}
static void test_example(void **state)
{
    (void)state;
    each_store(example);
}

/* ---- grades ---- */
static const struct {
    const char *org, *grade;
    int known, done, shown;
} graded[] = {{"ga", "A", 2500, 2500, 1000}, {"gb", "B", 2500, 2000, 800}, {"gc", "B", 10000, 9997, 999},
              {"gd", "C", 2500, 1999, 799},  {"ge", "C", 2500, 1500, 600}, {"gf", "D", 2500, 1499, 599}};
enum { GRADED = sizeof graded / sizeof *graded };

static void grade_boundaries(struct work *w)
{
    struct buf orgs = buf_in(w->a), rows = buf_in(w->a);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,,10\n"));
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,政府,,,\n"));
    buf_add(&rows, S("organisation,duty,clause,reported,known,arisen,done\n"));
    for (int i = 0; i < GRADED; i++) {
        buf_fmt(&orgs, "%s,gov,ministry,%d,省,,,\n", graded[i].org, i);
        buf_fmt(&rows, "%s,staff,,%d,%d,,\n%s,staff,a,%d,%d,%d,%d\n", graded[i].org, graded[i].known, graded[i].done,
                graded[i].org, graded[i].known, graded[i].done, graded[i].done, graded[i].done);
    }
    buf_byte(&orgs, '\0');
    buf_byte(&rows, '\0');
    doing(w, "registry", "import", {"what", "organisations"}, FILED(orgs.p));
    small_standard(w, "e1", "number,section,parent,level,duty,no_occasion,text_ja,text_en\na,2,,basic,staff,no,甲,A\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "g"}, {"title_ja", "評価"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"}, {"aggregate", "gov"});
    doing(w, "inspect", "import", {"round", "g"}, FILED(rows.p));
    const struct kept *k = doing(w, "inspect", "rates", {"round", "g"});
    for (int i = 0; i < GRADED; i++)
        assert_rate(cell_at(k, "coverage", graded[i].org, NULL, "coverage"), graded[i].shown, graded[i].done,
                    graded[i].known);
    /* The same fractions as rates of a clause. */
    rows.n = 0;
    buf_add(&rows, S("organisation,duty,clause,reported,known,arisen,done\n"));
    for (int i = 0; i < GRADED; i++)
        buf_fmt(&rows, "%s,staff,,%d,%d,,\n%s,staff,a,%d,%d,%d,%d\n", graded[i].org, graded[i].known, graded[i].known,
                graded[i].org, graded[i].known, graded[i].known, graded[i].known, graded[i].done);
    buf_byte(&rows, '\0');
    assert_int_equal(fact_int(doing(w, "inspect", "import", {"round", "g"}, FILED(rows.p)), "changed"),
                     GRADED - 1); /* A reads the same */
    k = doing(w, "inspect", "grades", {"round", "g"});
    for (int i = 0; i < GRADED; i++) {
        assert_str(cell_at(k, "grades", graded[i].org, NULL, "grade")->text, graded[i].grade);
        assert_rate(cell_at(k, "grades", graded[i].org, NULL, "rate"), graded[i].shown, graded[i].done,
                    graded[i].known);
    }
    static const struct {
        const char *grade;
        int64_t n;
    } counts[] = {{"A", 1}, {"B", 2}, {"C", 2}, {"D", 1}};
    for (int i = 0; i < 4; i++)
        assert_int_equal(cell_at(k, "counts", counts[i].grade, NULL, "organisations")->i, counts[i].n);
}
static void test_grade_boundaries(void **state)
{
    (void)state;
    each_store(grade_boundaries);
}

/* In floating point a sum of a thousand 4/5s divided by a thousand falls below 0.8. */
enum { FIFTHS = 1000 };

static void grade_of_fifths(struct work *w)
{
    struct buf clauses = buf_in(w->a), sheets = buf_in(w->a);
    buf_add(&clauses, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    for (int i = 0; i < FIFTHS; i++) buf_fmt(&clauses, "k%d,2,,basic,staff,no,項%d,\n", i, i);
    buf_byte(&clauses, '\0');
    small_registry(w);
    small_standard(w, "e1", clauses.p);
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "f");
    static const char *const who[] = {"s1", "s2", "s3", "t1", "t2"};
    buf_add(&sheets, S("respondent"));
    for (int i = 0; i < FIFTHS; i++) buf_fmt(&sheets, ",k%d", i);
    for (int r = 0; r < 5; r++) {
        buf_fmt(&sheets, "\n%s", who[r]);
        for (int i = 0; i < FIFTHS; i++) buf_add(&sheets, (i + r) % 5 == 0 ? S(",0") : S(",1"));
    }
    buf_byte(&sheets, '\0');
    doing(w, "inspect", "import", {"round", "f"}, {"state", "confirmed"}, FILED(sheets.p));
    const struct kept *k = doing(w, "inspect", "grades", {"round", "f"});
    assert_rate(cell_at(k, "grades", "gov", NULL, "rate"), 800, 4, 5);
    assert_str(cell_at(k, "grades", "gov", NULL, "grade")->text, "B");
    assert_int_equal(cell_at(k, "grades", "gov", NULL, "items")->i, FIFTHS);
}
static void test_grade_of_fifths(void **state)
{
    (void)state;
    each_store(grade_of_fifths);
}

/* ---- what was published, and the demonstration ---- */
static const struct {
    const char *org;
    int coverage; /* tenths of a percent; FY2006 */
    char terminals, web;
} published[] = {{"cas", 992, 'B', 'B'},    {"clb", 959, 'C', 'B'},  {"jinji", 999, 'C', 'B'}, {"cao", 735, 'C', 'C'},
                 {"kunai", 1000, 'D', 'C'}, {"jftc", 992, 'C', 'A'}, {"npa", 1000, 'D', 'B'},  {"fsa", 633, 'B', 'B'},
                 {"soumu", 976, 'C', 'B'},  {"moj", 1000, 'D', 'C'}, {"mofa", 1000, 'D', 'B'}, {"mof", 1000, 'C', 'B'},
                 {"mext", 1000, 'C', 'B'},  {"mhlw", 957, 'D', 'B'}, {"maff", 312, 'C', 'B'},  {"meti", 1000, 'C', 'B'},
                 {"mlit", 1000, 'D', 'C'},  {"env", 407, 'B', 'B'},  {"mod", 941, 'C', 'B'}};
enum { MINISTRIES = sizeof published / sizeof *published };

static void check_counts(const struct kept *k, const int64_t *n)
{
    static const char *const grades[] = {"A", "B", "C", "D"};
    for (int i = 0; i < 4; i++) assert_int_equal(cell_at(k, "counts", grades[i], NULL, "organisations")->i, n[i]);
}

static void check_grades(const struct kept *k, bool web)
{
    assert_int_equal(rows_of(k, "grades"), MINISTRIES);
    for (size_t i = 0; i < MINISTRIES; i++) {
        assert_str(cell_in(k, "grades", i, "org")->text, published[i].org);
        assert_int_equal(cell_in(k, "grades", i, "grade")->text.p[0], web ? published[i].web : published[i].terminals);
    }
    assert_str(cell_at(k, "grades", "mod", NULL, "org")->ja, "防衛庁"); /* its name on 2006-03-31 */
}

static void demonstration(struct work *w)
{
    doing(w, "demo", "load", {0});
    const struct kept *k = doing(w, "inspect", "rates", {"round", "fy2006"});
    assert_int_equal(rows_of(k, "coverage"), MINISTRIES);
    int full = 0;
    for (size_t i = 0; i < MINISTRIES; i++) {
        assert_str(cell_in(k, "coverage", i, "org")->text, published[i].org);
        assert_rate(cell_in(k, "coverage", i, "coverage"), published[i].coverage, published[i].coverage, 1000);
        full += cell_in(k, "coverage", i, "coverage")->rate.tenths == 1000;
        bool own = published[i].coverage == 312 || published[i].coverage == 407;
        assert_int_equal(cell_in(k, "coverage", i, "excluded")->i, own);
    }
    assert_int_equal(full, 8);
    assert_str(cell_at(k, "coverage", "mod", NULL, "org")->ja, "防衛省");
    k = doing(w, "inspect", "grades", {"round", "terminals-2006"});
    check_grades(k, false);
    check_counts(k, (const int64_t[]){0, 3, 10, 6});
    k = doing(w, "inspect", "grades", {"round", "web-2006"});
    check_grades(k, true);
    check_counts(k, (const int64_t[]){1, 14, 4, 0});
    refused(w, CONFLICT, "published elsewhere", "inspect", "confirm", {"round", "fy2006"});
    refused(w, NOTFOUND, "published figures only", "inspect", "rates", {"round", "fy2006"}, {"edition", "open"});
    doing(w, "inspect", "recount", {"round", "demo-2025"});
    doing(w, "inspect", "recount", {"round", "demo-2026"});
    k = doing(w, "inspect", "rates", {"round", "demo-2026"}, {"against", "demo-2025"});
    assert_true(rows_of(k, "against") > 0);
    assert_true(noted_has(k, "Synthetic"));
    refused(w, CONFLICT, "empty store", "demo", "load", {0});
}
static void test_demonstration(void **state)
{
    (void)state;
    each_store(demonstration);
}

/* ---- closing, correcting, errata ---- */
#define ALL_DONE                                                                                                       \
    "respondent,2(a),2(b),2(c),3(a),3(c)\ns1,1,1,,1,\ns2,1,1,,1,\ns3,1,1,,1,\nha,,,1,,\nt1,1,1,,1,\nt2,1,1,,1,\nhb,,," \
    "1,,\npc-a,,,,,1\n"
#define CORRECTED "respondent,2(a),2(b),2(c),3(a),3(c)\ns1,1,1,,0,\n"

static const struct cell *implementation(struct work *w, const char *edition)
{
    struct ask ask[] = {{"round", "r1"}, {"depth", "-1"}, {"edition", edition}, {0}};
    if (edition == NULL) ask[2] = (struct ask){0};
    const struct kept *k = do_ok(w, "inspect", "rates", ask, __FILE__, __LINE__);
    return cell_at(k, "rates", "gov", "3", "implementation");
}

static void check_errata(const struct kept *k)
{
    static const struct {
        const char *table, *org, *item, *column, *was, *became;
    } some[] = {{"rates", "gov", "3", "done", "6", "5"},
                {"rates", "gov", "3", "implementation", "100.0", "90.0"},
                {"rates", "A", "3", "implementation_mean", "100.0", "87.5"},
                {"rates", "a1", "3", "attainment_90", "100.0", "50.0"},
                {"clauses", "gov", "3(a)", "done", "5", "4"},
                {"clauses", "A", "3(a)", "rate", "100.0", "66.7"},
                {"grades", "a1", "", "grade", "A", "B"}};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        size_t found = 0;
        for (size_t row = 0; row < rows_of(k, "errata"); row++)
            found += str_eq(cell_in(k, "errata", row, "table")->text, str_of(some[i].table)) &&
                     str_eq(cell_in(k, "errata", row, "org")->text, str_of(some[i].org)) &&
                     str_eq(cell_in(k, "errata", row, "item")->text, str_of(some[i].item)) &&
                     str_eq(cell_in(k, "errata", row, "column")->text, str_of(some[i].column)) &&
                     str_eq(cell_in(k, "errata", row, "was")->text, str_of(some[i].was)) &&
                     str_eq(cell_in(k, "errata", row, "became")->text, str_of(some[i].became));
        if (found != 1) fail_msg("erratum %zu stands %zu times", i, found);
    }
    /* done, implementation, three attainments, mean (not of a bureau), both provisional ones; done and rate of the
     * clause at the two that are frozen by clause; rate and grade. Nothing of the others. */
    assert_int_equal(rows_of(k, "errata"), (8 + 8 + 7) + (2 + 2) + 3 * 2);
}

static void closing(struct work *w)
{
    small_world(w);
    doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"}, FILED(ALL_DONE));
    refused(w, NOTFOUND, "no frozen figures", "inspect", "errata", {"round", "r1"});
    assert_int_equal(fact_int(doing(w, "inspect", "close", {"round", "r1"}), "edition"), 1);
    str before = state_of_store(w, true);
    refused(w, CONFLICT, "is closed: give --correction", "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
            FILED(CORRECTED));
    refused(w, CONFLICT, "is closed: give --correction", "inspect", "move", {"round", "r1"}, {"respondent", "s1"},
            {"to", "a2"}, {"why", "x"});
    refused(w, CONFLICT, "is closed: give --correction", "inspect", "confirm", {"round", "r1"});
    refused(w, CONFLICT, "is closed: give --correction", "inspect", "confirm", {"round", "r1"}, {"correction", " "});
    refused(w, INVALID, "needs --erratum", "inspect", "close", {"round", "r1"});
    assert_true(str_eq(before, state_of_store(w, true)));
    const struct kept *k = doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
                                 {"correction", "誤記"}, FILED(CORRECTED));
    assert_int_equal(fact_int(k, "replaced"), 1);
    assert_rate(implementation(w, NULL), 1000, 1, 1);
    assert_rate(implementation(w, "1"), 1000, 1, 1);
    assert_rate(implementation(w, "open"), 900, 9, 10);
    refused(w, INVALID, "needs --erratum", "inspect", "close", {"round", "r1"});
    assert_int_equal(fact_int(doing(w, "inspect", "close", {"round", "r1"}, {"erratum", "s1の誤記"}), "edition"), 2);
    k = doing(w, "inspect", "rates", {"round", "r1"});
    assert_rate(cell_at(k, "rates", "gov", "3", "implementation"), 900, 9, 10);
    assert_true(noted_has(k, "edition 2 of 2") && noted_has(k, "s1の誤記"));
    assert_rate(implementation(w, "1"), 1000, 1, 1);
    refused(w, NOTFOUND, "no edition '3'", "inspect", "rates", {"round", "r1"}, {"edition", "3"});
    check_errata(doing(w, "inspect", "errata", {"round", "r1"}));
    k = doing(w, "inspect", "errata", {"round", "r1"}, {"edition", "1"});
    assert_int_equal(rows_of(k, "errata"), 0);
    assert_true(noted_has(k, "nothing it corrects"));
    /* B has three respondents, and A with its five would tell of them: who sees no names sees the top alone. */
    k = doing(as(w, "pv"), "inspect", "errata", {"round", "r1"});
    assert_int_equal(rows_of(k, "errata"), 8 + 2 + 2);
    for (size_t i = 0; i < rows_of(k, "errata"); i++) assert_str(cell_in(k, "errata", i, "org")->text, "gov");
    doing(w, "inspect", "recount", {"round", "r1"});
}
static void test_closing(void **state)
{
    (void)state;
    each_store(closing);
}

/* ---- like for like ---- */
static void like_for_like(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1",
                   "number,section,parent,level,duty,no_occasion,text_ja,text_en\n2(a),2,,basic,staff,no,一,\n2(b),2,,"
                   "basic,staff,no,二,\n"
                   "2(c),2,,basic,staff,no,三,\n3(s),3,,basic,staff,no,四,\n3(x),3,,basic,staff,no,五,\n3(y),3,,basic,"
                   "staff,no,六,\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    small_standard(w, "e2",
                   "number,section,parent,level,duty,no_occasion,text_ja,text_en\n2(a),2,,basic,staff,no,一,\n2(c),2,,"
                   "basic,staff,no,三改,\n"
                   "2(d),2,,basic,staff,no,二,\n2(e),2,,basic,staff,no,新,\n3(s),3,,basic,staff,no,四,\n3(x1),3,,basic,"
                   "staff,no,五前,\n"
                   "3(x2),3,,basic,staff,no,五後,\n");
    doing(w, "standard", "import", {"edition", "e2"}, {"what", "mapping"}, {"from", "e1"},
          FILED("from,to,kind,reason_ja,reason_en\n2(a),2(a),same,,\n2(b),2(d),moved,,\n2(c),2(c),changed,改,\n,2(e),"
                "new,新,\n3(s),3(s),same,,\n"
                "3(x),3(x1),split,分,\n3(x),3(x2),split,分,\n3(y),,dropped,廃,\n"));
    doing(w, "standard", "decide", {"edition", "e2"});
    doing(w, "inspect", "open", {"code", "r1"}, {"title_ja", "前"}, {"edition", "e1"}, {"frame", "A"},
          {"base", "2007-03-31"});
    doing(w, "inspect", "open", {"code", "r2"}, {"title_ja", "後"}, {"edition", "e2"}, {"frame", "A"},
          {"base", "2008-03-31"});
    doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
          FILED("respondent,2(a),2(b),2(c),3(s),3(x),3(y)\ns1,1,1,1,1,1,1\ns2,0,1,1,1,1,1\ns3,0,0,1,1,1,1\n"));
    doing(
        w, "inspect", "import", {"round", "r2"}, {"state", "confirmed"},
        FILED(
            "respondent,2(a),2(c),2(d),2(e),3(s),3(x1),3(x2)\ns1,1,0,1,1,1,0,1\ns2,1,0,1,1,0,0,1\ns3,0,0,1,1,0,0,1\n"));
    const struct kept *k = doing(w, "inspect", "rates", {"round", "r2"}, {"against", "r1"});
    assert_rate(cell_at(k, "against", "A", "2", "implementation"), 667, 2, 3);   /* (2/3 + 0 + 1 + 1) / 4 */
    assert_int_equal(cell_at(k, "against", "A", "2", "clauses_compared")->i, 2); /* 2(a), 2(b) → 2(d) */
    assert_rate(cell_at(k, "against", "A", "2", "comparable"), 833, 5, 6);
    assert_rate(cell_at(k, "against", "A", "2", "comparable_earlier"), 500, 1, 2);
    assert_int_equal(cell_at(k, "against", "A", "2", "difference")->rate.tenths, 333);
    assert_int_equal(cell_at(k, "against", "A", "3", "clauses_compared")->i, 1);
    assert_rate(cell_at(k, "against", "A", "3", "comparable"), 333, 1, 3);
    assert_rate(cell_at(k, "against", "A", "3", "comparable_earlier"), 1000, 1, 1);
    assert_int_equal(cell_at(k, "against", "A", "3", "difference")->rate.tenths, -667);
    assert_rate(cell_at(k, "against", "a2", "2", "comparable"), 500, 1, 2); /* s3: 0 and 1, before 0 and 0 */
    assert_rate(cell_at(k, "against", "a2", "2", "comparable_earlier"), 0, 0, 1);
    assert_true(noted_has(k, "4 clauses of edition 'e2'") && noted_has(k, "2(c) 2(e) 3(x1) 3(x2)"));
    assert_true(noted_has(k, "3 clauses of edition 'e1'"));
    k = doing(as(w, "pv"), "inspect", "rates", {"round", "r2"}, {"against", "r1"}, {"depth", "-1"});
    assert_int_equal(rows_of(k, "against"), 0); /* a round of three respondents, for one who sees no names */
    assert_true(noted_has(k, "under five are withheld"));
    assert_int_equal(
        cell_at(doing(as(w, "pv"), "inspect", "rates", {"round", "r2"}), "coverage", "A", NULL, "reported")->type,
        CELL_NONE);
    assert_int_equal(
        cell_at(doing(as(w, "poa"), "inspect", "rates", {"round", "r2"}), "coverage", "A", NULL, "reported")->i, 3);
    k = doing(w, "inspect", "rates", {"round", "r2"}, {"against", "r2"});
    assert_true(noted_has(k, "All clauses of both rounds"));
    refused(w, INVALID, "no mapping from edition 'e2' to 'e1'", "inspect", "rates", {"round", "r1"}, {"against", "r2"});
}
static void test_like_for_like(void **state)
{
    (void)state;
    each_store(like_for_like);
}

/* ---- withheld: what is shown never tells a group under five ---- */
static uint64_t random_state;
static int below(int n)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (int)((random_state >> 33) % (uint64_t)n);
}

/* One level: of the groups hidden together there are several and they are five or more, or all that is not nothing is
 * hidden. */
static void test_withhold(void **state)
{
    (void)state;
    random_state = 20070423;
    for (int round = 0; round < 200000; round++) {
        int64_t reported[8], rest = below(3) == 0 ? below(12) : 0, hidden = rest, total = rest;
        bool withheld[8], any = rest > 0 && rest < WITHHELD_UNDER, all = true;
        int n = below(9), groups = rest > 0, most = 1 + below(40);
        for (int i = 0; i < n; i++) reported[i] = below(most);
        withhold(reported, (size_t)n, rest, withheld);
        for (int i = 0; i < n; i++) {
            bool small = reported[i] > 0 && reported[i] < WITHHELD_UNDER;
            any = any || small;
            total += reported[i];
            assert_true(!small || withheld[i]);
            assert_true(reported[i] > 0 || !withheld[i]);
            hidden += withheld[i] ? reported[i] : 0;
            groups += withheld[i];
            all = all && (withheld[i] || reported[i] == 0);
        }
        if (!any)
            assert_true(hidden == rest);
        else if (groups < 2 || hidden < WITHHELD_UNDER)
            assert_true(all && total < WITHHELD_UNDER);
    }
}

/* A whole tree, as someone sees it who may see figures but no names. Each shown count is an equation over the groups of
 * those who stand directly at one organisation (a group of nobody is known to be that); a small unit is betrayed when
 * the sum of its groups is a combination of shown ones. Exact elimination in a prime field: betrayed there whenever
 * betrayed in fractions. */
enum { TREE = 14, PRIME = 1000003 };

static int64_t inverse(int64_t x)
{
    int64_t result = 1;
    for (int64_t e = PRIME - 2; e > 0; e >>= 1, x = x * x % PRIME)
        if (e & 1) result = result * x % PRIME;
    return result;
}

struct equations {
    int64_t row[TREE][TREE];
    int n;
};

/* What is left of v after the equations are taken out of it; true when nothing is. */
static bool reduce(const struct equations *q, int64_t *v)
{
    bool nothing = true;
    for (int i = 0; i < q->n; i++) {
        int lead = 0;
        while (q->row[i][lead] == 0) lead++;
        int64_t times = v[lead];
        for (int c = 0; c < TREE && times != 0; c++) v[c] = ((v[c] - times * q->row[i][c]) % PRIME + PRIME) % PRIME;
    }
    for (int c = 0; c < TREE; c++) nothing = nothing && v[c] == 0;
    return nothing;
}

static void add_equation(struct equations *q, int64_t *v)
{
    if (reduce(q, v)) return;
    int lead = 0;
    while (v[lead] == 0) lead++;
    int64_t by = inverse(v[lead]);
    for (int c = 0; c < TREE; c++) v[c] = v[c] * by % PRIME;
    for (int i = 0; i < q->n; i++) {
        int64_t times = q->row[i][lead];
        for (int c = 0; c < TREE; c++) q->row[i][c] = ((q->row[i][c] - times * v[c]) % PRIME + PRIME) % PRIME;
    }
    memcpy(q->row[q->n++], v, sizeof q->row[0]);
}

struct tree {
    int n, up[TREE], direct[TREE];
};

static int64_t groups_of(const struct tree *t, int top, int64_t *groups)
{
    int64_t sum = 0;
    for (int o = 0; o < t->n; o++) {
        int at = o;
        while (at >= 0 && at != top) at = t->up[at];
        groups[o] = at == top && t->direct[o] > 0;
        sum += groups[o] ? t->direct[o] : 0;
    }
    return sum;
}

static void learn(struct equations *q, const struct tree *t, const struct kept *k)
{
    for (int o = 0; o < t->n; o++) {
        char code[8];
        snprintf(code, sizeof code, "o%d", o % 100);
        int64_t groups[TREE] = {0}, sum = groups_of(t, o, groups);
        if (row_of(k, "coverage", code, NULL) < 0) continue;
        const struct cell *c = cell_at(k, "coverage", code, NULL, "reported");
        if (c->type == CELL_NONE) continue;
        assert_int_equal(c->i, sum);
        add_equation(q, groups);
    }
}

static void make_tree(struct work *w, struct tree *t)
{
    struct buf orgs = buf_in(w->a), posts = buf_in(w->a);
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\nv,viewer,o0,,v,,,\n"));
    t->n = 2 + below(TREE - 1);
    for (int o = 0; o < t->n; o++) {
        t->up[o] = o == 0 ? -1 : below(o);
        t->direct[o] = below(3) == 0 ? 0 : below(2) == 0 ? 1 + below(4) : below(30);
        buf_fmt(&orgs, "o%d,", o);
        if (o > 0) buf_fmt(&orgs, "o%d", t->up[o]);
        buf_fmt(&orgs, ",unit,%d,機関,,,\n", o);
        for (int i = 0; i < t->direct[o]; i++) buf_fmt(&posts, "p%d-%d,staff,o%d,,,,,\n", o, i, o);
    }
    buf_byte(&orgs, '\0');
    buf_byte(&posts, '\0');
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,,1\nviewer,閲覧,Viewer,rates,2\n"));
    doing(w, "registry", "import", {"what", "organisations"}, FILED(orgs.p));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\nv,o0,閲覧者,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"}, FILED(posts.p));
    small_standard(w, "e1", "number,section,parent,level,duty,no_occasion,text_ja,text_en\na,2,,basic,staff,no,甲,A\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "t"}, {"title_ja", "回"}, {"edition", "e1"}, {"frame", "o0"},
          {"base", "2007-03-31"});
}

/* All at once, and each organisation asked for by itself. */
static void learn_all(struct work *w, const struct tree *t, struct equations *q)
{
    struct work *viewer = as(w, "v");
    learn(q, t, doing(viewer, "inspect", "rates", {"round", "t"}, {"depth", "-1"}));
    for (int o = 0; o < t->n; o++) {
        char code[8];
        snprintf(code, sizeof code, "o%d", o % 100);
        learn(q, t, doing(viewer, "inspect", "rates", {"round", "t"}, {"org", code}, {"depth", "0"}));
    }
}

static void check_tree(struct work *w)
{
    struct tree t = {0};
    make_tree(w, &t);
    for (int closed = 0; closed < 2; closed++) {
        struct equations q = {.n = 0};
        learn_all(w, &t, &q);
        assert_true(q.n > 0 || t.direct[0] == 0);
        for (int o = 1; o < t.n; o++) {
            int64_t groups[TREE] = {0}, sum = groups_of(&t, o, groups);
            bool betrayed = reduce(&q, groups);
            int64_t all[TREE] = {0};
            if (sum > 0 && sum < WITHHELD_UNDER && betrayed && groups_of(&t, 0, all) >= WITHHELD_UNDER)
                fail_msg("o%d of %d is told to be %d", o, t.n, (int)sum);
        }
        if (closed == 0) doing(w, "inspect", "close", {"round", "t"});
    }
}

static void test_withheld_trees(void **state)
{
    (void)state;
    random_state = 5;
    for (int i = 0; i < 60; i++) on_sqlite(check_tree);
}

/* ---- who sees and does what ---- */
static void others_see_nothing(struct work *w)
{
    struct work *b = as(w, "pob");
    const struct kept *k = doing(b, "inspect", "rates", {"round", "r1"}, {"depth", "-1"});
    assert_int_equal(rows_of(k, "coverage"), 2);
    assert_true(row_of(k, "coverage", "B", NULL) == 0 && row_of(k, "coverage", "b1", NULL) == 1);
    for (size_t i = 0; i < rows_of(k, "rates"); i++)
        assert_int_equal(cell_in(k, "rates", i, "org")->text.p[0] | 0x20, 'b');
    k = doing(b, "inspect", "missing", {"round", "r1"}, {"names", "1"}, {"depth", "-1"});
    assert_int_equal(rows_of(k, "names"), 2); /* t2 and hb */
    for (size_t i = 0; i < 2; i++) assert_str(cell_in(k, "names", i, "org")->text, "b1");
    assert_int_equal(rows_of(doing(b, "inspect", "changes", {"round", "r1"}), "changes"), 0);
    assert_int_equal(rows_of(doing(b, "inspect", "exceptions", {"round", "r1"}), "exceptions"), 0);
    assert_int_equal(rows_of(doing(as(w, "poa"), "inspect", "changes", {"round", "r1"}), "changes"), 1);
    assert_int_equal(rows_of(doing(as(w, "poa"), "inspect", "exceptions", {"round", "r1"}), "exceptions"), 1);
    str file = file_of_entry(b, "inspect", "answers", ASK({"round", "r1"}));
    assert_true(str_find(file, S("t1,")) >= 0 && str_find(file, S("s1,")) < 0);
    refused(b, NOTFOUND, "'A'", "inspect", "rates", {"round", "r1"}, {"org", "A"});
    refused(b, NOTFOUND, "'A'", "inspect", "missing", {"round", "r1"}, {"org", "A"});
    refused(b, DENIED, "recount reads every sheet", "inspect", "recount", {"round", "r1"});
    refused(as(w, "pv"), DENIED, "leave out --names", "inspect", "missing", {"round", "r1"}, {"names", "1"});
    refused(as(w, "pa1"), DENIED, "you act as pa1/s1", "inspect", "rates", {"round", "r1"});
}

static void others_change_nothing(struct work *w)
{
    struct work *b = as(w, "pob");
    str before = state_of_store(w, true);
    refused(b, INVALID, "no respondent 's1'", "inspect", "import", {"round", "r1"},
            FILED("respondent,2(a),2(b),3(a)\ns1,1,1,1\n"));
    refused(b, INVALID, "no organisation 'A'", "inspect", "import", {"round", "r1"},
            FILED("organisation,duty,clause,reported,known,arisen,done\nA,staff,,1,1,,\n"));
    refused(b, INVALID, "no respondent 's1'", "inspect", "import", {"round", "r1"},
            FILED("number,respondent,organisation,clause,from,to\n9,s1,,2(a),2007-01-01,2007-12-31\n"));
    refused(b, INVALID, "no organisation 'a1'", "inspect", "import", {"round", "r1"},
            FILED("number,respondent,organisation,clause,from,to\n9,,a1,2(a),2007-01-01,2007-12-31\n"));
    refused(b, INVALID, "number '1' is taken", "inspect", "import", {"round", "r1"},
            FILED("number,respondent,organisation,clause,from,to\n1,,b1,2(a),2007-01-01,2007-12-31\n"));
    refused(b, NOTFOUND, "no respondent 's1'", "inspect", "move", {"round", "r1"}, {"respondent", "s1"}, {"to", "b1"},
            {"why", "x"});
    refused(b, NOTFOUND, "'a1'", "inspect", "move", {"round", "r1"}, {"respondent", "t1"}, {"to", "a1"}, {"why", "x"});
    refused(b, NOTFOUND, "no respondent 's1'", "inspect", "reason", {"round", "r1"}, {"respondent", "s1"},
            {"reason", "left"}, {"why", "x"});
    refused(b, NOTFOUND, "'A'", "inspect", "exclude", {"round", "r1"}, {"org", "A"}, {"why", "x"});
    refused(b, DENIED, "whole frame", "inspect", "close", {"round", "r1"});
    refused(as(w, "phb"), NOTFOUND, "'a1'", "inspect", "confirm", {"round", "r1"}, {"org", "a1"});
    refused(as(w, "phb"), DENIED, "does not reach 'gov'", "inspect", "confirm", {"round", "r1"});
    refused(as(w, "pa1"), DENIED, "or for the centre", "inspect", "import", {"round", "r1"},
            FILED("respondent,2(a),2(b),3(a)\ns1,1,1,1\n"));
    assert_true(str_eq(before, state_of_store(w, true)));
}

/* pha, who confirms at a1, has a sheet there as well. */
static void nobody_confirms_their_own(struct work *w)
{
    struct work *head = as(w, "pha");
    doing(head, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),2(c),3(a)\nha,,,1,\n"));
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),2(c),3(a)\ns2,1,1,,1\n"));
    str before = state_of_store(w, true);
    refused(head, DENIED, "this sheet is your own", "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
            FILED("respondent,2(a),2(b),2(c),3(a)\nha,,,1,\n"));
    refused(head, DENIED, "your own: why nothing is known", "inspect", "reason", {"round", "r1"}, {"respondent", "ha"},
            {"reason", "left"}, {"why", "x"});
    refused(head, DENIED, "this sheet is your own", "inspect", "import", {"round", "r1"},
            FILED("respondent,clause,answer,state\ns2,2(a),1,confirmed\ns2,2(b),1,confirmed\ns2,3(a),1,confirmed\nha,2("
                  "c),0,confirmed\n"));
    assert_true(str_eq(before, state_of_store(w, true)));
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"),
                     2); /* s1, s2 */
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 0);
    assert_int_equal(fact_int(doing(w, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 1);
    /* Confirmed by another it may come again in a file of the whole unit. */
    doing(head, "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
          FILED("respondent,2(a),2(b),2(c),3(a)\nha,,,1,\n"));
    doing(w, "inspect", "recount", {"round", "r1"});
}

static void scope(struct work *w)
{
    small_world(w);
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),3(a)\ns1,1,1,1\nt1,1,1,1\n"));
    doing(w, "inspect", "import", {"round", "r1"},
          FILED("number,respondent,organisation,clause,from,to\n1,s2,,2(a),2007-01-01,2007-12-31\n"));
    doing(w, "inspect", "reason", {"round", "r1"}, {"respondent", "s3"}, {"reason", "leave"}, {"why", "休職"});
    others_see_nothing(w);
    others_change_nothing(w);
    nobody_confirms_their_own(w);
}
static void test_scope(void **state)
{
    (void)state;
    each_store(scope);
}

/* ---- files ---- */
static void twins(struct work *w)
{
    small_world(w);
    str utf8 = test_file(w, "notes-utf8.csv"), cp932 = test_file(w, "notes-cp932.csv");
    struct ask first[] = {{"round", "r1"}, {"file", utf8.p, "utf8.csv", utf8.n}, {0}};
    struct ask second[] = {{"round", "r1"}, {"file", cp932.p, "cp932.csv", cp932.n}, {0}};
    const struct kept *k = do_ok(w, "inspect", "import", first, __FILE__, __LINE__);
    assert_int_equal(fact_int(k, "added"), 1);
    assert_int_equal(fact_int(k, "notes"), 3);
    str before = state_of_store(w, false);
    k = do_ok(w, "inspect", "import", second, __FILE__, __LINE__);
    assert_int_equal(fact_int(k, "unchanged"), 1);
    assert_int_equal(fact_int(k, "notes"), 0);
    assert_true(str_eq(before, state_of_store(w, false)));
    struct rows *r;
    assert_ok(w, store_rows(w, &(const struct sql)OPEN("a test", "SELECT note FROM answer_note ORDER BY clause"),
                            NOARGS, &r));
    assert_true(rows_next(r));
    assert_str(rows_text(r, 0), "①㈱の髙橋と﨑山が確認");
    assert_true(rows_next(r));
    assert_str(rows_text(r, 0), "Ⅲ期は～対象外");
    assert_true(rows_next(r));
    assert_str(rows_text(r, 0), "№2、\"ソ表\"参照");
    assert_ok(w, rows_done(r));
}
static void test_twins(void **state)
{
    (void)state;
    each_store(twins);
}

/* Sheets in every state, and respondents without one. */
static void out_and_in(struct work *w)
{
    small_world(w);
    doing(w, "inspect", "import", {"round", "r1"},
          FILED("respondent,state,2(a),2(b),2(c),3(a)\ns1,confirmed,1,-,,0\ns2,submitted,0,1,,-\ns3,draft,1,,,\nha,"
                "draft,,,,\nt1,confirmed,1,1,,1\n"));
    str once = file_of_entry(w, "inspect", "answers", ASK({"round", "r1"})), before = state_of_store(w, false);
    struct ask again[] = {{"round", "r1"}, {"file", once.p, "answers.csv", once.n}, {0}};
    const struct kept *k = do_ok(w, "inspect", "import", again, __FILE__, __LINE__);
    assert_int_equal(fact_int(k, "rows"), 8);
    assert_int_equal(fact_int(k, "unchanged"), 8);
    assert_int_equal(fact_int(k, "added") + fact_int(k, "replaced") + fact_int(k, "raised") + fact_int(k, "notes"), 0);
    assert_true(str_eq(before, state_of_store(w, false)));
    assert_true(str_eq(once, file_of_entry(w, "inspect", "answers", ASK({"round", "r1"}))));
    str golden = test_file(w, "answers.csv");
    if (!str_eq(once, golden)) fail_msg("the export is not test/inspect/answers.csv but:\n%.*s", STR_ARG(once));
}
static void test_out_and_in(void **state)
{
    (void)state;
    each_store(out_and_in);
}

/* Questions answer for their clauses: by `all` or `any`, side by side in a wide file, alone in a long one. */
static void questions(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(
        w, "standard", "import", {"edition", "e1"}, {"what", "questions"},
        FILED(
            "code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\nQ1,staff,all,2(a),甲,,,,,\n"
            "Q2,staff,all,2(a) 2(b),乙,,,,,\nQ3,staff,any,3(a),丙,,,,,\nQ4,staff,any,3(a),丁,,,,,\n"));
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
    doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
          FILED("respondent,Q1,Q2,Q3,Q4\ns1,1,0,0,1\ns2,1,1,0,-\ns3,1,1,-,-\n"));
    str file = file_of_entry(w, "inspect", "answers", ASK({"round", "r1"}, {"org", "A"}));
    assert_true(str_find(file, S("s1,a1,staff,confirmed,not_done,not_done,,done,,\r\n")) >= 0);
    assert_true(str_find(file, S("s2,a1,staff,confirmed,done,done,,not_done,,\r\n")) >= 0);
    assert_true(str_find(file, S("s3,a2,staff,confirmed,done,done,,no_occasion,,\r\n")) >= 0);
    refused(w, INVALID, "shares a clause with", "inspect", "import", {"round", "r1"},
            FILED("respondent,question,answer\nt1,Q1,1\n"));
    refused(w, INVALID, "is missing: it serves clause '3(a)'", "inspect", "import", {"round", "r1"},
            FILED("respondent,Q1,Q2,Q3\nt1,1,1,1\n"));
    refused(w, INVALID, "answered twice", "inspect", "import", {"round", "r1"},
            FILED("respondent,Q1,Q2,Q3,Q4,2(b)\nt1,1,1,1,1,1\n"));
    /* Both columns in a long file: whichever is filled in. */
    refused(w, INVALID, "no clause or question 'Q9'", "inspect", "import", {"round", "r1"},
            FILED("respondent,clause,question,answer\nt1,2(a),,1\nt1,,Q9,1\n"));
    refused(w, INVALID, "no clause or question 'Q1'", "inspect", "import", {"round", "r1"},
            FILED("respondent,clause,question,answer\nt1,Q1,,1\n"));
}
static void test_questions(void **state)
{
    (void)state;
    each_store(questions);
}

/* ---- arisen: the median is a fraction like any other ---- */
static void arisen(struct work *w)
{
    struct buf orgs = buf_in(w->a), rows = buf_in(w->a);
    static const int none[] = {20, 20, 29, 0}; /* of 30 each */
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,,10\n"));
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,政府,,,\n"));
    buf_add(&rows, S("organisation,duty,clause,reported,known,arisen,done\n"));
    for (int i = 0; i < 4; i++) {
        buf_fmt(&orgs, "m%d,gov,ministry,%d,省,,,\n", i, i);
        buf_fmt(&rows, "m%d,staff,,30,30,,\nm%d,staff,a,30,30,%d,0\n", i, i, 30 - none[i]);
    }
    buf_byte(&orgs, '\0');
    buf_byte(&rows, '\0');
    doing(w, "registry", "import", {"what", "organisations"}, FILED(orgs.p));
    small_standard(w, "e1",
                   "number,section,parent,level,duty,no_occasion,text_ja,text_en\na,2,,basic,staff,yes,甲,A\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "n"}, {"title_ja", "回"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"}, {"aggregate", "gov"});
    doing(w, "inspect", "import", {"round", "n"}, FILED(rows.p));
    const struct kept *k = doing(w, "inspect", "arisen", {"round", "n"});
    assert_rate(cell_at(k, "arisen", "a", "m3", "median"), 667, 2,
                3); /* of 20, 20, 29: as the share beside it is shown */
    assert_rate(cell_at(k, "arisen", "a", "m0", "share"), 667, 2, 3);
    assert_rate(cell_at(k, "arisen", "a", "m0", "median"), 667, 2, 3); /* of 0, 20, 29 */
    assert_true(cell_at(k, "arisen", "a", "m3", "outlier")->i != 0 &&
                cell_at(k, "arisen", "a", "m2", "outlier")->i != 0);
    assert_true(cell_at(k, "arisen", "a", "m0", "outlier")->i == 0);
    assert_int_equal(rows_of(doing(w, "inspect", "arisen", {"round", "n"}, {"outliers", "1"}), "arisen"), 2);
}
static void test_arisen(void **state)
{
    (void)state;
    each_store(arisen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),         cmocka_unit_test(test_grade_boundaries),
        cmocka_unit_test(test_grade_of_fifths), cmocka_unit_test(test_demonstration),
        cmocka_unit_test(test_closing),         cmocka_unit_test(test_like_for_like),
        cmocka_unit_test(test_withhold),        cmocka_unit_test(test_withheld_trees),
        cmocka_unit_test(test_scope),           cmocka_unit_test(test_twins),
        cmocka_unit_test(test_out_and_in),      cmocka_unit_test(test_questions),
        cmocka_unit_test(test_arisen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
