/* What is laid out before the first run, and what a run begins with. */
#include "cascade/spread_work.h"

enum { FAR = 1 << 15 }; /* needs that take some megabytes */

static const struct edge *edges(struct arena *a, const struct net *net, const uint32_t **edge_at)
{
    uint32_t *at = arena_array(a, (size_t)net->n_services + 2, sizeof *at);
    struct edge *edge = arena_array(a, net->n_suppliers, sizeof *edge);
    for (uint32_t r = 0; r < net->n_suppliers; r++) at[net->supplier[r].service + 2]++;
    for (uint32_t j = 0; j < net->n_services; j++) at[j + 1] += at[j];
    for (uint32_t g = 0; g < net->n_needs; g++)
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
            const struct net_supplier *s = &net->supplier[r];
            bool count = net->need[g].rule == NEED_COUNT;
            edge[at[s->service + 1]++] = (struct edge){g, r, s->delay, count ? s->threshold : s->weight | EDGE_SHARE};
        }
    *edge_at = at;
    return edge;
}

static bool *delayed(struct arena *a, const struct net *net)
{
    bool *some = arena_array(a, net->n_services, sizeof *some);
    for (uint32_t r = 0; r < net->n_suppliers; r++)
        if (net->supplier[r].delay > 0) some[net->supplier[r].service] = true;
    return some;
}

/* Numbers 0 … n - 1 in the order of times, equal times as they stand: a merge sort from below. */
typedef tick time_of(const struct scenario *, uint32_t);
static tick strike_time(const struct scenario *s, uint32_t k) { return s->strike[k].at; }
static tick notice_time(const struct scenario *s, uint32_t k) { return s->notice[k].at; }

static const uint32_t *by_time(struct arena *a, const struct scenario *s, size_t n, time_of *at)
{
    uint32_t *from = arena_array(a, n, sizeof *from), *to = arena_array(a, n, sizeof *to);
    for (size_t k = 0; k < n; k++) from[k] = (uint32_t)k;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * run) {
            size_t mid = lo + run < n ? lo + run : n, hi = mid + run < n ? mid + run : n, l = lo, r = mid;
            for (size_t k = lo; k < hi; k++)
                to[k] = l < mid && (r == hi || at(s, from[l]) <= at(s, from[r])) ? from[l++] : from[r++];
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static const uint32_t *crew_room(struct arena *a, const struct net *net)
{
    uint32_t *at = arena_array(a, (size_t)net->n_crews + 1, sizeof *at);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (net->service[i].crew != NET_NONE) at[net->service[i].crew + 1]++;
    for (uint32_t k = 0; k < net->n_crews; k++) at[k + 1] += at[k];
    return at;
}

/* Who made a need short that is so from the beginning: the smallest row that does not give all. */
static uint32_t short_from_the_beginning(const struct net *net, uint32_t g, const uint16_t *level)
{
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
        uint16_t enough = net->need[g].rule == NEED_COUNT ? net->supplier[r].threshold : LEVEL_FULL;
        if (level[net->supplier[r].service] < enough) return r;
    }
    return NET_NONE;
}

static bool can_hold(const struct span *buffer) { return buffer->kind == SPAN_UNIFORM ? buffer->high > 0 : buffer->low > 0; }

static void begin_services(struct spread_plan *p, const uint16_t *level, uint64_t *demand)
{
    struct service_state *s = p->service;
    for (uint32_t i = 0; i < p->net->n_services; i++) {
        const struct net_service *x = &p->net->service[i];
        s[i] = (struct service_state){.level = level[i], .own = x->own, .timed = LEVEL_FULL, .waits = LEVEL_FULL, .own_by = NET_NONE,
                                      .over = TICK_NEVER, .fails = TICK_NEVER, .knows = TICK_NEVER, .done = TICK_NEVER, .told = TICK_NEVER,
                                      .percent = 100, .least = level[i], .impact = level[i] < x->verify ? 0 : TICK_NEVER,
                                      .back = level[i] == LEVEL_FULL ? 0 : TICK_NEVER};
        demand[(size_t)x->sector * (p->net->n_profiles + 1) + (x->profile == NET_NONE ? p->net->n_profiles : x->profile)] += x->weight;
        p->black_start |= x->black_start;
        p->profiles |= x->profile != NET_NONE;
    }
}

static void begin_needs(struct spread_plan *p, const struct solution *x, uint32_t *lacking)
{
    struct need_state *n = p->need;
    for (uint32_t g = 0; g < p->net->n_needs; g++) {
        uint16_t supply = spread_supply(&p->net->need[g], x->sum[g]);
        n[g] = (struct need_state){.sum = x->sum[g], .empty = TICK_NEVER, .supply = supply, .felt = supply, .fell = NET_NONE,
                                   .idle = p->net->service[p->owner[g]].own == 0,
                                   .rose = NET_NONE, .short_by = NET_NONE};
        if (supply == LEVEL_FULL) continue;
        if (can_hold(&p->net->need[g].buffer)) n[g].felt = LEVEL_FULL;
        n[g].short_by = short_from_the_beginning(p->net, g, x->level);
        lacking[p->n_short++] = g;
    }
}

