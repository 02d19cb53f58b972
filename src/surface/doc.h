/* What a view tells, written as a stream: blocks one after the other, tables row by row, never built whole.
 *
 * A doc has many faces (terminal, JSON, CSV, a frozen record; later page and XLSX); no room knows which is wanted.
 * A face copies what it keeps, and never into w->a: a view may give back after each row what it made for the row.
 * Labels and notes are message ids; names that are data come in both languages and are picked by the face. */
#ifndef MEGURI_SURFACE_DOC_H
#define MEGURI_SURFACE_DOC_H

#include "base/lang.h"
#include "base/rate.h"
#include "base/work.h"

enum cell_type {
    CELL_NONE, /* absent: a dash, null */
    CELL_TEXT,
    CELL_INT,
    CELL_RATE,
    CELL_DATE, /* days since 1970 */
    CELL_TIME, /* seconds since 1970, UTC */
    CELL_ENUM, /* code, shown translated */
    CELL_ORG,  /* code, shown as its name, indented by depth */
    CELL_PERSON,
    CELL_CLAUSE, /* number, or "number text" */
    CELL_BOOL,   /* yes or nothing */
};

struct cell {
    enum cell_type type;
    str text;    /* TEXT itself; ENUM, ORG, PERSON, CLAUSE: the code */
    str ja, en;  /* TEXT in two languages, names of ORG, PERSON, CLAUSE; may be empty */
    int64_t i;   /* INT, DATE, TIME, BOOL */
    int depth;   /* ORG: steps below the first row's */
    struct rate rate;
};
#define C_NONE ((struct cell){.type = CELL_NONE})
#define C_TEXT(s) ((struct cell){.type = CELL_TEXT, .text = (s)})
#define C_BOTH(j, e) ((struct cell){.type = CELL_TEXT, .ja = (j), .en = (e)})
#define C_INT(x) ((struct cell){.type = CELL_INT, .i = (x)})
#define C_RATE(r) ((struct cell){.type = CELL_RATE, .rate = (r)})
#define C_DATE(x) ((struct cell){.type = CELL_DATE, .i = (x)})
#define C_TIME(x) ((struct cell){.type = CELL_TIME, .i = (x)})
#define C_ENUM(s) ((struct cell){.type = CELL_ENUM, .text = (s)})
#define C_ORG(c, j, e, d) ((struct cell){.type = CELL_ORG, .text = (c), .ja = (j), .en = (e), .depth = (d)})
#define C_PERSON(c, n) ((struct cell){.type = CELL_PERSON, .text = (c), .ja = (n)})
#define C_CLAUSE(c) ((struct cell){.type = CELL_CLAUSE, .text = (c)})
#define C_BOOL(x) ((struct cell){.type = CELL_BOOL, .i = (x)})

enum column_flag {
    COL_DETAIL = 1, /* left out first when the window is narrow; always in data */
    COL_BAR = 2,    /* a bar where there is room for one */
};
struct column {
    const char *key; /* stable English, unique in the table */
    enum cell_type type;
    str label;       /* message id */
    unsigned flags;
    const char *to, *with; /* the entry a cell leads to ("inspect rates") and the parameter it fills ("org") */
};

struct doc;
struct face {
    void (*heading)(struct doc *, str text); /* heading, text and note come translated and filled, and are borrowed */
    void (*text)(struct doc *, str text);
    void (*note)(struct doc *, str text);
    void (*fact)(struct doc *, const char *key, str label, const struct cell *);
    void (*table)(struct doc *, const char *name, const struct column *, size_t n);
    void (*row)(struct doc *, const struct cell *);
    void (*table_end)(struct doc *);
};
/* A face embeds this first in its own struct. */
struct doc {
    const struct face *face;
    struct work *w;
    enum lang lang;               /* of the reader; set by the edge */
    const struct column *columns; /* of the open table */
    size_t n_columns;
    bool provisional;             /* some figure shown may still change; set by the view */
    str handling;                 /* message id: how it may be handed on (格付け・取扱制限); empty when nothing restricts it */
};

/* Words: message id first, arguments after it (as fault()). */
#define doc_heading(d, ...) doc_words(d, (d)->face->heading, DOC_WORDS(__VA_ARGS__))
#define doc_text(d, ...) doc_words(d, (d)->face->text, DOC_WORDS(__VA_ARGS__))
#define doc_note(d, ...) doc_words(d, (d)->face->note, DOC_WORDS(__VA_ARGS__)) /* at any time; shown at the end */
#define DOC_WORDS(...) (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str)
/* Translates words[0], fills in the rest, and hands the sentence to the block. */
void doc_words(struct doc *, void (*block)(struct doc *, str), const str *words, size_t n);

/* For faces: the text of a cell that has one in the reader's language (TEXT, ENUM, ORG, PERSON, CLAUSE); not copied but
 * for a clause with its wording. */
str doc_cell_words(struct arena *, enum lang, const struct cell *);
const char *cell_type_name(enum cell_type); /* "rate", "organisation": as data says it */

void doc_fact(struct doc *, const char *key, str label, struct cell);
void doc_table(struct doc *, const char *name, const struct column *, size_t n); /* columns must outlive the table */
#define DOC_TABLE(d, name, columns) doc_table(d, name, columns, sizeof(columns) / sizeof((columns)[0]))
void doc_row(struct doc *, const struct cell *cells); /* as many as columns, of their types or CELL_NONE */
#define DOC_ROW(d, ...) doc_row(d, (const struct cell[]){__VA_ARGS__})
void doc_table_end(struct doc *);

/* A doc nobody reads: for acts that run other acts, and for measuring. */
struct doc doc_silent(struct work *);

#endif
