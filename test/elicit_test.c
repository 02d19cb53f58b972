/* The elicitation: ranges as people write them, figures by hand, who sees what, a file, and a model built of the answers. */
#include "inspect_kit.h"

#include "depend/ask.h"
#include "depend/built.h"
#include "inspect/survey.h"

#define TIMES "1/6/24/72"

/* ---- what people write ---- */

static void range_is(struct arena *a, enum survey_type type, const char *given, const char *wanted)
{
    const struct survey_question q = {.type = type, .choices = type == SURVEY_LEVELS ? S(TIMES) : (str){0}};
    str kept = {0};
    bool good = survey_range_value(a, &q, str_of(given), &kept);
    if (good != (wanted != NULL)) fail_msg("'%s' is %s", given, good ? "taken" : "refused");
    if (good) assert_str(kept, wanted);
}

static void test_ranges(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    range_is(a, SURVEY_LEVELS, "100 80-90 40-60 0", "100 80-90 40-60 0");
    range_is(a, SURVEY_LEVELS, " 100,80..90 、 40 - 60 / 0 ", "100 80-90 40-60 0");
    range_is(a, SURVEY_LEVELS, "１００％　８０〜９０％　４０～６０　０", "100 80-90 40-60 0");
    range_is(a, SURVEY_LEVELS, "100 90-90 80 0", "100 90 80 0");
    range_is(a, SURVEY_HOURS, "8-12", "8-12");
    range_is(a, SURVEY_HOURS, "0.5 時間", "0.5");
    range_is(a, SURVEY_HOURS, "1.5から24時間", "1.5-24");
    range_is(a, SURVEY_HOURS, "8760", "8760");
    static const char *const no_levels[] = {"", "100", "100 90 80", "100 90 80 0 0", "100 90 80 -5", "100 90 80 101", "100 90 60-40 0", "100 90 x 0",
                                            "100 90 80 1.5", "NaN 1 1 1", "1e2 1 1 1", "100 90 80 0-", "100 90 80 00000"};
    for (size_t i = 0; i < sizeof no_levels / sizeof *no_levels; i++) range_is(a, SURVEY_LEVELS, no_levels[i], NULL);
    static const char *const no_hours[] = {"", "-1", "8 12", "12-8", "8761", "1.55", "99999", "8-12-16", "soon"};
    for (size_t i = 0; i < sizeof no_hours / sizeof *no_hours; i++) range_is(a, SURVEY_HOURS, no_hours[i], NULL);
    /* a row of a grid: what is left empty is as before, and 100 at first */
    const struct survey_question q = {.type = SURVEY_LEVELS, .choices = S(TIMES)};
    const str cells[][4] = {{{0}}, {{0}, {0}, S("40-60"), {0}}, {S("90"), {0}, {0}, S("0")}};
    static const char *const wanted[] = {NULL, "100 100 40-60 40-60", "90 90 90 0"};
    for (size_t i = 0; i < 3; i++) {
        str kept, joined = survey_levels_joined(a, &q, cells[i]);
        assert_int_equal(survey_range_value(a, &q, joined, &kept), wanted[i] != NULL);
        if (wanted[i] != NULL) assert_str(kept, wanted[i]);
    }
    arena_free(a);
}

/* ---- figures by hand ---- */

static struct voices said(struct arena *a, size_t n, const int64_t *org, const int32_t (*low)[4], const int32_t (*high)[4])
{
    struct voices v = {.n = n, .n_parts = 1, .n_questions = 1, .all = true};
    v.question = arena_array(a, 1, sizeof *v.question);
    v.question[0] = (struct voice_question){.kind = VOICE_LEVELS, .about = S("x"), .n = 4, .hours = {1, 6, 24, 72}};
    v.part = arena_array(a, 1, sizeof *v.part);
    v.voice = arena_array(a, n + 1, sizeof *v.voice);
    for (size_t i = 0; i < n; i++) {
        struct voice_answer *x = arena_alloc(a, sizeof *x);
        x->given = low[i][0] >= 0;
        memcpy(x->low, low[i], sizeof low[i]);
        memcpy(x->high, high[i], sizeof high[i]);
        v.voice[i] = (struct voice){.org = org[i], .answer = x};
    }
    return v;
}

