/* A fresh store on each engine, for every test that needs one. */
#ifndef MEGURI_TEST_SUPPORT_H
#define MEGURI_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/store.h"

enum { TEST_NOW = 1177290000 }; /* 2007-04-23T01:00:00Z */

/* Runs the test twice: on a SQLite file and on PostgreSQL, each empty but for the schema and gone afterwards. The work
 * it is given has an arena of its own, the owner of the database as its actor (everything in scope), TEST_NOW, seed 1.
 * PostgreSQL is the throw-away server of MEGURI_TEST_PG (test/pg.sh run …); without it the test fails, unless
 * MEGURI_TEST_NO_PG=1 says that it is left out on purpose. */
void each_store(void (*test)(struct work *w));

/* The same, with the place of a store that nobody has opened or made yet: for tests that fork. */
void each_url(void (*test)(str url));

/* On one engine only. */
void on_sqlite(void (*test)(struct work *w));
void on_postgres(void (*test)(struct work *w));
void at_sqlite(void (*test)(str url));
void at_postgres(void (*test)(str url));

/* One statement on the throw-away server, in its own database. */
void pg_run(str text);

/* Inside a test of each_store: where the store is, for opening it once more. */
str store_url(void);

/* Another piece of work on a store of its own, as another program has it. */
struct work *other_work(struct arena *life, str url, enum store_mode mode);

/* Asserts OK and, when it is not, shows the first fault. */
#define assert_ok(w, e) assert_err(w, e, OK)
#define assert_err(w, e, wanted) check_err(w, e, wanted, __FILE__, __LINE__)
void check_err(const struct work *w, enum err e, enum err wanted, const char *file, int line);

/* The first fault's message has this in it; forgets the faults. */
#define assert_fault(w, part) check_fault(w, part, __FILE__, __LINE__)
void check_fault(struct work *w, const char *part, const char *file, int line);

#define assert_str(s, wanted) check_str(s, wanted, __FILE__, __LINE__)
void check_str(str s, const char *wanted, const char *file, int line);

#endif
