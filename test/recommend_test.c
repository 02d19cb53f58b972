/* Recommendations: their life with four eyes, where cases come from and what comes of them, and being taken over. */
#include "inspect_kit.h"

#include "case/case.h"
#include "case/decide.h"
#include "case/reference.h"

static void world(struct work *w)
{
    small_world(w);
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\naudit,監査,Auditor,audit,70\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npaud,gov,秘監査,,,,\npc2,gov,秘中央二,,,,\npoa2,A,秘甲担二,,,,\npog,gov,秘政担,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\naud,audit,gov,,paud,,,\nc2,centre,gov,,pc2,,,\n"
                "oa2,officer,A,,poa2,,,\nog,officer,gov,,pog,,,\n"));
    doing(w, "case", "define", {"kind", "finding"});
    doing(w, "case", "define", {"kind", "recommendation"});
}

static int64_t fact_day(const struct kept *k, const char *key)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, str_of(key))) return k->fact[i].cell.i;
    fail_msg("no fact '%s'", key);
    return 0;
}

#define RECOMMENDED                                                                                                    \
    {"title", "train all"}, {"field.what", "train everybody"}, {"field.why", "half are not"}, {"field.due", "2008-03-31"}

static const char *recommend(struct work *w, const char *org)
{
    return str_c(w->a, fact_text(doing(w, "case", "open", {"kind", "recommendation"}, {"org", org}, RECOMMENDED), "case"));
}

static str state_of(struct work *w, const char *number)
{
    return fact_text(doing(w, "case", "show", {"case", number}), "state");
}

#define STEP(number, step, ...) doing(w, "case", "step", {"case", number}, {"step", step}, __VA_ARGS__)
#define STEP_DENIED(number, step, part, ...) \
    refused(w, DENIED, part, "case", "step", {"case", number}, {"step", step}, __VA_ARGS__)
#define PLANNED {"field.action", "train"}, {"field.agreed", "2007-12-31"}
#define DONE_SO {"field.done_on", "2007-12-20"}, {"field.result", "all trained"}

/* ---- the life of one ---- */

static void who_recommends(struct work *w)
{
    world(w);
    become(w, "poa"); /* to a unit of one's own; not to oneself, nor to others */
    const char *n = recommend(w, "a1");
    assert_str(str_of(n), "recommendation-2007-1");
    refused(w, DENIED, "by the office above it", "case", "open", {"kind", "recommendation"}, {"org", "A"}, RECOMMENDED);
    refused(w, DENIED, "by the office above it", "case", "open", {"kind", "recommendation"}, RECOMMENDED);
    refused(w, NOTFOUND, "", "case", "open", {"kind", "recommendation"}, {"org", "B"}, RECOMMENDED);
    become(w, "pc"); /* the centre to ministries, above whose bureaus their own offices stand */
    recommend(w, "A");
    refused(w, DENIED, "by the office above it", "case", "open", {"kind", "recommendation"}, {"org", "a1"}, RECOMMENDED);
    static const char *const nobody[] = {"pa1", "pha", "pv", "paud"};
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        become(w, nobody[i]);
        refused(w, DENIED, "not opened from your post", "case", "open", {"kind", "recommendation"}, {"org", "a1"}, RECOMMENDED);
    }
}

static void life(struct work *w)
{
    world(w);
    become(w, "pc");
    const char *n = recommend(w, "A");
    STEP_DENIED(n, "accept", "by 'A' itself", PLANNED);
    become(w, "pog"); /* manages all, and answers for nobody */
    STEP_DENIED(n, "accept", "by 'A' itself", PLANNED);
    become(w, "poa");
    refused(w, INVALID, "needs a text", "case", "step", {"case", n}, {"step", "decline"});
    STEP(n, "decline", {"text", "no money"});
    STEP_DENIED(n, "uphold", "an office above", {"text", "x"});
    become(w, "pc2");
    STEP(n, "uphold", {"text", "there is"});
    become(w, "poa");
    refused(w, INVALID, "is required", "case", "step", {"case", n}, {"step", "accept"}, {"field.action", "train"});
    STEP(n, "accept", PLANNED);
    STEP_DENIED(n, "extend", "an office above", {"text", "x"}, {"field.agreed", "2008-12-31"});
    w->now += 30 * 86400;
    STEP(n, "progress", {"text", "half are trained"}); /* it stays where it is, since when it was there */
    struct kept *k = doing(w, "case", "show", {"case", n});
    assert_str(fact_text(k, "state"), "accepted");
    assert_str(date_text(w->a, fact_day(k, "due")), "2007-12-31");
    assert_str(date_text(w->a, fact_day(k, "entered")), "2007-04-23");
    assert_int_equal(rows_of(k, "way"), 4); /* a report is no new state */
    become(w, "pc");
    STEP(n, "extend", {"text", "until spring"}, {"field.agreed", "2008-02-29"});
    k = doing(w, "case", "show", {"case", n});
    assert_str(date_text(w->a, fact_day(k, "due")), "2008-02-29");
    assert_str(date_text(w->a, fact_day(k, "entered")), "2007-04-23");
    become(w, "poa2");
    STEP(n, "report", DONE_SO);
    STEP_DENIED(n, "verify", "an office above", {NULL, NULL});
    become(w, "pc2");
    STEP(n, "verify", {NULL, NULL});
    assert_str(state_of(w, n), "closed");
}

