/* The clock of a state. */
#ifndef MEGURI_CASE_CLOCK_H
#define MEGURI_CASE_CLOCK_H

#include "case/case_store.h"

/* Sets entered, due, shared and ended as the state says; values give the dates. */
enum err state_enter(struct work *w, const struct kind *, str state, const struct item_value *, size_t n,
                     struct item *) MUST_USE;

/* A step that leaves the case where it is: since when stands; a clock that runs to a date field follows the field. */
void state_stay(const struct kind *, const struct item_value *, size_t n, struct item *);

#endif
