/* Key figures, and the tables of sectors and services: when, how much, how long. */
#include "depend/run.h"

#include "tally/rates.h"

enum { SERVICES_TOLD_MAX = 2000, MICRO = 1000000 };

static const struct run_table_band first_band = {"first", "first_low", "first_high", "was", CELL_MINUTES,
                                                 N("Below its verification level after")};

/* ---- key figures ---- */

/* The first that is hit and was not struck; NET_NONE. */
static uint32_t first_hit(const struct made_run *m)
{
    const struct net *net = &m->s->model->net;
    uint32_t found = NET_NONE;
    bool *struck = NULL;
    struct arena *a = arena_new(0);
    struck = arena_array(a, (size_t)net->n_services + 1, sizeof *struck);
    for (size_t k = 0; k < m->r->s.n_strikes; k++)
        for (uint32_t i = 0; i < m->r->s.strike[k].n; i++) struck[m->r->s.strike[k].service[i]] = true;
    for (uint32_t i = 0; i < net->n_services; i++)
        if (!struck[i] && m->service[i].first.middle != RUN_NEVER &&
            (found == NET_NONE || m->service[i].first.middle < m->service[found].first.middle))
            found = i;
    arena_free(a);
    return found;
}

static void band_fact(struct work *w, const struct made_run *m, struct doc *out, const char *key, str label, const struct band *b, int64_t of)
{
    const str all = str_int(w->a, of);
    if (m->r->runs == 1) doc_fact_of(out, key, label, C_INT(b->middle), M("of %1"), all);
    else doc_fact_of(out, key, label, C_INT(b->middle), M("of %1; median of %2 runs, 5%–95%: %3–%4"), all, str_int(w->a, m->r->runs),
                     str_int(w->a, b->low), str_int(w->a, b->high));
}

static void back_fact(struct work *w, const struct made_run *m, struct doc *out)
{
    const str hours = str_int(w->a, m->r->s.until / HOUR);
    if (m->back.middle == RUN_NEVER) doc_fact_of(out, "back", M("Back in full after"), C_NONE, M("not within %1 hours"), hours);
    else if (m->r->runs == 1) doc_fact_of(out, "back", M("Back in full after"), C_MINUTES(m->back.middle), M("of %1 hours"), hours);
    else doc_fact_of(out, "back", M("Back in full after"), C_MINUTES(m->back.middle), M("of %1 hours; median of %2 runs"), hours, str_int(w->a, m->r->runs));
}

static int64_t area_minutes(int64_t level_minutes) { return level_minutes / LEVEL_FULL; }

void run_key_figures(struct work *w, const struct beside *b, struct doc *out)
{
    const struct made_run *m = b->now;
    const struct net *net = &m->s->model->net;
    const uint32_t first = first_hit(m);
    band_fact(w, m, out, "impaired", M("Services below their verification level"), &m->impaired, net->n_services);
    band_fact(w, m, out, "sectors_below", M("Sectors below their verification level"), &m->sectors_below, net->n_sectors);
    if (first != NET_NONE)
        doc_fact_of(out, "first", M("First to be hit"), stored_service_cell(m->s, first), M("after %1"), lang_minutes(w->a, out->lang, m->service[first].first.middle));
    doc_text(out, M("What is lost, and when it is over:"));
    doc_fact_of(out, "area", M("Area lost, as standstill"), C_MINUTES(area_minutes(m->area.middle)), M("of %1 services × %2 hours"),
                str_int(w->a, net->n_services), str_int(w->a, m->r->s.until / HOUR));
    back_fact(w, m, out);
    if (m->has_money)
        doc_fact_of(out, "money", M("Loss in money"), C_INT(m->money.middle), M("value an hour × (1 − level) × time"));
}

static void figures_row(struct run_table *t, const struct made_run *m, const char *code, str label, struct doc *out)
{
    run_table_cell(t, enum_words_cell(str_of(code), label));
    run_table_cell(t, C_INT(m->impaired.middle));
    run_table_cell(t, C_INT(m->sectors_below.middle));
    run_table_cell(t, C_MINUTES(area_minutes(m->area.middle)));
    if (m->has_money) run_table_cell(t, C_INT(m->money.middle));
    run_table_cell(t, run_time_cell(m->back.middle));
    run_table_row(t, out);
}

static void saved_told(struct work *w, const struct beside *b, struct doc *out)
{
    const int64_t less = b->was->area.middle - b->now->area.middle;
    const str much = lang_minutes(w->a, out->lang, area_minutes(less < 0 ? -less : less));
    const str now = tr(out->lang, b->now_label), was = tr(out->lang, b->was_label);
    if (less > 0) doc_text(out, M("%1: %2 less are lost than %3, as hours of a service at standstill."), now, much, was);
    else if (less < 0) doc_text(out, M("%1: %2 more are lost than %3, as hours of a service at standstill."), now, much, was);
    else doc_text(out, M("%1: as much is lost as %2."), now, was);
}

