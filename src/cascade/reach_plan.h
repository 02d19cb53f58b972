/* What reach_losses reckons on, made once of a network. For reach_plan.c and reach_losses.c alone.
 *
 * Most needs go down with any one of several suppliers (a row that weighs more than the need can spare). Services that take one another
 * down in a circle of such rows are lost together always: they are one node. Nodes are numbered suppliers first, as far as
 * circles of the other needs allow, so that one sweep upward settles nearly all. */
#ifndef MEGURI_CASCADE_REACH_PLAN_H
#define MEGURI_CASCADE_REACH_PLAN_H

#include "cascade/reach_graph.h"

struct plan_need { /* lost when more than `spare` is lost of its rows */
    uint64_t spare, all; /* all: the sum over its rows */
};
struct plan_row {
    uint32_t node;
    uint64_t gives;
};
struct plan_weight {
    uint32_t sector;
    uint64_t weight;
};
struct plan {
    uint32_t n, n_sectors;
    uint32_t *node;          /* [services] */
    struct graph members;    /* services of each node */
    struct graph any;        /* nodes any of which takes the node down */
    struct graph felt;       /* nodes that look at this one, by whichever need */
    uint32_t *need_at, *row_at; /* needs of node i: need_at[i] …; rows of need g: row_at[g] … */
    struct plan_need *need;
    struct plan_row *row;
    uint32_t *weight_at;     /* [nodes + 1] */
    struct plan_weight *weight;
    bool *always;            /* a need of it is not met though nothing is lost */
};
void plan_of(struct arena *, const struct net *, struct plan *);

#endif
