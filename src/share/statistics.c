#include "share/statistics.h"

#include <assert.h>

#include "access/access.h"
#include "base/clock.h"
#include "base/decimal.h"

/* ---- periods ---- */

static int64_t leap_days(int64_t year) { return year / 4 - year / 100 + year / 400; } /* up to the end of that year */

static int64_t year_begins(int64_t year) /* 1 April, midnight in Japan */
{
    enum { APRIL = 90 }; /* days from 1 January to 1 April, but for 29 February */
    return ((year - 1970) * 365 + leap_days(year) - leap_days(1969) + APRIL) * DAY - JAPAN;
}

struct periods periods_of(int first, int year)
{
    size_t earlier = (size_t)(year - first);
    assert(first <= year && earlier <= EARLIER_MAX);
    return (struct periods){first, year, earlier, earlier + QUARTERS + 1, year_begins(first), year_begins(year + 1)};
}

/* Days since 1 April; 29 February lies in the last quarter, so it moves no boundary. */
static size_t quarter_at(int64_t day)
{
    enum { JULY = 91, OCTOBER = 183, JANUARY = 275 };
    return day < JULY ? 0 : day < OCTOBER ? 1 : day < JANUARY ? 2 : 3;
}

bool period_at(const struct periods *p, int64_t seconds, size_t *out)
{
    if (seconds < p->from || seconds >= p->until) return false;
    int year = fiscal_year(japan_day(seconds));
    *out = year < p->year ? (size_t)(year - p->first) : p->earlier + quarter_at((seconds - year_begins(year)) / DAY);
    return true;
}

/* ---- tables of counts ---- */

struct crossed crossed_new(struct arena *a, const struct periods *p, const str *row, size_t n_rows)
{
    int64_t *n = arena_array(a, (n_rows + 1) * p->n, sizeof *n);
    for (size_t i = 0; i < n_rows * p->n; i++) n[i] = 0;
    return (struct crossed){p, row, n_rows, n};
}

void crossed_add(struct crossed *c, size_t row, int64_t seconds)
{
    size_t period;
    assert(row < c->n_rows);
    if (period_at(c->periods, seconds, &period)) c->n[row * c->periods->n + period]++;
}

void crossed_close(struct crossed *c)
{
    const struct periods *p = c->periods;
    for (size_t row = 0; row < c->n_rows; row++)
        for (size_t q = 0; q < QUARTERS; q++) c->n[row * p->n + p->n - 1] += c->n[row * p->n + p->earlier + q];
}

int64_t crossed_at(const struct crossed *c, size_t row, size_t period) { return c->n[row * c->periods->n + period]; }

int64_t crossed_total(const struct crossed *c, size_t period)
{
    int64_t n = 0;
    for (size_t row = 0; row < c->n_rows; row++) n += crossed_at(c, row, period);
    return n;
}

static bool row_foots(const struct crossed *c, size_t row)
{
    int64_t n = 0;
    for (size_t q = 0; q < QUARTERS; q++) n += crossed_at(c, row, c->periods->earlier + q);
    return n == crossed_at(c, row, c->periods->n - 1);
}

bool crossed_foots(const struct crossed *c, const struct crossed *total)
{
    for (size_t row = 0; row < c->n_rows; row++)
        if (!row_foots(c, row)) return false;
    for (size_t p = 0; p < c->periods->n; p++)
        if (crossed_total(c, p) != crossed_total(total, p)) return false;
    return true;
}

/* ---- what a report counts as ---- */

enum event_group event_group(enum event e)
{
    return e == EVENT_NEAR_MISS ? GROUP_NEAR_MISS : e < EVENT_INFECTION ? GROUP_HAPPENED : GROUP_LEADING;
}

str event_group_word(enum event_group g)
{
    static const str words[EVENT_GROUPS] = {[GROUP_NEAR_MISS] = S_INIT("not-happened"),
                                            [GROUP_HAPPENED] = S_INIT("happened"),
                                            [GROUP_LEADING] = S_INIT("leading")};
    return words[g];
}

enum deviation deviation_of(str level, str verification)
{
    struct decimal is, should;
    if (!decimal_parse(level, &is) || !decimal_parse(verification, &should)) return DEVIATION_UNSAID;
    return decimal_cmp(is, should) < 0 ? DEVIATION_BELOW : DEVIATION_HELD;
}

str deviation_word(enum deviation d)
{
    static const str words[DEVIATIONS] = {
        [DEVIATION_BELOW] = S_INIT("below"), [DEVIATION_HELD] = S_INIT("held"), [DEVIATION_UNSAID] = S_INIT("unsaid")};
    return words[d];
}