void run_figures_told(struct work *w, const struct beside *b, struct doc *out)
{
    struct run_table t = {0};
    const bool money = b->now->has_money && b->was->has_money;
    saved_told(w, b, out);
    run_table_column(&t, "run", CELL_ENUM, M("Which run"), 0);
    run_table_column(&t, "impaired", CELL_INT, M("Services below their verification level"), 0);
    run_table_column(&t, "sectors_below", CELL_INT, M("Sectors below their verification level"), 0);
    run_table_column(&t, "area", CELL_MINUTES, M("Area lost, as standstill"), 0);
    if (money) run_table_column(&t, "money", CELL_INT, M("Loss in money"), 0);
    run_table_column(&t, "back", CELL_MINUTES, M("Back in full after"), 0);
    run_table_begin(&t, out, "figures");
    struct made_run was = *b->was, now = *b->now;
    was.has_money = now.has_money = money;
    figures_row(&t, &was, "was", b->was_label, out);
    figures_row(&t, &now, "now", b->now_label, out);
    doc_table_end(out);
}

/* ---- sectors: when ---- */

static void gained_column(const struct beside *b, struct run_table *t)
{
    if (b->was != NULL) run_table_column(t, "later", CELL_MINUTES, M("Later by"), COL_SIGN);
}

static void gained_cell(const struct beside *b, struct run_table *t, const struct band *now, const struct band *was)
{
    if (b->was == NULL) return;
    const bool both = now != NULL && was != NULL && now->middle != RUN_NEVER && was->middle != RUN_NEVER;
    run_table_cell(t, both ? C_MINUTES(now->middle - was->middle) : C_NONE);
}

void run_impact_told(struct work *w, const struct beside *b, struct doc *out)
{
    const struct made_run *m = b->now;
    const struct model *model = m->s->model;
    const bool many = m->r->runs > 1;
    struct run_table t = {0};
    run_table_column(&t, "sector", CELL_ENUM, M("Sector"), 0);
    run_table_column(&t, "verification", CELL_RATE, M("Verification level"), 0);
    run_table_band_columns(&t, b, &first_band);
    gained_column(b, &t);
    if (many) run_table_column(&t, "hit", CELL_RATE, M("Runs in which it is"), 0);
    doc_heading(out, M("Time until it is hit"));
    run_table_begin(&t, out, "impact");
    for (uint32_t k = 0; k < model->net.n_sectors; k++) {
        const uint32_t other = b->was == NULL ? NET_NONE : beside_sector(b, k);
        const struct band *was = other == NET_NONE ? NULL : &b->was->sector[other].first;
        run_table_cell(&t, model_sector_cell(model, k));
        run_table_cell(&t, model_share_cell(model->sector[k].verify));
        run_table_band_cells(&t, b, &first_band, &m->sector[k].first, was);
        gained_cell(b, &t, &m->sector[k].first, was);
        if (many) run_table_cell(&t, C_RATE(rate_of_counts(m->sector[k].hit, m->r->runs, NULL)));
        run_table_row(&t, out);
    }
    doc_table_end(out);
    doc_note(out, M("A dash: not within %1 hours. Quantiles are by nearest rank; a run in which it does not happen counts as later than all."), str_int(w->a, m->r->s.until / HOUR));
}

/* ---- services ---- */

static void services_columns(const struct beside *b, struct run_table *t)
{
    const bool many = b->now->r->runs > 1;
    run_table_column(t, "service", CELL_ENUM, M("Service"), 0);
    run_table_column(t, "sector", CELL_ENUM, M("Sector"), 0);
    run_table_column(t, "services", CELL_INT, M("Services counted"), b->now->s->named == NULL ? COL_DATA : COL_DETAIL);
    run_table_band_columns(t, b, &first_band);
    gained_column(b, t);
    if (many) run_table_column(t, "hit", CELL_RATE, M("Runs in which it is"), 0);
    if (many) run_table_column(t, "mean", CELL_MINUTES, M("Mean time"), COL_DETAIL);
    if (many) run_table_column(t, "mean_error", CELL_MINUTES, M("Its standard error"), COL_DETAIL);
    run_table_column(t, "below", CELL_MINUTES, many ? M("Below verification level, mean") : M("Below verification level for"), b->was != NULL ? COL_DATA : 0);
    run_table_column(t, "lost", CELL_MINUTES, many ? M("Area lost, mean") : M("Area lost"), 0);
    if (!many) run_table_column(t, "least", CELL_RATE, M("Lowest level"), 0);
    if (!many) run_table_column(t, "back", CELL_MINUTES, M("Back in full after"), 0);
}

