/* Figures of an organisation and those below it, gathered from the tables of the views. */
#include "inspect/pages.h"

#include "inspect/inspect_store.h"

/* ---- the face that hands over ---- */
static void no_words(struct doc *d, str text) { (void)d, (void)text; }
static void no_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d, (void)key, (void)label, (void)c;
}
static void take_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)c, (void)n;
    ((struct taking *)d)->table = str_of(name);
}
static void take_row(struct doc *d, const struct cell *cells)
{
    struct taking *t = (struct taking *)d;
    t->take(t->to, t->table, d->columns, d->n_columns, cells);
}
static void no_end(struct doc *d) { (void)d; }

struct doc *taking_doc(struct taking *t, struct work *w, take_fn *take, void *to)
{
    static const struct face face = {.heading = no_words, .text = no_words, .note = no_words, .fact = no_fact,
                                     .table = take_table, .row = take_row, .table_end = no_end};
    *t = (struct taking){.doc = {.face = &face, .w = w}, .take = take, .to = to};
    return &t->doc;
}

struct cell cell_of(const struct column *columns, size_t n, const struct cell *cells, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(columns[i].key), str_of(key))) return cells[i];
    return C_NONE;
}

/* ---- what a row says ---- */
struct reading {
    const struct column *columns;
    size_t n;
    const struct cell *cells;
};

static struct cell cell(const struct reading *r, const char *key) { return cell_of(r->columns, r->n, r->cells, key); }

static void take_coverage(struct overview *o, struct org_figures *f, const struct reading *r)
{
    struct cell reported = cell(r, "reported"), known = cell(r, "known"), own = cell(r, "own_survey");
    o->has_coverage = true;
    f->coverage = cell(r, "coverage").rate;
    f->told = f->coverage.defined || reported.type == CELL_INT;
    f->has_counts = reported.type == CELL_INT;
    f->reported = reported.i;
    f->known = known.i;
    f->provisional = cell(r, "coverage_provisional").rate;
    f->with_own = cell(r, "coverage_own_survey").rate;
    f->own_only = own.type == CELL_BOOL && own.i != 0;
    f->excluded = cell(r, "excluded").i != 0;
}

static size_t part_of(const struct round *r, const struct cell *c)
{
    size_t part = 0;
    while (part < r->edition.n_parts && !str_eq(r->edition.parts[part].code, c->text)) part++;
    return part;
}

/* "attainment_97.5_mean": as the columns of rates and means are keyed. */
static struct cell attained(struct overview *o, const struct reading *r, size_t t, const char *ending)
{
    int32_t at = o->s.r->rule.threshold[t];
    struct arena *a = o->s.w->a;
    str percent = at % 10 == 0 ? str_fmt(a, "%d", at / 10) : str_fmt(a, "%d.%d", at / 10, at % 10);
    return cell(r, str_fmt(a, "attainment_%.*s%s", STR_ARG(percent), ending).p);
}

static void take_mean(struct overview *o, const struct reading *r, size_t part, const char *ending)
{
    struct cell mean = cell(r, "implementation_mean");
    struct mean_figures *m = &o->mean[part];
    if (mean.type == CELL_NONE || !mean.rate.defined) return;
    m->organisations = cell(r, "organisations").i;
    m->implementation = mean.rate;
    for (size_t t = 0; ending != NULL && t < o->s.r->rule.n_thresholds; t++)
        m->attained[t] = attained(o, r, t, ending).rate;
}

/* The mean stands beside the organisation's own rate, also where figures were frozen without a table of means. */
static void take_rates(struct overview *o, size_t node, const struct reading *r)
{
    struct org_figures *f = &o->of[node];
    struct cell which = cell(r, "part");
    size_t part = part_of(o->s.r, &which);
    o->has_rates = true;
    if (part == o->s.r->edition.n_parts) return;
    f->part[part] = cell(r, "implementation").rate;
    for (size_t t = 0; t < o->s.r->rule.n_thresholds; t++) f->attained[part][t] = attained(o, r, t, "").rate;
    if (node == o->top) take_mean(o, r, part, NULL);
}

