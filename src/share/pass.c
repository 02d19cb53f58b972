/* share pass, pass-add: a tier hands the notice on to those below it, never wider than it came. */
#include "share/delivery.h"
#include "share/notice_acts.h"
#include "surface/door.h"

/* ---- may it be handed on ---- */

static enum err in_force(struct work *w, const struct notice *n)
{
    if (str_eq(n->state, S("recalled")))
        return fault_in(w, CONFLICT, notice_where("notice"), leave_why(LEAVE_RECALLED), n->code);
    if (str_eq(n->state, S("superseded")))
        return fault_in(w, CONFLICT, notice_where("notice"), M("'%1' was replaced by a newer notice: pass that one on"),
                        n->code);
    if (!str_eq(n->state, S("sent")))
        return fault_in(w, CONFLICT, notice_where("notice"), leave_why(LEAVE_DRAFT), n->code);
    return OK;
}

static enum err may_leave(struct work *w, const struct notice *n, struct marking came, enum receiver to)
{
    bool consented;
    enum err e = in_force(w, n);
    if (e == OK) e = notice_consented(w, n, &consented);
    if (e != OK) return e;
    struct leaving l = notice_leaving(w, n, came, consented);
    enum leave_verdict v = leave_may(&l, BY_PASSING, to);
    return v == LEAVE_YES ? OK : fault_in(w, DENIED, notice_where("notice"), leave_why(v), tlp_label(came.tlp));
}

/* A word that is no marking, or a wider one, was not offered by any form: it is refused, and nothing is passed on. */
static enum err marking_on(struct work *w, const struct args *in, struct marking came, struct marking *out)
{
    struct marking m = came;
    str tlp = arg_text(in, "tlp"), pap = arg_text(in, "pap");
    if (tlp.n != 0 && !tlp_parse(tlp, &m.tlp))
        return fault_in(w, INVALID, notice_where("tlp"), M("'%1' is no marking of TLP"), tlp);
    if (pap.n != 0 && !pap_parse(pap, &m.pap))
        return fault_in(w, INVALID, notice_where("pap"), M("'%1' is no marking of PAP"), pap);
    if (!marking_narrows(came, (struct marking){m.tlp, came.pap}))
        (void)fault_in(w, INVALID, notice_where("tlp"),
                       M("it came to you as %1 and is not handed on as %2: the same or narrower, never wider"),
                       tlp_label(came.tlp), tlp_label(m.tlp));
    if (!marking_narrows(came, (struct marking){came.tlp, m.pap}))
        (void)fault_in(w, INVALID, notice_where("pap"),
                       M("it came to you as %1 and is not handed on as %2: the same or narrower, never wider"),
                       pap_label(came.pap), pap_label(m.pap));
    *out = m;
    return work_err(w);
}

/* ---- who is left out ---- */

static const struct waits_below *waits_there(const struct waits_below *b, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (b[i].ack == ACK_WAITING && str_eq(b[i].code, code)) return &b[i];
    return NULL;
}

static enum err left_out(struct work *w, const struct args *in, const struct waits_below *b, size_t n,
                         struct passing *p)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t given = arg_all(in, "but", all, in->n), waiting = 0;
    int64_t *id = arena_array(w->a, given + 1, sizeof *id);
    for (size_t i = 0; i < n; i++) waiting += b[i].ack == ACK_WAITING;
    for (size_t i = 0; i < given; i++) {
        const struct waits_below *one = waits_there(b, n, all[i]->text);
        bool again = false;
        for (size_t k = 0; one != NULL && k < p->n_but; k++) again = again || id[k] == one->id;
        if (one == NULL)
            (void)fault_in(w, NOTFOUND, notice_where("but"), M("'%1' does not wait below you for this notice"),
                           all[i]->text);
        else if (!again) id[p->n_but++] = one->id;
    }
    p->but = id;
    p->reason = str_trim(arg_text(in, "reason"));
    if (waiting == 0)
        (void)fault_in(w, CONFLICT, notice_where("notice"),
                       M("nobody waits below you for this notice: it was passed on already"));
    if (p->n_but != 0 && p->reason.n == 0)
        (void)fault_in(w, INVALID, notice_where("reason"), M("say why they are left out: they count as not reached"));
    return work_err(w);
}

