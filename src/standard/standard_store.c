/* All SQL of the room. Rows come and go as items; an edition is also read whole for the other rooms. */
#include "standard/standard_store.h"

#include "access/fold.h"
#include "base/clock.h"

enum {
    EDITION_BY_CODE,
    EDITION_BY_ID,
    EDITION_ALL,
    EDITION_PUT,
    EDITION_DECIDE,
    EDITION_ABOVE,
    EDITION_DECIDED,
    SECTION_ALL,
    SECTION_SHIFT,
    SECTION_PUT,
    SECTION_DROP,
    CLAUSE_ALL,
    CLAUSE_SHIFT,
    CLAUSE_PUT,
    CLAUSE_DROP,
    CLAUSE_USED,
    QUESTION_ALL,
    QUESTION_LINKS,
    QUESTION_SHIFT,
    QUESTION_PUT,
    QUESTION_UNLINK,
    QUESTION_LINK,
    QUESTION_DROP,
    MAPPING_ALL,
    MAPPING_CLEAR,
    MAPPING_PUT,
    ADOPTION_ALL,
    ADOPTION_SEEN,
    ADOPTION_PUT,
    ADOPTION_ABOVE,
    CHECK_ALL,
    CHECK_PUT,
    CHECK_DROP,
    DUTY_ALL,
    STATEMENTS,
};

#define EDITION_COLUMNS                                                                                                \
    "SELECT e.id, e.code, e.catalogue, e.title_ja, e.title_en, e.effective, e.decided, e.owner, o.code, o.lo, e.extra" \
    " FROM edition e LEFT JOIN org o ON o.id = e.owner"
#define OWNER_SEEN "names the owner of a standard that everyone may read"

