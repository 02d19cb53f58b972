#include "share/delivery.h"

#include "base/clock.h"
#include "share/contacts.h"
#include "share/delivery_store.h"
#include "share/objects.h"

/* ---- made and passed on ---- */

static int depth_of(const struct plan *p, size_t i)
{
    int depth = 0;
    for (int32_t at = p->to[i].parent; at >= 0 && depth < ROUTE_DEPTH_MAX; at = p->to[at].parent) depth++;
    return depth;
}

static struct delivery_row row_of(const struct work *w, const struct notice *n, const struct route_net *net,
                                  const struct plan *p, size_t i)
{
    const struct planned *to = &p->to[i];
    bool now = to->parent < 0 || n->direct;
    return (struct delivery_row){.org = net->org[to->org].id,
                                 .parent_org = to->parent < 0 ? 0 : net->org[p->to[to->parent].org].id,
                                 .tier = to->tier,
                                 .ack = now ? ACK_SENT : ACK_WAITING,
                                 .sent = now ? w->now : 0,
                                 .due = now ? w->now + n->within * 60 : 0,
                                 .marking = n->marking};
}

enum err deliveries_make(struct work *w, const struct notice *n, const struct route_net *net, const struct plan *p)
{
    if (p->n > ADDRESSEES_MAX)
        return fault(w, INVALID,
                     M("a notice reaches at most %1 addressees, and this one would reach %2: send it in parts"),
                     str_int(w->a, ADDRESSEES_MAX), str_int(w->a, (int64_t)p->n));
    struct delivery_row *row = arena_array(w->a, p->n, sizeof *row);
    size_t filled = 0;
    /* A row names its parent's, which has to be there before it. */
    for (int depth = 0; filled < p->n && depth <= ROUTE_DEPTH_MAX; depth++)
        for (size_t i = 0; i < p->n; i++)
            if (depth_of(p, i) == depth) row[filled++] = row_of(w, n, net, p, i);
    enum err e = delivery_rows_add(w, n->id, row, filled);
    if (e == OK && n->drill) e = stale_contacts_keep(w, n->id, w->now - (int64_t)CONTACT_STALE_DAYS * DAY);
    if (e == OK) e = counts_afresh(w, n->id);
    return e != OK ? e : objects_publish(w, n);
}

enum err deliveries_pass(struct work *w, const struct notice *n, const struct delivery *passer, const struct passing *p,
                         int64_t *n_sent)
{
    struct delivery d = *passer;
    d.passed = w->now;
    d.passed_by = acting_person(w);
    d.added = p->added;
    d.passed_as = p->marking;
    enum err e = delivery_passed_put(w, &d);
    if (e != OK) return e;
    e = p->n_but == 0 ? OK : waiting_withhold(w, &d, p->but, p->n_but, p->reason, d.passed_by);
    if (e != OK) return e;
    e = waiting_send(w, &d, p->marking, w->now + n->within * 60, n_sent);
    if (e == OK) e = counts_below_afresh(w, n->id, d.id);
    return e != OK ? e : objects_publish(w, n);
}

/* ---- one more ---- */

/* It waits below this passer, or was withheld: what is there is sent. */
static enum err send_after_all(struct work *w, const struct notice *n, const struct delivery *was)
{
    struct delivery is = *was;
    is.ack = ACK_SENT;
    is.sent = is.changed = w->now;
    is.due = w->now + n->within * 60;
    is.note = (str){0};
    enum err e = delivery_state_put(w, &is);
    if (e == OK) e = count_move(w, was, &is);
    return e != OK ? e : objects_publish(w, n);
}

enum err delivery_add(struct work *w, const struct notice *n, const struct delivery *passer, int64_t org,
                      enum tier tier)
{
    struct delivery there;
    int64_t parent = passer == NULL ? 0 : passer->id;
    enum err e = delivery_find(w, n->id, org, &there);
    if (e == OK && there.ack < ACK_SENT && there.parent == parent) return send_after_all(w, n, &there);
    if (e == OK) return fault(w, CONFLICT, M("'%1' is among the addressees of %2 already"), there.org_code, n->code);
    if (e != NOTFOUND) return e;
    struct marking m = passer == NULL ? n->marking : passer->passed != 0 ? passer->passed_as : passer->marking;
    struct delivery_row row = {org,    passer == NULL ? 0 : passer->org, tier, ACK_SENT,
                               w->now, w->now + n->within * 60,          m};
    e = delivery_rows_add(w, n->id, &row, 1);
    if (e != OK) return e;
    e = count_more(w, &(struct delivery){.notice = n->id, .parent = parent, .tier = tier, .ack = ACK_SENT});
    return e != OK ? e : objects_publish(w, n);
}

/* ---- states ---- */

static enum err may_be_entered(struct work *w, const struct delivery *d, const struct entered *in)
{
    if (d->ack < ACK_SENT)
        return fault(w, CONFLICT, M("the notice was not passed on to '%1' yet: there is nothing to confirm"),
                     d->org_code);
    if (in->at > w->now)
        return fault_in(w, INVALID, (struct where){.field = S("at")}, M("%1 has not come yet"),
                        time_text(w->a, in->at));
    if (in->at < d->sent)
        return fault_in(
            w, INVALID, (struct where){.field = S("at")},
            M("it was sent to '%1' at %2: nobody confirmed it before; a time without a zone is one of Japan"),
            d->org_code, time_text(w->a, d->sent));
    if (!ack_may_go(d->ack, in->ack))
        return fault(w, CONFLICT, M("'%1' has gone further already: what was confirmed does not go back"), d->org_code);
    return OK;
}

enum err delivery_enter(struct work *w, const struct delivery *d, const struct entered *in)
{
    enum err e = may_be_entered(w, d, in);
    if (e != OK) return e;
    struct delivery is = *d;
    is.ack = in->ack;
    is.changed = w->now;
    is.channel = in->channel;
    is.by_whom = in->by_whom;
    is.spoke_to = in->spoke_to;
    is.note = in->note;
    if (is.opened == 0 && in->ack == ACK_OPENED) is.opened = in->at;
    if (!ack_confirmed(d->ack) && ack_confirmed(in->ack)) {
        is.confirmed = in->at;
        is.late = is.due != 0 && in->at > is.due;
    }
    e = delivery_state_put(w, &is);
    return e != OK ? e : count_move(w, d, &is);
}

/* ---- read ---- */

enum err delivery_of(struct work *w, int64_t notice, int64_t org, struct delivery *out)
{
    return delivery_find(w, notice, org, out);
}
enum err delivery_counts(struct work *w, int64_t notice, int64_t parent, struct reach out[TIERS])
{
    return counts_read(w, notice, parent, out);
}
enum err deliveries_recount(struct work *w) { return counts_all_afresh(w); }
