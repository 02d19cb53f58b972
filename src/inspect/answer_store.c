/* SQL about single sheets. What belongs to one respondent is asked for by its key: nothing here grows with the round. */
#include "inspect/answer_store.h"

#include "inspect/entered_store.h"

enum {
    SEAT, PATH, PLAN_PUT, PLANS_DROP, PLANS_DROP_ROUND, ANSWERS_ADD, ANSWERS_SET, QUESTION_NOTES, QUESTION_NOTE_PUT,
    CLAUSE_NOTES, ANSWERS_ANY, ANSWERS_DROP, QUESTION_NOTES_DROP, MINE, UNIT_COUNT, WAITING, SHEET_CONFIRM, STATEMENTS
};

#define OWN "one respondent's own rows: whoever asks has found it to be the actor's, or within the actor's reach"

static const struct sql answer_sql[STATEMENTS] = {
    [SEAT] = OPEN("whose sheet it is decides, not where it stands: a person who left a unit answers for the time there",
        ("SELECT r.id, r.org, r.binding, coalesce(r.person, 0), b.adoption, r.code, r.duty, r.kind, r.reason,"
         " r.excepted, b.mask, coalesce(s.state, -1), s.answers, coalesce(s.at, 0), coalesce(s.confirmed_at, 0),"
         " coalesce(s.by_whom, ''), coalesce(s.source, ''), coalesce(s.confirmed_by, ''), q.answers, q.later,"
         " coalesce(q.revision, 0), coalesce(q.submitted, 0), coalesce(q.first, 0), coalesce(q.at, 0),"
         " coalesce(a.n, 0), a.numbers, coalesce(a.codes, ''), coalesce(d.name_ja, ''), coalesce(d.name_en, ''), coalesce(p.code, ''),"
         " coalesce(p.name_ja, ''), coalesce(p.name_en, ''), r.due, coalesce(t.id, 0), coalesce(t.reason, ''),"
         " coalesce(t.at, 0), coalesce(tp.name_ja, ''), coalesce(tp.name_en, ''), coalesce(t.by_whom, ''),"
         " EXISTS (SELECT 1 FROM sheet_entry y WHERE y.respondent = r.id)"
         " FROM respondent r JOIN binding b ON b.id = r.binding LEFT JOIN sheet s ON s.respondent = r.id"
         " LEFT JOIN sheet_question q ON q.respondent = r.id LEFT JOIN sheet_plan a ON a.binding = r.binding"
         " LEFT JOIN duty d ON d.code = r.duty LEFT JOIN person p ON p.id = r.person"
         " LEFT JOIN sheet_return t ON t.respondent = r.id AND t.answered IS NULL"
         " LEFT JOIN person tp ON tp.code = t.by_whom"
         " WHERE r.round = $1 AND r.code = $2")),
    /* By parents and not by intervals: those that begin before this one are most of the frame. The CROSS JOIN keeps SQLite
     * from passing over all organisations and looking each up in the path. */
    [PATH] = OPEN("an answer is counted at every organisation above it",
        ("WITH RECURSIVE up (step, parent, org, lo, hi, depth, name_ja, name_en, adoption, aggregated, excluded, stage) AS ("
         "SELECT 0, ro.parent, ro.org, ro.lo, ro.hi, ro.depth, ro.name_ja, ro.name_en, ro.adoption, ro.aggregated,"
         " ro.excluded, ro.stage FROM round_org ro WHERE ro.round = $1 AND ro.org = $2 UNION ALL"
         " SELECT up.step + 1, ro.parent, ro.org, ro.lo, ro.hi, ro.depth, ro.name_ja, ro.name_en, ro.adoption,"
         " ro.aggregated, ro.excluded, ro.stage FROM up CROSS JOIN round_org ro WHERE ro.round = $1 AND ro.org = up.parent)"
         " SELECT up.org, up.lo, up.hi, up.depth, o.code, o.kind, up.name_ja, up.name_en, up.adoption, up.aggregated,"
         " up.excluded, o.lo, up.stage FROM up CROSS JOIN org o WHERE o.id = up.org ORDER BY up.step DESC")),
    [PLAN_PUT] = SQL(("INSERT INTO sheet_plan (binding, n, numbers, codes) VALUES ($1, $2, $3, $4) ON CONFLICT (binding)"
                      " DO UPDATE SET n = excluded.n, numbers = excluded.numbers, codes = excluded.codes")),
    [PLANS_DROP] = SQL(("DELETE FROM sheet_plan")),
    [PLANS_DROP_ROUND] = SQL(("DELETE FROM sheet_plan WHERE binding IN (SELECT id FROM binding WHERE round = $1)")),
    [ANSWERS_ADD] = OPEN(OWN,
        ("INSERT INTO sheet_question (respondent, round, answers, later, revision, submitted, first, at, by_whom)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")),
    [ANSWERS_SET] = OPEN(OWN,
        ("UPDATE sheet_question SET answers = $3, later = $4, revision = $5, submitted = $6, first = $7,"
         " spent = spent + CASE WHEN $8 <= at THEN 0 WHEN $8 - at > 300 THEN 300 ELSE $8 - at END, at = $8,"
         " by_whom = $9 WHERE respondent = $1 AND round = $2")),
    [QUESTION_NOTES] = OPEN(OWN, ("SELECT place, note FROM question_note WHERE respondent = $1 ORDER BY place")),
    [QUESTION_NOTE_PUT] = OPEN(OWN,
        ("INSERT INTO question_note (respondent, place, note) VALUES ($1, $2, $3)"
         " ON CONFLICT (respondent, place) DO UPDATE SET note = excluded.note")),
    [CLAUSE_NOTES] = OPEN(OWN, ("SELECT clause, note FROM answer_note WHERE respondent = $1 ORDER BY clause")),
    [ANSWERS_ANY] = OPEN("whether any sheet is answered on the page, so that an import has to look",
        ("SELECT count(*) FROM (SELECT 1 FROM sheet_question WHERE round = $1 LIMIT 1) x")),
    [ANSWERS_DROP] = OPEN(OWN, ("DELETE FROM sheet_question WHERE respondent = $1")),
    [QUESTION_NOTES_DROP] = OPEN(OWN, ("DELETE FROM question_note WHERE respondent = $1")),
    [MINE] = OPEN("a person's own sheets, wherever they stand",
        ("SELECT x.code, r.code FROM respondent r JOIN round x ON x.id = r.round"
         " WHERE r.person = $1 AND x.state = 'open' ORDER BY coalesce(r.due, x.due, 99999999), x.code, r.code")),
    [UNIT_COUNT] = SCOPED(
        ("SELECT coalesce(sum(CASE WHEN s.state = 2 THEN 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN s.state = 1 THEN 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN coalesce(s.state, 0) = 0 AND (s.state = 0 OR q.respondent IS NOT NULL)"
         " THEN 1 ELSE 0 END), 0), count(*)"
         " FROM round_org ro JOIN org o ON o.id = ro.org JOIN respondent r ON r.round = ro.round AND r.org = ro.org"
         " LEFT JOIN sheet s ON s.respondent = r.id LEFT JOIN sheet_question q ON q.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5")),
    [WAITING] = SCOPED_STREAM(
        ("SELECT r.id, r.org, r.binding, CASE WHEN r.kind <> 'post' AND (s.by_whom = $7 OR EXISTS (SELECT 1"
         " FROM sheet_past b WHERE b.respondent = r.id AND b.by_whom = $7)) THEN CAST($6 AS BIGINT)"
         " ELSE coalesce(r.person, 0) END, s.at, coalesce(q.first, 0), r.code, r.duty, o.code,"
         " ro.name_ja, ro.name_en, coalesce(p.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, ''), s.answers,"
         " r.excepted, q.answers, CASE WHEN q.revision > q.submitted THEN 1 ELSE 0 END, coalesce(r.due, 0),"
         " (SELECT count(*) FROM sheet_return t WHERE t.respondent = r.id),"
         " CASE WHEN r.kind = 'post' AND s.by_whom = $8 AND s.by_whom <> '' AND coalesce(r.person, 0) <> $6 THEN 1 ELSE 0 END"
         " FROM round_org ro JOIN org o ON o.id = ro.org JOIN respondent r ON r.round = ro.round AND r.org = ro.org"
         " JOIN sheet s ON s.respondent = r.id LEFT JOIN sheet_question q ON q.respondent = r.id"
         " LEFT JOIN person p ON p.id = r.person"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5 AND s.state = 1"
         " ORDER BY ro.lo, r.code")),
    [SHEET_CONFIRM] = OPEN(OWN,
        ("UPDATE sheet SET state = 2, confirmed_at = $2, confirmed_by = $3 WHERE respondent = $1 AND state = 1")),
};

