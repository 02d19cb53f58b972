/* What waits for confirmation: one row of it, counted from the planes that are stored. */
#ifndef MEGURI_INSPECT_QUEUE_H
#define MEGURI_INSPECT_QUEUE_H

#include "inspect/answer_store.h"

struct queue {
    struct work *w;
    struct round *r; /* with its edition and bindings */
    struct question *questions;
    size_t n_questions;
    struct sheet_plan *plan; /* by binding, made when needed; n 0 before */
    int64_t *entered;        /* respondents for whom the acting person entered the sheet, in order of id */
    size_t n_entered;
};
enum err queue_begin(struct work *w, struct round *r, struct queue *out) MUST_USE;

enum { POINTS_MAX = 3 };
struct waiting {
    const struct sheet_plan *plan;
    const struct binding *binding;
    struct plan_counts counts;
    size_t points[POINTS_MAX], n_points; /* numbers of the first questions that were not done */
    bool own;                            /* the acting person's */
    bool entered;                        /* the acting person entered it for another */
};
/* False when the row does not fit its round. */
bool queue_read(struct queue *, const struct waiting_row *, struct waiting *out);

#endif