static void test_figures(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    const int32_t odd[] = {1, 5, 9}, even[] = {1, 4, 7, 9};
    assert_int_equal(ask_median(odd, 3), 5);
    assert_int_equal(ask_median(even, 4), 6); /* 5.5, half up */
    /* lower bounds at 24 h: 10 20 40 60, and one that needs nothing: 100; upper 20 30 40 80 100 */
    static const int32_t low[][4] = {{100, 90, 40, 0}, {100, 80, 10, 0}, {90, 80, 20, 10}, {100, 100, 60, 20}, {-1, 0, 0, 0}};
    static const int32_t high[][4] = {{100, 95, 40, 0}, {100, 90, 20, 0}, {100, 80, 30, 10}, {100, 100, 80, 40}, {-1, 0, 0, 0}};
    static const int64_t five[] = {0, 1, 2, 3, 4}, four[] = {0, 1, 1, 2, 3};
    struct voices v = said(a, 5, five, low, high);
    struct ask_group g = ask_sector(a, &v, 0);
    struct ask_figure f = ask_figure(a, &v, &g, 0, 2);
    assert_true(f.told && f.operators == 5 && f.n == 5 && f.need == 4);
    assert_int_equal(f.least, 1000);
    assert_int_equal(f.middle_low, 4000);
    assert_int_equal(f.middle_high, 4000);
    assert_int_equal(f.most, 10000);
    /* five replies of four operators tell nothing; the sector's own body does */
    v = said(a, 5, four, low, high);
    g = ask_sector(a, &v, 0);
    f = ask_figure(a, &v, &g, 0, 2);
    assert_true(!f.told && f.least == 0 && f.most == 0 && f.n == 0);
    v.part[0].itself = true;
    g = ask_sector(a, &v, 0);
    assert_true(ask_figure(a, &v, &g, 0, 2).told);
    /* of 100 at 6 h and 0 at 24 a quarter is lost at 10.5 h, three quarters at 19.5; of 100, 50, 50, 50 in the first hours; what comes back
     * later counts by when it was lost */
    static const int32_t steps[][4] = {{10000, 10000, 0, 0}, {10000, 5000, 5000, 5000}, {10000, 10000, 10000, 10000}, {0, 0, 0, 0}, {10000, 4000, 8000, 10000}};
    static const struct ask_step wanted[] = {{10000, 630, 1170}, {5000, 135, 285}, {0, 0, 0}, {10000, 15, 45}, {6000, 135, 285}};
    for (size_t i = 0; i < 5; i++) {
        struct ask_step s = ask_step(&v.question[0], steps[i]);
        assert_int_equal(s.lost, wanted[i].lost);
        assert_int_equal(s.from, wanted[i].from);
        assert_int_equal(s.until, wanted[i].until);
    }
    arena_free(a);
}

/* ---- a tree with sectors: five of power, five of telecommunications, two of gas, water by itself ---- */

static struct work *on(struct work *w, const char *who)
{
    struct work *v = who == NULL ? arena_alloc(w->a, sizeof *v) : as(w, who);
    if (who == NULL) *v = *w;
    v->now = survey_moment(day("2007-07-20"), 12);
    return v;
}

