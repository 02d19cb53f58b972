/* inspect surveys, inspect survey: what is asked, and the board on which the answers come in. */
#include <stdlib.h>

#include "inspect/acts.h"
#include "inspect/survey_acts.h"

/* ---- how far ---- */

int64_t survey_total(const struct survey_org *o)
{
    int64_t registered = o->replies - o->extra;
    return (o->systems > registered ? o->systems : registered) + o->extra + o->unnamed;
}

int64_t survey_answered(const struct survey_org *o) { return o->none ? survey_total(o) : o->replies + o->unnamed; }

str survey_stage(const struct survey_org *o)
{
    if (o->none) return S("survey-none");
    if (o->done != 0) return S("survey-done");
    return o->replies + o->unnamed > 0 ? S("survey-answering") : S("survey-silent");
}

static str state_code(const struct survey *s)
{
    if (str_eq(s->state, S("open"))) return S("survey-open");
    return str_eq(s->state, S("closed")) ? S("survey-closed") : S("survey-published");
}

/* ---- the list ---- */

static enum err list_row(struct work *w, const struct survey *s, struct doc *out)
{
    struct survey_org *asked;
    size_t n, complete = 0;
    enum err e = survey_mine(w, s->id, &asked, &n);
    if (e != OK) return e;
    bool within = n == 1 && asked[0].lo <= w->lo && w->hi <= asked[0].hi, open = str_eq(s->state, S("open"));
    for (size_t i = 0; i < n; i++) complete += asked[i].done != 0;
    bool all = survey_holds(w, s), ask = (w->actor->rights & (MAY_CENTRE | MAY_MANAGE)) != 0;
    DOC_ROW(out, C_TEXT(s->code),
            ((struct cell){.type = CELL_TEXT, .text = s->code, .ja = s->title_ja, .en = s->title_en}), C_ENUM(state_code(s)),
            C_TIME(s->due), C_BOOL(open && w->now > s->due), all ? C_INT((int64_t)n) : C_NONE,
            all ? C_INT((int64_t)complete) : C_NONE, within ? C_ENUM(survey_stage(&asked[0])) : C_NONE,
            within && open ? (struct cell){.type = CELL_TEXT, .text = s->code, .ja = tr(LANG_JA, M("Answer")), .en = tr(LANG_EN, M("Answer"))}
                           : C_NONE,
            ask ? C_TEXT(s->code) : C_NONE);
    return OK;
}

enum err inspect_view_surveys(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"survey", CELL_TEXT, N("Survey"), COL_DATA, NULL, "survey"},
        {"title", CELL_TEXT, N("Title"), 0, "inspect survey", "survey"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"due", CELL_TIME, N("Due"), 0, NULL, NULL},
        {"overdue", CELL_BOOL, N("Overdue"), COL_DETAIL, NULL, NULL},
        {"asked", CELL_INT, N("Organisations asked"), 0, NULL, NULL},
        {"complete", CELL_INT, N("Complete"), 0, NULL, NULL},
        {"mine", CELL_ENUM, N("Your organisation"), 0, NULL, NULL},
        {"reply", CELL_TEXT, N("Answer"), 0, "inspect survey-form", "survey"},
        {"again", CELL_TEXT, N("Ask these questions again"), COL_DETAIL, "inspect survey-ask", "like"},
    };
    str *codes;
    size_t n, shown = 0;
    (void)in;
    enum err e = survey_codes(w, &codes, &n);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "surveys", columns);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct survey s;
        bool seen = false;
        e = survey_row(w, codes[i], &s);
        if (e == OK) e = survey_seen(w, &s, &seen);
        if (e == OK && seen) e = list_row(w, &s, out);
        shown += seen;
    }
    if (e != OK) return e;
    doc_table_end(out);
    if (shown == 0)
        doc_note(out, w->actor->rights & (MAY_CENTRE | MAY_MANAGE)
                          ? M("No survey yet: 'inspect survey-ask' puts a few questions to all organisations of a frame at once.")
                          : M("No survey asks your organisation anything."));
    return OK;
}

/* ---- the board ---- */

