/* The store and the journal, on both engines. */
#include "support.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/trouble.h"
#include "store/engine.h"
#include "store/journal.h"

enum { PUT, GET, COUNT, SUM, CODES, CODES_STREAM, UPSERT, RETURN_ID, BIG, SCOPE, BARE_TEXT, N_SQL };
static const struct sql sql[N_SQL] = {
    [PUT] = SQL("INSERT INTO thing (code, whole, fraction, words, bytes) VALUES ($1, $2, $3, $4, $5)"),
    [GET] = SQL("SELECT whole, fraction, words, bytes FROM thing WHERE code = $1"),
    [COUNT] = SQL("SELECT count(*) FROM thing"),
    [SUM] = SQL("SELECT CAST(sum(whole) AS BIGINT) FROM thing"),
    [CODES] = SQL("SELECT code, whole FROM thing ORDER BY code"),
    [CODES_STREAM] = SQL_STREAM("SELECT code, whole FROM thing ORDER BY code"),
    [UPSERT] = SQL("INSERT INTO thing (code, whole) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET whole = "
                   "excluded.whole WHERE thing.whole IS DISTINCT FROM excluded.whole"),
    [RETURN_ID] = SQL("INSERT INTO thing (code) VALUES ($1) RETURNING id"),
    [BIG] = SQL("INSERT INTO thing (code, bytes) VALUES ($2, $1)"), /* out of order: bound by the number in the name */
    [SCOPE] = SCOPED("SELECT count(*) FROM thing WHERE whole >= $1 AND whole < $2 AND code <> $3"),
    [BARE_TEXT] = SQL("SELECT words FROM thing WHERE code = 'a'"),
};

static void make_table(struct work *w)
{
    struct store *s = w->store;
    assert_ok(w, store_begin(w));
    str text = S("CREATE TABLE thing (id {ID}, code TEXT NOT NULL UNIQUE, whole {INT}, fraction {REAL}, words TEXT,"
                 " bytes {BYTES}) {STRICT}");
    assert_ok(w, s->engine->exec(w, s, schema_text(w->a, s->engine, text)));
    assert_ok(w, store_commit(w));
}

static void put(struct work *w, str code, int64_t whole)
{
    assert_ok(w, store_run(w, &sql[PUT], ARGS(TEXT(code), INT(whole), NIL, NIL, NIL)));
}

static void put_alone(struct work *w, str code, int64_t whole)
{
    assert_ok(w, store_begin(w));
    put(w, code, whole);
    assert_ok(w, store_commit(w));
}

static int64_t count(struct work *w)
{
    int64_t n = -1;
    assert_ok(w, store_int(w, &sql[COUNT], NOARGS, &n));
    return n;
}

/* ---- values ---- */

static const int64_t wholes[] = {0, 1, -1, 255, 65536, 3000000000, -3000000000, INT64_MAX, INT64_MIN};
static const double fractions[] = {0.0, 0.1, -1.5, 16777217.0, 1e308, 5e-324, 0.7881773399014779};
static const str texts[] = {S_INIT(""), S_INIT("a'b\"c\\d%_$1"), S_INIT("\xF0\xA0\xAE\xB7\xE9\x87\x8E\xE5\xAE\xB6"),
                            S_INIT("line\nline\ttab"), S_INIT("{INT} --")};
static const str byte_strings[] = {S_INIT(""), S_INIT("\0"), S_INIT("a\0b\0\0"), S_INIT("\xFF\xFE\x80\\x41")};

static void check_row(struct work *w, str code, int64_t whole, double fraction, str words, str bytes)
{
    struct rows *r;
    assert_ok(w, store_rows(w, &sql[GET], ARGS(TEXT(code)), &r));
    assert_true(rows_next(r));
    assert_int_equal(rows_int(r, 0), whole);
    assert_memory_equal(&(double){rows_real(r, 1)}, &fraction, sizeof fraction);
    assert_true(str_eq(rows_text(r, 2), words));
    assert_true(str_eq(rows_bytes(r, 3), bytes));
    for (int i = 0; i < 4; i++) assert_false(rows_null(r, i)); /* empty is not NULL */
    assert_false(rows_next(r));
    assert_false(rows_next(r));
    assert_ok(w, rows_done(r));
}

