/* report compare: the figures that the reports of one kind and year recorded, side by side (定量的評価). Nothing is computed
 * anew: what is compared is what was frozen, each with what it is a share or a mean of. */
#include "report/acts.h"
#include "report/report.h"

enum { FIXED = 4, FIGURES_MAX = 20, COLUMNS_MAX = FIXED + 2 * FIGURES_MAX };

struct compared {
    struct work *w;
    const struct line *figure[FIGURES_MAX]; /* of the template */
    enum cell_type type[FIGURES_MAX];       /* NONE: no report has it */
    bool has_of[FIGURES_MAX];
    size_t n_figures;
    struct report *reports;
    size_t n;
    struct figure *value;                   /* n × FIGURES_MAX */
};

static enum err figures_of(struct work *w, str template, struct compared *c)
{
    struct line *lines;
    size_t n;
    enum err e = report_template_lines(w, template, &lines, &n);
    if (e == OK && n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("template")}),
                        M("there is no kind of document '%1': `meguri report templates` lists them"), template);
    for (size_t i = 1; e == OK && i < n; i++) {
        struct report_part_rules rules;
        if (lines[i].what != PART_FIGURE) continue;
        e = report_part_rules(w, &lines[i], &rules);
        if (e == OK && rules.compared && c->n_figures < FIGURES_MAX) c->figure[c->n_figures++] = &lines[i];
    }
    return e;
}

/* Of each report the newest edition that is public, or frozen and seen. */
static void newest_frozen(struct compared *c)
{
    size_t k = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct report *r = &c->reports[i];
        bool frozen = str_eq(r->state, S("published")) || str_eq(r->state, S("frozen"));
        if (frozen && (k == 0 || c->reports[k - 1].id != r->id)) c->reports[k++] = *r;
    }
    c->n = k;
}

static enum err read_values(struct compared *c, size_t i)
{
    struct piece *parts;
    size_t n;
    enum err e = report_pieces_of(c->w, c->reports[i].id, c->reports[i].no, &parts, &n);
    for (size_t k = 0; e == OK && k < n; k++)
        for (size_t f = 0; e == OK && f < c->n_figures; f++) {
            struct figure *v = &c->value[i * FIGURES_MAX + f];
            if (parts[k].left_out.n != 0 || !str_eq(parts[k].is.code, c->figure[f]->code)) continue;
            e = report_part_figure(c->w, &parts[k], LANG_JA, v);
            if (e == NOTFOUND) e = OK;
            if (c->type[f] == CELL_NONE) c->type[f] = v->value.cell.type;
            c->has_of[f] = c->has_of[f] || v->has_of;
        }
    return e;
}

