/* plan mine, plan same: what an organisation has to report now; and how much that is, for other rooms. */
#include "access/days.h"
#include "plan/asked.h"
#include "plan/life_store.h"
#include "plan/say.h"

static bool waits(const struct lines_mine *r) { return r->plan->due != 0 && r->said <= r->plan->upto; }

/* ---- for other rooms ---- */

static bool speaks(const struct work *w) { return (w->actor->rights & (MAY_MANAGE | MAY_APPROVE | MAY_CENTRE)) != 0 && w->actor->org != 0; }

enum err plan_waiting(struct work *w, plan_waiting_fn *fn, void *to)
{
    struct lines_mine_plan *plan;
    size_t n = 0;
    enum err e = speaks(w) ? lines_mine_plans(w, w->actor->org, today(w), &plan, &n) : OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct lines_mine *rows;
        size_t n_rows = 0;
        struct plan_waiting p = {.plan = plan[i].code, .title_ja = plan[i].title_ja, .title_en = plan[i].title_en,
                                 .report = plan[i].report, .due = plan[i].due, .overdue = plan[i].due != 0 && plan[i].due < today(w)};
        if (p.due != 0) e = lines_mine(w, w->actor->org, today(w), &plan[i], &rows, &n_rows);
        p.measures = (int64_t)n_rows;
        for (size_t k = 0; e == OK && k < n_rows; k++) p.waiting += waits(&rows[k]);
        if (e == OK && p.waiting > 0) e = fn(to, &p);
    }
    return e;
}

enum err plan_drafts_waiting(struct work *w, plan_draft_waiting_fn *fn, void *to)
{
    struct plan_draft_waiting *all;
    size_t n = 0;
    enum err e = speaks(w) ? life_awaited(w, w->actor->org, today(w), &all, &n) : OK;
    for (size_t i = 0; e == OK && i < n; i++) e = fn(to, &all[i]);
    return e;
}

/* ---- the view ---- */