static const struct sql sql[STATEMENTS] = {
    [EDITION_BY_CODE] = OPEN(OWNER_SEEN, EDITION_COLUMNS " WHERE e.code = $1"),
    [EDITION_BY_ID] = OPEN(OWNER_SEEN, EDITION_COLUMNS " WHERE e.id = $1"),
    [EDITION_ALL] = OPEN(OWNER_SEEN, "SELECT e.id, e.code, e.catalogue, e.title_ja, e.title_en, e.effective, "
                                     "e.decided, o.code, o.name_ja, o.name_en,"
                                     " (SELECT count(*) FROM clause c WHERE c.edition = e.id)"
                                     " FROM edition e LEFT JOIN org o ON o.id = e.owner"
                                     " ORDER BY o.lo NULLS FIRST, e.catalogue, e.effective NULLS LAST, e.code"),
    [EDITION_PUT] = SQL(
        "INSERT INTO edition (code, catalogue, title_ja, title_en, effective, decided, owner, extra)"
        " VALUES ($1, $2, $3, $4, $5, 0, $6, $7)"
        " ON CONFLICT (code) DO UPDATE SET catalogue = excluded.catalogue, title_ja = excluded.title_ja,"
        " title_en = excluded.title_en, effective = excluded.effective, owner = excluded.owner, extra = excluded.extra"
        " RETURNING id"),
    [EDITION_DECIDE] = SQL("UPDATE edition SET decided = 1 WHERE id = $1"),
    [EDITION_ABOVE] = SQL("SELECT e.code FROM edition e WHERE e.owner IS NULL"
                          " AND e.id IN (SELECT m.to_edition FROM mapping m WHERE m.from_edition = $1)"
                          " ORDER BY e.effective DESC NULLS LAST, e.code DESC LIMIT 1"),
    [EDITION_DECIDED] = SQL("SELECT e.code FROM edition e WHERE e.owner IS NULL AND e.decided = 1 AND e.id <> $1"
                            " ORDER BY e.effective DESC NULLS LAST, e.code DESC LIMIT 1"),

    [SECTION_ALL] =
        SQL("SELECT s.id, s.code, p.code, s.title_ja, s.title_en, s.extra"
            " FROM section s LEFT JOIN section p ON p.id = s.parent WHERE s.edition = $1 ORDER BY s.pos, s.code"),
    [SECTION_SHIFT] = SQL("UPDATE section SET pos = pos + 1000000 WHERE edition = $1"),
    [SECTION_PUT] =
        SQL("INSERT INTO section (edition, code, parent, pos, title_ja, title_en, extra)"
            " VALUES ($1, $2, (SELECT p.id FROM section p WHERE p.edition = $1 AND p.code = $3), $4, $5, $6, $7)"
            " ON CONFLICT (edition, code) DO UPDATE SET parent = excluded.parent, pos = excluded.pos,"
            " title_ja = excluded.title_ja, title_en = excluded.title_en, extra = excluded.extra"),
    [SECTION_DROP] = SQL("DELETE FROM section WHERE id = $1"),

    [CLAUSE_ALL] = SQL(
        "SELECT c.id, c.number, s.code, p.number, c.level, c.duty, c.no_occasion, c.text_ja, c.text_en, c.title_ja,"
        " c.title_en, c.extra FROM clause c JOIN section s ON s.id = c.section LEFT JOIN clause p ON p.id = c.parent"
        " WHERE c.edition = $1 ORDER BY c.pos"),
    /* Out of the way of the positions given anew: both engines check uniqueness row by row. */
    [CLAUSE_SHIFT] = SQL("UPDATE clause SET pos = pos + 1000000 WHERE edition = $1"),
    [CLAUSE_PUT] = SQL(
        "INSERT INTO clause (edition, number, pos, section, parent, level, duty, no_occasion, title_ja, title_en,"
        " text_ja, text_en, extra)"
        " VALUES ($1, $2, $3, (SELECT s.id FROM section s WHERE s.edition = $1 AND s.code = $4),"
        " (SELECT p.id FROM clause p WHERE p.edition = $1 AND p.number = $5), $6, $7, $8, $9, $10, $11, $12, $13)"
        " ON CONFLICT (edition, number) DO UPDATE SET pos = excluded.pos, section = excluded.section,"
        " parent = excluded.parent, level = excluded.level, duty = excluded.duty, no_occasion = excluded.no_occasion,"
        " title_ja = excluded.title_ja, title_en = excluded.title_en, text_ja = excluded.text_ja,"
        " text_en = excluded.text_en, extra = excluded.extra"),
    [CLAUSE_DROP] = SQL("DELETE FROM clause WHERE id = $1"),
    [CLAUSE_USED] = OPEN("only whether any exists, so that a clause named elsewhere is not taken out",
                         "SELECT (SELECT count(*) FROM mapping m WHERE m.from_clause = $1 OR m.to_clause = $1)"
                         " + (SELECT count(*) FROM adoption a WHERE a.clause = $1)"
                         " + (SELECT count(*) FROM clause_check k WHERE k.clause = $1)"),

    [QUESTION_ALL] = SQL("SELECT q.id, q.code, q.duty, q.rule, '', q.text_ja, q.text_en, q.example_ja, q.example_en, "
                         "q.help_ja, q.help_en"
                         " FROM question q WHERE q.edition = $1 ORDER BY q.pos, q.code"),
    [QUESTION_LINKS] = SQL("SELECT q.id, c.number FROM question q JOIN question_clause k ON k.question = q.id JOIN "
                           "clause c ON c.id = k.clause"
                           " WHERE q.edition = $1 ORDER BY q.pos, q.code, c.pos"),
    [QUESTION_SHIFT] = SQL("UPDATE question SET pos = pos + 1000000 WHERE edition = $1"),
    [QUESTION_PUT] =
        SQL("INSERT INTO question (edition, code, pos, duty, rule, text_ja, text_en, example_ja, example_en, help_ja, "
            "help_en)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (edition, code) DO UPDATE SET pos = excluded.pos, duty = excluded.duty, rule = excluded.rule,"
            " text_ja = excluded.text_ja, text_en = excluded.text_en, example_ja = excluded.example_ja,"
            " example_en = excluded.example_en, help_ja = excluded.help_ja, help_en = excluded.help_en RETURNING id"),
    [QUESTION_UNLINK] = SQL("DELETE FROM question_clause WHERE question = $1"),
    [QUESTION_LINK] = SQL("INSERT INTO question_clause (question, clause)"
                          " SELECT $1, c.id FROM clause c WHERE c.edition = $2 AND c.number = $3"),
    [QUESTION_DROP] = SQL("DELETE FROM question WHERE id = $1"),

    [MAPPING_ALL] = SQL("SELECT m.id, f.number, t.number, m.kind, m.reason_ja, m.reason_en FROM mapping m"
                        " LEFT JOIN clause f ON f.id = m.from_clause LEFT JOIN clause t ON t.id = m.to_clause"
                        " WHERE m.from_edition = $1 AND m.to_edition = $2 ORDER BY m.id"),
    [MAPPING_CLEAR] = SQL("DELETE FROM mapping WHERE from_edition = $1 AND to_edition = $2"),
    [MAPPING_PUT] =
        SQL("INSERT INTO mapping (from_edition, to_edition, from_clause, to_clause, kind, reason_ja, reason_en)"
            " VALUES ($1, $2, (SELECT f.id FROM clause f WHERE f.edition = $1 AND f.number = $3),"
            " (SELECT t.id FROM clause t WHERE t.edition = $2 AND t.number = $4), $5, $6, $7)"),

    [ADOPTION_ALL] = OPEN(
        "the nearest organisation upward decides, which may lie above the actor",
        "SELECT a.org, c.pos, a.adopted FROM adoption a JOIN clause c ON c.id = a.clause JOIN org o ON o.id = a.org"
        " WHERE c.edition = $1 AND coalesce(a.decided, $2) <= $2 ORDER BY o.lo, c.pos"),
    [ADOPTION_SEEN] =
        SCOPED("SELECT 0, o.code, c.number, a.adopted, a.decided, a.by_whom, a.reason_ja, a.reason_en, o.lo, o.depth,"
               " o.name_ja, o.name_en FROM adoption a JOIN clause c ON c.id = a.clause JOIN org o ON o.id = a.org"
               " WHERE ((o.lo >= $1 AND o.lo < $2) OR (o.lo < $1 AND o.hi >= $2)) AND c.edition = $3"
               " AND ((o.lo >= $4 AND o.lo < $5) OR (o.lo < $4 AND o.hi > $4)) ORDER BY o.lo, c.pos"),
    [ADOPTION_PUT] =
        OPEN("the act asked for the right at the organisation",
             "INSERT INTO adoption (clause, org, adopted, decided, by_whom, reason_ja, reason_en)"
             " SELECT c.id, o.id, $4, $5, $6, $7, $8 FROM clause c JOIN org o ON o.code = $3"
             " WHERE c.edition = $1 AND c.number = $2"
             " ON CONFLICT (clause, org) DO UPDATE SET adopted = excluded.adopted, decided = excluded.decided,"
             " by_whom = excluded.by_whom, reason_ja = excluded.reason_ja, reason_en = excluded.reason_en"),
    [ADOPTION_ABOVE] =
        OPEN("the nearest organisation upward decides, which may lie above the actor",
             "SELECT c.pos, a.adopted FROM adoption a JOIN clause c ON c.id = a.clause JOIN org o ON o.id = a.org"
             " WHERE c.edition = $1 AND o.lo <= $2 AND o.hi > $2 ORDER BY o.lo"),

    [CHECK_ALL] = SQL("SELECT 0, c.number, k.name FROM clause_check k JOIN clause c ON c.id = k.clause"
                      " WHERE c.edition = $1 ORDER BY c.pos, k.name"),
    [CHECK_PUT] = SQL("INSERT INTO clause_check (clause, name)"
                      " SELECT c.id, $3 FROM clause c WHERE c.edition = $1 AND c.number = $2"
                      " ON CONFLICT (clause, name) DO NOTHING"),
    [CHECK_DROP] = SQL("DELETE FROM clause_check WHERE name = $3 AND clause IN"
                       " (SELECT c.id FROM clause c WHERE c.edition = $1 AND c.number = $2)"),

    [DUTY_ALL] = SQL("SELECT d.code FROM duty d ORDER BY d.code"),
};
const struct sql_set standard_sql_set = {"standard", sql, STATEMENTS};

