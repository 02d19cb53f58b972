#include "share/entering.h"

enum { SIGNS_IN, CAUSE_PUT, STATEMENTS };

static const struct sql entering_sql[STATEMENTS] = {
    [SIGNS_IN] = SQL(
        ("SELECT o.id, coalesce(b.signs_in, 1) FROM org o LEFT JOIN share_body b ON b.org = o.id WHERE o.code = $1")),
    [CAUSE_PUT] = OPEN("of one addressee, whom the party was found to stand above or to be",
                       ("UPDATE share_delivery SET cause = $2 WHERE id = $1")),
};

const struct sql_set entering_sql_set = {"entering", entering_sql, STATEMENTS};

enum err org_that_shares(struct work *w, str code, int64_t *org, bool *signs_in)
{
    struct rows *r;
    enum err e = store_rows(w, &entering_sql[SIGNS_IN], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    int64_t id = found ? rows_int(r, 0) : 0, signs = found ? rows_int(r, 1) : 0;
    e = rows_done(r);
    if (e != OK) return e;
    if (!found) return NOTFOUND;
    *org = id;
    *signs_in = signs != 0;
    return OK;
}

enum err cause_put(struct work *w, int64_t delivery, enum cause cause)
{
    return store_run(w, &entering_sql[CAUSE_PUT], ARGS(INT(delivery), INT(cause)));
}
