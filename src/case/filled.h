/* What was filled in: the values of an act's fields, checked by the kind. */
#ifndef MEGURI_CASE_FILLED_H
#define MEGURI_CASE_FILLED_H

#include "case/case_store.h"
#include "surface/entry.h"

/* Puts the fields given over those in `v`, which grows in w->a. step NULL: the opening, where every asked field may
 * stand; else those of the step alone. A field that has to be filled in and is not, or is not asked for, is a fault. */
enum err case_fields_take(struct work *w, const struct kind *, const struct kind_step *, const struct args *in,
                     struct item_value **v, size_t *n) MUST_USE;
enum err case_fields_store(struct work *w, int64_t item, const struct item_value *v, size_t n) MUST_USE;
enum err text_check(struct work *w, const char *name, str text, size_t most) MUST_USE;

#endif
