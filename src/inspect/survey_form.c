/* inspect survey-form: one's own systems with what was answered so far, and the form for one of them; what waits. */
#include "inspect/acts.h"
#include "inspect/survey_acts.h"

struct replies_doc {
    struct work *w;
    struct doc *out;
    struct survey s;
    struct survey_org org;
    struct survey_system *system;
    size_t n;
    bool speaks, open;
};

/* ---- fields made of the questions ---- */

static const struct column field_columns[] = {
    {"name", CELL_TEXT, N("Field"), COL_DATA, NULL, NULL},   {"text", CELL_TEXT, N("Question"), 0, NULL, NULL},
    {"type", CELL_ENUM, N("Kind"), 0, NULL, NULL},           {"choices", CELL_TEXT, N("Choices"), 0, NULL, NULL},
    {"value", CELL_TEXT, N("Answer"), 0, NULL, NULL},        {"help", CELL_TEXT, N("Explanation"), 0, NULL, NULL},
};

static void fields_begin(struct doc *out, const char *name)
{
    doc_show(out, &(struct show){.kind = SHOW_ANSWERS, .alone = true});
    DOC_TABLE(out, name, field_columns);
}

static void field(struct doc *out, str name, str ja, str en, const char *type, struct cell choices, str value, str help)
{
    DOC_ROW(out, C_TEXT(name), C_BOTH(ja, en), C_ENUM(str_of(type)), choices,
            text_cell(value), help.n == 0 ? C_NONE : C_TEXT(tr(out->lang, help)));
}

static str help_of(const struct survey_question *q)
{
    if (q->type == SURVEY_LEVELS && q->pos > 1 && q[-1].type == SURVEY_LEVELS && str_eq(q[-1].choices, q->choices))
        return (str){0}; /* said once, above the grid */
    if (q->type == SURVEY_LEVELS)
        return M("Per cent of the usual level that is left so long after. A number, or a range such as 60-80. A row stays empty where you "
                 "do not need it; a cell left empty is as the one before it, and 100 before the first. An example: on a generator in full for six hours, then "
                 "about half of it, nothing after three days: 100, 100, 40-60, 0.");
    if (q->type == SURVEY_HOURS) return M("hours: a number, or a range such as 8-12");
    if (q->type == SURVEY_DATE) return M("a date");
    return q->type == SURVEY_NUMBER ? M("a number") : (str){0};
}

/* The codes, with the words they are shown by. */
static struct cell choices_of(struct work *w, const struct survey_question *q)
{
    struct buf words[2];
    str rest = q->choices, one;
    if (q->type != SURVEY_CHOICE) return text_cell(q->choices);
    for (int l = 0; l < 2; l++) words[l] = buf_in(w->a);
    while (str_cut(&rest, '/', &one))
        for (int l = 0; l < 2; l++) {
            if (words[l].n != 0) buf_byte(&words[l], '/');
            buf_add(&words[l], survey_value_words((enum lang)l, q, one));
        }
    return (struct cell){.type = CELL_TEXT, .text = q->choices, .ja = buf_str(&words[LANG_JA]), .en = buf_str(&words[LANG_EN])};
}

static void question_fields(struct work *w, const struct survey *s, const struct survey_reply *x, struct doc *out)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct survey_question *q = &s->question[i];
        field(out, str_fmt(w->a, "value.%.*s", STR_ARG(q->key)), q->text_ja, q->text_en, survey_type_codes[q->type], choices_of(w, q),
              x == NULL ? (str){0} : x->value[i], help_of(q));
    }
}

void survey_preview(struct work *w, const struct survey *s, struct doc *out)
{
    doc_heading(out, M("The questions as they are asked"));
    fields_begin(out, "questions");
    question_fields(w, s, NULL, out);
    doc_table_end(out);
}

/* ---- one system ---- */

