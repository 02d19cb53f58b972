/* N−2: pairs of which more is lost at once than each of them takes down alone, what both take counted once: the backup of one
 * another, though nobody may have drawn it up so. */
#include "depend/rank.h"

#include <string.h>

#include "cascade/reach.h"

__extension__ typedef __int128 wide;
enum { PAIRS_AT_ONCE = 65536 };

struct pairing {
    struct work *w;
    const struct rank_ask *x;
    const struct ranking *r;
    uint32_t *service;     /* those that are paired, in the order of the model */
    struct rank_pairs *to;
    /* for good: a bit for each service lost with each of them */
    uint64_t *bits;
    size_t words;
    uint32_t *alone;       /* services lost with each */
    uint64_t *weight;      /* [among × sectors] */
    uint64_t *base;        /* [sectors] lost anyway */
    int64_t *lost;         /* timed: level-minutes of each service with each of them */
    int64_t base_measure;  /* lost anyway */
};

/* Places in `service`; they stand for the services until a pair is told. */
struct tried {
    uint32_t i, j;
    uint32_t lost; /* for good, with both */
};

/* ---- the largest ---- */

static void keep(struct pairing *p, struct rank_pair pair)
{
    struct rank_pairs *to = p->to;
    if (pair.excess <= 0) return;
    to->n++;
    if (to->kept == RANK_PAIRS_KEPT && pair.excess <= to->pair[to->kept - 1].excess) return;
    uint32_t low = 0, high = to->kept;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (to->pair[middle].excess >= pair.excess) low = middle + 1;
        else high = middle;
    }
    if (to->kept < RANK_PAIRS_KEPT) to->kept++;
    memmove(&to->pair[low + 1], &to->pair[low], (to->kept - 1 - low) * sizeof pair);
    to->pair[low] = pair;
}

static struct rank_pair pair_of(const struct pairing *p, const struct tried *t)
{
    return (struct rank_pair){.a = p->service[t->i], .b = p->service[t->j]};
}

/* ---- for good ---- */

static uint32_t both_lose(const struct pairing *p, const struct tried *t)
{
    const uint64_t *a = p->bits + t->i * p->words, *b = p->bits + t->j * p->words;
    int n = 0;
    for (size_t w = 0; w < p->words; w++) n += __builtin_popcountll(a[w] & b[w]);
    return (uint32_t)n;
}

static bool loses(const struct pairing *p, uint32_t place, uint32_t service)
{
    return p->bits[place * p->words + service / 64] >> service % 64 & 1;
}

static int64_t share_beyond(const struct pairing *p, const uint64_t *weight, const uint64_t *less, uint64_t *scratch)
{
    for (uint32_t s = 0; s < p->x->net->n_sectors; s++) scratch[s] = weight[s] - less[s];
    return rank_share(p->r->sector, p->x->net->n_sectors, scratch);
}

/* Weight lost with either alone, sector by sector. */
static void either_weight(const struct pairing *p, const struct tried *t, uint64_t *to)
{
    const struct net *net = p->x->net;
    size_t sectors = net->n_sectors;
    for (size_t s = 0; s < sectors; s++) to[s] = p->weight[t->i * sectors + s] + p->weight[t->j * sectors + s];
    for (size_t w = 0; w < p->words; w++) {
        uint64_t both = p->bits[t->i * p->words + w] & p->bits[t->j * p->words + w];
        for (; both != 0; both &= both - 1) {
            const struct net_service *v = &net->service[w * 64 + (size_t)__builtin_ctzll(both)];
            to[v->sector] -= v->weight;
        }
    }
}

static void weigh(struct pairing *p, const struct tried *t, const uint64_t *joint)
{
    size_t sectors = p->x->net->n_sectors;
    uint64_t *scratch = arena_array(p->w->a, sectors, sizeof *scratch), *either = arena_array(p->w->a, sectors, sizeof *either);
    struct rank_pair pair = pair_of(p, t);
    either_weight(p, t, either);
    pair.joint = share_beyond(p, joint, p->base, scratch);
    pair.one = share_beyond(p, p->weight + t->i * sectors, p->base, scratch);
    pair.other = share_beyond(p, p->weight + t->j * sectors, p->base, scratch);
    pair.excess = share_beyond(p, joint, either, scratch);
    keep(p, pair);
}

