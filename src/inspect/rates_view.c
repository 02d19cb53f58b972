/* inspect rates, inspect grades. */
#include "inspect/acts.h"
#include "inspect/pages.h"

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
    {"limited_scope", CELL_BOOL, N("Limited scope"), COL_DETAIL, NULL, NULL},
    {"excluded", CELL_BOOL, N("Left out of the analysis"), COL_DETAIL, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL, NULL, NULL},
};

/* Official from provisional leaves those submitted and not confirmed: too few of them are not told apart either. */
static bool provisional_told(const struct showing *s, size_t i)
{
    struct coverage c = coverage_of(s->r, s->vectors[i]);
    int64_t waiting = c.known_provisional - c.known;
    return waiting == 0 || waiting >= WITHHELD_UNDER || sees_counts(s, i);
}

static void coverage_row(struct showing *s, size_t i, struct doc *out)
{
    const struct grades *g = s->r->rule.grades;
    const struct node *n = &s->r->nodes[i];
    struct coverage c = coverage_of(s->r, s->vectors[i]);
    if (s->withheld[i]) {
        DOC_ROW(out, node_cell(s, i), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        return;
    }
    s->provisional = s->provisional || c.known_provisional != c.known;
    bool provisional = provisional_told(s, i);
    DOC_ROW(out, node_cell(s, i), C_INT(c.reported), C_INT(c.known), C_RATE(rate_of_counts(c.known, c.reported, g)),
            provisional ? C_INT(c.known_provisional) : C_NONE,
            provisional ? C_RATE(rate_of_counts(c.known_provisional, c.reported, g)) : C_NONE,
            c.own == 0 ? C_NONE : C_INT(c.own),
            c.own == 0 ? C_NONE : C_RATE(rate_of_counts(c.known + c.own, c.reported, g)), C_BOOL(s->limited[i]),
            C_BOOL(n->excluded), n->excluded ? C_TEXT(n->excluded_why) : C_NONE);
}

/* ---- implementation and attainment ---- */
enum {
    BEFORE_THRESHOLDS = 8,
    AFTER_THRESHOLDS = 5,
    RATE_COLUMNS = BEFORE_THRESHOLDS + THRESHOLDS_MAX + AFTER_THRESHOLDS
};

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

/* Over the organisations next below that are in the analysis and have a figure: at the top of a government, the mean
 * over ministries (府省庁平均). None where one of them is withheld, for the mean would tell it, nor at the last level that
 * is asked for: a mean stands above the rows it is over. */
static struct frac *mean_below(struct showing *s, size_t node, const size_t *which, size_t n, int64_t *over)
{
    size_t end = round_node_end(s->r, node), count = 0, without;
    struct frac **of = arena_array(s->w->a, end - node, sizeof *of);
    for (size_t i = node + 1; i < end; i++) {
        if (s->r->nodes[i].up != (ptrdiff_t)node || s->r->nodes[i].excluded) continue;
        if (s->withheld[i] || !s->shown[i]) return NULL;
        struct part_rates p;
        part_rates(s->w->a, counts_of(s->w->a, s->r, s->vectors[i], false), which, n, &s->r->rule, &p);
        of[count++] = p.implementation;
    }
    struct frac *mean = frac_mean(s->w->a, of, count, &without);
    *over = (int64_t)(count - without);
    return mean;
}

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
    c[at++] = rate_cell(p.official.implementation, rule->grades);
    for (size_t t = 0; t < rule->n_thresholds; t++)
        c[at++] = C_RATE(rate_of_counts(p.official.attained[t], p.official.clauses, NULL));
    c[at++] = mean == NULL ? C_NONE : C_INT(over);
    c[at++] = rate_cell(mean, rule->grades);
    bool provisional = provisional_told(s, node);
    c[at++] = provisional ? C_INT(p.provisional.arisen) : C_NONE;
    c[at++] = provisional ? C_INT(p.provisional.done) : C_NONE;
    c[at++] = provisional ? rate_cell(p.provisional.implementation, rule->grades) : C_NONE;
    doc_row(out, c);
}

