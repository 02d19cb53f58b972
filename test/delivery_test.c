/* Deliveries: made, passed on, confirmed; and counts that are what a slow count of the rows says, whatever was done in whatever order. */
#include "ack_kit.h"

/* ---- the slow opinion: every row is looked at ---- */

struct slow {
    int64_t parent, tier, ack, late;
};
static size_t slow_rows(struct work *w, int64_t notice, struct slow *out, size_t room)
{
    static const struct sql all = OPEN("a test", "SELECT coalesce(parent, 0), tier, ack, late FROM share_delivery WHERE notice = $1 ORDER BY id");
    struct rows *r;
    size_t n = 0;
    assert_ok(w, store_rows(w, &all, ARGS(INT(notice)), &r));
    while (rows_next(r)) {
        assert_true(n < room);
        out[n++] = (struct slow){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3)};
    }
    assert_ok(w, rows_done(r));
    return n;
}

static void counts_are(struct work *w, int64_t notice, int64_t parent, const struct slow *rows, size_t n)
{
    struct reach told[TIERS];
    assert_ok(w, delivery_counts(w, notice, parent, told));
    for (int tier = 0; tier < TIERS; tier++) {
        struct reach slow = {0};
        for (size_t i = 0; i < n; i++) {
            if (rows[i].tier != tier || (parent != -1 && rows[i].parent != parent)) continue;
            slow.n[rows[i].ack]++;
            slow.late += rows[i].late;
        }
        assert_memory_equal(&told[tier], &slow, sizeof slow);
    }
}

static void counts_hold(struct work *w, int64_t notice)
{
    static struct slow rows[WORLD_MAX];
    size_t n = slow_rows(w, notice, rows, WORLD_MAX);
    counts_are(w, notice, -1, rows, n);
    counts_are(w, notice, 0, rows, n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].parent != 0 && (i == 0 || rows[i].parent != rows[i - 1].parent)) counts_are(w, notice, rows[i].parent, rows, n);
}

/* ---- one way through ---- */

static enum err enter(struct work *w, const struct delivery *d, enum ack ack, int64_t at)
{
    w->faults.count = 0;
    return delivery_enter(w, d, &(struct entered){.ack = ack, .channel = BY_PHONE, .at = at, .by_whom = S("p1"), .spoke_to = S("Sato")});
}

static void tiers_are(struct work *w, const struct notice *n, int64_t ministries, int64_t ceptoars, int64_t operators)
{
    struct reach r[TIERS];
    assert_ok(w, delivery_counts(w, n->id, -1, r));
    assert_int_equal(reach_all(&r[TIER_MINISTRY]), ministries);
    assert_int_equal(reach_all(&r[TIER_CEPTOAR]), ceptoars);
    assert_int_equal(reach_all(&r[TIER_OPERATOR]), operators);
}

static void pass_on(struct work *w, const struct notice *n, const struct delivery *passer, const int64_t *but, size_t n_but, int64_t wanted)
{
    int64_t sent = -1;
    const struct passing p = {.marking = {TLP_AMBER_STRICT, PAP_RED}, .added = S("our words"), .reason = S("not theirs"), .but = but, .n_but = n_but};
    assert_ok(w, deliveries_pass(w, n, passer, &p, &sent));
    assert_int_equal(sent, wanted);
}

