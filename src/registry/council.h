/* Councils, their meetings, and the acts that enter them. */
#ifndef MEGURI_REGISTRY_COUNCIL_H
#define MEGURI_REGISTRY_COUNCIL_H

#include "registry/registry_csv.h"
#include "registry/registry.h"
#include "surface/reference.h"

entry_fn registry_view_councils;
entry_fn registry_view_meetings;
entry_fn registry_view_meeting;
entry_fn registry_view_cited;
entry_fn registry_act_meeting;
entry_fn registry_act_document;
entry_fn registry_act_decision;
entry_fn registry_act_strike;

str meeting_words(struct arena *, enum lang, const struct meeting *); /* "Security Policy Council, meeting no. 13" */

/* Acts that enter one row read and check it as a row of a file. mask: the fields that were given; field `at` takes
 * `preset` where it was not. */
enum err registry_record_given(struct work *w, enum kind_id, const struct args *in, size_t at, str preset, struct record *out,
                      unsigned *mask) MUST_USE;
/* Adds it, or changes what stands under its key; what is not in the mask stays. */
enum err registry_record_enter(struct work *w, enum kind_id, struct record *, unsigned mask) MUST_USE;

/* Columns that lead to what references name, and in the last, for data, the references as they are. */
enum { REF_COLUMNS = REFERENCE_COLUMNS + 1 };
size_t registry_refs_columns(const struct reference_table *, struct column *out); /* how many, REF_COLUMNS at most */
void registry_refs_cells(const struct reference_table *, str ref, struct cell *out); /* as many */

/* A code of a file, in words: a kind of document, how something was decided, a kind of date. */
struct cell council_word_cell(str code);

#endif
