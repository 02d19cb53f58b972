/* Inside of reach: graphs as lists, groups of them, and what losses are reckoned on. For reach*.c alone. */
#ifndef MEGURI_CASCADE_REACH_GRAPH_H
#define MEGURI_CASCADE_REACH_GRAPH_H

#include "cascade/reach.h"

/* Edges of node i lead to to[at[i]] … to[at[i + 1] - 1]. */
struct graph {
    uint32_t n;
    const uint32_t *at, *to;
};
/* Whom each service needs: all its suppliers, in the order of rows. */
struct graph graph_of_net(struct arena *, const struct net *);
/* The same edges the other way round. */
struct graph graph_turned(struct arena *, struct graph);
/* Strongly connected groups; edges lead to groups of the same or a smaller number. Answers how many. */
uint32_t graph_groups(struct arena *, struct graph, uint32_t *group);
/* The members of each of the groups, together, in order. */
struct graph graph_members(struct arena *, const uint32_t *group, uint32_t n, uint32_t groups);

/* What a supplier that is not lost adds to its need, and how much of it a need can spare: it is lost when more is lost than that.
 * Negative: it is not met though nothing was lost. The definition of both forms of reach_losses. */
uint64_t reach_gives(const struct net *, const struct net_need *, const struct net_supplier *);
int64_t reach_spare(const struct net *, uint32_t need);
/* A need of less than full strength takes nobody down. */
bool reach_decides(const struct net_need *);

#endif
