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
    tick until;
    tick *first;
    uint32_t *by;
};

static bool any_delay(const struct net *net)
{
    for (uint32_t r = 0; r < net->n_suppliers; r++)
        if (net->supplier[r].delay > 0) return true;
    return false;
}

/* net_outward without what is not asked for. */
static void outward(struct arena *a, struct final *f, bool rows)
{
    const struct net *net = f->net;
    uint32_t *at = arena_array(a, (size_t)net->n_services + 2, sizeof *at), *to = arena_array(a, net->n_suppliers, sizeof *to);
    uint32_t *row = rows ? arena_array(a, net->n_suppliers, sizeof *row) : NULL;
    for (uint32_t r = 0; r < net->n_suppliers; r++) at[net->supplier[r].service + 2]++;
    for (uint32_t j = 0; j < net->n_services; j++) at[j + 1] += at[j];
    for (uint32_t g = 0; g < net->n_needs; g++)
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
            uint32_t place = at[net->supplier[r].service + 1]++;
            to[place] = g;
            if (rows) row[place] = r;
        }
    f->at = at;
    f->to = to;
    f->row = row;
}

static void needs(struct arena *a, struct final *f)
{
    const struct net *net = f->net;
    f->need = arena_array(a, net->n_needs, sizeof *f->need);
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++)
            f->need[g] = (struct loss_of){net->supplier_at[g + 1] - net->supplier_at[g] - net->need[g].k + 1,
                                          chance_middle(&net->need[g].buffer), i, NET_NONE};
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

static void happens(struct final *f, tick now, uint32_t what)
{
    if (what < f->rows) fails(f, now, f->need[what].owner, f->need[what].by);
    else if (what < f->services) loses_one(f, now, f->to[what - f->rows], f->row[what - f->rows]);
    else fails(f, now, what - f->services, NET_NONE);
}

/* The few events of one line are looked at three times, so that what the last look needs is on its way: that is what the time is spent on. */
static void happen(struct final *f, tick now, const uint32_t *what, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (what[k] < f->rows) __builtin_prefetch(&f->need[what[k]]);
    for (uint32_t k = 0; k < n; k++)
        if (what[k] < f->rows) {
            __builtin_prefetch(&f->at[f->need[what[k]].owner]);
            __builtin_prefetch(&f->first[f->need[what[k]].owner], 1);
        }
    for (uint32_t k = 0; k < n; k++)
        if (what[k] < f->rows) __builtin_prefetch(&f->to[f->at[f->need[what[k]].owner]]);
    for (uint32_t k = 0; k < n; k++) happens(f, now, what[k]);
}

void spread_final(struct arena *a, const struct net *net, const struct scenario *s, tick *first, uint32_t *by)
{
    struct final f = {.net = net, .rows = net->n_needs, .services = net->n_needs + net->n_suppliers, .delays = any_delay(net),
                      .until = s->until, .first = first, .by = by};
    outward(a, &f, f.delays || by != NULL);
    needs(a, &f);
    wheel_make(a, &f.wheel);
    for (uint32_t i = 0; i < net->n_services; i++) first[i] = TICK_NEVER;
    for (uint32_t i = 0; by != NULL && i < net->n_services; i++) by[i] = NET_NONE;
    for (size_t k = 0; k < s->n_strikes; k++)
        for (uint32_t i = 0; i < s->strike[k].n; i++) comes(&f, 0, s->strike[k].at, f.services + s->strike[k].service[i]);
    uint32_t what[WHEEL_LINE], n;
    for (tick now = 0; wheel_next(&f.wheel, now, &now);)
        while ((n = wheel_take(&f.wheel, now, what)) > 0) happen(&f, now, what, n);
}
