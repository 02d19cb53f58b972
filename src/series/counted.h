/* The rates and grades of the inspection as series: read from the frozen figures of closed and published rounds
 * whenever they are asked for, never copied. */
#ifndef MEGURI_SERIES_COUNTED_H
#define MEGURI_SERIES_COUNTED_H

#include "series/series_store.h"

bool counted_code(str code); /* begins with "inspection-" */
/* NOTFOUND without a fault. What the actor may not see is left out. */
enum err counted_load(struct work *w, str code, struct indicator *out) MUST_USE;
enum err counted_all(struct work *w, str area, struct indicator **out, size_t *n) MUST_USE;

#endif
