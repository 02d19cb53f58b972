#ifndef MEGURI_SHARE_DRILL_STORE_H
#define MEGURI_SHARE_DRILL_STORE_H

#include "share/told.h"

extern const struct sql_set drill_sql_set;

enum err drill_put(struct work *, int64_t notice, bool by_phone) MUST_USE;
enum err drill_by_phone(struct work *, int64_t notice, bool *out) MUST_USE;
/* No letters for those of this notice: they are called. */
enum err letters_spare(struct work *, int64_t notice) MUST_USE;

/* Whom to call: not confirmed, directly below; those without a cause first, then what is due first. */
struct callee_row {
    struct delivery d;
    str name, phone;       /* of the first contact */
    int64_t confirmed;     /* when that was last confirmed */
};
enum err calls_find(struct work *, int64_t notice, int64_t parent, int64_t most, struct callee_row **out,
                    size_t *n) MUST_USE;

/* After a drill: directly below, those whose contacts need mending: stale when it began, changed, or not reached. */
struct mend {
    struct delivery d;
    bool stale;
    int64_t confirmed; /* its contact, when the drill began; 0: never, or none */
};
enum err mends_find(struct work *, int64_t notice, int64_t parent, int64_t most, struct mend **out, size_t *n) MUST_USE;
/* Below one parent (-1: all): how many had stale contacts, and how many of those confirmed. */
enum err stale_counts(struct work *, int64_t notice, int64_t parent, int64_t *stale, int64_t *reached) MUST_USE;

#endif
