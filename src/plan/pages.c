/* From a plan to its other pages: who opened a plan by its name looks for them there, not in the list of the room. */
#include "plan/acts.h"

static const struct column annual_pages[] = {
    {"progress", CELL_TEXT, N("How far it has come"), 0, "plan progress", "plan"},
    {"status", CELL_TEXT, N("Counts"), 0, "plan status", "plan"},
    {"milestones", CELL_TEXT, N("Milestones"), 0, "plan milestones", "plan"},
    {"reports", CELL_TEXT, N("Frozen reports"), 0, "plan reports", "plan"},
    {"editions", CELL_TEXT, N("Editions and steps"), 0, "plan editions", "plan"},
    {"export", CELL_TEXT, N("File to change and import"), 0, "plan export", "plan"},
    {"workbook", CELL_TEXT, N("The same for Excel"), 0, "plan workbook", "plan"},
};
static const struct column basic_pages[] = {
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

void plan_pages(const struct plan *p, struct doc *out)
{
    const struct cell look = leads(p, M("Look at it")), csv = leads(p, S("CSV")), xlsx = leads(p, S("XLSX"));
    if (out->face->form == NULL) return; /* data has the plan; its other pages are asked for by their names */
    doc_heading(out, M("Pages of this plan"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS});
    if (str_eq(p->kind, S("basic"))) {
        DOC_TABLE(out, "pages", basic_pages);
        DOC_ROW(out, look, look, look, csv, xlsx);
    } else {
        DOC_TABLE(out, "pages", annual_pages);
        DOC_ROW(out, look, look, look, look, look, csv, xlsx);
    }
    doc_table_end(out);
}
