/* plan list: the plans in sight side by side, and which organisations below have theirs of the year (systems.md A12). */
#include "plan/acts.h"

static struct plan_count count_of(const struct plan_count *all, size_t n, int64_t edition)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].edition == edition) return all[i];
    return (struct plan_count){.edition = edition};
}

static const struct column list_columns[] = {
    {"plan", CELL_TEXT, N("Code"), COL_DETAIL, NULL, "plan"},
    {"title", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"kind", CELL_ENUM, N("Kind of plan"), 0, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"term", CELL_TEXT, N("Term"), 0, NULL, NULL},
    {"since", CELL_DATE, N("First day"), COL_DATA, NULL, NULL},
    {"until", CELL_DATE, N("Last day"), COL_DATA, NULL, NULL},
    {"edition", CELL_INT, N("Edition"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, "plan editions", NULL},
    {"decided", CELL_DATE, N("Decided on"), 0, NULL, NULL},
    {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
    {"public", CELL_BOOL, N("Public"), COL_DETAIL, NULL, NULL},
    {"basic", CELL_TEXT, N("Carries out"), COL_DATA, "plan show", "plan"},
};

/* 2007年度, 2009～2011年度: days would make the table wider than a page, and are in the data. */
static struct cell term_cell(struct arena *a, const struct plan *p)
{
    int first = fiscal_year(p->since), last = fiscal_year(p->until);
    if (first == last) return C_BOTH(str_fmt(a, "%d年度", first), str_fmt(a, "FY%d", first));
    return C_BOTH(str_fmt(a, "%d～%d年度", first, last), str_fmt(a, "FY%d–%d", first, last));
}

static void list_row(struct doc *out, const struct plan *p, int64_t measures)
{
    DOC_ROW(out, C_TEXT(p->code), ((struct cell){.type = CELL_TEXT, .text = p->code, .ja = p->title_ja, .en = p->title_en}),
            plan_kind_cell(p->kind), C_ORG(p->org_code, p->org_ja, p->org_en, 0), term_cell(out->w->a, p), C_DATE(p->since), C_DATE(p->until), C_INT(p->no),
            plan_state_cell(p->state), p->has_decided ? C_DATE(p->decided) : C_NONE, C_INT(measures), C_BOOL(p->is_public),
            text_cell(p->basic));
}

/* ---- the organisations below ---- */

static const struct column below_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("Plan of the year"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"decided", CELL_DATE, N("Decided on"), 0, NULL, NULL},
};

/* Whose organisations below are told: the one asked for, else that of one's post, else the first with a plan. */
static enum err above_of(struct work *w, const struct args *in, const struct plan *all, size_t n, struct org *out)
{
    const struct org *given = arg_org(in, "org");
    if (given != NULL) *out = *given;
    if (given != NULL) return OK;
    if (w->actor->org != 0) return org_by_id(w, w->actor->org, out);
    const struct plan *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (best == NULL || all[i].org_hi - all[i].org_lo > best->org_hi - best->org_lo) best = &all[i];
    *out = (struct org){0};
    return best == NULL ? OK : org_by_id(w, best->org, out);
}

static const struct plan *annual_of(const struct plan *all, size_t n, int64_t org, int64_t year)
{
    const struct plan *found = NULL;
    for (size_t i = 0; i < n; i++) {
        bool is = all[i].org == org && str_eq(all[i].kind, S("annual")) && fiscal_year(all[i].since) == year;
        if (is && (found == NULL || (!found->in_force && all[i].in_force))) found = &all[i];
    }
    return found;
}

static void below_row(struct doc *out, const struct org *o, const struct plan *p)
{
    str state = p == NULL ? S("no-plan") : p->in_force ? S("decided") : S("not-decided");
    DOC_ROW(out, C_ORG(o->code, o->name_ja, o->name_en, 0), C_ENUM(state), p == NULL ? C_NONE : plan_cell(p),
            p == NULL || !p->has_decided ? C_NONE : C_DATE(p->decided));
}

/* What each organisation next below has decided for the year: the lower cycle (二階層PDCA). */
static enum err below(struct work *w, const struct args *in, struct doc *out, const struct plan *all, size_t n)
{
    struct org above, *org;
    size_t n_orgs;
    int64_t year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w)), decided = 0, begun = 0;
    enum err e = above_of(w, in, all, n, &above);
    if (e != OK || above.id == 0) return e;
    if ((e = org_children(w, &above, &org, &n_orgs)) != OK || n_orgs == 0) return e;
    for (size_t i = 0; i < n_orgs; i++) {
        const struct plan *p = annual_of(all, n, org[i].id, year);
        decided += p != NULL && p->in_force;
        begun += p != NULL && !p->in_force;
    }
    doc_heading(out, M("Plans of the organisations below %1, fiscal year %2"), lang_pick(out->lang, above.name_ja, above.name_en),
                str_int(w->a, year));
    doc_fact_of(out, "below_decided", M("Decided"), C_INT(decided), M("of %1 organisations"), str_int(w->a, (int64_t)n_orgs));
    doc_fact(out, "below_begun", M("Begun, not decided"), C_INT(begun));
    doc_fact(out, "below_none", M("None yet"), C_INT((int64_t)n_orgs - decided - begun));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "below", below_columns);
    for (size_t i = 0; i < n_orgs; i++) below_row(out, &org[i], annual_of(all, n, org[i].id, year));
    doc_table_end(out);
    return OK;
}

static bool wanted(const struct args *in, const struct plan *p)
{
    const struct org *org = arg_org(in, "org");
    if (arg_given(in, "kind") && !str_eq(p->kind, arg_text(in, "kind"))) return false;
    if (arg_given(in, "year") && (fiscal_year(p->since) > arg_int(in, "year") || fiscal_year(p->until) < arg_int(in, "year"))) return false;
    return org == NULL || (p->org_lo >= org->lo && p->org_lo < org->hi);
}

enum err plan_view_list(struct work *w, const struct args *in, struct doc *out)
{
    struct plan *all;
    struct plan_count *counts;
    size_t n, n_counts;
    enum err e = plan_all(w, &all, &n);
    if (e == OK) e = plan_counts(w, &counts, &n_counts);
    if (e != OK) return e;
    if (n == 0) doc_text(out, M("There is no plan yet that you may see. Those who manage an organisation begin one."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "plans", list_columns);
    for (size_t i = 0; i < n; i++)
        if (wanted(in, &all[i])) list_row(out, &all[i], count_of(counts, n_counts, all[i].edition).measures);
    doc_table_end(out);
    return below(w, in, out, all, n);
}

/* For choosing one. */
enum err plan_view_basics(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"}};
    struct plan *all;
    size_t n;
    (void)in;
    enum err e = plan_all(w, &all, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "plans", columns);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].kind, S("basic"))) DOC_ROW(out, plan_cell(&all[i]));
    doc_table_end(out);
    return OK;
}
