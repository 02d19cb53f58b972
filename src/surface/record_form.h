/* How blocks are written in a record: shared by the two sides of record.h. */
#ifndef MEGURI_SURFACE_RECORD_FORM_H
#define MEGURI_SURFACE_RECORD_FORM_H

#include "surface/record.h"

/* The first letter of a line. Fields after it, parted by TAB. */
enum {
    LINE_FIRST = 'R',    /* version */
    LINE_TITLE = 'I',    /* text */
    LINE_LEAD = 'L',     /* text */
    LINE_HANDLING = 'H', /* message id */
    LINE_PROVISIONAL = 'P',
    LINE_HEADING = 'h',  /* text */
    LINE_TEXT = 'x',     /* text */
    LINE_NOTE = 'n',     /* text */
    LINE_FACT = 'f',     /* key, label, sentence below, cell */
    LINE_SHOW = 's',     /* kind, label, detail, state, from, until, goal_of, values parted by blanks, goal, begin, alone */
    LINE_TABLE = 'T',    /* name, number of columns */
    LINE_COLUMN = 'c',   /* key, type, label, flags, of */
    LINE_ROW = 'r',      /* a cell for each column */
    LINE_TABLE_END = 'e',
    LINE_LAST = 'Z',
};
/* The letter a cell begins with, by its type; pieces after it, parted by '|': TEXT, ENUM, ORG, PERSON, CLAUSE have text, ja,
 * en (and ORG its depth, the others theirs where it is not 0), RATE value, tenths, n, d, or nothing when it is not defined; DECIMAL number and decimals; the others
 * a number. A type without a letter is not kept: a new one is added here. */
enum { RECORD_TYPES = 32 };
extern const char record_letters[RECORD_TYPES];
/* The names of presentations; NULL for those that are not kept. A new one is added here by its name. */
enum { RECORD_SHOWS = 32 };
extern const char *const record_shows[RECORD_SHOWS];
/* INVALID with a fault: these bytes are no record. */
enum err record_check(struct work *w, str bytes) MUST_USE;
#define RECORD_VERSION "1"

#endif