/* Whoever accepted or reported does not verify, whatever posts they come to hold; nor does the owner of the database. */
static void four_eyes(struct work *w)
{
    world(w);
    become(w, NULL);
    const char *own = recommend(w, "A");
    STEP_DENIED(own, "accept", "by another person", PLANNED);
    become(w, "pc");
    const char *n = recommend(w, "A"), *declined = recommend(w, "A");
    become(w, "poa");
    STEP(n, "partly", PLANNED, {"text", "not the guards"});
    STEP(declined, "decline", {"text", "no"});
    STEP(n, "report", DONE_SO);
    become(w, NULL);
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\noa,officer,A,,,,,\nc3,centre,gov,,poa,,,\n"));
    become(w, "poa");
    STEP_DENIED(n, "verify", "by another person", {NULL, NULL});
    STEP_DENIED(n, "reopen", "by another person", {"text", "x"}, {"field.agreed", "2008-01-31"});
    STEP_DENIED(declined, "leave", "by another person", {"text", "x"});
    become(w, "pc");
    STEP(n, "reopen", {"text", "the guards too"}, {"field.agreed", "2008-01-31"});
    STEP(declined, "leave", {"text", "so be it"});
    assert_str(state_of(w, declined), "left");
    STEP(n, "withdraw", {"text", "the law changed"});
    assert_str(state_of(w, n), "withdrawn");
    become(w, "pob"); /* another ministry learns nothing of it */
    refused(w, NOTFOUND, "that you may see", "case", "show", {"case", n});
    become(w, "paud");
    assert_int_equal(rows_of(doing(w, "case", "list", {"kind", "recommendation"}, {"all", "1"}), "cases"), 3);
    struct kept *k = doing(w, "case", "statistics", {"kind", "recommendation"});
    assert_int_equal(cell_in(k, "kinds", 0, "ended")->i, 2);
}

/* Every step for everybody who sees the case: '.' not for this post or not now. */
static void assert_fit(struct work *w, const char *number, const char *who, const char *wanted)
{
    become(w, who);
    struct kept *k = doing(w, "case", "steps", {"case", number});
    str rest = str_of(wanted);
    for (size_t i = 0; i < rows_of(k, "steps"); i++) {
        str code = cell_in(k, "steps", i, "code")->text;
        bool fits = cell_in(k, "steps", i, "fits")->i != 0;
        if (fits != list_has(rest, code)) fail_msg("%s: %s may%s %.*s", number, who, fits ? "" : " not", STR_ARG(code));
    }
}

static void assert_fits(struct work *w, const char *number, const char *above, const char *itself)
{
    static const char *const nobody[] = {"paud"}; /* reads */
    static const char *const above_it[] = {"pc", "pc2", "pog"}, *const in_it[] = {"poa", "poa2"};
    for (size_t i = 0; i < 3; i++) assert_fit(w, number, above_it[i], above);
    for (size_t i = 0; i < 2; i++) assert_fit(w, number, in_it[i], itself);
    assert_fit(w, number, nobody[0], "");
    static const char *const blind[] = {"pv", "pha", "pa1", "pob", "phb"};
    for (size_t i = 0; i < sizeof blind / sizeof *blind; i++) {
        become(w, blind[i]);
        refused(w, NOTFOUND, "that you may see", "case", "steps", {"case", number});
    }
}