/* ---- editions ---- */
static str text_at(struct work *w, struct rows *r, int column) { return rows_kept(w, r, column); }

static enum err head_read(struct work *w, const struct sql *which, struct value key, struct edition *out, bool *found)
{
    struct rows *r;
    enum err e = store_rows(w, which, ARGS(key), &r);
    if (e != OK) return e;
    struct edition x = {0};
    bool any = rows_next(r);
    if (any) {
        x = (struct edition){.id = rows_int(r, 0),
                             .code = text_at(w, r, 1),
                             .catalogue = text_at(w, r, 2),
                             .title_ja = text_at(w, r, 3),
                             .title_en = text_at(w, r, 4),
                             .dated = !rows_null(r, 5),
                             .effective = rows_int(r, 5),
                             .decided = rows_int(r, 6) != 0,
                             .owner = rows_int(r, 7),
                             .owner_code = text_at(w, r, 8),
                             .owner_lo = rows_int(r, 9),
                             .extra = text_at(w, r, 10)};
    }
    if ((e = rows_done(r)) != OK) return e;
    if (any) *out = x;
    *found = any;
    return OK;
}

enum err edition_head(struct work *w, str code, struct edition *out, bool *found)
{
    return head_read(w, &sql[EDITION_BY_CODE], TEXT(code), out, found);
}

enum err edition_need(struct work *w, str code, struct edition *out)
{
    bool found;
    enum err e = edition_head(w, code, out, &found);
    if (e != OK || found) return e;
    return fault(w, NOTFOUND, M("no edition '%1': `meguri standard list` shows those there are"), code);
}

