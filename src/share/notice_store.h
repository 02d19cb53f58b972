/* SQL of notices: rows in and out, without deciding anything. Who may see a notice is asked for in the statements, by
 * party. */
#ifndef MEGURI_SHARE_NOTICE_STORE_H
#define MEGURI_SHARE_NOTICE_STORE_H

#include "share/notice.h"
#include "share/route.h"

extern const struct sql_set notice_sql_set;

/* By code, for its issuer or an addressee to whom it was sent; NOTFOUND without a fault. */
enum err notice_row(struct work *, str code, int64_t party, struct notice *out) MUST_USE;
enum err notice_row_by_id(struct work *, int64_t id, struct notice *out) MUST_USE;
/* Is anybody below this delivery? */
enum err notice_passes(struct work *, const struct delivery *own, bool *out) MUST_USE;

/* The next number of a series ("N-2026"), from 1; within the caller's transaction, so none is left out. */
enum err notice_number(struct work *, str series, int64_t *out) MUST_USE;
enum err notice_insert(struct work *, const struct notice *, int64_t *id) MUST_USE;
/* all that a draft may change, state and times */
enum err notice_update(struct work *, const struct notice *) MUST_USE;
/* In place of those that stand. */
enum err notice_put_references(struct work *, int64_t notice, const struct notice_reference *, size_t n) MUST_USE;

enum err attachment_put(struct work *, int64_t notice, const struct attachment *, str bytes) MUST_USE;
/* the bytes too, where nobody else has them */
enum err attachment_take_off(struct work *, int64_t notice, str name) MUST_USE;
enum err attachments_copy(struct work *, int64_t from, int64_t to) MUST_USE;
/* NOTFOUND without a fault. */
enum err attachment_bytes(struct work *, int64_t notice, str name, struct attachment *out, str *bytes) MUST_USE;

/* Names of a net's organisations, in its order. */
struct org_name {
    str ja, en;
};
enum err net_names(struct work *, const struct route_net *, struct org_name **out) MUST_USE;

/* Who has contacts, in ascending order of organisations: when the newest was confirmed (0: never), and whether any is a
 * person by name. */
struct contactable {
    int64_t org, confirmed, named;
};
enum err notice_contacts(struct work *, struct contactable **out, size_t *n) MUST_USE;

/* Organisations that an earlier notice was addressed to, and who passed it on to them (0: its issuer). */
struct addressed {
    int64_t org, parent_org;
    enum tier tier;
};
enum err notice_addressed(struct work *, int64_t notice, struct addressed **out, size_t *n) MUST_USE;

/* Marks those it was sent to: they are written to that it is recalled (letters, by the clock). */
enum err notice_recall_due(struct work *, int64_t notice) MUST_USE;
/* The newest notice that supersedes it and that the party issued or got; empty: none. */
enum err notice_newer(struct work *, int64_t notice, int64_t party, str *code) MUST_USE;
/* Is the acting person among the contacts of the organisation, by name? */
enum err notice_contact_is(struct work *, int64_t org, int64_t person, bool *out) MUST_USE;

/* Those below a passer, in official order. */
struct waits_below {
    int64_t id;
    str code, ja, en, kind;
    enum tier tier;
    enum ack ack;
};
enum err notice_below(struct work *, int64_t notice, int64_t parent, struct waits_below **out, size_t *n) MUST_USE;

/* ---- lists ---- */
struct notice_filter {
    int64_t party, since, until; /* times of sending; 0: any */
    bool received, issued;       /* at least one */
    str kind, urgency, state, words; /* empty: any */
    bool named;                  /* TLP:RED is shown to who asks, so its words are searched */
    int drill;                   /* -1: any */
    int64_t before, before_id;   /* behind this row; 0: from the first */
    int64_t most;
};
struct notice_line {
    struct notice notice; /* without its texts */
    int64_t at;           /* sent, or made */
    bool issued;
    struct delivery own;  /* of one received: ack, due, late, marking */
};
typedef enum err notice_line_fn(void *to, const struct notice_line *);
/* Newest first. What fn is told is borrowed while it runs. */
enum err notices_each(struct work *, const struct notice_filter *, notice_line_fn *, void *to) MUST_USE;
/* the last changed are not told: the newest first */
enum err notice_drafts(struct work *, int64_t party, struct notice **out, size_t *n) MUST_USE;

#endif
