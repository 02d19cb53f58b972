/* share confirm: by the addressee itself, one notice or several; or entered for others, by who stands above them. share
 * cause: why not. */
#include "share/confirm.h"

#include "base/lang.h"
#include "share/said_at.h"

const struct param share_confirm_params[] = {
    {"notice", P_CODE, REQUIRED | MANY, NULL, NULL, N("number of the notice"), "share awaiting"},
    {"state", P_ENUM, 0, "confirmed acting done not-applicable", "confirmed", N("how it stands")},
    {"note", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("words for who sent it")},
    {"of", P_CODE, MANY | RARE, NULL, NULL, N("for which addressees it is entered; without it, for yourself")},
    {"channel", P_ENUM, RARE, "phone fax closed-network mouth office", NULL,
     N("by which channel they told you; without it, as their office where they do not sign in")},
    {"spoke_to", P_TEXT, RARE | PERSONAL, NULL, NULL, N("who told you")},
    {"at", P_TEXT, RARE, NULL, NULL, N("when they told you, in Japan: 22:40, or 2026-05-07 22:40; without it, now")},
    {"back", P_ENUM, HIDDEN, "inbox board calls", NULL, N("which page goes on afterwards")},
    PARTY_PARAM,
    {0}};

const struct param share_cause_params[] = {
    {"notice", P_CODE, REQUIRED, NULL, NULL, N("number of the notice")},
    {"of", P_CODE, MANY, NULL, NULL, N("which addressees; without it, yourself")},
    {"cause", P_ENUM, REQUIRED, "contact-changed absent not-delivered overlooked procedure system other", NULL,
     N("why it was not confirmed, or not in time")},
    {"back", P_ENUM, HIDDEN, "inbox board calls", NULL, N("which page goes on afterwards")},
    PARTY_PARAM,
    {0}};

struct confirming {
    struct work *w;
    const struct args *in;
    struct told_by told; /* as it was given */
    int64_t entered, already;
    str last;            /* code of the last one that stood there already */
};

static struct where at_field(const char *name) { return (struct where){.field = str_of(name)}; }

static enum err given_told(struct confirming *c)
{
    struct told_by *t = &c->told;
    str at = arg_text(c->in, "at"), channel = arg_text(c->in, "channel");
    if (!ack_parse(arg_text(c->in, "state"), &t->ack)) t->ack = ACK_CONFIRMED;
    t->has_channel = channel_parse(channel, &t->channel);
    t->note = arg_text(c->in, "note");
    t->spoke_to = arg_text(c->in, "spoke_to");
    t->at = c->w->now;
    if (at.n != 0 && !said_at(at, c->w->now, &t->at))
        return fault_in(c->w, INVALID, at_field("at"), M("'%1' is no time: write 22:40, or 2026-05-07 22:40"), at);
    if (t->note.n > NOTE_MAX)
        return fault_in(c->w, INVALID, at_field("note"), M("a note has %1 bytes at most"), str_int(c->w->a, NOTE_MAX));
    if (t->spoke_to.n > SPOKE_TO_MAX)
        return fault_in(c->w, INVALID, at_field("spoke_to"), M("a name has %1 bytes at most"),
                        str_int(c->w->a, SPOKE_TO_MAX));
    return OK;
}

static enum err still_open(struct work *w, const struct held *h)
{
    if (str_eq(h->notice.state, S("recalled")))
        return fault(w, CONFLICT, M("%1 was recalled: there is nothing to confirm any more"), h->notice.code);
    if (str_eq(h->notice.state, S("superseded")))
        return fault(w, CONFLICT, M("%1 was replaced by a newer notice: confirm that one"), h->notice.code);
    return OK;
}

static void counted(struct confirming *c, bool changed, str code)
{
    if (changed) c->entered++;
    else c->already++, c->last = code;
}

/* ---- for oneself ---- */

/* That it arrived says who could read it. */
static enum err readable(struct work *w, const struct held *h)
{
    if (h->seen) return OK;
    return fault_in(w, DENIED, at_field("notice"),
                    M("%1 is for the persons named as contacts (%2): one of them confirms it"), h->notice.code,
                    tlp_label(h->own.marking.tlp));
}

static enum err for_self(struct confirming *c, const struct held *h)
{
    struct work *w = c->w;
    if (h->own.id == 0)
        return fault_in(w, INVALID, at_field("notice"), M("%1 is your own notice: its addressees confirm it"),
                        h->notice.code);
    bool there = stands_already(&h->own, c->told.ack);
    counted(c, !there, h->notice.code);
    if (there) return OK;
    enum channel by = w->session.n != 0 ? BY_BROWSER : BY_PROGRAM;
    return delivery_enter(
        w, &h->own,
        &(struct entered){
            .ack = c->told.ack, .channel = by, .at = w->now, .by_whom = acting_person(w), .note = c->told.note});
}

static enum err own_notices(struct confirming *c, const struct arg **notice, size_t n)
{
    enum err e = arg_given(c->in, "channel") || arg_given(c->in, "spoke_to") || arg_given(c->in, "at")
                     ? fault_in(c->w, INVALID, at_field("of"),
                                M("a channel, a name and a time belong to what is entered for others: say for whom"))
                     : OK;
    for (size_t i = 0; i < n && e == OK; i++) {
        struct held h;
        e = held_find(c->w, c->in, notice[i]->text, &h);
        if (e == OK) e = still_open(c->w, &h);
        if (e == OK) e = readable(c->w, &h);
        if (e == OK) e = for_self(c, &h);
    }
    return e;
}

