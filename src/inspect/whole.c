/* inspect whole: the government on one sheet, or a ministry and its bureaus. */
#include "base/clock.h"
#include "inspect/acts.h"
#include "inspect/entered.h"
#include "inspect/pages.h"
#include "inspect/rollup_acts.h"

/* ---- key figures ---- */
static void organisations_counted(const struct overview *o, int64_t *in, int64_t *out)
{
    *in = *out = 0;
    for (size_t i = 0; i < o->n_below; i++) {
        bool left = o->of[o->below[i]].excluded;
        *in += !left;
        *out += left;
    }
}

static void coverage_facts(const struct overview *o, struct doc *out)
{
    struct arena *a = o->s.w->a;
    const struct org_figures *f = &o->of[o->top];
    int64_t in, left;
    organisations_counted(o, &in, &left);
    if (f->has_counts && left > 0)
        doc_fact_of(out, "reported", M("Respondents reported on"), C_INT(f->reported),
                    M("%1 organisations (and %2 left out of the analysis)"), str_int(a, in), str_int(a, left));
    else if (f->has_counts && in > 0)
        doc_fact_of(out, "reported", M("Respondents reported on"), C_INT(f->reported), M("%1 organisations"),
                    str_int(a, in));
    else if (f->has_counts) doc_fact(out, "reported", M("Respondents reported on"), C_INT(f->reported));
    if (!f->told) return;
    if (f->provisional.defined && f->provisional.tenths != f->coverage.tenths)
        doc_fact_of(out, "coverage", M("Coverage rate"), C_RATE(f->coverage), M("with those submitted %1"),
                    percent_words(a, f->provisional));
    else doc_fact(out, "coverage", M("Coverage rate"), C_RATE(f->coverage));
}

static str goal_words(struct arena *a, int32_t goal) { return percent_words(a, rate_of_tenths(goal)); }

static str threshold_words(struct arena *a, int32_t tenths) /* "100%": a threshold is a whole number, mostly */
{
    return tenths % 10 == 0 ? str_fmt(a, "%d%%", tenths / 10) : goal_words(a, tenths);
}

static void mean_facts(const struct overview *o, int32_t goal, struct doc *out)
{
    struct arena *a = o->s.w->a;
    const struct mean_figures *m = &o->mean[o->s.r->edition.n_parts];
    const struct rate *own = &o->of[o->top].part[o->s.r->edition.n_parts];
    if (m->organisations == 0) {
        if (own->defined && o->n_below == 0)
            doc_fact_of(out, "implementation", M("Implementation rate"), C_RATE(*own), M("goal %1"),
                        goal_words(a, goal));
        return;
    }
    doc_fact_of(out, "implementation_mean", M("Implementation rate (mean)"), C_RATE(m->implementation),
                M("goal %1, mean over %2 organisations"), goal_words(a, goal), str_int(a, m->organisations));
    if (o->s.r->rule.n_thresholds == 0) return;
    doc_fact_of(out, "attainment_mean", M("Attainment (mean)"), C_RATE(m->attained[0]),
                M("share of the clauses that %1 or more of those concerned carry out"),
                threshold_words(a, o->s.r->rule.threshold[0]));
}

static void date_fact(const struct overview *o, const struct phase *phases, const struct days *days, struct doc *out)
{
    const struct round *r = o->s.r;
    struct arena *a = o->s.w->a;
    int64_t now = today(o->s.w);
    if (!r->has_edition) return;
    if (r->has_due && str_eq(r->state, S("open")) && now <= r->due)
        doc_fact_of(out, "due", M("Due"), C_DATE(r->due), M("%1 working days left"),
                    str_int(a, days_between(days, now, r->due)));
    else if (str_eq(r->state, S("open")))
        doc_fact_of(out, "publication", M("Publication"), C_DATE(phases[2].until), M("planned; %1 working days left"),
                    str_int(a, days_between(days, now, phases[2].until)));
    else doc_fact(out, "publication", M("Published"), C_DATE(phases[2].until));
    if (str_eq(r->state, S("open"))) working_days_note(days, now, r->has_due && now <= r->due ? r->due : phases[2].until, out);
}

