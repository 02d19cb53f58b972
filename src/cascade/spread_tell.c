/* What is told of a run: figures of services and sectors, curves, the log. A level counts from the end of the instant in which it came,
 * so that what is over in the same minute is in the log and in no figure. */
#include "cascade/spread_work.h"

__extension__ typedef unsigned __int128 wide;

enum { EVEN_DEMAND = 1000000, LEVEL_90 = LEVEL_FULL / 10 * 9 };

const char *const step_why_codes[] = {"struck", "failed", "need", "met", "repaired", "started", NULL};

uint64_t *spread_given(const struct spread_work *w, uint64_t *given, uint32_t i)
{
    const struct net_service *s = &w->p->net->service[i];
    uint32_t demands = w->p->net->n_profiles + 1;
    return &given[(size_t)s->sector * demands + (s->profile == NET_NONE ? demands - 1 : s->profile)];
}

/* Demand at this hour in millionths of its mean over the day, so that a weight is what it is over a whole day. */
static uint64_t demand(const struct spread_work *w, uint32_t profile)
{
    const struct net *net = w->p->net;
    if (profile == net->n_profiles) return EVEN_DEMAND;
    uint64_t day = 0;
    for (size_t h = 0; h < 24; h++) day += net->profile[profile].hour[h];
    uint32_t minute = w->p->s->begins % (24 * HOUR) + w->now % (24 * HOUR);
    return (uint64_t)net->profile[profile].hour[minute / HOUR % 24] * 24 * EVEN_DEMAND / day;
}

static uint16_t sector_level(const struct spread_work *w, uint32_t s)
{
    uint32_t demands = w->p->net->n_profiles + 1;
    wide given = 0, all = 0;
    for (uint32_t k = 0; k < demands; k++) {
        uint64_t weight = w->p->demand[(size_t)s * demands + k];
        if (weight == 0) continue;
        uint64_t now = demand(w, k);
        given += (wide)w->given[(size_t)s * demands + k] * now;
        all += (wide)weight * now;
    }
    return (uint16_t)(all == 0 ? LEVEL_FULL : given / all);
}

static void curve_until(struct spread_work *w, uint32_t s, uint64_t time)
{
    struct sector_state *x = &w->sector[s];
    const struct outcome *o = w->out;
    if (o->curve == NULL) return;
    for (; x->point < o->points && (uint64_t)x->point * o->every < time; x->point++)
        o->curve[(size_t)s * o->points + x->point] = x->level;
}

static void sector_is(struct spread_work *w, uint32_t s)
{
    struct sector_state *x = &w->sector[s];
    uint16_t level = sector_level(w, s);
    x->listed = false;
    if (level == x->level) return;
    curve_until(w, s, w->now);
    x->lost += (int64_t)(LEVEL_FULL - x->level) * (w->now - x->since);
    x->since = w->now;
    if (level >= LEVEL_90 && x->level < LEVEL_90) x->back_90 = w->now;
    if (level == LEVEL_FULL) x->back_100 = w->now;
    if (level < LEVEL_90) x->back_90 = TICK_NEVER;
    if (level < LEVEL_FULL) x->back_100 = TICK_NEVER;
    x->level = level;
    if (level < x->least) x->least = level;
}

void spread_sectors(struct spread_work *w)
{
    const struct net *net = w->p->net;
    size_t demands = (size_t)net->n_sectors * (net->n_profiles + 1);
    if (demands > 0) memcpy(w->given, w->given_first, demands * sizeof *w->given);
    for (uint32_t s = 0; s < net->n_sectors; s++) {
        w->sector[s] = (struct sector_state){.level = LEVEL_FULL, .least = LEVEL_FULL};
        sector_is(w, s);
    }
}

void spread_step(struct spread_work *w, uint32_t i, uint16_t from, uint16_t to, enum step_why why, uint32_t by)
{
    struct outcome *o = w->out;
    if (o->steps_max == 0 || o->n_steps++ >= o->steps_max) return;
    o->step = arena_more(w->a, o->step, o->n_steps - 1, &w->steps_room, sizeof *o->step);
    o->step[o->n_steps - 1] = (struct step){w->now, i, by, from, to, w->wave, (uint8_t)why};
}

