/* Reports and notices counted as they are published: by type of event, by fiscal year and quarter of Japan. Pure. */
#ifndef MEGURI_SHARE_STATISTICS_H
#define MEGURI_SHARE_STATISTICS_H

#include "share/report_fields.h"

enum { QUARTERS = 4, EARLIER_MAX = 20, PERIODS_MAX = EARLIER_MAX + QUARTERS + 1 };

/* What is counted over: fiscal years before the one asked for, its four quarters, and the year itself, in this order. */
struct periods {
    int first, year; /* fiscal years; first is not after year, and at most EARLIER_MAX before it */
    size_t earlier, n;
    int64_t from, until; /* of all of it: seconds since 1970, until not in it */
};
struct periods periods_of(int first, int year);
/* Where an instant belongs: an earlier year, or a quarter (never the year itself, which is summed). False: in none of
 * them. */
bool period_at(const struct periods *, int64_t seconds, size_t *out);

/* A report, as far as it is counted. */
struct tallied {
    int64_t id, at;
    bool government; /* from a ministry or an agency: published apart from the operators' */
    str event, sector, sector_ja, sector_en, ground, causes; /* causes: parted by blanks */
    int64_t sector_lo; /* place in official order */
    int severity;      /* 0 … 4; -1: not said */
    str level, verification, spread;
};
struct told_notice {
    int64_t at;
    bool update;
};

/* One table of counts: its rows are codes, its columns the periods. */
struct crossed {
    const struct periods *periods;
    const str *row; /* codes */
    size_t n_rows;
    int64_t *n; /* row by row */
};
struct crossed crossed_new(struct arena *, const struct periods *, const str *row, size_t n_rows);
/* nothing where the instant is in none of the periods */
void crossed_add(struct crossed *, size_t row, int64_t seconds);
void crossed_close(struct crossed *); /* sums the quarters of the year; nothing is added afterwards */
int64_t crossed_at(const struct crossed *, size_t row, size_t period);
/* Over all rows; in the column of the year too. */
int64_t crossed_total(const struct crossed *, size_t period);
/* Do the quarters add up to the year in every row, and the rows to `total` in every column? */
bool crossed_foots(const struct crossed *, const struct crossed *total);

/* The published groups of types: what did not happen yet; confidentiality, integrity and availability; what leads
 * there. */
enum event_group { GROUP_NEAR_MISS, GROUP_HAPPENED, GROUP_LEADING, EVENT_GROUPS };
enum event_group event_group(enum event);
str event_group_word(enum event_group); /* not-happened happened leading */

/* Did the service fall below the level at which a failure counts? Both in percent, as they were reported. */
enum deviation { DEVIATION_BELOW, DEVIATION_HELD, DEVIATION_UNSAID, DEVIATIONS };
enum deviation deviation_of(str level, str verification);
str deviation_word(enum deviation); /* below held unsaid */

#endif
