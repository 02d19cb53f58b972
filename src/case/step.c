/* case step, assign, adopt: what is done with cases that stand. */
#include "case/acts.h"
#include "case/case.h"
#include "case/clock.h"
#include "case/decide.h"
#include "case/filled.h"
#include "case/kinds_store.h"

struct stepping {
    struct work *w;
    const struct args *in;
    struct doc *out;
    str step, text;
    struct kind *kinds;
    size_t n_kinds;
    int64_t told; /* notes that have to be read: the page stays */
};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

static str state_name(struct work *w, const struct kind *k, str code, enum lang lang)
{
    const struct kind_state *s = kind_state(k, code);
    (void)w;
    return s == NULL ? code : lang_pick(lang, s->ja, s->en);
}

static enum err judged(struct stepping *x, const struct kind *k, const struct kind_step *s, const struct item *i)
{
    struct own_steps own;
    enum err e = own_steps_load(x->w, i->id, &own);
    if (e != OK) return e;
    switch (step_judge(s, i, x->w->actor, &own)) {
    case STEP_ELSEWHERE:
        return fault_in(x->w, CONFLICT, at("case"), M("'%1' stands in '%2', where this step is not taken"), i->number,
                        state_name(x->w, k, i->state, x->out->lang));
    case STEP_CLASS:
        return fault_in(x->w, CONFLICT, at("case"), M("this step is not for a case of the class '%1', as '%2' is"),
                        i->class, i->number);
    case STEP_RIGHT:
        if (s->itself)
            return fault_in(x->w, DENIED, at("case"), M("this step of '%1' is taken by '%2' itself, not from above it"),
                            i->number, i->org_code);
        return s->above ? fault_in(x->w, DENIED, at("case"), M("'%1' is decided by an office above '%2'"), i->number,
                                   i->org_code)
                        : fault_in(x->w, DENIED, at("case"), M("this step of '%1' is not for your post"), i->number);
    case STEP_OWN:
        return fault_in(x->w, DENIED, at("case"),
                        M("you are concerned by '%1' yourself, so this step is taken by another person"), i->number);
    case STEP_FITS:
        break;
    }
    return OK;
}

static enum err step_found(struct stepping *x, const struct kind *k, const struct kind_step **out)
{
    const struct kind_step *s = kind_step(k, x->step);
    if (s == NULL || str_eq(s->from, S("new")))
        return fault_in(x->w, INVALID, at("step"),
                        M("a case of '%1' has no step '%2': `meguri case rules --kind %1` lists them"), k->code,
                        x->step);
    if (s->text && x->text.n == 0)
        return fault_in(x->w, INVALID, at("text"), M("this step needs a text: what was decided or done, and why"));
    *out = s;
    return OK;
}

static enum err step_one(struct stepping *x, str number)
{
    struct kind k;
    struct item i, was;
    const struct kind_step *s = NULL;
    struct item_value *v = NULL;
    size_t n;
    enum err e = item_find(x->w, number, &i);
    if (e != OK) return e;
    k = *kind_of(x->kinds, x->n_kinds, i.kind);
    if ((e = step_found(x, &k, &s)) != OK || (e = judged(x, &k, s, &i)) != OK) return e;
    if ((e = values_of(x->w, i.id, &v, &n)) != OK) return e;
    was = i;
    if ((e = case_fields_take(x->w, &k, s, x->in, &v, &n)) != OK) return e;
    i.class = value_in(v, n, k.class);
    bool stays = step_stays(&k, s);
    if (stays) state_stay(&k, v, n, &i);
    else if ((e = state_enter(x->w, &k, s->to, v, n, &i)) != OK) return e;
    if ((e = case_fields_store(x->w, i.id, v, n)) != OK || (e = item_move(x->w, &i)) != OK) return e;
    if ((e = event_add(x->w, i.id, s->code, was.state, stays ? S("") : i.state, x->text)) != OK) return e;
    int64_t told;
    e = effect_of(x->w, &k, &was, &i, v, n, x->out, &told);
    x->told += told;
    return e;
}

/* Each by itself: what one took of memory the next has again, unless it was told something. */
static enum err step_each(struct stepping *x, const struct arg *const *cases, size_t n)
{
    enum err e = kinds_all(x->w, &x->kinds, &x->n_kinds);
    for (size_t i = 0; e == OK && i < n; i++) {
        int64_t told = x->told;
        struct arena_mark mark = arena_mark(x->w->a);
        e = step_one(x, cases[i]->text);
        if (e == OK && x->told == told) arena_back(x->w->a, mark);
    }
    return e;
}

