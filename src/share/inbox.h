#ifndef MEGURI_SHARE_INBOX_H
#define MEGURI_SHARE_INBOX_H

#include "share/inbox_store.h"

enum { INBOX_MAX = 500, INBOX_PAGE = 50, ENDED_DAYS = 14 };
entry_fn share_view_inbox, share_view_awaiting;
extern const struct param share_inbox_params[];

#endif
