/* Basic plans: pictures of the last year and areas, judged with evidence. */
#ifndef MEGURI_PLAN_BASIC_H
#define MEGURI_PLAN_BASIC_H

#include "plan/judge_store.h"

/* --plan, or the basic plan that this annual plan carries out; else the newest in sight. NOTFOUND with a fault. */
enum err plan_basic_wanted(struct work *w, const struct args *in, struct plan *out) MUST_USE;
/* What was judged is told to the plan's own people and to who reads figures of its organisation; to all others the
 * published evaluation tells it. */
bool judged_seen(const struct work *w, const struct plan *);

extern const char *const judged_codes[]; /* "attained" "partly" "not" "unknown"; ends with NULL */
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
entry_fn plan_act_judge, plan_act_evaluate, plan_view_pictures, plan_view_picture, plan_view_areas;
extern const struct param plan_judge_params[], plan_evaluate_params[], plan_pictures_params[], plan_picture_params[], plan_areas_params[];

#endif
