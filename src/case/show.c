/* case show: one case, with what may be done to it now. */
#include "case/show.h"

#include "case/case.h"
#include "case/decide.h"
#include "case/kinds_store.h"
#include "case/reference.h"

#include "base/clock.h"

struct showing {
    struct work *w;
    struct doc *out;
    const struct kind *k, *kinds;
    size_t n_kinds;
    struct item i;
    struct item_value *v;
    size_t n;
    struct own_steps own;
    bool whole, names;
};

/* ---- cells ---- */

struct cell kind_cell(const struct kind *k) { return enum_named_cell(k->code, k->ja, k->en); }

struct cell state_cell(const struct kind *k, str code)
{
    const struct kind_state *s = kind_state(k, code);
    return s == NULL ? C_ENUM(code) : enum_named_cell(s->code, s->ja, s->en);
}

struct cell someone_cell(const struct someone *s)
{
    return s->id == 0 ? C_NONE : C_PERSON(s->code, s->ja, s->en);
}

struct cell org_cell(const struct item *i) { return C_ORG(i->org_code, i->org_ja, i->org_en, 0); }

/* As words: a date in a column of text stands as it is written in files. */
struct cell value_cell(const struct kind_field *f, str value)
{
    const struct kind_word *word = kind_word(f, value);
    if (value.n == 0) return C_NONE;
    return word != NULL ? named(word->code, word->ja, word->en) : C_TEXT(value);
}

/* ---- head ---- */

static void head(const struct showing *s)
{
    const struct kind_state *state = kind_state(s->k, s->i.state);
    enum lang lang = s->out->lang;
    doc_title(s->out, M("%1: %2"), lang_pick(lang, s->k->ja, s->k->en), s->i.title);
    doc_lead(s->out, M("%1, %2"), s->i.number, lang_pick(lang, s->i.org_ja, s->i.org_en));
    doc_fact(s->out, "state", M("State"), state_cell(s->k, s->i.state));
    doc_fact(s->out, "entered", M("In this state since"), C_DATE(s->i.entered));
    if (s->i.has_due) doc_fact(s->out, "due", M("To be done by"), C_DATE(s->i.due));
    bool late = state != NULL && !state->ended && s->i.has_due && s->i.due < today(s->w);
    if (late) doc_fact(s->out, "overdue", M("Overdue"), C_BOOL(1));
    doc_fact(s->out, "opened", M("Opened on"), C_DATE(s->i.opened));
    if (s->names && s->whole) {
        doc_fact(s->out, "opener", M("Opened by"), someone_cell(&s->i.opener));
        doc_fact(s->out, "owner", M("Person in charge"), someone_cell(&s->i.owner));
    }
}

/* What it refers to; each leads there. */
static void refers(const struct showing *s)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
        {"round", CELL_TEXT, N("Round"), 0, "inspect round", "round"},
        {"edition", CELL_TEXT, N("Edition"), 0, "standard show", "edition"},
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL},
        {"person", CELL_PERSON, N("About"), 0, NULL, NULL},
    };
    const struct item *i = &s->i;
    bool personal = i->respondent.n + i->about.code.n != 0 && s->whole && s->names;
    /* Who opens a case may name a post without learning whose it is. */
    bool told = personal && (i->about.id == s->w->actor->person || (i->within && may(s->w->actor, MAY_READ_NAMES, i->org_lo)));
    if (i->clause.n + i->round.n == 0 && !personal) return;
    doc_heading(s->out, M("What it is about"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "clause"});
    DOC_TABLE(s->out, "refers", columns);
    DOC_ROW(s->out, i->clause.n == 0 ? C_NONE : C_CLAUSE(i->clause),
            i->round.n == 0 ? C_NONE : named(i->round, i->round_ja, i->round_en),
            text_cell(i->edition),
            personal && i->respondent.n != 0 ? C_TEXT(i->respondent) : C_NONE,
            told ? someone_cell(&i->about) : C_NONE);
    doc_table_end(s->out);
}

/* ---- fields ---- */

static bool shown(const struct showing *s, const struct kind_field *f)
{
    if (value_in(s->v, s->n, f->code).n == 0) return false;
    return s->whole ? !f->personal || s->names : f->open && !f->personal;
}

static void fields(const struct showing *s)
{
    static const struct column columns[] = {
        {"field", CELL_TEXT, N("Field"), 0, NULL, NULL},
        {"value", CELL_TEXT, N("Value"), 0, NULL, NULL},
    };
    doc_heading(s->out, M("What was entered"));
    doc_show(s->out, &(struct show){.kind = SHOW_PAIRS, .label = "field", .detail = "value", .alone = true});
    DOC_TABLE(s->out, "fields", columns);
    for (size_t i = 0; i < s->k->n_fields; i++) {
        const struct kind_field *f = &s->k->fields[i];
        int64_t day;
        str value = value_in(s->v, s->n, f->code);
        if (!shown(s, f)) continue;
        bool date = f->type == FIELD_DATE && s->out->lang == LANG_JA && date_parse(value, &day);
        DOC_ROW(s->out, named(f->code, f->ja, f->en),
                date ? (struct cell){.type = CELL_TEXT, .text = value, .ja = date_era(s->w->a, day), .en = value}
                     : value_cell(f, value));
    }
    doc_table_end(s->out);
}

