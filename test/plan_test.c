/* The room plan: editions of ordered items, who sees them, owners at a day. */
#include "inspect_kit.h"

#include "plan/plan_store.h"

/* ---- a small world: the government's plan, and ministry A's ---- */

static struct plan plan_made(struct work *w, const char *code, const char *org)
{
    struct org o;
    assert_ok(w, org_find(w, str_of(org), &o));
    struct plan p = {.code = str_of(code), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"),
                     .since = day("2007-04-01"), .until = day("2008-03-31"), .org_lo = o.lo, .org_hi = o.hi,
                     .org_ja = o.name_ja, .basic = S(""), .source_ja = S(""), .source_en = S("")};
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, store_commit(w));
    return p;
}

static const struct plan_owner two_owners[] = {{S_INIT("B"), true}, {S_INIT("all"), false}};
static const struct plan_milestone two_milestones[] = {
    {.until = 13700, .title_ja = S_INIT("公表"), .title_en = S_INIT("Published")},
    {.since = 13600, .has_since = true, .until = 13800, .done = 13790, .has_done = true, .derived = true,
     .title_ja = S_INIT("試行"), .title_en = S_INIT("")}};
static const struct plan_link one_link[] = {{S_INIT("see"), S_INIT("measure:other/1")}};

static const struct plan_item sample[] = {
    {.kind = ITEM_HEADING, .key = S_INIT("h1"), .level = 1, .title_ja = S_INIT("第1章")},
    {.kind = ITEM_HEADING, .key = S_INIT("h2"), .level = 2, .title_ja = S_INIT("第1節")},
    {.kind = ITEM_MEASURE, .key = S_INIT("1"), .level = 3, .code = S_INIT("ア)a)"), .title_ja = S_INIT("施策一"),
     .title_en = S_INIT("One"), .text_ja = S_INIT("本文\n二行目"), .text_en = S_INIT("Text"), .area = S_INIT("gov"),
     .flag = S_INIT("sic"), .owner = two_owners, .n_owners = 2, .milestone = two_milestones, .n_milestones = 2,
     .link = one_link, .n_links = 1},
    {.kind = ITEM_MEASURE, .key = S_INIT("2"), .level = 3, .title_ja = S_INIT("施策二")},
    {.kind = ITEM_HEADING, .key = S_INIT("h3"), .level = 1, .title_ja = S_INIT("第2章")},
    {.kind = ITEM_RELISTED, .key = S_INIT("r1"), .level = 2, .title_ja = S_INIT("施策一"), .relists = S_INIT("1"),
     .owner = two_owners, .n_owners = 1},
};
enum { SAMPLE = sizeof sample / sizeof *sample };

static void same_text(str a, str b) { assert_true(str_eq(a, b)); }

static void same_item(const struct plan_item *a, const struct plan_item *b)
{
    const str x[] = {a->key, a->code, a->title_ja, a->title_en, a->text_ja, a->text_en, a->relists, a->area, a->flag};
    const str y[] = {b->key, b->code, b->title_ja, b->title_en, b->text_ja, b->text_en, b->relists, b->area, b->flag};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) same_text(x[i], y[i]);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->n_owners, b->n_owners);
    assert_int_equal(a->n_milestones, b->n_milestones);
    assert_int_equal(a->n_links, b->n_links);
    for (size_t i = 0; i < a->n_owners; i++) {
        same_text(a->owner[i].owner, b->owner[i].owner);
        assert_int_equal(a->owner[i].lead, b->owner[i].lead);
    }
    for (size_t i = 0; i < a->n_milestones; i++) {
        const struct plan_milestone *m = &a->milestone[i], *o = &b->milestone[i];
        same_text(m->title_ja, o->title_ja);
        same_text(m->title_en, o->title_en);
        assert_true(m->until == o->until && m->has_since == o->has_since && m->has_done == o->has_done);
        assert_true(m->derived == o->derived && (!m->has_since || m->since == o->since) && (!m->has_done || m->done == o->done));
    }
    for (size_t i = 0; i < a->n_links; i++) {
        same_text(a->link[i].relation, b->link[i].relation);
        same_text(a->link[i].target, b->link[i].target);
    }
}

static void same_items(struct work *w, int64_t edition, const struct plan_item *wanted, size_t n)
{
    struct plan_item *items;
    size_t got;
    assert_ok(w, plan_items(w, edition, WITH_ALL, &items, &got));
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        same_item(&items[i], &wanted[i]);
        assert_int_equal(items[i].ord, i + 1);
    }
}

static void put(struct work *w, const struct plan *p, const struct plan_item *items, size_t n)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_items_put(w, p, items, n));
    assert_ok(w, store_commit(w));
}

