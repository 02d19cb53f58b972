/* What the views of figures share: which round, which organisations, which parts, and what may not be shown. */
#ifndef MEGURI_INSPECT_SHOWING_H
#define MEGURI_INSPECT_SHOWING_H

#include "inspect/figures.h"
#include "inspect/frozen.h"

struct showing {
    struct work *w;
    struct round *r;
    int64_t frozen;            /* edition shown, 0: the figures as they stand */
    ptrdiff_t node;            /* the organisation asked for, -1: all that is seen */
    int64_t depth;             /* levels below it (or below each top); -1: all */
    str part;                  /* code, empty: each */
    int64_t *(*vectors)[TALLY_STATES]; /* NULL when frozen figures are shown */
    bool *shown, *withheld, *limited; /* per node; limited: it reported on a part of its people only */
    bool any_withheld, provisional;
};

enum { DEPTH_MAX = 64 };
enum showing_what {
    AS_PUBLISHED, /* the latest frozen edition where there is one, or the edition asked for */
    AS_IT_STANDS, /* always from the sheets, and said so */
};
/* Parameters round, org, depth, part, edition where the entry has them. depth is the fallback. */
enum err showing_load(struct work *w, const struct args *in, int64_t depth, enum showing_what,
                      struct showing *out) MUST_USE;
/* The round itself, as far as it was loaded, nothing withheld: for freezing. */
enum err showing_all(struct work *w, struct round *r, enum round_reach, int64_t depth, struct showing *out) MUST_USE;
/* Decides anew what is withheld from the actor. */
enum err showing_withhold(struct showing *) MUST_USE;
struct cell node_cell(const struct showing *, size_t node); /* indented below the first shown */
struct cell part_cell(const struct round *, size_t part);   /* part == n_parts: the whole */
struct cell rate_cell(const struct frac *, const struct grades *); /* NULL: none */
bool part_wanted(const struct showing *, size_t part);
struct frozen_filter showing_filter(const struct showing *);
/* How a doc of this round may be handed on (格付け・取扱制限): what was published is public, the rest is 機密性2. */
void handling_of(const struct round *, struct doc *out);
/* Notes that belong under every table of figures. */
enum err showing_notes(struct showing *, struct doc *out) MUST_USE;

/* How many figures of an edition differ from the one before. */
enum err errata_count(struct work *w, struct round *, int64_t no, int64_t *out) MUST_USE;
/* Who sees names there anyway, and the unit itself, see all counts. */
bool sees_counts(const struct showing *, size_t node);
/* Both rounds over only the clauses that continue one to one and unchanged. */
enum err rates_against(struct showing *, str earlier, struct doc *out) MUST_USE;

/* The tables themselves, for a view and for freezing alike. */
enum err rates_tables(struct showing *, struct doc *out) MUST_USE;
enum err clauses_table(struct showing *, struct doc *out) MUST_USE;
enum err grades_tables(struct showing *, struct doc *out) MUST_USE;
void grade_counts_table(const struct round *, const int64_t *n, struct doc *out); /* n per grade */

#endif
