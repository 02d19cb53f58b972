/* Reach: groups, dependants, losses for good and circles that never restart, each against its definition on random networks. */
#include "arena_kit.h"

#include "cascade/reach.h"
#include "cascade/spread.h"

static uint64_t state;

static uint32_t below(uint32_t n) /* splitmix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return (uint32_t)((z ^ z >> 31) % n);
}

/* ---- networks ---- */

enum { SERVICES = 40, NEEDS = 4 * SERVICES, ROWS = 6 * NEEDS, SECTORS = 3 };
struct made {
    struct net net;
    struct net_service service[SERVICES];
    uint32_t need_at[SERVICES + 1], supplier_at[NEEDS + 1];
    struct net_need need[NEEDS];
    struct net_supplier supplier[ROWS];
};

static void begin(struct made *m, uint32_t services)
{
    *m = (struct made){.net = {.n_services = services, .n_sectors = SECTORS}};
    m->net.service = m->service;
    m->net.need_at = m->need_at;
    m->net.need = m->need;
    m->net.supplier_at = m->supplier_at;
    m->net.supplier = m->supplier;
    for (uint32_t i = 0; i < services; i++) {
        m->service[i] = (struct net_service){.weight = 1, .own = LEVEL_FULL, .verify = LEVEL_FULL, .crew = NET_NONE, .profile = NET_NONE};
        m->service[i].fails = m->service[i].repair = (struct span){TICK_NEVER, TICK_NEVER, SPAN_FIXED};
    }
}

/* Needs come in the order of their services, suppliers in that of their needs. */
static struct net_need *add_need(struct made *m, uint32_t service, uint8_t rule, uint32_t k)
{
    struct net_need *need = &m->need[m->net.n_needs++];
    *need = (struct net_need){.k = k, .strength = LEVEL_FULL, .rule = rule};
    for (uint32_t i = service + 1; i <= m->net.n_services; i++) m->need_at[i] = m->net.n_needs;
    m->supplier_at[m->net.n_needs] = m->net.n_suppliers;
    return need;
}

static struct net_supplier *add_supplier(struct made *m, uint32_t service)
{
    struct net_supplier *row = &m->supplier[m->net.n_suppliers++];
    *row = (struct net_supplier){.service = service, .weight = 1, .threshold = LEVEL_FULL};
    m->supplier_at[m->net.n_needs] = m->net.n_suppliers;
    return row;
}

static void need_one(struct made *m, uint32_t service, uint32_t supplier)
{
    add_need(m, service, NEED_COUNT, 1);
    add_supplier(m, supplier);
}

static uint32_t other_than(uint32_t i, uint32_t n) { return (i + 1 + below(n - 1)) % n; }

static void random_need(struct made *m, uint32_t service, uint32_t services)
{
    static const uint16_t thresholds[] = {1, 5000, 7000, LEVEL_FULL, LEVEL_FULL, LEVEL_FULL};
    uint32_t n = 1 + below(5), all = 0;
    struct net_need *need = add_need(m, service, below(3) ? NEED_COUNT : NEED_SHARE, 1);
    if (below(8) == 0) need->strength = (uint16_t)below(LEVEL_FULL + 1);
    if (below(4) == 0) need->buffer = (struct span){60, 60, SPAN_FIXED};
    for (uint32_t r = 0; r < n; r++) {
        struct net_supplier *row = add_supplier(m, other_than(service, services));
        row->threshold = thresholds[below(6)];
        if (need->rule == NEED_SHARE) row->weight = below(3) ? 10 : 1 + below(30);
        all += row->weight;
    }
    need->k = 1 + below(all);
    if (need->rule == NEED_COUNT && below(2)) need->k = n;
}

static void random_network(struct made *m, uint32_t services, uint32_t needs_each)
{
    begin(m, services);
    for (uint32_t i = 0; i < services; i++) {
        m->service[i].weight = below(5) ? below(4) : below(1000000);
        m->service[i].sector = below(SECTORS);
        m->service[i].black_start = below(12) == 0;
        if (below(10) == 0) m->service[i].own = (uint16_t)below(LEVEL_FULL + 1);
        for (uint32_t g = below(needs_each + 1); g > 0; g--) random_need(m, i, services);
    }
}

