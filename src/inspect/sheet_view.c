/* inspect sheets and inspect sheet: one's own sheets, and one of them page by page. */
#include "inspect/acts.h"
#include "inspect/entered.h"
#include "inspect/own_sheet.h"
#include "inspect/showing.h"
#include "inspect/way_acts.h"

enum { SECONDS_A_QUESTION = 24 }; /* 25 questions in ten minutes */

/* ---- my sheets ---- */

static struct my_sheet my_sheet_of(const struct work *w, const struct own_sheet *s)
{
    const struct node *at = &s->r->nodes[s->node];
    struct plan_counts c = plan_count(&s->plan, s->answers, s->later);
    return (struct my_sheet){.round = s->r->code, .round_ja = s->r->title_ja, .round_en = s->r->title_en,
                             .respondent = s->row.code, .duty = s->row.duty, .org = at->code, .org_ja = at->name_ja,
                             .org_en = at->name_en, .state = sheet_stage(s), .due = s->row.due,
                             .has_due = s->row.has_due,
                             .returned = s->row.state <= 0 ? s->row.given_back.reason : (str){0},
                             .overdue = s->row.state <= 0 && sheet_overdue(w, s),
                             .answered = (int64_t)s->plan.n - c.unanswered, .questions = (int64_t)s->plan.n};
}

enum err inspect_my_sheets(struct work *w, my_sheet_fn *fn, void *to)
{
    struct my_row *mine;
    size_t n;
    if (w->actor->person == 0) return OK; /* the owner of the database is nobody */
    enum err e = my_sheets(w, w->actor->person, &mine, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct own_sheet s;
        if ((e = sheet_of_mine(w, mine[i].round, mine[i].respondent, &s)) != OK) return e;
        struct my_sheet one = my_sheet_of(w, &s);
        struct entry_row entry = {0};
        if (s.row.entered && str_eq(one.state, S("draft"))) e = entry_get(w, s.row.id, &entry);
        if (e == OK && str_eq(entry.state, S("waiting"))) one.state = S("entered-for-you");
        if (e == OK) e = fn(to, &one);
    }
    return e;
}

struct listing {
    struct doc *out;
    int64_t n;
};

static enum err list_one(void *to, const struct my_sheet *s)
{
    struct listing *l = to;
    l->n++;
    DOC_ROW(l->out, C_TEXT(s->respondent), C_TEXT(s->round), C_BOTH(s->round_ja, s->round_en), C_ENUM(s->duty),
            C_ORG(s->org, s->org_ja, s->org_en, 0), C_ENUM(s->state), C_INT(s->answered), C_INT(s->questions),
            s->has_due ? C_DATE(s->due) : C_NONE, C_BOOL(s->overdue), text_cell(s->returned));
    return OK;
}

enum err inspect_view_sheets(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Sheet"), 0, "inspect sheet", "respondent"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
        {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"answered", CELL_INT, N("Answered"), 0, NULL, NULL},
        {"questions", CELL_INT, N("Questions"), 0, NULL, NULL},
        {"due", CELL_DATE, N("Due"), 0, NULL, NULL},
        {"overdue", CELL_BOOL, N("Overdue"), 0, NULL, NULL},
        {"returned", CELL_TEXT, N("Why it was given back"), 0, NULL, NULL},
    };
    static const struct show show = {.kind = SHOW_CARDS, .label = "respondent"};
    struct listing l = {out, 0};
    (void)in;
    doc_show(out, &show);
    DOC_TABLE(out, "sheets", columns);
    enum err e = inspect_my_sheets(w, list_one, &l);
    if (e != OK) return e;
    doc_table_end(out);
    if ((e = my_devices_link(w, out)) != OK) return e;
    if (l.n == 0) doc_note(out, M("No round that is open asks you anything: a sheet is put to whoever held a post on the base date."));
    return OK;
}

/* ---- one sheet ---- */

struct sheet_doc {
    struct work *w;
    struct own_sheet *s;
    struct doc *out;
    struct plan_counts counts;
    bool open; /* may be answered now, by who looks */
    size_t page; /* 0: the review */
};

static str filled(const struct sheet_doc *d, const str *words, size_t n)
{
    return tr_fill(d->w->a, d->out->lang, words[0], words + 1, n - 1);
}
#define FILL(d, ...) filled(d, DOC_WORDS(__VA_ARGS__))

