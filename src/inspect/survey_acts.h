/* What the files of urgent surveys share among themselves. */
#ifndef MEGURI_INSPECT_SURVEY_ACTS_H
#define MEGURI_INSPECT_SURVEY_ACTS_H

#include "inspect/survey_store.h"

enum err survey_seen(struct work *w, const struct survey *, bool *out) MUST_USE; /* does it concern the actor? */
bool survey_holds(const struct work *w, const struct survey *);                  /* may the actor close it? */
void survey_preview(struct work *w, const struct survey *, struct doc *out);     /* the form as those asked will see it */

/* May the actor speak for the organisation, and not only for single systems? */
bool survey_speaks(const struct work *w, const struct survey_org *);
/* The organisation asked that is meant: by code, else the only one the actor belongs to or reaches. */
enum err survey_org_given(struct work *w, const struct survey *, const struct org *given, struct survey_org *out) MUST_USE;
/* May the actor answer for this system of the register? */
bool survey_answers(const struct work *w, const struct survey_system *);

/* All systems there are, as far as is known, and those answered; "none concerned" answers for all. */
int64_t survey_total(const struct survey_org *);
int64_t survey_answered(const struct survey_org *);
/* survey-silent survey-answering survey-none survey-done */
str survey_stage(const struct survey_org *);

#endif