static void finish(struct stepping *x, const struct arg *const *cases, size_t n)
{
    struct arena *a = x->w->a;
    const str count[] = {str_int(a, (int64_t)n)}, one[] = {cases[0]->text};
    doc_fact(x->out, "cases", M("Cases"), C_INT((int64_t)n));
    act_noted(x->w, S("cases"), count[0]);
    if (x->told != 0) return;
    if (n == 1)
        act_next(x->w, &(struct going_on){.to = "case show",
                                          .given = {{"case", cases[0]->text}},
                                          .said = tr_fill(a, x->out->lang, M("Done: %1"), one, 1)});
    else
        act_next(x->w, &(struct going_on){.to = "case list",
                                          .said = tr_fill(a, x->out->lang, M("%1 cases went on."), count, 1)});
}

enum err case_act_step(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {
        .w = w, .in = in, .out = out, .step = arg_text(in, "step"), .text = str_trim(arg_text(in, "text"))};
    const struct arg **cases = arena_array(w->a, in->n + 1, sizeof *cases);
    size_t n = arg_all(in, "case", cases, in->n);
    if (n > CASE_AT_ONCE_MAX)
        return fault_in(w, INVALID, at("case"), M("at most %1 cases at once"), str_int(w->a, CASE_AT_ONCE_MAX));
    enum err e = text_check(w, "text", x.text, CASE_TEXT_MAX);
    if (e == OK) e = step_each(&x, cases, n);
    if (e == OK) finish(&x, cases, n);
    return e;
}

/* ---- assign ---- */

enum err case_act_assign(struct work *w, const struct args *in, struct doc *out)
{
    struct item i;
    struct someone who;
    struct kind *all;
    size_t n;
    str code = arg_text(in, "owner");
    enum err e = item_find(w, arg_text(in, "case"), &i);
    if (e == OK) e = kinds_all(w, &all, &n);
    if (e != OK) return e;
    const struct kind *k = kind_of(all, n, i.kind);
    if (!item_whole(&i, w->actor) || !may(w->actor, k->assigns, i.org_lo))
        return fault_in(w, DENIED, at("case"), M("who takes care of '%1' is not decided from your post"), i.number);
    if (i.has_ended) return fault_in(w, CONFLICT, at("case"), M("'%1' is ended"), i.number);
    e = person_find(w, code, &who);
    if (e == NOTFOUND) return fault_in(w, INVALID, at("owner"), M("no person '%1' that you may see"), code);
    if (e == OK) e = item_own(w, i.id, who.id);
    if (e == OK) e = event_add(w, i.id, S("assign"), i.state, S(""), S(""));
    if (e != OK) return e;
    doc_fact(out, "case", M("Case"), C_TEXT(i.number));
    str said = tr_fill(w->a, out->lang, M("Done: %1"), &i.number, 1);
    act_next(w, &(struct going_on){.to = "case show", .given = {{"case", i.number}}, .said = said});
    return OK;
}

/* ---- adopt ---- */

static enum err may_adopt(struct work *w, const struct kind *k, const struct item *i, const struct org *org)
{
    str other;
    if (!i->shared || k->adopts == 0)
        return fault_in(w, CONFLICT, at("case"), M("'%1' is not shared with all, so nobody can follow it yet"),
                        i->number);
    if (!may(w->actor, k->adopts, org->lo))
        return fault_in(w, DENIED, at("org"), M("that '%1' follows a practice is noted by who manages it"), org->code);
    if (org->lo < i->org_hi && org->hi > i->org_lo)
        return fault_in(w, INVALID, at("org"), M("the practice comes from '%1' itself: others follow it"), org->code);
    enum err e = adoption_near(w, i->id, org, &other);
    if (e == OK) return fault_in(w, CONFLICT, at("org"), M("'%1' is counted as following it already"), other);
    return e == NOTFOUND ? OK : e;
}

enum err case_act_adopt(struct work *w, const struct args *in, struct doc *out)
{
    struct item i;
    struct kind *all;
    size_t n;
    const struct org *org = arg_org(in, "org");
    str text = str_trim(arg_text(in, "text"));
    enum err e = text_check(w, "text", text, CASE_TEXT_MAX);
    if (e == OK) e = item_find(w, arg_text(in, "case"), &i);
    if (e == OK) e = kinds_all(w, &all, &n);
    if (e == OK) e = may_adopt(w, kind_of(all, n, i.kind), &i, org);
    if (e != OK) return e;
    e = adoption_add(w, i.id, org->id, text);
    if (e == OK) e = event_add(w, i.id, S("adopt"), i.state, S(""), S(""));
    if (e != OK) return e;
    doc_fact(out, "case", M("Case"), C_TEXT(i.number));
    doc_fact(out, "org", M("Organisation"), C_ORG(org->code, org->name_ja, org->name_en, 0));
    str said = tr_fill(w->a, out->lang, M("Done: %1"), &i.number, 1);
    act_next(w, &(struct going_on){.to = "case show", .given = {{"case", i.number}}, .said = said});
    return OK;
}