static enum err passing_given(struct work *w, const struct args *in, const struct notice *n, const struct delivery *own,
                              struct passing *p)
{
    struct waits_below *b;
    size_t k;
    enum err e = notice_below(w, n->id, own->id, &b, &k);
    if (e == OK) e = marking_on(w, in, own->marking, &p->marking);
    if (e == OK) e = left_out(w, in, b, k, p);
    if (e != OK) return e;
    p->added = str_trim(arg_text(in, "text"));
    if (p->added.n > ADDED_TEXT_MAX)
        (void)fault_in(w, INVALID, notice_where("text"), M("longer than %1 bytes"), str_int(w->a, ADDED_TEXT_MAX));
    if (p->reason.n > ADDED_TEXT_MAX)
        (void)fault_in(w, INVALID, notice_where("reason"), M("longer than %1 bytes"), str_int(w->a, ADDED_TEXT_MAX));
    return work_err(w);
}

/* ---- the acts ---- */

static enum err passer(struct work *w, const struct args *in, struct party *p, struct notice *n, struct delivery *own,
                       enum standing *how)
{
    enum leave_verdict sight = LEAVE_YES;
    enum err e = party_of(w, in, p);
    if (e == OK) e = notice_find(w, p, arg_text(in, "notice"), n, own, how);
    if (e == OK) e = notice_sight(w, p, n, own, *how, &sight);
    if (e == OK && sight == LEAVE_TOO_WIDE)
        e = fault_in(w, DENIED, notice_where("notice"), leave_why(sight), tlp_label(own->marking.tlp));
    return e;
}

static enum err confirm_too(struct work *w, const struct args *in, const struct delivery *own)
{
    if (arg_int(in, "confirm") == 0 || ack_confirmed(own->ack)) return OK;
    return delivery_enter(
        w, own,
        &(struct entered){.ack = ACK_CONFIRMED, .channel = BY_BROWSER, .at = w->now, .by_whom = acting_person(w)});
}

static void passed_told(struct work *w, const struct notice *n, const struct passing *p, int64_t sent, struct doc *out)
{
    str marking = str_fmt(w->a, "%.*s %.*s", STR_ARG(tlp_label(p->marking.tlp)), STR_ARG(pap_label(p->marking.pap)));
    act_noted(w, S("sent"), str_int(w->a, sent));
    act_noted(w, S("left_out"), str_int(w->a, (int64_t)p->n_but));
    act_noted(w, S("marking"), marking);
    doc_fact(out, "sent", M("Passed on to"), C_INT(sent));
    doc_fact(out, "left_out", M("Left out"), C_INT((int64_t)p->n_but));
    doc_fact(out, "marking", M("Marking"), C_TEXT(marking));
    const str said[] = {str_int(w->a, sent), marking};
    notice_go(w, n, "share notice",
              tr_fill(w->a, out->lang, M("Passed on, as %2. Organisations it went to: %1"), said, 2));
}

enum err share_act_pass(struct work *w, const struct args *in, struct doc *out)
{
    struct party party;
    struct notice n;
    struct delivery own;
    enum standing how;
    struct passing p = {0};
    int64_t sent = 0;
    enum err e = passer(w, in, &party, &n, &own, &how);
    if (e == OK && how != STANDS_PASSER)
        e = fault_in(w, CONFLICT, notice_where("notice"),
                     how == STANDS_ISSUER ? M("you issued '%1': it is sent, not passed on")
                                          : M("nobody stands below you for '%1'"),
                     n.code);
    if (e == OK) e = may_leave(w, &n, own.marking, TO_CLIENT);
    if (e == OK) e = passing_given(w, in, &n, &own, &p);
    if (e == OK) e = deliveries_pass(w, &n, &own, &p, &sent);
    if (e == OK) e = confirm_too(w, in, &own);
    if (e == OK) passed_told(w, &n, &p, sent, out);
    return e;
}

