/* The thread from finding to next year's measure: what a plan may take over, taking it over, and walking back and forth. */
#include "inspect_kit.h"

#include "case/case.h"
#include "plan/carry.h"
#include "plan/progress_store.h"

static struct plan plan_made(struct work *w, const char *code, const char *org, const char *since, const char *until)
{
    struct org o;
    assert_ok(w, org_find(w, str_of(org), &o));
    struct plan p = {.code = str_of(code), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"),
                     .since = day(since), .until = day(until), .org_lo = o.lo, .org_hi = o.hi, .org_ja = o.name_ja,
                     .basic = S(""), .source_ja = S(""), .source_en = S("")};
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, store_commit(w));
    return p;
}

static const struct plan_owner a_owner[] = {{S_INIT("A"), true}};
static const struct plan_item items_2007[] = {
    {.kind = ITEM_HEADING, .key = S_INIT("h1"), .level = 1, .title_ja = S_INIT("第1章")},
    {.kind = ITEM_MEASURE, .key = S_INIT("1"), .level = 2, .title_ja = S_INIT("済んだ施策"), .owner = a_owner, .n_owners = 1},
    {.kind = ITEM_MEASURE, .key = S_INIT("2"), .level = 2, .title_ja = S_INIT("残った施策"), .title_en = S_INIT("Left"),
     .text_ja = S_INIT("続ける"), .area = S_INIT("gov"), .owner = a_owner, .n_owners = 1},
    {.kind = ITEM_RELISTED, .key = S_INIT("r1"), .level = 2, .title_ja = S_INIT("済んだ施策"), .relists = S_INIT("1")},
    {.kind = ITEM_DIRECTION, .key = S_INIT("d1"), .level = 2, .text_ja = S_INIT("来年度は乙省も対象とする。")},
};

static void decide(struct work *w, struct plan *p)
{
    p->state = S("decided");
    p->has_decided = true;
    p->decided = p->since;
    assert_ok(w, plan_edition_change(w, p));
}

/* The first measure was done, the second is under way. */
static void report_year(struct work *w, const struct plan *p)
{
    const struct line rows[] = {{.ord = 2, .level = 2, .kind = ITEM_MEASURE, .key = S("1"), .is = {1, FROM_CENTRE}, .orgs = S("A")},
                                {.ord = 3, .level = 2, .kind = ITEM_MEASURE, .key = S("2"), .is = {2, FROM_CENTRE}, .orgs = S("A")}};
    struct progress_report r;
    assert_ok(w, progress_report_put(w, p->id, S("year"), p->until));
    assert_ok(w, progress_report_find(w, p, S("year"), 0, &r));
    r.at = w->now;
    r.edition = p->no;
    r.digest = r.head = r.reason = r.by_whom = S("");
    assert_ok(w, progress_frozen_add(w, &r));
    assert_ok(w, progress_frozen_rows_add(w, r.frozen, rows, 2));
}

/* A decided plan of 2007 with its year-end report, a draft of 2008, and a recommendation to ministry A upon a finding. */
static void world(struct work *w, const char **finding, const char **recommendation)
{
    small_world(w);
    doing(w, "registry", "import", {"what", "people"}, FILED("code,org,name_ja,name_en,mail,from,to\npog,gov,秘政担,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nog,officer,gov,,pog,,,\n"));
    doing(w, "case", "define", {"kind", "finding"});
    doing(w, "case", "define", {"kind", "recommendation"});
    struct plan p = plan_made(w, "p2007", "gov", "2007-04-01", "2008-03-31");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_items_put(w, &p, items_2007, sizeof items_2007 / sizeof *items_2007));
    decide(w, &p);
    report_year(w, &p);
    assert_ok(w, store_commit(w));
    plan_made(w, "p2008", "gov", "2008-04-01", "2009-03-31");
    become(w, "pog");
    struct kept *k = doing(w, "case", "open", {"kind", "finding"}, {"org", "A"}, {"title", "秘gap"}, {"clause", "2(a)"}, {"round", "r1"},
                           {"field.origin", "audit"}, {"field.what", "not done"}, {"source", "rate:r1/A"});
    *finding = str_c(w->a, k->fact[0].cell.text);
    k = doing(w, "case", "open", {"kind", "recommendation"}, {"org", "A"}, {"title", "秘train all"}, {"field.what", "train everybody"},
              {"field.why", "half are not"}, {"field.due", "2008-03-31"}, {"source", str_c(w->a, str_fmt(w->a, "case:%s", *finding))});
    *recommendation = str_c(w->a, k->fact[0].cell.text);
}

