/* What a judgement rests on: references to things of other rooms, "series:unauthorised-access", shown as links. */
#ifndef MEGURI_PLAN_EVIDENCE_H
#define MEGURI_PLAN_EVIDENCE_H

#include "plan/judge_store.h"

/* Every --evidence, each of one or several references parted by blanks or lines; each once, in order. INVALID with faults: of
 * another form, or more than EVIDENCE_MAX. */
enum err evidence_read(struct work *w, const struct args *in, const str **out, size_t *n) MUST_USE;
str evidence_text(struct arena *, const str *all, size_t n); /* a line each, as a form has them */

struct evidence_line {
    const struct plan_item *of; /* what it is about */
    str target; /* "series:…" */
};
/* A table with a column of links for each kind that occurs; nothing where there is none. What it is about is shown where the lines
 * are about several things. heading: a message id. */
void evidence_table(struct doc *, const char *name, str heading, const struct evidence_line *, size_t n);

#endif
