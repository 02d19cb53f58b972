/* SQL of the way upward. Scoped statements take the actor's interval of today's tree as $1, $2. */
#include "inspect/way_store.h"

enum {
    STAGE_SET, STEP_ADD, STEP_LAST, STEPS_OF, STEPS_LATEST, PUBLISH_STEPS, PUBLISH, STAGES_SEEN,
    SHEET_TO_DRAFT, RETURN_ADD, RETURNS_ANSWERED, RETURNS_ANY, RETURNS_OF,
    EXTENSION_ADD, DUE_SET, EXTEND, EXTENSIONS_SEEN, STATEMENTS
};

#define REACHED "an act that has asked for the right at its place"
#define STEP_COLUMNS \
    "SELECT s.org, s.at, s.person, s.was, s.became, s.step, s.why, s.by_whom, coalesce(p.name_ja, '')," \
    " coalesce(p.name_en, ''), coalesce(q.duty, ''), coalesce(d.name_ja, ''), coalesce(d.name_en, ''), coalesce(po.lo, 0)" \
    " FROM round_step s JOIN org o ON o.id = s.org LEFT JOIN person p ON p.id = s.person" \
    " LEFT JOIN post q ON q.code = s.by_whom LEFT JOIN duty d ON d.code = q.duty LEFT JOIN org po ON po.id = q.org"

static const struct sql way_sql[STATEMENTS] = {
    [STAGE_SET] = OPEN(REACHED, ("UPDATE round_org SET stage = $3 WHERE round = $1 AND org = $2")),
    [STEP_ADD] = OPEN(REACHED,
        ("INSERT INTO round_step (round, org, step, was, became, why, at, person, by_whom)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")),
    [STEP_LAST] = OPEN("who is refused because of a step learns who took it",
        (STEP_COLUMNS " WHERE s.round = $1 AND s.org = $2 ORDER BY s.id DESC LIMIT 1")),
    [STEPS_OF] = SCOPED(
        (STEP_COLUMNS " WHERE o.lo >= $1 AND o.lo < $2 AND s.round = $3 AND s.org = $4 ORDER BY s.id")),
    [STEPS_LATEST] = SCOPED(
        (STEP_COLUMNS " WHERE o.lo >= $1 AND o.lo < $2 AND s.round = $3"
         " AND s.id = (SELECT max(x.id) FROM round_step x WHERE x.round = s.round AND x.org = s.org) ORDER BY o.lo")),
    [PUBLISH_STEPS] = OPEN("closing a round is for those who hold its whole frame",
        ("INSERT INTO round_step (round, org, step, was, became, why, at, person, by_whom)"
         " SELECT round, org, 'publish', stage, 'published', '', CAST($2 AS BIGINT), CAST($3 AS BIGINT), $4 FROM round_org"
         " WHERE round = $1 AND depth <= 1 AND stage <> 'published'")),
    [PUBLISH] = OPEN("closing a round is for those who hold its whole frame",
        ("UPDATE round_org SET stage = 'published' WHERE round = $1 AND stage <> 'published'")),
    [STAGES_SEEN] = SCOPED(
        ("SELECT ro.org, ro.lo, ro.hi, ro.depth, ro.stage FROM round_org ro JOIN org o ON o.id = ro.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 ORDER BY ro.lo")),

    [SHEET_TO_DRAFT] = OPEN(REACHED,
        ("UPDATE sheet SET state = 0, confirmed_at = 0, confirmed_by = '' WHERE respondent = $1")),
    [RETURN_ADD] = OPEN(REACHED,
        ("INSERT INTO sheet_return (respondent, round, reason, at, by_whom) VALUES ($1, $2, $3, $4, $5)")),
    [RETURNS_ANSWERED] = OPEN(REACHED,
        ("UPDATE sheet_return SET answered = $2 WHERE respondent = $1 AND answered IS NULL")),
    [RETURNS_ANY] = OPEN("whether any sheet was given back, so that an import has to look",
        ("SELECT count(*) FROM (SELECT 1 FROM sheet_return WHERE round = $1 AND answered IS NULL LIMIT 1) x")),
    [RETURNS_OF] = OPEN("of one sheet, by who has found it to be theirs to see",
        ("SELECT t.reason, t.by_whom, coalesce(p.name_ja, ''), coalesce(p.name_en, ''), t.at, coalesce(t.answered, 0)"
         " FROM sheet_return t LEFT JOIN person p ON p.code = t.by_whom WHERE t.respondent = $1 ORDER BY t.id")),

    [EXTENSION_ADD] = OPEN(REACHED,
        ("INSERT INTO extension (round, org, respondent, until, why, at, by_whom) VALUES ($1, $2, $3, $4, $5, $6, $7)")),
    [DUE_SET] = OPEN(REACHED, ("UPDATE respondent SET due = $2 WHERE id = $1")),
    [EXTEND] = OPEN(REACHED,
        ("UPDATE respondent SET due = $5 WHERE round = $1 AND org IN"
         " (SELECT org FROM round_org WHERE round = $1 AND lo >= $2 AND lo < $3)"
         " AND (person IS NULL OR person <> $4) AND coalesce(due, $6) < $5")),
    [EXTENSIONS_SEEN] = SCOPED(
        ("SELECT o.code, ro.name_ja, ro.name_en, coalesce(r.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, ''),"
         " e.why, e.by_whom, coalesce(b.name_ja, ''), coalesce(b.name_en, ''), o.lo, e.until, e.at"
         " FROM extension e JOIN org o ON o.id = e.org JOIN round_org ro ON ro.round = e.round AND ro.org = e.org"
         " LEFT JOIN respondent r ON r.id = e.respondent LEFT JOIN person p ON p.id = r.person"
         " LEFT JOIN person b ON b.code = e.by_whom"
         " WHERE o.lo >= $1 AND o.lo < $2 AND e.round = $3 ORDER BY e.id")),
};
const struct sql_set way_sql_set = {"inspect (the way upward)", way_sql, STATEMENTS};

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &way_sql[statement], v); }

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &way_sql[statement], args, take, out, n)

