/* Forms of the room whose fields stand filled in. */
#ifndef MEGURI_PLAN_FORMS_H
#define MEGURI_PLAN_FORMS_H

#include "surface/fields.h"

struct form_field {
    const char *name, *type; /* of the parameter; text long date enum … (SHOW_FIELDS) */
    str label;               /* message id */
    bool required;
    str value;
    const char *const *choices;       /* codes; ends with NULL. NULL: none */
    str (*choice_label)(size_t choice); /* message id */
    str help;                           /* message id; empty: none */
};
/* The whole form. name: of its table of fields. */
void plan_field_form(struct doc *, const struct form *, const char *name, const struct form_field *, size_t n);

struct cell plan_edition_step_cell(str step); /* "circulate" … */

#endif
