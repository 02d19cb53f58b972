#ifndef MEGURI_SHARE_BOARD_STORE_H
#define MEGURI_SHARE_BOARD_STORE_H

#include "share/entering.h"

extern const struct sql_set board_sql_set;

/* Counts of one parent and tier, with who of them is overdue. What this costs grows with the number of those who pass
 * on, not with that of the addressees: counts are read, and whether a state's times have passed is asked of the ends of
 * an index. */
struct below {
    int64_t parent; /* a delivery; 0: the issuer */
    enum tier tier;
    struct reach reach;
    int64_t overdue;
};
enum err board_counts(struct work *, int64_t notice, struct below **out, size_t *n) MUST_USE;
/* Those below whom somebody stands, in official order. */
enum err board_passers(struct work *, int64_t notice, struct delivery **out, size_t *n) MUST_USE;

/* Those directly below a parent in one state, in the order of due, then id, after (due, id); undue states (waiting,
 * withheld) by id. before: due earlier than that alone. */
struct names_page {
    int64_t notice, parent;
    enum ack ack;
    int64_t after_due, after_id, before;
    int64_t most;
};
enum err board_names(struct work *, const struct names_page *, struct delivery **out, size_t *n) MUST_USE;

#endif
