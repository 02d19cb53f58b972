/* What was judged of pictures and areas, with its evidence; nothing is overwritten. */
#ifndef MEGURI_PLAN_JUDGE_STORE_H
#define MEGURI_PLAN_JUDGE_STORE_H

#include "plan/plan_store.h"

extern const struct sql_set judge_sql_set;

enum { EVIDENCE_MAX = 30 }; /* of one judgement */
struct judgement {
    int64_t id, year, revision, at; /* year: fiscal, of an area; 0: of a picture. at: seconds */
    str key, state, text;           /* state: attained partly not unknown, or empty, of an area */
    const str *evidence;            /* "series:…" */
    size_t n_evidence;
};
/* Those that stand, by key and year, each with its evidence. */
enum err judgements_of(struct work *w, const struct plan *, struct judgement **out, size_t *n) MUST_USE;
/* All that was judged of one, the last first. */
enum err judgement_history(struct work *w, const struct plan *, str key, int64_t year, struct judgement **out, size_t *n) MUST_USE;
/* In place of revision - 1, which becomes history. */
enum err judgement_put(struct work *w, const struct plan *, const struct judgement *) MUST_USE;
const struct judgement *judgement_in(const struct judgement *, size_t n, str key, int64_t year); /* NULL: none yet */

#endif
