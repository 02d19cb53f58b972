#include "share/inbox_store.h"

enum { TO_CONFIRM, TO_PASS, ENDED, CONFIRMED, CONFIRMED_AFTER, STATEMENTS };

#define PARTY "of the party: its own rows, with the notices that were sent to it"
#define LYING(waiting)                                                                                                                                 \
    "SELECT n.id, d.id, coalesce(d.confirmed, 0), d.sent, d.due, n.code, n.title, n.urgency, n.state, n.drill, d.ack, d.tlp, d.pap, o.code, o.name_ja," \
    " o.name_en, " waiting ", coalesce(s.code, ''), coalesce(n.recalled, s.sent, 0), n.recall_reason FROM share_delivery d"                           \
    " JOIN share_notice n ON n.id = d.notice LEFT JOIN share_delivery p ON p.id = d.parent JOIN org o ON o.id = coalesce(p.org, n.issuer)"            \
    " LEFT JOIN share_notice s ON s.supersedes = n.id AND s.sent IS NOT NULL WHERE d.org = $1"
#define NONE_WAITING "0"
#define WAITING "(SELECT count(*) FROM share_delivery k WHERE k.notice = d.notice AND k.parent = d.id AND k.ack = 0)"

static const struct sql inbox_sql[STATEMENTS] = {
    [TO_CONFIRM] = OPEN(
        PARTY,
        (LYING(
            NONE_WAITING) " AND d.ack IN (2, 3) AND n.state = 'sent' ORDER BY CASE WHEN d.due < $2 THEN 0 ELSE 1 END,"
                          " CASE n.urgency WHEN 'emergency' THEN 0 WHEN 'important' THEN 1"
                          " ELSE 2 END, d.due, d.id LIMIT CAST($3 AS BIGINT)")),
    [TO_PASS] = OPEN(
        PARTY,
        (LYING(
            WAITING) " AND d.ack >= 2 AND n.state = 'sent' AND EXISTS (SELECT 1 FROM share_delivery k"
                     " WHERE k.notice = d.notice"
                     " AND k.parent = d.id AND k.ack = 0) ORDER BY CASE n.urgency WHEN 'emergency' THEN 0"
                     " WHEN 'important' THEN 1 ELSE 2 END, d.sent, d.id"
                     " LIMIT CAST($2 AS BIGINT)")),
    [ENDED] = OPEN(
        PARTY,
        (LYING(
            NONE_WAITING) " AND d.ack >= 2 AND n.state IN ('recalled', 'superseded')"
                          " AND coalesce(n.recalled, s.sent, 0) >= $2"
                          " ORDER BY coalesce(n.recalled, s.sent, 0) DESC, d.id DESC LIMIT CAST($3 AS BIGINT)")),
    [CONFIRMED] = OPEN(
        PARTY, (LYING(NONE_WAITING) " AND d.ack >= 4 ORDER BY d.confirmed DESC, d.id DESC LIMIT CAST($2 AS BIGINT)")),
    [CONFIRMED_AFTER] =
        OPEN(PARTY, (LYING(NONE_WAITING) " AND d.ack >= 4 AND (d.confirmed, d.id) < ($2, $3)"
                                         " ORDER BY d.confirmed DESC, d.id DESC LIMIT CAST($4 AS BIGINT)")),
};

const struct sql_set inbox_sql_set = {"inbox", inbox_sql, STATEMENTS};

static void take_lying(struct work *w, struct rows *r, void *to)
{
    *(struct lying *)to = (struct lying){.notice = rows_int(r, 0),
                                         .own = rows_int(r, 1),
                                         .confirmed = rows_int(r, 2),
                                         .sent = rows_int(r, 3),
                                         .due = rows_int(r, 4),
                                         .code = rows_kept(w, r, 5),
                                         .title = rows_kept(w, r, 6),
                                         .urgency = rows_kept(w, r, 7),
                                         .state = rows_kept(w, r, 8),
                                         .drill = rows_int(r, 9) != 0,
                                         .ack = (enum ack)rows_int(r, 10),
                                         .marking = {(enum tlp)rows_int(r, 11), (enum pap)rows_int(r, 12)},
                                         .from_code = rows_kept(w, r, 13),
                                         .from_ja = rows_kept(w, r, 14),
                                         .from_en = rows_kept(w, r, 15),
                                         .n = rows_int(r, 16),
                                         .successor = rows_kept(w, r, 17),
                                         .ended = rows_int(r, 18),
                                         .reason = rows_kept(w, r, 19)};
}

#define GATHER(w, statement, args, out, n) STORE_GATHER(w, &inbox_sql[statement], args, take_lying, out, n)

enum err inbox_open(struct work *w, int64_t party, int64_t most, struct lying **out, size_t *n)
{
    return GATHER(w, TO_CONFIRM, ARGS(INT(party), INT(w->now), INT(most)), out, n);
}

enum err inbox_to_pass(struct work *w, int64_t party, int64_t most, struct lying **out, size_t *n)
{
    return GATHER(w, TO_PASS, ARGS(INT(party), INT(most)), out, n);
}

enum err inbox_ended(struct work *w, int64_t party, int64_t since, int64_t most, struct lying **out, size_t *n)
{
    return GATHER(w, ENDED, ARGS(INT(party), INT(since), INT(most)), out, n);
}

enum err inbox_confirmed(struct work *w, int64_t party, int64_t after, int64_t after_own, int64_t most,
                         struct lying **out, size_t *n)
{
    if (after == 0) return GATHER(w, CONFIRMED, ARGS(INT(party), INT(most)), out, n);
    return GATHER(w, CONFIRMED_AFTER, ARGS(INT(party), INT(after), INT(after_own), INT(most)), out, n);
}
