#include "share/feed_store.h"

enum { NEWEST, ONE, STATEMENTS };

#define MAY_BE_TOLD " state = 'sent' AND drill = 0 AND tlp <= $1 AND (embargo IS NULL OR embargo <= $2)"
#define WHY "marked for all, or for the community and asked by one of it"

static const struct sql feed_sql[STATEMENTS] = {
    [NEWEST] = OPEN(WHY, ("SELECT id FROM share_notice WHERE" MAY_BE_TOLD " ORDER BY sent DESC, id DESC LIMIT $3")),
    [ONE] = OPEN(WHY, ("SELECT id FROM share_notice WHERE" MAY_BE_TOLD " AND (uuid = $3 OR code = $3)")),
};

const struct sql_set feed_sql_set = {"feed", feed_sql, STATEMENTS};

static void take_id(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(int64_t *)to = rows_int(r, 0);
}

enum err feed_notices(struct work *w, enum tlp narrowest, int64_t now, int64_t most, int64_t **out, size_t *n)
{
    return STORE_GATHER(w, &feed_sql[NEWEST], ARGS(INT(narrowest), INT(now), INT(most)), take_id, out, n);
}

enum err feed_notice(struct work *w, enum tlp narrowest, int64_t now, str uuid_or_code, int64_t **out, size_t *n)
{
    return STORE_GATHER(w, &feed_sql[ONE], ARGS(INT(narrowest), INT(now), TEXT(uuid_or_code)), take_id, out, n);
}