static void take_figures(void *to, str table, const struct column *columns, size_t n, const struct cell *cells)
{
    struct overview *o = to;
    struct reading r = {columns, n, cells};
    ptrdiff_t node = round_node_by_code(o->s.r, cell(&r, "org").text);
    if (node < 0) return;
    struct org_figures *f = &o->of[node];
    if (str_eq(table, S("coverage"))) take_coverage(o, f, &r);
    if (str_eq(table, S("rates"))) take_rates(o, (size_t)node, &r);
    if (str_eq(table, S("means")) && (size_t)node == o->top) {
        struct cell part = cell(&r, "part");
        take_mean(o, &r, part.type == CELL_NONE ? o->s.r->edition.n_parts : part_of(o->s.r, &part), "_mean");
    }
    if (!str_eq(table, S("grades"))) return;
    o->has_grades = true;
    f->grade = str_dup(o->kept, cell(&r, "grade").text);
    f->part[o->s.r->edition.n_parts] = cell(&r, "rate").rate;
}

/* ---- means over organisations ---- */
enum { MEANS_COLUMNS = 4 + THRESHOLDS_MAX };

static size_t means_columns(struct showing *s, struct column *all)
{
    static const struct column fixed[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect whole", "org"},
        {"part", CELL_CLAUSE, N("Part"), 0, "inspect clauses", "part"},
        {"organisations", CELL_INT, N("Organisations in the mean"), 0, NULL, NULL},
        {"implementation_mean", CELL_RATE, N("Mean over organisations"), 0, NULL, NULL, NULL, "organisations"},
    };
    size_t n = 0;
    for (; n < sizeof fixed / sizeof *fixed; n++) all[n] = fixed[n];
    for (size_t t = 0; t < s->r->rule.n_thresholds; t++) {
        int32_t at = s->r->rule.threshold[t];
        str percent = at % 10 == 0 ? str_fmt(s->w->a, "%d", at / 10) : str_fmt(s->w->a, "%d.%d", at / 10, at % 10);
        all[n++] = (struct column){str_fmt(s->w->a, "attainment_%.*s_mean", STR_ARG(percent)).p, CELL_RATE,
                                   str_fmt(s->w->a, "%.*s %%+", STR_ARG(percent)), 0, NULL, NULL, NULL,
                                   "organisations"};
    }
    return n;
}

struct summing {
    struct frac **implementation, **attained[THRESHOLDS_MAX];
    size_t n;
};

static void add_to_mean(struct showing *s, struct summing *sum, size_t node, const size_t *which, size_t n)
{
    struct arena *a = s->w->a;
    struct part_rates p;
    part_rates(a, counts_of(a, s->r, s->vectors[node], false), which, n, &s->r->rule, &p);
    sum->implementation[sum->n] = p.implementation;
    for (size_t t = 0; t < s->r->rule.n_thresholds; t++)
        sum->attained[t][sum->n] = p.clauses == 0 ? NULL : frac_new(a, p.attained[t], p.clauses);
    sum->n++;
}

/* Over the organisations next below that are in the analysis and have a figure; false when one of them is withheld, for
 * the mean would tell it, or when there is none. */
