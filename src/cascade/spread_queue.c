/* A radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990), for times that only go forward: an event lies in the bucket of the highest bit in which its
 * time differs from the time last taken, and is dealt out to lower ones when that bucket is the first. Buckets are written and read from one
 * end to the other, where a heap of events jumps about in memory. */
#include "cascade/spread_work.h"

void batch_put(struct arena *a, struct batch *b, struct event e)
{
    b->event = arena_more(a, b->event, b->n, &b->room, sizeof *b->event);
    b->event[b->n++] = e;
}

void queue_put(struct queue *q, struct event e)
{
    unsigned k = 31 - (unsigned)__builtin_clz(e.at ^ q->last);
    if (q->bucket[k].n == 0 || e.at < q->least[k]) q->least[k] = e.at;
    q->used |= UINT32_C(1) << k;
    batch_put(q->a, &q->bucket[k], e);
}

/* Times in one bucket are before those in the next: their higher bits are the same, and this one is lower. */
tick queue_next(const struct queue *q) { return q->used == 0 ? TICK_NEVER : q->least[__builtin_ctz(q->used)]; }

void queue_take(struct queue *q, struct batch batch[EVENTS])
{
    unsigned first = (unsigned)__builtin_ctz(q->used);
    struct batch *b = &q->bucket[first];
    q->last = q->least[first];
    q->used &= ~(UINT32_C(1) << first);
    for (size_t k = 0; k < b->n; k++) {
        struct event e = b->event[k];
        if (e.at == q->last) batch_put(q->a, &batch[e.kind & 0xF], e);
        else queue_put(q, e);
    }
    b->n = 0;
}

void queue_clear(struct queue *q)
{
    for (size_t k = 0; k < QUEUE_BUCKETS; k++) q->bucket[k].n = 0;
    q->used = q->last = 0;
}
