/* plan candidates, plan carry: what the next plan takes over from what is unfinished. */
#include "case/case.h"
#include "plan/acts.h"
#include "plan/carry.h"
#include "plan/status.h"
#include "surface/door.h"
#include "surface/reference.h"

#define HEADING S("carried") /* the key of the heading they stand under */

struct carrying {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct plan into, earlier;
    struct candidate *all;
    size_t n;
    struct owners owners;
};

/* ---- which plans ---- */

/* The newest draft of an annual plan that is the actor's. */
static enum err own_draft(struct work *w, str *code)
{
    struct plan *all;
    size_t n;
    enum err e = plan_all(w, &all, &n); /* newest first */
    for (size_t i = 0; e == OK && code->n == 0 && i < n; i++)
        if (str_eq(all[i].kind, S("annual")) && str_eq(all[i].state, S("draft")) && plan_mine(w, &all[i]))
            *code = all[i].code;
    return e;
}

/* NOTFOUND without a fault: none was asked for, and there is no draft. */
static enum err plans_load(struct carrying *c)
{
    struct work *w = c->w;
    str into = arg_text(c->in, "into"), from = arg_text(c->in, "from");
    enum err e = into.n == 0 ? own_draft(w, &into) : OK;
    if (e == OK && into.n == 0) return NOTFOUND;
    if (e == OK) e = plan_find(w, into, 0, &c->into);
    if (e == OK) e = from.n != 0 ? plan_find(w, from, 0, &c->earlier) : plan_before(w, &c->into, &c->earlier);
    if (e != OK) return e;
    if (c->earlier.id != 0 && c->earlier.id == c->into.id)
        return fault_in(w, INVALID, ((struct where){.field = S("from")}), M("a plan takes nothing over from itself"));
    e = carry_candidates(w, &c->into, c->earlier.id == 0 ? NULL : &c->earlier, &c->all, &c->n);
    return e == OK ? owners_load(w, &c->into, c->into.since, &c->owners) : e;
}

static bool is_draft(const struct plan *p) { return p->is_last && str_eq(p->state, S("draft")); }

/* ---- the view ---- */

static const struct column candidate_columns[] = {
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"what", CELL_ENUM, N("What it is now"), 0, NULL, NULL},
    {"stands", CELL_TEXT, N("How it stands"), 0, NULL, NULL},
    {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
    {"case", CELL_TEXT, N("Case"), 0, "case show", "case"},
    {"measure", CELL_TEXT, N("In the earlier plan"), 0, "plan measure", "no"},
    {"due", CELL_DATE, N("To be done by"), COL_DATA, NULL, NULL},
    {"text", CELL_TEXT, N("Text"), COL_DATA, NULL, NULL}, /* beside ten columns nobody can read it */
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    {"take", CELL_TEXT, N("Take over"), COL_PICK, "plan carry", "candidate"},
};

static struct cell what_cell(const struct candidate *x)
{
    if (x->from == CANDIDATE_CASE)
        return (struct cell){.type = CELL_ENUM, .text = S("case"), .ja = x->kind_ja,
                             .en = lang_pick(LANG_EN, x->kind_ja, x->kind_en)};
    return item_kind_cell(x->from == CANDIDATE_MEASURE ? ITEM_MEASURE : ITEM_DIRECTION);
}

static struct cell stands_cell(const struct candidate *x)
{
    if (x->from == CANDIDATE_CASE) return both_cell(x->state_ja, lang_pick(LANG_EN, x->state_ja, x->state_en));
    return x->from == CANDIDATE_MEASURE ? words_cell(status_word(x->status)) : C_NONE;
}

static void candidate_row(const struct carrying *c, const struct candidate *x, bool may_take)
{
    struct arena *a = c->w->a;
    struct arena_mark mark = arena_mark(a);
    const struct plan_item *i = &x->becomes;
    DOC_ROW(c->out, both_cell(i->title_ja, lang_pick(LANG_EN, i->title_ja, i->title_en)), what_cell(x), stands_cell(x),
            both_cell(owners_words(a, LANG_JA, &c->owners, i), owners_words(a, LANG_EN, &c->owners, i)),
            text_cell(x->number), text_cell(x->key), x->has_due ? C_DATE(x->due) : C_NONE,
            both_cell(i->text_ja, lang_pick(LANG_EN, i->text_ja, i->text_en)), text_cell(x->plan),
            may_take ? C_TEXT(x->ref) : C_NONE);
    arena_back(a, mark);
}

