/* A workbook (ECMA-376 Part 1, SpreadsheetML) written as a stream: rows go out as they come, whatever their number. The
 * widths of columns are measured over the first XLSX_MEASURED rows, which are held back so long.
 *
 * Texts are texts: never a formula, whatever they begin with, also after somebody has edited the cell. The same calls
 * give the same bytes. Rows beyond XLSX_ROWS_MAX do not fit a sheet: the caller begins another one. */
#ifndef MEGURI_FORMAT_XLSX_WRITE_H
#define MEGURI_FORMAT_XLSX_WRITE_H

#include "base/str.h"
#include "format/zip_write.h"

enum {
    XLSX_ROWS_MAX = 1048576,
    XLSX_COLUMNS_MAX = 16384,
    XLSX_TEXT_MAX = 32767, /* UTF-16 units in a cell; what is longer is cut and ends in … */
    XLSX_NAME_MAX = 31,    /* of a sheet, likewise */
    XLSX_MEASURED = 500,
};
#define XLSX_SPAN_MAX (INT64_C(2958465) * 24 * 60) /* minutes: the days a spreadsheet counts */
enum xlsx_style {
    XLSX_TEXT,
    XLSX_WRAP,  /* in lines within its column */
    XLSX_TITLE,
    XLSX_LABEL, /* bold */
    XLSX_HEAD,
    XLSX_INT,   /* 190,171 */
    XLSX_PERCENT, /* 0.788 as 78.8% */
    XLSX_DATE,  /* days since 1970 */
    XLSX_TIME,  /* seconds since 1970 of the clock shown */
    XLSX_SPAN,  /* minutes from 0 to XLSX_SPAN_MAX as 68:20, a length of time that a spreadsheet adds up; it shows none below 0 */
    XLSX_INDENT, /* and XLSX_INDENT + 1 … + 3: a text one to four steps in */
    /* of forms (struct xlsx_form), with lines around: */
    XLSX_FORM_HEAD = XLSX_INDENT + 4,
    XLSX_FORM_CODE, /* small and grey: what must stay as it is */
    XLSX_FORM_TEXT,
    XLSX_FORM_CHOICE, /* centred; like the next the only cells that can be changed where the sheet is protected */
    XLSX_FORM_INPUT,
};

struct xlsx;
struct xlsx_sheet;
struct xlsx_about {
    str title;
    int64_t made; /* seconds since 1970, UTC */
};
struct xlsx *xlsx_begin(struct arena *, struct zip_sink, const struct xlsx_about *);

struct xlsx_head {
    str text;
    bool spare; /* hidden when none of the rows measured has anything there */
};
/* Stands behind those before it. heads: one frozen row that filters, repeated on every printed page. A sheet is kept
 * here until it has more than XLSX_MEASURED rows; of those that are no longer kept only one may be open at a time, one
 * without heads is kept whatever its size. The name is made fit for a sheet and unique. */
struct xlsx_sheet *xlsx_sheet(struct xlsx *, str name, const struct xlsx_head *, size_t columns);
/* A sheet to be filled in: before its first row, of a sheet without heads. */
struct xlsx_form {
    const int *width;     /* per column, in half-width characters; NULL: measured */
    size_t rows, columns; /* frozen above and at the left, and on every printed page */
    bool locked;          /* protected, without a password: against slips, not against intent */
    bool very_hidden;     /* not in the list of sheets a user may show */
};
void xlsx_form(struct xlsx_sheet *, const struct xlsx_form *);
/* A drop-down: what may be chosen, parted by commas, at most 255 characters in all; title and text are of the message
 * to who types something else. Rows from 1 and with the last, columns from 0. Everything is borrowed until
 * xlsx_sheet_end. */
struct xlsx_choice {
    str list, title, text;
    const struct xlsx_cells {
        int64_t from, last;
        size_t column;
    } * cells;
    size_t n;
};
void xlsx_choices(struct xlsx_sheet *, const struct xlsx_choice *, size_t n);
str xlsx_name(const struct xlsx_sheet *); /* as it stands in the workbook */
void xlsx_row(struct xlsx_sheet *); /* begins the next; cells follow from the left */
void xlsx_tall_row(struct xlsx_sheet *, int lines); /* likewise, with room for so many lines of text */
int xlsx_text_lines(str text, int width);           /* that a text takes in a column so wide */
int64_t xlsx_rows(const struct xlsx_sheet *); /* the head included */
bool xlsx_kept(const struct xlsx_sheet *);
void xlsx_text(struct xlsx_sheet *, enum xlsx_style, str);
void xlsx_int(struct xlsx_sheet *, enum xlsx_style, int64_t);
void xlsx_real(struct xlsx_sheet *, enum xlsx_style, double);
void xlsx_none(struct xlsx_sheet *);
/* head and foot of its printed pages: at the left, at the right (page n of m stands in the foot's middle). */
struct xlsx_paper {
    str head_left, head_right, foot_left;
};
void xlsx_sheet_end(struct xlsx_sheet *, const struct xlsx_paper *);

bool xlsx_end(struct xlsx *); /* false when larger than the format holds */

#endif
