/* Small random networks and scenarios with all there is: one a seed. */
#ifndef MEGURI_TEST_SPREAD_RANDOM_H
#define MEGURI_TEST_SPREAD_RANDOM_H

#include "cascade/spread.h"

enum { RANDOM_SERVICES = 10, RANDOM_NEEDS = 30, RANDOM_ROWS = 120, RANDOM_STRIKES = 6, RANDOM_NOTICES = 3, RANDOM_MINUTES = 150 };

struct random_net {
    uint64_t state;
    struct net net;
    struct net_service service[RANDOM_SERVICES];
    uint32_t need_at[RANDOM_SERVICES + 1], supplier_at[RANDOM_NEEDS + 1];
    struct net_need need[RANDOM_NEEDS];
    struct net_supplier supplier[RANDOM_ROWS];
    struct net_crew crew[2];
    struct net_profile profile[2];
    struct strike strike[RANDOM_STRIKES];
    uint32_t struck[RANDOM_STRIKES][RANDOM_SERVICES];
    struct notice notice[RANDOM_NOTICES];
    struct scenario s;
};

static uint64_t random_bits(struct random_net *r) /* splitmix64 */
{
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint32_t below(struct random_net *r, uint32_t n) { return (uint32_t)(random_bits(r) % n); }

static bool one_in(struct random_net *r, uint32_t n) { return below(r, n) == 0; }

static uint16_t some_level(struct random_net *r)
{
    static const uint16_t level[] = {0, 0, 0, 1, 2500, 4000, 5000, 7500, 9000, 9999};
    return level[below(r, sizeof level / sizeof *level)];
}

static struct span some_span(struct random_net *r, tick most)
{
    tick low = below(r, most + 1);
    enum span_kind kind = one_in(r, 3) ? SPAN_UNIFORM : one_in(r, 3) ? SPAN_EXPONENTIAL : SPAN_FIXED;
    return (struct span){low, low + below(r, most + 1), (uint8_t)kind};
}

static const struct span no_span = {TICK_NEVER, 0, SPAN_FIXED};

static struct net_service some_service(struct random_net *r, bool plain)
{
    return (struct net_service){.sector = below(r, r->net.n_sectors), .weight = below(r, 5), .crew = one_in(r, 3) ? NET_NONE : below(r, 2),
                                .profile = r->net.n_profiles == 0 || one_in(r, 2) ? NET_NONE : below(r, r->net.n_profiles),
                                .priority = (int32_t)below(r, 3) - 1,
                                .own = plain || !one_in(r, 15) ? LEVEL_FULL : some_level(r),
                                .verify = one_in(r, 2) ? LEVEL_FULL : some_level(r), .black_start = one_in(r, 4),
                                .fails = one_in(r, 2) ? no_span : some_span(r, 60), .detect = one_in(r, 8) ? no_span : some_span(r, 6),
                                .repair = one_in(r, 6) ? no_span : some_span(r, 20)};
}

static void some_suppliers(struct random_net *r, uint32_t owner, struct net_need *n, bool plain)
{
    uint32_t first = r->net.n_suppliers, others = r->net.n_services - 1, k = 1 + below(r, 3), sum = 0;
    for (uint32_t j = 0; j < k; j++) {
        uint32_t supplier = (owner + 1 + below(r, others)) % r->net.n_services;
        r->supplier[first + j] = (struct net_supplier){.service = supplier, .delay = one_in(r, 4) ? 1 + below(r, 6) : 0, .weight = below(r, 4),
                                                       .threshold = one_in(r, 3) ? (uint16_t)(1 + some_level(r)) : LEVEL_FULL};
        sum += r->supplier[first + j].weight;
    }
    r->net.n_suppliers += k;
    n->rule = one_in(r, plain ? 6 : 2) ? NEED_SHARE : NEED_COUNT;
    n->k = n->rule == NEED_COUNT ? 1 + below(r, k) : sum == 0 || one_in(r, 10) ? sum + 1 : 1 + below(r, sum);
}

static void some_needs(struct random_net *r, uint32_t owner, bool plain)
{
    for (uint32_t k = below(r, 4); k > 0 && r->net.n_services > 1; k--) {
        struct net_need *n = &r->need[r->net.n_needs++];
        *n = (struct net_need){.recharge = one_in(r, 2) ? 0 : below(r, 12), .strength = one_in(r, 3) ? (uint16_t)(1 + some_level(r)) : LEVEL_FULL};
        n->buffer = one_in(r, 2) ? some_span(r, 8) : (struct span){0, 0, SPAN_FIXED};
        some_suppliers(r, owner, n, plain);
        r->supplier_at[r->net.n_needs] = r->net.n_suppliers;
    }
    r->need_at[owner + 1] = r->net.n_needs;
}

static void some_strike(struct random_net *r, uint32_t k)
{
    struct strike *x = &r->strike[k];
    *x = (struct strike){.at = below(r, 40), .service = r->struck[k], .cause = 100 + k, .repair_percent = one_in(r, 2) ? 100 : below(r, 300),
                         .level = some_level(r), .chance = one_in(r, 3) ? (uint16_t)below(r, LEVEL_FULL + 1) : LEVEL_FULL,
                         .together = one_in(r, 2), .empties = one_in(r, 4), .lasts = one_in(r, 2) ? below(r, 30) : TICK_NEVER};
    for (uint32_t i = 0; i < r->net.n_services; i++)
        if (one_in(r, 3)) r->struck[k][x->n++] = i;
}

static void some_scenario(struct random_net *r)
{
    r->s = (struct scenario){.strike = r->strike, .n_strikes = 1 + below(r, RANDOM_STRIKES), .notice = r->notice, .n_notices = below(r, RANDOM_NOTICES + 1),
                             .until = below(r, RANDOM_MINUTES), .begins = below(r, 3000), .order = (enum repair_order)below(r, ORDERS),
                             .failures = one_in(r, 3), .varied = one_in(r, 2), .seed = random_bits(r)};
    for (uint32_t k = 0; k < r->s.n_strikes; k++) some_strike(r, k);
    for (uint32_t k = 0; k < r->s.n_notices; k++)
        r->notice[k] = (struct notice){.at = below(r, 50), .service = below(r, r->net.n_services), .detect = below(r, 5)};
}

static void random_net(struct random_net *r, uint64_t seed)
{
    *r = (struct random_net){.state = seed};
    bool plain = one_in(r, 2); /* less that is partial, so that what happens does not fade away */
    r->net = (struct net){.n_services = 1 + below(r, RANDOM_SERVICES), .n_sectors = 1 + below(r, 3), .n_crews = 2, .n_profiles = below(r, 3),
                          .service = r->service, .need_at = r->need_at, .need = r->need, .supplier_at = r->supplier_at, .supplier = r->supplier,
                          .crew = r->crew, .profile = r->profile};
    for (size_t k = 0; k < 2; k++) r->crew[k].number = 1 + below(r, 2);
    for (size_t k = 0; k < 2; k++)
        for (size_t h = 0; h < 24; h++) r->profile[k].hour[h] = (uint16_t)(one_in(r, 3) ? h == 0 : below(r, 100) + (h == 0));
    for (uint32_t i = 0; i < r->net.n_services; i++) {
        r->service[i] = some_service(r, plain);
        some_needs(r, i, plain);
    }
    some_scenario(r);
}

#endif
