#ifndef MEGURI_SHARE_DELIVERY_STORE_H
#define MEGURI_SHARE_DELIVERY_STORE_H

#include "share/notice.h"

extern const struct sql_set delivery_sql_set;

/* ---- rows ---- */
/* NOTFOUND without a fault */
enum err delivery_find(struct work *, int64_t notice, int64_t org, struct delivery *out) MUST_USE;
/* A row to be made. parent_org: the organisation that passes it on, whose row was made before; 0: the issuer. */
struct delivery_row {
    int64_t org, parent_org;
    enum tier tier;
    enum ack ack;
    int64_t sent, due; /* 0: not yet */
    struct marking marking;
};
enum err delivery_rows_add(struct work *, int64_t notice, const struct delivery_row *, size_t n) MUST_USE;
enum err delivery_state_put(struct work *, const struct delivery *) MUST_USE; /* what stands in ack … note, by its id */
enum err delivery_passed_put(struct work *, const struct delivery *) MUST_USE;
/* Of those that wait below a passer: the ids given are withheld; all others are sent. */
enum err waiting_withhold(struct work *, const struct delivery *passer, const int64_t *id, size_t n, str reason,
                          str by_whom) MUST_USE;
enum err waiting_send(struct work *, const struct delivery *passer, struct marking, int64_t due,
                      int64_t *n_sent) MUST_USE;

/* For a drill: whose first contact was not confirmed since `before`, or who has none. */
enum err stale_contacts_keep(struct work *, int64_t notice, int64_t before) MUST_USE;

/* ---- share_count ---- */
enum err count_move(struct work *, const struct delivery *was, const struct delivery *is) MUST_USE;
enum err count_more(struct work *, const struct delivery *) MUST_USE;
enum err counts_afresh(struct work *, int64_t notice) MUST_USE;                       /* of one notice */
enum err counts_below_afresh(struct work *, int64_t notice, int64_t parent) MUST_USE; /* of one parent in it */
enum err counts_all_afresh(struct work *) MUST_USE;
enum err counts_read(struct work *, int64_t notice, int64_t parent, struct reach out[TIERS]) MUST_USE;

#endif
