/* Answering: save what was answered so far, and hand it in. Either touches one respondent and the path above it. */
#include <string.h>

#include "base/utf8.h"
#include "inspect/acts.h"
#include "inspect/entered.h"
#include "inspect/own_sheet.h"
#include "inspect/way_acts.h"

/* ---- may it be changed now? ---- */

enum err sheet_changeable(struct work *w, const struct own_sheet *s, enum lang lang)
{
    const struct round *r = s->r;
    if (!str_eq(r->state, S("open")))
        return fault(w, CONFLICT,
                     M("round '%1' is closed, and its figures stand: ask the office that holds the round, which can file a "
                       "correction"),
                     r->code);
    if (s->row.state == 2)
        return fault(w, CONFLICT,
                     M("this sheet was confirmed by %1 and cannot be changed any more: ask them, or the office that holds "
                       "the round, which can file a correction"),
                     s->row.confirmed_by.n != 0 ? s->row.confirmed_by : s->row.sheet_by);
    return way_open(w, s->r, s->node, lang);
}

/* ---- what was given ---- */

/* The item a key names: a question's code, or the number of a clause that is asked itself. */
static const struct sheet_item *item_of(const struct own_sheet *s, str key, size_t *likely)
{
    for (size_t i = 0; i < s->plan.n; i++) { /* forms ask in our order: the next one is the one after the last */
        size_t k = (*likely + i) % s->plan.n;
        if (!str_eq(s->plan.item[k].code, key)) continue;
        *likely = k + 1;
        return &s->plan.item[k];
    }
    return NULL;
}

static struct where at_key(struct work *w, const struct arg *a)
{
    return (struct where){.field = str_fmt(w->a, "%s.%.*s", a->param->name, STR_ARG(a->key))};
}

static const struct sheet_item *item_given(struct work *w, const struct own_sheet *s, const struct arg *a, size_t *likely)
{
    const struct sheet_item *x = item_of(s, a->key, likely);
    if (x == NULL) fault_in(w, INVALID, at_key(w, a), M("'%1' is no question of this sheet"), a->key);
    return x;
}

static enum answer answer_of(str code)
{
    return str_eq(code, S("done"))          ? DONE
           : str_eq(code, S("not_done"))    ? NOT_DONE
           : str_eq(code, S("no_occasion")) ? NO_OCCASION
                                            : UNANSWERED;
}

static str shown_answer(const struct own_sheet *s, const struct sheet_item *x)
{
    return answer_code(sheet_get(s->answers, plan_places(&s->plan), x->at), mask_has(s->later, x->at));
}

static void set_answer(struct own_sheet *s, const struct sheet_item *x, str code)
{
    uint8_t bit = (uint8_t)(1U << (x->at % 8));
    sheet_set(s->answers, plan_places(&s->plan), x->at, answer_of(code));
    s->later[x->at / 8] = (uint8_t)(str_eq(code, S("later")) ? s->later[x->at / 8] | bit : s->later[x->at / 8] & ~bit);
}

/* ---- saving ---- */

struct saving {
    struct work *w;
    struct own_sheet *s;
    const struct args *in;
    str *was;         /* by item: what the form showed; p NULL: not said */
    bool stale;       /* the form was made before the last change */
    size_t changed, conflicts;
    struct conflict {
        const struct sheet_item *item;
        str stands, given;
    } *conflict;
};

static void read_was(struct saving *x)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, "was", all, x->in->n), likely = 0;
    x->was = arena_array(x->w->a, x->s->plan.n + 1, sizeof *x->was);
    for (size_t i = 0; i < n; i++) {
        const struct sheet_item *item = item_given(x->w, x->s, all[i], &likely);
        if (item != NULL) x->was[item - x->s->plan.item] = (str){all[i]->text.n == 0 ? "" : all[i]->text.p, all[i]->text.n};
    }
}

/* Somebody else's answer (another window, an import) is not overwritten by who has not seen it. */
static void take_answer(struct saving *x, const struct sheet_item *item, const struct arg *a)
{
    str stands = shown_answer(x->s, item), was = x->was[item - x->s->plan.item];
    if (str_eq(stands, a->text)) return;
    if (was.p != NULL && !str_eq(stands, was)) {
        x->conflict[x->conflicts++] = (struct conflict){item, stands, a->text};
        return;
    }
    if (str_eq(a->text, S("no_occasion")) && !item->no_occasion) {
        fault_in(x->w, INVALID, at_key(x->w, a), M("'no occasion arose' is no answer to question %1"), a->key);
        return;
    }
    set_answer(x->s, item, a->text);
    x->changed++;
}