static enum err history(const struct replies_doc *d, str name)
{
    static const struct column columns[] = {{"replaced", CELL_TIME, N("Until"), 0, NULL, NULL},
                                            {"answers", CELL_TEXT, N("What was answered"), 0, NULL, NULL},
                                            {"by", CELL_TEXT, N("By"), 0, NULL, NULL}};
    struct survey_past *past;
    size_t n;
    enum err e = survey_past_of(d->w, d->s.id, d->org.org, name, &past, &n);
    if (e != OK || n == 0) return e;
    doc_heading(d->out, M("What was answered before"));
    DOC_TABLE(d->out, "history", columns);
    for (size_t i = 0; i < n; i++) DOC_ROW(d->out, C_TIME(past[i].replaced), C_TEXT(past[i].answers), C_TEXT(past[i].by_whom));
    doc_table_end(d->out);
    return OK;
}

static struct form form_for(const struct replies_doc *d)
{
    struct form f = {.act = "inspect survey-reply", .given = {{"survey", d->s.code}}};
    if (d->w->lo <= d->org.lo) f.given[1] = (struct form_given){"org", d->org.code};
    return f;
}

static void give(struct form *f, const char *name, str value)
{
    size_t i = 0;
    while (f->given[i].name != NULL) i++;
    f->given[i] = (struct form_given){name, value};
}

/* Where this is the last one to be answered, one press says so as well. */
static void save_buttons(const struct replies_doc *d, struct form *f, bool is_new)
{
    bool all = d->speaks && d->org.done == 0 && str_eq(d->s.kind, S("service")) &&
               survey_answered(&d->org) + is_new >= survey_total(&d->org);
    f->button[0].label = M("Save");
    if (all) f->button[1] = (struct form_button){"done", "1", M("Save and send: these are all")};
}

/* name: of the system, or of the organisation where it is asked itself. */
static enum err answer_form(const struct replies_doc *d, str name, bool of_system)
{
    struct survey_reply x;
    enum err e = survey_reply_get(d->w, &d->s, d->org.org, name, &x);
    bool own = survey_own_eyes(d->w, &d->s, &d->org);
    if (e != OK) return e;
    if (!own && x.id != 0 && !x.outside) {
        doc_text(d->out, M("The organisation answered for this itself. What it said is seen by it alone."));
        return OK;
    }
    if (!own)
        doc_text(d->out, M("You enter this for the organisation, as it told you. It is not shown to you again; the organisation sees it and may "
                           "change it."));
    struct form f = form_for(d);
    if (of_system) give(&f, "system", name);
    if (own) give(&f, "revision", str_int(d->w->a, x.revision));
    save_buttons(d, &f, x.id == 0);
    if (x.id != 0) f.button[f.button[1].label.n == 0 ? 1 : 2] = (struct form_button){"remove", "1", M("Take this answer back")};
    doc_form(d->out, &f);
    fields_begin(d->out, "fields");
    question_fields(d->w, &d->s, own ? &x : NULL, d->out);
    doc_table_end(d->out);
    doc_form_end(d->out);
    return own ? history(d, name) : OK;
}

static enum err one_system(const struct replies_doc *d, str name)
{
    struct survey_system x;
    enum err e = survey_system_find(d->w, &d->s, &d->org, name, &x);
    if (e != OK && e != NOTFOUND) return e;
    if (e == OK ? !survey_answers(d->w, &x) : !d->speaks)
        return fault(d->w, DENIED, M("a survey is answered by who manages the organisation, and by the managers of a system for theirs"));
    doc_title(d->out, M("%1"), e == OK ? lang_pick(d->out->lang, x.ja, x.en) : name);
    doc_lead(d->out, M("%1 · due %2"), lang_pick(d->out->lang, d->s.title_ja, d->s.title_en), survey_moment_words(d->w, d->out->lang, d->s.due));
    return answer_form(d, name, true);
}

/* ---- the list ---- */

static str summary(const struct replies_doc *d, const struct survey_reply *x)
{
    struct buf b = buf_in(d->w->a);
    for (size_t i = 0; i < d->s.n; i++) {
        if (x->value[i].n == 0) continue;
        if (b.n != 0) buf_add(&b, S(" / "));
        buf_fmt(&b, "%lld: ", (long long)d->s.question[i].pos);
        buf_add(&b, survey_value_words(d->out->lang, &d->s.question[i], x->value[i]));
    }
    return buf_str(&b);
}