static void values(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    for (size_t i = 0; i < 20; i++) {
        int64_t whole = wholes[i % 9];
        double fraction = fractions[i % 7];
        str words = texts[i % 5], bytes = byte_strings[i % 4], code = str_int(w->a, (int64_t)i);
        assert_ok(w, store_run(w, &sql[PUT], ARGS(TEXT(code), INT(whole), REAL(fraction), TEXT(words), BYTES(bytes))));
        check_row(w, code, whole, fraction, words, bytes);
    }
    assert_ok(w, store_run(w, &sql[PUT], ARGS(TEXT(S("nil")), NIL, NIL, NIL, int_or_nil(5, false))));
    struct rows *r;
    assert_ok(w, store_rows(w, &sql[GET], ARGS(TEXT(S("nil"))), &r));
    assert_true(rows_next(r));
    for (int i = 0; i < 4; i++) assert_true(rows_null(r, i));
    assert_int_equal(rows_int(r, 0), 0);
    assert_int_equal(rows_text(r, 2).n, 0);
    assert_ok(w, rows_done(r));
    assert_ok(w, store_commit(w));
}

static void numbers_in_names(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &sql[BIG], ARGS(BYTES(S("first")), TEXT(S("second")))));
    struct rows *r;
    assert_ok(w, store_rows(w, &sql[GET], ARGS(TEXT(S("second"))), &r));
    assert_true(rows_next(r));
    assert_str(rows_bytes(r, 3), "first");
    assert_ok(w, rows_done(r));
    store_rollback(w);
}

static void misread_column(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &sql[PUT], ARGS(TEXT(S("a")), INT(1), NIL, TEXT(S("12")), NIL)));
    int64_t whole;
    assert_err(w, store_int(w, &sql[BARE_TEXT], NOARGS, &whole), STORE);
    assert_fault(w, "another type");
    store_rollback(w);
}

static void order_is_by_bytes(struct work *w)
{
    static const str sorted[] = {S_INIT(""), S_INIT("A"), S_INIT("B"), S_INIT("a"), S_INIT("a b"), S_INIT("a-c"),
                                 S_INIT("ab"), S_INIT("\xC3\xA9"), S_INIT("\xEF\xBD\x9E"), S_INIT("\xF0\xA0\xAE\xB7")};
    enum { N = sizeof sorted / sizeof sorted[0] };
    make_table(w);
    assert_ok(w, store_begin(w));
    for (size_t i = 0; i < N; i++) put(w, sorted[(i * 7 + 3) % N], 0);
    struct rows *r;
    size_t i = 0;
    assert_ok(w, store_rows(w, &sql[CODES], NOARGS, &r));
    for (; rows_next(r); i++) assert_true(str_eq(rows_text(r, 0), sorted[i]));
    assert_int_equal(i, N);
    assert_ok(w, rows_done(r));
    store_rollback(w);
}

/* ---- statements ---- */

static void upsert(struct work *w)
{
    static const struct {
        int64_t whole, changed;
    } step[] = {{1, 1}, {1, 0}, {2, 1}};
    make_table(w);
    assert_ok(w, store_begin(w));
    for (size_t i = 0; i < 3; i++) {
        int64_t changed = -1;
        assert_ok(w, store_run_count(w, &sql[UPSERT], ARGS(TEXT(S("a")), INT(step[i].whole)), &changed));
        assert_int_equal(changed, step[i].changed);
    }
    int64_t id = 0, again = 0;
    assert_ok(w, store_int(w, &sql[RETURN_ID], ARGS(TEXT(S("b"))), &id));
    assert_ok(w, store_int(w, &sql[RETURN_ID], ARGS(TEXT(S("c"))), &again));
    assert_true(id > 0 && again > id);
    assert_ok(w, store_commit(w));
    assert_int_equal(count(w), 3);
}

static void not_found(struct work *w)
{
    make_table(w);
    int64_t whole = 77;
    str text = S("kept");
    assert_err(w, store_int(w, &sql[GET], ARGS(TEXT(S("none"))), &whole), NOTFOUND);
    assert_err(w, store_text(w, &sql[BARE_TEXT], NOARGS, &text), NOTFOUND);
    assert_int_equal(whole, 77);
    assert_str(text, "kept");
    assert_int_equal(w->faults.count, 0);
}

