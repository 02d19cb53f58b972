/* The room on one page: what it shows and what it does. */
#include "depend/depend.h"

#include "depend/depend_store.h"

static const struct entry depend_entries[] = {
    {0},
};

const struct room depend_room = {
    .name = "depend",
    .title = N("Interdependency"),
    .entries = depend_entries,
    .n_entries = 0,
    .sql = SQL_SETS(&depend_sql_set),
};
