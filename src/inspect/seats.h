/* The respondents of a round, found by code: the index an import works with. Loaded whole for a large file, asked for
 * one by one for a small one, so that a correction of ten sheets does not read a million rows. There may be two million
 * of them, so a seat is small; its code and its answers stand in pools beside it. */
#ifndef MEGURI_INSPECT_SEATS_H
#define MEGURI_INSPECT_SEATS_H

#include "inspect/inspect_store.h"

struct seat {
    int64_t id;
    const uint8_t *excepted; /* NULL: none */
    uint8_t *answers;        /* filed by the file being read: seats_answers */
    const char *code;        /* its length in the first byte */
    uint32_t node, binding;  /* indexes of the round's */
    uint32_t row;            /* of the file being read, 0 when not yet seen (a file of 4 GiB has no more rows) */
    int8_t state;
    int8_t was;              /* state of the sheet that stands, -1 none; filled by import when loaded whole */
    uint8_t source;          /* which of the files filed together it came in */
    bool own : 1;            /* the sheet of the person who acts */
    bool mine : 1;           /* a system or device that the acting post answers for; filled by bulk */
    bool entered : 1;        /* the person who acts entered it for another */
    bool leaves : 1;         /* its reason leaves the denominator while nothing is known */
    bool replaces : 1;       /* the sheet that stands has other answers; filled by import */
};

struct seats;
enum err seats_load(struct work *w, const struct round *r, bool whole, struct seats **out) MUST_USE;
/* Systems and devices alone. */
enum err seats_load_devices(struct work *w, const struct round *r, struct seats **out) MUST_USE;
/* NOTFOUND without a fault; the seat stays where it is while the work lasts. */
enum err seats_find(struct seats *, str code, struct seat **out) MUST_USE;
size_t seats_n(const struct seats *);
struct seat *seats_at(struct seats *, size_t i); /* in order of id when loaded whole, else in order asked for */
struct seat *seats_by_id(struct seats *, int64_t id); /* only when loaded whole; NULL when absent */
/* Room for the answers of a seat, all unanswered; in seat->answers from then on. */
uint8_t *seats_answers(struct seats *, struct seat *);
static inline str seat_code(const struct seat *s) { return (str){s->code + 1, (unsigned char)s->code[0]}; }
static inline const struct binding *seat_binding(const struct round *r, const struct seat *s)
{
    return &r->bindings[s->binding];
}

#endif