static const struct column mine_columns[] = {
    {"key", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"due", CELL_DATE, N("Due"), 0, NULL, NULL},
    {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
    {"text", CELL_TEXT, N("Text of the last time"), 0, NULL, NULL},
    {"at", CELL_TIME, N("Reported"), COL_DETAIL, NULL, NULL},
    {"plan_title", CELL_TEXT, N("Plan"), 0, NULL, NULL},
    {"say", CELL_TEXT, N("Report on it"), 0, "plan say", "no"},
    {"measure", CELL_TEXT, N("Nothing new"), COL_PICK, "plan same", "measure"},
    {"owner", CELL_TEXT, N("Owner"), COL_DATA, NULL, "owner"},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

enum { MINE_SHOWN = 500 }; /* of one page */
struct mine {
    struct work *w;
    struct doc *out;
    const struct org *org;
    struct lines_mine **row; /* what waits first; then in the order of plans and places */
    size_t n, waiting, from;
    int64_t day;
    bool may, several; /* several: measures of more than one plan */
};

static void mine_row(const struct mine *m, const struct lines_mine *r)
{
    struct arena *a = m->w->a;
    bool waiting = waits(r), late = waiting && r->plan->due < m->day, again = waiting && m->may && r->said != 0 && r->status != STATUS_NONE;
    str say = waiting ? M("Write the report") : M("Change what was reported");
    DOC_ROW(m->out, C_TEXT(r->key), both_cell(r->title_ja, r->title_en),
            C_ENUM(late ? S("report-late") : waiting ? S("report-waits") : r->said != 0 ? S("report-in") : S("report-none")),
            waiting ? C_DATE(r->plan->due) : C_NONE, status_cell(r->status), both_cell(r->text_ja, r->text_en), r->said == 0 ? C_NONE : C_TIME(r->at),
            both_cell(r->plan->title_ja, r->plan->title_en), m->may ? (struct cell){.type = CELL_TEXT, .text = r->key, .ja = tr(LANG_JA, say), .en = say} : C_NONE,
            again ? C_TEXT(str_fmt(a, "%.*s/%.*s", STR_ARG(r->plan->code), STR_ARG(r->key))) : C_NONE, C_TEXT(m->org->code),
            C_TEXT(r->plan->code));
}

static const struct column more_columns[] = {
    {"from", CELL_TEXT, N("Go on"), 0, "plan mine", "from"},
};

static void more(const struct mine *m, size_t end)
{
    str next = str_int(m->w->a, (int64_t)end + 1);
    if (end == m->n) return;
    doc_text(m->out, M("There are more measures than one page shows: it goes on from row %1 of %2."), next, str_int(m->w->a, (int64_t)m->n));
    DOC_TABLE(m->out, "more", more_columns);
    DOC_ROW(m->out, ((struct cell){.type = CELL_TEXT, .text = next, .ja = tr(LANG_JA, M("Go on")), .en = M("Go on")}));
    doc_table_end(m->out);
}

static enum err table(const struct mine *m)
{
    enum err e = OK;
    size_t end = m->n - m->from < MINE_SHOWN ? m->n : m->from + MINE_SHOWN;
    struct column *columns = arena_array(m->w->a, sizeof mine_columns / sizeof *mine_columns, sizeof *columns);
    for (size_t i = 0; i < sizeof mine_columns / sizeof *mine_columns; i++) {
        columns[i] = mine_columns[i];
        if (str_eq(str_of(columns[i].key), S("plan_title")) && !m->several) columns[i].flags |= COL_DATA;
    }
    doc_show(m->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    doc_table(m->out, "measures", columns, sizeof mine_columns / sizeof *mine_columns);
    for (size_t i = m->from; e == OK && i < end; i++)
        if ((e = lines_mine_read(m->w, m->row[i])) == OK) mine_row(m, m->row[i]);
    doc_table_end(m->out);
    if (e == OK) more(m, end);
    return e;
}

static enum err due_facts(const struct mine *m)
{
    struct days days;
    int64_t due = 0, late = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct lines_mine *r = m->row[i];
        if (!waits(r)) continue;
        late += r->plan->due < m->day;
        if (due == 0 || r->plan->due < due) due = r->plan->due;
    }
    doc_fact_of(m->out, "waiting", M("Measures that wait for your report"), C_INT((int64_t)m->waiting), M("of %1 measures"),
                str_int(m->w->a, (int64_t)m->n));
    if (due == 0) return OK;
    enum err e = days_load(m->w, &days);
    if (e != OK) return e;
    int64_t left = days_between(&days, m->day, due);
    if (left >= 0)
        doc_fact_of(m->out, "due", M("Due"), C_DATE(due), M("%1 working days from now"), str_int(m->w->a, left));
    else doc_fact_of(m->out, "due", M("Due"), C_DATE(due), M("%1 working days overdue"), str_int(m->w->a, -left));
    if (late > 0) doc_fact(m->out, "overdue", M("Overdue"), C_INT(late));
    return OK;
}

static enum err own_org(struct work *w, const struct args *in, struct org *own, const struct org **out)
{
    *out = arg_org(in, "owner");
    if (*out != NULL) return OK;
    if (w->actor->org == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("owner")}), M("for which organisation? Give --owner"));
    *out = own;
    return org_by_id(w, w->actor->org, own);
}

