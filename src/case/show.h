/* What the views of the room share. */
#ifndef MEGURI_CASE_SHOW_H
#define MEGURI_CASE_SHOW_H

#include "case/acts.h"
#include "surface/fields.h"

/* Rows of a table of fields (surface/fields.h): one for each field, and after it one for each of its choices. step NULL: those of the opening. value: what stands, for fields that have a value. */
void case_field_rows(struct doc *out, const struct kind *, const struct kind_step *, const struct item_value *v, size_t n);
/* Those of a step, and its text. */
void case_step_rows(struct doc *out, const struct kind *, const struct kind_step *, const struct item_value *v, size_t n);

struct cell kind_cell(const struct kind *);
struct cell state_cell(const struct kind *, str code);
struct cell value_cell(const struct kind_field *, str value);
struct cell someone_cell(const struct someone *);
struct cell org_cell(const struct item *);

#endif
