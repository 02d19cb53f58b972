/* Whom does a notice reach, and through whom? Pure: arrays of parties and links in, the plan of deliveries out. */
#ifndef MEGURI_SHARE_ROUTE_H
#define MEGURI_SHARE_ROUTE_H

#include "base/work.h"
#include "share/ack.h"

enum { ROUTE_WORDS_MAX = 2000, ROUTE_DEPTH_MAX = 8 };

/* An organisation as routing sees it; `parent` is the index of the one above in the tree, or -1. In official order (lo). */
struct route_org {
    int64_t id, lo, hi;
    str code, kind;
    int32_t parent;
};
enum link_kind { LINK_MINISTRY, LINK_CEPTOAR, LINK_MEMBER, LINK_CENTRE, LINK_COUNCIL, LINK_PARTNER, LINK_KINDS };
extern const char *const link_words[LINK_KINDS]; /* "ministry-in-charge" "ceptoar" "member" "centre" "council" "partner": kinds of org_link */
struct route_link {
    enum link_kind kind;
    int32_t from, to; /* indices */
};
struct route_group {
    str code;
    int32_t owner;
    const int32_t *member;
    size_t n;
};
struct route_net {
    struct route_org *org;
    size_t n;
    struct route_link *link;
    size_t n_links;
    struct route_group *group;
    size_t n_groups;
};

/* One word of an address: org:CODE, sector:CODE (its ministry, its CEPTOARs, their members), ceptoar:CODE (with its members), kind:ministry,
 * kind:ceptoar, kind:operator (all that the sender may address), group:CODE, members (those of the sender itself). */
struct planned {
    int32_t org;    /* index in the net */
    int32_t parent; /* index in the plan of who passes it on; -1: the sender itself */
    enum tier tier;
};
struct plan {
    struct planned *to;
    size_t n;
    size_t tier[TIERS];
};
/* direct: all get it from the sender at once. Else through the ministry in charge, then the CEPTOAR, then its members, as far as they are
 * among those addressed or stand between: who stands between is addressed too. Each organisation once, by the first way found in official
 * order; the sender never. A fault for each word that means nothing, or that the sender may not address: the same for both. */
enum err route_plan(struct work *, const struct route_net *, int32_t sender, const str *words, size_t n, bool direct, struct plan *out) MUST_USE;
/* May the sender write to that organisation: below it in the tree; of a sector, CEPTOAR or ministry it is linked with; its centre; a group
 * it owns or belongs to; the council. */
bool route_may_address(const struct route_net *, int32_t sender, int32_t org);
/* The one above on the way up: operator → its CEPTOAR's ministry in charge (or the sector's) → the centre; -1: none. */
int32_t route_ministry(const struct route_net *, int32_t org);
int32_t route_ceptoar(const struct route_net *, int32_t org);
int32_t route_sector(const struct route_net *, int32_t org);
int32_t route_centre(const struct route_net *, int32_t org);

/* route_store.c: the tree and links of today, groups. Loaded once per work. */
enum err route_load(struct work *, struct route_net *out) MUST_USE;
int32_t route_find(const struct route_net *, int64_t id); /* -1: not there */

#endif
