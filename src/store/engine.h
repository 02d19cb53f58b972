/* Between store.c and the two engines, and of no interest to anybody else.
 *
 * store.c keeps the rules that are the same for both (scope, cursors, transactions, what may run when); an engine only
 * speaks to its database. An engine notes a fault for every failure and answers with its err. */
#ifndef MEGURI_STORE_ENGINE_H
#define MEGURI_STORE_ENGINE_H

#include "store/store.h"

enum { ARGS_MAX = 64, CACHE_BUCKETS = 256, PATIENCE = 5000, BATCH_FLUSH = 500 };

struct stmt;

struct rows {
    struct work *w;
    struct store *store;
    struct stmt *stmt;
    enum err err;
    bool ended;
    void *result; /* PostgreSQL's */
    int at, count;
};

/* A statement prepared on this connection. One that is being read is not shared: a second reader prepares another. */
struct stmt {
    struct stmt *next;
    const struct sql *sql;
    bool busy, writes; /* writes: known on SQLite only; PostgreSQL refuses by itself */
    void *handle;
    char name[16];
    int n_params;
    unsigned char number[ARGS_MAX]; /* SQLite: the n of each parameter's name, by index - 1 */
    struct rows rows;
};

struct batch {
    struct store *store;
    struct work *w;
    struct stmt *stmt;
    bool open;
    enum err err;
    int64_t waiting, waiting_bytes, added;
};

enum tx { TX_NONE, TX_READ, TX_WRITE };

/* The end of the journal as this transaction has it: read with the lock, written once, before the commit. */
struct head {
    int64_t seq;
    char hash[65];
    bool known, changed;
};

struct store {
    const struct engine *engine;
    void *db;
    struct arena *own; /* the store's life: its cache must outlast what callers take back from their arenas */
    enum store_mode mode;
    enum tx tx;
    bool saved, failed, stream_open;
    bool light, lost;      /* store_light */
    int64_t writes, mark;  /* statements that change, since the store was opened, and at store_save */
    struct head head, head_saved; /* of the journal, while a transaction writes */
    int64_t names;
    struct batch batch;
    struct stmt *cache[CACHE_BUCKETS];
};

struct engine {
    const char *name;
    const char *const *words; /* what {ID} {INT} {REAL} {BYTES} {STRICT} become */
    /* fixed texts */
    const char *contents;   /* 0: an empty database, 1: one of ours, 2: of someone else's */
    const char *begin_step; /* shuts out other programs, also before there is a journal_head */
    const char *begin, *snapshot;

    enum err (*open)(struct work *w, struct store *s, str url);
    void (*close)(struct store *s);
    bool (*connected)(const struct store *s); /* NULL: always */
    void (*patience)(struct store *s, int milliseconds);
    enum err (*exec)(struct work *w, struct store *s, const char *text); /* one or more statements, no parameters */
    void (*rollback)(struct store *s);                                  /* never fails; harmless without transaction */

    enum err (*prepare)(struct work *w, struct store *s, struct stmt *out);
    void (*unprepare)(struct store *s, struct stmt *st);
    enum err (*check)(struct work *w, struct store *s, struct stmt *st);
    enum err (*run)(struct work *w, struct store *s, struct stmt *st, const struct value *v, int n, int64_t *changed);
    enum err (*rows)(struct rows *r, const struct value *v, int n);
    bool (*next)(struct rows *r); /* sets err and ended */
    void (*end)(struct rows *r);

    bool (*is_null)(struct rows *r, int column);
    bool (*get_int)(struct rows *r, int column, int64_t *out); /* false: not of that type; out is 0 for NULL */
    bool (*get_real)(struct rows *r, int column, double *out);
    bool (*get_bytes)(struct rows *r, int column, str *out);

    enum err (*batch_begin)(struct batch *b);
    enum err (*batch_add)(struct batch *b, const struct value *v, int n);
    enum err (*batch_flush)(struct batch *b);
    enum err (*batch_end)(struct batch *b);
};

extern const struct engine sqlite_engine, postgres_engine;

/* For journal.c, inside a transaction that writes; NULL outside one. */
struct head *store_head(struct work *w);

/* The text with the five words of the DDL replaced, ended by NUL. */
const char *schema_text(struct arena *a, const struct engine *engine, str neutral);

/* Brings a database just opened to the schema of this program (WRITE), or checks that it has it (READ). */
enum err schema_open(struct work *w, struct store *s);

#endif
