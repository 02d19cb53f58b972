/* inspect survey-reply, survey-done: an answer for one system, for those that must not be named, or that there is none; and
 * that an organisation has said all. */
#include "base/utf8.h"
#include "inspect/acts.h"
#include "inspect/survey_acts.h"

/* ---- who ---- */

/* That its answers are complete says, where it has begun to answer itself, the organisation alone. */
enum err survey_says_all(struct work *w, const struct survey *s, const struct survey_org *o)
{
    int64_t inside = 0;
    if (!survey_speaks(w, o)) return fault(w, DENIED, M("a survey is answered by who manages the organisation, and by the managers of a system for theirs"));
    enum err e = survey_own_eyes(w, s, o) ? OK : survey_inside(w, s, o->org, &inside);
    if (e == OK && inside != 0) return fault(w, CONFLICT, M("'%1' has begun to answer itself: only it says that its answers are complete"), o->code);
    return e;
}

bool survey_speaks(const struct work *w, const struct survey_org *o) { return may(w->actor, MAY_MANAGE, o->lo); }

bool survey_answers(const struct work *w, const struct survey_system *x)
{
    return x->mine || may(w->actor, MAY_MANAGE, x->org_lo);
}

bool survey_own_eyes(const struct work *w, const struct survey *s, const struct survey_org *o)
{
    return !s->own || (o->lo <= w->lo && w->hi <= o->hi);
}

enum err survey_org_given(struct work *w, const struct survey *s, const struct org *given, struct survey_org *out)
{
    struct survey_org *mine;
    size_t n, found = 0;
    struct where at = {.field = S("org")};
    enum err e = survey_mine(w, s->id, &mine, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        bool is = given == NULL || given->id == mine[i].org || (given->lo > mine[i].lo && given->lo < mine[i].hi);
        if (is) *out = mine[i];
        found += is;
    }
    if (found == 1) return OK;
    if (given == NULL && found > 1) return fault_in(w, INVALID, at, M("for which organisation? Give one that survey '%1' asks"), s->code);
    return fault_in(w, NOTFOUND, at, M("survey '%1' asks no organisation of yours"), s->code);
}

static enum err not_yours(struct work *w)
{
    return fault(w, DENIED, M("a survey is answered by who manages the organisation, and by the managers of a system for theirs"));
}

/* ---- what was given ---- */

struct replying {
    struct work *w;
    const struct args *in;
    struct survey s;
    struct survey_org org;
    struct survey_reply was, now;
    bool registered; /* the system is in the register */
    size_t changed;
};

static struct where at_key(const struct replying *x, const struct arg *a)
{
    return (struct where){.field = str_fmt(x->w->a, "%s.%.*s", a->param->name, STR_ARG(a->key))};
}

static const struct survey_question *question_given(const struct replying *x, const struct arg *a)
{
    const struct survey_question *q = survey_question_of(&x->s, a->key);
    if (q == NULL) fault_in(x->w, INVALID, at_key(x, a), M("'%1' is no question of this survey"), a->key);
    return q;
}

static void take_text(struct replying *x, const struct survey_question *q, str text, struct where at)
{
    str value;
    if (!survey_value(x->w->a, q, text, &value)) {
        if (q->type == SURVEY_LEVELS)
            fault_in(x->w, INVALID, at, M("'%1' is no answer to '%2': per cent from 0 to 100 after %3 hours, each a number or a range such as 60-80"),
                     utf8_head(text, 60), q->key, q->choices);
        else if (q->type == SURVEY_HOURS)
            fault_in(x->w, INVALID, at, M("'%1' is no answer to '%2': hours, as a number or a range such as 8-12 (in a spreadsheet 8..12, or it becomes a date), at most %3"),
                     utf8_head(text, 60), q->key, str_int(x->w->a, SURVEY_HOURS_MAX));
        else if (q->type == SURVEY_CHOICE)
            fault_in(x->w, INVALID, at, M("'%1' is no answer to '%2': %3 (%4)"), utf8_head(text, 60), q->key,
                     survey_choices_told(x->w->a, LANG_EN, q), survey_choices_told(x->w->a, LANG_JA, q));
        else
            fault_in(x->w, INVALID, at, M("'%1' is no answer to '%2' (%3)"), utf8_head(text, 60), q->key,
                     tr(LANG_EN, str_of(survey_type_codes[q->type])));
        return;
    }
    str *stands = &x->now.value[q->pos - 1];
    x->changed += !str_eq(*stands, value);
    *stands = value;
}

