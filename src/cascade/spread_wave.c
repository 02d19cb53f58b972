/* Phases 2 to 4: what buffers and suppliers do to needs, and needs to services, wave by wave. */
#include "cascade/spread_work.h"

enum { AHEAD = 16, LINE = 64 };

static void fetch_need(const struct spread_work *w, uint32_t g)
{
    __builtin_prefetch(&w->need[g], 1);
    __builtin_prefetch((const char *)&w->need[g] + LINE, 1);
    __builtin_prefetch(&w->p->net->need[g]);
}

uint16_t spread_supply(const struct net_need *n, uint64_t sum)
{
    if (n->rule == NEED_COUNT) return sum >= n->k ? LEVEL_FULL : 0;
    uint64_t supply = sum / n->k;
    return supply < LEVEL_FULL ? (uint16_t)supply : LEVEL_FULL;
}

uint16_t spread_factor(const struct net_need *n, uint16_t felt)
{
    return (uint16_t)((LEVEL_FULL * LEVEL_FULL - n->strength * (LEVEL_FULL - felt)) / LEVEL_FULL);
}

void spread_look(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    if (!s->in_instant) {
        spread_touch(w, i);
        s->in_instant = true;
        s->before = s->level;
        s->own_before = s->own;
        s->own_why = OWN_SAME;
        w->instant.of[w->instant.n++] = i;
    }
    if (s->in_wave) return;
    s->in_wave = true;
    w->wave_services.of[w->wave_services.n++] = i;
}

/* What the buffer holds now. It fills while all is supplied and drains while its service, not broken, is short of something. */
static void settle_one(struct need_state *n, tick now, tick recharge)
{
    uint64_t time = now - n->since;
    n->since = now;
    if (n->supply < LEVEL_FULL) {
        uint64_t drawn = n->idle ? 0 : time * (uint64_t)(LEVEL_FULL - n->supply);
        n->buffer = drawn < n->buffer ? n->buffer - drawn : 0;
        return;
    }
    if (n->buffer >= n->full) return;
    uint64_t rate = recharge == 0 ? n->full : n->full / recharge;
    if (rate < 1) rate = 1;
    n->buffer = time > (n->full - n->buffer) / rate ? n->full : n->buffer + rate * time;
}

static void settle(struct spread_work *w, uint32_t g)
{
    struct need_state *n = &w->need[g];
    if (n->supply == LEVEL_FULL && n->buffer == n->full) n->since = w->now; /* most of the time; the rest lies elsewhere in memory */
    if (n->since < w->now) settle_one(n, w->now, w->p->net->need[g].recharge);
}

static uint64_t buffer_of(const struct spread_work *w, uint32_t g)
{
    return (uint64_t)spread_span(w, CHANCE_BUFFER, g, 0, &w->p->net->need[g].buffer) * LEVEL_FULL;
}

void spread_look_need(struct spread_work *w, uint32_t g)
{
    struct need_state *n = &w->need[g];
    if (!n->drawn) {
        n->drawn = true;
        w->needs.of[w->needs.n++] = g;
        n->full = n->buffer = buffer_of(w, g);
    }
    if (!n->in_instant) {
        n->in_instant = true;
        w->instant_needs.of[w->instant_needs.n++] = g;
        settle(w, g);
    }
    if (n->in_wave) return;
    n->in_wave = true;
    n->felt_before = n->felt;
    n->supply_before = n->supply;
    n->fell = n->rose = NET_NONE;
    w->wave_needs.of[w->wave_needs.n++] = g;
}

/* Enough in it for another minute. */
static bool holds(const struct need_state *n)
{
    return n->supply == LEVEL_FULL || (n->buffer > 0 && n->buffer >= (uint64_t)(LEVEL_FULL - n->supply));
}

