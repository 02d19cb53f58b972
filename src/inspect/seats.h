/* The respondents of a round, found by code: the index an import works with. Loaded whole for a large file, asked for one
 * by one for a small one, so that a correction of ten sheets does not read a million rows. */
#ifndef MEGURI_INSPECT_SEATS_H
#define MEGURI_INSPECT_SEATS_H

#include "inspect/inspect_store.h"

struct seat {
    int64_t id, person; /* person 0: none, as of a vacant post or a device */
    size_t node;
    const struct binding *binding;
    const uint8_t *excepted; /* NULL: none */
    bool leaves;             /* its reason leaves the denominator while nothing is known */
    int64_t row;             /* of the file being read, 0 when not yet seen */
    uint8_t *answers;        /* filed by the file being read */
    int state;
    int was;                 /* state of the sheet that stands, -1 none; filled by import */
    const uint8_t *old;      /* its answers where they differ */
};

struct seats;
enum err seats_load(struct work *w, const struct round *r, bool whole, struct seats **out) MUST_USE;
/* NOTFOUND without a fault; the seat stays where it is while the work lasts. */
enum err seats_find(struct seats *, str code, struct seat **out) MUST_USE;
size_t seats_n(const struct seats *);
struct seat *seats_at(struct seats *, size_t i); /* in order of id when loaded whole, else in order asked for */
struct seat *seats_by_id(struct seats *, int64_t id); /* only when loaded whole; NULL when absent */
str seats_code(const struct seats *, const struct seat *);

#endif
