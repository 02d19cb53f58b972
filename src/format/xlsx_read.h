/* A workbook (.xlsx) that comes from outside, read sheet by sheet, row by row, from memory and into memory that does
 * not grow with its rows: shared texts are kept, cells are handed over and forgotten.
 *
 * A cell is what it shows as text: shared and inline texts with their runs joined and without furigana (<rPh>, which
 * input methods write), numbers digit by digit as they stand in the file, TRUE and FALSE, dates as YYYY-MM-DD with
 * " HH:MM:SS" when there is a time. Refused, with sheet and cell: formulas, errors (#N/A), merged cells, rows and cells
 * out of order, texts and numbers of cells beyond the limits. Of the archive: see xlsx_parts.h. Every fault is noted.
 */
#ifndef MEGURI_FORMAT_XLSX_READ_H
#define MEGURI_FORMAT_XLSX_READ_H

#include "base/work.h"

enum {
    XLSX_SHEETS_MAX = 500,
    XLSX_READ_ROWS_MAX = 1048576,
    XLSX_READ_COLUMNS_MAX = 16384,
    XLSX_READ_TEXT_MAX = 4 * 32767,     /* bytes of one cell */
    XLSX_STRINGS_MAX = 2000000,         /* shared texts */
    XLSX_STRINGS_BYTES_MAX = 128 << 20, /* all of them */
    XLSX_STYLES_MAX = 65536,
};

struct xlsx_in;
enum xlsx_shown { XLSX_SHOWN, XLSX_HIDDEN, XLSX_VERY_HIDDEN };
struct xlsx_tab {
    str name;
    enum xlsx_shown shown;
    str path;
};
/* name is for faults; bytes must outlive it. Reads all but the rows. INVALID, or BUSY beyond a limit, with faults. */
enum err xlsx_open(struct work *w, str name, str bytes, struct xlsx_in **out) MUST_USE;
bool xlsx_likely(str bytes); /* an archive, or an old workbook: worth xlsx_open, if only for its fault */
size_t xlsx_tabs(const struct xlsx_in *);
const struct xlsx_tab *xlsx_tab(const struct xlsx_in *, size_t i); /* in the order of the workbook */
ptrdiff_t xlsx_tab_named(const struct xlsx_in *, str name);        /* -1 when there is none */

/* Cells from column A on, empty where there is none; rows without any text are passed over. Borrowed while fn runs. */
struct xlsx_line {
    int64_t row; /* 1, 2 … */
    const str *cell;
    size_t n;
};
typedef enum err xlsx_line_fn(void *to, const struct xlsx_line *);
enum err xlsx_lines(struct xlsx_in *, size_t tab, xlsx_line_fn *, void *to) MUST_USE;

/* For faults about a cell: the file, row and column, and "sheet!B12" as field. */
struct where xlsx_where(struct xlsx_in *, size_t tab, int64_t row, size_t column);
str xlsx_reference(struct arena *, int64_t row, size_t column); /* "B12"; row and column from 1 and 0 */

#endif
