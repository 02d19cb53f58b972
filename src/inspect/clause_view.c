/* inspect clause: one clause across the organisations, and over the rounds it can be followed through. */
#include "base/clock.h"
#include "inspect/acts.h"
#include "inspect/pages.h"
#include "inspect/views_store.h"

/* ---- counts of one clause, per node ---- */
struct clause_counts {
    bool told;
    int64_t arisen, done, no_occasion, excepted;
};
struct one_clause {
    struct showing s;
    str number;
    size_t clause, top;
    struct clause_counts *of; /* per node */
};

static void take_clause(void *to, str table, const struct column *columns, size_t n, const struct cell *cells)
{
    struct one_clause *x = to;
    ptrdiff_t node = round_node_by_code(x->s.r, cell_of(columns, n, cells, "org").text);
    (void)table;
    if (node < 0 || cell_of(columns, n, cells, "arisen").type != CELL_INT) return;
    x->of[node] = (struct clause_counts){.told = true,
                                         .arisen = cell_of(columns, n, cells, "arisen").i,
                                         .done = cell_of(columns, n, cells, "done").i,
                                         .no_occasion = cell_of(columns, n, cells, "no_occasion").i,
                                         .excepted = cell_of(columns, n, cells, "excepted").i};
}

static void count_standing(struct one_clause *x)
{
    const struct round *r = x->s.r;
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (!x->s.shown[i] || x->s.withheld[i]) continue;
        struct arena_mark mark = arena_mark(x->s.w->a);
        struct counts c = counts_of(x->s.w->a, r, x->s.vectors[i], false)[x->clause];
        x->of[i] = (struct clause_counts){true, c.arisen, c.done, c.no_occasion,
                                          excepted_of(r, x->s.vectors[i], x->clause, false)};
        arena_back(x->s.w->a, mark);
    }
}

static enum err count_frozen(struct one_clause *x)
{
    struct taking t;
    struct frozen_filter f = showing_filter(&x->s);
    f.ranked = true;
    f.key = S("clause");
    f.value = x->number;
    return frozen_show(x->s.w, x->s.frozen, S("clauses"), S("clauses"), &f,
                       taking_doc(&t, x->s.w, take_clause, x));
}

/* NOTFOUND with a fault when the edition has no such clause. */
static enum err clause_load(struct work *w, const struct args *in, str number, struct one_clause *out)
{
    struct one_clause x = {.number = number};
    enum err e = showing_load(w, in, 1, AS_PUBLISHED, &x.s);
    if (e != OK) return e;
    struct round *r = x.s.r;
    if (!r->has_edition)
        return fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), r->code);
    ptrdiff_t clause = standard_clause(&r->edition, number);
    if (clause < 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("clause")}), M("edition '%1' has no clause '%2'"),
                        r->edition.code, number);
    if (r->n_nodes == 0)
        return fault(w, NOTFOUND, M("your post reaches no organisation that round '%1' asked"), r->code);
    x.clause = (size_t)clause;
    x.top = x.s.node < 0 ? 0 : (size_t)x.s.node;
    x.of = arena_array(w->a, r->n_nodes + 1, sizeof *x.of);
    if (x.s.frozen == 0) count_standing(&x);
    else e = count_frozen(&x);
    if (e == OK) *out = x;
    return e;
}

/* ---- key figures ---- */
static bool next_below(const struct one_clause *x, size_t node)
{
    return x->s.r->nodes[node].up == (ptrdiff_t)x->top && x->s.shown[node];
}

static bool below_goal(const struct clause_counts *c, const struct round *r, int32_t goal)
{
    return c->arisen > 0 && rate_of_counts(c->done, c->arisen, r->rule.grades).tenths < goal;
}

