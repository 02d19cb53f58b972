/* plan judge, evaluate: was a picture reached, how did an area fare in a year; with evidence, and nothing overwritten. */
#include "plan/basic.h"

#include "plan/evidence.h"
#include "plan/forms.h"
#include "plan/life.h"
#include "surface/door.h"

#define PLAN_PARAM {"plan", P_CODE, REQUIRED, NULL, NULL, N("the basic plan, by its code"), "plan list"}
#define EVIDENCE_PARAM                                                                                                 \
    {"evidence", P_TEXT, MANY | LONG_TEXT, NULL, NULL,                                                                 \
     N("what it rests on, a line each: series:CODE, measure:PLAN/NO, case:NUMBER, round:CODE, report:CODE")}
#define REVISION_PARAM {"revision", P_INT, HIDDEN, NULL, NULL, N("the judgement as it was when the page was shown")}

const struct param plan_judge_params[] = {
    PLAN_PARAM,
    {"no", P_CODE, REQUIRED, NULL, NULL, N("the picture, by its key")},
    {"state", P_ENUM, REQUIRED, "attained partly not unknown", NULL, N("how far it was reached")},
    {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("why it is judged so")},
    EVIDENCE_PARAM,
    REVISION_PARAM,
    {0}};
const struct param plan_evaluate_params[] = {
    PLAN_PARAM,
    {"area", P_CODE, REQUIRED, NULL, NULL, N("the area, by its key")},
    {"year", P_INT, REQUIRED, NULL, NULL, N("the fiscal year that is judged")},
    {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("how the area fared in the year")},
    EVIDENCE_PARAM,
    REVISION_PARAM,
    {0}};

const char *const judged_codes[] = {"attained", "partly", "not", "unknown", NULL};

str judged_label(size_t state)
{
    static const str labels[] = {N("Attained"), N("Partly attained"), N("Not attained"), N("Cannot be said")};
    return labels[state];
}

struct cell judged_cell(str state)
{
    for (size_t i = 0; i < JUDGED_STATES; i++)
        if (str_eq(state, str_of(judged_codes[i]))) return enum_words_cell(state, judged_label(i));
    return text_cell(state);
}

static str judged_words(enum lang lang, str state)
{
    struct cell c = judged_cell(state);
    return c.type == CELL_NONE ? state : lang_pick(lang, c.ja, c.en);
}

struct judging {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct plan p;
    struct judgement is, stands; /* stands.id 0: nothing yet */
    str title; /* of the picture or the area, in the reader's language */
    bool picture;
};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

static enum err judging_begin(struct judging *x)
{
    struct work *w = x->w;
    enum err e = plan_find(w, arg_text(x->in, "plan"), 0, &x->p);
    if (e == OK) e = plan_to_change(w, &x->p, false);
    if (e != OK) return e;
    if (str_eq(x->p.state, S("decided")) || x->p.no > 1) return OK;
    return fault_in(w, CONFLICT, at("plan"), M("the plan '%1' is not decided yet: what it wants is judged afterwards"), x->p.code);
}

static enum err item_is(struct judging *x, const char *field, enum item_kind kind, str none)
{
    struct plan_item item;
    enum err e = plan_item(x->w, &x->p, x->is.key, &item);
    if (e == OK) x->title = lang_pick(x->out->lang, item.title_ja, item.title_en);
    if (e != OK || item.kind == kind) return e;
    return fault_note(x->w, INVALID, at(field), (const str[]){none, x->p.code, x->is.key}, 3);
}

static enum err take(struct judging *x)
{
    struct judgement *past;
    size_t n;
    x->is.text = str_trim(arg_text(x->in, "text"));
    enum err e = plan_life_text(x->w, "text", x->is.text, PLAN_TEXT_MAX, true);
    if (e == OK) e = evidence_read(x->w, x->in, &x->is.evidence, &x->is.n_evidence);
    if (e == OK) e = judgement_history(x->w, &x->p, x->is.key, x->is.year, &past, &n);
    if (e != OK) return e;
    if (n != 0) x->stands = past[0];
    x->is.revision = x->stands.revision + 1;
    return OK;
}