const struct sql_set answer_sql_set = {"inspect (answers)", answer_sql, STATEMENTS};

static str kept_bytes(struct work *w, struct rows *r, int column) { return str_dup(w->a, rows_bytes(r, column)); }
static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &answer_sql[statement], v); }

/* ---- one respondent ---- */
static struct seat_row seat_of(struct work *w, struct rows *r)
{
    return (struct seat_row){.id = rows_int(r, 0), .org = rows_int(r, 1), .binding = rows_int(r, 2),
                             .person = rows_int(r, 3), .adoption = rows_int(r, 4), .code = rows_kept(w, r, 5),
                             .duty = rows_kept(w, r, 6), .kind = rows_kept(w, r, 7), .reason = rows_kept(w, r, 8),
                             .excepted = kept_bytes(w, r, 9), .mask = kept_bytes(w, r, 10),
                             .state = (int)rows_int(r, 11), .sheet = kept_bytes(w, r, 12), .sheet_at = rows_int(r, 13),
                             .confirmed_at = rows_int(r, 14), .sheet_by = rows_kept(w, r, 15),
                             .source = rows_kept(w, r, 16), .confirmed_by = rows_kept(w, r, 17),
                             .answers = kept_bytes(w, r, 18), .later = kept_bytes(w, r, 19),
                             .revision = rows_int(r, 20), .submitted = rows_int(r, 21), .first = rows_int(r, 22),
                             .saved_at = rows_int(r, 23),
                             .plan = {rows_int(r, 24), kept_bytes(w, r, 25), rows_kept(w, r, 26)},
                             .duty_ja = rows_kept(w, r, 27), .duty_en = rows_kept(w, r, 28),
                             .person_code = rows_kept(w, r, 29), .person_ja = rows_kept(w, r, 30),
                             .person_en = rows_kept(w, r, 31), .due = rows_int(r, 32), .has_due = !rows_null(r, 32),
                             .given_back = {rows_int(r, 33), rows_kept(w, r, 34), rows_int(r, 35),
                                            rows_kept(w, r, 36), rows_kept(w, r, 37), rows_kept(w, r, 38)},
                             .entered = rows_int(r, 39) != 0};
}

