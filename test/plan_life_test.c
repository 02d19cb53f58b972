/* The life of an edition: its steps in and out of order, who sees what in which state, comments and answers, and what changed between
 * two plans against a slow second opinion. */
#include "inspect_kit.h"

#include "access/fold.h"
#include "plan/compare.h"
#include "plan/life.h"

/* ---- a small plan of the government ---- */

static struct plan_item measure(const char *key, const char *title, const char *text, const struct plan_owner *owner)
{
    return (struct plan_item){.kind = ITEM_MEASURE, .level = 1, .key = str_of(key), .title_ja = str_of(title), .title_en = str_of(title),
                              .text_ja = str_of(text), .owner = owner, .n_owners = owner == NULL ? 0 : 1};
}

static void make_plan(struct work *w, const char *code, const char *kind, const char *org, const struct plan_item *items, size_t n)
{
    struct plan p = {.code = str_of(code), .kind = str_of(kind), .title_ja = S("計画"), .title_en = S("Plan"), .since = 13604, .until = 13969};
    struct org o;
    assert_ok(w, org_find(w, str_of(org), &o));
    p.org = o.id;
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, plan_items_put(w, &p, items, n));
    assert_ok(w, store_commit(w));
}

static const struct plan_owner by_a[] = {{S_INIT("A"), false}}, by_b[] = {{S_INIT("B"), false}};

static void world(struct work *w)
{
    small_registry(w);
    const struct plan_item items[] = {measure("1", "One", "first", by_a), measure("2", "Two", "second", by_b), measure("3", "Three", "third", NULL)};
    make_plan(w, "p1", "annual", "gov", items, 3);
}

static void days_on(struct work *w, int64_t days) { w->now += days * DAY; }

static size_t shown(struct work *w, const char *table) { return rows_of(doing(w, "plan", "comments", {"plan", "p1"}), table); }

static str state_now(struct work *w) { return fact_text(doing(w, "plan", "editions", {"plan", "p1"}), "state"); }

/* Drafts that home tells of as waiting for an opinion. */
static int awaited(struct work *w)
{
    static const struct ask nothing[] = {{0}};
    struct kept *k = do_ok(w, "home", "", nothing, __FILE__, __LINE__);
    return kept_table(k, "drafts_waiting") < 0 ? 0 : (int)rows_of(k, "drafts_waiting");
}

/* ---- in order ---- */

static void asked_and_heard(struct work *w)
{
    become(w, "poa");
    refused(w, NOTFOUND, "no plan 'p1' that you may see", "plan", "editions", {"plan", "p1"});
    refused(w, NOTFOUND, "no plan 'p1' that you may see", "plan", "remark", {"plan", "p1"}, {"text", "x"});
    become(w, "pc");
    refused(w, INVALID, "ends before it begins", "plan", "circulate", {"plan", "p1"}, {"due", "2007-04-22"});
    doing(w, "plan", "circulate", {"plan", "p1"}, {"due", "2007-05-07"});
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "those_asked"), 2);
    become(w, "poa");
    assert_str(state_now(w), "consultation");
    assert_int_equal(awaited(w), 1);
    doing(w, "plan", "remark", {"plan", "p1"}, {"no", "1"}, {"text", "word of A"});
    assert_int_equal(awaited(w), 0);
    refused(w, NOTFOUND, "", "plan", "remark", {"plan", "p1"}, {"no", "9"}, {"text", "x"});
    refused(w, NOTFOUND, "", "plan", "remark", {"plan", "p1"}, {"org", "B"}, {"text", "x"}); /* out of reach */
    become(w, "pob");
    assert_int_equal(awaited(w), 1);
    days_on(w, 20);
    assert_int_equal(awaited(w), 0); /* the term is over */
    doing(w, "plan", "remark", {"plan", "p1"}, {"text", "word of B"});
    assert_int_equal(shown(w, "of_ministries"), 1);
    assert_int_equal(cell_in(doing(w, "plan", "comments", {"plan", "p1"}), "of_ministries", 0, "late")->i, 1);
    assert_str(cell_in(doing(w, "plan", "comments", {"plan", "p1"}), "of_ministries", 0, "text")->text, "word of B");
    refused(w, NOTFOUND, "that you may see", "plan", "opinion", {"plan", "p1"}, {"comment", "r1"});
    become(w, "pa1"); /* staff: no right at all */
    assert_int_equal(shown(w, "of_ministries"), 0);
    refused(w, DENIED, "", "plan", "remark", {"plan", "p1"}, {"text", "x"});
    become(w, "pc");
    assert_int_equal(shown(w, "of_ministries"), 2);
    refused(w, INVALID, "say for which", "plan", "remark", {"plan", "p1"}, {"text", "x"});
    doing(w, "plan", "remark", {"plan", "p1"}, {"org", "B"}, {"text", "by telephone"});
}