/* ---- for others ---- */

static enum err for_others(struct confirming *c, const struct held *h, const struct arg **of, size_t n)
{
    struct callee *x = arena_array(c->w->a, n, sizeof *x);
    struct told_by *t = arena_array(c->w->a, n, sizeof *t);
    for (size_t i = 0; i < n; i++) {
        t[i] = c->told;
        enum err e = callee_find(c->w, h, of[i]->text, at_field("of"), &x[i]);
        if (e == OK && x[i].who == ENTER_SELF) e = readable(c->w, h);
        if (e == OK) e = told_by_check(c->w, &x[i], &t[i], at_field("of"));
        if (e != OK) return e;
        if (n > 1 && x[i].who != ENTER_SELF && t[i].channel != BY_OFFICE)
            return fault_in(
                c->w, INVALID, at_field("of"),
                M("enter those one by one, each with who told you; a list of calls is taken by `meguri share confirm-import`"));
    }
    for (size_t i = 0; i < n; i++) {
        counted(c, t[i].changes, of[i]->text);
        enum err e = x[i].who == ENTER_SELF ? for_self(c, h) : told_by_enter(c->w, &x[i], &t[i]);
        if (e != OK) return e;
    }
    return OK;
}

/* ---- the act ---- */

static void goes_on(struct confirming *c, enum lang lang, str notice)
{
    str back = arg_text(c->in, "back");
    const str n[] = {str_int(c->w->a, c->entered), c->last};
    str said = c->entered == 0 ? tr_fill(c->w->a, lang, M("Nothing was changed: it stood there already (%2)."), n, 2)
                               : tr_fill(c->w->a, lang, M("%1 entered."), n, 1);
    bool board = arg_given(c->in, "of") || str_eq(back, S("board"));
    if (str_eq(back, S("calls"))) share_next(c->w, c->in, "share calls", notice, said);
    else if (board) share_next(c->w, c->in, "share board", notice, said);
    else share_next(c->w, c->in, "share inbox", (str){"", 0}, said);
}

enum err share_act_confirm(struct work *w, const struct args *in, struct doc *out)
{
    struct confirming c = {.w = w, .in = in};
    const struct arg **notice = arena_array(w->a, in->n + 1, sizeof *notice),
                     **of = arena_array(w->a, in->n + 1, sizeof *of);
    size_t n = arg_all(in, "notice", notice, in->n), n_of = arg_all(in, "of", of, in->n);
    struct held h;
    if (n > CONFIRMED_AT_ONCE_MAX || n_of > CONFIRMED_AT_ONCE_MAX)
        return fault_in(w, INVALID, at_field("notice"), M("at most %1 at once"), str_int(w->a, CONFIRMED_AT_ONCE_MAX));
    if (n_of != 0 && n != 1) return fault_in(w, INVALID, at_field("notice"), M("for others, one notice at a time"));
    enum err e = given_told(&c);
    if (e == OK && n_of == 0) e = own_notices(&c, notice, n);
    if (e == OK && n_of != 0) e = held_find(w, in, notice[0]->text, &h);
    if (e == OK && n_of != 0) e = still_open(w, &h);
    if (e == OK && n_of != 0) e = for_others(&c, &h, of, n_of);
    if (e != OK) return e;
    doc_fact(out, "entered", M("Entered"), C_INT(c.entered));
    if (c.already != 0) {
        doc_fact(out, "already", M("Stood there already"), C_INT(c.already));
        doc_note(out, M("What was confirmed before is not changed by confirming it again."));
    }
    act_noted(w, S("entered"), str_int(w->a, c.entered));
    goes_on(&c, out->lang, notice[0]->text);
    return OK;
}

/* ---- why not ---- */

static enum err cause_of(struct work *w, const struct held *h, const struct delivery *d, enum cause cause)
{
    (void)h;
    if (ack_confirmed(d->ack) && !d->late)
        return fault_in(w, CONFLICT, at_field("of"), M("'%1' confirmed in time: there is no failure to explain"),
                        d->org_code);
    if (d->ack < ACK_SENT)
        return fault_in(w, CONFLICT, at_field("of"),
                        M("the notice was not passed on to '%1': that is its cause already"), d->org_code);
    return cause_put(w, d->id, cause);
}

enum err share_act_cause(struct work *w, const struct args *in, struct doc *out)
{
    struct held h;
    enum cause cause;
    const struct arg **of = arena_array(w->a, in->n + 1, sizeof *of);
    size_t n = arg_all(in, "of", of, in->n);
    enum err e = held_find(w, in, arg_text(in, "notice"), &h);
    if (e != OK) return e;
    if (!cause_parse(arg_text(in, "cause"), &cause)) return INVALID;
    if (n == 0 && h.own.id == 0)
        return fault_in(w, INVALID, at_field("of"), M("%1 is your own notice: say for which addressee"), h.notice.code);
    if (n == 0) e = cause_of(w, &h, &h.own, cause);
    for (size_t i = 0; i < n && e == OK; i++) {
        struct callee x;
        e = callee_find(w, &h, of[i]->text, at_field("of"), &x);
        if (e == OK) e = cause_of(w, &h, &x.d, cause);
    }
    if (e != OK) return e;
    doc_fact(out, "entered", M("Entered"), C_INT(n == 0 ? 1 : (int64_t)n));
    share_next(w, in, str_eq(arg_text(in, "back"), S("calls")) ? "share calls" : "share board", h.notice.code,
               tr(out->lang, M("The cause was entered.")));
    return OK;
}
