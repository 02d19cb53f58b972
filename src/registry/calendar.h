/* When an entry of the calendar falls: pure. Its days are MM-DD, of every fiscal year or of one, or YYYY-MM-DD, once. */
#ifndef MEGURI_REGISTRY_CALENDAR_H
#define MEGURI_REGISTRY_CALENDAR_H

#include "surface/entry.h"

struct calendar_rule {
    int64_t year;    /* fiscal; 0: every one */
    str from, until; /* until empty: one day */
};
/* What is wrong with it, as a message id with %1 and %2 for the two days; empty: nothing. The days are good by
 * themselves (day_good). */
str calendar_wrong(const struct calendar_rule *);
/* Does it fall into this fiscal year, and when? Of a good rule. */
bool calendar_falls(const struct calendar_rule *, int year, int64_t *from, int64_t *until);

entry_fn registry_view_calendar;
entry_fn registry_act_date;

#endif