static void scope(struct work *w)
{
    static const struct {
        int64_t lo, hi, seen;
    } cases[] = {{0, INT64_MAX, 9}, {3, 6, 3}, {5, 6, 0}, {9, 9, 0}};
    make_table(w);
    assert_ok(w, store_begin(w));
    for (int64_t i = 0; i < 10; i++) put(w, str_int(w->a, i), i);
    assert_ok(w, store_commit(w));
    for (size_t i = 0; i < 4; i++) {
        int64_t seen = -1;
        w->lo = cases[i].lo;
        w->hi = cases[i].hi;
        assert_ok(w, store_int(w, &sql[SCOPE], ARGS(TEXT(cases[i].lo == 3 ? S("x") : S("5"))), &seen));
        assert_int_equal(seen, cases[i].seen);
    }
}

/* The same statement, read inside its own rows. */
static void nested(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    for (int64_t i = 0; i < 5; i++) put(w, str_int(w->a, i), i);
    assert_ok(w, store_commit(w));
    struct rows *outer, *inner;
    int64_t pairs = 0;
    assert_ok(w, store_rows(w, &sql[CODES], NOARGS, &outer));
    while (rows_next(outer)) {
        assert_ok(w, store_rows(w, &sql[CODES], NOARGS, &inner));
        while (rows_next(inner)) pairs += rows_int(inner, 1) <= rows_int(outer, 1);
        assert_ok(w, rows_done(inner));
    }
    assert_ok(w, rows_done(outer));
    assert_int_equal(pairs, 15);
}

enum { MANY_ROWS = 10000 };

static void fill(struct work *w, int64_t n)
{
    struct batch *b;
    assert_ok(w, batch_begin(w, &sql[PUT], &b));
    for (int64_t i = 0; i < n; i++) {
        str code = str_fmt(w->a, "%06lld", (long long)i);
        assert_ok(w, batch_add(b, ARGS(TEXT(code), INT(i), REAL((double)i), TEXT(code), BYTES(S("\0\1")))));
    }
    assert_ok(w, batch_end(b));
}

static void batch(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    fill(w, MANY_ROWS);
    assert_ok(w, store_commit(w));
    int64_t sum = 0;
    assert_int_equal(count(w), MANY_ROWS);
    assert_ok(w, store_int(w, &sql[SUM], NOARGS, &sum));
    assert_int_equal(sum, (int64_t)MANY_ROWS * (MANY_ROWS - 1) / 2);
}

/* The 700th code comes twice: found at the latest at the end, and nothing of it stays. */
static void batch_fails(struct work *w)
{
    struct batch *b;
    make_table(w);
    assert_ok(w, store_begin(w));
    assert_ok(w, batch_begin(w, &sql[PUT], &b));
    enum err e = OK;
    for (int64_t i = 0; i < MANY_ROWS && e == OK; i++)
        e = batch_add(b, ARGS(TEXT(str_int(w->a, i == 700 ? 3 : i)), INT(i), NIL, NIL, NIL));
    assert_err(w, e, CONFLICT);
    assert_err(w, batch_end(b), CONFLICT);
    assert_int_equal(w->faults.count, 1);
    assert_err(w, store_commit(w), STORE);
    assert_int_equal(count(w), 0);
    put_alone(w, S("after"), 1);
    assert_int_equal(count(w), 1);
}

/* Whoever gives up in mid-batch rolls back, and the store is usable. */
static void batch_left(struct work *w)
{
    struct batch *b;
    make_table(w);
    assert_ok(w, store_begin(w));
    assert_ok(w, batch_begin(w, &sql[PUT], &b));
    for (int64_t i = 0; i < 10; i++) assert_ok(w, batch_add(b, ARGS(TEXT(str_int(w->a, i)), INT(i), NIL, NIL, NIL)));
    store_rollback(w);
    assert_int_equal(count(w), 0);
    put_alone(w, S("after"), 1);
}

static void stream(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    fill(w, MANY_ROWS);
    assert_ok(w, store_commit(w));
    struct rows *r;
    int64_t n = 0;
    assert_ok(w, store_rows(w, &sql[CODES_STREAM], NOARGS, &r));
    for (; rows_next(r); n++) assert_int_equal(rows_int(r, 1), n);
    assert_ok(w, rows_done(r));
    assert_int_equal(n, MANY_ROWS);
    assert_ok(w, store_snapshot(w));
    assert_ok(w, store_rows(w, &sql[CODES_STREAM], NOARGS, &r));
    assert_true(rows_next(r));
    assert_str(rows_text(r, 0), "000000");
    assert_ok(w, rows_done(r)); /* left early */
    assert_int_equal(count(w), MANY_ROWS);
    assert_ok(w, store_commit(w));
}

