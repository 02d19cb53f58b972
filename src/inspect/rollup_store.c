/* All SQL of two instances. */
#include "inspect/rollup_store.h"

enum {
    KEY,
    KEY_ADD,
    KEY_UNTIL,
    KEYS_END,
    KEY_REVOKE,
    KEYS,
    LAST,
    SAME,
    KEEP,
    TAKEN,
    MADE,
    DOCUMENT,
    OUT_DOCUMENT,
    OUT_LAST,
    OUT_REPLACE,
    OUT_ADD,
    OUT_NEXT,
    OUT_SIGNED,
    OUT_DONE,
    OUT_LATER,
    BEGUN,
    SEQ,
    UNNAMED_PUT,
    UNNAMED_ROWS,
    UNNAMED_SUM,
    UNNAMED_SUM_SEEN,
    STATEMENTS
};

#define DOOR "an act of an organisation that the door has let through"
#define SENDS "the process that sends does so for everyone"
#define IN_REACH "o.lo >= $1 AND o.lo < $2"
#define KEY_COLUMNS                                                                                                    \
    "k.id, k.org, k.key_id, k.public, k.since, coalesce(k.until, 0), coalesce(k.revoked, 0), k.revoked_why, o.code,"   \
    " o.name_ja, o.name_en"
#define TAKEN_COLUMNS                                                                                                  \
    "t.id, t.org, o.code, o.name_ja, o.name_en, t.sequence, t.digest, t.key_id, t.reported, t.known, t.at, "           \
    "t.instance,"                                                                                                      \
    " t.journal_seq, t.journal_head, t.made"
#define MADE_COLUMNS                                                                                                   \
    "t.id, t.org, o.code, o.name_ja, o.name_en, t.sequence, t.digest, t.key_id, t.reported, t.known, t.made, t.way,"   \
    " t.state, t.receipt, t.tries, coalesce(t.done, 0)"
#define NUMBERED                                                                                                       \
    " AND (CAST($5 AS BIGINT) = 0 OR t.sequence = $5) AND (CAST($6 AS BIGINT) = 0 OR t.sequence < $6)"                 \
    " ORDER BY t.sequence DESC LIMIT 1"
#define SUM                                                                                                            \
    "SELECT count(*), CAST(coalesce(sum(u.systems), 0) AS BIGINT), CAST(coalesce(sum(u.checked), 0) AS BIGINT),"       \
    " coalesce(min(u.day), 0) FROM unnamed_system u JOIN round_org ro ON ro.round = u.round AND ro.org = u.org"