enum { BOARD_QUESTIONS = 4, BOARD_FIXED = 5, BOARD_LAST = 5, BOARD_MAX = BOARD_FIXED + 2 * BOARD_QUESTIONS + BOARD_LAST };
struct board {
    struct work *w;
    struct doc *out;
    struct survey s;
    struct survey_org *org;
    size_t n;
    struct survey_count *count;
    size_t n_count;
    const struct survey_question *yes_no[BOARD_QUESTIONS];
    size_t n_yes_no;
    bool published; /* figures of all, as frozen */
};

static str fill(const struct board *b, const str *words, size_t n)
{
    return tr_fill(b->w->a, b->out->lang, words[0], words + 1, n - 1);
}
#define FILL(b, ...) fill(b, DOC_WORDS(__VA_ARGS__))

/* Counts stand in order of organisation, question and value. */
static int by_count(const void *a, const void *b)
{
    const struct survey_count *x = a, *y = b;
    if (x->org != y->org) return x->org < y->org ? -1 : 1;
    if (x->pos != y->pos) return x->pos < y->pos ? -1 : 1;
    return str_cmp(x->value, y->value);
}

static int64_t count_of(const struct board *b, int64_t org, int64_t pos, str value)
{
    const struct survey_count key = {.org = org, .pos = pos, .value = value};
    const struct survey_count *x = b->n_count == 0 ? NULL : bsearch(&key, b->count, b->n_count, sizeof key, by_count);
    return x == NULL ? 0 : x->n;
}

static int64_t count_all(const struct board *b, int64_t pos, str value)
{
    int64_t n = 0;
    for (size_t i = 0; i < b->n_count; i++)
        n += b->count[i].pos == pos && (value.n == 0 || str_eq(b->count[i].value, value)) ? b->count[i].n : 0;
    return n;
}

/* Those who have not answered first, then those who go on, then the complete; each in official order. */
static int rank(const struct survey_org *o) { return o->done != 0 ? 2 : o->replies + o->unnamed > 0; }

static int by_rank(const void *a, const void *b)
{
    const struct survey_org *x = a, *y = b;
    int d = rank(x) - rank(y);
    return d != 0 ? d : (x->lo > y->lo) - (x->lo < y->lo);
}

static enum err board_load(struct work *w, const struct args *in, struct doc *out, struct board *b)
{
    const struct org *only = arg_org(in, "org");
    *b = (struct board){.w = w, .out = out};
    enum err e = survey_load(w, arg_text(in, "survey"), &b->s);
    if (e != OK) return e;
    b->published = str_eq(b->s.state, S("published")) && (!b->s.own || survey_holds(w, &b->s)); /* others see themselves alone */
    e = b->published ? survey_results(w, b->s.id, &b->org, &b->n) : survey_orgs(w, b->s.id, &b->org, &b->n);
    if (e == OK) e = survey_counts(w, b->s.id, b->published, &b->count, &b->n_count);
    if (e != OK) return e;
    if (b->n_count != 0) qsort(b->count, b->n_count, sizeof *b->count, by_count); /* the stores order texts each their way */
    if (b->n != 0) qsort(b->org, b->n, sizeof *b->org, by_rank);
    for (size_t i = 0; only != NULL && i < b->n; i++)
        if (b->org[i].org == only->id) {
            b->org[0] = b->org[i];
            b->n = 1;
        }
    if (only != NULL && (b->n != 1 || b->org[0].org != only->id))
        return fault_in(w, NOTFOUND, ((struct where){.field = S("org")}), M("survey '%1' does not ask '%2'"), b->s.code, only->code);
    if (b->s.own && !(b->n == 1 && survey_own_eyes(w, &b->s, &b->org[0]))) b->n_count = 0; /* what one said is no figure of others */
    for (size_t i = 0; i < b->s.n && b->n_yes_no < BOARD_QUESTIONS && !b->s.own; i++)
        if (b->s.question[i].type == SURVEY_YES_NO) b->yes_no[b->n_yes_no++] = &b->s.question[i];
    if (only == NULL) return OK;
    size_t kept = 0; /* the totals are those of what is shown */
    for (size_t i = 0; i < b->n_count; i++)
        if (b->count[i].org == only->id) b->count[kept++] = b->count[i];
    b->n_count = kept;
    return OK;
}

