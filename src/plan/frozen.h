/* Freezing rows, and comparing what was frozen. */
#ifndef MEGURI_PLAN_FROZEN_H
#define MEGURI_PLAN_FROZEN_H

#include "plan/asked.h"

str progress_frozen_digest(struct arena *, const struct line *, size_t n); /* hex */
/* In an act: the next number of the report, with these rows; r->reason, outside and upto are given, the rest is filled. */
enum err progress_frozen_put(struct work *w, struct lines *, struct progress_report *r) MUST_USE;
/* The row of this kind and key, looked for from *at on, which then stands behind it; NULL: none. */
const struct line *line_after(const struct line *all, size_t n, size_t *at, enum item_kind, str key);
bool lines_differ(const struct line *a, const struct line *b); /* in status or text */

#endif