/* What stands, what was given, and the form again with that. */
static void both(const struct judging *x)
{
    struct arena *a = x->w->a;
    const struct judgement *s = &x->stands, *g = &x->is;
    str stands = evidence_text(a, s->evidence, s->n_evidence), given = evidence_text(a, g->evidence, g->n_evidence);
    const struct two_texts two[] = {{M("How far it was reached"), judged_words(x->out->lang, s->state),
                                     judged_words(x->out->lang, g->state)},
                                    {M("Judgement"), s->text, g->text},
                                    {M("Evidence"), stands, given}};
    const struct form_field fields[] = {{"state", "enum", M("How far it was reached"), true, g->state, judged_codes, judged_label},
                                        {"text", "long", M("Judgement"), true, g->text},
                                        {"evidence", "long", M("Evidence"), false, given}};
    struct form form = {.act = x->picture ? "plan judge" : "plan evaluate",
                        .given = {{"plan", x->p.code}, {x->picture ? "no" : "area", g->key}, {"revision", str_int(a, s->revision)}}};
    if (!x->picture) form.given[3] = (struct form_given){"year", str_int(a, g->year)};
    size_t skip = x->picture ? 0 : 1; /* an area is judged in words alone */
    doc_fact(x->out, "changed", M("Changed"), C_INT(0));
    two_texts_told(x->out, two + skip, 3 - skip);
    plan_field_form(x->out, &form, "once_more", fields + skip, 3 - skip);
}

static enum err judged(struct judging *x)
{
    struct work *w = x->w;
    if (arg_given(x->in, "revision") && arg_int(x->in, "revision") != x->stands.revision) {
        act_noted(w, S("changed"), S("0"));
        both(x);
        return OK;
    }
    enum err e = judgement_put(w, &x->p, &x->is);
    if (e != OK) return e;
    struct going_on next = {.to = x->picture ? "plan picture" : "plan areas",
                            .given = {{"plan", x->p.code}, {x->picture ? "no" : "area", x->is.key}},
                            .said = tr_fill(w->a, x->out->lang, M("The judgement of '%1' stands."), &x->title, 1)};
    if (!x->picture) next.given[2] = (struct form_given){"year", str_int(w->a, x->is.year)};
    doc_fact(x->out, "revision", M("Revision"), C_INT(x->is.revision));
    act_noted(w, S("revision"), str_int(w->a, x->is.revision));
    act_next(w, &next);
    return OK;
}

enum err plan_act_judge(struct work *w, const struct args *in, struct doc *out)
{
    struct judging x = {.w = w, .in = in, .out = out, .picture = true};
    x.is.key = arg_text(in, "no");
    x.is.state = arg_text(in, "state");
    enum err e = judging_begin(&x);
    if (e == OK) e = item_is(&x, "no", ITEM_PICTURE, M("'%2' of the plan '%1' is no picture: `meguri plan pictures` lists them"));
    if (e == OK) e = take(&x);
    return e == OK ? judged(&x) : e;
}

enum err plan_act_evaluate(struct work *w, const struct args *in, struct doc *out)
{
    struct judging x = {.w = w, .in = in, .out = out};
    x.is.key = arg_text(in, "area");
    x.is.year = arg_int(in, "year");
    enum err e = judging_begin(&x);
    if (e == OK) e = item_is(&x, "area", ITEM_AREA, M("'%2' of the plan '%1' is no area: `meguri plan areas` lists them"));
    if (e != OK) return e;
    int64_t first = fiscal_year(x.p.since), last = fiscal_year(x.p.until);
    if (x.is.year < first || x.is.year > last)
        return fault_in(w, INVALID, at("year"), M("the plan '%1' is of the years %2 to %3"), x.p.code, str_int(w->a, first),
                        str_int(w->a, last));
    e = take(&x);
    return e == OK ? judged(&x) : e;
}
