#include "share/objects_store.h"

#include "access/access.h"

enum {
    CLOCK, COLLECTION_ROW, COLLECTION_MAKE, GROUPS,
    SAME, VERSIONS, MARKED, NOT_OLDEST, NOT_NEWEST, INSERT,
    KEYS, KEYS_OF_TYPE, KEYS_OF_ID, BYTES_OF,
    SIZE, OFFERS_SIZE, NEWEST,
    OFFER, TO_RECALL, OFFERS,
    STATEMENTS
};

/* What a query asks of a row: any version, the newest, the oldest, one of four; of any specification, or one of two. */
#define MATCHING \
    " AND (CAST($3 AS BIGINT) = 1 OR (newest = 1 AND CAST($4 AS BIGINT) = 1) OR (oldest = 1 AND CAST($5 AS BIGINT) = 1)" \
    " OR version IN ($6, $7, $8, $9)) AND (CAST($10 AS TEXT) = '' OR spec IN ($10, $11)) ORDER BY added LIMIT $12"
#define COLUMNS "SELECT added, id, type, spec, version, oldest, newest, marked, tlp, pap, source, size FROM share_object WHERE collection = $1"
#define KEY_COLUMNS COLUMNS " AND added > $2"
#define OF_COLLECTION "of a collection that the party was found to have"