static enum err system_row(const struct replies_doc *d, const struct survey_system *x)
{
    struct survey_reply r = {0};
    enum err e = x->reply == 0 ? OK : survey_reply_get(d->w, &d->s, d->org.org, x->code, &r);
    if (e != OK) return e;
    for (size_t i = 0; !survey_own_eyes(d->w, &d->s, &d->org) && i < d->s.n; i++) r.value[i] = (str){0};
    str words = r.id == 0 ? M("Answer") : M("Correct");
    bool may_answer = d->open && survey_answers(d->w, x);
    DOC_ROW(d->out, (struct cell){.type = CELL_TEXT, .text = x->code, .ja = x->ja, .en = x->en}, C_ORG(x->org_code, x->org_ja, x->org_en, 0),
            C_ENUM(r.id == 0 ? S("survey-silent") : S("survey-answered")), r.id == 0 ? C_NONE : text_cell(summary(d, &r)),
            r.id == 0 ? C_NONE : C_TIME(r.at),
            !may_answer ? C_NONE : (struct cell){.type = CELL_TEXT, .text = x->code, .ja = tr(LANG_JA, words), .en = tr(LANG_EN, words)});
    return OK;
}

static const struct column system_columns[] = {
    {"name", CELL_TEXT, N("Name"), 0, "inspect survey-form", "system"}, {"org", CELL_ORG, N("Organisation"), COL_DETAIL, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},        {"answers", CELL_TEXT, N("Answers so far"), 0, NULL, NULL},
    {"at", CELL_TIME, N("Last change"), COL_DETAIL, NULL, NULL},
    {"system", CELL_TEXT, N("Answer"), 0, "inspect survey-form", "system"},
};

static enum err extra_row(const struct replies_doc *d, const struct survey_reply *x)
{
    str words = M("Correct");
    DOC_ROW(d->out, C_TEXT(x->name), C_NONE, C_ENUM(S("survey-answered")), text_cell(summary(d, x)), C_TIME(x->at),
            d->open && d->speaks ? (struct cell){.type = CELL_TEXT, .text = x->name, .ja = tr(LANG_JA, words), .en = tr(LANG_EN, words)} : C_NONE);
    return OK;
}

/* Those of the register, and those that were named beyond it. */
static enum err system_list(const struct replies_doc *d)
{
    struct survey_reply *all = NULL;
    size_t many = 0;
    enum err e = d->speaks ? survey_replies(d->w, &d->s, d->org.org, &all, &many) : OK;
    if (e != OK || (d->n + many == 0 && str_eq(d->s.kind, S("service")))) return e;
    size_t extra = 0;
    for (size_t i = 0; i < many; i++) extra += all[i].system == 0 && all[i].name.n != 0;
    doc_heading(d->out, survey_word(&d->s, WORD_LIST), str_int(d->w->a, (int64_t)(d->n + extra)));
    doc_show(d->out, &(struct show){.kind = SHOW_CARDS, .label = "name"});
    DOC_TABLE(d->out, "systems", system_columns);
    for (size_t i = 0; e == OK && i < d->n; i++) e = system_row(d, &d->system[i]);
    for (size_t i = 0; e == OK && i < many; i++)
        if (all[i].system == 0 && all[i].name.n != 0) e = extra_row(d, &all[i]);
    doc_table_end(d->out);
    return e;
}

/* ---- beside the list ---- */

static void none_and_done(const struct replies_doc *d)
{
    bool any = d->org.replies + d->org.unnamed > 0;
    struct form f = form_for(d);
    if (d->org.done != 0) return;
    if (any) {
        f.act = "inspect survey-done";
        f.button[0].label = M("These are all: complete");
    } else {
        give(&f, "none", S("1"));
        f.button[0].label = survey_word(&d->s, WORD_NONE);
    }
    doc_form(d->out, &f);
    doc_form_end(d->out);
}

