#ifndef MEGURI_SHARE_REACH_STORE_H
#define MEGURI_SHARE_REACH_STORE_H

#include "share/told.h"

extern const struct sql_set reach_sql_set;

/* Notices that the party issued, or passes on: those it may watch. */
struct watched {
    int64_t notice, own; /* own: the party's delivery; 0: its own notice */
    str code, title, urgency, state;
    bool drill, by_phone;
    int64_t sent;
    struct marking marking; /* as it came to the party */
    bool seen;              /* its title is shown: watched_seen */
};
enum watched_kind { WATCHED_REAL, WATCHED_DRILLS, WATCHED_ALL };
struct watched_range {
    enum watched_kind kind;
    int64_t since, until; /* sent in [since, until) */
    int64_t most;
};
/* Newest first. */
enum err watched_find(struct work *, int64_t party, const struct watched_range *, struct watched **out,
                      size_t *n) MUST_USE;

/* How many took so many minutes from when it was sent to them; parent -1: of the whole notice. */
struct took {
    enum tier tier;
    int64_t minutes, n;
};
enum err took_read(struct work *, int64_t notice, int64_t parent, struct took **out, size_t *n) MUST_USE;
/* Of those not confirmed, or late: by cause. */
struct why {
    enum tier tier;
    enum cause cause;
    int64_t n;
};
enum err why_read(struct work *, int64_t notice, int64_t parent, struct why **out, size_t *n) MUST_USE;

#endif