/* ---- steps ---- */
enum err step_take(struct work *w, int64_t round, int64_t org, str step, enum stage was, enum stage became, str why)
{
    enum err e = run(w, STAGE_SET, ARGS(INT(round), INT(org), TEXT(stage_code(became))));
    return e != OK ? e
                   : run(w, STEP_ADD, ARGS(INT(round), INT(org), TEXT(step), TEXT(stage_code(was)), TEXT(stage_code(became)),
                                           TEXT(why), INT(w->now), INT(w->actor->person), TEXT(acting_post(w))));
}

static void take_step(struct work *w, struct rows *r, void *to)
{
    struct step_row *s = to;
    *s = (struct step_row){.org = rows_int(r, 0), .at = rows_int(r, 1), .person = rows_int(r, 2),
                           .step = rows_kept(w, r, 5), .why = rows_kept(w, r, 6), .post = rows_kept(w, r, 7),
                           .name_ja = rows_kept(w, r, 8), .name_en = rows_kept(w, r, 9), .duty = rows_kept(w, r, 10),
                           .duty_ja = rows_kept(w, r, 11), .duty_en = rows_kept(w, r, 12), .post_lo = rows_int(r, 13)};
    stage_parse(rows_text(r, 3), &s->was);
    stage_parse(rows_text(r, 4), &s->became);
}

enum err step_last(struct work *w, int64_t round, int64_t org, struct step_row *out)
{
    struct step_row *all;
    size_t n;
    enum err e = GATHER(w, STEP_LAST, ARGS(INT(round), INT(org)), take_step, &all, &n);
    if (e == OK && n == 0) return NOTFOUND;
    if (e == OK) *out = all[0];
    return e;
}

enum err steps_of(struct work *w, int64_t round, int64_t org, struct step_row **out, size_t *n)
{
    return GATHER(w, STEPS_OF, ARGS(INT(round), INT(org)), take_step, out, n);
}

enum err steps_latest(struct work *w, int64_t round, struct step_row **out, size_t *n)
{
    return GATHER(w, STEPS_LATEST, ARGS(INT(round)), take_step, out, n);
}

