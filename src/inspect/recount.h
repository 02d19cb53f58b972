/* Gathers a round's sums from the truth: sheets, frame, reasons, aggregates. */
#ifndef MEGURI_INSPECT_RECOUNT_H
#define MEGURI_INSPECT_RECOUNT_H

#include "inspect/inspect_store.h"

struct recounted {
    int64_t sheets, respondents, aggregates;
};
enum err recount(struct work *w, const struct round *, struct tallying *into, struct recounted *out) MUST_USE;

#endif
