/* Urgent surveys: asked, answered per system, watched, closed, published; who may; who sees what; counts equal a slow oracle. */
#include "inspect_kit.h"

#include "inspect/survey.h"

#define QUESTIONS                                                                                                      \
    "affected:yes_no:該当製品を使っているか|Do you use the product?\nversion:text:版|Version\n"                    \
    "fixed：有無：対策済みか｜Is it fixed?\n until:date:対策予定日|By when?\r\n\n"                                   \
    "users:number:利用者数|Users\nnet:choice(LAN/外部/両方):接続先|Network\n"

/* 14:00 in Japan on 20 July 2007. */
static struct work *at(struct work *w, const char *who, int64_t hours)
{
    struct work *v = as(w, who);
    int64_t day;
    assert_true(date_parse(S("2007-07-20"), &day));
    v->now = survey_moment(day, 0) + hours * 3600;
    return v;
}
#define NOON 12

static void survey_world(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nsys,システム責任者,System manager,answer,70\naud,監査,Auditor,names audit,80\n"));
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,name_en,from,to\nA-web,a1,system,秘甲ウェブ,Secret A web,,\nA-pay,a2,system,秘甲給与,Secret A pay,,\n"
                "A-old,a2,system,秘甲旧,Secret A old,,2000-01-01\nB-web,b1,system,秘乙ウェブ,Secret B web,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npsa,a1,秘甲技,,,,\npau,A,秘監査,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nsa,sys,a1,A-web,psa,,,\nau,aud,A,,pau,,,\n"));
}

#define ASK_JRE(code)                                                                                                  \
    {"code", code}, {"title_ja", "JREの脆弱性"}, {"title_en", "JRE"}, {"why", "秘わけ"}, {"frame", "gov"},      \
        {"due", "2007-07-20"}, {"hour", "17"}, {"question", QUESTIONS}

static void ask(struct work *w) { doing(at(w, "pc", NOON), "inspect", "survey-ask", ASK_JRE("jre")); }

#define SURVEY {"survey", "jre"}

