/* References of cases (surface/reference.h): what a case comes from, and what came of it. */
#ifndef MEGURI_CASE_REFERENCE_H
#define MEGURI_CASE_REFERENCE_H

#include "case/reference_store.h"
#include "surface/entry.h"
#include "surface/reference.h"

/* Those given with --source, each once, in order. The form of each is checked, and of what lies below this room whether
 * it is there and within the actor's sight: one sentence says either, so that nobody learns what they may not see. */
enum err references_take(struct work *w, const struct args *in, str **out, size_t *n) MUST_USE;
enum err references_store(struct work *w, int64_t item, const str *all, size_t n) MUST_USE;

/* Those of a case, without cases that the actor may not see. */
enum err references_seen(struct work *w, int64_t item, enum relation, str **out, size_t *n) MUST_USE;

/* "case:NUMBER" of the cases that name it as their source, as far as the actor may see them. */
enum err references_naming(struct work *w, str target, str **out, size_t *n) MUST_USE;

/* On the page of a case: what it comes from, what names it as its source, and what it was taken over into. */
enum err references_show(struct work *w, const struct item *, const struct kind *kinds, size_t n_kinds,
                         struct doc *out) MUST_USE;

#endif