enum err editions_load(struct work *w, struct edition_line **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[EDITION_ALL], NOARGS, &r);
    if (e != OK) return e;
    struct edition_line *lines = NULL;
    size_t count = 0;
    for (; rows_next(r); count++) {
        if ((count & (count - 1)) == 0) { /* room doubles at each power of two */
            lines = arena_grow(w->a, lines, count * sizeof *lines, (count == 0 ? 1 : 2 * count) * sizeof *lines);
        }
        lines[count] = (struct edition_line){.id = rows_int(r, 0),
                                             .code = text_at(w, r, 1),
                                             .catalogue = text_at(w, r, 2),
                                             .title_ja = text_at(w, r, 3),
                                             .title_en = text_at(w, r, 4),
                                             .dated = !rows_null(r, 5),
                                             .effective = rows_int(r, 5),
                                             .decided = rows_int(r, 6) != 0,
                                             .owner_code = text_at(w, r, 7),
                                             .owner_ja = text_at(w, r, 8),
                                             .owner_en = text_at(w, r, 9),
                                             .clauses = rows_int(r, 10)};
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = lines;
    *n = count;
    return OK;
}

enum err edition_put(struct work *w, const struct item *x, int64_t owner, int64_t *id)
{
    int64_t days = 0;
    bool dated = date_parse(x->f[EDITION_EFFECTIVE], &days);
    return store_int(w, &sql[EDITION_PUT],
                     ARGS(TEXT(x->f[EDITION_CODE]), TEXT(x->f[EDITION_CATALOGUE]), TEXT(x->f[EDITION_TITLE_JA]),
                          TEXT(x->f[EDITION_TITLE_EN]), int_or_nil(days, dated), int_or_nil(owner, owner != 0),
                          TEXT(x->f[EDITION_EXTRA])),
                     id);
}

enum err edition_decide(struct work *w, int64_t id) { return store_run(w, &sql[EDITION_DECIDE], ARGS(INT(id))); }

enum err edition_above(struct work *w, int64_t own, str *code)
{
    enum err e = store_text(w, &sql[EDITION_ABOVE], ARGS(INT(own)), code);
    return e == NOTFOUND ? store_text(w, &sql[EDITION_DECIDED], ARGS(INT(own)), code) : e;
}

/* ---- rows as items: column 0 is the id, the fields follow in their order ---- */
static enum err items_load(struct work *w, const struct sql *which, struct values args, const struct what *what,
                           struct items *out)
{
    struct rows *r;
    enum err e = store_rows(w, which, args, &r);
    if (e != OK) return e;
    struct items items = items_of(what);
    size_t fields = what_fields(what);
    while (rows_next(r)) {
        struct item *x = items_add(w->a, &items);
        x->id = rows_int(r, 0);
        for (size_t i = 0; i < fields; i++) x->f[i] = text_at(w, r, (int)i + 1);
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = items;
    return OK;
}

enum err sections_load(struct work *w, int64_t edition, struct items *out)
{
    return items_load(w, &sql[SECTION_ALL], ARGS(INT(edition)), &what_sections, out);
}

enum err clauses_load(struct work *w, int64_t edition, struct items *out)
{
    enum { NO_OCCASION_COLUMN = CLAUSE_NO_OCCASION + 1 };
    struct rows *r;
    enum err e = store_rows(w, &sql[CLAUSE_ALL], ARGS(INT(edition)), &r);
    if (e != OK) return e;
    struct items items = items_of(&what_clauses);
    size_t fields = what_fields(&what_clauses);
    while (rows_next(r)) {
        struct item *x = items_add(w->a, &items);
        x->id = rows_int(r, 0);
        for (size_t i = 0; i < fields; i++) {
            if (i != CLAUSE_NO_OCCASION) x->f[i] = text_at(w, r, (int)i + 1);
        }
        x->f[CLAUSE_NO_OCCASION] = rows_int(r, NO_OCCASION_COLUMN) != 0 ? S("yes") : S("no");
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = items;
    return OK;
}

static enum err links_load(struct work *w, int64_t edition, struct items *questions)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[QUESTION_LINKS], ARGS(INT(edition)), &r);
    if (e != OK) return e;
    struct buf b = buf_in(w->a);
    size_t at = 0;
    while (rows_next(r)) { /* both lists come in the order of the questions */
        int64_t id = rows_int(r, 0);
        for (; at < questions->n && questions->v[at].id != id; at++) b = buf_in(w->a);
        if (at == questions->n) break;
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, rows_text(r, 1));
        questions->v[at].f[QUESTION_CLAUSES] = buf_str(&b);
    }
    return rows_done(r);
}

