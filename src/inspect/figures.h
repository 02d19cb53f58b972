/* The figures of a round, from its tallies. Pure: vectors in, fractions out.
 *
 * official counts confirmed sheets and aggregates; provisional adds submitted sheets (暫定値). */
#ifndef MEGURI_INSPECT_FIGURES_H
#define MEGURI_INSPECT_FIGURES_H

#include "inspect/tallies.h"

struct coverage {
    int64_t reported, known, known_provisional, own;
};
/* Over all duties of a node; vectors may be NULL. */
struct coverage coverage_of(const struct round *, int64_t *const vectors[TALLY_STATES]);

/* Per clause, as many as the edition has; in the arena. */
struct counts *counts_of(struct arena *, const struct round *, int64_t *const vectors[TALLY_STATES], bool provisional);
int64_t excepted_of(const struct round *, int64_t *const vectors[TALLY_STATES], size_t clause, bool provisional);

/* The clauses of a part, in order; part == n_parts: of the whole edition. */
size_t clauses_of_part(struct arena *, const struct round *, size_t part, size_t **out);

/* Groups under five are withheld above the unit itself, also where subtraction would reveal them (design, Arithmetic).
 * reported[i] of n sibling groups, `rest` of those directly at their parent, who are never shown apart. */
enum { WITHHELD_UNDER = 5 };
void withhold(const int64_t *reported, size_t n, int64_t rest, bool *withheld);

#endif
