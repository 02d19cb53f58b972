#ifndef MEGURI_SHARE_STATUS_STORE_H
#define MEGURI_SHARE_STATUS_STORE_H

#include "share/objects.h"

extern const struct sql_set status_sql_set;

struct status {
    str uuid;
    int64_t org, requested, total, good, bad; /* requested: microseconds */
    str lists;
};
enum err status_find(struct work *, int64_t org, str uuid, struct status *out) MUST_USE; /* NOTFOUND without a fault */
/* In a transaction; those from before `keep` (microseconds) go. */
enum err status_add(struct work *, const struct status *, int64_t keep) MUST_USE;

#endif
