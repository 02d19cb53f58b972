/* Computing: one run or many, and the figures of them. Same figures with any number of threads: sums and orders are those of the runs'
 * numbers. */
#include "depend/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct run_limit run_limit_page = {1000000, INT64_C(200000000), true};
const struct run_limit run_limit_task = {20000000, INT64_C(20000000000), false};

/* ---- limits ---- */

/* A single run without failures by itself ends when nothing happens any more: only many runs, and failures, grow with the hours. */
static enum err within(struct work *w, const struct stored *s, const struct asked_run *r, const struct run_limit *l)
{
    int64_t hours = r->s.until / HOUR, cells = (int64_t)r->runs * s->model->net.n_services;
    if (r->runs == 1 && !r->s.failures) return OK;
    if ((r->runs == 1 || cells <= l->cells) && cells <= l->work / hours) return OK;
    const struct where at = {.field = r->runs > 1 ? S("runs") : S("hours")};
    str asked = str_fmt(w->a, "%u × %u × %lld", r->runs, s->model->net.n_services, (long long)hours);
    if (l->page)
        return fault_in(w, INVALID, at, M("runs × services × hours are %1: too much to wait for here. Ask for fewer, or use 'depend simulate', which goes on by itself and keeps what it found"), asked);
    return fault_in(w, INVALID, at, M("runs × services × hours are %1: too much. Ask for fewer runs or hours"), asked);
}

/* ---- quantiles: nearest rank ---- */

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t rank_of(size_t n, size_t percent) { return (n * percent + 99) / 100 - 1; }

static struct band band_of(int64_t *values, size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return (struct band){values[rank_of(n, 5)], values[rank_of(n, 50)], values[rank_of(n, 95)]};
}

static int64_t time_of(tick t) { return t == TICK_NEVER ? RUN_NEVER : (int64_t)t; }

/* ---- running ---- */

static tick every_of(const struct made_run *m)
{
    static const tick steps[] = {1, 2, 3, 5, 6, 10, 15, 20, 30};
    const tick until = m->r->s.until;
    const uint64_t one = 2 * (uint64_t)m->r->runs * m->s->model->net.n_sectors;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (until / steps[i] < RUN_POINTS_MAX && one * (until / steps[i] + 1) <= RUN_CURVE_BYTES) return steps[i];
    tick hours = 1;
    while (until / (hours * HOUR) >= RUN_POINTS_MAX || one * (until / (hours * HOUR) + 1) > RUN_CURVE_BYTES) hours++;
    return hours * HOUR;
}

static void outcome_room(struct arena *a, const struct made_run *m, bool logged, struct outcome *o)
{
    const struct net *net = &m->s->model->net;
    size_t n = (size_t)net->n_services + 1, sectors = (size_t)net->n_sectors + 1;
    *o = (struct outcome){.impact = arena_array(a, n, sizeof *o->impact), .back = arena_array(a, n, sizeof *o->back),
                          .lost = arena_array(a, n, sizeof *o->lost), .impaired = arena_array(a, n, sizeof *o->impaired),
                          .least = arena_array(a, n, sizeof *o->least), .end = arena_array(a, n, sizeof *o->end),
                          .deadlock = arena_array(a, n, sizeof *o->deadlock), .steps_max = logged ? RUN_LOG_MAX : 0,
                          .points = m->points, .every = m->every};
    o->curve = arena_array(a, sectors * m->points, sizeof *o->curve);
    o->sector_lost = arena_array(a, sectors, sizeof *o->sector_lost);
    o->sector_least = arena_array(a, sectors, sizeof *o->sector_least);
    o->sector_back_90 = arena_array(a, sectors, sizeof *o->sector_back_90);
    o->sector_back_100 = arena_array(a, sectors, sizeof *o->sector_back_100);
}

static void sampled_room(struct arena *a, const struct made_run *m, struct sampled *s)
{
    const struct net *net = &m->s->model->net;
    size_t runs = m->r->runs, services = runs * net->n_services + 1, sectors = runs * net->n_sectors + 1;
    *s = (struct sampled){.runs = m->r->runs, .points = m->points, .every = m->every,
                          .curve = arena_array(a, sectors * m->points, sizeof *s->curve),
                          .impact = arena_array(a, services, sizeof *s->impact),
                          .lost = arena_array(a, (size_t)net->n_services + 1, sizeof *s->lost),
                          .impaired = arena_array(a, (size_t)net->n_services + 1, sizeof *s->impaired),
                          .service_lost = arena_array(a, services, sizeof *s->service_lost),
                          .sector_lost = arena_array(a, sectors, sizeof *s->sector_lost),
                          .sector_least = arena_array(a, sectors, sizeof *s->sector_least),
                          .sector_back_90 = arena_array(a, sectors, sizeof *s->sector_back_90),
                          .sector_back_100 = arena_array(a, sectors, sizeof *s->sector_back_100),
                          .total_lost = arena_array(a, runs + 1, sizeof *s->total_lost)};
}

