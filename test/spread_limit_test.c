/* Propagation where mathematics knows the answer: shortest paths, Knuth's iteration, closed forms of reliability in the long run; the same bytes
 * by any number of threads; logarithms. */
#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "spread_random.h"

static const struct span at_once = {0, 0, SPAN_FIXED};

/* ---- Nothing repaired, nothing partial ---- */
enum { MANY = 60, MANY_NEEDS = 180, MANY_ROWS = 900, GRAPHS = 1000 };
struct graph {
    struct random_net r; /* its random numbers */
    struct net net;
    struct net_service service[MANY];
    uint32_t need_at[MANY + 1], supplier_at[MANY_NEEDS + 1];
    struct net_need need[MANY_NEEDS];
    struct net_supplier supplier[MANY_ROWS];
    uint32_t struck[3];
    struct strike strike[3];
    struct scenario s;
};

static void some_need(struct graph *x, uint32_t owner, bool all, tick longest)
{
    struct net *net = &x->net;
    uint32_t n = 1 + below(&x->r, 5);
    x->need[net->n_needs] = (struct net_need){.k = all ? n : 1 + below(&x->r, n), .strength = LEVEL_FULL,
                                              .buffer = {one_in(&x->r, 3) ? 0 : below(&x->r, longest), 0, SPAN_FIXED}};
    for (uint32_t k = 0; k < n; k++)
        x->supplier[net->n_suppliers++] = (struct net_supplier){.service = (owner + 1 + below(&x->r, net->n_services - 1)) % net->n_services, .weight = 1,
                                                                .delay = one_in(&x->r, 2) ? 0 : below(&x->r, longest),
                                                                .threshold = (uint16_t)(1 + below(&x->r, LEVEL_FULL))};
    x->supplier_at[++net->n_needs] = net->n_suppliers;
}

/* Half of the graphs have times of up to months, which no single ring of a timing wheel holds. */
static void graph(struct graph *x, uint64_t seed, bool all)
{
    *x = (struct graph){.r = {.state = seed}};
    tick longest = one_in(&x->r, 2) ? 20 : one_in(&x->r, 2) ? 100000 : TICK_MAX / 8;
    x->net = (struct net){.n_services = 2 + below(&x->r, MANY - 1), .n_sectors = 1, .service = x->service, .need_at = x->need_at, .need = x->need,
                          .supplier_at = x->supplier_at, .supplier = x->supplier};
    for (uint32_t i = 0; i < x->net.n_services; i++) {
        x->service[i] = (struct net_service){.weight = 1, .crew = NET_NONE, .profile = NET_NONE, .own = LEVEL_FULL, .verify = 1, .fails = no_span,
                                             .repair = no_span};
        for (uint32_t k = below(&x->r, 4); k > 0; k--) some_need(x, i, all, longest);
        x->need_at[i + 1] = x->net.n_needs;
    }
    x->s = (struct scenario){.strike = x->strike, .n_strikes = 1 + below(&x->r, 3), .until = one_in(&x->r, 4) ? 4 * longest : TICK_MAX};
    if (x->s.until > TICK_MAX) x->s.until = TICK_MAX;
    for (uint32_t k = 0; k < x->s.n_strikes; k++) {
        x->struck[k] = below(&x->r, x->net.n_services);
        x->strike[k] = (struct strike){.at = below(&x->r, longest), .service = &x->struck[k], .n = 1, .repair_percent = 100, .chance = LEVEL_FULL,
                                       .lasts = TICK_NEVER};
    }
}

static uint64_t felt_at(const struct graph *x, const uint64_t *t, uint32_t row)
{
    uint64_t from = t[x->supplier[row].service];
    return from == UINT64_MAX ? from : from + x->supplier[row].delay;
}

/* When need g is lost: its buffer after the (n - k + 1)-th smallest. */
static uint64_t lost_at(const struct graph *x, const uint64_t *t, uint32_t g)
{
    uint32_t from = x->supplier_at[g], to = x->supplier_at[g + 1], rank = to - from - x->need[g].k + 1;
    for (uint32_t r = from; r < to; r++) {
        uint32_t before = 0, same = 0;
        for (uint32_t q = from; q < to; q++) {
            before += felt_at(x, t, q) < felt_at(x, t, r);
            same += felt_at(x, t, q) == felt_at(x, t, r);
        }
        if (before < rank && before + same >= rank) return felt_at(x, t, r) == UINT64_MAX ? UINT64_MAX : felt_at(x, t, r) + x->need[g].buffer.low;
    }
    return UINT64_MAX;
}