static void world(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nofficer,担当,Officer,answer names rates manage,30\ncentre,事務局,Centre,rates centre,50\n"
                "viewer,閲覧,Viewer,rates,40\nauditor,監査,Auditor,audit,60\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\nci,,infrastructure,10,重要インフラ,Infrastructure,,\nci-p,ci,sector,10,電力,Power,,\n"
                "ci-t,ci,sector,20,通信,Telecom,,\nci-g,ci,sector,30,ガス,Gas,,\nci-w,ci,sector,40,水道,Water,,\n"
                "p1,ci-p,operator,10,甲電力,P1,,\np2,ci-p,operator,20,乙電力,P2,,\np3,ci-p,operator,30,丙電力,P3,,\np4,ci-p,operator,40,丁電力,P4,,\n"
                "p5,ci-p,operator,50,戊電力,P5,,\nt1,ci-t,operator,10,甲通信,T1,,\nt2,ci-t,operator,20,乙通信,T2,,\nt3,ci-t,operator,30,丙通信,T3,,\n"
                "t4,ci-t,operator,40,丁通信,T4,,\nt5,ci-t,operator,50,戊通信,T5,,\ng1,ci-g,operator,10,甲ガス,G1,,\ng2,ci-g,operator,20,乙ガス,G2,,\n"
                "gov,,government,20,政府,Government,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npc,ci,中央,,,,\npm,ci,管理,,,,\npau,ci,監査,,,,\nbody,ci-p,窓口,,,,\npp1,p1,甲,,,,\npp2,p2,乙,,,,\n"
                "pt1,t1,丙,,,,\npw,ci-w,水,,,,\npv,gov,外,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nc,centre,ci,,pc,,,\nm,officer,ci,,pm,,,\na,auditor,ci,,pau,,,\nb,officer,ci-p,,body,,,\n"
                "o1,officer,p1,,pp1,,,\no2,officer,p2,,pp2,,,\not,officer,t1,,pt1,,,\now,officer,ci-w,,pw,,,\nv,viewer,gov,,pv,,,\n"));
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,name_en,from,to\np2-supply,p2,service,給電,Supply,,\np2-web,p2,system,ウェブ,Web,,\n"));
}

#define SURVEY {"survey", "dep"}
static const struct kept *asked_of(struct work *w)
{
    world(w);
    return doing(on(w, "pc"), "depend", "ask", {"code", "dep"}, {"frame", "ci"}, {"due", "2007-07-31"});
}

/* p1 is neither the least nor the middle nor the most: 37 is its secret. */
#define FILE_HEAD "organisation,service,ci_p,ci_t,ci_w,power,manual\n"
#define OTHERS                                                                                                          \
    FILE_HEAD "p3,給電,,100 100 50 50,,24,part\np4,給電,,100 100 60 60,,48,part\np5,給電,,100 100 80 80,,36-72,full\n"  \
              "t1,電話,100 100 0 0,,,8,none\nt2,電話,100 100 0 0,,,8,none\nt3,電話,100 100 0 0,,,8,none\nt4,電話,100 100 0 0,,,8,none\n" \
              "t5,電話,100 100 0 0,,,8..12,none\ng1,ガス供給,100 83 83 83,,,9,none\n"

static void answered(struct work *w)
{
    struct work *p1 = on(w, "pp1"), *p2 = on(w, "pp2");
    doing(p1, "inspect", "survey-reply", SURVEY, {"system", "カナリア給電"}, {"value.ci_t/1", "１００"}, {"value.ci_t/6", ""}, {"value.ci_t/24", "37"},
          {"value.ci_t/72", ""}, {"value.power", "37-41"}, {"value.manual", "none"}, {"done", "1"});
    doing(p2, "inspect", "survey-reply", SURVEY, {"system", "p2-supply"}, {"value.ci_t", "100 100 20 20"}, {"value.power", "12"}, {"value.manual", "part"});
    doing(p2, "inspect", "survey-done", SURVEY);
    doing(on(w, NULL), "inspect", "survey-import", SURVEY, {"complete", "1"}, FILED(OTHERS));
    doing(on(w, "pw"), "inspect", "survey-reply", SURVEY, {"system", "給水"}, {"value.ci_p", "100 90 70 70"}, {"done", "1"});
}

