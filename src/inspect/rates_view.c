/* inspect rates, inspect grades. */
#include "inspect/acts.h"
#include "inspect/showing.h"

/* ---- coverage ---- */
static const struct column coverage_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"reported", CELL_INT, N("Reported on"), 0, NULL, NULL},
    {"known", CELL_INT, N("Known"), 0, "inspect missing", "org"},
    {"coverage", CELL_RATE, N("Coverage rate"), COL_BAR, NULL, NULL},
    {"known_provisional", CELL_INT, N("Known, provisional"), COL_DETAIL, NULL, NULL},
    {"coverage_provisional", CELL_RATE, N("Provisional"), 0, NULL, NULL},
    {"own_survey", CELL_INT, N("By own survey"), COL_DETAIL, NULL, NULL},
    {"coverage_own_survey", CELL_RATE, N("Coverage with own survey"), COL_DETAIL, NULL, NULL},
    {"excluded", CELL_BOOL, N("Left out of the analysis"), COL_DETAIL, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL, NULL, NULL},
};

static void coverage_row(struct showing *s, size_t i, struct doc *out)
{
    const struct grades *g = s->r->rule.grades;
    const struct node *n = &s->r->nodes[i];
    struct coverage c = coverage_of(s->r, s->vectors[i]);
    if (s->withheld[i]) {
        DOC_ROW(out, node_cell(s, i), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        return;
    }
    s->provisional = s->provisional || c.known_provisional != c.known;
    DOC_ROW(out, node_cell(s, i), C_INT(c.reported), C_INT(c.known), C_RATE(rate_of_counts(c.known, c.reported, g)),
            C_INT(c.known_provisional), C_RATE(rate_of_counts(c.known_provisional, c.reported, g)),
            c.own == 0 ? C_NONE : C_INT(c.own), c.own == 0 ? C_NONE : C_RATE(rate_of_counts(c.known + c.own, c.reported, g)),
            C_BOOL(n->excluded), n->excluded ? C_TEXT(n->excluded_why) : C_NONE);
}

/* ---- implementation and attainment ---- */
enum { BEFORE_THRESHOLDS = 8, AFTER_THRESHOLDS = 5, RATE_COLUMNS = BEFORE_THRESHOLDS + THRESHOLDS_MAX + AFTER_THRESHOLDS };

static const struct column rate_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"part", CELL_CLAUSE, N("Part"), 0, "inspect clauses", "part"},
    {"clauses", CELL_INT, N("Clauses"), 0, NULL, NULL},
    {"left_out", CELL_INT, N("Left out"), COL_DETAIL, NULL, NULL},
    {"excepted", CELL_INT, N("Exceptions"), COL_DETAIL, NULL, NULL},
    {"arisen", CELL_INT, N("Arisen"), 0, NULL, NULL},
    {"done", CELL_INT, N("Done"), 0, NULL, NULL},
    {"implementation", CELL_RATE, N("Implementation rate"), COL_BAR, NULL, NULL},
    {"organisations", CELL_INT, N("Organisations in the mean"), COL_DETAIL, NULL, NULL},
    {"implementation_mean", CELL_RATE, N("Mean over organisations"), COL_DETAIL, NULL, NULL},
    {"arisen_provisional", CELL_INT, N("Arisen, provisional"), COL_DETAIL, NULL, NULL},
    {"done_provisional", CELL_INT, N("Done, provisional"), COL_DETAIL, NULL, NULL},
    {"implementation_provisional", CELL_RATE, N("Provisional"), 0, NULL, NULL},
};

static size_t make_columns(struct showing *s, struct column *all)
{
    const struct rule *rule = &s->r->rule;
    size_t n = 0;
    for (; n < BEFORE_THRESHOLDS; n++) all[n] = rate_columns[n];
    for (size_t t = 0; t < rule->n_thresholds; t++) {
        int32_t at = rule->threshold[t];
        str percent = at % 10 == 0 ? str_fmt(s->w->a, "%d", at / 10) : str_fmt(s->w->a, "%d.%d", at / 10, at % 10);
        all[n++] = (struct column){str_fmt(s->w->a, "attainment_%.*s", STR_ARG(percent)).p, CELL_RATE,
                                   str_fmt(s->w->a, "%.*s %%+", STR_ARG(percent)), 0, NULL, NULL};
    }
    for (size_t i = BEFORE_THRESHOLDS; i < BEFORE_THRESHOLDS + AFTER_THRESHOLDS; i++) all[n++] = rate_columns[i];
    return n;
}

