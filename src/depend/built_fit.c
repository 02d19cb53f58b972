/* A model against the answers: each sector is stopped for good, and the others are looked at after 1, 6, 24, 72 hours. */
#include "depend/built.h"

#include <string.h>

struct fitting {
    struct arena *a;
    const struct voices *v;
    const struct model *m;
    const struct ask_group *group;
    enum built_level level;
    uint64_t seed;
    struct built_fit *row;
    size_t n, room;
};

/* All services of a sector, in order. */
static uint32_t *services_of(const struct fitting *x, uint32_t sector, uint32_t *n)
{
    uint32_t *all = arena_array(x->a, x->m->net.n_services + 1, sizeof *all);
    *n = 0;
    for (uint32_t i = 0; i < x->m->net.n_services; i++)
        if (x->m->net.service[i].sector == sector) all[(*n)++] = i;
    return all;
}

/* The same network in which nothing is needed but of one sector. */
static struct net only_of(const struct fitting *x, uint32_t sector)
{
    struct net net = x->m->net;
    struct net_need *need = arena_array(x->a, net.n_needs + 1, sizeof *need);
    memcpy(need, net.need, net.n_needs * sizeof *need);
    for (uint32_t g = 0; g < net.n_needs; g++) {
        bool any = false;
        for (uint32_t e = net.supplier_at[g]; e < net.supplier_at[g + 1]; e++)
            any = any || net.service[net.supplier[e].service].sector == sector;
        if (!any) need[g].strength = 0;
    }
    net.need = need;
    return net;
}

/* Mean levels of all sectors at each full hour. */
static uint16_t *curves(const struct fitting *x, const struct net *net, uint32_t sector, uint32_t hours)
{
    uint32_t n, points = hours + 1, sectors = net->n_sectors;
    struct strike struck = {.service = services_of(x, sector, &n), .repair_percent = 100, .chance = LEVEL_FULL, .together = true,
                            .lasts = TICK_MAX};
    struct scenario scenario = {.strike = &struck, .n_strikes = 1, .until = hours * HOUR + 1, .varied = true, .seed = x->seed};
    uint64_t *sum = arena_array(x->a, (size_t)sectors * points, sizeof *sum);
    uint16_t *mean = arena_array(x->a, (size_t)sectors * points, sizeof *mean);
    struck.n = n;
    for (uint32_t run = 0; run < BUILT_RUNS; run++) {
        struct arena_mark mark = arena_mark(x->a);
        struct outcome o = {.points = points, .every = HOUR, .curve = arena_array(x->a, (size_t)sectors * points, sizeof *o.curve)};
        spread_run(x->a, net, &scenario, run, &o);
        for (size_t i = 0; i < (size_t)sectors * points; i++) sum[i] += o.curve[i];
        arena_back(x->a, mark);
    }
    for (size_t i = 0; i < (size_t)sectors * points; i++) mean[i] = (uint16_t)((sum[i] + BUILT_RUNS / 2) / BUILT_RUNS);
    return mean;
}

static int32_t wanted(const struct fitting *x, const struct ask_figure *f)
{
    if (x->level == BUILT_LOW) return f->least;
    return x->level == BUILT_HIGH ? f->most : (f->middle_low + f->middle_high + 1) / 2;
}

static void fit_one(struct fitting *x, size_t question, size_t part, const uint16_t *direct, const uint16_t *all, uint32_t points)
{
    const struct voice_question *q = &x->v->question[question];
    uint32_t sector = model_sector_find(x->m, x->v->part[part].code);
    if (sector == NET_NONE || str_eq(x->v->part[part].code, q->about)) return;
    for (size_t t = 0; t < q->n; t++) {
        struct ask_figure f = ask_figure(x->a, x->v, &x->group[part], question, t);
        if (!f.told || (f.need == 0 && direct[(size_t)sector * points + points - 1] == LEVEL_FULL)) return; /* neither says that it is needed */
        size_t at = (size_t)sector * points + (size_t)q->hours[t];
        x->row = arena_more(x->a, x->row, x->n, &x->room, sizeof *x->row);
        x->row[x->n++] = (struct built_fit){.fails = question, .part = part, .at = t, .answered = wanted(x, &f), .least = f.least, .most = f.most,
                                            .direct = direct[at], .all = all[at]};
    }
}

void built_fit(struct arena *a, const struct voices *v, const struct model *m, enum built_level level, uint64_t seed,
               struct built_fit **out, size_t *n)
{
    struct ask_group *group = arena_array(a, v->n_parts + 1, sizeof *group);
    struct fitting x = {.a = a, .v = v, .m = m, .group = group, .level = level, .seed = seed};
    for (size_t i = 0; i < v->n_parts; i++) group[i] = ask_sector(a, v, i);
    for (size_t q = 0; q < v->n_questions; q++) {
        const struct voice_question *question = &v->question[q];
        uint32_t sector = question->kind == VOICE_LEVELS && question->about.n != 0 ? model_sector_find(m, question->about) : NET_NONE;
        if (sector == NET_NONE) continue;
        uint32_t hours = (uint32_t)question->hours[question->n - 1];
        struct net only = only_of(&x, sector);
        const uint16_t *direct = curves(&x, &only, sector, hours), *all = curves(&x, &m->net, sector, hours);
        for (size_t i = 0; i < v->n_parts; i++) fit_one(&x, q, i, direct, all, hours + 1);
    }
    *out = x.row;
    *n = x.n;
}
