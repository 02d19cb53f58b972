/* The SQL of councils, meetings and the calendar; what files hold of them is in registry_store.c. */
#include "registry/council_store.h"

#define MEETING                                                                                                        \
    "SELECT m.code, c.code, c.name_ja, c.name_en, m.title_ja, m.title_en, m.note_ja, m.note_en, m.number, m.day,"      \
    " (SELECT count(*) FROM meeting_document d WHERE d.meeting = m.code),"                                             \
    " (SELECT count(*) FROM meeting_decision d WHERE d.meeting = m.code)"                                              \
    " FROM meeting m JOIN council c ON c.code = m.council "

enum {
    COUNCILS,
    MEETINGS,
    MEETING_CODE,
    MEETING_NUMBER,
    MEETING_DAY,
    DOCUMENTS,
    DECISIONS,
    STRIKE_DOCUMENT,
    STRIKE_DECISION,
    CALENDAR_ROWS,
    STATEMENTS,
};

static const struct sql statements[STATEMENTS] = {
    [COUNCILS] = SQL("SELECT c.code, c.name_ja, c.name_en, c.since, c.until, count(m.code), max(m.day) FROM council c"
                     " LEFT JOIN meeting m ON m.council = c.code"
                     " GROUP BY c.code, c.name_ja, c.name_en, c.since, c.until, c.ord ORDER BY c.ord, c.code"),
    /* A meeting without a day stands after the latest of its council with a lower number. */
    [MEETINGS] = SQL(MEETING "WHERE (CAST($1 AS TEXT) = '' OR m.council = $1) ORDER BY c.ord, c.code,"
                             " coalesce(m.day, (SELECT max(p.day) FROM meeting p WHERE p.council = m.council"
                             " AND p.number < m.number), 0), coalesce(m.number, 0), m.code"),
    [MEETING_CODE] = SQL(MEETING "WHERE m.code = $1"),
    [MEETING_NUMBER] = SQL(MEETING "WHERE m.council = $1 AND m.number = $2"),
    [MEETING_DAY] = SQL(MEETING "WHERE m.council = $1 AND m.day = $2 ORDER BY coalesce(m.number, 0), m.code"),
    [DOCUMENTS] = SQL("SELECT place, kind, title_ja, title_en, ref FROM meeting_document WHERE meeting = $1"
                      " ORDER BY CASE kind WHEN 'agenda' THEN 0 WHEN 'document' THEN 1 WHEN 'reference' THEN 2 ELSE 3 END,"
                      " length(place), place"),
    [DECISIONS] = SQL("SELECT place, what, title_ja, title_en, ref FROM meeting_decision WHERE meeting = $1"
                      " ORDER BY length(place), place"),
    [STRIKE_DOCUMENT] = SQL("DELETE FROM meeting_document WHERE meeting = $1 AND kind = $2 AND place = $3"),
    [STRIKE_DECISION] = SQL("DELETE FROM meeting_decision WHERE meeting = $1 AND place = $2"),
    /* What is entered for an organisation concerns all below it: a post sees upward, which no figure does. */
    [CALENDAR_ROWS] = SCOPED("SELECT c.code, c.kind, c.name_ja, c.name_en, c.ref, o.code, o.name_ja, o.name_en, c.year,"
                             " c.since, c.until FROM calendar c LEFT JOIN org o ON o.id = c.org"
                             " WHERE (o.id IS NULL OR (o.lo <= $1 AND o.hi >= $2)"
                             " OR (CAST($3 AS BIGINT) = 1 AND o.lo >= $1 AND o.lo < $2)) ORDER BY c.code LIMIT $4"),
};

const struct sql_set council_sql_set = {"council", statements, STATEMENTS};

/* ---- councils ---- */

enum err councils_each(struct work *w, council_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[COUNCILS], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct council c = {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), !rows_null(r, 3), !rows_null(r, 4),
                            rows_int(r, 3),  rows_int(r, 4),  rows_int(r, 5),  rows_null(r, 6) ? NO_DAY : rows_int(r, 6)};
        fn(to, &c);
    }
    return rows_done(r);
}

/* ---- meetings ---- */