static bool mean_row(struct showing *s, size_t node, size_t part, struct cell *c)
{
    struct arena *a = s->w->a;
    size_t end = round_node_end(s->r, node), *which, n = clauses_of_part(a, s->r, part, &which), without;
    struct summing sum = {arena_array(a, end - node, sizeof *sum.implementation), {0}, 0};
    for (size_t t = 0; t < s->r->rule.n_thresholds; t++)
        sum.attained[t] = arena_array(a, end - node, sizeof *sum.attained[t]);
    for (size_t i = node + 1; i < end; i++) {
        if (s->r->nodes[i].up != (ptrdiff_t)node || s->r->nodes[i].excluded) continue;
        if (s->withheld[i]) return false;
        add_to_mean(s, &sum, i, which, n);
    }
    struct frac *mean = frac_mean(a, sum.implementation, sum.n, &without);
    if (mean == NULL) return false;
    *c++ = node_cell(s, node);
    *c++ = part_cell(s->r, part);
    *c++ = C_INT((int64_t)(sum.n - without));
    *c++ = rate_cell(mean, s->r->rule.grades);
    for (size_t t = 0; t < s->r->rule.n_thresholds; t++)
        *c++ = rate_cell(frac_mean(a, sum.attained[t], sum.n, &without), NULL);
    return true;
}

enum err means_table(struct showing *s, struct doc *out)
{
    struct column *columns = arena_array(s->w->a, MEANS_COLUMNS, sizeof *columns);
    doc_table(out, "means", columns, means_columns(s, columns));
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        for (size_t part = 0; s->shown[i] && !s->withheld[i] && part <= s->r->edition.n_parts; part++) {
            struct arena_mark mark = arena_mark(s->w->a);
            struct cell c[MEANS_COLUMNS];
            if (mean_row(s, i, part, c)) doc_row(out, c);
            arena_back(s->w->a, mark);
        }
    }
    doc_table_end(out);
    return OK;
}

/* ---- gathering ---- */
static void find_below(struct overview *o)
{
    const struct round *r = o->s.r;
    size_t end = round_node_end(r, o->top);
    o->below = arena_array(o->s.w->a, end - o->top, sizeof *o->below);
    for (size_t i = o->top + 1; i < end; i++)
        if (r->nodes[i].up == (ptrdiff_t)o->top) o->below[o->n_below++] = i;
}

static enum err take_frozen(struct overview *o, struct doc *d)
{
    static const str tables[][2] = {{S_INIT("rates"), S_INIT("coverage")}, {S_INIT("rates"), S_INIT("rates")},
                                    {S_INIT("grades"), S_INIT("grades")},  {S_INIT("whole"), S_INIT("means")}};
    struct frozen_filter f = showing_filter(&o->s);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof tables / sizeof *tables; i++)
        e = frozen_show(o->s.w, o->s.frozen, tables[i][0], tables[i][1], &f, d);
    return e;
}

static enum err take_standing(struct overview *o, struct doc *d)
{
    enum err e = rates_tables(&o->s, d);
    if (e == OK) e = grades_tables(&o->s, d);
    return e == OK ? means_table(&o->s, d) : e;
}

static void free_arena(void *a) { arena_free(a); }

enum err overview_load(struct work *w, const struct args *in, struct overview *out)
{
    struct overview o = {0};
    enum err e = showing_load(w, in, 1, AS_PUBLISHED, &o.s);
    if (e != OK) return e;
    struct round *r = o.s.r;
    if (r->n_nodes == 0)
        return fault(w, NOTFOUND, M("your post reaches no organisation that round '%1' asked"), r->code);
    size_t parts = r->edition.n_parts + 1;
    o.top = o.s.node < 0 ? 0 : (size_t)o.s.node;
    o.of = arena_array(w->a, r->n_nodes + 1, sizeof *o.of);
    o.mean = arena_array(w->a, parts, sizeof *o.mean);
    o.kept = arena_new(0);
    arena_closer(w->a, free_arena, o.kept);
    find_below(&o);
    o.of[o.top].part = arena_array(w->a, parts, sizeof *o.of->part);
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (!o.s.shown[i]) continue;
        o.of[i].part = arena_array(w->a, parts, sizeof *o.of->part);
        o.of[i].attained = arena_array(w->a, parts, sizeof *o.of->attained);
    }
    struct taking t;
    struct doc *d = taking_doc(&t, w, take_figures, &o);
    e = o.s.frozen != 0 ? take_frozen(&o, d) : take_standing(&o, d);
    if (e == OK) *out = o;
    return e;
}