static void sheet_title(const struct sheet_doc *d)
{
    const struct seat_row *row = &d->s->row;
    const struct node *at = &d->s->r->nodes[d->s->node];
    enum lang lang = d->out->lang;
    str duty = lang_pick(lang, row->duty_ja, row->duty_en), who = lang_pick(lang, row->person_ja, row->person_en);
    doc_title(d->out, M("Self-inspection sheet: %1"), duty.n != 0 ? duty : row->duty);
    if (d->s->entering) doc_title(d->out, M("Entering the sheet of %1 (%2)"), who, duty.n != 0 ? duty : row->duty);
    doc_lead(d->out, M("%1, %2"), lang_pick(lang, at->name_ja, at->name_en), who.n != 0 ? who : tr(lang, M("vacant post")));
}

static void sheet_facts(const struct sheet_doc *d)
{
    const struct own_sheet *s = d->s;
    int64_t n = (int64_t)s->plan.n, left = d->counts.unanswered;
    str of = str_int(d->w->a, n), minutes = str_int(d->w->a, (left * SECONDS_A_QUESTION + 59) / 60);
    if (left == 0) doc_fact_of(d->out, "answered", M("Answered"), C_INT(n - left), M("of %1 questions"), of);
    else
        doc_fact_of(d->out, "answered", M("Answered"), C_INT(n - left), M("of %1 questions; %2 left, about %3 minutes"), of,
                    str_int(d->w->a, left), minutes);
    doc_fact(d->out, "state", M("State"), C_ENUM(sheet_stage(s)));
    doc_fact(d->out, "base", M("Base date"), C_DATE(s->r->base));
    doc_fact(d->out, "due", M("Due"), s->row.has_due ? C_DATE(s->row.due) : C_NONE);
    if (s->row.revision > 0 && s->mine) doc_fact(d->out, "saved", M("Saved"), C_TIME(s->row.saved_at));
    if (s->row.state > 0) doc_fact(d->out, "submitted", M("Submitted"), C_TIME(s->row.sheet_at));
    if (sheet_was_late(s)) doc_fact(d->out, "late", M("Handed in late"), C_BOOL(1));
    if (s->row.state == 2) {
        bool by_person = s->row.confirmed_at != 0;
        doc_fact(d->out, "confirmed", M("Confirmed"), C_TIME(by_person ? s->row.confirmed_at : s->row.sheet_at));
        doc_fact(d->out, "confirmed_by", M("Confirmed by"), C_TEXT(by_person ? s->row.confirmed_by : s->row.sheet_by));
    }
}

/* ---- given back, and closed ---- */

static void given_back(const struct sheet_doc *d)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("Reason"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
    };
    const struct given_back *g = &d->s->row.given_back;
    str who = lang_pick(d->out->lang, g->by_ja, g->by_en);
    if (g->id == 0 || !d->s->mine || d->s->row.state > 0) return;
    str what = FILL(d, M("Given back on %1 by %2: please look at it again and submit it anew"),
                    lang_day(d->w->a, d->out->lang, g->at), who.n != 0 ? who : g->by_whom);
    doc_show(d->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "reason", .state = "state", .alone = true});
    DOC_TABLE(d->out, "returned", columns);
    DOC_ROW(d->out, C_TEXT(what), C_TEXT(g->reason), C_ENUM(S("lack")));
    doc_table_end(d->out);
}

/* For who looks at it again, and for the respondent: what was asked before, and when it was answered. */
static enum err returns_table(const struct sheet_doc *d)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("Given back"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("Reason"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("By"), 0, NULL, NULL},
        {"answered", CELL_TIME, N("Handed in again"), 0, NULL, NULL},
    };
    struct return_row *all;
    size_t n;
    enum err e = returns_of(d->w, d->s->row.id, &all, &n);
    if (e != OK || n == 0) return e;
    doc_heading(d->out, M("How often it was given back: %1"), str_int(d->w->a, (int64_t)n));
    DOC_TABLE(d->out, "returns", columns);
    for (size_t i = 0; i < n; i++) {
        str who = lang_pick(d->out->lang, all[i].by_ja, all[i].by_en);
        DOC_ROW(d->out, C_TIME(all[i].at), C_TEXT(all[i].reason), C_TEXT(who.n != 0 ? who : all[i].by_whom),
                all[i].answered == 0 ? C_NONE : C_TIME(all[i].answered));
    }
    doc_table_end(d->out);
    return OK;
}

/* Nothing is changed where the unit or the ministry above is not open. */
static void tell_shut(const struct sheet_doc *d)
{
    const struct round *r = d->s->r;
    ptrdiff_t shut = way_shut(r, d->s->node);
    if (shut < 0) return;
    doc_text(d->out, M("'%1' is at the stage '%2', so nothing is changed here."),
             lang_pick(d->out->lang, r->nodes[shut].name_ja, r->nodes[shut].name_en),
             tr(d->out->lang, stage_words(r->nodes[shut].stage)));
}