static void the_way(struct work *w)
{
    const struct kept *k = asked_of(w);
    assert_int_equal(fact_int(k, "asked"), 13); /* twelve operators, and water by itself */
    assert_int_equal(fact_int(k, "questions"), 8);
    assert_str(cell_in(k, "questions", 0, "name")->text, "value.ci_p");
    assert_str(cell_in(k, "questions", 0, "choices")->text, TIMES);
    assert_str(cell_in(k, "questions", 0, "text")->ja, "電力が止まったとき");
    struct work *p1 = on(w, "pp1"), *p2 = on(w, "pp2"), *centre = on(w, "pc");
    k = doing(p2, "inspect", "survey-form", SURVEY);
    assert_int_equal(rows_of(k, "systems"), 1); /* services alone */
    refused(p1, INVALID, "is no level", "inspect", "survey-reply", SURVEY, {"system", "x"}, {"value.ci_t/6", "120"});
    refused(p1, INVALID, "no question", "inspect", "survey-reply", SURVEY, {"system", "x"}, {"value.ci_t/7", "20"});
    refused(p1, INVALID, "per cent from 0 to 100 after 1/6/24/72 hours", "inspect", "survey-reply", SURVEY, {"system", "x"}, {"value.ci_t", "20"});
    refused(p1, INVALID, "at most 8760", "inspect", "survey-reply", SURVEY, {"system", "x"}, {"value.power", "12-8"});
    refused(p1, INVALID, "each service is named", "inspect", "survey-reply", SURVEY, {"unnamed", "3"});
    answered(w);
    k = doing(p1, "inspect", "survey-form", SURVEY, {"system", "カナリア給電"});
    assert_str(cell_in(k, "fields", 1, "value")->text, "100 100 37 37");
    k = doing(centre, "inspect", "survey", SURVEY);
    assert_int_equal(fact_int(k, "complete"), 12);
    assert_int_equal(kept_table(k, "replies"), -1);
    assert_int_equal(kept_table(k, "answers"), -1);

    /* nothing of others while it is open, one's own at any time */
    k = doing(centre, "depend", "answers", SURVEY);
    assert_int_equal(kept_table(k, "levels"), -1);
    assert_int_equal(kept_table(k, "own"), -1);
    k = doing(p1, "depend", "answers", SURVEY);
    assert_int_equal(rows_of(k, "own"), 3);
    refused(centre, CONFLICT, "is open", "depend", "build", SURVEY, {"model", "m"});
    doing(centre, "inspect", "survey-close", SURVEY);
    assert_int_equal(kept_table(doing(p1, "depend", "answers", SURVEY), "levels"), -1); /* not published yet */
    refused(on(w, "pv"), NOTFOUND, "no survey 'dep'", "depend", "answers", SURVEY);

    /* by hand: at 24 h 20 37 50 60 80 */
    k = doing(centre, "depend", "answers", SURVEY);
    assert_int_equal(fact_int(k, "withheld"), 1);
    assert_int_equal(rows_of(k, "levels"), 3); /* t → p, p → t, p → w; never g */
    ptrdiff_t row = row_of(k, "levels", "ci-t", "ci-p");
    assert_int_equal(cell_in(k, "levels", (size_t)row, "operators")->i, 5);
    assert_str(cell_in(k, "levels", (size_t)row, "h24")->text, "20/50/80");
    assert_int_equal(cell_in(k, "levels", (size_t)row, "h24_max")->rate.tenths, 800);
    row = row_of(k, "levels", "ci-p", "ci-w");
    assert_str(cell_in(k, "levels", (size_t)row, "h6")->text, "90/90/90"); /* the sector's own figure */
    row = row_of(k, "hours", "power", "ci-p");
    assert_int_equal(cell_in(k, "hours", (size_t)row, "least")->i, 12 * 60);
    assert_int_equal(cell_in(k, "hours", (size_t)row, "median_low")->i, 36 * 60);
    assert_int_equal(cell_in(k, "hours", (size_t)row, "median_high")->i, 41 * 60);
    assert_int_equal(cell_in(k, "hours", (size_t)row, "most")->i, 72 * 60);
    assert_int_equal(cell_at(k, "sectors", "ci-g", NULL, "complete")->i, 1);
    assert_int_equal(cell_at(k, "sectors", "ci-g", NULL, "shown")->i, 0);
    refused(centre, INVALID, "after 1, 6, 24, 72 hours", "depend", "answers", SURVEY, {"hours", "5"});
    doing(centre, "inspect", "survey-publish", SURVEY);
    assert_int_equal(rows_of(doing(on(w, "pv"), "depend", "answers", SURVEY), "levels"), 3);
    assert_int_equal(rows_of(doing(p2, "inspect", "survey", SURVEY), "organisations"), 1); /* who else answered is not told */
}
static void test_the_way(void **state)
{
    (void)state;
    each_store(the_way);
}

/* ---- nobody sees another's single answer ---- */

