/* Orders of repair, tried: an order is given to the crews as priorities, and the whole scenario is run. */
#include "depend/order.h"

#include <string.h>

__extension__ typedef __int128 wide;

const char *const order_codes[] = {"fifo", "priority", "weight", "given", "best", "worst"};

struct ordering {
    struct work *w;
    const struct order_ask *x;
    struct orders *to;
    struct net net;               /* with priorities of its own */
    struct net_service *service;
    int64_t *lost;                /* [services] of a run */
};

/* ---- one run ---- */

static int64_t weighted(const struct net *net, const int64_t *lost)
{
    wide sum = 0;
    for (uint32_t i = 0; i < net->n_services; i++) sum += (wide)lost[i] * net->service[i].weight;
    return sum > INT64_MAX ? INT64_MAX : (int64_t)sum;
}

static void prefer(struct ordering *o, const uint32_t *order)
{
    for (uint32_t i = 0; i < o->to->n; i++) o->service[order[i]].priority = -(int32_t)i;
}

static int64_t run_rule(struct ordering *o, const struct net *net, enum repair_order rule, struct outcome *out)
{
    struct arena_mark mark = arena_mark(o->w->a);
    struct scenario s = *o->x->s;
    s.order = rule;
    out->lost = o->lost;
    spread_run(o->w->a, net, &s, 0, out);
    arena_back(o->w->a, mark);
    o->to->tried++;
    return weighted(net, o->lost);
}

static int64_t run_order(struct ordering *o, const uint32_t *order)
{
    prefer(o, order);
    return run_rule(o, &o->net, ORDER_PRIORITY, &(struct outcome){0});
}

/* ---- what is broken ---- */

static bool repairable(const struct net *net, uint32_t i)
{
    return net->service[i].crew != NET_NONE && net->service[i].repair.low != TICK_NEVER;
}

/* What a strike is sure to hit, and what the log says that it hit. */
uint32_t order_broken(struct arena *a, const struct net *net, const struct scenario *s, uint32_t *service)
{
    enum { LOG = 1000000 };
    bool *hit = arena_array(a, net->n_services, sizeof *hit);
    struct outcome o = {.steps_max = LOG};
    uint32_t n = 0;
    struct arena_mark mark = arena_mark(a);
    for (size_t k = 0; k < s->n_strikes; k++)
        for (uint32_t i = 0; i < s->strike[k].n && s->strike[k].lasts == TICK_NEVER && s->strike[k].chance == 10000; i++)
            hit[s->strike[k].service[i]] = true;
    spread_run(a, net, s, 0, &o);
    for (size_t i = 0; i < o.n_steps && i < LOG; i++)
        for (size_t k = 0; o.step[i].why == STEP_STRUCK && k < s->n_strikes; k++)
            if (s->strike[k].cause == o.step[i].by && s->strike[k].lasts == TICK_NEVER) hit[o.step[i].service] = true;
    arena_back(a, mark);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (hit[i] && repairable(net, i)) service[n++] = i;
    return n;
}

/* ---- classes of crews ---- */

/* Places of an order that belong to one class; an order within it is an order of these. */
struct class {
    uint32_t crew, n;
    uint32_t *service;
};

static uint32_t classes(struct ordering *o, struct class *to)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < o->net.n_crews; c++) {
        struct class x = {.crew = c, .service = arena_array(o->w->a, o->to->n, sizeof *x.service)};
        for (uint32_t i = 0; i < o->to->n; i++)
            if (o->service[o->to->broken[i]].crew == c) x.service[x.n++] = o->to->broken[i];
        if (x.n > o->net.crew[c].number) to[n++] = x;
    }
    return n;
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t t = *a;
    *a = *b;
    *b = t;
}

/* The next order of numbers, as a dictionary would have them; false after the last, when they stand in the first again. */
static bool next_order(uint32_t *x, uint32_t n)
{
    uint32_t i = n - 1, k = n - 1;
    while (i > 0 && x[i - 1] > x[i]) i--;
    if (i > 0) {
        while (x[k] < x[i - 1]) k--;
        swap(&x[i - 1], &x[k]);
    }
    for (uint32_t l = i, r = n - 1; l < r; l++, r--) swap(&x[l], &x[r]);
    return i > 0;
}

