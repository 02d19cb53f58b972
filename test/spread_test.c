/* Propagation: the worked cases, in hours of sixty minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cascade/spread.h"

/* A network written down row after row: services, then the needs of each in order, then their suppliers. */
enum { SERVICES = 16, NEEDS = 32, SUPPLIERS = 64, STRIKES = 16, STEPS = 1000 };
struct kit {
    struct arena *a;
    struct net net;
    struct net_service service[SERVICES];
    uint32_t need_at[SERVICES + 1], supplier_at[NEEDS + 1];
    struct net_need need[NEEDS];
    struct net_supplier supplier[SUPPLIERS];
    struct net_crew crew[1];
    struct strike strike[STRIKES];
    uint32_t struck[STRIKES];
    struct scenario s;
    /* outcome */
    struct outcome out;
    tick impact[SERVICES], back[SERVICES], down[SERVICES], impaired[SERVICES];
    int64_t lost[SERVICES];
    uint16_t least[SERVICES], end[SERVICES];
    uint32_t deadlock[SERVICES];
};

static const struct span never = {TICK_NEVER, 0, SPAN_FIXED}, at_once = {0, 0, SPAN_FIXED};

static struct span hours(tick h) { return (struct span){h * HOUR, 0, SPAN_FIXED}; }

static struct kit *kit(uint32_t services)
{
    struct arena *a = arena_new(0);
    struct kit *k = arena_alloc(a, sizeof *k);
    k->a = a;
    for (uint32_t i = 0; i < services; i++)
        k->service[i] = (struct net_service){.weight = 1, .crew = NET_NONE, .profile = NET_NONE, .own = LEVEL_FULL, .verify = LEVEL_FULL,
                                             .fails = never, .detect = at_once, .repair = never};
    k->crew[0].number = 1;
    k->net = (struct net){.n_services = services, .n_sectors = 1, .n_crews = 1, .service = k->service, .need_at = k->need_at, .need = k->need,
                          .supplier_at = k->supplier_at, .supplier = k->supplier, .crew = k->crew};
    k->s = (struct scenario){.strike = k->strike, .until = 100 * HOUR};
    k->out = (struct outcome){.impact = k->impact, .back = k->back, .lost = k->lost, .down = k->down, .impaired = k->impaired,
                              .least = k->least, .end = k->end, .steps_max = STEPS, .deadlock = k->deadlock};
    return k;
}

/* Services' needs are given in the order of services. */
static struct net_need *need(struct kit *k, uint32_t service, uint32_t count, tick buffer)
{
    uint32_t g = k->net.n_needs++;
    for (uint32_t i = service + 1; i <= k->net.n_services; i++) k->need_at[i] = g + 1;
    k->need[g] = (struct net_need){.k = count, .buffer = hours(buffer), .strength = LEVEL_FULL};
    k->supplier_at[g + 1] = k->net.n_suppliers;
    return &k->need[g];
}

static struct net_supplier *from(struct kit *k, uint32_t supplier)
{
    uint32_t r = k->net.n_suppliers++;
    k->supplier_at[k->net.n_needs] = r + 1;
    k->supplier[r] = (struct net_supplier){.service = supplier, .weight = 1, .threshold = LEVEL_FULL};
    return &k->supplier[r];
}

static struct strike *breaks(struct kit *k, uint32_t service, tick at, tick lasts)
{
    size_t n = k->s.n_strikes++;
    k->struck[n] = service;
    k->strike[n] = (struct strike){.at = at * HOUR, .service = &k->struck[n], .n = 1, .cause = (uint32_t)n, .repair_percent = 100,
                                   .chance = LEVEL_FULL, .lasts = lasts == TICK_NEVER ? lasts : lasts * HOUR};
    return &k->strike[n];
}

static void run(struct kit *k)
{
    assert_null(net_fault(&k->net));
    spread_run(k->a, &k->net, &k->s, 0, &k->out);
}

