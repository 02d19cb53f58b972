#include "inspect/own_sheet.h"

#include <string.h>

/* ---- what is asked ---- */

static enum err plan_of_edition(struct work *w, struct own_sheet *s)
{
    enum err e = sheet_words(w, s);
    if (e != OK) return e;
    ptrdiff_t duty = round_duty(s->r, s->row.duty);
    if (duty < 0) return fault(w, STORE, M("respondent '%1' does not fit its round: restore the database from a backup"), s->row.code);
    s->binding.duty = (size_t)duty;
    plan_make(w->a, s->r, &s->binding, s->questions, s->n_questions, &s->plan);
    return OK;
}

static bool fits(const struct own_sheet *s)
{
    return s->row.mask.n == plane_bytes(s->plan.clauses) &&
           (s->row.sheet.n == 0 || s->row.sheet.n == sheet_bytes(s->plan.clauses));
}

/* From the numbers kept with the binding; without them from the edition. */
static enum err load_plan(struct work *w, struct own_sheet *s)
{
    s->binding = (struct binding){.id = s->row.binding, .adoption = s->row.adoption, .mask = (const uint8_t *)s->row.mask.p};
    bool kept = plan_decode(w->a, &s->row.plan, &s->plan);
    enum err e = kept ? OK : plan_of_edition(w, s);
    if (e != OK) return e;
    if (!kept) s->row.plan.n = 0;
    if (!fits(s))
        return fault(w, STORE, M("respondent '%1' does not fit its round: restore the database from a backup"), s->row.code);
    s->binding.duty = s->plan.duty;
    s->r->edition.n_clauses = s->plan.clauses;
    s->r->n_duties = s->plan.duties;
    s->r->bindings = &s->binding;
    s->r->n_bindings = 1;
    return OK;
}

/* ---- what was answered ---- */

/* By question where that is what stands (or is being written), else derived from the clauses. Others see nothing that was
 * not handed in. */
static void load_answers(struct work *w, struct own_sheet *s)
{
    const struct seat_row *row = &s->row;
    size_t places = plan_places(&s->plan);
    bool by_question = row->revision > 0 && row->answers.n == sheet_bytes(places) && row->later.n == plane_bytes(places);
    s->answers = arena_alloc(w->a, sheet_bytes(places) + 8);
    s->later = arena_alloc(w->a, plane_bytes(places) + 8);
    s->stands = row->sheet.n == 0 ? NULL : (const uint8_t *)row->sheet.p;
    s->excepted = row->excepted.n != plane_bytes(s->plan.clauses) ? NULL : (const uint8_t *)row->excepted.p;
    s->seen = s->mine || s->entering || row->state > 0;
    if (!s->seen) return;
    if (by_question && (row->revision == row->submitted || ((s->mine || s->entering) && row->state < 2))) {
        memcpy(s->answers, row->answers.p, row->answers.n);
        if (s->mine || s->entering) memcpy(s->later, row->later.p, row->later.n);
    } else if (s->stands != NULL) {
        plan_derive(&s->plan, s->stands, s->answers);
    }
}

/* ---- finding it ---- */

static enum err no_sheet(struct work *w, str round, str respondent)
{
    return fault(w, NOTFOUND, M("no sheet of '%1' in round '%2' that is yours to answer or to see"), respondent, round);
}

static enum err find_seat(struct work *w, struct round *r, int64_t edition, str respondent, struct own_sheet *s)
{
    *s = (struct own_sheet){.r = r, .edition = edition};
    enum err e = seat_row_get(w, r->id, respondent, &s->row);
    if (e == OK) e = round_path(w, r, s->row.org);
    if (e != OK) return e;
    if (!s->row.has_due) {
        s->row.due = r->due;
        s->row.has_due = r->has_due;
    }
    s->mine = s->row.person != 0 && w->actor->person == s->row.person;
    s->node = r->n_nodes - 1;
    return OK;
}

static enum err load_rest(struct work *w, struct own_sheet *s)
{
    enum err e = load_plan(w, s);
    if (e == OK) load_answers(w, s);
    return e;
}

bool confirms_at(const struct work *w, const struct node *n)
{
    return may(w->actor, MAY_CONFIRM, n->here) || ((w->actor->rights & MAY_APPROVE) != 0 && w->actor->org == n->org);
}

static enum err load_for(struct work *w, str round, str respondent, unsigned right, struct own_sheet *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    int64_t edition;
    enum err e = round_rules(w, round, r, &edition);
    if (e != OK) return e;
    e = find_seat(w, r, edition, respondent, out);
    if (e != OK && e != NOTFOUND) return e;
    const struct node *at = &r->nodes[out->node];
    if (e == NOTFOUND || !(out->mine || (right != 0 && (may(w->actor, right, at->here) || confirms_at(w, at)))))
        return no_sheet(w, round, respondent);
    return load_rest(w, out);
}

