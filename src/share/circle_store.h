#ifndef MEGURI_SHARE_CIRCLE_STORE_H
#define MEGURI_SHARE_CIRCLE_STORE_H

#include "share/circle.h"

extern const struct sql_set circle_sql_set;

#endif
