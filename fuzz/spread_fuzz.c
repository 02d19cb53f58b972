/* Bytes as a small network and scenario: what net_fault lets through runs to its end, levels and areas fit together, and where everything fails
 * for good the fast engine says the same. */
#include <stdlib.h>

#include "cascade/spread.h"
#include "fuzz.h"

enum { SERVICES = 12, NEEDS = 30, ROWS = 90, STRIKES = 5, NOTICES = 3, STEPS = 64, POINTS = 9 };

static void check(bool good)
{
    if (!good) abort();
}

struct bytes {
    const uint8_t *at;
    size_t left;
};
struct made {
    struct net net;
    struct net_service service[SERVICES];
    uint32_t need_at[SERVICES + 1], supplier_at[NEEDS + 1];
    struct net_need need[NEEDS];
    struct net_supplier supplier[ROWS];
    struct net_crew crew[2];
    struct net_profile profile[1];
    struct strike strike[STRIKES];
    uint32_t struck[STRIKES][SERVICES];
    struct notice notice[NOTICES];
    struct scenario s;
};

static uint32_t byte(struct bytes *b)
{
    if (b->left == 0) return 0;
    b->left--;
    return *b->at++;
}

static uint32_t below(struct bytes *b, uint32_t n) { return byte(b) % n; }

/* Mostly small; sometimes as long as may be, one more, or never. */
static tick time_of(struct bytes *b)
{
    uint32_t x = byte(b);
    if (x < 240) return x % 20;
    if (x < 246) return x * 5000;
    return x < 248 ? TICK_MAX : x < 254 ? TICK_NEVER : x == 254 ? TICK_MAX + 1 : TICK_MAX / 3;
}

static struct span span(struct bytes *b)
{
    tick low = time_of(b);
    uint32_t kind = byte(b);
    return (struct span){low, kind % 8 == 1 ? low + byte(b) : 0, (uint8_t)(kind % 8 == 1 ? SPAN_UNIFORM : kind % 8 == 2 ? SPAN_EXPONENTIAL : SPAN_FIXED)};
}

static uint16_t level(struct bytes *b)
{
    uint32_t x = byte(b);
    return (uint16_t)(x < 100 ? LEVEL_FULL : x < 200 ? 0 : (x - 200) * 200);
}

static void service(struct bytes *b, struct made *x, uint32_t i)
{
    struct net *n = &x->net;
    x->service[i] = (struct net_service){.sector = below(b, 3) == 2 ? 1 : 0, .weight = byte(b), .crew = below(b, 3) == 0 ? NET_NONE : below(b, 2),
                                         .profile = below(b, 2) == 0 ? NET_NONE : 0, .priority = (int32_t)byte(b) - 128, .own = level(b),
                                         .verify = level(b), .black_start = below(b, 2) == 1, .fails = span(b), .detect = span(b), .repair = span(b)};
    for (uint32_t k = below(b, 4); k > 0 && n->n_needs < NEEDS; k--) {
        struct net_need *g = &x->need[n->n_needs++];
        uint32_t suppliers = 1 + below(b, 4), k_of = byte(b);
        *g = (struct net_need){.k = k_of > 250 ? k_of : 1 + k_of % suppliers, .recharge = time_of(b), .buffer = span(b), .strength = level(b), .rule = (uint8_t)below(b, 2)};
        for (uint32_t j = suppliers; j > 0 && n->n_suppliers < ROWS; j--)
            x->supplier[n->n_suppliers++] = (struct net_supplier){.service = (i + 1 + below(b, n->n_services - (n->n_services > 1))) % n->n_services, .delay = below(b, 3) == 0 ? time_of(b) : 0,
                                                                  .weight = below(b, 5), .threshold = level(b), .type = (uint8_t)below(b, LINK_TYPES)};
        x->supplier_at[n->n_needs] = n->n_suppliers;
    }
    x->need_at[i + 1] = n->n_needs;
}

static void strike(struct bytes *b, struct made *x, uint32_t k)
{
    tick at = time_of(b), lasts = time_of(b);
    x->strike[k] = (struct strike){.at = at > TICK_MAX ? 0 : at, .service = x->struck[k], .cause = k, .repair_percent = byte(b) * 2, .level = level(b),
                                   .chance = below(b, 4) > 0 ? LEVEL_FULL : level(b), .together = below(b, 2) == 1, .empties = below(b, 3) == 1,
                                   .lasts = lasts > TICK_MAX ? TICK_NEVER : lasts};
    for (uint32_t i = 0; i < x->net.n_services; i++)
        if (below(b, 3) == 0) x->struck[k][x->strike[k].n++] = i;
}

