/* What holds for both engines: scope, the cache of statements, who may run when, and the states of a transaction. */
#include "store/store.h"

#include <assert.h>
#include <string.h>

#include "base/trouble.h"
#include "store/engine.h"

enum { LOCK, SET_HEAD, N_SQL };
static const struct sql store_sql[N_SQL] = {
    /* Changes nothing and holds the row until the end: one writer at a time on either engine, also among several
     * programs on one PostgreSQL, and so neither lost updates nor deadlocks among acts. */
    [LOCK] = SQL("UPDATE journal_head SET seq = seq RETURNING seq, hash"),
    [SET_HEAD] = SQL("UPDATE journal_head SET seq = $1, hash = $2"),
};
const struct sql_set store_sql_set = {"store", store_sql, N_SQL};

struct value int_or_nil(int64_t x, bool given) { return given ? INT(x) : NIL; }

/* ---- open and close ---- */

static void end_rows(struct store *s, struct stmt *st)
{
    s->engine->end(&st->rows);
    st->busy = false;
    s->stream_open = false;
}

/* A batch that is over, for whatever reason, answers with this from now on. */
static enum err close_batch(struct batch *b, enum err e)
{
    struct store *s = b->store;
    enum err ended = s->engine->batch_end(b);
    b->open = false;
    b->stmt->busy = false;
    b->err = e != OK ? e : ended;
    if (b->err != OK && s->tx != TX_NONE) s->failed = true;
    return b->err;
}

/* Before a rollback: what is still open would stand in its way (PostgreSQL) or read what is no more (SQLite). */
static void drop_open(struct store *s)
{
    if (s->batch.open) close_batch(&s->batch, STORE);
    for (size_t i = 0; i < CACHE_BUCKETS; i++)
        for (struct stmt *st = s->cache[i]; st != NULL; st = st->next)
            if (st->busy) end_rows(s, st);
}

static void store_close(void *what)
{
    struct store *s = what;
    drop_open(s);
    s->engine->rollback(s);
    for (size_t i = 0; i < CACHE_BUCKETS; i++)
        for (struct stmt *st = s->cache[i]; st != NULL; st = st->next) s->engine->unprepare(s, st);
    s->engine->close(s);
    arena_free(s->own);
}

static const struct engine *engine_of(str url)
{
    bool postgres = str_starts(url, S("postgresql://")) || str_starts(url, S("postgres://")) ||
                    str_find(url, S("host=")) >= 0 || str_find(url, S("dbname=")) >= 0;
    return postgres ? &postgres_engine : &sqlite_engine;
}

enum err store_open(struct work *w, struct arena *life, str url, enum store_mode mode, struct store **out)
{
    struct arena *own = arena_new(0);
    struct store *s = arena_alloc(own, sizeof *s);
    *s = (struct store){.engine = engine_of(url), .own = own, .mode = mode};
    enum err e = trouble_here() ? fault(w, STORE, M("the database refused this: %1"), S("trouble on purpose"))
                                : s->engine->open(w, s, url);
    if (e == OK) {
        if (mode == STORE_CHANGE) s->mode = STORE_WRITE;
        store_patience(s, PATIENCE);
        e = schema_open(w, s);
    }
    if (e != OK) {
        store_close(s);
        return e;
    }
    arena_closer(life, store_close, s);
    *out = s;
    return OK;
}

const char *store_engine(const struct store *s) { return s->engine->name; }

void store_patience(struct store *s, int milliseconds) { s->engine->patience(s, milliseconds); }

/* ---- statements ---- */

/* The largest n of $n outside quotes. */
static int params_of(const char *text)
{
    int most = 0;
    bool quoted = false;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'') quoted = !quoted;
        if (*c != '$' || quoted) continue;
        int n = 0;
        while (c[1] >= '0' && c[1] <= '9' && n <= ARGS_MAX) n = n * 10 + (*++c - '0');
        if (n > most) most = n;
    }
    return most;
}

static enum err spoil(struct store *s, enum err e)
{
    if (e != OK && s->tx != TX_NONE) s->failed = true;
    return e;
}