static struct meeting meeting_of(struct rows *r)
{
    struct meeting m = {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), rows_text(r, 3),
                        rows_text(r, 4), rows_text(r, 5), rows_text(r, 6), rows_text(r, 7)};
    m.number = rows_null(r, 8) ? 0 : rows_int(r, 8);
    m.day = rows_null(r, 9) ? NO_DAY : rows_int(r, 9);
    m.documents = rows_int(r, 10);
    m.decisions = rows_int(r, 11);
    return m;
}

static void keep_meeting(struct arena *a, struct meeting *m)
{
    str *const texts[] = {&m->code,     &m->council,  &m->council_ja, &m->council_en,
                          &m->title_ja, &m->title_en, &m->note_ja,    &m->note_en};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(a, *texts[i]);
}

static enum err one_meeting(struct work *w, const struct sql *sql, struct values v, bool *found, struct meeting *out)
{
    struct rows *r;
    struct meeting m = {0};
    enum err e = store_rows(w, sql, v, &r);
    if (e != OK) return e;
    bool any = rows_next(r);
    if (any) {
        m = meeting_of(r);
        keep_meeting(w->a, &m);
    }
    e = rows_done(r);
    if (e != OK) return e;
    *found = any;
    if (any) *out = m;
    return OK;
}

enum err meetings_each(struct work *w, str council, meeting_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[MEETINGS], ARGS(TEXT(council)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct meeting m = meeting_of(r);
        fn(to, &m);
    }
    return rows_done(r);
}

enum err meeting_by_code(struct work *w, str code, bool *found, struct meeting *out)
{
    return one_meeting(w, &statements[MEETING_CODE], ARGS(TEXT(code)), found, out);
}

enum err registry_meeting_find(struct work *w, str council, int64_t number, int64_t day, bool *found,
                               struct meeting *out)
{
    if (number != 0)
        return one_meeting(w, &statements[MEETING_NUMBER], ARGS(TEXT(council), INT(number)), found, out);
    return one_meeting(w, &statements[MEETING_DAY], ARGS(TEXT(council), INT(day)), found, out);
}

static enum err items(struct work *w, const struct sql *sql, str meeting, struct meeting_item **out, size_t *n)
{
    struct rows *r;
    struct meeting_item *all = NULL;
    size_t k = 0, room = 0;
    enum err e = store_rows(w, sql, ARGS(TEXT(meeting)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        all = arena_more(w->a, all, k, &room, sizeof *all);
        str *const texts[] = {&all[k].no, &all[k].kind, &all[k].ja, &all[k].en, &all[k].ref};
        for (int i = 0; i < 5; i++) *texts[i] = str_dup(w->a, rows_text(r, i));
        k++;
    }
    *out = all;
    *n = k;
    return rows_done(r);
}

enum err meeting_documents(struct work *w, str meeting, struct meeting_item **out, size_t *n)
{
    return items(w, &statements[DOCUMENTS], meeting, out, n);
}

enum err meeting_decisions(struct work *w, str meeting, struct meeting_item **out, size_t *n)
{
    return items(w, &statements[DECISIONS], meeting, out, n);
}

static enum err strike(struct work *w, const struct sql *sql, struct values v, bool *found)
{
    int64_t n = 0;
    enum err e = store_run_count(w, sql, v, &n);
    if (e == OK) *found = n != 0;
    return e;
}

enum err document_strike(struct work *w, str meeting, str kind, str no, bool *found)
{
    return strike(w, &statements[STRIKE_DOCUMENT], ARGS(TEXT(meeting), TEXT(kind), TEXT(no)), found);
}

enum err decision_strike(struct work *w, str meeting, str no, bool *found)
{
    return strike(w, &statements[STRIKE_DECISION], ARGS(TEXT(meeting), TEXT(no)), found);
}

/* ---- the calendar ---- */

enum err calendar_rows(struct work *w, bool below, calendar_row_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[CALENDAR_ROWS], ARGS(INT(below), INT(CALENDAR_MAX)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct calendar_row row = {rows_text(r, 0),
                                   rows_text(r, 1),
                                   rows_text(r, 2),
                                   rows_text(r, 3),
                                   rows_text(r, 4),
                                   rows_text(r, 5),
                                   rows_text(r, 6),
                                   rows_text(r, 7),
                                   {rows_null(r, 8) ? 0 : rows_int(r, 8), rows_text(r, 9), rows_text(r, 10)}};
        fn(to, &row);
    }
    return rows_done(r);
}
