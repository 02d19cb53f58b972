/* Levels over time, out of the rows of a table that is shown as SHOW_CURVES: for each label its steps, and what a reader asks first:
 * how low, and when below what should hold. A cell that is empty says that nothing changed. Shared by the page, the terminal, DOCX. */
#ifndef MEGURI_FACE_CURVES_H
#define MEGURI_FACE_CURVES_H

#include "surface/doc.h"

struct curve_step { /* holds until the next one */
    int64_t at;     /* minutes */
    double level, before, low, high; /* 0 … 1; NAN: not told so far */
    int32_t tenths; /* of the level, as it is shown */
};
enum { CURVE_NEVER = -1 };
struct curve {
    struct cell label;      /* copied */
    const struct cell *row; /* for the caller to fill; NULL */
    struct curve_step *step;
    size_t n, room;
    struct rate goal, least; /* not defined: none */
    int64_t least_at;        /* when it first was at its lowest */
    int64_t below_at;        /* when it first was below the goal; CURVE_NEVER */
    int64_t back_at;         /* since when it holds the goal again, to the end; CURVE_NEVER: it was never below, or is at the end */
};
struct curves {
    struct arena *a;
    const struct show *show;
    ptrdiff_t label, at, level, before, low, high, goal; /* columns; -1: none */
    struct curve *curve;
    size_t n, room;
    int64_t end; /* the last minute of all; every curve goes on to it */
    bool any_before, any_band, any_goal;
};

/* False: the table lacks what a curve needs. a, show live as long as the curves. */
bool curves_begin(struct curves *, struct arena *a, const struct show *, const struct column *, size_t n);
/* True when a curve began with this row. Of rows of the same minute the last one holds; one that goes back in time is left out. */
bool curves_row(struct curves *, const struct cell *);
void curves_sum(struct curves *); /* after the last row: least, below_at, back_at */

/* At most `most` steps (8 or more), for drawing: those that change nothing are left out; where that does not do, of each of equal parts of
 * the time the lowest and the last stay, so that no drop is lost, with the band of all of the part. Written to out[most]. */
size_t curve_thin(const struct curve *, int64_t end, size_t most, struct curve_step *out);
/* The lowest level in each of n equal parts of the time 0 … end; NAN where none is told yet. */
void curve_lows(const struct curve *, int64_t end, size_t n, double *out);

#endif
