/* Losses for good of many sets of services: 512 sets at a time, a bit for each. A node is looked at again when one it looks at has
 * changed; a bitmap of these, swept upward, takes them in order. Threads take batches as they come; what a batch answers
 * is its own, and sums over batches do not ask for their order. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "cascade/reach_plan.h"

enum { BATCH = 512, WORDS = BATCH / 64, PLANES = 64, FEW = 12, THREADS_MAX = 64 };
struct bits {
    uint64_t word[WORDS];
};

static bool is_empty(const struct bits *b)
{
    uint64_t all = 0;
    for (int w = 0; w < WORDS; w++) all |= b->word[w];
    return all == 0;
}

static bool is_same(const struct bits *a, const struct bits *b)
{
    uint64_t differ = 0;
    for (int w = 0; w < WORDS; w++) differ |= a->word[w] ^ b->word[w];
    return differ == 0;
}

static void unite(struct bits *to, const struct bits *from)
{
    for (int w = 0; w < WORDS; w++) to->word[w] |= from->word[w];
}

static uint32_t number_in(const struct bits *b)
{
    int n = 0;
    for (int w = 0; w < WORDS; w++) n += __builtin_popcountll(b->word[w]);
    return (uint32_t)n;
}

/* ---- sums of 512 at once, sliced by bit: planes[p] has the bits of weight 2^p ---- */

/* Adds 2^plane where a bit is set. `v` is used up. */
static void sum_ripple(struct bits *planes, int plane, struct bits *v)
{
    for (; plane < PLANES && !is_empty(v); plane++) {
        for (int w = 0; w < WORDS; w++) {
            uint64_t carry = planes[plane].word[w] & v->word[w];
            planes[plane].word[w] ^= v->word[w];
            v->word[w] = carry;
        }
    }
}

/* Where the sum is above `than`. */
static void sum_above(const struct bits *planes, int n, uint64_t than, struct bits *above)
{
    struct bits same;
    memset(&same, 0xff, sizeof same);
    *above = (struct bits){0};
    for (int p = n; p-- > 0;) {
        uint64_t flip = than >> p & 1 ? 0 : ~UINT64_C(0);
        for (int w = 0; w < WORDS; w++) {
            above->word[w] |= flip & same.word[w] & planes[p].word[w];
            same.word[w] &= planes[p].word[w] ^ flip;
        }
    }
}

/* Sums over many nodes: two vectors wait on each plane before three become one and a carry, so that adding costs the same however
 * high the sums go. */
struct sums {
    struct bits held[PLANES][2];
    uint8_t n_held[PLANES];
};

static void sums_add(struct sums *s, int plane, const struct bits *add)
{
    struct bits v = *add;
    for (; plane < PLANES; plane++) {
        if (s->n_held[plane] < 2) {
            s->held[plane][s->n_held[plane]++] = v;
            return;
        }
        struct bits *x = &s->held[plane][0], *y = &s->held[plane][1];
        for (int w = 0; w < WORDS; w++) {
            uint64_t both = x->word[w] ^ y->word[w], carry = (x->word[w] & y->word[w]) | (both & v.word[w]);
            x->word[w] = both ^ v.word[w];
            v.word[w] = carry;
        }
        s->n_held[plane] = 1;
    }
}

static void sums_add_weighted(struct sums *s, uint64_t weight, const struct bits *b)
{
    for (; weight; weight &= weight - 1) sums_add(s, __builtin_ctzll(weight), b);
}

/* ---- a batch ---- */

struct job {
    const struct plan *p;
    const struct reach_sets *sets;
    uint32_t *lost;
    uint64_t *sector_weight; /* or NULL */
    bool wants_lost_to;
    atomic_size_t next;      /* set at which the next batch begins */
};
struct worker {
    struct job *job;
    struct bits *bits;   /* [nodes]: empty between batches */
    uint64_t *again;     /* bitmap of nodes to be looked at */
    uint32_t *touched, n_touched;
    struct sums *sums;   /* of services, then by sector */
    uint32_t *lost_to;   /* [nodes] or NULL */
    size_t first, end;   /* sets of the batch */
    uint32_t lowest;     /* word of `again` behind which nothing is set */
};

static void look_again(struct worker *k, uint32_t node)
{
    struct graph felt = k->job->p->felt;
    for (uint32_t e = felt.at[node]; e < felt.at[node + 1]; e++) {
        uint32_t word = felt.to[e] / 64;
        k->again[word] |= UINT64_C(1) << felt.to[e] % 64;
        if (word < k->lowest) k->lowest = word;
    }
}

static void take_out(struct worker *k, uint32_t node, size_t set)
{
    uint64_t *word = &k->bits[node].word[(set - k->first) / 64], bit = UINT64_C(1) << (set - k->first) % 64;
    if (is_empty(&k->bits[node])) {
        k->touched[k->n_touched++] = node;
        look_again(k, node);
    }
    *word |= bit;
}

