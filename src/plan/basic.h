/* Basic plans: pictures of the last year and areas, judged with evidence. */
#ifndef MEGURI_PLAN_BASIC_H
#define MEGURI_PLAN_BASIC_H

#include "plan/judge_store.h"

/* --plan, else the newest basic plan in sight. NOTFOUND with a fault. */
enum err basic_wanted(struct work *w, const struct args *in, struct plan *out) MUST_USE;
/* What was judged is told to the plan's own people and to who reads figures of its organisation; to all others the
 * published evaluation tells it. */
bool judged_seen(const struct work *w, const struct plan *);

extern const char *const judged_states[]; /* "attained" "partly" "not" "unknown"; ends with NULL */
enum { JUDGED_STATES = 4 };
str judged_label(size_t state);   /* message id */
struct cell judged_cell(str state); /* a code of them; empty: nothing */

/* The area of an item: its own key where it is one. */
str area_of(const struct plan_item *);

/* Measures of the annual plans that carry the basic plan out and are in sight, each in its first place, by area. */
struct area_measure {
    str plan, key, title_ja, title_en, area;
    int64_t year, status; /* fiscal; 1 … 4, 0: nobody has said */
};
/* year 0: of all years. In order of plans, newest first, then as printed. */
enum err area_measures(struct work *w, const struct plan *basic, int64_t year, struct area_measure **out, size_t *n) MUST_USE;
enum { MEASURE_STATUSES = 5 };
void area_counts(const struct area_measure *, size_t n, str area, int64_t count[MEASURE_STATUSES]); /* by status */

/* ---- entries ---- */
entry_fn act_plan_judge, act_plan_evaluate, view_plan_pictures, view_plan_picture, view_plan_areas;
extern const struct param judge_params[], evaluate_params[], pictures_params[], picture_params[], areas_params[];

#endif