static void every_right(struct work *w)
{
    world(w);
    become(w, "pc");
    const char *n = recommend(w, "A");
    assert_fits(w, n, "withdraw", "accept|partly|decline");
    become(w, "poa");
    STEP(n, "decline", {"text", "no"});
    assert_fits(w, n, "uphold|leave|withdraw", "");
    become(w, "pog");
    STEP(n, "uphold", {"text", "yes"});
    become(w, "poa");
    STEP(n, "partly", PLANNED, {"text", "half"});
    assert_fits(w, n, "extend|withdraw", "progress|report");
    become(w, "poa");
    STEP(n, "report", DONE_SO);
    assert_fits(w, n, "verify|reopen|withdraw", "");
    become(w, "pog");
    STEP(n, "verify", {NULL, NULL});
    assert_fits(w, n, "reopen", "");
    become(w, "pc");
    STEP(n, "reopen", {"text", "not so"}, {"field.agreed", "2008-01-31"});
    assert_fits(w, n, "extend|withdraw", "progress|report");
    become(w, "pc");
    STEP(n, "withdraw", {"text", "x"});
    assert_fits(w, n, "", "");
}

/* ---- where it comes from ---- */

static void forms(void **state)
{
    (void)state;
    static const char *const good[] = {"case:F-2026-0003", "clause:baseline-2/2.2.1(1)(c)", "rate:r1/A", "measure:sj2007/65",
                                       "series:unauthorised-access", "meeting:seisaku-14", "round:demo-2026", "plan:sj2007"};
    static const char *const bad[] = {"",          "case",         "case:",        ":x",          "dream:x",  "clause:e1",
                                      "clause:/x", "clause:e1/",   "case:a b",     "case:a\tb",   "rate:r1",  "measure:sj2007/",
                                      " case:x",   "Case:x",       "case:\x7f",    "case :x"};
    struct reference r;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(reference_parse(str_of(good[i]), &r));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (reference_parse(str_of(bad[i]), &r)) fail_msg("'%s' was taken", bad[i]);
    char much[REFERENCE_MAX + 2] = "case:";
    memset(much + 5, 'x', sizeof much - 6);
    assert_false(reference_parse((str){much, sizeof much - 1}, &r));
    assert_true(reference_parse((str){much, sizeof much - 2}, &r));
    assert_true(reference_parse(S("clause:e1/2(a)/x"), &r)); /* the first slash parts */
    assert_str(r.first, "e1");
    assert_str(r.last, "2(a)/x");
}

static void sources(struct work *w)
{
    world(w);
    become(w, "paud");
    const char *of_a = str_c(w->a, fact_text(doing(w, "case", "open", {"kind", "finding"}, {"org", "A"}, {"title", "秘gap"},
                                                   {"clause", "2(a)"}, {"round", "r1"}, {"field.origin", "audit"}, {"field.what", "not done"}), "case"));
    const char *of_b = str_c(w->a, fact_text(doing(w, "case", "open", {"kind", "finding"}, {"org", "B"}, {"title", "秘gap of B"},
                                                   {"field.origin", "audit"}, {"field.what", "not done"}), "case"));
    str hidden = str_fmt(w->a, "case:%s", of_b), seen = str_fmt(w->a, "case:%s", of_a);
    become(w, "poa");
    const char *const wrong[] = {str_c(w->a, hidden), "case:finding-2007-77", "nonsense", "clause:e1/9(z)", "clause:e9/2(a)",
                                 "round:r9", "rate:r1/B", "rate:r9/A", "grade:r1/b1", "meeting:none-1", "survey:none"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) /* the same words for each */
        refused(w, INVALID, "names nothing that you may see", "case", "open", {"kind", "recommendation"}, {"org", "a1"}, RECOMMENDED,
                {"source", wrong[i]});
    const char *n = str_c(w->a, fact_text(doing(w, "case", "open", {"kind", "recommendation"}, {"org", "a1"}, RECOMMENDED,
                                                {"source", str_c(w->a, seen)}, {"source", "clause:e1/2(a)"}, {"source", "rate:r1/A"},
                                                {"source", "rate:r1/A"}, {"source", "measure:sj2007/65"}), "case"));
    struct kept *k = doing(w, "case", "show", {"case", n});
    assert_str(cell_in(k, "from_case", 0, "case")->text, of_a);
    assert_str(cell_in(k, "from_clause", 0, "clause")->text, "2(a)");
    assert_str(cell_in(k, "from_clause", 0, "within")->text, "e1");
    assert_int_equal(rows_of(k, "from_rate"), 1); /* each once */
    assert_str(cell_in(k, "from_rate", 0, "rate")->text, "A");
    assert_str(cell_in(k, "from_measure", 0, "within")->text, "sj2007");
    assert_str(cell_in(k, "from_measure", 0, "measure")->text, "65");
    k = doing(w, "case", "show", {"case", of_a}); /* and the other way round */
    assert_str(cell_in(k, "came_of_it_case", 0, "case")->text, n);
    str file = file_of_entry(w, "case", "export", ASK({"kind", "recommendation"}));
    assert_true(str_find(file, str_fmt(w->a, "case:%s clause:e1/2(a) rate:r1/A measure:sj2007/65", of_a)) >= 0);
    /* The bureau sees the recommendation and not the finding at its ministry. */
    become(w, "pha");
    k = doing(w, "case", "show", {"case", n});
    assert_int_equal(cell_in(k, "from_case", 0, "case")->type, CELL_NONE);
    file = file_of_entry(w, "case", "export", ASK({"kind", "recommendation"}));
    assert_int_equal(str_find(file, str_of(of_a)), -1);
    assert_true(str_find(file, S("rate:r1/A")) >= 0);
    become(w, "pc2"); /* sees both, and may recommend upon the finding at the ministry */
    k = doing(w, "case", "show", {"case", of_a});
    assert_str(cell_in(k, "follow_recommendation", 0, "source")->text, str_c(w->a, seen));
    assert_str(cell_in(k, "follow_recommendation", 0, "org")->text, "A");
    assert_str(cell_in(k, "follow_recommendation", 0, "clause")->text, "2(a)");
    become(w, "poa"); /* the ministry itself may not */
    assert_int_equal(kept_table(doing(w, "case", "show", {"case", of_a}), "follow_recommendation"), -1);
}

