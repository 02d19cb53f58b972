/* inspect enter, object: a sheet entered for another, and the respondent's word on what was handed in from paper. */
#include "inspect/entered.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "inspect/way_acts.h"

enum { REF_MAX = 200 }; /* letters of where a paper is kept, and of an objection */

/* ---- may it be? ---- */

bool entering_offered(const struct work *w, int64_t place)
{
    return w->actor->person != 0 && may(w->actor, MAY_MANAGE | MAY_CONFIRM, place) && !(w->actor->rights & MAY_AUDIT);
}

/* Who enters it, and for whom. */
static enum err parties(struct work *w, const struct own_sheet *s)
{
    unsigned rights;
    str code = s->row.code;
    if (w->actor->person == 0)
        return fault(w, DENIED, M("a sheet is entered for another by a person in a post, who is recorded with it: act as one of them"));
    if (w->actor->rights & MAY_AUDIT) return fault(w, DENIED, M("an auditor changes nothing, and enters no sheet for another"));
    if (s->mine) return fault(w, DENIED, M("the sheet of '%1' is your own: answer it yourself"), code);
    if (s->row.person == 0)
        return fault(w, CONFLICT, M("nobody held the post of '%1' on the base date, so there is nobody to enter it for: record a "
                                    "reason instead"), code);
    enum err e = duty_rights(w, s->row.duty, &rights);
    if (e != OK) return e;
    if (rights & MAY_AUDIT)
        return fault(w, DENIED, M("'%1' answers as an auditor: an auditor's sheet is entered by nobody else"), code);
    return OK;
}

enum err entering_allowed(struct work *w, const struct own_sheet *s, const struct entry_row *entry, enum lang lang)
{
    enum err e = parties(w, s);
    bool entered = str_eq(entry->state, S("waiting")) || str_eq(entry->state, S("paper")); /* endorsed it is the respondent's */
    if (e != OK) return e;
    if (!str_eq(s->r->state, S("open")))
        return fault(w, CONFLICT, M("round '%1' is closed: nothing is entered for others any more"), s->r->code);
    if (s->row.state > 0)
        return fault(w, CONFLICT, M("the sheet of '%1' is handed in already: only its respondent corrects it"), s->row.code);
    if (str_eq(entry->state, S("objected")))
        return fault(w, CONFLICT, M("'%1' objected to what was entered for them: it is theirs to correct and hand in"), s->row.code);
    if (s->row.revision > 0 && (!entered || entry->revision != s->row.revision))
        return fault(w, CONFLICT, M("'%1' has begun this sheet: a draft is seen and changed by its respondent alone, so ask them to "
                                    "hand it in"), s->row.code);
    return way_open(w, s->r, s->node, lang);
}

/* ---- the paper ---- */

static enum err paper_of(struct work *w, const struct args *in, const struct round *r, struct entry_row *out)
{
    int64_t date = arg_int(in, "paper_date");
    str ref = str_trim(arg_text(in, "paper_ref"));
    struct where at = {.field = S("paper_date")}, at_ref = {.field = S("paper_ref")};
    out->has_paper = arg_given(in, "paper_date");
    if (!out->has_paper && ref.n == 0) return OK;
    if (!out->has_paper) return fault_in(w, INVALID, at, M("a paper has the date on which it was signed"));
    if (ref.n == 0) return fault_in(w, INVALID, at_ref, M("say where the signed paper is kept, so that it can be found"));
    if (utf8_letters(ref) > REF_MAX) return fault_in(w, INVALID, at_ref, M("at most %1 letters"), str_int(w->a, REF_MAX));
    if (date > today(w)) return fault_in(w, INVALID, at, M("the paper is dated after today"));
    if (date < r->base)
        return fault_in(w, INVALID, at, M("the paper is dated before the base date %1: it cannot answer this round"),
                        date_text(w->a, r->base));
    out->paper_date = date;
    out->paper_ref = ref;
    return OK;
}

/* ---- entering ---- */

static void go_to_sheet(struct work *w, const struct own_sheet *s, int64_t page, bool done, str said)
{
    struct going_on next = {.to = "inspect sheet",
                            .given = {{"round", s->r->code}, {"respondent", s->row.code}, {"page", str_int(w->a, page)}},
                            .said = said};
    if (!done) next.given[3] = (struct form_given){"entering", S("1")};
    act_next(w, &next);
}