static void take_answers(struct saving *x)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, "answer", all, x->in->n), likely = 0;
    x->conflict = arena_array(x->w->a, n + 1, sizeof *x->conflict);
    for (size_t i = 0; i < n; i++) {
        const struct sheet_item *item = item_given(x->w, x->s, all[i], &likely);
        if (item != NULL) take_answer(x, item, all[i]);
    }
}

static enum err take_note(struct saving *x, const struct arg *a, size_t *likely)
{
    const struct sheet_item *item = item_given(x->w, x->s, a, likely);
    str note = str_trim(a->text);
    if (item == NULL) return OK;
    if (utf8_letters(note) > NOTE_LETTERS_MAX || note.n > NOTE_MAX) {
        fault_in(x->w, INVALID, at_key(x->w, a), M("the note on question %1 is longer than %2 letters"), a->key,
                 str_int(x->w->a, NOTE_LETTERS_MAX));
        return OK;
    }
    str *stands = &x->s->note[item - x->s->plan.item];
    if (str_eq(*stands, note) || (x->stale && note.n == 0)) return OK; /* an old form has not seen the note it would take away */
    *stands = note;
    x->changed++;
    return question_note_put(x->w, x->s->row.id, (int64_t)item->at, note);
}

static enum err take_notes(struct saving *x)
{
    const struct arg **all = arena_array(x->w->a, x->in->n + 1, sizeof *all);
    size_t n = arg_all(x->in, "note", all, x->in->n), likely = 0;
    enum err e = n == 0 ? OK : sheet_notes(x->w, x->s);
    for (size_t i = 0; e == OK && i < n; i++) e = take_note(x, all[i], &likely);
    return e;
}

static enum err store_answers(struct work *w, struct own_sheet *s)
{
    size_t places = plan_places(&s->plan);
    s->row.answers = (str){(const char *)s->answers, sheet_bytes(places)};
    s->row.later = (str){(const char *)s->later, plane_bytes(places)};
    return answers_put(w, s->r->id, &s->row);
}

static void tell_conflicts(const struct saving *x, struct doc *out)
{
    static const struct column columns[] = {
        {"question", CELL_TEXT, N("Question"), 0, "inspect sheet", NULL},
        {"page", CELL_INT, N("Page"), COL_DATA, NULL, "page"},
        {"stands", CELL_ENUM, N("What stands"), 0, NULL, NULL},
        {"given", CELL_ENUM, N("What you gave"), 0, NULL, NULL},
    };
    static const struct show show = {.kind = SHOW_DIFF, .label = "question", .values = {"stands", "given"}};
    doc_heading(out, M("Answers that were changed elsewhere"));
    doc_text(out, M("These answers were changed in another window after this page was shown: they were not "
                    "overwritten. The others of the page are saved. Answer these once more."));
    doc_show(out, &show);
    DOC_TABLE(out, "conflicts", columns);
    for (size_t i = 0; i < x->conflicts; i++) {
        const struct conflict *c = &x->conflict[i];
        DOC_ROW(out, C_TEXT(c->item->code), C_INT((int64_t)c->item->page),
                c->stands.n == 0 ? C_NONE : C_ENUM(c->stands), c->given.n == 0 ? C_NONE : C_ENUM(c->given));
    }
    doc_table_end(out);
}

/* The page to go to: what the button said, from the page the form was on. */
static int64_t next_page(const struct sheet_plan *p, int64_t page, str go)
{
    int64_t pages = (int64_t)p->pages;
    if (str_eq(go, S("review")) || page < 1) return 0;
    if (str_eq(go, S("next"))) return page >= pages ? 0 : page + 1;
    if (str_eq(go, S("previous"))) return page > 1 ? page - 1 : 1;
    return page > pages ? pages : page;
}

static void go_on(struct work *w, const struct own_sheet *s, int64_t page, str said)
{
    struct going_on next = {.to = "inspect sheet",
                            .given = {{"round", s->r->code}, {"respondent", s->row.code}, {"page", str_int(w->a, page)}},
                            .said = said};
    act_next(w, &next);
}

static enum err save(struct saving *x)
{
    struct work *w = x->w;
    struct own_sheet *s = x->s;
    int64_t before = w->faults.count;
    read_was(x);
    take_answers(x);
    enum err e = take_notes(x);
    if (e != OK) return e;
    if (w->faults.count != before) return INVALID; /* told question by question; nothing of it is kept */
    if (x->changed == 0) return OK;
    s->row.revision++;
    if ((e = sheet_plan_keep(w, s)) != OK) return e;
    return store_answers(w, s);
}

