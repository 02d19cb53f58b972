/* A period as a publication names it: 2007, FY2006, 2023Q1, FY2023Q1 (April to June), 2008-11, 2007-05-21. Pure. */
#ifndef MEGURI_SERIES_PERIOD_H
#define MEGURI_SERIES_PERIOD_H

#include "base/lang.h"

enum period_kind {
    PERIOD_YEAR,
    PERIOD_FISCAL,
    PERIOD_QUARTER,
    PERIOD_FISCAL_QUARTER,
    PERIOD_MONTH,
    PERIOD_DAY,
    PERIOD_KINDS
};
extern const char *const period_kind_words[]; /* year fiscal-year quarter fiscal-quarter month day; ends with NULL */

struct period {
    enum period_kind kind;
    int64_t first, last; /* days since 1970 */
    int64_t key;         /* orders periods of all kinds: by their last day, the shorter before the longer */
};
enum { PERIOD_YEAR_FIRST = 1868, PERIOD_YEAR_LAST = 2999, PERIOD_BYTES_MAX = 10 };

bool period_parse(str, struct period *out);
struct period period_of_day(int64_t day);
/* The whole of the calendar or fiscal year that it is a quarter or month of; of a month by `fiscal`. */
str period_year(struct arena *, const struct period *, bool fiscal);
/* 2023年度第1四半期; FY2023 Q1. */
str period_words(struct arena *, enum lang, str period);

#endif
