/* What the views of basic plans share: which plan, who sees judgements, the measures of an area. */
#include "plan/basic.h"

#include "plan/lines.h"

static bool runs_in(const struct plan *p, int64_t year)
{
    return year == 0 || (fiscal_year(p->since) <= year && fiscal_year(p->until) >= year);
}

enum err plan_basic_wanted(struct work *w, const struct args *in, struct plan *out)
{
    struct plan *all;
    size_t n;
    if (arg_given(in, "plan")) {
        enum err e = plan_find(w, arg_text(in, "plan"), 0, out);
        return e == OK && !str_eq(out->kind, S("basic")) && out->basic.n != 0 ? plan_find(w, out->basic, 0, out) : e;
    }
    enum err e = plan_all(w, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].kind, S("basic"))) continue;
        *out = all[i];
        return OK;
    }
    return fault(w, NOTFOUND, M("there is no basic plan yet that you may see: `meguri plan list` shows the plans"));
}

bool judged_seen(const struct work *w, const struct plan *p) { return plan_mine(w, p) || may(w->actor, MAY_READ_RATES, p->org_lo); }

str area_of(const struct plan_item *x) { return x->kind == ITEM_AREA ? x->key : x->area; }

/* ---- measures ---- */

struct gathering {
    struct area_measure *all;
    size_t n, room;
};

static enum err gather(struct work *w, struct gathering *g, const struct plan *p)
{
    struct lines x;
    enum err e = lines_begin(w, p, 0, &x);
    if (e == OK) e = lines_stand(w, &x, 0, INT64_MAX, false);
    for (size_t i = 0; e == OK && i < x.n; i++) {
        const struct line *l = &x.line[i];
        if (!line_counts(l)) continue;
        g->all = arena_more(w->a, g->all, g->n, &g->room, sizeof *g->all);
        g->all[g->n++] =
            (struct area_measure){p->code, l->key, l->title_ja, l->title_en, l->area, fiscal_year(p->since), l->is.status};
    }
    return e;
}

enum err area_measures(struct work *w, const struct plan *basic, int64_t year, struct area_measure **out, size_t *n)
{
    struct gathering g = {0};
    struct plan *plans;
    size_t n_plans;
    enum err e = plan_all(w, &plans, &n_plans);
    for (size_t i = 0; e == OK && i < n_plans; i++) {
        if (str_eq(plans[i].basic, basic->code) && runs_in(&plans[i], year)) e = gather(w, &g, &plans[i]);
    }
    *out = g.all;
    *n = g.n;
    return e;
}

void area_counts(const struct area_measure *all, size_t n, str area, int64_t count[MEASURE_STATUSES])
{
    for (size_t i = 0; i < MEASURE_STATUSES; i++) count[i] = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].area, area)) count[all[i].status]++;
}