enum err sheet_of_mine(struct work *w, str round, str respondent, struct own_sheet *out)
{
    return load_for(w, round, respondent, 0, out);
}

enum err sheet_to_see(struct work *w, str round, str respondent, struct own_sheet *out)
{
    return load_for(w, round, respondent, MAY_READ_NAMES, out);
}

enum err sheet_to_confirm(struct work *w, struct round *r, int64_t edition, str respondent, struct own_sheet *out)
{
    enum err e = find_seat(w, r, edition, respondent, out);
    if (e != OK && e != NOTFOUND) return e;
    if (e == NOTFOUND || !confirms_at(w, &r->nodes[out->node]))
        return fault(w, NOTFOUND, M("no respondent '%1' in round '%2' that you may confirm"), respondent, r->code);
    return load_rest(w, out);
}

enum err sheet_to_enter(struct work *w, str round, str respondent, struct own_sheet *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    int64_t edition;
    enum err e = round_rules(w, round, r, &edition);
    if (e != OK) return e;
    e = find_seat(w, r, edition, respondent, out);
    if (e != OK && e != NOTFOUND) return e;
    if (e == NOTFOUND || !may(w->actor, MAY_MANAGE | MAY_CONFIRM, r->nodes[out->node].here))
        return fault(w, NOTFOUND, M("no respondent '%1' in round '%2' for whom you may enter a sheet"), respondent, round);
    out->entering = true;
    return load_rest(w, out);
}

/* ---- words ---- */

enum err sheet_words(struct work *w, struct own_sheet *s)
{
    if (s->questions != NULL) return OK;
    enum err e = standard_edition_by_id(w, s->edition, &s->r->edition);
    if (e == OK) e = standard_questions(w, &s->r->edition, &s->questions, &s->n_questions);
    if (e != OK) return e;
    round_duties(w, s->r);
    return OK;
}

struct noting {
    struct work *w;
    struct own_sheet *s;
    bool by_clause;
};

static void take_note(void *to, int64_t at, str note)
{
    struct noting *n = to;
    for (size_t i = 0; i < n->s->plan.n; i++) {
        const struct sheet_item *x = &n->s->plan.item[i];
        if (at == (int64_t)(n->by_clause ? x->clauses[0] : x->at)) n->s->note[i] = str_dup(n->w->a, note);
    }
}

/* A remark that came in a file stands at a clause: it is shown with the questions that begin with it. */
enum err sheet_notes(struct work *w, struct own_sheet *s)
{
    struct noting n = {w, s, true};
    s->note = arena_array(w->a, s->plan.n + 1, sizeof *s->note);
    if (!s->seen) return OK;
    enum err e = clause_notes(w, s->row.id, take_note, &n);
    n.by_clause = false;
    if (e == OK && (s->mine || s->entering)) e = question_notes(w, s->row.id, take_note, &n);
    return e;
}

enum err sheet_plan_keep(struct work *w, const struct own_sheet *s)
{
    if (s->row.plan.n > 0) return OK;
    struct kept_plan kept = plan_encode(w->a, &s->plan);
    return sheet_plan_put(w, s->row.binding, &kept);
}

/* ---- what it is ---- */

str sheet_stage(const struct own_sheet *s)
{
    if (s->row.state == 2) return S("confirmed");
    if (s->row.state == 1) return s->mine && s->row.revision > s->row.submitted ? S("correcting") : S("submitted");
    if (s->row.given_back.id != 0) return S("returned");
    return s->row.state == 0 || s->row.revision > 0 ? S("draft") : S("none");
}

bool sheet_overdue(const struct work *w, const struct own_sheet *s) { return s->row.has_due && today(w) > s->row.due; }

bool sheet_was_late(const struct own_sheet *s)
{
    int64_t at = s->row.first != 0 ? s->row.first : s->row.sheet_at;
    return s->row.state > 0 && s->row.has_due && japan_day(at) > s->row.due;
}

size_t item_number(const struct own_sheet *s, const struct sheet_item *x) { return (size_t)(x - s->plan.item) + 1; }

str answer_code(enum answer a, bool later)
{
    static const str codes[] = {
        [NOT_DONE] = S_INIT("not_done"), [NO_OCCASION] = S_INIT("no_occasion"), [DONE] = S_INIT("done")};
    return a == UNANSWERED ? (later ? S("later") : (str){0}) : codes[a];
}