/* Who depends on whom over any number of links (Warshall); each on itself. */
static void closure(const struct made *m, bool reaches[SERVICES][SERVICES])
{
    uint32_t n = m->net.n_services;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++) reaches[i][j] = i == j;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t r = m->supplier_at[m->need_at[i]]; r < m->supplier_at[m->need_at[i + 1]]; r++) reaches[i][m->supplier[r].service] = true;
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < n; j++) reaches[i][j] |= reaches[i][k] && reaches[k][j];
}

/* ---- groups and counts ---- */

static void groups_are_those_of_the_closure(void **unused)
{
    (void)unused;
    static struct made m;
    static bool reaches[SERVICES][SERVICES];
    for (uint64_t seed = 1; seed <= 400; seed++) {
        state = seed;
        random_network(&m, 2 + below(SERVICES - 1), 1 + below(2));
        closure(&m, reaches);
        uint32_t group[SERVICES], n = reach_groups(a, &m.net, group);
        bool there[SERVICES] = {false};
        for (uint32_t i = 0; i < m.net.n_services; i++) {
            assert_true(group[i] < n);
            there[group[i]] = true;
            for (uint32_t j = 0; j < m.net.n_services; j++) {
                assert_int_equal(group[i] == group[j], reaches[i][j] && reaches[j][i]);
                if (reaches[i][j]) assert_true(group[j] <= group[i]); /* suppliers first */
            }
        }
        for (uint32_t g = 0; g < n; g++) assert_true(there[g]);
    }
}

static void dependants_are_those_of_the_closure(void **unused)
{
    (void)unused;
    static struct made m;
    static bool reaches[SERVICES][SERVICES];
    for (uint64_t seed = 1; seed <= 400; seed++) {
        state = seed;
        random_network(&m, 2 + below(SERVICES - 1), 2);
        closure(&m, reaches);
        uint32_t direct[SERVICES], transitive[SERVICES], alone[SERVICES];
        reach_counts(a, &m.net, direct, transitive);
        reach_counts(a, &m.net, alone, NULL);
        for (uint32_t j = 0; j < m.net.n_services; j++) {
            uint32_t want_direct = 0, want = 0;
            for (uint32_t i = 0; i < m.net.n_services; i++) {
                bool named = false;
                for (uint32_t r = m.supplier_at[m.need_at[i]]; r < m.supplier_at[m.need_at[i + 1]]; r++) named |= m.supplier[r].service == j;
                want_direct += named;
                want += i != j && reaches[i][j];
            }
            assert_int_equal(direct[j], want_direct);
            assert_int_equal(alone[j], want_direct);
            assert_int_equal(transitive[j], want);
        }
    }
}

/* A chain and a circle longer than the slice of 512, and deeper than a stack of calls would like. */
static void long_chains_and_circles_are_counted(void **unused)
{
    (void)unused;
    enum { N = 200000 };
    struct net net = {.n_services = N, .n_sectors = 1, .n_suppliers = N - 1, .n_needs = N - 1};
    struct net_service *service = arena_array(a, N, sizeof *service);
    uint32_t *need_at = arena_array(a, N + 1, sizeof *need_at), *supplier_at = arena_array(a, N + 1, sizeof *supplier_at);
    struct net_need *need = arena_array(a, N, sizeof *need);
    struct net_supplier *row = arena_array(a, N, sizeof *row);
    for (uint32_t i = 0; i < N; i++) { /* i needs i - 1 */
        need_at[i + 1] = i;
        supplier_at[i] = i;
        need[i] = (struct net_need){.k = 1, .strength = LEVEL_FULL};
        row[i] = (struct net_supplier){.service = i, .threshold = LEVEL_FULL};
        service[i] = (struct net_service){.own = LEVEL_FULL, .weight = 1};
    }
    supplier_at[N] = N;
    net.service = service, net.need_at = need_at, net.need = need, net.supplier_at = supplier_at, net.supplier = row;
    uint32_t *group = arena_array(a, N, sizeof *group), *steps = arena_array(a, N, sizeof *steps), begins = 5;
    assert_int_equal(reach_groups(a, &net, group), N);
    for (uint32_t i = 0; i < N; i++) assert_int_equal(group[i], i);
    reach_from(a, &net, &begins, 1, steps);
    assert_int_equal(steps[4], NET_NONE);
    for (uint32_t i = begins; i < N; i++) assert_int_equal(steps[i], i - begins);
    net.n_services = 3000; /* counts go with the square of a chain */
    net.n_needs = net.n_suppliers = 2999;
    uint32_t *direct = arena_array(a, N, sizeof *direct), *transitive = arena_array(a, N, sizeof *transitive);
    reach_counts(a, &net, direct, transitive);
    for (uint32_t i = 0; i < 3000; i++) {
        assert_int_equal(direct[i], i < 2999);
        assert_int_equal(transitive[i], 2999 - i);
    }
}