/* All that is its, what waits first. */
static enum err rows_load(struct mine *m)
{
    struct work *w = m->w;
    struct lines_mine_plan *plan;
    size_t n_plans, n = 0;
    enum err e = lines_mine_plans(w, m->org->id, m->day, &plan, &n_plans);
    if (e != OK) return e;
    struct lines_mine **of = arena_array(w->a, n_plans + 1, sizeof *of);
    size_t *n_of = arena_array(w->a, n_plans + 1, sizeof *n_of);
    for (size_t p = 0; e == OK && p < n_plans; p++) {
        if ((e = lines_mine(w, m->org->id, m->day, &plan[p], &of[p], &n_of[p])) != OK) return e;
        m->several = m->several || (n_of[p] != 0 && n != 0);
        n += n_of[p];
    }
    m->row = arena_array(w->a, n + 1, sizeof *m->row);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t p = 0; p < n_plans; p++)
            for (size_t i = 0; i < n_of[p]; i++)
                if (waits(&of[p][i]) == (pass == 0)) m->row[m->n++] = &of[p][i];
        if (pass == 0) m->waiting = m->n;
    }
    return OK;
}

enum err plan_view_mine(struct work *w, const struct args *in, struct doc *out)
{
    struct mine m = {.w = w, .out = out, .day = today(w)};
    struct org own;
    enum err e = own_org(w, in, &own, &m.org);
    if (e == OK) e = rows_load(&m);
    if (e != OK) return e;
    int64_t from = arg_given(in, "from") ? arg_int(in, "from") : 1;
    if (from < 1 || (from > (int64_t)m.n && from != 1))
        return fault_in(w, INVALID, ((struct where){.field = S("from")}), M("rows are numbered from 1 to %1"), str_int(w->a, (int64_t)m.n));
    m.from = (size_t)from - 1;
    m.may = may(w->actor, MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, m.org->lo);
    doc_title(out, M("Measures of %1"), lang_pick(out->lang, m.org->name_ja, m.org->name_en));
    if (m.n == 0) {
        doc_text(out, M("No measure of a plan that runs belongs to this organisation."));
        return OK;
    }
    if ((e = due_facts(&m)) != OK) return e;
    if (m.waiting == 0) doc_text(out, M("Nothing waits for you: all is reported, or no report is due."));
    else
        doc_text(out, M("Report how far each has come. Where nothing is new since the last time, choose those and say so in one go."));
    return table(&m);
}

/* ---- nothing new ---- */

static enum err measure_parted(struct work *w, const struct arg *a, str *plan, str *no)
{
    str rest = a->text;
    if (str_cut(&rest, '/', plan) && rest.n != 0) {
        *no = rest;
        return OK;
    }
    return fault_in(w, INVALID, ((struct where){.field = S("measure")}), M("a measure is named by its plan and number: sj2007/65, not '%1'"),
                    a->text);
}

static enum err same_one(struct work *w, const struct args *in, const struct arg *measure)
{
    str plan, no;
    enum err e = measure_parted(w, measure, &plan, &no);
    if (e != OK) return e;
    const struct param *text = &(const struct param){.name = "plan"}, *number = &(const struct param){.name = "no"};
    struct arg own[3] = {{.param = text, .text = plan}, {.param = number, .text = no}};
    struct args args = {own, 2};
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(str_of(in->arg[i].param->name), S("owner"))) own[args.n++] = in->arg[i];
    return saying_same(w, &args);
}

enum err plan_act_same(struct work *w, const struct args *in, struct doc *out)
{
    enum { AT_ONCE = 200 };
    const struct arg *all[AT_ONCE];
    size_t n = arg_all(in, "measure", all, AT_ONCE);
    enum err e = OK;
    if (n > AT_ONCE)
        return fault_in(w, INVALID, ((struct where){.field = S("measure")}), M("at most %1 measures at once"), str_int(w->a, AT_ONCE));
    for (size_t i = 0; e == OK && i < n; i++) e = same_one(w, in, all[i]);
    if (e != OK) return e;
    const struct org *owner = arg_org(in, "owner");
    struct going_on next = {.to = "plan mine", .said = tr(out->lang, M("Entered: nothing is new since the last time."))};
    if (owner != NULL) next.given[0] = (struct form_given){"owner", owner->code};
    doc_fact(out, "measures", M("Measures"), C_INT((int64_t)n));
    act_next(w, &next);
    return e;
}