/* ---- rows of a grid: value.KEY/HOURS, a cell each ---- */

struct grid_row {
    const struct survey_question *q;
    str cell[SURVEY_TIMES_MAX];
    struct where at;
};

static ptrdiff_t cell_of(const struct survey_question *q, str hours)
{
    int64_t all[SURVEY_TIMES_MAX], wanted;
    size_t n = survey_times(q, all);
    if (!str_to_int(hours, &wanted)) return -1;
    for (size_t i = 0; i < n; i++)
        if (all[i] == wanted) return (ptrdiff_t)i;
    return -1;
}

/* Answers where the value goes when it is a cell of a grid that fits; notes a fault when it is one that does not. */
static str *grid_cell(struct replying *x, const struct arg *a, struct grid_row *rows)
{
    str hours = a->key, key;
    if (!str_cut(&hours, '/', &key)) return NULL;
    const struct survey_question *q = survey_question_of(&x->s, key);
    ptrdiff_t at = q == NULL || q->type != SURVEY_LEVELS ? -1 : cell_of(q, hours);
    struct survey_range one;
    struct survey_question single = {.type = SURVEY_LEVELS, .choices = S("1")};
    if (at < 0) {
        fault_in(x->w, INVALID, at_key(x, a), M("'%1' is no question of this survey"), a->key);
        return NULL;
    }
    if (str_trim(a->text).n != 0 && survey_ranges(x->w->a, &single, a->text, &one, 1) != 1) {
        fault_in(x->w, INVALID, at_key(x, a), M("'%1' is no level: per cent from 0 to 100, a number or a range such as 60-80"),
                 utf8_head(a->text, 60));
        return NULL;
    }
    struct grid_row *row = &rows[q->pos - 1];
    row->q = q;
    row->at = at_key(x, a);
    return &row->cell[at];
}

static void take_given(struct replying *x, const struct arg *const *all, size_t n)
{
    struct grid_row rows[SURVEY_QUESTIONS_MAX] = {0};
    for (size_t i = 0; i < n; i++) {
        if (str_find(all[i]->key, S("/")) >= 0) {
            str *cell = grid_cell(x, all[i], rows);
            if (cell != NULL) *cell = all[i]->text;
            continue;
        }
        const struct survey_question *q = question_given(x, all[i]);
        if (q != NULL) take_text(x, q, all[i]->text, at_key(x, all[i]));
    }
    for (size_t i = 0; i < x->s.n; i++)
        if (rows[i].q != NULL) take_text(x, rows[i].q, survey_levels_joined(x->w->a, rows[i].q, rows[i].cell), rows[i].at);
}

static enum err take_values(struct replying *x)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, "value", all, x->in->n), answered = 0;
    int64_t before = x->w->faults.count;
    take_given(x, all, n);
    if (x->w->faults.count != before) return INVALID;
    for (size_t i = 0; i < x->s.n; i++) answered += x->now.value[i].n != 0;
    if (answered == 0) return fault(x->w, INVALID, M("nothing is answered: give at least one answer"));
    return OK;
}

/* ---- how many must not be named ---- */

static enum err take_numbers(struct replying *x, const char *param, int64_t *of, int64_t most)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, param, all, x->in->n);
    for (size_t i = 0; i < n; i++) {
        const struct survey_question *q = question_given(x, all[i]);
        if (q == NULL) return INVALID;
        if (q->type != SURVEY_YES_NO)
            return fault_in(x->w, INVALID, at_key(x, all[i]), M("of systems that are not named only yes and no are counted: '%1' asks for more"), all[i]->key);
        int64_t number = 0;
        str text = str_trim(all[i]->text);
        if (text.n != 0 && (!str_to_int(text, &number) || number < 0 || number > most)) /* empty: none */
            return fault_in(x->w, INVALID, at_key(x, all[i]), M("a number from 0 to %1, the systems that are not named"), str_int(x->w->a, most));
        of[q->pos - 1] = number;
    }
    return OK;
}

/* Yes and no of a question are not more than there are. */
static enum err numbers_fit(const struct replying *x, int64_t all)
{
    for (size_t i = 0; i < x->s.n; i++)
        if (x->now.yes[i] + x->now.no[i] > all)
            return fault_in(x->w, INVALID, ((struct where){.field = str_fmt(x->w->a, "yes.%.*s", STR_ARG(x->s.question[i].key))}),
                            M("question '%1': yes and no together are more than the %2 systems that are not named"), x->s.question[i].key,
                            str_int(x->w->a, all));
    return OK;
}

