#ifndef MEGURI_SHARE_DRILL_H
#define MEGURI_SHARE_DRILL_H

#include "share/drill_store.h"
#include "share/reach.h"

entry_fn share_act_drill, share_view_drills, share_view_drill_result, share_view_calls;
extern const struct param share_drill_params[], share_drill_result_params[], share_calls_params[];
enum { CALLS_SHOWN = 500, MENDS_SHOWN = 5000 };

#endif