bool spread_holds(const struct spread_work *w, uint32_t g)
{
    struct need_state n = w->need[g];
    if (!n.drawn) n.full = n.buffer = buffer_of(w, g);
    settle_one(&n, w->now, w->p->net->need[g].recharge);
    return n.buffer > 0 && holds(&n);
}

/* The supply and what is felt of it, when all that changes in this wave has changed. */
static void settle_need(struct spread_work *w, uint32_t g)
{
    struct need_state *n = &w->need[g];
    n->in_wave = false;
    n->supply = spread_supply(&w->p->net->need[g], n->sum);
    if (n->supply < LEVEL_FULL && n->supply_before == LEVEL_FULL) n->short_by = n->fell;
    if (n->supply > n->supply_before) w->rose = true;
    uint16_t by_itself = holds(n) ? LEVEL_FULL : n->supply;
    if (n->help > 0 && by_itself >= n->help) {
        n->help = 0;
        w->n_helped--;
    }
    n->felt = by_itself > n->help ? by_itself : n->help;
    if (n->felt < n->felt_before) {
        n->lowered_in = w->waves;
        n->lowered_by = n->ran_empty || n->fell == NET_NONE ? n->short_by : n->fell;
        w->lost_ground = true;
    }
    if (n->felt > n->felt_before) {
        n->raised_in = w->waves;
        n->raised_by = n->rose;
    }
    n->ran_empty = false;
    if (n->felt != n->felt_before) spread_look(w, w->p->owner[g]);
}

void spread_needs_settle(struct spread_work *w)
{
    for (uint32_t k = 0; k < w->wave_needs.n; k++) settle_need(w, w->wave_needs.of[k]);
    w->wave_needs.n = 0;
}

/* A supplier's level as one of its needs has it. */
static void feel(struct spread_work *w, const struct edge *e, uint16_t from, uint16_t to)
{
    int64_t more = spread_more(e, from, to);
    if (more == 0) return;
    spread_look_need(w, e->need);
    struct need_state *n = &w->need[e->need];
    n->sum = (uint64_t)((int64_t)n->sum + more);
    uint32_t *row = more < 0 ? &n->fell : &n->rose;
    if (e->row < *row) *row = e->row;
}

void spread_own_changes(struct spread_work *w, uint32_t i, uint16_t own)
{
    struct service_state *s = &w->service[i];
    if (own == s->own) return;
    bool begins_or_ends = (own == 0) != (s->own == 0); /* to draw from its buffers */
    const uint32_t *at = w->p->net->need_at;
    for (uint32_t g = at[i]; begins_or_ends && g < at[i + 1]; g++) {
        spread_look_need(w, g);
        w->need[g].idle = own == 0;
    }
    for (uint32_t g = at[i]; own > 0 && begins_or_ends && g < at[i + 1]; g++)
        if (!holds(&w->need[g])) w->need[g].buffer = 0;
    if (own > s->own) w->rose = true;
    else w->lost_ground = true;
    s->own = own;
}

static void fetch_empty(const struct spread_work *w, size_t from)
{
    const struct batch *empty = &w->batch[EVENT_EMPTY];
    size_t end = empty->n - from < AHEAD ? empty->n : from + AHEAD;
    for (size_t k = from; k < end; k++) {
        fetch_need(w, empty->event[k].what);
        __builtin_prefetch(&w->p->owner[empty->event[k].what]);
    }
    for (size_t k = from; k < end; k++) {
        uint32_t i = w->p->owner[empty->event[k].what];
        __builtin_prefetch(&w->service[i], 1);
        __builtin_prefetch((const char *)&w->service[i] + LINE, 1);
        __builtin_prefetch(&w->p->net->service[i]);
        __builtin_prefetch(&w->p->net->need_at[i]);
    }
}

static void runs_empty(struct spread_work *w, uint32_t g)
{
    struct need_state *n = &w->need[g];
    if (n->empty != w->now) return;
    n->empty = TICK_NEVER;
    spread_look_need(w, g);
    if (n->idle) return; /* broken in this very minute: the rest is kept */
    n->buffer = 0;
    n->ran_empty = w->lost_ground = true; /* lost to the greatest solution, even if this minute supplies it */
}