/* ---- what happened ---- */

static struct cell step_cell(const struct kind *k, str code)
{
    static const struct {
        const char *code;
        str words;
    } every[] = {{"open", N("Case opened")}, {"assign", N("Owner decided")}, {"adopt", N("Adoption noted")}, {"carry", N("Taken over into a plan")}};
    const struct kind_step *s = kind_step(k, code);
    if (s != NULL) return enum_named_cell(s->code, s->ja, s->en);
    for (size_t i = 0; i < sizeof every / sizeof *every; i++)
        if (str_eq(code, str_of(every[i].code)))
            return enum_named_cell(code, tr(LANG_JA, every[i].words), tr(LANG_EN, every[i].words));
    return C_ENUM(code);
}

static void way(const struct showing *s, const struct event *e, size_t n)
{
    static const struct column columns[] = {
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"since", CELL_DATE, N("In this state since"), 0, NULL, NULL},
        {"when", CELL_ENUM, N("When"), COL_DETAIL, NULL, NULL},
    };
    size_t last = 0;
    for (size_t i = 0; i < n; i++)
        if (e[i].became.n != 0) last = i;
    doc_show(s->out,
             &(struct show){.kind = SHOW_STEPS, .label = "state", .detail = "since", .state = "when", .alone = true});
    DOC_TABLE(s->out, "way", columns);
    for (size_t i = 0; i < n; i++)
        if (e[i].became.n != 0)
            DOC_ROW(s->out, state_cell(s->k, e[i].became), C_DATE(japan_day(e[i].at)),
                    C_ENUM(i == last ? S("now") : S("past")));
    doc_table_end(s->out);
}

static void history(const struct showing *s, const struct event *e, size_t n)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("Time"), 0, NULL, NULL},           {"step", CELL_ENUM, N("What was done"), 0, NULL, NULL},
        {"became", CELL_ENUM, N("State"), 0, NULL, NULL},      {"by", CELL_PERSON, N("By"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("What and why"), 0, NULL, NULL},
    };
    doc_heading(s->out, M("What happened"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "step"});
    DOC_TABLE(s->out, "history", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(s->out, C_TIME(e[i].at), step_cell(s->k, e[i].step),
                e[i].became.n == 0 ? C_NONE : state_cell(s->k, e[i].became), s->names ? someone_cell(&e[i].by) : C_NONE,
                text_cell(e[i].text));
    doc_table_end(s->out);
}

/* ---- what may be done ---- */

/* A case of another kind that may follow from this one: its organisation, round, clause and title go along. The kind's way
 * of opening says what the button does. */
