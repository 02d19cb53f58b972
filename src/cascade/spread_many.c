/* Many runs. */
#include "cascade/spread_work.h"

enum { TELL_EVERY = 100 };

struct sampling {
    const struct net *net;
    struct sampled *to;
    struct outcome out; /* one run, into places of its own or straight into the sample's */
    int64_t *lost;
    tick *impaired;
};

static void places(struct arena *a, struct sampling *x)
{
    const struct sampled *s = x->to;
    x->lost = s->lost != NULL || s->service_lost != NULL || s->total_lost != NULL ? arena_array(a, x->net->n_services, sizeof *x->lost) : NULL;
    x->impaired = s->impaired != NULL ? arena_array(a, x->net->n_services, sizeof *x->impaired) : NULL;
}

static struct outcome outcome_of(const struct sampling *x, uint32_t run)
{
    const struct sampled *s = x->to;
    size_t services = (size_t)run * x->net->n_services, sectors = (size_t)run * x->net->n_sectors;
    struct outcome o = {.points = s->points, .every = s->every, .lost = x->lost, .impaired = x->impaired};
    if (s->curve != NULL) o.curve = s->curve + sectors * s->points;
    if (s->impact != NULL) o.impact = s->impact + services;
    if (s->sector_lost != NULL) o.sector_lost = s->sector_lost + sectors;
    if (s->sector_least != NULL) o.sector_least = s->sector_least + sectors;
    if (s->sector_back_90 != NULL) o.sector_back_90 = s->sector_back_90 + sectors;
    if (s->sector_back_100 != NULL) o.sector_back_100 = s->sector_back_100 + sectors;
    return o;
}

static int64_t plus(int64_t a, int64_t b) { return a > INT64_MAX - b ? INT64_MAX : a + b; }

static int64_t times(int64_t a, int64_t b) { return b > 0 && a > INT64_MAX / b ? INT64_MAX : a * b; }

static void add_run(struct sampling *x, uint32_t run)
{
    struct sampled *s = x->to;
    int64_t total = 0;
    for (uint32_t i = 0; i < x->net->n_services; i++) {
        if (x->lost != NULL && s->lost != NULL) s->lost[i] = plus(s->lost[i], x->lost[i]);
        if (x->impaired != NULL) s->impaired[i] += x->impaired[i];
        if (x->lost != NULL && s->service_lost != NULL) s->service_lost[(size_t)run * x->net->n_services + i] = x->lost[i];
        if (s->total_lost != NULL) total = plus(total, times(x->lost[i], x->net->service[i].weight));
    }
    if (s->total_lost != NULL) s->total_lost[run] = total;
}

bool spread_many(const struct net *net, const struct scenario *s, unsigned threads, struct sampled *to, sampled_fn *tell, void *whom)
{
    (void)threads;
    struct arena *a = arena_new(0);
    struct spread_plan p;
    struct sampling x = {.net = net, .to = to};
    spread_plan_make(a, net, s, &p);
    struct spread_work *w = spread_work_make(a, &p);
    places(a, &x);
    if (to->lost != NULL && net->n_services > 0) memset(to->lost, 0, net->n_services * sizeof *to->lost);
    if (to->impaired != NULL && net->n_services > 0) memset(to->impaired, 0, net->n_services * sizeof *to->impaired);
    bool all = true;
    for (uint32_t run = 0; all && run < to->runs; run++) {
        x.out = outcome_of(&x, run);
        spread_again(w, run, &x.out);
        spread_go(w);
        add_run(&x, run);
        if (tell != NULL && (run + 1) % TELL_EVERY == 0) all = tell(whom, run + 1, to->runs);
    }
    arena_free(a);
    return all;
}
