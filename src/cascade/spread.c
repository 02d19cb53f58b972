/* One run: instant after instant, each in its phases (README.md). */
#include "cascade/spread_work.h"

tick spread_span(const struct spread_work *w, enum chance_use use, uint32_t which, uint32_t count, const struct span *s)
{
    return w->p->s->varied ? chance_span(w->chance, use, which, count, s) : chance_middle(s);
}

void spread_touch(struct spread_work *w, uint32_t i)
{
    if (w->service[i].touched) return;
    w->service[i].touched = true;
    w->services.of[w->services.n++] = i;
}

/* What is to happen in this very instant joins it; what lies behind the end of the run is forgotten. */
void spread_event(struct spread_work *w, tick at, enum event_kind kind, uint32_t what)
{
    if (at > w->p->s->until) return;
    struct event e = {at, what, kind};
    if (at > w->now) {
        queue_put(&w->queue, e);
        return;
    }
    batch_put(w->a, &w->batch[kind], e);
}

static void take_batch(struct spread_work *w)
{
    for (size_t k = 0; k < EVENTS; k++) w->batch[k].n = 0;
    if (queue_next(&w->queue) == w->now) queue_take(&w->queue, w->batch);
}

static void instant(struct spread_work *w)
{
    take_batch(w);
    w->wave = 0;
    w->rose = false;
    w->first_wave = ++w->waves;
    spread_own(w);
    spread_buffers_and_arrivals(w);
    spread_recheck(w);
    spread_fail(w);
    spread_restore(w);
    if (spread_start(w)) spread_restore(w);
    spread_needs_end(w);
    spread_told(w);
}

static tick next_time(const struct spread_work *w)
{
    const struct scenario *s = w->p->s;
    tick next = w->n_helped > 0 && w->lost_ground ? w->now + 1 : w->hour; /* or those helped are not looked at again */
    if (w->hour < next) next = w->hour;
    if (queue_next(&w->queue) < next) next = queue_next(&w->queue);
    if (w->strikes < s->n_strikes && s->strike[w->p->strike[w->strikes]].at < next) next = s->strike[w->p->strike[w->strikes]].at;
    if (w->notices < s->n_notices && s->notice[w->p->notice[w->notices]].at < next) next = s->notice[w->p->notice[w->notices]].at;
    return next;
}

void spread_go(struct spread_work *w)
{
    do {
        instant(w);
        w->now = next_time(w);
    } while (w->now <= w->p->s->until);
    spread_finish(w);
}

void spread_run(struct arena *a, const struct net *net, const struct scenario *s, uint32_t run, struct outcome *out)
{
    struct spread_plan p;
    spread_plan_make(a, net, s, &p);
    struct spread_work *w = spread_work_make(a, &p, true);
    spread_again(w, run, out);
    spread_go(w);
}
