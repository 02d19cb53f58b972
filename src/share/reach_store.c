#include "share/reach_store.h"

enum { WATCHED, TOOK, WHY, STATEMENTS };

#define PARTY "of the party: notices it issued, and those it passes on"
#define FOUND "of one notice, which the caller has found for the party; counts alone"
#define COLUMNS "n.code, n.title, n.urgency, n.state, n.drill, coalesce((SELECT p.by_phone FROM share_drill p WHERE p.notice = n.id), 0), n.sent"
#define IN_RANGE " AND (CAST($2 AS BIGINT) = 2 OR n.drill = $2) AND n.sent >= $3 AND n.sent < $4"
#define BELOW " AND (CAST($2 AS BIGINT) = -1 OR coalesce(parent, 0) = $2)"

static const struct sql reach_sql[STATEMENTS] = {
    [WATCHED] = OPEN(
        PARTY,
        ("SELECT n.id AS id, 0 AS own, " COLUMNS ", n.tlp, n.pap FROM share_notice n WHERE n.issuer = $1" IN_RANGE
         " UNION ALL SELECT n.id, d.id, " COLUMNS
         ", d.tlp, d.pap FROM share_notice n JOIN share_delivery d ON d.notice = n.id"
         " WHERE d.org = $1 AND d.ack >= 2 AND EXISTS (SELECT 1 FROM share_count c"
         " WHERE c.notice = n.id AND c.parent = d.id)" IN_RANGE
         " ORDER BY sent DESC, id DESC LIMIT CAST($5 AS BIGINT)")),
    [TOOK] = OPEN(
        FOUND,
        ("SELECT tier, (confirmed - sent) / 60, count(*) FROM share_delivery WHERE notice = $1" BELOW
         " AND confirmed IS NOT NULL GROUP BY tier, (confirmed - sent) / 60 ORDER BY tier, (confirmed - sent) / 60")),
    [WHY] = OPEN(
        FOUND,
        ("SELECT tier, CASE WHEN ack < 2 THEN CAST($3 AS BIGINT) ELSE cause END, count(*) FROM share_delivery"
         " WHERE notice = $1" BELOW
         " AND (ack < 4 OR late = 1) GROUP BY tier, CASE WHEN ack < 2 THEN CAST($3 AS BIGINT) ELSE cause END")),
};

const struct sql_set reach_sql_set = {"reach", reach_sql, STATEMENTS};

static void take_watched(struct work *w, struct rows *r, void *to)
{
    *(struct watched *)to = (struct watched){.notice = rows_int(r, 0),
                                             .own = rows_int(r, 1),
                                             .code = rows_kept(w, r, 2),
                                             .title = rows_kept(w, r, 3),
                                             .urgency = rows_kept(w, r, 4),
                                             .state = rows_kept(w, r, 5),
                                             .drill = rows_int(r, 6) != 0,
                                             .by_phone = rows_int(r, 7) != 0,
                                             .sent = rows_int(r, 8),
                                             .marking = {(enum tlp)rows_int(r, 9), (enum pap)rows_int(r, 10)}};
}

enum err watched_find(struct work *w, int64_t party, const struct watched_range *x, struct watched **out, size_t *n)
{
    return STORE_GATHER(w, &reach_sql[WATCHED],
                        ARGS(INT(party), INT(x->kind), INT(x->since), INT(x->until), INT(x->most)), take_watched, out,
                        n);
}

static void take_took(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct took *)to = (struct took){(enum tier)rows_int(r, 0), rows_int(r, 1), rows_int(r, 2)};
}

enum err took_read(struct work *w, int64_t notice, int64_t parent, struct took **out, size_t *n)
{
    return STORE_GATHER(w, &reach_sql[TOOK], ARGS(INT(notice), INT(parent)), take_took, out, n);
}

static void take_why(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct why *)to = (struct why){(enum tier)rows_int(r, 0), (enum cause)rows_int(r, 1), rows_int(r, 2)};
}

enum err why_read(struct work *w, int64_t notice, int64_t parent, struct why **out, size_t *n)
{
    return STORE_GATHER(w, &reach_sql[WHY], ARGS(INT(notice), INT(parent), INT(CAUSE_NOT_PASSED)), take_why, out, n);
}