/* All classes one after the other: crews of one do nothing of another's. */
static void joined(const struct ordering *o, const struct class *c, uint32_t n, uint32_t *order)
{
    uint32_t k = 0;
    bool *in = arena_array(o->w->a, o->net.n_services, sizeof *in);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < c[i].n; j++) {
            order[k++] = c[i].service[j];
            in[c[i].service[j]] = true;
        }
    for (uint32_t i = 0; i < o->to->n; i++)
        if (!in[o->to->broken[i]]) order[k++] = o->to->broken[i];
}

static int64_t run_joined(struct ordering *o, const struct class *c, uint32_t n, uint32_t *order)
{
    struct arena_mark mark = arena_mark(o->w->a);
    joined(o, c, n, order);
    int64_t lost = run_order(o, order);
    arena_back(o->w->a, mark);
    return lost;
}

/* ---- all orders ---- */

struct found {
    uint32_t *order;
    int64_t lost;
};

static void better(const struct ordering *o, struct found *f, const uint32_t *order, int64_t lost, int sign)
{
    if (f->lost != -1 && (lost - f->lost) * sign >= 0) return;
    f->lost = lost;
    memcpy(f->order, order, o->to->n * sizeof *order);
}

static void try_all(struct ordering *o, struct class *c, uint32_t n, struct found *best, struct found *worst)
{
    uint32_t *order = arena_array(o->w->a, o->to->n, sizeof *order), moved = 0;
    while (moved < n) {
        int64_t lost = run_joined(o, c, n, order);
        better(o, best, order, lost, 1);
        better(o, worst, order, lost, -1);
        for (moved = 0; moved < n && !next_order(c[moved].service, c[moved].n);) moved++;
        if (o->to->tried % 1000 == 0) work_progress(o->w, M("Orders tried"), o->to->tried, 0);
    }
}

/* ---- class by class ---- */

/* Every order of one class, the others as they are: the best is left standing. */
static bool class_best(struct ordering *o, struct class *c, uint32_t n, uint32_t which, struct found *best)
{
    struct arena *a = o->w->a;
    struct class *x = &c[which];
    uint32_t *stood = arena_array(a, x->n, sizeof *stood), *order = arena_array(a, o->to->n, sizeof *order);
    int64_t before = best->lost;
    memcpy(stood, x->service, x->n * sizeof *stood);
    for (uint32_t i = 1; i < x->n; i++) /* sorted: the first of all orders */
        for (uint32_t k = i; k > 0 && x->service[k - 1] > x->service[k]; k--) swap(&x->service[k - 1], &x->service[k]);
    do {
        int64_t lost = run_joined(o, c, n, order);
        if (best->lost != -1 && lost >= best->lost) continue;
        better(o, best, order, lost, 1);
        memcpy(stood, x->service, x->n * sizeof *stood);
    } while (next_order(x->service, x->n));
    memcpy(x->service, stood, x->n * sizeof *stood);
    return best->lost != before;
}

static void by_classes(struct ordering *o, struct class *c, uint32_t n, struct found *best)
{
    bool again = true;
    for (int round = 0; round < ORDER_ROUNDS_MAX && again; round++) {
        again = false;
        for (uint32_t i = 0; i < n; i++) again |= class_best(o, c, n, i, best);
        work_progress(o->w, M("Orders tried"), o->to->tried, 0);
    }
}

/* ---- too many for all orders ---- */

static tick repair_of(const struct net_service *s) { return chance_middle(&s->repair); }

/* Smith 1956: most weight per minute of work first. */
static void by_weight(const struct ordering *o, struct class *c)
{
    const struct net_service *s = o->service;
    for (uint32_t i = 1; i < c->n; i++)
        for (uint32_t k = i; k > 0; k--) {
            const struct net_service *l = &s[c->service[k - 1]], *r = &s[c->service[k]];
            if ((uint64_t)l->weight * repair_of(r) >= (uint64_t)r->weight * repair_of(l)) break;
            swap(&c->service[k - 1], &c->service[k]);
        }
}

/* The one at `from` is taken to the place `to` before it; those between move on. */
static void move(uint32_t *x, uint32_t from, uint32_t to)
{
    uint32_t t = x[from];
    memmove(&x[to + 1], &x[to], (from - to) * sizeof *x);
    x[to] = t;
}

static void move_back(uint32_t *x, uint32_t from, uint32_t to)
{
    uint32_t t = x[to];
    memmove(&x[to], &x[to + 1], (from - to) * sizeof *x);
    x[from] = t;
}