static void spilt(const struct kept *k, struct buf *b)
{
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t i = 0; i < k->table[t].n; i++)
            for (size_t c = 0; c < k->table[t].n_columns; c++) {
                const struct cell *x = &k->table[t].row[i].cell[c];
                buf_add(b, x->text);
                buf_add(b, x->ja);
                buf_add(b, x->en);
                if (x->type == CELL_RATE) buf_fmt(b, " %d", (int)x->rate.tenths);
                buf_byte(b, '\n');
            }
}

static bool tells(struct work *w, const char *org, bool built, const char *secret)
{
    struct buf b = buf_in(w->a);
    static const char *const views[][2] = {{"inspect", "surveys"}, {"depend", "elicitations"}};
    for (size_t i = 0; i < 2; i++) spilt(doing(w, views[i][0], views[i][1], {0}), &b);
    struct kept *k = kept_new(w);
    if (through_door(w, "inspect", "survey", ASK(SURVEY), k) == OK) spilt(k, &b);
    if (through_door(w, "inspect", "survey", ASK(SURVEY, {"org", org}), k = kept_new(w)) == OK) spilt(k, &b);
    if (through_door(w, "inspect", "survey-form", ASK(SURVEY, {"org", org}), k = kept_new(w)) == OK) spilt(k, &b);
    if (through_door(w, "inspect", "survey-form", ASK(SURVEY, {"org", org}, {"system", "カナリア給電"}), k = kept_new(w)) == OK) spilt(k, &b);
    if (through_door(w, "inspect", "survey-sheet", ASK(SURVEY), k = kept_new(w)) == OK) spilt(k, &b);
    if (through_door(w, "depend", "answers", ASK(SURVEY), k = kept_new(w)) == OK) spilt(k, &b);
    if (built) spilt(doing(w, "depend", "fit", SURVEY, {"model", "m"}), &b);
    w->faults = (struct faults){0};
    return str_find(buf_str(&b), str_of(secret)) >= 0;
}

static void canary(struct work *w)
{
    static const char *const others[] = {"pp2", "body", "pc", "pm", "pau", "pt1", NULL}, *const secrets[] = {"37", "カナリア", " 370", "83"};
    asked_of(w);
    answered(w);
    /* from outside: what the organisation said itself is not changed, nor is it told whether it is the same */
    refused(on(w, "body"), CONFLICT, "answered for this itself", "inspect", "survey-reply", SURVEY, {"org", "p1"}, {"system", "カナリア給電"},
            {"value.power", "37-41"});
    refused(on(w, "body"), CONFLICT, "answered for this itself", "inspect", "survey-import", SURVEY,
            FILED("organisation,service,power\np1,カナリア給電,37-41\n"));
    refused(on(w, "pp2"), NOTFOUND, "", "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np1,x,3\n"));
    for (int stage = 0; stage < 3; stage++) {
        if (stage == 1) doing(on(w, "pc"), "inspect", "survey-close", SURVEY);
        if (stage == 2) {
            doing(on(w, "pc"), "inspect", "survey-publish", SURVEY);
            doing(on(w, "pc"), "depend", "build", SURVEY, {"model", "m"});
        }
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            for (size_t s = 0; s < 4; s++)
                if (tells(on(w, others[i]), "p1", stage == 2, secrets[s]) || tells(on(w, others[i]), "g1", stage == 2, secrets[s]))
                    fail_msg("%s is told '%s' at stage %d", others[i] == NULL ? "the owner" : others[i], secrets[s], stage);
        assert_true(tells(on(w, "pp1"), "p1", stage == 2, "37")); /* it sees its own */
    }
    /* nor is it in the model */
    static const struct sql files = OPEN("a test", "SELECT bytes FROM depend_file");
    struct rows *r;
    size_t n = 0;
    assert_ok(w, store_rows(w, &files, NOARGS, &r));
    for (; rows_next(r); n++)
        for (size_t s = 0; s < 2; s++) assert_true(str_find(rows_bytes(r, 0), str_of(secrets[s])) < 0);
    assert_ok(w, rows_done(r));
    assert_int_equal(n, 3);
}
static void test_canary(void **state)
{
    (void)state;
    each_store(canary);
}

/* ---- built, and run ---- */

