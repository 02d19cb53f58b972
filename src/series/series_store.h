/* A series as the store has it. What may be seen is decided in the statements: public ones, and those of one's reach.
 */
#ifndef MEGURI_SERIES_SERIES_STORE_H
#define MEGURI_SERIES_SERIES_STORE_H

#include "base/decimal.h"
#include "series/period.h"
#include "series/series.h"

extern const struct sql_set series_sql_set;

/* row: of the file it is just being read from, 0 when it stands in the store. */
struct series_part {
    str code, ja, en, role; /* role: part (adds to the total) among (of the total, not all of it) total apart */
    int64_t row;
};
struct definition {
    str since, counted_ja, counted_en, source_ja, source_en;
    int64_t first; /* the first day it holds */
    int64_t row;
};
struct point {
    str period, part;
    int64_t key;
    str text; /* as published */
    struct decimal value;
    bool has_n, has_d;
    int64_t n, d;
    str flag, note_ja, note_en;
    int64_t row;
};
struct target {
    str period, part;
    int64_t key;
    str text;
    struct decimal value;
    str source, note_ja, note_en;
    int64_t row;
};
struct past {
    str what, period, part, was, became, reason;
    int64_t at;
};
struct indicator {
    int64_t id, org, org_lo;
    str org_code, org_ja, org_en;
    bool open, counted; /* open: public; counted: from the rounds of the inspection, not from a file (counted.h) */
    str code, ja, en, unit_ja, unit_en, direction, kind, area, owner_ja, owner_en;
    struct series_part *parts;
    size_t n_parts;
    struct definition *definitions; /* in order of time */
    size_t n_definitions;
    struct point *points;         /* in order of time, then of the parts */
    size_t n_points, points_room; /* room: of how many, while more come */
    struct target *targets;       /* likewise */
    size_t n_targets, targets_room;
};

/* All that may be seen, by area and code, heads alone. area empty: all. */
enum err indicators_all(struct work *w, str area, struct indicator **out, size_t *n) MUST_USE;
/* Head alone, and whole. NOTFOUND without a fault. */
enum err indicator_head(struct work *w, str code, struct indicator *out) MUST_USE;
enum err indicator_fill(struct work *w, struct indicator *) MUST_USE;
/* Is the code taken, seen or not? For acts. */
enum err indicator_taken(struct work *w, str code, bool *out) MUST_USE;
enum err indicators_count(struct work *w, int64_t *out) MUST_USE; /* likewise */
enum err series_pasts_of(struct work *w, int64_t series, struct past **out, size_t *n) MUST_USE;

enum err indicator_put(struct work *w, struct indicator *) MUST_USE; /* id 0: a new one; fills it */
enum err series_part_put(struct work *w, int64_t series, int64_t ord, const struct series_part *) MUST_USE;
enum err definition_put(struct work *w, int64_t series, const struct definition *) MUST_USE;
enum err point_put(struct work *w, int64_t series, const struct point *) MUST_USE;
enum err target_put(struct work *w, int64_t series, const struct target *) MUST_USE;
enum err series_past_add(struct work *w, int64_t series, const struct past *) MUST_USE;

#endif
