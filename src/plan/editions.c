/* plan editions: how a plan came to be and went on, and what may be done next. */
#include "plan/acts.h"
#include "plan/forms.h"
#include "plan/life.h"

const struct param plan_editions_params[] = {
    {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"}, {0}};

struct telling {
    struct work *w;
    struct doc *out;
    struct plan p; /* with its last edition in sight */
    struct plan_edition_line *editions;
    struct plan_life_step *steps;
    struct plan_life_asked *asked;
    size_t n_editions, n_steps, n_asked;
    bool mine;
};

/* What is looked at concerns only those who do it, until it led to a step. */
static bool step_told_of(const struct telling *t, size_t i)
{
    if (t->mine || !str_eq(t->steps[i].step, S("watch"))) return true;
    for (size_t k = i + 1; k < t->n_steps; k++)
        if (!str_eq(t->steps[k].step, S("watch"))) return true;
    return false;
}

static const struct plan_life_step *step_of(const struct telling *t, const char *step)
{
    const struct plan_life_step *found = NULL;
    for (size_t i = 0; i < t->n_steps; i++)
        if (t->steps[i].edition == t->p.edition && str_eq(t->steps[i].step, str_of(step))) found = &t->steps[i];
    return found;
}

/* ---- where it stands ---- */

static void way(const struct telling *t)
{
    static const struct column columns[] = {
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"since", CELL_DATE, N("Since"), 0, NULL, NULL},
        {"until", CELL_DATE, N("Comments until"), 0, NULL, NULL},
        {"when", CELL_ENUM, N("When"), COL_DETAIL, NULL, NULL},
    };
    static const struct {
        const char *state, *step;
    } all[] = {{"draft", "revise"}, {"consultation", "circulate"}, {"comment", "consult"}, {"decided", "decide"}};
    enum { STATES = sizeof all / sizeof *all };
    size_t now = 0;
    for (size_t i = 0; i < STATES; i++)
        if (str_eq(t->p.state, str_of(all[i].state))) now = i;
    doc_heading(t->out, M("Edition %1"), str_int(t->w->a, t->p.no));
    doc_show(t->out, &(struct show){.kind = SHOW_STEPS, .label = "state", .detail = "since", .state = "when", .alone = true});
    DOC_TABLE(t->out, "way", columns);
    for (size_t i = 0; i < STATES; i++) {
        const struct plan_life_step *s = step_of(t, all[i].step);
        bool skipped = s == NULL && i > 0 && i < now;
        str when = i == now ? S("now") : i < now ? S("past") : S("next");
        if (skipped) continue; /* it was left out */
        DOC_ROW(t->out, plan_state_cell(str_of(all[i].state)), s == NULL ? C_NONE : C_DATE(s->day),
                s == NULL || !s->has_until ? C_NONE : C_DATE(s->until), C_ENUM(when));
    }
    doc_table_end(t->out);
}

static void head(const struct telling *t)
{
    const struct plan *p = &t->p;
    enum lang lang = t->out->lang;
    doc_title(t->out, M("%1: editions"), lang_pick(lang, p->title_ja, p->title_en));
    doc_lead(t->out, M("%1, %2, from %3 to %4"), p->code, lang_pick(lang, p->org_ja, p->org_en), lang_date(t->w->a, lang, p->since),
             lang_date(t->w->a, lang, p->until));
    doc_fact(t->out, "edition", M("Edition"), C_INT(p->no));
    doc_fact(t->out, "state", M("State"), plan_state_cell(p->state));
    if (p->has_decided) doc_fact(t->out, "decided", M("Decided on"), C_DATE(p->decided));
}

/* ---- what may be done ---- */

static void step_form(const struct telling *t, const char *act, str title, const char *ask, bool folded)
{
    doc_form(t->out, &(struct form){.act = act, .title = title, .given = {{"plan", t->p.code}}, .ask = ask, .folded = folded});
    doc_form_end(t->out);
}

static void forms(const struct telling *t)
{
    static const struct {
        const char *state, *act, *ask;
        str title;
        bool folded;
    } all[] = {
        {"draft", "plan circulate", "due ask date", N("Send it to the ministries"), false},
        {"draft", "plan consult", "from until why", N("Ask the public"), true},
        {"consultation", "plan consult", "from until why", N("Ask the public"), false},
        {"comment", "plan comment", "text label group no date", N("Enter a comment that came"), false},
        {"comment", "plan decide", "date meeting public why", N("Enter the decision"), true},
        {"draft", "plan decide", "date meeting public why", N("Enter the decision"), true},
        {"consultation", "plan decide", "date meeting public why", N("Enter the decision"), true},
        {"decided", "plan keep", "why date meeting", N("Note that no change is needed"), true},
        {"decided", "plan revise", "why date", N("Begin a revision"), true},
    };
    if (!t->mine) return;
    doc_heading(t->out, M("What may be done next"));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(t->p.state, str_of(all[i].state))) step_form(t, all[i].act, all[i].title, all[i].ask, all[i].folded);
    step_form(t, "plan watch", M("Note a change around the plan"), "text date", true);
}

