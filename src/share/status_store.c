#include "share/status_store.h"

enum { FIND, ADD, DROP, STATEMENTS };

static const struct sql status_sql[STATEMENTS] = {
    [FIND] =
        OPEN("of the party that asked",
             "SELECT uuid, org, requested, total, good, bad, lists FROM share_status WHERE uuid = $1 AND org = $2"),
    [ADD] = OPEN(
        "of the party that asked",
        "INSERT INTO share_status (uuid, org, requested, total, good, bad, lists) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
    [DROP] = OPEN("of all, by their age", "DELETE FROM share_status WHERE requested < $1"),
};

const struct sql_set status_sql_set = {"status", status_sql, STATEMENTS};

enum err status_find(struct work *w, int64_t org, str uuid, struct status *out)
{
    struct rows *r;
    enum err e = store_rows(w, &status_sql[FIND], ARGS(TEXT(uuid), INT(org)), &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    if (found)
        *out = (struct status){rows_kept(w, r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4), rows_int(r, 5), rows_kept(w, r, 6)};
    e = rows_done(r);
    return e == OK && !found ? NOTFOUND : e;
}

enum err status_add(struct work *w, const struct status *s, int64_t keep)
{
    enum err e = store_run(w, &status_sql[DROP], ARGS(INT(keep)));
    if (e != OK) return e;
    return store_run(
        w, &status_sql[ADD],
        ARGS(TEXT(s->uuid), INT(s->org), INT(s->requested), INT(s->total), INT(s->good), INT(s->bad), TEXT(s->lists)));
}