static struct cell minutes_of(double minutes) { return minutes < 0 ? C_NONE : C_MINUTES((int64_t)(minutes + 0.5)); }

/* One service that is seen by name, or those of a sector that are not, of which the first to be hit stands for all. */
struct counted {
    uint32_t service, n;
    int64_t below, lost;
    bool named;
};

static void service_row(const struct beside *b, struct run_table *t, const struct counted *c, struct doc *out)
{
    const struct made_run *m = b->now;
    const struct run_service *v = &m->service[c->service];
    const uint32_t other = b->was == NULL || !c->named ? NET_NONE : beside_service(b, c->service);
    const struct band *was = other == NET_NONE ? NULL : &b->was->service[other].first;
    run_table_cell(t, stored_service_cell(m->s, c->service));
    run_table_cell(t, model_sector_cell(m->s->model, m->s->model->net.service[c->service].sector));
    run_table_cell(t, C_INT(c->n));
    run_table_band_cells(t, b, &first_band, &v->first, was);
    gained_cell(b, t, &v->first, was);
    if (m->r->runs > 1) {
        run_table_cell(t, C_RATE(rate_of_counts(v->hit, m->r->runs, NULL)));
        run_table_cell(t, c->named ? minutes_of(v->mean) : C_NONE);
        run_table_cell(t, c->named ? minutes_of(v->error) : C_NONE);
    }
    run_table_cell(t, C_MINUTES(c->below));
    run_table_cell(t, C_MINUTES(area_minutes(c->lost)));
    if (m->r->runs == 1) {
        run_table_cell(t, c->named ? model_share_cell(m->one.least[c->service]) : C_NONE);
        run_table_cell(t, c->named ? run_time_cell(m->one.back[c->service] == TICK_NEVER ? RUN_NEVER : m->one.back[c->service]) : C_NONE);
    }
    run_table_row(t, out);
}

static bool hit_in_either(const struct beside *b, uint32_t i)
{
    if (b->now->service[i].hit != 0) return true;
    const uint32_t other = b->was == NULL ? NET_NONE : beside_service(b, i);
    return other != NET_NONE && b->was->service[other].hit != 0;
}

static void unnamed_rows(struct work *w, const struct beside *b, struct run_table *t, struct doc *out)
{
    const struct made_run *m = b->now;
    const struct net *net = &m->s->model->net;
    struct counted *all = arena_array(w->a, (size_t)net->n_sectors + 1, sizeof *all);
    for (uint32_t i = 0; i < net->n_services; i++) {
        if (stored_named(m->s, i) || m->service[i].hit == 0) continue;
        struct counted *c = &all[net->service[i].sector];
        if (c->n++ == 0 || m->service[i].first.middle < m->service[c->service].first.middle) c->service = i;
        c->below += m->service[i].below;
        c->lost += m->service[i].lost;
    }
    for (uint32_t k = 0; k < net->n_sectors; k++)
        if (all[k].n != 0) service_row(b, t, &all[k], out);
}

void run_services_told(struct work *w, const struct beside *b, struct doc *out)
{
    const struct made_run *m = b->now;
    const uint32_t n = m->s->model->net.n_services;
    struct run_table t = {0};
    int64_t told = 0, hit = 0;
    services_columns(b, &t);
    doc_heading(out, M("Services that are hit"));
    run_table_begin(&t, out, "services");
    for (uint32_t i = 0; i < n; i++) {
        if (!stored_named(m->s, i) || !hit_in_either(b, i) || hit++ >= SERVICES_TOLD_MAX) continue;
        const struct counted c = {i, 1, m->service[i].below, m->service[i].lost, true};
        service_row(b, &t, &c, out);
        told++;
    }
    unnamed_rows(w, b, &t, out);
    doc_table_end(out);
    if (hit > told) doc_note(out, M("Of %1 services that are hit the first %2 are listed."), str_int(w->a, hit), str_int(w->a, told));
}

/* ---- sectors: how much, how long ---- */

static const struct run_table_band losses[] = {
    {"lost", "lost_low", "lost_high", "was_lost", CELL_MINUTES, N("Area lost")},
    {"depth", "depth_low", "depth_high", "was_depth", CELL_RATE, N("Lowest level"), true},
    {"below", "below_low", "below_high", "was_below", CELL_MINUTES, N("Below verification level for"), true},
    {"back_90", "back_90_low", "back_90_high", "was_back_90", CELL_MINUTES, N("Back at 90% after"), true},
    {"back_100", "back_100_low", "back_100_high", "was_back_100", CELL_MINUTES, N("Back in full after")},
};
enum { LOSSES = sizeof losses / sizeof *losses };

