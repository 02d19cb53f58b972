/* The entries of the room, by file: list.c, show.c, measure.c, write.c, import.c, groups.c. */
#ifndef MEGURI_PLAN_ACTS_H
#define MEGURI_PLAN_ACTS_H

#include "plan/plan.h"

entry_fn plan_view_list, plan_view_show;

#endif