void spread_buffers_and_arrivals(struct spread_work *w)
{
    const struct batch *empty = &w->batch[EVENT_EMPTY], *arrive = &w->batch[EVENT_ARRIVE];
    for (size_t k = 0; k < empty->n; k++) {
        if (w->p->far && k % AHEAD == 0) fetch_empty(w, k);
        runs_empty(w, empty->event[k].what);
    }
    for (uint32_t k = 0; w->now == 0 && k < w->p->n_short; k++) spread_look_need(w, w->p->short_need[k]);
    for (size_t k = 0; k < arrive->n; k++) {
        const struct event *e = &arrive->event[k];
        feel(w, &w->p->edge[e->what], e->kind >> 4 & 0x3FFF, (uint16_t)(e->kind >> 18));
    }
    spread_needs_settle(w);
}

/* The level that own level and needs give. by: of the needs that decide and were lowered in the wave before the smallest row. */
static uint16_t given(const struct spread_work *w, uint32_t i, bool *by_need, uint32_t *by)
{
    uint16_t least = LEVEL_FULL;
    *by_need = false;
    *by = NET_NONE;
    for (uint32_t g = w->p->net->need_at[i]; g < w->p->net->need_at[i + 1]; g++) {
        const struct need_state *n = &w->need[g];
        uint16_t factor = n->felt == LEVEL_FULL ? LEVEL_FULL : spread_factor(&w->p->net->need[g], n->felt);
        if (factor > least || factor == LEVEL_FULL) continue;
        if (factor < least) *by = NET_NONE;
        if (factor < least) *by_need = false;
        least = factor;
        if (n->lowered_in != w->waves) continue;
        *by_need = true;
        if (n->lowered_by < *by) *by = n->lowered_by;
    }
    return (uint16_t)((uint32_t)w->service[i].own * least / LEVEL_FULL);
}

static uint32_t raised_by(const struct spread_work *w, uint32_t i, uint32_t wave)
{
    uint32_t by = NET_NONE;
    for (uint32_t g = w->p->net->need_at[i]; g < w->p->net->need_at[i + 1]; g++)
        if (w->need[g].raised_in == wave && w->need[g].raised_by < by) by = w->need[g].raised_by;
    return by;
}

static void change(struct spread_work *w, uint32_t i, uint16_t to, enum step_why why, uint32_t by)
{
    struct service_state *s = &w->service[i];
    spread_step(w, i, s->level, to, why, by);
    s->wave_from = s->level;
    s->level = to;
    w->changed.of[w->changed.n++] = i;
}

static void look_for_failure(struct spread_work *w, uint32_t i)
{
    struct service_state *s = &w->service[i];
    bool by_need;
    uint32_t by;
    uint16_t to = given(w, i, &by_need, &by);
    if (to > s->level && !s->in_after) {
        s->in_after = true;
        w->after.of[w->after.n++] = i;
    }
    if (to >= s->level) return;
    if ((by_need && s->own > 0) || s->own_why == OWN_SAME) change(w, i, to, STEP_NEED, by);
    else change(w, i, to, s->own_why == OWN_STRUCK ? STEP_STRUCK : STEP_FAILED, s->own_by);
}

static void look_for_restoration(struct spread_work *w, uint32_t i, bool first)
{
    struct service_state *s = &w->service[i];
    bool by_need;
    uint32_t by;
    uint16_t to = given(w, i, &by_need, &by);
    if (to <= s->level) return;
    if (s->starts) change(w, i, to, STEP_STARTED, NET_NONE);
    else if (first && s->own > s->own_before) change(w, i, to, STEP_REPAIRED, NET_NONE);
    else change(w, i, to, STEP_MET, raised_by(w, i, first ? w->first_wave : w->waves));
    s->starts = false;
}

