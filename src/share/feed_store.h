#ifndef MEGURI_SHARE_FEED_STORE_H
#define MEGURI_SHARE_FEED_STORE_H

#include "share/notice.h"

extern const struct sql_set feed_sql_set;

/* Ids of notices that stand as they were sent (neither superseded nor recalled), are no drill, marked no narrower than
 * that and not embargoed at `now`: the newest first, `most` of them. What may leave is asked of each by the caller. */
enum err feed_notices(struct work *, enum tlp narrowest, int64_t now, int64_t most, int64_t **out, size_t *n) MUST_USE;
/* The one of that uuid or code, where it is one of them; n 0 or 1. */
enum err feed_notice(struct work *, enum tlp narrowest, int64_t now, str uuid_or_code, int64_t **out,
                     size_t *n) MUST_USE;

#endif
