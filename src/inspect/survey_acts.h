/* What the files of urgent surveys share among themselves. */
#ifndef MEGURI_INSPECT_SURVEY_ACTS_H
#define MEGURI_INSPECT_SURVEY_ACTS_H

#include "inspect/survey_store.h"

enum err survey_seen(struct work *w, const struct survey *, bool *out) MUST_USE; /* does it concern the actor? */
bool survey_holds(const struct work *w, const struct survey *);                  /* may the actor close it? */
void survey_preview(struct work *w, const struct survey *, struct doc *out);     /* the form as those asked will see it */

/* May the actor speak for the organisation, and not only for single systems? */
bool survey_speaks(const struct work *w, const struct survey_org *);
/* May they say that its answers are complete? Faults otherwise. */
enum err survey_says_all(struct work *w, const struct survey *, const struct survey_org *) MUST_USE;
/* Where replies are the organisation's own: is the actor inside it? Others are shown none. Everybody where they are not. */
bool survey_own_eyes(const struct work *w, const struct survey *, const struct survey_org *);
/* A survey that is open, by code, for whom may answer at all; faults otherwise. */
enum err survey_answerable(struct work *w, str code, struct survey *out) MUST_USE;
/* A reply as a file gives it: by question the text, where the file has that column. */
struct survey_cells {
    struct where at; /* of the row */
    bool has[SURVEY_QUESTIONS_MAX];
    str text[SURVEY_QUESTIONS_MAX];
    struct where where[SURVEY_QUESTIONS_MAX];
};
enum err survey_row_given(struct work *w, const struct survey *, const struct survey_org *, str name, const struct survey_cells *, bool *changed) MUST_USE;
/* Words of what is asked for: systems or essential services. */
enum survey_word { WORD_ONE, WORD_ANSWERED_FOR, WORD_OF_ALL, WORD_LIST, WORD_BY, WORD_NONE, WORD_UNLISTED, WORD_NAME, WORD_REST, WORD_OF, SURVEY_WORDS };
str survey_word(const struct survey *, enum survey_word); /* message id */
str survey_why(enum lang, const struct survey *);         /* what it is about, in the reader's language where both are there */
/* Where to do the same by file. */
void survey_files_link(const struct survey *, struct doc *);
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