static void make(struct bytes *b, struct made *x)
{
    *x = (struct made){.crew = {{1}, {2}}, .profile = {{{1, 2, 3}}}};
    x->net = (struct net){.n_services = 1 + below(b, SERVICES), .n_sectors = 2, .n_crews = 2, .n_profiles = 1, .service = x->service,
                          .need_at = x->need_at, .need = x->need, .supplier_at = x->supplier_at, .supplier = x->supplier, .crew = x->crew,
                          .profile = x->profile};
    x->s = (struct scenario){.strike = x->strike, .n_strikes = below(b, STRIKES + 1), .notice = x->notice, .n_notices = below(b, NOTICES + 1),
                             .until = below(b, 4) == 0 ? 600 : byte(b), .begins = byte(b) * 10, .order = (enum repair_order)below(b, ORDERS),
                             .failures = below(b, 3) == 0, .varied = below(b, 2) == 1, .seed = byte(b)};
    for (uint32_t i = 0; i < x->net.n_services; i++) service(b, x, i);
    for (uint32_t k = 0; k < x->s.n_strikes; k++) strike(b, x, k);
    for (uint32_t k = 0; k < x->s.n_notices; k++) x->notice[k] = (struct notice){.at = byte(b), .service = below(b, x->net.n_services), .detect = byte(b)};
}

static void services_fit(const struct made *x, const struct outcome *o)
{
    for (uint32_t i = 0; i < x->net.n_services; i++) {
        check(o->end[i] <= x->service[i].own && o->least[i] <= o->end[i]);
        check(o->lost[i] >= (int64_t)o->down[i] * LEVEL_FULL && o->lost[i] <= (int64_t)x->s.until * (LEVEL_FULL - o->least[i]));
        check(o->down[i] <= x->s.until && o->impaired[i] <= x->s.until);
        check(o->impact[i] == TICK_NEVER ? o->impaired[i] == 0 : o->impaired[i] <= x->s.until - o->impact[i]);
        check((o->back[i] == TICK_NEVER) == (o->end[i] < LEVEL_FULL));
        check(o->deadlock[i] <= o->deadlocks);
    }
    for (uint32_t k = 0; k < x->net.n_sectors; k++) check(o->sector_lost[k] <= (int64_t)x->s.until * (LEVEL_FULL - o->sector_least[k]));
    for (uint32_t k = 0; k < x->net.n_sectors * POINTS; k++) check(o->curve[k] <= LEVEL_FULL && o->curve[k] >= o->sector_least[k / POINTS]);
}

static void steps_fit(const struct made *x, const struct outcome *o)
{
    for (size_t k = 0; k < o->n_steps && k < STEPS; k++) {
        const struct step *s = &o->step[k], *before = k == 0 ? s : s - 1;
        check(s->at <= x->s.until && s->from != s->to && s->service < x->net.n_services);
        check(before->at < s->at || (before->at == s->at && (before->wave < s->wave || (before->wave == s->wave && before->service <= s->service))));
        check((s->why != STEP_NEED && s->why != STEP_MET) || s->by == NET_NONE || s->by < x->net.n_suppliers);
    }
}

static void runs(struct arena *a, const struct made *x)
{
    tick impact[SERVICES], back[SERVICES], down[SERVICES], impaired[SERVICES], first[SERVICES];
    int64_t lost[SERVICES], sector_lost[2];
    uint16_t least[SERVICES], end[SERVICES], sector_least[2], curve[2 * POINTS];
    uint32_t deadlock[SERVICES], by[SERVICES];
    struct outcome o = {.impact = impact, .back = back, .lost = lost, .down = down, .impaired = impaired, .least = least, .end = end,
                        .points = POINTS, .every = 13, .curve = curve, .sector_lost = sector_lost, .sector_least = sector_least,
                        .steps_max = STEPS, .deadlock = deadlock};
    spread_run(a, &x->net, &x->s, 1, &o);
    services_fit(x, &o);
    steps_fit(x, &o);
    if (!spread_is_final(&x->net, &x->s)) return;
    spread_final(a, &x->net, &x->s, first, by);
    for (uint32_t i = 0; i < x->net.n_services; i++) check(first[i] == impact[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct bytes b = {bytes, n};
    struct made x;
    make(&b, &x);
    struct arena *a = arena_new(0);
    if (net_fault(&x.net) == NULL) runs(a, &x);
    arena_free(a);
    return 0;
}
