/* What depend worth tells: a table for each kind of change, the best first; each row leads to the run with this change. */
#include "depend/rank.h"
#include "depend/worth.h"
#include "tally/rates.h"

#define SAVED_COLUMNS                                                                                                              \
    {"area", CELL_MINUTES, N("Area saved (sectors)")}, {"share", CELL_RATE, N("Of what is lost")},                                   \
        {"below", CELL_MINUTES, N("Time below the verification level saved")}, {"money", CELL_INT, N("Money saved")}
enum { SAVED = 4 };

/* Means over the runs, rounded toward nothing. */
static int64_t mean(const struct worth_view *v, int64_t sum) { return sum / v->worth.cases; }

static struct cell share_cell(const struct worth_view *v, const struct worth_row *r)
{
    int64_t base = v->worth.base.of[v->x.by];
    struct rate share = rate_of_counts(r->saved.of[v->x.by], base, NULL);
    share.n = share.d = 0; /* of what is lost without it: a fact above the table */
    return base == 0 ? C_NONE : C_RATE(share);
}

static void saved_cells(const struct worth_view *v, const struct worth_row *r, struct cell *to)
{
    to[0] = C_MINUTES(mean(v, r->saved.of[WORTH_AREA]) / LEVEL_FULL);
    to[1] = share_cell(v, r);
    to[2] = C_MINUTES(mean(v, r->saved.of[WORTH_BELOW]));
    to[3] = v->money ? C_INT(mean(v, r->saved.of[WORTH_MONEY])) : C_NONE;
}

static struct cell service_cell(const struct worth_view *v, uint32_t i) { return stored_service_cell(&v->st, i); }

static struct cell sector_cell(const struct worth_view *v, uint32_t i)
{
    return model_sector_cell(v->st.model, v->st.model->net.service[i].sector);
}

static struct cell seen_cell(str code) { return enum_words_cell(code, M("See the run")); }

static int64_t each(const struct worth_view *v, enum change_kind what, void (*tell)(const struct worth_view *, const struct worth_row *))
{
    int64_t n = 0;
    for (size_t i = 0; i < v->worth.n_rows; i++) {
        const struct worth_row *r = &v->worth.row[i];
        if (r->change.what != what || (r->change.service != NET_NONE && !stored_named(&v->st, r->change.service))) continue;
        struct arena_mark mark = arena_mark(v->w->a);
        if (tell != NULL) tell(v, r);
        arena_back(v->w->a, mark);
        n++;
    }
    return n;
}

/* ---- an hour more ---- */

static void backup_row(const struct worth_view *v, const struct worth_row *r)
{
    const struct model *m = v->st.model;
    struct arena *a = v->w->a;
    uint32_t i = r->change.service, g = r->change.need;
    str code = str_fmt(a, "%.*s/%.*s:%.*s", STR_ARG(m->code[i]), STR_ARG(m->need[g].code), STR_ARG(model_time_text(a, r->change.more)));
    tick holds = chance_middle(&m->net.need[g].buffer); /* one that varies: as one run takes it */
    struct cell cells[5 + SAVED] = {service_cell(v, i), model_need_cell(m, g), sector_cell(v, i), C_MINUTES(holds)};
    saved_cells(v, r, cells + 4);
    cells[4 + SAVED] = seen_cell(code);
    doc_row(v->out, cells);
}

static void backup_told(const struct worth_view *v)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service")},
        {"need", CELL_ENUM, N("Need")},
        {"sector", CELL_ENUM, N("Sector"), COL_DATA},
        {"buffer", CELL_MINUTES, N("Holds out today")},
        SAVED_COLUMNS,
        {"run", CELL_ENUM, N("With it"), 0, "depend run", "backup"},
    };
    tick more = v->x.more;
    doc_heading(v->out, more == HOUR ? M("An hour more of backup, need by need") : M("%1 hours more of backup, need by need"),
                model_hours_text(v->w->a, more));
    DOC_TABLE(v->out, "backup", columns);
    each(v, CHANGE_BACKUP, backup_row);
    doc_table_end(v->out);
}

/* ---- a black start ---- */

static void start_row(const struct worth_view *v, const struct worth_row *r)
{
    uint32_t i = r->change.service;
    struct cell cells[3 + SAVED] = {service_cell(v, i), sector_cell(v, i)};
    saved_cells(v, r, cells + 2);
    cells[2 + SAVED] = seen_cell(v->st.model->code[i]);
    doc_row(v->out, cells);
}

