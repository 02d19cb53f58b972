#include "cascade/final_wheel.h"

#include <string.h>

static struct wheel_ring ring(struct arena *a)
{
    return (struct wheel_ring){arena_array(a, WHEEL_SLOTS, sizeof(uint32_t)), arena_array(a, WHEEL_SLOTS / 64, sizeof(uint64_t))};
}

void wheel_make(struct arena *a, struct wheel *w)
{
    *w = (struct wheel){.a = a, .minute = ring(a), .block = ring(a), .n = 1};
}

/* Grown outside the arena's habit of zeroing twice what is copied: lines are filled before they are read. */
static uint32_t line(struct wheel *w)
{
    if (w->spare != 0) {
        uint32_t l = w->spare;
        w->spare = w->line[l].next;
        return l;
    }
    w->line = arena_more(w->a, w->line, w->n, &w->room, sizeof *w->line);
    return (uint32_t)w->n++;
}

static void put(struct wheel *w, struct wheel_ring *r, uint32_t slot, struct wheel_event e)
{
    uint32_t l = r->slot[slot];
    if (l == 0 || w->line[l].n == WHEEL_LINE) {
        uint32_t fresh = line(w);
        w->line[fresh].next = l;
        w->line[fresh].n = 0;
        r->slot[slot] = l = fresh;
        r->used[slot / 64] |= UINT64_C(1) << slot % 64;
    }
    w->line[l].event[w->line[l].n++] = e;
}

void wheel_put(struct wheel *w, tick at, uint32_t what)
{
    uint32_t block = at >> WHEEL_BITS, minute = at & (WHEEL_SLOTS - 1);
    if (block == w->now) put(w, &w->minute, minute, (struct wheel_event){what, minute});
    else put(w, &w->block, block, (struct wheel_event){what, minute});
}

/* The first used slot from `from` on, or WHEEL_SLOTS. */
static uint32_t used(const struct wheel_ring *r, uint32_t from)
{
    if (from >= WHEEL_SLOTS) return WHEEL_SLOTS;
    uint64_t bits = r->used[from / 64] >> from % 64 << from % 64;
    for (uint32_t k = from / 64;; bits = r->used[k]) {
        if (bits != 0) return k * 64 + (uint32_t)__builtin_ctzll(bits);
        if (++k == WHEEL_SLOTS / 64) return WHEEL_SLOTS;
    }
}

static uint32_t empty(struct wheel_ring *r, uint32_t slot)
{
    uint32_t l = r->slot[slot];
    r->slot[slot] = 0;
    r->used[slot / 64] &= ~(UINT64_C(1) << slot % 64);
    return l;
}

static void give_back(struct wheel *w, uint32_t l)
{
    w->line[l].next = w->spare;
    w->spare = l;
}

bool wheel_next(struct wheel *w, tick from, tick *at)
{
    uint32_t minute = from >> WHEEL_BITS == w->now ? used(&w->minute, from & (WHEEL_SLOTS - 1)) : WHEEL_SLOTS;
    if (minute == WHEEL_SLOTS) {
        uint32_t block = used(&w->block, w->now);
        if (block == WHEEL_SLOTS) return false;
        w->now = block;
        for (uint32_t l = empty(&w->block, block), next; l != 0; l = next) {
            struct wheel_line copy = w->line[l];
            next = copy.next;
            give_back(w, l);
            for (uint32_t k = 0; k < copy.n; k++) put(w, &w->minute, copy.event[k].minute, copy.event[k]);
        }
        minute = used(&w->minute, 0);
    }
    *at = w->now << WHEEL_BITS | minute;
    return true;
}

uint32_t wheel_take(struct wheel *w, tick at, uint32_t what[WHEEL_TAKE])
{
    uint32_t slot = at & (WHEEL_SLOTS - 1), l = w->minute.slot[slot], n = 0;
    if (l == 0) return 0;
    while (l != 0 && n + WHEEL_LINE <= WHEEL_TAKE) {
        const struct wheel_line *x = &w->line[l];
        uint32_t next = x->next;
        for (uint32_t k = 0; k < x->n; k++) what[n++] = x->event[k].what;
        give_back(w, l);
        l = next;
    }
    if (l == 0) empty(&w->minute, slot);
    else w->minute.slot[slot] = l;
    return n;
}