enum err seat_row_get(struct work *w, int64_t round, str code, struct seat_row *out)
{
    struct rows *r;
    enum err e = store_rows(w, &answer_sql[SEAT], ARGS(INT(round), TEXT(code)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    struct seat_row found = is ? seat_of(w, r) : (struct seat_row){0};
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *out = found;
    return OK;
}

enum err path_nodes(struct work *w, int64_t round, int64_t org, struct node **out, size_t *n)
{
    enum { STEPS = 64 }; /* org_depth is held far below by the registry */
    struct rows *r;
    enum err e = store_rows(w, &answer_sql[PATH], ARGS(INT(round), INT(org)), &r);
    if (e != OK) return e;
    struct node *path = arena_array(w->a, STEPS, sizeof *path);
    size_t count = 0;
    while (rows_next(r) && count < STEPS) {
        enum stage stage = STAGE_OPEN;
        stage_parse(rows_text(r, 12), &stage);
        path[count++] = (struct node){.org = rows_int(r, 0), .lo = rows_int(r, 1), .hi = rows_int(r, 2),
                                      .depth = rows_int(r, 3), .code = rows_kept(w, r, 4), .kind = rows_kept(w, r, 5),
                                      .name_ja = rows_kept(w, r, 6), .name_en = rows_kept(w, r, 7),
                                      .adoption = rows_int(r, 8), .aggregated = rows_int(r, 9) != 0,
                                      .excluded = rows_int(r, 10) != 0, .here = rows_int(r, 11), .stage = stage};
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = path;
    *n = count;
    return OK;
}

enum err sheet_plan_put(struct work *w, int64_t binding, const struct kept_plan *p)
{
    return run(w, PLAN_PUT, ARGS(INT(binding), INT(p->n), BYTES(p->numbers), TEXT(p->codes)));
}

enum err sheet_plans_drop(struct work *w) { return run(w, PLANS_DROP, NOARGS); }

enum err sheet_plans_drop_round(struct work *w, int64_t round)
{
    return run(w, PLANS_DROP_ROUND, ARGS(INT(round)));
}

/* ---- answers by question ---- */
enum err answers_put(struct work *w, int64_t round, const struct seat_row *s)
{
    int statement = s->saved_at == 0 ? ANSWERS_ADD : ANSWERS_SET;
    return run(w, statement, ARGS(INT(s->id), INT(round), BYTES(s->answers), BYTES(s->later), INT(s->revision),
                                  INT(s->submitted), INT(s->first), INT(w->now), TEXT(acting_person(w))));
}

static enum err each_note(struct work *w, int statement, int64_t respondent, void (*each)(void *, int64_t, str), void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &answer_sql[statement], ARGS(INT(respondent)), &r);
    if (e != OK) return e;
    while (rows_next(r)) each(to, rows_int(r, 0), rows_text(r, 1));
    return rows_done(r);
}

enum err question_notes(struct work *w, int64_t respondent, void (*each)(void *, int64_t, str), void *to)
{
    return each_note(w, QUESTION_NOTES, respondent, each, to);
}

enum err clause_notes(struct work *w, int64_t respondent, void (*each)(void *, int64_t, str), void *to)
{
    return each_note(w, CLAUSE_NOTES, respondent, each, to);
}

enum err question_note_put(struct work *w, int64_t respondent, int64_t place, str note)
{
    return run(w, QUESTION_NOTE_PUT, ARGS(INT(respondent), INT(place), TEXT(note)));
}

enum err answers_any(struct work *w, int64_t round, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &answer_sql[ANSWERS_ANY], ARGS(INT(round)), &n);
    if (e == OK) *out = n > 0;
    return e;
}

enum err answers_drop(struct work *w, int64_t respondent)
{
    enum err e = run(w, ANSWERS_DROP, ARGS(INT(respondent)));
    if (e == OK) e = entry_replace(w, respondent);
    return e == OK ? question_notes_drop(w, respondent) : e;
}

enum err question_notes_drop(struct work *w, int64_t respondent)
{
    return run(w, QUESTION_NOTES_DROP, ARGS(INT(respondent)));
}

/* ---- many ---- */
static void take_mine(struct work *w, struct rows *r, void *to)
{
    *(struct my_row *)to = (struct my_row){rows_kept(w, r, 0), rows_kept(w, r, 1)};
}

enum err my_sheets(struct work *w, int64_t person, struct my_row **out, size_t *n)
{
    return STORE_GATHER(w, &answer_sql[MINE], ARGS(INT(person)), take_mine, out, n);
}

enum err unit_count(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unit_counts *out)
{
    struct rows *r;
    enum err e = store_rows(w, &answer_sql[UNIT_COUNT], ARGS(INT(round), INT(lo), INT(hi)), &r);
    if (e != OK) return e;
    struct unit_counts c = {0};
    int64_t all = 0;
    if (rows_next(r)) {
        c = (struct unit_counts){.confirmed = rows_int(r, 0), .submitted = rows_int(r, 1), .draft = rows_int(r, 2)};
        all = rows_int(r, 3);
    }
    c.none = all - c.confirmed - c.submitted - c.draft;
    if ((e = rows_done(r)) != OK) return e;
    *out = c;
    return OK;
}

enum err waiting_each(struct work *w, int64_t round, int64_t lo, int64_t hi, waiting_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &answer_sql[WAITING],
                            ARGS(INT(round), INT(lo), INT(hi), INT(w->actor->person), TEXT(w->actor->person_code),
                                 TEXT(brings_in(w))), &r),
             told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct waiting_row x = {.id = rows_int(r, 0), .org = rows_int(r, 1), .binding = rows_int(r, 2),
                                .person = rows_int(r, 3), .at = rows_int(r, 4), .first = rows_int(r, 5),
                                .code = rows_text(r, 6), .duty = rows_text(r, 7), .org_code = rows_text(r, 8),
                                .org_ja = rows_text(r, 9), .org_en = rows_text(r, 10),
                                .person_code = rows_text(r, 11), .person_ja = rows_text(r, 12),
                                .person_en = rows_text(r, 13), .sheet = rows_bytes(r, 14),
                                .excepted = rows_bytes(r, 15), .answers = rows_bytes(r, 16),
                                .correcting = rows_int(r, 17) != 0, .due = rows_int(r, 18), .returns = rows_int(r, 19),
                                .brought_in = rows_int(r, 20) != 0};
        told = fn(to, &x);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err sheet_confirm(struct work *w, int64_t respondent)
{
    return run(w, SHEET_CONFIRM, ARGS(INT(respondent), INT(w->now), TEXT(acting_person(w))));
}