/* ---- what waits ---- */
static const struct column call_columns[] = {
    {"what", CELL_TEXT, N("What waits"), 0, NULL, NULL},
    {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
    {"org", CELL_ORG, N("Look at the figures"), 0, "inspect rates", "org"},
    {"part", CELL_CLAUSE, N("Look at the clauses"), 0, "inspect clauses", "part"},
    {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
};

struct list { /* names, "丁省、午省", at most three and how many more */
    struct buf text;
    size_t n, worst;
};

static void list_add(struct overview *o, enum lang lang, struct list *l, size_t node)
{
    const struct node *x = &o->s.r->nodes[node];
    if (l->n < 3)
        buf_fmt(&l->text, "%s%.*s", l->n == 0 ? "" : lang == LANG_JA ? "、" : ", ",
                STR_ARG(lang_pick(lang, x->name_ja, x->name_en)));
    l->n++;
}

static struct cell org_cell(const struct overview *o, size_t node)
{
    const struct node *x = &o->s.r->nodes[node];
    return C_ORG(x->code, x->name_ja, x->name_en, 0);
}

static str filled(struct doc *out, str id, str one, str two)
{
    const str args[] = {one, two};
    return tr_fill(out->w->a, out->lang, id, args, 2);
}

static void call_left_out(struct overview *o, struct doc *out)
{
    struct list l = {.text = buf_in(o->s.w->a)};
    for (size_t i = 0; i < o->n_below; i++) {
        if (!o->of[o->below[i]].excluded) continue;
        if (l.n == 0) l.worst = o->below[i];
        list_add(o, out->lang, &l, o->below[i]);
    }
    if (l.n == 0) return;
    DOC_ROW(out, C_TEXT(filled(out, M("How to publish those left out of the analysis: %1"), buf_str(&l.text), S(""))),
            C_TEXT(filled(out, M("%1 organisations; their coverage is shown, their rates are in no mean."),
                          str_int(o->s.w->a, (int64_t)l.n), S(""))),
            C_ENUM(S("wait")), org_cell(o, l.worst), C_NONE, C_TEXT(o->s.r->code));
}

static bool below_in_all(const struct overview *o, size_t node, int32_t goal)
{
    const struct org_figures *f = &o->of[node];
    size_t n = 0;
    for (size_t p = 0; p < o->s.r->edition.n_parts; p++) {
        if (!f->part[p].defined) continue;
        if (f->part[p].tenths >= goal) return false;
        n++;
    }
    return n > 0 && !f->excluded;
}

static void call_below(struct overview *o, int32_t goal, struct doc *out)
{
    struct list l = {.text = buf_in(o->s.w->a)};
    size_t whole = o->s.r->edition.n_parts;
    for (size_t i = 0; i < o->n_below; i++) {
        size_t node = o->below[i];
        if (!below_in_all(o, node, goal)) continue;
        if (l.n == 0 || o->of[node].part[whole].tenths < o->of[l.worst].part[whole].tenths) l.worst = node;
        list_add(o, out->lang, &l, node);
    }
    if (l.n == 0) return;
    DOC_ROW(out, C_TEXT(filled(out, M("Below the goal in every part: %1"), buf_str(&l.text), S(""))),
            C_TEXT(filled(out, M("%1 organisations are below %2 in every part they have a figure for."),
                          str_int(o->s.w->a, (int64_t)l.n), goal_words(o->s.w->a, goal))),
            C_ENUM(S("lack")), org_cell(o, l.worst), C_NONE, C_TEXT(o->s.r->code));
}

/* The part farthest below. */
static void call_parts(struct overview *o, int32_t goal, struct doc *out)
{
    const struct edition *ed = &o->s.r->edition;
    struct arena *a = o->s.w->a;
    struct buf names = buf_in(a);
    size_t worst = ed->n_parts, n = 0;
    for (size_t p = 0; p < ed->n_parts; p++) {
        if (o->mean[p].organisations == 0 || o->mean[p].implementation.tenths >= goal) continue;
        if (n++ > 0) buf_add(&names, out->lang == LANG_JA ? S("、") : S(", "));
        buf_add(&names, part_label(a, out->lang, ed->parts[p].code));
        if (worst == ed->n_parts || o->mean[p].implementation.tenths < o->mean[worst].implementation.tenths) worst = p;
    }
    if (n == 0) return;
    str lowest = lang_pick(out->lang, ed->parts[worst].title_ja, ed->parts[worst].title_en);
    DOC_ROW(out, C_TEXT(filled(out, M("Parts whose mean is below the goal: %1"), buf_str(&names), S(""))),
            C_TEXT(filled(out, M("Lowest is '%1' with %2."), lowest,
                          percent_words(a, o->mean[worst].implementation))),
            C_ENUM(S("lack")), C_NONE, part_cell(o->s.r, worst), C_TEXT(o->s.r->code));
}

void whole_calls(struct overview *o, int32_t goal, struct doc *out)
{
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state",
                                 .alone = true});
    DOC_TABLE(out, "waiting", call_columns);
    call_left_out(o, out);
    call_below(o, goal, out);
    call_parts(o, goal, out);
    doc_table_end(out);
}