static void follow_one(const struct showing *s, const struct kind *k)
{
    struct arena *a = s->w->a;
    bool fits;
    enum lang lang = s->out->lang;
    const struct kind_step *opens = step_of_opening(k, S(""), &fits);
    str name = lang_pick(lang, k->ja, k->en), does = opens == NULL ? name : lang_pick(lang, opens->ja, opens->en);
    struct column *c = arena_array(a, 7, sizeof *c);
    c[0] = (struct column){"what", CELL_TEXT, N("Kind"), 0, NULL, NULL};
    c[1] = (struct column){"open", CELL_TEXT, does, 0, "case open", "kind"};
    static const char *const along[] = {"source", "title", "org", "round", "clause"};
    for (size_t i = 0; i < 5; i++) c[i + 2] = (struct column){along[i], CELL_TEXT, N("Field"), COL_DATA, NULL, along[i]};
    doc_show(s->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    doc_table(s->out, str_c(a, str_fmt(a, "follow_%.*s", STR_ARG(k->code))), c, 7);
    DOC_ROW(s->out, C_TEXT(name), C_TEXT(k->code), C_TEXT(reference_text(a, REFER_CASE, S(""), s->i.number)), C_TEXT(s->i.title),
            C_TEXT(s->i.org_code), text_cell(k->about & ABOUT_ROUND ? s->i.round : S("")),
            text_cell(k->about & ABOUT_CLAUSE ? s->i.clause : S("")));
    doc_table_end(s->out);
}

static bool follows(const struct showing *s)
{
    bool any = false;
    for (size_t i = 0; s->whole && i < s->n_kinds; i++) {
        const struct kind *k = &s->kinds[i];
        if (!list_has(k->after, s->k->code) || !may_open(k, s->w->actor, s->i.org_lo, s->i.above_lo))
            continue;
        if (!any) doc_heading(s->out, M("What may follow from it"));
        follow_one(s, k);
        any = true;
    }
    return any;
}

static void step_form(const struct showing *s, const struct kind_step *step, bool first)
{
    str name = lang_pick(s->out->lang, step->ja, step->en);
    doc_form(s->out, &(struct form){.act = "case step",
                                    .title = name,
                                    .given = {{"case", s->i.number}, {"step", step->code}},
                                    .button = {{NULL, NULL, name}},
                                    .folded = !first});
    fields_begin(s->out, str_c(s->w->a, str_fmt(s->w->a, "step_%.*s", STR_ARG(step->code))));
    case_step_rows(s->out, s->k, step, s->v, s->names ? s->n : 0);
    doc_table_end(s->out);
    doc_form_end(s->out);
}

static void other_form(const struct showing *s, const char *act, const char *ask)
{
    doc_form(s->out, &(struct form){.act = act, .given = {{"case", s->i.number}}, .ask = ask, .folded = true});
    doc_form_end(s->out);
}

/* Whom to choose from is shown to who may see names there, unless there are too many to choose from. */
static enum err assign_form(const struct showing *s)
{
    enum { CHOICES = 100 };
    struct someone *all;
    size_t n = 0;
    enum err e = s->names ? people_of(s->w, s->i.org_lo, s->i.org_hi, CHOICES, &all, &n) : OK;
    if (e != OK) return e;
    if (n == 0 || n > CHOICES) {
        other_form(s, "case assign", "owner");
        return OK;
    }
    doc_form(s->out, &(struct form){.act = "case assign", .given = {{"case", s->i.number}}, .folded = true});
    fields_begin(s->out, "people");
    field_row(s->out, S("owner"), "enum", words_cell(M("Person in charge")), true, C_NONE, text_cell(s->i.owner.code));
    for (size_t i = 0; i < n; i++) field_choice(s->out, S("owner"), all[i].code, named(all[i].code, all[i].ja, all[i].en));
    doc_table_end(s->out);
    doc_form_end(s->out);
    return OK;
}

static enum err forms(const struct showing *s)
{
    const struct actor *a = s->w->actor;
    bool first = true, own = false;
    bool assigns = s->whole && !s->i.has_ended && may(a, s->k->assigns, s->i.org_lo);
    bool adopts = s->i.shared && (a->rights & s->k->adopts) != 0;
    doc_heading(s->out, M("What you may do now"));
    for (size_t i = 0; i < s->k->n_steps; i++) {
        enum verdict v = step_judge(&s->k->steps[i], &s->i, a, &s->own);
        own = own || v == STEP_OWN;
        if (v != STEP_FITS) continue;
        step_form(s, &s->k->steps[i], first && !s->k->steps[i].aside);
        first = false;
    }
    enum err e = assigns ? assign_form(s) : OK;
    if (e != OK) return e;
    if (adopts) other_form(s, "case adopt", "org text");
    bool more = follows(s);
    if (own)
        doc_text(s->out, M("You are concerned yourself, so the next step is taken by another person."));
    else if (first && !assigns && !adopts && !more)
        doc_text(s->out, M("Nothing: the case waits for others, or is ended."));
    return OK;
}

static enum err adoptions(const struct showing *s)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Noted"), COL_DETAIL, NULL, NULL},
        {"text", CELL_TEXT, N("How"), 0, NULL, NULL},
    };
    struct adopted *all;
    size_t n;
    if (!s->i.shared || s->k->adopts == 0) return OK;
    enum err e = adoptions_of(s->w, s->i.id, &all, &n);
    if (e != OK) return e;
    doc_heading(s->out, M("Who follows it (%1)"), str_int(s->w->a, (int64_t)n));
    if (n == 0) {
        doc_text(s->out, M("No organisation noted yet that it follows this practice."));
        return OK;
    }
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(s->out, "followers", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(s->out, C_ORG(all[i].org, all[i].ja, all[i].en, 0), C_TIME(all[i].at),
                text_cell(all[i].text));
    doc_table_end(s->out);
    return OK;
}

enum err case_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out};
    struct kind *all;
    struct event *events;
    size_t n_events;
    enum err e = item_find(w, arg_text(in, "case"), &s.i);
    if (e == OK) e = kinds_all(w, &all, &s.n_kinds);
    if (e == OK) e = values_of(w, s.i.id, &s.v, &s.n);
    if (e == OK) e = own_steps_load(w, s.i.id, &s.own);
    if (e == OK) e = events_of(w, s.i.id, &events, &n_events);
    if (e != OK) return e;
    s.kinds = all;
    s.k = kind_of(all, s.n_kinds, s.i.kind);
    s.whole = item_whole(&s.i, w->actor);
    s.names = item_names(&s.i, w->actor);
    out->personal = s.names && s.whole && !item_mine(&s.i, w->actor);
    head(&s);
    if (s.whole) way(&s, events, n_events);
    if ((e = forms(&s)) != OK) return e;
    fields(&s);
    refers(&s);
    if (s.whole && (e = references_show(w, &s.i, all, s.n_kinds, out)) != OK) return e;
    if ((e = adoptions(&s)) != OK) return e;
    if (s.whole) history(&s, events, n_events);
    if (s.names && s.whole) out->handling = M("holds personal data: for those concerned only");
    if (!s.whole) doc_note(out, M("Shown is the part of the case that is shared with all."));
    return OK;
}