static void a_chain(void **unused)
{
    (void)unused;
    enum { E, T, F };
    struct kit *k = kit(3);
    need(k, T, 1, 3), from(k, E);
    need(k, F, 1, 1), from(k, T);
    breaks(k, E, 0, 24);
    run(k);
    assert_int_equal(k->impact[T], 3 * HOUR);
    assert_int_equal(k->down[T], 21 * HOUR);
    assert_int_equal(k->impact[F], 4 * HOUR);
    assert_int_equal(k->down[F], 20 * HOUR);
    assert_int_equal(k->back[F], 24 * HOUR);
    assert_int_equal(k->lost[F], 20 * HOUR * LEVEL_FULL);
    assert_int_equal(k->out.n_steps, 6);
    arena_free(k->a);
}

static void two_of_three(void **unused)
{
    (void)unused;
    enum { A, B, C, H };
    struct kit *k = kit(4);
    need(k, H, 2, 2), from(k, A), from(k, B), from(k, C);
    breaks(k, A, 1, 8);
    breaks(k, B, 5, 6);
    run(k);
    assert_int_equal(k->impact[H], 7 * HOUR);
    assert_int_equal(k->down[H], 2 * HOUR);
    arena_free(k->a);
}

static void a_partial_level(void **unused)
{
    (void)unused;
    enum { P, W };
    static const struct { tick buffer; int64_t lost; } rows[] = {{0, 30000}, {3, 15000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit *k = kit(2);
        struct net_need *n = need(k, W, 1, rows[i].buffer);
        n->rule = NEED_SHARE;
        n->strength = 5000;
        from(k, P);
        breaks(k, P, 0, 10)->level = 4000;
        run(k);
        assert_int_equal(k->least[W], 7000);
        assert_int_equal(k->lost[W], rows[i].lost * HOUR);
        arena_free(k->a);
    }
}

static void mutual_need(void **unused)
{
    (void)unused;
    enum { P, T };
    static const struct { tick buffer; bool black; tick p_down, t_down; uint32_t deadlocks; } rows[] = {
        {2, false, 6 * HOUR, 4 * HOUR, 0}, {0, false, 100 * HOUR, 98 * HOUR, 1}, {0, true, 6 * HOUR, 4 * HOUR, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit *k = kit(2);
        need(k, P, 1, rows[i].buffer), from(k, T);
        need(k, T, 1, 2), from(k, P);
        k->service[P].black_start = rows[i].black;
        breaks(k, P, 0, 6);
        run(k);
        assert_int_equal(k->down[P], rows[i].p_down);
        assert_int_equal(k->down[T], rows[i].t_down);
        assert_int_equal(k->out.deadlocks, rows[i].deadlocks);
        assert_int_equal(k->deadlock[P], rows[i].deadlocks);
        arena_free(k->a);
    }
}

static int64_t weighted_completion(enum repair_order order, const uint32_t weight[3], const int32_t priority[3])
{
    static const tick work[] = {4, 2, 1};
    struct kit *k = kit(3);
    int64_t sum = 0;
    for (uint32_t i = 0; i < 3; i++) {
        k->service[i].weight = weight[i];
        k->service[i].priority = priority[i];
        k->service[i].crew = 0;
        k->service[i].repair = hours(work[i]);
        breaks(k, i, 0, TICK_NEVER);
    }
    k->s.order = order;
    run(k);
    for (uint32_t i = 0; i < 3; i++) sum += (int64_t)weight[i] * k->down[i];
    arena_free(k->a);
    return sum / HOUR;
}

static void order_of_repair(void **unused)
{
    (void)unused;
    static const uint32_t heavy[] = {10, 1, 1}, even[] = {1, 1, 1};
    static const int32_t none[3], longest[] = {3, 2, 1};
    assert_int_equal(weighted_completion(ORDER_WEIGHT, heavy, none), 52);
    assert_int_equal(weighted_completion(ORDER_WEIGHT, even, none), 11);
    assert_int_equal(weighted_completion(ORDER_PRIORITY, even, longest), 17);
    assert_int_equal(weighted_completion(ORDER_FIFO, even, none), 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain),     cmocka_unit_test(two_of_three),    cmocka_unit_test(a_partial_level),
        cmocka_unit_test(mutual_need), cmocka_unit_test(order_of_repair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
