/* What the two files of the reader share: the workbook in memory. */
#ifndef MEGURI_FORMAT_XLSX_INSIDE_H
#define MEGURI_FORMAT_XLSX_INSIDE_H

#include "format/xlsx_parts.h"
#include "format/xlsx_read.h"

struct xlsx_in {
    struct work *w;
    str name;
    struct parts *parts;
    struct xlsx_tab *tab;
    size_t n;
    bool from_1904;
    bool *dated; /* by style: shown as a date or time */
    size_t n_styles;
    struct {
        uint32_t from, n;
    } * string; /* in texts */
    size_t n_strings, room;
    struct buf texts;
    struct arena *strings; /* holds the two above */
};

/* A text as it is gathered from <t>: with _xHHHH_ read (ECMA-376 22.9.2.19). */
void xlsx_unescape(struct buf *);

#endif