static void put_to_the_public(struct work *w)
{
    become(w, "poa");
    refused(w, DENIED, "", "plan", "consult", {"plan", "p1"}, {"until", "2007-06-12"});
    become(w, "pc");
    refused(w, CONFLICT, "is not with the public now", "plan", "comment", {"plan", "p1"}, {"text", "x"});
    doing(w, "plan", "consult", {"plan", "p1"}, {"until", "2007-06-12"});
    refused(w, CONFLICT, "is not with the ministries now", "plan", "remark", {"plan", "p1"}, {"org", "B"}, {"text", "x"});
    refused(w, INVALID, "began on 2007-05-13", "plan", "comment", {"plan", "p1"}, {"text", "x"}, {"date", "2007-05-12"});
    refused(w, INVALID, "at most 60 letters", "plan", "comment", {"plan", "p1"}, {"text", "x"},
            {"label", "0123456789012345678901234567890123456789012345678901234567890"});
    doing(w, "plan", "comment", {"plan", "p1"}, {"text", "say more"}, {"label", "a company"}, {"group", "b"}, {"no", "2"});
    doing(w, "plan", "comment", {"plan", "p1"}, {"text", "say less"}, {"group", "a"});
    struct kept *k = doing(w, "plan", "comments", {"plan", "p1"});
    assert_str(cell_in(k, "of_public", 0, "comment")->text, "c2"); /* by group */
    assert_str(cell_in(k, "of_public", 1, "comment")->text, "c1");
    assert_int_equal(fact_int(k, "unanswered"), 5);
    become(w, "poa");
    assert_int_equal(shown(w, "of_public"), 0);
    assert_int_equal(shown(w, "of_ministries"), 1);
    refused(w, DENIED, "", "plan", "comment", {"plan", "p1"}, {"text", "x"});
    refused(w, DENIED, "", "plan", "answer", {"plan", "p1"}, {"comment", "r1"}, {"text", "x"});
}

static void decided_at_last(struct work *w)
{
    become(w, "pc");
    refused(w, INVALID, "still to come", "plan", "decide", {"plan", "p1"}, {"date", "2007-06-14"});
    refused(w, CONFLICT, "may come until 2007-06-12", "plan", "decide", {"plan", "p1"});
    days_on(w, 32); /* 2007-06-14 */
    refused(w, CONFLICT, "5 comments", "plan", "decide", {"plan", "p1"}, {"date", "2007-06-14"});
    refused(w, NOTFOUND, "no comment 'c9'", "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"comment", "c9"}, {"text", "x"});
    assert_int_equal(fact_int(doing(w, "plan", "comments", {"plan", "p1"}), "unanswered"), 5); /* both or none */
    doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"comment", "c2"}, {"text", "so it is"}, {"change", "no. 2 says more"});
    doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "r1"}, {"comment", "r2"}, {"text", "agreed"});
    refused(w, CONFLICT, "1 comments", "plan", "decide", {"plan", "p1"});
    refused(w, INVALID, "cannot be earlier", "plan", "decide", {"plan", "p1"}, {"date", "2007-05-01"}, {"why", "x"});
    doing(w, "plan", "decide", {"plan", "p1"}, {"meeting", "seisaku-12"}, {"why", "the third came too late"});
    become(w, "poa");
    assert_str(state_now(w), "decided");
    assert_int_equal(shown(w, "of_public"), 2);
    assert_int_equal(shown(w, "of_ministries"), 3);
    become(w, "pc");
    refused(w, CONFLICT, "that answer stands", "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"text", "other"});
    doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "r3"}, {"text", "answered afterwards"});
    refused(w, CONFLICT, "is decided", "plan", "circulate", {"plan", "p1"}, {"due", "2007-07-01"});
}