enum err inspect_act_save(struct work *w, const struct args *in, struct doc *out)
{
    struct own_sheet s;
    enum err e = sheet_of_mine(w, arg_text(in, "round"), arg_text(in, "respondent"), &s);
    if (e == OK) e = sheet_changeable(w, &s, out->lang);
    if (e != OK) return e;
    struct saving x = {.w = w, .s = &s, .in = in,
                       .stale = arg_given(in, "revision") && arg_int(in, "revision") != s.row.revision};
    if ((e = save(&x)) != OK) return e;
    struct plan_counts c = plan_count(&s.plan, s.answers, s.later);
    doc_fact(out, "changed", M("Answers and notes changed"), C_INT((int64_t)x.changed));
    doc_fact(out, "answered", M("Answered"), C_INT((int64_t)s.plan.n - c.unanswered));
    doc_fact(out, "questions", M("Questions"), C_INT((int64_t)s.plan.n));
    doc_fact(out, "revision", M("Revision"), C_INT(s.row.revision));
    if (x.conflicts != 0) {
        tell_conflicts(&x, out);
        return OK; /* no going on: this has to be read */
    }
    go_on(w, &s, next_page(&s.plan, arg_int(in, "page"), arg_text(in, "go")), tr(out->lang, M("Saved.")));
    return OK;
}

/* ---- handing in ---- */

static enum err all_answered(struct work *w, const struct own_sheet *s)
{
    int64_t before = w->faults.count;
    for (size_t i = 0; i < s->plan.n; i++) {
        const struct sheet_item *x = &s->plan.item[i];
        enum answer a = sheet_get(s->answers, plan_places(&s->plan), x->at);
        if (a != UNANSWERED) continue;
        str code = x->code, no = str_int(w->a, (int64_t)item_number(s, x));
        struct where where = {.field = str_fmt(w->a, "answer.%.*s", STR_ARG(code))};
        if (mask_has(s->later, x->at)) fault_in(w, INVALID, where, M("question %1 (%2) is still to be answered later"), no, code);
        else fault_in(w, INVALID, where, M("question %1 (%2) is not answered"), no, code);
    }
    return w->faults.count == before ? OK : INVALID;
}

/* The sums of the path: what stood goes, what is handed in comes. */
static enum err retally(struct work *w, const struct own_sheet *s, const uint8_t *sheet)
{
    struct tallying *t = tallying_begin(w, s->r);
    bool known = s->row.state > 0;
    if (known) tallying_sheet(t, s->node, TALLY_SUBMITTED, s->plan.duty, s->stands, s->excepted, -1);
    tallying_sheet(t, s->node, TALLY_SUBMITTED, s->plan.duty, sheet, s->excepted, 1);
    if (!known && round_leaves(s->r, s->row.reason)) tallying_frame(t, s->node, s->plan.duty, 1);
    return tallying_end(t);
}

static enum err put_sheet(struct work *w, const struct own_sheet *s, const uint8_t *answers)
{
    struct batch *b;
    size_t bytes = sheet_bytes(s->plan.clauses);
    bool standing = s->row.state >= 0;
    struct sheet sheet = {.respondent = s->row.id, .org = s->row.org, .state = 1, .answers = {(const char *)answers, bytes}};
    bool same = standing && memcmp(s->stands, answers, bytes) == 0;
    if (same && s->row.state == 1) return OK;
    enum err e = standing && !same ? sheet_keep_past(w, s->row.id) : OK;
    if (e == OK) e = retally(w, s, answers);
    if (e == OK) e = sheet_put_begin(w, standing, &b);
    if (e == OK) e = sheet_put(w, b, s->r->id, &sheet);
    return e == OK ? batch_end(b) : e;
}

/* ---- notes: by question while it is written, by clause when it is handed in ---- */

struct clause_note {
    struct work *w;
    const struct own_sheet *s;
    struct buf *note; /* by clause; p NULL: not touched */
    bool any;
};

static void join_note(void *to, int64_t place, str note)
{
    struct clause_note *n = to;
    for (size_t i = 0; i < n->s->plan.n; i++) {
        const struct sheet_item *x = &n->s->plan.item[i];
        if ((int64_t)x->at != place) continue;
        struct buf *b = &n->note[x->clauses[0]];
        if (b->a == NULL) *b = buf_in(n->w->a);
        if (b->n != 0 && note.n != 0) buf_add(b, S(" / "));
        buf_add(b, note);
        n->any = true;
    }
}

