/* plan why: from a measure back to why it exists, and forward to what came of it. References lead from measures to cases, from
 * cases to findings, clauses and figures, and from measures to those of the years before. */
#include "case/case.h"
#include "plan/carry.h"
#include "plan/progress_store.h"
#include "surface/reference.h"

#include <string.h>

enum { WHY_DEPTH_MAX = 8, WHY_STEPS_MAX = 60 };

/* One walk: what was met is not walked again, so that nothing runs in a circle. */
struct walk {
    struct work *w;
    struct doc *out;
    bool back;             /* to where it comes from; else to what came of it */
    const struct plan *plans; /* in sight, each with its last edition */
    size_t n_plans;
    str met[WHY_STEPS_MAX];
    size_t n_met;
    bool begun, cut;
    const char *table;
    str heading;
};

/* ---- rows ---- */

enum { WHAT, DETAIL, REF, STEP, LEADS, COLUMNS = LEADS + REFERENCE_COLUMNS };

/* The buttons of a page speak in words; a terminal shows the reference. */
static void begin(const struct walk *k)
{
    static const struct column fixed[LEADS] = {
        [WHAT] = {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        [DETAIL] = {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        [REF] = {"ref", CELL_TEXT, N("Reference"), 0, NULL, NULL},
        [STEP] = {"step", CELL_INT, N("Step"), COL_DATA, NULL, NULL},
    };
    struct column *columns = arena_array(k->w->a, COLUMNS, sizeof *columns); /* outlives the table */
    memcpy(columns, fixed, sizeof fixed);
    doc_heading(k->out, k->heading);
    doc_show(k->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .alone = true});
    doc_table(k->out, k->table, columns, LEADS + reference_columns(&REFERENCE_TABLE_ALL, COL_DATA, columns + LEADS));
}

/* says: on the button that leads there. */
static void row(struct walk *k, struct cell what, struct cell detail, str ref, str says, int64_t depth)
{
    struct cell cells[COLUMNS] = {[WHAT] = what, [DETAIL] = detail, [REF] = C_TEXT(ref), [STEP] = C_INT(depth)};
    if (!k->begun) begin(k);
    k->begun = true;
    (void)reference_cells(&REFERENCE_TABLE_ALL, ref, tr(LANG_JA, says), tr(LANG_EN, says), cells + LEADS);
    doc_row(k->out, cells);
}

static struct cell two(const struct walk *k, str id, const str *ja, const str *en, size_t n)
{
    return C_BOTH(tr_fill(k->w->a, LANG_JA, id, ja, n), tr_fill(k->w->a, LANG_EN, id, en, n));
}

static str en_of(str ja, str en) { return lang_pick(LANG_EN, ja, en); }

static void case_row(struct walk *k, const struct case_head *c, int64_t depth)
{
    const str ja[] = {c->kind_ja, c->title}, en[] = {en_of(c->kind_ja, c->kind_en), c->title};
    const str at_ja[] = {c->org_ja, c->state_ja, c->number},
              at_en[] = {en_of(c->org_ja, c->org_en), en_of(c->state_ja, c->state_en), c->number};
    row(k, two(k, M("%1: %2"), ja, en, 2), two(k, M("%1, %2, %3"), at_ja, at_en, 3), reference_text(k->w->a, REFER_CASE, S(""), c->number),
        M("Show the case"), depth);
}

/* With what the last report in which it stands says of it. */
static enum err measure_row(struct walk *k, const struct plan *p, const struct plan_item *i, int64_t depth)
{
    struct progress_frozen_status *all;
    size_t n;
    enum err e = progress_frozen_of(k->w, p->id, i->key, &all, &n);
    if (e != OK) return e;
    const str ja[] = {i->key, i->title_ja}, en[] = {i->key, en_of(i->title_ja, i->title_en)};
    const struct progress_frozen_status *last = n == 0 ? NULL : &all[n - 1];
    str report = last == NULL ? S("") : str_eq(last->report, S("half")) ? M("half-year report") : M("year-end report");
    str word = status_word(last == NULL ? STATUS_NONE : last->status);
    const str at_ja[] = {p->title_ja, tr(LANG_JA, report), tr(LANG_JA, word)},
              at_en[] = {en_of(p->title_ja, p->title_en), report, word};
    struct cell detail = last == NULL ? both_cell(p->title_ja, en_of(p->title_ja, p->title_en)) : two(k, M("%1; %2: %3"), at_ja, at_en, 3);
    row(k, two(k, M("Measure %1: %2"), ja, en, 2), detail, reference_text(k->w->a, REFER_MEASURE, p->code, i->key), M("Show the measure"), depth);
    return OK;
}

/* What has no sources of its own: a clause, a round, a rate, a grade, a series … */
static enum err leaf_row(struct walk *k, const struct reference *r, int64_t depth)
{
    struct case_referred t;
    str label = reference_kinds[r->sort].label;
    enum err e = case_referred(k->w, r->whole, &t);
    if (e != OK) return e;
    const str ja[] = {tr(LANG_JA, label), t.ja}, en[] = {label, en_of(t.ja, t.en)};
    row(k, two(k, M("%1: %2"), ja, en, 2), both_cell(t.more_ja, en_of(t.more_ja, t.more_en)), r->whole, M("Show it"), depth);
    return OK;
}

/* ---- the way ---- */

static enum err step(struct walk *k, str ref, int64_t depth);

static enum err steps(struct walk *k, const str *all, size_t n, int64_t depth)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) e = step(k, all[i], depth);
    return e;
}