static enum err put(struct replying *x, const struct survey_change *c)
{
    struct work *w = x->w;
    bool closing = x->org.done != 0 || x->org.none;
    enum err e = survey_org_add(w, x->s.id, x->org.org, c);
    return e == OK && closing ? survey_org_set(w, x->s.id, x->org.org, false, false, true) : e;
}

static enum err reply_unnamed(struct replying *x)
{
    struct work *w = x->w;
    int64_t n = arg_int(x->in, "unnamed");
    struct where at = {.field = S("unnamed")};
    if (!survey_speaks(w, &x->org)) return not_yours(w);
    if (x->s.own) return fault_in(w, INVALID, at, M("answers of this survey are seen by your organisation alone: each service is named"));
    if (str_eq(x->s.per, S("organisation"))) return fault_in(w, INVALID, at, M("this survey asks organisations, not their systems"));
    if (n < 0 || n > SURVEY_UNNAMED_MAX) return fault_in(w, INVALID, at, M("a number from 0 to %1"), str_int(w->a, SURVEY_UNNAMED_MAX));
    enum err e = survey_reply_get(w, &x->s, x->org.org, S(""), &x->was);
    x->now = (struct survey_reply){.org = x->org.org};
    if (e == OK) e = take_numbers(x, "yes", x->now.yes, n);
    if (e == OK) e = take_numbers(x, "no", x->now.no, n);
    if (e == OK) e = numbers_fit(x, n);
    if (e != OK) return e;
    int64_t late = x->was.id == 0 && n > 0 ? w->now > x->s.due : x->was.id != 0 && n == 0 ? -(x->was.first > x->s.due) : 0;
    if (n > 0) e = survey_reply_put(w, &x->s, &x->was, &x->now);
    else if (x->was.id != 0) e = survey_reply_drop(w, &x->s, &x->was);
    return e == OK ? put(x, &(struct survey_change){.unnamed = n - x->org.unnamed, .late = late}) : e;
}

/* ---- one system, or the organisation itself ---- */

static enum err find_named(struct replying *x, str name, struct where at)
{
    struct work *w = x->w;
    struct survey_system system = {0};
    size_t n = 0;
    if (str_eq(x->s.per, S("organisation"))) {
        if (name.n != 0) return fault_in(w, INVALID, at, M("this survey asks organisations, not their systems"));
        if (!survey_speaks(w, &x->org)) return not_yours(w);
        return survey_reply_get(w, &x->s, x->org.org, x->org.code, &x->was);
    }
    for (size_t i = 0; i < name.n; n++) utf8_next(name, &i);
    if (n == 0 && str_eq(x->s.kind, S("service"))) return fault_in(w, INVALID, at, M("for which essential service? Give its name"));
    if (n == 0) return fault_in(w, INVALID, at, M("for which system? Give its code, or its name where it is not in the register"));
    if (n > SURVEY_NAME_MAX) return fault_in(w, INVALID, at, M("at most %1 letters"), str_int(w->a, SURVEY_NAME_MAX));
    enum err e = survey_system_find(w, &x->s, &x->org, name, &system);
    if (e != OK && e != NOTFOUND) return e;
    x->registered = e == OK;
    if (x->registered ? !survey_answers(w, &system) : !survey_speaks(w, &x->org)) return not_yours(w);
    e = survey_reply_get(w, &x->s, x->org.org, name, &x->was);
    x->was.system = x->registered ? system.id : 0;
    return e;
}

/* What another changed since the page was shown is not overwritten unseen. */
static enum err not_stale(const struct replying *x)
{
    if (!arg_given(x->in, "revision") || arg_int(x->in, "revision") == x->was.revision) return OK;
    return fault(x->w, CONFLICT, M("the answer for '%1' was changed by %2 since the page was shown: look at what stands, then answer again"),
                 x->was.name, x->was.by_whom);
}

/* Whoever enters for an organisation from outside is not shown what it answered itself, and does not change it. */
static enum err its_own(const struct replying *x, struct where at)
{
    if (survey_own_eyes(x->w, &x->s, &x->org) || x->was.id == 0 || x->was.outside) return OK;
    return fault_in(x->w, CONFLICT, at, M("'%1' answered for this itself: only it changes that"), x->org.code);
}

