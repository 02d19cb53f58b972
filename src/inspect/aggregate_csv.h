/* Aggregates as a file (集計様式), columns in any order:
 *
 *   organisation,duty,clause,reported,known,arisen,done[,own_survey][,limited_scope][,excepted][,note][,round]
 *
 * What the numbers mean: inspect/aggregate.h. */
#ifndef MEGURI_INSPECT_AGGREGATE_CSV_H
#define MEGURI_INSPECT_AGGREGATE_CSV_H

#include "format/csv.h"
#include "inspect/aggregate.h"

enum err import_aggregates(struct work *w, const struct args *in, const struct round *r, struct csv *c,
                           struct doc *out) MUST_USE;

#endif
