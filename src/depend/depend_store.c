#include "depend/depend_store.h"

enum { VERSION, MODELS, VERSIONS, FILES, FILES_SIZE, TIES_SEEN, TAKEN, MODEL_ADD, MODEL_SET, VERSION_ADD, FILE_ADD, TIE_ADD, TIES_COPY, STATEMENTS };

#define FOUND "of a model that was found to be within the actor's sight"
#define COLUMNS                                                                                                                     \
    "SELECT m.id, v.id, v.number, (SELECT max(x.number) FROM depend_version x WHERE x.model = m.id), m.code, m.ja, m.en, v.note,"  \
    " v.origin, v.by_whom, m.source_ja, m.source_en, o.code, o.name_ja, o.name_en, v.made, o.id, o.lo, m.shared, m.illustration,"  \
    " v.hash, v.services, v.needs, v.suppliers FROM depend_model m JOIN org o ON o.id = m.org JOIN depend_version v ON v.model = m.id"
/* $3: may the post read figures? */
#define SEEN " WHERE CAST($3 AS BIGINT) <> 0 AND (m.shared = 1 OR (o.lo >= $1 AND o.lo < $2))"
#define NEWEST " v.number = (SELECT max(y.number) FROM depend_version y WHERE y.model = m.id)"

static const struct sql depend_sql[STATEMENTS] = {
    [VERSION] = SCOPED((COLUMNS SEEN " AND m.code = $4 AND (v.number = $5 OR (CAST($5 AS BIGINT) = 0 AND" NEWEST "))")),
    [MODELS] = SCOPED((COLUMNS SEEN " AND" NEWEST " ORDER BY o.lo, m.code")),
    [VERSIONS] = SCOPED((COLUMNS SEEN " AND m.id = $4 ORDER BY v.number DESC")),
    [FILES] = OPEN(FOUND, ("SELECT name, bytes FROM depend_file WHERE version = $1 ORDER BY name, part")),
    [FILES_SIZE] = OPEN(FOUND, ("SELECT CAST(coalesce(sum(length(bytes)), 0) AS BIGINT) FROM depend_file WHERE version = $1")),
    [TIES_SEEN] = SCOPED(("SELECT t.service FROM depend_tie t JOIN org o ON o.id = t.org WHERE t.version = $3"
                          " AND ((CAST($4 AS BIGINT) <> 0 AND o.lo >= $1 AND o.lo < $2) OR o.id = $5) ORDER BY t.service")),
    [TAKEN] = OPEN("codes are unique over all models, whosever they are", ("SELECT count(*) FROM depend_model WHERE code = $1")),
    [MODEL_ADD] = OPEN("of an organisation that was found to be within the actor's reach",
                       ("INSERT INTO depend_model (code, org, ja, en, shared, illustration, source_ja, source_en)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id")),
    [MODEL_SET] = OPEN(FOUND, ("UPDATE depend_model SET ja = $2, en = $3, shared = $4, illustration = $5, source_ja = $6, source_en = $7"
                               " WHERE id = $1")),
    [VERSION_ADD] = OPEN(FOUND, ("INSERT INTO depend_version (model, number, made, by_whom, note, origin, hash, services, needs, suppliers)"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id")),
    [FILE_ADD] = OPEN(FOUND, ("INSERT INTO depend_file (version, name, part, bytes) VALUES ($1, $2, $3, $4)")),
    [TIE_ADD] = OPEN("to organisations that were found to be within the actor's reach",
                     ("INSERT INTO depend_tie (version, service, org) VALUES ($1, $2, $3)")),
    [TIES_COPY] = OPEN("of the version before, with the same services",
                       ("INSERT INTO depend_tie (version, service, org) SELECT CAST($2 AS BIGINT), service, org FROM depend_tie WHERE version = $1")),
};

const struct sql_set depend_sql_set = {"depend", depend_sql, STATEMENTS};

enum { PART_BYTES = 512 * 1024 };

static int64_t reads_figures(const struct work *w) { return w->actor->rights & MAY_READ_RATES; }
static int64_t reads_names(const struct work *w) { return w->actor->rights & MAY_READ_NAMES; }

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &depend_sql[statement], args, take, out, n)

/* ---- reading ---- */

static void take_version(struct work *w, struct rows *r, void *to)
{
    struct stored s = {
        .id = rows_int(r, 0), .version = rows_int(r, 1), .number = rows_int(r, 2), .newest = rows_int(r, 3), .code = rows_kept(w, r, 4),
        .ja = rows_kept(w, r, 5), .en = rows_kept(w, r, 6), .note = rows_kept(w, r, 7), .origin = rows_kept(w, r, 8),
        .by_whom = rows_kept(w, r, 9), .source_ja = rows_kept(w, r, 10), .source_en = rows_kept(w, r, 11), .org = rows_kept(w, r, 12),
        .org_ja = rows_kept(w, r, 13), .org_en = rows_kept(w, r, 14), .made = rows_int(r, 15), .org_id = rows_int(r, 16),
        .org_lo = rows_int(r, 17), .shared = rows_int(r, 18) != 0, .illustration = rows_int(r, 19) != 0};
    s.mine = may(w->actor, MAY_FILE, s.org_lo);
    *(struct stored_row *)to = (struct stored_row){s, rows_kept(w, r, 20), rows_int(r, 21), rows_int(r, 22), rows_int(r, 23)};
}

enum err depend_version_find(struct work *w, str code, int64_t number, struct stored_row *out)
{
    struct stored_row *all;
    size_t n;
    enum err e = GATHER(w, VERSION, ARGS(INT(reads_figures(w)), TEXT(code), INT(number)), take_version, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err depend_models_all(struct work *w, struct stored_row **out, size_t *n)
{
    return GATHER(w, MODELS, ARGS(INT(reads_figures(w))), take_version, out, n);
}

enum err depend_versions_all(struct work *w, int64_t model, struct stored_row **out, size_t *n)
{
    return GATHER(w, VERSIONS, ARGS(INT(reads_figures(w)), INT(model)), take_version, out, n);
}

static int part_named(str name)
{
    int i = 0;
    while (i < MODEL_PARTS && !str_eq(name, str_of(model_part_names[i]))) i++;
    return i;
}

enum err depend_files_size(struct work *w, int64_t version, int64_t *bytes)
{
    return store_int(w, &depend_sql[FILES_SIZE], ARGS(INT(version)), bytes);
}

enum err depend_files_of(struct work *w, int64_t version, str bytes[MODEL_PARTS])
{
    struct rows *r;
    struct buf b[MODEL_PARTS];
    for (int i = 0; i < MODEL_PARTS; i++) b[i] = buf_in(w->a);
    enum err e = store_rows(w, &depend_sql[FILES], ARGS(INT(version)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        int part = part_named(rows_text(r, 0));
        if (part < MODEL_PARTS) buf_add(&b[part], rows_bytes(r, 1));
    }
    e = rows_done(r);
    for (int i = 0; i < MODEL_PARTS; i++) bytes[i] = buf_str(&b[i]);
    return e;
}

static void take_code(struct work *w, struct rows *r, void *to) { *(str *)to = rows_kept(w, r, 0); }

enum err depend_ties_seen(struct work *w, int64_t version, str **out, size_t *n)
{
    return GATHER(w, TIES_SEEN, ARGS(INT(version), INT(reads_names(w)), INT(w->actor->org)), take_code, out, n);
}

bool depend_code_free(struct work *w, str code, enum err *e)
{
    int64_t n = 0;
    *e = store_int(w, &depend_sql[TAKEN], ARGS(TEXT(code)), &n);
    return *e == OK && n == 0;
}

/* ---- writing ---- */

enum err depend_model_add(struct work *w, const struct stored *s, int64_t *id)
{
    return store_int(w, &depend_sql[MODEL_ADD],
                     ARGS(TEXT(s->code), INT(s->org_id), TEXT(s->ja), TEXT(s->en), INT(s->shared), INT(s->illustration), TEXT(s->source_ja),
                          TEXT(s->source_en)), id);
}

enum err depend_model_set(struct work *w, const struct stored *s)
{
    return store_run(w, &depend_sql[MODEL_SET],
                     ARGS(INT(s->id), TEXT(s->ja), TEXT(s->en), INT(s->shared), INT(s->illustration), TEXT(s->source_ja), TEXT(s->source_en)));
}

static enum err add_file(struct work *w, int64_t version, int part, str bytes)
{
    enum err e = OK;
    for (size_t at = 0, n = 0; at < bytes.n && e == OK; at += PART_BYTES, n++)
        e = store_run(w, &depend_sql[FILE_ADD], ARGS(INT(version), TEXT(str_of(model_part_names[part])), INT((int64_t)n),
                                                     BYTES(str_sub(bytes, at, at + PART_BYTES))));
    return e;
}

enum err depend_version_add(struct work *w, const struct stored *s, const str bytes[MODEL_PARTS], int64_t *id)
{
    const struct net *net = &s->model->net;
    enum err e = store_int(w, &depend_sql[VERSION_ADD],
                           ARGS(INT(s->id), INT(s->number), INT(w->now), TEXT(acting_person(w)), TEXT(s->note), TEXT(s->origin),
                                TEXT(s->model->hash), INT(net->n_services), INT(net->n_needs), INT(net->n_suppliers)), id);
    for (int i = 0; i < MODEL_PARTS && e == OK; i++) e = add_file(w, *id, i, bytes[i]);
    return e;
}

enum err depend_ties_copy(struct work *w, int64_t from_version, int64_t to_version)
{
    return store_run(w, &depend_sql[TIES_COPY], ARGS(INT(from_version), INT(to_version)));
}

enum err depend_ties_add(struct work *w, int64_t version, const str *service, const int64_t *org, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &depend_sql[TIE_ADD], &b);
    if (e != OK) return e;
    for (size_t i = 0; i < n && e == OK; i++) e = batch_add(b, ARGS(INT(version), TEXT(service[i]), INT(org[i])));
    return batch_end(b);
}
