/* A text document (ECMA-376 Part 1, WordprocessingML) written as a stream, for people who finish it in a word
 * processor: real styles (Title, Heading 1 to 4 with outline levels, Normal, Note), tables whose heads are repeated on
 * every page and whose rows do not break across pages, A4, page n of m in the foot.
 *
 * What comes before a table that is too wide for an upright page stays upright; from there on the paper lies across.
 * What XML 1.0 cannot hold, and characters that turn the direction of text, become blanks; bytes that are not good
 * UTF-8 question marks. The same calls give the same bytes. */
#ifndef MEGURI_FORMAT_DOCX_WRITE_H
#define MEGURI_FORMAT_DOCX_WRITE_H

#include "base/str.h"
#include "format/zip_write.h"

enum {
    DOCX_COLUMNS_MAX = 63, /* of a table: word processors open no wider one */
    DOCX_ROWS_MAX = 5000,  /* of a table, beyond which they take minutes to open it */
    DOCX_CELLS_MAX = 60000,
    DOCX_SMALL_FROM = 13, /* columns, from which the letters are smaller */
};
enum docx_style {
    DOCX_TITLE,
    DOCX_LEAD,      /* the line below the title */
    DOCX_META,      /* small lines below it: when it was made, of what */
    DOCX_HEADING_1, /* headings stay with what follows */
    DOCX_HEADING_2,
    DOCX_HEADING_3,
    DOCX_HEADING_4,
    DOCX_CAPTION, /* of the table that follows, in no table of contents */
    DOCX_TEXT,
    DOCX_NOTE,
};

struct docx;
struct docx_about {
    str title;
    int64_t made; /* seconds since 1970, UTC */
    bool japanese;
};
struct docx *docx_begin(struct arena *, struct zip_sink, const struct docx_about *);

void docx_paragraph(struct docx *, enum docx_style, str text); /* line ends stay */

struct docx_column {
    str head; /* copied; when all are empty there is no row of heads */
    bool right;
};
struct docx_cell {
    str text;
    str below;  /* small, under it: what a rate is over; may be empty */
    int indent; /* steps */
    bool label; /* shaded as a head */
};
/* One at a time; not a table of more than DOCX_COLUMNS_MAX columns or of none. */
void docx_table(struct docx *, const struct docx_column *, size_t n);
bool docx_full(const struct docx *);                    /* no further row may be put into the open table */
void docx_row(struct docx *, const struct docx_cell *); /* as many as columns */
/* A heading between the rows: the table ends there and goes on after it, in the same widths. */
void docx_row_heading(struct docx *, enum docx_style, str text);
void docx_table_end(struct docx *);                     /* one without rows leaves nothing behind */

/* head and foot of every page: at the left, at the right. */
struct docx_paper {
    str head_left, head_right, foot_left;
};
bool docx_end(struct docx *, const struct docx_paper *); /* false when larger than the format holds */

#endif
