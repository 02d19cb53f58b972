#include "plan/evidence.h"

#include "plan/forms.h"

/* Where a reference leads. Of two parts, "sj2007/65", the first fills `first`; its column is data. */
static const struct {
    const char *kind, *to, *with;
    str label;
    const char *first, *first_key;
} kinds[] = {
    {"series", "series show", "series", N("Series")},
    {"measure", "plan measure", "no", N("Measure"), "plan", "measure_plan"},
    {"case", "case show", "case", N("Case")},
    {"round", "inspect round", "round", N("Round")},
    {"grade", "inspect grades", "org", N("Grade"), "round", "grade_round"},
    {"report", "report show", "report", N("Report")},
    {"clause", "standard show", "clause", N("Clause"), "edition", "clause_edition"},
    {"meeting", "report meeting", "meeting", N("Meeting")},
    {"plan", "plan show", "plan", N("Plan")},
};
enum { KINDS = sizeof kinds / sizeof *kinds, TARGET_MAX = 200 /* bytes */ };

static ptrdiff_t kind_of(str target, str *code)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t n = str_of(kinds[i].kind).n;
        if (!str_starts(target, str_of(kinds[i].kind)) || target.n <= n + 1 || target.p[n] != ':') continue;
        *code = str_sub(target, n + 1, target.n);
        return (ptrdiff_t)i;
    }
    return -1;
}

/* "sj2007/65" */
static bool two_parts(str code, str *first, str *rest)
{
    ptrdiff_t at = str_find(code, S("/"));
    if (at <= 0 || (size_t)at + 1 == code.n) return false;
    *first = str_sub(code, 0, (size_t)at);
    *rest = str_sub(code, (size_t)at + 1, code.n);
    return true;
}

static bool is_reference(str target)
{
    str code, first, rest;
    ptrdiff_t kind = kind_of(target, &code);
    if (kind < 0 || target.n > TARGET_MAX) return false;
    return kinds[kind].first == NULL || two_parts(code, &first, &rest);
}

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
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && !is_blank(text.p[i])) i++;
        str one = str_sub(text, from, i);
        while (i < text.n && is_blank(text.p[i])) i++;
        if (one.n == 0 || known(out, *n, one)) continue;
        if (!is_reference(one))
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

enum { COLUMNS_MAX = 1 + 2 * KINDS };

static size_t columns_used(const struct evidence_line *e, size_t n, struct column *columns, size_t place[KINDS])
{
    bool used[KINDS] = {false};
    size_t at = 1;
    str code;
    columns[0] = (struct column){"about", CELL_ENUM, M("What it is about"), COL_DATA, NULL, NULL, NULL, NULL};
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t k = kind_of(e[i].target, &code);
        if (k >= 0) used[k] = true;
        if (e[i].of != e[0].of) columns[0].flags = 0;
    }
    for (size_t k = 0; k < KINDS; k++) {
        if (!used[k]) continue;
        place[k] = at;
        columns[at++] = (struct column){kinds[k].kind, CELL_TEXT, kinds[k].label, 0, kinds[k].to, kinds[k].with, NULL, NULL};
        if (kinds[k].first == NULL) continue;
        columns[at++] = (struct column){kinds[k].first_key, CELL_TEXT, kinds[k].label, COL_DATA, NULL, kinds[k].first, NULL, NULL};
    }
    return at;
}

static void evidence_row(struct doc *out, const struct evidence_line *e, const size_t place[KINDS], size_t n)
{
    struct cell cells[COLUMNS_MAX];
    str code, first, rest;
    ptrdiff_t k = kind_of(e->target, &code);
    if (k < 0) return;
    for (size_t i = 0; i < n; i++) cells[i] = C_NONE;
    cells[0] = plan_named_cell(e->of->key, e->of->title_ja, e->of->title_en);
    cells[place[k]] = C_TEXT(code);
    if (kinds[k].first != NULL && two_parts(code, &first, &rest)) {
        cells[place[k]] = (struct cell){.type = CELL_TEXT, .text = rest, .ja = code, .en = code};
        cells[place[k] + 1] = C_TEXT(first);
    }
    doc_row(out, cells);
}

void evidence_table(struct doc *out, const char *name, str heading, const struct evidence_line *e, size_t n)
{
    struct column *columns = arena_array(out->w->a, COLUMNS_MAX, sizeof *columns);
    size_t place[KINDS];
    if (n == 0) return;
    size_t used = columns_used(e, n, columns, place);
    doc_words(out, out->face->heading, &heading, 1);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "about"});
    doc_table(out, name, columns, used);
    for (size_t i = 0; i < n; i++) evidence_row(out, &e[i], place, used);
    doc_table_end(out);
}