static void struck_at(const struct graph *x, uint64_t *t)
{
    for (uint32_t i = 0; i < x->net.n_services; i++) t[i] = UINT64_MAX;
    for (uint32_t k = 0; k < x->s.n_strikes; k++)
        if (x->strike[k].at < t[x->struck[k]]) t[x->struck[k]] = x->strike[k].at;
}

/* Knuth 1977 as an iteration: every pass asks every need, until nothing changes. */
static void iterate(const struct graph *x, uint64_t *t)
{
    struck_at(x, t);
    for (bool change = true; change;) {
        change = false;
        for (uint32_t i = 0; i < x->net.n_services; i++)
            for (uint32_t g = x->need_at[i]; g < x->need_at[i + 1]; g++) {
                uint64_t at = lost_at(x, t, g);
                if (at >= t[i]) continue;
                t[i] = at;
                change = true;
            }
    }
}

/* Dijkstra 1959, as in the textbook: the nearest service that is not done is done, its customers may be nearer by it. */
static void shortest(const struct graph *x, uint64_t *t)
{
    bool done[MANY] = {0};
    struck_at(x, t);
    for (;;) {
        uint32_t nearest = NET_NONE;
        for (uint32_t i = 0; i < x->net.n_services; i++)
            if (!done[i] && t[i] != UINT64_MAX && (nearest == NET_NONE || t[i] < t[nearest])) nearest = i;
        if (nearest == NET_NONE) return;
        done[nearest] = true;
        for (uint32_t i = 0; i < x->net.n_services; i++)
            for (uint32_t g = x->need_at[i]; g < x->need_at[i + 1]; g++)
                for (uint32_t r = x->supplier_at[g]; r < x->supplier_at[g + 1]; r++) {
                    uint64_t at = t[nearest] + x->supplier[r].delay + x->need[g].buffer.low;
                    if (x->supplier[r].service == nearest && at < t[i]) t[i] = at;
                }
    }
}

/* The chain of who brought whom down: each by a row of its own, at the time that row and its buffer say, back to one that was struck. */
static void chain_holds(const struct graph *x, const tick *first, const uint32_t *by, uint32_t i)
{
    for (uint32_t steps = 0; by[i] != NET_NONE; steps++) {
        assert_true(steps < x->net.n_services);
        uint32_t g = x->need_at[i];
        while (x->supplier_at[g + 1] <= by[i]) g++;
        assert_true(g < x->need_at[i + 1]);
        uint32_t from = x->supplier[by[i]].service;
        assert_int_equal(first[i], first[from] + x->supplier[by[i]].delay + x->need[g].buffer.low);
        i = from;
    }
}

static void check(const struct graph *x, const uint64_t *t, size_t *lost)
{
    struct arena *a = arena_new(0);
    tick impact[MANY], first[MANY], alone[MANY];
    uint32_t by[MANY];
    struct outcome o = {.impact = impact};
    assert_null(net_fault(&x->net));
    assert_true(spread_is_final(&x->net, &x->s));
    spread_run(a, &x->net, &x->s, 0, &o);
    spread_final(a, &x->net, &x->s, first, by);
    spread_final(a, &x->net, &x->s, alone, NULL);
    for (uint32_t i = 0; i < x->net.n_services; i++) {
        tick wanted = t[i] > x->s.until ? TICK_NEVER : (tick)t[i];
        assert_int_equal(impact[i], wanted);
        assert_int_equal(first[i], wanted);
        assert_int_equal(alone[i], wanted);
        *lost += wanted != TICK_NEVER;
        if (wanted == TICK_NEVER) assert_int_equal(by[i], NET_NONE);
        else chain_holds(x, first, by, i);
    }
    arena_free(a);
}

static void any_loss_is_a_shortest_path(void **unused)
{
    (void)unused;
    struct graph *x = test_malloc(sizeof *x);
    uint64_t t[MANY];
    size_t lost = 0;
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        graph(x, seed, true);
        shortest(x, t);
        check(x, t, &lost);
    }
    assert_true(lost > 5 * GRAPHS);
    test_free(x);
}