/* May anything run now? PostgreSQL refuses all after a failure inside a transaction; SQLite is made to do the same, so
 * that neither ever commits the half that worked. */
static enum err ready(struct work *w)
{
    struct store *s = w->store;
    assert(!s->stream_open && !s->batch.open);
    if (s->failed)
        return fault(w, STORE, M("an earlier step of this change failed, so the rest is refused; nothing was changed"));
    if (trouble_here())
        return spoil(s, fault(w, STORE, M("the database refused this: %1"), S("trouble on purpose")));
    return OK;
}

static struct stmt *cached(const struct store *s, const struct sql *sql, size_t bucket)
{
    struct stmt *st = s->cache[bucket];
    while (st != NULL && (st->busy || st->sql->text != sql->text || st->sql->kind != sql->kind ||
                          st->sql->stream != sql->stream))
        st = st->next;
    return st;
}

/* The copy of *sql is because tests keep theirs on the stack; the text is the identity, and a literal. */
static enum err prepare(struct work *w, const struct sql *sql, struct stmt **out)
{
    struct store *s = w->store;
    struct stmt *st = arena_alloc(s->own, sizeof *st);
    struct sql *copy = arena_alloc(s->own, sizeof *copy);
    *copy = *sql;
    *st = (struct stmt){.sql = copy, .n_params = params_of(sql->text)};
    assert(st->n_params <= ARGS_MAX);
    enum err e = s->engine->prepare(w, s, st);
    if (e != OK) return spoil(s, e);
    *out = st;
    return OK;
}

static enum err acquire(struct work *w, const struct sql *sql, struct stmt **out)
{
    struct store *s = w->store;
    enum err e = ready(w);
    if (e != OK) return e;
    size_t bucket = ((uintptr_t)sql->text >> 3) % CACHE_BUCKETS;
    struct stmt *st = cached(s, sql, bucket);
    if (st == NULL) {
        e = prepare(w, sql, &st);
        if (e != OK) return e;
        st->next = s->cache[bucket];
        s->cache[bucket] = st;
    }
    if (st->writes && s->tx != TX_WRITE)
        return spoil(s, fault(w, STORE, M("the database refused this: %1"), S("a change outside a transaction")));
    s->writes += st->writes || s->engine == &postgres_engine; /* which cannot tell */
    *out = st;
    return OK;
}

enum { SCOPE_ARGS = 2 };

/* The arguments as the engine binds them: for a scoped statement the actor's interval goes before the room's. */
static const struct value *gather(const struct work *w, const struct stmt *st, struct values args, struct value *room)
{
    size_t scope = st->sql->kind == SQL_SCOPED ? SCOPE_ARGS : 0;
    assert(args.n + scope == (size_t)st->n_params);
    if (scope == 0) return args.v;
    room[0] = INT(w->lo);
    room[1] = INT(w->hi);
    for (size_t i = 0; i < args.n; i++) room[scope + i] = args.v[i];
    return room;
}

enum err store_run_count(struct work *w, const struct sql *sql, struct values args, int64_t *changed)
{
    struct stmt *st;
    struct value room[ARGS_MAX];
    enum err e = acquire(w, sql, &st);
    if (e != OK) return e;
    return spoil(w->store, w->store->engine->run(w, w->store, st, gather(w, st, args, room), st->n_params, changed));
}

enum err store_run(struct work *w, const struct sql *sql, struct values args)
{
    int64_t changed;
    return store_run_count(w, sql, args, &changed);
}

/* ---- rows ---- */

enum err store_rows(struct work *w, const struct sql *sql, struct values args, struct rows **out)
{
    struct store *s = w->store;
    struct stmt *st;
    struct value room[ARGS_MAX];
    enum err e = acquire(w, sql, &st);
    if (e != OK) return e;
    st->rows = (struct rows){.w = w, .store = s, .stmt = st};
    e = s->engine->rows(&st->rows, gather(w, st, args, room), st->n_params);
    if (e != OK) return spoil(s, e);
    st->busy = true;
    s->stream_open = sql->stream;
    *out = &st->rows;
    return OK;
}

bool rows_next(struct rows *r)
{
    if (r->ended) return false;
    return r->store->engine->next(r);
}

