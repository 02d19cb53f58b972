#include "case/clock.h"

#include "base/clock.h"

static bool works(int64_t day, const int64_t *off, size_t n)
{
    int64_t weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; 0 is Monday */
    for (size_t i = 0; i < n && off[i] <= day; i++)
        if (off[i] == day) return false;
    return weekday < 5;
}

/* The n-th working day after `from`. */
static enum err after_working_days(struct work *w, int64_t from, int64_t n, int64_t *out)
{
    int64_t *off, day = from;
    size_t n_off;
    enum err e = days_off_after(w, from, &off, &n_off);
    if (e != OK) return e;
    for (int64_t left = n; left > 0; left -= works(day, off, n_off)) day++;
    *out = day;
    return OK;
}

enum err working_days(struct work *w, int64_t from, int64_t until, int64_t *out)
{
    int64_t *off, count = 0;
    size_t n_off;
    enum err e = days_off_after(w, from, &off, &n_off);
    if (e != OK) return e;
    for (int64_t day = from + 1; day <= until; day++) count += works(day, off, n_off);
    *out = count;
    return OK;
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
    i->has_due = true;
    return after_working_days(w, today(w), s->days, &i->due);
}