enum err questions_load(struct work *w, int64_t edition, struct items *out)
{
    struct items items;
    enum err e = items_load(w, &sql[QUESTION_ALL], ARGS(INT(edition)), &what_questions, &items);
    if (e == OK) e = links_load(w, edition, &items);
    if (e == OK) *out = items;
    return e;
}

enum err mapping_load(struct work *w, int64_t from, int64_t to, struct items *out)
{
    return items_load(w, &sql[MAPPING_ALL], ARGS(INT(from), INT(to)), &what_mapping, out);
}

enum err adoptions_load(struct work *w, int64_t edition, int64_t lo, int64_t hi, struct adoption_line **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[ADOPTION_SEEN], ARGS(INT(edition), INT(lo), INT(hi)), &r);
    if (e != OK) return e;
    struct adoption_line *lines = NULL;
    size_t count = 0;
    for (; rows_next(r); count++) {
        if ((count & (count - 1)) == 0) {
            lines = arena_grow(w->a, lines, count * sizeof *lines, (count == 0 ? 1 : 2 * count) * sizeof *lines);
        }
        struct adoption_line *x = &lines[count];
        *x = (struct adoption_line){.item.path = S(""),
                                    .lo = rows_int(r, 8),
                                    .depth = rows_int(r, 9),
                                    .name_ja = text_at(w, r, 10),
                                    .name_en = text_at(w, r, 11)};
        x->item.f[ADOPTION_ORG] = text_at(w, r, 1);
        x->item.f[ADOPTION_CLAUSE] = text_at(w, r, 2);
        x->item.f[ADOPTION_ADOPTED] = rows_int(r, 3) != 0 ? S("yes") : S("no");
        x->item.f[ADOPTION_DATE] = rows_null(r, 4) ? S("") : date_text(w->a, rows_int(r, 4));
        for (size_t i = ADOPTION_BY; i <= ADOPTION_REASON_EN; i++) x->item.f[i] = text_at(w, r, (int)i + 1);
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = lines;
    *n = count;
    return OK;
}

enum err duties_load(struct work *w, struct duties *out)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[DUTY_ALL], NOARGS, &r);
    if (e != OK) return e;
    str *codes = NULL;
    size_t n = 0;
    for (; rows_next(r); n++) {
        if ((n & (n - 1)) == 0) {
            codes = arena_grow(w->a, codes, n * sizeof *codes, (n == 0 ? 1 : 2 * n) * sizeof *codes);
        }
        codes[n] = text_at(w, r, 0);
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = (struct duties){codes, n};
    return OK;
}

/* ---- writing ---- */
/* After the others were written, which by then hang on none of these; children first. */
static enum err drop_all(struct work *w, const struct sql *which, const struct items *gone)
{
    enum err e = OK;
    for (size_t i = gone->n; e == OK && i-- > 0;) e = store_run(w, which, ARGS(INT(gone->v[i].id)));
    return e;
}

static bool any_touched(const struct merged *m)
{
    for (size_t i = 0; i < m->items.n; i++) {
        if (m->touched[i]) return true;
    }
    return m->removed.n != 0;
}

enum err sections_put(struct work *w, int64_t edition, const struct merged *m)
{
    if (!any_touched(m)) return OK;
    enum err e = store_run(w, &sql[SECTION_SHIFT], ARGS(INT(edition)));
    for (size_t i = 0; e == OK && i < m->items.n; i++) {
        const str *f = m->items.v[i].f;
        e = store_run(w, &sql[SECTION_PUT],
                      ARGS(INT(edition), TEXT(f[SECTION_CODE]), TEXT(f[SECTION_PARENT]), INT((int64_t)i),
                           TEXT(f[SECTION_TITLE_JA]), TEXT(f[SECTION_TITLE_EN]), TEXT(f[SECTION_EXTRA])));
    }
    return e;
}

enum err sections_drop(struct work *w, const struct items *gone) { return drop_all(w, &sql[SECTION_DROP], gone); }

enum err clauses_put(struct work *w, int64_t edition, const struct merged *m)
{
    if (!any_touched(m)) return OK;
    enum err e = store_run(w, &sql[CLAUSE_SHIFT], ARGS(INT(edition)));
    for (size_t i = 0; e == OK && i < m->items.n; i++) {
        const str *f = m->items.v[i].f;
        e = store_run(w, &sql[CLAUSE_PUT],
                      ARGS(INT(edition), TEXT(f[CLAUSE_NUMBER]), INT((int64_t)i), TEXT(f[CLAUSE_SECTION]),
                           TEXT(f[CLAUSE_PARENT]), TEXT(f[CLAUSE_LEVEL]), TEXT(f[CLAUSE_DUTY]),
                           INT(str_eq(f[CLAUSE_NO_OCCASION], S("yes"))), TEXT(f[CLAUSE_TITLE_JA]),
                           TEXT(f[CLAUSE_TITLE_EN]), TEXT(f[CLAUSE_TEXT_JA]), TEXT(f[CLAUSE_TEXT_EN]),
                           TEXT(f[CLAUSE_EXTRA])));
    }
    if (e == OK) e = drop_all(w, &sql[CLAUSE_DROP], &m->removed);
    return e == OK ? fold_clauses(w, edition) : e;
}