static void facts(const struct one_clause *x, int32_t goal, struct doc *out)
{
    const struct round *r = x->s.r;
    const struct clause *k = &r->edition.clauses[x->clause];
    const struct clause_counts *top = &x->of[x->top];
    struct arena *a = x->s.w->a;
    int64_t with = 0, all = 0, low = 0;
    for (size_t i = 0; i < r->n_nodes; i++) {
        const struct clause_counts *c = &x->of[i];
        if (!next_below(x, i) || r->nodes[i].excluded || !c->told || c->arisen == 0) continue;
        with++;
        all += c->done == c->arisen;
        low += below_goal(c, r, goal);
    }
    if (top->told)
        doc_fact(out, "rate", M("Implementation rate"), C_RATE(rate_of_counts(top->done, top->arisen, r->rule.grades)));
    if (with > 0) {
        doc_fact_of(out, "all_done", M("Organisations where all do it"), C_INT(all), M("of %1 organisations"),
                    str_int(a, with));
        doc_fact_of(out, "below_goal", M("Organisations below the goal"), C_INT(low), M("goal %1"),
                    percent_words(a, rate_of_tenths(goal)));
    }
    doc_fact_of(out, "level", M("Level"), C_ENUM(k->enhanced ? S("enhanced") : S("basic")), M("binds: %1"),
                tr(out->lang, k->duty));
}

/* ---- over the rounds ---- */
static const struct column round_columns[] = {
    {"round", CELL_TEXT, N("Round"), 0, "inspect clause", "round"},
    {"code", CELL_TEXT, N("Code"), COL_DATA, NULL, NULL},
    {"base", CELL_DATE, N("Base date"), COL_DETAIL, NULL, NULL},
    {"clause", CELL_CLAUSE, N("Clause"), COL_DETAIL, "inspect clause", "clause"},
    {"arisen", CELL_INT, N("Arisen"), COL_DETAIL, NULL, NULL},
    {"rate", CELL_RATE, N("Rate"), 0, NULL, NULL, NULL, "arisen"},
    {"state", CELL_ENUM, N("Continues"), 0, NULL, NULL},
    {"reason", CELL_TEXT, N("What changed"), 0, NULL, NULL},
};
enum { ROUNDS_MAX = 40 };
struct past {
    str code, title_ja, title_en, number, reason_ja, reason_en;
    int64_t base;
    struct clause_counts counts;
    bool broken; /* not the same as in the round before it in time: the line is cut between the two */
};

/* The clause of the earlier edition it goes on from. *broken: not one to one and unchanged. NOTFOUND: from none. */
static enum err go_back(struct work *w, const struct edition *from, const struct edition *to, str number,
                        struct past *later, str *earlier)
{
    ptrdiff_t *same;
    bool mapped;
    struct origin *all;
    size_t n, from_some = 0;
    ptrdiff_t at = standard_clause(to, number);
    enum err e = standard_continues(w, from, to, &same, &mapped);
    if (e != OK) return e;
    if (at >= 0 && same[at] >= 0) {
        *earlier = from->clauses[same[at]].number;
        return OK;
    }
    if ((e = clause_origins(w, from->id, to->id, number, &all, &n)) != OK) return e;
    later->broken = true;
    for (size_t i = 0; i < n; i++) {
        if (all[i].number.n == 0) continue;
        *earlier = all[i].number;
        from_some++;
    }
    if (n > 0) {
        later->reason_ja = all[0].reason_ja;
        later->reason_en = all[0].reason_en;
    }
    return from_some == 1 ? OK : NOTFOUND;
}

static enum err past_counts(struct work *w, str round, str number, const struct org *org, struct past *out)
{
    static const struct param names[] = {{"round", P_CODE}, {"org", P_ORG}};
    struct arg given[] = {{.param = &names[0], .text = round}, {.param = &names[1]}};
    if (org != NULL) given[1].org = *org;
    struct one_clause x;
    int64_t before = w->faults.count;
    enum err e = clause_load(w, &(struct args){given, org == NULL ? 1 : 2}, number, &x);
    if (e == NOTFOUND) w->faults.count = before; /* that organisation was not there, or not seen: no figure */
    if (e != OK) return e == NOTFOUND ? OK : e;
    out->counts = x.of[x.top];
    out->base = x.s.r->base;
    return OK;
}