static enum err on_from_case(struct walk *k, const struct case_head *c, int64_t depth)
{
    str *all, ref = reference_text(k->w->a, REFER_CASE, S(""), c->number);
    size_t n;
    enum err e = k->back ? steps(k, c->source, c->n_sources, depth) : OK;
    if (k->back) return e == OK ? steps(k, c->about, c->n_about, depth) : e;
    e = case_naming(k->w, ref, &all, &n);
    if (e == OK) e = steps(k, all, n, depth);
    return e == OK ? steps(k, c->into, c->n_into, depth) : e;
}

static enum err on_from_measure(struct walk *k, const struct plan *p, const struct plan_item *i, int64_t depth)
{
    str *cases, ref = reference_text(k->w->a, REFER_MEASURE, p->code, i->key);
    struct plan_linked *all;
    size_t n, n_cases;
    enum err e = OK;
    for (size_t l = 0; k->back && e == OK && l < i->n_links; l++)
        if (str_eq(i->link[l].relation, S("from"))) e = step(k, i->link[l].target, depth);
    if (k->back || e != OK) return e;
    e = case_naming(k->w, ref, &cases, &n_cases);
    if (e == OK) e = steps(k, cases, n_cases, depth);
    if (e == OK) e = plan_linked(k->w, ref, &all, &n);
    for (size_t l = 0; e == OK && l < n; l++)
        if (str_eq(all[l].relation, S("from")))
            e = step(k, reference_text(k->w->a, REFER_MEASURE, all[l].plan, all[l].key), depth);
    return e;
}

static enum err step_measure(struct walk *k, const struct reference *r, int64_t depth)
{
    struct plan_item item;
    const struct plan *p = NULL;
    for (size_t i = 0; i < k->n_plans; i++)
        if (str_eq(k->plans[i].code, r->first)) p = &k->plans[i];
    enum err e = p == NULL ? NOTFOUND : plan_item_look(k->w, p, r->last, &item);
    if (e == OK) e = measure_row(k, p, &item, depth);
    return e == OK ? on_from_measure(k, p, &item, depth + 1) : e;
}

static enum err step_case(struct walk *k, const struct reference *r, int64_t depth)
{
    struct case_head head;
    enum err e = case_head(k->w, r->last, &head);
    if (e != OK) return e;
    case_row(k, &head, depth);
    return on_from_case(k, &head, depth + 1);
}

