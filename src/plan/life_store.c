#include "plan/life_store.h"

enum { EDITIONS, STEPS, STEP_ADD, ASKED, ASK, OPINIONS, OPINION, OPINION_NEXT, OPINION_ADD, ANSWER, UNANSWERED, AWAITED, STATEMENTS };

#define SEEN_PLAN "of a plan that whoever asks has found to be within the actor's sight"

/* As in plan_store.c: what is within reach, of the organisations above no drafts, what is public. */
#define SEES                                                                                                           \
    "((o.lo >= $1 AND o.lo < $2) OR (o.lo <= $1 AND o.hi >= $2 AND e.state <> 'draft') OR e.public = 1)"
/* $3 whole */
#define OPINION_COLUMNS                                                                                                \
    "SELECT r.id, r.no, coalesce(r.org, 0), r.day, r.revision, r.answered, r.late, r.source, r.label, r.grp, r.key, r.text,"  \
    " r.answer, r.change, coalesce(o.code, ''), coalesce(o.name_ja, ''), coalesce(o.name_en, '')"                      \
    " FROM plan_opinion r LEFT JOIN org o ON o.id = r.org"                                                             \
    " WHERE ((o.lo >= $1 AND o.lo < $2) OR CAST($3 AS BIGINT) = 1) AND r.edition = $4"

static const struct sql life_sql[STATEMENTS] = {
    [EDITIONS] = SCOPED(
        ("SELECT e.no, e.decided, e.state, e.reason, e.meeting, e.public FROM plan_edition e JOIN plan p ON p.id = e.plan"
         " JOIN org o ON o.id = p.org WHERE " SEES " AND e.plan = $3 ORDER BY e.no")),
    [STEPS] = SCOPED(
        ("SELECT s.id, s.edition, e.no, s.day, s.until, s.step, s.meeting, s.text FROM plan_step s"
         " JOIN plan_edition e ON e.id = s.edition JOIN plan p ON p.id = s.plan JOIN org o ON o.id = p.org"
         " WHERE " SEES " AND s.plan = $3 ORDER BY s.id")),
    [STEP_ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_step (plan, edition, step, day, until, meeting, text, at, by_whom)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
    [ASKED] = OPEN(SEEN_PLAN,
        "SELECT o.id, o.lo, o.hi, o.code, o.name_ja, o.name_en FROM plan_asked a JOIN org o ON o.id = a.org"
        " WHERE a.edition = $1 ORDER BY o.lo"),
    [ASK] = OPEN(SEEN_PLAN, "INSERT INTO plan_asked (edition, org) VALUES ($1, $2) ON CONFLICT (edition, org) DO NOTHING"),
    [OPINIONS] = SCOPED(
        (OPINION_COLUMNS " AND ($5 = '' OR r.source = $5) ORDER BY r.source, coalesce(o.lo, 0), r.grp, r.no")),
    [OPINION] = SCOPED((OPINION_COLUMNS " AND r.source = $5 AND r.no = $6")),
    [OPINION_NEXT] = OPEN(SEEN_PLAN,
        "SELECT coalesce(max(no), 0) + 1 FROM plan_opinion WHERE edition = $1 AND source = $2"),
    [OPINION_ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_opinion (edition, source, no, org, label, grp, key, text, day, late, at, by_whom, revision, answer,"
        " change, answered, answered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, '', '', NULL, '')"),
    [ANSWER] = OPEN(SEEN_PLAN,
        "UPDATE plan_opinion SET revision = $2, answer = $3, change = $4, answered = $5, answered_by = $6 WHERE id = $1"),
    [AWAITED] = SCOPED(
        ("SELECT p.code, p.title_ja, p.title_en, max(s.until) FROM plan_asked a JOIN plan_edition e ON e.id = a.edition"
         " JOIN plan p ON p.id = e.plan JOIN org o ON o.id = p.org JOIN plan_step s ON s.edition = e.id AND s.step = 'circulate'"
         " WHERE " SEES " AND a.org = $3 AND e.state = 'consultation'"
         " AND NOT EXISTS (SELECT 1 FROM plan_opinion r WHERE r.edition = e.id AND r.org = $3)"
         " GROUP BY p.code, p.title_ja, p.title_en HAVING max(s.until) >= $4 ORDER BY p.code")),
    [UNANSWERED] = OPEN(SEEN_PLAN, "SELECT count(*) FROM plan_opinion WHERE edition = $1 AND revision = 0"),
};

const struct sql_set plan_life_sql_set = {"plan-life", life_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &life_sql[statement], args, take, out, n)

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &life_sql[statement], v); }

/* ---- editions and steps ---- */

static void take_edition(struct work *w, struct rows *r, void *to)
{
    *(struct plan_edition_line *)to = (struct plan_edition_line){
        .no = rows_int(r, 0), .decided = rows_int(r, 1), .has_decided = !rows_null(r, 1), .state = rows_kept(w, r, 2),
        .reason = rows_kept(w, r, 3), .meeting = rows_kept(w, r, 4), .is_public = rows_int(r, 5) != 0};
}