/* ---- the whole way ---- */
static void way(struct work *w)
{
    survey_world(w);
    struct work *centre = at(w, "pc", NOON), *a = at(w, "poa", NOON), *b = at(w, "pob", NOON), *manager = at(w, "psa", NOON);
    const struct kept *k = doing(centre, "inspect", "survey-ask", ASK_JRE("jre"));
    assert_int_equal(fact_int(k, "asked"), 2);
    assert_int_equal(fact_int(k, "questions"), 6);
    assert_int_equal(rows_of(k, "questions"), 6);
    assert_str(cell_in(k, "questions", 2, "name")->text, "value.fixed");
    assert_str(cell_in(k, "questions", 2, "type")->text, "yes_no");
    k = doing(centre, "inspect", "surveys", {0});
    assert_str(cell_at(k, "surveys", "jre", NULL, "state")->text, "survey-open");
    assert_int_equal(cell_at(k, "surveys", "jre", NULL, "asked")->i, 2);

    /* the manager of a system sees and answers for theirs, and no other */
    k = doing(manager, "inspect", "survey-form", SURVEY);
    assert_int_equal(rows_of(k, "systems"), 1);
    doing(manager, "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.affected", "yes"}, {"value.version", " 1.5 "},
          {"value.fixed", "no"}, {"value.until", "2007/7/31"}, {"value.users", "0120"}, {"value.net", "外部"});
    refused(manager, DENIED, "managers of a system for theirs", "inspect", "survey-reply", SURVEY, {"system", "A-pay"}, {"value.affected", "no"});
    refused(manager, DENIED, "managers of a system for theirs", "inspect", "survey-reply", SURVEY, {"system", "新"}, {"value.affected", "no"});
    refused(manager, DENIED, "managers of a system for theirs", "inspect", "survey-reply", SURVEY, {"none", "1"});

    /* the ministry: the other one, one that is in no register, and those that must not be named */
    k = doing(a, "inspect", "survey-form", SURVEY);
    assert_int_equal(rows_of(k, "systems"), 2); /* the one that is gone is not asked for */
    assert_int_equal(fact_int(k, "answered"), 1);
    assert_int_equal(row_of(k, "systems", "A-pay", NULL), 0); /* what is open stands first */
    doing(a, "inspect", "survey-reply", SURVEY, {"system", "A-pay"}, {"value.affected", "no"});
    doing(a, "inspect", "survey-reply", SURVEY, {"system", "古い勘定系"}, {"value.affected", "yes"}, {"value.fixed", "yes"});
    doing(a, "inspect", "survey-reply", SURVEY, {"unnamed", "7"}, {"yes.affected", "3"}, {"no.affected", "4"}, {"yes.fixed", "2"});
    k = doing(centre, "inspect", "survey", SURVEY);
    assert_str(cell_in(k, "organisations", 0, "org")->text, "B"); /* has not answered: first */
    assert_str(cell_in(k, "organisations", 0, "state")->text, "survey-silent");
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "systems")->i, 10);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "answered")->i, 10);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "unnamed")->i, 7);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "affected_yes")->i, 5);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "affected_no")->i, 5);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "fixed_yes")->i, 3);
    assert_int_equal(fact_int(k, "affected_yes"), 5);
    assert_int_equal(fact_int(k, "complete"), 0);
    assert_int_equal(fact_int(k, "answered"), 10);
    assert_int_equal(rows_of(k, "replies"), 4);
    assert_true(k->doc.live);

    /* corrected: what stood is kept; the same again changes nothing; a page that is old is refused */
    doing(a, "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.fixed", "yes"}, {"value.until", ""}, {"revision", "1"});
    refused(manager, CONFLICT, "was changed by poa", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.fixed", "no"}, {"revision", "1"});
    doing(a, "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.fixed", "yes"}, {"revision", "2"});
    k = doing(manager, "inspect", "survey-form", SURVEY, {"system", "A-web"});
    assert_int_equal(rows_of(k, "history"), 1);
    assert_true(str_find(cell_in(k, "history", 0, "answers")->text, S("until=2007-07-31")) >= 0);
    assert_str(cell_in(k, "fields", 1, "value")->text, "1.5");
    assert_str(cell_in(k, "fields", 4, "value")->text, "120");
    assert_int_equal(cell_in(k, "fields", 3, "value")->type, CELL_NONE);

    /* complete; a later answer reopens it with a mark */
    refused(b, CONFLICT, "nothing is answered yet", "inspect", "survey-done", SURVEY);
    refused(a, CONFLICT, "answers for 10 systems stand", "inspect", "survey-reply", SURVEY, {"none", "1"});
    doing(a, "inspect", "survey-done", SURVEY, {"org", "A"});
    refused(a, CONFLICT, "said already", "inspect", "survey-done", SURVEY);
    doing(b, "inspect", "survey-reply", SURVEY, {"none", "1"});
    k = doing(centre, "inspect", "survey", SURVEY);
    assert_int_equal(fact_int(k, "complete"), 2);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "answered")->i, 1);
    assert_str(cell_at(k, "organisations", "B", NULL, "state")->text, "survey-none");
    doing(b, "inspect", "survey-reply", SURVEY, {"system", "B-web"}, {"value.affected", "yes"});
    k = doing(centre, "inspect", "survey", SURVEY);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "reopened")->i, 1);
    assert_str(cell_at(k, "organisations", "B", NULL, "state")->text, "survey-answering");

    /* late: taken and marked; taken back: gone from the counts */
    struct work *late = at(w, "pob", 18);
    k = doing(late, "inspect", "survey-reply", SURVEY, {"system", "急造"}, {"value.affected", "no"});
    assert_true(noted_has(k, "marked as late"));
    k = doing(at(w, "pc", 18), "inspect", "survey", SURVEY);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "late")->i, 1);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "overdue")->i, 1);
    assert_int_equal(fact_int(k, "overdue"), 1);
    doing(late, "inspect", "survey-reply", SURVEY, {"system", "急造"}, {"remove", "1"});
    refused(late, NOTFOUND, "no answer for", "inspect", "survey-reply", SURVEY, {"system", "急造"}, {"remove", "1"});
    k = doing(at(w, "pc", 18), "inspect", "survey", SURVEY, {"org", "B"});
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "late")->i, 0);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "affected_no")->i, 0);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "systems")->i, 1);
    assert_int_equal(fact_int(k, "affected_yes"), 1); /* of B alone */

    /* closed, then published */
    refused(centre, CONFLICT, "still open", "inspect", "survey-publish", SURVEY);
    doing(centre, "inspect", "survey-close", SURVEY);
    refused(centre, CONFLICT, "closed already", "inspect", "survey-close", SURVEY);
    refused(a, CONFLICT, "is closed", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.fixed", "no"});
    refused(a, CONFLICT, "is closed", "inspect", "survey-done", SURVEY);
    assert_int_equal(rows_of(doing(a, "inspect", "survey", SURVEY), "organisations"), 1); /* not published yet */
    doing(centre, "inspect", "survey-publish", SURVEY);
    refused(centre, CONFLICT, "published already", "inspect", "survey-publish", SURVEY);
    k = doing(a, "inspect", "survey", SURVEY);
    assert_int_equal(rows_of(k, "organisations"), 2);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "affected_yes")->i, 1);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "fixed_yes")->i, 4);
    assert_int_equal(rows_of(k, "replies"), 4); /* their own only */
    assert_int_equal(fact_int(k, "affected_yes"), 6);
}
static void test_way(void **state)
{
    (void)state;
    each_store(way);
}