enum err stages_publish(struct work *w, int64_t round)
{
    enum err e = run(w, PUBLISH_STEPS, ARGS(INT(round), INT(w->now), INT(w->actor->person), TEXT(acting_post(w))));
    return e == OK ? run(w, PUBLISH, ARGS(INT(round))) : e;
}

static void take_stage(struct work *w, struct rows *r, void *to)
{
    struct stage_row *s = to;
    (void)w;
    *s = (struct stage_row){.org = rows_int(r, 0), .lo = rows_int(r, 1), .hi = rows_int(r, 2), .depth = rows_int(r, 3)};
    stage_parse(rows_text(r, 4), &s->stage);
}

enum err stages_seen(struct work *w, int64_t round, struct stage_row **out, size_t *n)
{
    return GATHER(w, STAGES_SEEN, ARGS(INT(round)), take_stage, out, n);
}

/* ---- sheets given back ---- */
enum err sheet_to_draft(struct work *w, int64_t respondent) { return run(w, SHEET_TO_DRAFT, ARGS(INT(respondent))); }

enum err return_add(struct work *w, int64_t round, int64_t respondent, str reason)
{
    return run(w, RETURN_ADD, ARGS(INT(respondent), INT(round), TEXT(reason), INT(w->now), TEXT(acting_person(w))));
}

enum err returns_answered(struct work *w, int64_t respondent)
{
    return run(w, RETURNS_ANSWERED, ARGS(INT(respondent), INT(w->now)));
}

enum err returns_any(struct work *w, int64_t round, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &way_sql[RETURNS_ANY], ARGS(INT(round)), &n);
    if (e == OK) *out = n > 0;
    return e;
}

static void take_return(struct work *w, struct rows *r, void *to)
{
    *(struct return_row *)to = (struct return_row){.reason = rows_kept(w, r, 0), .by_whom = rows_kept(w, r, 1),
                                                   .by_ja = rows_kept(w, r, 2), .by_en = rows_kept(w, r, 3),
                                                   .at = rows_int(r, 4), .answered = rows_int(r, 5)};
}

enum err returns_of(struct work *w, int64_t respondent, struct return_row **out, size_t *n)
{
    return GATHER(w, RETURNS_OF, ARGS(INT(respondent)), take_return, out, n);
}

/* ---- later due days ---- */
enum err extension_add(struct work *w, int64_t round, int64_t org, int64_t respondent, int64_t until, str why)
{
    return run(w, EXTENSION_ADD, ARGS(INT(round), INT(org), int_or_nil(respondent, respondent != 0), INT(until), TEXT(why),
                                      INT(w->now), TEXT(acting_person(w))));
}

enum err respondent_set_due(struct work *w, int64_t respondent, int64_t until)
{
    return run(w, DUE_SET, ARGS(INT(respondent), INT(until)));
}

enum err respondents_extend(struct work *w, const struct round *r, int64_t lo, int64_t hi, int64_t until, int64_t *n)
{
    return store_run_count(w, &way_sql[EXTEND],
                           ARGS(INT(r->id), INT(lo), INT(hi), INT(w->actor->person), INT(until), INT(r->due)), n);
}

static void take_extension(struct work *w, struct rows *r, void *to)
{
    *(struct extension_row *)to = (struct extension_row){
        .org_code = rows_kept(w, r, 0), .org_ja = rows_kept(w, r, 1), .org_en = rows_kept(w, r, 2),
        .respondent = rows_kept(w, r, 3), .person_ja = rows_kept(w, r, 4), .person_en = rows_kept(w, r, 5),
        .why = rows_kept(w, r, 6), .by_whom = rows_kept(w, r, 7), .by_ja = rows_kept(w, r, 8),
        .by_en = rows_kept(w, r, 9), .here = rows_int(r, 10), .until = rows_int(r, 11), .at = rows_int(r, 12)};
}

enum err extensions_seen(struct work *w, int64_t round, struct extension_row **out, size_t *n)
{
    return GATHER(w, EXTENSIONS_SEEN, ARGS(INT(round)), take_extension, out, n);
}