static void built(struct work *w)
{
    asked_of(w);
    answered(w);
    struct work *centre = on(w, "pc");
    doing(centre, "inspect", "survey-close", SURVEY);
    refused(on(w, "pp1"), DENIED, "whole frame", "depend", "build", SURVEY, {"model", "m"});
    const struct kept *k = doing(centre, "depend", "build", SURVEY, {"model", "m"});
    assert_int_equal(fact_int(k, "version"), 1);
    assert_int_equal(fact_int(k, "services"), 4); /* a service each: five names are two operators short of parting power */
    assert_int_equal(fact_int(k, "needs"), 3);    /* gas is told of by too few */
    /* telecommunications without power: 100, 100, 0, 0 said by all; the model says the same */
    for (size_t i = 0; i < rows_of(k, "fit"); i++) {
        const struct cell *fails = cell_in(k, "fit", i, "fails"), *sector = cell_in(k, "fit", i, "sector");
        if (!str_eq(fails->text, S("ci-p")) || !str_eq(sector->text, S("ci-t"))) continue;
        assert_int_equal(cell_in(k, "fit", i, "answered")->rate.tenths, cell_in(k, "fit", i, "hours")->i >= 24 ? 0 : 1000);
        assert_int_equal(cell_in(k, "fit", i, "model")->rate.tenths, cell_in(k, "fit", i, "answered")->rate.tenths);
        assert_int_equal(cell_in(k, "fit", i, "difference")->rate.tenths, 0);
        assert_int_equal(cell_in(k, "fit", i, "within")->i, 1);
    }
    assert_int_equal(rows_of(k, "fit"), 12);
    refused(centre, CONFLICT, "is the same", "depend", "build", SURVEY, {"model", "m"});
    k = doing(centre, "depend", "build", SURVEY, {"model", "m"}, {"level", "low"}, {"note", "最悪"});
    assert_int_equal(fact_int(k, "version"), 2);
    k = doing(centre, "depend", "fit", SURVEY, {"model", "m"}, {"version", "1"});
    assert_int_equal(rows_of(k, "fit"), 12);
    assert_int_equal(fact_int(k, "version"), 1);
}
static void test_built(void **state)
{
    (void)state;
    each_store(built);
}

/* The question is what is left hours after a sector stopped: it stays down, though the model repairs it in two hours. */
static void fit_stays_down(struct work *w)
{
    asked_of(w);
    answered(w);
    doing(on(w, "pc"), "inspect", "survey-close", SURVEY);
    doing(on(w, "pc"), "depend", "import", {"model", "r"}, {"org", "ci"}, {"en", "Repaired"},
          {"services", "code,sector,repair\ngrid,ci-p,2\nphone,ci-t,\n", "services.csv"},
          {"suppliers", "service,supplier\nphone,grid\n", "suppliers.csv"});
    const struct kept *k = doing(on(w, "pc"), "depend", "fit", SURVEY, {"model", "r"});
    size_t n = 0;
    for (size_t i = 0; i < rows_of(k, "fit"); i++) {
        if (!str_eq(cell_in(k, "fit", i, "fails")->text, S("ci-p")) || !str_eq(cell_in(k, "fit", i, "sector")->text, S("ci-t"))) continue;
        assert_int_equal(cell_in(k, "fit", i, "model")->rate.n, 0);
        n++;
    }
    assert_int_equal(n, 4);
}
static void test_fit_stays_down(void **state)
{
    (void)state;
    each_store(fit_stays_down);
}

/* ---- services of one name ---- */

static void test_parted(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    /* six operators supply, five run the network: two services. One more that only one has: all are one */
    static const char *const names[] = {"給電", "給電", "給電", "給電", "給電", "給電", "運用", "運用", "運用", "運用", "運用", "売電"};
    static const int64_t org[] = {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5};
    struct voice_answer none = {0};
    for (size_t n = 11; n <= 12; n++) {
        struct voices v = {.n = n, .n_parts = 1, .n_questions = 1};
        struct built_services s;
        v.question = arena_array(a, 1, sizeof *v.question);
        v.part = arena_array(a, 1, sizeof *v.part);
        v.part[0] = (struct voice_part){.code = S("ci-p"), .ja = S("電力"), .en = S("Power")};
        v.voice = arena_array(a, n, sizeof *v.voice);
        for (size_t i = 0; i < n; i++) v.voice[i] = (struct voice){.org = org[i], .service = str_of(names[i]), .answer = &none};
        built_services(a, &v, &s);
        assert_int_equal(s.n, n == 11 ? 2 : 1);
        assert_str(s.service[0].ja, n == 11 ? "給電" : "電力");
        assert_str(s.service[0].code, "ci-p-s1");
        assert_true(s.service[0].known);
    }
    arena_free(a);
}

