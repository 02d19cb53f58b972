/* The part of sheet_form_read that understands the hidden sheet; for sheet_xlsx.c alone. */
#ifndef MEGURI_INSPECT_FORM_ISSUED_H
#define MEGURI_INSPECT_FORM_ISSUED_H

#include "inspect/sheet_xlsx.h"

/* Fills what was issued; INVALID with a fault when it is not ours, not of this round, or not as it was issued. */
enum err form_issued(struct work *w, const struct round *r, struct form_in *f) MUST_USE;

#endif