static size_t columns_of(struct compared *c, struct column *to)
{
    static const struct column fixed[FIXED] = {
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"},
        {"edition", CELL_INT, N("Edition"), COL_DATA, NULL, "edition"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    };
    size_t n = FIXED;
    for (size_t i = 0; i < FIXED; i++) to[i] = fixed[i];
    for (size_t f = 0; f < c->n_figures; f++) {
        const struct line *l = c->figure[f];
        struct buf b = buf_in(c->w->a);
        for (size_t i = 0; i < l->code.n; i++) buf_byte(&b, l->code.p[i] == '-' ? '_' : l->code.p[i]);
        const char *key = str_c(c->w->a, buf_str(&b)), *of = str_c(c->w->a, str_fmt(c->w->a, "%s_of", key));
        enum cell_type type = c->type[f] == CELL_NONE ? CELL_TEXT : c->type[f];
        to[n] = (struct column){.key = key, .type = type, .label = S("")};
        if (type == CELL_RATE || type == CELL_INT) to[n].flags = COL_BAR;
        if (c->has_of[f]) to[n].of = of;
        n++;
        if (c->has_of[f]) to[n++] = (struct column){.key = of, .type = CELL_INT, .label = M("Of how many"), .flags = COL_DATA};
    }
    return n;
}

static void label_columns(struct compared *c, enum lang lang, struct column *columns, size_t n)
{
    for (size_t i = FIXED, f = 0; i < n; i++) {
        if (columns[i].flags & COL_DATA) continue;
        columns[i].label = lang_pick(lang, c->figure[f]->ja, c->figure[f]->en);
        f++;
    }
}

static void report_row(const struct compared *c, size_t i, struct doc *out)
{
    struct cell cells[COLUMNS_MAX];
    const struct report *r = &c->reports[i];
    size_t n = FIXED;
    struct cell report = {.type = CELL_TEXT, .text = r->code, .ja = r->title_ja, .en = r->title_en};
    cells[0] = C_ORG(r->org_code, r->org_ja, r->org_en, 0);
    cells[1] = report;
    cells[2] = C_INT(r->no);
    cells[3] = report_enum("state", report_state_shown(r, c->w->now));
    for (size_t f = 0; f < c->n_figures; f++) {
        const struct figure *v = &c->value[i * FIGURES_MAX + f];
        cells[n++] = v->value.cell.type == c->type[f] ? v->value.cell : C_NONE;
        if (c->has_of[f]) cells[n++] = v->has_of ? C_INT(v->of) : C_NONE;
    }
    doc_row(out, cells);
}

/* Organisations next below the top within the reader's reach that have none: a gap is told, not left out. */
static enum err without(const struct compared *c, const struct column *columns, size_t n_columns, struct doc *out, int64_t *missing)
{
    struct org *tops, *below;
    size_t n, k;
    (void)columns;
    *missing = 0;
    enum err e = org_children(c->w, NULL, &tops, &n);
    for (size_t t = 0; e == OK && t < n; t++) {
        if (tops[t].parent != 0) {
            below = &tops[t];
            k = 1;
        } else e = org_children(c->w, &tops[t], &below, &k);
        for (size_t i = 0; e == OK && i < k; i++) {
            bool there = false;
            for (size_t r = 0; r < c->n; r++) there = there || c->reports[r].org == below[i].id;
            if (there) continue;
            struct cell cells[COLUMNS_MAX] = {C_ORG(below[i].code, below[i].name_ja, below[i].name_en, 0), C_NONE, C_NONE,
                                              C_ENUM(M("no report"))};
            for (size_t x = FIXED; x < n_columns; x++) cells[x] = C_NONE;
            doc_row(out, cells);
            (*missing)++;
        }
    }
    return e;
}

static enum err table(struct compared *c, struct doc *out)
{
    struct column *columns = arena_array(c->w->a, COLUMNS_MAX, sizeof *columns);
    int64_t missing = 0;
    size_t n = columns_of(c, columns);
    label_columns(c, out->lang, columns, n);
    doc_table(out, "comparison", columns, n);
    for (size_t i = 0; i < c->n; i++) report_row(c, i, out);
    enum err e = without(c, columns, n, out, &missing);
    doc_table_end(out);
    doc_fact_of(out, "reports", M("Reports compared"), C_INT((int64_t)c->n), M("%1 organisations of your reach have none"),
                str_int(c->w->a, missing));
    doc_note(out, M("The figures are those that the reports recorded when they were frozen, with what each is a share or a mean of."));
    return e;
}

enum err report_view_compare(struct work *w, const struct args *in, struct doc *out)
{
    struct compared *c = arena_alloc(w->a, sizeof *c);
    str template = arg_text(in, "template");
    struct report_filter f = {.template = template, .year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w)),
                              .hi = INT64_MAX};
    c->w = w;
    enum err e = figures_of(w, template, c);
    if (e == OK && c->n_figures == 0) {
        doc_text(out, M("Documents of this kind have no figures that are compared. Choose another kind above."));
        return OK;
    }
    if (e == OK) e = reports_find(w, &f, REPORT_LISTED_MAX, &c->reports, &c->n);
    if (e != OK) return e;
    newest_frozen(c);
    c->value = arena_array(w->a, c->n * FIGURES_MAX + 1, sizeof *c->value);
    for (size_t i = 0; e == OK && i < c->n; i++) e = read_values(c, i);
    if (e != OK) return e;
    doc_lead(out, M("Fiscal year %1"), str_int(w->a, f.year));
    if (c->n == 0) doc_text(out, M("No report of this year is frozen or published yet: they are compared once they are."));
    return table(c, out);
}

enum err report_compared(struct work *w, str template, bool *out)
{
    struct compared *c = arena_alloc(w->a, sizeof *c);
    enum err e = figures_of(w, template, c);
    *out = c->n_figures != 0;
    return e;
}

/* For choosing one: the kinds that have figures to compare. */
enum err report_view_comparable(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"template", CELL_ENUM, N("Kind of document"), 0, "report compare", "template"}};
    struct template_row *all;
    size_t n;
    bool is;
    (void)in;
    enum err e = report_templates_all(w, &all, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "templates", columns);
    for (size_t i = 0; i < n; i++) {
        if ((e = report_compared(w, all[i].code, &is)) != OK) return e;
        if (is) DOC_ROW(out, ((struct cell){.type = CELL_ENUM, .text = all[i].code, .ja = all[i].ja, .en = all[i].en}));
    }
    doc_table_end(out);
    return OK;
}
