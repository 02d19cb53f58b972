/* plan circulate, consult, decide, revise, keep, watch: the steps of an edition, in order. */
#include "plan/life.h"

#include "plan/acts.h"
#include "plan/forms.h"
#include "surface/door.h"

#define PLAN_PARAM {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"}
#define MEETING_PARAM {"meeting", P_CODE, 0, NULL, NULL, N("the meeting that decided"), "registry meetings"}
#define DATE_PARAM {"date", P_DATE, 0, NULL, NULL, N("when it was; without it, today")}

const struct param plan_circulate_params[] = {
    PLAN_PARAM,
    {"due", P_DATE, REQUIRED, NULL, NULL, N("until when the ministries answer")},
    {"ask", P_ORG, MANY, NULL, NULL, N("who is asked beside those who own something in it")},
    DATE_PARAM,
    {0}};
const struct param plan_consult_params[] = {
    PLAN_PARAM,
    {"from", P_DATE, 0, NULL, NULL, N("the first day of the public comment; without it, today")},
    {"until", P_DATE, REQUIRED, NULL, NULL, N("the last day of the public comment")},
    {"why", P_TEXT, LONG_TEXT, NULL, NULL, N("why, where a step is left out")},
    {0}};
const struct param plan_decide_params[] = {
    PLAN_PARAM,
    MEETING_PARAM,
    DATE_PARAM,
    {"public", P_FLAG, 0, NULL, NULL, N("everybody may read it from now on")},
    {"why", P_TEXT, LONG_TEXT, NULL, NULL, N("why, where a step is left out or comments stay unanswered")},
    {0}};
const struct param plan_revise_params[] = {
    PLAN_PARAM, {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("why it is revised")}, DATE_PARAM, {0}};
const struct param plan_keep_params[] = {
    PLAN_PARAM, {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("why no change is needed")}, MEETING_PARAM, DATE_PARAM, {0}};