/* Most have nothing to do with it: fifty systems are not answered one by one. */
static void rest_form(const struct replies_doc *d)
{
    int64_t left = 0;
    for (size_t i = 0; i < d->n; i++) left += d->system[i].reply == 0 && survey_answers(d->w, &d->system[i]);
    const str n[] = {str_int(d->w->a, left)};
    struct form f = form_for(d);
    if (left < 2) return;
    give(&f, "rest", S("1"));
    f.title = M("The same answer for all that are left");
    f.folded = true;
    f.button[0].label = tr_fill(d->w->a, d->out->lang, survey_word(&d->s, WORD_REST), n, 1);
    doc_form(d->out, &f);
    fields_begin(d->out, "rest");
    question_fields(d->w, &d->s, NULL, d->out);
    doc_table_end(d->out);
    doc_form_end(d->out);
}

static void add_form(const struct replies_doc *d)
{
    struct form f = form_for(d);
    bool first = str_eq(d->s.kind, S("service")) && d->n + (size_t)d->org.replies == 0; /* most name their services here */
    f.title = survey_word(&d->s, WORD_UNLISTED);
    f.folded = !first;
    save_buttons(d, &f, true);
    doc_form(d->out, &f);
    fields_begin(d->out, "unlisted");
    str name = survey_word(&d->s, WORD_NAME);
    field(d->out, S("system"), tr(LANG_JA, name), tr(LANG_EN, name), "text", C_NONE, (str){0}, (str){0});
    question_fields(d->w, &d->s, NULL, d->out);
    doc_table_end(d->out);
    doc_form_end(d->out);
}

static void count_field(const struct replies_doc *d, const struct survey_question *q, const char *param, str id, int64_t n)
{
    const str ja[] = {survey_words(LANG_JA, q)}, en[] = {survey_words(LANG_EN, q)};
    field(d->out, str_fmt(d->w->a, "%s.%.*s", param, STR_ARG(q->key)), tr_fill(d->w->a, LANG_JA, id, ja, 1),
          tr_fill(d->w->a, LANG_EN, id, en, 1), "number", C_NONE, n == 0 ? (str){0} : str_int(d->w->a, n), (str){0});
}

static enum err unnamed_form(const struct replies_doc *d)
{
    struct survey_reply x;
    struct form f = form_for(d);
    enum err e = survey_reply_get(d->w, &d->s, d->org.org, S(""), &x);
    if (e != OK) return e;
    f.title = M("Systems that must not be named (a number only)");
    f.folded = true;
    f.button[0].label = M("Save");
    doc_form(d->out, &f);
    fields_begin(d->out, "unnamed");
    field(d->out, S("unnamed"), tr(LANG_JA, M("How many systems")), tr(LANG_EN, M("How many systems")), "number", C_NONE,
          d->org.unnamed == 0 ? (str){0} : str_int(d->w->a, d->org.unnamed), (str){0});
    for (size_t i = 0; i < d->s.n; i++) {
        if (d->s.question[i].type != SURVEY_YES_NO) continue;
        count_field(d, &d->s.question[i], "yes", M("%1 — yes, how many"), x.yes[i]);
        count_field(d, &d->s.question[i], "no", M("%1 — no, how many"), x.no[i]);
    }
    doc_table_end(d->out);
    doc_form_end(d->out);
    return OK;
}

/* ---- the page ---- */

static void words(const struct replies_doc *d)
{
    enum lang lang = d->out->lang;
    doc_title(d->out, M("Answer the survey: %1"), lang_pick(lang, d->s.title_ja, d->s.title_en));
    doc_lead(d->out, M("%1 · due %2"), lang_pick(lang, d->org.ja, d->org.en), survey_moment_words(d->w, lang, d->s.due));
    doc_fact(d->out, "state", M("State"), C_ENUM(survey_stage(&d->org)));
    if (str_eq(d->s.per, S("system")) && d->speaks)
        doc_fact_of(d->out, "answered", survey_word(&d->s, WORD_ANSWERED_FOR), C_INT(survey_answered(&d->org)), survey_word(&d->s, WORD_OF_ALL),
                    str_int(d->w->a, survey_total(&d->org)));
    doc_fact(d->out, "due", M("Due"), C_TIME(d->s.due));
    if (d->s.why.n != 0) doc_text(d->out, M("%1"), survey_why(lang, &d->s));
    if (d->s.own && d->org.part == d->org.org)
        doc_text(d->out, M("You answer for the sector as a whole, which has no organisations of its own here: what you say is shown as the sector's "
                           "figure when the survey is closed."));
    if (!d->open) doc_text(d->out, M("The survey is closed: what was answered stands."));
    else if (d->w->now > d->s.due) doc_text(d->out, M("The survey is overdue: answers are still taken, and marked as late."));
    if (d->org.reopened > 0 && d->org.done == 0 && d->open)
        doc_text(d->out, M("An answer was given after your organisation had said it was complete: say so again when these are all."));
}

