/* A doc kept as bytes: what a view said, word for word, and the same blocks told again to any doc.
 *
 * A frozen document is shown as page, print, XLSX, JSON, CSV or DOCX exactly as it was said when it was frozen: its labels
 * and names stand in the record in the language of its reading, so that a later translation does not change them. One
 * record holds one language; a document keeps one for each.
 *
 * The bytes are canonical: the same blocks make the same bytes, on every machine, for ever. A line for each block, a letter
 * first, fields parted by TAB, in cells pieces parted by '|'; in them \\ \t \n \r \p stand for backslash, TAB, line ends
 * and '|'. The first line is "R<TAB>1", the last "Z": a record that was cut off is refused.
 *
 * Left out: forms and what stands in them, grids, links, and columns that are buttons; they belong to the day of the
 * reading, not to what was said. */
#ifndef MEGURI_SURFACE_RECORD_H
#define MEGURI_SURFACE_RECORD_H

#include "surface/entry.h"

enum {
    RECORD_BYTES_MAX = 4 << 20, /* of one record */
    RECORD_COLUMNS_MAX = 64,    /* of one table */
    RECORD_TABLES_MAX = 32,
};

struct record_wanted {
    str tables;   /* names parted by blanks; empty: all; "-": none */
    int64_t rows; /* at most, of each table; 0: all. What was cut off is told in a text */
};
/* A doc to hand to a view. It lives as long as w->a. */
struct recorder;
struct doc *record_begin(struct work *w, enum lang, const struct record_wanted *, struct recorder **out);
/* The bytes, living with w->a. INVALID with a fault: larger than RECORD_BYTES_MAX or the limits above; DENIED: it tells of
 * named persons, which is not kept for other readers. */
enum err record_end(struct recorder *, str *out) MUST_USE;

struct record_as {
    const char *prefix; /* before keys of facts (P_key) and names of tables (P__name), so that several make one doc; NULL: none */
    bool words;         /* headings, texts and notes alone */
    bool within;        /* a part of a doc: notes stand where they were said, title, lead and handling are the whole's */
};
/* INVALID with a fault (row: the line) when the bytes are no record; then nothing was told. */
enum err record_replay(struct work *w, str bytes, const struct record_as *, struct doc *out) MUST_USE;

/* The first fact of this key in the record; NOTFOUND without a fault. label, below: in the language of the record. */
struct record_fact {
    struct cell cell;
    str label, below;
};
enum err record_fact(struct work *w, str bytes, str key, struct record_fact *out) MUST_USE;
/* A cell of a table: of the first row that has this code or text in one of its cells (empty: of the first row). NOTFOUND without a fault. */
enum err record_cell(struct work *w, str bytes, str table, str column, str row, struct record_fact *out) MUST_USE;

/* Does it say of itself that its figures may still change? */
bool record_provisional(str bytes);

/* How many lines stand in one of the two and not in the other: 0 when they are the same. */
enum err record_changed(struct work *w, str was, str is, int64_t *gone, int64_t *come) MUST_USE;

#endif