/* ---- what is written is read ---- */

static void written_and_read(struct work *w)
{
    small_registry(w);
    struct plan p = plan_made(w, "p1", "gov"), back;
    put(w, &p, sample, SAMPLE);
    same_items(w, p.edition, sample, SAMPLE);
    assert_ok(w, plan_find(w, S("p1"), 0, &back));
    assert_int_equal(back.revision, 2);
    assert_str(back.state, "draft");
    struct plan_item *items, one;
    size_t n;
    assert_ok(w, plan_items(w, p.edition, 0, &items, &n));
    assert_true(items[2].text_ja.n == 0 && items[2].n_owners == 0);
    assert_true(items[2].heading == 1 && items[1].heading == 0 && items[0].heading == -1 && items[5].heading == 4);
    assert_ok(w, plan_item(w, &p, S("1"), &one));
    same_item(&one, &sample[2]);
    assert_err(w, plan_item(w, &p, S("77"), &one), NOTFOUND);
    assert_fault(w, "there is no '77'");
    put(w, &p, sample, 2); /* the whole is replaced */
    same_items(w, p.edition, sample, 2);
}

/* One changed, one put between, one taken out: the others keep their order. */
static void one_at_a_time(struct work *w)
{
    small_registry(w);
    struct plan p = plan_made(w, "p1", "gov");
    struct plan_item all[SAMPLE + 1], read;
    put(w, &p, sample, SAMPLE);
    memcpy(all, sample, 3 * sizeof *all);
    memcpy(all + 4, sample + 3, 3 * sizeof *all);
    all[3] = sample[2];
    all[3].key = S("9");
    all[0].title_ja = S("別の章");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_item_insert(w, &p, &all[3], 4));
    assert_ok(w, plan_item_put(w, &p, &all[0]));
    assert_ok(w, store_commit(w));
    same_items(w, p.edition, all, SAMPLE + 1);
    assert_ok(w, plan_item(w, &p, S("9"), &read));
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_item_remove(w, &p, &read));
    assert_ok(w, store_commit(w));
    memmove(all + 3, all + 4, 3 * sizeof *all);
    same_items(w, p.edition, all, SAMPLE);
}

/* The next edition begins as a copy and is changed without the one before it. */
static void editions(struct work *w)
{
    small_registry(w);
    struct plan p = plan_made(w, "p1", "gov"), next, back;
    put(w, &p, sample, SAMPLE);
    p.state = S("decided");
    p.has_decided = true;
    p.decided = day("2007-06-14");
    p.meeting = S("seisaku-12");
    next = p;
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, plan_edition_next(w, &next, S("a new threat")));
    assert_ok(w, store_commit(w));
    assert_int_equal(next.no, 2);
    same_items(w, next.edition, sample, SAMPLE);
    put(w, &next, sample, 1);
    same_items(w, p.edition, sample, SAMPLE);
    assert_ok(w, plan_find(w, S("p1"), 0, &back));
    assert_true(back.no == 2 && back.is_last && !back.has_decided);
    assert_str(back.reason, "a new threat");
    assert_ok(w, plan_find(w, S("p1"), 1, &back));
    assert_true(!back.is_last && back.has_decided && back.decided == p.decided);
    assert_str(back.meeting, "seisaku-12");
}

/* ---- entries ---- */

static void lists_and_shows(struct work *w)
{
    small_registry(w);
    struct plan p = plan_made(w, "p1", "gov");
    put(w, &p, sample, SAMPLE);
    struct kept *k = doing(w, "plan", "list", {0});
    assert_int_equal(cell_at(k, "plans", "p1", NULL, "measures")->i, 2);
    k = doing(w, "plan", "show", {"year", "2007"});
    assert_int_equal(rows_of(k, "items"), SAMPLE);
    assert_int_equal(fact_int(k, "measures"), 2);
    assert_int_equal(fact_int(k, "relisted"), 1);
    refused(w, NOTFOUND, "no annual plan of the year 2006", "plan", "show", {"year", "2006"});
    refused(w, NOTFOUND, "no plan 'x'", "plan", "show", {"plan", "x"});
}

/* ---- sight: drafts of the centre, plans of others; the same words for what is not there ---- */

static void stage(struct work *w, struct plan *p, const char *state, bool is_public)
{
    p->state = str_of(state);
    p->is_public = is_public;
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_edition_change(w, p));
    assert_ok(w, store_commit(w));
}

