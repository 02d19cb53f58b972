#ifndef MEGURI_SHARE_GROUPS_STORE_H
#define MEGURI_SHARE_GROUPS_STORE_H

#include "share/groups.h"

extern const struct sql_set groups_sql_set;

#endif
