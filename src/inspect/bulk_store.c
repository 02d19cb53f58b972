/* SQL about systems and devices as respondents. Scoped statements take the actor's interval of today's tree as $1, $2. */
#include "inspect/bulk_store.h"

enum {
    DEVICES, SHEETS, POST_SYSTEM, OF_POST, TAGGED, HOSTNAMES, NAMES, FILED_BY, ROWS, ROWS_OF_POST, TAGS, FILING_ADD, FILINGS,
    CHECK_ADD, CHECKS, STATEMENTS
};

#define WHOLE "an act keeps the sums of the whole frame; for whom it may answer is asked of each respondent"
/* What a post held for a system answers for: that system, and what is tagged with its code. */
#define OF_ITS_SYSTEM(respondent) \
    "(SELECT y.code FROM post p JOIN system y ON y.id = p.system WHERE p.id = " respondent " UNION ALL" \
    " SELECT d.code FROM post p JOIN system y ON y.id = p.system" \
    " JOIN system_tag t ON t.key = 'system' AND t.value = y.code" \
    " JOIN system d ON d.id = t.system WHERE p.id = " respondent ")"
#define ROW_COLUMNS \
    "SELECT r.id, r.binding, coalesce(s.state, -1), r.code, r.duty, o.code, ro.name_ja, ro.name_en," \
    " coalesce(y.name_ja, ''), coalesce(y.name_en, ''), s.answers"
/* CROSS JOIN: from the few respondents that are no posts, and not from every organisation of the frame. */
#define ROW_TABLES \
    " FROM respondent r CROSS JOIN round_org ro CROSS JOIN org o LEFT JOIN system y ON y.code = r.code" \
    " LEFT JOIN sheet s ON s.respondent = r.id" \
    " WHERE o.lo >= $1 AND o.lo < $2 AND r.round = $3 AND r.kind <> 'post' AND ro.round = r.round AND ro.org = r.org" \
    " AND o.id = ro.org AND ro.lo >= $4 AND ro.lo < $5"

