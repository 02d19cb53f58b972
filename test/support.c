#include "support.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/access.h"

static str url_now;

str store_url(void) { return url_now; }

/* ---- asserting ---- */

static const char *filled(const struct fault *f)
{
    static char text[512];
    size_t n = 0;
    for (size_t i = 0; i < f->id.n && n < sizeof text - 1; i++) {
        char digit = i + 1 < f->id.n ? f->id.p[i + 1] : '\0';
        if (f->id.p[i] != '%' || digit < '1' || digit > '0' + FAULT_ARGS) {
            text[n++] = f->id.p[i];
            continue;
        }
        str arg = str_sub(f->arg[digit - '1'], 0, sizeof text - 1 - n);
        if (arg.n != 0) memcpy(text + n, arg.p, arg.n);
        n += arg.n;
        i++;
    }
    text[n] = '\0';
    return text;
}

void check_err(const struct work *w, enum err e, enum err wanted, const char *file, int line)
{
    if (e == wanted) return;
    if (w->faults.count > 0) print_error("fault: %s\n", filled(&w->faults.first[0]));
    print_error("err is %d, not %d\n", (int)e, (int)wanted);
    _fail(file, line);
}

void check_fault(struct work *w, const char *part, const char *file, int line)
{
    const char *text = w->faults.count > 0 ? filled(&w->faults.first[0]) : "(no fault)";
    if (strstr(text, part) == NULL) {
        print_error("fault '%s' does not say '%s'\n", text, part);
        _fail(file, line);
    }
    w->faults = (struct faults){0};
}

void check_str(str s, const char *wanted, const char *file, int line)
{
    if (str_eq(s, str_of(wanted))) return;
    print_error("'%.*s' is not '%s'\n", STR_ARG(s), wanted);
    _fail(file, line);
}

/* ---- works ---- */

static struct work *new_work(struct arena *life)
{
    struct work *w = arena_alloc(life, sizeof *w);
    struct actor *owner = arena_alloc(life, sizeof *owner);
    *owner = actor_owner(S("tester"));
    *w = (struct work){.a = life, .actor = owner, .lo = 0, .hi = INT64_MAX, .now = TEST_NOW, .seed = 1};
    return w;
}

struct work *other_work(struct arena *life, str url, enum store_mode mode)
{
    struct work *w = new_work(life);
    assert_ok(w, store_open(w, life, url, mode, &w->store));
    return w;
}

static void run_at(str url, void (*test)(str url))
{
    url_now = url;
    test(url);
    url_now = (str){0};
}

/* ---- SQLite ---- */

void at_sqlite(void (*test)(str url))
{
    static const char *const tail[] = {"", "-wal", "-shm"};
    struct arena *a = arena_new(0);
    const char *tmp = getenv("TMPDIR");
    str folder = str_fmt(a, "%s/meguri-test.XXXXXX", tmp == NULL ? "/tmp" : tmp);
    char *path = (char *)(uintptr_t)str_c(a, folder);
    assert_non_null(mkdtemp(path));
    str file = str_fmt(a, "%s/test.db", path);
    run_at(file, test);
    for (size_t i = 0; i < sizeof tail / sizeof tail[0]; i++)
        unlink(str_c(a, str_fmt(a, "%.*s%s", STR_ARG(file), tail[i])));
    assert_int_equal(rmdir(path), 0);
    arena_free(a);
}

/* ---- PostgreSQL: a schema of its own in the database of the URL ---- */

void pg_run(str text)
{
    struct arena *a = arena_new(0);
    const char *server = getenv("MEGURI_TEST_PG");
    PGconn *c = PQconnectdb(server);
    PGresult *r = PQexec(c, str_c(a, text));
    if (PQresultStatus(r) != PGRES_COMMAND_OK) fail_msg("PostgreSQL: %s", PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
    arena_free(a);
}

void at_postgres(void (*test)(str url))
{
    static int stores;
    const char *server = getenv("MEGURI_TEST_PG"), *without = getenv("MEGURI_TEST_NO_PG");
    if (without != NULL && str_eq(str_of(without), S("1"))) return;
    if (server == NULL || server[0] == '\0')
        fail_msg("no MEGURI_TEST_PG: run the tests through test/pg.sh, or leave it out with MEGURI_TEST_NO_PG=1");
    struct arena *a = arena_new(0);
    str schema = str_fmt(a, "test_%ld_%d", (long)getpid(), ++stores);
    str quiet = S("SET client_min_messages = error; ");
    pg_run(str_fmt(a, "CREATE SCHEMA %.*s", STR_ARG(schema)));
    char with = strchr(server, '?') == NULL ? '?' : '&';
    run_at(str_fmt(a, "%s%coptions=-csearch_path%%3D%.*s", server, with, STR_ARG(schema)), test);
    pg_run(str_fmt(a, "%.*sDROP SCHEMA %.*s CASCADE", STR_ARG(quiet), STR_ARG(schema)));
    arena_free(a);
}

/* ---- both ---- */

void each_url(void (*test)(str url))
{
    at_sqlite(test);
    at_postgres(test);
}

static void (*test_now)(struct work *w);

static void open_and_test(str url)
{
    struct arena *life = arena_new(0);
    test_now(other_work(life, url, STORE_WRITE));
    arena_free(life);
}

void on_sqlite(void (*test)(struct work *w))
{
    test_now = test;
    at_sqlite(open_and_test);
}

void on_postgres(void (*test)(struct work *w))
{
    test_now = test;
    at_postgres(open_and_test);
}

void each_store(void (*test)(struct work *w))
{
    on_sqlite(test);
    on_postgres(test);
}
