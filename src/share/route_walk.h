/* Steps of routing that the plan takes too (route.c). */
#ifndef MEGURI_SHARE_ROUTE_WALK_H
#define MEGURI_SHARE_ROUTE_WALK_H

#include "share/route.h"

/* True ends the walk, and it answers true. */
typedef bool visit_fn(void *to, int32_t org);
bool route_visit_ceptoars(const struct route_net *, int32_t org, visit_fn *, void *to);
/* By its own sector alone; those of its CEPTOARs stand above these. */
bool route_visit_ministries(const struct route_net *, int32_t org, visit_fn *, void *to);
bool route_in_sector(const struct route_net *, int32_t ceptoar, int32_t sector);
bool route_shares(const struct route_net *, int32_t org); /* a kind that shares for itself (party.c) */
bool route_may_by_place(const struct route_net *, int32_t sender, int32_t org); /* route_may_address but for groups */
bool route_group_open_to(const struct route_group *, int32_t sender); /* may it write to all members? */

#endif