#define REF(kind, code) str_c(w->a, str_fmt(w->a, kind ":%s", code))

/* ---- taking over ---- */

static void carrying(struct work *w)
{
    const char *finding, *recommendation;
    world(w, &finding, &recommendation);
    const char *ref = REF("case", recommendation);
    struct kept *k = doing(w, "plan", "candidates", {NULL, NULL}); /* the newest draft, and the plan before it */
    assert_int_equal(rows_of(k, "candidates"), 3); /* what is done, and what is told again, is not among them */
    assert_str(cell_in(k, "candidates", 0, "take")->text, ref);
    assert_str(cell_in(k, "candidates", 1, "take")->text, "measure:p2007/2");
    assert_str(cell_in(k, "candidates", 2, "take")->text, "measure:p2007/d1");
    assert_str(cell_in(k, "candidates", 2, "title")->ja, "来年度は乙省も対象とする。");
    refused(w, INVALID, "choose what is taken over", "plan", "carry", {"into", "p2008"});
    refused(w, INVALID, "cannot be taken over", "plan", "carry", {"into", "p2008"}, {"candidate", "measure:p2007/1"});
    refused(w, INVALID, "cannot be taken over", "plan", "carry", {"into", "p2008"}, {"candidate", REF("case", finding)});
    refused(w, CONFLICT, "decided", "plan", "carry", {"into", "p2007"}, {"candidate", ref});
    k = doing(w, "plan", "carry", {"into", "p2008"}, {"candidate", ref}, {"candidate", "measure:p2007/2"}, {"candidate", ref});
    assert_int_equal(rows_of(k, "measures"), 2); /* what it showed, each once */
    assert_str(cell_in(k, "measures", 0, "no")->text, "1");
    refused(w, INVALID, "cannot be taken over", "plan", "carry", {"into", "p2008"}, {"candidate", ref}); /* not twice */
    assert_int_equal(rows_of(doing(w, "plan", "candidates", {NULL, NULL}), "candidates"), 1);
    doing(w, "plan", "carry", {"all", "1"});
    refused(w, CONFLICT, "nothing waits", "plan", "carry", {"all", "1"});
    struct plan p;
    struct plan_item i;
    assert_ok(w, plan_find(w, S("p2008"), 0, &p));
    assert_ok(w, plan_item(w, &p, S("1"), &i));
    assert_int_equal(i.ord, 2); /* under a heading of their own */
    assert_str(i.title_ja, "秘train all");
    assert_str(i.text_ja, "train everybody");
    assert_str(i.owner[0].owner, "A");
    assert_true(i.owner[0].lead);
    assert_str(i.link[0].target, ref);
    assert_ok(w, plan_item(w, &p, S("2"), &i));
    assert_str(i.area, "gov");
    assert_str(i.title_en, "Left");
    assert_ok(w, plan_item(w, &p, S("3"), &i));
    assert_int_equal(i.ord, 4);
    assert_int_equal(i.level, 2);
    k = doing(w, "case", "show", {"case", recommendation});
    assert_str(cell_in(k, "into_measure", 0, "measure")->text, "1");
}

