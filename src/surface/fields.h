/* Forms whose fields are rows of a table (SHOW_FIELDS), since data says what is asked; and two texts side by side, where another was
 * quicker. */
#ifndef MEGURI_SURFACE_FIELDS_H
#define MEGURI_SURFACE_FIELDS_H

#include "surface/doc.h"

/* Inside a form; doc_table_end ends it. name: of the table. */
void fields_begin(struct doc *, const char *name);
void fields_table(struct doc *, const char *name); /* the same as a table of a view */
/* name: of the parameter, field.KEY of a MAP; type: text long date time int enum code hash flag
 * several (boxes for its choices; value: those that are ticked, parted by blanks; the parameter is MANY). */
void field_row(struct doc *, str name, const char *type, struct cell label, bool required, struct cell help, struct cell value);
void field_choice(struct doc *, str name, str code, struct cell label); /* of the enum before it */
void field_fold(struct doc *, struct cell label); /* what follows is seldom filled in at first: a page folds it away */

/* ---- two people at once ---- */
struct two_texts {
    str label, stands, given; /* label: message id */
};
/* The table "both_texts"; pairs that are equal are left out. */
void two_texts_table(struct doc *, const struct two_texts *, size_t n);
/* Says that nothing was written, since another changed it meanwhile, and shows both. The form to send again is the caller's. */
void two_texts_told(struct doc *, const struct two_texts *, size_t n);

#endif