/* Needs lie anywhere in memory: those of the next few changes are asked for together, so that one is on its way while another is worked on. */
static void fetch_changed(const struct spread_work *w, uint32_t from)
{
    const struct spread_plan *p = w->p;
    const uint32_t *of = w->changed.of, end = w->changed.n - from < AHEAD ? w->changed.n : from + AHEAD;
    for (uint32_t k = from; k < end; k++) __builtin_prefetch(&p->edge_at[of[k]]);
    for (uint32_t k = from; k < end; k++) __builtin_prefetch(&p->edge[p->edge_at[of[k]]]);
    for (uint32_t k = from; k < end; k++)
        for (uint32_t e = p->edge_at[of[k]]; e < p->edge_at[of[k] + 1]; e++) fetch_need(w, p->edge[e].need);
}

static bool wave_ends(struct spread_work *w)
{
    if (w->changed.n == 0) return false;
    w->wave++;
    w->waves++;
    for (uint32_t k = 0; k < w->changed.n; k++) {
        if (w->p->far && k % AHEAD == 0) fetch_changed(w, k);
        uint32_t i = w->changed.of[k];
        const struct service_state *s = &w->service[i];
        for (uint32_t e = w->p->edge_at[i]; e < w->p->edge_at[i + 1]; e++)
            if (w->p->edge[e].delay == 0) feel(w, &w->p->edge[e], s->wave_from, s->level);
    }
    w->changed.n = 0;
    spread_needs_settle(w);
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The services of this wave; in their order where somebody reads it. They are taken out of the list. */
static uint32_t wave_begins(struct spread_work *w)
{
    uint32_t n = w->wave_services.n;
    struct list swap = w->wave_services;
    w->wave_services = w->looked;
    w->looked = swap;
    w->wave_services.n = 0;
    if (w->out->steps_max > 0) qsort(w->looked.of, n, sizeof *w->looked.of, by_number);
    for (uint32_t k = 0; k < n; k++) w->service[w->looked.of[k]].in_wave = false;
    return n;
}

void spread_fail(struct spread_work *w)
{
    do {
        uint32_t n = wave_begins(w);
        for (uint32_t k = 0; k < n; k++) look_for_failure(w, w->looked.of[k]);
    } while (wave_ends(w));
}

void spread_restore(struct spread_work *w)
{
    bool first = w->after.n > 0;
    for (uint32_t k = 0; k < w->after.n; k++) {
        w->service[w->after.of[k]].in_after = false;
        spread_look(w, w->after.of[k]);
    }
    w->after.n = 0;
    do {
        uint32_t n = wave_begins(w);
        for (uint32_t k = 0; k < n; k++) look_for_restoration(w, w->looked.of[k], first);
        first = false;
    } while (wave_ends(w));
}

/* At the end of the instant it is known what the coming minutes are like. */
static void need_ends(struct spread_work *w, uint32_t g)
{
    struct need_state *n = &w->need[g];
    n->in_instant = false;
    n->empty = TICK_NEVER;
    if (n->supply == LEVEL_FULL) {
        if (n->buffer < n->full && w->p->net->need[g].recharge == 0) n->buffer = n->full;
        return;
    }
    if (n->buffer == 0 || n->idle) return;
    uint64_t lasts = n->buffer / (uint64_t)(LEVEL_FULL - n->supply);
    if (lasts == 0) {
        n->buffer = 0;
        w->lost_ground = true;
    }
    if (lasts > 0 && lasts <= TICK_MAX) spread_event(w, n->empty = w->now + (tick)lasts, EVENT_EMPTY, g);
}

void spread_needs_end(struct spread_work *w)
{
    for (uint32_t k = 0; k < w->instant_needs.n; k++) need_ends(w, w->instant_needs.of[k]);
    w->instant_needs.n = 0;
}
