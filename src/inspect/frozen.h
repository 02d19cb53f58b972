/* Published figures are frozen docs, not views run again: a round's closing writes what its views show, row by row, and
 * afterwards those rows are shown. A correction makes the next edition, with an erratum; the earlier one stays. */
#ifndef MEGURI_INSPECT_FROZEN_H
#define MEGURI_INSPECT_FROZEN_H

#include "inspect/inspect_store.h"

/* A face that keeps tables: rows belong to the organisation in their first CELL_ORG. */
struct freezing;
struct doc *freezing_doc(struct work *w, const struct round *, str view, struct freezing **out);
enum err freezing_store(struct freezing *, int64_t no) MUST_USE;

/* Which edition a view shows: 0 for the figures as they stand (an open round, or --edition open). */
enum err frozen_wanted(struct work *w, const struct args *in, const struct round *r, int64_t *no) MUST_USE;

struct frozen_filter {
    const struct round *r;
    const bool *shown, *withheld;          /* per node */
    const bool *mean_hidden, *counts_seen; /* a child is withheld; this reader sees all counts there */
    bool ranked;                           /* rows stand in the order of their figures: withheld ones are left out */
    str key, value;  /* a column that must hold this; empty: none */
    bool *missing;   /* set when that edition has no such table; or NULL */
    void (*row)(void *to, const struct cell *, const struct column *, size_t n); /* told of each row shown; or NULL */
    void *to;
};
/* Shows table `table` of view `view` as frozen; nothing when it was not. */
enum err frozen_show(struct work *w, int64_t no, str view, str table, const struct frozen_filter *,
                     struct doc *out) MUST_USE;
/* Each row of a frozen table whose organisation is among `nodes` (NULL: any that is seen). Cells live for the call.
 * NOTFOUND without a fault when the view has none of that name in that edition. */
typedef void frozen_fn(void *to, size_t node, const struct column *, size_t n, const struct cell *);
enum err frozen_each(struct work *w, const struct round *r, int64_t no, str view, str table, const bool *nodes,
                     frozen_fn *, void *to) MUST_USE;
/* A frozen table whole, to compare it. NOTFOUND without a fault when the view has none of that name in that edition. */
struct frozen_table {
    const struct column *columns;
    size_t n_columns;
    struct frozen_cells {
        int64_t org;
        const struct cell *cells;
    } *rows;
    size_t n_rows;
};
enum err frozen_load(struct work *w, const struct round *r, int64_t no, str view, str table,
                     struct frozen_table *out) MUST_USE;
/* The note that says which edition is shown, and its erratum. */
enum err frozen_note(struct work *w, const struct round *r, int64_t no, struct doc *out) MUST_USE;

#endif
