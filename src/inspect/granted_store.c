#include "inspect/granted.h"

enum { GRANTED_ON, GRANTED_PUT, GRANTED_DROP, INTO_ROUND, OUT_OF_ROUND, ROUNDS_OPEN, LATEST, STATEMENTS };

#define WHOLE "an exception changes the sums of every organisation above it; the case decided who may"

static const struct sql granted_sql[STATEMENTS] = {
    [GRANTED_ON] = OPEN(WHOLE,
        ("SELECT number, respondent, org, edition, clause, since, until, reason FROM granted_exception"
         " WHERE since <= $1 AND until >= $1 ORDER BY number")),
    [GRANTED_PUT] = OPEN(WHOLE,
        ("INSERT INTO granted_exception (number, respondent, org, edition, clause, since, until, reason)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO UPDATE SET respondent = excluded.respondent,"
         " org = excluded.org, edition = excluded.edition, clause = excluded.clause, since = excluded.since,"
         " until = excluded.until, reason = excluded.reason")),
    [GRANTED_DROP] = OPEN(WHOLE, ("DELETE FROM granted_exception WHERE number = $1")),
    [INTO_ROUND] = OPEN(WHOLE,
        ("INSERT INTO exception (round, number, respondent, org, clause, since, until, reason, granted)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (round, number) DO UPDATE SET"
         " respondent = excluded.respondent, org = excluded.org, clause = excluded.clause, since = excluded.since,"
         " until = excluded.until, reason = excluded.reason")),
    [OUT_OF_ROUND] = OPEN(WHOLE, ("DELETE FROM exception WHERE round = $1 AND number = $2 AND granted = 1")),
    [ROUNDS_OPEN] = OPEN(WHOLE,
        ("SELECT code FROM round WHERE state = 'open' AND edition IS NOT NULL ORDER BY base, code")),
    [LATEST] = OPEN("which edition is asked now concerns everybody",
        ("SELECT code FROM round WHERE edition IS NOT NULL"
         " ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, base DESC, code DESC LIMIT 1")),
};

const struct sql_set granted_sql_set = {"inspect (granted)", granted_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &granted_sql[statement], args, take, out, n)

static void take_granted(struct work *w, struct rows *r, void *to)
{
    *(struct granted *)to = (struct granted){.number = rows_kept(w, r, 0), .respondent = rows_kept(w, r, 1),
                                             .org = rows_int(r, 2), .edition = rows_int(r, 3),
                                             .clause = rows_kept(w, r, 4), .since = rows_int(r, 5),
                                             .until = rows_int(r, 6), .reason = rows_kept(w, r, 7)};
}

enum err granted_on(struct work *w, int64_t day, struct granted **out, size_t *n)
{
    return GATHER(w, GRANTED_ON, ARGS(INT(day)), take_granted, out, n);
}

enum err granted_put(struct work *w, const struct granted *g)
{
    return store_run(w, &granted_sql[GRANTED_PUT],
                     ARGS(TEXT(g->number), TEXT(g->respondent), INT(g->org), INT(g->edition), TEXT(g->clause),
                          INT(g->since), INT(g->until), TEXT(g->reason)));
}

enum err granted_drop(struct work *w, str number)
{
    return store_run(w, &granted_sql[GRANTED_DROP], ARGS(TEXT(number)));
}

enum err granted_into(struct work *w, int64_t round, const struct exception *x)
{
    return store_run(w, &granted_sql[INTO_ROUND],
                     ARGS(INT(round), TEXT(x->number), int_or_nil(x->respondent, x->respondent != 0),
                          int_or_nil(x->org, x->org != 0), INT(x->clause), INT(x->since), INT(x->until), TEXT(x->reason)));
}

enum err granted_out_of(struct work *w, int64_t round, str number)
{
    return store_run(w, &granted_sql[OUT_OF_ROUND], ARGS(INT(round), TEXT(number)));
}

static void take_code(struct work *w, struct rows *r, void *to) { *(str *)to = rows_kept(w, r, 0); }

enum err rounds_open(struct work *w, str **out, size_t *n) { return GATHER(w, ROUNDS_OPEN, NOARGS, take_code, out, n); }

enum err round_latest(struct work *w, str *code) { return store_text(w, &granted_sql[LATEST], NOARGS, code); }
