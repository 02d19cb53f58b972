/* The files of the registry: kinds of CSV, each a table of fields. The same table reads a file, checks it, writes
 * the export and says in which order the statements of registry_store.c take and give the columns. */
#ifndef MEGURI_REGISTRY_CSV_H
#define MEGURI_REGISTRY_CSV_H

#include "format/csv.h"

enum { FIELDS_MAX = 9, NAME_MAX_BYTES = 4096, ORDER_MAX = 1000000000, NUMBER_MAX = 100000, REF_MAX = 200 };

enum field_type {
    F_CODE,   /* letters, digits, - _ . / : ; at most 64 bytes */
    F_TEXT,
    F_DATE,
    F_ORDER,  /* whole number; a column that is missing takes a new row's place in the file */
    F_RIGHTS, /* words of rights, parted by blanks */
    F_NUMBER, /* whole number from 1 on; may be unknown */
    F_DAY,    /* a day of every year (MM-DD) or of one (YYYY-MM-DD) */
    F_REF,    /* "kind:code", of anything in the program; not looked up */
    F_ORG,    /* references, by code */
    F_DUTY,
    F_PERSON,
    F_SYSTEM,
    F_POST,
    F_COUNCIL,
    F_MEETING,
    FIELD_TYPES,
};
enum field_flag {
    F_KEY = 1,      /* rows are merged by these */
    F_OPTIONAL = 2, /* the column may be missing: what is stored stays, a new row has it empty */
    F_EMPTY = 4,    /* the cell may be empty */
    F_SINCE = 8,    /* the first day, and */
    F_UNTIL = 16,   /* the last */
};
struct field {
    const char *name;
    enum field_type type;
    unsigned flags;
    str label;         /* message id, for the preview */
    const char *words; /* the only codes allowed, parted by blanks; NULL: any */
};

enum kind_id {
    K_ORG, K_ORG_NAME, K_LINK, K_DUTY, K_DUTY_TITLE, K_DUTY_FORBIDDEN, K_PERSON, K_POST, K_SYSTEM, K_SYSTEM_TAG, K_DAY_OFF,
    K_COUNCIL, K_MEETING, K_MEETING_DOCUMENT, K_DECISION, K_CALENDAR,
    KINDS
};
struct kind {
    const char *what;        /* as in --what */
    const struct field *fields;
    size_t n;
    unsigned right;          /* to import; where none is given the export is anyone's within their scope */
    unsigned read;           /* to export */
    enum field_type self;    /* what its own rows are to a reference: F_ORG for organisations; FIELD_TYPES: nothing */
};
extern const struct kind registry_kinds[KINDS];
const struct kind *kind_find(str what); /* NULL when there is none */

/* A row, from a file or from the store, in the order of the fields. */
struct datum {
    str text;    /* as in the file; of a date or number from the store empty */
    int64_t i;   /* F_DATE, F_ORDER, F_RIGHTS, F_NUMBER; of a reference the row id, 0 when not stored yet */
    bool nil;    /* empty, or the column is missing */
};
struct record {
    struct datum d[FIELDS_MAX];
};

/* What a cell alone can tell: dates, numbers, codes, rights, empty or too long. Notes a fault and answers INVALID. */
enum err datum_parse(struct work *w, const struct field *, str cell, struct where, struct datum *out) MUST_USE;
bool datum_same(const struct field *, const struct datum *, const struct datum *);
str datum_text(struct arena *, const struct field *, const struct datum *); /* as the file has it */

bool code_good(str code);
bool day_good(str cell); /* as F_DAY has it */
str record_key(struct buf *scratch, const struct kind *, const struct record *); /* borrows from scratch */
/* Of the fields in the mask alone (bit i is field i), so that a file compares what it has. */
uint64_t record_print(const struct kind *, unsigned mask, const struct record *);
void record_write(struct buf *, const struct kind *, const struct record *);
void header_write(struct buf *, const struct kind *);

#endif
