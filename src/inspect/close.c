/* Closing freezes an edition of the figures. */
#include "inspect/acts.h"
#include "inspect/pages.h"
#include "inspect/way_acts.h"
#include "store/journal.h"

/* What each view would show, kept row by row. Clauses: of the frame's top and the organisations next below. */
static const struct {
    str view;
    int64_t depth;
    enum err (*tables)(struct showing *, struct doc *);
} frozen_views[] = {
    {S_INIT("rates"), -1, rates_tables},
    {S_INIT("clauses"), 1, clauses_table},
    {S_INIT("grades"), -1, grades_tables},
    {S_INIT("whole"), 1, means_table},
};

static enum err freeze(struct work *w, struct round *r, int64_t no, str erratum)
{
    str head;
    enum err e = journal_head(w, &head);
    if (e != OK) return e;
    struct frozen f = {.no = no, .erratum = erratum, .head = head};
    if ((e = frozen_insert(w, r->id, &f)) != OK) return e;
    for (size_t i = 0; e == OK && i < sizeof frozen_views / sizeof *frozen_views; i++) {
        struct showing s;
        struct freezing *keeping;
        struct doc *d = freezing_doc(w, r, frozen_views[i].view, &keeping);
        e = showing_all(w, r, ROUND_ALL, frozen_views[i].depth, &s);
        if (e == OK) e = frozen_views[i].tables(&s, d);
        if (e == OK) e = freezing_store(keeping, no);
    }
    return e;
}

/* How many ministries the centre had not accepted: told, for a round is closed all the same when it must be. */
static void tell_way(struct work *w, const struct round *r, struct doc *out)
{
    int64_t ministries = 0, accepted = 0;
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (way_body(r, i) != BODY_MINISTRY) continue;
        ministries++;
        accepted += r->nodes[i].stage == STAGE_ACCEPTED;
    }
    doc_fact(out, "not_accepted", M("Organisations whose figures the centre had not accepted"), C_INT(ministries - accepted));
    if (accepted < ministries)
        doc_note(out, M("%1 of %2 organisations were not accepted by the centre when the round was closed."),
                 str_int(w->a, ministries - accepted), str_int(w->a, ministries));
    act_noted(w, S("not_accepted"), str_int(w->a, ministries - accepted));
}

enum err inspect_act_close(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    str erratum = arg_text(in, "erratum");
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e != OK) return e;
    if (!r->has_edition)
        return fault(w, CONFLICT, M("round '%1' holds figures published elsewhere: there is nothing to close"),
                     r->code);
    if (r->n_nodes == 0 || !may(w->actor, MAY_FILE, r->nodes[0].here))
        return fault(w, DENIED, M("closing a round needs the right to manage its whole frame"));
    if (r->frozen > 0 && erratum.n == 0)
        return fault(
            w, INVALID,
            M("round '%1' is closed as edition %2: a further edition needs --erratum, which says what was corrected"),
            r->code, str_int(w->a, r->frozen));
    if ((e = freeze(w, r, r->frozen + 1, erratum)) != OK || (e = round_set_state(w, r->id, S("closed"))) != OK ||
        (e = stages_publish(w, r->id)) != OK)
        return e;
    int64_t corrected = 0, draft, submitted, confirmed, respondents;
    if (r->frozen > 0 && (e = errata_count(w, r, r->frozen + 1, &corrected)) != OK) return e;
    if (r->frozen > 0 && corrected == 0)
        return fault(w, CONFLICT, M("no figure differs from edition %1: there is nothing to publish anew"),
                     str_int(w->a, r->frozen));
    if ((e = sheets_counts(w, r->id, &draft, &submitted, &confirmed, &respondents)) != OK) return e;
    doc_fact(out, "round", M("Round"), C_TEXT(r->code));
    doc_fact(out, "edition", M("Edition of the figures"), C_INT(r->frozen + 1));
    if (r->frozen > 0) doc_fact(out, "corrected", M("Figures corrected"), C_INT(corrected));
    doc_fact(out, "confirmed", M("Sheets confirmed"), C_INT(confirmed));
    doc_fact(out, "submitted", M("Sheets submitted, not confirmed"), C_INT(submitted));
    if (submitted > 0)
        doc_note(out, M("%1 submitted sheets are not confirmed, so the official figures leave them out."),
                 str_int(w->a, submitted));
    if (r->frozen == 0) tell_way(w, r, out);
    act_noted(w, S("edition"), str_int(w->a, r->frozen + 1));
    return OK;
}