static void looked_at_again(struct work *w)
{
    become(w, "pc");
    doing(w, "plan", "watch", {"plan", "p1"}, {"text", "attacks on ministries"});
    become(w, "poa");
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "steps_taken"), 3); /* what is looked at is not told */
    become(w, "pc");
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "steps_taken"), 4);
    refused(w, INVALID, "is required", "plan", "keep", {"plan", "p1"}, {"why", "  "});
    doing(w, "plan", "keep", {"plan", "p1"}, {"why", "measures 1 and 2 cover it"}, {"meeting", "seisaku-15"});
    become(w, "poa");
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "steps_taken"), 5); /* now it led to something */
    become(w, "pc");
    doing(w, "plan", "revise", {"plan", "p1"}, {"why", "a new threat"});
    refused(w, CONFLICT, "is a draft: decide that", "plan", "keep", {"plan", "p1"}, {"why", "x"});
    become(w, "poa"); /* a new draft does not hide the edition that stands, nor show itself */
    struct kept *k = doing(w, "plan", "editions", {"plan", "p1"});
    assert_int_equal(rows_of(k, "plan_editions"), 1);
    assert_int_equal(rows_of(k, "steps_taken"), 5);
    assert_str(fact_text(k, "state"), "decided");
    refused(w, NOTFOUND, "no edition 2", "plan", "comments", {"plan", "p1"}, {"edition", "2"});
    refused(w, NOTFOUND, "no edition 2", "plan", "compare", {"plan", "p1"}, {"edition", "2"});
}

static void whole_life(struct work *w)
{
    world(w);
    asked_and_heard(w);
    put_to_the_public(w);
    decided_at_last(w);
    looked_at_again(w);
    become(w, "pc");
    struct plan p;
    struct plan_item item;
    assert_ok(w, plan_find(w, S("p1"), 0, &p));
    assert_ok(w, plan_item(w, &p, S("2"), &item));
    item.text_ja = S("second, and more");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_item_put(w, &p, &item));
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "plan", "compare", {"plan", "p1"});
    assert_int_equal(fact_int(k, "kept"), 2);
    assert_int_equal(fact_int(k, "changed"), 1);
    assert_str(cell_in(k, "changed_items", 0, "is")->text, "second, and more");
    assert_str(cell_in(k, "changed_items", 0, "was")->text, "second");
    doing(w, "plan", "circulate", {"plan", "p1"}, {"due", "2007-07-01"});
    become(w, "poa");
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "plan_editions"), 2);
    assert_int_equal(shown(w, "of_public"), 0); /* those of edition 1 are its own */
    assert_int_equal(rows_of(doing(w, "plan", "comments", {"plan", "p1"}, {"edition", "1"}), "of_public"), 2);
}

/* ---- out of order ---- */

static void every_state_and_step(void **unused)
{
    (void)unused;
    static const char *const states[] = {"draft", "consultation", "comment", "decided"};
    static const enum plan_life_fit wanted[4][MOVES] = {{FITS, FITS_EARLY, FITS_EARLY, FITS_NOT, FITS_NOT},
                                                  {FITS_NOT, FITS, FITS_EARLY, FITS_NOT, FITS_NOT},
                                                  {FITS_NOT, FITS_NOT, FITS, FITS_NOT, FITS_NOT},
                                                  {FITS_NOT, FITS_NOT, FITS_NOT, FITS, FITS}};
    str what;
    for (size_t s = 0; s < 4; s++)
        for (enum plan_life_move m = 0; m < MOVES; m++) {
            assert_int_equal(plan_life_judge(str_of(states[s]), m, &what), wanted[s][m]);
            assert_true((what.n == 0) == (wanted[s][m] == FITS));
        }
    assert_int_equal(plan_life_judge(S("gone"), MOVE_DECIDE, &what), FITS_NOT);
}

static void out_of_order(struct work *w)
{
    world(w);
    become(w, "pc");
    refused(w, CONFLICT, "is a draft", "plan", "keep", {"plan", "p1"}, {"why", "x"});
    refused(w, CONFLICT, "is a draft still", "plan", "revise", {"plan", "p1"}, {"why", "x"});
    refused(w, CONFLICT, "the ministries were not asked", "plan", "consult", {"plan", "p1"}, {"until", "2007-05-23"});
    refused(w, CONFLICT, "neither ministries nor the public", "plan", "decide", {"plan", "p1"});
    doing(w, "plan", "circulate", {"plan", "p1"}, {"due", "2007-04-23"}, {"ask", "a1"});
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "p1"}), "those_asked"), 3);
    refused(w, CONFLICT, "with the ministries already", "plan", "circulate", {"plan", "p1"}, {"due", "2007-05-23"});
    days_on(w, 1);
    refused(w, CONFLICT, "the public was not asked", "plan", "decide", {"plan", "p1"});
    doing(w, "plan", "decide", {"plan", "p1"}, {"why", "urgent"});
    refused(w, CONFLICT, "is decided", "plan", "decide", {"plan", "p1"}, {"why", "again"});
    refused(w, CONFLICT, "is decided", "plan", "consult", {"plan", "p1"}, {"until", "2007-06-23"}, {"why", "x"});
    refused(w, NOTFOUND, "no plan 'none'", "plan", "decide", {"plan", "none"});
    become(w, "pob"); /* the plan is the government's */
    refused(w, DENIED, "", "plan", "revise", {"plan", "p1"}, {"why", "x"});
    refused(w, DENIED, "", "plan", "watch", {"plan", "p1"}, {"text", "x"});
}

