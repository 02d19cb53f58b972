/* A piece of work: what every function of the house is handed first. It is all the context there is.
 *
 * now and seed are given, never asked for, so that a test repeats to the byte. What goes wrong is noted here once, where
 * it is known, as a fault; the edges (cli/, web/) turn faults into sentences in the reader's language. */
#ifndef MEGURI_BASE_WORK_H
#define MEGURI_BASE_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { FAULTS_SHOWN = 20, FAULT_ARGS = 4 };

/* Where in the input; rows and columns count from 1 as a spreadsheet shows them, 0 is "does not apply". */
struct where {
    str file;
    int64_t row, column;
    str field;
};

struct fault {
    enum err err;
    struct where where;
    str id;               /* message id: the English sentence, with %1 … %4 for the arguments */
    str arg[FAULT_ARGS];
};

struct faults {
    struct fault first[FAULTS_SHOWN];
    int64_t count;
};

struct store;
struct actor;
struct going_on;
struct board;
struct noted; /* what an act tells of itself for the journal (surface/door.h) */

struct work {
    struct arena *a;
    struct store *store;       /* NULL for entries that need none */
    const struct actor *actor; /* a person acting in one post (access/access.h) */
    int64_t lo, hi;            /* the actor's interval of the tree, bound to scoped statements (store/store.h) */
    int64_t now;               /* seconds since 1970, UTC */
    uint64_t seed;
    struct faults faults;
    /* Told of long work, at most some times a second; NULL when nobody looks. total is 0 when unknown. */
    void (*progress)(void *watcher, str what, int64_t done, int64_t total);
    void *watcher;
    struct noted *noted;
    bool rehearsed; /* an act that is only tried out: all it does is undone */
    void *made;     /* what an act computed before its transaction (surface/entry.h, before); else NULL */
    struct going_on *next; /* where a person goes on after an act (surface/door.h) */
    str db;                /* where the store is, for what opens more of them */
    str session;           /* digest of the session this came with; empty outside web/ */
    const struct board *board; /* what runs now (surface/board.h); NULL outside web/ */
};

/* A message id that gettext's tools find; N in a static table. */
#define M(literal) S(literal)
#define N(literal) S_INIT(literal)

/* Note a fault and answer with err:  return fault(w, NOTFOUND, M("no organisation '%1'"), code); */
#define fault(w, err, ...) fault_in(w, err, ((struct where){0}), __VA_ARGS__)
#define fault_in(w, err, where, ...) \
    fault_note(w, err, where, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

/* words[0] is the message id, the rest its arguments; all are copied into w->a when kept. */
enum err fault_note(struct work *w, enum err err, struct where where, const str *words, size_t n);

/* OK while no fault was noted, else the err of the first: for checks that go on to collect faults. */
enum err work_err(const struct work *w);

void work_progress(struct work *w, str what, int64_t done, int64_t total);

#endif
