/* What a series says of itself: what may be compared, whether sums add up, whether a target was met. Pure and exact. */
#ifndef MEGURI_SERIES_JUDGE_H
#define MEGURI_SERIES_JUDGE_H

#include "base/rate.h"
#include "series/series_store.h"

enum period_kind point_kind(const struct point *);
const struct series_part *series_part_in(const struct indicator *, str code); /* NULL: none */
const struct series_part *series_part_leading(const struct indicator *); /* the total, else the first; NULL: no dimension */

/* The definition that holds when the period begins: its number, from 0; n_definitions when there is none. */
size_t definition_at(const struct indicator *, const struct point *);

/* From the value before: the same part, the same kind of period. Across a change of definition nothing is compared. */
struct step {
    const struct point *before; /* NULL: there is none */
    bool broken, has_change;    /* broken: what is counted changed in between */
    struct decimal change;
};
struct step series_step_of(const struct indicator *, const struct point *); /* the point is one of the series */

/* The share it is of d: n of d, or of a count the value itself. False: it tells none. Never rounded up to 100. */
bool series_share_of(const struct indicator *, const struct point *, struct rate *out);

/* Where published totals and the sums of what is published beside them differ. */
struct unequal {
    const struct point *total;
    struct decimal sum, difference; /* difference: total less sum */
    bool over_time;                 /* over the quarters or months of the period; else over the parts */
    bool denominators;              /* of the denominators, whose total is total->d */
};
size_t sums_check(struct arena *, const struct indicator *, struct unequal **out,
                  size_t *n); /* returns how many it checked */

const struct target *target_at(const struct indicator *, const struct point *); /* NULL: none */
enum met { MET_NOT_JUDGED, MET_YES, MET_NO };
/* By the direction, exactly: 89.96 does not meet 90, nor does 2,249 of 2,500 that was published as 90.0. */
enum met target_met(const struct indicator *, const struct point *, struct decimal target);

#endif
