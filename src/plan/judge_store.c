#include "plan/judge_store.h"

enum { JUDGED, HISTORY, EVIDENCE, EVIDENCE_PAST, FORGET, ADD, EVIDENCE_ADD, STATEMENTS };

#define SEEN_PLAN "of a plan that whoever asks has found to be within the actor's sight"
#define COLUMNS "SELECT j.id, j.key, j.year, j.revision, j.state, j.text, j.at FROM plan_judgement j"

static const struct sql judge_sql[STATEMENTS] = {
    [JUDGED] = OPEN(SEEN_PLAN, COLUMNS " WHERE j.plan = $1 AND j.last = 1 ORDER BY j.id"),
    [HISTORY] = OPEN(SEEN_PLAN, COLUMNS " WHERE j.plan = $1 AND j.key = $2 AND j.year = $3 ORDER BY j.revision DESC"),
    [EVIDENCE] = OPEN(SEEN_PLAN,
        "SELECT e.judgement, e.target FROM plan_evidence e JOIN plan_judgement j ON j.id = e.judgement"
        " WHERE j.plan = $1 AND j.last = 1 ORDER BY e.judgement, e.ord"),
    [EVIDENCE_PAST] = OPEN(SEEN_PLAN,
        "SELECT e.judgement, e.target FROM plan_evidence e JOIN plan_judgement j ON j.id = e.judgement"
        " WHERE j.plan = $1 AND j.key = $2 AND j.year = $3 ORDER BY e.judgement DESC, e.ord"),
    [FORGET] = OPEN(SEEN_PLAN, "UPDATE plan_judgement SET last = 0 WHERE plan = $1 AND key = $2 AND year = $3 AND last = 1"),
    [ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_judgement (plan, key, year, revision, last, state, text, at, by_whom)"
        " VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8) RETURNING id"),
    [EVIDENCE_ADD] = OPEN(SEEN_PLAN, "INSERT INTO plan_evidence (judgement, ord, target) VALUES ($1, $2, $3)"),
};

const struct sql_set judge_sql_set = {"plan-judge", judge_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &judge_sql[statement], args, take, out, n)

static void take_judgement(struct work *w, struct rows *r, void *to)
{
    *(struct judgement *)to = (struct judgement){
        .id = rows_int(r, 0), .key = rows_kept(w, r, 1), .year = rows_int(r, 2), .revision = rows_int(r, 3),
        .state = rows_kept(w, r, 4), .text = rows_kept(w, r, 5), .at = rows_int(r, 6)};
}

struct evidence_row {
    int64_t judgement;
    str target;
};
static void take_evidence(struct work *w, struct rows *r, void *to)
{
    *(struct evidence_row *)to = (struct evidence_row){rows_int(r, 0), rows_kept(w, r, 1)};
}

/* Both come in the same order of judgements. */
static void evidence_give(struct work *w, struct judgement *j, size_t n, const struct evidence_row *e, size_t n_e)
{
    str *target = arena_array(w->a, n_e + 1, sizeof *target);
    size_t at = 0;
    for (size_t i = 0; i < n_e; i++) target[i] = e[i].target;
    for (size_t i = 0; i < n; i++) {
        j[i].evidence = target + at;
        while (at < n_e && e[at].judgement == j[i].id) at++, j[i].n_evidence++;
    }
}

static enum err with_evidence(struct work *w, int judged, int evidence, struct values v, struct judgement **out, size_t *n)
{
    struct evidence_row *e_rows;
    struct judgement *all;
    size_t n_all, n_rows;
    enum err e = GATHER(w, judged, v, take_judgement, &all, &n_all);
    if (e == OK) e = GATHER(w, evidence, v, take_evidence, &e_rows, &n_rows);
    if (e != OK) return e;
    evidence_give(w, all, n_all, e_rows, n_rows);
    *out = all;
    *n = n_all;
    return OK;
}

enum err judgements_of(struct work *w, const struct plan *p, struct judgement **out, size_t *n)
{
    return with_evidence(w, JUDGED, EVIDENCE, ARGS(INT(p->id)), out, n);
}

enum err judgement_history(struct work *w, const struct plan *p, str key, int64_t year, struct judgement **out, size_t *n)
{
    return with_evidence(w, HISTORY, EVIDENCE_PAST, ARGS(INT(p->id), TEXT(key), INT(year)), out, n);
}

enum err judgement_put(struct work *w, const struct plan *p, const struct judgement *j)
{
    int64_t id = 0;
    enum err e = store_run(w, &judge_sql[FORGET], ARGS(INT(p->id), TEXT(j->key), INT(j->year)));
    if (e == OK)
        e = store_int(w, &judge_sql[ADD],
                      ARGS(INT(p->id), TEXT(j->key), INT(j->year), INT(j->revision), TEXT(j->state), TEXT(j->text), INT(w->now),
                           TEXT(acting_person(w))),
                      &id);
    for (size_t i = 0; e == OK && i < j->n_evidence; i++)
        e = store_run(w, &judge_sql[EVIDENCE_ADD], ARGS(INT(id), INT((int64_t)i + 1), TEXT(j->evidence[i])));
    return e;
}

const struct judgement *judgement_in(const struct judgement *all, size_t n, str key, int64_t year)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].year == year && str_eq(all[i].key, key)) return &all[i];
    return NULL;
}
