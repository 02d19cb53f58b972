/* The SQL of staff lists. */
#include "registry/staff_store.h"

#include "access/access.h"

#define WHY_ALL "a code is taken wherever it stands; what is out of reach is refused, never shown"
#define WHY_FOUND "found within the organisation that the door asked about"
#define IN_SCOPE(o) o ".lo >= $1 AND " o ".lo < $2"
#define CURRENT(t) "(" t ".since IS NULL OR " t ".since <= $3) AND (" t ".until IS NULL OR " t ".until >= $3)"
#define SPAN(o) o ".lo >= $4 AND " o ".lo < $5"
#define BESIDE(o) "(" o ".lo < $4 OR " o ".lo >= $5)"
#define LASTS(t) "(" t ".until IS NULL OR " t ".until >= $3)"
#define PERSON_COLUMNS "x.id, x.code, x.name_ja, x.name_en, x.mail, o.code, x.since, x.until, o.lo"
#define POST_COLUMNS "SELECT p.id, p.code, p.duty, q.code, s.code, x.code, p.since, p.until, p.deputy_of, x.until"

enum {
    ORGS,
    DUTIES,
    TITLES,
    SYSTEMS,
    PEOPLE,
    GUESTS,
    PERSON_FIND,
    POSTS_IN,
    POSTS_OUT,
    POSTS_OF,
    POST_TAKEN,
    PERSON_ADD,
    PERSON_CHANGE,
    PERSON_END,
    POST_ADD,
    POST_CHANGE,
    IDS_AFTER,
    N_SQL
};

static const struct sql statements[N_SQL] = {
    [ORGS] =
        SCOPED_STREAM("SELECT o.id, o.code, o.name_ja, o.name_en, o.lo,"
                      " CASE WHEN " CURRENT("o") " THEN 1 ELSE 0 END FROM org o WHERE " IN_SCOPE("o") " ORDER BY o.lo"),
    /* 1 is answer alone (access/access.h): the others are nobody's for themselves. */
    [DUTIES] =
        OPEN("tells which duties are held by several, not where",
             "SELECT d.code, d.name_ja, d.name_en, d.rights, CASE WHEN d.rights = 1 AND EXISTS (SELECT 1 FROM post p"
             " WHERE p.duty = d.code AND p.system IS NULL AND (p.until IS NULL OR p.until >= $1)"
             " GROUP BY p.org HAVING count(*) > 1) THEN 1 ELSE 0 END FROM duty d ORDER BY d.ord, d.code"),
    [TITLES] = SQL("SELECT title_ja, duty FROM duty_title"),
    [SYSTEMS] = SCOPED_STREAM("SELECT s.id, s.code, s.name_ja, s.name_en, o.code FROM org o"
                              " JOIN system s ON s.org = o.id WHERE " IN_SCOPE("o") " AND " CURRENT("s") " AND " SPAN(
                                  "o") " ORDER BY o.lo, s.code"),
    [PEOPLE] = SCOPED_STREAM("SELECT " PERSON_COLUMNS " FROM org o JOIN person x ON x.org = o.id WHERE " IN_SCOPE(
        "o") " AND " CURRENT("x") " AND " SPAN("o") " ORDER BY o.lo, x.code"),
    [GUESTS] =
        SCOPED("SELECT DISTINCT " PERSON_COLUMNS " FROM post p JOIN org q ON q.id = p.org"
               " JOIN person x ON x.id = p.person JOIN org o ON o.id = x.org WHERE " IN_SCOPE("o") " AND " CURRENT(
                   "x") " AND " SPAN("q") " AND " BESIDE("o") " AND " LASTS("p") " ORDER BY x.code"),
    [PERSON_FIND] = OPEN(WHY_ALL, "SELECT " PERSON_COLUMNS " FROM person x JOIN org o ON o.id = x.org"
                                  " WHERE x.code = $1"),
    [POSTS_IN] = SCOPED_STREAM(POST_COLUMNS " FROM org q JOIN post p ON p.org = q.id LEFT JOIN system s"
                                            " ON s.id = p.system LEFT JOIN person x ON x.id = p.person WHERE " IN_SCOPE(
                                                "q") " AND " LASTS("p") " AND " SPAN("q") " ORDER BY q.lo, p.code"),
    [POSTS_OUT] =
        SCOPED(POST_COLUMNS " FROM org o JOIN person x ON x.org = o.id JOIN post p ON p.person = x.id"
                            " JOIN org q ON q.id = p.org LEFT JOIN system s ON s.id = p.system WHERE " IN_SCOPE(
                                "q") " AND " LASTS("p") " AND " SPAN("o") " AND " BESIDE("q") " ORDER BY q.lo, p.code"),
    [POSTS_OF] = SCOPED(POST_COLUMNS " FROM person x JOIN post p ON p.person = x.id JOIN org q ON q.id = p.org"
                                     " LEFT JOIN system s ON s.id = p.system WHERE " IN_SCOPE("q") " AND " LASTS(
                                         "p") " AND " BESIDE("q") " AND x.code = $6 ORDER BY q.lo, p.code"),
    [POST_TAKEN] = OPEN(WHY_ALL, "SELECT count(*) FROM post WHERE code = $1"),
    [PERSON_ADD] = OPEN(WHY_FOUND, "INSERT INTO person (code, org, name_ja, name_en, mail, since)"
                                   " VALUES ($1, $2, $3, $4, $5, $6)"),
    [PERSON_CHANGE] = OPEN(WHY_FOUND, "UPDATE person SET org = $2, name_ja = $3, name_en = $4, mail = $5, since = $6,"
                                      " until = $7 WHERE id = $1"),
    [PERSON_END] = OPEN(WHY_FOUND, "UPDATE person SET until = $2 WHERE id = $1"),
    [POST_ADD] = OPEN(WHY_FOUND, "INSERT INTO post (code, duty, org, system, person, since)"
                                 " VALUES ($1, $2, $3, $4, $5, $6)"),
    [POST_CHANGE] = OPEN(WHY_FOUND, "UPDATE post SET person = $2, until = $3 WHERE id = $1"),
    [IDS_AFTER] = OPEN(WHY_FOUND, "SELECT id, code FROM person WHERE id > $1"),
};
const struct sql_set staff_sql_set = {"staff", statements, N_SQL};