static void seen(struct work *w, const char *person, const char *code, bool is)
{
    struct plan back;
    become(w, person);
    enum err e = plan_find(w, str_of(code), 0, &back);
    assert_err(w, e, is ? OK : NOTFOUND);
    if (!is) assert_fault(w, str_c(w->a, str_fmt(w->a, "no plan '%s' that you may see", code)));
    become(w, NULL);
}

static void who_sees(struct work *w)
{
    small_registry(w);
    struct plan gov = plan_made(w, "pgov", "gov"), b = plan_made(w, "pb", "B"), next;
    seen(w, "pc", "pgov", true);
    seen(w, "poa", "pgov", false); /* a draft of the centre's */
    seen(w, "poa", "absent", false);
    stage(w, &gov, "consultation", false);
    seen(w, "poa", "pgov", true);
    seen(w, "pa1", "pgov", true);
    stage(w, &b, "decided", false);
    seen(w, "poa", "pb", false); /* another ministry's */
    seen(w, "pb1", "pb", true);  /* a bureau sees what its ministry decided */
    seen(w, "pc", "pb", true);
    stage(w, &b, "decided", true);
    seen(w, "poa", "pb", true);
    stage(w, &b, "draft", false);
    seen(w, "pb1", "pb", false);
    seen(w, "pob", "pb", true);
    next = gov;
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_edition_next(w, &next, S("why")));
    assert_ok(w, store_commit(w));
    become(w, "poa"); /* a new draft does not hide the edition before it, nor is it told of */
    assert_ok(w, plan_find(w, S("pgov"), 0, &next));
    assert_true(next.no == 1 && next.is_last);
    assert_err(w, plan_find(w, S("pgov"), 2, &next), NOTFOUND);
    assert_fault(w, "no edition 2");
}

/* Whose it is: the centre's by the centre, a ministry's by those who manage the ministry, and by nobody else. */
static void who_changes(struct work *w)
{
    static const struct {
        const char *who;
        bool gov, b;
    } all[] = {{"pc", true, false}, {"pob", false, true}, {"poa", false, false}, {"pb1", false, false}, {"pv", false, false}};
    small_registry(w);
    struct plan gov = plan_made(w, "pgov", "gov"), b = plan_made(w, "pb", "B");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        become(w, all[i].who);
        assert_int_equal(plan_mine(w, &gov), all[i].gov);
        assert_int_equal(plan_mine(w, &b), all[i].b);
    }
    become(w, "pob");
    assert_ok(w, plan_to_change(w, &b, true));
    b.state = S("decided");
    assert_err(w, plan_to_change(w, &b, true), CONFLICT);
    assert_fault(w, "is decided");
    assert_err(w, plan_to_change(w, &gov, false), DENIED);
    assert_fault(w, "only those who manage");
}

/* ---- owners ---- */

static void owners_at_a_day(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "organisation-names"}, FILED("code,name_ja,name_en,from,to\nB,乙庁,Agency B,,2007-01-08\n"));
    struct plan p = plan_made(w, "p1", "gov");
    struct owner_group all = {S("all"), S("全府省庁"), S("All ministries"), S("kind"), S("ministry")};
    struct owners x;
    const size_t *own;
    str code;
    assert_ok(w, store_begin(w));
    assert_ok(w, owner_group_put(w, &all));
    assert_ok(w, store_commit(w));
    assert_ok(w, owners_load(w, &p, day("2007-04-01"), &x));
    assert_int_equal(owners_of(&x, &sample[2], w->a, &own), 2); /* B is one of all */
    assert_str(x.org[own[0]].code, "A");
    assert_str(x.org[owners_lead(&x, &sample[2])].code, "B");
    assert_str(owners_words(w->a, LANG_JA, &x, &sample[2]), "乙省 全府省庁");
    assert_true(owners_named(&x, S("乙庁"), &code) && str_eq(code, S("B")));
    assert_true(owners_named(&x, S("All ministries"), &code) && str_eq(code, S("all")));
    assert_false(owners_named(&x, S("丙省"), &code));
    assert_int_equal(owners_org(&x, S("all")), -1);
    assert_ok(w, owners_load(w, &p, day("2007-01-08"), &x));
    assert_str(owners_words(w->a, LANG_EN, &x, &sample[2]), "Agency B, All ministries");
}

#define EACH(name)                                                                                                     \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
EACH(written_and_read)
EACH(one_at_a_time)
EACH(editions)
EACH(lists_and_shows)
EACH(who_sees)
EACH(who_changes)
EACH(owners_at_a_day)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_one_at_a_time),
        cmocka_unit_test(test_editions),
        cmocka_unit_test(test_lists_and_shows),
        cmocka_unit_test(test_who_sees),
        cmocka_unit_test(test_who_changes),
        cmocka_unit_test(test_owners_at_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