static str question_no(const struct board *b, const struct survey_question *q)
{
    return FILL(b, M("Q%1"), str_int(b->w->a, q->pos));
}

static bool overdue(const struct board *b, const struct survey_org *o)
{
    return str_eq(b->s.state, S("open")) && b->w->now > b->s.due && o->done == 0;
}

static void board_facts(const struct board *b)
{
    int64_t all = 0, answered = 0, complete = 0, late = 0;
    struct arena *a = b->w->a;
    bool open = str_eq(b->s.state, S("open"));
    for (size_t i = 0; i < b->n; i++) {
        all += survey_total(&b->org[i]);
        answered += survey_answered(&b->org[i]);
        complete += b->org[i].done != 0;
        late += overdue(b, &b->org[i]);
    }
    doc_fact_of(b->out, "complete", M("Organisations complete"), C_INT(complete), M("of %1 asked"), str_int(a, (int64_t)b->n));
    if (str_eq(b->s.per, S("system")))
        doc_fact_of(b->out, "answered", survey_word(&b->s, WORD_ANSWERED_FOR), C_INT(answered), survey_word(&b->s, WORD_OF_ALL), str_int(a, all));
    for (size_t i = 0; i < b->n_yes_no && i < 2; i++) {
        int64_t yes = count_all(b, b->yes_no[i]->pos, S("yes")), given = count_all(b, b->yes_no[i]->pos, (str){0});
        str label = FILL(b, M("Q%1: yes"), str_int(a, b->yes_no[i]->pos));
        doc_fact_of(b->out, str_c(a, str_fmt(a, "%.*s_yes", STR_ARG(b->yes_no[i]->key))), label, C_INT(yes), M("%1 (of %2 answers)"),
                    survey_words(b->out->lang, b->yes_no[i]), str_int(a, given));
    }
    if (open) doc_fact(b->out, "overdue", M("Organisations overdue"), C_INT(late));
    doc_fact(b->out, "state", M("State"), C_ENUM(state_code(&b->s)));
}

static void board_parts(const struct board *b)
{
    static const struct column columns[] = {{"state", CELL_ENUM, N("State"), 0, NULL, NULL},
                                            {"organisations", CELL_INT, N("Organisations"), 0, NULL, NULL}};
    const str states[] = {S("survey-done"), S("survey-none"), S("survey-answering"), S("survey-silent")};
    doc_show(b->out, &(struct show){.kind = SHOW_PARTS, .label = "state", .values = {"organisations"}, .alone = true});
    DOC_TABLE(b->out, "progress", columns);
    for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
        int64_t n = 0;
        for (size_t i = 0; i < b->n; i++) n += str_eq(survey_stage(&b->org[i]), states[k]);
        DOC_ROW(b->out, C_ENUM(states[k]), C_INT(n));
    }
    doc_table_end(b->out);
}

/* ---- by organisation ---- */

static size_t board_columns(const struct board *b, struct column *k)
{
    static const struct column fixed[BOARD_FIXED] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect survey", "org"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"systems", CELL_INT, N("Systems"), 0, NULL, NULL},
        {"answered", CELL_INT, N("Answered"), 0, NULL, NULL},
        {"share", CELL_RATE, N("Share answered"), COL_BAR, NULL, NULL, NULL, "systems"},
    };
    static const struct column last[BOARD_LAST] = {
        {"unnamed", CELL_INT, N("Not named"), COL_DETAIL, NULL, NULL},
        {"late", CELL_INT, N("Late answers"), COL_DETAIL, NULL, NULL},
        {"reopened", CELL_INT, N("Reopened"), COL_DETAIL, NULL, NULL},
        {"overdue", CELL_BOOL, N("Overdue"), 0, NULL, NULL},
        {"changed", CELL_TIME, N("Last change"), 0, NULL, NULL},
    };
    struct arena *a = b->w->a;
    size_t n = 0;
    for (size_t i = 0; i < BOARD_FIXED; i++) k[n++] = fixed[i];
    if (str_eq(b->s.kind, S("service"))) k[2].label = M("Essential services");
    if (b->published && !survey_holds(b->w, &b->s)) k[0].to = NULL; /* of others there is no more to be seen */
    for (size_t i = 0; i < b->n_yes_no; i++) {
        str key = b->yes_no[i]->key, no = str_int(a, b->yes_no[i]->pos);
        k[n++] = (struct column){.key = str_c(a, str_fmt(a, "%.*s_yes", STR_ARG(key))), .type = CELL_INT, .label = FILL(b, M("Q%1: yes"), no)};
        k[n++] = (struct column){.key = str_c(a, str_fmt(a, "%.*s_no", STR_ARG(key))), .type = CELL_INT, .label = FILL(b, M("Q%1: no"), no)};
    }
    bool told[BOARD_LAST] = {[BOARD_LAST - 1] = true}; /* a column of noughts is for data alone */
    for (size_t i = 0; i < b->n; i++) {
        const struct survey_org *o = &b->org[i];
        const bool any[BOARD_LAST - 1] = {o->unnamed != 0, o->late != 0, o->reopened != 0, overdue(b, o)};
        for (size_t c = 0; c < BOARD_LAST - 1; c++) told[c] = told[c] || any[c];
    }
    for (size_t i = 0; i < BOARD_LAST; i++) {
        k[n] = last[i];
        if (!told[i]) k[n].flags |= COL_DATA;
        n++;
    }
    return n;
}