static enum err whole(const struct replies_doc *d)
{
    words(d);
    if (str_eq(d->s.per, S("organisation"))) {
        enum err e = d->open && d->speaks ? answer_form(d, d->org.code, false) : OK;
        if (d->open && d->speaks) none_and_done(d);
        return e;
    }
    enum err e = system_list(d);
    if (e != OK || !d->open) return e;
    if (!d->speaks) {
        rest_form(d);
        doc_note(d->out, M("You answer for the systems you manage; your organisation says when all are answered."));
        return OK;
    }
    if (str_eq(d->s.kind, S("service"))) { /* first what is to be filled in */
        add_form(d);
        none_and_done(d);
        rest_form(d);
        survey_files_link(&d->s, d->out);
        return OK;
    }
    none_and_done(d);
    rest_form(d);
    add_form(d);
    return unnamed_form(d);
}

enum err inspect_view_survey_form(struct work *w, const struct args *in, struct doc *out)
{
    struct replies_doc d = {.w = w, .out = out};
    enum err e = survey_load(w, arg_text(in, "survey"), &d.s);
    if (e == OK) e = survey_org_given(w, &d.s, arg_org(in, "org"), &d.org);
    if (e == OK) e = survey_systems(w, &d.s, &d.org, &d.system, &d.n);
    if (e != OK) return e;
    d.speaks = survey_speaks(w, &d.org);
    d.open = str_eq(d.s.state, S("open"));
    if (!d.speaks && d.n == 0)
        return fault(w, DENIED, M("a survey is answered by who manages the organisation, and by the managers of a system for theirs"));
    out->handling = M("names systems: for those concerned only");
    str name = str_trim(arg_text(in, "system"));
    return name.n != 0 && d.open && str_eq(d.s.per, S("system")) ? one_system(&d, name) : whole(&d);
}

/* ---- what waits, for other rooms ---- */

static enum err waits(struct work *w, const struct survey *s, const struct survey_org *o, struct survey_waiting *out)
{
    struct survey_system *system;
    size_t n;
    enum err e = survey_systems(w, s, o, &system, &n);
    int64_t mine = 0;
    for (size_t i = 0; e == OK && i < n; i++) mine += system[i].mine && system[i].reply == 0;
    *out = (struct survey_waiting){.survey = s->code, .title_ja = s->title_ja, .title_en = s->title_en, .org = o->code, .org_ja = o->ja,
                                   .org_en = o->en, .due = s->due, .overdue = w->now > s->due, .whole = survey_speaks(w, o),
                                   .services = str_eq(s->kind, S("service")),
                                   .answered = survey_answered(o), .systems = survey_total(o), .mine = mine};
    return e;
}

static bool within(const struct work *w, const struct survey_org *o) { return o->lo <= w->lo && w->hi <= o->hi; }

enum err inspect_surveys_waiting(struct work *w, survey_waiting_fn *fn, void *to)
{
    str *codes;
    size_t n;
    if (w->actor->person == 0 || w->actor->rights & MAY_AUDIT) return OK; /* nobody in particular; answers nothing */
    enum err e = survey_codes(w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct survey s;
        struct survey_org *o;
        struct survey_waiting x;
        size_t many;
        if ((e = survey_row(w, codes[i], &s)) != OK) return e;
        if (!str_eq(s.state, S("open"))) return OK; /* those that are open come first */
        if ((e = survey_mine(w, s.id, &o, &many)) != OK || many != 1 || !within(w, o) || o->done != 0) continue;
        if ((e = waits(w, &s, o, &x)) == OK && (x.whole || x.mine > 0)) e = fn(to, &x);
    }
    return e;
}