/* One run, as if it were many. */
static void sampled_one(struct arena *a, const struct made_run *m, const struct outcome *o, struct sampled *s)
{
    const uint32_t n = m->s->model->net.n_services;
    int64_t *impaired = arena_array(a, (size_t)n + 1, sizeof *impaired);
    for (uint32_t i = 0; i < n; i++) impaired[i] = o->impaired[i];
    *s = (struct sampled){.runs = 1, .points = m->points, .every = m->every, .curve = o->curve, .impact = o->impact, .lost = o->lost,
                          .impaired = impaired, .service_lost = o->lost, .sector_lost = o->sector_lost, .sector_least = o->sector_least,
                          .sector_back_90 = o->sector_back_90, .sector_back_100 = o->sector_back_100};
}

static bool told_on(void *to, uint32_t done, uint32_t of)
{
    work_progress(to, M("running"), done, of);
    return true;
}

struct ranked {
    int64_t lost;
    uint32_t run;
};
static int by_loss(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->lost != y->lost ? (x->lost > y->lost) - (x->lost < y->lost) : (x->run > y->run) - (x->run < y->run);
}

static uint32_t middle_run(struct arena *a, const struct sampled *s)
{
    struct ranked *all = arena_array(a, s->runs, sizeof *all);
    for (uint32_t i = 0; i < s->runs; i++) all[i] = (struct ranked){s->total_lost[i], i};
    qsort(all, s->runs, sizeof *all, by_loss);
    return all[rank_of(s->runs, 50)].run;
}

/* What all runs gave lives in `scratch`: it is large, and wanted only for the figures. */
static void run_them(struct work *w, struct arena *scratch, struct made_run *m, struct sampled *s)
{
    outcome_room(w->a, m, true, &m->one);
    if (m->r->runs > 1) {
        sampled_room(scratch, m, s);
        (void)spread_many(&m->s->model->net, &m->r->s, m->r->threads, s, told_on, w);
        m->shown = middle_run(scratch, s);
    }
    spread_run(w->a, &m->s->model->net, &m->r->s, m->shown, &m->one);
    if (m->r->runs == 1) sampled_one(w->a, m, &m->one, s);
}

/* ---- curves ---- */

/* Counting: a level is one of 10,001, and there may be as many runs. */
static struct band level_band(uint32_t *count, const struct sampled *s, size_t sectors, size_t sector, size_t point)
{
    const size_t at[3] = {rank_of(s->runs, 5), rank_of(s->runs, 50), rank_of(s->runs, 95)};
    int64_t found[3];
    memset(count, 0, (LEVEL_FULL + 1) * sizeof *count);
    for (size_t r = 0; r < s->runs; r++) count[s->curve[(r * sectors + sector) * s->points + point]]++;
    size_t k = 0, below = 0;
    for (int level = 0; k < 3 && level <= LEVEL_FULL; level++)
        for (below += count[level]; k < 3 && at[k] < below; k++) found[k] = level;
    return (struct band){found[0], found[1], found[2]};
}

static void make_curves(struct arena *a, struct made_run *m, const struct sampled *s)
{
    const size_t sectors = m->s->model->net.n_sectors;
    uint32_t *count = arena_array(a, LEVEL_FULL + 1, sizeof *count);
    m->curve = arena_array(a, sectors * m->points + 1, sizeof *m->curve);
    for (size_t k = 0; k < sectors; k++)
        for (size_t p = 0; p < m->points; p++) {
            const int64_t only = s->curve[k * s->points + p];
            m->curve[k * m->points + p] = s->runs == 1 ? (struct band){only, only, only} : level_band(count, s, sectors, k, p);
        }
}

/* ---- sectors ---- */

/* The values of one thing over all runs. */
struct drawn {
    int64_t *first, *below, *lost, *least, *back_90, *back_100;
};

static struct drawn drawn_room(struct arena *a, size_t runs)
{
    struct drawn d = {0};
    int64_t **const all[] = {&d.first, &d.below, &d.lost, &d.least, &d.back_90, &d.back_100};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) *all[i] = arena_array(a, runs + 1, sizeof **all[i]);
    return d;
}

