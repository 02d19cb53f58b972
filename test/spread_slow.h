/* Propagation as src/cascade/README.md words it, minute by minute and wave by wave over plain arrays: nothing is kept that can be worked
 * out, nothing is skipped because it should not matter. Small networks only; what is drawn is asked of chance.h. */
#ifndef MEGURI_TEST_SPREAD_SLOW_H
#define MEGURI_TEST_SPREAD_SLOW_H

#include "cascade/spread.h"

enum { SLOW_SERVICES = 12, SLOW_NEEDS = 40, SLOW_ROWS = 160, SLOW_MINUTES = 200, SLOW_STEPS = 20000, SLOW_SECTORS = 3 };

struct slow {
    const struct net *net;
    const struct scenario *s;
    struct chance chance;
    tick now;
    /* services */
    int level[SLOW_SERVICES], c[SLOW_SERVICES], c_before[SLOW_SERVICES];
    int timed[SLOW_SERVICES], waits[SLOW_SERVICES];
    tick timed_end[SLOW_SERVICES], dies[SLOW_SERVICES], knows[SLOW_SERVICES], told[SLOW_SERVICES], mended[SLOW_SERVICES];
    tick known_at[SLOW_SERVICES], planned[SLOW_SERVICES];
    bool broken[SLOW_SERVICES], known[SLOW_SERVICES], working_on[SLOW_SERVICES], starter[SLOW_SERVICES];
    uint32_t percent[SLOW_SERVICES], lives[SLOW_SERVICES], detections[SLOW_SERVICES], repairs[SLOW_SERVICES];
    int why[SLOW_SERVICES]; /* what lowered the own level last in this instant: 0 nothing, else step_why + 1 */
    uint32_t why_by[SLOW_SERVICES];
    /* needs, and rows as they were in the wave before */
    int64_t buffer[SLOW_NEEDS], capacity[SLOW_NEEDS];
    int x[SLOW_NEEDS], felt[SLOW_NEEDS], help[SLOW_NEEDS];
    bool emptied[SLOW_NEEDS], held[SLOW_NEEDS];
    uint32_t short_by[SLOW_NEEDS], lowered_by[SLOW_NEEDS], raised_by[SLOW_NEEDS], first_raised_by[SLOW_NEEDS];
    bool lowered[SLOW_NEEDS], raised[SLOW_NEEDS], first_raised[SLOW_NEEDS];
    int64_t part[SLOW_ROWS];
    int seen[SLOW_SERVICES];                 /* levels as the wave has them */
    int beginning[SLOW_SERVICES];
    int history[SLOW_MINUTES][SLOW_SERVICES]; /* at the end of each instant */
    int sector[SLOW_MINUTES][SLOW_SECTORS];
    bool rose;
    uint32_t wave;
    struct step step[SLOW_STEPS];
    size_t n_steps;
    uint32_t deadlock[SLOW_SERVICES], deadlocks;
};

__extension__ typedef unsigned __int128 slow_wide;
enum { FULL = LEVEL_FULL };

static tick middle(const struct span *s) { return s->kind == SPAN_UNIFORM ? (s->low + s->high) / 2 : s->low; }

static tick span(const struct slow *w, enum chance_use use, uint32_t which, uint32_t count, const struct span *s)
{
    if (s->low == TICK_NEVER) return TICK_NEVER;
    if (w->s->varied) return chance_span(w->chance, use, which, count, s);
    return middle(s);
}

/* ---- levels ---- */
static int64_t part_of(const struct slow *w, uint32_t g, uint32_t r, int level)
{
    const struct net_supplier *s = &w->net->supplier[r];
    if (w->net->need[g].rule == NEED_COUNT) return level >= s->threshold ? 1 : 0;
    return (int64_t)s->weight * level;
}

static int supply_of(const struct slow *w, uint32_t g, int64_t sum)
{
    const struct net_need *n = &w->net->need[g];
    if (n->rule == NEED_COUNT) return sum >= n->k ? FULL : 0;
    return sum / n->k < FULL ? (int)(sum / n->k) : FULL;
}

