/* series: what do the numbers say? Indicators over time, with what they count in versions, and targets. The rates and
 * grades of the inspection are series by themselves, read from its frozen figures (README.md). */
#ifndef MEGURI_SERIES_SERIES_H
#define MEGURI_SERIES_SERIES_H

#include "base/decimal.h"
#include "surface/entry.h"

extern const struct room series_room;

/* For pages of other rooms: what a series says last. Text lives with w->a. */
struct series_latest {
    str code, name_ja, name_en, unit_ja, unit_en, area, direction;
    bool has_value, has_change;
    str part_ja, part_en; /* of what, where the series has a dimension: its total, else its first */
    str period;           /* as published; series_period_words for people */
    struct decimal value, change;
    str before;           /* the period the change is from */
    bool broken;          /* there is an earlier value that it is not to be compared with */
    bool has_target, met; /* a target for that period; met: exactly, nothing is rounded */
    struct decimal target;
};
/* NOTFOUND with a fault, the same whether there is none or it is out of reach. */
enum err series_find(struct work *w, str code, struct series_latest *out) MUST_USE;
typedef enum err series_fn(void *to, const struct series_latest *);
enum err series_each(struct work *w, str area, series_fn *, void *to) MUST_USE; /* by area and code; area empty: all */
/* Chart and table, definitions and breaks as a block of another page. Faults as series_find. */
enum err series_block(struct work *w, str code, struct doc *out) MUST_USE;
struct cell series_area(str area);                             /* by its words, where the key is one of a basic plan */
str series_period_words(struct arena *, enum lang, str period); /* 2023年度第1四半期 */

/* Limits, stated where the data enters. */
enum {
    SERIES_ROWS_MAX = 20000, /* of one file */
    SERIES_MAX = 2000,
    SERIES_PARTS_MAX = 200,    /* of one series */
    SERIES_VERSIONS_MAX = 50,  /* of one definition */
    SERIES_VALUES_MAX = 10000, /* of one series */
    SERIES_NAME_MAX = 300,     /* bytes of names and units */
    SERIES_TEXT_MAX = 2000,    /* bytes of what is counted, sources, notes, reasons */
};

#endif