/* ---- files ---- */

static void files(struct work *w)
{
    asked_of(w);
    struct work *p1 = on(w, "pp1"), *body = on(w, "body");
    refused(p1, INVALID, "is no column of replies", "inspect", "survey-import", SURVEY, FILED("service,nope\nx,1\n"));
    refused(p1, INVALID, "a column 'service'", "inspect", "survey-import", SURVEY, FILED("power\n1\n"));
    refused(p1, INVALID, "no rows", "inspect", "survey-import", SURVEY, FILED("service,power\n"));
    refused(p1, INVALID, "at most 8760", "inspect", "survey-import", SURVEY, FILED("service,power\n給電,8\n売電,9000\n"));
    assert_int_equal(fact_int(doing(on(w, "pc"), "inspect", "survey", SURVEY), "answered"), 0); /* all or nothing */
    refused(p1, INVALID, "occurs twice", "inspect", "survey-import", SURVEY, FILED("service,power,power\nx,1,1\n"));
    /* by the words of the question, for oneself; the same again changes nothing */
    const struct kept *k = doing(p1, "inspect", "survey-import", SURVEY, FILED("重要サービス,通信が止まったとき,power\n給電,100 90 80-90 70,\"8..12\"\n"));
    assert_int_equal(fact_int(k, "changed"), 1);
    /* a choice by its words; the line that the file to fill in comes with is no reply */
    refused(p1, INVALID, "not possible / possible in part", "inspect", "survey-import", SURVEY, FILED("service,manual\n給電,perhaps\n"));
    refused(p1, INVALID, "no rows", "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np1,,\n"));
    refused(p1, INVALID, "essential service? Give its name", "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np1,,3\n"));
    assert_int_equal(fact_int(doing(p1, "inspect", "survey-import", SURVEY, FILED("service,manual\n給電,一部できる\n")), "changed"), 1);
    assert_int_equal(fact_int(doing(p1, "inspect", "survey-import", SURVEY, FILED("service,manual\n給電,possible in part\n")), "changed"), 0);
    k = doing(p1, "inspect", "survey-import", SURVEY, FILED("service,ci_t,power\n給電,100 90 80-90 70,8-12\n"));
    assert_int_equal(fact_int(k, "changed"), 0);
    k = doing(p1, "inspect", "survey-sheet", SURVEY);
    assert_int_equal(rows_of(k, "replies"), 1);
    assert_str(cell_in(k, "replies", 0, "ci_t")->text, "100 90 80-90 70");
    assert_str(cell_in(k, "replies", 0, "power")->text, "8..12");
    /* the body of the sector for its members, also again; what it entered is the member's to see */
    doing(body, "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np2,p2-supply,5\np3,給電,6\n"));
    doing(body, "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np2,p2-supply,7\n"));
    k = doing(on(w, "pp2"), "inspect", "survey-form", SURVEY, {"system", "p2-supply"});
    assert_str(cell_in(k, "fields", 4, "value")->text, "7");
    k = doing(body, "inspect", "survey-form", SURVEY, {"org", "p2"}, {"system", "p2-supply"});
    assert_int_equal(cell_in(k, "fields", 4, "value")->type, CELL_NONE);
    doing(on(w, "pp2"), "inspect", "survey-reply", SURVEY, {"system", "p2-supply"}, {"value.power", "8"});
    refused(body, CONFLICT, "answered for this itself", "inspect", "survey-import", SURVEY, FILED("organisation,service,power\np2,p2-supply,7\n"));
    refused(body, NOTFOUND, "", "inspect", "survey-import", SURVEY, FILED("organisation,service,power\nt1,電話,5\n"));
    /* what it has begun itself is completed by nobody else */
    refused(body, CONFLICT, "begun to answer itself", "inspect", "survey-done", SURVEY, {"org", "p2"});
    refused(body, CONFLICT, "begun to answer itself", "inspect", "survey-import", SURVEY, {"complete", "1"},
            FILED("organisation,service,power\np2,別,7\n"));
    doing(body, "inspect", "survey-done", SURVEY, {"org", "p3"});
}
static void test_files(void **state)
{
    (void)state;
    each_store(files);
}

