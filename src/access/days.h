/* The calendar of working days: Mondays to Fridays without the days off that are recorded (table day_off: public
 * holidays, the turn of the year). Loaded once per piece of work; all else is pure. Days are days since 1970.
 *
 * A year of which no day off is recorded is counted all the same, and days_know says so: a page that counts days tells
 * its reader. */
#ifndef MEGURI_ACCESS_DAYS_H
#define MEGURI_ACCESS_DAYS_H

#include "store/store.h"

enum { DAYS_STEP_MAX = 400 }; /* the most working days that days_step goes */

struct days {
    const int64_t *off; /* sorted, each once */
    size_t n;
};
enum err days_load(struct work *w, struct days *out) MUST_USE;

int weekday_of(int64_t day); /* Monday is 0, Sunday 6 */
bool days_know(const struct days *, int64_t day); /* is any day off of that calendar year recorded? */
bool day_works(const struct days *, int64_t day);
/* Working days after `from` up to and with `until`; negative, and counted the other way round, when it is past. */
int64_t days_between(const struct days *, int64_t from, int64_t until);
/* The n-th working day after `from`, before it for a negative n; with 0 `from` itself, or where that is off the last
 * working day before it. n is cut to DAYS_STEP_MAX either way. */
int64_t days_step(const struct days *, int64_t from, int64_t n);

#endif