/* Newest first, from the round shown back as far as the clause can be followed. */
static enum err follow(const struct one_clause *x, const struct org *org, struct past *all, size_t *n)
{
    struct work *w = x->s.w;
    str *codes, number = x->number;
    size_t n_codes;
    struct edition later = x->s.r->edition;
    enum err e = round_codes(w, &codes, &n_codes);
    for (size_t i = 0; e == OK && i < n_codes && *n < ROUNDS_MAX; i++) {
        struct round r;
        struct edition ed;
        int64_t edition;
        if ((e = round_row(w, codes[i], &r, &edition)) != OK) return e;
        if (edition == 0 || r.frame != x->s.r->frame || r.base >= all[*n - 1].base) continue;
        if ((e = standard_edition_by_id(w, edition, &ed)) != OK) return e;
        e = go_back(w, &ed, &later, number, &all[*n - 1], &number);
        if (e == NOTFOUND) return OK;
        if (e != OK) return e;
        all[*n] = (struct past){.code = r.code, .title_ja = r.title_ja, .title_en = r.title_en, .number = number,
                                .base = r.base};
        if ((e = past_counts(w, r.code, number, org, &all[*n])) != OK) return e;
        later = ed;
        (*n)++;
    }
    return e;
}

static enum err over_rounds(const struct one_clause *x, const struct org *org, int32_t goal, struct doc *out)
{
    const struct round *r = x->s.r;
    struct past all[ROUNDS_MAX] = {{.code = r->code, .title_ja = r->title_ja, .title_en = r->title_en,
                                    .number = x->number, .base = r->base, .counts = x->of[x->top]}};
    size_t n = 1;
    enum err e = follow(x, org, all, &n);
    if (e != OK) return e;
    doc_heading(out, M("Round by round"));
    doc_show(out, &(struct show){.kind = SHOW_LINE, .label = "round", .values = {"rate"}, .state = "state",
                                 .detail = "reason", .goal = goal});
    DOC_TABLE(out, "rounds", round_columns);
    for (size_t i = n; i-- > 0;) {
        const struct past *p = &all[i];
        bool told = p->counts.told && p->counts.arisen > 0;
        DOC_ROW(out,
                ((struct cell){.type = CELL_TEXT, .text = p->code, .ja = p->title_ja, .en = p->title_en}),
                C_TEXT(p->code), C_DATE(p->base), C_CLAUSE(p->number),
                told ? C_INT(p->counts.arisen) : C_NONE,
                told ? C_RATE(rate_of_counts(p->counts.done, p->counts.arisen, r->rule.grades)) : C_NONE,
                p->broken ? C_ENUM(S("break")) : C_ENUM(S("same")),
                both_cell(p->reason_ja, p->reason_en));
    }
    doc_table_end(out);
    return OK;
}

/* ---- organisation by organisation ---- */
static const struct column org_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect clauses", "org"},
    {"rate", CELL_RATE, N("Rate"), COL_BAR, NULL, NULL, NULL, "arisen"},
    {"arisen", CELL_INT, N("Arisen"), COL_DETAIL, NULL, NULL},
    {"done", CELL_INT, N("Done"), 0, NULL, NULL},
    {"not_done", CELL_INT, N("Not done"), 0, NULL, NULL},
    {"no_occasion", CELL_INT, N("No occasion"), 0, NULL, NULL},
    {"excepted", CELL_INT, N("Exceptions"), 0, NULL, NULL},
    {"unknown", CELL_INT, N("Unknown"), 0, "inspect missing", "org"},
    {"answered", CELL_INT, N("Answered"), COL_DATA, NULL, NULL},
    {"share", CELL_RATE, N("Share of no occasion"), COL_DETAIL, "inspect arisen", "org", NULL, "answered"},
    {"outlier", CELL_BOOL, N("Outlier"), COL_DETAIL, NULL, NULL},
    {"left_out", CELL_BOOL, N("Left out of the analysis"), COL_DETAIL, NULL, NULL},
};

