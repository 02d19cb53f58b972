/* Who failed because of whom. The log of a run tells each fall and the row of the network that brought it; here each service gets one
 * link, at its first fall that lasts longer than an instant, hung below the link of whoever brought it. What the reader does not see
 * by name stands as one link for its sector. Pure. */
#include "depend/run.h"

#include <stdlib.h>

struct tracing {
    const struct stored *s;
    const struct net *net;
    const struct step *step;
    size_t n;
    const uint32_t *owner;  /* [needs] */
    uint16_t *ends;         /* [steps] level of the service at the end of the instant */
    uint32_t *cause;        /* [steps] the fall that brought this one; NET_NONE */
    uint32_t *last, *first; /* [services] latest fall so far; first fall of the outage it is in */
    uint16_t *was;          /* [services] level before that */
    uint16_t *before;       /* [services] level before the instant of `at` */
    tick *at;
    uint32_t *link_of;      /* [services, then sectors] */
};

static void trace_ends(struct arena *a, struct tracing *t)
{
    uint32_t *next = arena_array(a, (size_t)t->net->n_services + 1, sizeof *next);
    for (uint32_t i = 0; i < t->net->n_services; i++) next[i] = NET_NONE;
    for (size_t i = t->n; i > 0; i--) {
        const struct step *s = &t->step[i - 1];
        const uint32_t k = next[s->service];
        t->ends[i - 1] = k != NET_NONE && t->step[k].at == s->at ? t->ends[k] : s->to;
        next[s->service] = (uint32_t)(i - 1);
    }
}

static struct tracing trace_begin(struct arena *a, const struct stored *s, const struct outcome *o)
{
    const struct net *net = &s->model->net;
    const size_t n = o->n_steps < o->steps_max ? o->n_steps : o->steps_max, services = (size_t)net->n_services + 1;
    struct tracing t = {.s = s, .net = net, .step = o->step, .n = n, .owner = net_owners(a, net),
                        .ends = arena_array(a, n + 1, sizeof *t.ends), .cause = arena_array(a, n + 1, sizeof *t.cause),
                        .last = arena_array(a, services, sizeof *t.last), .first = arena_array(a, services, sizeof *t.first),
                        .was = arena_array(a, services, sizeof *t.was), .before = arena_array(a, services, sizeof *t.before),
                        .at = arena_array(a, services, sizeof *t.at)};
    t.link_of = arena_array(a, services + net->n_sectors, sizeof *t.link_of);
    for (uint32_t i = 0; i < net->n_services; i++) {
        t.last[i] = t.first[i] = NET_NONE;
        t.at[i] = TICK_NEVER;
    }
    for (size_t i = 0; i < services + net->n_sectors; i++) t.link_of[i] = NET_NONE;
    trace_ends(a, &t);
    return t;
}

static uint32_t *place_of(struct tracing *t, uint32_t service)
{
    if (stored_named(t->s, service)) return &t->link_of[service];
    return &t->link_of[t->net->n_services + t->net->service[service].sector];
}

/* ---- one fall ---- */

/* The link of whoever brought it; falls that were mended in the same instant have none, and lead on to what brought them. */
static uint32_t parent_of(struct tracing *t, uint32_t fall, uint32_t own)
{
    for (uint32_t k = t->cause[fall]; k != NET_NONE; k = t->cause[k]) {
        const uint32_t link = *place_of(t, t->step[k].service);
        if (link != NET_NONE && link != own) return link;
    }
    return NET_NONE;
}

/* How long the buffer of the need held: from when the supplier's fall was felt. */
static tick held_of(const struct tracing *t, const struct step *s)
{
    const struct net_supplier *row = &t->net->supplier[s->by];
    if (t->first[row->service] == NET_NONE) return 0;
    const tick felt = t->step[t->first[row->service]].at + row->delay;
    return s->at > felt ? s->at - felt : 0;
}

static uint32_t need_of(const struct net *net, uint32_t row)
{
    uint32_t low = 0, high = net->n_needs;
    while (high - low > 1) {
        const uint32_t half = low + (high - low) / 2;
        if (net->supplier_at[half] <= row) low = half;
        else high = half;
    }
    return low;
}