static void k_of_n_is_knuths_iteration(void **unused)
{
    (void)unused;
    struct graph *x = test_malloc(sizeof *x);
    uint64_t t[MANY];
    size_t lost = 0;
    for (uint64_t seed = 0; seed < 5 * GRAPHS; seed++) {
        graph(x, seed, false);
        iterate(x, t);
        check(x, t, &lost);
    }
    assert_true(lost > 10 * GRAPHS);
    test_free(x);
}

/* Without its conditions the fast engine says that it is not the one to ask. */
static void what_is_not_final(void **unused)
{
    (void)unused;
    struct graph *x = test_malloc(sizeof *x);
    graph(x, 3, true);
    assert_true(spread_is_final(&x->net, &x->s) && x->net.n_needs > 0);
    x->strike[0].level = 1;
    assert_false(spread_is_final(&x->net, &x->s));
    x->strike[0].level = 0;
    x->strike[0].lasts = 5;
    assert_false(spread_is_final(&x->net, &x->s));
    x->strike[0].lasts = TICK_NEVER;
    x->service[x->struck[0]].repair = at_once;
    assert_false(spread_is_final(&x->net, &x->s));
    x->service[x->struck[0]].repair = no_span;
    x->need[0].strength--;
    assert_false(spread_is_final(&x->net, &x->s));
    x->need[0].strength++;
    x->need[0].rule = NEED_SHARE;
    assert_false(spread_is_final(&x->net, &x->s));
    test_free(x);
}

/* ---- In the long run ---- */
enum { UNITS = 5, CONSUMER = UNITS };
struct plant { /* n units that fail and are repaired, and one service that needs k of them */
    struct net_service service[UNITS + 1];
    uint32_t need_at[UNITS + 2], supplier_at[2];
    struct net_need need;
    struct net_supplier supplier[UNITS];
    struct net net;
    struct scenario s;
};

static void plant(struct plant *x, uint32_t k, uint32_t n, tick up, tick down, tick buffer)
{
    *x = (struct plant){.need = {.k = k, .strength = LEVEL_FULL, .buffer = {buffer * HOUR, 0, SPAN_FIXED}}, .supplier_at = {0, n}};
    for (uint32_t i = 0; i <= n; i++)
        x->service[i] = (struct net_service){.weight = 1, .crew = NET_NONE, .profile = NET_NONE, .own = LEVEL_FULL, .verify = LEVEL_FULL, .fails = no_span,
                                             .repair = no_span};
    for (uint32_t i = 0; i < n; i++) {
        x->service[i].fails = (struct span){up * HOUR, 0, SPAN_EXPONENTIAL};
        if (down > 0) x->service[i].repair = (struct span){down * HOUR, 0, SPAN_EXPONENTIAL};
        x->supplier[i] = (struct net_supplier){.service = i, .weight = 1, .threshold = LEVEL_FULL};
    }
    x->need_at[n + 1] = 1;
    x->net = (struct net){.n_services = n + 1, .n_needs = 1, .n_suppliers = n, .n_sectors = 1, .service = x->service, .need_at = x->need_at,
                          .need = &x->need, .supplier_at = x->supplier_at, .supplier = x->supplier};
    x->s = (struct scenario){.until = 20000 * HOUR, .failures = true, .varied = true, .seed = 20261121};
}

/* The mean of n values lies within four standard errors of what is wanted (99.994 %), and four of them are less than `tight` of it. */
static void mean_is(const double *value, size_t n, double wanted, double tight)
{
    double sum = 0, squares = 0;
    for (size_t k = 0; k < n; k++) sum += value[k];
    for (size_t k = 0; k < n; k++) squares += (value[k] - sum / (double)n) * (value[k] - sum / (double)n);
    double four = 4 * sqrt(squares / (double)(n - 1) / (double)n);
    if (fabs(sum / (double)n - wanted) > four) fail_msg("%f, not %f within %f", sum / (double)n, wanted, four);
    if (four > tight * wanted) fail_msg("four standard errors are %f of %f", four, wanted);
}

static void unavailable(uint32_t k, uint32_t n, tick up, tick down, tick buffer, double wanted, double tight)
{
    enum { RUNS = 300 };
    struct plant x;
    plant(&x, k, n, up, down, buffer);
    assert_null(net_fault(&x.net));
    int64_t lost[RUNS * (UNITS + 1)];
    double share[RUNS];
    struct sampled to = {.runs = RUNS, .service_lost = lost};
    assert_true(spread_many(&x.net, &x.s, 2, &to, NULL, NULL));
    for (size_t r = 0; r < RUNS; r++) share[r] = (double)lost[r * (n + 1) + n] / LEVEL_FULL / x.s.until;
    mean_is(share, RUNS, wanted, tight);
}

