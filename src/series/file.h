/* The one layout of series in files, by CSV or as the first sheet of a workbook: each row says in `what` of which kind
 * it is (series, part, definition, value, target), and fills the columns of its kind (README.md). */
#ifndef MEGURI_SERIES_FILE_H
#define MEGURI_SERIES_FILE_H

#include "series/series_store.h"

enum line_what { LINE_SERIES, LINE_PART, LINE_DEFINITION, LINE_VALUE, LINE_TARGET, LINE_WHATS };
extern const char *const series_line_what_words[]; /* ends with NULL */
enum line_column {
    IN_WHAT,
    IN_SERIES,
    IN_PERIOD,
    IN_PART,
    IN_VALUE,
    IN_N,
    IN_D,
    IN_FLAG,
    IN_JA,
    IN_EN,
    IN_UNIT_JA,
    IN_UNIT_EN,
    IN_DIRECTION,
    IN_KIND,
    IN_ORG,
    IN_PUBLIC,
    IN_AREA,
    IN_OWNER_JA,
    IN_OWNER_EN,
    IN_SOURCE_JA,
    IN_SOURCE_EN,
    IN_ROLE,
    IN_REF,
    IN_REASON,
    LINE_COLUMNS
};
extern const char *const series_line_column_names[]; /* ends with NULL */

struct line {
    enum line_what what;
    str cell[LINE_COLUMNS]; /* trimmed; empty: nothing was given */
    int64_t row;            /* 0: not of a file but of a form */
};
struct lines {
    str file;
    struct xlsx_in *book; /* NULL: a CSV */
    size_t tab;
    ptrdiff_t at[LINE_COLUMNS]; /* column of the file, -1: it has none */
    struct line *all;
    size_t n;
};
/* Reads the rows and checks what each kind needs and may have. Faults with file, row and column. */
enum err series_lines_read(struct work *w, const struct file *, struct lines *out) MUST_USE;
struct where series_line_where(const struct lines *, const struct line *, enum line_column);
/* What it must and may hold; faults at its cells. */
void series_line_check(struct work *w, const struct lines *, const struct line *);

/* What a checked line says; false with faults where it cannot be understood. `org` is looked up by who asks. */
bool series_line_indicator(struct work *w, const struct lines *, const struct line *, struct indicator *out);
bool series_line_part(struct work *w, const struct lines *, const struct line *, struct series_part *out);
bool series_line_definition(struct work *w, const struct lines *, const struct line *, struct definition *out);
bool series_line_point(struct work *w, const struct lines *, const struct line *, struct point *out);
bool series_line_target(struct work *w, const struct lines *, const struct line *, struct target *out);

void series_lines_head(struct buf *); /* the first row of an export */
void series_line_put(struct buf *, const str cell[LINE_COLUMNS]);

#endif
