#include "cascade/spread_work.h"

enum { BRANCHES = 4 };

void queue_put(struct queue *q, struct event e)
{
    q->event = arena_more(q->a, q->event, q->n, &q->room, sizeof *q->event);
    size_t at = q->n++;
    for (; at > 0 && e.at < q->event[(at - 1) / BRANCHES].at; at = (at - 1) / BRANCHES)
        q->event[at] = q->event[(at - 1) / BRANCHES];
    q->event[at] = e;
}

struct event queue_take(struct queue *q)
{
    struct event first = q->event[0], e = q->event[--q->n];
    size_t at = 0;
    for (size_t child; (child = at * BRANCHES + 1) < q->n; at = child) {
        size_t end = child + BRANCHES < q->n ? child + BRANCHES : q->n;
        for (size_t k = child + 1; k < end; k++)
            if (q->event[k].at < q->event[child].at) child = k;
        if (e.at <= q->event[child].at) break;
        q->event[at] = q->event[child];
    }
    if (q->n > 0) q->event[at] = e;
    return first;
}