static void way_down(struct work *w)
{
    struct world x = world_of(w, 2, 2, 3);
    assert_ok(w, store_begin(w));
    struct notice n = world_notice(w, &x, "N-1", false, false);
    assert_ok(w, deliveries_make(w, &n, &x.net, &x.plan));
    tiers_are(w, &n, 2, 4, 12);
    struct delivery m = world_delivery(w, &x, &n, "m0"), c = world_delivery(w, &x, &n, "c0-0"), other = world_delivery(w, &x, &n, "c0-1");
    assert_int_equal(m.ack, ACK_SENT);
    assert_int_equal(m.due, w->now + 3600);
    assert_int_equal(c.ack, ACK_WAITING);
    assert_int_equal(c.parent, m.id);
    assert_int_equal(enter(w, &c, ACK_CONFIRMED, w->now), CONFLICT);
    assert_fault(w, "not passed on to 'c0-0'");

    w->now += 600;
    pass_on(w, &n, &m, (const int64_t[]){other.id}, 1, 1);
    c = world_delivery(w, &x, &n, "c0-0");
    assert_int_equal(c.ack, ACK_SENT);
    assert_int_equal(c.due, w->now + 3600);
    assert_true(c.marking.tlp == TLP_AMBER_STRICT && c.marking.pap == PAP_RED);
    other = world_delivery(w, &x, &n, "c0-1");
    assert_int_equal(other.ack, ACK_WITHHELD);
    assert_str(other.note, "not theirs");
    assert_int_equal(other.cause, CAUSE_NOT_PASSED);
    m = world_delivery(w, &x, &n, "m0");
    assert_str(m.added, "our words");
    assert_int_equal(m.passed, w->now);
    counts_hold(w, n.id);
    tiers_are(w, &n, 2, 4, 12); /* the denominator does not shrink */

    assert_ok(w, delivery_add(w, &n, &m, other.org, TIER_CEPTOAR)); /* withheld, and sent after all */
    other = world_delivery(w, &x, &n, "c0-1");
    assert_int_equal(other.ack, ACK_SENT);
    assert_int_equal(delivery_add(w, &n, &m, other.org, TIER_CEPTOAR), CONFLICT);
    assert_fault(w, "'c0-1' is among the addressees of N-1 already");
    counts_hold(w, n.id);
    assert_ok(w, store_commit(w));
}

static void one_more(struct work *w)
{
    struct world x = world_of(w, 1, 1, 1);
    assert_ok(w, store_begin(w));
    struct notice n = world_notice(w, &x, "N-1", false, true);
    x.plan.n = 2; /* the operator is not among them */
    assert_ok(w, deliveries_make(w, &n, &x.net, &x.plan));
    struct delivery c = world_delivery(w, &x, &n, "c0-0");
    assert_int_equal(c.ack, ACK_SENT); /* direct */
    assert_int_equal(c.due, w->now + 3600);
    assert_ok(w, delivery_add(w, &n, &c, world_id(&x, "o0-0-0"), TIER_OPERATOR));
    struct delivery o = world_delivery(w, &x, &n, "o0-0-0");
    assert_int_equal(o.ack, ACK_SENT);
    assert_int_equal(o.parent, c.id);
    tiers_are(w, &n, 1, 1, 1);
    counts_hold(w, n.id);
    assert_int_equal(delivery_of(w, n.id, x.net.org[0].id, &o), NOTFOUND); /* the centre */
    assert_int_equal(w->faults.count, 0);
    assert_ok(w, store_commit(w));
}

/* ---- times ---- */

static void in_time(struct work *w)
{
    struct world x = world_of(w, 3, 0, 0);
    assert_ok(w, store_begin(w));
    struct notice n = world_notice(w, &x, "N-1", false, false);
    assert_ok(w, deliveries_make(w, &n, &x.net, &x.plan));
    struct delivery a = world_delivery(w, &x, &n, "m0"), b = world_delivery(w, &x, &n, "m1"), c = world_delivery(w, &x, &n, "m2");
    int64_t sent = w->now;
    w->now += 2 * 3600;
    assert_int_equal(enter(w, &a, ACK_CONFIRMED, w->now + 1), INVALID);
    assert_fault(w, "has not come yet");
    assert_int_equal(enter(w, &a, ACK_CONFIRMED, sent - 1), INVALID);
    assert_fault(w, "nobody confirmed it before");
    assert_ok(w, enter(w, &a, ACK_CONFIRMED, sent + 3600)); /* entered late, said in time: to the second */
    assert_ok(w, enter(w, &b, ACK_ACTING, sent + 3601));
    a = world_delivery(w, &x, &n, "m0"), b = world_delivery(w, &x, &n, "m1");
    assert_false(a.late);
    assert_true(b.late);
    assert_int_equal(b.confirmed, sent + 3601);
    assert_ok(w, enter(w, &a, ACK_DONE, w->now)); /* late is said once, at the confirmation */
    assert_ok(w, enter(w, &b, ACK_DONE, w->now));
    a = world_delivery(w, &x, &n, "m0"), b = world_delivery(w, &x, &n, "m1");
    assert_true(!a.late && b.late);
    assert_int_equal(a.confirmed, sent + 3600);
    assert_int_equal(enter(w, &a, ACK_CONFIRMED, w->now), CONFLICT);
    assert_int_equal(enter(w, &a, ACK_DONE, w->now), CONFLICT);
    assert_ok(w, enter(w, &c, ACK_OPENED, sent + 10));
    c = world_delivery(w, &x, &n, "m2");
    assert_int_equal(c.opened, sent + 10);
    assert_int_equal(c.confirmed, 0);
    assert_true(ack_overdue(c.ack, c.due, w->now));
    struct reach r[TIERS];
    assert_ok(w, delivery_counts(w, n.id, 0, r));
    assert_int_equal(reach_confirmed(&r[TIER_MINISTRY]), 2);
    assert_int_equal(r[TIER_MINISTRY].late, 1);
    counts_hold(w, n.id);
    assert_ok(w, store_commit(w));
}

