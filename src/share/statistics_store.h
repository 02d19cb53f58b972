#ifndef MEGURI_SHARE_STATISTICS_STORE_H
#define MEGURI_SHARE_STATISTICS_STORE_H

#include "share/party.h"
#include "share/statistics.h"

extern const struct sql_set statistics_sql_set;

/* What the party holds and the centre had in that time, of operators and of government, by id; drills, drafts and what
 * is not yet with the centre are not among them. Of a report with follow-ups, what the newest says. */
enum err reports_tallied(struct work *, const struct party *, const struct periods *, struct tallied **out,
                         size_t *n) MUST_USE;
/* Notices that the party sent in that time, drills not. */
enum err notices_told(struct work *, const struct party *, const struct periods *, struct told_notice **out,
                      size_t *n) MUST_USE;
/* How many it holds that were sent and that the centre does not have yet. */
enum err reports_under_way(struct work *, const struct party *, int64_t *out) MUST_USE;

#endif