static void starts_told(const struct worth_view *v)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service")},
        {"sector", CELL_ENUM, N("Sector")},
        SAVED_COLUMNS,
        {"run", CELL_ENUM, N("With it"), 0, "depend run", "black_start"},
    };
    if (each(v, CHANGE_BLACK_START, NULL) == 0) return;
    doc_heading(v->out, M("If it restarted without those that need it"));
    DOC_TABLE(v->out, "black_start", columns);
    each(v, CHANGE_BLACK_START, start_row);
    doc_table_end(v->out);
}

/* ---- a crew more ---- */

static void crew_row(const struct worth_view *v, const struct worth_row *r)
{
    const struct model_crew *c = &v->st.model->crew[r->change.crew];
    struct cell cells[3 + SAVED] = {enum_named_cell(c->code, c->ja, c->en), C_INT(r->change.number - 1)};
    saved_cells(v, r, cells + 2);
    cells[2 + SAVED] = seen_cell(str_fmt(v->w->a, "%.*s:%u", STR_ARG(c->code), r->change.number));
    doc_row(v->out, cells);
}

static void crews_told(const struct worth_view *v)
{
    static const struct column columns[] = {
        {"crew", CELL_ENUM, N("Crew")},
        {"number", CELL_INT, N("Repairs at a time today")},
        SAVED_COLUMNS,
        {"run", CELL_ENUM, N("With it"), 0, "depend run", "crew"},
    };
    if (each(v, CHANGE_CREWS, NULL) == 0) return;
    doc_heading(v->out, M("One more crew"));
    DOC_TABLE(v->out, "crews", columns);
    each(v, CHANGE_CREWS, crew_row);
    doc_table_end(v->out);
}

/* ---- all of it ---- */

static void struck_said(const struct worth_view *v)
{
    struct buf b = buf_in(v->w->a);
    for (size_t i = 0; i < v->r.n_struck; i++) {
        if (i > 0) buf_add(&b, tr(v->out->lang, M(", ")));
        buf_add(&b, scenario_struck_words(v->w, v->out->lang, &v->st, &v->r.struck[i]));
    }
    if (v->each_sector)
        doc_text(v->out, M("Means over %1 cases: each sector fails as a whole, alone. Name what fails to see what helps then."),
                 str_int(v->w->a, (int64_t)v->x.n));
    else if (v->r.n_struck != 0) doc_text(v->out, M("What fails: %1."), buf_str(&b));
}

static void facts(const struct worth_view *v)
{
    struct arena *a = v->w->a;
    const struct worth_figures *base = &v->worth.base;
    str cases = str_int(a, v->worth.cases);
    bool one = v->worth.cases == 1;
    str of = one ? M("in one run") : M("mean over %1 runs");
    doc_fact_of(v->out, "area", M("Area lost today (sectors)"), C_MINUTES(mean(v, base->of[WORTH_AREA]) / LEVEL_FULL), of, cases);
    doc_fact_of(v->out, "below", M("Time below the verification level today"), C_MINUTES(mean(v, base->of[WORTH_BELOW])), of, cases);
    if (v->money) doc_fact_of(v->out, "money", M("Money lost today"), C_INT(mean(v, base->of[WORTH_MONEY])), of, cases);
    doc_fact_of(v->out, "changes", M("Changes that make a difference"), C_INT((int64_t)v->worth.n_rows), M("of %1 tried, one at a time"),
                str_int(a, (int64_t)v->worth.n_changes));
}

void worth_told(const struct worth_view *v)
{
    int64_t told = each(v, CHANGE_BACKUP, NULL) + each(v, CHANGE_BLACK_START, NULL) + each(v, CHANGE_CREWS, NULL);
    int64_t hidden = (int64_t)v->worth.n_rows - told;
    struck_said(v);
    facts(v);
    backup_told(v);
    starts_told(v);
    crews_told(v);
    doc_note(v->out, M("Area and time are summed over the sectors: an hour in which two sectors are down counts two. Each figure is the difference of two runs."));
    if (hidden != 0)
        doc_note(v->out, M("%1 changes at services of operators make a difference too, and are not listed: you do not see them by name."),
                 str_int(v->w->a, hidden));
}