static bool meet(struct walk *k, str ref, int64_t depth)
{
    for (size_t i = 0; i < k->n_met; i++)
        if (str_eq(k->met[i], ref)) return false;
    if (depth > WHY_DEPTH_MAX || k->n_met == WHY_STEPS_MAX) {
        k->cut = true;
        return false;
    }
    k->met[k->n_met++] = ref;
    return true;
}

/* What is out of sight is no step, and neither is what lies behind it. */
static enum err step(struct walk *k, str ref, int64_t depth)
{
    struct reference r;
    if (!reference_parse(ref, &r) || !meet(k, ref, depth)) return OK;
    enum err e = r.sort == REFER_MEASURE ? step_measure(k, &r, depth)
                 : r.sort == REFER_CASE ? step_case(k, &r, depth)
                                              : leaf_row(k, &r, depth);
    return e == NOTFOUND ? OK : e;
}

/* ---- the block ---- */

static void walked(struct walk *k)
{
    if (k->begun) doc_table_end(k->out);
    if (k->cut) doc_note(k->out, M("The way is longer than is shown here: follow it from its last step."));
}

/* From a thing already met: its own row is the page. */
static enum err both_ways(struct work *w, str ref, const struct plan *p, const struct plan_item *i, const struct case_head *c,
                          struct doc *out, bool *any)
{
    struct plan *plans;
    size_t n;
    enum err e = plan_all(w, &plans, &n);
    *any = false;
    for (int back = 1; e == OK && back >= 0; back--) {
        struct walk k = {.w = w, .out = out, .back = back != 0, .plans = plans, .n_plans = n, .met = {ref}, .n_met = 1,
                         .table = back ? "why" : "came_of_it", .heading = back ? M("Why it exists") : M("What came of this")};
        e = c != NULL ? on_from_case(&k, c, 1) : on_from_measure(&k, p, i, 1);
        walked(&k);
        *any = *any || k.begun;
    }
    return e;
}

enum err plan_why_block(struct work *w, const struct plan *p, const struct plan_item *i, struct doc *out)
{
    bool any;
    return both_ways(w, reference_text(w->a, REFER_MEASURE, p->code, i->key), p, i, NULL, out, &any);
}

/* ---- the view ---- */

static enum err why_case(struct work *w, str number, struct doc *out, bool *any)
{
    struct case_head c;
    enum err e = case_head(w, number, &c);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("case")}),
                        M("there is no case '%1' that you may see: `meguri case list` shows those"), number);
    if (e != OK) return e;
    doc_title(out, M("%1: %2"), lang_pick(out->lang, c.kind_ja, c.kind_en), c.title);
    return both_ways(w, reference_text(w->a, REFER_CASE, S(""), number), NULL, NULL, &c, out, any);
}

static enum err why_measure(struct work *w, const struct args *in, struct doc *out, bool *any)
{
    struct plan p;
    struct plan_item i;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = plan_item(w, &p, arg_text(in, "no"), &i);
    if (e != OK) return e;
    doc_title(out, M("Measure %1: %2"), i.key, lang_pick(out->lang, i.title_ja, i.title_en));
    doc_lead(out, M("%1"), lang_pick(out->lang, p.title_ja, p.title_en));
    return both_ways(w, reference_text(w->a, REFER_MEASURE, p.code, i.key), &p, &i, NULL, out, any);
}

enum err plan_view_why(struct work *w, const struct args *in, struct doc *out)
{
    bool any = false;
    if (arg_given(in, "case") == arg_given(in, "no"))
        return fault(w, INVALID, M("give --no for a measure, or --case for a case"));
    enum err e = arg_given(in, "case") ? why_case(w, arg_text(in, "case"), out, &any) : why_measure(w, in, out, &any);
    if (e == OK && !any)
        doc_text(out, M("Nothing is recorded of where it comes from, nor of what came of it."));
    return e;
}