static int factor_of(const struct slow *w, uint32_t g, int felt)
{
    return (FULL * FULL - w->net->need[g].strength * (FULL - felt)) / FULL;
}

static bool holds(const struct slow *w, uint32_t g) { return w->buffer[g] > 0 && w->buffer[g] >= FULL - w->x[g]; }

static int level_by(const struct slow *w, uint32_t i, int c, const int *felt)
{
    int least = FULL;
    for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++)
        if (factor_of(w, g, felt[g]) < least) least = factor_of(w, g, felt[g]);
    return c * least / FULL;
}

/* Steps of all services at once, downward or upward, delays left out, until nothing changes. */
static void solve(const struct slow *w, int *level, int *felt, bool up, bool helped)
{
    for (bool change = true; change;) {
        change = false;
        for (uint32_t g = 0; g < w->net->n_needs; g++) {
            int64_t sum = 0;
            for (uint32_t r = w->net->supplier_at[g]; r < w->net->supplier_at[g + 1]; r++)
                sum += part_of(w, g, r, level[w->net->supplier[r].service]);
            felt[g] = w->held[g] ? FULL : supply_of(w, g, sum);
            if (helped && w->help[g] > felt[g]) felt[g] = w->help[g];
        }
        for (uint32_t i = 0; i < w->net->n_services; i++) {
            int to = level_by(w, i, w->c[i], felt);
            if (up ? to <= level[i] : to >= level[i]) continue;
            level[i] = to;
            change = true;
        }
    }
}

static void greatest(struct slow *w, int *level, int *felt)
{
    for (uint32_t g = 0; g < w->net->n_needs; g++) w->held[g] = holds(w, g);
    for (uint32_t i = 0; i < w->net->n_services; i++) level[i] = w->c[i];
    solve(w, level, felt, false, false);
}

/* ---- phase 1 ---- */
static int own(const struct slow *w, uint32_t i)
{
    int c = w->net->service[i].own;
    if (w->timed[i] < c) c = w->timed[i];
    return w->waits[i] < c ? w->waits[i] : c;
}

static void begin_life(struct slow *w, uint32_t i)
{
    const struct span *s = &w->net->service[i].fails;
    w->dies[i] = TICK_NEVER;
    if (!w->s->failures || s->low == TICK_NEVER) return;
    tick life = span(w, CHANCE_FAILS, i, w->lives[i]++, s);
    w->dies[i] = w->now + (life > 0 ? life : 1);
}

static tick later(tick a, tick b) { return a > b ? a : b; }

static void begin_to_wait(struct slow *w, uint32_t i, int level, uint32_t percent)
{
    if (level < w->waits[i]) w->waits[i] = level;
    if (!w->broken[i]) {
        tick detect = span(w, CHANCE_DETECT, i, w->detections[i]++, &w->net->service[i].detect);
        w->broken[i] = true;
        w->percent[i] = percent;
        w->dies[i] = TICK_NEVER;
        w->knows[i] = detect == TICK_NEVER ? TICK_NEVER : w->now + detect;
        if (w->told[i] != TICK_NEVER && later(w->told[i], w->now) < w->knows[i]) w->knows[i] = later(w->told[i], w->now);
    } else if (!w->working_on[i] && percent > w->percent[i]) {
        w->percent[i] = percent;
    }
}

static void strike(struct slow *w, uint32_t k, uint32_t i)
{
    const struct strike *x = &w->s->strike[k];
    int before = own(w, i);
    if (!chance_hit(w->chance, CHANCE_STRIKE, k, x->together ? 0 : i + 1, x->chance)) return;
    for (uint32_t g = w->net->need_at[i]; x->empties && g < w->net->need_at[i + 1]; g++) {
        if (w->buffer[g] > 0 && w->x[g] < FULL) w->emptied[g] = true;
        w->buffer[g] = 0;
    }
    if (x->lasts == TICK_NEVER) {
        begin_to_wait(w, i, x->level, x->repair_percent);
    } else if (x->lasts > 0) {
        if (x->level < w->timed[i]) w->timed[i] = x->level;
        if (w->timed_end[i] == TICK_NEVER || w->now + x->lasts > w->timed_end[i]) w->timed_end[i] = w->now + x->lasts;
    }
    if (own(w, i) >= before) return;
    w->why[i] = STEP_STRUCK + 1;
    w->why_by[i] = x->cause;
}