static const struct sql bulk_sql[STATEMENTS] = {
    [DEVICES] = OPEN_STREAM(WHOLE,
        ("SELECT r.id, r.org, r.binding, r.code, r.reason, r.excepted, r.person FROM respondent r"
         " WHERE r.round = $1 AND r.kind <> 'post' ORDER BY r.id")),
    [SHEETS] = OPEN_STREAM(WHOLE,
        ("SELECT s.respondent, s.org, s.state, s.answers FROM respondent r CROSS JOIN sheet s"
         " WHERE r.round = $1 AND r.kind <> 'post' AND s.respondent = r.id ORDER BY r.id")),
    [POST_SYSTEM] = OPEN("one's own post", ("SELECT y.code FROM post p JOIN system y ON y.id = p.system WHERE p.id = $1")),
    [OF_POST] = SCOPED(
        ("SELECT r.id FROM respondent r JOIN org o ON o.id = r.org WHERE o.lo >= $1 AND o.lo < $2 AND r.round = $3"
         " AND r.kind <> 'post' AND r.code IN " OF_ITS_SYSTEM("$4"))),
    [TAGGED] = OPEN(WHOLE,
        ("SELECT r.id FROM system_tag t JOIN system y ON y.id = t.system"
         " JOIN respondent r ON r.round = $1 AND r.code = y.code AND r.kind <> 'post'"
         " WHERE t.key = $2 AND t.value = $3 ORDER BY r.id")),
    [HOSTNAMES] = OPEN_STREAM(WHOLE,
        ("SELECT r.id, t.value FROM system_tag t JOIN system y ON y.id = t.system"
         " JOIN respondent r ON r.round = $1 AND r.code = y.code AND r.kind <> 'post' WHERE t.key = 'hostname'")),
    [NAMES] = OPEN_STREAM(WHOLE,
        ("SELECT r.id, y.name_ja FROM respondent r JOIN system y ON y.code = r.code"
         " WHERE r.round = $1 AND r.kind <> 'post' AND y.name_ja <> '' UNION"
         " SELECT r.id, y.name_en FROM respondent r JOIN system y ON y.code = r.code"
         " WHERE r.round = $1 AND r.kind <> 'post' AND y.name_en <> ''")),
    [FILED_BY] = OPEN("one respondent's own rows: whoever asks may check it",
        ("SELECT (SELECT count(*) FROM sheet s WHERE s.respondent = $1 AND s.by_whom = $2)"
         " + (SELECT count(*) FROM sheet_past p WHERE p.respondent = $1 AND p.by_whom = $2)")),
    [ROWS] = SCOPED_STREAM((ROW_COLUMNS ROW_TABLES " ORDER BY r.id")),
    [ROWS_OF_POST] = SCOPED_STREAM(
        (ROW_COLUMNS ROW_TABLES " AND r.code IN " OF_ITS_SYSTEM("$6") " ORDER BY r.id")),
    [TAGS] = SCOPED(
        ("SELECT t.key, t.value, count(*) FROM respondent r CROSS JOIN round_org ro CROSS JOIN org o"
         " JOIN system y ON y.code = r.code JOIN system_tag t ON t.system = y.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND r.round = $3 AND r.kind <> 'post' AND ro.round = r.round"
         " AND ro.org = r.org AND o.id = ro.org AND ro.lo >= $4 AND ro.lo < $5 AND t.key <> 'hostname'"
         " GROUP BY t.key, t.value ORDER BY t.key, count(*) DESC, t.value LIMIT 200")),
    [FILING_ADD] = OPEN(WHOLE,
        ("INSERT INTO bulk_filing (round, org, how, what, clause, answer, as_of, evidence, answered, same, kept, at,"
         " by_whom) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")),
    [FILINGS] = SCOPED(
        ("SELECT f.clause, f.answer, f.how, f.what, f.as_of, f.evidence, f.answered, f.same, f.kept, f.at, f.by_whom,"
         " o.code, ro.name_ja, ro.name_en, CASE WHEN o.lo >= $1 AND o.lo < $2 AND ro.lo >= $4 THEN 0 ELSE 1 END"
         " FROM bulk_filing f JOIN org o ON o.id = f.org JOIN round_org ro ON ro.round = f.round AND ro.org = f.org"
         " WHERE ((o.lo >= $1 AND o.lo < $2) OR (o.lo < $1 AND o.hi > $1)) AND f.round = $3"
         " AND ((ro.lo >= $4 AND ro.lo < $5) OR (ro.lo < $4 AND ro.hi > $4))"
         " ORDER BY f.id DESC LIMIT 1000")),
    [CHECK_ADD] = OPEN(WHOLE,
        ("INSERT INTO device_check (round, respondent, clause, said, found, note, at, by_whom)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [CHECKS] = SCOPED(
        ("SELECT k.respondent, k.clause, r.code, k.said, k.found, k.note, k.at, k.by_whom, o.code, ro.name_ja,"
         " ro.name_en FROM device_check k JOIN respondent r ON r.id = k.respondent"
         " JOIN round_org ro ON ro.round = r.round AND ro.org = r.org JOIN org o ON o.id = ro.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND k.round = $3 AND ro.lo >= $4 AND ro.lo < $5"
         " AND NOT EXISTS (SELECT 1 FROM device_check l"
         " WHERE l.respondent = k.respondent AND l.clause = k.clause AND l.id > k.id)"
         " ORDER BY ro.lo, r.code, k.clause")),
};

const struct sql_set bulk_sql_set = {"inspect (devices)", bulk_sql, STATEMENTS};

/* ---- for acts ---- */

enum err devices_each(struct work *w, int64_t round, respondent_fn *fn, void *to)
{
    return respondents_by(w, &bulk_sql[DEVICES], round, fn, to);
}

enum err device_sheets(struct work *w, int64_t round, sheet_fn *fn, void *to)
{
    return sheets_by(w, &bulk_sql[SHEETS], round, fn, to);
}

static enum err each_id(struct work *w, int statement, struct values v, device_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &bulk_sql[statement], v, &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) told = fn(to, rows_int(r, 0));
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err system_of_post(struct work *w, int64_t post, str *code)
{
    str found = {"", 0};
    enum err e = store_text(w, &bulk_sql[POST_SYSTEM], ARGS(INT(post)), &found);
    if (e == OK || e == NOTFOUND) *code = found;
    return e == NOTFOUND ? OK : e;
}

enum err devices_of_post(struct work *w, int64_t round, int64_t post, device_fn *fn, void *to)
{
    return each_id(w, OF_POST, ARGS(INT(round), INT(post)), fn, to);
}

enum err devices_tagged(struct work *w, int64_t round, str key, str value, device_fn *fn, void *to)
{
    return each_id(w, TAGGED, ARGS(INT(round), TEXT(key), TEXT(value)), fn, to);
}

static enum err each_name(struct work *w, int statement, int64_t round, device_name_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &bulk_sql[statement], ARGS(INT(round)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) told = fn(to, rows_int(r, 0), rows_text(r, 1));
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err device_hostnames(struct work *w, int64_t round, device_name_fn *fn, void *to)
{
    return each_name(w, HOSTNAMES, round, fn, to);
}

enum err device_names(struct work *w, int64_t round, device_name_fn *fn, void *to)
{
    return each_name(w, NAMES, round, fn, to);
}

enum err device_filed_by(struct work *w, int64_t respondent, str who, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &bulk_sql[FILED_BY], ARGS(INT(respondent), TEXT(who)), &n);
    if (e == OK) *out = n != 0;
    return e;
}

/* ---- for views ---- */

enum err device_rows(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t post, device_row_fn *fn, void *to)
{
    struct rows *r;
    enum err e = post == 0 ? store_rows(w, &bulk_sql[ROWS], ARGS(INT(round), INT(lo), INT(hi)), &r)
                           : store_rows(w, &bulk_sql[ROWS_OF_POST], ARGS(INT(round), INT(lo), INT(hi), INT(post)), &r);
    enum err told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct device_row x = {.id = rows_int(r, 0), .binding = rows_int(r, 1), .state = (int)rows_int(r, 2),
                               .code = rows_text(r, 3), .duty = rows_text(r, 4), .org_code = rows_text(r, 5),
                               .org_ja = rows_text(r, 6), .org_en = rows_text(r, 7), .name_ja = rows_text(r, 8),
                               .name_en = rows_text(r, 9), .answers = rows_bytes(r, 10)};
        told = fn(to, &x);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

static void take_tag_count(struct work *w, struct rows *r, void *to)
{
    *(struct tag_count *)to = (struct tag_count){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_int(r, 2)};
}

enum err device_tags(struct work *w, int64_t round, int64_t lo, int64_t hi, struct tag_count **out, size_t *n)
{
    return STORE_GATHER(w, &bulk_sql[TAGS], ARGS(INT(round), INT(lo), INT(hi)), take_tag_count, out, n);
}

/* ---- filings ---- */

enum err bulk_filing_add(struct work *w, int64_t round, const struct bulk_filing *f)
{
    return store_run(w, &bulk_sql[FILING_ADD],
                     ARGS(INT(round), INT(f->org), TEXT(f->how), TEXT(f->what), INT(f->clause), TEXT(f->answer),
                          INT(f->as_of), TEXT(f->evidence), INT(f->answered), INT(f->same), INT(f->kept), INT(w->now),
                          TEXT(acting_person(w))));
}

static void take_filing(struct work *w, struct rows *r, void *to)
{
    *(struct bulk_filing *)to = (struct bulk_filing){
        .clause = rows_int(r, 0), .answer = rows_kept(w, r, 1), .how = rows_kept(w, r, 2), .what = rows_kept(w, r, 3),
        .as_of = rows_int(r, 4), .evidence = rows_kept(w, r, 5), .answered = rows_int(r, 6), .same = rows_int(r, 7),
        .kept = rows_int(r, 8), .at = rows_int(r, 9), .by_whom = rows_kept(w, r, 10), .org_code = rows_kept(w, r, 11),
        .org_ja = rows_kept(w, r, 12), .org_en = rows_kept(w, r, 13), .above = rows_int(r, 14) != 0};
}

enum err bulk_filings(struct work *w, int64_t round, int64_t lo, int64_t hi, struct bulk_filing **out, size_t *n)
{
    return STORE_GATHER(w, &bulk_sql[FILINGS], ARGS(INT(round), INT(lo), INT(hi)), take_filing, out, n);
}

/* ---- checks by hand ---- */

enum err device_check_add(struct work *w, int64_t round, const struct device_check *k)
{
    return store_run(w, &bulk_sql[CHECK_ADD],
                     ARGS(INT(round), INT(k->respondent), INT(k->clause), TEXT(k->said), TEXT(k->found), TEXT(k->note),
                          INT(w->now), TEXT(acting_person(w))));
}

static void take_check(struct work *w, struct rows *r, void *to)
{
    *(struct device_check *)to = (struct device_check){
        .respondent = rows_int(r, 0), .clause = rows_int(r, 1), .code = rows_kept(w, r, 2), .said = rows_kept(w, r, 3),
        .found = rows_kept(w, r, 4), .note = rows_kept(w, r, 5), .at = rows_int(r, 6), .by_whom = rows_kept(w, r, 7),
        .org_code = rows_kept(w, r, 8), .org_ja = rows_kept(w, r, 9), .org_en = rows_kept(w, r, 10)};
}

enum err device_checks(struct work *w, int64_t round, int64_t lo, int64_t hi, struct device_check **out, size_t *n)
{
    return STORE_GATHER(w, &bulk_sql[CHECKS], ARGS(INT(round), INT(lo), INT(hi)), take_check, out, n);
}
