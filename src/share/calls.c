/* share calls: for the duty officer on the telephone. Whom to call next, by which numbers, with a form for what came of
 * it; and who is left. */
#include "base/lang.h"
#include "share/circle.h"
#include "share/contacts.h"
#include "share/drill.h"

const struct param share_calls_params[] = {
    {"notice", P_CODE, REQUIRED, NULL, NULL, N("number of the notice"), "share watched"},
    {"of", P_CODE, 0, NULL, NULL, N("whom to call now; without it, the first of the list")},
    PARTY_PARAM,
    {0}};

struct calls {
    struct work *w;
    struct doc *out;
    struct held h;
    struct circle circle;
    struct callee_row *row;
    size_t n;
};

/* ---- whom to call now ---- */

/* Contacts are seen by who stands above: to have written to somebody shows nobody's numbers. */
static bool shows_numbers(const struct calls *c, const struct delivery *d)
{
    const struct route_net *net = &c->circle.net;
    int32_t org = route_find(net, d->org), me = c->circle.at;
    return org >= 0 && (circle_keeps(&c->circle, org) ||
                        (net->org[org].lo > net->org[me].lo && net->org[org].lo < net->org[me].hi));
}

static enum err numbers(const struct calls *c, const struct delivery *d)
{
    static const struct column columns[] = {{"contact", CELL_TEXT, N("Contact")},
                                            {"phone", CELL_TEXT, N("Telephone")},
                                            {"fax", CELL_TEXT, N("FAX")},
                                            {"closed", CELL_TEXT, N("Closed network")},
                                            {"around", CELL_BOOL, N("Around the clock")},
                                            {"hours", CELL_TEXT, N("Hours")},
                                            {"confirmed", CELL_TIME, N("Confirmed at")},
                                            {"stale", CELL_ENUM, N("Condition")}};
    struct contact *x;
    size_t n;
    if (!shows_numbers(c, d)) {
        doc_text(
            c->out,
            M("The contacts of %1 are not shown to you: who stands above it keeps them. Call by the numbers you know."),
            lang_pick(c->out->lang, d->org_ja, d->org_en));
        return OK;
    }
    enum err e = contacts_of(c->w, d->org, &x, &n);
    if (e != OK) return e;
    if (n == 0) {
        doc_text(c->out,
                 M("No contact is entered for %1: find it out, enter the outcome, and ask for it to be entered."),
                 lang_pick(c->out->lang, d->org_ja, d->org_en));
        return OK;
    }
    doc_show(c->out, &(struct show){.kind = SHOW_CARDS, .label = "contact"});
    DOC_TABLE(c->out, "contacts", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(c->out, C_TEXT(x[i].name), text_cell(x[i].phone), text_cell(x[i].fax), text_cell(x[i].closed),
                C_BOOL(x[i].around), text_cell(x[i].hours), share_time_cell(x[i].confirmed),
                contact_stale(&x[i], c->w->now) ? enum_words_cell(S("stale"), M("Not confirmed for 90 days")) : C_NONE);
    doc_table_end(c->out);
    return OK;
}

static void outcome_forms(const struct calls *c, const struct delivery *d)
{
    const struct notice *n = &c->h.notice;
    struct form reached = {.act = "share confirm",
                           .title = M("They answered"),
                           .ask = "spoke_to state at channel note",
                           .given = {{"notice", n->code}, {"of", d->org_code}, {"back", S("calls")}},
                           .button = {{NULL, NULL, M("Enter: reached")}}};
    struct form not_reached = {.act = "share cause",
                               .title = M("They did not answer"),
                               .ask = "cause",
                               .given = {{"notice", n->code}, {"of", d->org_code}, {"back", S("calls")}},
                               .button = {{NULL, NULL, M("Enter: not reached")}}};
    if (c->h.party.owner) {
        reached.given[3] = (struct form_given){"for", c->h.party.code};
        not_reached.given[3] = (struct form_given){"for", c->h.party.code};
    }
    doc_grid(c->out, "half");
    doc_form(c->out, &reached);
    doc_form_end(c->out);
    doc_grid(c->out, "next");
    doc_form(c->out, &not_reached);
    doc_form_end(c->out);
    doc_grid(c->out, "end");
}

static enum err now(const struct calls *c, const struct delivery *d)
{
    doc_heading(c->out, M("Call now: %1"), lang_pick(c->out->lang, d->org_ja, d->org_en));
    if (d->cause != CAUSE_NONE)
        doc_text(c->out, M("Called before, without success: %1"), tr(c->out->lang, cause_label(d->cause)));
    enum err e = numbers(c, d);
    if (e == OK) outcome_forms(c, d);
    return e;
}

/* ---- who is left ---- */

static void left(const struct calls *c)
{
    static const struct column columns[] = {
        {"of", CELL_ORG, N("Addressee"), 0, "share calls", "of"},
        {"contact", CELL_TEXT, N("Contact")},
        {"phone", CELL_TEXT, N("Telephone")},
        {"state", CELL_ENUM, N("State")},
        {"due", CELL_TIME, N("To be confirmed by")},
        {"cause", CELL_ENUM, N("Called before"), COL_DETAIL},
        {"confirmed", CELL_TIME, N("Contact confirmed"), COL_DETAIL},
        {"notice", CELL_TEXT, N("Notice"), COL_DATA, NULL, "notice"},
    };
    doc_heading(c->out, M("Who is left (%1)"), str_int(c->w->a, (int64_t)c->n));
    doc_show(c->out, &(struct show){.kind = SHOW_CARDS, .label = "of"});
    DOC_TABLE(c->out, "calls", columns);
    for (size_t i = 0; i < c->n; i++) {
        const struct delivery *d = &c->row[i].d;
        bool shown = shows_numbers(c, d);
        DOC_ROW(c->out, share_org_cell(d, 0), shown ? text_cell(c->row[i].name) : C_NONE,
                shown ? text_cell(c->row[i].phone) : C_NONE,
                share_ack_cell(d->ack, ack_overdue(d->ack, d->due, c->w->now)), share_time_cell(d->due),
                share_cause_cell(d->cause), shown ? share_time_cell(c->row[i].confirmed) : C_NONE,
                C_TEXT(c->h.notice.code));
    }
    doc_table_end(c->out);
}

/* ---- the view ---- */

static enum err chosen(struct calls *c, str of, struct delivery *out)
{
    struct callee x;
    *out = c->row[0].d;
    if (of.n == 0) return OK;
    enum err e = callee_find(c->w, &c->h, of, (struct where){.field = S("of")}, &x);
    if (e != OK) return e;
    /* Numbers are of those directly below. */
    if (x.who != ENTER_ABOVE)
        return fault_in(c->w, NOTFOUND, (struct where){.field = S("of")},
                        M("'%1' is not among the addressees of %2 that you may enter for"), of, c->h.notice.code);
    if (!ack_confirmed(x.d.ack)) *out = x.d;
    return OK;
}

enum err share_view_calls(struct work *w, const struct args *in, struct doc *out)
{
    struct calls c = {.w = w, .out = out};
    struct delivery d;
    enum err e = held_find(w, in, arg_text(in, "notice"), &c.h);
    if (e == OK) e = circle_of(w, in, &c.circle);
    if (e == OK) e = calls_find(w, c.h.notice.id, c.h.own.id, CALLS_SHOWN, &c.row, &c.n);
    if (e != OK) return e;
    out->personal = true;
    doc_title(out, M("Calls for %1"), c.h.notice.code);
    doc_lead(out, M("%1"), held_title(w, &c.h, out->lang));
    share_marked(out, c.h.notice.drill, c.h.own.id == 0 ? c.h.notice.marking : c.h.own.marking);
    if (c.n == 0) {
        doc_text(out, M("Nobody is left to be called: everybody you sent it to has confirmed."));
        return OK;
    }
    e = chosen(&c, arg_text(in, "of"), &d);
    if (e == OK) e = now(&c, &d);
    if (e == OK) left(&c);
    if (e == OK && c.n == CALLS_SHOWN)
        doc_note(out, M("Only the first %1 are shown; the others follow when these are done."),
                 str_int(w->a, CALLS_SHOWN));
    return e;
}
