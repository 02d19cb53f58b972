/* Many runs, by threads that share what is laid out and nothing else: each takes the next few runs that nobody has, in an arena of its own.
 * What is kept per run has its place whoever runs it, and sums of whole numbers come out the same in any order: so the answer does not tell
 * how many threads there were. */
#include <pthread.h>
#include <stdatomic.h>

#include "cascade/spread_work.h"

enum { AT_A_TIME = 16, TELL_EVERY = 100, THREADS_MAX = 64 };

struct sampling {
    const struct net *net;
    const struct spread_plan *plan;
    struct sampled *to;
    atomic_uint_least32_t next, done;
    atomic_bool stop;
    pthread_mutex_t sums; /* to->lost, to->impaired */
};
/* One thread's. */
struct share {
    struct sampling *of;
    int64_t *lost, *lost_sum, *impaired_sum;
    tick *impaired;
    struct outcome out;
};

static int64_t plus(int64_t a, int64_t b) { return a > INT64_MAX - b ? INT64_MAX : a + b; }

static int64_t times(int64_t a, int64_t b) { return b > 0 && a > INT64_MAX / b ? INT64_MAX : a * b; }

static void outcome_of(struct share *x, uint32_t run)
{
    const struct sampled *s = x->of->to;
    size_t services = (size_t)run * x->of->net->n_services, sectors = (size_t)run * x->of->net->n_sectors;
    x->out = (struct outcome){.points = s->points, .every = s->every, .lost = x->lost, .impaired = x->impaired};
    if (s->curve != NULL) x->out.curve = s->curve + sectors * s->points;
    if (s->impact != NULL) x->out.impact = s->impact + services;
    if (s->service_lost != NULL) x->out.lost = s->service_lost + services;
    if (s->sector_lost != NULL) x->out.sector_lost = s->sector_lost + sectors;
    if (s->sector_least != NULL) x->out.sector_least = s->sector_least + sectors;
    if (s->sector_back_90 != NULL) x->out.sector_back_90 = s->sector_back_90 + sectors;
    if (s->sector_back_100 != NULL) x->out.sector_back_100 = s->sector_back_100 + sectors;
}

static void add_run(struct share *x, uint32_t run)
{
    const struct sampled *s = x->of->to;
    const struct net *net = x->of->net;
    int64_t total = 0;
    for (uint32_t i = 0; x->lost_sum != NULL && i < net->n_services; i++) x->lost_sum[i] = plus(x->lost_sum[i], x->out.lost[i]);
    for (uint32_t i = 0; x->impaired_sum != NULL && i < net->n_services; i++) x->impaired_sum[i] += x->impaired[i];
    if (s->total_lost == NULL) return;
    for (uint32_t i = 0; i < net->n_services; i++)
        if (x->out.lost[i] > 0) total = plus(total, times(x->out.lost[i], net->service[i].weight));
    s->total_lost[run] = total;
}

static void add_share(struct share *x)
{
    struct sampled *s = x->of->to;
    pthread_mutex_lock(&x->of->sums);
    for (uint32_t i = 0; i < x->of->net->n_services; i++) {
        if (x->lost_sum != NULL) s->lost[i] = plus(s->lost[i], x->lost_sum[i]);
        if (x->impaired_sum != NULL) s->impaired[i] += x->impaired_sum[i];
    }
    pthread_mutex_unlock(&x->of->sums);
}

static void share_make(struct arena *a, struct sampling *of, struct share *x)
{
    size_t n = of->net->n_services;
    *x = (struct share){.of = of};
    if (of->to->lost != NULL || of->to->total_lost != NULL) x->lost = arena_array(a, n, sizeof *x->lost);
    if (of->to->lost != NULL) x->lost_sum = arena_array(a, n, sizeof *x->lost_sum);
    if (of->to->impaired == NULL) return;
    x->impaired = arena_array(a, n, sizeof *x->impaired);
    x->impaired_sum = arena_array(a, n, sizeof *x->impaired_sum);
}

/* tell: NULL, but for the calling thread. */
static void work_on(struct sampling *s, sampled_fn *tell, void *whom)
{
    struct arena *a = arena_new(0);
    struct spread_work *w = spread_work_make(a, s->plan, false);
    struct share x;
    uint32_t told = 0;
    share_make(a, s, &x);
    while (!atomic_load(&s->stop)) {
        uint32_t run = atomic_fetch_add(&s->next, AT_A_TIME), end = run < s->to->runs && s->to->runs - run > AT_A_TIME ? run + AT_A_TIME : s->to->runs;
        if (run >= s->to->runs) break;
        uint32_t n = end - run;
        for (; run < end; run++) {
            outcome_of(&x, run);
            spread_again(w, run, &x.out);
            spread_go(w);
            add_run(&x, run);
        }
        uint32_t done = atomic_fetch_add(&s->done, n) + n;
        if (tell == NULL || done - told < TELL_EVERY) continue;
        told = done;
        if (!tell(whom, done, s->to->runs)) atomic_store(&s->stop, true);
    }
    add_share(&x);
    arena_free(a);
}

static void *thread(void *sampling)
{
    work_on(sampling, NULL, NULL);
    return NULL;
}

bool spread_many(const struct net *net, const struct scenario *s, unsigned threads, struct sampled *to, sampled_fn *tell, void *whom)
{
    struct arena *a = arena_new(0);
    struct spread_plan plan;
    spread_plan_make(a, net, s, &plan);
    struct sampling all = {.net = net, .plan = &plan, .to = to};
    pthread_t helper[THREADS_MAX];
    unsigned helpers = 0, wanted = threads > THREADS_MAX ? THREADS_MAX : threads;
    pthread_mutex_init(&all.sums, NULL);
    if (to->lost != NULL && net->n_services > 0) memset(to->lost, 0, net->n_services * sizeof *to->lost);
    if (to->impaired != NULL && net->n_services > 0) memset(to->impaired, 0, net->n_services * sizeof *to->impaired);
    while (helpers + 1 < wanted && (uint64_t)helpers * AT_A_TIME < to->runs && pthread_create(&helper[helpers], NULL, thread, &all) == 0) helpers++;
    work_on(&all, tell, whom);
    for (unsigned k = 0; k < helpers; k++) pthread_join(helper[k], NULL);
    pthread_mutex_destroy(&all.sums);
    arena_free(a);
    return !atomic_load(&all.stop);
}
