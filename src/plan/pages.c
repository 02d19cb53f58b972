/* From a plan to its other pages: who opened a plan by its name looks for them there, not in the list of the room. */
#include "plan/acts.h"

static const struct column annual_pages[] = {
    {"show", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"progress", CELL_TEXT, N("How far it has come"), 0, "plan progress", "plan"},
    {"status", CELL_TEXT, N("Counts"), 0, "plan status", "plan"},
    {"milestones", CELL_TEXT, N("Milestones"), 0, "plan milestones", "plan"},
    {"reports", CELL_TEXT, N("Frozen reports"), 0, "plan reports", "plan"},
    {"editions", CELL_TEXT, N("Editions and steps"), 0, "plan editions", "plan"},
    {"export", CELL_TEXT, N("File to change and import"), 0, "plan export", "plan"},
    {"workbook", CELL_TEXT, N("The same for Excel"), 0, "plan workbook", "plan"},
};
static const struct column basic_pages[] = {
    {"show", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"pictures", CELL_TEXT, N("Pictures of the last year"), 0, "plan pictures", "plan"},
    {"areas", CELL_TEXT, N("Areas, year by year"), 0, "plan areas", "plan"},
    {"editions", CELL_TEXT, N("Editions and steps"), 0, "plan editions", "plan"},
    {"export", CELL_TEXT, N("File to change and import"), 0, "plan export", "plan"},
    {"workbook", CELL_TEXT, N("The same for Excel"), 0, "plan workbook", "plan"},
};

static struct cell leads(const struct plan *p, str says)
{
    return (struct cell){.type = CELL_TEXT, .text = p->code, .ja = tr(LANG_JA, says), .en = says};
}

enum { ANNUAL = sizeof annual_pages / sizeof *annual_pages, BASIC = sizeof basic_pages / sizeof *basic_pages, FILES = 2 };

void plan_pages(const struct plan *p, struct doc *out)
{
    bool basic = str_eq(p->kind, S("basic"));
    size_t n = basic ? BASIC : ANNUAL;
    struct cell cells[ANNUAL];
    if (out->face->grid == NULL) return; /* only a page: data has the plan, and a recorded document is no place for links */
    cells[0] = plan_cell(p);
    for (size_t i = 1; i < n - FILES; i++) cells[i] = leads(p, M("Look at it"));
    cells[n - 2] = leads(p, S("CSV"));
    cells[n - 1] = leads(p, S("XLSX"));
    doc_heading(out, M("Pages of this plan"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "show"});
    doc_table(out, "pages", basic ? basic_pages : annual_pages, n);
    doc_row(out, cells);
    doc_table_end(out);
}
