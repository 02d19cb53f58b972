/* The SQL of what search finds by. */
#include "access/fold.h"

enum { PEOPLE_AT_ONCE = 100000, ENTRIES_AT_ONCE = 1 << 20, ONE_BY_ONE = 1000 };
#define WHY_FOLD "derived from all there is, whoever writes it; what is found is looked up again within reach"
#define PERSON_COLUMNS "SELECT x.id, x.org, x.name_ja, x.name_en FROM person x WHERE "

enum {
    ORG_WORDS,
    CLAUSE_WORDS,
    CLAUSE_ALL_WORDS,
    FOLDED,
    TEXT_PUT,
    CLAUSES_GONE,
    LAST_PERSON,
    PEOPLE_AFTER,
    PERSON_ONE,
    LIST_PUT,
    LISTS,
    LISTS_CLEAR,
    STATEMENTS,
};

#define CLAUSE_COLUMNS "SELECT c.id, c.number, c.title_ja, c.title_en, c.text_ja, c.text_en FROM clause c"
static const struct sql statements[STATEMENTS] = {
    [ORG_WORDS] = OPEN(WHY_FOLD, "SELECT o.id, o.code, o.name_ja, o.name_en, '', '' FROM org o UNION ALL"
                                 " SELECT n.org, '', n.name_ja, n.name_en, '', '' FROM org_name n ORDER BY 1, 2 DESC"),
    [CLAUSE_WORDS] = SQL(CLAUSE_COLUMNS " WHERE c.edition = $1 ORDER BY c.id"),
    [CLAUSE_ALL_WORDS] = SQL(CLAUSE_COLUMNS " ORDER BY c.id"),
    [FOLDED] = OPEN(WHY_FOLD, "SELECT f.id, f.text FROM fold_text f WHERE f.kind = $1 ORDER BY f.id"),
    [TEXT_PUT] = OPEN(WHY_FOLD, "INSERT INTO fold_text (kind, id, text) VALUES ($1, $2, $3)"
                                " ON CONFLICT (kind, id) DO UPDATE SET text = excluded.text"),
    [CLAUSES_GONE] = OPEN(WHY_FOLD, "DELETE FROM fold_text WHERE kind = 2 AND id NOT IN (SELECT c.id FROM clause c)"),
    [LAST_PERSON] = OPEN(WHY_FOLD, "SELECT coalesce(max(x.id), CAST(0 AS BIGINT)) FROM person x"),
    [PEOPLE_AFTER] = OPEN_STREAM(WHY_FOLD, PERSON_COLUMNS "x.id > $1 ORDER BY x.id LIMIT CAST($2 AS BIGINT)"),
    [PERSON_ONE] = OPEN(WHY_FOLD, PERSON_COLUMNS "x.id = $1"),
    [LIST_PUT] = OPEN(WHY_FOLD, "INSERT INTO fold_list (gram, list) VALUES ($1, $2)"),
    [LISTS] = OPEN_STREAM(WHY_FOLD, "SELECT f.list FROM fold_list f WHERE f.gram >= $1 AND f.gram <= $2"),
    [LISTS_CLEAR] = OPEN(WHY_FOLD, "DELETE FROM fold_list WHERE id > 0"),
};
const struct sql_set fold_sql_set = {"fold", statements, STATEMENTS};

/* ---- texts ---- */

struct text {
    int64_t id;
    str words;
};
struct texts {
    struct text *v;
    size_t n, room;
};

static void texts_add(struct arena *a, struct texts *t, int64_t id, str words)
{
    if (t->n == t->room) {
        size_t more = t->room == 0 ? 256 : t->room * 2;
        t->v = arena_grow(a, t->v, t->room * sizeof *t->v, more * sizeof *t->v);
        t->room = more;
    }
    t->v[t->n++] = (struct text){id, words};
}

/* Rows of one id follow each other and make one text, a field a line. */
static enum err read_words(struct work *w, const struct sql *which, struct values args, struct texts *out)
{
    enum { ID, FIELDS_FROM, FIELDS_END = 6 };
    struct rows *r;
    enum err e = store_rows(w, which, args, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        int64_t id = rows_int(r, ID);
        bool more = out->n != 0 && out->v[out->n - 1].id == id;
        struct buf b = buf_in(w->a);
        if (more) buf_add(&b, out->v[out->n - 1].words);
        for (int i = FIELDS_FROM; i < FIELDS_END; i++) {
            str words = fold_words(w->a, rows_text(r, i));
            if (words.n == 0) continue;
            buf_add(&b, words);
            buf_byte(&b, '\n');
        }
        if (more) out->v[out->n - 1].words = buf_str(&b);
        else texts_add(w->a, out, id, buf_str(&b));
    }
    return rows_done(r);
}

static enum err read_folded(struct work *w, enum fold_kind kind, struct texts *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[FOLDED], ARGS(INT(kind)), &r);
    if (e != OK) return e;
    while (rows_next(r)) texts_add(w->a, out, rows_int(r, 0), rows_kept(w, r, 1));
    return rows_done(r);
}

/* Both in order of ids: only what differs is written. */
static enum err write_texts(struct work *w, enum fold_kind kind, const struct texts *now, const struct texts *old)
{
    struct batch *b;
    size_t at = 0;
    enum err e = batch_begin(w, &statements[TEXT_PUT], &b);
    for (size_t i = 0; e == OK && i < now->n; i++) {
        while (at < old->n && old->v[at].id < now->v[i].id) at++;
        if (at < old->n && old->v[at].id == now->v[i].id && str_eq(old->v[at].words, now->v[i].words)) continue;
        e = batch_add(b, ARGS(INT(kind), INT(now->v[i].id), TEXT(now->v[i].words)));
    }
    return e == OK ? batch_end(b) : e;
}