static const struct sql rollup_sql[STATEMENTS] = {
    [KEY] = OPEN("a key is asked for before it is known whose it is",
                 "SELECT " KEY_COLUMNS " FROM rollup_key k JOIN org o ON o.id = k.org WHERE k.key_id = $1"),
    [KEY_ADD] =
        OPEN(DOOR, "INSERT INTO rollup_key (org, key_id, public, since, until, at, by_whom, revoked_by, revoked_why)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, '', '')"),
    [KEY_UNTIL] = OPEN(DOOR, "UPDATE rollup_key SET until = $2 WHERE id = $1"),
    [KEYS_END] = OPEN(
        DOOR, "UPDATE rollup_key SET until = $2 WHERE org = $1 AND revoked IS NULL AND (until IS NULL OR until > $2)"),
    [KEY_REVOKE] = OPEN(DOOR, "UPDATE rollup_key SET revoked = $2, revoked_by = $3, revoked_why = $4 WHERE id = $1"),
    [KEYS] = SCOPED("SELECT " KEY_COLUMNS " FROM rollup_key k JOIN org o ON o.id = k.org WHERE " IN_REACH
                    " AND o.lo >= $3 AND o.lo < $4 ORDER BY o.lo, k.id DESC"),

    [LAST] = OPEN(DOOR, "SELECT coalesce(max(sequence), 0) FROM rollup WHERE round = $1 AND org = $2"),
    [SAME] = OPEN(DOOR, "SELECT count(*) FROM rollup WHERE round = $1 AND org = $2 AND digest = $3 AND sequence ="
                        " (SELECT max(sequence) FROM rollup WHERE round = $1 AND org = $2)"),
    [KEEP] = OPEN(
        DOOR,
        "INSERT INTO rollup (round, org, sequence, digest, key_id, instance, journal_seq, journal_head, made, reported,"
        " known, document, at, by_whom) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
    [TAKEN] = SCOPED("SELECT " TAKEN_COLUMNS " FROM rollup t JOIN org o ON o.id = t.org WHERE " IN_REACH
                     " AND t.round = $3 AND o.lo >= $4 AND o.lo < $5 ORDER BY o.lo, t.sequence DESC"),
    [MADE] = SCOPED("SELECT " MADE_COLUMNS " FROM rollup_out t JOIN org o ON o.id = t.org WHERE " IN_REACH
                    " AND t.round = $3 AND o.lo >= $4 AND o.lo < $5 ORDER BY o.lo, t.sequence DESC"),
    [DOCUMENT] = SCOPED("SELECT " TAKEN_COLUMNS ", t.document FROM rollup t JOIN org o ON o.id = t.org WHERE " IN_REACH
                        " AND t.round = $3 AND t.org = $4" NUMBERED),
    [OUT_DOCUMENT] =
        SCOPED("SELECT " MADE_COLUMNS ", t.document FROM rollup_out t JOIN org o ON o.id = t.org WHERE " IN_REACH
               " AND t.round = $3 AND t.org = $4" NUMBERED),

    [OUT_LAST] = OPEN(DOOR, "SELECT coalesce(max(sequence), 0) FROM rollup_out WHERE round = $1 AND org = $2"),
    [OUT_REPLACE] = OPEN(DOOR, "UPDATE rollup_out SET state = 'replaced', done = $3 WHERE round = $1 AND org = $2"
                               " AND state IN ('unsigned', 'waiting')"),
    [OUT_ADD] = OPEN(
        DOOR,
        "INSERT INTO rollup_out (round, org, sequence, way, state, digest, key_id, reported, known, document, made,"
        " by_whom, due, tries, receipt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, 0, '')"),
    [OUT_NEXT] = OPEN(
        SENDS,
        "SELECT t.id, t.tries, t.state, r.code, t.digest, t.document FROM rollup_out t JOIN round r ON r.id = t.round"
        " WHERE t.state IN ('unsigned', 'waiting') AND t.due <= $1 ORDER BY t.due, t.id LIMIT 1"),
    [OUT_SIGNED] = OPEN(SENDS, "UPDATE rollup_out SET state = CASE WHEN way = 'file' THEN 'ready' ELSE 'waiting' END, "
                               "document = $2, digest = $3,"
                               " key_id = $4, receipt = '', tries = 0, due = $5 WHERE id = $1 AND state = 'unsigned'"),
    [OUT_DONE] =
        OPEN(SENDS, "UPDATE rollup_out SET state = $2, receipt = $3, tries = tries + 1, done = $4 WHERE id = $1"
                    " AND state IN ('unsigned', 'waiting')"),
    [OUT_LATER] = OPEN(SENDS, "UPDATE rollup_out SET receipt = $2, tries = tries + 1, due = $3 WHERE id = $1"
                              " AND state IN ('unsigned', 'waiting')"),
    [BEGUN] = OPEN("which journal it is, not what stands in it", "SELECT hash FROM journal WHERE seq = 1"),
    [SEQ] = SQL("SELECT seq FROM journal_head"),

    [UNNAMED_PUT] = OPEN(
        DOOR,
        "INSERT INTO unnamed_system (round, org, systems, checked, day, checked_by, at, by_whom)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (round, org) DO UPDATE SET systems = excluded.systems,"
        " checked = excluded.checked, day = excluded.day, checked_by = excluded.checked_by, at = excluded.at,"
        " by_whom = excluded.by_whom"),
    [UNNAMED_ROWS] =
        SCOPED("SELECT o.code, ro.name_ja, ro.name_en, u.checked_by, u.systems, u.checked, u.day FROM unnamed_system u"
               " JOIN org o ON o.id = u.org JOIN round_org ro ON ro.round = u.round AND ro.org = u.org WHERE " IN_REACH
               " AND u.round = $3 ORDER BY ro.lo"),
    [UNNAMED_SUM] = OPEN(DOOR, SUM " WHERE u.round = $1 AND ro.lo >= $2 AND ro.lo < $3"),
    [UNNAMED_SUM_SEEN] =
        SCOPED(SUM " JOIN org o ON o.id = u.org WHERE " IN_REACH " AND u.round = $3 AND ro.lo >= $4 AND ro.lo < $5"),
};
const struct sql_set rollup_sql_set = {"rollup", rollup_sql, STATEMENTS};

static enum err run(struct work *w, int which, struct values v) { return store_run(w, &rollup_sql[which], v); }
#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &rollup_sql[statement], args, take, out, n)

static enum err first(struct work *w, int which, struct values v, size_t size, row_take_fn *take, void *to)
{
    void *all;
    size_t n;
    enum err e = store_gather(w, &rollup_sql[which], v, take, size, &all, &n);
    if (e != OK || n == 0) return e != OK ? e : NOTFOUND;
    memcpy(to, all, size);
    return OK;
}

/* ---- keys ---- */

static void take_key(struct work *w, struct rows *r, void *to)
{
    *(struct rollup_key *)to = (struct rollup_key){.id = rows_int(r, 0),
                                                   .org = rows_int(r, 1),
                                                   .key_id = rows_kept(w, r, 2),
                                                   .pub = str_dup(w->a, rows_bytes(r, 3)),
                                                   .since = rows_int(r, 4),
                                                   .until = rows_int(r, 5),
                                                   .revoked = rows_int(r, 6),
                                                   .why = rows_kept(w, r, 7),
                                                   .org_code = rows_kept(w, r, 8),
                                                   .org_ja = rows_kept(w, r, 9),
                                                   .org_en = rows_kept(w, r, 10)};
}

enum err rollup_key_find(struct work *w, str id, struct rollup_key *out)
{
    return first(w, KEY, ARGS(TEXT(id)), sizeof *out, take_key, out);
}

enum err rollup_key_add(struct work *w, const struct rollup_key *k)
{
    return run(w, KEY_ADD,
               ARGS(INT(k->org), TEXT(k->key_id), BYTES(k->pub), INT(k->since), int_or_nil(k->until, k->until != 0),
                    INT(w->now), TEXT(acting_person(w))));
}

enum err rollup_key_until(struct work *w, int64_t id, int64_t until, bool has_until)
{
    return run(w, KEY_UNTIL, ARGS(INT(id), int_or_nil(until, has_until)));
}

enum err rollup_keys_end(struct work *w, int64_t org, int64_t day, int64_t *n)
{
    return store_run_count(w, &rollup_sql[KEYS_END], ARGS(INT(org), INT(day)), n);
}

enum err rollup_key_revoke(struct work *w, int64_t id, str why)
{
    return run(w, KEY_REVOKE, ARGS(INT(id), INT(w->now), TEXT(acting_person(w)), TEXT(why)));
}

enum err rollup_keys(struct work *w, int64_t lo, int64_t hi, struct rollup_key **out, size_t *n)
{
    return GATHER(w, KEYS, ARGS(INT(lo), INT(hi)), take_key, out, n);
}

/* ---- taken ---- */

enum err rollup_last(struct work *w, int64_t round, int64_t org, int64_t *sequence)
{
    return store_int(w, &rollup_sql[LAST], ARGS(INT(round), INT(org)), sequence);
}

enum err rollup_stands(struct work *w, int64_t round, int64_t org, str digest, bool *stands)
{
    int64_t n = 0;
    enum err e = store_int(w, &rollup_sql[SAME], ARGS(INT(round), INT(org), TEXT(digest)), &n);
    *stands = n > 0;
    return e;
}

enum err rollup_keep(struct work *w, int64_t round, int64_t org, const struct rollup *d, const struct rollup_kept *k)
{
    return run(w, KEEP,
               ARGS(INT(round), INT(org), INT(d->sequence), TEXT(k->digest), TEXT(k->key_id), TEXT(d->instance),
                    INT(d->journal_seq), TEXT(d->journal_head), TEXT(d->made), INT(d->reported), INT(d->known),
                    TEXT(k->document), INT(w->now), TEXT(acting_person(w))));
}

static struct rollup_kept both(struct work *w, struct rows *r)
{
    return (struct rollup_kept){.id = rows_int(r, 0),
                                .org = rows_int(r, 1),
                                .org_code = rows_kept(w, r, 2),
                                .org_ja = rows_kept(w, r, 3),
                                .org_en = rows_kept(w, r, 4),
                                .sequence = rows_int(r, 5),
                                .digest = rows_kept(w, r, 6),
                                .key_id = rows_kept(w, r, 7),
                                .reported = rows_int(r, 8),
                                .known = rows_int(r, 9)};
}

static void take_taken(struct work *w, struct rows *r, void *to)
{
    struct rollup_kept k = both(w, r);
    k.at = rows_int(r, 10);
    k.instance = rows_kept(w, r, 11);
    k.journal_seq = rows_int(r, 12);
    k.head = rows_kept(w, r, 13);
    k.made = rows_kept(w, r, 14);
    *(struct rollup_kept *)to = k;
}

static void take_made(struct work *w, struct rows *r, void *to)
{
    struct rollup_kept k = both(w, r);
    k.at = rows_int(r, 10);
    k.way = rows_kept(w, r, 11);
    k.state = rows_kept(w, r, 12);
    k.receipt = rows_kept(w, r, 13);
    k.tries = rows_int(r, 14);
    k.done = rows_int(r, 15);
    *(struct rollup_kept *)to = k;
}

static void take_taken_whole(struct work *w, struct rows *r, void *to)
{
    take_taken(w, r, to);
    ((struct rollup_kept *)to)->document = rows_kept(w, r, 15);
}

static void take_made_whole(struct work *w, struct rows *r, void *to)
{
    take_made(w, r, to);
    ((struct rollup_kept *)to)->document = rows_kept(w, r, 16);
}

enum err rollups_taken(struct work *w, int64_t round, int64_t lo, int64_t hi, struct rollup_kept **out, size_t *n)
{
    return GATHER(w, TAKEN, ARGS(INT(round), INT(lo), INT(hi)), take_taken, out, n);
}

enum err rollups_made(struct work *w, int64_t round, int64_t lo, int64_t hi, struct rollup_kept **out, size_t *n)
{
    return GATHER(w, MADE, ARGS(INT(round), INT(lo), INT(hi)), take_made, out, n);
}

enum err rollup_document(struct work *w, int64_t round, int64_t org, int64_t sequence, int64_t below,
                         struct rollup_kept *out)
{
    struct values v = ARGS(INT(round), INT(org), INT(sequence), INT(below));
    enum err e = first(w, DOCUMENT, v, sizeof *out, take_taken_whole, out);
    return e == NOTFOUND ? first(w, OUT_DOCUMENT, v, sizeof *out, take_made_whole, out) : e;
}

/* ---- made here ---- */

enum err rollup_out_last(struct work *w, int64_t round, int64_t org, int64_t *sequence)
{
    return store_int(w, &rollup_sql[OUT_LAST], ARGS(INT(round), INT(org)), sequence);
}

enum err rollup_out_add(struct work *w, int64_t round, int64_t org, const struct rollup_kept *k)
{
    enum err e = run(w, OUT_REPLACE, ARGS(INT(round), INT(org), INT(w->now)));
    if (e != OK) return e;
    return run(w, OUT_ADD,
               ARGS(INT(round), INT(org), INT(k->sequence), TEXT(k->way), TEXT(k->state), TEXT(k->digest),
                    TEXT(k->key_id), INT(k->reported), INT(k->known), TEXT(k->document), INT(w->now),
                    TEXT(acting_person(w))));
}

enum err journal_begun(struct work *w, str *first_hash, int64_t *seq)
{
    enum err e = store_text(w, &rollup_sql[BEGUN], NOARGS, first_hash);
    if (e == NOTFOUND) {
        *first_hash = S("0000000000000000000000000000000000000000000000000000000000000000");
        e = OK;
    }
    return e == OK ? store_int(w, &rollup_sql[SEQ], NOARGS, seq) : e;
}

static void take_parcel(struct work *w, struct rows *r, void *to)
{
    *(struct rollup_parcel *)to = (struct rollup_parcel){.id = rows_int(r, 0),
                                                         .tries = rows_int(r, 1),
                                                         .is_signed = !str_eq(rows_text(r, 2), S("unsigned")),
                                                         .round = rows_kept(w, r, 3),
                                                         .digest = rows_kept(w, r, 4),
                                                         .document = rows_kept(w, r, 5)};
}

enum err inspect_rollup_next(struct work *w, struct rollup_parcel *out)
{
    return first(w, OUT_NEXT, ARGS(INT(w->now)), sizeof *out, take_parcel, out);
}

enum err rollup_out_signed(struct work *w, int64_t id, str document, str digest, str key)
{
    return run(w, OUT_SIGNED, ARGS(INT(id), TEXT(document), TEXT(digest), TEXT(key), INT(w->now)));
}

/* Half a minute, doubled with each try up to an hour. */
static int64_t next_try(const struct work *w, int64_t tries)
{
    int64_t wait = tries > 7 ? 3600 : INT64_C(30) << tries;
    return w->now + (wait > 3600 ? 3600 : wait);
}

enum err inspect_rollup_answered(struct work *w, const struct rollup_parcel *p, enum rollup_outcome outcome, str why)
{
    if (outcome == ROLLUP_LATER)
        return run(w, OUT_LATER, ARGS(INT(p->id), TEXT(why), INT(next_try(w, p->is_signed ? p->tries : 1))));
    str state = outcome == ROLLUP_TAKEN ? S("taken") : S("refused");
    return run(w, OUT_DONE, ARGS(INT(p->id), TEXT(state), TEXT(why), INT(w->now)));
}

/* ---- systems that are not named ---- */

enum err unnamed_put(struct work *w, int64_t round, int64_t org, const struct unnamed *u, str checked_by)
{
    return run(w, UNNAMED_PUT,
               ARGS(INT(round), INT(org), INT(u->systems), INT(u->checked), INT(u->day), TEXT(checked_by), INT(w->now),
                    TEXT(acting_person(w))));
}

static void take_unnamed(struct work *w, struct rows *r, void *to)
{
    *(struct unnamed_row *)to = (struct unnamed_row){.org_code = rows_kept(w, r, 0),
                                                     .org_ja = rows_kept(w, r, 1),
                                                     .org_en = rows_kept(w, r, 2),
                                                     .checked_by = rows_kept(w, r, 3),
                                                     .of = {rows_int(r, 4), rows_int(r, 5), rows_int(r, 6)}};
}

enum err unnamed_rows(struct work *w, int64_t round, struct unnamed_row **out, size_t *n)
{
    return GATHER(w, UNNAMED_ROWS, ARGS(INT(round)), take_unnamed, out, n);
}

struct summed {
    int64_t n;
    struct unnamed of;
};

static void take_sum(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct summed *)to = (struct summed){rows_int(r, 0), {rows_int(r, 1), rows_int(r, 2), rows_int(r, 3)}};
}

static enum err sum(struct work *w, int which, int64_t round, int64_t lo, int64_t hi, struct unnamed *out, bool *is)
{
    struct summed s = {0};
    enum err e = first(w, which, ARGS(INT(round), INT(lo), INT(hi)), sizeof s, take_sum, &s);
    *out = s.of;
    *is = s.n > 0;
    return e;
}

enum err unnamed_sum(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unnamed *out, bool *is)
{
    return sum(w, UNNAMED_SUM, round, lo, hi, out, is);
}

enum err unnamed_sum_seen(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unnamed *out, bool *is)
{
    return sum(w, UNNAMED_SUM_SEEN, round, lo, hi, out, is);
}