static void steps_are_links_away(void **unused)
{
    (void)unused;
    static struct made m;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        state = seed;
        random_network(&m, 2 + below(SERVICES - 1), 1);
        uint32_t n = m.net.n_services, from[2] = {below(n), below(n)}, steps[SERVICES], want[SERVICES];
        reach_from(a, &m.net, from, 2, steps);
        for (uint32_t i = 0; i < n; i++) want[i] = i == from[0] || i == from[1] ? 0 : NET_NONE;
        for (uint32_t round = 0; round < n; round++)
            for (uint32_t i = 0; i < n; i++)
                for (uint32_t r = m.supplier_at[m.need_at[i]]; r < m.supplier_at[m.need_at[i + 1]]; r++)
                    if (want[m.supplier[r].service] == round && want[i] == NET_NONE) want[i] = round + 1;
        for (uint32_t i = 0; i < n; i++) assert_int_equal(steps[i], want[i]);
    }
}

/* ---- losses ---- */

static void same_as_plainly(const struct made *m, const struct reach_sets *sets, unsigned threads)
{
    uint32_t n = m->net.n_services, *lost = arena_array(a, sets->n, sizeof *lost), lost_to[SERVICES], want_to[SERVICES] = {0};
    uint64_t *weight = arena_array(a, sets->n * SECTORS, sizeof *weight);
    reach_losses(a, &m->net, sets, threads, lost, weight, lost_to);
    for (size_t s = 0; s < sets->n; s++) {
        bool bit[SERVICES], in[SERVICES] = {false};
        uint64_t want[SECTORS] = {0};
        assert_int_equal(lost[s], reach_lost_plainly(a, &m->net, sets->service + sets->at_set[s], sets->at_set[s + 1] - sets->at_set[s], bit));
        for (uint32_t e = sets->at_set[s]; e < sets->at_set[s + 1]; e++) in[sets->service[e]] = true;
        for (uint32_t i = 0; i < n; i++) {
            if (bit[i]) want[m->service[i].sector] += m->service[i].weight;
            want_to[i] += bit[i] && !in[i];
        }
        for (uint32_t x = 0; x < SECTORS; x++) assert_true(weight[s * SECTORS + x] == want[x]);
    }
    for (uint32_t i = 0; i < n; i++) assert_int_equal(lost_to[i], want_to[i]);
}

static struct reach_sets random_sets(const struct made *m, size_t n)
{
    uint32_t *at = arena_array(a, n + 1, sizeof *at), *service = arena_array(a, 3 * n, sizeof *service);
    for (size_t s = 0; s < n; s++) {
        at[s + 1] = at[s] + below(4); /* none, one, two, three; the same may be named twice */
        for (uint32_t e = at[s]; e < at[s + 1]; e++) service[e] = below(m->net.n_services);
    }
    return (struct reach_sets){at, service, n};
}

static void losses_are_the_definition_on_thousands_of_networks(void **unused)
{
    (void)unused;
    static struct made m;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        state = seed;
        struct arena_mark mark = arena_mark(a);
        random_network(&m, 2 + below(SERVICES - 1), 1 + below(4));
        struct reach_sets sets = random_sets(&m, below(20) ? 1 + below(60) : 1000 + below(600));
        same_as_plainly(&m, &sets, 1 + below(3));
        arena_back(a, mark);
    }
}

static void losses_are_the_same_with_any_number_of_threads(void **unused)
{
    (void)unused;
    static struct made m;
    state = 77;
    random_network(&m, SERVICES, 3);
    struct reach_sets sets = random_sets(&m, 20000);
    uint32_t *lost[3], *to[3];
    uint64_t *weight[3];
    for (unsigned t = 0; t < 3; t++) {
        lost[t] = arena_array(a, sets.n, sizeof *lost[t]);
        to[t] = arena_array(a, SERVICES, sizeof *to[t]);
        weight[t] = arena_array(a, sets.n * SECTORS, sizeof *weight[t]);
        reach_losses(a, &m.net, &sets, 1 + 3 * t, lost[t], weight[t], to[t]);
        assert_memory_equal(lost[t], lost[0], sets.n * sizeof *lost[t]);
        assert_memory_equal(to[t], to[0], SERVICES * sizeof *to[t]);
        assert_memory_equal(weight[t], weight[0], sets.n * SECTORS * sizeof *weight[t]);
    }
    uint32_t *alone = arena_array(a, sets.n, sizeof *alone);
    reach_losses(a, &m.net, &sets, 2, alone, NULL, NULL);
    assert_memory_equal(alone, lost[0], sets.n * sizeof *alone);
}

