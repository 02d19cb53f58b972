/* SQL about sheets entered for another. */
#include "inspect/entered_store.h"

enum { ENTRY, PUT, OBJECT, ENDORSE, REPLACE, MINE, ALL_MINE, RIGHTS, COUNTS, NAMES, STATEMENTS };

#define OWN "one respondent's own rows: whoever asks has found it to be the actor's, or within the actor's reach"
/* The latest of a respondent: nobody entered after it. */
#define LATEST                                                                                                         \
    " NOT EXISTS (SELECT 1 FROM sheet_entry y WHERE y.respondent = e.respondent AND (y.at > e.at OR (y.at = e.at AND"    \
    " y.revision > e.revision)))"

static const struct sql entered_sql[STATEMENTS] = {
    [ENTRY] = OPEN(OWN,
        ("SELECT e.person, e.at, e.revision, coalesce(e.ended, 0), e.state, e.paper_date, e.paper_ref, e.why, p.code,"
         " p.name_ja, p.name_en FROM sheet_entry e JOIN person p ON p.id = e.person"
         " WHERE e.respondent = $1 ORDER BY e.at DESC, e.revision DESC LIMIT 1")),
    [PUT] = OPEN(OWN,
        ("INSERT INTO sheet_entry (respondent, person, round, at, revision, state, paper_date, paper_ref, why)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '') ON CONFLICT (respondent, person) DO UPDATE SET at = excluded.at,"
         " revision = excluded.revision, state = excluded.state, paper_date = excluded.paper_date,"
         " paper_ref = excluded.paper_ref, ended = NULL, why = ''")),
    [OBJECT] = OPEN(OWN,
        ("UPDATE sheet_entry SET state = 'objected', ended = $2, why = $3 WHERE respondent = $1 AND state = 'paper'")),
    [ENDORSE] = OPEN(OWN,
        ("UPDATE sheet_entry SET state = 'endorsed', ended = $2 WHERE respondent = $1 AND state IN ('waiting', 'paper')")),
    [REPLACE] = OPEN(OWN,
        ("UPDATE sheet_entry SET state = 'replaced', ended = $2 WHERE respondent = $1"
         " AND state IN ('waiting', 'paper', 'endorsed')")),
    [MINE] = OPEN(OWN, ("SELECT count(*) FROM sheet_entry WHERE respondent = $1 AND person = $2")),
    [ALL_MINE] = OPEN("a person's own entries, wherever they were made",
        ("SELECT respondent FROM sheet_entry WHERE round = $1 AND person = $2 ORDER BY respondent")),
    [RIGHTS] = SQL(("SELECT rights FROM duty WHERE code = $1")),
    [COUNTS] = SCOPED(
        ("SELECT ro.lo, coalesce(sum(CASE WHEN e.state = 'waiting' THEN 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN e.state = 'endorsed' AND s.state > 0 THEN 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN e.state = 'paper' AND s.state > 0 THEN 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN e.state = 'objected' THEN 1 ELSE 0 END), 0)"
         " FROM sheet_entry e JOIN respondent r ON r.id = e.respondent"
         " JOIN round_org ro ON ro.round = r.round AND ro.org = r.org JOIN org o ON o.id = ro.org"
         " LEFT JOIN sheet s ON s.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND e.round = $3 AND ro.lo >= $4 AND ro.lo < $5 AND" LATEST
         " GROUP BY ro.lo")),
    [NAMES] = SCOPED(
        ("SELECT r.id, e.at, coalesce(e.ended, 0), e.paper_date, coalesce(s.state, -1), r.code, r.duty, o.code, ro.name_ja,"
         " ro.name_en, coalesce(p.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, ''), b.code, b.name_ja, b.name_en,"
         " e.state, e.paper_ref, e.why"
         " FROM sheet_entry e JOIN respondent r ON r.id = e.respondent"
         " JOIN round_org ro ON ro.round = r.round AND ro.org = r.org JOIN org o ON o.id = ro.org"
         " JOIN person b ON b.id = e.person LEFT JOIN person p ON p.id = r.person LEFT JOIN sheet s ON s.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND e.round = $3 AND ro.lo >= $4 AND ro.lo < $5 AND" LATEST
         " ORDER BY ro.lo, r.code LIMIT 5000")),
};
const struct sql_set entered_sql_set = {"inspect (entered)", entered_sql, STATEMENTS};