static enum err links_put(struct work *w, int64_t edition, int64_t question, str clauses)
{
    enum err e = store_run(w, &sql[QUESTION_UNLINK], ARGS(INT(question)));
    for (str rest = clauses, number; e == OK && words_next(&rest, &number);) {
        e = store_run(w, &sql[QUESTION_LINK], ARGS(INT(question), INT(edition), TEXT(number)));
    }
    return e;
}

enum err questions_put(struct work *w, int64_t edition, const struct merged *m)
{
    if (!any_touched(m)) return OK;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < m->removed.n; i++) {
        e = store_run(w, &sql[QUESTION_UNLINK], ARGS(INT(m->removed.v[i].id)));
    }
    if (e == OK) e = drop_all(w, &sql[QUESTION_DROP], &m->removed);
    if (e == OK) e = store_run(w, &sql[QUESTION_SHIFT], ARGS(INT(edition)));
    for (size_t i = 0; e == OK && i < m->items.n; i++) {
        const str *f = m->items.v[i].f;
        int64_t id = 0;
        e = store_int(w, &sql[QUESTION_PUT],
                      ARGS(INT(edition), TEXT(f[QUESTION_CODE]), INT((int64_t)i), TEXT(f[QUESTION_DUTY]),
                           TEXT(f[QUESTION_RULE]), TEXT(f[QUESTION_TEXT_JA]), TEXT(f[QUESTION_TEXT_EN]),
                           TEXT(f[QUESTION_EXAMPLE_JA]), TEXT(f[QUESTION_EXAMPLE_EN]), TEXT(f[QUESTION_HELP_JA]),
                           TEXT(f[QUESTION_HELP_EN])),
                      &id);
        if (e == OK && m->touched[i]) e = links_put(w, edition, id, f[QUESTION_CLAUSES]);
    }
    return e;
}

enum err mapping_put(struct work *w, int64_t from, int64_t to, const struct items *items)
{
    enum err e = store_run(w, &sql[MAPPING_CLEAR], ARGS(INT(from), INT(to)));
    for (size_t i = 0; e == OK && i < items->n; i++) {
        const str *f = items->v[i].f;
        e = store_run(w, &sql[MAPPING_PUT],
                      ARGS(INT(from), INT(to), TEXT(f[MAPPING_FROM]), TEXT(f[MAPPING_TO]), TEXT(f[MAPPING_KIND]),
                           TEXT(f[MAPPING_REASON_JA]), TEXT(f[MAPPING_REASON_EN])));
    }
    return e;
}

enum err adoptions_put(struct work *w, int64_t edition, const struct merged *m)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < m->items.n; i++) {
        if (!m->touched[i]) continue;
        const str *f = m->items.v[i].f;
        int64_t days = 0;
        bool dated = date_parse(f[ADOPTION_DATE], &days);
        e = store_run(w, &sql[ADOPTION_PUT],
                      ARGS(INT(edition), TEXT(f[ADOPTION_CLAUSE]), TEXT(f[ADOPTION_ORG]),
                           INT(str_eq(f[ADOPTION_ADOPTED], S("yes"))), int_or_nil(days, dated), TEXT(f[ADOPTION_BY]),
                           TEXT(f[ADOPTION_REASON_JA]), TEXT(f[ADOPTION_REASON_EN])));
    }
    return e;
}

enum err checks_load(struct work *w, int64_t edition, struct items *out)
{
    return items_load(w, &sql[CHECK_ALL], ARGS(INT(edition)), &what_checks, out);
}

static enum err check_run(struct work *w, int statement, int64_t edition, const str *f)
{
    return store_run(w, &sql[statement], ARGS(INT(edition), TEXT(f[CHECK_CLAUSE]), TEXT(f[CHECK_NAME])));
}

enum err checks_put(struct work *w, int64_t edition, const struct merged *m)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < m->removed.n; i++) e = check_run(w, CHECK_DROP, edition, m->removed.v[i].f);
    for (size_t i = 0; e == OK && i < m->items.n; i++)
        if (m->touched[i]) e = check_run(w, CHECK_PUT, edition, m->items.v[i].f);
    return e;
}