static void head(const struct carrying *c)
{
    enum lang lang = c->out->lang;
    const struct plan *p = &c->into, *q = &c->earlier;
    doc_lead(c->out, M("Into: %1"), lang_pick(lang, p->title_ja, p->title_en));
    doc_fact(c->out, "into", M("Into the plan"), C_TEXT(p->code));
    if (q->id != 0)
        doc_fact_of(c->out, "from", M("Earlier plan"), C_TEXT(q->code), M("%1"), lang_pick(lang, q->title_ja, q->title_en));
    doc_fact(c->out, "candidates", M("May be taken over"), C_INT((int64_t)c->n));
}

enum err plan_view_candidates(struct work *w, const struct args *in, struct doc *out)
{
    struct carrying c = {.w = w, .in = in, .out = out};
    enum err e = plans_load(&c);
    if (e == NOTFOUND && w->faults.count == 0) {
        doc_text(out, M("There is no draft of an annual plan that is yours: begin next year's plan first, then choose here "
                        "what it takes over."));
        return OK;
    }
    if (e != OK) return e;
    bool may_take = plan_mine(w, &c.into) && is_draft(&c.into);
    head(&c);
    if (c.n == 0) doc_text(out, M("Nothing waits to be taken over: no recommendation is open and nothing is left unfinished."));
    if (c.n == 0) return OK;
    doc_heading(out, M("Each becomes a measure"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "candidates", candidate_columns);
    size_t shown = out->paged && c.n > PLAN_CARRIED_MAX ? PLAN_CARRIED_MAX : c.n;
    for (size_t i = 0; i < shown; i++) candidate_row(&c, &c.all[i], may_take);
    doc_table_end(out);
    if (shown < c.n) doc_note(out, M("Only the first %1 are listed here; as data all are."), str_int(w->a, (int64_t)shown));
    if (!may_take) doc_note(out, M("Measures are taken over into a draft, by who manages its organisation."));
    if (c.earlier.id == 0) doc_note(out, M("No earlier plan of the organisation is known, so only cases are listed."));
    return OK;
}

/* ---- the act ---- */

static enum err may_carry(const struct carrying *c)
{
    enum err e = plan_to_change(c->w, &c->into, true);
    if (e != OK || is_draft(&c->into)) return e;
    return fault_in(c->w, CONFLICT, ((struct where){.field = S("into")}),
                    M("the plan '%1' is no draft any more: measures are taken over before it goes out for opinions"),
                    c->into.code);
}

static const struct candidate *candidate_by(const struct carrying *c, str ref)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->all[i].ref, ref)) return &c->all[i];
    return NULL;
}

static enum err chosen(const struct carrying *c, const struct candidate ***out, size_t *n)
{
    struct work *w = c->w;
    const struct where at = {.field = S("candidate")};
    const struct arg **given = arena_array(w->a, c->in->n + 1, sizeof *given);
    size_t count = arg_all(c->in, "candidate", given, c->in->n), k = 0;
    bool all = arg_given(c->in, "all");
    const struct candidate **list = arena_array(w->a, c->n + 1, sizeof *list);
    if (count == 0 && !all)
        return fault_in(w, INVALID, at, M("choose what is taken over: `meguri plan candidates` lists it; --all takes all"));
    for (size_t i = 0; all && i < c->n; i++) list[k++] = &c->all[i];
    for (size_t i = 0; !all && i < count; i++) {
        const struct candidate *x = candidate_by(c, given[i]->text);
        bool twice = false;
        for (size_t j = 0; j < k; j++) twice = twice || list[j] == x;
        if (x == NULL)
            return fault_in(w, INVALID, at, M("'%1' cannot be taken over into '%2': `meguri plan candidates` lists what can"),
                            given[i]->text, c->into.code);
        if (!twice) list[k++] = x;
    }
    if (k > PLAN_CARRIED_MAX) return fault_in(w, INVALID, at, M("at most %1 at once"), str_int(w->a, PLAN_CARRIED_MAX));
    *out = list;
    *n = k;
    return OK;
}