static void place_best(struct ordering *o, struct class *c, uint32_t n, struct class *x, uint32_t place, struct found *best)
{
    uint32_t *order = arena_array(o->w->a, o->to->n, sizeof *order), chosen = place;
    int64_t least = -1;
    for (uint32_t k = place; k < x->n; k++) {
        move(x->service, k, place);
        int64_t lost = run_joined(o, c, n, order);
        better(o, best, order, lost, 1);
        move_back(x->service, k, place);
        if (least != -1 && lost >= least) continue;
        least = lost;
        chosen = k;
    }
    move(x->service, chosen, place);
}

static void greedy(struct ordering *o, struct class *c, uint32_t n, struct found *best)
{
    for (uint32_t i = 0; i < n; i++) by_weight(o, &c[i]);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t place = 0; place + 1 < c[i].n; place++) {
            struct arena_mark mark = arena_mark(o->w->a);
            place_best(o, c, n, &c[i], place, best);
            arena_back(o->w->a, mark);
            work_progress(o->w, M("Orders tried"), o->to->tried, 0);
        }
}

/* ---- the whole ---- */

static enum order_way way_of(const struct net *net, const struct class *c, uint32_t n)
{
    int64_t most = ORDER_WORK_MAX / (net->n_services + 1), all = 1;
    enum order_way way = ORDER_EXACT;
    if (most > ORDER_TRIES_MAX) most = ORDER_TRIES_MAX;
    for (uint32_t i = 0; i < n; i++) {
        int64_t own = 1;
        for (uint32_t k = 2; k <= c[i].n && c[i].n <= ORDER_ALL_OF; k++) own *= k;
        if (c[i].n > ORDER_ALL_OF || own > most) return ORDER_GREEDY;
        all = all > most ? all : all * own;
        if (all > most) way = ORDER_CLASSES;
    }
    return way;
}

static void row_made(struct ordering *o, enum order_kind kind, const uint32_t *order)
{
    static const enum repair_order rule[] = {[ORDERED_FIFO] = ORDER_FIFO, [ORDERED_PRIORITY] = ORDER_PRIORITY, [ORDERED_WEIGHT] = ORDER_WEIGHT};
    struct arena *a = o->w->a;
    struct order_row *r = &o->to->row[o->to->n_rows++];
    uint32_t n = o->net.n_services, sectors = o->net.n_sectors;
    *r = (struct order_row){.kind = kind, .service = order, .back = arena_array(a, n, sizeof *r->back)};
    struct outcome out = {.back = r->back, .sector_lost = arena_array(a, sectors, sizeof(int64_t))};
    if (order != NULL) prefer(o, order);
    r->weighted = run_rule(o, order != NULL ? &o->net : o->x->net, order != NULL ? ORDER_PRIORITY : rule[kind], &out);
    for (uint32_t s = 0; s < sectors; s++) r->area += out.sector_lost[s];
}

static void begun(struct ordering *o)
{
    struct arena *a = o->w->a;
    const struct net *net = o->x->net;
    o->net = *net;
    o->service = arena_array(a, net->n_services, sizeof *o->service);
    memcpy(o->service, net->service, net->n_services * sizeof *o->service);
    o->net.service = o->service;
    o->lost = arena_array(a, net->n_services, sizeof *o->lost);
    o->to->broken = arena_array(a, net->n_services, sizeof *o->to->broken);
    o->to->n = order_broken(a, net, o->x->s, o->to->broken);
}

static void sought(struct ordering *o)
{
    struct arena *a = o->w->a;
    struct class *c = arena_array(a, o->net.n_crews, sizeof *c);
    uint32_t n = o->to->n_classes = classes(o, c), size = o->to->n;
    struct found best = {arena_array(a, size, sizeof(uint32_t)), -1}, worst = {arena_array(a, size, sizeof(uint32_t)), -1};
    o->to->way = way_of(&o->net, c, n);
    if (n == 0) return;
    if (o->to->way == ORDER_EXACT) try_all(o, c, n, &best, &worst);
    else if (o->to->way == ORDER_CLASSES) by_classes(o, c, n, &best);
    else greedy(o, c, n, &best);
    row_made(o, ORDERED_BEST, best.order);
    if (o->to->way == ORDER_EXACT) row_made(o, ORDERED_WORST, worst.order);
}

void order_all(struct work *w, const struct order_ask *x, struct orders *out)
{
    *out = (struct orders){0};
    struct ordering o = {.w = w, .x = x, .to = out};
    begun(&o);
    for (enum order_kind k = ORDERED_FIFO; k <= ORDERED_WEIGHT; k++) row_made(&o, k, NULL);
    if (x->given != NULL) row_made(&o, ORDERED_GIVEN, x->given);
    sought(&o);
}