/* ---- what is refused ---- */
static void bad_question(struct work *w, const char *question, const char *why)
{
    refused(at(w, "pc", NOON), INVALID, why, "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "gov"}, {"due", "2007-07-21"},
            {"question", question});
}

static void refusals(struct work *w)
{
    survey_world(w);
    struct work *centre = at(w, "pc", NOON), *a = at(w, "poa", NOON);
    bad_question(w, "affected", "KEY:TYPE:QUESTION");
    bad_question(w, "affected:yes_no", "KEY:TYPE:QUESTION");
    bad_question(w, "Affected:yes_no:x", "is no key");
    bad_question(w, "1a:yes_no:x", "is no key");
    bad_question(w, "a:yes_no:x\na:text:y", "stands twice");
    bad_question(w, "a:maybe:x", "is no type");
    bad_question(w, "a:choice:x", "is no type");
    bad_question(w, "a:choice(a):x", "is no type");
    bad_question(w, "a:choice(a/a):x", "is no type");
    bad_question(w, "a:choice(a//b):x", "is no type");
    bad_question(w, "a:text(a/b):x", "is no type");
    bad_question(w, "a:text: ", "has no words");
    bad_question(w, "", "give the questions");
    bad_question(w, "a:text:1\nb:text:1\nc:text:1\nd:text:1\ne:text:1\nf:text:1\ng:text:1\nh:text:1\ni:text:1\nj:text:1\nk:text:1\nl:text:1\nm:text:1",
                 "at most 12");
    refused(centre, INVALID, "is past", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "gov"}, {"due", "2007-07-20"},
            {"hour", "12"}, {"question", "a:text:x"});
    refused(centre, INVALID, "hour from 0", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "gov"}, {"due", "2007-07-21"},
            {"hour", "25"}, {"question", "a:text:x"});
    refused(centre, INVALID, "at most 366 days", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "gov"}, {"due", "2009-07-21"},
            {"question", "a:text:x"});
    refused(centre, INVALID, "no organisation below", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "a1"},
            {"due", "2007-07-21"}, {"question", "a:text:x"});
    refused(a, NOTFOUND, "", "inspect", "survey-ask", ASK_JRE("x")); /* not their frame */
    refused(at(w, "pha", NOON), DENIED, "", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "a1"}, {"due", "2007-07-21"},
            {"question", "a:text:x"});
    refused(centre, NOTFOUND, "no survey", "inspect", "survey-ask", {"code", "x"}, {"title_ja", "x"}, {"frame", "gov"}, {"due", "2007-07-21"},
            {"like", "nope"});
    ask(w);
    refused(centre, CONFLICT, "already", "inspect", "survey-ask", ASK_JRE("jre"));
    /* answers */
    refused(a, INVALID, "no question of this survey", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.nope", "x"});
    refused(a, INVALID, "is no answer to 'affected'", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.affected", "maybe"});
    refused(a, INVALID, "is no answer to 'until'", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.until", "soon"});
    refused(a, INVALID, "is no answer to 'users'", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.users", "-1"});
    refused(a, INVALID, "is no answer to 'net'", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.net", "WAN"});
    refused(a, INVALID, "nothing is answered", "inspect", "survey-reply", SURVEY, {"system", "A-web"});
    refused(a, INVALID, "for which system", "inspect", "survey-reply", SURVEY, {"value.affected", "yes"});
    refused(a, INVALID, "one at a time", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"none", "1"});
    refused(a, INVALID, "only yes and no are counted", "inspect", "survey-reply", SURVEY, {"unnamed", "3"}, {"yes.version", "1"});
    refused(a, INVALID, "from 0 to 3", "inspect", "survey-reply", SURVEY, {"unnamed", "3"}, {"yes.affected", "4"});
    refused(a, INVALID, "more than the 3", "inspect", "survey-reply", SURVEY, {"unnamed", "3"}, {"yes.affected", "2"}, {"no.affected", "2"});
    refused(a, INVALID, "from 0 to 3", "inspect", "survey-reply", SURVEY, {"unnamed", "3"}, {"yes.affected", "few"});
    refused(a, INVALID, "from 0 to", "inspect", "survey-reply", SURVEY, {"unnamed", "-1"});
    refused(at(w, "pau", NOON), DENIED, "", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.affected", "no"});
    refused(at(w, "pa1", NOON), NOTFOUND, "no survey 'jre'", "inspect", "survey-reply", SURVEY, {"system", "A-web"}, {"value.affected", "no"});
    refused(at(w, "pa1", NOON), NOTFOUND, "no survey 'jre'", "inspect", "survey-form", SURVEY);
    refused(a, NOTFOUND, "no survey 'nope'", "inspect", "survey-form", {"survey", "nope"});
    refused(a, DENIED, "its whole frame", "inspect", "survey-close", SURVEY);
    refused(a, DENIED, "its whole frame", "inspect", "survey-publish", SURVEY);
    refused(centre, INVALID, "for which organisation", "inspect", "survey-form", SURVEY);
    /* another's system has no other words than one that is in no register */
    doing(a, "inspect", "survey-reply", SURVEY, {"system", "B-web"}, {"value.affected", "no"});
    const struct kept *k = doing(a, "inspect", "survey", SURVEY);
    assert_int_equal(cell_in(k, "replies", 0, "registered")->i, 0);
    assert_true(cell_in(k, "replies", 0, "system")->ja.n == 0); /* its name is not told */
}
static void test_refusals(void **state)
{
    (void)state;
    each_store(refusals);
}

/* ---- who sees what: what one ministry says stands in no face of another ---- */
static void spill(const struct kept *k, struct buf *b)
{
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t i = 0; i < k->table[t].n; i++)
            for (size_t c = 0; c < k->table[t].n_columns; c++) {
                const struct cell *x = &k->table[t].row[i].cell[c];
                buf_add(b, x->text);
                buf_add(b, x->ja);
                buf_add(b, x->en);
                buf_byte(b, '\n');
            }
}

static bool told(struct work *w, const char *what)
{
    struct buf b = buf_in(w->a);
    spill(doing(w, "inspect", "surveys", {0}), &b);
    spill(doing(w, "inspect", "survey", SURVEY), &b);
    spill(doing(w, "inspect", "survey-form", SURVEY), &b);
    return str_find(buf_str(&b), str_of(what)) >= 0;
}

static void canary(struct work *w)
{
    survey_world(w);
    ask(w);
    struct work *a = at(w, "poa", NOON), *b = at(w, "pob", NOON), *centre = at(w, "pc", NOON), *viewer = at(w, "pv", NOON);
    doing(b, "inspect", "survey-reply", SURVEY, {"system", "B-web"}, {"value.affected", "yes"}, {"value.version", "カナリア版"});
    doing(b, "inspect", "survey-reply", SURVEY, {"system", "カナリア台帳外"}, {"value.affected", "yes"});
    static const char *const secrets[] = {"カナリア", "B-web", "秘乙ウェブ", "Secret B"};
    for (size_t i = 0; i < 4; i++) {
        assert_false(told(a, secrets[i]));
        assert_true(i == 0 || told(b, secrets[i]));
    }
    assert_int_equal(rows_of(doing(a, "inspect", "survey", SURVEY), "organisations"), 1);
    refused(a, NOTFOUND, "", "inspect", "survey", SURVEY, {"org", "B"});
    refused(a, NOTFOUND, "", "inspect", "survey-form", SURVEY, {"org", "B"});
    refused(a, NOTFOUND, "", "inspect", "survey-reply", SURVEY, {"org", "B"}, {"none", "1"});
    /* figures without names of systems for who reads figures alone */
    const struct kept *k = doing(viewer, "inspect", "survey", SURVEY);
    assert_int_equal(rows_of(k, "organisations"), 2);
    assert_int_equal(kept_table(k, "replies"), -1);
    doing(centre, "inspect", "survey-close", SURVEY, {"publish", "1"});
    for (size_t i = 0; i < 4; i++) assert_false(told(a, secrets[i]));
    k = doing(a, "inspect", "survey", SURVEY);
    assert_int_equal(cell_at(k, "organisations", "B", NULL, "affected_yes")->i, 2);
}
static void test_canary(void **state)
{
    (void)state;
    each_store(canary);
}

/* ---- of organisations; copied from an earlier one; what waits ---- */
static enum err waiting_one(void *to, const struct survey_waiting *x)
{
    struct survey_waiting *last = to;
    *last = *x;
    return OK;
}

static void others(struct work *w)
{
    survey_world(w);
    ask(w);
    struct work *centre = at(w, "pc", NOON), *a = at(w, "poa", NOON);
    struct survey_waiting x = {0};
    assert_ok(w, inspect_surveys_waiting(at(w, "psa", 18), waiting_one, &x));
    assert_str(x.survey, "jre");
    assert_true(x.mine == 1 && !x.whole && x.overdue);
    assert_ok(w, inspect_surveys_waiting(a, waiting_one, &x));
    assert_true(x.whole && x.systems == 2 && x.answered == 0 && !x.overdue);
    doing(a, "inspect", "survey-reply", SURVEY, {"none", "1"});
    struct work *quiet[] = {a, at(w, "pa1", NOON), at(w, "pau", NOON), centre, at(w, "psa", NOON)};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        x = (struct survey_waiting){0};
        assert_ok(w, inspect_surveys_waiting(quiet[i], waiting_one, &x));
        assert_int_equal(x.survey.n, 0);
    }
    const struct kept *k = doing(centre, "inspect", "survey-ask", {"code", "again"}, {"title_ja", "再"}, {"frame", "A"}, {"due", "2007-07-23"},
                                 {"hour", "9"}, {"like", "jre"}, {"per", "organisation"});
    assert_int_equal(fact_int(k, "asked"), 2);
    assert_int_equal(fact_int(k, "questions"), 6);
    refused(a, INVALID, "organisations, not their systems", "inspect", "survey-reply", {"survey", "again"}, {"org", "a1"}, {"system", "A-web"},
            {"value.affected", "no"});
    refused(a, INVALID, "organisations, not their systems", "inspect", "survey-reply", {"survey", "again"}, {"org", "a1"}, {"unnamed", "2"});
    doing(a, "inspect", "survey-reply", {"survey", "again"}, {"org", "a1"}, {"value.affected", "yes"});
    doing(a, "inspect", "survey-form", {"survey", "again"}, {"org", "a1"});
    doing(a, "inspect", "survey-done", {"survey", "again"}, {"org", "a1"});
    k = doing(a, "inspect", "survey", {"survey", "again"});
    assert_str(cell_at(k, "organisations", "a1", NULL, "state")->text, "survey-done");
    assert_int_equal(cell_at(k, "organisations", "a1", NULL, "affected_yes")->i, 1);
    assert_str(cell_in(k, "organisations", 0, "org")->text, "a2");
    doing(centre, "inspect", "survey-ask", {"code", "all"}, {"title_ja", "残"}, {"frame", "gov"}, {"due", "2007-07-23"}, {"question", "q:yes_no:x"});
    doing(a, "inspect", "survey-reply", {"survey", "all"}, {"system", "A-web"}, {"value.q", "yes"});
    refused(a, INVALID, "one at a time", "inspect", "survey-reply", {"survey", "all"}, {"rest", "1"}, {"none", "1"});
    refused(a, INVALID, "nothing is answered", "inspect", "survey-reply", {"survey", "all"}, {"rest", "1"});
    refused(at(w, "psa", NOON), CONFLICT, "is left", "inspect", "survey-reply", {"survey", "all"}, {"rest", "1"}, {"value.q", "no"}); /* theirs alone */
    doing(a, "inspect", "survey-reply", {"survey", "all"}, {"rest", "1"}, {"value.q", "no"});
    k = doing(a, "inspect", "survey", {"survey", "all"});
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "answered")->i, 2);
    assert_int_equal(cell_at(k, "organisations", "A", NULL, "q_no")->i, 1);
    refused(a, CONFLICT, "is left", "inspect", "survey-reply", {"survey", "all"}, {"rest", "1"}, {"value.q", "no"});
    doing(at(w, "pc", NOON), "inspect", "survey-ask", {"code", "deep"}, {"title_ja", "深"}, {"frame", "gov"}, {"due", "2007-07-23"}, {"levels", "2"},
          {"question", "a:text:x"});
    assert_int_equal(rows_of(doing(centre, "inspect", "survey", {"survey", "deep"}), "organisations"), 3);
}
static void test_others(void **state)
{
    (void)state;
    each_store(others);
}