enum err rates_tables(struct showing *s, struct doc *out)
{
    DOC_TABLE(out, "coverage", coverage_columns);
    for (size_t i = 0; i < s->r->n_nodes; i++)
        if (s->shown[i]) coverage_row(s, i, out);
    doc_table_end(out);
    if (s->r->edition.n_parts == 0) return OK;
    struct column *columns = arena_array(s->w->a, RATE_COLUMNS, sizeof *columns);
    doc_table(out, "rates", columns, make_columns(s, columns));
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        for (size_t part = 0; s->shown[i] && part < s->r->edition.n_parts; part++) {
            struct arena_mark mark = arena_mark(s->w->a);
            size_t *which, n;
            if (part_wanted(s, part) && (n = clauses_of_part(s->w->a, s->r, part, &which)) != 0)
                rates_row(s, i, part, which, n, out);
            arena_back(s->w->a, mark);
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
        doc_note(out, M("Implementation rate of a part: simple mean of the rates of its clauses, each done ÷ arisen "
                        "among those known."));
    else
        doc_note(out, M("Implementation rate of a part: all done ÷ all arisen among those known (pooled)."));
    doc_note(
        out,
        M("Attainment: share of the part's clauses that at least so many percent of those whose duty arose carry out. "
          "Clauses for which no duty arose leave both, and are counted as left out."));
    if (r->exceptions == EXCEPTIONS_APART) doc_note(out, M("Exceptions are counted apart: neither done nor not done."));
    if (r->exceptions == EXCEPTIONS_NOT_DONE) doc_note(out, M("Exceptions count as not done."));
    if (r->exceptions == EXCEPTIONS_ANSWERED)
        doc_note(out, M("Exceptions count as they were answered; their number is shown beside."));
    if (r->unknown_out.n == 0)
        doc_note(out,
                 M("Everyone of the frame is in the denominator of coverage, whatever the reason nothing is known."));
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
    for (size_t i = 0; i < n; i++)
        excluded = excluded || (str_eq(str_of(columns[i].key), S("excluded")) && cells[i].i != 0);
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
    doc_note(out, M("Mean of the %1 coverage rates: %2 %. It is ours: no source prints it."), str_int(a, m->n),
             mean_text(a, m->tenths, m->n));
    if (m->n_analysis != m->n && m->n_analysis > 0)
        doc_note(out, M("Mean of the %1 in the analysis: %2 %, ours too."), str_int(a, m->n_analysis),
                 mean_text(a, m->tenths_analysis, m->n_analysis));
}

enum err inspect_view_rates(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, 1, arg_given(in, "against") ? AS_IT_STANDS : AS_PUBLISHED, &s);
    if (e != OK) return e;
    if (arg_given(in, "against")) return rates_against(&s, arg_text(in, "against"), out);
    doc_fact(out, "round", M("Round"), C_BOTH(s.r->title_ja, s.r->title_en));
    doc_fact(out, "base", M("Base date"), C_DATE(s.r->base));
    if (s.frozen == 0) {
        e = rates_tables(&s, out);
    } else {
        struct frozen_filter f = showing_filter(&s), coverage = f;
        struct published_mean mean = {.r = s.r};
        bool none = false;
        coverage.missing = &none;
        coverage.row = add_published;
        coverage.to = &mean;
        e = frozen_show(w, s.frozen, S("rates"), S("coverage"), &coverage, out);
        if (str_eq(s.r->state, S("published"))) published_note(&mean, out);
        if (none)
            doc_note(out, M("This round holds published grades only: see 'Grades' of round %1"), s.r->code);
        if (e == OK) e = frozen_show(w, s.frozen, S("rates"), S("rates"), &f, out);
    }
    if (e != OK) return e;
    rates_followed(&s, out);
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

void grade_counts_table(const struct round *r, const int64_t *n, struct doc *out)
{
    static const struct column columns[] = {{"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
                                            {"at_least", CELL_RATE, N("At least"), 0, NULL, NULL},
                                            {"organisations", CELL_INT, N("Organisations"), 0, NULL, NULL}};
    DOC_TABLE(out, "counts", columns);
    for (size_t i = 0; i < r->grades.n; i++)
        DOC_ROW(out, C_TEXT(r->grades.grade[i].name), C_RATE(rate_of_counts(r->grades.grade[i].at_least, 1000, NULL)),
                C_INT(n[i]));
    doc_table_end(out);
}

static void grade_row(struct showing *s, size_t node, const struct part_rates *p, str grade, struct doc *out)
{
    if (!s->shown[node]) return;
    if (p->implementation == NULL)
        DOC_ROW(out, node_cell(s, node), C_INT(0), C_NONE, C_NONE, C_NONE);
    else
        DOC_ROW(out, node_cell(s, node), C_INT(p->clauses), C_RATE(rate_of(p->implementation, s->r->rule.grades)),
                C_TEXT(grade), C_NONE);
}

/* Counted are the organisations next below the top of the frame, those left out of the analysis apart; told to who sees
 * the top. */
enum err grades_tables(struct showing *s, struct doc *out)
{
    const struct round *r = s->r;
    size_t *which, n = clauses_of_part(s->w->a, r, r->edition.n_parts, &which);
    int64_t *counted = arena_array(s->w->a, r->grades.n + 1, sizeof *counted);
    DOC_TABLE(out, "grades", grade_columns);
    for (size_t i = 0; i < r->n_nodes; i++) {
        bool counts = r->nodes[i].depth == 1 && !r->nodes[i].excluded;
        if ((!s->shown[i] && !counts) || s->withheld[i]) continue;
        struct arena_mark mark = arena_mark(s->w->a);
        struct part_rates p;
        part_rates(s->w->a, counts_of(s->w->a, r, s->vectors[i], false), which, n, &r->rule, &p);
        str grade = p.implementation == NULL ? (str){0} : grade_of(r->rule.grades, p.implementation);
        grade_row(s, i, &p, grade, out);
        for (size_t g = 0; counts && g < r->grades.n; g++) counted[g] += str_eq(r->grades.grade[g].name, grade);
        arena_back(s->w->a, mark);
    }
    doc_table_end(out);
    if (r->n_nodes > 0 && r->nodes[0].depth == 0) grade_counts_table(r, counted, out);
    return OK;
}

enum err inspect_view_grades(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, 1, AS_PUBLISHED, &s);
    if (e != OK) return e;
    if (s.frozen == 0) {
        e = grades_tables(&s, out);
    } else {
        struct frozen_filter f = showing_filter(&s), counts = f;
        bool *top = arena_array(w->a, s.r->n_nodes + 1, sizeof *top);
        top[0] = true;
        counts.shown = top;
        bool none = false;
        f.missing = &none;
        e = frozen_show(w, s.frozen, S("grades"), S("grades"), &f, out);
        if (none)
            doc_note(out, M("This round holds published coverage only: see 'Coverage, implementation and attainment' "
                            "of round %1"), s.r->code);
        if (e == OK && s.r->n_nodes > 0 && s.r->nodes[0].depth == 0)
            e = frozen_show(w, s.frozen, S("grades"), S("counts"), &counts, out);
    }
    if (e != OK) return e;
    if ((e = grades_followed(&s, out)) != OK) return e;
    doc_note(out, M("Counted are the organisations next below the top of the frame that are in the analysis."));
    if (s.r->has_edition && s.r->rule.rate == RATE_MEAN)
        doc_note(out, M("Overall rate: simple mean of the items' rates. How the published one was made of its items is "
                        "printed nowhere."));
    return showing_notes(&s, out);
}
