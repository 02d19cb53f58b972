/* Exact rates, their means, attainment and grades. Pure.
 *
 * Sources: METI overview 2007 (各省庁からの対策実施状況報告(2006年度)の概要: definitions and the worked example of a part);
 * 2nd Basic Plan 2009, figure 1 (把握率, 実施率, 到達率; there without 「の平均」: rule POOLED).
 * Every figure is a fraction (GMP) until it is shown. Shown with one decimal, half up, but never up to 100.0 nor up
 * across a grade boundary: 99.97 shows as 99.9, 79.96 as 79.9. */
#ifndef MEGURI_TALLY_RATES_H
#define MEGURI_TALLY_RATES_H

#include "base/arena.h"
#include "base/rate.h"
#include "base/str.h"
#include "tally/tally.h"

/* ---- exact fractions ---- */
struct frac; /* lives in its arena; never NULL */
struct frac *frac_new(struct arena *, int64_t n, int64_t d); /* d > 0 */
void frac_add(struct frac *, const struct frac *);
void frac_sub(struct frac *, const struct frac *);
void frac_over(struct frac *, int64_t by); /* divides; by > 0 */
int frac_cmp(const struct frac *, const struct frac *);
str frac_text(struct arena *, const struct frac *); /* "3/4" in lowest terms */
bool frac_parse(struct arena *, str text, struct frac **out); /* "3/4"; false when it is none */

/* ---- grades ---- */
/* From the best down; the last has at_least 0. In tenths of a percent: A 1000, B 800, C 600, D 0. */
struct grade {
    str name;
    int32_t at_least;
};
struct grades {
    const struct grade *grade;
    size_t n;
};
extern const struct grades grades_2006; /* 重点検査 2006: A = 100 %, B ≥ 80, C ≥ 60, D below */
str grade_of(const struct grades *, const struct frac *);

/* How it is shown. `grades` are the boundaries it may not be rounded up across; NULL for 100.0 alone. */
struct rate rate_of(const struct frac *, const struct grades *);
struct rate rate_of_counts(int64_t n, int64_t d, const struct grades *); /* not defined when d is 0; keeps n and d */

/* ---- a part ---- */
enum rate_rule {
    RATE_MEAN,   /* simple mean over the clauses' rates (overview 2007): 75 % in the worked example */
    RATE_POOLED, /* all done over all arisen: 76.8 % there */
};
enum { THRESHOLDS_MAX = 8 };
struct rule {
    enum rate_rule rate;
    int32_t threshold[THRESHOLDS_MAX]; /* tenths of a percent: 1000, 950, 900 */
    size_t n_thresholds;
    const struct grades *grades;
};
struct part_rates {
    int64_t arisen, done, no_occasion;
    int64_t clauses;  /* counted: a duty arose for someone */
    int64_t left_out; /* in the part, but no duty arose */
    struct frac *implementation; /* NULL when clauses is 0 */
    int64_t attained[THRESHOLDS_MAX]; /* clauses that reach the threshold; over `clauses` */
};
/* Over the n clauses whose numbers stand in `which` (NULL: the first n of counts). */
void part_rates(struct arena *, const struct counts *counts, const size_t *which, size_t n, const struct rule *,
                struct part_rates *out);

/* Mean of several figures (府省庁平均: the simple mean over organisations); NULLs are left out, and counted. */
struct frac *frac_mean(struct arena *, struct frac *const *of, size_t n, size_t *left_out);

#endif
