/* Entered for another (代行入力): one who manages or confirms a unit enters a sheet for a respondent who cannot. The
 * respondent checks and submits it, or, where a signed paper exists, is told and may object. */
#ifndef MEGURI_INSPECT_ENTERED_H
#define MEGURI_INSPECT_ENTERED_H

#include "inspect/entered_store.h"
#include "inspect/own_sheet.h"

/* May the acting person enter this sheet now? A fault says why not. `entry` is what was entered before. */
enum err entering_allowed(struct work *w, const struct own_sheet *, const struct entry_row *entry, enum lang) MUST_USE;
/* The same without a fault, for a button: may they, as far as the post tells? */
bool entering_offered(const struct work *w, int64_t place);

/* Blocks of pages: who entered it and what the respondent can do; the fact of a unit, organisation or round. */
enum err entered_block(struct work *w, const struct own_sheet *, struct doc *out) MUST_USE;
enum err entered_note(struct work *w, const struct round *, int64_t lo, int64_t hi, struct doc *out) MUST_USE;
enum err entered_fact(struct work *w, const struct round *, int64_t lo, int64_t hi, struct doc *out) MUST_USE;

#endif
