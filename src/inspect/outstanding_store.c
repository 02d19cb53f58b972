#include "inspect/outstanding_store.h"

enum {
    OPEN_ROUNDS, UNSENT, STANDING, MISSING, SHUT, REMINDED, UNSENT_COUNTS, EFFORT, REMINDERS, STATEMENTS
};

#define LETTER "what a letter tells is decided by whom it is for, not by who has it written"
/* Nothing was handed in, or it was given back and not handed in again. */
#define NOT_IN                                                                                                         \
    "(s.respondent IS NULL OR s.state = 0 OR EXISTS (SELECT 1 FROM sheet_return b WHERE b.respondent = r.id"           \
    " AND b.answered IS NULL))"
#define NO_REASON "(r.reason = '' OR r.reason = 'not-answered')"
#define OTHER(reader) "coalesce(r.person, 0) <> CAST(" reader " AS BIGINT) AND "
#define HERE(day)                                                                                                      \
    "(p.since IS NULL OR p.since <= CAST(" day " AS BIGINT)) AND (p.until IS NULL OR p.until >= CAST(" day " AS BIGINT))"
#define BEGUN "CASE WHEN s.respondent IS NOT NULL OR q.respondent IS NOT NULL THEN 1 ELSE 0 END"

static const struct sql outstanding_sql[STATEMENTS] = {
    [OPEN_ROUNDS] = OPEN(LETTER, ("SELECT id, base, due, code, title_ja, title_en FROM round"
                                  " WHERE state = 'open' AND edition IS NOT NULL ORDER BY base DESC, code")),
    [UNSENT] = OPEN_STREAM(LETTER,
        ("SELECT r.person, r.round, r.org, o.lo, ro.lo, r.code, d.name_ja, d.name_en, ro.name_ja, ro.name_en,"
         " coalesce(r.due, x.due), coalesce(b.at, 0), coalesce(b.reason, ''), " BEGUN
         " FROM respondent r JOIN round x ON x.id = r.round JOIN person p ON p.id = r.person"
         " JOIN org o ON o.id = r.org JOIN round_org ro ON ro.round = r.round AND ro.org = r.org"
         " LEFT JOIN duty d ON d.code = r.duty LEFT JOIN sheet s ON s.respondent = r.id"
         " LEFT JOIN sheet_question q ON q.respondent = r.id"
         " LEFT JOIN sheet_return b ON b.id = (SELECT max(c.id) FROM sheet_return c WHERE c.respondent = r.id"
         " AND c.answered IS NULL)"
         " WHERE r.person > $2 AND r.person <= $3 AND x.state = 'open' AND " HERE("$1") " AND " NO_REASON " AND " NOT_IN
         " ORDER BY r.person, r.round, r.code LIMIT CAST($4 AS BIGINT)")),
    /* From the organisations: SQLite would pass over all respondents of the round, for each section anew. */
    [STANDING] = OPEN(LETTER,
        ("SELECT o.id, o.lo, ro.lo, count(*),"
         " CAST(sum(CASE WHEN " OTHER("$4") NOT_IN " AND " NO_REASON " THEN 1 ELSE 0 END) AS BIGINT),"
         " CAST(sum(CASE WHEN " OTHER("$4") "s.state = 1 THEN 1 ELSE 0 END) AS BIGINT),"
         " min(CASE WHEN " NOT_IN " AND " NO_REASON " THEN coalesce(r.due, x.due) END)"
         " FROM org o CROSS JOIN round_org ro CROSS JOIN respondent r JOIN round x ON x.id = r.round"
         " LEFT JOIN sheet s ON s.respondent = r.id WHERE ro.org = o.id AND ro.round = $1 AND r.org = o.id AND r.round = $1"
         " AND o.lo >= $2 AND o.lo < $3 GROUP BY o.id, o.lo, ro.lo ORDER BY o.lo")),
    [MISSING] = OPEN_STREAM(LETTER,
        ("SELECT coalesce(p.id, 0), ro.lo, coalesce(p.name_ja, ''), coalesce(p.name_en, ''), coalesce(d.name_ja, r.duty),"
         " coalesce(d.name_en, r.duty), coalesce(r.due, x.due), " BEGUN ", CASE WHEN EXISTS (SELECT 1 FROM sheet_return b"
         " WHERE b.respondent = r.id AND b.answered IS NULL) THEN 1 ELSE 0 END"
         " FROM org o CROSS JOIN round_org ro CROSS JOIN respondent r JOIN round x ON x.id = r.round"
         " LEFT JOIN person p ON p.id = r.person LEFT JOIN duty d ON d.code = r.duty"
         " LEFT JOIN sheet s ON s.respondent = r.id LEFT JOIN sheet_question q ON q.respondent = r.id"
         " WHERE ro.org = o.id AND ro.round = $1 AND r.org = o.id AND r.round = $1 AND o.lo >= $2 AND o.lo < $3"
         " AND coalesce(r.person, 0) <> $4 AND " NO_REASON " AND " NOT_IN
         " ORDER BY o.lo, r.code LIMIT CAST($5 AS BIGINT)")),
    [SHUT] = OPEN(LETTER, ("SELECT lo, hi FROM round_org WHERE round = $1 AND stage <> 'open' AND stage <> 'published'"
                           " ORDER BY lo")),
    [REMINDED] = OPEN(LETTER,
        ("INSERT INTO reminder (round, org, day, letters) VALUES ($1, $2, $3, 1)"
         " ON CONFLICT (round, org, day) DO UPDATE SET letters = reminder.letters + 1")),
    /* From the organisations and of one round, as above: a ministry's page does not pass over the whole government. */
    [UNSENT_COUNTS] = SCOPED(
        ("SELECT r.round, coalesce(r.due, x.due), count(*), count(DISTINCT r.person)"
         " FROM org o CROSS JOIN respondent r JOIN round x ON x.id = r.round JOIN person p ON p.id = r.person"
         " LEFT JOIN sheet s ON s.respondent = r.id"
         " WHERE r.org = o.id AND r.round = $4 AND o.lo >= $1 AND o.lo < $2 AND x.state = 'open'"
         " AND coalesce(r.due, x.due) IS NOT NULL AND " HERE("$3") " AND " NO_REASON " AND " NOT_IN
         " GROUP BY r.round, coalesce(r.due, x.due) ORDER BY coalesce(r.due, x.due), r.round")),
    [EFFORT] = SCOPED_STREAM(
        ("SELECT ro.lo, coalesce(q.spent, 0), CASE WHEN coalesce(q.submitted, 0) > 0 THEN 1 ELSE 0 END,"
         " CASE WHEN s.source <> '' THEN 1 ELSE 0 END,"
         " CASE WHEN EXISTS (SELECT 1 FROM sheet_entry x WHERE x.respondent = s.respondent AND x.state = 'paper') THEN 1 ELSE 0 END"
         " FROM sheet s JOIN round_org ro ON ro.round = s.round AND ro.org = s.org JOIN org o ON o.id = s.org"
         " LEFT JOIN sheet_question q ON q.respondent = s.respondent"
         " WHERE o.lo >= $1 AND o.lo < $2 AND s.round = $3 AND s.state > 0")),
    [REMINDERS] = SCOPED(
        ("SELECT ro.lo, CAST(sum(m.letters) AS BIGINT) FROM reminder m"
         " JOIN round_org ro ON ro.round = m.round AND ro.org = m.org JOIN org o ON o.id = m.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND m.round = $3 GROUP BY ro.lo ORDER BY ro.lo")),
};
const struct sql_set outstanding_sql_set = {"inspect (outstanding)", outstanding_sql, STATEMENTS};