static tick at_work(const struct slow *w, uint32_t i, tick time)
{
    uint64_t t = (uint64_t)time * w->percent[i] / 100;
    return t < 1 ? 1 : t > TICK_MAX ? TICK_MAX : (tick)t;
}

static bool before(const struct slow *w, uint32_t i, uint32_t j)
{
    const struct net_service *a = &w->net->service[i], *b = &w->net->service[j];
    if (w->s->order == ORDER_PRIORITY && a->priority != b->priority) return a->priority > b->priority;
    uint64_t l = (uint64_t)a->weight * w->planned[j], r = (uint64_t)b->weight * w->planned[i];
    if (w->s->order == ORDER_WEIGHT && l != r) return l > r;
    return w->known_at[i] != w->known_at[j] ? w->known_at[i] < w->known_at[j] : i < j;
}

static void begin_repair(struct slow *w, uint32_t i)
{
    w->working_on[i] = true;
    w->mended[i] = w->now + at_work(w, i, span(w, CHANCE_REPAIR, i, w->repairs[i]++, &w->net->service[i].repair));
}

static void crews(struct slow *w)
{
    const struct net *net = w->net;
    for (uint32_t i = 0; i < net->n_services; i++)
        if (w->known[i] && !w->working_on[i] && net->service[i].crew == NET_NONE && net->service[i].repair.low != TICK_NEVER) begin_repair(w, i);
    for (uint32_t k = 0; k < net->n_crews; k++) {
        uint32_t busy = 0;
        for (uint32_t i = 0; i < net->n_services; i++) busy += net->service[i].crew == k && w->working_on[i];
        for (; busy < net->crew[k].number; busy++) {
            uint32_t first = NET_NONE;
            for (uint32_t i = 0; i < net->n_services; i++)
                if (net->service[i].crew == k && w->known[i] && !w->working_on[i] && net->service[i].repair.low != TICK_NEVER &&
                    (first == NET_NONE || before(w, i, first)))
                    first = i;
            if (first == NET_NONE) break;
            begin_repair(w, first);
        }
    }
}

static void own_levels(struct slow *w)
{
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        w->why[i] = 0;
        if (w->mended[i] == w->now) {
            w->waits[i] = FULL;
            w->broken[i] = w->known[i] = w->working_on[i] = false;
            w->mended[i] = w->told[i] = w->knows[i] = TICK_NEVER;
            begin_life(w, i);
        }
        if (w->timed_end[i] == w->now) {
            w->timed[i] = FULL;
            w->timed_end[i] = TICK_NEVER;
        }
    }
    for (uint32_t k = 0; k < w->s->n_strikes; k++)
        for (uint32_t i = 0; w->s->strike[k].at == w->now && i < w->s->strike[k].n; i++) strike(w, k, w->s->strike[k].service[i]);
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        if (w->dies[i] != w->now) continue;
        if (own(w, i) > 0) w->why[i] = STEP_FAILED + 1;
        begin_to_wait(w, i, 0, 100);
    }
    for (uint32_t k = 0; k < w->s->n_notices; k++) {
        const struct notice *x = &w->s->notice[k];
        if (x->at != w->now) continue;
        if (w->now + x->detect < w->told[x->service]) w->told[x->service] = w->now + x->detect;
        tick told = later(w->told[x->service], w->now);
        if (w->broken[x->service] && !w->known[x->service] && told < w->knows[x->service]) w->knows[x->service] = told;
    }
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        if (!w->broken[i] || w->known[i] || w->knows[i] != w->now) continue;
        w->known[i] = true;
        w->known_at[i] = w->now;
        w->planned[i] = w->net->service[i].repair.low == TICK_NEVER ? 0 : at_work(w, i, middle(&w->net->service[i].repair));
    }
    crews(w);
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        w->c_before[i] = w->c[i];
        w->c[i] = own(w, i);
        w->rose |= w->c[i] > w->c_before[i];
    }
}

