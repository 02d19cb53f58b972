#include "depend/stuck.h"

#include <string.h>

#include "cascade/reach.h"

struct trying {
    struct arena *a;
    struct net net;                /* with arrays of its own that are changed, one thing at a time */
    struct net_service *service;
    struct net_need *need;
    struct stuck *to;
    const uint32_t *owner;         /* [needs] */
    uint32_t *circle;              /* [services] */
    bool *back;                    /* [services] of a try */
    bool *held;                    /* [services] stuck with full buffers */
    size_t most;
};

/* Of the services of a circle that were stuck: how many come back, as far as they ever could and not only in part. */
static uint32_t freed(struct trying *t, uint32_t c, bool stored)
{
    struct arena_mark mark = arena_mark(t->a);
    uint32_t n = 0;
    reach_back(t->a, &t->net, stored, t->to->of, c, t->back);
    for (uint32_t i = 0; i < t->net.n_services; i++) n += t->to->of[i] == c && (!stored || t->held[i]) && t->back[i];
    arena_back(t->a, mark);
    return n;
}

static struct stuck_try *next_try(struct trying *t)
{
    if (t->to->n_tries == t->most) t->to->cut = true;
    return t->to->n_tries == t->most ? NULL : &t->to->tried[t->to->n_tries++];
}

static void try_black_start(struct trying *t, uint32_t i)
{
    struct stuck_try *x = t->service[i].black_start ? NULL : next_try(t);
    if (x == NULL) return;
    t->service[i].black_start = true;
    *x = (struct stuck_try){t->to->of[i], i, NET_NONE, freed(t, t->to->of[i], false)};
    t->service[i].black_start = false;
}

static bool met_within(const struct trying *t, uint32_t g, uint32_t c)
{
    for (uint32_t r = t->net.supplier_at[g]; r < t->net.supplier_at[g + 1]; r++)
        if (t->to->of[t->net.supplier[r].service] == c) return true;
    return false;
}

static void try_buffer(struct trying *t, uint32_t g)
{
    uint32_t i = t->owner[g], c = t->to->of[i];
    bool none = t->need[g].buffer.kind == SPAN_FIXED && t->need[g].buffer.low == 0;
    struct stuck_try *x = none && t->held[i] && met_within(t, g, c) ? next_try(t) : NULL;
    if (x == NULL) return;
    struct span was = t->need[g].buffer;
    t->need[g].buffer = (struct span){HOUR, HOUR, SPAN_FIXED};
    *x = (struct stuck_try){c, i, g, freed(t, c, true)};
    t->need[g].buffer = was;
}

static void try_circle(struct trying *t, uint32_t c)
{
    for (uint32_t i = 0; i < t->net.n_services; i++)
        if (t->to->of[i] == c) try_black_start(t, i);
    for (uint32_t i = 0; i < t->net.n_services && t->to->circle[c].with_buffers; i++)
        for (uint32_t g = t->net.need_at[i]; t->to->of[i] == c && g < t->net.need_at[i + 1]; g++) try_buffer(t, g);
}

static void most_first(struct stuck_try *t, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct stuck_try x = t[i];
        size_t k = i;
        for (; k > 0 && t[k - 1].circle == x.circle && t[k - 1].freed < x.freed; k--) t[k] = t[k - 1];
        t[k] = x;
    }
}

static void circles_counted(struct trying *t)
{
    struct stuck *to = t->to;
    uint32_t told = to->n < STUCK_CIRCLES_MAX ? to->n : STUCK_CIRCLES_MAX;
    uint32_t *last = arena_array(t->a, (size_t)told * t->net.n_sectors, sizeof *last);
    bool *held = arena_array(t->a, to->n, sizeof *held);
    to->circle = arena_array(t->a, told, sizeof *to->circle);
    for (uint32_t i = 0; i < t->net.n_services; i++) {
        if (to->of[i] == NET_NONE) continue;
        held[to->of[i]] = held[to->of[i]] || t->held[i];
        if (to->of[i] >= told) continue;
        struct stuck_circle *c = &to->circle[to->of[i]];
        c->services++;
        c->sectors += last[(size_t)to->of[i] * t->net.n_sectors + t->service[i].sector]++ == 0;
        c->with_buffers = held[to->of[i]];
    }
    for (uint32_t c = 0; c < to->n; c++) to->n_with_buffers += held[c];
}

static void begun(struct trying *t, const struct net *net)
{
    struct arena *a = t->a;
    uint32_t n = net->n_services;
    t->net = *net;
    t->service = arena_array(a, n, sizeof *t->service);
    t->need = arena_array(a, net->n_needs, sizeof *t->need);
    memcpy(t->service, net->service, n * sizeof *t->service);
    memcpy(t->need, net->need, net->n_needs * sizeof *t->need);
    t->net.service = t->service;
    t->net.need = t->need;
    t->owner = net_owners(a, net);
    t->circle = arena_array(a, n, sizeof *t->circle);
    t->held = arena_array(a, n, sizeof *t->held);
    t->back = arena_array(a, n, sizeof *t->back);
    t->to->not_back = reach_back(a, net, false, NULL, 0, t->back);
    t->to->of = arena_array(a, n, sizeof *t->to->of);
    t->to->n = reach_stuck(a, net, false, t->circle);
    for (uint32_t i = 0; i < n; i++) t->to->of[i] = t->circle[i] == 0 ? NET_NONE : t->circle[i] - 1;
    reach_stuck(a, net, true, t->circle);
    for (uint32_t i = 0; i < n; i++) t->held[i] = t->to->of[i] != NET_NONE && t->circle[i] != 0;
}

void stuck_circles(struct arena *a, const struct net *net, struct stuck *out)
{
    struct trying t = {.a = a, .to = out};
    *out = (struct stuck){0};
    begun(&t, net);
    circles_counted(&t);
    size_t affordable = STUCK_WORK_MAX / (net->n_services + 1u);
    t.most = affordable < STUCK_TRIES_MAX ? affordable : STUCK_TRIES_MAX;
    out->tried = arena_array(a, t.most, sizeof *out->tried);
    for (uint32_t c = 0; c < out->n && c < STUCK_CIRCLES_MAX; c++) try_circle(&t, c);
    most_first(out->tried, out->n_tries);
}
