/* Kinds as they stand in the store, and read again by kind.c. */
#ifndef MEGURI_CASE_KINDS_STORE_H
#define MEGURI_CASE_KINDS_STORE_H

#include "case/kind.h"

extern const struct sql_set kinds_sql_set;

enum err kinds_all(struct work *w, struct kind **out, size_t *n) MUST_USE; /* in order of definition */
enum err kind_by_code(struct work *w, str code, struct kind *out) MUST_USE; /* NOTFOUND with a fault */
const struct kind *kind_of(const struct kind *all, size_t n, int64_t id);
enum err kind_lines(struct work *w, int64_t kind, struct line **out, size_t *n) MUST_USE;
/* Puts the lines in place of those that stood; a new kind when id is 0. */
enum err kind_store(struct work *w, int64_t id, const struct kind *, const struct line *, size_t n) MUST_USE;
/* States and fields that stand in cases of the kind. */
enum err kind_used(struct work *w, int64_t kind, struct used *out) MUST_USE;

#endif