/* ---- waves ---- */
static int felt_of(const struct slow *w, uint32_t r)
{
    const struct net_supplier *s = &w->net->supplier[r];
    if (s->delay == 0) return w->seen[s->service];
    return s->delay > w->now ? w->beginning[s->service] : w->history[w->now - s->delay][s->service];
}

static void inputs_change(struct slow *w)
{
    for (uint32_t g = 0; g < w->net->n_needs; g++) {
        uint32_t fell = NET_NONE, rose = NET_NONE;
        int64_t sum = 0;
        int x = w->x[g], felt = w->felt[g];
        for (uint32_t r = w->net->supplier_at[g]; r < w->net->supplier_at[g + 1]; r++) {
            int64_t part = part_of(w, g, r, felt_of(w, r));
            if (part < w->part[r] && fell == NET_NONE) fell = r;
            if (part > w->part[r] && rose == NET_NONE) rose = r;
            w->part[r] = part;
            sum += part;
        }
        w->x[g] = supply_of(w, g, sum);
        w->rose |= w->x[g] > x;
        if (x == FULL && w->x[g] < FULL) w->short_by[g] = fell;
        int by_itself = holds(w, g) ? FULL : w->x[g];
        if (by_itself >= w->help[g]) w->help[g] = 0;
        w->felt[g] = by_itself > w->help[g] ? by_itself : w->help[g];
        w->lowered[g] = w->felt[g] < felt;
        w->raised[g] = w->felt[g] > felt;
        w->lowered_by[g] = w->emptied[g] || fell == NET_NONE ? w->short_by[g] : fell;
        w->raised_by[g] = rose;
        w->emptied[g] = false;
    }
}

static void takes(struct slow *w, uint32_t i, int to, enum step_why why, uint32_t by)
{
    if (w->n_steps < SLOW_STEPS)
        w->step[w->n_steps] = (struct step){w->now, i, by, (uint16_t)w->level[i], (uint16_t)to, w->wave, (uint8_t)why};
    w->n_steps++;
    w->level[i] = to;
}

static void falls(struct slow *w, uint32_t i, int to)
{
    int least = FULL;
    uint32_t by = NET_NONE;
    bool need = false;
    for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++)
        if (factor_of(w, g, w->felt[g]) < least) least = factor_of(w, g, w->felt[g]);
    for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++) {
        if (factor_of(w, g, w->felt[g]) > least || !w->lowered[g] || least == FULL) continue;
        need = true;
        if (w->lowered_by[g] < by) by = w->lowered_by[g];
    }
    if (w->why[i] == 0 || (need && w->c[i] > 0)) takes(w, i, to, STEP_NEED, by);
    else takes(w, i, to, (enum step_why)(w->why[i] - 1), w->why[i] == STEP_STRUCK + 1 ? w->why_by[i] : NET_NONE);
}

static void rises(struct slow *w, uint32_t i, int to, bool first)
{
    uint32_t by = NET_NONE;
    for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++) {
        if ((first ? w->first_raised[g] : w->raised[g]) && (first ? w->first_raised_by[g] : w->raised_by[g]) < by)
            by = first ? w->first_raised_by[g] : w->raised_by[g];
    }
    if (w->starter[i]) takes(w, i, to, STEP_STARTED, NET_NONE);
    else if (first && w->c[i] > w->c_before[i]) takes(w, i, to, STEP_REPAIRED, NET_NONE);
    else takes(w, i, to, STEP_MET, by);
    w->starter[i] = false;
}

