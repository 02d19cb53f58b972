/* The reach-confirmation rate with what stands behind it: over one notice, or over many. reach.c gathers, reach_told.c
 * tells. */
#ifndef MEGURI_SHARE_REACH_H
#define MEGURI_SHARE_REACH_H

#include "share/board.h"
#include "share/reach_store.h"

struct reached {
    struct below sums[TIERS];
    int64_t causes[TIERS][CAUSES]; /* [..][CAUSE_NONE]: no cause was entered */
    struct took *took;             /* in no order */
    size_t n_took, room;
    int64_t notices;
};
/* Adds those at or below `own` (0: all of the notice). */
enum err reached_add(struct work *, int64_t notice, int64_t own, struct reached *) MUST_USE;
/* The smallest number of minutes within which that share (per cent) of those who confirmed had done so: nearest rank.
 * -1: nobody confirmed. Sorts took. */
int64_t took_within(struct took *, size_t n, enum tier, int per_cent);

void reached_facts(struct doc *, const struct reached *);
void reached_times_table(struct doc *, struct reached *);
void reached_causes_table(struct doc *, const struct reached *);
str fiscal_words(struct arena *, enum lang, int year);

/* Fills seen. */
enum err watched_seen(struct work *, const struct party *, struct watched *, size_t n) MUST_USE;
entry_fn share_view_reach;
extern const struct param share_reach_params[];
enum { WATCHED_YEAR_MAX = 5000 };

#endif