const struct param plan_watch_params[] = {
    PLAN_PARAM, {"text", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what changed around the plan")}, DATE_PARAM, {0}};

struct stepping {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct plan p;
    struct plan_life_step s;
    struct plan_life_step *before; /* all steps of the plan in sight */
    size_t n_before;
    bool early; /* leaves out a step, for the reason given */
};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

enum err plan_life_text(struct work *w, const char *field, str text, size_t most, bool required)
{
    if (required && text.n == 0) return fault_in(w, INVALID, at(field), M("is required"));
    if (text.n <= most) return OK;
    return fault_in(w, INVALID, at(field), M("longer than %1 bytes"), str_int(w->a, (int64_t)most));
}

/* ---- days ---- */

/* Of what the edition went through; what was looked at beside it does not count. */
static int64_t last_day(const struct stepping *x)
{
    int64_t day = INT64_MIN;
    for (size_t i = 0; i < x->n_before; i++)
        if (!str_eq(x->before[i].step, S("watch")) && x->before[i].day > day) day = x->before[i].day;
    return day;
}

static enum err day_in_order(struct stepping *x, const char *field, bool may_come)
{
    struct arena *a = x->w->a;
    int64_t last = last_day(x);
    if (!may_come && x->s.day > today(x->w))
        return fault_in(x->w, INVALID, at(field), M("%1 is still to come"), date_text(a, x->s.day));
    if (x->s.day < last)
        return fault_in(x->w, INVALID, at(field), M("the step before is of %1: this one cannot be earlier"), date_text(a, last));
    return OK;
}

/* ---- beginning and ending a step ---- */

static enum err step_fits(struct stepping *x, enum plan_life_move move)
{
    str what, no = str_int(x->w->a, x->p.no);
    enum plan_life_fit fit = plan_life_judge(x->p.state, move, &what);
    x->early = fit == FITS_EARLY;
    if (fit == FITS || (x->early && x->s.text.n != 0)) return OK;
    return fault_note(x->w, CONFLICT, at(x->early ? "why" : "plan"), (const str[]){what, x->p.code, no}, 3);
}

static enum err step_begin(struct stepping *x, const char *text)
{
    struct work *w = x->w;
    x->s.text = str_trim(arg_text(x->in, text));
    x->s.meeting = arg_text(x->in, "meeting");
    x->s.day = arg_given(x->in, "date") ? arg_int(x->in, "date") : today(w);
    enum err e = plan_find(w, arg_text(x->in, "plan"), 0, &x->p);
    if (e == OK) e = plan_to_change(w, &x->p, false);
    if (e == OK) e = plan_life_text(w, text, x->s.text, LIFE_WHY_MAX, false);
    if (e == OK) e = plan_life_steps(w, &x->p, &x->before, &x->n_before);
    return e;
}

static void step_told(struct stepping *x, str said)
{
    const str of[] = {lang_pick(x->out->lang, x->p.title_ja, x->p.title_en), str_int(x->w->a, x->p.no)};
    doc_fact(x->out, "plan", M("Plan"), C_TEXT(x->p.code));
    doc_fact(x->out, "edition", M("Edition"), C_INT(x->p.no));
    doc_fact(x->out, "state", M("State"), plan_state_cell(x->p.state));
    act_noted(x->w, S("edition"), of[1]);
    act_next(x->w, &(struct going_on){.to = "plan editions",
                                      .given = {{"plan", x->p.code}},
                                      .said = tr_fill(x->w->a, x->out->lang, said, of, 2)});
}

/* The edition goes on to the state after the step. */
static enum err step_end(struct stepping *x, enum plan_life_move move, str said)
{
    str state = plan_life_state_after(move);
    x->s.step = str_of(plan_life_moves[move]);
    if (state.n != 0) x->p.state = state;
    enum err e = state.n == 0 ? OK : plan_edition_change(x->w, &x->p);
    if (e == OK) e = plan_life_step_add(x->w, &x->p, &x->s);
    if (e == OK) step_told(x, said);
    return e;
}

/* ---- circulate ---- */

/* Owners, those named beside them; where there is neither, the organisations next below. The plan's own is not asked. */
static enum err ask_owners(struct stepping *x, size_t *asked)
{
    struct plan_item *items;
    struct owners owners;
    size_t n;
    enum err e = plan_items(x->w, x->p.edition, WITH_OWNERS, &items, &n);
    if (e == OK) e = owners_load(x->w, &x->p, x->s.day, &owners);
    for (size_t i = 0; e == OK && i < n; i++) {
        const size_t *of;
        size_t n_of = owners_of(&owners, &items[i], x->w->a, &of);
        for (size_t k = 0; e == OK && k < n_of; k++) {
            if (owners.org[of[k]].id == x->p.org) continue;
            e = plan_life_ask(x->w, x->p.edition, owners.org[of[k]].id);
            (*asked)++;
        }
    }
    return e;
}

static enum err ask_named(struct stepping *x, size_t *asked)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, "ask", all, x->in->n);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++, (*asked)++) {
        const struct org *o = &all[i]->org;
        if (o->id == x->p.org || o->lo < x->p.org_lo || o->hi > x->p.org_hi)
            return fault_in(x->w, INVALID, at("ask"), M("'%1' is not below the organisation whose plan it is"), o->code);
        e = plan_life_ask(x->w, x->p.edition, o->id);
    }
    return e;
}

static enum err ask_below(struct stepping *x, size_t *asked)
{
    struct org own, *below;
    size_t n;
    enum err e = org_by_id(x->w, x->p.org, &own);
    if (e == OK) e = org_children(x->w, &own, &below, &n);
    for (size_t i = 0; e == OK && i < n; i++, (*asked)++) e = plan_life_ask(x->w, x->p.edition, below[i].id);
    return e;
}

enum err plan_act_circulate(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    size_t asked = 0;
    enum err e = step_begin(&x, "why");
    if (e == OK) e = step_fits(&x, MOVE_CIRCULATE);
    if (e == OK) e = day_in_order(&x, "date", false);
    if (e != OK) return e;
    x.s.until = arg_int(in, "due");
    x.s.has_until = true;
    if (x.s.until < x.s.day) return fault_in(w, INVALID, at("due"), M("it ends before it begins"));
    if ((e = ask_named(&x, &asked)) == OK) e = ask_owners(&x, &asked);
    if (e == OK && asked == 0) e = ask_below(&x, &asked);
    if (e != OK) return e;
    if (asked == 0) return fault_in(w, CONFLICT, at("plan"), M("there is nobody below '%1' who could be asked"), x.p.org_code);
    return step_end(&x, MOVE_CIRCULATE, M("Edition %2 of \"%1\" was sent to those asked."));
}

/* ---- public comment ---- */