/* Thousands of nodes, each out in turn: bitmaps of many words, sums of many planes. Every 37th is compared. */
static void each_out_in_turn_of_a_large_network(void **unused)
{
    (void)unused;
    enum { N = 5000, SUPPLIERS = 4 };
    struct net net = {.n_services = N, .n_needs = N, .n_sectors = SECTORS};
    struct net_service *service = arena_array(a, N, sizeof *service);
    uint32_t *need_at = arena_array(a, N + 1, sizeof *need_at), *supplier_at = arena_array(a, N + 1, sizeof *supplier_at);
    struct net_need *need = arena_array(a, N, sizeof *need);
    struct net_supplier *row = arena_array(a, SUPPLIERS * N, sizeof *row);
    net.service = service, net.need_at = need_at, net.need = need, net.supplier_at = supplier_at, net.supplier = row;
    state = 5;
    for (uint32_t i = 0; i < N; i++) {
        need[i] = (struct net_need){.k = 4 - (below(4) == 0), .strength = LEVEL_FULL, .rule = below(2) ? NEED_COUNT : NEED_SHARE};
        service[i] = (struct net_service){.own = LEVEL_FULL, .weight = below(1000000), .sector = below(SECTORS)};
        for (uint32_t r = 0; r < SUPPLIERS && i > SUPPLIERS; r++) /* near ones before it, sometimes one far behind */
            row[net.n_suppliers++] = (struct net_supplier){below(50) ? i - 1 - below(SUPPLIERS) : (i + 1 + below(100)) % N, 0, 1, LEVEL_FULL, 0};
        if (i <= SUPPLIERS) need[i].k = 0;
        need_at[i + 1] = i + 1;
        supplier_at[i + 1] = net.n_suppliers;
    }
    uint32_t *at = arena_array(a, N + 1, sizeof *at), *out = arena_array(a, N, sizeof *out), *lost = arena_array(a, N, sizeof *lost);
    for (uint32_t i = 0; i < N; i++) at[i + 1] = (out[i] = i) + 1;
    uint64_t *weight = arena_array(a, N * SECTORS, sizeof *weight), all = 0;
    bool *bit = arena_array(a, N, sizeof *bit);
    reach_losses(a, &net, &(struct reach_sets){at, out, N}, 2, lost, weight, NULL);
    for (uint32_t s = 0; s < N; s += 37) {
        uint64_t want[SECTORS] = {0};
        assert_int_equal(lost[s], reach_lost_plainly(a, &net, &s, 1, bit));
        for (uint32_t i = 0; i < N; i++) want[service[i].sector] += bit[i] ? service[i].weight : 0;
        for (uint32_t x = 0; x < SECTORS; x++) assert_true(weight[s * SECTORS + x] == want[x]);
        all += lost[s];
    }
    assert_true(all > 100 * N / 37);
}

/* E feeds T and F; H needs two of A, B, C; W needs a sum of 20 of E (10), A (10), B (10). */
static void a_network_by_hand(void **unused)
{
    (void)unused;
    enum { E, T, F, A, B, C, H, W, ALL };
    static struct made m;
    begin(&m, ALL);
    need_one(&m, T, E);
    need_one(&m, F, T);
    add_need(&m, H, NEED_COUNT, 2);
    for (uint32_t i = A; i <= C; i++) add_supplier(&m, i);
    add_need(&m, W, NEED_SHARE, 20);
    add_supplier(&m, E)->weight = 10;
    add_supplier(&m, A)->weight = 10;
    add_supplier(&m, B)->weight = 10;
    static const uint32_t at[] = {0, 0, 1, 2, 4, 6}, service[] = {E, A, A, B, E, A};
    struct reach_sets sets = {at, service, 5};
    uint32_t lost[5], lost_to[ALL];
    reach_losses(a, &m.net, &sets, 1, lost, NULL, lost_to);
    static const uint32_t want[] = {0, 3, 1, 4, 5}; /* none; E T F; A; A B H W; E A T F W */
    for (int s = 0; s < 5; s++) assert_int_equal(lost[s], want[s]);
    static const uint32_t want_to[ALL] = {0, 2, 2, 0, 0, 0, 1, 2};
    for (uint32_t i = 0; i < ALL; i++) assert_int_equal(lost_to[i], want_to[i]);
}

