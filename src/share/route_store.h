#ifndef MEGURI_SHARE_ROUTE_STORE_H
#define MEGURI_SHARE_ROUTE_STORE_H

#include "store/store.h"

extern const struct sql_set route_sql_set; /* of route_load (route.h) */

#endif
