/* A radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990), for times that only go forward: an event lies in the bucket of the highest bit in which its
 * time differs from the time last taken, and is dealt out to lower ones when that bucket is the first. Buckets are written and read from one
 * end to the other, where a heap of events jumps about in memory. */
#include <assert.h>

#include "cascade/spread_work.h"

void batch_put(struct arena *a, struct batch *b, struct event e)
{
    b->event = arena_more(a, b->event, b->n, &b->room, sizeof *b->event);
    b->event[b->n++] = e;
}

static struct chunk *chunk(struct queue *q, struct chunk *next)
{
    struct chunk *c = q->spare == NULL ? arena_alloc(q->a, sizeof *c) : q->spare;
    q->spare = c->next;
    c->next = next;
    c->n = 0;
    return c;
}

void queue_put(struct queue *q, struct event e)
{
    unsigned k = 31 - (unsigned)__builtin_clz(e.at ^ q->last);
    struct chunk **b = &q->bucket[k];
    if (*b == NULL || e.at < q->least[k]) q->least[k] = e.at;
    if (*b == NULL || (*b)->n == CHUNK) *b = chunk(q, *b);
    q->used |= UINT32_C(1) << k;
    (*b)->event[(*b)->n++] = e;
}

/* Times in one bucket are before those in the next: their higher bits are the same, and this one is lower. */
tick queue_next(const struct queue *q) { return q->used == 0 ? TICK_NEVER : q->least[__builtin_ctz(q->used)]; }

static void deal(struct queue *q, struct batch batch[EVENTS], struct event e)
{
    if (e.at == q->last) batch_put(q->a, &batch[e.kind & 0xF], e);
    else queue_put(q, e);
}

void queue_take(struct queue *q, struct batch batch[EVENTS])
{
    unsigned first = (unsigned)__builtin_ctz(q->used);
    struct chunk *c = q->bucket[first];
    q->bucket[first] = NULL;
    q->last = q->least[first];
    q->used &= ~(UINT32_C(1) << first);
    for (struct chunk *next; c != NULL; c = next) {
        next = c->next;
        for (size_t k = 0; k < c->n; k++) deal(q, batch, c->event[k]);
        c->next = q->spare;
        q->spare = c;
    }
}

void queue_clear(struct queue *q)
{
    assert(q->used == 0); /* what lies behind the end of a run is never put */
    q->last = 0;
}