/* Levels before minute 0 are the greatest solution; what it is found with is given back. */
static void begin(struct arena *a, struct spread_plan *p)
{
    const struct net *net = p->net;
    uint64_t *demand = arena_array(a, (size_t)net->n_sectors * (net->n_profiles + 1), sizeof *demand);
    uint32_t *lacking = arena_array(a, net->n_needs, sizeof *lacking);
    p->service = arena_array(a, net->n_services, sizeof *p->service);
    p->need = arena_array(a, net->n_needs, sizeof *p->need);
    p->demand = demand;
    p->short_need = lacking;
    struct arena_mark mark = arena_mark(a);
    struct solution x;
    spread_solution_make(a, net, &x);
    bool *holds = arena_array(a, net->n_needs, sizeof *holds);
    for (uint32_t g = 0; g < net->n_needs; g++) holds[g] = can_hold(&net->need[g].buffer);
    for (uint32_t i = 0; i < net->n_services; i++) x.level[i] = net->service[i].own;
    spread_solve(p, &x, net->n_services == 0 ? NULL : &net->service[0].own, sizeof *net->service, holds, NULL);
    begin_services(p, x.level, demand);
    begin_needs(p, &x, lacking);
    arena_back(a, mark);
}

void spread_plan_make(struct arena *a, const struct net *net, const struct scenario *s, struct spread_plan *p)
{
    *p = (struct spread_plan){.net = net, .s = s, .owner = net_owners(a, net), .delayed = delayed(a, net), .crew_at = crew_room(a, net)};
    p->edge = edges(a, net, &p->edge_at);
    p->far = net->n_needs >= FAR;
    p->strike = by_time(a, s, s->n_strikes, strike_time);
    p->notice = by_time(a, s, s->n_notices, notice_time);
    begin(a, p);
}

static struct list list_of(struct arena *a, uint32_t n) { return (struct list){arena_array(a, n, sizeof(uint32_t)), 0}; }

struct spread_work *spread_work_make(struct arena *a, const struct spread_plan *p, bool once)
{
    const struct net *net = p->net;
    struct spread_work *w = arena_alloc(a, sizeof *w);
    *w = (struct spread_work){.a = a, .p = p, .queue.a = a};
    w->service = once ? p->service : arena_array(a, net->n_services, sizeof *w->service);
    w->need = once ? p->need : arena_array(a, net->n_needs, sizeof *w->need);
    size_t demands = (size_t)net->n_sectors * (net->n_profiles + 1);
    w->given = arena_array(a, demands, sizeof *w->given);
    w->given_first = arena_array(a, demands, sizeof *w->given_first);
    w->sector = arena_array(a, net->n_sectors, sizeof *w->sector);
    w->waiting = arena_array(a, p->crew_at[net->n_crews], sizeof *w->waiting);
    w->n_waiting = arena_array(a, net->n_crews, sizeof *w->n_waiting);
    w->n_free = arena_array(a, net->n_crews, sizeof *w->n_free);
    struct list *by_service[] = {&w->services, &w->instant, &w->wave_services, &w->looked, &w->after, &w->changed};
    for (size_t k = 0; k < sizeof by_service / sizeof *by_service; k++) *by_service[k] = list_of(a, net->n_services);
    w->needs = list_of(a, net->n_needs);
    w->instant_needs = list_of(a, net->n_needs);
    w->wave_needs = list_of(a, net->n_needs);
    w->sectors = list_of(a, net->n_sectors);
    if (!once && net->n_services > 0) memcpy(w->service, p->service, net->n_services * sizeof *w->service);
    if (!once && net->n_needs > 0) memcpy(w->need, p->need, net->n_needs * sizeof *w->need);
    for (uint32_t i = 0; i < net->n_services; i++)
        *spread_given(w, w->given_first, i) += (uint64_t)net->service[i].weight * p->service[i].level;
    return w;
}

static void put_back(struct spread_work *w)
{
    for (uint32_t k = 0; k < w->services.n; k++) w->service[w->services.of[k]] = w->p->service[w->services.of[k]];
    for (uint32_t k = 0; k < w->needs.n; k++) w->need[w->needs.of[k]] = w->p->need[w->needs.of[k]];
    w->services.n = w->needs.n = 0;
}

void spread_again(struct spread_work *w, uint32_t run, struct outcome *out)
{
    const struct spread_plan *p = w->p;
    w->chance = (struct chance){p->s->seed, run};
    w->out = out;
    out->n_steps = out->deadlocks = 0;
    if (out->steps_max > 0) out->step = NULL;
    w->steps_room = 0;
    w->now = w->waves = w->n_helped = 0;
    w->strikes = w->notices = 0;
    queue_clear(&w->queue);
    w->rose = w->lost_ground = false;
    put_back(w);
    for (uint32_t k = 0; k < p->net->n_crews; k++) {
        w->n_waiting[k] = 0;
        w->n_free[k] = p->net->crew[k].number;
    }
    w->hour = p->profiles ? HOUR - p->s->begins % HOUR : TICK_NEVER;
    spread_sectors(w);
    spread_lives(w);
}
