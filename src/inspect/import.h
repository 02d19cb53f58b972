/* What importing answers comes down to, whatever file they came in: between filing_begin and filing_put. */
#ifndef MEGURI_INSPECT_IMPORT_H
#define MEGURI_INSPECT_IMPORT_H

#include "inspect/acts.h"
#include "inspect/filing.h"

/* Where in the file a fault of a seat's sheet belongs. */
struct filing_where {
    struct where (*of)(const void *to, const struct seat *);
    const void *to;
};
/* Every seat with a row learns what stands: nothing, the same, the same in another state, or other answers. whole: the
 * seats are all of the round. */
enum err import_compare(struct filing *, bool whole) MUST_USE;
/* DENIED, with a fault for each sheet that the actor may not file as confirmed. */
enum err import_may_confirm(const struct filing *, struct filing_where) MUST_USE;

/* A workbook (import_xlsx.c). */
enum err import_workbook(struct work *w, const struct args *in, const struct round *r, struct doc *out) MUST_USE;

#endif
