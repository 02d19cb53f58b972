#include "share/entering.h"

#include "share/told.h"
#include "surface/door.h"

enum err held_find(struct work *w, const struct args *in, str code, struct held *out)
{
    struct held h = {0};
    enum leave_verdict sight = LEAVE_YES;
    enum err e = party_of(w, in, &h.party);
    if (e == OK) e = notice_find(w, &h.party, code, &h.notice, &h.own, &h.standing);
    if (e == OK) e = notice_sight(w, &h.party, &h.notice, &h.own, h.standing, &sight);
    h.seen = sight == LEAVE_YES;
    if (e == OK) *out = h;
    return e;
}

str held_title(struct work *w, const struct held *h, enum lang lang)
{
    struct cell c = share_title_seen(w, h->notice.drill, h->notice.title, h->seen);
    return c.ja.n != 0 ? lang_pick(lang, c.ja, c.en) : c.text;
}

/* Directly above, or the issuer: nobody enters for those whose names they are not shown, but for who wrote the notice. */
static enum entering entering_of(const struct held *h, const struct delivery *d)
{
    if (d->org == h->party.org) return ENTER_SELF;
    if (h->own.id != 0 && d->parent == h->own.id) return ENTER_ABOVE;
    if (h->standing != STANDS_ISSUER) return ENTER_NONE;
    return d->parent == 0 ? ENTER_ABOVE : ENTER_ISSUER;
}

enum err callee_find(struct work *w, const struct held *h, str org, struct where where, struct callee *out)
{
    struct callee x;
    int64_t id;
    enum err e = org_that_shares(w, org, &id, &x.signs_in);
    if (e == OK) e = delivery_of(w, h->notice.id, id, &x.d);
    if (e == OK && (x.who = entering_of(h, &x.d)) == ENTER_NONE) e = NOTFOUND;
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, where, M("'%1' is not among the addressees of %2 that you may enter for"), org,
                        h->notice.code);
    if (e == OK) *out = x;
    return e;
}

/* Said twice changes nothing; and who is at work on it has confirmed it. */
bool stands_already(const struct delivery *d, enum ack wanted)
{
    return d->ack == wanted || (wanted == ACK_CONFIRMED && ack_confirmed(d->ack));
}

static enum err refused_channel(struct work *w, const struct callee *x, enum channel by, struct where where)
{
    if (by == BY_OFFICE && x->who == ENTER_ISSUER)
        return fault_in(w, DENIED, where, M("only the office that stands above '%1' confirms in its place"),
                        x->d.org_code);
    if (by == BY_OFFICE)
        return fault_in(
            w, DENIED, where,
            M("'%1' signs in and confirms by itself: enter what it told you by telephone, FAX, closed network or mouth"),
            x->d.org_code);
    return fault_in(w, DENIED, where, M("nobody signs in as '%1': say by which channel it told you"), x->d.org_code);
}

enum err told_by_check(struct work *w, const struct callee *x, struct told_by *t, struct where where)
{
    if (!t->has_channel) t->channel = x->who == ENTER_ABOVE && !x->signs_in ? BY_OFFICE : BY_PHONE;
    if (x->who != ENTER_SELF && !ack_may_enter(x->who, t->channel, x->signs_in))
        return refused_channel(w, x, t->channel, where);
    if (x->who != ENTER_SELF && t->channel != BY_OFFICE && str_trim(t->spoke_to).n == 0) {
        where.field = S("spoke_to");
        return fault_in(w, INVALID, where, M("say who at '%1' told you"), x->d.org_code);
    }
    if (t->at < x->d.sent && t->at / 60 == x->d.sent / 60) t->at = x->d.sent; /* people say minutes */
    t->changes = !stands_already(&x->d, t->ack);
    return OK;
}

enum err told_by_enter(struct work *w, const struct callee *x, const struct told_by *t)
{
    if (!t->changes) return OK;
    return delivery_enter(w, &x->d,
                          &(struct entered){.ack = t->ack,
                                            .channel = t->channel,
                                            .at = t->at,
                                            .by_whom = acting_person(w),
                                            .spoke_to = str_trim(t->spoke_to),
                                            .note = t->note});
}

void share_next(struct work *w, const struct args *in, const char *to, str notice, str said)
{
    struct going_on next = {.to = to, .said = said};
    size_t n = 0;
    if (notice.n != 0) next.given[n++] = (struct form_given){"notice", notice};
    if (arg_given(in, "for")) next.given[n] = (struct form_given){"for", arg_text(in, "for")};
    act_next(w, &next);
}