/* Of those the clause binds: of a basic one all with the duty. Of an enhanced one it depends on who adopted it, which
 * the sums do not say; neither do frozen figures. */
static struct cell unknown(const struct one_clause *x, size_t node)
{
    const struct round *r = x->s.r;
    if (x->s.frozen != 0 || r->edition.clauses[x->clause].enhanced) return C_NONE;
    int64_t *const *v = x->s.vectors[node];
    size_t duty = r->clause_duty[x->clause];
    int64_t reported = v[TALLY_FRAME] == NULL ? 0 : v[TALLY_FRAME][at_duty(duty, REPORTED)],
            known = v[TALLY_CONFIRMED] == NULL ? 0 : v[TALLY_CONFIRMED][at_duty(duty, KNOWN)];
    return C_INT(reported - known);
}

static void org_row(const struct one_clause *x, size_t node, struct rate median, struct doc *out)
{
    const struct round *r = x->s.r;
    const struct clause_counts *c = &x->of[node];
    const struct node *o = &r->nodes[node];
    struct cell name = C_ORG(o->code, o->name_ja, o->name_en, node == x->top ? 0 : 1);
    if (!c->told) {
        DOC_ROW(out, name, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        return;
    }
    struct share share = {.node = node, .known = c->arisen + c->no_occasion, .no_occasion = c->no_occasion};
    bool may_be_none = r->edition.clauses[x->clause].no_occasion && share.known > 0;
    DOC_ROW(out, name, C_RATE(rate_of_counts(c->done, c->arisen, r->rule.grades)), C_INT(c->arisen), C_INT(c->done),
            C_INT(c->arisen - c->done), C_INT(c->no_occasion), C_INT(c->excepted), unknown(x, node),
            C_INT(share.known), may_be_none ? C_RATE(rate_of_counts(share.no_occasion, share.known, NULL)) : C_NONE,
            C_BOOL(node != x->top && may_be_none && share_outlies(&share, median)), C_BOOL(o->excluded));
}

struct shares {
    struct share *all;
    size_t n, *at; /* per node: its place */
    int64_t with;  /* those with an answer: the median is over them */
    struct rate median;
};

static struct shares shares_of(const struct one_clause *x)
{
    const struct round *r = x->s.r;
    struct arena *a = x->s.w->a;
    struct shares s = {.all = arena_array(a, r->n_nodes + 1, sizeof *s.all),
                       .at = arena_array(a, r->n_nodes + 1, sizeof *s.at)};
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (!next_below(x, i)) continue;
        s.at[i] = s.n;
        s.with += x->of[i].arisen + x->of[i].no_occasion > 0;
        s.all[s.n++] = (struct share){.node = i, .known = x->of[i].arisen + x->of[i].no_occasion,
                                      .no_occasion = x->of[i].no_occasion};
    }
    if (r->edition.clauses[x->clause].no_occasion && s.n > 1) s.median = median_of_others(a, s.all, s.n, s.n);
    return s;
}

static void by_organisation(const struct one_clause *x, const struct shares *s, int32_t goal, struct doc *out)
{
    const struct round *r = x->s.r;
    doc_heading(out, M("Organisation by organisation"));
    doc_show(out, &(struct show){.kind = SHOW_BARS, .label = "org", .values = {"rate"}, .goal = goal});
    DOC_TABLE(out, "organisations", org_columns);
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (!next_below(x, i)) continue;
        bool asked = s->median.defined;
        org_row(x, i, asked ? median_of_others(x->s.w->a, s->all, s->n, s->at[i]) : s->median, out);
    }
    org_row(x, x->top, s->median, out);
    doc_table_end(out);
}

