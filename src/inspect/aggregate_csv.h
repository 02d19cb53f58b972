/* Aggregates in place of sheets, from those that send no persons (集計様式).
 *
 *   organisation,duty,clause,reported,known,arisen,done[,own_survey][,limited_scope][,note][,round]
 *
 * A row without a clause tells the duty's respondents: reported on, known, and known besides by an own survey. A row
 * with one tells that clause: known = no occasion + arisen, arisen ≥ done. A file replaces what its organisations sent
 * before. */
#ifndef MEGURI_INSPECT_AGGREGATE_CSV_H
#define MEGURI_INSPECT_AGGREGATE_CSV_H

#include "format/csv.h"
#include "inspect/inspect_store.h"

enum err import_aggregates(struct work *w, const struct args *in, const struct round *r, struct csv *c,
                           struct doc *out) MUST_USE;
/* Adds (or takes away) one row's numbers; they count as confirmed: the organisation signed for them. */
void aggregate_tally(struct tallying *, const struct round *, const struct aggregate *, int sign);

#endif