str percent_words(struct arena *a, struct rate r) { return str_fmt(a, "%.*s%%", STR_ARG(rate_text(a, r))); }

int32_t goal_of(const struct args *in) { return (int32_t)arg_int(in, "goal") * 10; }

/* ---- the heat map ---- */
/* A round of published figures has no counts, one of grades no coverage: columns that would stay empty are left out. */
static bool has_column(const struct overview *o, size_t i)
{
    bool counts = o->has_coverage && o->s.r->has_edition;
    const bool before[] = {true, true, counts, counts, o->has_coverage, o->has_rates, !o->has_rates && o->has_grades};
    return i >= sizeof before / sizeof *before || before[i];
}

static void picked_row(const struct overview *o, const struct cell *all, size_t n, struct doc *out)
{
    struct cell *c = arena_array(o->s.w->a, n + 1, sizeof *c);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (has_column(o, i)) c[m++] = all[i];
    doc_row(out, c);
}

enum { HEAT_BEFORE = 7, HEAT_AFTER = 1, HEAT_PARTS = 24 };

/* 第２部: one full-width figure, as official papers write it. */
str part_label(struct arena *a, enum lang lang, str code)
{
    static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    bool digit = code.n == 1 && code.p[0] >= '0' && code.p[0] <= '9';
    if (lang != LANG_JA) return str_fmt(a, "Part %.*s", STR_ARG(code));
    return digit ? str_fmt(a, "第%s部", wide[code.p[0] - '0']) : str_fmt(a, "第%.*s部", STR_ARG(code));
}

static size_t heat_columns(struct overview *o, enum lang lang, struct column *all)
{
    static const struct column before[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect whole", "org"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"}, /* for links from a page of no round */
        {"reported", CELL_INT, N("Reported on"), 0, NULL, NULL},
        {"known", CELL_INT, N("Known"), COL_DATA, NULL, NULL},
        {"coverage", CELL_RATE, N("Coverage rate"), COL_BAR, "inspect rates", "org", NULL, "reported"},
        {"organisations", CELL_INT, N("Organisations in the mean"), COL_DATA, NULL, NULL},
        {"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
    };
    const struct edition *ed = &o->s.r->edition;
    struct arena *a = o->s.w->a;
    size_t n = 0;
    for (size_t i = 0; i < HEAT_BEFORE; i++)
        if (has_column(o, i)) all[n++] = before[i];
    for (size_t p = 0; p < ed->n_parts && p < HEAT_PARTS; p++) {
        const char *code = str_c(a, ed->parts[p].code);
        all[n++] = (struct column){str_fmt(a, "part_%s", code).p, CELL_RATE, part_label(a, lang, ed->parts[p].code),
                                   COL_HEAT, "inspect clauses", "part", code};
    }
    all[n++] = (struct column){"left_out", CELL_TEXT, M("Left out of the analysis"), COL_DATA};
    return n;
}

static struct cell both(struct arena *a, str id, const str *args, size_t n)
{
    return C_BOTH(tr_fill(a, LANG_JA, id, args, n), tr_fill(a, LANG_EN, id, args, n));
}

static struct cell why_left_out(struct overview *o, const struct org_figures *f)
{
    struct arena *a = o->s.w->a;
    str own = f->with_own.defined ? percent_words(a, f->with_own) : S("");
    if (!f->excluded) return C_NONE;
    return own.n == 0 ? both(a, M("left out of the analysis"), NULL, 0)
                      : both(a, M("left out of the analysis (with its own survey %1)"), &own, 1);
}

