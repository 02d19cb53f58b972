/* When everything fails for good: each need falls short at the time of the supplier that is one too many, each service when the buffer
 * of one of its needs is empty. Times are settled from the earliest on (Knuth 1977). */
#include "cascade/spread.h"

enum { BRANCHES = 4 };

bool spread_is_final(const struct net *net, const struct scenario *s)
{
    for (uint32_t i = 0; i < net->n_services; i++) {
        const struct net_service *x = &net->service[i];
        if (x->own != LEVEL_FULL || x->verify == 0 || (s->failures && x->fails.low != TICK_NEVER)) return false;
    }
    for (uint32_t g = 0; g < net->n_needs; g++) {
        const struct net_need *n = &net->need[g];
        if (n->rule != NEED_COUNT || n->strength != LEVEL_FULL || (s->varied && n->buffer.kind != SPAN_FIXED)) return false;
    }
    for (size_t k = 0; k < s->n_strikes; k++) {
        const struct strike *x = &s->strike[k];
        if (x->chance < LEVEL_FULL || x->level > 0 || x->lasts != TICK_NEVER) return false;
        for (uint32_t i = 0; i < x->n; i++)
            if (net->service[x->service[i]].repair.low != TICK_NEVER) return false;
    }
    return true;
}

struct coming {
    uint64_t at;
    uint32_t service, by;
};
struct final {
    const struct net *net;
    struct net_out out;
    const uint32_t *owner;
    uint32_t *left; /* [needs] suppliers that it can do without, and one */
    struct coming *heap;
    size_t n, room;
    struct arena *a;
    tick until;
};

static void put(struct final *f, struct coming e)
{
    if (e.at > f->until) return;
    f->heap = arena_more(f->a, f->heap, f->n, &f->room, sizeof *f->heap);
    size_t at = f->n++;
    for (; at > 0 && e.at < f->heap[(at - 1) / BRANCHES].at; at = (at - 1) / BRANCHES) f->heap[at] = f->heap[(at - 1) / BRANCHES];
    f->heap[at] = e;
}

static struct coming take(struct final *f)
{
    struct coming first = f->heap[0], e = f->heap[--f->n];
    size_t at = 0;
    for (size_t child; (child = at * BRANCHES + 1) < f->n; at = child) {
        size_t end = child + BRANCHES < f->n ? child + BRANCHES : f->n;
        for (size_t k = child + 1; k < end; k++)
            if (f->heap[k].at < f->heap[child].at) child = k;
        if (e.at <= f->heap[child].at) break;
        f->heap[at] = f->heap[child];
    }
    f->heap[at] = e;
    return first;
}

/* A supplier's loss as it is felt: entries with a row of no service behind it are needs that lose one, at their time. */
static void loses_one(struct final *f, uint64_t at, uint32_t row, uint32_t need)
{
    if (--f->left[need] != 0) return;
    const struct net_need *n = &f->net->need[need];
    tick buffer = n->buffer.kind == SPAN_UNIFORM ? n->buffer.low + (n->buffer.high - n->buffer.low) / 2 : n->buffer.low;
    put(f, (struct coming){at + buffer, f->owner[need], row});
}

static void fails(struct final *f, uint64_t at, uint32_t i)
{
    for (uint32_t k = f->out.at[i]; k < f->out.at[i + 1]; k++) {
        tick delay = f->net->supplier[f->out.row[k]].delay;
        if (delay == 0) loses_one(f, at, f->out.row[k], f->out.need[k]);
        else put(f, (struct coming){at + delay, f->net->n_services + f->out.need[k], f->out.row[k]});
    }
}

void spread_final(struct arena *a, const struct net *net, const struct scenario *s, tick *first, uint32_t *by)
{
    struct final f = {.net = net, .owner = net_owners(a, net), .left = arena_array(a, net->n_needs, sizeof *f.left), .a = a, .until = s->until};
    net_outward(a, net, &f.out);
    for (uint32_t g = 0; g < net->n_needs; g++) f.left[g] = net->supplier_at[g + 1] - net->supplier_at[g] - net->need[g].k + 1;
    for (uint32_t i = 0; i < net->n_services; i++) first[i] = TICK_NEVER;
    for (uint32_t i = 0; by != NULL && i < net->n_services; i++) by[i] = NET_NONE;
    for (size_t k = 0; k < s->n_strikes; k++)
        for (uint32_t i = 0; i < s->strike[k].n; i++) put(&f, (struct coming){s->strike[k].at, s->strike[k].service[i], NET_NONE});
    while (f.n > 0) {
        struct coming e = take(&f);
        if (e.service >= net->n_services) {
            loses_one(&f, e.at, e.by, e.service - net->n_services);
            continue;
        }
        if (first[e.service] != TICK_NEVER) continue;
        first[e.service] = (tick)e.at;
        if (by != NULL) by[e.service] = e.by;
        fails(&f, e.at, e.service);
    }
}
