/* plan import --layout published: the published text of a plan's progress as it is. A plan without items gets those of
 * the text, a draft; one that has items is compared with it. The progress it tells is frozen as a report. */
#include "plan/published_import.h"

#include "base/utf8.h"
#include "plan/items.h"
#include "plan/progress.h"
#include "plan/published_items.h"
#include "surface/door.h"

enum { TEXT_SHOWN = 300 }; /* bytes of a line that was not recognised, in the answer */

struct importing {
    struct work *w;
    const struct plan *plan;
    const struct file *file, *fill;
    struct published text;
    struct plan_text plan_text;
    const size_t *unused; /* places in plan_text */
    size_t n_unused;
    struct published_plan made;
    const struct published_difference *difference;
    size_t n_differences;
};

/* ---- reading ---- */

static enum err read_texts(struct importing *x)
{
    enum err e = published_read(x->w, x->file->name, x->file->bytes, &x->text);
    if (e != OK || x->fill == NULL) return e;
    if ((e = plan_text_read(x->w, x->fill->name, x->fill->bytes, &x->plan_text)) != OK) return e;
    published_fill(x->w->a, &x->text, &x->plan_text, &x->unused, &x->n_unused);
    return OK;
}

/* ---- writing ---- */

static enum err complete(struct importing *x)
{
    static const ptrdiff_t nowhere[PLAN_COLUMNS] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    const struct items_from from = {x->file->name, x->made.line, nowhere};
    return items_complete(x->w, &from, NULL, 0, x->made.item, x->made.n);
}

/* An empty plan takes the items; of another nothing is changed. */
static enum err put_or_compare(struct importing *x)
{
    struct plan_item *items;
    size_t n;
    enum err e = plan_items(x->w, x->plan->edition, WITH_OWNERS, &items, &n);
    if (e == OK) e = plan_to_change(x->w, x->plan, n == 0);
    if (e == OK && n == 0 && (e = complete(x)) == OK) return plan_items_put(x->w, x->plan, x->made.item, x->made.n);
    if (e != OK) return e;
    return published_compare(x->w, x->file->name, &x->made, items, n, &x->difference, &x->n_differences);
}

static enum err put_progress(struct importing *x, str report)
{
    const struct published *p = &x->text;
    struct progress_row *rows = arena_array(x->w->a, p->measures + 1, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].kind == PUBLISHED_MEASURE)
            rows[n++] = (struct progress_row){.key = x->made.item[i].key,
                                              .status = p->row[i].status,
                                              .text_ja = p->row[i].text,
                                              .where = {.file = x->file->name, .row = p->row[i].line}};
    return progress_published(x->w, x->plan, report, rows, n);
}

/* ---- telling ---- */

static void tell_counts(const struct importing *x, struct doc *out)
{
    static const str words[] = {N("Status 1"), N("Status 2"), N("Status 3"), N("Status 4")};
    static const char *const keys[] = {"status_1", "status_2", "status_3", "status_4"};
    const struct published *p = &x->text;
    size_t fills = 0;
    for (size_t i = 0; i < p->n; i++) fills += p->row[i].fill_line != 0;
    doc_fact(out, "measures", M("Measures"), C_INT((int64_t)p->measures));
    doc_fact(out, "relisted", M("Told again"), C_INT((int64_t)p->relisted));
    for (int i = 0; i < PUBLISHED_STATUSES; i++) doc_fact(out, keys[i], words[i], C_INT((int64_t)p->by_status[i + 1]));
    doc_fact(out, "unrecognised", M("Lines not recognised"), C_INT((int64_t)p->n_unknown));
    doc_fact(out, "flags", M("Defects of the source"), C_INT((int64_t)p->n_flags));
    doc_fact(out, "filled", M("Titles filled in"), C_INT((int64_t)fills));
}

static void tell_lines(struct doc *out, const char *name, str heading, const struct published_line *line, size_t n)
{
    static const struct column columns[] = {{"line", CELL_INT, N("Line of the text"), 0, NULL, NULL},
                                            {"text", CELL_TEXT, N("As it stands"), 0, NULL, NULL}};
    if (n == 0) return;
    doc_heading(out, heading);
    DOC_TABLE(out, name, columns);
    for (size_t i = 0; i < n; i++) DOC_ROW(out, C_INT(line[i].line), C_TEXT(utf8_head(line[i].text, TEXT_SHOWN)));
    doc_table_end(out);
}

#define PLAN_COLUMN                                                                                                    \
    {                                                                                                                  \
        "plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"                                                           \
    }

