#include "case/clock.h"

#include "access/days.h"
#include "base/clock.h"

void state_stay(const struct kind *k, const struct item_value *v, size_t n, struct item *i)
{
    const struct kind_state *s = kind_state(k, i->state);
    int64_t day;
    if (s->due.n == 0 || !date_parse(value_in(v, n, s->due), &day)) return;
    i->has_due = true;
    i->due = day;
}

enum err state_enter(struct work *w, const struct kind *k, str state, const struct item_value *v, size_t n,
                     struct item *i)
{
    const struct kind_state *s = kind_state(k, state);
    i->state = s->code;
    i->entered = today(w);
    i->shared = s->shared;
    i->has_ended = s->ended;
    i->ended = s->ended ? today(w) : 0;
    i->has_due = false;
    i->due = 0;
    if (s->due.n != 0) i->has_due = date_parse(value_in(v, n, s->due), &i->due);
    if (s->days == 0) return OK;
    struct days days;
    enum err e = days_load(w, &days);
    i->has_due = true;
    if (e == OK) i->due = days_step(&days, today(w), s->days);
    return e;
}