static void misread(struct rows *r, bool fits)
{
    if (fits || r->err != OK) return;
    r->err = fault(r->w, STORE, M("the database refused this: %1"), S("a column of another type than it is read as"));
}

int64_t rows_int(struct rows *r, int column)
{
    int64_t value = 0;
    misread(r, r->store->engine->get_int(r, column, &value));
    return value;
}

double rows_real(struct rows *r, int column)
{
    double value = 0;
    misread(r, r->store->engine->get_real(r, column, &value));
    return value;
}

str rows_bytes(struct rows *r, int column)
{
    str value = {"", 0};
    misread(r, r->store->engine->get_bytes(r, column, &value));
    return value;
}

str rows_text(struct rows *r, int column) { return rows_bytes(r, column); }

str rows_kept(struct work *w, struct rows *r, int column) { return str_dup(w->a, rows_text(r, column)); }

bool rows_null(struct rows *r, int column) { return r->store->engine->is_null(r, column); }

enum err rows_done(struct rows *r)
{
    enum err e = r->err;
    end_rows(r->store, r->stmt);
    return spoil(r->store, e);
}

enum err store_int(struct work *w, const struct sql *sql, struct values args, int64_t *out)
{
    struct rows *r;
    enum err e = store_rows(w, sql, args, &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    int64_t value = found ? rows_int(r, 0) : 0;
    e = rows_done(r);
    if (e != OK) return e;
    if (!found) return NOTFOUND;
    *out = value;
    return OK;
}

enum err store_text(struct work *w, const struct sql *sql, struct values args, str *out)
{
    struct rows *r;
    enum err e = store_rows(w, sql, args, &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    str value = found ? rows_kept(w, r, 0) : S("");
    e = rows_done(r);
    if (e != OK) return e;
    if (!found) return NOTFOUND;
    *out = value;
    return OK;
}

enum err store_gather(struct work *w, const struct sql *sql, struct values args, row_take_fn *take, size_t size,
                      void **out, size_t *n)
{
    struct rows *r;
    size_t count = 0, room = 1;
    unsigned char *all = arena_alloc(w->a, size); /* of none too there is an address: it may be copied and sorted */
    enum err e = store_rows(w, sql, args, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        all = arena_more(w->a, all, count, &room, size);
        take(w, r, all + count++ * size);
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = all;
    *n = count;
    return OK;
}

/* ---- batches ---- */

enum { BATCH_FLUSH_BYTES = 1 << 20 };

enum err batch_begin(struct work *w, const struct sql *sql, struct batch **out)
{
    struct store *s = w->store;
    struct stmt *st;
    enum err e = acquire(w, sql, &st);
    if (e != OK) return e;
    s->batch = (struct batch){.store = s, .w = w, .stmt = st};
    e = s->engine->batch_begin(&s->batch);
    if (e != OK) return spoil(s, e);
    s->batch.open = true;
    st->busy = true;
    *out = &s->batch;
    return OK;
}

static enum err flush(struct batch *b)
{
    if (b->waiting == 0) return OK;
    b->waiting = b->waiting_bytes = 0;
    if (trouble_here()) return fault(b->w, STORE, M("the database refused this: %1"), S("trouble on purpose"));
    return b->store->engine->batch_flush(b);
}

enum err batch_add(struct batch *b, struct values args)
{
    struct value room[ARGS_MAX];
    if (!b->open) return b->err;
    const struct value *v = gather(b->w, b->stmt, args, room);
    enum err e = b->store->engine->batch_add(b, v, b->stmt->n_params);
    b->waiting++;
    for (size_t i = 0; i < args.n; i++) b->waiting_bytes += (int64_t)args.v[i].s.n;
    if (e == OK && (b->waiting >= BATCH_FLUSH || b->waiting_bytes >= BATCH_FLUSH_BYTES)) e = flush(b);
    return e == OK ? OK : close_batch(b, e);
}

enum err batch_end(struct batch *b)
{
    if (!b->open) return b->err;
    return close_batch(b, flush(b));
}

/* ---- transactions ---- */

static enum err start(struct work *w, const char *how, enum tx tx)
{
    struct store *s = w->store;
    assert(s->tx == TX_NONE);
    enum err e = ready(w);
    if (e == OK) e = s->engine->exec(w, s, how);
    if (e != OK) {
        s->engine->rollback(s);
        return e;
    }
    s->tx = tx;
    s->saved = s->light = s->lost = false;
    s->head = (struct head){0};
    return OK;
}

static enum err take_lock(struct work *w)
{
    struct rows *r;
    struct head *h = &w->store->head;
    enum err e = store_rows(w, &store_sql[LOCK], NOARGS, &r);
    if (e != OK) return e;
    if (rows_next(r)) {
        str hash = rows_text(r, 1);
        h->seq = rows_int(r, 0);
        h->known = hash.n == sizeof h->hash - 1;
        if (h->known) memcpy(h->hash, hash.p, hash.n);
    }
    return rows_done(r);
}

struct head *store_head(struct work *w)
{
    return w->store->tx == TX_WRITE && w->store->head.known ? &w->store->head : NULL;
}

enum err store_begin(struct work *w)
{
    assert(w->store->mode == STORE_WRITE);
    enum err e = start(w, w->store->engine->begin, TX_WRITE);
    if (e != OK) return e;
    e = take_lock(w);
    if (e != OK) store_rollback(w);
    return e;
}

enum err store_snapshot(struct work *w) { return start(w, w->store->engine->snapshot, TX_READ); }

bool store_in_snapshot(const struct store *s) { return s->tx == TX_READ; }

enum err store_commit(struct work *w)
{
    struct store *s = w->store;
    assert(s->tx != TX_NONE);
    enum err e = ready(w);
    if (e == OK && s->head.changed)
        e = store_run(w, &store_sql[SET_HEAD], ARGS(INT(s->head.seq), TEXT(str_of(s->head.hash))));
    if (e == OK) e = s->engine->exec(w, s, "COMMIT");
    if (e == OK) s->tx = TX_NONE;
    else store_rollback(w);
    return e;
}

void store_rollback(struct work *w)
{
    struct store *s = w->store;
    drop_open(s);
    s->engine->rollback(s);
    s->tx = TX_NONE;
    s->saved = s->failed = false;
    s->head = (struct head){0};
}

void store_light(struct store *s)
{
    assert(s->tx == TX_WRITE && !s->saved);
    s->light = true;
}

bool store_lost(const struct store *s) { return s->lost; }

bool store_connected(const struct store *s) { return s->engine->connected == NULL || s->engine->connected(s); }

enum err store_save(struct work *w)
{
    struct store *s = w->store;
    assert(s->tx == TX_WRITE && !s->saved);
    enum err e = ready(w);
    if (e == OK && !s->light) e = spoil(s, s->engine->exec(w, s, "SAVEPOINT act"));
    s->mark = s->writes;
    s->head_saved = s->head;
    if (e == OK) s->saved = true;
    return e;
}

enum err store_keep(struct work *w)
{
    struct store *s = w->store;
    assert(s->saved);
    enum err e = ready(w);
    if (e == OK && !s->light) e = spoil(s, s->engine->exec(w, s, "RELEASE SAVEPOINT act"));
    if (e == OK) s->saved = false;
    return e;
}

/* When even this fails the transaction stays failed, and store_commit refuses it. */
void store_undo(struct work *w)
{
    struct store *s = w->store;
    assert(s->saved);
    drop_open(s);
    s->head = s->head_saved;
    if (s->light) {
        s->saved = false;
        s->lost = s->lost || s->failed || s->writes != s->mark;
        s->failed = s->lost;
        return;
    }
    enum err e = s->engine->exec(w, s, "ROLLBACK TO SAVEPOINT act; RELEASE SAVEPOINT act");
    s->saved = false;
    s->failed = e != OK;
}

/* ---- for the tests ---- */

enum err store_prepare_check(struct work *w, const struct sql *sql)
{
    struct store *s = w->store;
    struct stmt *st;
    enum err e = prepare(w, sql, &st);
    if (e != OK) return e;
    e = s->engine->check(w, s, st);
    s->engine->unprepare(s, st);
    return spoil(s, e);
}
