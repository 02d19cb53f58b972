/* Deadlocks: circles of services that need one another and never start again once all of them are down; and what would break each. */
#ifndef MEGURI_DEPEND_STUCK_H
#define MEGURI_DEPEND_STUCK_H

#include "depend/stored.h"

enum {
    STUCK_CIRCLES_MAX = 200,      /* told */
    STUCK_TRIES_MAX = 2000,       /* changes that are tried, one at a time */
    STUCK_WORK_MAX = 20000000,    /* and services times tries: of larger models fewer */
};
struct stuck_circle {
    uint32_t services, sectors;
    bool with_buffers;            /* stuck though all buffers are full */
};
/* One change: a black start of a service, or a buffer on one of its needs. */
struct stuck_try {
    uint32_t circle;              /* 0, 1 … */
    uint32_t service, need;       /* need NET_NONE: black start */
    uint32_t freed;               /* services of the circle that come back, and not only in part */
};
struct stuck {
    uint32_t n, n_with_buffers;   /* circles; those stuck also with full buffers */
    uint32_t not_back;            /* services that stay below what they could, once everything was down with empty buffers */
    uint32_t *of;                 /* [services] the circle it is in, NET_NONE */
    struct stuck_circle *circle;  /* the first STUCK_CIRCLES_MAX */
    struct stuck_try *tried;      /* by circle, those that free most first */
    size_t n_tries;
    bool cut;                     /* there was more to be tried */
};
/* Pure. A black start is tried with empty buffers; a buffer, on a need that has none and is met from within the circle, with all
 * buffers full, in circles that are stuck even then. */
void stuck_circles(struct arena *, const struct net *, struct stuck *out);

extern const struct param depend_stuck_params[];
enum err depend_view_stuck(struct work *w, const struct args *in, struct doc *out);

#endif