enum err plan_act_consult(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    enum err e = step_begin(&x, "why");
    if (e == OK) e = step_fits(&x, MOVE_CONSULT);
    if (e != OK) return e;
    if (arg_given(in, "from")) x.s.day = arg_int(in, "from");
    x.s.until = arg_int(in, "until");
    x.s.has_until = true;
    if ((e = day_in_order(&x, "from", true)) != OK) return e;
    if (x.s.until < x.s.day) return fault_in(w, INVALID, at("until"), M("it ends before it begins"));
    x.p.is_public = true; /* what the public is asked about everybody may read */
    return step_end(&x, MOVE_CONSULT, M("The public comment on edition %2 of \"%1\" was entered; everybody may read the draft now."));
}

/* ---- decide ---- */

static enum err all_answered(struct stepping *x)
{
    int64_t open;
    enum err e = opinions_unanswered(x->w, x->p.edition, &open);
    if (e != OK || open == 0 || x->s.text.n != 0) return e;
    return fault_in(x->w, CONFLICT, at("why"), M("%1 comments on edition %2 of '%3' are not answered: answer them, or say why not"),
                    str_int(x->w->a, open), str_int(x->w->a, x->p.no), x->p.code);
}

/* Neither the ministries' term nor the public's is cut short without a word. */
static enum err term_over(struct stepping *x)
{
    const struct plan_life_step *last = NULL;
    for (size_t i = 0; i < x->n_before; i++)
        if (x->before[i].edition == x->p.edition && x->before[i].has_until) last = &x->before[i];
    if (last == NULL || x->s.day > last->until || x->s.text.n != 0) return OK;
    return fault_in(x->w, CONFLICT, at("why"), M("comments may come until %1: decide after that day, or say why it is cut short"),
                    date_text(x->w->a, last->until));
}

static enum err not_empty(const struct stepping *x)
{
    struct plan_item *items;
    size_t n;
    enum err e = plan_items(x->w, x->p.edition, 0, &items, &n);
    if (e != OK || n != 0) return e;
    return fault(x->w, CONFLICT, M("nothing stands in edition %2 of '%1' yet: bring its items in with `meguri plan import`, or add them"),
                 x->p.code, str_int(x->w->a, x->p.no));
}

enum err plan_act_decide(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    enum err e = step_begin(&x, "why");
    if (e == OK) e = step_fits(&x, MOVE_DECIDE);
    if (e == OK) e = not_empty(&x);
    if (e == OK) e = day_in_order(&x, "date", false);
    if (e == OK) e = term_over(&x);
    if (e == OK) e = all_answered(&x);
    if (e != OK) return e;
    x.p.decided = x.s.day;
    x.p.has_decided = true;
    x.p.meeting = x.s.meeting;
    x.p.is_public = x.p.is_public || arg_given(in, "public");
    return step_end(&x, MOVE_DECIDE, M("Edition %2 of \"%1\" is decided. It does not change any more."));
}

/* ---- afterwards ---- */

enum err plan_act_revise(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    enum err e = step_begin(&x, "why");
    if (e == OK) e = plan_life_text(w, "why", x.s.text, LIFE_WHY_MAX, true);
    if (e == OK) e = step_fits(&x, MOVE_REVISE);
    if (e == OK) e = day_in_order(&x, "date", false);
    if (e == OK) e = plan_edition_next(w, &x.p, x.s.text);
    if (e != OK) return e;
    return step_end(&x, MOVE_REVISE, M("Edition %2 of \"%1\" was begun as a draft, with all that the one before it has."));
}

enum err plan_act_keep(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    enum err e = step_begin(&x, "why");
    if (e == OK) e = plan_life_text(w, "why", x.s.text, LIFE_WHY_MAX, true);
    if (e == OK) e = step_fits(&x, MOVE_KEEP);
    if (e == OK) e = day_in_order(&x, "date", false);
    if (e != OK) return e;
    return step_end(&x, MOVE_KEEP, M("It is noted that edition %2 of \"%1\" needs no change."));
}

enum err plan_act_watch(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping x = {.w = w, .in = in, .out = out};
    enum err e = step_begin(&x, "text");
    if (e == OK) e = plan_life_text(w, "text", x.s.text, LIFE_WHY_MAX, true);
    if (e != OK) return e;
    if (x.s.day > today(w)) return fault_in(w, INVALID, at("date"), M("%1 is still to come"), date_text(w->a, x.s.day));
    x.s.step = S("watch");
    if ((e = plan_life_step_add(w, &x.p, &x.s)) != OK) return e;
    step_told(&x, M("The change was noted with \"%1\"."));
    return OK;
}
