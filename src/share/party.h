/* For whom the acting post shares: its organisation, or the nearest above it that takes part (a ministry, a centre, a
 * CEPTOAR, an operator, a council, a partner). All that the room shows and does is by this organisation, not by the
 * interval of the tree: a ministry in charge does not stand above its operators, and who stands above in the tree is
 * not therefore told what an operator reported. */
#ifndef MEGURI_SHARE_PARTY_H
#define MEGURI_SHARE_PARTY_H

#include "share/ack.h"
#include "surface/entry.h"

struct party {
    int64_t org; /* row id */
    str code, kind, ja, en;
    enum tier tier;
    bool owner;  /* the owner of the database acts for it */
};
/* The parameter "for" (PARTY_PARAM) names it where the owner of the database acts, or where a post has several; for
 * everybody else it may say only what they are. DENIED with a fault that says what to do. */
#define PARTY_PARAM {"for", P_CODE, RARE, NULL, NULL, N("for which organisation; without it, your own")}
enum err party_of(struct work *, const struct args *, struct party *out) MUST_USE;
extern const struct param share_party_params[]; /* of entries that take nothing else */
enum err share_view_party(struct work *, const struct args *, struct doc *) MUST_USE;

#endif
