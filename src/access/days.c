#include "access/days.h"

#include "base/clock.h"

/* 1970-01-01 was a Thursday. */
int weekday_of(int64_t day) { return (int)(((day + 3) % 7 + 7) % 7); }

/* How many days off are recorded before `day`. */
static size_t before(const struct days *c, int64_t day)
{
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->off[mid] < day) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

bool days_know(const struct days *c, int64_t day)
{
    size_t i = before(c, day);
    int year = calendar_year(day);
    return (i < c->n && calendar_year(c->off[i]) == year) || (i > 0 && calendar_year(c->off[i - 1]) == year);
}

bool day_works(const struct days *c, int64_t day)
{
    size_t i = before(c, day);
    return weekday_of(day) < 5 && !(i < c->n && c->off[i] == day);
}

/* Mondays to Fridays before `day`, counted from 1970-01-05, a Monday; negative before it. */
static int64_t weekdays_before(int64_t day)
{
    int64_t over = weekday_of(day), monday = day - over;
    return (monday - 4) / 7 * 5 + (over < 5 ? over : 5);
}

int64_t days_between(const struct days *c, int64_t from, int64_t until)
{
    if (until < from) return -days_between(c, until, from);
    int64_t n = weekdays_before(until + 1) - weekdays_before(from + 1);
    for (size_t i = before(c, from + 1); i < c->n && c->off[i] <= until; i++) n -= weekday_of(c->off[i]) < 5;
    return n;
}

int64_t days_step(const struct days *c, int64_t from, int64_t n)
{
    int64_t left = n > DAYS_STEP_MAX ? DAYS_STEP_MAX : n < -DAYS_STEP_MAX ? -DAYS_STEP_MAX : n;
    int64_t way = left > 0 ? 1 : -1, day = from;
    if (left < 0) left = -left;
    if (left == 0) {
        for (int i = 0; i < DAYS_STEP_MAX && !day_works(c, day); i++) day--;
        return day;
    }
    while (left > 0) {
        day += way;
        left -= day_works(c, day);
    }
    return day;
}
