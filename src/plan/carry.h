/* What a next plan may take over from what is unfinished, and why a measure exists: walking back and forth along references. */
#ifndef MEGURI_PLAN_CARRY_H
#define MEGURI_PLAN_CARRY_H

#include "plan/plan_store.h"


enum { PLAN_CARRIED_MAX = 500 }; /* candidates of one act */

/* Something unfinished, with the measure it would become. */
enum candidate_from { CANDIDATE_CASE, CANDIDATE_MEASURE, CANDIDATE_DIRECTION };
struct candidate {
    enum candidate_from from;
    str ref;                   /* "case:recommendation-2026-1", "measure:sj2007/65" */
    str number, plan, key;     /* of a case; of an item of the earlier plan */
    str kind_ja, kind_en, state_ja, state_en; /* of a case */
    int64_t due, status;       /* of a case, when has_due; of a measure in the last report, 0: it is not in it */
    bool has_due;
    size_t taken_before;       /* of a case: how often it was taken over, into what was struck out again */
    struct plan_item becomes;  /* without key and level */
};
/* Of what is within sight, for a plan that begins after `earlier` ended (NULL: none is known): recommendations to
 * organisations of the plan, measures that the last report did not call done, directions for the next year; without those
 * that an item of `into` comes from already. */
enum err carry_candidates(struct work *w, const struct plan *into, const struct plan *earlier, struct candidate **out,
                       size_t *n) MUST_USE;
/* The plan of the same organisation and kind that ended last before this one begins; id 0: there is none in sight. */
enum err plan_before(struct work *w, const struct plan *, struct plan *out) MUST_USE;

/* On the page of a measure: what it comes from, step by step, and what came of it. */
enum err plan_why_block(struct work *w, const struct plan *, const struct plan_item *, struct doc *out) MUST_USE;

entry_fn plan_view_candidates, plan_view_why, plan_act_carry;

#endif