/* ---- circles ---- */

static uint16_t level_by_definition(const struct made *m, uint32_t i, bool stored, const uint16_t *level)
{
    uint64_t least = (uint64_t)LEVEL_FULL * LEVEL_FULL, own = m->service[i].own ? m->service[i].own : LEVEL_FULL;
    for (uint32_t g = m->need_at[i]; g < m->need_at[i + 1]; g++) {
        uint64_t sum = 0, x = 0, count = 0;
        for (uint32_t r = m->supplier_at[g]; r < m->supplier_at[g + 1]; r++) {
            count += level[m->supplier[r].service] >= m->supplier[r].threshold;
            sum += (uint64_t)m->supplier[r].weight * level[m->supplier[r].service];
        }
        if (m->need[g].rule == NEED_COUNT) x = count >= m->need[g].k ? LEVEL_FULL : 0;
        else x = sum / m->need[g].k < LEVEL_FULL ? sum / m->need[g].k : LEVEL_FULL;
        if (stored && m->need[g].buffer.low > 0) x = LEVEL_FULL;
        uint64_t here = (uint64_t)LEVEL_FULL * LEVEL_FULL - m->need[g].strength * (LEVEL_FULL - x);
        if (here < least) least = here;
    }
    return (uint16_t)(own * least / ((uint64_t)LEVEL_FULL * LEVEL_FULL));
}

/* Each member depends on each through members alone. */
static bool hangs_together(const struct made *m, uint32_t set)
{
    uint32_t n = m->net.n_services, first = (uint32_t)__builtin_ctz(set), down = 1U << first, up = down;
    for (uint32_t round = 0; round < n; round++) {
        for (uint32_t i = 0; i < n; i++) {
            for (uint32_t r = m->supplier_at[m->need_at[i]]; r < m->supplier_at[m->need_at[i + 1]] && set >> i & 1; r++) {
                uint32_t j = m->supplier[r].service;
                if (set >> j & 1 && up >> i & 1) up |= 1U << j;
                if (set >> j & 1 && down >> j & 1) down |= 1U << i;
            }
        }
    }
    return up == set && down == set;
}

static bool nobody_begins(const struct made *m, uint32_t set, bool stored, const uint16_t *could)
{
    uint16_t level[SERVICES];
    for (uint32_t i = 0; i < m->net.n_services; i++) level[i] = set >> i & 1 ? 0 : could[i];
    for (uint32_t i = 0; i < m->net.n_services; i++) {
        if (!(set >> i & 1)) continue;
        if (could[i] == 0 || m->service[i].black_start || level_by_definition(m, i, stored, level) > 0) return false;
    }
    return true;
}

static void circles_are_the_definition(void **unused)
{
    (void)unused;
    static struct made m;
    uint32_t seen = 0, seen_stored = 0, several = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        state = seed;
        bool stored = below(2);
        uint32_t n = 2 + below(8), circle[SERVICES], kept = 0;
        random_network(&m, n, 2);
        uint32_t circles = reach_stuck(a, &m.net, stored, circle);
        uint16_t could[SERVICES];
        for (uint32_t i = 0; i < n; i++) could[i] = m.service[i].own ? m.service[i].own : LEVEL_FULL;
        for (bool more = true; more;) {
            more = false;
            for (uint32_t i = 0; i < n; i++) {
                uint16_t level = level_by_definition(&m, i, stored, could);
                more |= level < could[i];
                if (level < could[i]) could[i] = level;
            }
        }
        for (uint32_t set = 1; set < 1U << n; set++) {
            uint32_t members = (uint32_t)__builtin_popcount(set), first = circle[__builtin_ctz(set)], of_it = 0;
            if (members < 2 || !hangs_together(&m, set) || !nobody_begins(&m, set, stored, could)) continue;
            for (uint32_t i = 0; i < n; i++) {
                if (set >> i & 1) assert_int_equal(circle[i], first);
                of_it += circle[i] == first;
            }
            assert_true(first > 0 && first <= circles);
            kept += of_it == members; /* the circle itself is such a set */
        }
        assert_int_equal(kept, circles);
        seen += circles > 0 && !stored;
        seen_stored += circles > 0 && stored;
        several += circles > 1;
    }
    assert_true(seen > 100 && seen_stored > 50 && several > 0);
}

