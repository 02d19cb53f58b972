#ifndef MEGURI_SHARE_SOURCES_STORE_H
#define MEGURI_SHARE_SOURCES_STORE_H

#include "share/leave.h"
#include "share/party.h"

extern const struct sql_set sources_sql_set;

struct source {
    int64_t id, org, every, since, pages, due, tried, fine, fails, taken; /* times 0: not yet */
    str code, org_code, url, after, page, last, trouble;
    bool push, active;
};
enum { SOURCES_MAX = 500 };
enum err sources_of(struct work *, int64_t org, struct source **out, size_t *n) MUST_USE;
enum err source_find(struct work *, int64_t org, str code, struct source *out) MUST_USE; /* NOTFOUND without a fault */
/* for what runs by itself; NOTFOUND without a fault */
enum err source_by_id(struct work *, int64_t id, struct source *out) MUST_USE;
/* the one due longest; NOTFOUND without a fault */
enum err source_due(struct work *, struct source *out) MUST_USE;
/* In a transaction. id 0: a new one. */
enum err source_keep(struct work *, const struct source *) MUST_USE;

/* The oldest notice of the source's organisation that was not put there yet, or whose recall was not. NOTFOUND without
 * a fault: none. */
enum err push_next(struct work *, const struct source *, int64_t *notice, bool *recall) MUST_USE;
enum err push_done(struct work *, const struct source *, int64_t notice, bool recall, enum leave_verdict) MUST_USE;

#endif
