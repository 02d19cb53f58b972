/* SQLite: one file, in WAL mode, safe at every commit. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/engine.h"

static sqlite3 *db_of(const struct store *s) { return s->db; }

/* A disk, a quota or a file-size limit that is exhausted comes as an I/O error with one of these behind it. */
static bool no_room(sqlite3 *db, int rc)
{
    int why = sqlite3_system_errno(db);
    return rc == SQLITE_FULL || (rc == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG));
}

static const struct {
    int rc;
    enum err err;
    str id;
} refusals[] = {
    {SQLITE_BUSY, BUSY, N("another program is writing to the database: try again in a moment")},
    {SQLITE_LOCKED, BUSY, N("another program is writing to the database: try again in a moment")},
    {SQLITE_NOMEM, BUSY, N("the machine is out of memory; nothing was changed")},
    {SQLITE_CONSTRAINT, CONFLICT, N("the database refused this: %1")},
    {SQLITE_NOTADB, CONFLICT, N("this file is not a database of this program: name another with --db")},
    {SQLITE_CORRUPT, STORE, N("the database file is damaged (%1): restore it from a copy")},
    {SQLITE_READONLY, STORE, N("the database may only be read here: see who owns the file and its folder")},
    {SQLITE_IOERR, STORE, N("the disk failed (%1); nothing was changed")},
};

static enum err refuse(struct work *w, struct store *s, int extended)
{
    int rc = extended & 0xff;
    str why = str_of(sqlite3_errmsg(db_of(s)));
    if (no_room(db_of(s), rc)) return fault(w, BUSY, M("no room on the disk; nothing was changed"));
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (refusals[i].rc == rc) return fault(w, refusals[i].err, refusals[i].id, why);
    return fault(w, STORE, M("the database refused this: %1"), why);
}

static enum err exec(struct work *w, struct store *s, const char *text)
{
    int rc = sqlite3_exec(db_of(s), text, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : refuse(w, s, rc);
}

/* SQLite ends a transaction by itself after some failures (a full disk). */
static void rollback(struct store *s)
{
    if (s->db != NULL && !sqlite3_get_autocommit(db_of(s))) sqlite3_exec(db_of(s), "ROLLBACK", NULL, NULL, NULL);
}

/* ---- open and close ---- */

static void close_db(struct store *s) { sqlite3_close(db_of(s)); }

static void patience(struct store *s, int milliseconds) { sqlite3_busy_timeout(db_of(s), milliseconds); }

/* The file holds names and answers: whoever makes it shares it on purpose. The WAL and its index take its rights. */
static enum err make_file(struct work *w, const char *path, enum store_mode mode)
{
    if (mode != STORE_WRITE && access(path, F_OK) != 0 && errno == ENOENT)
        return fault(w, NOTFOUND, M("there is no database '%1': `meguri demo load` makes one to try, "
                                    "`meguri registry import` one of your own"), str_of(path));
    int fd = mode != STORE_WRITE ? -1 : open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd >= 0) close(fd);
    return OK;
}

/* synchronous FULL: an answer is given only after the commit is on the disk. secure_delete: what retention deletes is
 * overwritten. The cache is sized for 256 MB in all; the map may hold all of a national database, since its pages are the
 * system's, which takes them back when memory is short. */
static const char settings[] = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = ON; PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -16384;"
                               "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000"; /* pages: the same page is copied back once */

static enum err open_db(struct work *w, struct store *s, str url)
{
    const char *path = str_c(s->own, url);
    bool memory = str_eq(url, S(":memory:"));
    enum err e = memory ? OK : make_file(w, path, s->mode);
    if (e != OK) return e;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks for its counts, which take a lock at every allocation */
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    s->db = db;
    if (db == NULL) return fault(w, BUSY, M("the machine is out of memory; nothing was changed"));
    if (rc != SQLITE_OK)
        return fault(w, STORE, M("cannot open the database '%1': %2"), url, str_of(sqlite3_errmsg(db)));
    sqlite3_busy_timeout(db, PATIENCE);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* "x" is a name, as in PostgreSQL */
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    e = exec(w, s, settings);
    if (e != OK) return e;
    return exec(w, s, s->mode == STORE_READ ? "PRAGMA query_only = ON" : "PRAGMA journal_mode = WAL");
}

/* ---- statements ---- */

static sqlite3_stmt *handle(const struct stmt *st) { return st->handle; }

/* In SQLite $1 is a name, numbered by first appearance: the number that counts is the one in the name. */
static bool number_params(struct stmt *st)
{
    int n = sqlite3_bind_parameter_count(handle(st));
    if (n > ARGS_MAX) return false;
    for (int i = 1; i <= n; i++) {
        const char *name = sqlite3_bind_parameter_name(handle(st), i);
        int64_t number;
        if (name == NULL || name[0] != '$' || !str_to_int(str_of(name + 1), &number)) return false;
        if (number < 1 || number > st->n_params) return false;
        st->number[i - 1] = (unsigned char)number;
    }
    return true;
}

static enum err prepare(struct work *w, struct store *s, struct stmt *st)
{
    sqlite3_stmt *made = NULL;
    int rc = sqlite3_prepare_v3(db_of(s), st->sql->text, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL);
    if (rc != SQLITE_OK) return refuse(w, s, rc);
    st->handle = made;
    st->writes = !sqlite3_stmt_readonly(made);
    if (number_params(st)) return OK;
    sqlite3_finalize(made);
    return fault(w, STORE, M("the database refused this: %1"), S("parameters are $1, $2 … only"));
}

static void unprepare(struct store *s, struct stmt *st)
{
    (void)s;
    sqlite3_finalize(handle(st));
}