/* ---- attainment ---- */
static void attainment(const struct overview *o, struct doc *out)
{
    const struct round *r = o->s.r;
    struct arena *a = o->s.w->a;
    struct column columns[2 + THRESHOLDS_MAX] = {
        {"part", CELL_CLAUSE, M("Part"), 0, "inspect clauses", "part"},
        {"organisations", CELL_INT, M("Organisations in the mean"), COL_DATA, NULL, NULL}};
    struct show show = {.kind = SHOW_STACKED, .label = "part", .alone = true};
    size_t n = 2;
    for (size_t t = 0; t < r->rule.n_thresholds; t++) {
        str at = rate_text(a, rate_of_tenths(r->rule.threshold[t]));
        if (str_ends(at, S(".0"))) at = str_sub(at, 0, at.n - 2);
        const char *key = str_fmt(a, "attainment_%.*s", STR_ARG(at)).p;
        if (t < SHOW_SIDE_BY_SIDE) show.values[t] = key;
        columns[n++] = (struct column){key, CELL_RATE, str_fmt(a, "%.*s %%+", STR_ARG(at)), 0, NULL, NULL, NULL,
                                       "organisations"};
    }
    doc_show(out, &show);
    doc_table(out, "attainment", columns, n);
    for (size_t p = 0; p < r->edition.n_parts; p++) {
        bool mean = o->mean[p].organisations != 0, own = o->n_below == 0 && o->of[o->top].part[p].defined;
        const struct rate *of = mean ? o->mean[p].attained : own ? o->of[o->top].attained[p] : NULL;
        struct cell c[2 + THRESHOLDS_MAX] = {C_CLAUSE(r->edition.parts[p].code),
                                             mean ? C_INT(o->mean[p].organisations) : C_NONE};
        for (size_t t = 0; t < r->rule.n_thresholds; t++) c[2 + t] = of == NULL ? C_NONE : C_RATE(of[t]);
        if (of != NULL) doc_row(out, c);
    }
    doc_table_end(out);
}

/* ---- like for like ---- */
static const struct column change_columns[] = {
    {"part", CELL_CLAUSE, N("Part"), 0, "inspect clauses", "part"},
    {"published", CELL_RATE, N("As shown"), 0, NULL, NULL},
    {"now", CELL_RATE, N("Comparable now"), 0, NULL, NULL, NULL, "organisations"},
    {"before", CELL_RATE, N("Comparable earlier"), 0, NULL, NULL, NULL, "organisations"},
    {"difference", CELL_RATE, N("Difference in points"), COL_SIGN, NULL, NULL},
    {"clauses", CELL_INT, N("Clauses compared"), 0, NULL, NULL},
    {"clauses_all", CELL_INT, N("of all clauses"), 0, NULL, NULL},
    {"organisations", CELL_INT, N("Organisations compared"), COL_DATA, NULL, NULL},
};

static void change_row(struct overview *o, const struct likeness *x, size_t part, struct doc *out)
{
    const struct grades *g = o->s.r->rule.grades;
    struct alike k;
    if (o->n_below == 0) likeness_of(x, &o->top, 1, part, &k);
    else likeness_of(x, o->below, o->n_below, part, &k);
    if (k.now == NULL || k.then == NULL) return;
    struct rate now = rate_of(k.now, g), then = rate_of(k.then, g);
    struct rate shown = o->n_below == 0 ? o->of[o->top].part[part] : o->mean[part].implementation;
    DOC_ROW(out, C_CLAUSE(o->s.r->edition.parts[part].code), shown.defined ? C_RATE(shown) : C_NONE, C_RATE(now),
            C_RATE(then),
            C_RATE(rate_of_tenths(now.tenths - then.tenths)), C_INT(k.clauses), C_INT(k.all),
            o->n_below == 0 ? C_NONE : C_INT(k.organisations));
}