/* One that was struck out of the draft again may be taken over again. */
static void struck_out(struct work *w)
{
    const char *finding, *recommendation;
    struct plan p;
    struct plan_item i;
    world(w, &finding, &recommendation);
    const char *ref = REF("case", recommendation);
    doing(w, "plan", "carry", {"candidate", ref});
    assert_ok(w, plan_find(w, S("p2008"), 0, &p));
    assert_ok(w, plan_item(w, &p, S("1"), &i));
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_item_remove(w, &p, &i));
    assert_ok(w, store_commit(w));
    assert_int_equal(rows_of(doing(w, "plan", "candidates", {NULL, NULL}), "candidates"), 3);
    doing(w, "plan", "carry", {"candidate", ref});
    refused(w, INVALID, "cannot be taken over", "plan", "carry", {"candidate", ref});
    struct case_head head;
    assert_ok(w, case_head(w, str_of(recommendation), &head));
    assert_int_equal(head.n_into, 1); /* under the number it had */
}

static void who_takes_over(struct work *w)
{
    const char *finding, *recommendation;
    world(w, &finding, &recommendation);
    const char *ref = REF("case", recommendation);
    become(w, "poa"); /* sees no draft of the government, and has none */
    refused(w, NOTFOUND, "that you may see", "plan", "carry", {"into", "p2008"}, {"candidate", ref});
    refused(w, NOTFOUND, "that you may see", "plan", "candidates", {"into", "p2008"});
    refused(w, NOTFOUND, "no draft", "plan", "carry", {"candidate", ref});
    assert_int_equal(kept_table(doing(w, "plan", "candidates", {NULL, NULL}), "candidates"), -1);
    refused(w, DENIED, "only those who manage", "plan", "carry", {"into", "p2007"}, {"candidate", ref});
    become(w, "pb1");
    refused(w, DENIED, "", "plan", "carry", {"into", "p2008"}, {"candidate", ref});
    become(w, NULL); /* a plan of the ministry's own: what was recommended to it, no earlier plan */
    plan_made(w, "a2008", "A", "2008-04-01", "2009-03-31");
    become(w, "poa");
    struct kept *k = doing(w, "plan", "candidates", {NULL, NULL});
    assert_int_equal(rows_of(k, "candidates"), 1);
    assert_str(cell_in(k, "candidates", 0, "take")->text, ref);
    doing(w, "plan", "carry", {"candidate", ref});
    become(w, "pog");
    assert_int_equal(row_of(doing(w, "plan", "candidates", {"into", "p2008"}), "candidates", "秘train all", NULL), -1);
    struct plan p;
    assert_ok(w, plan_find(w, S("p2008"), 0, &p));
    p.state = S("consultation");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, store_commit(w));
    refused(w, CONFLICT, "no draft any more", "plan", "carry", {"into", "p2008"}, {"candidate", "measure:p2007/2"});
    k = doing(w, "plan", "candidates", {"into", "p2008"});
    assert_int_equal(cell_in(k, "candidates", 0, "take")->type, CELL_NONE);
}

/* ---- back and forth ---- */