/* Where it is weak, or outlies, a finding may be opened (room case): organisation, clause and round go along. */
static void weak_ones(const struct one_clause *x, const struct shares *s, int32_t goal, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect clauses", "org"},
        {"rate", CELL_RATE, N("Rate"), COL_BAR, NULL, NULL, NULL, "arisen"},
        {"arisen", CELL_INT, N("Arisen"), COL_DATA, NULL, NULL},
        {"outlier", CELL_BOOL, N("Outlier"), 0, NULL, NULL},
        {"finding", CELL_TEXT, N("Open a finding"), 0, "case open", "kind"},
        {"recommendation", CELL_TEXT, N("Recommend"), 0, "case open", "kind"},
        {"at_org", CELL_TEXT, N("Organisation"), COL_DATA, NULL, "org"},
        {"source", CELL_TEXT, N("Comes from"), COL_DATA, NULL, "source"},
        {"title", CELL_TEXT, N("Subject"), COL_DATA, NULL, "title"},
    };
    const struct round *r = x->s.r;
    struct arena *a = x->s.w->a;
    const struct clause *k = &r->edition.clauses[x->clause];
    str source = str_fmt(a, "clause:%.*s/%.*s", STR_ARG(r->edition.code), STR_ARG(k->number));
    str title = tr_fill(a, out->lang, M("Clause %1 is carried out too little"), &k->number, 1);
    bool begun = false;
    for (size_t i = 0; opens_findings(x->s.w) && i < r->n_nodes; i++) {
        const struct clause_counts *c = &x->of[i];
        const struct node *o = &r->nodes[i];
        if (!next_below(x, i) || !c->told) continue;
        bool outlier = s->median.defined && c->arisen + c->no_occasion > 0 &&
                       share_outlies(&s->all[s->at[i]], median_of_others(x->s.w->a, s->all, s->n, s->at[i]));
        if (!below_goal(c, r, goal) && !outlier) continue;
        if (!begun) doc_heading(out, M("Below the goal, or an outlier"));
        if (!begun) DOC_TABLE(out, "weak", columns);
        begun = true;
        DOC_ROW(out, C_ORG(o->code, o->name_ja, o->name_en, 0), C_RATE(rate_of_counts(c->done, c->arisen, r->rule.grades)),
                C_INT(c->arisen), C_BOOL(outlier), C_TEXT(S("finding")),
                recommends_to(&x->s, i) ? C_TEXT(S("recommendation")) : C_NONE, C_TEXT(o->code), C_TEXT(source),
                C_TEXT(title));
    }
    if (begun) doc_table_end(out);
}

enum err inspect_view_clause(struct work *w, const struct args *in, struct doc *out)
{
    struct one_clause x;
    int32_t goal = goal_of(in);
    if (goal <= 0 || goal > 1000)
        return fault_in(w, INVALID, ((struct where){.field = S("goal")}), M("a goal from 1 to 100 percent"));
    enum err e = clause_load(w, in, arg_text(in, "clause"), &x);
    if (e != OK) return e;
    const struct round *r = x.s.r;
    const struct clause *k = &r->edition.clauses[x.clause];
    const struct part *part = &r->edition.parts[k->part];
    doc_title(out, M("%1 %2"), k->number, lang_pick(out->lang, part->title_ja, part->title_en));
    doc_lead(out, M("%1"), lang_pick(out->lang, k->text_ja, k->text_en));
    struct shares shares = shares_of(&x);
    facts(&x, goal, out);
    if (shares.median.defined)
        doc_fact_of(out, "median_no_occasion", M("Median share of no occasion"), C_RATE(shares.median),
                    M("over %1 organisations"), str_int(w->a, shares.with));
    if ((e = over_rounds(&x, arg_org(in, "org"), goal, out)) != OK) return e;
    by_organisation(&x, &shares, goal, out);
    weak_ones(&x, &shares, goal, out);
    doc_note(out, M("Rate: those who do it ÷ those whose duty arose, among those known. Exceptions follow the rule of "
                    "the round."));
    if (k->no_occasion)
        doc_note(out, M("Outlier: 25 points or more from the median of the others below the same organisation, on ten "
                        "answers or more."));
    if (k->enhanced)
        doc_note(out, M("An enhanced clause binds only where it was adopted, so the unknown are not counted here."));
    return showing_notes(&x.s, out);
}
