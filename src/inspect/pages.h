/* What the pages that gather several views share. They take their figures from the tables of the views themselves, so
 * that a sheet never says other than the view it sums up, withholds what that withholds, and shows frozen figures where
 * that does. */
#ifndef MEGURI_INSPECT_PAGES_H
#define MEGURI_INSPECT_PAGES_H

#include "inspect/showing.h"

/* ---- a face that hands rows over ---- */
typedef void take_fn(void *to, str table, const struct column *, size_t n, const struct cell *);
struct taking {
    struct doc doc; /* first: a face finds its own struct behind the doc */
    str table;
    take_fn *take;
    void *to;
};
struct doc *taking_doc(struct taking *, struct work *w, take_fn *, void *to);
/* The cell of a column by its key; one of type NONE when there is no such column. */
struct cell cell_of(const struct column *, size_t n, const struct cell *cells, const char *key);

/* ---- one organisation and those next below it, part by part ---- */
struct org_figures {
    bool told, has_counts;        /* its coverage may be told; counts stand behind it */
    bool excluded, own_only;      /* left out of the analysis; published as an own survey */
    int64_t reported, known;
    struct rate coverage, provisional, with_own;
    struct rate *part;            /* implementation, per part; one more for the whole where it is known */
    struct rate (*attained)[THRESHOLDS_MAX]; /* per part */
    str grade;
};
/* Mean over the organisations next below that are in the analysis (府省庁平均). */
struct mean_figures {
    int64_t organisations; /* 0: there is no mean, or it would tell what is withheld */
    struct rate implementation, attained[THRESHOLDS_MAX];
};
struct overview {
    struct showing s;
    size_t top;             /* node it is of */
    size_t *below, n_below; /* nodes next below, official order */
    struct org_figures *of; /* per node */
    struct mean_figures *mean; /* per part, and [n_parts] of the whole */
    bool has_coverage, has_rates, has_grades;
    struct arena *kept;     /* for what is told under the marks of the views */
};
/* Of what `in` asks for (round, org, edition); without org the top of what is seen. */
enum err overview_load(struct work *w, const struct args *in, struct overview *out) MUST_USE;
/* Means over the organisations next below of the frame's top and of those below it; for freezing and for showing. */
enum err means_table(struct showing *, struct doc *out) MUST_USE;
/* Organisations × parts, the mean last. */
void overview_heat(struct overview *, int32_t goal, struct doc *out);
/* 第２部, Part 2: as a column is labelled. */
str part_label(struct arena *, enum lang, str code);
/* "97.5%" as it is said in a sentence. */
str percent_words(struct arena *, struct rate);
int32_t goal_of(const struct args *in); /* parameter goal, in tenths */

/* ---- like for like (against.c) ---- */
struct alike {
    int64_t clauses, all;             /* compared, of so many */
    int64_t organisations;            /* in the means; 0: of the organisation itself */
    struct frac *whole, *now, *then;  /* NULL: none */
};
struct likeness;
/* NOTFOUND without a fault when the rounds cannot be compared. */
enum err likeness_load(struct work *w, struct round *now, str earlier, struct likeness **out) MUST_USE;
const struct round *likeness_before(const struct likeness *);
/* Of a part, over the organisations given that are in the analysis of both rounds and not withheld in either; none when
 * one of them is withheld. n 1: of that one itself. */
void likeness_of(const struct likeness *, const size_t *nodes, size_t n, size_t part, struct alike *out);
/* The latest earlier round that can be compared; NOTFOUND without a fault. */
enum err likeness_find(struct work *w, struct round *now, struct likeness **out) MUST_USE;

/* ---- where no occasion is said to have arisen (clauses_view.c) ---- */
struct share {
    size_t node;
    ptrdiff_t up;
    int64_t known, no_occasion;
};
struct rate median_of_others(struct arena *, const struct share *all, size_t n, size_t but); /* but == n: of all */
bool share_outlies(const struct share *, struct rate median);

/* ---- days ---- */
enum err round_phases(struct work *w, const struct round *, struct phase out[PHASES]) MUST_USE;
size_t phase_now(const struct phase *);
/* The table "waiting" of calls to decide. */
void whole_calls(struct overview *, int32_t goal, struct doc *out);
/* Base date, due date, closing, and where among them today is. */
void dates_ahead(struct work *w, const struct round *, const struct phase *, struct doc *out);

entry_fn inspect_view_whole, inspect_view_clause, inspect_view_unit;

/* On the unit's page: its questions as a workbook, for who may issue it (template.c). */
void workbook_block(struct work *w, const struct round *, const struct org *unit, struct doc *out);

/* May they open a finding (room case), by the rights of the kind that ships with the program? A button is shown by it; the
 * kind decides. */
bool opens_findings(const struct work *);
/* The same of a recommendation: to an organisation below one's own, not to oneself. */
bool recommends_to(const struct showing *, size_t node);
/* On a page of rates: what may follow for the one organisation that was asked for. On one of grades: those of the lower
 * half of the scale, each with the same. Nothing for whoever may not. */
void rates_followed(struct showing *, struct doc *out);
enum err grades_followed(struct showing *, struct doc *out) MUST_USE;

#endif