/* ---- transactions ---- */

static void savepoint(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    put(w, S("kept"), 1);
    assert_ok(w, store_save(w));
    put(w, S("undone"), 2);
    store_undo(w);
    assert_ok(w, store_save(w));
    put(w, S("kept too"), 3);
    assert_ok(w, store_keep(w));
    assert_ok(w, store_save(w));
    assert_err(w, store_run(w, &sql[PUT], ARGS(TEXT(S("kept")), NIL, NIL, NIL, NIL)), CONFLICT);
    assert_fault(w, "the database refused this");
    store_undo(w); /* makes the transaction usable again */
    assert_int_equal(w->faults.count, 0);
    put(w, S("kept at last"), 4);
    assert_ok(w, store_commit(w));
    assert_int_equal(count(w), 3);
}

static void failed_is_refused(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    put(w, S("a"), 1);
    assert_err(w, store_run(w, &sql[PUT], ARGS(TEXT(S("a")), NIL, NIL, NIL, NIL)), CONFLICT);
    w->faults = (struct faults){0};
    assert_err(w, store_run(w, &sql[PUT], ARGS(TEXT(S("b")), NIL, NIL, NIL, NIL)), STORE);
    assert_fault(w, "an earlier step");
    assert_err(w, store_commit(w), STORE);
    assert_int_equal(count(w), 0);
    store_rollback(w); /* harmless */
    put_alone(w, S("c"), 1);
    assert_int_equal(count(w), 1);
}

static void rolled_back(struct work *w)
{
    make_table(w);
    assert_ok(w, store_begin(w));
    put(w, S("a"), 1);
    struct rows *r;
    assert_ok(w, store_rows(w, &sql[CODES_STREAM], NOARGS, &r));
    assert_true(rows_next(r));
    store_rollback(w); /* closes the cursor as well */
    assert_int_equal(count(w), 0);
}

static void only_inside(struct work *w)
{
    make_table(w);
    assert_err(w, store_run(w, &sql[PUT], ARGS(TEXT(S("a")), NIL, NIL, NIL, NIL)), STORE);
    assert_fault(w, "the database refused this");
    assert_ok(w, store_snapshot(w));
    assert_err(w, store_run(w, &sql[PUT], ARGS(TEXT(S("a")), NIL, NIL, NIL, NIL)), STORE);
    store_rollback(w);
    assert_int_equal(count(w), 0);
}

static void two_writers(struct work *w)
{
    make_table(w);
    struct arena *life = arena_new(0);
    struct work *other = other_work(life, store_url(), STORE_WRITE);
    store_patience(other->store, 50);
    assert_ok(w, store_begin(w));
    put(w, S("first"), 1);
    assert_err(other, store_begin(other), BUSY);
    assert_fault(other, "another program is writing");
    assert_int_equal(count(other), 0); /* reading is never shut out */
    assert_ok(w, store_commit(w));
    assert_ok(other, store_begin(other));
    assert_int_equal(count(other), 1);
    put(other, S("second"), 2);
    assert_ok(other, store_commit(other));
    assert_int_equal(count(w), 2);
    arena_free(life);
}

static void snapshot(struct work *w)
{
    make_table(w);
    put_alone(w, S("before"), 1);
    struct arena *life = arena_new(0);
    struct work *reader = other_work(life, store_url(), STORE_READ);
    assert_ok(reader, store_snapshot(reader));
    assert_int_equal(count(reader), 1);
    put_alone(w, S("meanwhile"), 2);
    assert_int_equal(count(reader), 1);
    assert_ok(reader, store_commit(reader));
    assert_int_equal(count(reader), 2);
    arena_free(life);
}

/* ---- opening ---- */

static void alone(struct work *w, const char *text)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, w->store->engine->exec(w, w->store, text));
    assert_ok(w, store_commit(w));
}

static void refuses_to_open(struct work *w, enum store_mode mode, enum err wanted, const char *why)
{
    struct store *none = NULL;
    struct arena *life = arena_new(0);
    assert_err(w, store_open(w, life, store_url(), mode, &none), wanted);
    assert_null(none);
    assert_fault(w, why);
    arena_free(life);
}

static void schema_newer(struct work *w)
{
    alone(w, "INSERT INTO schema_step (version, name, hash, at) VALUES (999, 'later', 'x', 0)");
    refuses_to_open(w, STORE_WRITE, CONFLICT, "newer version");
    refuses_to_open(w, STORE_READ, CONFLICT, "newer version");
}