enum err plan_edition_lines(struct work *w, const struct plan *p, struct plan_edition_line **out, size_t *n)
{
    return GATHER(w, EDITIONS, ARGS(INT(p->id)), take_edition, out, n);
}

static void take_step(struct work *w, struct rows *r, void *to)
{
    *(struct plan_life_step *)to = (struct plan_life_step){
        .id = rows_int(r, 0), .edition = rows_int(r, 1), .no = rows_int(r, 2), .day = rows_int(r, 3),
        .until = rows_int(r, 4), .has_until = !rows_null(r, 4), .step = rows_kept(w, r, 5), .meeting = rows_kept(w, r, 6),
        .text = rows_kept(w, r, 7)};
}

enum err plan_life_steps(struct work *w, const struct plan *p, struct plan_life_step **out, size_t *n)
{
    return GATHER(w, STEPS, ARGS(INT(p->id)), take_step, out, n);
}

enum err plan_life_step_add(struct work *w, const struct plan *p, const struct plan_life_step *s)
{
    return run(w, STEP_ADD, ARGS(INT(p->id), INT(p->edition), TEXT(s->step), INT(s->day), int_or_nil(s->until, s->has_until),
                                 TEXT(s->meeting), TEXT(s->text), INT(w->now), TEXT(acting_person(w))));
}

static void take_asked(struct work *w, struct rows *r, void *to)
{
    *(struct plan_life_asked *)to = (struct plan_life_asked){rows_int(r, 0),     rows_int(r, 1),     rows_int(r, 2),
                                                   rows_kept(w, r, 3), rows_kept(w, r, 4), rows_kept(w, r, 5)};
}

static void take_awaited(struct work *w, struct rows *r, void *to)
{
    *(struct plan_draft_waiting *)to = (struct plan_draft_waiting){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_int(r, 3)};
}

enum err life_awaited(struct work *w, int64_t org, int64_t day, struct plan_draft_waiting **out, size_t *n)
{
    return GATHER(w, AWAITED, ARGS(INT(org), INT(day)), take_awaited, out, n);
}

enum err plan_life_asked(struct work *w, int64_t edition, struct plan_life_asked **out, size_t *n)
{
    return GATHER(w, ASKED, ARGS(INT(edition)), take_asked, out, n);
}

enum err plan_life_ask(struct work *w, int64_t edition, int64_t org) { return run(w, ASK, ARGS(INT(edition), INT(org))); }

/* ---- opinions ---- */

static void take_opinion(struct work *w, struct rows *r, void *to)
{
    *(struct opinion *)to = (struct opinion){
        .id = rows_int(r, 0), .no = rows_int(r, 1), .org = rows_int(r, 2), .day = rows_int(r, 3), .revision = rows_int(r, 4),
        .answered = rows_int(r, 5), .has_answered = !rows_null(r, 5), .late = rows_int(r, 6) != 0,
        .source = rows_kept(w, r, 7), .label = rows_kept(w, r, 8), .group = rows_kept(w, r, 9), .key = rows_kept(w, r, 10),
        .text = rows_kept(w, r, 11), .answer = rows_kept(w, r, 12), .change = rows_kept(w, r, 13),
        .org_code = rows_kept(w, r, 14), .org_ja = rows_kept(w, r, 15), .org_en = rows_kept(w, r, 16)};
}

enum err opinions_of(struct work *w, int64_t edition, str source, bool whole, struct opinion **out, size_t *n)
{
    return GATHER(w, OPINIONS, ARGS(INT(whole), INT(edition), TEXT(source)), take_opinion, out, n);
}

enum err opinion_find(struct work *w, int64_t edition, str source, int64_t no, bool whole, struct opinion *out)
{
    struct opinion *all;
    size_t n;
    enum err e = GATHER(w, OPINION, ARGS(INT(whole), INT(edition), TEXT(source), INT(no)), take_opinion, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err opinion_add(struct work *w, int64_t edition, struct opinion *o)
{
    int64_t no;
    enum err e = store_int(w, &life_sql[OPINION_NEXT], ARGS(INT(edition), TEXT(o->source)), &no);
    if (e != OK) return e;
    o->no = no;
    return run(w, OPINION_ADD, ARGS(INT(edition), TEXT(o->source), INT(no), int_or_nil(o->org, o->org != 0), TEXT(o->label),
                                    TEXT(o->group), TEXT(o->key), TEXT(o->text), INT(o->day), INT(o->late), INT(w->now),
                                    TEXT(acting_person(w))));
}

enum err opinion_answer(struct work *w, const struct opinion *o)
{
    return run(w, ANSWER, ARGS(INT(o->id), INT(o->revision), TEXT(o->answer), TEXT(o->change), INT(w->now),
                               TEXT(acting_person(w))));
}

enum err opinions_unanswered(struct work *w, int64_t edition, int64_t *out)
{
    return store_int(w, &life_sql[UNANSWERED], ARGS(INT(edition)), out);
}
