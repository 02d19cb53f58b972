/* Dates as the sources use them. A date is days since 1970-01-01; its text is YYYY-MM-DD. */
#ifndef MEGURI_BASE_CLOCK_H
#define MEGURI_BASE_CLOCK_H

#include "base/str.h"

enum { DATE_TEXT = 10 };

int64_t clock_now(void); /* seconds since 1970, UTC; only the edges ask */

bool date_parse(str s, int64_t *days);          /* YYYY-MM-DD, or YYYY/M/D as spreadsheets write it; 1868-01-01 … 9999-12-31 */
str date_text(struct arena *, int64_t days);
str time_text(struct arena *, int64_t seconds); /* RFC 3339, UTC: 2007-04-23T01:00:00Z */
int fiscal_year(int64_t days);                  /* 1 April to 31 March (財政法 第11条) */

/* 平成19年4月23日, 令和元年…; from 1868 on. */
str date_era(struct arena *, int64_t days);

#endif