/* The time since the last change, at the level it had. */
static void pass(struct service_state *s, const struct net_service *x, uint16_t level, tick now)
{
    tick time = now - s->since;
    s->since = now;
    s->lost += (int64_t)(LEVEL_FULL - level) * time;
    if (level == 0) s->down += time;
    if (level < x->verify) s->impaired += time;
}

static void arrives_later(struct spread_work *w, uint32_t i)
{
    const struct spread_plan *p = w->p;
    const struct service_state *s = &w->service[i];
    for (uint32_t k = p->edge_at[i]; k < p->edge_at[i + 1]; k++) {
        const struct edge *e = &p->edge[k];
        if (e->delay == 0 || spread_more(e, s->before, s->level) == 0) continue;
        uint64_t at = (uint64_t)w->now + e->delay;
        if (at > p->s->until) continue;
        queue_put(&w->queue, (struct event){(tick)at, k, EVENT_ARRIVE | (uint32_t)s->before << 4 | (uint32_t)s->level << 18});
    }
}

static void service_is(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    const struct net_service *x = &w->p->net->service[i];
    s->in_instant = s->starts = false;
    if (s->level == s->before) return;
    pass(s, x, s->before, w->now);
    s->back = s->level == LEVEL_FULL ? w->now : TICK_NEVER;
    if (s->level < x->verify && s->impact == TICK_NEVER) s->impact = w->now;
    if (s->level < s->least) s->least = s->level;
    uint64_t *given = spread_given(w, w->given, i);
    *given = (uint64_t)((int64_t)*given + (int64_t)x->weight * ((int64_t)s->level - s->before));
    if (!w->sector[x->sector].listed) w->sectors.of[w->sectors.n++] = x->sector;
    w->sector[x->sector].listed = true;
    if (w->p->delayed[i]) arrives_later(w, i);
}

void spread_told(struct spread_work *w)
{
    for (uint32_t k = 0; k < w->instant.n; k++) service_is(w, w->instant.of[k]);
    w->instant.n = 0;
    for (uint32_t k = 0; k < w->sectors.n; k++) sector_is(w, w->sectors.of[k]);
    w->sectors.n = 0;
    if (w->now != w->hour) return;
    for (uint32_t s = 0; s < w->p->net->n_sectors; s++) sector_is(w, s);
    w->hour += HOUR;
}

static void finish_service(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    struct outcome *o = w->out;
    if (s->level < LEVEL_FULL) {
        spread_touch(w, i);
        pass(s, &w->p->net->service[i], s->level, w->p->s->until);
    }
    if (o->impact != NULL) o->impact[i] = s->impact;
    if (o->back != NULL) o->back[i] = s->back;
    if (o->lost != NULL) o->lost[i] = s->lost;
    if (o->down != NULL) o->down[i] = s->down;
    if (o->impaired != NULL) o->impaired[i] = s->impaired;
    if (o->least != NULL) o->least[i] = s->least;
    if (o->end != NULL) o->end[i] = s->level;
}

static void finish_sector(struct spread_work *w, uint32_t s)
{
    struct sector_state *x = &w->sector[s];
    struct outcome *o = w->out;
    x->lost += (int64_t)(LEVEL_FULL - x->level) * (w->p->s->until - x->since);
    curve_until(w, s, UINT64_MAX);
    if (o->sector_lost != NULL) o->sector_lost[s] = x->lost;
    if (o->sector_least != NULL) o->sector_least[s] = x->least;
    if (o->sector_back_90 != NULL) o->sector_back_90[s] = x->back_90;
    if (o->sector_back_100 != NULL) o->sector_back_100[s] = x->back_100;
}

void spread_finish(struct spread_work *w)
{
    for (uint32_t i = 0; i < w->p->net->n_services; i++) finish_service(w, i);
    for (uint32_t s = 0; s < w->p->net->n_sectors; s++) finish_sector(w, s);
    w->now = w->p->s->until;
    spread_deadlocks(w);
}