static enum err rows_for(struct work *w, int statement, struct values v, struct rows **out)
{
    return store_rows(w, &outstanding_sql[statement], v, out);
}

bool round_shut_at(const struct open_round *x, int64_t node)
{
    for (size_t i = 0; i < x->n_shut; i++)
        if (node >= x->shut[i].lo && node < x->shut[i].hi) return true;
    return false;
}

static enum err load_shut(struct work *w, struct open_round *x)
{
    struct rows *r;
    enum err e = rows_for(w, SHUT, ARGS(INT(x->id)), &r);
    if (e != OK) return e;
    size_t room = 0;
    while (rows_next(r)) {
        int64_t lo = rows_int(r, 0), hi = rows_int(r, 1);
        if (x->n_shut > 0 && lo < x->shut[x->n_shut - 1].hi) continue; /* within one that is shut */
        x->shut = arena_more(w->a, x->shut, x->n_shut, &room, sizeof *x->shut);
        x->shut[x->n_shut++] = (struct shut){lo, hi};
    }
    return rows_done(r);
}

enum err inspect_open_rounds(struct work *w, struct open_round **out, size_t *n)
{
    struct rows *r;
    enum err e = rows_for(w, OPEN_ROUNDS, NOARGS, &r);
    if (e != OK) return e;
    struct open_round *all = NULL;
    size_t count = 0, room = 0;
    while (rows_next(r)) {
        all = arena_more(w->a, all, count, &room, sizeof *all);
        all[count++] = (struct open_round){.id = rows_int(r, 0), .base = rows_int(r, 1), .due = rows_int(r, 2),
                                           .has_due = !rows_null(r, 2), .code = rows_kept(w, r, 3),
                                           .title_ja = rows_kept(w, r, 4),
                                           .title_en = rows_kept(w, r, 5)};
    }
    if ((e = rows_done(r)) != OK) return e;
    for (size_t i = 0; e == OK && i < count; i++) e = load_shut(w, &all[i]);
    if (e != OK) return e;
    *out = all;
    *n = count;
    return OK;
}