/* ---- random histories ---- */

static uint64_t next(uint64_t *s)
{
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return *s >> 33;
}

static void one_step(struct work *w, const struct world *x, const struct notice *n, uint64_t *s)
{
    struct delivery d;
    size_t i = next(s) % x->plan.n;
    int64_t id[2], sent;
    assert_ok(w, delivery_of(w, n->id, x->net.org[x->plan.to[i].org].id, &d));
    w->faults.count = 0;
    if (next(s) % 4 != 0) {
        enum ack to = (enum ack)(next(s) % ACKS);
        int64_t at = w->now - (int64_t)(next(s) % 2000);
        bool allowed = ack_may_go(d.ack, to) && d.ack >= ACK_SENT && at >= d.sent;
        assert_int_equal(enter(w, &d, to, at) == OK, allowed);
        return;
    }
    if (d.ack < ACK_SENT || d.tier == TIER_OPERATOR) return;
    for (size_t k = 0; k < 2; k++) { /* two somewhere in the notice: withheld only where they are this one's */
        struct delivery but;
        assert_ok(w, delivery_of(w, n->id, x->net.org[x->plan.to[next(s) % x->plan.n].org].id, &but));
        id[k] = but.id;
    }
    assert_ok(w, deliveries_pass(w, n, &d, &(struct passing){.marking = d.marking, .reason = S("x"), .but = id, .n_but = 2}, &sent));
}

static const char *const codes[] = {"N-1", "N-2", "N-3", "N-4", "N-5", "N-6"};
static void histories(struct work *w)
{
    struct world x = world_of(w, 3, 3, 4);
    uint64_t s = 20261122;
    for (int turn = 0; turn < 6; turn++) {
        assert_ok(w, store_begin(w));
        struct notice n = world_notice(w, &x, codes[turn], turn % 2 != 0, turn == 5);
        assert_ok(w, deliveries_make(w, &n, &x.net, &x.plan));
        for (int step = 0; step < 150; step++) {
            w->now += (int64_t)(next(&s) % 200);
            one_step(w, &x, &n, &s);
            if (step % 30 == 0) counts_hold(w, n.id);
        }
        counts_hold(w, n.id);
        assert_ok(w, store_commit(w));
        struct reach before[TIERS], after[TIERS];
        assert_ok(w, delivery_counts(w, n.id, -1, before));
        assert_ok(w, store_begin(w));
        assert_ok(w, deliveries_recount(w));
        assert_ok(w, store_commit(w));
        assert_ok(w, delivery_counts(w, n.id, -1, after));
        assert_memory_equal(before, after, sizeof before);
        counts_hold(w, n.id);
    }
}

static void undone(struct work *w)
{
    struct world x = world_of(w, 2, 0, 0);
    assert_ok(w, store_begin(w));
    struct notice n = world_notice(w, &x, "N-1", false, false);
    assert_ok(w, deliveries_make(w, &n, &x.net, &x.plan));
    assert_ok(w, store_commit(w));
    struct delivery d = world_delivery(w, &x, &n, "m0");
    assert_ok(w, store_begin(w));
    assert_ok(w, enter(w, &d, ACK_CONFIRMED, w->now));
    store_rollback(w);
    assert_int_equal(world_delivery(w, &x, &n, "m0").ack, ACK_SENT);
    counts_hold(w, n.id);
}

static void test_way(void **state) { (void)state, each_store(way_down); }
static void test_one_more(void **state) { (void)state, each_store(one_more); }
static void test_time(void **state) { (void)state, each_store(in_time); }
static void test_histories(void **state) { (void)state, each_store(histories); }
static void test_undone(void **state) { (void)state, each_store(undone); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_way), cmocka_unit_test(test_one_more), cmocka_unit_test(test_time), cmocka_unit_test(test_histories), cmocka_unit_test(test_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
