/* Whom does a notice reach, and through whom? Pure: arrays of parties and links in, the plan of deliveries out. */
#ifndef MEGURI_SHARE_ROUTE_H
#define MEGURI_SHARE_ROUTE_H

#include "base/work.h"
#include "share/ack.h"

enum { ROUTE_WORDS_MAX = 2000, ROUTE_DEPTH_MAX = 8 };

/* An organisation as routing sees it: one that shares (party.h), or a sector. `parent` is the index of the nearest of
 * them above in the tree, or -1. In official order (lo). */
struct route_org {
    int64_t id, lo, hi;
    str code, kind;
    int32_t parent;
};
/* From → to: sector → ministry in charge, sector → its CEPTOARs, member → CEPTOAR, sector, ministry or CEPTOAR →
 * centre, CEPTOAR → council, partner in either direction. */
enum link_kind { LINK_MINISTRY, LINK_CEPTOAR, LINK_MEMBER, LINK_CENTRE, LINK_COUNCIL, LINK_PARTNER, LINK_KINDS };
/* "ministry-in-charge" "ceptoar" "member" "centre" "council" "partner": kinds of org_link */
extern const char *const link_words[LINK_KINDS];
struct route_link {
    enum link_kind kind;
    int32_t from, to; /* indices */
};
struct route_group {
    str code;
    int32_t owner;
    bool open; /* its members may write to all of them */
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
    /* By route_index, for many thousands of links; NULL: every question goes through all links. The links of
     * organisation i by their start are links[starts[i]] … links[starts[i + 1] - 1], by their end links[ends[i]] … */
    struct route_links {
        const uint32_t *starts, *from, *ends, *to;
    } * links;
};
/* Kinds of organisations that share for themselves: ministry agency centre ceptoar operator council partner company. */
bool share_kind(str org_kind);
void route_index(struct arena *, struct route_net *); /* after the last change of its links */

/* Who stands above whom, which says who may write to whom and who passes on:
 *   a CEPTOAR above its members; the ministry in charge of a sector above the sector's CEPTOARs, their members, and the
 *   operators of the sector in the tree; a
 *   centre above the sectors, ministries and CEPTOARs that are linked with it and all below these.
 * The sector of an operator is the nearest above it in the tree, or that of its CEPTOAR; of a CEPTOAR what links it, or
 * what stands above it in the tree. Ministries, sectors and CEPTOARs are told apart by their kind: a link of a wrong
 * kind of end means nothing. */

/* One word of an address, and what it yields – of which only those count that the sender may address, never the sender
 * itself:
 *   org:CODE      that organisation
 *   sector:CODE   its ministries in charge, its CEPTOARs, their members, and the operators below it in the tree
 *   ceptoar:CODE  the CEPTOAR and its members
 *   kind:WORD     all of a kind of organisation: ministry (with agencies), ceptoar, operator, council, partner,
 *                 company, centre
 *   group:CODE    the members of a group that the sender owns, or belongs to and that is open; a group without members
 *                 is nobody
 *   members       those of the sender itself: a CEPTOAR's members, a council's CEPTOARs */
struct planned {
    int32_t org;    /* index in the net */
    int32_t parent; /* index in the plan, before this one, of who passes it on; -1: the sender itself */
    enum tier tier;
};
struct plan {
    struct planned *to;
    size_t n;
    size_t tier[TIERS];
};
/* Through the ministry in charge, then the CEPTOAR, then its members; who stands between an addressee and the sender is
 * addressed too. Of several on the way the sender comes first, then one who is addressed, then the first in official
 * order. An operator without a CEPTOAR has it from the ministry in charge; a CEPTOAR without a ministry from the
 * sender, and so does whoever does not stand below the sender (sideways, upward, groups). direct: the addressees get it
 * from the sender at once, and nobody is added: what is for named receivers alone has to pass nobody. Their parents are
 * those above them who are addressed too, and who see who of them confirmed.
 * Each organisation once, in official order but behind its parent. A fault for each word that yields nobody: the same
 * whether there is no such thing, nobody in it, or nobody whom the sender may address. */
enum err route_plan(struct work *, const struct route_net *, int32_t sender, const str *words, size_t n, bool direct,
                    struct plan *out) MUST_USE;
/* May the sender write to that organisation: one below it in the tree; below or above it by the links; a CEPTOAR of the
 * same council, and the council; a partner; the members of a group that it owns, or belongs to and that is open, and
 * the owner of a group it belongs to. Never to itself. */
bool route_may_address(const struct route_net *, int32_t sender, int32_t org);
/* Does one stand above the other, by the links? It is who keeps watch over the other's contacts and confirmations. */
bool route_above(const struct route_net *, int32_t upper, int32_t lower);
/* As above, but the next tier alone, or a centre: who sees its contacts. Above a member: its CEPTOARs; above a CEPTOAR,
 * and above who has none: the ministry in charge. */
bool route_next_above(const struct route_net *, int32_t upper, int32_t lower);
/* Who keeps the facts of a body: whoever stands above it; of a council and of a partner, the centre of its CEPTOARs, or
 * that is its partner. */
bool route_keeps(const struct route_net *, int32_t upper, int32_t lower);
/* The one above on the way up: operator → its CEPTOAR's ministry in charge (or the sector's) → the centre; -1: none. A
 * CEPTOAR's and a ministry's CEPTOAR is none, a ministry's ministry neither; the sector of a sector is itself. */
int32_t route_ministry(const struct route_net *, int32_t org);
int32_t route_ceptoar(const struct route_net *, int32_t org);
int32_t route_sector(const struct route_net *, int32_t org);
int32_t route_centre(const struct route_net *, int32_t org);

/* route_store.c: the tree and links of today, or of a day; groups. Loaded once per work. */
enum err route_load(struct work *, struct route_net *out) MUST_USE;
enum err route_load_of(struct work *, int64_t day, struct route_net *out) MUST_USE;
int32_t route_find(const struct route_net *, int64_t id);      /* -1: not there */
int32_t route_find_code(const struct route_net *, str code);

#endif