enum err inspect_unsent(struct work *w, int64_t day, int64_t after, int64_t upto, int64_t most, unsent_fn *fn, void *to)
{
    struct rows *r;
    enum err e = rows_for(w, UNSENT, ARGS(INT(day), INT(after), INT(upto), INT(most)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct unsent x = {.person = rows_int(r, 0), .round = rows_int(r, 1), .org = rows_int(r, 2),
                           .place = rows_int(r, 3), .node = rows_int(r, 4), .respondent = rows_text(r, 5),
                           .duty_ja = rows_text(r, 6), .duty_en = rows_text(r, 7), .org_ja = rows_text(r, 8),
                           .org_en = rows_text(r, 9), .due = rows_int(r, 10), .has_due = !rows_null(r, 10),
                           .returned = rows_int(r, 11), .reason = rows_text(r, 12), .begun = rows_int(r, 13) != 0};
        told = fn(to, &x);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err inspect_standing(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t reader, standing_fn *fn, void *to)
{
    struct rows *r;
    enum err e = rows_for(w, STANDING, ARGS(INT(round), INT(lo), INT(hi), INT(reader)), &r);
    if (e != OK) return e;
    while (rows_next(r))
        fn(to, &(struct unit_standing){.org = rows_int(r, 0), .place = rows_int(r, 1), .node = rows_int(r, 2),
                                       .all = rows_int(r, 3), .missing = rows_int(r, 4), .waiting = rows_int(r, 5),
                                       .due = rows_int(r, 6), .has_due = !rows_null(r, 6)});
    return rows_done(r);
}

enum err inspect_missing(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t reader, int64_t most,
                         missing_one_fn *fn, void *to)
{
    struct rows *r;
    enum err e = rows_for(w, MISSING, ARGS(INT(round), INT(lo), INT(hi), INT(reader), INT(most)), &r);
    if (e != OK) return e;
    while (rows_next(r))
        fn(to, &(struct missing_one){.person = rows_int(r, 0), .node = rows_int(r, 1), .name_ja = rows_text(r, 2),
                                     .name_en = rows_text(r, 3), .duty_ja = rows_text(r, 4), .duty_en = rows_text(r, 5),
                                     .due = rows_int(r, 6), .has_due = !rows_null(r, 6), .begun = rows_int(r, 7) != 0,
                                     .returned = rows_int(r, 8) != 0});
    return rows_done(r);
}

enum err inspect_reminded(struct work *w, int64_t round, int64_t org, int64_t day)
{
    return store_run(w, &outstanding_sql[REMINDED], ARGS(INT(round), INT(org), INT(day)));
}

enum err inspect_unsent_counts(struct work *w, int64_t round, int64_t day, unsent_count_fn *fn, void *to)
{
    struct rows *r;
    enum err e = rows_for(w, UNSENT_COUNTS, ARGS(INT(day), INT(round)), &r);
    if (e != OK) return e;
    while (rows_next(r))
        fn(to, &(struct unsent_count){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3)});
    return rows_done(r);
}

enum err effort_each(struct work *w, int64_t round, effort_fn *fn, void *to)
{
    struct rows *r;
    enum err e = rows_for(w, EFFORT, ARGS(INT(round)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        bool entered = rows_int(r, 4) != 0, on_page = rows_int(r, 2) != 0 && !entered;
        fn(to, &(struct effort_row){.lo = rows_int(r, 0), .spent = rows_int(r, 1), .on_page = on_page, .entered = entered,
                                    .in_file = !on_page && !entered && rows_int(r, 3) != 0});
    }
    return rows_done(r);
}

enum err reminders_each(struct work *w, int64_t round, void (*each)(void *, int64_t lo, int64_t letters), void *to)
{
    struct rows *r;
    enum err e = rows_for(w, REMINDERS, ARGS(INT(round)), &r);
    if (e != OK) return e;
    while (rows_next(r)) each(to, rows_int(r, 0), rows_int(r, 1));
    return rows_done(r);
}
