#include "case/kinds_store.h"

#include "case/case.h"

enum { KINDS, LINES, KIND_ADD, KIND_SET, LINES_DROP, LINE_ADD, USED_STATES, USED_FIELDS, STATEMENTS };

#define WHOLE "a kind is changed from the top of the tree, for all its cases"

static const struct sql kinds_sql[STATEMENTS] = {
    [KINDS] = SQL(("SELECT id, code FROM case_kind ORDER BY id")),
    [LINES] = SQL(("SELECT what, code, name_ja, name_en, rules, help_ja, help_en FROM case_line WHERE kind = $1"
                   " ORDER BY ord")),
    [KIND_ADD] = SQL(("INSERT INTO case_kind (code, name_ja, name_en, reads, adopts, defined, by_whom)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id")),
    [KIND_SET] = SQL(("UPDATE case_kind SET name_ja = $2, name_en = $3, reads = $4, adopts = $5, defined = $6,"
                      " by_whom = $7 WHERE code = $1 RETURNING id")),
    [LINES_DROP] = SQL(("DELETE FROM case_line WHERE kind = $1")),
    [LINE_ADD] = SQL(("INSERT INTO case_line (kind, ord, what, code, name_ja, name_en, rules, help_ja, help_en)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")),
    [USED_STATES] = OPEN(
        WHOLE, ("SELECT state FROM case_item WHERE kind = $1 UNION SELECT e.became FROM case_event e JOIN case_item i"
                " ON i.id = e.item WHERE i.kind = $1 AND e.became <> '' ORDER BY 1")),
    [USED_FIELDS] = OPEN(
        WHOLE,
        ("SELECT DISTINCT v.field FROM case_value v JOIN case_item i ON i.id = v.item WHERE i.kind = $1 ORDER BY 1")),
};

const struct sql_set kinds_sql_set = {"case (kinds)", kinds_sql, STATEMENTS};

static enum line_what what_of(str word)
{
    enum line_what what = LINE_KIND;
    while (what + 1 < LINE_WHATS && !str_eq(str_of(line_words[what]), word)) what++;
    return what;
}

enum err kind_lines(struct work *w, int64_t kind, struct line **out, size_t *n)
{
    struct rows *r;
    struct line *all = arena_array(w->a, CASE_LINES_MAX + 1, sizeof *all);
    size_t k = 0;
    enum err e = store_rows(w, &kinds_sql[LINES], ARGS(INT(kind)), &r);
    if (e != OK) return e;
    while (rows_next(r) && k < CASE_LINES_MAX)
        all[k++] = (struct line){.what = what_of(rows_text(r, 0)),
                                 .code = rows_kept(w, r, 1),
                                 .ja = rows_kept(w, r, 2),
                                 .en = rows_kept(w, r, 3),
                                 .rules = rows_kept(w, r, 4),
                                 .help_ja = rows_kept(w, r, 5),
                                 .help_en = rows_kept(w, r, 6)};
    if ((e = rows_done(r)) != OK) return e;
    *out = all;
    *n = k;
    return OK;
}

static enum err load(struct work *w, int64_t id, struct kind *out)
{
    struct line *lines;
    size_t n;
    enum err e = kind_lines(w, id, &lines, &n);
    if (e == OK) e = kind_read(w, lines, n, out);
    if (e == OK) out->id = id;
    return e;
}

struct named_id {
    int64_t id;
    str code;
};

static enum err ids(struct work *w, struct named_id **out, size_t *n)
{
    struct rows *r;
    struct named_id *all = arena_array(w->a, CASE_KINDS_MAX + 1, sizeof *all);
    size_t k = 0;
    enum err e = store_rows(w, &kinds_sql[KINDS], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r) && k < CASE_KINDS_MAX) all[k++] = (struct named_id){rows_int(r, 0), rows_kept(w, r, 1)};
    if ((e = rows_done(r)) != OK) return e;
    *out = all;
    *n = k;
    return OK;
}

enum err kinds_all(struct work *w, struct kind **out, size_t *n)
{
    struct named_id *all;
    size_t k;
    enum err e = ids(w, &all, &k);
    if (e != OK) return e;
    struct kind *kinds = arena_array(w->a, k + 1, sizeof *kinds);
    for (size_t i = 0; e == OK && i < k; i++) e = load(w, all[i].id, &kinds[i]);
    if (e != OK) return e;
    *out = kinds;
    *n = k;
    return OK;
}

enum err kind_by_code(struct work *w, str code, struct kind *out)
{
    struct named_id *all;
    size_t k;
    enum err e = ids(w, &all, &k);
    for (size_t i = 0; e == OK && i < k; i++)
        if (str_eq(all[i].code, code)) return load(w, all[i].id, out);
    if (e != OK) return e;
    return fault_in(w, NOTFOUND, ((struct where){.field = S("kind")}),
                    M("there is no kind of case '%1': `meguri case kinds` lists those there are, and an administrator "
                      "defines more"),
                    code);
}

const struct kind *kind_of(const struct kind *all, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id) return &all[i];
    return NULL;
}

enum err kind_store(struct work *w, int64_t id, const struct kind *k, const struct line *l, size_t n)
{
    enum err e = store_int(
        w, &kinds_sql[id == 0 ? KIND_ADD : KIND_SET],
        ARGS(TEXT(k->code), TEXT(k->ja), TEXT(k->en), INT(k->reads), INT(k->adopts), INT(w->now),
             TEXT(acting_person(w))), &id);
    if (e == OK) e = store_run(w, &kinds_sql[LINES_DROP], ARGS(INT(id)));
    for (size_t i = 0; e == OK && i < n; i++)
        e = store_run(w, &kinds_sql[LINE_ADD],
                      ARGS(INT(id), INT((int64_t)i), TEXT(str_of(line_words[l[i].what])), TEXT(l[i].code),
                           TEXT(l[i].ja), TEXT(l[i].en), TEXT(l[i].rules), TEXT(l[i].help_ja), TEXT(l[i].help_en)));
    return e;
}

static enum err texts(struct work *w, int statement, int64_t kind, const str **out, size_t *n)
{
    struct rows *r;
    str *all = arena_array(w->a, CASE_LINES_MAX * 4, sizeof *all);
    size_t k = 0;
    enum err e = store_rows(w, &kinds_sql[statement], ARGS(INT(kind)), &r);
    if (e != OK) return e;
    while (rows_next(r) && k < CASE_LINES_MAX * 4) all[k++] = rows_kept(w, r, 0);
    if ((e = rows_done(r)) != OK) return e;
    *out = all;
    *n = k;
    return OK;
}

enum err kind_used(struct work *w, int64_t kind, struct used *out)
{
    struct used u = {0};
    enum err e = texts(w, USED_STATES, kind, &u.states, &u.n_states);
    if (e == OK) e = texts(w, USED_FIELDS, kind, &u.fields, &u.n_fields);
    if (e == OK) *out = u;
    return e;
}
