/* The level of each sector over time, as small charts with the same axes. A row stands where something changes, and holds until the next. */
#include "depend/run.h"

enum { CHARTS_MAX = 24 }; /* beyond that, sectors that stay in full are left out */

struct drawing {
    const struct beside *b;
    struct doc *out;
    uint32_t sector, was; /* was: of the run beside; NET_NONE */
};

static const struct band full = {LEVEL_FULL, LEVEL_FULL, LEVEL_FULL};

static const struct band *point_of(const struct made_run *m, uint32_t sector, int64_t minute)
{
    if (m == NULL || sector == NET_NONE) return &full;
    int64_t p = minute / m->every;
    if (p >= m->points) p = m->points - 1;
    return &m->curve[(size_t)sector * m->points + (size_t)p];
}

static bool same(const struct band *a, const struct band *b) { return a->low == b->low && a->middle == b->middle && a->high == b->high; }

static bool touched(const struct made_run *m, uint32_t sector)
{
    for (uint32_t p = 0; p < m->points; p++)
        if (m->curve[(size_t)sector * m->points + p].low < LEVEL_FULL) return true;
    return false;
}

static void columns_of(const struct beside *b, struct run_table *t)
{
    run_table_column(t, "sector", CELL_ENUM, M("Sector"), 0);
    run_table_column(t, "at", CELL_MINUTES, M("Since the beginning"), 0);
    run_table_column(t, "level", CELL_RATE, b->was != NULL ? b->now_label : M("Level of service"), 0);
    if (b->was != NULL) run_table_column(t, "was", CELL_RATE, b->was_label, 0);
    if (b->now->r->runs > 1) run_table_column(t, "low", CELL_RATE, M("5% of runs"), 0);
    if (b->now->r->runs > 1) run_table_column(t, "high", CELL_RATE, M("95% of runs"), 0);
    run_table_column(t, "verification", CELL_RATE, M("Verification level"), COL_DETAIL);
}

static void row_of(const struct drawing *d, struct run_table *t, int64_t minute, const struct band *now, const struct band *was)
{
    const struct model *m = d->b->now->s->model;
    run_table_cell(t, model_sector_cell(m, d->sector));
    run_table_cell(t, C_MINUTES(minute));
    run_table_cell(t, model_share_cell(now->middle));
    if (d->b->was != NULL) run_table_cell(t, model_share_cell(was->middle));
    if (d->b->now->r->runs > 1) run_table_cell(t, model_share_cell(now->low));
    if (d->b->now->r->runs > 1) run_table_cell(t, model_share_cell(now->high));
    run_table_cell(t, model_share_cell(m->sector[d->sector].verify));
    run_table_row(t, d->out);
}

/* At the points of either of the two, since they may be taken at other distances. */
static void curve(const struct drawing *d, struct run_table *t)
{
    const struct made_run *now = d->b->now, *was = d->b->was;
    const int64_t until = now->r->s.until, every = was != NULL && was->every < now->every ? was->every : now->every;
    const struct band *last_now = NULL, *last_was = NULL;
    for (int64_t minute = 0; minute <= until; minute += every) {
        const struct band *a = point_of(now, d->sector, minute), *b = point_of(was, d->was, minute);
        const bool ends = minute + every > until;
        if (last_now != NULL && !ends && same(a, last_now) && (was == NULL || same(b, last_was))) continue;
        row_of(d, t, minute, a, b);
        last_now = a;
        last_was = b;
    }
}

void curves_told(struct work *w, const struct beside *b, struct doc *out)
{
    const struct net *net = &b->now->s->model->net;
    const bool many = b->now->r->runs > 1;
    const struct show show = {SHOW_CURVES, .label = "sector", .detail = "at", .values = {"level", b->was != NULL ? "was" : NULL},
                              .from = many ? "low" : NULL, .until = many ? "high" : NULL, .goal_of = "verification"};
    struct run_table t = {0};
    columns_of(b, &t);
    doc_heading(out, M("Service level of each sector"));
    doc_show(out, &show);
    run_table_begin(&t, out, "curves");
    for (uint32_t k = 0; k < net->n_sectors; k++) {
        const struct drawing d = {b, out, k, b->was == NULL ? NET_NONE : beside_sector(b, k)};
        if (net->n_sectors > CHARTS_MAX && !touched(b->now, k) && (d.was == NET_NONE || !touched(b->was, d.was))) continue;
        curve(&d, &t);
    }
    doc_table_end(out);
    if (many) doc_note(out, M("Curves: the median of %1 runs, and the band in which 90 of 100 of them lie. Service level of a sector: weight × level of its services, of all their weight."), str_int(w->a, b->now->r->runs));
    else doc_note(out, M("Service level of a sector: weight × level of its services, of all their weight, at the demand of the hour."));
    if (b->now->every > 1) doc_note(out, M("Curves have a point every %1; times of sectors are to that."), lang_minutes(w->a, out->lang, b->now->every));
}
