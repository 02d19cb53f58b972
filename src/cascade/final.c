/* When everything fails for good: each need falls short at the time of the supplier that is one too many, each service when the buffer
 * of one of its needs is empty. Times are settled from the earliest on (Knuth 1977). */
#include "cascade/final_wheel.h"
#include "cascade/spread.h"

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

/* What one loss touches, in sixteen bytes: a quarter of a cache line. */
struct loss_of {
    uint32_t left;   /* suppliers that it can do without, and one */
    tick buffer;
    uint32_t owner;
    uint32_t by;     /* row that was one too many */
};
/* Events are needs that run out of their buffer, rows whose delay is over (from `rows` on) and services that are struck (from `services` on). */
struct final {
    const struct net *net;
    const uint32_t *at, *to; /* the rows of each supplier, by needs */
    const uint32_t *row;     /* beside `to`; NULL where there are no delays and nobody asks by whom */
    struct loss_of *need;
    struct wheel wheel;
    uint32_t rows, services;
    bool delays;
    bool one_each;           /* service i has need i and no other */
    tick until;
    tick *first;
    uint32_t *by;
};

/* The rows of each supplier, as net_outward has them. Sorting four million rows by a million suppliers at once misses every cache; so they are first
 * dealt out, in their order, to groups of neighbouring suppliers, each small enough to be sorted within the nearest cache. */
enum { GROUPS = 256 };
struct dealt {
    uint32_t supplier, need;
};
struct dealing {
    struct dealt *dealt;
    uint32_t *row; /* beside it, or NULL */
    uint32_t begin[GROUPS + 1];
    unsigned shift;
};

static void count_groups(struct final *f, struct dealing *d)
{
    const struct net *net = f->net;
    while (net->n_services >> d->shift >= GROUPS) d->shift++;
    for (uint32_t r = 0; r < net->n_suppliers; r++) {
        d->begin[(net->supplier[r].service >> d->shift) + 1]++;
        f->delays |= net->supplier[r].delay > 0;
    }
    for (size_t k = 0; k < GROUPS; k++) d->begin[k + 1] += d->begin[k];
}

static void deal(const struct net *net, struct dealing *d)
{
    uint32_t end[GROUPS];
    memcpy(end, d->begin, sizeof end);
    for (uint32_t g = 0; g < net->n_needs; g++)
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
            uint32_t supplier = net->supplier[r].service, place = end[supplier >> d->shift]++;
            d->dealt[place] = (struct dealt){supplier, g};
            if (d->row != NULL) d->row[place] = r;
        }
}

static void sort_group(const struct dealing *d, uint32_t group, uint32_t *at, uint32_t *to, uint32_t *row, uint32_t n_services)
{
    uint32_t first = group << d->shift, end = (group + 1) << d->shift, sum = d->begin[group];
    if (end > n_services) end = n_services;
    /* Counted one place further on, so that filling in moves each beginning to where it belongs. */
    for (uint32_t k = d->begin[group]; k < d->begin[group + 1]; k++) at[d->dealt[k].supplier + 1]++;
    for (uint32_t j = first, n; j < end; j++, sum += n) {
        n = at[j + 1];
        at[j + 1] = sum;
    }
    for (uint32_t k = d->begin[group]; k < d->begin[group + 1]; k++) {
        uint32_t place = at[d->dealt[k].supplier + 1]++;
        to[place] = d->dealt[k].need;
        if (row != NULL) row[place] = d->row[k];
    }
}

static void outward(struct arena *a, struct final *f)
{
    const struct net *net = f->net;
    struct dealing d = {.shift = 0};
    count_groups(f, &d);
    bool rows = f->delays || f->by != NULL;
    uint32_t *at = arena_array(a, (size_t)net->n_services + 1, sizeof *at), *to = arena_array(a, net->n_suppliers, sizeof *to);
    uint32_t *row = rows ? arena_array(a, net->n_suppliers, sizeof *row) : NULL;
    struct arena_mark mark = arena_mark(a);
    d.dealt = arena_array(a, net->n_suppliers, sizeof *d.dealt);
    d.row = rows ? arena_array(a, net->n_suppliers, sizeof *d.row) : NULL;
    deal(net, &d);
    for (uint32_t k = 0; k < GROUPS && (uint64_t)k << d.shift < net->n_services; k++) sort_group(&d, k, at, to, row, net->n_services);
    arena_back(a, mark);
    f->at = at;
    f->to = to;
    f->row = row;
}

