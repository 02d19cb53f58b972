#ifndef MEGURI_SHARE_CONFIRM_H
#define MEGURI_SHARE_CONFIRM_H

#include "share/entering.h"
#include "surface/door.h"

enum { CONFIRMED_AT_ONCE_MAX = 500, CALLS_FILE_MAX = 50000, NOTE_MAX = 2000, SPOKE_TO_MAX = 200 };

entry_fn share_act_confirm, share_act_cause, share_act_confirm_import;
extern const struct param share_confirm_params[], share_cause_params[], share_confirm_import_params[];

#endif
