#include "home/remind_store.h"

enum {
    POSTS, READER, BELOW, DUTY, BEYOND, REMINDED_ON, REMINDED_PUT, RUN, RUN_PUT, RUN_LAST, DAYS, UNREACHABLE, READERS,
    STATEMENTS
};

#define LETTER "what a letter tells is decided by whom it is for, not by who has it written"
#define ON_DAY(t, day)                                                                                                 \
    "(" t ".since IS NULL OR " t ".since <= CAST(" day " AS BIGINT)) AND (" t ".until IS NULL OR " t                    \
    ".until >= CAST(" day " AS BIGINT))"

#define READS                                                                                                          \
    ON_DAY("p", "$3") " AND " ON_DAY("x", "$3")                                                                        \
    " AND (d.rights & CAST($4 AS BIGINT)) = CAST($4 AS BIGINT) AND (d.rights & CAST($5 AS BIGINT)) = 0"                \
    " AND (CAST($6 AS TEXT) = '' OR p.duty = $6)"

static const struct sql statements[STATEMENTS] = {
    /* 30: confirm, names, rates, manage (access/access.h) */
    [POSTS] = OPEN(LETTER,
        ("SELECT p.person, o.id, o.lo, o.hi, d.rights, p.duty, o.code, o.name_ja, o.name_en FROM post p"
         " JOIN duty d ON d.code = p.duty JOIN person x ON x.id = p.person LEFT JOIN system s ON s.id = p.system"
         " JOIN org o ON o.id = coalesce(s.org, p.org) WHERE p.person > $2 AND p.person <= $3 AND (d.rights & 30) > 0"
         " AND " ON_DAY("p", "$1") " AND " ON_DAY("x", "$1") " ORDER BY p.person, p.code")),
    [READER] = OPEN(LETTER, ("SELECT x.code, x.name_ja, x.name_en, x.mail, x.lang, x.org FROM person x WHERE x.id = $1"
                             " AND " ON_DAY("x", "$2"))),
    [BELOW] = SQL("SELECT name_ja, name_en, lo, hi FROM org WHERE parent = $1 AND (since IS NULL OR since <= $2)"
                  " AND (until IS NULL OR until >= $2) ORDER BY lo"),
    [DUTY] = SQL("SELECT count(*) FROM duty WHERE code = $1"),
    [BEYOND] = SQL("SELECT count(*) FROM org WHERE lo < $1 OR lo >= $2"),
    [REMINDED_ON] = OPEN(LETTER, ("SELECT count(*) FROM reminded WHERE person = $1 AND day = $2")),
    [REMINDED_PUT] = OPEN(LETTER, ("INSERT INTO reminded (person, day, at, own, unit, head, late, due)"
                                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [RUN] = SQL("SELECT day, at, upto, letters, unreachable, done FROM remind_run WHERE day = $1"),
    [RUN_PUT] = SQL("INSERT INTO remind_run (day, at, upto, letters, unreachable, done) VALUES ($1, $2, $3, $4, $5, $6)"
                    " ON CONFLICT (day) DO UPDATE SET upto = excluded.upto, letters = excluded.letters,"
                    " unreachable = excluded.unreachable, done = excluded.done"),
    [RUN_LAST] = SQL("SELECT day, at FROM remind_run WHERE day < $1 AND done = 1 ORDER BY day DESC LIMIT 1"),
    [DAYS] = SCOPED("SELECT m.day, count(*), CAST(sum(m.own) AS BIGINT), CAST(sum(m.unit) AS BIGINT),"
                    " CAST(sum(m.head) AS BIGINT), CAST(sum(m.late) AS BIGINT)"
                    " FROM reminded m JOIN person x ON x.id = m.person JOIN org o ON o.id = x.org"
                    " WHERE o.lo >= $1 AND o.lo < $2 GROUP BY m.day ORDER BY m.day DESC LIMIT 30"),
    [UNREACHABLE] = SCOPED(
        "SELECT x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, count(*) FROM person x"
        " JOIN org o ON o.id = x.org JOIN respondent r ON r.person = x.id JOIN round y ON y.id = r.round"
        " LEFT JOIN sheet s ON s.respondent = r.id WHERE o.lo >= $1 AND o.lo < $2 AND x.mail = '' AND y.state = 'open'"
        " AND (s.respondent IS NULL OR s.state = 0 OR EXISTS (SELECT 1 FROM sheet_return b WHERE b.respondent = r.id"
        " AND b.answered IS NULL)) AND (r.reason = '' OR r.reason = 'not-answered') AND " ON_DAY("x", "$3")
        " GROUP BY x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, o.lo ORDER BY o.lo, x.code"),
    /* From the organisations, those of systems apart: one join for both would pass over every post there is. */
    [READERS] = SCOPED(
        "SELECT count(*) FROM (SELECT p.person FROM org o CROSS JOIN post p JOIN duty d ON d.code = p.duty"
        " JOIN person x ON x.id = p.person WHERE p.org = o.id AND p.system IS NULL AND o.lo >= $1 AND o.lo < $2 AND " READS
        " UNION SELECT p.person FROM org o CROSS JOIN system s CROSS JOIN post p JOIN duty d ON d.code = p.duty"
        " JOIN person x ON x.id = p.person WHERE s.org = o.id AND p.system = s.id AND o.lo >= $1 AND o.lo < $2 AND " READS ") n"),
};
const struct sql_set remind_sql_set = {"home", statements, STATEMENTS};

static void take_post(struct work *w, struct rows *r, void *to)
{
    *(struct duty_post *)to = (struct duty_post){.person = rows_int(r, 0), .org = rows_int(r, 1), .lo = rows_int(r, 2),
        .hi = rows_int(r, 3), .rights = (unsigned)rows_int(r, 4),
        .duty = rows_kept(w, r, 5),
        .org_code = rows_kept(w, r, 6),
        .org_ja = rows_kept(w, r, 7),
        .org_en = rows_kept(w, r, 8)};
}

enum err duty_posts(struct work *w, int64_t day, int64_t after, int64_t upto, struct duty_post **out, size_t *n)
{
    return STORE_GATHER(w, &statements[POSTS], ARGS(INT(day), INT(after), INT(upto)), take_post, out, n);
}

enum err reader_of(struct work *w, int64_t person, int64_t day, struct digest *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[READER], ARGS(INT(person), INT(day)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    if (is) {
        str *const texts[] = {&out->code, &out->name_ja, &out->name_en, &out->mail, &out->lang};
        for (int i = 0; i < 5; i++) *texts[i] = rows_kept(w, r, i);
        out->org = rows_int(r, 5);
    }
    e = rows_done(r);
    return e == OK && !is ? NOTFOUND : e;
}

static void take_place(struct work *w, struct rows *r, void *to)
{
    *(struct told_count *)to = (struct told_count){.ja = rows_kept(w, r, 0), .en = rows_kept(w, r, 1),
        .lo = rows_int(r, 2), .hi = rows_int(r, 3)};
}

enum err units_below(struct work *w, int64_t org, int64_t day, struct told_count **out, size_t *n)
{
    return STORE_GATHER(w, &statements[BELOW], ARGS(INT(org), INT(day)), take_place, out, n);
}

static enum err any(struct work *w, int statement, struct values v, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &statements[statement], v, &n);
    if (e == OK) *out = n != 0;
    return e;
}

enum err duty_known(struct work *w, str code, bool *out) { return any(w, DUTY, ARGS(TEXT(code)), out); }

enum err reaches_all(struct work *w, bool *out)
{
    bool beyond;
    enum err e = any(w, BEYOND, ARGS(INT(w->lo), INT(w->hi)), &beyond);
    if (e == OK) *out = !beyond;
    return e;
}

enum err reminded_on(struct work *w, int64_t person, int64_t day, bool *out)
{
    return any(w, REMINDED_ON, ARGS(INT(person), INT(day)), out);
}

enum err reminded_put(struct work *w, int64_t person, int64_t day, const struct digest_kinds *k, int64_t due)
{
    return store_run(w, &statements[REMINDED_PUT], ARGS(INT(person), INT(day), INT(w->now), INT(k->own), INT(k->unit),
                                                        INT(k->head), INT(k->late), INT(due)));
}

enum err run_get(struct work *w, int64_t day, struct remind_run *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[RUN], ARGS(INT(day)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    if (is)
        *out = (struct remind_run){.day = rows_int(r, 0), .at = rows_int(r, 1), .upto = rows_int(r, 2),
                                   .letters = rows_int(r, 3), .unreachable = rows_int(r, 4), .done = rows_int(r, 5) != 0};
    e = rows_done(r);
    return e == OK && !is ? NOTFOUND : e;
}

enum err run_put(struct work *w, const struct remind_run *x)
{
    return store_run(w, &statements[RUN_PUT], ARGS(INT(x->day), INT(x->at), INT(x->upto), INT(x->letters),
                                                   INT(x->unreachable), INT(x->done)));
}

enum err run_last(struct work *w, int64_t before, struct run_before *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[RUN_LAST], ARGS(INT(before)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    if (is) *out = (struct run_before){rows_int(r, 0), rows_int(r, 1)};
    e = rows_done(r);
    return e == OK && !is ? NOTFOUND : e;
}

enum err reminded_days(struct work *w, reminded_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[DAYS], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r))
        fn(to, &(struct reminded_day){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4),
                                      rows_int(r, 5)});
    return rows_done(r);
}

enum err unreachable_each(struct work *w, int64_t day, unreachable_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[UNREACHABLE], ARGS(INT(day)), &r);
    if (e != OK) return e;
    while (rows_next(r))
        fn(to, &(struct unreachable){rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), rows_text(r, 3), rows_text(r, 4),
                                     rows_text(r, 5), rows_int(r, 6)});
    return rows_done(r);
}

enum err readers_count(struct work *w, int64_t day, unsigned all_of, unsigned none_of, str duty, int64_t *n)
{
    return store_int(w, &statements[READERS], ARGS(INT(day), INT(all_of), INT(none_of), TEXT(duty)), n);
}
