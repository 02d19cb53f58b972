/* What the views of the room share: cells, and what a series says last. */
#ifndef MEGURI_SERIES_SHOW_H
#define MEGURI_SERIES_SHOW_H

#include "series/judge.h"

struct cell period_cell(struct arena *, str period); /* empty: none */
struct cell series_role_cell(const struct series_part *); /* NULL: none */
void latest_of(const struct indicator *, struct series_latest *out);

/* Which of it is shown, and how. */
enum drawn { DRAWN_AS_FITS, DRAWN_LINE, DRAWN_BARS, DRAWN_TABLE };
struct sight {
    struct work *w;
    struct doc *out;
    const struct indicator *s;
    bool *shown; /* per part of the series */
    size_t n_shown;
    int64_t from, until; /* days that periods lie in */
    str target;          /* only of this source; empty: all */
    enum drawn as;
    bool notes; /* filled: notes of values are still to be told */
};
/* Charts and tables of what is in sight, one for each kind of period. */
void sight_tables(struct sight *);

#endif