/* ---- sets of questions ---- */
#define SET_HEAD "what,code,type,ja,en\n"
#define ASK_SET(bytes)                                                                                                  \
    {"code", "x"}, {"frame", "ci"}, {"due", "2007-07-31"}, FILED(bytes)

static void sets(struct work *w)
{
    world(w);
    struct work *centre = on(w, "pc");
    refused(centre, NOTFOUND, "there are: interdependency", "depend", "ask", {"code", "x"}, {"frame", "ci"}, {"due", "2007-07-31"}, {"questions", "nope"});
    refused(centre, INVALID, "is no rule", "depend", "ask", ASK_SET(SET_HEAD "survey,x,whatever,題,T\nquestion,a,hours,q,\n"));
    refused(centre, INVALID, "is no type", "depend", "ask", ASK_SET(SET_HEAD "survey,x,own,題,T\nquestion,a,levels(6/1),q,\n"));
    refused(centre, INVALID, "is no kind of line", "depend", "ask", ASK_SET(SET_HEAD "survey,x,own,題,T\nwhat,a,hours,q,\n"));
    refused(centre, INVALID, "stands twice", "depend", "ask", ASK_SET(SET_HEAD "survey,x,own,題,T\nquestion,a,hours,q,\nquestion,a,hours,q,\n"));
    refused(centre, INVALID, "a line 'survey'", "depend", "ask", ASK_SET(SET_HEAD "question,a,hours,q,\n"));
    refused(on(w, "pp1"), NOTFOUND, "", "depend", "ask", {"code", "x"}, {"frame", "ci"}, {"due", "2007-07-31"});
    refused(on(w, "pv"), NOTFOUND, "", "depend", "ask", {"code", "x"}, {"frame", "ci"}, {"due", "2007-07-31"});
    /* the rows of a grid count as one question: four sectors and eleven more are twelve; another is too many */
    struct buf b = buf_in(w->a);
    buf_add(&b, S(SET_HEAD "survey,x,service own levels=1,題,T\neach,{code},levels(1/24),{name},{name}\n"));
    for (int i = 0; i < 11; i++) buf_fmt(&b, "question,q%d,hours,問,\n", i);
    const struct kept *k = doing(centre, "depend", "ask", ASK_SET(str_c(w->a, buf_str(&b))));
    assert_int_equal(fact_int(k, "questions"), 15);
    assert_int_equal(fact_int(k, "asked"), 4);
    buf_add(&b, S("question,more,hours,問,\n"));
    refused(centre, INVALID, "at most 12 questions", "depend", "ask", {"code", "y"}, {"frame", "ci"}, {"due", "2007-07-31"}, FILED(str_c(w->a, buf_str(&b))));
    /* a survey that asks no levels of sectors has no answers by sector */
    doing(centre, "inspect", "survey-ask", {"code", "plain"}, {"title_ja", "x"}, {"frame", "ci"}, {"due", "2007-07-31"}, {"question", "a:yes_no:x"});
    refused(centre, INVALID, "does not ask for levels", "depend", "answers", {"survey", "plain"});
    assert_int_equal(rows_of(doing(centre, "depend", "elicitations", {0}), "surveys"), 1);
}
static void test_sets(void **state)
{
    (void)state;
    each_store(sets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges), cmocka_unit_test(test_figures), cmocka_unit_test(test_parted), cmocka_unit_test(test_the_way),
        cmocka_unit_test(test_canary), cmocka_unit_test(test_built), cmocka_unit_test(test_fit_stays_down),   cmocka_unit_test(test_files),  cmocka_unit_test(test_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