static void board_row(const struct board *b, const struct survey_org *o)
{
    struct cell c[BOARD_MAX];
    int64_t all = survey_total(o), answered = survey_answered(o);
    size_t n = 0;
    c[n++] = C_ORG(o->code, o->ja, o->en, 0);
    c[n++] = C_ENUM(survey_stage(o));
    c[n++] = C_INT(all);
    c[n++] = C_INT(answered);
    c[n++] = C_RATE(rate_of_counts(answered, all, NULL));
    for (size_t i = 0; i < b->n_yes_no; i++) {
        c[n++] = C_INT(count_of(b, o->org, b->yes_no[i]->pos, S("yes")));
        c[n++] = C_INT(count_of(b, o->org, b->yes_no[i]->pos, S("no")));
    }
    c[n++] = C_INT(o->unnamed);
    c[n++] = C_INT(o->late);
    c[n++] = C_INT(o->reopened);
    c[n++] = C_BOOL(overdue(b, o));
    c[n++] = o->changed == 0 ? C_NONE : C_TIME(o->changed);
    doc_row(b->out, c);
}

static void board_orgs(const struct board *b)
{
    struct column *columns = arena_array(b->w->a, BOARD_MAX, sizeof *columns);
    size_t n = board_columns(b, columns);
    doc_heading(b->out, b->published ? M("Counts as published, by organisation") : M("By organisation: those who have not answered first"));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    doc_table(b->out, "organisations", columns, n);
    for (size_t i = 0; i < b->n; i++) board_row(b, &b->org[i]);
    doc_table_end(b->out);
}

/* ---- by question ---- */

static void answer_row(const struct board *b, const struct survey_question *q, str value)
{
    int64_t n = count_all(b, q->pos, value), all = count_all(b, q->pos, (str){0});
    enum lang lang = b->out->lang;
    str words[] = {str_int(b->w->a, q->pos), survey_value_words(lang, q, value)};
    bool counted = !str_eq(value, S("given"));
    DOC_ROW(b->out, C_TEXT(q->key), C_TEXT(tr_fill(b->w->a, lang, M("Q%1: %2"), words, 2)), C_BOTH(q->text_ja, q->text_en), C_TEXT(value),
            C_INT(n), C_INT(all), counted ? C_RATE(rate_of_counts(n, all, NULL)) : C_NONE);
}