enum err standard_checks(struct work *w, const struct edition *x, struct clause_check **out, size_t *n)
{
    struct items list;
    enum err e = checks_load(w, x->id, &list);
    if (e != OK) return e;
    struct clause_check *all = arena_array(w->a, list.n + 1, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < list.n; i++) {
        ptrdiff_t clause = standard_clause(x, list.v[i].f[CHECK_CLAUSE]);
        if (clause >= 0) all[count++] = (struct clause_check){(size_t)clause, list.v[i].f[CHECK_NAME]};
    }
    *out = all;
    *n = count;
    return OK;
}

enum err clause_used(struct work *w, int64_t id, bool *used)
{
    int64_t n = 0;
    enum err e = store_int(w, &sql[CLAUSE_USED], ARGS(INT(id)), &n);
    if (e == OK) *used = n != 0;
    return e;
}

/* ---- for the other rooms: an edition whole ---- */
/* parts[i]: which part section i belongs to. Sections come with their parents before them. */
static void parts_of(struct work *w, const struct items *sections, struct edition *x, size_t *part)
{
    struct index by_code = items_index(w->a, sections);
    x->parts = arena_array(w->a, sections->n, sizeof *x->parts);
    for (size_t i = 0; i < sections->n; i++) {
        const str *f = sections->v[i].f;
        const struct item *above = f[SECTION_PARENT].n == 0 ? NULL : index_find1(&by_code, f[SECTION_PARENT]);
        part[i] = above != NULL ? part[above - sections->v] : x->n_parts;
        if (above != NULL) continue;
        x->parts[x->n_parts++] = (struct part){f[SECTION_CODE], f[SECTION_TITLE_JA], f[SECTION_TITLE_EN]};
    }
}

static enum err fill(struct work *w, struct edition *x)
{
    struct items sections, clauses;
    enum err e = sections_load(w, x->id, &sections);
    if (e == OK) e = clauses_load(w, x->id, &clauses);
    if (e != OK) return e;
    size_t *part = arena_array(w->a, sections.n, sizeof *part);
    parts_of(w, &sections, x, part);
    struct index by_code = items_index(w->a, &sections);
    x->clauses = arena_array(w->a, clauses.n, sizeof *x->clauses);
    x->n_clauses = clauses.n;
    for (size_t i = 0; i < clauses.n; i++) {
        const struct item *c = &clauses.v[i];
        const struct item *s = index_find1(&by_code, c->f[CLAUSE_SECTION]);
        x->clauses[i] = (struct clause){.id = c->id,
                                        .number = c->f[CLAUSE_NUMBER],
                                        .pos = i,
                                        .part = s == NULL ? 0 : part[s - sections.v],
                                        .enhanced = str_eq(c->f[CLAUSE_LEVEL], S("enhanced")),
                                        .duty = c->f[CLAUSE_DUTY],
                                        .no_occasion = str_eq(c->f[CLAUSE_NO_OCCASION], S("yes")),
                                        .text_ja = c->f[CLAUSE_TEXT_JA],
                                        .text_en = c->f[CLAUSE_TEXT_EN]};
    }
    return OK;
}

enum err standard_edition(struct work *w, str code, struct edition *out)
{
    struct edition x;
    enum err e = edition_need(w, code, &x);
    if (e == OK) e = fill(w, &x);
    if (e == OK) *out = x;
    return e;
}

enum err standard_edition_by_id(struct work *w, int64_t id, struct edition *out)
{
    struct edition x;
    bool found;
    enum err e = head_read(w, &sql[EDITION_BY_ID], INT(id), &x, &found);
    if (e != OK) return e;
    if (!found) return fault(w, NOTFOUND, M("the edition is no longer there"));
    if ((e = fill(w, &x)) == OK) *out = x;
    return e;
}

enum err standard_edition_head(struct work *w, int64_t id, struct edition *out)
{
    bool found;
    enum err e = head_read(w, &sql[EDITION_BY_ID], INT(id), out, &found);
    return e != OK || found ? e : fault(w, NOTFOUND, M("the edition is no longer there"));
}

/* An edition has some hundreds of clauses and callers look up a header once: no index is worth its upkeep. */
ptrdiff_t standard_clause(const struct edition *x, str number)
{
    for (size_t i = 0; i < x->n_clauses; i++) {
        if (str_eq(x->clauses[i].number, number)) return (ptrdiff_t)i;
    }
    return -1;
}

/* Positions of the clauses named; the names come in the order of the edition, so one pass finds them all. */
static void question_clauses(struct work *w, const struct edition *x, str names, struct question *q)
{
    q->clauses = arena_array(w->a, names.n / 2 + 1, sizeof *q->clauses);
    size_t at = 0;
    for (str rest = names, number; words_next(&rest, &number);) {
        while (at < x->n_clauses && !str_eq(x->clauses[at].number, number)) at++;
        if (at < x->n_clauses) q->clauses[q->n_clauses++] = at;
    }
}