struct part_of_node {
    struct part_rates official, provisional;
    int64_t excepted;
};

static struct part_of_node rates_of(struct showing *s, size_t node, const size_t *which, size_t n)
{
    struct part_of_node p = {0};
    struct arena *a = s->w->a;
    part_rates(a, counts_of(a, s->r, s->vectors[node], false), which, n, &s->r->rule, &p.official);
    part_rates(a, counts_of(a, s->r, s->vectors[node], true), which, n, &s->r->rule, &p.provisional);
    for (size_t k = 0; k < n; k++) p.excepted += excepted_of(s->r, s->vectors[node], which[k], false);
    return p;
}

/* 府省庁平均: over the organisations next below that are in the analysis and have a figure. */
static struct frac *mean_below(struct showing *s, size_t node, const size_t *which, size_t n, int64_t *over)
{
    size_t end = round_node_end(s->r, node), count = 0, without;
    struct frac **of = arena_array(s->w->a, end - node, sizeof *of);
    for (size_t i = node + 1; i < end; i++) {
        if (s->r->nodes[i].up != (ptrdiff_t)node || s->r->nodes[i].excluded) continue;
        struct part_rates p;
        part_rates(s->w->a, counts_of(s->w->a, s->r, s->vectors[i], false), which, n, &s->r->rule, &p);
        of[count++] = p.implementation;
    }
    struct frac *mean = frac_mean(s->w->a, of, count, &without);
    *over = (int64_t)(count - without);
    return mean;
}

static struct cell frac_cell(const struct frac *f, const struct grades *g) { return f == NULL ? C_NONE : C_RATE(rate_of(f, g)); }

static void rates_row(struct showing *s, size_t node, size_t part, const size_t *which, size_t n, struct doc *out)
{
    struct cell c[RATE_COLUMNS];
    const struct rule *rule = &s->r->rule;
    size_t at = 0;
    c[at++] = node_cell(s, node);
    c[at++] = part_cell(s->r, part);
    if (s->withheld[node]) {
        while (at < BEFORE_THRESHOLDS + AFTER_THRESHOLDS + rule->n_thresholds) c[at++] = C_NONE;
        doc_row(out, c);
        return;
    }
    struct part_of_node p = rates_of(s, node, which, n);
    int64_t over = 0;
    struct frac *mean = mean_below(s, node, which, n, &over);
    c[at++] = C_INT(p.official.clauses);
    c[at++] = C_INT(p.official.left_out);
    c[at++] = C_INT(p.excepted);
    c[at++] = C_INT(p.official.arisen);
    c[at++] = C_INT(p.official.done);
    c[at++] = frac_cell(p.official.implementation, rule->grades);
    for (size_t t = 0; t < rule->n_thresholds; t++)
        c[at++] = C_RATE(rate_of_counts(p.official.attained[t], p.official.clauses, NULL));
    c[at++] = mean == NULL ? C_NONE : C_INT(over);
    c[at++] = frac_cell(mean, rule->grades);
    c[at++] = C_INT(p.provisional.arisen);
    c[at++] = C_INT(p.provisional.done);
    c[at++] = frac_cell(p.provisional.implementation, rule->grades);
    doc_row(out, c);
}

enum err rates_tables(struct showing *s, struct doc *out)
{
    DOC_TABLE(out, "coverage", coverage_columns);
    for (size_t i = 0; i < s->r->n_nodes; i++)
        if (s->shown[i]) coverage_row(s, i, out);
    doc_table_end(out);
    struct column *columns = arena_array(s->w->a, RATE_COLUMNS, sizeof *columns);
    doc_table(out, "rates", columns, make_columns(s, columns));
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        for (size_t part = 0; s->shown[i] && part < s->r->edition.n_parts; part++) {
            size_t *which, n;
            if (!part_wanted(s, part) || (n = clauses_of_part(s->w->a, s->r, part, &which)) == 0) continue;
            rates_row(s, i, part, which, n, out);
        }
    }
    doc_table_end(out);
    return OK;
}

