/* Exceptions as records (例外措置): who need not follow which clause from when to when. Their application and approval are
 * cases of another room; here they are counted by the round's rule.
 *
 *   number,respondent,organisation,clause,from,to[,reason][,round]      one of respondent and organisation
 *
 * An exception counts in a round when its period holds the base date; one for an organisation holds in its subtree. */
#ifndef MEGURI_INSPECT_EXCEPTION_CSV_H
#define MEGURI_INSPECT_EXCEPTION_CSV_H

#include "format/csv.h"
#include "inspect/inspect_store.h"

enum err import_exceptions(struct work *w, const struct args *in, const struct round *r, struct csv *c,
                           struct doc *out) MUST_USE;
/* The respondents' planes and the sums, for exceptions that changed. Those of `before` keep their place in `after`; one that
 * goes holds on no day there (since after until). */
struct exceptions_change {
    const struct exception *before, *after;
    size_t n_before, n_after;
};
enum err exceptions_changed(struct work *w, const struct round *r, const struct exceptions_change *,
                            struct tallying *) MUST_USE;
/* The clauses excepted for a respondent at a node: a plane in w->a, NULL when there are none. */
uint8_t *exceptions_of(struct work *w, const struct round *r, const struct exception *all, size_t n, int64_t respondent,
                       size_t node);

#endif