/* Case 4 of mutual need: P needs T, T needs P. */
static void mutual_need_is_stuck_without_buffer_or_black_start(void **unused)
{
    (void)unused;
    enum { P, T, D };
    static struct made m;
    uint32_t circle[3];
    begin(&m, 3);
    need_one(&m, P, T);
    need_one(&m, T, P);
    need_one(&m, D, T); /* hangs on it, and is in no circle */
    assert_int_equal(reach_stuck(a, &m.net, false, circle), 1);
    assert_int_equal(circle[P], 1);
    assert_int_equal(circle[T], 1);
    assert_int_equal(circle[D], 0);
    m.need[1].buffer = (struct span){120, 120, SPAN_FIXED};
    assert_int_equal(reach_stuck(a, &m.net, false, circle), 1);
    assert_int_equal(reach_stuck(a, &m.net, true, circle), 0);
    m.service[P].black_start = true;
    assert_int_equal(reach_stuck(a, &m.net, false, circle), 0);
}

/* What is promised to come back does so in a run: everything struck for an hour, buffers emptied; and what is not, does not. */
static void what_comes_back_does_so_in_a_run(void **unused)
{
    (void)unused;
    static struct made m;
    uint32_t wholly = 0, in_part = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        state = seed;
        uint32_t n = 2 + below(8), all[SERVICES];
        bool back[SERVICES];
        uint16_t end[SERVICES], could[SERVICES];
        random_network(&m, n, 2);
        for (uint32_t i = 0; i < n; i++) {
            all[i] = i;
            m.service[i].own = LEVEL_FULL;
        }
        struct scenario calm = {.until = HOUR}, s = {.until = 1000 * HOUR};
        struct strike k = {.service = all, .n = n, .chance = 10000, .repair_percent = 100, .lasts = HOUR, .empties = true};
        for (uint32_t g = 0; g < m.net.n_needs; g++) m.need[g].buffer = (struct span){0, 0, SPAN_FIXED};
        spread_run(a, &m.net, &calm, 0, &(struct outcome){.end = could});
        s.strike = &k;
        s.n_strikes = 1;
        spread_run(a, &m.net, &s, 0, &(struct outcome){.end = end});
        uint32_t not = reach_back(a, &m.net, false, NULL, 0, back);
        for (uint32_t i = 0; i < n; i++) {
            assert_int_equal(back[i], end[i] == could[i]);
            not -= !back[i];
            wholly += back[i] && could[i] > 0;
            in_part += !back[i] && end[i] > 0;
        }
        assert_int_equal(not, 0);
    }
    assert_true(wholly > 1000 && in_part > 10);
}

/* A comes back with half of it by itself, and the other half over B; B wants all of A. In no circle that is down as a whole, and yet not back. */
static void who_comes_back_in_part_holds_others_down(void **unused)
{
    (void)unused;
    enum { A, B };
    static struct made m;
    uint32_t circle[2], of[] = {7, 7};
    bool back[2];
    begin(&m, 2);
    need_one(&m, A, B);
    need_one(&m, B, A);
    m.need[0].strength = LEVEL_FULL / 2;
    assert_int_equal(reach_stuck(a, &m.net, false, circle), 0);
    assert_int_equal(reach_back(a, &m.net, false, of, 7, back), 2);
    m.service[B].black_start = true;
    assert_int_equal(reach_back(a, &m.net, false, of, 7, back), 0);
    assert_true(back[A] && back[B]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(groups_are_those_of_the_closure),
        TEST(dependants_are_those_of_the_closure),
        TEST(long_chains_and_circles_are_counted),
        TEST(steps_are_links_away),
        TEST(losses_are_the_definition_on_thousands_of_networks),
        TEST(losses_are_the_same_with_any_number_of_threads),
        TEST(each_out_in_turn_of_a_large_network),
        TEST(a_network_by_hand),
        TEST(circles_are_the_definition),
        TEST(mutual_need_is_stuck_without_buffer_or_black_start),
        TEST(what_comes_back_does_so_in_a_run),
        TEST(who_comes_back_in_part_holds_others_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
