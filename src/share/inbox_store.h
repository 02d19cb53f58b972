#ifndef MEGURI_SHARE_INBOX_STORE_H
#define MEGURI_SHARE_INBOX_STORE_H

#include "share/told.h"

extern const struct sql_set inbox_sql_set;

/* A notice as it lies with its addressee. */
struct lying {
    int64_t notice, own, confirmed, sent, due, n; /* n: how many wait below */
    str code, title, urgency, state, successor;   /* successor: the notice that replaced it */
    bool drill;
    enum ack ack;
    struct marking marking;
    str from_code, from_ja, from_en;              /* who sent it to the party: its issuer, or who passed it on */
    int64_t ended;                                /* when it was recalled or replaced */
    str reason;
};
/* To be confirmed: overdue first, then by urgency, then by what is due first. */
enum err inbox_open(struct work *, int64_t party, int64_t most, struct lying **out, size_t *n) MUST_USE;
/* To be passed on: somebody waits below. Drafts, recalled and replaced ones do not wait. */
enum err inbox_to_pass(struct work *, int64_t party, int64_t most, struct lying **out, size_t *n) MUST_USE;
/* Recalled or replaced since. */
enum err inbox_ended(struct work *, int64_t party, int64_t since, int64_t most, struct lying **out, size_t *n) MUST_USE;
/* Confirmed, the newest first; after (confirmed, own id), 0 0: from the head. */
enum err inbox_confirmed(struct work *, int64_t party, int64_t after, int64_t after_own, int64_t most,
                         struct lying **out, size_t *n) MUST_USE;

#endif