static enum err entered_from_paper(struct work *w, struct own_sheet *s, struct entry_row *e, struct doc *out)
{
    enum err err = sheet_hand_in(w, s);
    e->state = S("paper");
    e->revision = s->row.revision;
    if (err == OK) err = entry_put(w, s->r->id, s->row.id, e);
    if (err != OK) return err;
    act_noted(w, S("state"), S("paper"));
    doc_fact(out, "state", M("State"), C_ENUM(S("submitted")));
    doc_note(out, M("Handed in from paper. The respondent is told on the sheet, and may object until it is confirmed; somebody "
                    "other than you confirms it."));
    go_to_sheet(w, s, 0, true, tr(out->lang, M("Handed in from paper. Somebody other than you confirms it.")));
    return OK;
}

static enum err entered_to_check(struct work *w, const struct own_sheet *s, struct entry_row *e, struct doc *out)
{
    e->state = S("waiting");
    e->revision = s->row.revision;
    act_noted(w, S("state"), S("waiting"));
    doc_fact(out, "state", M("State"), C_ENUM(S("draft")));
    doc_note(out, M("It waits for the respondent, who checks and submits it."));
    return entry_put(w, s->r->id, s->row.id, e);
}

/* What was answered in another window is told and read first: nothing is handed in then. */
static enum err enter(struct work *w, struct own_sheet *s, const struct args *in, struct entry_row *entry, struct doc *out)
{
    size_t changed = 0;
    enum err e = sheet_take(w, s, in, &changed, out);
    bool conflicts = e == CONFLICT && work_err(w) == OK;
    if (e != OK && !conflicts) return e;
    if (conflicts) return changed == 0 ? OK : entered_to_check(w, s, entry, out);
    struct plan_counts c = plan_count(&s->plan, s->answers, s->later);
    doc_fact(out, "changed", M("Answers and notes changed"), C_INT((int64_t)changed));
    doc_fact(out, "answered", M("Answered"), C_INT((int64_t)s->plan.n - c.unanswered));
    doc_fact(out, "questions", M("Questions"), C_INT((int64_t)s->plan.n));
    if (changed != 0) s->row.saved_at = w->now; /* the row is there: handing in changes it */
    if (entry->has_paper) return entered_from_paper(w, s, entry, out);
    if (changed != 0) e = entered_to_check(w, s, entry, out);
    if (e == OK) go_to_sheet(w, s, sheet_next_page(s, in), false, tr(out->lang, M("Saved.")));
    return e;
}

enum err inspect_act_enter(struct work *w, const struct args *in, struct doc *out)
{
    struct own_sheet s;
    struct entry_row was, entry = {0};
    enum err e = sheet_to_enter(w, arg_text(in, "round"), arg_text(in, "respondent"), &s);
    if (e == OK) e = entry_get(w, s.row.id, &was);
    if (e == OK) e = entering_allowed(w, &s, &was, out->lang);
    if (e == OK) e = paper_of(w, in, s.r, &entry);
    if (e != OK) return e;
    return enter(w, &s, in, &entry, out);
}

/* ---- objecting ---- */

enum err inspect_act_object(struct work *w, const struct args *in, struct doc *out)
{
    struct own_sheet s;
    struct entry_row entry;
    str why = str_trim(arg_text(in, "why"));
    enum err e = sheet_of_mine(w, arg_text(in, "round"), arg_text(in, "respondent"), &s);
    if (e == OK) e = entry_get(w, s.row.id, &entry);
    if (e != OK) return e;
    if (!str_eq(entry.state, S("paper")) || s.row.state < 1)
        return fault(w, CONFLICT, M("nothing was handed in for you from paper that you could object to"));
    if ((e = sheet_changeable(w, &s, out->lang)) != OK) return e;
    if (why.n == 0 || utf8_letters(why) > REF_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("why")}), M("say why, in at most %1 letters"),
                        str_int(w->a, REF_MAX));
    if ((e = sheet_back_to_draft(w, &s)) != OK || (e = entry_object(w, s.row.id, why)) != OK) return e;
    doc_fact(out, "state", M("State"), C_ENUM(S("draft")));
    go_to_sheet(w, &s, 0, true, tr(out->lang, M("The sheet is a draft again. Correct it and submit it yourself.")));
    return OK;
}
