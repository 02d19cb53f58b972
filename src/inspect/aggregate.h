/* Aggregates in place of sheets, from those that send no persons (集計様式): the checks and the storing that a CSV file
 * and a signed roll-up share.
 *
 * A row without a clause tells the duty's respondents: reported on, known, and known besides by an own survey. A row
 * with one tells that clause: known = no occasion + arisen, arisen ≥ done; excepted are those under an exception, by the
 * round's rule beside the known (apart), among the arisen (not-done) or among the known (answered). What is filed
 * replaces what its organisations sent before. */
#ifndef MEGURI_INSPECT_AGGREGATE_H
#define MEGURI_INSPECT_AGGREGATE_H

#include "inspect/inspect_store.h"

/* The columns of the CSV, and what a fault of a roll-up names as its field. */
enum aggregate_column {
    A_ORGANISATION, A_DUTY, A_CLAUSE, A_REPORTED, A_KNOWN, A_ARISEN, A_DONE, A_OWN, A_LIMITED, A_EXCEPTED, A_NOTE,
    A_ROUND, A_COLUMNS
};

/* Rows as they come in, from wherever. at(): where the row that is being read stands, and one of its columns. */
struct aggregates {
    struct work *w;
    const struct round *r;
    struct where (*at)(void *from, enum aggregate_column);
    void *from;
    str file;
    bool sent;      /* this is their sending upward: what was sent before may be replaced, and the caller looked */
    enum lang lang; /* of the reader */
    struct aggregate *rows;
    int64_t *row; /* where each stands in the file */
    size_t n, room;
};

/* Each notes what is wrong and goes on; false or work_err() tells. */
void aggregate_wrong(const struct aggregates *, enum aggregate_column, str id, str a, str b);
/* Who the row speaks of; clause may be empty. Fills org, duty and clause of *out. */
bool aggregate_who(struct aggregates *, str org, str duty, str clause, struct aggregate *out);
bool aggregate_again(struct aggregates *, const struct aggregate *); /* the same was told by a row before */
void aggregate_counts(struct aggregates *, const struct aggregate *);
bool aggregate_add(struct aggregates *, const struct aggregate *, int64_t row); /* false: too many */

struct aggregates_done {
    int64_t organisations, changed;
};
/* When all rows are in: totals, overlaps, then rows and sums change together. Nothing is written after a fault. */
enum err aggregates_check(struct aggregates *) MUST_USE;
enum err aggregates_file(struct aggregates *, struct aggregates_done *) MUST_USE;

/* Someone at the organisation or below it is bound: an enhanced clause has been adopted there. */
bool aggregate_binds(const struct round *, size_t node, size_t duty, int64_t clause);
/* Adds (or takes away) one row's numbers; they count as confirmed: the organisation signed for them. */
void aggregate_tally(struct tallying *, const struct round *, const struct aggregate *, int sign);

#endif