static void waves(struct slow *w, bool up, bool first)
{
    for (;; first = false) {
        bool change = false;
        for (uint32_t i = 0; i < w->net->n_services; i++) {
            int to = level_by(w, i, w->c[i], w->felt);
            if (up ? to <= w->level[i] : to >= w->level[i]) continue;
            if (up) rises(w, i, to, first);
            else falls(w, i, to);
            change = true;
        }
        if (!change) return;
        w->wave++;
        for (uint32_t i = 0; i < w->net->n_services; i++) w->seen[i] = w->level[i];
        inputs_change(w);
    }
}

static void black_starts(struct slow *w)
{
    int level[SLOW_SERVICES], felt[SLOW_NEEDS];
    bool any = false;
    if (!w->rose) return;
    greatest(w, level, felt);
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        if (!w->net->service[i].black_start || w->c[i] == 0 || w->level[i] > 0 || level[i] == 0) continue;
        any = w->starter[i] = true;
        for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++)
            if (w->felt[g] < felt[g]) w->help[g] = felt[g];
    }
    if (!any) return;
    inputs_change(w);
    waves(w, true, false);
}

static void recheck(struct slow *w)
{
    int level[SLOW_SERVICES], felt[SLOW_NEEDS];
    greatest(w, level, felt);
    for (uint32_t i = 0; i < w->net->n_services; i++)
        for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++) {
            int help = level[i] > 0 ? felt[g] : 0;
            if (w->help[g] <= help) continue;
            int by_itself = holds(w, g) ? FULL : w->x[g], had = w->felt[g];
            w->help[g] = by_itself >= help ? 0 : help;
            w->felt[g] = by_itself > help ? by_itself : help;
            if (w->felt[g] >= had) continue;
            w->lowered[g] = true;
            w->lowered_by[g] = w->short_by[g];
        }
}

/* ---- instants ---- */
static void a_minute_passes(struct slow *w)
{
    for (uint32_t i = 0; i < w->net->n_services; i++)
        for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++) {
            int64_t rate = w->net->need[g].recharge == 0 ? 0 : w->capacity[g] / w->net->need[g].recharge;
            if (w->x[g] < FULL && w->c[i] > 0) w->buffer[g] -= w->buffer[g] < FULL - w->x[g] ? w->buffer[g] : FULL - w->x[g];
            if (w->x[g] == FULL) w->buffer[g] += rate < 1 ? 1 : rate;
            if (w->buffer[g] > w->capacity[g]) w->buffer[g] = w->capacity[g];
        }
}

static void those_that_do_not_hold(struct slow *w)
{
    for (uint32_t i = 0; i < w->net->n_services; i++)
        for (uint32_t g = w->net->need_at[i]; g < w->net->need_at[i + 1]; g++) {
            if (w->c[i] == 0 || w->x[g] == FULL || holds(w, g)) continue;
            if (w->felt[g] == FULL && w->help[g] == 0) w->emptied[g] = true;
            w->buffer[g] = 0;
        }
}

static void instant(struct slow *w)
{
    w->wave = 0;
    w->rose = false;
    own_levels(w);
    those_that_do_not_hold(w);
    inputs_change(w);
    for (uint32_t g = 0; g < w->net->n_needs; g++) {
        w->first_raised[g] = w->raised[g];
        w->first_raised_by[g] = w->raised_by[g];
    }
    recheck(w);
    waves(w, false, false);
    waves(w, true, true);
    black_starts(w);
    those_that_do_not_hold(w);
    for (uint32_t g = 0; g < w->net->n_needs; g++) {
        w->emptied[g] = false;
        if (w->x[g] == FULL && w->net->need[g].recharge == 0) w->buffer[g] = w->capacity[g];
    }
}