static void schema_changed(struct work *w)
{
    alone(w, "UPDATE schema_step SET hash = 'x' WHERE version = 1");
    refuses_to_open(w, STORE_WRITE, CONFLICT, "another version");
    refuses_to_open(w, STORE_READ, CONFLICT, "another version");
}

static void schema_older(struct work *w)
{
    alone(w, "DELETE FROM schema_step WHERE version = 1");
    refuses_to_open(w, STORE_READ, CONFLICT, "meguri rebuild");
}

static void of_someone_else(struct work *w)
{
    alone(w, "DROP TABLE schema_step");
    refuses_to_open(w, STORE_WRITE, CONFLICT, "something else");
}

static void reader_needs_a_store(str url)
{
    struct arena *life = arena_new(0);
    struct work w = {.a = life};
    bool postgres = str_starts(url, S("postgres"));
    assert_err(&w, store_open(&w, life, url, STORE_READ, &w.store), postgres ? CONFLICT : NOTFOUND);
    assert_fault(&w, postgres ? "older version" : "there is no database");
    arena_free(life);
}

static void engines_by_url(void **state)
{
    (void)state;
    static const struct {
        str url;
        const char *why;
    } cases[] = {
        {S_INIT("postgresql://nobody@127.0.0.1:1/none"), "cannot connect"},
        {S_INIT("postgres://127.0.0.1:1/none"), "cannot connect"},
        {S_INIT("host=127.0.0.1 port=1 dbname=none"), "cannot connect"},
        {S_INIT("/no/such/folder/x.db"), "cannot open"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *life = arena_new(0);
        struct work w = {.a = life};
        assert_err(&w, store_open(&w, life, cases[i].url, STORE_WRITE, &w.store), STORE);
        assert_fault(&w, cases[i].why);
        arena_free(life);
    }
}

static void refuse_file(str url)
{
    struct arena *life = arena_new(0);
    struct work w = {.a = life};
    FILE *file = fopen(str_c(life, url), "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++) assert_true(fputs("org,code\n", file) > 0);
    assert_int_equal(fclose(file), 0);
    assert_err(&w, store_open(&w, life, url, STORE_WRITE, &w.store), CONFLICT);
    assert_fault(&w, "not a database of this program");
    arena_free(life);
}

static void not_a_database(void **state)
{
    (void)state;
    at_sqlite(refuse_file);
}

/* Databases that would sort otherwise than SQLite and our own code, or hold other bytes. */
static void other_orders(struct work *owner)
{
    static const char *const how[] = {
        "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'",
        "ENCODING 'SQL_ASCII' LOCALE 'C'",
    };
    struct work w = {.a = owner->a};
    str url = str_fmt(w.a, "%.*s&dbname=other_order", STR_ARG(store_url()));
    for (size_t i = 0; i < sizeof how / sizeof how[0]; i++) {
        pg_run(str_fmt(w.a, "CREATE DATABASE other_order TEMPLATE template0 %s", how[i]));
        assert_err(&w, store_open(&w, w.a, url, STORE_WRITE, &w.store), CONFLICT);
        assert_fault(&w, "createdb");
        pg_run(S("DROP DATABASE other_order"));
    }
}

static void order_is_asked(void **state)
{
    (void)state;
    on_postgres(other_orders);
}

/* ---- several processes ---- */

static int wait_for(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

enum { MAKERS = 4 };

static void made_at_once(str url)
{
    pid_t child[MAKERS];
    for (int i = 0; i < MAKERS; i++) {
        if ((child[i] = fork()) != 0) continue;
        struct arena *life = arena_new(0);
        struct work w = {.a = life};
        _exit(store_open(&w, life, url, STORE_WRITE, &w.store) == OK ? 0 : 1);
    }
    for (int i = 0; i < MAKERS; i++) assert_int_equal(wait_for(child[i]), 0);
    struct arena *life = arena_new(0);
    struct journal_state state;
    struct work *w = other_work(life, url, STORE_READ);
    assert_ok(w, journal_verify(w, S(""), &state));
    assert_int_equal(state.lines, 0);
    arena_free(life);
}

static const struct journal_actor somebody = {S_INIT("1001"), S_INIT("env/head"), S_INIT("root")};

/* Three things and a line, together or not at all. */
static enum err one_act(struct work *w, str act_id)
{
    struct batch *b;
    enum err e = store_begin(w);
    if (e != OK) return e;
    e = batch_begin(w, &sql[PUT], &b);
    for (int i = 0; e == OK && i < 3; i++)
        e = batch_add(b, ARGS(TEXT(str_fmt(w->a, "%.*s-%d", STR_ARG(act_id), i)), INT(i), NIL, NIL, NIL));
    if (e == OK) e = batch_end(b);
    const struct journal_field field[] = {{S("things"), S("3"), false}, {S("name"), S("secret"), true}};
    if (e == OK) e = journal_add(w, &somebody, S("test act"), S("env"), act_id, field, 2);
    if (e == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

static void check_whole(str url, int64_t at_least)
{
    struct arena *life = arena_new(0);
    struct journal_state state;
    struct work *w = other_work(life, url, STORE_READ);
    assert_ok(w, journal_verify(w, S(""), &state));
    assert_int_equal(state.trouble.n, 0);
    assert_int_equal(count(w), 3 * state.lines);
    assert_true(state.lines >= at_least);
    arena_free(life);
}

static void made_with_table(str url)
{
    struct arena *life = arena_new(0);
    make_table(other_work(life, url, STORE_WRITE));
    arena_free(life);
}

/* Fails the n-th allocation or statement, for each n until there is none. */
static void troubles(str url)
{
    made_with_table(url);
    int64_t done = 0;
    bool through = false;
    for (int n = 1; !through; n++) {
        assert_true(n < 1000);
        pid_t child = fork();
        if (child == 0) {
            struct arena *life = arena_new(0);
            struct work *w = other_work(life, url, STORE_WRITE);
            trouble_at(n);
            enum err e = one_act(w, str_fmt(life, "act-%d", n));
            bool met = trouble_questions() >= n;
            if (met && e != OK && w->faults.count == 0) _exit(3); /* failed without a word */
            _exit(e != OK ? 1 : met ? 2 : 0);
        }
        int status = wait_for(child);
        assert_true(WIFEXITED(status));
        int code = WEXITSTATUS(status);
        assert_true(code == 0 || code == 1 || code == 75);
        through = code == 0;
        done += through;
        check_whole(url, done);
    }
    assert_int_equal(done, 1);
}

static void killed(str url)
{
    made_with_table(url);
    pid_t child = fork();
    if (child == 0) {
        struct arena *life = arena_new(0);
        struct work *w = other_work(life, url, STORE_WRITE);
        assert_ok(w, one_act(w, S("whole")));
        assert_ok(w, store_begin(w));
        fill(w, MANY_ROWS);
        raise(SIGKILL);
    }
    assert_true(WIFSIGNALED(wait_for(child)));
    check_whole(url, 1);
}

static void disk_full(struct work *w)
{
    make_table(w);
    assert_ok(w, one_act(w, S("before")));
    struct rlimit old, tight;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    tight = (struct rlimit){256 * 1024, old.rlim_max};
    void (*was)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    enum err e = store_begin(w);
    str page = str_of(memset(arena_alloc(w->a, 5001), 'x', 5000));
    for (int64_t i = 0; i < 100000 && e == OK; i++)
        e = store_run(w, &sql[BIG], ARGS(BYTES(page), TEXT(str_int(w->a, i))));
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, was);
    assert_err(w, e, BUSY);
    assert_fault(w, "no room on the disk");
    store_rollback(w);
    assert_int_equal(count(w), 3);
    put_alone(w, S("after"), 1);
}

/* ---- the journal ---- */

enum { DAY_FIELDS = 4 };

static void add_line(struct work *w, str act_id)
{
    const struct journal_field field[DAY_FIELDS] = {
        {S("org"), S("mof"), false},
        {S("comment"), S("\xE7\x94\xB2\"\\\n"), false},
        {S("org"), S("env"), false},
        {S("name"), S("\xE4\xBD\x90\xE8\x97\xA4"), true},
    };
    assert_ok(w, store_begin(w));
    assert_ok(w, journal_add(w, &somebody, S("registry put"), S("env"), act_id, field, DAY_FIELDS));
    assert_ok(w, store_commit(w));
}

static str line_of(struct work *w, int64_t seq)
{
    static const struct sql q = SQL("SELECT line FROM journal WHERE seq = $1");
    str line;
    assert_ok(w, store_text(w, &q, ARGS(INT(seq)), &line));
    return line;
}

/* The line is what it was on the day of the first release; its hash was computed by another program. */
static void canonical_line(struct work *w)
{
    assert_ok(w, store_begin(w));
    const struct journal_field field[] = {{S("org"), S("mof"), false}, {S("comment"), S("\xE7\x94\xB2\"\\\n"), false},
                                          {S("org"), S("env"), false}};
    assert_ok(w, journal_add(w, &somebody, S("registry put"), S("env"), S("a-1"), field, 3));
    assert_ok(w, store_commit(w));
    assert_str(line_of(w, 1),
               "{\"act\":\"registry put\",\"act_id\":\"a-1\",\"args\":{\"comment\":\"\xE7\x94\xB2\\\"\\\\\\u000a\","
               "\"org\":[\"mof\",\"env\"]},\"at\":\"2007-04-23T01:00:00Z\",\"n\":1,\"person\":\"1001\","
               "\"place\":\"env\",\"post\":\"env/head\",\"system_user\":\"root\"}");
    struct journal_state state;
    assert_ok(w, journal_verify(w, S(""), &state));
    assert_str(state.head, "b44cc03a4fad07ccef764d232d17e4ef9df2c9032087c5492259d357ccc8330d");
}

static void act_id_once(struct work *w)
{
    bool has = true;
    assert_ok(w, journal_has(w, S("a-1"), &has));
    assert_false(has);
    add_line(w, S("a-1"));
    assert_ok(w, journal_has(w, S("a-1"), &has));
    assert_true(has);
    assert_ok(w, store_begin(w));
    assert_err(w, journal_add(w, &somebody, S("x"), S(""), S("a-1"), NULL, 0), CONFLICT);
    assert_fault(w, "done already");
    assert_ok(w, journal_add(w, &somebody, S("x"), S(""), S("a-2"), NULL, 0)); /* the transaction is still good */
    assert_ok(w, store_commit(w));
}

/* ---- tampering: what was done to a journal of six lines, and what is found ---- */

enum { LINES = 6 };
#define NO_LINE "0000000000000000000000000000000000000000000000000000000000000000"

static const struct tampering {
    const char *what, *text;
    int64_t at;
    const char *found;
} tamperings[] = {
    {"nothing", "SELECT 1", 0, ""},
    {"personal parts deleted", "DELETE FROM journal_personal WHERE seq < 4", 0, ""},
    {"a changed line", "UPDATE journal SET line = replace(line, 'mof', 'mod') WHERE seq = 3", 3, "was changed"},
    {"a changed hash", "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 3", 3,
     "was changed"},
    {"a line removed", "DELETE FROM journal_personal WHERE seq = 4; DELETE FROM journal WHERE seq = 4", 4, "missing"},
    {"the first line removed", "DELETE FROM journal_personal; DELETE FROM journal WHERE seq = 1", 1, "missing"},
    {"a line removed and the rest moved up",
     "DELETE FROM journal_personal; DELETE FROM journal WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5;"
     "UPDATE journal SET seq = 5 WHERE seq = 6; UPDATE journal_head SET seq = 5", 4, "another line"},
    {"two lines reordered",
     "DELETE FROM journal_personal; UPDATE journal SET seq = 99 WHERE seq = 2;"
     "UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 99", 2, "another line"},
    {"a personal part changed", "UPDATE journal_personal SET payload = '{}' WHERE seq = 5", 5, "personal part"},
    {"a personal part moved",
     "DELETE FROM journal_personal WHERE seq = 5; UPDATE journal_personal SET seq = 5 WHERE seq = 6", 5,
     "personal part"},
    {"the end cut off", "DELETE FROM journal_personal; DELETE FROM journal WHERE seq = 6", 6, "missing"},
    {"the head changed", "UPDATE journal_head SET hash = 'x'", 6, "end of the journal"},
    {"the end cut off and the head with it",
     "DELETE FROM journal_personal; DELETE FROM journal WHERE seq = 6;"
     "UPDATE journal_head SET seq = 5, hash = (SELECT hash FROM journal WHERE seq = 5)", 6, "head given"},
    {"all gone",
     "DELETE FROM journal_personal; DELETE FROM journal;"
     "UPDATE journal_head SET seq = 0, hash = '" NO_LINE "'", 1, "head given"},
};
enum { N_TAMPERINGS = sizeof tamperings / sizeof tamperings[0] };

static const struct tampering *tampering;

static void tampered(struct work *w)
{
    struct journal_state before, after;
    for (int64_t i = 1; i <= LINES; i++) add_line(w, str_fmt(w->a, "act-%lld", (long long)i));
    assert_ok(w, journal_verify(w, S(""), &before));
    assert_int_equal(before.broken_at, 0);
    assert_int_equal(before.lines, LINES);
    alone(w, tampering->text);
    assert_ok(w, journal_verify(w, before.head, &after));
    if (after.broken_at != tampering->at) print_error("%s\n", tampering->what);
    assert_int_equal(after.broken_at, tampering->at);
    assert_true(str_find(after.trouble, str_of(tampering->found)) >= 0);
    assert_int_equal(after.trouble.n == 0, tampering->at == 0);
    if (tampering->at == 0) assert_true(str_eq(before.head, after.head));
}

static void tampering_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_TAMPERINGS; i++) {
        tampering = &tamperings[i];
        each_store(tampered);
    }
}

/* An earlier head is found, one of another journal is not. */
static void heads(struct work *w)
{
    struct journal_state first, state;
    add_line(w, S("a-1"));
    assert_ok(w, journal_verify(w, S(""), &first));
    add_line(w, S("a-2"));
    assert_ok(w, journal_verify(w, first.head, &state));
    assert_int_equal(state.broken_at, 0);
    str strange = str_fmt(w->a, "%064d", 7);
    assert_ok(w, journal_verify(w, strange, &state));
    assert_int_equal(state.broken_at, 3);
}

#define ON_EACH(fn) static void each_##fn(void **state) { (void)state; each_store(fn); }
#define AT_EACH(fn) static void each_##fn(void **state) { (void)state; each_url(fn); }
ON_EACH(values)
ON_EACH(numbers_in_names)
ON_EACH(misread_column)
ON_EACH(order_is_by_bytes)
ON_EACH(upsert)
ON_EACH(not_found)
ON_EACH(scope)
ON_EACH(nested)
ON_EACH(batch)
ON_EACH(batch_fails)
ON_EACH(batch_left)
ON_EACH(stream)
ON_EACH(savepoint)
ON_EACH(failed_is_refused)
ON_EACH(rolled_back)
ON_EACH(only_inside)
ON_EACH(two_writers)
ON_EACH(snapshot)
ON_EACH(schema_newer)
ON_EACH(schema_changed)
ON_EACH(schema_older)
ON_EACH(of_someone_else)
ON_EACH(canonical_line)
ON_EACH(act_id_once)
ON_EACH(heads)
AT_EACH(reader_needs_a_store)
AT_EACH(made_at_once)
AT_EACH(troubles)
AT_EACH(killed)

static void sqlite_disk_full(void **state)
{
    (void)state;
    on_sqlite(disk_full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_values),          cmocka_unit_test(each_numbers_in_names),
        cmocka_unit_test(each_misread_column),  cmocka_unit_test(each_order_is_by_bytes),
        cmocka_unit_test(each_upsert),          cmocka_unit_test(each_not_found),
        cmocka_unit_test(each_scope),           cmocka_unit_test(each_nested),
        cmocka_unit_test(each_batch),           cmocka_unit_test(each_batch_fails),
        cmocka_unit_test(each_batch_left),      cmocka_unit_test(each_stream),
        cmocka_unit_test(each_savepoint),       cmocka_unit_test(each_failed_is_refused),
        cmocka_unit_test(each_rolled_back),     cmocka_unit_test(each_only_inside),
        cmocka_unit_test(each_two_writers),     cmocka_unit_test(each_snapshot),
        cmocka_unit_test(each_schema_newer),    cmocka_unit_test(each_schema_changed),
        cmocka_unit_test(each_schema_older),    cmocka_unit_test(each_of_someone_else),
        cmocka_unit_test(each_canonical_line),  cmocka_unit_test(each_act_id_once),
        cmocka_unit_test(each_heads),           cmocka_unit_test(each_reader_needs_a_store),
        cmocka_unit_test(each_made_at_once),    cmocka_unit_test(each_troubles),
        cmocka_unit_test(each_killed),          cmocka_unit_test(sqlite_disk_full),
        cmocka_unit_test(tampering_is_found),   cmocka_unit_test(engines_by_url),
        cmocka_unit_test(not_a_database),       cmocka_unit_test(order_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
