/* Deliveries as they are made and moved: every change of a state goes through here, with the counts that boards read
 * (share_count). */
#ifndef MEGURI_SHARE_DELIVERY_H
#define MEGURI_SHARE_DELIVERY_H

#include "share/notice.h"
#include "share/route.h"

/* Makes a row for each of the plan, in its order: those without a parent are sent now and due within the notice's
 * minutes, or all of them where it is direct; the others wait. Once for each notice; ADDRESSEES_MAX at most. */
enum err deliveries_make(struct work *, const struct notice *, const struct route_net *, const struct plan *) MUST_USE;
/* Sends on to those that wait below it, except `but` (ids of deliveries): they are withheld, with that reason. n_sent:
 * how many. The marking and the added text stand in the passer's row. The caller has asked leave_may and
 * marking_narrows. */
struct passing {
    struct marking marking;
    str added, reason;
    const int64_t *but;
    size_t n_but;
};
enum err deliveries_pass(struct work *, const struct notice *, const struct delivery *passer, const struct passing *,
                         int64_t *n_sent) MUST_USE;
/* One more below a passer (NULL: the issuer), sent at once. CONFLICT with a fault where it has the notice. */
enum err delivery_add(struct work *, const struct notice *, const struct delivery *passer, int64_t org,
                      enum tier) MUST_USE;

/* Enters a state. at: when it was said, not later than now and not before it was sent (a call of an hour ago); CONFLICT
 * with a fault where the state may not go there (ack_may_go). */
struct entered {
    enum ack ack;
    enum channel channel;
    int64_t at;
    str by_whom, spoke_to, note;
};
enum err delivery_enter(struct work *, const struct delivery *, const struct entered *) MUST_USE;

/* The one of an organisation, whoever asks: the caller has found the notice for its party. NOTFOUND without a fault. */
enum err delivery_of(struct work *, int64_t notice, int64_t org, struct delivery *out) MUST_USE;
/* Counts of a tier over the whole notice, or below one parent (its delivery; 0: those the issuer wrote to itself; -1:
 * all). */
enum err delivery_counts(struct work *, int64_t notice, int64_t parent, struct reach out[TIERS]) MUST_USE;
/* share_count from share_delivery: the room's rebuild. */
enum err deliveries_recount(struct work *) MUST_USE;

#endif
