#ifndef MEGURI_SHARE_BODIES_STORE_H
#define MEGURI_SHARE_BODIES_STORE_H

#include "share/bodies.h"

extern const struct sql_set bodies_sql_set;

#endif
