/* N−1: each service alone. */
#include "depend/rank.h"

#include <string.h>

#include "cascade/reach.h"
#include "depend/run.h"
#include "depend/table_after.h"

__extension__ typedef __int128 wide; /* money times minutes leaves 64 bits */
enum { SETS_AT_ONCE = 8192 };

const char *const rank_by_codes[] = {"weight", "area", "money", "services"};

struct net rank_even(struct arena *a, const struct net *net)
{
    struct net even = *net;
    struct net_service *service = arena_array(a, net->n_services, sizeof *service);
    for (uint32_t i = 0; i < net->n_services; i++) {
        service[i] = net->service[i];
        service[i].profile = NET_NONE;
    }
    even.service = service;
    return even;
}

int64_t rank_measure(enum rank_by by, const struct rank_row *r)
{
    int64_t of[RANK_BYS] = {[RANK_WEIGHT] = r->weight, [RANK_AREA] = r->area, [RANK_MONEY] = r->money, [RANK_SERVICES] = r->lost};
    return of[by];
}

int64_t rank_share(const struct rank_sector *sector, uint32_t n_sectors, const uint64_t *lost)
{
    int64_t sum = 0, n = 0;
    for (uint32_t s = 0; s < n_sectors; s++) {
        if (sector[s].weight == 0) continue;
        sum += (int64_t)((wide)lost[s] * RANK_WHOLE / (wide)sector[s].weight);
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

bool rank_has_money(const struct model *m)
{
    for (uint32_t s = 0; s < m->net.n_sectors; s++)
        if (m->sector[s].value != 0) return true;
    for (uint32_t i = 0; m->service != NULL && i < m->net.n_services; i++)
        if (m->service[i].value != 0) return true;
    return false;
}

int64_t rank_money(const struct model *m, const int64_t *lost, const int64_t *sector_lost)
{
    wide sum = 0;
    for (uint32_t s = 0; s < m->net.n_sectors; s++) sum += run_money(m->sector[s].value, sector_lost[s]);
    for (uint32_t i = 0; m->service != NULL && i < m->net.n_services; i++)
        if (m->sector[m->net.service[i].sector].value == 0) sum += run_money(m->service[i].value, lost[i]);
    return sum > INT64_MAX ? INT64_MAX : (int64_t)sum;
}

/* ---- points of failure ---- */

static bool deeper(const struct rank_point *a, const struct rank_point *b)
{
    return a->left != b->left ? a->left < b->left : a->after < b->after;
}

/* Behind those that are as deep: services come in the order of the model. */
static void point_found(struct rank_sector *s, struct rank_point p)
{
    uint32_t kept = s->n_points < RANK_POINTS ? s->n_points : RANK_POINTS, i = kept;
    s->n_points++;
    s->n_others += !p.own;
    while (i > 0 && deeper(&p, &s->point[i - 1])) i--;
    if (i == RANK_POINTS) return;
    uint32_t move = (kept < RANK_POINTS ? kept : RANK_POINTS - 1) - i;
    memmove(&s->point[i + 1], &s->point[i], move * sizeof *s->point);
    s->point[i] = p;
}

/* ---- for good ---- */

struct counting {
    struct work *w;
    const struct rank_ask *x;
    struct ranking *to;
    bool *anyway;               /* [services] a need of it is never met */
    uint64_t *base;             /* [sectors] weight lost anyway */
};

static uint16_t level_left(const struct rank_sector *s, uint64_t lost)
{
    return s->weight == 0 ? LEVEL_FULL : (uint16_t)((wide)(s->weight - lost) * LEVEL_FULL / (wide)s->weight);
}

static void lost_anyway(struct counting *c)
{
    const struct net *net = c->x->net;
    c->anyway = arena_array(c->w->a, net->n_services, sizeof *c->anyway);
    c->base = arena_array(c->w->a, net->n_sectors, sizeof *c->base);
    c->to->lost_anyway = reach_lost_plainly(c->w->a, net, NULL, 0, c->anyway);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (c->anyway[i]) c->base[net->service[i].sector] += net->service[i].weight;
}

static void sectors_left(struct counting *c, uint32_t service, const uint64_t *lost)
{
    const struct net *net = c->x->net;
    for (uint32_t s = 0; s < net->n_sectors && !c->x->timed; s++) {
        uint16_t left = level_left(&c->to->sector[s], lost[s]), before = level_left(&c->to->sector[s], c->base[s]);
        if (before < c->x->verify[s] || left >= c->x->verify[s]) continue;
        c->to->row[service].below++;
        point_found(&c->to->sector[s], (struct rank_point){service, left, net->service[service].sector == s, TICK_NEVER});
    }
}

static void set_lost(struct counting *c, uint32_t service, uint32_t lost, uint64_t *weight)
{
    const struct net *net = c->x->net;
    struct rank_row *r = &c->to->row[service];
    r->lost = lost - c->to->lost_anyway - !c->anyway[service];
    sectors_left(c, service, weight);
    for (uint32_t s = 0; s < net->n_sectors; s++) weight[s] -= c->base[s];
    r->weight = rank_share(c->to->sector, net->n_sectors, weight);
}

static void batch_lost(struct counting *c, uint32_t first, uint32_t n)
{
    struct arena *a = c->w->a;
    const struct net *net = c->x->net;
    uint32_t *at = arena_array(a, n + 1u, sizeof *at), *service = arena_array(a, n, sizeof *service), *lost = arena_array(a, n, sizeof *lost);
    uint32_t *lost_to = arena_array(a, net->n_services, sizeof *lost_to);
    uint64_t *weight = arena_array(a, (size_t)n * net->n_sectors, sizeof *weight);
    for (uint32_t i = 0; i < n; i++) at[i + 1] = i + 1, service[i] = first + i;
    reach_losses(a, net, &(struct reach_sets){at, service, n}, 1, lost, weight, lost_to);
    for (uint32_t i = 0; i < n; i++) set_lost(c, first + i, lost[i], weight + (size_t)i * net->n_sectors);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (!c->anyway[i]) c->to->row[i].lost_to += lost_to[i];
}

static void for_good(struct counting *c)
{
    uint32_t n = c->x->net->n_services;
    lost_anyway(c);
    for (uint32_t first = 0; first < n; first += SETS_AT_ONCE) {
        struct arena_mark mark = arena_mark(c->w->a);
        batch_lost(c, first, n - first < SETS_AT_ONCE ? n - first : SETS_AT_ONCE);
        arena_back(c->w->a, mark);
        work_progress(c->w, M("Losses for good"), first, n);
    }
}

/* ---- timed ---- */

struct timed {
    struct outcome o;
    struct after x;
    int64_t base_area, base_money; /* of the run in which nothing is struck */
    uint16_t *base_least;
    tick *base_impact;
};

static int64_t area_of(const struct net *net, const int64_t *sector_lost)
{
    int64_t sum = 0;
    for (uint32_t s = 0; s < net->n_sectors; s++) sum += sector_lost[s];
    return sum;
}

struct strike rank_blow(const struct rank_ask *x, const uint32_t *service, uint32_t n)
{
    return (struct strike){.service = service, .n = n, .repair_percent = 100, .chance = 10000, .together = true,
                           .lasts = x->repaired ? TICK_NEVER : TICK_MAX};
}

static void run_one(struct counting *c, struct timed *t, const uint32_t *service, uint32_t n)
{
    struct strike blow = rank_blow(c->x, service, n);
    struct arena_mark mark = arena_mark(c->w->a);
    after_scenario(c->w->a, &t->x, &(struct scenario){.strike = &blow, .n_strikes = n > 0}, 0);
    arena_back(c->w->a, mark);
}

static void timed_begun(struct counting *c, struct timed *t)
{
    struct arena *a = c->w->a;
    const struct net *net = c->x->net;
    size_t n = net->n_services, sectors = net->n_sectors;
    *t = (struct timed){.o = {.lost = arena_array(a, n, sizeof(int64_t)), .sector_lost = arena_array(a, sectors, sizeof(int64_t)),
                              .impact = arena_array(a, n, sizeof(tick)), .sector_least = arena_array(a, sectors, sizeof(uint16_t))}};
    t->x = (struct after){.net = net, .at = &c->x->until, .n_at = 1, .verify = c->x->verify, .also = &t->o};
    t->x.level = arena_array(a, sectors, sizeof *t->x.level);
    t->x.first = arena_array(a, sectors, sizeof *t->x.first);
    t->base_least = arena_array(a, sectors, sizeof(uint16_t));
    t->base_impact = arena_array(a, n, sizeof(tick));
    run_one(c, t, NULL, 0);
    memcpy(t->base_impact, t->o.impact, n * sizeof(tick));
    memcpy(t->base_least, t->o.sector_least, sectors * sizeof(uint16_t));
    t->base_area = area_of(net, t->o.sector_lost);
    t->base_money = rank_money(c->x->model, t->o.lost, t->o.sector_lost);
}

static void sectors_timed(struct counting *c, const struct timed *t, uint32_t service)
{
    const struct net *net = c->x->net;
    struct rank_row *r = &c->to->row[service];
    for (uint32_t s = 0; s < net->n_sectors; s++) {
        uint16_t left = t->o.sector_least[s];
        if (t->base_least[s] < c->x->verify[s] || left >= c->x->verify[s]) continue;
        bool own = net->service[service].sector == s;
        r->below++;
        if (!own && t->x.first[s] < r->soonest) r->soonest = t->x.first[s];
        point_found(&c->to->sector[s], (struct rank_point){service, left, own, t->x.first[s]});
    }
}

static void services_timed(struct counting *c, const struct timed *t, uint32_t service)
{
    for (uint32_t i = 0; i < c->x->net->n_services; i++) {
        if (i == service || t->o.impact[i] == TICK_NEVER || t->base_impact[i] != TICK_NEVER) continue;
        c->to->row[service].hits++;
        c->to->row[i].hit_by++;
    }
}

static void timed_all(struct counting *c)
{
    struct timed t;
    uint32_t n = c->x->net->n_services;
    timed_begun(c, &t);
    for (uint32_t i = 0; i < n; i++) {
        struct rank_row *r = &c->to->row[i];
        run_one(c, &t, &i, 1);
        r->area = area_of(c->x->net, t.o.sector_lost) - t.base_area;
        r->money = rank_money(c->x->model, t.o.lost, t.o.sector_lost) - t.base_money;
        sectors_timed(c, &t, i);
        services_timed(c, &t, i);
        if (i % 16 == 0) work_progress(c->w, M("Runs"), i, n);
    }
}

/* ---- both, in order ---- */

static int by_measure(const void *a, const void *b, void *by)
{
    const struct rank_row *x = a, *y = b;
    int64_t p = rank_measure(*(const enum rank_by *)by, x), q = rank_measure(*(const enum rank_by *)by, y);
    return p != q ? (p < q) - (p > q) : (x->service > y->service) - (x->service < y->service);
}

static void begun(struct counting *c)
{
    struct arena *a = c->w->a;
    const struct net *net = c->x->net;
    uint32_t n = net->n_services;
    uint32_t *direct = arena_array(a, n, sizeof *direct), *transitive = arena_array(a, n, sizeof *transitive);
    c->to->row = arena_array(a, n, sizeof *c->to->row);
    c->to->sector = arena_array(a, net->n_sectors, sizeof *c->to->sector);
    reach_counts(a, net, direct, transitive);
    for (uint32_t i = 0; i < n; i++) {
        struct rank_sector *s = &c->to->sector[net->service[i].sector];
        c->to->row[i] = (struct rank_row){.service = i, .direct = direct[i], .transitive = transitive[i], .soonest = TICK_NEVER};
        s->weight += net->service[i].weight;
        s->services++;
    }
}

void rank_all(struct work *w, const struct rank_ask *x, struct ranking *out)
{
    *out = (struct ranking){0};
    struct counting c = {.w = w, .x = x, .to = out};
    begun(&c);
    for_good(&c);
    if (x->timed) timed_all(&c);
    enum rank_by by = x->by;
    if (x->net->n_services != 0) qsort_r(out->row, x->net->n_services, sizeof *out->row, by_measure, &by);
}