/* A ministry's own plan: its office decides, the others see nothing of it until it is public. */
static void own_plan(struct work *w)
{
    world(w);
    const struct plan_item items[] = {measure("1", "Train all", "", NULL)};
    make_plan(w, "own", "annual", "A", items, 1);
    become(w, "poa");
    doing(w, "plan", "circulate", {"plan", "own"}, {"due", "2007-04-23"}); /* nobody owns anything: all bureaux */
    assert_int_equal(rows_of(doing(w, "plan", "editions", {"plan", "own"}), "those_asked"), 2);
    refused(w, INVALID, "", "plan", "decide", {"plan", "own"}, {"date", "2007-04-01"}, {"why", "x"});
    doing(w, "plan", "decide", {"plan", "own"}, {"why", "the term ends today, nobody else is concerned"});
    become(w, "pob");
    refused(w, NOTFOUND, "no plan 'own'", "plan", "editions", {"plan", "own"});
    become(w, "pc");
    refused(w, DENIED, "", "plan", "revise", {"plan", "own"}, {"why", "x"});
}

/* ---- two at one answer ---- */

static void both_texts_are_shown(struct work *w)
{
    world(w);
    become(w, "pc");
    doing(w, "plan", "circulate", {"plan", "p1"}, {"due", "2007-05-07"});
    doing(w, "plan", "consult", {"plan", "p1"}, {"until", "2007-05-23"});
    doing(w, "plan", "comment", {"plan", "p1"}, {"text", "why?"});
    doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"text", "first"}, {"revision", "0"});
    struct kept *k = doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"text", "second"}, {"revision", "0"});
    assert_int_equal(fact_int(k, "changed"), 0);
    assert_str(cell_in(k, "both_texts", 0, "stands")->text, "first");
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "second");
    assert_str(cell_in(k, "once_more", 0, "value")->text, "second");
    k = doing(w, "plan", "comments", {"plan", "p1"});
    assert_str(cell_in(k, "of_public", 0, "answer")->text, "first");
    doing(w, "plan", "answer", {"plan", "p1"}, {"comment", "c1"}, {"text", "both"}, {"revision", "1"});
    assert_str(cell_in(doing(w, "plan", "comments", {"plan", "p1"}), "of_public", 0, "answer")->text, "both");
}

/* ---- comparing, against a slow second opinion ---- */

enum { LONGEST = 12 };
struct drawn {
    struct plan_item item[LONGEST];
    size_t n;
};

static uint64_t drawn_next(uint64_t *s)
{
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return *s >> 33;
}

static void draw(struct arena *a, uint64_t *s, struct drawn *d, bool links)
{
    static const enum item_kind kinds[] = {ITEM_MEASURE, ITEM_MEASURE, ITEM_HEADING, ITEM_AREA, ITEM_PICTURE, ITEM_RELISTED};
    d->n = drawn_next(s) % LONGEST;
    for (size_t i = 0; i < d->n; i++) {
        struct plan_item *x = &d->item[i];
        struct plan_link *l = arena_alloc(a, sizeof *l);
        *x = (struct plan_item){.kind = kinds[drawn_next(s) % 6], .key = str_fmt(a, "k%d", (int)(i * 2 + drawn_next(s) % 2)),
                                .title_ja = str_fmt(a, "%s%d", drawn_next(s) % 2 ? "計画 " : "計画", (int)(drawn_next(s) % 4)),
                                .text_ja = str_fmt(a, "t%d", (int)(drawn_next(s) % 2))};
        *l = (struct plan_link){drawn_next(s) % 4 ? S("from") : S("see"), str_fmt(a, "measure:%s/k%d", drawn_next(s) % 4 ? "old" : "other", (int)(drawn_next(s) % 8))};
        if (!links || drawn_next(s) % 3 != 0) continue;
        x->link = l;
        x->n_links = 1;
    }
}

static bool told(const struct plan_item *x, bool same) { return same || (x->kind != ITEM_HEADING && x->kind != ITEM_RELISTED); }

