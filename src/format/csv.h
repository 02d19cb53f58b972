/* CSV in and out (RFC 4180; as spreadsheets write it).
 *
 * In: UTF-8 with or without BOM, or CP932 with its NEC and IBM extensions; separators comma or tab (seen from the first
 * line); quotes, quoted line ends, CRLF or LF, a last line without an end. Refused with row and column: bad bytes, NUL,
 * an unclosed quote, bytes after a closing quote, a row longer than CSV_ROW_MAX, more columns than CSV_COLUMNS_MAX, a
 * row with more or fewer cells than the header. Text after conversion is UTF-8.
 * Out: comma, quotes where needed, CRLF; a text that a spreadsheet would take for a formula (= + - @ TAB CR at its
 * head, and not a number) gets an apostrophe in front. */
#ifndef MEGURI_FORMAT_CSV_H
#define MEGURI_FORMAT_CSV_H

#include "base/work.h"

enum { CSV_ROW_MAX = 1 << 20, CSV_COLUMNS_MAX = 4200 };

enum csv_encoding { CSV_DETECT, CSV_UTF8, CSV_CP932 };

struct csv;
/* Reads the header. name is for faults. bytes must outlive the reader. INVALID with faults when it cannot. */
enum err csv_open(struct work *w, str name, str bytes, enum csv_encoding, struct csv **out) MUST_USE;
size_t csv_columns(const struct csv *);
str csv_header(const struct csv *, size_t column); /* trimmed */
ptrdiff_t csv_column(const struct csv *, str header); /* -1 when absent */

/* The next good row; false at the end or after a fault that ends reading. Blank lines are skipped. A row with bad bytes
 * or the wrong number of cells is noted as a fault and left out, and reading goes on: csv_err must be asked at the
 * end. */
bool csv_next(struct csv *);
str csv_cell(const struct csv *, size_t column); /* borrowed until csv_next; blanks kept */
const str *csv_cells(const struct csv *);        /* all of them, as many as columns; borrowed likewise */
int64_t csv_row(const struct csv *);             /* as a spreadsheet numbers it: the header is 1 */
enum err csv_err(const struct csv *);
int64_t csv_rows_likely(const struct csv *);     /* of the whole file, from those read so far; for progress */
struct where csv_where(const struct csv *, size_t column);

/* A file whose header must hold these columns, in any order; others are refused unless in `optional`.
 * Fills at[i] with the column of names[i], -1 for an absent optional one. */
struct csv_shape {
    const char *const *required; /* ends with NULL */
    const char *const *optional; /* ends with NULL; or NULL */
};
enum err csv_shape(struct work *w, struct csv *, const struct csv_shape *, ptrdiff_t *at) MUST_USE;

void csv_put(struct buf *, str cell, bool first); /* one cell, with the comma before it */
/* Without the formula guard: numbers, our own exports that come back. */
void csv_put_raw(struct buf *, str cell, bool first);
void csv_end_row(struct buf *);

#endif
