#include "plan/evidence.h"

#include "plan/forms.h"
#include "surface/reference.h"

/* ---- reading ---- */

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ','; }

static bool known(const str *all, size_t n, str x)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i], x)) return true;
    return false;
}

static void take_words(struct work *w, str text, str *out, size_t *n)
{
    struct where at = {.field = S("evidence")};
    struct reference r;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && !is_blank(text.p[i])) i++;
        str one = str_sub(text, from, i);
        while (i < text.n && is_blank(text.p[i])) i++;
        if (one.n == 0 || known(out, *n, one)) continue;
        if (!reference_parse(one, &r))
            (void)fault_in(w, INVALID, at,
                           M("'%1' is no reference: write series:CODE, measure:PLAN/NO, case:NUMBER, round:CODE or report:CODE"), one);
        else if (*n == EVIDENCE_MAX)
            (void)fault_in(w, INVALID, at, M("at most %1 pieces of evidence"), str_int(w->a, EVIDENCE_MAX));
        else
            out[(*n)++] = one;
        if (w->faults.count != 0) return;
    }
}

enum err evidence_read(struct work *w, const struct args *in, const str **out, size_t *n)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t given = arg_all(in, "evidence", all, in->n);
    str *targets = arena_array(w->a, EVIDENCE_MAX, sizeof *targets);
    *n = 0;
    for (size_t i = 0; i < given; i++) take_words(w, str_trim(all[i]->text), targets, n);
    *out = targets;
    return work_err(w);
}

str evidence_text(struct arena *a, const str *all, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : "\n", STR_ARG(all[i]));
    return buf_str(&b);
}

/* ---- showing ---- */

enum { COLUMNS_MAX = 1 + REFERENCE_COLUMNS };

void evidence_table(struct doc *out, const char *name, str heading, const struct evidence_line *e, size_t n)
{
    struct column columns[COLUMNS_MAX] = {{"about", CELL_ENUM, N("What it is about"), COL_DATA, NULL, NULL}};
    struct reference_table t = {0};
    struct cell cells[COLUMNS_MAX];
    if (n == 0) return;
    for (size_t i = 0; i < n; i++) {
        reference_see(&t, e[i].target);
        if (e[i].of != e[0].of) columns[0].flags = 0;
    }
    doc_words(out, out->face->heading, &heading, 1);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "about"});
    doc_table(out, name, columns, 1 + reference_columns(&t, 0, columns + 1));
    for (size_t i = 0; i < n; i++) {
        cells[0] = enum_named_cell(e[i].of->key, e[i].of->title_ja, e[i].of->title_en);
        (void)reference_cells(&t, e[i].target, S(""), S(""), cells + 1);
        doc_row(out, cells);
    }
    doc_table_end(out);
}
