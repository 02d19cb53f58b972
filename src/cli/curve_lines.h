/* Curves at a terminal: each a line of eighth blocks, with how low it came and when. */
#ifndef MEGURI_CLI_CURVE_LINES_H
#define MEGURI_CLI_CURVE_LINES_H

#include "face/curves.h"
#include "face/out.h"

/* The lowest level of each of `width` parts of the time as ▁ … █; only what is full is █, so that no drop is hidden. */
str curve_line(struct arena *, const struct curve *, int64_t end, int width);
/* All of them, after curves_sum; columns: of the window, 0 for none. What they make in a is given back. */
void curve_lines(struct out *, struct arena *a, enum lang, int columns, const struct curves *, str goal_label);

#endif