static void losses(const struct pairing *p, const struct tried *t, uint32_t n, uint32_t *lost, uint64_t *weight)
{
    struct arena *a = p->w->a;
    uint32_t *at = arena_array(a, n + 1u, sizeof *at), *service = arena_array(a, 2 * (size_t)n, sizeof *service);
    for (uint32_t k = 0; k < n; k++) {
        at[k + 1] = 2 * k + 2;
        service[2 * k] = p->service[t[k].i];
        service[2 * k + 1] = p->service[t[k].j];
    }
    reach_losses(a, p->x->net, &(struct reach_sets){at, service, n}, 1, lost, weight, NULL);
}

/* Those of which more services are lost than with either stay; of them weights are asked, if these are what counts. */
static void more_lost(struct pairing *p, struct tried *t, uint32_t n)
{
    uint32_t stay = 0, anyway = p->r->lost_anyway, sectors = p->x->net->n_sectors;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t one = p->alone[t[k].i], other = p->alone[t[k].j], either = one + other - both_lose(p, &t[k]);
        if (t[k].lost <= either) continue;
        if (p->x->by == RANK_SERVICES)
            keep(p, (struct rank_pair){p->service[t[k].i], p->service[t[k].j], t[k].lost - anyway, one - anyway, other - anyway,
                                       t[k].lost - either});
        else t[stay++] = t[k];
    }
    uint32_t *lost = arena_array(p->w->a, stay, sizeof *lost);
    uint64_t *weight = arena_array(p->w->a, (size_t)stay * sectors, sizeof *weight);
    if (stay != 0) losses(p, t, stay, lost, weight);
    for (uint32_t k = 0; k < stay; k++) weigh(p, &t[k], weight + (size_t)k * sectors);
}

static void some_pairs(struct pairing *p, struct tried *t, uint32_t n)
{
    struct arena_mark mark = arena_mark(p->w->a);
    uint32_t *lost = arena_array(p->w->a, n, sizeof *lost);
    if (n != 0) losses(p, t, n, lost, NULL);
    for (uint32_t k = 0; k < n; k++) t[k].lost = lost[k];
    more_lost(p, t, n);
    arena_back(p->w->a, mark);
}

static void each_alone(struct pairing *p)
{
    struct arena *a = p->w->a;
    const struct net *net = p->x->net;
    bool *lost = arena_array(a, net->n_services, sizeof *lost);
    p->words = (net->n_services + 63) / 64;
    p->bits = arena_array(a, p->to->among * p->words, sizeof *p->bits);
    p->alone = arena_array(a, p->to->among, sizeof *p->alone);
    p->weight = arena_array(a, (size_t)p->to->among * net->n_sectors, sizeof *p->weight);
    p->base = arena_array(a, net->n_sectors, sizeof *p->base);
    reach_lost_plainly(a, net, NULL, 0, lost);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (lost[i]) p->base[net->service[i].sector] += net->service[i].weight;
    for (uint32_t k = 0; k < p->to->among; k++) {
        struct arena_mark mark = arena_mark(a);
        p->alone[k] = reach_lost_plainly(a, net, &p->service[k], 1, lost);
        for (uint32_t i = 0; i < net->n_services; i++) {
            if (!lost[i]) continue;
            p->bits[k * p->words + i / 64] |= UINT64_C(1) << i % 64;
            p->weight[(size_t)k * net->n_sectors + net->service[i].sector] += net->service[i].weight;
        }
        arena_back(a, mark);
    }
}

/* One that the other takes down anyway adds nothing. */
static void pairs_for_good(struct pairing *p)
{
    struct tried *t = arena_array(p->w->a, PAIRS_AT_ONCE, sizeof *t);
    uint32_t n = 0, among = p->to->among;
    each_alone(p);
    for (uint32_t i = 0; i < among; i++) {
        for (uint32_t j = i + 1; j < among; j++) {
            p->to->tried++;
            if (loses(p, i, p->service[j]) || loses(p, j, p->service[i])) continue;
            t[n++] = (struct tried){i, j, 0};
            if (n < PAIRS_AT_ONCE) continue;
            some_pairs(p, t, n);
            n = 0;
            work_progress(p->w, M("Pairs"), p->to->tried, (int64_t)among * (among - 1) / 2);
        }
    }
    some_pairs(p, t, n);
}

/* ---- timed ---- */

