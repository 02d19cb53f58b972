/* The faces a doc has on the command line and as data on the web, and what they are told beside it. */
#ifndef MEGURI_FACE_FACE_H
#define MEGURI_FACE_FACE_H

#include "face/out.h"
#include "surface/entry.h"

struct style {
    int columns; /* of the window; 0: none, everything at its natural width */
    bool colour; /* bold and dim */
    bool blocks; /* the window shows UTF-8: bars of eighth blocks */
};
struct page {
    str view;  /* "inspect rates" */
    str title; /* message id */
    const struct args *in;
    enum lang lang;
    struct style style;
    bool bom; /* CSV begins with a byte order mark, by which spreadsheets know UTF-8: for downloads */
};
/* begin makes a doc in an arena of its own, freed with w->a; end writes what stands at the end (notes). A doc that is
 * not ended stays unfinished, which is how an error after the first rows shows. */
struct format {
    const char *name;
    struct doc *(*begin)(struct work *, struct out *, const struct page *);
    void (*end)(struct doc *);
};
extern const struct format format_table, format_json, format_csv, format_xlsx, format_docx;
extern const struct format *const formats[]; /* ends with NULL */

/* An arena that goes with w->a, for what must outlive the marks of others. */
struct arena *arena_beside(struct work *w);

/* One value as data has it: JSON text, in a. */
str json_cell(struct arena *, enum lang, const struct cell *);

/* What a note adds at the end of any face: "provisional", handling. Calls the face's own note. */
void closing_notes(struct doc *);

#endif
