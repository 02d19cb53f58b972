/* Who enters a state for whom: what stands behind every way of entering one by hand. entering.c, entering_store.c. */
#ifndef MEGURI_SHARE_ENTERING_H
#define MEGURI_SHARE_ENTERING_H

#include "share/delivery.h"

/* A notice as the party stands to it. */
struct held {
    struct party party;
    struct notice notice;
    struct delivery own; /* id 0: of the issuer */
    enum standing standing;
    bool seen; /* its words are shown to the acting person: TLP:RED is for contacts by name */
};
enum err held_find(struct work *, const struct args *, str code, struct held *out) MUST_USE;

/* Somebody the party may enter for, and as what. */
struct callee {
    struct delivery d;
    enum entering who;
    bool signs_in;
};
/* By the code of the organisation. NOTFOUND with the same fault whether there is none, it is no addressee, or not
 * theirs to enter. */
enum err callee_find(struct work *, const struct held *, str org, struct where, struct callee *out) MUST_USE;

/* What was told by telephone and so on: refused in words where ack_may_enter says no, where a name is missing, and
 * where a time has not come. */
struct told_by {
    bool has_channel; /* else the office where the addressee does not sign in */
    enum channel channel;
    enum ack ack;
    int64_t at;
    str spoke_to, note;
    bool changes; /* filled: false where the addressee stands there already */
};
enum err told_by_check(struct work *, const struct callee *, struct told_by *, struct where) MUST_USE;
enum err told_by_enter(struct work *, const struct callee *, const struct told_by *) MUST_USE;
bool stands_already(const struct delivery *, enum ack wanted);

/* The title as pages of the notice bear it; of what is not shown, that it is for named persons. */
str held_title(struct work *, const struct held *, enum lang);

/* Where a person goes on after an act about a notice; notice empty: to a page that needs none. */
void share_next(struct work *, const struct args *, const char *to, str notice, str said);

/* ---- entering_store.c ---- */
extern const struct sql_set entering_sql_set;
enum err org_that_shares(struct work *, str code, int64_t *org, bool *signs_in) MUST_USE; /* NOTFOUND without a fault */
enum err cause_put(struct work *, int64_t delivery, enum cause) MUST_USE;

#endif
