/* Statements of the way upward: steps and stages, sheets given back, later due days. Rows come as the structs below;
 * nothing here decides. */
#ifndef MEGURI_INSPECT_WAY_STORE_H
#define MEGURI_INSPECT_WAY_STORE_H

#include "inspect/answer_store.h"

extern const struct sql_set way_sql_set;

/* ---- steps ---- */
struct step_row {
    int64_t org, at, person; /* person 0: the owner of the database */
    enum stage was, became;
    str step, why, post;     /* post: code of the acting post */
    str name_ja, name_en, duty, duty_ja, duty_en;
    int64_t post_lo;         /* where that post stands, 0 unknown: who may see names there may see this one */
};
/* Sets the stage and records the step: by the actor, now. */
enum err step_take(struct work *w, int64_t round, int64_t org, str step, enum stage was, enum stage became, str why) MUST_USE;
/* The last one of an organisation; NOTFOUND without a fault. Not scoped: who is refused learns by whom. */
enum err step_last(struct work *w, int64_t round, int64_t org, struct step_row *out) MUST_USE;
/* Scoped; oldest first, and the last one of each organisation in the order of the frame. */
enum err steps_of(struct work *w, int64_t round, int64_t org, struct step_row **out, size_t *n) MUST_USE;
enum err steps_latest(struct work *w, int64_t round, struct step_row **out, size_t *n) MUST_USE;
/* All stages become published; a step is recorded for the ministries that were still on their way. */
enum err stages_publish(struct work *w, int64_t round) MUST_USE;
/* Every node that is seen, in order of lo; scoped. */
struct stage_row {
    int64_t org, lo, hi, depth;
    enum stage stage;
};
enum err stages_seen(struct work *w, int64_t round, struct stage_row **out, size_t *n) MUST_USE;

/* ---- sheets given back ---- */
struct return_row {
    str reason, by_whom, by_ja, by_en;
    int64_t at, answered; /* answered 0: it waits */
};
enum err sheet_to_draft(struct work *w, int64_t respondent) MUST_USE;
enum err return_add(struct work *w, int64_t round, int64_t respondent, str reason) MUST_USE;
enum err returns_answered(struct work *w, int64_t respondent) MUST_USE; /* those that wait */
enum err returns_any(struct work *w, int64_t round, bool *out) MUST_USE; /* does one wait in the round? */
enum err returns_of(struct work *w, int64_t respondent, struct return_row **out, size_t *n) MUST_USE; /* oldest first */

/* ---- later due days ---- */
enum err extension_add(struct work *w, int64_t round, int64_t org, int64_t respondent, int64_t until, str why) MUST_USE;
enum err respondent_set_due(struct work *w, int64_t respondent, int64_t until) MUST_USE;
/* Respondents in [lo, hi) whose due day is earlier, but for the actor's own; how many. */
enum err respondents_extend(struct work *w, const struct round *, int64_t lo, int64_t hi, int64_t until, int64_t *n) MUST_USE;
struct extension_row {
    str org_code, org_ja, org_en, respondent, person_ja, person_en, why, by_whom, by_ja, by_en;
    int64_t here, until, at;
};
enum err extensions_seen(struct work *w, int64_t round, struct extension_row **out, size_t *n) MUST_USE; /* scoped */

#endif
