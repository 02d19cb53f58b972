/* plan remark, comment, answer: what ministries and the public say of an edition, and what is made of it. */
#include "plan/life.h"

#include "base/utf8.h"
#include "plan/forms.h"
#include "surface/door.h"

#define PLAN_PARAM {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"}
#define NO_PARAM {"no", P_CODE, 0, NULL, NULL, N("the item it is about, by its number; without it, the whole plan")}
#define OPINION_PARAM(flags) \
    {"comment", P_CODE, REQUIRED | (flags), NULL, NULL, N("the comment by its number: c3 of the public, r2 of a ministry")}
#define EDITION_PARAM {"edition", P_INT, 0, NULL, NULL, N("one edition, by its number; without it, the last one")}

const struct param plan_remark_params[] = {
    PLAN_PARAM,
    {"org", P_ORG, 0, NULL, NULL, N("for which of the organisations asked, where your post speaks for several")},
    NO_PARAM,
    {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what should be otherwise, and why")},
    {0}};
const struct param plan_comment_params[] = {
    PLAN_PARAM,
    {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("the comment as it came, without names and addresses")},
    {"label", P_TEXT, 0, NULL, NULL, N("who in kind: an individual, a company; never a name")},
    {"group", P_TEXT, 0, NULL, NULL, N("a heading for comments of one matter")},
    NO_PARAM,
    {"date", P_DATE, 0, NULL, NULL, N("when it came; without it, today")},
    {0}};
const struct param plan_answer_params[] = {
    PLAN_PARAM,
    OPINION_PARAM(MANY),
    EDITION_PARAM,
    {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what is thought of it")},
    {"change", P_TEXT, LONG_TEXT, NULL, NULL, N("what was changed because of it; empty: nothing")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the answer as it was when the page was shown")},
    {0}};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

bool opinion_code(str code, str *source, int64_t *no)
{
    if (code.n < 2 || (code.p[0] != 'c' && code.p[0] != 'r') || !str_to_int(str_sub(code, 1, code.n), no) || *no < 1) return false;
    *source = code.p[0] == 'c' ? S("public") : S("ministry");
    return true;
}

str opinion_name(struct arena *a, const struct opinion *o)
{
    return str_fmt(a, "%c%d", str_eq(o->source, S("public")) ? 'c' : 'r', (int)o->no);
}

bool opinions_whole(const struct work *w, const struct plan *p) { return plan_mine(w, p) || str_eq(p->state, S("decided")); }

enum err plan_life_item(struct work *w, const struct plan *p, str key)
{
    struct plan_item item;
    return key.n == 0 ? OK : plan_item(w, p, key, &item);
}

static enum err room_left(struct work *w, const struct opinion *o)
{
    if (o->no <= OPINIONS_MAX) return OK;
    return fault(w, CONFLICT, M("at most %1 comments on one edition"), str_int(w->a, OPINIONS_MAX));
}

static void entered(struct work *w, const struct plan *p, const struct opinion *o, struct doc *out)
{
    str name = opinion_name(w->a, o);
    doc_fact(out, "comment", M("Comment"), C_TEXT(name));
    act_noted(w, S("comment"), name);
    act_next(w, &(struct going_on){.to = "plan comments",
                                   .given = {{"plan", p->code}},
                                   .said = tr_fill(w->a, out->lang, M("Entered as %1."), &name, 1)});
}

static enum err put(struct work *w, const struct plan *p, struct opinion *o, struct doc *out)
{
    enum err e = plan_life_text(w, "text", o->text, PLAN_TEXT_MAX, true);
    if (e == OK) e = plan_life_item(w, p, o->key);
    if (e == OK) e = opinion_add(w, p->edition, o);
    if (e == OK) e = room_left(w, o);
    if (e == OK) entered(w, p, o, out);
    return e;
}

/* The step that brought the edition where it is: its term. */
static enum err term_of(struct work *w, const struct plan *p, const char *step, struct plan_life_step *out)
{
    struct plan_life_step *all;
    size_t n;
    enum err e = plan_life_steps(w, p, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (all[i].edition == p->edition && str_eq(all[i].step, str_of(step))) *out = all[i];
    return e;
}

/* ---- a ministry's ---- */

enum { SPEAKS = MAY_MANAGE | MAY_APPROVE | MAY_CENTRE };

/* The organisation asked for which the post speaks. */
static enum err speaker(struct work *w, const struct plan *p, const struct org *given, int64_t *out)
{
    struct plan_life_asked *all;
    size_t n, fit = 0;
    enum err e = plan_life_asked(w, p->edition, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        if ((given != NULL && given->id != all[i].org) || !may(w->actor, SPEAKS, all[i].lo)) continue;
        *out = all[i].org;
        fit++;
    }
    if (fit == 1) return OK;
    if (fit > 1) return fault_in(w, INVALID, at("org"), M("your post speaks for several of those asked: say for which"));
    if (given != NULL)
        return fault_in(w, DENIED, at("org"), M("'%1' was not asked, or your post does not speak for it"), given->code);
    return fault_in(w, DENIED, at("plan"), M("your post speaks for none of the organisations that were asked about '%1'"), p->code);
}

enum err plan_act_remark(struct work *w, const struct args *in, struct doc *out)
{
    struct opinion o = {.source = S("ministry"), .key = arg_text(in, "no"), .text = str_trim(arg_text(in, "text")), .day = today(w)};
    struct plan_life_step term = {0};
    struct plan p;
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &p);
    if (e != OK) return e;
    if (!str_eq(p.state, S("consultation")))
        return fault_in(w, CONFLICT, at("plan"), M("edition %1 of '%2' is not with the ministries now"), str_int(w->a, p.no), p.code);
    e = speaker(w, &p, arg_org(in, "org"), &o.org);
    if (e == OK) e = term_of(w, &p, "circulate", &term);
    if (e != OK) return e;
    o.late = term.has_until && o.day > term.until;
    return put(w, &p, &o, out);
}

/* ---- the public's, as they came ---- */

static enum err short_text(struct work *w, const char *field, str text)
{
    if (utf8_letters(text) <= OPINION_LABEL_MAX) return OK;
    return fault_in(w, INVALID, at(field), M("at most %1 letters"), str_int(w->a, OPINION_LABEL_MAX));
}

enum err plan_act_comment(struct work *w, const struct args *in, struct doc *out)
{
    struct opinion o = {.source = S("public"), .key = arg_text(in, "no"), .text = str_trim(arg_text(in, "text")),
                        .label = str_trim(arg_text(in, "label")), .group = str_trim(arg_text(in, "group")),
                        .day = arg_given(in, "date") ? arg_int(in, "date") : today(w)};
    struct plan_life_step term = {0};
    struct plan p;
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &p);
    if (e == OK) e = plan_to_change(w, &p, false);
    if (e != OK) return e;
    if (!str_eq(p.state, S("comment")))
        return fault_in(w, CONFLICT, at("plan"), M("edition %1 of '%2' is not with the public now"), str_int(w->a, p.no), p.code);
    e = short_text(w, "label", o.label);
    if (e == OK) e = short_text(w, "group", o.group);
    if (e == OK) e = term_of(w, &p, "consult", &term);
    if (e != OK) return e;
    if (o.day > today(w)) return fault_in(w, INVALID, at("date"), M("%1 is still to come"), date_text(w->a, o.day));
    if (o.day < term.day)
        return fault_in(w, INVALID, at("date"), M("the public comment began on %1"), date_text(w->a, term.day));
    o.late = term.has_until && o.day > term.until;
    return put(w, &p, &o, out);
}

/* ---- answers ---- */

struct answering {
    struct work *w;
    const struct args *in;
    struct plan p;
    str text, change;
    struct opinion stands; /* whose answer another changed since the page was shown */
    bool stale;
};

static enum err answer_one(struct answering *x, str code)
{
    struct opinion o;
    struct work *w = x->w;
    str source;
    int64_t no;
    enum err e = opinion_code(code, &source, &no) ? opinion_find(w, x->p.edition, source, no, true, &o) : NOTFOUND;
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, at("comment"), M("there is no comment '%1' on edition %2 of '%3'"), code,
                        str_int(w->a, x->p.no), x->p.code);
    if (e != OK) return e;
    if (str_eq(x->p.state, S("decided")) && o.revision != 0)
        return fault_in(w, CONFLICT, at("comment"), M("'%1' was answered before the edition was decided: that answer stands"), code);
    if (arg_given(x->in, "revision") && arg_int(x->in, "revision") != o.revision) {
        x->stands = o;
        x->stale = true;
        return OK;
    }
    o.answer = x->text;
    o.change = x->change;
    o.revision++;
    return opinion_answer(w, &o);
}

/* Nothing is lost: what stands, what was given, and the form again with that. */
static void both_texts(const struct answering *x, struct doc *out)
{
    const struct opinion *o = &x->stands;
    const struct two_texts two[] = {{M("Answer"), o->answer, x->text}, {M("What was changed"), o->change, x->change}};
    const struct form form = {.act = "plan answer",
                              .given = {{"plan", x->p.code},
                                        {"edition", str_int(x->w->a, x->p.no)},
                                        {"comment", opinion_name(x->w->a, o)},
                                        {"revision", str_int(x->w->a, o->revision)}}};
    const struct form_field fields[] = {{"text", "long", M("Answer"), true, x->text},
                                        {"change", "long", M("What was changed because of it"), false, x->change}};
    doc_fact(out, "changed", M("Changed"), C_INT(0));
    two_texts_told(out, two, 2);
    plan_field_form(out, &form, "once_more", fields, 2);
}

static void answered(const struct answering *x, const struct arg *const *all, size_t n, struct doc *out)
{
    str count = str_int(x->w->a, (int64_t)n);
    doc_fact(out, "answered", M("Answered"), C_INT((int64_t)n));
    for (size_t i = 0; i < n; i++) act_noted(x->w, S("answered"), all[i]->text);
    act_next(x->w, &(struct going_on){.to = "plan comments",
                                      .given = {{"plan", x->p.code}, {"edition", str_int(x->w->a, x->p.no)}},
                                      .said = tr_fill(x->w->a, out->lang, M("Comments answered: %1"), &count, 1)});
}

enum err plan_act_answer(struct work *w, const struct args *in, struct doc *out)
{
    struct answering x = {.w = w, .in = in, .text = str_trim(arg_text(in, "text")), .change = str_trim(arg_text(in, "change"))};
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t n = arg_all(in, "comment", all, in->n);
    enum err e = plan_find(w, arg_text(in, "plan"), arg_int(in, "edition"), &x.p);
    if (e == OK) e = plan_to_change(w, &x.p, false);
    if (e == OK) e = plan_life_text(w, "text", x.text, PLAN_TEXT_MAX, true);
    if (e == OK) e = plan_life_text(w, "change", x.change, PLAN_TEXT_MAX, false);
    if (e == OK && n > 1 && arg_given(in, "revision"))
        e = fault_in(w, INVALID, at("revision"), M("a revision is that of one comment"));
    for (size_t i = 0; e == OK && i < n; i++) e = answer_one(&x, all[i]->text);
    if (e != OK) return e;
    if (x.stale) both_texts(&x, out);
    else answered(&x, all, n, out);
    return OK;
}
