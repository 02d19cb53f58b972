/* A run is told by its log alone: the levels of services are played through it, and with them the sums of their sectors. */
#include "depend/table_after.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide; /* weights times levels times demand leave 64 bits */
enum { EVEN_DEMAND = 1000000 };

/* A sector's services with demand p of the day stand in slot p, those with even demand in the last one. */
struct sums {
    const struct net *net;
    uint32_t slots;
    uint64_t *weight, *level; /* [sectors × slots]: Σ w and Σ w·L */
    bool *daily;              /* [sectors]: some of its demand goes with the hour */
};

static size_t slot_of(const struct sums *s, const struct net_service *v)
{
    uint32_t p = v->profile == NET_NONE ? s->slots - 1 : v->profile;
    return (size_t)v->sector * s->slots + p;
}

static struct sums *sums_of(struct arena *a, const struct net *net, const uint16_t *level)
{
    struct sums *s = arena_alloc(a, sizeof *s);
    *s = (struct sums){.net = net, .slots = net->n_profiles + 1};
    size_t n = (size_t)net->n_sectors * s->slots;
    s->weight = arena_array(a, n, sizeof *s->weight);
    s->level = arena_array(a, n, sizeof *s->level);
    s->daily = arena_array(a, net->n_sectors, sizeof *s->daily);
    for (uint32_t i = 0; i < net->n_services; i++) {
        const struct net_service *v = &net->service[i];
        size_t at = slot_of(s, v);
        s->weight[at] += v->weight;
        s->level[at] += (uint64_t)v->weight * level[i];
        if (v->profile != NET_NONE) s->daily[v->sector] = true;
    }
    return s;
}

/* In millionths of its mean over the day, as spread_run reckons. */
static uint64_t demand(const struct net *net, uint32_t profile, uint32_t minute_of_day)
{
    uint64_t day = 0;
    if (profile == net->n_profiles) return EVEN_DEMAND;
    for (size_t h = 0; h < 24; h++) day += net->profile[profile].hour[h];
    return (uint64_t)net->profile[profile].hour[minute_of_day / HOUR % 24] * 24 * EVEN_DEMAND / day;
}

static uint16_t sector_level(const struct sums *s, uint32_t sector, uint32_t minute_of_day)
{
    wide given = 0, all = 0;
    for (uint32_t p = 0; p < s->slots; p++) {
        size_t at = (size_t)sector * s->slots + p;
        if (s->weight[at] == 0) continue;
        uint64_t now = demand(s->net, p, minute_of_day);
        given += (wide)s->level[at] * now;
        all += (wide)s->weight[at] * now;
    }
    return all == 0 ? LEVEL_FULL : (uint16_t)(given / all);
}

static void change(struct sums *s, uint32_t service, uint16_t from, uint16_t to)
{
    const struct net_service *v = &s->net->service[service];
    size_t at = slot_of(s, v);
    s->level[at] = s->level[at] - (uint64_t)v->weight * from + (uint64_t)v->weight * to;
}

/* ---- through the log ---- */

struct playing {
    const struct after *x;
    struct sums *s;
    const struct step *step;
    size_t n_steps;
    tick *since; /* [sectors] it is below its verification level; TICK_NEVER: it is not */
};

/* The log tells changes alone: what a service was at first is where its first change began, or what it is at the end. */
static uint16_t *at_first(struct arena *a, const struct net *net, const struct outcome *o)
{
    uint16_t *level = arena_array(a, net->n_services, sizeof *level);
    memcpy(level, o->end, net->n_services * sizeof *level);
    for (size_t i = o->n_steps; i > 0; i--) level[o->step[i - 1].service] = o->step[i - 1].from;
    return level;
}

static void look(const struct playing *p, uint32_t sector, tick at)
{
    const struct after *x = p->x;
    bool below = sector_level(p->s, sector, x->begins + at) < x->verify[sector];
    if (below == (p->since[sector] != TICK_NEVER)) return;
    if (below && x->first[sector] == TICK_NEVER) x->first[sector] = at;
    if (!below && x->below != NULL) x->below[sector] += at - p->since[sector];
    p->since[sector] = below ? at : TICK_NEVER;
}

/* What happens in minute `at`, from step i on; answers the step after it. */
static size_t minute(const struct playing *p, size_t i, tick at)
{
    size_t from = i;
    for (; i < p->n_steps && p->step[i].at == at; i++) change(p->s, p->step[i].service, p->step[i].from, p->step[i].to);
    for (size_t k = from; k < i; k++) look(p, p->s->net->service[p->step[k].service].sector, at);
    return i;
}

/* Demand goes with the clock, so a level may change at a full hour though no service does. */
static void full_hour(const struct playing *p, tick at)
{
    for (uint32_t s = 0; s < p->s->net->n_sectors; s++)
        if (at == 0 || p->s->daily[s]) look(p, s, at);
}

static tick next_hour(const struct after *x, tick at) { return at + HOUR - (x->begins + at) % HOUR; }

static void tell(const struct playing *p, size_t which)
{
    uint32_t n = p->s->net->n_sectors;
    for (uint32_t s = 0; s < n; s++)
        p->x->level[which * n + s] = sector_level(p->s, s, p->x->begins + p->x->at[which]);
}

static void play(const struct playing *p)
{
    const struct after *x = p->x;
    size_t i = 0, told = 0;
    tick hour = 0, end = x->at[x->n_at - 1];
    while (told < x->n_at) {
        tick next = i < p->n_steps && p->step[i].at < hour ? p->step[i].at : hour;
        for (; told < x->n_at && x->at[told] < next; told++) tell(p, told);
        if (told == x->n_at || next > end) break;
        i = minute(p, i, next);
        if (next != hour) continue;
        full_hour(p, hour);
        hour = next_hour(x, hour);
    }
}

static void play_all(struct arena *a, const struct playing *p)
{
    uint32_t n = p->s->net->n_sectors;
    struct playing q = *p;
    q.since = arena_array(a, n, sizeof *q.since);
    for (uint32_t s = 0; s < n; s++) {
        q.since[s] = p->x->first[s] = TICK_NEVER;
        if (p->x->below != NULL) p->x->below[s] = 0;
    }
    play(&q);
    for (uint32_t s = 0; s < n && p->x->below != NULL; s++)
        if (q.since[s] != TICK_NEVER) p->x->below[s] += p->x->at[p->x->n_at - 1] - q.since[s];
}

bool after_scenario(struct arena *a, const struct after *x, const struct scenario *sc, uint32_t run)
{
    struct arena_mark mark = arena_mark(a);
    struct outcome o = x->also == NULL ? (struct outcome){0} : *x->also;
    o.end = arena_array(a, x->net->n_services, sizeof(uint16_t));
    o.steps_max = AFTER_STEPS_MAX;
    struct scenario s = *sc;
    s.until = x->at[x->n_at - 1];
    spread_run(a, x->net, &s, run, &o);
    bool whole = o.n_steps <= AFTER_STEPS_MAX;
    if (whole) play_all(a, &(struct playing){x, sums_of(a, x->net, at_first(a, x->net, &o)), o.step, o.n_steps, NULL});
    if (x->also != NULL) *x->also = o;
    else arena_back(a, mark);
    return whole;
}

bool after_blow(struct arena *a, const struct after *x, const uint32_t *service, uint32_t n)
{
    struct strike blow = {.service = service, .n = n, .repair_percent = 100, .chance = 10000, .together = true, .lasts = TICK_MAX};
    return after_scenario(a, x, &(struct scenario){.strike = &blow, .n_strikes = 1, .begins = x->begins}, 0);
}
