/* The SQL of search. */
#include "find/find_store.h"

#define WITHIN "o.lo >= $1 AND o.lo < $2"
/* Ids from $3 to $52: a text of fixed length, filled up with 0, costs one way to the server instead of fifty. */
#define FIFTY                                                                                                          \
    " IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25," \
    " $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47,"   \
    " $48, $49, $50, $51, $52)"
#define PERSON_COLUMNS                                                                                                 \
    "SELECT x.id, o.lo, x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, x.until"

enum { REACH, ORGS_FOLDED, ORGS, PEOPLE, CODES, CLAUSES, STATEMENTS };
static const struct sql statements[STATEMENTS] = {
    [REACH] = SCOPED("SELECT o.id, o.lo FROM org o WHERE " WITHIN " ORDER BY o.id DESC"),
    [ORGS_FOLDED] = SQL("SELECT f.id, f.text FROM fold_text f WHERE f.kind = 1"),
    [ORGS] = SCOPED("SELECT o.id, o.code, o.name_ja, o.name_en, o.kind, coalesce(p.code, ''),"
                    " coalesce(p.name_ja, ''), coalesce(p.name_en, ''), o.until FROM org o"
                    " LEFT JOIN org p ON p.id = o.parent AND p.lo >= $1 AND p.lo < $2 WHERE " WITHIN " AND o.id" FIFTY),
    [PEOPLE] = SCOPED(PERSON_COLUMNS " FROM person x JOIN org o ON o.id = x.org WHERE " WITHIN " AND x.id" FIFTY),
    [CODES] = SCOPED(PERSON_COLUMNS " FROM (SELECT * FROM person y WHERE y.code >= $3 AND y.code <= $4 ORDER BY y.code"
                                    " LIMIT CAST($5 AS BIGINT)) x JOIN org o ON o.id = x.org WHERE " WITHIN
                                    " ORDER BY x.code LIMIT CAST($6 AS BIGINT)"),
    [CLAUSES] = SQL("SELECT f.text, e.code, e.title_ja, e.title_en, c.number, c.title_ja, c.title_en, c.text_ja,"
                    " c.text_en FROM edition e JOIN clause c ON c.edition = e.id"
                    " JOIN fold_text f ON f.kind = 2 AND f.id = c.id"
                    " ORDER BY e.effective DESC NULLS LAST, e.code, c.pos"),
};
const struct sql_set find_sql_set = {"find", statements, STATEMENTS};

enum err reach_load(struct work *w, struct reach *out)
{
    struct rows *r;
    struct reach reach = {0};
    enum err e = store_rows(w, &statements[REACH], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        size_t id = (size_t)rows_int(r, 0); /* the largest comes first */
        if (reach.lo == NULL) reach = (struct reach){arena_array(w->a, id + 1, sizeof *reach.lo), id + 1};
        reach.lo[id] = rows_int(r, 1);
    }
    e = rows_done(r);
    if (e == OK) *out = reach;
    return e;
}

enum err folded_orgs_each(struct work *w, folded_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORGS_FOLDED], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_int(r, 0), rows_text(r, 1));
    return rows_done(r);
}

static str text_at(struct work *w, struct rows *r, int column) { return rows_kept(w, r, column); }

static void fill(const int64_t *ids, size_t n, struct value out[LOOKED_UP])
{
    for (size_t i = 0; i < LOOKED_UP; i++) out[i] = INT(i < n ? ids[i] : 0);
}

enum err found_orgs(struct work *w, const int64_t *ids, size_t n, struct found_org *out, size_t *found)
{
    struct value values[LOOKED_UP];
    struct rows *r;
    size_t k = 0;
    fill(ids, n, values);
    enum err e = store_rows(w, &statements[ORGS], (struct values){values, LOOKED_UP}, &r);
    if (e != OK) return e;
    while (k < LOOKED_UP && rows_next(r)) {
        out[k++] = (struct found_org){.id = rows_int(r, 0),
                                      .code = text_at(w, r, 1),
                                      .ja = text_at(w, r, 2),
                                      .en = text_at(w, r, 3),
                                      .kind = text_at(w, r, 4),
                                      .parent = text_at(w, r, 5),
                                      .parent_ja = text_at(w, r, 6),
                                      .parent_en = text_at(w, r, 7),
                                      .has_until = !rows_null(r, 8),
                                      .until = rows_int(r, 8)};
    }
    *found = k;
    return rows_done(r);
}

static enum err read_people(struct work *w, const struct sql *which, struct values args, struct found_person *out,
                            size_t room, size_t *found)
{
    struct rows *r;
    size_t k = 0;
    enum err e = store_rows(w, which, args, &r);
    if (e != OK) return e;
    while (k < room && rows_next(r)) {
        out[k++] = (struct found_person){.id = rows_int(r, 0),
                                         .lo = rows_int(r, 1),
                                         .code = text_at(w, r, 2),
                                         .ja = text_at(w, r, 3),
                                         .en = text_at(w, r, 4),
                                         .org = text_at(w, r, 5),
                                         .org_ja = text_at(w, r, 6),
                                         .org_en = text_at(w, r, 7),
                                         .has_until = !rows_null(r, 8),
                                         .until = rows_int(r, 8)};
    }
    *found = k;
    return rows_done(r);
}

enum err found_people(struct work *w, const int64_t *ids, size_t n, struct found_person *out, size_t *found)
{
    struct value values[LOOKED_UP];
    fill(ids, n, values);
    return read_people(w, &statements[PEOPLE], (struct values){values, LOOKED_UP}, out, LOOKED_UP, found);
}

enum err people_by_code(struct work *w, str prefix, struct found_person *out, size_t *found)
{
    str last = str_fmt(w->a, "%.*s\x7f", STR_ARG(prefix)); /* codes are ASCII */
    return read_people(w, &statements[CODES], ARGS(TEXT(prefix), TEXT(last), INT(CODES_SEEN), INT(CODES_FOUND)), out,
                       CODES_FOUND, found);
}

enum err clauses_each(struct work *w, clause_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[CLAUSES], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        const struct found_clause c = {rows_text(r, 1), rows_text(r, 2), rows_text(r, 3), rows_text(r, 4),
                                       rows_text(r, 5), rows_text(r, 6), rows_text(r, 7), rows_text(r, 8)};
        fn(to, rows_text(r, 0), &c);
    }
    return rows_done(r);
}
