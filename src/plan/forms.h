/* Forms of the room whose fields stand filled in, and two texts side by side where another was quicker. */
#ifndef MEGURI_PLAN_FORMS_H
#define MEGURI_PLAN_FORMS_H

#include "surface/doc.h"

struct form_field {
    const char *name, *type; /* of the parameter; text long date enum … (SHOW_FIELDS) */
    str label;               /* message id */
    bool required;
    str value;
    const char *const *choices;       /* codes; ends with NULL. NULL: none */
    str (*choice_label)(size_t choice); /* message id */
};
/* The whole form. name: of its table of fields. */
void plan_field_form(struct doc *, const struct form *, const char *name, const struct form_field *, size_t n);

/* A code with words of its own, where the same code says something else in another room. label: a message id. */
struct cell plan_enum_cell(str code, str label);
/* A code of data by its name, as a column of kind ENUM has it: programs read the code, people the name. No code: nothing. */
struct cell plan_named_cell(str code, str ja, str en);
struct cell plan_edition_step_cell(str step); /* "circulate" … */

struct two_texts {
    const char *key;
    str label, stands, given; /* label: message id */
};
/* Says that nothing was changed, since another changed it meanwhile, and shows what stands beside what was given. */
void plan_two_texts(struct doc *, const struct two_texts *, size_t n);

#endif