static void needs(struct arena *a, struct final *f)
{
    const struct net *net = f->net;
    f->need = arena_array(a, net->n_needs, sizeof *f->need);
    f->one_each = net->n_needs == net->n_services;
    for (uint32_t i = 0; i < net->n_services; i++) {
        f->one_each &= net->need_at[i] == i;
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++)
            f->need[g] = (struct loss_of){net->supplier_at[g + 1] - net->supplier_at[g] - net->need[g].k + 1,
                                          chance_middle(&net->need[g].buffer), i, NET_NONE};
    }
}

static void comes(struct final *f, tick now, tick later, uint32_t what)
{
    if (later <= f->until && now + later <= f->until) wheel_put(&f->wheel, now + later, what);
}

static void loses_one(struct final *f, tick now, uint32_t g, uint32_t row)
{
    struct loss_of *n = &f->need[g];
    if (--n->left != 0) return;
    n->by = row;
    comes(f, now, n->buffer, g);
}

static void fails(struct final *f, tick now, uint32_t i, uint32_t by)
{
    if (f->first[i] != TICK_NEVER) return;
    f->first[i] = now;
    if (f->by != NULL) f->by[i] = by;
    for (uint32_t k = f->at[i]; k < f->at[i + 1]; k++) {
        uint32_t row = f->row == NULL ? NET_NONE : f->row[k];
        tick delay = f->delays ? f->net->supplier[row].delay : 0;
        if (delay == 0) loses_one(f, now, f->to[k], row);
        else comes(f, now, delay, f->rows + k);
    }
}

static uint32_t owner(const struct final *f, uint32_t g) { return f->one_each ? g : f->need[g].owner; }

static void happens(struct final *f, tick now, uint32_t what)
{
    if (what < f->rows) fails(f, now, owner(f, what), f->by == NULL ? NET_NONE : f->need[what].by);
    else if (what < f->services) loses_one(f, now, f->to[what - f->rows], f->row[what - f->rows]);
    else fails(f, now, what - f->services, NET_NONE);
}

/* A few events at a time are looked at several times, so that what the last look needs is on its way: waiting for memory is what the time is spent on. */
static void happen(struct final *f, tick now, const uint32_t *what, uint32_t n)
{
    uint32_t service[WHEEL_TAKE], services = 0;
    if (!f->one_each)
        for (uint32_t k = 0; k < n; k++)
            if (what[k] < f->rows) __builtin_prefetch(&f->need[what[k]]);
    for (uint32_t k = 0; k < n; k++) {
        if (what[k] >= f->rows) continue;
        service[services] = owner(f, what[k]);
        __builtin_prefetch(&f->at[service[services]]);
        __builtin_prefetch(&f->first[service[services++]], 1);
    }
    for (uint32_t k = 0; k < services; k++) __builtin_prefetch(&f->to[f->at[service[k]]]);
    for (uint32_t k = 0; k < services; k++)
        for (uint32_t e = f->at[service[k]]; e < f->at[service[k] + 1]; e++) __builtin_prefetch(&f->need[f->to[e]], 1);
    for (uint32_t k = 0; k < n; k++) happens(f, now, what[k]);
}

void spread_final(struct arena *a, const struct net *net, const struct scenario *s, tick *first, uint32_t *by)
{
    struct final f = {.net = net, .rows = net->n_needs, .services = net->n_needs + net->n_suppliers, 
                      .until = s->until, .first = first, .by = by};
    outward(a, &f);
    needs(a, &f);
    wheel_make(a, &f.wheel);
    for (uint32_t i = 0; i < net->n_services; i++) first[i] = TICK_NEVER;
    for (uint32_t i = 0; by != NULL && i < net->n_services; i++) by[i] = NET_NONE;
    for (size_t k = 0; k < s->n_strikes; k++)
        for (uint32_t i = 0; i < s->strike[k].n; i++) comes(&f, 0, s->strike[k].at, f.services + s->strike[k].service[i]);
    uint32_t what[WHEEL_TAKE], n;
    for (tick now = 0; wheel_next(&f.wheel, now, &now);)
        while ((n = wheel_take(&f.wheel, now, what)) > 0) happen(&f, now, what, n);
}
