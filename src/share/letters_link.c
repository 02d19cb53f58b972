#include "share/letters_link.h"

#include "base/hash.h"
#include "share/delivery.h"
#include "share/letters.h"
#include "share/letters_store.h"
#include "share/told.h"
#include "store/journal.h"

enum { SECRET_TEXT = 43 }; /* 32 bytes as base64url */

struct opened {
    struct confirm_link link;
    struct notice notice;
    struct delivery delivery;
    str digest;
};

/* Why it confirms nothing, for the log; empty: it does. */
static str over(const struct work *w, const struct opened *o)
{
    if (o->link.used != 0) return S("used");
    if (o->link.until <= w->now) return S("ended");
    if (!str_eq(o->notice.state, S("sent"))) return S("recalled");
    if (!o->link.there) return S("withdrawn");
    return ack_confirmed(o->delivery.ack) ? S("confirmed before") : S("");
}

static enum err nothing(struct work *w)
{
    return fault(
        w, NOTFOUND,
        M("This link confirms nothing. It was used, its time is over, the confirmation was given by another way, or the address is not whole. If you"
          " were written to, sign in and look there, or telephone whoever wrote to you."));
}

static enum err open_link(struct work *w, str secret, struct opened *o, str *reason)
{
    o->digest = sha256_hex(w->a, secret);
    enum err e = secret.n == SECRET_TEXT ? confirm_link_find(w, o->digest, &o->link) : NOTFOUND;
    if (e == OK) e = notice_by_id(w, o->link.notice, &o->notice);
    if (e == OK) e = delivery_of(w, o->link.notice, o->link.org, &o->delivery);
    if (e != OK && e != NOTFOUND) return e;
    *reason = e == NOTFOUND ? S("unknown") : over(w, o);
    if (reason->n == 0) return OK;
    w->faults = (struct faults){0};
    return nothing(w);
}

/* What the page says of the notice: the code, whose, the marking; the title only where the letter could have it in
 * clear. */
static enum err told(struct work *w, const struct opened *o, struct doc *out)
{
    const struct notice *n = &o->notice;
    bool consented;
    enum err e = notice_consented(w, n, &consented);
    if (e != OK) return e;
    const struct leaving leaving = notice_leaving(w, n, o->delivery.marking, consented);
    share_marked(out, n->drill, o->delivery.marking);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n->code));
    if (link_shows_title(&leaving, o->link.sealed))
        doc_fact(out, "title", M("Title of the notice"), share_title_cell(w, n->drill, n->title));
    doc_fact(out, "issuer", M("Issued by"), C_ORG(n->issuer_code, n->issuer_ja, n->issuer_en, 0));
    doc_fact(out, "to", M("Addressee"), C_ORG(o->delivery.org_code, o->delivery.org_ja, o->delivery.org_en, 0));
    doc_fact(out, "due", M("To be confirmed by"), C_TIME(o->delivery.due));
    return OK;
}

static enum err look(struct work *w, str secret, struct doc *out, str *reason)
{
    struct opened o = {0};
    enum err e = open_link(w, secret, &o, reason);
    if (e != OK) return e;
    doc_title(out, M("Confirm that a notice has reached you"));
    e = told(w, &o, out);
    if (e == OK)
        doc_text(
            out,
            M("You confirm as %1. The link works once. It does not open the text: that is read in the letter, or after signing in."),
            o.link.contact);
    return e;
}

static enum err journaled(struct work *w, const struct opened *o, str act_id)
{
    const struct journal_actor by = {S("link"), S(""), S("")};
    const struct journal_field fields[] = {{S("notice"), o->notice.code, false},
                                           {S("org"), o->delivery.org_code, false},
                                           {S("contact"), o->link.contact, true}};
    return journal_add(w, &by, str_of(confirm_letter_link.name), o->delivery.org_code, act_id, fields,
                       sizeof fields / sizeof *fields);
}

static enum err confirm(struct work *w, const struct opened *o, str act_id)
{
    const struct entered entered = {.ack = ACK_CONFIRMED, .channel = BY_LINK, .at = w->now, .by_whom = o->link.contact};
    bool now;
    enum err e = confirm_link_used(w, o->digest, &now);
    if (e == OK && !now) return nothing(w);
    if (e == OK) e = delivery_enter(w, &o->delivery, &entered);
    return e == OK ? journaled(w, o, act_id) : e;
}

static enum err press(struct work *w, str secret, str act_id, struct doc *out, str *reason)
{
    struct opened o = {0};
    bool before;
    enum err e = journal_has(w, act_id, &before);
    if (e != OK) return e;
    e = open_link(w, secret, &o, reason);
    if (e == NOTFOUND && before && o.link.used != 0) { /* the same request, run once more: it was done */
        w->faults = (struct faults){0};
        *reason = S("");
        e = OK;
    } else if (e == OK)
        e = confirm(w, &o, act_id);
    if (e != OK) return e;
    doc_title(out, M("Confirmed. Thank you."));
    return told(w, &o, out);
}

const struct letter_link confirm_letter_link = {.path = "/confirm/",
                                                .name = "share confirm-link",
                                                .button = N("Confirm: it has reached us"),
                                                .look = look,
                                                .press = press};
