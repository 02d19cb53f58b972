/* One notice to 20,000 operators: 15,000 of them confirm through the door, as a server takes what waits, many to a commit; the counts are what a recount
 * says, and the board is as quick as with 20. */
#include "ack_kit.h"

#include <time.h>

enum { OPERATORS = 1000, CONFIRM = 15000, BATCH = 64 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void confirm(struct work *w, const struct route_org *o, const char *code)
{
    const struct given given[] = {{.name = S("notice"), .text = str_of(code)}};
    const struct entry *e = entry_of("share", "confirm");
    struct args args;
    struct doc doc = doc_silent(w);
    bool before;
    str act_id = str_fmt(w->a, "%.*s-%s", STR_ARG(o->code), code);
    become(w, str_c(w->a, str_fmt(w->a, "p-%.*s", STR_ARG(o->code))));
    assert_ok(w, args_parse(w, e, given, 1, &args));
    assert_ok(w, door_batch_done(w, e, act_id, &before));
    assert_false(before);
    assert_ok(w, door_batch_act(w, room_find(S("share")), e, &args, act_id, false, &doc));
}

static double board_took(struct work *w, const char *code)
{
    double best = 1e9;
    become(w, "p-centre");
    for (int i = 0; i < 7; i++) {
        struct kept *k = kept_new(w);
        k->doc.paged = true;
        double begun = seconds();
        assert_ok(w, through_door(w, "share", "board", ASK({"notice", code}), k));
        double took = seconds() - begun;
        best = took < best ? took : best;
    }
    return best;
}

static void many(struct work *w)
{
    /* CEPTOARs are left out: all are direct addressees of the centre, the worst case for its board. */
    struct world x = world_of(w, 20 * OPERATORS, 0, 0);
    size_t all = x.plan.n, done = 0, confirming = strcmp(store_engine(w->store), "sqlite") == 0 ? CONFIRM : CONFIRM / 10; /* each asks a server a dozen times */
    world_staffed(w);
    world_sent(w, &x, "N-1", false, true);
    x.plan.n = 20;
    world_sent(w, &x, "N-2", false, true);
    struct arena *a = w->a;
    double begun = seconds();
    while (done < confirming) {
        w->a = arena_new(0);
        assert_ok(w, door_batch_begin(w));
        store_light(w->store);
        for (int i = 0; i < BATCH && done < confirming; i++) confirm(w, &x.net.org[x.plan.to[done++].org], "N-1");
        assert_ok(w, door_batch_commit(w));
        arena_free(w->a);
        w->a = a;
    }
    print_message("%s: %zu confirmations in %.1f s\n", store_engine(w->store), confirming, seconds() - begun);
    struct reach before[TIERS], after[TIERS];
    static const struct sql id = OPEN("a test", "SELECT id FROM share_notice WHERE code = 'N-1'");
    int64_t notice;
    assert_ok(w, store_int(w, &id, NOARGS, &notice));
    assert_ok(w, delivery_counts(w, notice, -1, before));
    assert_int_equal(reach_confirmed(&before[TIER_MINISTRY]), confirming);
    assert_int_equal(reach_all(&before[TIER_MINISTRY]), all);
    assert_ok(w, store_begin(w));
    assert_ok(w, deliveries_recount(w));
    assert_ok(w, store_commit(w));
    assert_ok(w, delivery_counts(w, notice, -1, after));
    assert_memory_equal(before, after, sizeof before);
    double few = board_took(w, "N-2"), many_took = board_took(w, "N-1");
    print_message("board: %.2f ms of 20, %.2f ms of %zu\n", few * 1e3, many_took * 1e3, all);
    assert_true(many_took < 6 * few + 0.002); /* 1,000 times the addressees; a page of 50 names in place of 20 */
}

static void test_many(void **state) { (void)state, each_store(many); }

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