static void begin_batch(struct worker *k)
{
    const struct plan *p = k->job->p;
    const struct reach_sets *sets = k->job->sets;
    for (size_t s = k->first; s < k->end; s++)
        for (uint32_t e = sets->at_set[s]; e < sets->at_set[s + 1]; e++) take_out(k, p->node[sets->service[e]], s);
    for (uint32_t node = 0; node < p->n; node++)
        for (size_t s = k->first; p->always[node] && s < k->end; s++) take_out(k, node, s);
}

static void need_lost(const struct worker *k, uint32_t g, struct bits *out)
{
    const struct plan *p = k->job->p;
    int n = 64 - __builtin_clzll(p->need[g].all);
    struct bits planes[PLANES];
    memset(planes, 0, (size_t)n * sizeof *planes);
    for (uint32_t r = p->row_at[g]; r < p->row_at[g + 1]; r++) {
        const struct bits *from = &k->bits[p->row[r].node];
        if (is_empty(from)) continue;
        for (uint64_t gives = p->row[r].gives; gives; gives &= gives - 1) {
            struct bits v = *from;
            sum_ripple(planes, __builtin_ctzll(gives), &v);
        }
    }
    sum_above(planes, n, p->need[g].spare, out);
}

static void look(struct worker *k, uint32_t node)
{
    const struct plan *p = k->job->p;
    struct bits now = k->bits[node], more;
    for (uint32_t e = p->any.at[node]; e < p->any.at[node + 1]; e++) unite(&now, &k->bits[p->any.to[e]]);
    for (uint32_t g = p->need_at[node]; g < p->need_at[node + 1]; g++) {
        need_lost(k, g, &more);
        unite(&now, &more);
    }
    if (is_same(&now, &k->bits[node])) return;
    if (is_empty(&k->bits[node])) k->touched[k->n_touched++] = node;
    k->bits[node] = now;
    look_again(k, node);
}

static void settle(struct worker *k)
{
    uint32_t words = (k->job->p->n + 63) / 64;
    for (uint32_t w = k->lowest; w < words; w = k->lowest) {
        k->lowest = w; /* what is set from here on lowers it, when it is behind */
        if (k->again[w] == 0) {
            k->lowest = w + 1;
            continue;
        }
        uint32_t node = w * 64 + (uint32_t)__builtin_ctzll(k->again[w]);
        k->again[w] &= k->again[w] - 1;
        look(k, node);
    }
}

/* ---- what came of it ---- */

static void count_few(struct worker *k, uint32_t node, uint32_t size)
{
    const struct plan *p = k->job->p;
    for (size_t w = 0; w < WORDS; w++) {
        for (uint64_t rest = k->bits[node].word[w]; rest; rest &= rest - 1) {
            size_t set = k->first + w * 64 + (size_t)__builtin_ctzll(rest);
            k->job->lost[set] += size;
            for (uint32_t e = p->weight_at[node]; k->job->sector_weight && e < p->weight_at[node + 1]; e++)
                k->job->sector_weight[set * p->n_sectors + p->weight[e].sector] += p->weight[e].weight;
        }
    }
}

static void count_many(struct worker *k, uint32_t node, uint32_t size)
{
    const struct plan *p = k->job->p;
    sums_add_weighted(&k->sums[0], size, &k->bits[node]);
    for (uint32_t e = p->weight_at[node]; k->job->sector_weight && e < p->weight_at[node + 1]; e++)
        sums_add_weighted(&k->sums[1 + p->weight[e].sector], p->weight[e].weight, &k->bits[node]);
}

static void count_batch(struct worker *k)
{
    const struct plan *p = k->job->p;
    for (uint32_t t = 0; t < k->n_touched; t++) {
        uint32_t node = k->touched[t], n = number_in(&k->bits[node]), size = p->members.at[node + 1] - p->members.at[node];
        if (k->lost_to) k->lost_to[node] += n;
        (n <= FEW ? count_few : count_many)(k, node, size);
        k->bits[node] = (struct bits){0};
    }
    k->n_touched = 0;
}

/* Adds the sums, and leaves them empty. to: of the batch's first set; those of the next stand `stride` behind it. */
static void sums_told(struct sums *s, size_t sets, uint32_t *to, uint64_t *wide, size_t stride)
{
    for (int p = 0; p < PLANES; p++) {
        for (int h = 0; h < s->n_held[p]; h++) {
            for (size_t set = 0; set < sets; set++) {
                uint64_t add = (s->held[p][h].word[set / 64] >> set % 64 & 1) << p;
                if (to) to[set] += (uint32_t)add;
                else wide[set * stride] += add;
            }
        }
        s->n_held[p] = 0;
    }
}