static void heat_row(struct overview *o, size_t node, struct doc *out)
{
    const struct org_figures *f = &o->of[node];
    struct cell c[HEAT_BEFORE + HEAT_PARTS + HEAT_AFTER];
    size_t n = 0, parts = o->s.r->edition.n_parts < HEAT_PARTS ? o->s.r->edition.n_parts : HEAT_PARTS;
    const struct node *x = &o->s.r->nodes[node];
    c[n++] = C_ORG(x->code, x->name_ja, x->name_en, 0);
    c[n++] = C_TEXT(o->s.r->code);
    c[n++] = f->has_counts ? C_INT(f->reported) : C_NONE;
    c[n++] = f->has_counts ? C_INT(f->known) : C_NONE;
    c[n++] = f->told ? C_RATE(f->coverage) : C_NONE;
    c[n++] = C_NONE;
    c[n++] = f->grade.n == 0 || f->excluded ? C_NONE : C_TEXT(f->grade);
    for (size_t p = 0; p < parts; p++) c[n++] = f->part[p].defined && !f->excluded ? C_RATE(f->part[p]) : C_NONE;
    c[n++] = why_left_out(o, f);
    picked_row(o, c, n, out);
}

/* Coverage of all together is of their sum; the rates are means over those in the analysis. */
static void mean_of_all(struct overview *o, struct doc *out)
{
    const struct round *r = o->s.r;
    const struct org_figures *f = &o->of[o->top];
    struct cell c[HEAT_BEFORE + HEAT_PARTS + HEAT_AFTER], name = both(o->s.w->a, M("Mean over organisations"), NULL, 0);
    size_t n = 0, parts = r->edition.n_parts < HEAT_PARTS ? r->edition.n_parts : HEAT_PARTS;
    int64_t over = o->mean[r->edition.n_parts].organisations;
    c[n++] = C_ORG(r->nodes[o->top].code, name.ja, name.en, 0);
    c[n++] = C_TEXT(r->code);
    c[n++] = f->has_counts ? C_INT(f->reported) : C_NONE;
    c[n++] = f->has_counts ? C_INT(f->known) : C_NONE;
    c[n++] = f->told ? C_RATE(f->coverage) : C_NONE;
    c[n++] = over == 0 ? C_NONE : C_INT(over);
    c[n++] = C_NONE;
    for (size_t p = 0; p < parts; p++)
        c[n++] = o->mean[p].organisations == 0 ? C_NONE : C_RATE(o->mean[p].implementation);
    c[n++] = C_NONE;
    picked_row(o, c, n, out);
}

/* Which they are, with what they told of their own. */
static void left_out_note(const struct overview *o, struct doc *out)
{
    struct buf b = buf_in(o->s.w->a);
    bool ja = out->lang == LANG_JA;
    for (size_t i = 0; i < o->n_below; i++) {
        const struct node *n = &o->s.r->nodes[o->below[i]];
        const struct org_figures *f = &o->of[o->below[i]];
        if (!f->excluded) continue;
        if (b.n != 0) buf_add(&b, ja ? S("、") : S(", "));
        buf_add(&b, lang_pick(out->lang, n->name_ja, n->name_en));
        if (f->with_own.defined)
            buf_fmt(&b, ja ? "（%.*s）" : " (%.*s)", STR_ARG(percent_words(o->s.w->a, f->with_own)));
    }
    if (b.n != 0)
        doc_note(out, M("Left out of the analysis, in brackets the coverage with their own survey: %1"), buf_str(&b));
}

void overview_heat(struct overview *o, int32_t goal, struct doc *out)
{
    struct column columns[HEAT_BEFORE + HEAT_PARTS + HEAT_AFTER];
    size_t n = heat_columns(o, out->lang, columns);
    doc_show(out, &(struct show){.kind = SHOW_TABLE, .label = "org", .goal = goal});
    doc_table(out, "organisations", columns, n);
    for (size_t i = 0; i < o->n_below; i++) heat_row(o, o->below[i], out);
    if (o->n_below == 0) heat_row(o, o->top, out);
    else if (o->of[o->top].told) mean_of_all(o, out);
    doc_table_end(out);
    left_out_note(o, out);
}