static const struct sql objects_sql[STATEMENTS] = {
    [CLOCK] = SQL(
        "INSERT INTO share_clock (one, last) VALUES (1, CAST($1 AS BIGINT) + $2)"
        " ON CONFLICT (one) DO UPDATE SET last = CASE"
        " WHEN share_clock.last < CAST($1 AS BIGINT) THEN CAST($1 AS BIGINT) + $2"
        " ELSE share_clock.last + $2 END RETURNING last"),
    [COLLECTION_ROW] = OPEN(OF_COLLECTION, "SELECT id FROM share_collection WHERE uuid = $1"),
    [COLLECTION_MAKE] = OPEN(OF_COLLECTION, "INSERT INTO share_collection (uuid) VALUES ($1) RETURNING id"),
    [GROUPS] = OPEN(
        "groups of the party",
        "SELECT g.code, g.uuid, g.name_ja, g.name_en, CASE WHEN g.owner = $1 THEN 1 ELSE 0 END, g.open,"
        " CASE WHEN g.owner = $1 THEN 0 ELSE (SELECT max(m.since) FROM share_group_member m WHERE m.share_group = g.id"
        " AND m.org = $1 AND m.since <= $2) END"
        " FROM share_group g WHERE (g.until IS NULL OR g.until >= $4)"
        " AND (g.owner = $1 OR EXISTS (SELECT 1 FROM share_group_member m"
        " WHERE m.share_group = g.id AND m.org = $1 AND m.since <= $2"
        " AND (m.until IS NULL OR m.until > $2))) ORDER BY g.code LIMIT $3"),
    [SAME] = OPEN(OF_COLLECTION, "SELECT bytes FROM share_object WHERE id = $1 AND collection = $2 AND version = $3"),
    [VERSIONS] = OPEN(
        "of other collections the narrowest marking alone; where that would refuse something, MARKED says whose it is",
        "SELECT min(version) FILTER (WHERE collection = $2), max(version) FILTER (WHERE collection = $2),"
        " max(tlp) FILTER (WHERE marked = 1),"
        " max(pap) FILTER (WHERE marked = 1) FROM share_object WHERE id = $1"),
    [MARKED] =
        OPEN("how narrowly each collection marks it; the caller looks at those of the party alone",
             "SELECT c.uuid, max(o.tlp), max(o.pap) FROM share_object o JOIN share_collection c ON c.id = o.collection"
             " WHERE o.id = $1 AND o.marked = 1 GROUP BY c.uuid"),
    [NOT_OLDEST] =
        OPEN(OF_COLLECTION, "UPDATE share_object SET oldest = 0 WHERE id = $1 AND collection = $2 AND oldest = 1"),
    [NOT_NEWEST] =
        OPEN(OF_COLLECTION, "UPDATE share_object SET newest = 0 WHERE id = $1 AND collection = $2 AND newest = 1"),
    [INSERT] = OPEN(
        OF_COLLECTION,
        "INSERT INTO share_object (collection, added, id, type, spec, version, oldest, newest, marked, tlp, pap,"
        " source, size, bytes)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
    [KEYS] = OPEN(OF_COLLECTION, KEY_COLUMNS MATCHING),
    [KEYS_OF_TYPE] = OPEN(OF_COLLECTION, KEY_COLUMNS " AND type = $13" MATCHING),
    [KEYS_OF_ID] = OPEN(OF_COLLECTION, KEY_COLUMNS " AND id = $13" MATCHING),
    [BYTES_OF] = OPEN(OF_COLLECTION, "SELECT bytes FROM share_object WHERE collection = $1 AND added = $2"),
    [SIZE] = OPEN(
        OF_COLLECTION,
        "SELECT count(*), max(o.added) FROM share_object o JOIN share_collection c ON c.id = o.collection"
        " WHERE c.uuid = $1"),
    [OFFERS_SIZE] = OPEN("of the party", "SELECT count(*), max(added) FROM share_offer WHERE org = $1"),
    [NEWEST] =
        OPEN(OF_COLLECTION, COLUMNS
             " AND added < $2 AND (CAST($3 AS TEXT) = '' OR type = $3) AND (CAST($4 AS TEXT) = '' OR source = $4)"
             " AND (CAST($5 AS BIGINT) < 0 OR tlp = $5) AND added >= $7 ORDER BY added DESC LIMIT $6"),
    /* ACK_SENT and beyond: whom the tier above has not passed it to, or kept it from, finds nothing. */
    [OFFER] =
        OPEN("of the notice: all addressees that have it",
             "INSERT INTO share_offer (org, added, notice, recall) SELECT d.org, $3, $1, 0"
             " FROM share_delivery d WHERE d.notice = $1 AND d.ack >= $2"
             " AND NOT EXISTS (SELECT 1 FROM share_offer o WHERE o.notice = $1 AND o.org = d.org AND o.recall = 0)"),
    [TO_RECALL] = OPEN(
        "of the notice: who found it in their collection",
        "INSERT INTO share_offer (org, added, notice, recall) SELECT o.org, $2, $1, 1 FROM share_offer o"
        " WHERE o.notice = $1 AND o.recall = 0"
        " AND NOT EXISTS (SELECT 1 FROM share_offer r WHERE r.notice = $1 AND r.org = o.org AND r.recall = 1)"),
    [OFFERS] = OPEN(
        "of the party",
        "SELECT o.added, o.notice, o.recall, d.tlp, d.pap,"
        " CASE WHEN EXISTS (SELECT 1 FROM share_offer p JOIN share_notice q ON q.id = p.notice"
        " WHERE p.org = o.org AND p.added < o.added AND p.recall = 0"
        " AND q.issuer = n.issuer) THEN 0 ELSE 1 END,"
        " CASE WHEN EXISTS (SELECT 1 FROM share_offer p"
        " JOIN share_delivery e ON e.notice = p.notice AND e.org = p.org WHERE p.org = o.org AND p.added < o.added"
        " AND p.recall = 0 AND e.tlp = d.tlp) THEN 0 ELSE 1 END,"
        " CASE WHEN EXISTS (SELECT 1 FROM share_offer p"
        " JOIN share_delivery e ON e.notice = p.notice AND e.org = p.org WHERE p.org = o.org AND p.added < o.added"
        " AND p.recall = 0 AND e.pap = d.pap) THEN 0 ELSE 1 END"
        " FROM share_offer o JOIN share_notice n ON n.id = o.notice"
        " JOIN share_delivery d ON d.notice = o.notice AND d.org = o.org"
        " WHERE o.org = $1 AND o.added > $2 ORDER BY o.added LIMIT $3"),
};

const struct sql_set objects_sql_set = {"objects", objects_sql, STATEMENTS};

enum err object_clock(struct work *w, int64_t n, int64_t *first)
{
    int64_t last;
    enum err e = store_int(w, &objects_sql[CLOCK], ARGS(INT(w->now * 1000000), INT(n)), &last);
    if (e == OK) *first = last - n + 1;
    return e;
}

enum err collection_row(struct work *w, str uuid, int64_t *id)
{
    enum err e = store_int(w, &objects_sql[COLLECTION_ROW], ARGS(TEXT(uuid)), id);
    if (e == NOTFOUND) *id = 0;
    return e == NOTFOUND ? OK : e;
}

enum err collection_make(struct work *w, str uuid, int64_t *id)
{
    return store_int(w, &objects_sql[COLLECTION_MAKE], ARGS(TEXT(uuid)), id);
}

static void take_group(struct work *w, struct rows *r, void *to)
{
    *(struct group_seen *)to = (struct group_seen){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_int(r, 4) != 0, rows_int(r, 5) != 0, rows_int(r, 6)};
}

enum err groups_seen(struct work *w, int64_t org, int64_t now, struct group_seen **out, size_t *n)
{
    return STORE_GATHER(w, &objects_sql[GROUPS], ARGS(INT(org), INT(now), INT(COLLECTIONS_MAX), INT(japan_day(now))),
                        take_group, out, n);
}

/* ---- one object ---- */

enum err object_same(struct work *w, int64_t collection, str id, int64_t version, str *bytes)
{
    return store_text(w, &objects_sql[SAME], ARGS(TEXT(id), INT(collection), INT(version)), bytes);
}

enum err object_versions(struct work *w, int64_t collection, str id, struct versions_known *out)
{
    struct rows *r;
    enum err e = store_rows(w, &objects_sql[VERSIONS], ARGS(TEXT(id), INT(collection)), &r);
    if (e != OK) return e;
    *out = (struct versions_known){0};
    if (rows_next(r)) {
        out->any = !rows_null(r, 0);
        out->anywhere = !rows_null(r, 2);
        out->oldest = rows_int(r, 0);
        out->newest = rows_int(r, 1);
        out->narrowest = (struct marking){(enum tlp)rows_int(r, 2), (enum pap)rows_int(r, 3)};
    }
    return rows_done(r);
}

static void take_marked(struct work *w, struct rows *r, void *to)
{
    *(struct marked_in *)to = (struct marked_in){rows_kept(w, r, 0), {(enum tlp)rows_int(r, 1), (enum pap)rows_int(r, 2)}};
}

enum err object_marked(struct work *w, str id, struct marked_in **out, size_t *n)
{
    return STORE_GATHER(w, &objects_sql[MARKED], ARGS(TEXT(id)), take_marked, out, n);
}

enum err object_insert(struct work *w, int64_t collection, const struct stix_object *o, const struct versions_known *v,
                       str source, int64_t added)
{
    bool oldest = !v->any || o->version < v->oldest, newest = !v->any || o->version > v->newest;
    enum err e = OK;
    if (v->any && oldest) e = store_run(w, &objects_sql[NOT_OLDEST], ARGS(TEXT(o->id), INT(collection)));
    if (e == OK && v->any && newest) e = store_run(w, &objects_sql[NOT_NEWEST], ARGS(TEXT(o->id), INT(collection)));
    if (e != OK) return e;
    return store_run(w, &objects_sql[INSERT],
                     ARGS(INT(collection), INT(added), TEXT(o->id), TEXT(o->type), TEXT(o->spec), INT(o->version),
                          INT(oldest), INT(newest), INT(o->marked), INT(o->marking.tlp), INT(o->marking.pap),
                          TEXT(source), INT((int64_t)o->bytes.n), TEXT(o->bytes)));
}

/* ---- pages ---- */

static void take_stored(struct work *w, struct rows *r, void *to)
{
    struct stored *s = to;
    *s = (struct stored){.added = rows_int(r, 0), .oldest = rows_int(r, 5) != 0, .newest = rows_int(r, 6) != 0, .source = rows_kept(w, r, 10), .size = rows_int(r, 11)};
    s->object = (struct stix_object){.id = rows_kept(w, r, 1),
                                     .type = rows_kept(w, r, 2),
                                     .spec = rows_kept(w, r, 3),
                                     .version = rows_int(r, 4),
                                     .marked = rows_int(r, 7) != 0,
                                     .marking = {(enum tlp)rows_int(r, 8), (enum pap)rows_int(r, 9)}};
}

enum err object_keys(struct work *w, int64_t collection, const struct match *m, str type, str id, int64_t after,
                     size_t limit, struct stored **out, size_t *n)
{
    int64_t v[MATCH_VERSIONS];
    for (size_t i = 0; i < MATCH_VERSIONS; i++) v[i] = i < m->n_versions ? m->version[i] : -1;
    str spec = m->n_specs > 0 ? m->spec[0] : S(""), other = m->n_specs > 1 ? m->spec[1] : S("");
    const struct sql *sql = &objects_sql[id.n != 0 ? KEYS_OF_ID : type.n != 0 ? KEYS_OF_TYPE : KEYS];
    const struct value all[] = {INT(collection),
                                INT(after),
                                INT(m->all),
                                INT(m->newest),
                                INT(m->oldest),
                                INT(v[0]),
                                INT(v[1]),
                                INT(v[2]),
                                INT(v[3]),
                                TEXT(spec),
                                TEXT(other),
                                INT((int64_t)limit),
                                TEXT(id.n != 0 ? id : type)};
    bool one = id.n != 0 || type.n != 0;
    return STORE_GATHER(w, sql, ((struct values){all, one ? 13 : 12}), take_stored, out, n);
}

enum err object_bytes(struct work *w, int64_t collection, int64_t added, str *out)
{
    return store_text(w, &objects_sql[BYTES_OF], ARGS(INT(collection), INT(added)), out);
}

static enum err size_of(struct work *w, const struct sql *sql, struct value of, struct collection_size *out)
{
    struct rows *r;
    enum err e = store_rows(w, sql, ARGS(of), &r);
    if (e != OK) return e;
    *out = (struct collection_size){0};
    if (rows_next(r)) *out = (struct collection_size){rows_int(r, 0), rows_int(r, 1)};
    return rows_done(r);
}

enum err collection_size(struct work *w, str uuid, struct collection_size *out)
{
    return size_of(w, &objects_sql[SIZE], TEXT(uuid), out);
}
enum err offers_size(struct work *w, int64_t org, struct collection_size *out)
{
    return size_of(w, &objects_sql[OFFERS_SIZE], INT(org), out);
}

enum err objects_newest(struct work *w, const struct listing *l, struct stored **out, size_t *n)
{
    return STORE_GATHER(
        w, &objects_sql[NEWEST],
        ARGS(INT(l->collection), INT(l->until), TEXT(l->type), TEXT(l->source), INT(l->tlp), INT((int64_t)l->limit), INT(l->since)),
        take_stored, out, n);
}

/* ---- notices ---- */

enum err offers_make(struct work *w, int64_t notice)
{
    int64_t first;
    enum err e = object_clock(w, OFFER_OBJECTS, &first); /* the same in every collection: they are paged apart */
    return e != OK ? e : store_run(w, &objects_sql[OFFER], ARGS(INT(notice), INT(ACK_SENT), INT(first)));
}

enum err offers_recall(struct work *w, int64_t notice)
{
    int64_t first;
    enum err e = object_clock(w, OFFER_OBJECTS, &first);
    return e != OK ? e : store_run(w, &objects_sql[TO_RECALL], ARGS(INT(notice), INT(first)));
}

static void take_offer(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct offer *)to = (struct offer){.added = rows_int(r, 0),
                                         .notice = rows_int(r, 1),
                                         .recall = rows_int(r, 2) != 0,
                                         .marking = {(enum tlp)rows_int(r, 3), (enum pap)rows_int(r, 4)},
                                         .first_issuer = rows_int(r, 5) != 0,
                                         .first_tlp = rows_int(r, 6) != 0,
                                         .first_pap = rows_int(r, 7) != 0};
}

enum err offers_after(struct work *w, int64_t org, int64_t after, size_t limit, struct offer **out, size_t *n)
{
    return STORE_GATHER(w, &objects_sql[OFFERS], ARGS(INT(org), INT(after - OFFER_OBJECTS), INT((int64_t)limit)),
                        take_offer, out, n);
}