/* A round to compare with that was named must be there; one that was looked for may be missing. */
static enum err changes(struct work *w, const struct args *in, struct overview *o, struct doc *out)
{
    struct likeness *x;
    str named = arg_text(in, "against");
    enum err e = named.n != 0 ? likeness_load(w, o->s.r, named, &x) : likeness_find(w, o->s.r, &x);
    if (e == NOTFOUND && named.n != 0)
        return w->faults.count > 0 ? e
                                   : fault(w, INVALID, M("'%1' cannot be compared with '%2' like for like: their "
                                                         "clauses are not mapped to each other"), o->s.r->code, named);
    if (e != OK) return e == NOTFOUND ? OK : e;
    const struct round *before = likeness_before(x);
    doc_heading(out, M("Changes against '%1', like for like"),
                lang_pick(out->lang, before->title_ja, before->title_en));
    doc_text(out, M("Compared over the clauses that go on unchanged (%, difference in points; ▲ is a fall)."));
    DOC_TABLE(out, "changes", change_columns);
    for (size_t p = 0; p < o->s.r->edition.n_parts; p++) change_row(o, x, p, out);
    doc_table_end(out);
    doc_note(out, M("Both sides of the comparison are counted from the sheets as they stand, as means over the "
                    "organisations in the analysis of both rounds."));
    return OK;
}

/* ---- the sheet ---- */
static void notes(const struct overview *o, struct doc *out)
{
    int64_t in, left;
    organisations_counted(o, &in, &left);
    if (left > 0 && o->has_rates)
        doc_note(out, M("Means are simple means over the other %1 organisations (coverage is that of the sums)."),
                 str_int(o->s.w->a, in));
    if (!o->s.r->has_edition)
        doc_note(out, M("This round holds what was published, and no more: there are no sheets behind it."));
    if (o->has_rates)
        doc_note(out, M("Rate of a part: simple mean of the rates of its clauses. Clauses for which no duty arose are "
                        "in no mean."));
}

static void overview_words(const struct overview *o, struct doc *out)
{
    const struct round *r = o->s.r;
    str title = lang_pick(out->lang, r->title_ja, r->title_en);
    str base = lang_date(o->s.w->a, out->lang, r->base);
    if (r->has_edition)
        doc_lead(out, M("%1 · base date %2 · %3 · %4"), title, base,
                 lang_pick(out->lang, r->edition.title_ja, r->edition.title_en),
                 lang_pick(out->lang, r->nodes[o->top].name_ja, r->nodes[o->top].name_en));
    else doc_lead(out, M("%1 · base date %2"), title, base);
}

static enum err rest(struct work *w, const struct args *in, struct overview *o, int32_t goal, struct doc *out)
{
    enum err e = o->has_rates ? changes(w, in, o, out) : OK;
    doc_grid(out, "next");
    if (o->has_rates && o->n_below > 0) {
        doc_heading(out, M("What waits for a decision"));
        whole_calls(o, goal, out);
    }
    if (o->has_rates) {
        doc_heading(out, o->n_below > 0 ? M("Attainment (mean over organisations, %)") : M("Attainment (%)"));
        doc_text(out, M("Share of the clauses that 100, 95 or 90 percent of those whose duty arose carry out."));
        attainment(o, out);
    }
    doc_grid(out, "end");
    return e;
}

enum err inspect_view_whole(struct work *w, const struct args *in, struct doc *out)
{
    struct overview o;
    struct phase phases[PHASES];
    int32_t goal = goal_of(in);
    if (goal <= 0 || goal > 1000)
        return fault_in(w, INVALID, ((struct where){.field = S("goal")}), M("a goal from 1 to 100 percent"));
    struct days days;
    enum err e = overview_load(w, in, &o);
    if (e == OK) e = days_load(w, &days);
    if (e == OK) e = round_phases(w, o.s.r, phases);
    if (e != OK) return e;
    if (o.s.node > 0)
        doc_title(out, M("%1 on one sheet"),
                  lang_pick(out->lang, o.s.r->nodes[o.top].name_ja, o.s.r->nodes[o.top].name_en));
    overview_words(&o, out);
    coverage_facts(&o, out);
    mean_facts(&o, goal, out);
    date_fact(&o, phases, &days, out);
    const struct node *top = &o.s.r->nodes[o.top];
    if (o.s.r->has_edition && (e = unnamed_fact(w, o.s.r, top->lo, top->hi, out)) != OK) return e;
    doc_grid(out, "side");
    doc_heading(out, o.has_rates ? M("Implementation rates by organisation and part (%)")
                                 : o.has_grades && !o.has_coverage ? M("Grades by organisation")
                                                                   : M("Coverage by organisation (%)"));
    overview_heat(&o, goal, out);
    if ((e = rest(w, in, &o, goal, out)) != OK) return e;
    notes(&o, out);
    bool told = o.s.r->has_edition && !o.s.withheld[o.top];
    if (told && (e = entered_note(w, o.s.r, top->lo, top->hi, out)) != OK) return e;
    return showing_notes(&o.s, out);
}