static enum err check(struct work *w, struct store *s, struct stmt *st)
{
    (void)s;
    if (sqlite3_bind_parameter_count(handle(st)) == st->n_params) return OK;
    return fault(w, STORE, M("the database refused this: %1"), S("parameters with holes"));
}

/* A NULL pointer would bind NULL, and an empty str may have one. */
static int bind_one(sqlite3_stmt *h, int i, const struct value *v, void (*keep)(void *))
{
    const char *p = v->s.n == 0 ? "" : v->s.p;
    switch (v->type) {
    case VALUE_INT: return sqlite3_bind_int64(h, i, v->i);
    case VALUE_REAL: return sqlite3_bind_double(h, i, v->r);
    case VALUE_TEXT: return sqlite3_bind_text64(h, i, p, v->s.n, keep, SQLITE_UTF8);
    case VALUE_BYTES: return sqlite3_bind_blob64(h, i, p, v->s.n, keep);
    case VALUE_NULL: break;
    }
    return sqlite3_bind_null(h, i);
}

static int bind(const struct stmt *st, const struct value *v, void (*keep)(void *))
{
    int n = sqlite3_bind_parameter_count(handle(st));
    for (int i = 1; i <= n; i++) {
        int rc = bind_one(handle(st), i, &v[st->number[i - 1] - 1], keep);
        if (rc != SQLITE_OK) return rc;
    }
    return SQLITE_OK;
}

static enum err run(struct work *w, struct store *s, struct stmt *st, const struct value *v, int n, int64_t *changed)
{
    (void)n;
    int rc = bind(st, v, SQLITE_STATIC);
    if (rc != SQLITE_OK) return refuse(w, s, rc);
    while ((rc = sqlite3_step(handle(st))) == SQLITE_ROW) continue;
    enum err e = rc == SQLITE_DONE ? OK : refuse(w, s, rc);
    sqlite3_reset(handle(st));
    if (e == OK) *changed = st->writes ? sqlite3_changes64(db_of(s)) : 0;
    return e;
}

/* ---- rows ---- */

/* Texts are copied: the caller may let go of them before the last row is read. */
static enum err rows(struct rows *r, const struct value *v, int n)
{
    (void)n;
    int rc = bind(r->stmt, v, SQLITE_TRANSIENT);
    return rc == SQLITE_OK ? OK : refuse(r->w, r->store, rc);
}

static bool next(struct rows *r)
{
    int rc = sqlite3_step(handle(r->stmt));
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) r->err = refuse(r->w, r->store, rc);
    r->ended = true;
    return false;
}

static void end(struct rows *r) { sqlite3_reset(handle(r->stmt)); }

static bool is_null(struct rows *r, int column)
{
    return sqlite3_column_type(handle(r->stmt), column) == SQLITE_NULL;
}

/* The value is asked for once, then its type and its number: half the calls that the column functions would make. It is safe
 * to hold for as long as no other thread has the connection, and none ever has. */
static bool get_int(struct rows *r, int column, int64_t *out)
{
    sqlite3_value *v = sqlite3_column_value(handle(r->stmt), column);
    int type = sqlite3_value_type(v);
    *out = type == SQLITE_INTEGER ? sqlite3_value_int64(v) : 0;
    return type == SQLITE_INTEGER || type == SQLITE_NULL;
}

static bool get_real(struct rows *r, int column, double *out)
{
    int type = sqlite3_column_type(handle(r->stmt), column);
    bool number = type == SQLITE_FLOAT || type == SQLITE_INTEGER;
    *out = number ? sqlite3_column_double(handle(r->stmt), column) : 0;
    return number || type == SQLITE_NULL;
}

static bool get_bytes(struct rows *r, int column, str *out)
{
    sqlite3_value *v = sqlite3_column_value(handle(r->stmt), column);
    int type = sqlite3_value_type(v);
    if (type == SQLITE_NULL) return true;
    if (type != SQLITE_TEXT && type != SQLITE_BLOB) return false;
    const char *p = sqlite3_value_blob(v); /* NULL when empty */
    int n = sqlite3_value_bytes(v);
    if (n > 0) *out = (str){p, (size_t)n};
    return true;
}

/* ---- batches: nothing is gained by waiting here ---- */

static enum err batch_none(struct batch *b)
{
    (void)b;
    return OK;
}

static enum err add(struct batch *b, const struct value *v, int n)
{
    int64_t changed;
    return run(b->w, b->store, b->stmt, v, n, &changed);
}

static const char *const words[] = {"INTEGER PRIMARY KEY", "INTEGER", "REAL", "BLOB", "STRICT"};

const struct engine sqlite_engine = {
    .name = "sqlite",
    .words = words,
    .contents = ("SELECT CASE WHEN EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'schema_step') THEN 1"
                 " WHEN EXISTS (SELECT 1 FROM sqlite_master) THEN 2 ELSE 0 END"),
    .begin_step = "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON", /* a step may rebuild a table */
    .begin = "BEGIN IMMEDIATE",
    .snapshot = "BEGIN",
    .open = open_db,
    .close = close_db,
    .patience = patience,
    .exec = exec,
    .rollback = rollback,
    .prepare = prepare,
    .unprepare = unprepare,
    .check = check,
    .run = run,
    .rows = rows,
    .next = next,
    .end = end,
    .is_null = is_null,
    .get_int = get_int,
    .get_real = get_real,
    .get_bytes = get_bytes,
    .batch_begin = batch_none,
    .batch_add = add,
    .batch_flush = batch_none,
    .batch_end = batch_none,
};
