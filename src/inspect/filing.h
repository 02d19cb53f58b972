/* Filing: seats that were filled (by a file, by a filter over devices) change sheets and sums together. */
#ifndef MEGURI_INSPECT_FILING_H
#define MEGURI_INSPECT_FILING_H

#include "inspect/seats.h"

struct filing {
    struct work *w;
    const struct round *r;
    struct seats *seats;
    struct tallying *t;
    size_t bytes; /* of a sheet */
    int64_t added, replaced, raised, unchanged, unconfirmed;
};
struct filing filing_begin(struct work *w, const struct round *r, struct seats *);

/* Does the sheet change? To be asked once what stands is known (seat->was, seat->replaces). */
bool filing_changes(const struct seat *);
/* A row of an exported file that nobody has filled in is no sheet, and takes none away. */
bool filing_nothing(const struct filing *, const struct seat *);
/* What will not stand any longer leaves the sums: to be called where its answers are at hand. */
void filing_take_out(struct filing *, const struct seat *, const uint8_t *was);
/* Stores every seat that has a row, keeps what stood before, adds up the new. tallying_end(f->t) then writes the sums.
 * sources: SHA-256 of the files, by seat->source. */
enum err filing_put(struct filing *, const str *sources) MUST_USE;

#endif
