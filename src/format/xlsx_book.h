/* What the two files of the writer share: a workbook and its sheets while they are written. */
#ifndef MEGURI_FORMAT_XLSX_BOOK_H
#define MEGURI_FORMAT_XLSX_BOOK_H

#include "format/xlsx_write.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

struct xlsx_sheet {
    struct xlsx *book;
    size_t index;
    str name;
    const struct xlsx_head *heads;
    size_t columns, column;
    int64_t rows;
    int *width;   /* per column, measured */
    struct buf b; /* rows not yet packed */
    bool begun, row_open, is_form;
    struct xlsx_form form;
    const struct xlsx_choice *choice;
    size_t n_choices;
};
struct xlsx {
    struct arena *a, *rough; /* rough: emptied often */
    struct zip *zip;
    struct xlsx_about about;
    struct xlsx_sheet **sheet;
    size_t n, room;
};

void xlsx_add_xml(struct buf *, str text);
void xlsx_add_reference(struct buf *, size_t column, int64_t row);
void xlsx_add_filter(struct buf *, const struct xlsx_sheet *, const char *dollar); /* all its cells: A1:C9 */

#endif