/* For those who were asked. */
static void remark_form(const struct telling *t)
{
    if (t->mine || !str_eq(t->p.state, S("consultation"))) return;
    for (size_t i = 0; i < t->n_asked; i++) {
        if (!may(t->w->actor, MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, t->asked[i].lo)) continue;
        doc_heading(t->out, M("What may be done next"));
        step_form(t, "plan remark", M("Say what should be otherwise"), "text no", false);
        return;
    }
}

/* ---- the whole history ---- */

static void editions(const struct telling *t)
{
    static const struct column columns[] = {
        {"edition", CELL_INT, N("Edition"), 0, "plan show", "edition"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"decided", CELL_DATE, N("Decided on"), 0, NULL, NULL},
        {"meeting", CELL_TEXT, N("Meeting"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("Why it was revised"), 0, NULL, NULL},
        {"comments", CELL_TEXT, N("Comments and answers"), 0, "plan comments", NULL},
        {"changes", CELL_TEXT, N("Changes"), 0, "plan compare", NULL},
        {"public", CELL_BOOL, N("Public"), COL_DETAIL, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    doc_heading(t->out, M("Editions"));
    doc_show(t->out, &(struct show){.kind = SHOW_CARDS, .label = "edition"});
    DOC_TABLE(t->out, "plan_editions", columns);
    for (size_t i = t->n_editions; i-- > 0;) {
        const struct plan_edition_line *e = &t->editions[i];
        DOC_ROW(t->out, C_INT(e->no), plan_state_cell(e->state), e->has_decided ? C_DATE(e->decided) : C_NONE, text_cell(e->meeting),
                text_cell(e->reason), words_cell(M("Comments")), i == 0 ? C_NONE : words_cell(M("Against the one before")),
                C_BOOL(e->is_public), C_TEXT(t->p.code));
    }
    doc_table_end(t->out);
}

static void history(const struct telling *t)
{
    static const struct column columns[] = {
        {"date", CELL_DATE, N("Date"), 0, NULL, NULL},
        {"edition", CELL_INT, N("Edition"), 0, NULL, NULL},
        {"step", CELL_ENUM, N("What was done"), 0, NULL, NULL},
        {"until", CELL_DATE, N("Comments until"), 0, NULL, NULL},
        {"meeting", CELL_TEXT, N("Meeting"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("What and why"), 0, NULL, NULL},
    };
    doc_heading(t->out, M("How it went"));
    if (t->n_steps == 0) {
        doc_text(t->out, t->mine ? M("No step was entered yet: the first is to send the draft to the ministries.")
                                 : M("No step was entered yet."));
        return;
    }
    doc_show(t->out, &(struct show){.kind = SHOW_CARDS, .label = "date"});
    DOC_TABLE(t->out, "steps_taken", columns);
    for (size_t i = 0; i < t->n_steps; i++) {
        const struct plan_life_step *s = &t->steps[i];
        if (!step_told_of(t, i)) continue;
        DOC_ROW(t->out, C_DATE(s->day), C_INT(s->no), plan_edition_step_cell(s->step), s->has_until ? C_DATE(s->until) : C_NONE,
                text_cell(s->meeting), text_cell(s->text));
    }
    doc_table_end(t->out);
}

static void asked(const struct telling *t)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, NULL, NULL}};
    if (t->n_asked == 0) return;
    doc_heading(t->out, M("Who was asked (%1)"), str_int(t->w->a, (int64_t)t->n_asked));
    DOC_TABLE(t->out, "those_asked", columns);
    for (size_t i = 0; i < t->n_asked; i++) DOC_ROW(t->out, C_ORG(t->asked[i].code, t->asked[i].ja, t->asked[i].en, 0));
    doc_table_end(t->out);
}

enum err plan_view_editions(struct work *w, const struct args *in, struct doc *out)
{
    struct telling t = {.w = w, .out = out};
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &t.p);
    if (e == OK) e = plan_edition_lines(w, &t.p, &t.editions, &t.n_editions);
    if (e == OK) e = plan_life_steps(w, &t.p, &t.steps, &t.n_steps);
    if (e == OK) e = plan_life_asked(w, t.p.edition, &t.asked, &t.n_asked);
    if (e != OK) return e;
    t.mine = plan_mine(w, &t.p);
    head(&t);
    way(&t);
    forms(&t);
    remark_form(&t);
    history(&t);
    editions(&t);
    asked(&t);
    plan_pages(&t.p, out);
    return OK;
}
