/* References between things of all rooms, written "kind:code": "case:F-2026-0003", "measure:sj2007/65". A room sees no room above
 * it, so what it refers to is words. Which kinds there are, and which entry shows each, stands here once; whether the thing is
 * there, and within the reader's sight, each room asks of its own. */
#ifndef MEGURI_SURFACE_REFERENCE_H
#define MEGURI_SURFACE_REFERENCE_H

#include "surface/doc.h"

enum reference_sort {
    REFER_CASE, REFER_CLAUSE, REFER_ROUND, REFER_GRADE, REFER_RATE, REFER_SURVEY, REFER_MEETING, REFER_SERIES, REFER_MEASURE,
    REFER_PLAN, REFER_REPORT, REFER_STANDARD, REFERENCE_SORTS
};
enum { REFERENCE_MAX = 200 }; /* bytes of one */

struct reference_kind {
    const char *word;         /* "measure" */
    str label;                /* message id */
    const char *to;           /* the entry that shows it: "plan measure" */
    const char *first, *last; /* its parameters: of what stands before the slash, and behind it. first NULL: there is no slash */
    const char *first_key;    /* of the column that has what stands before the slash: "measure_plan" */
    str first_label;          /* message id */
};
extern const struct reference_kind reference_kinds[REFERENCE_SORTS];

/* "rate:demo-2026/hei": sort REFER_RATE, first "demo-2026", last "hei". Of a kind without a slash first is empty. */
struct reference {
    enum reference_sort sort;
    str whole, code, first, last; /* code: "demo-2026/hei" */
};
/* Pure: the form alone. False: of no kind that is known, too long, with blanks in it, or a part is missing. */
bool reference_parse(str text, struct reference *out);
/* "measure:sj2007/65"; first empty: "case:F-2026-0003". */
str reference_text(struct arena *, enum reference_sort, str first, str last);

/* Columns that lead to what the references of a table name: one for each kind that occurs, since a column leads to one entry. */
enum { REFERENCE_COLUMNS = 2 * REFERENCE_SORTS + 1 };
struct reference_table {
    unsigned seen; /* bit i: sort i occurs */
    bool other;    /* some are no references: a column "other" has them as they are */
};
#define REFERENCE_TABLE_ALL ((struct reference_table){(1U << REFERENCE_SORTS) - 1, false})
void reference_see(struct reference_table *, str text); /* empty text: nothing */
/* How many, REFERENCE_COLUMNS at most. flags: of the columns with links (enum column_flag). */
size_t reference_columns(const struct reference_table *, unsigned flags, struct column *out);
/* As many. ja, en: words of the link; empty: the code. */
size_t reference_cells(const struct reference_table *, str text, str ja, str en, struct cell *out);

#endif
