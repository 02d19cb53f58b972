/* `inspect effort`: what a round takes, measured, and what it saves against a former practice that is assumed (one of the
 * effects that electronic inspection was asked to show: seeds 001, no. 9). */
#ifndef MEGURI_INSPECT_EFFORT_H
#define MEGURI_INSPECT_EFFORT_H

#include "surface/entry.h"

enum { PAPER_MINUTES_MAX = 600, PAPER_PAGES_MAX = 100 };
entry_fn inspect_view_effort;

/* Seconds → minutes, half up. Of the middle of n sorted values, in seconds; of an even number the mean of the two. Pure. */
int64_t minutes_of(int64_t seconds);
int64_t median_seconds(const int32_t *sorted, size_t n);

#endif
