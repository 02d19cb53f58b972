/* A published text as items of a plan and rows of a progress report. */
#ifndef MEGURI_PLAN_PUBLISHED_ITEMS_H
#define MEGURI_PLAN_PUBLISHED_ITEMS_H

#include "plan/plan_store.h"
#include "plan/published.h"

/* Meetings cited are compared with the register of councils: where it knows the meeting, its word takes the place of
 * what the text says against itself. Flags come in the order of rows. */
enum err published_register(struct work *w, struct published *) MUST_USE;

struct published_plan {
    struct plan_item
        *item;     /* keys of what is no measure, and levels of what is no heading, are given by items_complete */
    int64_t *line; /* of each, in the text */
    size_t n;
};
/* Owners by the names printed, also earlier ones; the first organisation named leads. INVALID with a fault for each
 * name that nobody has. */
enum err published_items(struct work *w, const struct owners *, str file, const struct published *,
                         struct published_plan *out) MUST_USE;

/* What a plan that has items says otherwise than the text. */
enum published_differs { DIFFERS_CODE, DIFFERS_TITLE, DIFFERS_OWNERS, DIFFERS_MISSING, DIFFERS };
struct published_difference {
    str key;
    enum published_differs what;
    str plan, text; /* DIFFERS_MISSING: a measure of the plan that the text does not tell, plan is its title */
};
/* INVALID with faults where the text has a measure that the plan has not. */
enum err published_compare(struct work *w, str file, const struct published_plan *, const struct plan_item *items,
                           size_t n, const struct published_difference **out, size_t *n_out) MUST_USE;

str published_flag_text(struct arena *, enum lang, const struct published_flag *);

#endif