static void availability_of_k_of_n(void **unused)
{
    (void)unused;
    unavailable(1, 2, 90, 10, 0, 1 - .99, .06);
    unavailable(2, 3, 90, 10, 0, 1 - .972, .05);
    unavailable(2, 4, 95, 5, 0, 1 - .99951875, .2);
    unavailable(3, 5, 90, 10, 0, 1 - .99144, .07);
}

static void behind_a_buffer(void **unused)
{
    (void)unused;
    unavailable(1, 1, 100, 10, 0, .090909091, .03);
    unavailable(1, 1, 100, 10, 4, .060938186, .03);
    unavailable(1, 1, 100, 10, 8, .040848088, .04);
    unavailable(1, 1, 100, 10, 24, .008247087, .09);
}

static void time_to_failure(void **unused)
{
    (void)unused;
    enum { RUNS = 40000 };
    static const struct { uint32_t k, n; double hours; } rows[] = {{2, 3, 83.3333}, {3, 5, 78.3333}};
    tick *impact = test_malloc(RUNS * (UNITS + 1) * sizeof *impact);
    double *hours = test_malloc(RUNS * sizeof *hours);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plant x;
        uint32_t n = rows[i].n;
        plant(&x, rows[i].k, n, 100, 0, 0);
        struct sampled to = {.runs = RUNS, .impact = impact};
        assert_true(spread_many(&x.net, &x.s, 2, &to, NULL, NULL));
        for (size_t r = 0; r < RUNS; r++) hours[r] = (double)impact[r * (n + 1) + n] / HOUR;
        mean_is(hours, RUNS, rows[i].hours, .02);
    }
    test_free(hours);
    test_free(impact);
}

/* ---- Threads ---- */
enum { SAMPLES = 150, SAMPLE_POINTS = 20 };
struct sample {
    uint16_t curve[SAMPLES * 3 * SAMPLE_POINTS], least[SAMPLES * 3];
    tick impact[SAMPLES * RANDOM_SERVICES], back_90[SAMPLES * 3], back_100[SAMPLES * 3];
    int64_t lost[RANDOM_SERVICES], impaired[RANDOM_SERVICES], service_lost[SAMPLES * RANDOM_SERVICES], sector_lost[SAMPLES * 3], total[SAMPLES];
};

static bool counts(void *to, uint32_t done, uint32_t of)
{
    assert_true(done <= of);
    ++*(uint32_t *)to;
    return true;
}

static bool enough(void *to, uint32_t done, uint32_t of)
{
    (void)to, (void)of;
    return done < SAMPLES / 2;
}

static void sample(const struct random_net *r, unsigned threads, struct sample *x)
{
    uint32_t told = 0;
    struct sampled to = {.runs = SAMPLES, .points = SAMPLE_POINTS, .every = 7, .curve = x->curve, .impact = x->impact, .lost = x->lost,
                         .impaired = x->impaired, .service_lost = x->service_lost, .sector_lost = x->sector_lost, .sector_least = x->least,
                         .sector_back_90 = x->back_90, .sector_back_100 = x->back_100, .total_lost = x->total};
    memset(x, 0, sizeof *x);
    assert_true(spread_many(&r->net, &r->s, threads, &to, counts, &told));
    if (threads == 1) assert_true(told > 0);
}

/* In place of the system's, which gives threads until it does not. */
enum { ALL_THREADS = 1000000 };
static int threads_left = ALL_THREADS;

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*does)(void *), void *with)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *found = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &found, sizeof real);
    return threads_left-- > 0 ? real(thread, how, does, with) : EAGAIN;
}

static void same_bytes_where_threads_are_refused(void **unused)
{
    (void)unused;
    struct random_net r;
    struct sample *one = test_malloc(sizeof *one), *more = test_malloc(sizeof *more);
    for (uint64_t seed = 0; seed < 20; seed++) {
        random_net(&r, seed);
        r.s.varied = true;
        sample(&r, 1, one);
        for (int given = 0; given < 3; given++) {
            threads_left = given;
            sample(&r, 5, more);
            assert_int_equal(threads_left, -1); /* asked once more than there were, and not again */
            assert_memory_equal(one, more, sizeof *one);
        }
        threads_left = ALL_THREADS;
    }
    test_free(more);
    test_free(one);
}