static int sector_level(const struct slow *w, uint32_t sector)
{
    slow_wide given = 0, all = 0;
    for (uint32_t i = 0; i < w->net->n_services; i++) {
        const struct net_service *s = &w->net->service[i];
        if (s->sector != sector) continue;
        uint64_t demand = 1000000, day = 0;
        for (size_t h = 0; s->profile != NET_NONE && h < 24; h++) day += w->net->profile[s->profile].hour[h];
        if (day > 0) demand = w->net->profile[s->profile].hour[(w->s->begins + w->now) / 60 % 24] * UINT64_C(24000000) / day;
        given += (slow_wide)((uint64_t)s->weight * (uint16_t)w->level[i]) * demand;
        all += (slow_wide)s->weight * demand;
    }
    return all == 0 ? FULL : (int)(given / all);
}

static void begin(struct slow *w)
{
    const struct net *net = w->net;
    for (uint32_t i = 0; i < net->n_services; i++) {
        w->timed[i] = w->waits[i] = FULL;
        w->timed_end[i] = w->knows[i] = w->told[i] = w->mended[i] = TICK_NEVER;
        w->c[i] = net->service[i].own;
        begin_life(w, i);
    }
    for (uint32_t g = 0; g < net->n_needs; g++) {
        const struct span *b = &net->need[g].buffer;
        w->capacity[g] = w->buffer[g] = (int64_t)span(w, CHANCE_BUFFER, g, 0, b) * FULL;
        w->held[g] = (b->kind == SPAN_UNIFORM ? b->high : b->low) > 0;
    }
    for (uint32_t i = 0; i < net->n_services; i++) w->level[i] = w->c[i];
    solve(w, w->level, w->felt, false, false);
    for (uint32_t i = 0; i < net->n_services; i++) w->seen[i] = w->beginning[i] = w->level[i];
    for (uint32_t g = 0; g < net->n_needs; g++) {
        int64_t sum = 0;
        w->short_by[g] = NET_NONE;
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
            int level = w->level[net->supplier[r].service];
            sum += w->part[r] = part_of(w, g, r, level);
            if (w->short_by[g] == NET_NONE && level < (net->need[g].rule == NEED_COUNT ? net->supplier[r].threshold : FULL)) w->short_by[g] = r;
        }
        w->x[g] = supply_of(w, g, sum);
    }
}

static void deadlocks(struct slow *w)
{
    int most[SLOW_SERVICES], will[SLOW_SERVICES], felt[SLOW_NEEDS];
    uint32_t n = w->net->n_services;
    bool linked[SLOW_SERVICES][SLOW_SERVICES] = {0};
    greatest(w, most, felt);
    memcpy(will, w->level, sizeof will);
    solve(w, will, felt, false, true);
    solve(w, will, felt, true, true);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t r = w->net->supplier_at[w->net->need_at[i]]; r < w->net->supplier_at[w->net->need_at[i + 1]]; r++) {
            uint32_t j = w->net->supplier[r].service;
            if (will[i] < most[i] && will[j] < most[j]) linked[i][j] = linked[j][i] = true;
        }
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < n; j++) linked[i][j] |= linked[i][k] && linked[k][j];
    for (uint32_t i = 0; i < n; i++) {
        w->deadlock[i] = 0;
        for (uint32_t j = 0; j < i && w->deadlock[i] == 0; j++)
            if (linked[i][j]) w->deadlock[i] = w->deadlock[j];
        if (w->deadlock[i] == 0 && will[i] < most[i]) w->deadlock[i] = ++w->deadlocks;
    }
}

static void slow_run(struct slow *w, const struct net *net, const struct scenario *s, uint32_t run)
{
    *w = (struct slow){.net = net, .s = s, .chance = {s->seed, run}};
    begin(w);
    for (w->now = 0; w->now <= s->until; w->now++) {
        if (w->now > 0) a_minute_passes(w);
        instant(w);
        for (uint32_t i = 0; i < net->n_services; i++) w->history[w->now][i] = w->level[i];
        for (uint32_t k = 0; k < net->n_sectors; k++) w->sector[w->now][k] = sector_level(w, k);
    }
    w->now = s->until;
    deadlocks(w);
}

#endif