/* Which of `was` each of `is` comes from, by the words of compare.h, one rule after the other over all pairs. */
static void slowly(struct arena *a, bool same, const struct drawn *was, const struct drawn *is, ptrdiff_t *of, bool *used)
{
    for (size_t i = 0; i < is->n; i++) of[i] = -1;
    for (size_t i = 0; i < is->n; i++)
        for (size_t k = 0; k < was->n; k++) {
            const struct plan_item *x = &is->item[i], *y = &was->item[k];
            bool by_key = same || (x->kind == y->kind && (x->kind == ITEM_AREA || x->kind == ITEM_GOAL || x->kind == ITEM_PICTURE));
            if (by_key && str_eq(x->key, y->key)) of[i] = (ptrdiff_t)k, used[k] = true;
        }
    for (size_t i = 0; !same && i < is->n; i++)
        for (size_t k = 0; k < was->n; k++) {
            const struct plan_item *x = &is->item[i], *y = &was->item[k];
            if (x->n_links == 0 || !str_eq(x->link->relation, S("from")) || !told(y, same)) continue;
            if (!str_eq(x->link->target, str_fmt(a, "measure:old/%.*s", STR_ARG(y->key)))) continue;
            if (of[i] < 0) of[i] = (ptrdiff_t)k;
            used[k] = true;
        }
    bool *free_one = arena_array(a, LONGEST, sizeof *free_one);
    for (size_t k = 0; k < was->n; k++) free_one[k] = !used[k];
    for (size_t i = 0; !same && i < is->n; i++)
        for (size_t k = 0; of[i] < 0 && told(&is->item[i], same) && k < was->n; k++) {
            const struct plan_item *x = &is->item[i], *y = &was->item[k];
            if (!free_one[k] || used[k] || !told(y, same) || x->kind != y->kind) continue;
            if (str_eq(fold_words(a, x->title_ja), fold_words(a, y->title_ja))) of[i] = (ptrdiff_t)k, used[k] = true;
        }
}

static bool equal_slowly(struct arena *a, bool same, const struct plan_item *x, const struct plan_item *y)
{
    bool title = same ? str_eq(x->title_ja, y->title_ja) : str_eq(fold_words(a, x->title_ja), fold_words(a, y->title_ja));
    return title && str_eq(x->text_ja, y->text_ja);
}

static void check_compared(struct arena *a, bool same, const struct drawn *was, const struct drawn *is)
{
    ptrdiff_t of[LONGEST];
    bool used[LONGEST] = {false};
    size_t n, at = 0;
    struct compared *c = plan_compared(a, same, S("old"), was->item, was->n, is->item, is->n, &n);
    slowly(a, same, was, is, of, used);
    for (size_t i = 0; i < is->n; i++) {
        if (!told(&is->item[i], same)) continue;
        assert_true(at < n && c[at].is == &is->item[i]);
        assert_ptr_equal(c[at].was, of[i] < 0 ? NULL : &was->item[of[i]]);
        bool equal = of[i] >= 0 && equal_slowly(a, same, &was->item[of[i]], &is->item[i]);
        assert_int_equal(c[at].change, of[i] < 0 ? CHANGE_NEW : equal ? CHANGE_KEPT : CHANGE_CHANGED);
        at++;
    }
    for (size_t k = 0; k < was->n; k++)
        if (!used[k] && told(&was->item[k], same)) {
            assert_true(at < n && c[at].change == CHANGE_GONE && c[at].was == &was->item[k]);
            at++;
        }
    assert_int_equal(at, n);
}

static void compared_as_slowly(void **unused)
{
    (void)unused;
    uint64_t s = 2007;
    struct arena *a = arena_new(0);
    for (int round = 0; round < 20000; round++) {
        struct arena_mark mark = arena_mark(a);
        struct drawn was, is;
        draw(a, &s, &was, false);
        draw(a, &s, &is, true);
        check_compared(a, round % 2 == 0, &was, &is);
        arena_back(a, mark);
    }
    arena_free(a);
}

#define ON_EACH(test)                                                                                                  \
    static void test##_each(void **unused)                                                                             \
    {                                                                                                                  \
        (void)unused;                                                                                                  \
        each_store(test);                                                                                              \
    }
ON_EACH(whole_life)
ON_EACH(out_of_order)
ON_EACH(own_plan)
ON_EACH(both_texts_are_shown)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_state_and_step),  cmocka_unit_test(compared_as_slowly),
                                       cmocka_unit_test(whole_life_each),       cmocka_unit_test(out_of_order_each),
                                       cmocka_unit_test(own_plan_each),         cmocka_unit_test(both_texts_are_shown_each)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