static void same_bytes_by_any_number_of_threads(void **unused)
{
    (void)unused;
    struct random_net r;
    struct sample *one = test_malloc(sizeof *one), *more = test_malloc(sizeof *more);
    for (uint64_t seed = 0; seed < 100; seed++) {
        random_net(&r, seed);
        r.s.varied = true;
        sample(&r, 1, one);
        for (unsigned threads = 2; threads <= 5; threads += 3) {
            sample(&r, threads, more);
            assert_memory_equal(one, more, sizeof *one);
        }
        struct arena *a = arena_new(0);
        int64_t lost[RANDOM_SERVICES];
        uint32_t run = (uint32_t)seed % SAMPLES;
        spread_run(a, &r.net, &r.s, run, &(struct outcome){.lost = lost});
        assert_memory_equal(lost, one->service_lost + run * r.net.n_services, r.net.n_services * sizeof *lost);
        arena_free(a);
    }
    struct sampled to = {.runs = 100000, .total_lost = test_malloc(100000 * sizeof(int64_t))};
    assert_false(spread_many(&r.net, &r.s, 2, &to, enough, NULL));
    test_free(to.total_lost);
    test_free(more);
    test_free(one);
}

/* ---- Random numbers ---- */
static void logarithms(void **unused)
{
    (void)unused;
    struct random_net r = {.state = 1};
    long double worst = 0;
    for (size_t k = 0; k < 300000; k++) {
        uint64_t bits = random_bits(&r) >> below(&r, 64);
        if (k < 64) bits = UINT64_C(1) << k;
        if (k == 64) bits = UINT64_MAX;
        long double is = (long double)chance_minus_ln(bits) / (1L << 56), wanted = 64 * logl(2) - logl((long double)(bits | 1));
        if (fabsl(is - wanted) > worst) worst = fabsl(is - wanted);
    }
    assert_true(worst < 1.0L / ((long long)1 << 45));
}

static void times_are_drawn_as_they_should(void **unused)
{
    (void)unused;
    enum { DRAWS = 40000 };
    static double value[DRAWS];
    const struct span exponential = {6000, 0, SPAN_EXPONENTIAL}, uniform = {10, 20, SPAN_UNIFORM}, longest = {TICK_MAX, 0, SPAN_EXPONENTIAL};
    for (uint32_t k = 0; k < DRAWS; k++) value[k] = chance_span((struct chance){7, k}, CHANCE_REPAIR, 3, 0, &exponential);
    mean_is(value, DRAWS, 6000, .03);
    for (uint32_t k = 0; k < DRAWS; k++) {
        tick t = chance_span((struct chance){7, 0}, CHANCE_REPAIR, k, 0, &uniform);
        assert_in_range(t, 10, 20);
        value[k] = t;
        assert_true(chance_span((struct chance){7, 0}, CHANCE_REPAIR, k, 0, &longest) <= TICK_MAX);
    }
    mean_is(value, DRAWS, 15, .01);
    for (uint32_t k = 0; k < DRAWS; k++) value[k] = chance_hit((struct chance){7, 0}, CHANCE_STRIKE, 0, k, 2500);
    mean_is(value, DRAWS, .25, .04);
    for (uint32_t k = 0; k < 100; k++) {
        assert_true(chance_hit((struct chance){k, k}, CHANCE_STRIKE, k, k, LEVEL_FULL));
        assert_false(chance_hit((struct chance){k, k}, CHANCE_STRIKE, k, k, 0));
    }
    /* Kept for ever: figures that were published are reckoned again. */
    assert_true(chance_bits((struct chance){1, 2}, CHANCE_REPAIR, 3, 4) == UINT64_C(3632586676529271902));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_loss_is_a_shortest_path),
        cmocka_unit_test(k_of_n_is_knuths_iteration),
        cmocka_unit_test(what_is_not_final),
        cmocka_unit_test(availability_of_k_of_n),
        cmocka_unit_test(behind_a_buffer),
        cmocka_unit_test(time_to_failure),
        cmocka_unit_test(same_bytes_by_any_number_of_threads),
        cmocka_unit_test(same_bytes_where_threads_are_refused),
        cmocka_unit_test(logarithms),
        cmocka_unit_test(times_are_drawn_as_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
