/* inspect return: a sheet goes back to its respondent with a reason; also how a confirmation is taken back. */
#include "inspect/own_sheet.h"
#include "inspect/way_acts.h"

static enum err returnable(struct work *w, const struct own_sheet *s, enum lang lang)
{
    struct where where = {.field = S("respondent")};
    if (!str_eq(s->r->state, S("open")))
        return fault(w, CONFLICT, M("round '%1' is closed: a sheet is not given back any more, the office that holds the round "
                                    "files a correction"), s->r->code);
    if (s->mine) return fault_in(w, DENIED, where, M("this sheet is your own, so someone else has to look at it"));
    if (s->row.state <= 0)
        return fault_in(w, CONFLICT, where, M("the sheet of '%1' is not submitted, so there is nothing to give back"), s->row.code);
    return way_open(w, s->r, s->node, lang);
}

enum err sheet_back_to_draft(struct work *w, const struct own_sheet *s)
{
    struct tallying *t = tallying_begin(w, s->r);
    tallying_sheet(t, s->node, (enum tally_state)s->row.state, s->plan.duty, s->stands, s->excepted, -1);
    if (round_leaves(s->r, s->row.reason)) tallying_frame(t, s->node, s->plan.duty, -1);
    enum err e = tallying_end(t);
    if (e == OK) e = sheet_keep_past(w, s->row.id);
    return e == OK ? sheet_to_draft(w, s->row.id) : e;
}

static void back_to_queue(struct work *w, const struct own_sheet *s, enum lang lang)
{
    str name = lang_pick(lang, s->row.person_ja, s->row.person_en);
    const str of[] = {name.n != 0 ? name : s->row.code};
    act_next(w, &(struct going_on){.to = "inspect queue", .given = {{"round", s->r->code}},
                                   .said = tr_fill(w->a, lang, M("The sheet of %1 was given back."), of, 1)});
}

enum err inspect_act_return(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct own_sheet s;
    int64_t edition;
    str reason;
    enum err e = round_rules(w, arg_text(in, "round"), r, &edition);
    if (e == OK) e = sheet_to_confirm(w, r, edition, arg_text(in, "respondent"), &s);
    if (e == OK) e = returnable(w, &s, out->lang);
    if (e == OK) e = way_reason(w, in, "reason", &reason);
    if (e != OK) return e;
    bool confirmed = s.row.state == 2;
    if ((e = sheet_back_to_draft(w, &s)) != OK || (e = returns_answered(w, s.row.id)) != OK) return e;
    if ((e = return_add(w, r->id, s.row.id, reason)) != OK) return e;
    doc_fact(out, "respondent", M("Respondent"), C_TEXT(s.row.code));
    doc_fact(out, "undone", M("Confirmation taken back"), C_BOOL(confirmed));
    if (s.row.person == 0) doc_note(out, M("The post is vacant, so nobody hands the sheet in again: file it anew."));
    act_noted(w, S("was"), confirmed ? S("confirmed") : S("submitted"));
    back_to_queue(w, &s, out->lang);
    return OK;
}