/* Of one run: when its curve is first below the verification level, and for how long in all. */
static void below_of(const struct made_run *m, const uint16_t *curve, uint16_t verify, int64_t *first, int64_t *below)
{
    *first = RUN_NEVER;
    *below = 0;
    for (uint32_t p = 0; p < m->points; p++) {
        if (curve[p] >= verify) continue;
        if (*first == RUN_NEVER) *first = (int64_t)p * m->every;
        const int64_t left = (int64_t)m->r->s.until - (int64_t)p * m->every;
        *below += left < m->every ? left : m->every;
    }
}

static void make_sector(struct made_run *m, const struct sampled *s, struct drawn *d, uint32_t k, int64_t *sectors_below)
{
    const size_t sectors = m->s->model->net.n_sectors;
    struct run_sector *to = &m->sector[k];
    for (size_t r = 0; r < s->runs; r++) {
        const size_t at = r * sectors + k;
        below_of(m, s->curve + at * s->points, m->s->model->sector[k].verify, &d->first[r], &d->below[r]);
        to->hit += d->first[r] != RUN_NEVER;
        sectors_below[r] += d->first[r] != RUN_NEVER;
        d->lost[r] = s->sector_lost[at];
        d->least[r] = s->sector_least[at];
        d->back_90[r] = time_of(s->sector_back_90[at]);
        d->back_100[r] = time_of(s->sector_back_100[at]);
    }
    to->first = band_of(d->first, s->runs);
    to->below = band_of(d->below, s->runs);
    to->lost = band_of(d->lost, s->runs);
    to->least = band_of(d->least, s->runs);
    to->back_90 = band_of(d->back_90, s->runs);
    to->back_100 = band_of(d->back_100, s->runs);
}

/* ---- services ---- */

struct moments {
    double mean, error; /* error below 0: there is but one */
};
static struct moments moments_of(const double *x, size_t n)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    const double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) squares += (x[i] - mean) * (x[i] - mean);
    return (struct moments){mean, n < 2 ? -1 : sqrt(squares / (double)(n - 1) / (double)n)};
}

static void make_service(struct made_run *m, const struct sampled *s, int64_t *first, double *x, uint32_t i)
{
    const size_t services = m->s->model->net.n_services;
    const double all = (double)LEVEL_FULL * (double)m->r->s.until;
    struct run_service *to = &m->service[i];
    for (size_t r = 0; r < s->runs; r++) {
        first[r] = time_of(s->impact[r * services + i]);
        to->hit += first[r] != RUN_NEVER;
        x[r] = (double)s->service_lost[r * services + i] / all;
    }
    const struct moments lost = moments_of(x, s->runs);
    to->unavailable = lost.mean;
    to->unavailable_error = lost.error;
    for (size_t r = 0; r < s->runs; r++) x[r] = (double)first[r];
    const struct moments when = to->hit == s->runs ? moments_of(x, s->runs) : (struct moments){-1, -1};
    to->mean = when.mean;
    to->error = when.error;
    to->below = s->impaired[i] / s->runs;
    to->lost = s->lost[i] / s->runs;
    to->lost_in_all = s->lost[i];
    to->first = band_of(first, s->runs);
}

/* ---- the whole ---- */

int64_t run_money(int64_t value, int64_t level_minutes)
{
    enum { AN_HOUR = LEVEL_FULL * HOUR };
    const int64_t hours = level_minutes / AN_HOUR, rest = level_minutes % AN_HOUR;
    return value * hours + value / AN_HOUR * rest + value % AN_HOUR * rest / AN_HOUR;
}

static int64_t plus(int64_t a, int64_t b) { return a > INT64_MAX - 1 - b ? INT64_MAX - 1 : a + b; }

/* What a sector is worth as a whole counts before what its services are. */
static int64_t money_of(const struct made_run *m, const struct sampled *s, size_t r)
{
    const struct model *model = m->s->model;
    int64_t sum = 0;
    for (uint32_t k = 0; k < model->net.n_sectors; k++)
        sum = plus(sum, run_money(model->sector[k].value, s->sector_lost[r * model->net.n_sectors + k]));
    for (uint32_t i = 0; model->service != NULL && i < model->net.n_services; i++)
        if (model->sector[model->net.service[i].sector].value == 0)
            sum = plus(sum, run_money(model->service[i].value, s->service_lost[r * model->net.n_services + i]));
    return sum;
}

static bool money_told(const struct model *model)
{
    for (uint32_t k = 0; k < model->net.n_sectors; k++)
        if (model->sector[k].value != 0) return true;
    for (uint32_t i = 0; model->service != NULL && i < model->net.n_services; i++)
        if (model->service[i].value != 0) return true;
    return false;
}

