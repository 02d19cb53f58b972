/* Phase 1: own levels. What strikes, what fails, who knows of it, who repairs it, and when it is over. */
#include "cascade/spread_work.h"

static uint16_t own_level(const struct spread_work *w, uint32_t i)
{
    const struct service_state *s = &w->service[i];
    uint16_t own = w->p->net->service[i].own;
    if (s->timed < own) own = s->timed;
    return s->waits < own ? s->waits : own;
}

static void lives(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    const struct span *fails = &w->p->net->service[i].fails;
    if (!w->p->s->failures || fails->low == TICK_NEVER) return;
    tick life = spread_span(w, CHANCE_FAILS, i, s->repairs, fails);
    tick end = w->now + (life < 1 ? 1 : life); /* or it would fail again and again within one minute */
    if (end > w->p->s->until) return;
    spread_touch(w, i);
    s->fails = end;
    spread_event(w, end, EVENT_FAIL, i);
}

void spread_lives(struct spread_work *w)
{
    if (!w->p->s->failures) return;
    for (uint32_t i = 0; i < w->p->net->n_services; i++) lives(w, i);
}

static void knows(struct spread_work *w, uint32_t i, tick at)
{
    struct service_state *s = &w->service[i];
    if (at >= s->knows) return;
    s->knows = at;
    spread_event(w, at, EVENT_KNOWN, i);
}

/* It waits for a repair from now on. */
static void breaks(struct spread_work *w, uint32_t i, uint16_t level, uint32_t percent)
{
    struct service_state *s = &w->service[i];
    if (level < s->waits) s->waits = level;
    if (s->done == TICK_NEVER && (!s->broken || percent > s->percent)) s->percent = percent;
    if (s->broken) return;
    s->broken = true;
    s->fails = TICK_NEVER;
    tick detect = spread_span(w, CHANCE_DETECT, i, s->detections++, &w->p->net->service[i].detect);
    tick told = s->told == TICK_NEVER || s->told > w->now ? s->told : w->now;
    if (detect != TICK_NEVER) knows(w, i, w->now + detect);
    knows(w, i, told);
}

static void empties(struct spread_work *w, uint32_t i)
{
    for (uint32_t g = w->p->net->need_at[i]; g < w->p->net->need_at[i + 1]; g++) {
        spread_look_need(w, g);
        struct need_state *n = &w->need[g];
        if (n->buffer > 0 && n->supply < LEVEL_FULL) n->ran_empty = true;
        n->buffer = 0;
        w->lost_ground = true;
    }
}

static void struck(struct spread_work *w, const struct strike *x, uint32_t i)
{
    struct service_state *s = &w->service[i];
    uint16_t before = own_level(w, i);
    spread_look(w, i);
    if (x->empties) empties(w, i);
    if (x->lasts == TICK_NEVER) breaks(w, i, x->level, x->repair_percent);
    if (x->lasts != TICK_NEVER && x->lasts > 0) {
        tick over = w->now + x->lasts;
        if (x->level < s->timed) s->timed = x->level;
        if (s->over == TICK_NEVER || over > s->over) s->over = over;
        spread_event(w, s->over, EVENT_OVER, i);
    }
    if (own_level(w, i) >= before) return;
    s->own_why = OWN_STRUCK;
    s->own_by = x->cause;
}

static void strike(struct spread_work *w, uint32_t k)
{
    const struct strike *x = &w->p->s->strike[k];
    bool all = x->together && chance_hit(w->chance, CHANCE_STRIKE, k, 0, x->chance);
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t service = x->service[i];
        if (x->together ? all : chance_hit(w->chance, CHANCE_STRIKE, k, service + 1, x->chance)) struck(w, x, service);
    }
}

static void fails(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    if (s->fails != w->now) return;
    spread_look(w, i);
    uint16_t before = own_level(w, i);
    breaks(w, i, 0, 100);
    if (before == 0) return;
    s->own_why = OWN_FAILED;
    s->own_by = NET_NONE;
}

static void notice(struct spread_work *w, const struct notice *x)
{
    struct service_state *s = &w->service[x->service];
    tick told = w->now + x->detect;
    spread_touch(w, x->service);
    if (told < s->told) s->told = told;
    if (s->broken && !s->known) knows(w, x->service, s->told > w->now ? s->told : w->now);
}