/* Who confirms decides where the answers are read. */
static void decide_forms(const struct sheet_doc *d)
{
    const struct own_sheet *s = d->s;
    bool may_decide = !s->mine && s->row.state > 0 && str_eq(s->r->state, S("open")) && way_shut(s->r, s->node) < 0 &&
                      confirms_at(d->w, &s->r->nodes[s->node]);
    if (!may_decide) return;
    struct form confirm = {.act = "inspect confirm", .given = {{"round", s->r->code}, {"respondent", s->row.code}},
                           .button = {{NULL, NULL, M("Confirm")}}};
    struct form back = {.act = "inspect return", .given = {{"round", s->r->code}, {"respondent", s->row.code}},
                        .title = s->row.state == 2 ? M("Take the confirmation back") : M("Give back"), .ask = "reason",
                        .button = {{NULL, NULL, M("Give back")}}, .folded = true};
    if (s->row.state == 1) {
        doc_form(d->out, &confirm);
        doc_form_end(d->out);
    }
    doc_form(d->out, &back);
    doc_form_end(d->out);
}

/* ---- questions ---- */

static const struct column question_columns[] = {
    {"question", CELL_TEXT, N("Question"), 0, "inspect sheet", NULL},
    {"no", CELL_INT, N("No."), 0, NULL, NULL},
    {"page", CELL_INT, N("Page"), COL_DATA, NULL, "page"},
    {"section", CELL_TEXT, N("Section"), 0, NULL, NULL},
    {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    {"example", CELL_TEXT, N("Example"), COL_DATA, NULL, NULL},
    {"help", CELL_TEXT, N("Explanation"), COL_DATA, NULL, NULL},
    {"answer", CELL_ENUM, N("Answer"), 0, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), 0, NULL, NULL},
    {"may_none", CELL_BOOL, N("'No occasion arose' may be answered"), COL_DATA, NULL, NULL},
};

static void question_row(const struct sheet_doc *d, size_t i)
{
    const struct own_sheet *s = d->s;
    const struct sheet_item *x = &s->plan.item[i];
    const struct part *part = &s->r->edition.parts[x->part];
    ptrdiff_t at = item_question(&s->plan, x);
    struct question none = {0};
    const struct clause *c = &s->r->edition.clauses[x->clauses[0]];
    const struct question *q = at >= 0 ? &s->questions[at] : &none;
    str answer = answer_code(sheet_get(s->answers, plan_places(&s->plan), x->at), mask_has(s->later, x->at));
    DOC_ROW(d->out, C_TEXT(x->code), C_INT((int64_t)item_number(s, x)), C_INT((int64_t)x->page),
            both_cell(part->title_ja, part->title_en),
            at >= 0 ? C_BOTH(q->text_ja, q->text_en) : C_BOTH(c->text_ja, c->text_en),
            both_cell(q->example_ja, q->example_en), both_cell(q->help_ja, q->help_en),
            answer.n == 0 ? C_NONE : C_ENUM(answer),
            text_cell(s->note[i]), C_BOOL(x->no_occasion));
}

static void question_table(const struct sheet_doc *d)
{
    if (d->page == 0) doc_show(d->out, &(struct show){.kind = SHOW_CARDS, .label = "text"});
    DOC_TABLE(d->out, "questions", question_columns);
    for (size_t i = 0; i < d->s->plan.n; i++)
        if (d->page == 0 || d->s->plan.item[i].page == d->page) question_row(d, i);
    doc_table_end(d->out);
}

/* ---- the list of sections, beside a page ---- */

struct span {
    size_t from, end;
    int64_t answered;
};

static struct span page_span(const struct own_sheet *s, size_t page)
{
    struct span p = {0};
    while (p.from < s->plan.n && s->plan.item[p.from].page != page) p.from++;
    for (p.end = p.from; p.end < s->plan.n && s->plan.item[p.end].page == page; p.end++)
        p.answered += sheet_get(s->answers, plan_places(&s->plan), s->plan.item[p.end].at) != UNANSWERED;
    return p;
}

static void section_row(const struct sheet_doc *d, size_t page)
{
    struct span p = page_span(d->s, page);
    struct arena *a = d->w->a;
    const struct part *part = &d->s->r->edition.parts[d->s->plan.item[p.from].part];
    int64_t n = (int64_t)(p.end - p.from);
    str detail = FILL(d, M("Questions %1 to %2: %3 of %4 answered"), str_int(a, (int64_t)p.from + 1), str_int(a, (int64_t)p.end),
                      str_int(a, p.answered), str_int(a, n));
    DOC_ROW(d->out, C_BOTH(part->title_ja, part->title_en), C_TEXT(detail),
            C_ENUM(page == d->page ? S("now") : p.answered == n ? S("past") : S("next")), C_INT((int64_t)page));
}