static int64_t latest(const struct made_run *m, const struct sampled *s, size_t r)
{
    const struct net *net = &m->s->model->net;
    int64_t last = 0;
    for (uint32_t i = 0; s->runs == 1 && i < net->n_services; i++)
        if (time_of(m->one.back[i]) > last) last = time_of(m->one.back[i]);
    for (uint32_t k = 0; s->runs > 1 && k < net->n_sectors; k++)
        if (time_of(s->sector_back_100[r * net->n_sectors + k]) > last) last = time_of(s->sector_back_100[r * net->n_sectors + k]);
    return last;
}

static void make_totals(struct arena *a, struct made_run *m, const struct sampled *s)
{
    const size_t services = m->s->model->net.n_services;
    struct drawn d = drawn_room(a, s->runs);
    m->has_money = money_told(m->s->model);
    for (size_t r = 0; r < s->runs; r++) {
        for (size_t i = 0; i < services; i++) {
            d.first[r] += s->impact[r * services + i] != TICK_NEVER;
            d.lost[r] = plus(d.lost[r], s->service_lost[r * services + i]);
        }
        d.below[r] = m->has_money ? money_of(m, s, r) : 0;
        d.back_100[r] = latest(m, s, r);
    }
    m->impaired = band_of(d.first, s->runs);
    m->area = band_of(d.lost, s->runs);
    m->money = band_of(d.below, s->runs);
    m->back = band_of(d.back_100, s->runs);
}

static void make_figures(struct arena *a, struct made_run *m, const struct sampled *s)
{
    const struct net *net = &m->s->model->net;
    struct drawn d = drawn_room(a, s->runs);
    int64_t *sectors_below = arena_array(a, (size_t)s->runs + 1, sizeof *sectors_below);
    double *x = arena_array(a, (size_t)s->runs + 1, sizeof *x);
    m->sector = arena_array(a, (size_t)net->n_sectors + 1, sizeof *m->sector);
    m->service = arena_array(a, (size_t)net->n_services + 1, sizeof *m->service);
    for (uint32_t k = 0; k < net->n_sectors; k++) make_sector(m, s, &d, k, sectors_below);
    for (uint32_t i = 0; i < net->n_services; i++) make_service(m, s, d.first, x, i);
    m->sectors_below = band_of(sectors_below, s->runs);
    make_totals(a, m, s);
}

static void struck_sectors(struct arena *a, struct made_run *m)
{
    const struct net *net = &m->s->model->net;
    m->struck_sector = arena_array(a, (size_t)net->n_sectors + 1, sizeof *m->struck_sector);
    for (size_t k = 0; k < m->r->s.n_strikes; k++)
        for (uint32_t i = 0; i < m->r->s.strike[k].n; i++) m->struck_sector[net->service[m->r->s.strike[k].service[i]].sector]++;
}

enum err run_make(struct work *w, const struct stored *s, const struct asked_run *r, const struct run_limit *limit, struct made_run *out)
{
    struct sampled sampled;
    enum err e = within(w, s, r, s->version == 0 ? &run_limit_task : limit);
    if (e == OK) e = stored_fits(w, s, 2); /* the run, and one that is tried for what would start a circle */
    if (e != OK) return e;
    *out = (struct made_run){.s = s, .r = r};
    out->every = every_of(out);
    out->points = r->s.until / out->every + 1;
    struct arena *scratch = arena_new(0);
    run_them(w, scratch, out, &sampled);
    make_curves(w->a, out, &sampled);
    make_figures(w->a, out, &sampled);
    arena_free(scratch);
    struck_sectors(w->a, out);
    return OK;
}

/* ---- what would start a circle again ---- */

static bool tried(struct work *w, const struct made_run *m, uint32_t service)
{
    const struct whatif one = {CHANGE_BLACK_START, service, NET_NONE, NET_NONE, NET_NONE, 0, 0};
    const struct asked_run asked = {.change = &one, .n_changes = 1};
    struct arena_mark mark = arena_mark(w->a);
    struct stored changed;
    struct outcome o;
    scenario_changed(w->a, m->s, &asked, &changed);
    outcome_room(w->a, m, false, &o);
    spread_run(w->a, &changed.model->net, &m->r->s, m->shown, &o);
    const bool starts = o.deadlock[service] == 0;
    arena_back(w->a, mark);
    return starts;
}

bool *run_starters(struct work *w, const struct made_run *m)
{
    const struct net *net = &m->s->model->net;
    bool *starts = arena_array(w->a, (size_t)net->n_services + 1, sizeof *starts);
    uint32_t n = 0;
    for (uint32_t i = 0; net->n_services <= RUN_TRIED_SERVICES && i < net->n_services && n < RUN_TRIED_MAX; i++)
        if (m->one.deadlock[i] != 0) {
            starts[i] = tried(w, m, i);
            n++;
        }
    return starts;
}
