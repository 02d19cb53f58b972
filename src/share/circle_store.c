#include "share/circle_store.h"

enum { NAMES, STATEMENTS };

static const struct sql statements[STATEMENTS] = {
    [NAMES] = SQL(
        "SELECT lo, name_ja, name_en FROM org WHERE kind IN ('ministry', 'agency', 'centre', 'ceptoar', 'operator',"
        " 'council', 'partner',"
        " 'company', 'sector') ORDER BY lo"),
};
const struct sql_set circle_sql_set = {"circle", statements, STATEMENTS};

static void take_name(struct work *w, struct rows *r, void *to)
{
    *(struct circle_name *)to = (struct circle_name){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2)};
}

enum err circle_names(struct work *w, struct circle_name **out, size_t *n)
{
    return STORE_GATHER(w, &statements[NAMES], NOARGS, take_name, out, n);
}