enum err entry_get(struct work *w, int64_t respondent, struct entry_row *out)
{
    struct rows *r;
    enum err e = store_rows(w, &entered_sql[ENTRY], ARGS(INT(respondent)), &r);
    if (e != OK) return e;
    struct entry_row x = {0};
    if (rows_next(r))
        x = (struct entry_row){.person = rows_int(r, 0), .at = rows_int(r, 1), .revision = rows_int(r, 2),
                               .ended = rows_int(r, 3), .state = rows_kept(w, r, 4), .has_paper = !rows_null(r, 5),
                               .paper_date = rows_int(r, 5), .paper_ref = rows_kept(w, r, 6), .why = rows_kept(w, r, 7),
                               .person_code = rows_kept(w, r, 8), .person_ja = rows_kept(w, r, 9),
                               .person_en = rows_kept(w, r, 10)};
    if ((e = rows_done(r)) != OK) return e;
    *out = x;
    return OK;
}

enum err entry_put(struct work *w, int64_t round, int64_t respondent, const struct entry_row *x)
{
    return store_run(w, &entered_sql[PUT],
                     ARGS(INT(respondent), INT(w->actor->person), INT(round), INT(w->now), INT(x->revision),
                          TEXT(x->state), int_or_nil(x->paper_date, x->has_paper), TEXT(x->paper_ref)));
}

enum err entry_object(struct work *w, int64_t respondent, str why)
{
    return store_run(w, &entered_sql[OBJECT], ARGS(INT(respondent), INT(w->now), TEXT(why)));
}

enum err entry_endorse(struct work *w, int64_t respondent)
{
    return store_run(w, &entered_sql[ENDORSE], ARGS(INT(respondent), INT(w->now)));
}

enum err entry_replace(struct work *w, int64_t respondent)
{
    return store_run(w, &entered_sql[REPLACE], ARGS(INT(respondent), INT(w->now)));
}

enum err entry_mine(struct work *w, int64_t respondent, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &entered_sql[MINE], ARGS(INT(respondent), INT(w->actor->person)), &n);
    if (e == OK) *out = n > 0;
    return e;
}

static void take_id(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(int64_t *)to = rows_int(r, 0);
}

enum err entries_mine(struct work *w, int64_t round, int64_t **out, size_t *n)
{
    return STORE_GATHER(w, &entered_sql[ALL_MINE], ARGS(INT(round), INT(w->actor->person)), take_id, out, n);
}

enum err duty_rights(struct work *w, str duty, unsigned *out)
{
    int64_t rights = 0;
    enum err e = store_int(w, &entered_sql[RIGHTS], ARGS(TEXT(duty)), &rights);
    if (e != OK && e != NOTFOUND) return e;
    *out = (unsigned)rights;
    return OK;
}

enum err entry_counts(struct work *w, int64_t round, int64_t lo, int64_t hi,
                      void (*each)(void *, const struct entry_count *), void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &entered_sql[COUNTS], ARGS(INT(round), INT(lo), INT(hi)), &r);
    if (e != OK) return e;
    while (rows_next(r))
        each(to, &(struct entry_count){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4)});
    return rows_done(r);
}

static struct entry_name name_of(struct work *w, struct rows *r)
{
    return (struct entry_name){.respondent = rows_int(r, 0), .at = rows_int(r, 1), .ended = rows_int(r, 2),
                               .has_paper = !rows_null(r, 3), .paper_date = rows_int(r, 3),
                               .sheet = (int)rows_int(r, 4), .code = rows_kept(w, r, 5), .duty = rows_kept(w, r, 6),
                               .org_code = rows_kept(w, r, 7), .org_ja = rows_kept(w, r, 8),
                               .org_en = rows_kept(w, r, 9), .person_code = rows_kept(w, r, 10),
                               .person_ja = rows_kept(w, r, 11), .person_en = rows_kept(w, r, 12),
                               .by_code = rows_kept(w, r, 13), .by_ja = rows_kept(w, r, 14),
                               .by_en = rows_kept(w, r, 15), .state = rows_kept(w, r, 16),
                               .paper_ref = rows_kept(w, r, 17), .why = rows_kept(w, r, 18)};
}

static void take_name(struct work *w, struct rows *r, void *to)
{
    *(struct entry_name *)to = name_of(w, r);
}

enum err entry_names(struct work *w, int64_t round, int64_t lo, int64_t hi, struct entry_name **out, size_t *n)
{
    return STORE_GATHER(w, &entered_sql[NAMES], ARGS(INT(round), INT(lo), INT(hi)), take_name, out, n);
}