static void rule_notes(const struct showing *s, struct doc *out)
{
    const struct round *r = s->r;
    if (!r->has_edition) return;
    if (r->rule.rate == RATE_MEAN)
        doc_note(out, M("Implementation rate of a part: simple mean of the rates of its clauses, each done ÷ arisen among those known."));
    else
        doc_note(out, M("Implementation rate of a part: all done ÷ all arisen among those known (pooled)."));
    doc_note(out, M("Attainment: share of the part's clauses that at least so many percent of those whose duty arose carry out. "
                    "Clauses for which no duty arose leave both, and are counted as left out."));
    if (r->exceptions == EXCEPTIONS_APART) doc_note(out, M("Exceptions are counted apart: neither done nor not done."));
    if (r->exceptions == EXCEPTIONS_NOT_DONE) doc_note(out, M("Exceptions count as not done."));
    if (r->exceptions == EXCEPTIONS_ANSWERED) doc_note(out, M("Exceptions count as they were answered; their number is shown beside."));
    if (r->unknown_out.n == 0) doc_note(out, M("Everyone of the frame is in the denominator of coverage, whatever the reason nothing is known."));
    else doc_note(out, M("By recorded rule these reasons leave the denominator of coverage: %1."), r->unknown_out);
}

/* Figures published as percentages have no counts, so their mean can only be ours: said so, with two decimals. */
struct published_mean {
    const struct round *r;
    int64_t n, tenths, n_analysis, tenths_analysis;
};

static void add_published(void *to, const struct cell *cells, const struct column *columns, size_t n)
{
    struct published_mean *m = to;
    ptrdiff_t node = round_node_by_code(m->r, cells[0].text);
    bool excluded = false;
    if (node < 0 || m->r->nodes[node].depth != 1) return;
    for (size_t i = 0; i < n; i++) excluded = excluded || (str_eq(str_of(columns[i].key), S("excluded")) && cells[i].i != 0);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(str_of(columns[i].key), S("coverage")) || !cells[i].rate.defined) continue;
        m->n++;
        m->tenths += cells[i].rate.tenths;
        m->n_analysis += !excluded;
        m->tenths_analysis += excluded ? 0 : cells[i].rate.tenths;
    }
}

static str mean_text(struct arena *a, int64_t tenths, int64_t n)
{
    int64_t hundredths = (tenths * 20 + n) / (2 * n); /* half up */
    return str_fmt(a, "%d.%02d", (int)(hundredths / 100), (int)(hundredths % 100));
}

static void published_note(const struct published_mean *m, struct doc *out)
{
    struct arena *a = out->w->a;
    if (m->n < 2) return;
    doc_note(out, M("Mean of the %1 coverage rates: %2 %. It is ours: no source prints it."), str_int(a, m->n), mean_text(a, m->tenths, m->n));
    if (m->n_analysis != m->n && m->n_analysis > 0)
        doc_note(out, M("Mean of the %1 in the analysis: %2 %, ours too."), str_int(a, m->n_analysis), mean_text(a, m->tenths_analysis, m->n_analysis));
}

enum err inspect_view_rates(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, 1, &s);
    if (e != OK) return e;
    if (arg_given(in, "against")) return rates_against(&s, arg_text(in, "against"), out);
    doc_fact(out, "round", M("Round"), C_BOTH(s.r->title_ja, s.r->title_en));
    doc_fact(out, "base", M("Base date"), C_DATE(s.r->base));
    if (s.frozen == 0) {
        e = rates_tables(&s, out);
    } else {
        struct frozen_filter f = showing_filter(&s), coverage = f;
        struct published_mean mean = {.r = s.r};
        coverage.row = add_published;
        coverage.to = &mean;
        e = frozen_show(w, s.frozen, S("rates"), S("coverage"), &coverage, out);
        if (str_eq(s.r->state, S("published"))) published_note(&mean, out);
        if (e == OK) e = frozen_show(w, s.frozen, S("rates"), S("rates"), &f, out);
    }
    if (e != OK) return e;
    rule_notes(&s, out);
    return showing_notes(&s, out);
}