static enum err fold_texts(struct work *w, enum fold_kind kind, const struct sql *which, struct values args)
{
    struct arena_mark mark = arena_mark(w->a);
    struct texts now = {0}, old = {0};
    enum err e = read_words(w, which, args, &now);
    if (e == OK) e = read_folded(w, kind, &old);
    if (e == OK) e = write_texts(w, kind, &now, &old);
    if (e == OK) arena_back(w->a, mark);
    return e;
}

enum err fold_orgs(struct work *w) { return fold_texts(w, FOLD_ORG, &statements[ORG_WORDS], NOARGS); }

enum err fold_clauses(struct work *w, int64_t edition)
{
    enum err e = fold_texts(w, FOLD_CLAUSE, &statements[CLAUSE_WORDS], ARGS(INT(edition)));
    return e == OK ? store_run(w, &statements[CLAUSES_GONE], NOARGS) : e;
}

/* ---- people ---- */

static enum err put_list(void *to, str gram, str list)
{
    return batch_add(to, ARGS(TEXT(gram), BYTES(list)));
}

struct folding {
    struct work *w;
    struct arena *a; /* of the lists alone, given back each time they are written */
    struct fold_lists *lists;
    const int64_t *only; /* these ids, ascending; NULL: all that are read */
    size_t n_only;
};

static struct folding folding_new(struct work *w)
{
    struct folding f = {.w = w, .a = arena_new(0)};
    f.lists = fold_lists_new(f.a);
    return f;
}

static enum err folding_write(struct folding *f)
{
    struct batch *b;
    enum err e = batch_begin(f->w, &statements[LIST_PUT], &b);
    if (e == OK) e = fold_lists_each(f->lists, put_list, b);
    if (e == OK) e = batch_end(b);
    arena_free(f->a);
    f->a = arena_new(0);
    f->lists = fold_lists_new(f->a);
    return e;
}

static enum err folding_end(struct folding *f, enum err e)
{
    if (e == OK) e = folding_write(f);
    arena_free(f->a);
    return e;
}

static bool wanted(struct folding *f, int64_t id)
{
    if (f->only == NULL) return true;
    while (f->n_only > 0 && *f->only < id) f->only++, f->n_only--;
    return f->n_only > 0 && *f->only == id;
}

/* Ids count up from 1 and stay far below 32 bits; one beyond could not be packed. */
static void folding_row(struct folding *f, struct rows *r, int64_t *last)
{
    *last = rows_int(r, 0);
    if (!wanted(f, *last)) return;
    struct arena_mark mark = arena_mark(f->w->a);
    int64_t org = rows_int(r, 1);
    if (*last <= UINT32_MAX && org <= UINT32_MAX)
        for (int i = 2; i < 4; i++)
            fold_lists_add(f->lists, fold_words(f->w->a, rows_text(r, i)), (uint32_t)org, (uint32_t)*last);
    arena_back(f->w->a, mark);
}

static enum err folding_rows(struct folding *f, const struct sql *which, struct values args, int64_t *last, int64_t *n)
{
    struct rows *r;
    enum err e = store_rows(f->w, which, args, &r);
    if (e != OK) return e;
    for (; rows_next(r); ++*n) folding_row(f, r, last);
    return rows_done(r);
}

enum err fold_last_person(struct work *w, int64_t *id) { return store_int(w, &statements[LAST_PERSON], NOARGS, id); }

static enum err fold_stream(struct folding *f, int64_t id)
{
    enum err e = OK;
    for (int64_t n = PEOPLE_AT_ONCE; e == OK && n == PEOPLE_AT_ONCE;) {
        n = 0;
        e = folding_rows(f, &statements[PEOPLE_AFTER], ARGS(INT(id), INT(PEOPLE_AT_ONCE)), &id, &n);
        if (e == OK && fold_lists_entries(f->lists) >= ENTRIES_AT_ONCE) e = folding_write(f);
    }
    return e;
}

enum err fold_people_after(struct work *w, int64_t id)
{
    struct folding f = folding_new(w);
    enum err e = fold_stream(&f, id);
    return folding_end(&f, e);
}

enum err fold_people(struct work *w, const int64_t *ids, size_t n)
{
    if (n == 0) return OK;
    int64_t last = 0, read = 0;
    struct folding f = folding_new(w);
    enum err e = OK;
    if (n > ONE_BY_ONE) {
        f.only = ids;
        f.n_only = n;
        e = fold_stream(&f, ids[0] - 1);
    }
    for (size_t i = 0; e == OK && n <= ONE_BY_ONE && i < n; i++)
        e = folding_rows(&f, &statements[PERSON_ONE], ARGS(INT(ids[i])), &last, &read);
    return folding_end(&f, e);
}

enum err fold_all(struct work *w)
{
    enum err e = fold_orgs(w);
    if (e == OK) e = fold_texts(w, FOLD_CLAUSE, &statements[CLAUSE_ALL_WORDS], NOARGS);
    if (e == OK) e = store_run(w, &statements[CLAUSES_GONE], NOARGS);
    if (e == OK) e = store_run(w, &statements[LISTS_CLEAR], NOARGS);
    return e == OK ? fold_people_after(w, 0) : e;
}

enum err fold_each(struct work *w, const struct fold_key *k, fold_fn *fn, void *to)
{
    struct rows *r;
    bool good = true;
    enum err e = store_rows(w, &statements[LISTS], ARGS(TEXT(k->from), TEXT(k->to)), &r);
    if (e != OK) return e;
    while (good && rows_next(r)) good = fold_list_read(rows_bytes(r, 0), fn, to);
    e = rows_done(r);
    if (e != OK || good) return e;
    return fault(w, STORE, M("the lists that search reads are damaged: `meguri rebuild` makes them anew"));
}