/* What stands is gone on from; from outside it is not known, and so given anew as a whole. */
static void go_on(struct replying *x)
{
    x->now = x->was;
    x->now.outside = !survey_own_eyes(x->w, &x->s, &x->org);
    for (size_t i = 0; x->now.outside && i < x->s.n; i++) x->now.value[i] = (str){0};
    x->changed = x->now.outside;
}

static enum err put_named(struct replying *x)
{
    bool is_new = x->was.id == 0, out_of_register = !x->registered && !str_eq(x->s.per, S("organisation"));
    if (!is_new && x->changed == 0) return OK; /* said twice */
    enum err e = survey_reply_put(x->w, &x->s, &x->was, &x->now);
    struct survey_change c = {.replies = is_new, .extra = is_new && out_of_register, .late = is_new && x->w->now > x->s.due};
    return e == OK ? put(x, &c) : e;
}

static enum err reply_named(struct replying *x)
{
    struct work *w = x->w;
    struct where at = {.field = S("system")};
    enum err e = find_named(x, str_trim(arg_text(x->in, "system")), at);
    if (e == OK) e = not_stale(x);
    if (e == OK) e = its_own(x, at);
    if (e != OK) return e;
    if (arg_given(x->in, "remove")) {
        bool out_of_register = !x->registered && !str_eq(x->s.per, S("organisation"));
        if (x->was.id == 0) return fault(w, NOTFOUND, M("no answer for '%1' stands"), x->was.name);
        e = survey_reply_drop(w, &x->s, &x->was);
        return e == OK ? put(x, &(struct survey_change){-1, out_of_register ? -1 : 0, 0, x->was.first > x->s.due ? -1 : 0}) : e;
    }
    go_on(x);
    if ((e = take_values(x)) != OK) return e;
    return put_named(x);
}

/* ---- all that are left ---- */

static enum err reply_rest(struct replying *x)
{
    struct work *w = x->w;
    struct survey_system *all;
    size_t n;
    int64_t put_n = 0;
    struct where at = {.field = S("rest")};
    if (str_eq(x->s.per, S("organisation"))) return fault_in(w, INVALID, at, M("this survey asks organisations, not their systems"));
    enum err e = take_values(x);
    if (e == OK) e = survey_systems(w, &x->s, &x->org, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; e == OK && i < n; i++) {
        if (all[i].reply != 0 || !survey_answers(w, &all[i])) continue;
        struct survey_reply none = {0};
        x->now.org = x->org.org;
        x->now.name = all[i].code;
        x->now.system = all[i].id;
        x->now.outside = !survey_own_eyes(w, &x->s, &x->org);
        e = survey_reply_put(w, &x->s, &none, &x->now);
        put_n++;
    }
    if (e != OK) return e;
    if (put_n == 0) return fault_in(w, CONFLICT, at, M("no system of the register is left to be answered for"));
    act_noted(w, S("systems"), str_int(w->a, put_n));
    return put(x, &(struct survey_change){.replies = put_n, .late = w->now > x->s.due ? put_n : 0});
}

/* ---- none is concerned ---- */

static enum err reply_none(struct replying *x)
{
    if (!survey_speaks(x->w, &x->org)) return not_yours(x->w);
    if (x->org.replies + x->org.unnamed > 0)
        return fault(x->w, CONFLICT, M("answers for %1 systems stand: take them back first, or say that these are all"),
                     str_int(x->w->a, x->org.replies + x->org.unnamed));
    return survey_org_set(x->w, x->s.id, x->org.org, true, true, false);
}

/* ---- the acts ---- */

enum err survey_answerable(struct work *w, str code, struct survey *out)
{
    enum err e = survey_load(w, code, out);
    if (e != OK) return e;
    if (!str_eq(out->state, S("open")))
        return fault(w, CONFLICT, M("survey '%1' is closed: tell who asked, the figures stand as they are"), out->code);
    if (w->actor->rights & MAY_AUDIT && w->actor->person != 0) return fault(w, DENIED, M("an auditor changes nothing, and answers no survey"));
    return OK;
}

enum err survey_row_given(struct work *w, const struct survey *s, const struct survey_org *o, str name, const struct survey_cells *given,
                          bool *changed)
{
    struct replying x = {.w = w, .s = *s, .org = *o};
    int64_t before = w->faults.count;
    enum err e = find_named(&x, name, given->at);
    if (e == OK) e = its_own(&x, given->at);
    if (e != OK) return e;
    go_on(&x);
    for (size_t i = 0; i < s->n; i++)
        if (given->has[i]) take_text(&x, &s->question[i], given->text[i], given->where[i]);
    if (w->faults.count != before) return INVALID;
    *changed = x.was.id == 0 || x.changed != 0;
    return put_named(&x);
}