/* Below the passer is a client of it; sideways and upward is the community, which TLP:AMBER does not reach (FIRST, TLP
 * 2.0). */
static enum err added_org(struct work *w, const struct party *p, str code, int64_t *org, enum tier *tier,
                          enum receiver *as)
{
    struct route_net net;
    enum err e = route_load(w, &net);
    if (e != OK) return e;
    int32_t sender = route_find(&net, p->org), to = route_find_code(&net, code);
    if (sender < 0 || to < 0 || !route_may_address(&net, sender, to) || str_eq(net.org[to].kind, S("sector")))
        return fault_in(w, NOTFOUND, notice_where("org"), M("there is no organisation '%1' that you may address"),
                        code);
    *org = net.org[to].id;
    *tier = tier_of_kind(net.org[to].kind);
    bool within = net.org[to].lo > net.org[sender].lo && net.org[to].lo < net.org[sender].hi;
    *as = within || route_above(&net, sender, to) ? TO_CLIENT : TO_COMMUNITY;
    return OK;
}

/* From a passer it goes with what the passer made of it: its marking and words, and as it came where it did not pass it
 * on yet. */
enum err share_act_pass_add(struct work *w, const struct args *in, struct doc *out)
{
    struct party party;
    struct notice n;
    struct delivery own;
    enum standing how;
    int64_t org = 0;
    enum tier tier = TIER_OTHER;
    enum receiver as = TO_CLIENT;
    str code = arg_text(in, "org");
    enum err e = passer(w, in, &party, &n, &own, &how);
    const bool issuer = e == OK && how == STANDS_ISSUER;
    if (e == OK) e = in_force(w, &n);
    if (e == OK) e = added_org(w, &party, code, &org, &tier, &as);
    if (e == OK && !issuer) e = may_leave(w, &n, own.passed != 0 ? own.passed_as : own.marking, as);
    if (e == OK && org == n.issuer) e = fault_in(w, CONFLICT, notice_where("org"), M("'%1' issued this notice"), code);
    if (e == OK) e = delivery_add(w, &n, issuer ? NULL : &own, org, tier);
    if (e != OK) return e;
    act_noted(w, S("added"), code);
    doc_fact(out, "org", M("Organisation"), C_TEXT(code));
    notice_go(w, &n, "share notice", tr_fill(w->a, out->lang, M("Sent to '%1' as well."), &code, 1));
    return OK;
}

/* ---- who may be left out ---- */

enum err share_view_below(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
                                            {"tier", CELL_ENUM, N("Tier"), 0, NULL, NULL},
                                            {"state", CELL_ENUM, N("State"), 0, NULL, NULL}};
    struct party p;
    struct notice n;
    struct delivery own;
    enum standing how;
    struct waits_below *b = NULL;
    size_t k = 0;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = notice_find(w, &p, arg_text(in, "notice"), &n, &own, &how);
    if (e == OK && how != STANDS_ISSUER) e = notice_below(w, n.id, own.id, &b, &k);
    if (e != OK) return e;
    size_t told = 0;
    DOC_TABLE(out, "below", columns);
    for (size_t i = 0; i < k; i++) {
        if (b[i].ack != ACK_WAITING) continue;
        DOC_ROW(out, C_ORG(b[i].code, b[i].ja, b[i].en, 0),
                enum_words_cell(tier_word(b[i].tier), tier_label(b[i].tier)),
                enum_words_cell(ack_word(b[i].ack), ack_label(b[i].ack)));
        told++;
    }
    doc_table_end(out);
    if (told == 0) doc_text(out, M("Nobody waits below you for this notice."));
    return OK;
}
