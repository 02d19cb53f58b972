/* plan mine, plan same: what an organisation has to report now; and how much that is, for other rooms. */
#include "access/days.h"
#include "plan/asked.h"
#include "plan/life_store.h"
#include "plan/say.h"

static bool waits(const struct lines_mine *r) { return r->due != 0 && r->said <= r->upto; }

/* ---- for other rooms ---- */

static bool speaks(const struct work *w) { return (w->actor->rights & (MAY_MANAGE | MAY_APPROVE | MAY_CENTRE)) != 0 && w->actor->org != 0; }

enum err plan_waiting(struct work *w, plan_waiting_fn *fn, void *to)
{
    struct lines_mine *rows;
    size_t n = 0;
    enum err e = speaks(w) ? lines_mine(w, w->actor->org, today(w), &rows, &n) : OK;
    for (size_t i = 0, k; e == OK && i < n; i = k) {
        struct plan_waiting p = {.plan = rows[i].plan_code, .title_ja = rows[i].plan_ja, .title_en = rows[i].plan_en,
                                 .report = rows[i].report, .due = rows[i].due, .overdue = rows[i].due != 0 && rows[i].due < today(w)};
        for (k = i; k < n && rows[k].plan == rows[i].plan; k++) p.measures++, p.waiting += waits(&rows[k]);
        if (p.waiting > 0) e = fn(to, &p);
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

struct mine {
    struct work *w;
    struct doc *out;
    const struct org *org;
    struct lines_mine *row;
    size_t n, waiting;
    int64_t day;
    bool may;
};

static void mine_row(const struct mine *m, const struct lines_mine *r)
{
    struct arena *a = m->w->a;
    bool waiting = waits(r), late = waiting && r->due < m->day, again = waiting && m->may && r->said != 0 && r->status != STATUS_NONE;
    str say = waiting ? M("Write the report") : M("Change what was reported");
    DOC_ROW(m->out, C_TEXT(r->key), both_cell(r->title_ja, r->title_en),
            C_ENUM(late ? S("report-late") : waiting ? S("report-waits") : r->said != 0 ? S("report-in") : S("report-none")),
            waiting ? C_DATE(r->due) : C_NONE, status_cell(r->status), both_cell(r->text_ja, r->text_en), r->said == 0 ? C_NONE : C_TIME(r->at),
            both_cell(r->plan_ja, r->plan_en), m->may ? (struct cell){.type = CELL_TEXT, .text = r->key, .ja = tr(LANG_JA, say), .en = say} : C_NONE,
            again ? C_TEXT(str_fmt(a, "%.*s/%.*s", STR_ARG(r->plan_code), STR_ARG(r->key))) : C_NONE, C_TEXT(m->org->code),
            C_TEXT(r->plan_code));
}

static void table(const struct mine *m)
{
    bool several = false;
    for (size_t i = 1; i < m->n; i++) several = several || m->row[i].plan != m->row[0].plan;
    struct column *columns = arena_array(m->w->a, sizeof mine_columns / sizeof *mine_columns, sizeof *columns);
    for (size_t i = 0; i < sizeof mine_columns / sizeof *mine_columns; i++) {
        columns[i] = mine_columns[i];
        if (str_eq(str_of(columns[i].key), S("plan_title")) && !several) columns[i].flags |= COL_DATA;
    }
    doc_show(m->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    doc_table(m->out, "measures", columns, sizeof mine_columns / sizeof *mine_columns);
    for (int pass = 0; pass < 2; pass++) /* what waits stands first */
        for (size_t i = 0; i < m->n; i++)
            if (waits(&m->row[i]) == (pass == 0)) mine_row(m, &m->row[i]);
    doc_table_end(m->out);
}

static enum err due_facts(const struct mine *m)
{
    struct days days;
    int64_t due = 0, late = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct lines_mine *r = &m->row[i];
        if (!waits(r)) continue;
        late += r->due < m->day;
        if (due == 0 || r->due < due) due = r->due;
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

enum err plan_view_mine(struct work *w, const struct args *in, struct doc *out)
{
    struct mine m = {.w = w, .out = out, .day = today(w)};
    struct org own;
    enum err e = own_org(w, in, &own, &m.org);
    if (e == OK) e = lines_mine(w, m.org->id, m.day, &m.row, &m.n);
    if (e != OK) return e;
    m.may = may(w->actor, MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, m.org->lo);
    for (size_t i = 0; i < m.n; i++) m.waiting += waits(&m.row[i]);
    doc_title(out, M("Measures of %1"), lang_pick(out->lang, m.org->name_ja, m.org->name_en));
    if (m.n == 0) {
        doc_text(out, M("No measure of a plan that runs belongs to this organisation."));
        return OK;
    }
    if ((e = due_facts(&m)) != OK) return e;
    if (m.waiting == 0) doc_text(out, M("Nothing waits for you: all is reported, or no report is due."));
    else
        doc_text(out, M("Report how far each has come. Where nothing is new since the last time, choose those and say so in one go."));
    table(&m);
    return OK;
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