static void run_lost(const struct pairing *p, const uint32_t *service, uint32_t n, int64_t *lost)
{
    struct arena_mark mark = arena_mark(p->w->a);
    struct strike blow = rank_blow(p->x, service, n);
    struct scenario s = {.strike = &blow, .n_strikes = n != 0, .until = p->x->until};
    spread_run(p->w->a, p->x->net, &s, 0, &(struct outcome){.lost = lost});
    arena_back(p->w->a, mark);
}

/* b NULL: of one run. Of two the larger loss of each service counts. */
static int64_t measured(const struct pairing *p, const int64_t *a, const int64_t *b)
{
    const struct net *net = p->x->net;
    struct arena_mark mark = arena_mark(p->w->a);
    int64_t *lost = arena_array(p->w->a, net->n_services, sizeof *lost), *sector = arena_array(p->w->a, net->n_sectors, sizeof *sector), all = 0;
    wide *sum = arena_array(p->w->a, net->n_sectors, sizeof *sum);
    for (uint32_t i = 0; i < net->n_services; i++) {
        lost[i] = b != NULL && b[i] > a[i] ? b[i] : a[i];
        sum[net->service[i].sector] += (wide)lost[i] * net->service[i].weight;
    }
    for (uint32_t s = 0; s < net->n_sectors; s++) {
        if (p->r->sector[s].weight != 0) sector[s] = (int64_t)(sum[s] / (wide)p->r->sector[s].weight);
        all += sector[s];
    }
    if (p->x->by == RANK_MONEY) all = rank_money(p->x->model, lost, sector);
    arena_back(p->w->a, mark);
    return all;
}

static void pair_run(struct pairing *p, const struct tried *t, int64_t *joint)
{
    size_t n = p->x->net->n_services;
    const int64_t *one = p->lost + t->i * n, *other = p->lost + t->j * n;
    struct rank_pair pair = pair_of(p, t);
    run_lost(p, (uint32_t[]){pair.a, pair.b}, 2, joint);
    pair.joint = measured(p, joint, NULL) - p->base_measure;
    pair.one = measured(p, one, NULL) - p->base_measure;
    pair.other = measured(p, other, NULL) - p->base_measure;
    pair.excess = pair.joint + p->base_measure - measured(p, one, other);
    keep(p, pair);
}

static void pairs_timed(struct pairing *p)
{
    struct arena *a = p->w->a;
    size_t n = p->x->net->n_services, among = p->to->among;
    int64_t *joint = arena_array(a, n, sizeof *joint);
    p->lost = arena_array(a, among * n, sizeof *p->lost);
    run_lost(p, NULL, 0, joint);
    p->base_measure = measured(p, joint, NULL);
    for (size_t i = 0; i < among; i++) run_lost(p, &p->service[i], 1, p->lost + i * n);
    for (uint32_t i = 0; i < among; i++) {
        for (uint32_t j = i + 1; j < among; j++, p->to->tried++) pair_run(p, &(struct tried){i, j, 0}, joint);
        work_progress(p->w, M("Pairs"), p->to->tried, (int64_t)(among * (among - 1) / 2));
    }
}

/* ---- which ---- */

static void those_first(struct pairing *p, uint32_t most)
{
    uint32_t n = p->x->net->n_services, k = 0;
    p->to->all = n <= most;
    p->to->among = p->to->all ? n : most;
    p->service = arena_array(p->w->a, p->to->among, sizeof *p->service);
    bool *taken = arena_array(p->w->a, n, sizeof *taken);
    for (uint32_t i = 0; i < p->to->among; i++) taken[p->r->row[i].service] = true;
    for (uint32_t i = 0; i < n; i++)
        if (taken[i]) p->service[k++] = i;
}

void rank_paired(struct work *w, const struct rank_ask *x, const struct ranking *r, struct rank_pairs *out)
{
    bool timed = x->by == RANK_AREA || x->by == RANK_MONEY;
    struct pairing p = {.w = w, .x = x, .r = r, .to = out};
    *out = (struct rank_pairs){.pair = arena_array(w->a, RANK_PAIRS_KEPT + 1, sizeof *out->pair)};
    those_first(&p, timed ? RANK_PAIRED_TIMED : x->net->n_services <= RANK_PAIRED_MAX ? RANK_PAIRED_MAX : RANK_PAIRED_LARGE);
    if (timed) pairs_timed(&p);
    else pairs_for_good(&p);
}