/* ---- where figures are low ---- */

static void offered(struct work *w)
{
    world(w);
    doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"},
          FILED("respondent,2(a),2(b),2(c),3(a),3(c)\ns1,not_done,not_done,,done,\ns2,not_done,not_done,,done,\n"
                "s3,not_done,not_done,,done,\nha,,,done,,\nt1,done,done,,done,\nt2,done,done,,done,\n"));
    become(w, "pog");
    struct kept *k = doing(w, "inspect", "clause", {"round", "r1"}, {"clause", "2(a)"});
    assert_str(cell_in(k, "weak", 0, "recommendation")->text, "recommendation");
    assert_str(cell_in(k, "weak", 0, "source")->text, "clause:e1/2(a)");
    k = doing(w, "inspect", "rates", {"round", "r1"}, {"org", "A"});
    assert_str(cell_in(k, "followed", 0, "source")->text, "rate:r1/A");
    assert_int_equal(kept_table(doing(w, "inspect", "rates", {"round", "r1"}), "followed"), -1);
    k = doing(w, "inspect", "grades", {"round", "r1"});
    assert_int_equal(rows_of(k, "low"), 1);
    assert_str(cell_in(k, "low", 0, "source")->text, "grade:r1/A");
    become(w, NULL);
    doing(w, "inspect", "close", {"round", "r1"});
    become(w, "pog"); /* from the figures as they were frozen too */
    k = doing(w, "inspect", "grades", {"round", "r1"});
    assert_int_equal(rows_of(k, "low"), 1);
    assert_str(cell_in(k, "low", 0, "org")->text, "A");
    static const char *const sees_none[] = {"pv", "poa", "paud"};
    for (size_t i = 0; i < 3; i++) { /* poa: one's own ministry */
        become(w, sees_none[i]);
        assert_int_equal(kept_table(doing(w, "inspect", "rates", {"round", "r1"}, {"org", "A"}), "followed"), -1);
        k = doing(w, "inspect", "grades", {"round", "r1"}, {"org", "A"}, {"depth", "0"});
        assert_int_equal(kept_table(k, "low"), -1);
    }
    become(w, "pc"); /* so few are withheld from the centre: nothing follows from what it may not see */
    assert_int_equal(kept_table(doing(w, "inspect", "rates", {"round", "r1"}, {"org", "A"}), "followed"), -1);
    become(w, NULL);
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\ns4,staff,a2,,,,,\ns5,staff,a2,,,,,\ns6,staff,a2,,,,,\n"
                "s7,staff,a2,,,,,\ns8,staff,a1,,,,,\ns9,staff,a1,,,,,\nt3,staff,b1,,,,,\nt4,staff,b1,,,,,\nt5,staff,b1,,,,,\n"));
    small_round(w, "r2");
    become(w, "pc"); /* to ministries, not to their bureaus */
    k = doing(w, "inspect", "rates", {"round", "r2"}, {"org", "A"});
    assert_str(cell_in(k, "followed", 0, "finding")->text, "finding");
    assert_str(cell_in(k, "followed", 0, "recommendation")->text, "recommendation");
    assert_int_equal(kept_table(doing(w, "inspect", "rates", {"round", "r2"}, {"org", "a2"}), "followed"), -1);
}

