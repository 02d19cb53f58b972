#ifndef MEGURI_SHARE_PARTY_STORE_H
#define MEGURI_SHARE_PARTY_STORE_H

#include "share/party.h"

extern const struct sql_set party_sql_set;

/* The organisation (by its id, or where that is 0 by its code) and those above it, the nearest first; none: n 0. */
enum err party_line(struct work *, int64_t org, str code, struct party **out, size_t *n) MUST_USE;

#endif