static void tell_flags(const struct importing *x, struct doc *out)
{
    static const struct column columns[] = {
        {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
        {"title", CELL_TEXT, N("Title"), COL_DETAIL, NULL, NULL},
        {"defect", CELL_TEXT, N("Defect of the source, which is kept"), 0, NULL, NULL},
        {"line", CELL_INT, N("Line of the text"), 0, NULL, NULL},
        PLAN_COLUMN};
    const struct published *p = &x->text;
    struct arena *a = x->w->a;
    if (p->n_flags == 0) return;
    doc_heading(out, M("Defects of the source"));
    DOC_TABLE(out, "flags", columns);
    for (size_t i = 0; i < p->n_flags; i++) {
        const struct published_flag *f = &p->flag[i];
        const struct published_row *row = &p->row[f->row];
        DOC_ROW(out, C_TEXT(str_int(a, row->no)), text_cell(row->title),
                C_BOTH(published_flag_text(a, LANG_JA, f), published_flag_text(a, LANG_EN, f)), C_INT(row->line),
                C_TEXT(x->plan->code));
    }
    doc_table_end(out);
}

static void tell_fills(const struct importing *x, struct doc *out)
{
    static const struct column columns[] = {{"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
                                            {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
                                            {"title", CELL_TEXT, N("Title from the plan's own text"), 0, NULL, NULL},
                                            {"line", CELL_INT, N("Line of that text"), 0, NULL, NULL},
                                            PLAN_COLUMN};
    const struct published *p = &x->text;
    bool any = false;
    for (size_t i = 0; i < p->n; i++) any = any || p->row[i].fill_line != 0;
    if (!any) return;
    doc_heading(out, M("Titles filled in"));
    DOC_TABLE(out, "fills", columns);
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].fill_line != 0)
            DOC_ROW(out, C_TEXT(str_int(x->w->a, p->row[i].no)), C_TEXT(p->row[i].code), C_TEXT(p->row[i].title),
                    C_INT(p->row[i].fill_line), C_TEXT(x->plan->code));
    doc_table_end(out);
}

static void tell_unused(const struct importing *x, struct doc *out)
{
    static const struct column columns[] = {{"line", CELL_INT, N("Line of the text"), 0, NULL, NULL},
                                            {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
                                            {"title", CELL_TEXT, N("Title"), 0, NULL, NULL}};
    if (x->n_unused == 0) return;
    doc_heading(out, M("Measures of the plan's own text that no line answers to"));
    DOC_TABLE(out, "unused", columns);
    for (size_t i = 0; i < x->n_unused; i++) {
        const struct plan_text_item *item = &x->plan_text.item[x->unused[i]];
        DOC_ROW(out, C_INT(item->line), C_TEXT(item->code), C_TEXT(item->title));
    }
    doc_table_end(out);
}

static void tell_differences(const struct importing *x, struct doc *out)
{
    static const struct column columns[] = {{"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
                                            {"what", CELL_TEXT, N("What differs"), 0, NULL, NULL},
                                            {"in_plan", CELL_TEXT, N("In the plan"), 0, NULL, NULL},
                                            {"in_text", CELL_TEXT, N("In the text"), 0, NULL, NULL},
                                            PLAN_COLUMN};
    static const str words[DIFFERS] = {N("Code"), N("Title"), N("Owners"), N("The text does not tell this measure")};
    if (x->n_differences == 0) return;
    doc_heading(out, M("Where the plan and the text differ"));
    DOC_TABLE(out, "differences", columns);
    for (size_t i = 0; i < x->n_differences; i++) {
        const struct published_difference *d = &x->difference[i];
        DOC_ROW(out, C_TEXT(d->key), words_cell(words[d->what]), text_cell(d->plan), text_cell(d->text),
                C_TEXT(x->plan->code));
    }
    doc_table_end(out);
}

static void tell(const struct importing *x, struct doc *out)
{
    tell_counts(x, out);
    tell_lines(out, "unrecognised", M("Lines not recognised"), x->text.unknown, x->text.n_unknown);
    tell_flags(x, out);
    tell_fills(x, out);
    tell_lines(out, "fill_unrecognised", M("Titles of the plan's own text that do not end with owners"),
               x->plan_text.unknown, x->plan_text.n_unknown);
    tell_unused(x, out);
    tell_differences(x, out);
}

enum err plan_import_published(struct work *w, const struct args *in, const struct plan *plan, struct doc *out)
{
    struct importing x = {.w = w, .plan = plan, .file = arg_file(in, "file"), .fill = arg_file(in, "fill")};
    struct owners owners;
    if (x.file == NULL) return fault_in(w, INVALID, ((struct where){.field = S("file")}), M("choose the file"));
    enum err e = read_texts(&x);
    if (e == OK) e = published_register(w, &x.text);
    if (e == OK) e = owners_load(w, plan, plan->since, &owners);
    if (e == OK) e = published_items(w, &owners, x.file->name, &x.text, &x.made);
    if (e == OK) e = put_or_compare(&x);
    if (e == OK) e = put_progress(&x, arg_text(in, "report"));
    if (e != OK) return e;
    act_noted(w, S("measures"), str_int(w->a, (int64_t)x.text.measures));
    tell(&x, out);
    return OK;
}