/* ---- random replies against counting by hand ---- */
enum { SYSTEMS = 12, STEPS = 300 };
static void oracle(struct work *w)
{
    static const char *const orgs[] = {"A", "B"}, *const answers[] = {"yes", "no", ""}, *const nets[] = {"LAN", "外部", "両方", ""};
    struct {
        int affected, fixed, net;
        bool there;
    } reply[2][SYSTEMS] = {0};
    int64_t unnamed[2] = {0}, yes[2] = {0}, no[2] = {0};
    survey_world(w);
    ask(w);
    unsigned seed = 20070720;
    for (int step = 0; step < STEPS; step++) {
        seed = seed * 1103515245U + 12345U;
        unsigned r = seed >> 8;
        size_t o = r % 2, s = r / 2 % SYSTEMS;
        struct work *who = at(w, o == 0 ? "poa" : "pob", NOON);
        str name = str_fmt(w->a, "系%d", (int)s);
        if (r / 32 % 9 == 0) {
            unnamed[o] = r / 512 % 20;
            yes[o] = unnamed[o] == 0 ? 0 : r / 8192 % (unnamed[o] + 1);
            no[o] = unnamed[o] - yes[o];
            doing(who, "inspect", "survey-reply", SURVEY, {"unnamed", str_c(w->a, str_int(w->a, unnamed[o]))},
                  {"yes.affected", str_c(w->a, str_int(w->a, yes[o]))}, {"no.affected", str_c(w->a, str_int(w->a, no[o]))});
        } else if (r / 32 % 9 == 1 && reply[o][s].there) {
            doing(who, "inspect", "survey-reply", SURVEY, {"system", str_c(w->a, name)}, {"remove", "1"});
            reply[o][s].there = false;
        } else {
            int affected = (int)(r / 512 % 2), fixed = (int)(r / 1024 % 3), net = (int)(r / 4096 % 4);
            doing(who, "inspect", "survey-reply", SURVEY, {"system", str_c(w->a, name)}, {"value.affected", answers[affected]},
                  {"value.fixed", answers[fixed]}, {"value.net", nets[net]});
            reply[o][s].there = true;
            reply[o][s].affected = affected;
            reply[o][s].fixed = fixed;
            reply[o][s].net = net;
        }
    }
    for (int anew = 0; anew < 2; anew++) {
        const struct kept *k = doing(at(w, "pc", NOON), "inspect", "survey", SURVEY);
        int64_t by_net[3] = {0};
        for (size_t o = 0; o < 2; o++) {
            int64_t n = 0, count[2][2] = {{yes[o], no[o]}, {0, 0}};
            for (size_t s = 0; s < SYSTEMS; s++) {
                if (!reply[o][s].there) continue;
                n++;
                count[0][reply[o][s].affected]++;
                if (reply[o][s].fixed < 2) count[1][reply[o][s].fixed]++;
                if (reply[o][s].net < 3) by_net[reply[o][s].net]++;
            }
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "answered")->i, n + unnamed[o]);
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "systems")->i, (o == 0 ? 2 : 1) + n + unnamed[o]);
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "affected_yes")->i, count[0][0]);
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "affected_no")->i, count[0][1]);
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "fixed_yes")->i, count[1][0]);
            assert_int_equal(cell_at(k, "organisations", orgs[o], NULL, "fixed_no")->i, count[1][1]);
        }
        for (size_t i = 0, t = 0; i < rows_of(k, "answers"); i++)
            if (str_eq(cell_in(k, "answers", i, "question")->text, S("net"))) assert_int_equal(cell_in(k, "answers", i, "n")->i, by_net[t++]);
        doing(w, "rebuild", "", {0}); /* and the same from the replies */
    }
}
static void test_oracle(void **state)
{
    (void)state;
    each_store(oracle);
}

/* However many a ministry asks below itself, what concerns others stays in their list. */
static void flooded(struct work *w)
{
    survey_world(w);
    struct work *pob = at(w, "pob", NOON);
    for (int i = 0; i < 505; i++)
        doing(pob, "inspect", "survey-ask", {"code", str_c(w->a, str_fmt(w->a, "x%d", i))}, {"title_ja", "乙"}, {"frame", "B"},
              {"due", "2007-07-20"}, {"hour", "13"}, {"question", "a:yes_no:甲|A"});
    ask(w);
    assert_int_equal(rows_of(doing(at(w, "poa", NOON), "inspect", "surveys", {0}), "surveys"), 1);
}
static void test_flooded(void **state)
{
    (void)state;
    each_store(flooded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_way), cmocka_unit_test(test_refusals), cmocka_unit_test(test_canary),
                                       cmocka_unit_test(test_others), cmocka_unit_test(test_flooded),
                                       cmocka_unit_test(test_oracle)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
