/* plan list: the plans in sight side by side. */
#include "plan/acts.h"
#include "plan/plan_store.h"

static struct plan_count count_of(const struct plan_count *all, size_t n, int64_t edition)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].edition == edition) return all[i];
    return (struct plan_count){.edition = edition};
}

static const struct column list_columns[] = {
    {"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"kind", CELL_ENUM, N("Kind of plan"), 0, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"since", CELL_DATE, N("From"), 0, NULL, NULL},
    {"until", CELL_DATE, N("Until"), 0, NULL, NULL},
    {"edition", CELL_INT, N("Edition"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"decided", CELL_DATE, N("Decided on"), 0, NULL, NULL},
    {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
    {"public", CELL_BOOL, N("Public"), COL_DETAIL, NULL, NULL},
    {"basic", CELL_TEXT, N("Carries out"), COL_DETAIL, "plan show", "plan"},
};

static void list_row(struct doc *out, const struct plan *p, int64_t measures)
{
    DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = p->code, .ja = p->title_ja, .en = p->title_en}), C_ENUM(p->kind),
            C_ORG(p->org_code, p->org_ja, p->org_en, 0), C_DATE(p->since), C_DATE(p->until), C_INT(p->no), C_ENUM(p->state),
            p->has_decided ? C_DATE(p->decided) : C_NONE, C_INT(measures), C_BOOL(p->is_public), text_cell(p->basic));
}

enum err plan_view_list(struct work *w, const struct args *in, struct doc *out)
{
    struct plan *all;
    struct plan_count *counts;
    size_t n, n_counts;
    str kind = arg_text(in, "kind");
    enum err e = plan_all(w, &all, &n);
    if (e == OK) e = plan_counts(w, &counts, &n_counts);
    if (e != OK) return e;
    if (n == 0) doc_text(out, M("There is no plan yet that you may see. Those who manage an organisation begin one."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "plan"});
    DOC_TABLE(out, "plans", list_columns);
    for (size_t i = 0; i < n; i++) {
        if (kind.n != 0 && !str_eq(all[i].kind, kind)) continue;
        list_row(out, &all[i], count_of(counts, n_counts, all[i].edition).measures);
    }
    doc_table_end(out);
    return OK;
}