static void run_batch(struct worker *k)
{
    struct job *job = k->job;
    size_t sectors = job->p->n_sectors;
    k->lowest = UINT32_MAX;
    begin_batch(k);
    settle(k);
    count_batch(k);
    sums_told(&k->sums[0], k->end - k->first, job->lost + k->first, NULL, 0);
    for (size_t s = 0; job->sector_weight && s < sectors; s++)
        sums_told(&k->sums[1 + s], k->end - k->first, NULL, job->sector_weight + k->first * sectors + s, sectors);
}

static void *run_batches(void *worker)
{
    struct worker *k = worker;
    for (;;) {
        k->first = atomic_fetch_add(&k->job->next, BATCH);
        if (k->first >= k->job->sets->n) return NULL;
        k->end = k->first + BATCH < k->job->sets->n ? k->first + BATCH : k->job->sets->n;
        run_batch(k);
    }
}

/* ---- all of them ---- */

static void worker_made(struct arena *a, struct job *job, struct worker *k)
{
    *k = (struct worker){.job = job};
    k->bits = arena_array(a, job->p->n, sizeof *k->bits);
    k->again = arena_array(a, (job->p->n + 63) / 64, sizeof *k->again);
    k->touched = arena_array(a, job->p->n, sizeof *k->touched);
    k->sums = arena_array(a, 1 + (job->sector_weight ? job->p->n_sectors : 0), sizeof *k->sums);
    if (job->wants_lost_to) k->lost_to = arena_array(a, job->p->n, sizeof *k->lost_to);
}

/* A thread that the system does not give is one fewer: the first worker is the caller itself. */
static void work_shared(struct worker *k, unsigned n)
{
    pthread_t thread[THREADS_MAX];
    unsigned started = 0;
    while (started + 1 < n && pthread_create(&thread[started], NULL, run_batches, &k[started + 1]) == 0) started++;
    run_batches(&k[0]);
    for (unsigned t = 0; t < started; t++) pthread_join(thread[t], NULL);
}

/* Sums over workers and members, without the sets a service itself stands in. */
static void lost_to_told(struct arena *a, const struct net *net, const struct job *job, const struct worker *k, unsigned n, uint32_t *lost_to)
{
    const struct reach_sets *sets = job->sets;
    size_t *last = arena_array(a, net->n_services, sizeof *last); /* set it was found in last, plus 1 */
    for (uint32_t i = 0; i < net->n_services; i++) {
        lost_to[i] = 0;
        for (unsigned t = 0; t < n; t++) lost_to[i] += k[t].lost_to[job->p->node[i]];
    }
    for (size_t s = 0; s < sets->n; s++) {
        for (uint32_t e = sets->at_set[s]; e < sets->at_set[s + 1]; e++) {
            if (last[sets->service[e]] == s + 1) continue;
            last[sets->service[e]] = s + 1;
            lost_to[sets->service[e]]--;
        }
    }
}

void reach_losses(struct arena *a, const struct net *net, const struct reach_sets *sets, unsigned threads, uint32_t *lost, uint64_t *sector_weight,
                  uint32_t *lost_to)
{
    struct arena_mark mark = arena_mark(a);
    struct plan p;
    plan_of(a, net, &p);
    size_t batches = (sets->n + BATCH - 1) / BATCH;
    unsigned n = threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    if (n > batches) n = batches ? (unsigned)batches : 1;
    memset(lost, 0, sets->n * sizeof *lost);
    if (sector_weight) memset(sector_weight, 0, sets->n * net->n_sectors * sizeof *sector_weight);
    struct job job = {.p = &p, .sets = sets, .lost = lost, .sector_weight = sector_weight, .wants_lost_to = lost_to != NULL};
    struct worker *worker = arena_array(a, n, sizeof *worker);
    for (unsigned t = 0; t < n; t++) worker_made(a, &job, &worker[t]);
    work_shared(worker, n);
    if (lost_to) lost_to_told(a, net, &job, worker, n, lost_to);
    arena_back(a, mark);
}

/* ---- the definition ---- */

static bool need_is_lost(const struct net *net, uint32_t g, const bool *lost)
{
    int64_t spare = reach_spare(net, g);
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++)
        if (lost[net->supplier[r].service]) spare -= (int64_t)reach_gives(net, &net->need[g], &net->supplier[r]);
    return spare < 0;
}

uint32_t reach_lost_plainly(struct arena *a, const struct net *net, const uint32_t *service, size_t n, bool *lost_bit)
{
    (void)a;
    uint32_t lost = 0;
    memset(lost_bit, 0, net->n_services * sizeof *lost_bit);
    for (size_t s = 0; s < n; s++) lost_bit[service[s]] = true;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < net->n_services; i++) {
            for (uint32_t g = net->need_at[i]; !lost_bit[i] && g < net->need_at[i + 1]; g++)
                if (reach_decides(&net->need[g]) && need_is_lost(net, g, lost_bit)) more = lost_bit[i] = true;
        }
    }
    for (uint32_t i = 0; i < net->n_services; i++) lost += lost_bit[i];
    return lost;
}