static void both_ways(struct work *w)
{
    const char *finding, *recommendation;
    world(w, &finding, &recommendation);
    doing(w, "plan", "carry", {"candidate", REF("case", recommendation)}, {"candidate", "measure:p2007/2"});
    struct kept *k = doing(w, "plan", "why", {"plan", "p2008"}, {"no", "1"});
    assert_int_equal(rows_of(k, "why"), 5);
    assert_str(cell_in(k, "why", 0, "case")->text, recommendation);
    assert_str(cell_in(k, "why", 1, "case")->text, finding);
    assert_int_equal(cell_in(k, "why", 1, "step")->i, 2);
    assert_str(cell_in(k, "why", 2, "rate")->text, "A"); /* its source … */
    assert_str(cell_in(k, "why", 2, "rate_round")->text, "r1");
    assert_str(cell_in(k, "why", 3, "clause")->text, "2(a)"); /* … and what it is about */
    assert_str(cell_in(k, "why", 3, "clause_edition")->text, "e1");
    assert_str(cell_in(k, "why", 4, "round")->text, "r1");
    assert_int_equal(kept_table(k, "came_of_it"), -1);
    k = doing(w, "plan", "why", {"plan", "p2008"}, {"no", "2"});
    assert_str(cell_in(k, "why", 0, "measure")->text, "2");
    assert_str(cell_in(k, "why", 0, "measure_plan")->text, "p2007");
    assert_true(str_find(cell_in(k, "why", 0, "detail")->en, S("year-end report")) >= 0); /* how it stood when it was last told */
    k = doing(w, "plan", "why", {"plan", "p2007"}, {"no", "2"});
    assert_str(cell_in(k, "came_of_it", 0, "measure_plan")->text, "p2008");
    k = doing(w, "plan", "why", {"case", finding}); /* forward from the finding */
    assert_str(cell_in(k, "came_of_it", 0, "case")->text, recommendation);
    assert_str(cell_in(k, "came_of_it", 1, "measure")->text, "1");
    assert_int_equal(rows_of(k, "came_of_it"), 2);
    refused(w, INVALID, "--no for a measure", "plan", "why", {"plan", "p2008"});
    refused(w, INVALID, "--no for a measure", "plan", "why", {"plan", "p2008"}, {"no", "1"}, {"case", finding});
    become(w, "pob"); /* another ministry learns of none of it */
    refused(w, NOTFOUND, "that you may see", "plan", "why", {"case", finding});
    refused(w, NOTFOUND, "that you may see", "plan", "why", {"case", "finding-2007-77"});
    refused(w, NOTFOUND, "", "plan", "why", {"plan", "p2008"}, {"no", "1"});
    become(w, NULL);
    struct plan p;
    assert_ok(w, plan_find(w, S("p2008"), 0, &p));
    assert_ok(w, store_begin(w));
    decide(w, &p);
    assert_ok(w, store_commit(w));
    become(w, "pob"); /* the plan it may see by now, the cases behind it not */
    k = doing(w, "plan", "why", {"plan", "p2008"}, {"no", "1"});
    assert_int_equal(kept_table(k, "why"), -1);
}

/* Things that name each other in a circle end; a long chain is cut, and said to be. */
static void circles(struct work *w)
{
    enum { CHAIN = 12 };
    small_world(w);
    struct plan p = plan_made(w, "p2007", "gov", "2007-04-01", "2008-03-31");
    struct plan_item items[CHAIN] = {{0}};
    struct plan_link links[CHAIN];
    for (int i = 0; i < CHAIN; i++) { /* 0 → 1 → … → 11 → 0 */
        links[i] = (struct plan_link){S("from"), str_fmt(w->a, "measure:p2007/%d", (i + 1) % CHAIN)};
        items[i] = (struct plan_item){.kind = ITEM_MEASURE, .key = str_fmt(w->a, "%d", i), .level = 1, .title_ja = S("施策"), .link = &links[i], .n_links = 1};
    }
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_items_put(w, &p, items, CHAIN));
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "plan", "why", {"plan", "p2007"}, {"no", "0"});
    assert_int_equal(rows_of(k, "why"), 8);
    assert_true(noted_has(k, "longer than is shown"));
    links[2].target = S("measure:p2007/0");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_items_put(w, &p, items, 3));
    assert_ok(w, store_commit(w));
    k = doing(w, "plan", "why", {"plan", "p2007"}, {"no", "0"});
    assert_int_equal(rows_of(k, "why"), 2);
    assert_int_equal(rows_of(k, "came_of_it"), 2);
    assert_false(noted_has(k, "longer than is shown"));
}

#define EACH(fn)                     \
    static void test_##fn(void **state) \
    {                                \
        (void)state;                 \
        each_store(fn);              \
    }
EACH(carrying)
EACH(struck_out)
EACH(who_takes_over)
EACH(both_ways)
EACH(circles)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_carrying),  cmocka_unit_test(test_struck_out), cmocka_unit_test(test_who_takes_over),
        cmocka_unit_test(test_both_ways), cmocka_unit_test(test_circles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