static enum err put_notes(struct work *w, const struct own_sheet *s)
{
    struct clause_note n = {w, s, arena_array(w->a, s->plan.clauses + 1, sizeof *n.note), false};
    enum err e = question_notes(w, s->row.id, join_note, &n);
    for (size_t c = 0; e == OK && n.any && c < s->plan.clauses; c++)
        if (n.note[c].a != NULL) e = answer_note_put(w, s->row.id, (int64_t)c, utf8_head(buf_str(&n.note[c]), NOTE_MAX));
    return e;
}

static void note_counts(struct work *w, const struct plan_counts *c, bool late)
{
    act_noted(w, S("done"), str_int(w->a, c->done));
    act_noted(w, S("not_done"), str_int(w->a, c->not_done));
    act_noted(w, S("no_occasion"), str_int(w->a, c->no_occasion));
    if (late) act_noted(w, S("late"), S("1"));
}

static enum err hand_in(struct work *w, struct own_sheet *s)
{
    uint8_t *sheet = arena_alloc(w->a, sheet_bytes(s->plan.clauses) + 8);
    plan_roll_up(&s->plan, s->answers, sheet);
    enum err e = put_sheet(w, s, sheet);
    if (e == OK) e = put_notes(w, s);
    if (e == OK) e = sheet_plan_keep(w, s);
    if (e == OK && s->row.given_back.id != 0) e = returns_answered(w, s->row.id);
    if (e != OK) return e;
    if (s->row.revision == 0) s->row.revision = 1; /* as it came in a file, handed in as it is */
    s->row.submitted = s->row.revision;
    if (s->row.first == 0) s->row.first = w->now;
    return store_answers(w, s);
}

/* Answers may be given with it: a program hands in a sheet in one go. */
static enum err take_given(struct work *w, struct own_sheet *s, const struct args *in)
{
    if (!arg_given(in, "answer")) return OK;
    struct saving x = {.w = w, .s = s, .in = in};
    int64_t before = w->faults.count;
    read_was(&x);
    take_answers(&x);
    if (w->faults.count != before) return INVALID;
    s->row.revision += x.changed != 0;
    return OK;
}

enum err sheet_take(struct work *w, struct own_sheet *s, const struct args *in, size_t *changed, struct doc *out)
{
    struct saving x = {.w = w, .s = s, .in = in,
                       .stale = arg_given(in, "revision") && arg_int(in, "revision") != s->row.revision};
    enum err e = save(&x);
    if (e == OK && x.conflicts != 0) tell_conflicts(&x, out);
    if (e == OK) *changed = x.changed;
    return e == OK && x.conflicts != 0 ? CONFLICT : e;
}

enum err sheet_hand_in(struct work *w, struct own_sheet *s)
{
    enum err e = all_answered(w, s);
    return e == OK ? hand_in(w, s) : e;
}

int64_t sheet_next_page(const struct own_sheet *s, const struct args *in)
{
    return next_page(&s->plan, arg_int(in, "page"), arg_text(in, "go"));
}

enum err inspect_act_submit(struct work *w, const struct args *in, struct doc *out)
{
    struct own_sheet s;
    enum err e = sheet_of_mine(w, arg_text(in, "round"), arg_text(in, "respondent"), &s);
    if (e == OK) e = sheet_changeable(w, &s, out->lang);
    if (e == OK) e = take_given(w, &s, in);
    if (e != OK) return e;
    struct plan_counts c = plan_count(&s.plan, s.answers, s.later);
    if ((e = all_answered(w, &s)) != OK || (e = hand_in(w, &s)) != OK) return e;
    if (s.row.entered && (e = entry_endorse(w, s.row.id)) != OK) return e; /* it is the respondent's own now */
    bool late = sheet_overdue(w, &s);
    note_counts(w, &c, late);
    doc_fact(out, "done", M("Done"), C_INT(c.done));
    doc_fact(out, "not_done", M("Not done"), C_INT(c.not_done));
    doc_fact(out, "no_occasion", M("No occasion arose"), C_INT(c.no_occasion));
    if (late) doc_note(out, M("The sheet was handed in after it was due, and is marked so."));
    doc_note(out, M("It can be corrected until it is confirmed."));
    go_on(w, &s, 0, tr(out->lang, M("Submitted. You can correct it until it is confirmed.")));
    return OK;
}
