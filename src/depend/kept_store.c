#include "depend/kept.h"

enum { FIND, LIST, TAKEN, ADD, DROP, STATEMENTS };

#define COLUMNS                                                                                                        \
    "SELECT r.id, r.version, v.number, o.lo, r.code, m.code, m.ja, m.en, r.hash, r.parameters, r.ja, r.en, r.by_whom," \
    " r.seed, r.runs, r.made"
#define FROM                                                                                                           \
    " FROM depend_run r JOIN depend_version v ON v.id = r.version JOIN depend_model m ON m.id = v.model"               \
    " JOIN org o ON o.id = m.org WHERE (m.shared = 1 OR (o.lo >= $1 AND o.lo < $2))"

static const struct sql kept_sql[STATEMENTS] = {
    [FIND] = SCOPED((COLUMNS ", r.record_ja, r.record_en" FROM " AND r.code = $3")),
    [LIST] = SCOPED((COLUMNS FROM " AND ($3 = '' OR m.code = $3) ORDER BY r.made DESC, r.id DESC LIMIT CAST($4 AS BIGINT)")),
    [TAKEN] = OPEN("whether a code is taken, which a second run of it has to be told", ("SELECT count(*) FROM depend_run WHERE code = $1")),
    [ADD] = OPEN("of a model that the actor may run",
                 ("INSERT INTO depend_run (code, version, hash, parameters, seed, runs, ja, en, made, by_whom, record_ja, record_en)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")),
    [DROP] = OPEN("of one that the actor has found and may take away", ("DELETE FROM depend_run WHERE id = $1")),
};
const struct sql_set kept_sql_set = {"depend kept", kept_sql, STATEMENTS};

static void take_head(struct work *w, struct rows *r, void *to)
{
    *(struct kept_run *)to = (struct kept_run){
        .id = rows_int(r, 0), .version = rows_int(r, 1), .number = rows_int(r, 2), .org_lo = rows_int(r, 3), .code = rows_kept(w, r, 4),
        .model = rows_kept(w, r, 5), .model_ja = rows_kept(w, r, 6), .model_en = rows_kept(w, r, 7), .hash = rows_kept(w, r, 8),
        .parameters = rows_kept(w, r, 9), .ja = rows_kept(w, r, 10), .en = rows_kept(w, r, 11), .by_whom = rows_kept(w, r, 12),
        .seed = rows_int(r, 13), .runs = rows_int(r, 14), .made = rows_int(r, 15)};
}

static void take_whole(struct work *w, struct rows *r, void *to)
{
    struct kept_run *k = to;
    take_head(w, r, to);
    k->record_ja = str_dup(w->a, rows_bytes(r, 16));
    k->record_en = str_dup(w->a, rows_bytes(r, 17));
}

enum err kept_find(struct work *w, str code, struct kept_run *out)
{
    struct kept_run *all;
    size_t n;
    enum err e = STORE_GATHER(w, &kept_sql[FIND], ARGS(TEXT(code)), take_whole, &all, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("run")}),
                        M("there is no kept run '%1' that you may see: `meguri depend runs` lists them"), code);
    *out = all[0];
    return OK;
}

enum err kept_list(struct work *w, str model, struct kept_run **out, size_t *n)
{
    return STORE_GATHER(w, &kept_sql[LIST], ARGS(TEXT(model), INT(KEPT_LISTED_MAX)), take_head, out, n);
}

enum err kept_taken(struct work *w, str code, bool *out)
{
    int64_t n;
    enum err e = store_int(w, &kept_sql[TAKEN], ARGS(TEXT(code)), &n);
    if (e == OK) *out = n != 0;
    return e;
}

enum err kept_add(struct work *w, const struct kept_run *k)
{
    return store_run(w, &kept_sql[ADD],
                     ARGS(TEXT(k->code), INT(k->version), TEXT(k->hash), TEXT(k->parameters), INT(k->seed), INT(k->runs), TEXT(k->ja),
                          TEXT(k->en), INT(k->made), TEXT(k->by_whom), BYTES(k->record_ja), BYTES(k->record_en)));
}

enum err kept_drop(struct work *w, int64_t id) { return store_run(w, &kept_sql[DROP], ARGS(INT(id))); }
