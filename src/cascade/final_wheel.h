/* Events in the order of time, for times that only go forward: a timing wheel of two rings (Varghese and Lauck 1987).
 *
 * The inner ring has a slot for each minute of the block of 65,536 minutes that is now, the outer one a slot for each block; a block's events
 * are dealt out to the inner ring when its time has come. So each event is put twice at most, whatever its time. Slots are chains of cache lines;
 * a bit a slot tells which are in use. */
#ifndef MEGURI_CASCADE_FINAL_WHEEL_H
#define MEGURI_CASCADE_FINAL_WHEEL_H

#include "cascade/net.h"

enum { WHEEL_BITS = 16, WHEEL_SLOTS = 1 << WHEEL_BITS, WHEEL_LINE = 7, WHEEL_TAKE = 5 * WHEEL_LINE };
struct wheel_event {
    uint32_t what, minute; /* of its block */
};
struct wheel_line {
    uint32_t next, n; /* 0: no other */
    struct wheel_event event[WHEEL_LINE];
};
struct wheel_ring {
    uint32_t *slot; /* line last begun; 0: none */
    uint64_t *used;
};
struct wheel {
    struct arena *a;
    struct wheel_ring minute, block;
    struct wheel_line *line; /* the first is never used */
    size_t n, room;
    uint32_t spare;          /* lines that are free again */
    uint32_t now;            /* the block */
};

void wheel_make(struct arena *, struct wheel *);
void wheel_put(struct wheel *, tick at, uint32_t what);
/* The next minute, from `from` on, that has events; false: there is none. */
bool wheel_next(struct wheel *, tick from, tick *at);
/* Events of that minute, at most WHEEL_TAKE of them; 0: no more. What is put meanwhile for the same minute comes too. */
uint32_t wheel_take(struct wheel *, tick at, uint32_t what[WHEEL_TAKE]);

#endif