static void board_answers(const struct board *b)
{
    static const struct column columns[] = {
        {"question", CELL_TEXT, N("Key"), COL_DATA, NULL, NULL},  {"answer", CELL_TEXT, N("Answer"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Question"), 0, NULL, NULL},        {"value", CELL_TEXT, N("Value"), COL_DATA, NULL, NULL},
        {"n", CELL_INT, N("Answers"), 0, NULL, NULL},             {"of", CELL_INT, N("of all answers to it"), COL_DATA, NULL, NULL},
        {"share", CELL_RATE, N("Share"), COL_BAR, NULL, NULL, NULL, "of"},
    };
    doc_heading(b->out, M("By question"));
    DOC_TABLE(b->out, "answers", columns);
    for (size_t i = 0; i < b->s.n; i++) {
        const struct survey_question *q = &b->s.question[i];
        str rest = q->type == SURVEY_YES_NO ? S("yes/no") : q->type == SURVEY_CHOICE ? q->choices : S("given"), one;
        while (str_cut(&rest, '/', &one)) answer_row(b, q, one);
    }
    doc_table_end(b->out);
}

/* ---- by system, for those who may know which ---- */

static struct cell value_cell(const struct board *b, const struct survey_question *q, const struct survey_reply *x)
{
    const str counts[] = {str_int(b->w->a, x->yes[q->pos - 1]), str_int(b->w->a, x->no[q->pos - 1])};
    if (x->name.n == 0)
        return q->type != SURVEY_YES_NO ? C_NONE : C_TEXT(tr_fill(b->w->a, b->out->lang, M("yes %1, no %2"), counts, 2));
    str v = x->value[q->pos - 1];
    return v.n == 0 ? C_NONE : (struct cell){.type = CELL_TEXT, .text = v, .ja = survey_value_words(LANG_JA, q, v), .en = survey_value_words(LANG_EN, q, v)};
}

static struct cell system_cell(const struct board *b, const struct survey_reply *x)
{
    if (x->name.n == 0) return C_TEXT(tr(b->out->lang, M("systems that are not named")));
    return x->name_ja.n + x->name_en.n == 0 ? C_TEXT(x->name)
                                            : (struct cell){.type = CELL_TEXT, .text = x->name, .ja = x->name_ja, .en = x->name_en};
}

static enum err board_replies(const struct board *b, int64_t org)
{
    enum { FIRST = 3 };
    struct column *k = arena_array(b->w->a, FIRST + SURVEY_QUESTIONS_MAX + 2, sizeof *k);
    struct survey_reply *all;
    size_t many, n = 0;
    if (!(b->w->actor->rights & (MAY_MANAGE | MAY_CENTRE | MAY_AUDIT))) return OK;
    enum err e = survey_replies(b->w, &b->s, org, &all, &many);
    if (e != OK || many == 0) return e;
    k[n++] = (struct column){"org", CELL_ORG, M("Organisation"), 0, "inspect survey", "org"};
    k[n++] = (struct column){"system", CELL_TEXT, survey_word(&b->s, WORD_ONE), 0, NULL, NULL};
    k[n++] = (struct column){"registered", CELL_BOOL, M("In the register"), COL_DETAIL, NULL, NULL};
    for (size_t i = 0; i < b->s.n; i++)
        k[n++] = (struct column){.key = str_c(b->w->a, b->s.question[i].key), .type = CELL_TEXT, .label = question_no(b, &b->s.question[i])};
    k[n++] = (struct column){"late", CELL_BOOL, M("Late"), COL_DETAIL, NULL, NULL};
    k[n++] = (struct column){"at", CELL_TIME, M("Last change"), COL_DETAIL, NULL, NULL};
    doc_heading(b->out, survey_word(&b->s, WORD_BY));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "system"});
    doc_table(b->out, "replies", k, n);
    for (size_t i = 0; i < many; i++) {
        struct cell c[FIRST + SURVEY_QUESTIONS_MAX + 2] = {C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0), system_cell(b, &all[i]),
                                                            C_BOOL(all[i].system != 0)};
        for (size_t q = 0; q < b->s.n; q++) c[FIRST + q] = value_cell(b, &b->s.question[q], &all[i]);
        c[FIRST + b->s.n] = C_BOOL(all[i].first > b->s.due);
        c[FIRST + b->s.n + 1] = C_TIME(all[i].at);
        doc_row(b->out, c);
    }
    doc_table_end(b->out);
    if (many == SURVEY_ROWS_MAX) doc_note(b->out, M("Only the first %1 are listed: ask for one organisation."), str_int(b->w->a, (int64_t)many));
    b->out->handling = M("names systems: for those concerned only");
    return OK;
}

/* ---- where the figures are ---- */