/* ---- grades ---- */
static const struct column grade_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"items", CELL_INT, N("Items"), 0, NULL, NULL},
    {"rate", CELL_RATE, N("Overall rate"), COL_BAR, NULL, NULL},
    {"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL, NULL, NULL},
};

enum err grades_tables(struct showing *s, struct doc *out)
{
    size_t *which, n = clauses_of_part(s->w->a, s->r, s->r->edition.n_parts, &which);
    DOC_TABLE(out, "grades", grade_columns);
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        if (!s->shown[i] || s->withheld[i]) continue;
        struct part_rates p;
        part_rates(s->w->a, counts_of(s->w->a, s->r, s->vectors[i], false), which, n, &s->r->rule, &p);
        if (p.implementation == NULL)
            DOC_ROW(out, node_cell(s, i), C_INT(0), C_NONE, C_NONE, C_NONE);
        else
            DOC_ROW(out, node_cell(s, i), C_INT(p.clauses), C_RATE(rate_of(p.implementation, s->r->rule.grades)),
                    C_TEXT(grade_of(s->r->rule.grades, p.implementation)), C_NONE);
    }
    doc_table_end(out);
    return OK;
}

/* How many organisations have each grade: of those at the level below the frame's top. */
struct grade_counts {
    const struct round *r;
    int64_t *n;
};

static void count_grade(struct grade_counts *g, str org, str grade)
{
    ptrdiff_t node = round_node_by_code(g->r, org);
    if (node < 0 || g->r->nodes[node].depth != 1) return;
    for (size_t i = 0; i < g->r->grades.n; i++) g->n[i] += str_eq(g->r->grades.grade[i].name, grade);
}

static void count_shown(void *to, const struct cell *cells, const struct column *columns, size_t n)
{
    str grade = {0};
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(columns[i].key), S("grade"))) grade = cells[i].text;
    count_grade(to, cells[0].text, grade);
}

static void count_open(struct showing *s, struct grade_counts *g)
{
    size_t *which, n = clauses_of_part(s->w->a, s->r, s->r->edition.n_parts, &which);
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        struct part_rates p;
        if (!s->shown[i] || s->withheld[i]) continue;
        part_rates(s->w->a, counts_of(s->w->a, s->r, s->vectors[i], false), which, n, &s->r->rule, &p);
        if (p.implementation != NULL) count_grade(g, s->r->nodes[i].code, grade_of(s->r->rule.grades, p.implementation));
    }
}

enum err inspect_view_grades(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column counts[] = {{"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
                                           {"at_least", CELL_RATE, N("At least"), 0, NULL, NULL},
                                           {"organisations", CELL_INT, N("Organisations"), 0, NULL, NULL}};
    struct showing s;
    enum err e = showing_load(w, in, 1, &s);
    if (e != OK) return e;
    struct grade_counts g = {s.r, arena_array(w->a, s.r->grades.n + 1, sizeof *g.n)};
    if (s.frozen == 0) {
        e = grades_tables(&s, out);
        count_open(&s, &g);
    } else {
        struct frozen_filter f = showing_filter(&s);
        f.row = count_shown;
        f.to = &g;
        e = frozen_show(w, s.frozen, S("grades"), S("grades"), &f, out);
    }
    if (e != OK) return e;
    DOC_TABLE(out, "counts", counts);
    for (size_t i = 0; i < s.r->grades.n; i++)
        DOC_ROW(out, C_TEXT(s.r->grades.grade[i].name), C_RATE(rate_of_counts(s.r->grades.grade[i].at_least, 1000, NULL)), C_INT(g.n[i]));
    doc_table_end(out);
    doc_note(out, M("Counted are the organisations next below the top of the frame."));
    if (s.r->has_edition && s.r->rule.rate == RATE_MEAN)
        doc_note(out, M("Overall rate: simple mean of the items' rates. How the published one was made of its items is printed nowhere."));
    return showing_notes(&s, out);
}
