/* Where a request goes first, and how a worker begins. */
#include "base/clock.h"

#include "face/face.h"
#include "task/task.h"
#include "web/asked.h"
#include "web/mounted.h"
#include "web/net.h"
#include "web/signin.h"

/* ---- where ---- */

static enum place place_of_entry(const struct asked *q, enum verb verb)
{
    const struct entry *e = q->entry;
    bool act = e != NULL && e->kind == ENTRY_ACT;
    if (verb == VERB_POST) return !act ? AT_WRITER : e->flags & LONG ? AT_TASK : AT_WRITER;
    bool long_view = e != NULL && !act && (e->flags & LONG || e->kind == ENTRY_FILE);
    bool whole = q->format != NULL && q->format != &format_json; /* exports run to the last row */
    return long_view || whole ? AT_SLOW : AT_READER;
}

enum place place_of(const struct request *r)
{
    struct work w = {.a = NULL};
    struct asked q;
    enum place place;
    if (signin_place(r, &place) || mounted_place(r, &place)) return place;
    asked_address(&w, r, &q);
    return place_of_entry(&q, r->verb);
}

/* ---- beginning ---- */

static enum store_mode mode_of(enum place place)
{
    return place == AT_READER || place == AT_SLOW || place == AT_GATE ? STORE_READ : STORE_CHANGE;
}

enum err worker_open(struct worker *worker)
{
    struct work w = {.a = worker->life, .now = clock_now()};
    enum err err = store_open(&w, worker->life, worker->serving->db, mode_of(worker->place), &worker->store);
    if (err == OK && worker->place == AT_NET) {
        rollup_begin(worker);
        peers_begin(worker);
    }
    if (err != OK || worker->place != AT_TASK) return err;
    w.store = worker->store;
    return tasks_cut(&w);
}