/* ---- taken over into a plan ---- */

static size_t carriable(struct work *w, int64_t lo, int64_t hi)
{
    struct case_head *all;
    size_t n;
    assert_ok(w, case_carriable(w, lo, hi, &all, &n));
    return n;
}

static void carried(struct work *w)
{
    world(w);
    become(w, "pc");
    const char *issued = recommend(w, "A"), *accepted = recommend(w, "A"), *gone = recommend(w, "B");
    STEP(gone, "withdraw", {"text", "x"});
    become(w, "poa");
    STEP(accepted, "accept", PLANNED);
    become(w, "pc");
    assert_int_equal(carriable(w, 0, INT64_MAX), 2);
    struct case_head head;
    assert_ok(w, case_head(w, str_of(accepted), &head));
    assert_str(head.text, "train everybody");
    assert_str(head.org, "A");
    assert_ok(w, store_begin(w));
    assert_ok(w, case_carry(w, str_of(accepted), S("measure:sj2008/12"), 0));
    assert_int_equal(case_carry(w, str_of(accepted), S("measure:sj2008/13"), 0), CONFLICT);
    assert_int_equal(case_carry(w, str_of(gone), S("measure:sj2008/13"), 0), CONFLICT);
    w->faults.count = 0;
    assert_ok(w, store_commit(w));
    assert_int_equal(carriable(w, 0, INT64_MAX), 2); /* told with what it was taken over into */
    assert_ok(w, case_head(w, str_of(accepted), &head));
    assert_int_equal(head.n_into, 1);
    assert_str(head.into[0], "measure:sj2008/12");
    struct kept *k = doing(w, "case", "show", {"case", accepted});
    assert_str(cell_in(k, "into_measure", 0, "measure")->text, "12");
    assert_str(fact_text(k, "state"), "accepted"); /* it is followed up until it is verified */
    assert_str(cell_in(k, "history", rows_of(k, "history") - 1, "step")->text, "carry");
    become(w, "pob");
    assert_int_equal(carriable(w, 0, INT64_MAX), 0);
    assert_int_equal(case_head(w, str_of(issued), &head), NOTFOUND);
    assert_int_equal(w->faults.count, 0);
}

/* ---- the words of rules ---- */

#define KIND "what,code,ja,en,rules\nkind,x,甲,X,"

static void rules_refused(struct work *w)
{
    world(w);
    refused(w, INVALID, "not opened from above alone", "case", "define",
            FILED(KIND "open=anyone above read=manage\nstate,a,一,A,\nstate,z,終,Z,ended\n"));
    refused(w, INVALID, "no code of a kind", "case", "define",
            FILED(KIND "open=manage after=No! read=manage\nstate,a,一,A,\nstate,z,終,Z,ended\n"));
    refused(w, INVALID, "nothing is carried", "case", "define",
            FILED(KIND "open=manage read=manage\nstate,a,一,A,\nstate,z,終,Z,ended carries\n"));
    refused(w, INVALID, "which is no state", "case", "define",
            FILED(KIND "open=manage read=manage\nstate,a,一,A,\nstate,z,終,Z,ended\nstep,s,手,S,from=new to=same\n"));
    refused(w, INVALID, "not both", "case", "define",
            FILED(KIND "open=manage read=manage\nstate,a,一,A,\nstate,z,終,Z,ended\nstep,s,手,S,from=a to=z by=manage above itself\n"));
    refused(w, INVALID, "what every kind has", "case", "define",
            FILED(KIND "open=manage read=manage\nstate,a,一,A,\nstate,z,終,Z,ended\nstep,carry,手,S,from=a to=z by=manage\n"));
}

#define EACH(fn)                     \
    static void test_##fn(void **state) \
    {                                \
        (void)state;                 \
        each_store(fn);              \
    }
EACH(who_recommends)
EACH(life)
EACH(four_eyes)
EACH(every_right)
EACH(sources)
EACH(offered)
EACH(carried)
EACH(rules_refused)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_recommends), cmocka_unit_test(test_life),    cmocka_unit_test(test_four_eyes),
        cmocka_unit_test(forms),               cmocka_unit_test(test_sources), cmocka_unit_test(test_offered),
        cmocka_unit_test(test_carried),        cmocka_unit_test(test_rules_refused),   cmocka_unit_test(test_every_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