static void elicited(const struct board *b)
{
    static const struct column columns[] = {{"figures", CELL_TEXT, N("Figures"), 0, "depend answers", "survey"}};
    bool shown = !str_eq(b->s.state, S("open"));
    if (may(b->w->actor, MAY_MANAGE, b->w->lo)) survey_files_link(&b->s, b->out);
    doc_note(b->out, M("What an organisation answers is seen by it alone. Of a sector minimum, median and maximum are shown when the survey is "
                       "closed, where five organisations or more have answered."));
    if (!shown) return;
    DOC_TABLE(b->out, "figures", columns);
    DOC_ROW(b->out, ((struct cell){.type = CELL_TEXT, .text = b->s.code, .ja = tr(LANG_JA, M("What was answered, by sector")),
                                   .en = tr(LANG_EN, M("What was answered, by sector"))}));
    doc_table_end(b->out);
}

/* ---- what can be done from here ---- */

static void call(const struct board *b)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"survey", CELL_TEXT, N("Answer"), 0, "inspect survey-form", "survey"},
    };
    const struct survey_org *o = &b->org[0];
    if (b->published || b->n != 1 || !str_eq(b->s.state, S("open")) || o->lo > b->w->lo || !survey_speaks(b->w, o)) {
        if (b->n == 0) doc_text(b->out, M("The counts of your organisation are seen by who answers for it, and those of all when they are published. "
                                          "For systems of your own: 'Answer' in the list of urgent surveys."));
        return;
    }
    doc_show(b->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
    DOC_TABLE(b->out, "call", columns);
    DOC_ROW(b->out, C_TEXT(tr(b->out->lang, survey_stage(o))),
            C_TEXT(FILL(b, survey_word(&b->s, WORD_OF), str_int(b->w->a, survey_answered(o)), str_int(b->w->a, survey_total(o)))),
            C_ENUM(o->done != 0 ? S("wait") : b->w->now > b->s.due ? S("late") : S("lack")),
            ((struct cell){.type = CELL_TEXT, .text = b->s.code, .ja = tr(LANG_JA, M("Answer")), .en = tr(LANG_EN, M("Answer"))}));
    doc_table_end(b->out);
}

static void board_forms(const struct board *b)
{
    if (!survey_holds(b->w, &b->s) || b->published) return;
    bool open = str_eq(b->s.state, S("open"));
    struct form form = {.act = open ? "inspect survey-close" : "inspect survey-publish", .given = {{"survey", b->s.code}},
                        .button = {{NULL, NULL, open ? M("Close: the figures stand") : M("Publish the counts")}}};
    size_t left = 0;
    for (size_t i = 0; i < b->n; i++) left += b->org[i].done == 0;
    if (open && left == 0) form.button[1] = (struct form_button){"publish", "1", M("Close and publish")};
    if (open && left > 0) { /* no slip of the hand ends it while answers still come */
        form.folded = true;
        form.title = FILL(b, M("Close it though %1 of %2 are not complete"), str_int(b->w->a, (int64_t)left), str_int(b->w->a, (int64_t)b->n));
    }
    doc_form(b->out, &form);
    doc_form_end(b->out);
}

enum err inspect_view_survey(struct work *w, const struct args *in, struct doc *out)
{
    struct board b;
    const struct org *only = arg_org(in, "org");
    enum err e = board_load(w, in, out, &b);
    if (e != OK) return e;
    doc_title(out, M("%1"), lang_pick(out->lang, b.s.title_ja, b.s.title_en));
    doc_lead(out, b.s.own ? M("Survey, due %1") : M("Urgent survey, due %1"), survey_moment_words(w, out->lang, b.s.due));
    board_facts(&b);
    call(&b);
    if (b.s.why.n != 0) doc_text(out, M("%1"), survey_why(out->lang, &b.s));
    if (b.n != 0) board_parts(&b);
    board_forms(&b);
    board_orgs(&b);
    if (!b.s.own) board_answers(&b);
    else elicited(&b);
    if ((e = board_replies(&b, only == NULL ? 0 : only->id)) != OK) return e;
    out->live = str_eq(b.s.state, S("open"));
    out->provisional = out->live;
    if (b.published) doc_note(out, M("Counts as they stood when the survey was closed. Which systems they are is told to nobody else."));
    if (!b.s.own) doc_note(out, M("Systems: those of the register when the survey was asked, and those named or counted beyond it. 'None concerned' "
                    "answers for all of an organisation."));
    return OK;
}