static void losses_of(const struct run_sector *s, struct band *out)
{
    out[0] = (struct band){area_minutes(s->lost.low), area_minutes(s->lost.middle), area_minutes(s->lost.high)};
    out[1] = s->least;
    out[2] = s->below;
    out[3] = s->back_90;
    out[4] = s->back_100;
}

/* Beside another run each figure stands twice, under what the two are called: the figure's own name goes before it. */
static void losses_columns(struct work *w, const struct beside *b, struct run_table *t, enum lang lang, struct beside *labelled)
{
    for (size_t i = 0; i < LOSSES; i++) {
        *labelled = *b;
        if (b->was != NULL) {
            const str name = tr(lang, losses[i].label);
            labelled->was_label = str_fmt(w->a, "%.*s (%.*s)", STR_ARG(name), STR_ARG(tr(lang, b->was_label)));
            labelled->now_label = str_fmt(w->a, "%.*s (%.*s)", STR_ARG(name), STR_ARG(tr(lang, b->now_label)));
        }
        const size_t first = t->n;
        run_table_band_columns(t, labelled, &losses[i]);
        for (size_t c = first; b->was != NULL && losses[i].aside && c < t->n; c++) t->column[c].flags |= COL_DATA; /* ten would not fit */
    }
}

void run_losses_told(struct work *w, const struct beside *b, struct doc *out)
{
    const struct made_run *m = b->now;
    const struct model *model = m->s->model;
    struct beside labelled;
    struct run_table t = {0};
    run_table_column(&t, "sector", CELL_ENUM, M("Sector"), 0);
    losses_columns(w, b, &t, out->lang, &labelled);
    doc_heading(out, M("What is lost, and when it is back"));
    run_table_begin(&t, out, "sectors");
    for (uint32_t k = 0; k < model->net.n_sectors; k++) {
        struct band now[LOSSES], was[LOSSES];
        const uint32_t other = b->was == NULL ? NET_NONE : beside_sector(b, k);
        losses_of(&m->sector[k], now);
        if (other != NET_NONE) losses_of(&b->was->sector[other], was);
        run_table_cell(&t, model_sector_cell(model, k));
        for (size_t i = 0; i < LOSSES; i++) run_table_band_cells(&t, b, &losses[i], &now[i], other == NET_NONE ? NULL : &was[i]);
        run_table_row(&t, out);
    }
    doc_table_end(out);
    doc_note(out, M("Lost: the area between the level and full service, of %1 hours; an hour at half the level is half an hour."), str_int(w->a, m->r->s.until / HOUR));
    if (m->has_money) doc_note(out, M("Loss in money: a sector that has a value as a whole counts with that, others with the values of their services. It is in the unit of the model's values."));
}

/* ---- availability over a long time ---- */

static struct cell share_cell(double share)
{
    return share < 0 ? C_NONE : C_DECIMAL(((struct decimal){(int64_t)(share * MICRO + 0.5), 6}));
}

void run_availability_told(struct work *w, const struct made_run *m, struct doc *out)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service")},
        {"sector", CELL_ENUM, N("Sector")},
        {"availability", CELL_RATE, N("Availability")},
        {"unavailability", CELL_DECIMAL, N("Unavailability")},
        {"standard_error", CELL_DECIMAL, N("Its standard error")},
    };
    const struct model *model = m->s->model;
    const int64_t all = (int64_t)LEVEL_FULL * m->r->s.until * m->r->runs;
    int64_t unnamed = 0, told = 0;
    if (!m->r->s.failures) return;
    doc_heading(out, M("Availability"));
    DOC_TABLE(out, "availability", columns);
    for (uint32_t i = 0; i < model->net.n_services; i++) {
        const struct run_service *s = &m->service[i];
        unnamed += !stored_named(m->s, i);
        if (!stored_named(m->s, i) || told++ >= SERVICES_TOLD_MAX) continue;
        DOC_ROW(out, stored_service_cell(m->s, i), model_sector_cell(model, model->net.service[i].sector),
                C_RATE(rate_of_counts(all - s->lost_in_all, all, NULL)), share_cell(s->unavailable), share_cell(s->unavailable_error));
    }
    doc_table_end(out);
    doc_note(out, M("Availability: level × time kept, of %1 hours × %2 runs; the standard error is that of the mean over the runs, and needs two of them."),
             str_int(w->a, m->r->s.until / HOUR), str_int(w->a, m->r->runs));
    if (unnamed != 0) doc_note(out, M("%1 services of operators are not listed: their figures are theirs."), str_int(w->a, unnamed));
}
