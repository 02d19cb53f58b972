/* Dates as the sources use them. A date is days since 1970-01-01; its text is YYYY-MM-DD. */
#ifndef MEGURI_BASE_CLOCK_H
#define MEGURI_BASE_CLOCK_H

#include "base/str.h"

enum {
    DATE_TEXT = 10,
    DAY = 24 * 60 * 60, /* seconds */
    JAPAN = 9 * 3600,   /* seconds its clocks are ahead of UTC */
};

int64_t clock_now(void); /* seconds since 1970, UTC; only the edges ask */

/* For rehearsals the environment may move the clock of this program: MEGURI_CLOCK=+864000 (seconds ahead; -864000 back)
 * or the instant at which it begins, 2026-05-07T00:00:00Z. Read once, by the first who asks; what is forked keeps it.
 * Where it is neither, clock_now goes on truly and clock_moved answers CLOCK_WRONG: the edges refuse to begin. */
enum clock_moved { CLOCK_TRUE, CLOCK_MOVED, CLOCK_WRONG };
enum clock_moved clock_moved(void);
/* The offset that such words mean at `now`, in seconds, of a hundred years at most; false when they mean none. Pure. */
bool clock_offset(str words, int64_t now, int64_t *out);

bool date_parse(str s, int64_t *days);          /* YYYY-MM-DD, or YYYY/M/D as spreadsheets write it; 1868-01-01 … 9999-12-31 */
str date_text(struct arena *, int64_t days);
str time_text(struct arena *, int64_t seconds); /* RFC 3339, UTC: 2007-04-23T01:00:00Z */
bool time_parse(str s, int64_t *seconds);       /* 2007-04-23T01:00:00Z, and +09:00 in place of Z */
int calendar_year(int64_t days);
int fiscal_year(int64_t days);                  /* 1 April to 31 March (財政法 第11条) */

/* 平成19年4月23日, 令和元年…; from 1868 on. */
str date_era(struct arena *, int64_t days);

#endif