enum err standard_questions(struct work *w, const struct edition *x, struct question **out, size_t *n)
{
    struct items items;
    enum err e = questions_load(w, x->id, &items);
    if (e != OK) return e;
    struct question *list = arena_array(w->a, items.n, sizeof *list);
    for (size_t i = 0; i < items.n; i++) {
        const str *f = items.v[i].f;
        list[i] = (struct question){.code = f[QUESTION_CODE],
                                    .duty = f[QUESTION_DUTY],
                                    .any = str_eq(f[QUESTION_RULE], S("any")),
                                    .text_ja = f[QUESTION_TEXT_JA],
                                    .text_en = f[QUESTION_TEXT_EN],
                                    .example_ja = f[QUESTION_EXAMPLE_JA],
                                    .example_en = f[QUESTION_EXAMPLE_EN],
                                    .help_ja = f[QUESTION_HELP_JA],
                                    .help_en = f[QUESTION_HELP_EN]};
        question_clauses(w, x, f[QUESTION_CLAUSES], &list[i]);
    }
    *out = list;
    *n = items.n;
    return OK;
}

enum err standard_adoptions(struct work *w, const struct edition *x, int64_t as_of, struct adoption **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[ADOPTION_ALL], ARGS(INT(x->id), INT(as_of)), &r);
    if (e != OK) return e;
    struct adoption *list = NULL;
    size_t count = 0;
    for (; rows_next(r); count++) {
        if ((count & (count - 1)) == 0) {
            list = arena_grow(w->a, list, count * sizeof *list, (count == 0 ? 1 : 2 * count) * sizeof *list);
        }
        list[count] = (struct adoption){rows_int(r, 0), (size_t)rows_int(r, 1), rows_int(r, 2) != 0};
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = list;
    *n = count;
    return OK;
}

enum err adopted_at(struct work *w, int64_t edition, int64_t org_lo, bool *out, size_t n)
{
    struct rows *r;
    enum err e = store_rows(w, &sql[ADOPTION_ABOVE], ARGS(INT(edition), INT(org_lo)), &r);
    if (e != OK) return e;
    while (rows_next(r)) { /* from the top down: the nearest comes last */
        size_t pos = (size_t)rows_int(r, 0);
        if (pos < n) out[pos] = rows_int(r, 1) != 0;
    }
    return rows_done(r);
}

static bool continues(const struct clause *a, const struct clause *b)
{
    return a->enhanced == b->enhanced && a->no_occasion == b->no_occasion && str_eq(a->duty, b->duty);
}

/* One to one: a clause named twice on either side, by whatever kind of row, continues nothing. */
static void continue_over(struct work *w, const struct edition *from, const struct edition *to, const struct items *map,
                          ptrdiff_t *earlier)
{
    unsigned char *from_n = arena_alloc(w->a, from->n_clauses + 1), *to_n = arena_alloc(w->a, to->n_clauses + 1);
    for (size_t i = 0; i < map->n; i++) {
        ptrdiff_t f = standard_clause(from, map->v[i].f[MAPPING_FROM]),
                  t = standard_clause(to, map->v[i].f[MAPPING_TO]);
        if (f >= 0 && from_n[f] < 2) from_n[f]++;
        if (t >= 0 && to_n[t] < 2) to_n[t]++;
    }
    for (size_t i = 0; i < map->n; i++) {
        str kind = map->v[i].f[MAPPING_KIND];
        if (!str_eq(kind, S("same")) && !str_eq(kind, S("moved"))) continue;
        ptrdiff_t f = standard_clause(from, map->v[i].f[MAPPING_FROM]),
                  t = standard_clause(to, map->v[i].f[MAPPING_TO]);
        if (f < 0 || t < 0 || from_n[f] != 1 || to_n[t] != 1) continue;
        if (continues(&from->clauses[f], &to->clauses[t])) earlier[t] = f;
    }
}

enum err standard_continues(struct work *w, const struct edition *from, const struct edition *to, ptrdiff_t **earlier,
                            bool *mapped)
{
    struct items map;
    enum err e = mapping_load(w, from->id, to->id, &map);
    if (e != OK) return e;
    ptrdiff_t *list = arena_array(w->a, to->n_clauses, sizeof *list);
    bool same = from->id == to->id;
    for (size_t i = 0; i < to->n_clauses; i++) list[i] = same ? (ptrdiff_t)i : -1;
    if (!same) continue_over(w, from, to, &map, list);
    *earlier = list;
    *mapped = map.n != 0;
    return OK;
}