static void section_list(const struct sheet_doc *d)
{
    static const struct column columns[] = {
        {"section", CELL_TEXT, N("Section"), 0, "inspect sheet", NULL},
        {"detail", CELL_TEXT, N("Questions"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"page", CELL_INT, N("Page"), COL_DATA, NULL, "page"},
    };
    static const struct show show = {
        .kind = SHOW_STEPS, .label = "section", .detail = "detail", .state = "state", .alone = true};
    doc_heading(d->out, M("All questions"));
    doc_show(d->out, &show);
    DOC_TABLE(d->out, "sections", columns);
    for (size_t page = 1; page <= d->s->plan.pages; page++) section_row(d, page);
    doc_table_end(d->out);
}

/* ---- a page to be answered ---- */

static void page_form(const struct sheet_doc *d)
{
    struct arena *a = d->w->a;
    bool last = d->page == d->s->plan.pages;
    struct form form = {.act = d->s->entering ? "inspect enter" : "inspect save",
                        .given = {{"round", d->s->r->code},
                                  {"respondent", d->s->row.code},
                                  {"page", str_int(a, (int64_t)d->page)},
                                  {"revision", str_int(a, d->s->row.revision)}},
                        .button = {{"go", last ? "review" : "next", last ? M("Save and review") : M("Save and go on")},
                                   {"go", "stay", M("Save for later")}}};
    size_t n = 2;
    if (!last) form.button[n++] = (struct form_button){"go", "review", M("Save and review")};
    if (d->page > 1) form.button[n] = (struct form_button){"go", "previous", M("Back to the questions before")};
    static const struct show show = {.kind = SHOW_QUESTIONS, .alone = true};
    doc_form(d->out, &form);
    doc_show(d->out, &show);
    question_table(d);
    doc_form_end(d->out);
}

static void show_page(const struct sheet_doc *d)
{
    doc_grid(d->out, "side");
    page_form(d);
    if (d->s->entering)
        doc_text(d->out, M("Enter only what the respondent told you or signed. They see who entered it."));
    else
        doc_text(d->out, M("Once every question is answered the sheet can be submitted from the review. After that it can be "
                           "corrected until it is confirmed."));
    doc_grid(d->out, "next");
    section_list(d);
    doc_grid(d->out, "end");
}

/* ---- the review ---- */

static void open_questions(const struct sheet_doc *d)
{
    static const struct column columns[] = {
        {"question", CELL_TEXT, N("Question"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"page", CELL_INT, N("Answer"), 0, "inspect sheet", "page"},
    };
    static const struct show show = {.kind = SHOW_CALLS, .label = "question", .detail = "text", .state = "state", .alone = true};
    const struct own_sheet *s = d->s;
    if (d->counts.unanswered == 0) return;
    doc_heading(d->out, M("Still to be answered"));
    doc_show(d->out, &show);
    DOC_TABLE(d->out, "open", columns);
    for (size_t i = 0; i < s->plan.n; i++) {
        const struct sheet_item *x = &s->plan.item[i];
        if (sheet_get(s->answers, plan_places(&s->plan), x->at) != UNANSWERED) continue;
        ptrdiff_t q = item_question(&s->plan, x);
        const struct clause *c = &s->r->edition.clauses[x->clauses[0]];
        str label = FILL(d, M("Question %1"), str_int(d->w->a, (int64_t)i + 1));
        DOC_ROW(d->out, C_TEXT(label),
                q >= 0 ? C_BOTH(s->questions[q].text_ja, s->questions[q].text_en) : C_BOTH(c->text_ja, c->text_en),
                C_ENUM(mask_has(s->later, x->at) ? S("wait") : S("lack")), C_INT((int64_t)x->page));
    }
    doc_table_end(d->out);
}

static void submit_form(const struct sheet_doc *d)
{
    bool anew = d->s->row.state == 1;
    struct form form = {.act = "inspect submit",
                        .given = {{"round", d->s->r->code}, {"respondent", d->s->row.code}},
                        .button = {{NULL, NULL, anew ? M("Submit the correction") : M("Submit")}}};
    doc_form(d->out, &form);
    doc_form_end(d->out);
}

/* Entered for another: nothing more is needed, unless there is a signed paper. */
static void paper_form(const struct sheet_doc *d)
{
    struct form form = {.act = "inspect enter", .ask = "paper_date paper_ref",
                        .given = {{"round", d->s->r->code}, {"respondent", d->s->row.code}},
                        .button = {{NULL, NULL, M("Hand in from paper")}}};
    doc_heading(d->out, M("Hand in from a signed paper"));
    doc_text(d->out, M("What you entered waits on the respondent's own page, to be checked and submitted there. Where a signed paper "
                       "exists the sheet can be handed in from it at once."));
    doc_form(d->out, &form);
    doc_form_end(d->out);
}

static void review_words(const struct sheet_doc *d)
{
    const struct own_sheet *s = d->s;
    if (!s->seen) {
        doc_text(d->out, M("Nothing was submitted yet: a draft is seen by its respondent alone."));
    } else if (s->row.state == 2) {
        doc_text(d->out, M("The sheet is confirmed and cannot be changed any more."));
    } else if (!d->open) {
        if (s->mine && way_shut(s->r, s->node) < 0) doc_text(d->out, M("The round is closed: answers are not changed any more."));
    } else if (s->row.state == 1 && s->row.revision <= s->row.submitted) {
        doc_text(d->out, M("The sheet is submitted. Until it is confirmed it can be corrected: choose a question."));
    } else if (s->row.state == 1) {
        doc_text(d->out, M("You changed answers after you submitted them: what was submitted stands until you submit the "
                           "correction."));
    }
}

static enum err show_review(const struct sheet_doc *d)
{
    const struct own_sheet *s = d->s;
    bool submitted = s->row.state == 1 && s->row.revision <= s->row.submitted;
    review_words(d);
    if (d->open) open_questions(d);
    if (d->open && d->counts.unanswered == 0 && !submitted) (d->s->entering ? paper_form : submit_form)(d);
    enum err e = s->seen ? returns_table(d) : OK;
    if (e != OK || !s->seen) return e;
    doc_heading(d->out, d->open ? M("Review your answers") : M("Answers"));
    question_table(d);
    if (sheet_overdue(d->w, s) && d->open && s->row.state <= 0)
        doc_note(d->out, M("The sheet is overdue. It is still taken, and marked as late."));
    decide_forms(d);
    return OK;
}

/* Where a person goes on: the first page with an open question. */
static size_t first_open_page(const struct own_sheet *s)
{
    for (size_t i = 0; i < s->plan.n; i++)
        if (sheet_get(s->answers, plan_places(&s->plan), s->plan.item[i].at) == UNANSWERED && !mask_has(s->later, s->plan.item[i].at))
            return s->plan.item[i].page;
    return 0;
}

/* One's own, another's that was handed in, or one that is entered for another. */
static enum err sheet_looked_at(struct work *w, const struct args *in, struct own_sheet *s, enum lang lang)
{
    struct entry_row entry;
    str round = arg_text(in, "round"), respondent = arg_text(in, "respondent");
    if (!arg_given(in, "entering")) return sheet_to_see(w, round, respondent, s);
    enum err e = sheet_to_enter(w, round, respondent, s);
    if (e == OK) e = entry_get(w, s->row.id, &entry);
    return e == OK ? entering_allowed(w, s, &entry, lang) : e;
}

enum err inspect_view_sheet(struct work *w, const struct args *in, struct doc *out)
{
    struct own_sheet s;
    enum err e = sheet_looked_at(w, in, &s, out->lang);
    if (e == OK) e = sheet_words(w, &s);
    if (e == OK) e = sheet_notes(w, &s);
    if (e != OK) return e;
    struct sheet_doc d = {.w = w, .s = &s, .out = out, .counts = plan_count(&s.plan, s.answers, s.later)};
    int64_t page = arg_int(in, "page");
    d.open = s.entering || (s.mine && str_eq(s.r->state, S("open")) && s.row.state < 2 && way_shut(s.r, s.node) < 0);
    if (page < 0 || page > (int64_t)s.plan.pages)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("page")}), M("this sheet has pages 1 to %1, and the review 0"),
                        str_int(w->a, (int64_t)s.plan.pages));
    d.page = !d.open ? 0 : arg_given(in, "page") ? (size_t)page : s.row.state == 1 ? 0 : first_open_page(&s);
    out->personal = !s.mine;
    sheet_title(&d);
    sheet_facts(&d);
    if ((e = entered_block(w, &s, out)) != OK) return e;
    given_back(&d);
    tell_shut(&d);
    if (d.page != 0) show_page(&d);
    else if ((e = show_review(&d)) != OK) return e;
    handling_of(s.r, out);
    if (s.r->synthetic) doc_note(out, M("Synthetic data: no real organisation answered this."));
    return OK;
}
