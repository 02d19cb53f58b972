/* Files that ship with the program, a folder of data for each kind: data/case/permit.csv is "permit". */
#ifndef MEGURI_SURFACE_SHIPPED_H
#define MEGURI_SURFACE_SHIPPED_H

#include "surface/entry.h"

str shipped_codes(struct arena *, str folder); /* parted by blanks; folder: "data/case/" */
/* The bytes, and the name for faults, of what an act was given: either a file (parameter "file") or the code of one that
 * ships. INVALID with the fault `neither` when it was given none or both, NOTFOUND with `unknown` (its %1 is the code); the last
 * argument of both sentences is the list of codes. Borrowed from the argument or the program. */
struct shipped {
    str folder;
    const char *param; /* that names the code */
    str neither, unknown; /* message ids */
};
enum err shipped_or_given(struct work *w, const struct args *in, const struct shipped *, str *name, str *bytes) MUST_USE;

#endif