static struct day day_of(struct rows *r, int column)
{
    return (struct day){!rows_null(r, column), rows_int(r, column)};
}

#define SPAN_ARGS(s) INT((s).day), INT((s).lo), INT((s).hi)

enum err staff_orgs(struct work *w, int64_t day, staff_org_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORGS], ARGS(INT(day)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct staff_org_row row = {
            rows_int(r, 0), rows_int(r, 4), {rows_text(r, 1), rows_text(r, 2), rows_text(r, 3)}, rows_int(r, 5) != 0};
        fn(to, &row);
    }
    return rows_done(r);
}

enum err staff_duties(struct work *w, int64_t day, staff_duty_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[DUTIES], ARGS(INT(day)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct staff_duty_row row = {
            {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2)}, (unsigned)rows_int(r, 3), rows_int(r, 4) != 0};
        fn(to, &row);
    }
    return rows_done(r);
}

enum err staff_titles(struct work *w, staff_title_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[TITLES], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_text(r, 0), rows_text(r, 1));
    return rows_done(r);
}

enum err staff_systems(struct work *w, struct staff_span s, staff_system_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[SYSTEMS], ARGS(SPAN_ARGS(s)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        const struct named system = {rows_text(r, 1), rows_text(r, 2), rows_text(r, 3)};
        fn(to, rows_int(r, 0), &system, rows_text(r, 4));
    }
    return rows_done(r);
}

/* ---- people ---- */

static struct staff_person_row person_of(const struct work *w, struct rows *r)
{
    int64_t lo = rows_int(r, 8);
    return (struct staff_person_row){rows_int(r, 0),  rows_text(r, 1), rows_text(r, 2),
                                     rows_text(r, 3), rows_text(r, 4), rows_text(r, 5),
                                     day_of(r, 6),    day_of(r, 7),    lo >= w->lo && lo < w->hi};
}

static enum err people_of(struct work *w, int statement, struct staff_span s, staff_person_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[statement], ARGS(SPAN_ARGS(s)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct staff_person_row row = person_of(w, r);
        fn(to, &row);
    }
    return rows_done(r);
}

enum err staff_people(struct work *w, struct staff_span s, staff_person_fn *fn, void *to)
{
    enum err e = people_of(w, PEOPLE, s, fn, to);
    return e == OK ? people_of(w, GUESTS, s, fn, to) : e;
}

enum err staff_person_find(struct work *w, str code, bool *found, struct staff_person_row *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[PERSON_FIND], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    struct staff_person_row row = {0};
    bool any = rows_next(r);
    if (any) {
        row = person_of(w, r);
        str *texts[] = {&row.code, &row.name_ja, &row.name_en, &row.mail, &row.org};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(w->a, *texts[i]);
    }
    e = rows_done(r);
    if (e != OK) return e;
    *found = any;
    if (any) *out = row;
    return OK;
}

/* ---- posts ---- */

static enum err posts_of(struct rows *r, struct staff_span s, staff_post_fn *fn, void *to)
{
    while (rows_next(r)) {
        struct staff_post_row row = {
            .id = rows_int(r, 0),
            .code = rows_text(r, 1),
            .duty = rows_text(r, 2),
            .org = rows_text(r, 3),
            .system = rows_text(r, 4),
            .person = rows_text(r, 5),
            .since = day_of(r, 6),
            .until = day_of(r, 7),
            .deputy = !rows_null(r, 8),
            .left = !rows_null(r, 9) && rows_int(r, 9) < s.day,
        };
        fn(to, &row);
    }
    return rows_done(r);
}

enum err staff_posts(struct work *w, struct staff_span s, staff_post_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_IN], ARGS(SPAN_ARGS(s)), &r);
    return e == OK ? posts_of(r, s, fn, to) : e;
}

enum err staff_posts_out(struct work *w, struct staff_span s, staff_post_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_OUT], ARGS(SPAN_ARGS(s)), &r);
    return e == OK ? posts_of(r, s, fn, to) : e;
}

enum err staff_posts_of(struct work *w, struct staff_span s, str person, staff_post_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_OF], ARGS(SPAN_ARGS(s), TEXT(person)), &r);
    return e == OK ? posts_of(r, s, fn, to) : e;
}

enum err staff_post_code_taken(struct work *w, str code, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &statements[POST_TAKEN], ARGS(TEXT(code)), &n);
    if (e == OK) *out = n != 0;
    return e;
}

/* ---- changes ---- */

enum err staff_put_begin(struct work *w, enum staff_put put, struct batch **out)
{
    static const unsigned char statement[] = {[STAFF_PERSON_ADD] = PERSON_ADD,
                                              [STAFF_PERSON_CHANGE] = PERSON_CHANGE,
                                              [STAFF_PERSON_END] = PERSON_END,
                                              [STAFF_POST_ADD] = POST_ADD,
                                              [STAFF_POST_CHANGE] = POST_CHANGE};
    return batch_begin(w, &statements[statement[put]], out);
}

enum err staff_ids_after(struct work *w, int64_t last, staff_id_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[IDS_AFTER], ARGS(INT(last)), &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_int(r, 0), rows_text(r, 1));
    return rows_done(r);
}
