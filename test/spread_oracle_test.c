/* Propagation against its definition (spread_slow.h) on thousands of small networks and scenarios: every figure of every service and
 * sector, every step of the log with its reason, and the level of every service at every minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "spread_random.h"
#include "spread_slow.h"

enum { NETWORKS = 20000 };

struct told {
    tick impact[SLOW_SERVICES], back[SLOW_SERVICES], down[SLOW_SERVICES], impaired[SLOW_SERVICES];
    int64_t lost[SLOW_SERVICES], sector_lost[SLOW_SECTORS];
    uint16_t least[SLOW_SERVICES], end[SLOW_SERVICES], sector_least[SLOW_SECTORS], curve[SLOW_SECTORS * SLOW_MINUTES];
    tick back_90[SLOW_SECTORS], back_100[SLOW_SECTORS];
    uint32_t deadlock[SLOW_SERVICES];
};

static struct outcome outcome_in(struct told *x, tick until)
{
    return (struct outcome){.impact = x->impact, .back = x->back, .lost = x->lost, .down = x->down, .impaired = x->impaired, .least = x->least,
                            .end = x->end, .points = until + 1, .every = 1, .curve = x->curve, .sector_lost = x->sector_lost,
                            .sector_least = x->sector_least, .sector_back_90 = x->back_90, .sector_back_100 = x->back_100,
                            .steps_max = SLOW_STEPS, .deadlock = x->deadlock};
}

/* The network that differs, and where: what to look at with a debugger. */
#define same(what, is, wanted) check_same(seed, what, k, (int64_t)(is), (int64_t)(wanted))
static void check_same(uint64_t seed, const char *what, size_t k, int64_t is, int64_t wanted)
{
    if (is != wanted) fail_msg("network %llu: %s of %zu is %lld, by the definition %lld", (unsigned long long)seed, what, k, (long long)is, (long long)wanted);
}

static void steps_are_the_same(uint64_t seed, const struct outcome *o, const struct slow *w)
{
    for (size_t k = 0; k < o->n_steps && k < w->n_steps && k < SLOW_STEPS; k++) {
        const struct step *a = &o->step[k], *b = &w->step[k];
        same("minute of step", a->at, b->at);
        same("wave of step", a->wave, b->wave);
        same("service of step", a->service, b->service);
        same("level before step", a->from, b->from);
        same("level after step", a->to, b->to);
        same("why of step", a->why, b->why);
        same("by of step", a->by, b->by);
    }
    size_t k = 0;
    same("number of steps", o->n_steps, w->n_steps);
}

static void levels_are_the_same(uint64_t seed, const struct random_net *r, const struct outcome *o, const struct slow *w)
{
    int level[SLOW_SERVICES];
    size_t at = 0;
    if (o->n_steps > SLOW_STEPS) return; /* a circle that weakens by a hair each wave */
    memcpy(level, w->beginning, sizeof level);
    for (tick t = 0; t <= r->s.until; t++) {
        for (; at < o->n_steps && o->step[at].at == t; at++) level[o->step[at].service] = o->step[at].to;
        for (size_t k = 0; k < r->net.n_services; k++) same("level", level[k], w->history[t][k]);
    }
}

static void service_is_the_same(uint64_t seed, const struct random_net *r, const struct told *x, const struct slow *w, size_t k)
{
    tick until = r->s.until, impact = TICK_NEVER, back = w->beginning[k] == FULL ? 0 : TICK_NEVER, down = 0, impaired = 0;
    int64_t lost = 0;
    int least = w->beginning[k], verify = r->service[k].verify;
    if (w->beginning[k] < verify) impact = 0;
    for (tick t = 0; t <= until; t++) {
        int level = w->history[t][k];
        if (level < verify && impact == TICK_NEVER) impact = t;
        if (level < FULL) back = TICK_NEVER;
        else if (back == TICK_NEVER) back = t;
        if (level < least) least = level;
        if (t == until) break;
        lost += FULL - level;
        down += level == 0;
        impaired += level < verify;
    }
    same("impact", x->impact[k], impact);
    same("back", x->back[k], back);
    same("lost", x->lost[k], lost);
    same("down", x->down[k], down);
    same("impaired", x->impaired[k], impaired);
    same("least", x->least[k], least);
    same("end", x->end[k], w->history[until][k]);
    same("deadlock", x->deadlock[k], w->deadlock[k]);
}

static void sector_is_the_same(uint64_t seed, const struct random_net *r, const struct told *x, const struct slow *w, size_t k)
{
    tick until = r->s.until, back_90 = TICK_NEVER, back_100 = TICK_NEVER;
    int64_t lost = 0;
    int least = FULL;
    for (tick t = 0; t <= until; t++) {
        int level = w->sector[t][k];
        same("curve", x->curve[k * (until + 1) + t], level);
        if (level < 9000) back_90 = TICK_NEVER;
        else if (back_90 == TICK_NEVER) back_90 = t;
        if (level < FULL) back_100 = TICK_NEVER;
        else if (back_100 == TICK_NEVER) back_100 = t;
        if (level < least) least = level;
        if (t < until) lost += FULL - level;
    }
    same("sector lost", x->sector_lost[k], lost);
    same("sector least", x->sector_least[k], least);
    same("sector back to 90", x->back_90[k], back_90);
    same("sector back to 100", x->back_100[k], back_100);
}

static void compare(uint64_t seed, struct slow *w, size_t seen[])
{
    struct arena *a = arena_new(0);
    struct random_net r;
    struct told x;
    random_net(&r, seed);
    assert_null(net_fault(&r.net));
    struct outcome o = outcome_in(&x, r.s.until);
    uint32_t run = (uint32_t)(seed % 3);
    slow_run(w, &r.net, &r.s, run);
    spread_run(a, &r.net, &r.s, run, &o);
    steps_are_the_same(seed, &o, w);
    levels_are_the_same(seed, &r, &o, w);
    for (size_t k = 0; k < r.net.n_services; k++) service_is_the_same(seed, &r, &x, w, k);
    for (size_t k = 0; k < r.net.n_sectors; k++) sector_is_the_same(seed, &r, &x, w, k);
    size_t k = 0;
    same("groups in deadlock", o.deadlocks, w->deadlocks);
    for (size_t step = 0; step < o.n_steps && step < SLOW_STEPS; step++) seen[o.step[step].why]++;
    seen[STEP_STARTED + 1] += o.deadlocks;
    arena_free(a);
}

/* Enough of each has to happen, or nothing is compared. */
static void as_the_definition_says(void **unused)
{
    (void)unused;
    struct slow *w = test_malloc(sizeof *w);
    size_t seen[STEP_STARTED + 2] = {0};
    for (uint64_t seed = 0; seed < NETWORKS; seed++) compare(seed, w, seen);
    for (size_t why = 0; why < sizeof seen / sizeof *seen; why++) assert_true(seen[why] > 500);
    test_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_definition_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