/* Ends of repairs and of what lasts come before strikes: what strikes in that minute strikes what is whole. */
static void is_repaired(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    uint32_t crew = w->p->net->service[i].crew;
    if (s->done != w->now) return;
    s->waits = LEVEL_FULL;
    s->broken = s->known = false;
    s->knows = s->done = s->told = TICK_NEVER;
    if (crew != NET_NONE) w->n_free[crew]++;
    lives(w, i);
    spread_look(w, i);
}

static void is_over(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    if (s->over != w->now) return;
    s->timed = LEVEL_FULL;
    s->over = TICK_NEVER;
    spread_look(w, i);
}

static tick repair_time(const struct service_state *s, tick time)
{
    uint64_t length = (uint64_t)time * s->percent / 100;
    return length < 1 ? 1 : length > TICK_MAX ? TICK_MAX : (tick)length;
}

static void repair(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    s->done = w->now + repair_time(s, spread_span(w, CHANCE_REPAIR, i, s->repairs++, &w->p->net->service[i].repair));
    spread_event(w, s->done, EVENT_DONE, i);
}

static bool comes_first(const struct spread_work *w, const struct waiting *a, const struct waiting *b)
{
    const struct net_service *x = &w->p->net->service[a->service], *y = &w->p->net->service[b->service];
    if (w->p->s->order == ORDER_PRIORITY && x->priority != y->priority) return x->priority > y->priority;
    if (w->p->s->order == ORDER_WEIGHT) {
        uint64_t l = (uint64_t)x->weight * b->length, r = (uint64_t)y->weight * a->length;
        if (l != r) return l > r;
    }
    return a->detected != b->detected ? a->detected < b->detected : a->service < b->service;
}

static void queues(struct spread_work *w, uint32_t crew, struct waiting x)
{
    struct waiting *heap = w->waiting + w->p->crew_at[crew];
    uint32_t at = w->n_waiting[crew]++;
    for (; at > 0 && comes_first(w, &x, &heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
    heap[at] = x;
}

static uint32_t first_of(struct spread_work *w, uint32_t crew)
{
    struct waiting *heap = w->waiting + w->p->crew_at[crew], x = heap[--w->n_waiting[crew]];
    uint32_t first = heap[0].service, at = 0, n = w->n_waiting[crew];
    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && comes_first(w, &heap[child + 1], &heap[child])) child++;
        if (!comes_first(w, &heap[child], &x)) break;
        heap[at] = heap[child];
    }
    if (n > 0) heap[at] = x;
    return n == 0 ? x.service : first;
}

static void is_known(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    const struct net_service *x = &w->p->net->service[i];
    if (!s->broken || s->known || s->knows != w->now) return;
    s->known = true;
    if (x->repair.low == TICK_NEVER) return;
    if (x->crew == NET_NONE) repair(w, i);
    else queues(w, x->crew, (struct waiting){i, w->now, repair_time(s, chance_middle(&x->repair))});
}

static void crew_works(struct spread_work *w, uint32_t crew)
{
    while (crew != NET_NONE && w->n_free[crew] > 0 && w->n_waiting[crew] > 0) {
        w->n_free[crew]--;
        repair(w, first_of(w, crew));
    }
}

static void each(struct spread_work *w, enum event_kind kind, void (*act)(struct spread_work *, uint32_t))
{
    for (size_t k = 0; k < w->batch[kind].n; k++) act(w, w->batch[kind].event[k].what);
}

static void from_outside(struct spread_work *w)
{
    const struct spread_plan *p = w->p;
    while (w->strikes < p->s->n_strikes && p->s->strike[p->strike[w->strikes]].at == w->now) strike(w, p->strike[w->strikes++]);
    each(w, EVENT_FAIL, fails);
    while (w->notices < p->s->n_notices && p->s->notice[p->notice[w->notices]].at == w->now)
        notice(w, &p->s->notice[p->notice[w->notices++]]);
}

void spread_own(struct spread_work *w)
{
    each(w, EVENT_DONE, is_repaired);
    each(w, EVENT_OVER, is_over);
    from_outside(w);
    each(w, EVENT_KNOWN, is_known);
    for (size_t k = 0; k < w->batch[EVENT_DONE].n; k++) crew_works(w, w->p->net->service[w->batch[EVENT_DONE].event[k].what].crew);
    for (size_t k = 0; k < w->batch[EVENT_KNOWN].n; k++) crew_works(w, w->p->net->service[w->batch[EVENT_KNOWN].event[k].what].crew);
    for (uint32_t k = 0; k < w->wave_services.n; k++) spread_own_changes(w, w->wave_services.of[k], own_level(w, w->wave_services.of[k]));
}
