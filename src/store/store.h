/* One interface to SQLite and PostgreSQL. A room calls this from its ROOM_store.c and from nowhere else.
 *
 * SQL is one text for both engines: parameters $1, $2 … bound by the number in the name; no SQL text is ever built.
 * Statements stand in a const table at the top of each *_store.c; a test prepares every one on both engines.
 * Traps that text has to avoid: doc/sql.md. Types: {INT} is 64 bit, text is UTF-8 without NUL, dates are days ({INT}).
 *
 * One writer: store_begin takes the row of journal_head, so a transaction sees and shuts out every other writer.
 * Changes outside store_begin … store_commit are refused. After a statement failed inside a transaction every further
 * one is refused until store_undo or store_rollback, on SQLite as on PostgreSQL.
 * Cursors: rows are fetched whole on PostgreSQL unless the statement is STREAM; while a STREAM cursor is open no other
 * statement may run on the store (asserted on both engines). */
#ifndef MEGURI_STORE_STORE_H
#define MEGURI_STORE_STORE_H

#include "base/work.h"

struct store;

/* ---- statements ---- */
enum sql_kind {
    SQL_PLAIN,  /* touches no scoped table */
    SQL_SCOPED, /* $1, $2 are the actor's interval [lo, hi), bound by the store; the room's arguments begin at $3 */
    SQL_OPEN,   /* touches a scoped table without a scope, for the reason given */
};
struct sql {
    const char *text;
    enum sql_kind kind;
    bool stream;
    const char *why;
};
#define SQL(text) {(text), SQL_PLAIN, false, NULL}
#define SQL_STREAM(text) {(text), SQL_PLAIN, true, NULL}
#define SCOPED(text) {(text), SQL_SCOPED, false, NULL}
#define SCOPED_STREAM(text) {(text), SQL_SCOPED, true, NULL}
#define OPEN(why, text) {(text), SQL_OPEN, false, (why)}
#define OPEN_STREAM(why, text) {(text), SQL_OPEN, true, (why)}

/* The statements of one *_store.c. Its room lists them (struct room), so that the tests prepare and check each. */
struct sql_set {
    const char *name;
    const struct sql *sql;
    size_t n;
};

/* ---- arguments ---- */
enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BYTES };
struct value {
    enum value_type type;
    int64_t i;
    double r;
    str s;
};
#define INT(x) ((struct value){.type = VALUE_INT, .i = (x)})
#define REAL(x) ((struct value){.type = VALUE_REAL, .r = (x)})
#define TEXT(x) ((struct value){.type = VALUE_TEXT, .s = (x)})
#define BYTES(x) ((struct value){.type = VALUE_BYTES, .s = (x)})
#define NIL ((struct value){.type = VALUE_NULL})
struct value int_or_nil(int64_t x, bool given);

struct values {
    const struct value *v;
    size_t n;
};
#define ARGS(...)                                                                                                      \
    ((struct values){(const struct value[]){__VA_ARGS__},                                                              \
                     sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)})
#define NOARGS ((struct values){NULL, 0})

/* ---- open and close ---- */
enum store_mode {
    STORE_READ,
    STORE_WRITE,  /* a missing file is made */
    STORE_CHANGE, /* writes too, but a missing file is NOTFOUND, so that a mistyped name makes none */
};

/* url: a file path (SQLite) or postgresql://… (or key=value with host=/dbname=). In the writing modes schema steps are
 * applied; in mode READ a missing file is NOTFOUND and an old schema CONFLICT. The store lives in
 * `life`, which closes it. Faults say what and what to do. */
enum err store_open(struct work *w, struct arena *life, str url, enum store_mode, struct store **out) MUST_USE;
const char *store_engine(const struct store *); /* "sqlite" or "postgresql" */
void store_patience(struct store *, int milliseconds); /* how long store_begin waits for another writer; 5000 */

/* ---- running ---- */
struct rows;
enum err store_run(struct work *w, const struct sql *, struct values) MUST_USE; /* rows, if any, are thrown away */
enum err store_run_count(struct work *w, const struct sql *, struct values, int64_t *changed) MUST_USE;
enum err store_rows(struct work *w, const struct sql *, struct values, struct rows **out) MUST_USE;
bool rows_next(struct rows *);
int64_t rows_int(struct rows *, int column); /* 0 for NULL */
double rows_real(struct rows *, int column);
str rows_text(struct rows *, int column);    /* borrowed until the next rows_next; empty for NULL */
str rows_bytes(struct rows *, int column);
str rows_kept(struct work *w, struct rows *, int column); /* as rows_text, copied into w->a */
bool rows_null(struct rows *, int column);
/* A getter that does not fit the column's type (rows_int of text …) answers 0 or empty, and rows_done STORE. */
enum err rows_done(struct rows *) MUST_USE;  /* call always; STORE when reading failed midway */

/* First column of the first row; NOTFOUND when there is none (no fault noted). */
enum err store_int(struct work *w, const struct sql *, struct values, int64_t *out) MUST_USE;
enum err store_text(struct work *w, const struct sql *, struct values, str *out) MUST_USE; /* copied into w->a */

/* All rows as an array in w->a, one element of `size` bytes each. STORE_GATHER fills `struct x **out`. */
typedef void row_take_fn(struct work *w, struct rows *, void *to);
enum err store_gather(struct work *w, const struct sql *, struct values, row_take_fn *, size_t size, void **out,
                      size_t *n) MUST_USE;
#define STORE_GATHER(w, sql, values, take, out, n) store_gather(w, sql, values, take, sizeof **(out), (void **)(out), n)

/* The same statement many times: a pipeline on PostgreSQL, a loop on SQLite. Nothing else may run in between.
 * What is added is sent on in hundreds: a failure may show later, at the latest in batch_end. A failed add has ended
 * the batch already; calling batch_end all the same is harmless and answers the same. */
struct batch;
enum err batch_begin(struct work *w, const struct sql *, struct batch **out) MUST_USE;
enum err batch_add(struct batch *, struct values) MUST_USE;
enum err batch_end(struct batch *) MUST_USE;

/* Is the connection still there? A lost one is not mended: open another store. */
bool store_connected(const struct store *);

/* ---- transactions ---- */
enum err store_begin(struct work *w) MUST_USE;  /* BUSY when another writer holds on for longer than five seconds */
enum err store_commit(struct work *w) MUST_USE; /* on failure nothing was written; ends a snapshot as well */
void store_rollback(struct work *w);            /* ends open cursors and batches too; harmless without a transaction */
enum err store_snapshot(struct work *w) MUST_USE; /* a read-only transaction: one state for all that a view reads */
bool store_in_snapshot(const struct store *);
/* Savepoints cost copies of pages and round trips, and nearly no act is undone. Light: store_save only remembers, and
 * store_undo of something that had written loses the whole transaction (store_lost), which then has to be done again,
 * not lightly. Until the next store_begin. */
void store_light(struct store *);
bool store_lost(const struct store *);
enum err store_save(struct work *w) MUST_USE;     /* savepoint; one level */
enum err store_keep(struct work *w) MUST_USE;
void store_undo(struct work *w);

/* For the tests: prepares the statement and refuses what would go wrong later on this engine (parameters with holes or
 * of 32 bit, columns that rows_… cannot read). */
enum err store_prepare_check(struct work *w, const struct sql *) MUST_USE;
extern const struct sql_set store_sql_set;

#endif