static struct link link_of_fall(struct tracing *t, const struct step *s, bool named)
{
    struct link k = {.service = s->service, .services = 1, .parent = NET_NONE, .need = NET_NONE, .cause = NET_NONE, .at = s->at,
                     .until = TICK_NEVER, .least = s->to, .why = s->why, .named = named};
    if (s->why == STEP_STRUCK) k.cause = s->by;
    if (s->why != STEP_NEED || s->by == NET_NONE) return k;
    k.type = t->net->supplier[s->by].type;
    k.need = need_of(t->net, s->by);
    k.held = t->net->need[k.need].buffer.low == 0 && t->net->need[k.need].buffer.high == 0 ? 0 : held_of(t, s);
    return k;
}

static void fall(struct arena *a, struct tracing *t, struct chain *c, size_t *room, uint32_t i)
{
    const struct step *s = &t->step[i];
    uint32_t *place = place_of(t, s->service);
    t->cause[i] = s->why == STEP_NEED && s->by != NET_NONE ? t->last[t->net->supplier[s->by].service] : NET_NONE;
    if (t->first[s->service] == NET_NONE) {
        t->first[s->service] = i;
        t->was[s->service] = s->from;
    }
    t->last[s->service] = i;
    if (t->ends[i] >= t->before[s->service]) return; /* over in the same instant */
    if (*place != NET_NONE) return;
    c->link = arena_more(a, c->link, c->n, room, sizeof *c->link);
    c->link[c->n] = link_of_fall(t, s, stored_named(t->s, s->service));
    c->link[c->n].parent = parent_of(t, i, NET_NONE);
    c->link[c->n].depth = c->link[c->n].parent == NET_NONE ? 0 : c->link[c->link[c->n].parent].depth + 1;
    *place = (uint32_t)c->n++;
}

/* ---- how deep, how long, how many ---- */

/* The first outage of a service: until it is as it was. The link of many lasts as long as any of them. */
struct outage {
    uint16_t was;
    bool open, over;
};

static void follow(struct tracing *t, struct chain *c, struct outage *outage)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct step *s = &t->step[i];
        const uint32_t at = *place_of(t, s->service);
        struct outage *o = &outage[s->service];
        if (at == NET_NONE || o->over) continue;
        struct link *k = &c->link[at];
        if (!o->open && s->to < s->from && t->ends[i] < s->from) {
            *o = (struct outage){.was = s->from, .open = true};
            if (s->service != k->service) k->services++;
        }
        if (!o->open) continue;
        if (s->to < k->least && t->ends[i] <= s->to) k->least = s->to;
        if (s->to < o->was || t->ends[i] < o->was) continue;
        o->over = true;
        if (k->until == TICK_NEVER || s->at > k->until) k->until = s->at;
    }
    for (uint32_t i = 0; i < t->net->n_services; i++)
        if (outage[i].open && !outage[i].over) c->link[*place_of(t, i)].until = TICK_NEVER;
}

void chain_of(struct arena *a, const struct stored *s, const struct outcome *o, struct chain *out)
{
    struct tracing t = trace_begin(a, s, o);
    struct chain c = {.cut = o->n_steps > t.n};
    size_t room = 0;
    for (uint32_t i = 0; i < t.n; i++) {
        const struct step *step = &t.step[i];
        if (t.at[step->service] != step->at) {
            t.at[step->service] = step->at;
            t.before[step->service] = step->from;
        }
        if (step->to < step->from) fall(a, &t, &c, &room, i);
        else if (step->to >= t.was[step->service]) t.first[step->service] = NET_NONE;
    }
    follow(&t, &c, arena_array(a, (size_t)t.net->n_services + 1, sizeof(struct outage)));
    *out = c;
}

/* ---- as a tree ---- */

const uint32_t *chain_order(struct arena *a, const struct chain *c)
{
    uint32_t *order = arena_array(a, c->n + 1, sizeof *order), *child = arena_array(a, c->n + 1, sizeof *child);
    uint32_t *sibling = arena_array(a, c->n + 1, sizeof *sibling), roots = NET_NONE;
    for (size_t i = 0; i < c->n; i++) child[i] = NET_NONE;
    for (size_t i = c->n; i > 0; i--) { /* backward: so children stand in the order of time */
        uint32_t *head = c->link[i - 1].parent == NET_NONE ? &roots : &child[c->link[i - 1].parent];
        sibling[i - 1] = *head;
        *head = (uint32_t)(i - 1);
    }
    uint32_t at = roots;
    for (size_t n = 0; at != NET_NONE;) {
        order[n++] = at;
        if (child[at] != NET_NONE) {
            at = child[at];
            continue;
        }
        while (at != NET_NONE && sibling[at] == NET_NONE) at = c->link[at].parent;
        if (at != NET_NONE) at = sibling[at];
    }
    return order;
}