static enum err replying_load(struct work *w, const struct args *in, struct replying *x)
{
    *x = (struct replying){.w = w, .in = in};
    enum err e = survey_answerable(w, arg_text(in, "survey"), &x->s);
    if (e != OK) return e;
    const struct org *given = arg_org(in, "org");
    struct survey_org *mine;
    struct survey_system system;
    size_t n;
    str name = str_trim(arg_text(in, "system"));
    if (given != NULL || name.n == 0) return survey_org_given(w, &x->s, given, &x->org);
    if ((e = survey_mine(w, x->s.id, &mine, &n)) != OK) return e; /* by the system itself, where it is in the register */
    for (size_t i = 0; i < n; i++) {
        e = survey_system_find(w, &x->s, &mine[i], name, &system);
        if (e == OK) x->org = mine[i];
        if (e != NOTFOUND) return e;
    }
    return survey_org_given(w, &x->s, NULL, &x->org);
}

static void go_to_form(struct work *w, const struct replying *x, str said)
{
    struct going_on next = {.to = "inspect survey-form", .given = {{"survey", x->s.code}, {"org", x->org.code}}, .said = said};
    if (w->actor->lo > x->org.lo) next.given[1].name = NULL; /* not in their reach to name */
    act_next(w, &next);
}

static str said_after(const struct survey *s, bool none, bool done)
{
    if (none) return str_eq(s->kind, S("service")) ? M("Answered: no essential service.") : M("Answered: no system is concerned.");
    return done ? M("Sent: complete. An answer given after this reopens it, with a mark.") : M("Saved. Go on with the next; say so when these are all.");
}

enum err inspect_act_survey_reply(struct work *w, const struct args *in, struct doc *out)
{
    struct replying x;
    bool none = arg_given(in, "none"), unnamed = arg_given(in, "unnamed"), rest = arg_given(in, "rest"), named = str_trim(arg_text(in, "system")).n != 0;
    enum err e = replying_load(w, in, &x);
    if (e != OK) return e;
    if (none + unnamed + rest + named > 1 || (none && arg_given(in, "value")))
        return fault(w, INVALID, M("one at a time: a system, those that are not named, or that none is concerned"));
    e = none ? reply_none(&x) : rest ? reply_rest(&x) : unnamed ? reply_unnamed(&x) : reply_named(&x);
    bool done = arg_given(in, "done") && !none;
    if (e == OK && done && (e = survey_says_all(w, &x.s, &x.org)) == OK) e = survey_org_set(w, x.s.id, x.org.org, false, true, false);
    if (e != OK) return e;
    bool late = w->now > x.s.due;
    doc_fact(out, "org", M("Organisation"), C_ORG(x.org.code, x.org.ja, x.org.en, 0));
    if (late) doc_note(out, M("The survey is overdue: the answer is taken, and one that is new is marked as late."));
    act_noted(w, S("org"), x.org.code);
    go_to_form(w, &x, tr(out->lang, said_after(&x.s, none, done)));
    return OK;
}

enum err inspect_act_survey_done(struct work *w, const struct args *in, struct doc *out)
{
    struct replying x;
    enum err e = replying_load(w, in, &x);
    if (e != OK) return e;
    if ((e = survey_says_all(w, &x.s, &x.org)) != OK) return e;
    if (x.org.done != 0) return fault(w, CONFLICT, M("'%1' said already that its answers are complete"), x.org.code);
    if (x.org.replies + x.org.unnamed == 0)
        return fault(w, CONFLICT, M("nothing is answered yet: answer for a system, or say that none is concerned"));
    if ((e = survey_org_set(w, x.s.id, x.org.org, false, true, false)) != OK) return e;
    doc_fact(out, "org", M("Organisation"), C_ORG(x.org.code, x.org.ja, x.org.en, 0));
    doc_fact(out, "answered", M("Systems answered for"), C_INT(x.org.replies + x.org.unnamed));
    act_noted(w, S("org"), x.org.code);
    go_to_form(w, &x, tr(out->lang, M("Complete. An answer given after this reopens it, with a mark.")));
    return OK;
}
