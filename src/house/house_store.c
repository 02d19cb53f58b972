#include "house/house_store.h"

enum { BACK, N_SQL };
static const struct sql house_sql[N_SQL] = {
    [BACK] = OPEN_STREAM("its reader leaves out lines of places the actor does not reach",
                         "SELECT seq, line FROM journal ORDER BY seq DESC"),
};
const struct sql_set house_sql_set = {"house", house_sql, N_SQL};

enum err journal_back(struct work *w, journal_line_fn *each, void *with)
{
    struct rows *r;
    enum err err = store_rows(w, &house_sql[BACK], NOARGS, &r);
    if (err != OK) return err;
    while (rows_next(r))
        if (!each(with, rows_int(r, 0), rows_text(r, 1))) break;
    return rows_done(r);
}