/* Where they go: behind what stands under the heading, which is made at the end when it is not there. */
struct place {
    int64_t ord, level, number;
};

static enum err place_find(const struct carrying *c, size_t n_new, struct place *out)
{
    struct plan_item *items;
    size_t n, at = 0;
    struct place p = {.level = 2, .number = 1};
    enum err e = plan_items(c->w, c->into.edition, 0, &items, &n);
    if (e != OK) return e;
    if (n + n_new >= PLAN_ITEMS_MAX)
        return fault(c->w, INVALID, M("a plan has at most %1 items"), str_int(c->w->a, PLAN_ITEMS_MAX));
    for (size_t i = 0; i < n; i++) {
        int64_t no;
        if (str_to_int(items[i].key, &no) && no >= p.number) p.number = no + 1;
    }
    while (at < n && !(items[at].kind == ITEM_HEADING && str_eq(items[at].key, HEADING))) at++;
    p.ord = (int64_t)n + 1;
    if (at == n) {
        const str title = M("Taken over from the year before");
        const struct plan_item heading = {.kind = ITEM_HEADING, .key = HEADING, .level = 1, .title_ja = tr(LANG_JA, title),
                                          .title_en = title};
        e = plan_item_insert(c->w, &c->into, &heading, p.ord++);
    } else {
        size_t end = at + 1;
        while (end < n && items[end].level > items[at].level) end++;
        p.level = items[at].level + 1;
        p.ord = (int64_t)end + 1;
    }
    *out = p;
    return e;
}

static enum err carry_one(const struct carrying *c, const struct candidate *x, const struct place *p)
{
    struct work *w = c->w;
    struct plan_item i = x->becomes;
    i.key = str_int(w->a, p->number);
    i.level = p->level;
    str ref = reference_text(w->a, REFER_MEASURE, c->into.code, i.key);
    enum err e = plan_item_insert(w, &c->into, &i, p->ord);
    if (e == OK && x->from == CANDIDATE_CASE) e = case_carry(w, x->number, ref, x->taken_before);
    if (e != OK) return e;
    act_noted(w, S("taken"), x->ref);
    DOC_ROW(c->out, C_TEXT(i.key), both_cell(i.title_ja, lang_pick(LANG_EN, i.title_ja, i.title_en)),
            both_cell(owners_words(w->a, LANG_JA, &c->owners, &i), owners_words(w->a, LANG_EN, &c->owners, &i)),
            C_TEXT(x->ref), C_TEXT(c->into.code));
    return OK;
}

static enum err carry_all(const struct carrying *c, const struct candidate *const *list, size_t n)
{
    static const struct column columns[] = {
        {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
        {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
        {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
        {"from", CELL_TEXT, N("Comes from"), 0, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    struct place p = {0};
    enum err e = place_find(c, n, &p);
    if (e != OK) return e;
    DOC_TABLE(c->out, "measures", columns);
    for (size_t i = 0; e == OK && i < n; i++, p.ord++, p.number++) e = carry_one(c, list[i], &p);
    doc_table_end(c->out);
    return e;
}

enum err plan_act_carry(struct work *w, const struct args *in, struct doc *out)
{
    struct carrying c = {.w = w, .in = in, .out = out};
    const struct candidate **list = NULL;
    size_t n = 0;
    enum err e = plans_load(&c);
    if (e == NOTFOUND && w->faults.count == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("into")}),
                        M("there is no draft of an annual plan that is yours: `meguri plan new` begins one"));
    if (e == OK) e = may_carry(&c);
    if (e == OK) e = chosen(&c, &list, &n);
    if (e == OK && n == 0) return fault(w, CONFLICT, M("nothing waits to be taken over into '%1'"), c.into.code);
    if (e == OK) e = carry_all(&c, list, n);
    if (e != OK) return e;
    const str count[] = {str_int(w->a, (int64_t)n)};
    doc_fact(out, "taken", M("Taken over"), C_INT((int64_t)n));
    act_next(w, &(struct going_on){.to = "plan show", .given = {{"plan", c.into.code}},
                                   .said = tr_fill(w->a, out->lang, M("%1 measures were taken over."), count, 1)});
    return OK;
}
