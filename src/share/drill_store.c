#include "share/drill_store.h"

enum { PUT, PHONED, SPARE, CALLS, CALLS_ISSUER, MENDS, STALE_COUNTS, STATEMENTS };

#define FOUND "of one notice, which the caller has found for the party; names of those directly below it alone"
#define ROW                                                                                                                                   \
    "SELECT d.id, coalesce(d.parent, 0), d.org, o.code, o.name_ja, o.name_en, d.tier, d.ack, d.late, d.sent, d.due, d.confirmed, d.cause"
#define CALLED                                                                                                                                \
    ROW ", coalesce(c.name, ''), coalesce(c.phone, ''), coalesce(c.confirmed, 0) FROM share_delivery d JOIN org o ON o.id = d.org"            \
        " LEFT JOIN share_contact c ON c.org = d.org AND c.ord = 1 WHERE d.notice = $1 AND d.ack IN (2, 3)"
#define CALL_ORDER " ORDER BY CASE WHEN d.cause = 0 THEN 0 ELSE 1 END, d.due, o.lo"

static const struct sql drill_sql[STATEMENTS] = {
    [PUT] = OPEN(FOUND, ("INSERT INTO share_drill (notice, by_phone) VALUES ($1, $2)")),
    [PHONED] = OPEN(FOUND, ("SELECT coalesce(max(by_phone), 0) FROM share_drill WHERE notice = $1")),
    [SPARE] = OPEN(FOUND, ("UPDATE share_delivery SET told = $2 WHERE notice = $1")),
    [CALLS] = OPEN(FOUND, (CALLED " AND d.parent = $2" CALL_ORDER " LIMIT CAST($3 AS BIGINT)")),
    [CALLS_ISSUER] = OPEN(FOUND, (CALLED " AND d.parent IS NULL" CALL_ORDER " LIMIT CAST($2 AS BIGINT)")),
    [MENDS] = OPEN(
        FOUND,
        (ROW
         ", CASE WHEN s.org IS NULL THEN 0 ELSE 1 END, coalesce(s.confirmed, 0) FROM share_delivery d"
         " JOIN org o ON o.id = d.org"
         " LEFT JOIN share_drill_contact s ON s.notice = d.notice AND s.org = d.org"
         " WHERE d.notice = $1 AND coalesce(d.parent, 0) = $2"
         " AND (s.org IS NOT NULL OR d.cause = 1 OR d.ack IN (2, 3)) ORDER BY o.lo LIMIT CAST($3 AS BIGINT)")),
    [STALE_COUNTS] = OPEN(
        FOUND,
        ("SELECT count(*), coalesce(CAST(sum(CASE WHEN d.ack >= 4 THEN 1 ELSE 0 END) AS BIGINT), 0)"
         " FROM share_drill_contact s"
         " JOIN share_delivery d ON d.notice = s.notice AND d.org = s.org WHERE s.notice = $1"
         " AND (CAST($2 AS BIGINT) = -1 OR coalesce(d.parent, 0) = $2)")),
};

const struct sql_set drill_sql_set = {"drill", drill_sql, STATEMENTS};

enum err drill_put(struct work *w, int64_t notice, bool by_phone)
{
    return store_run(w, &drill_sql[PUT], ARGS(INT(notice), INT(by_phone)));
}

enum err drill_by_phone(struct work *w, int64_t notice, bool *out)
{
    int64_t by_phone = 0;
    enum err e = store_int(w, &drill_sql[PHONED], ARGS(INT(notice)), &by_phone);
    if (e == OK) *out = by_phone != 0;
    return e;
}

enum err letters_spare(struct work *w, int64_t notice)
{
    return store_run(w, &drill_sql[SPARE], ARGS(INT(notice), INT(TOLD_ABOVE)));
}

static struct delivery delivery_at(struct work *w, struct rows *r)
{
    return (struct delivery){.id = rows_int(r, 0),
                             .parent = rows_int(r, 1),
                             .org = rows_int(r, 2),
                             .org_code = rows_kept(w, r, 3),
                             .org_ja = rows_kept(w, r, 4),
                             .org_en = rows_kept(w, r, 5),
                             .tier = (enum tier)rows_int(r, 6),
                             .ack = (enum ack)rows_int(r, 7),
                             .late = rows_int(r, 8) != 0,
                             .sent = rows_int(r, 9),
                             .due = rows_int(r, 10),
                             .confirmed = rows_int(r, 11),
                             .cause = (enum cause)rows_int(r, 12)};
}

static void take_call(struct work *w, struct rows *r, void *to)
{
    *(struct callee_row *)to = (struct callee_row){delivery_at(w, r), rows_kept(w, r, 13), rows_kept(w, r, 14), rows_int(r, 15)};
}

enum err calls_find(struct work *w, int64_t notice, int64_t parent, int64_t most, struct callee_row **out, size_t *n)
{
    if (parent == 0) return STORE_GATHER(w, &drill_sql[CALLS_ISSUER], ARGS(INT(notice), INT(most)), take_call, out, n);
    return STORE_GATHER(w, &drill_sql[CALLS], ARGS(INT(notice), INT(parent), INT(most)), take_call, out, n);
}

static void take_mend(struct work *w, struct rows *r, void *to)
{
    *(struct mend *)to = (struct mend){delivery_at(w, r), rows_int(r, 13) != 0, rows_int(r, 14)};
}

enum err mends_find(struct work *w, int64_t notice, int64_t parent, int64_t most, struct mend **out, size_t *n)
{
    return STORE_GATHER(w, &drill_sql[MENDS], ARGS(INT(notice), INT(parent), INT(most)), take_mend, out, n);
}

enum err stale_counts(struct work *w, int64_t notice, int64_t parent, int64_t *stale, int64_t *reached)
{
    struct rows *r;
    enum err e = store_rows(w, &drill_sql[STALE_COUNTS], ARGS(INT(notice), INT(parent)), &r);
    if (e != OK) return e;
    if (rows_next(r)) *stale = rows_int(r, 0), *reached = rows_int(r, 1);
    return rows_done(r);
}
