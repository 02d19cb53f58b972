/* How often one may try. Counted by account and address together, and by address alone; never by account alone, so that
 * nobody elsewhere can lock its owner out. Pure. */
#ifndef MEGURI_ACCOUNT_TRIES_H
#define MEGURI_ACCOUNT_TRIES_H

#include "account/account_store.h"

enum {
    PAIR_FREE = 5,     /* failures of one account from one address before waiting begins: then 1, 2, 4 … seconds */
    NET_FREE = 50,     /* of one address, whatever the account: an office may come from one address */
    WAIT_PAIR = 900,   /* the longest wait of each */
    WAIT_NET = 60,
    WAIT_KNOWN = 30,   /* where the account came in before; leaves a guesser of codes one in a hundred days */
    TRIES_FORGOTTEN = 3600,
    KNOWN_SECONDS = 90 * 86400,
};

/* Whole addresses of IPv4, the first 64 bits of IPv6 (one household or office has as many as it likes below). */
str net_of(struct arena *, str peer);
str pair_key(struct arena *, str user, str peer);
str net_key(struct arena *, str peer);
str known_key(struct arena *, str user, str peer);

/* Seconds still to wait; 0: may try. */
int64_t wait_left(struct tries, int64_t free, int64_t most, int64_t now);
struct tries tried_again(struct tries, int64_t now);

#endif
