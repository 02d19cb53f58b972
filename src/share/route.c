#include "share/route_walk.h"

const char *const link_words[LINK_KINDS] = {"ministry-in-charge", "ceptoar", "member", "centre", "council", "partner"};

/* ---- links of one organisation ---- */

static uint32_t *counted(struct arena *a, const struct route_net *net, bool by_end, const uint32_t **first)
{
    uint32_t *begin = arena_array(a, net->n + 2, sizeof *begin);
    uint32_t *at = arena_array(a, net->n_links + 1, sizeof *at);
    for (size_t i = 0; i < net->n_links; i++) begin[(by_end ? net->link[i].to : net->link[i].from) + 2]++;
    for (size_t i = 2; i < net->n + 2; i++) begin[i] += begin[i - 1];
    for (uint32_t i = 0; i < net->n_links; i++) at[begin[(by_end ? net->link[i].to : net->link[i].from) + 1]++] = i;
    *first = begin;
    return at;
}

void route_index(struct arena *a, struct route_net *net)
{
    struct route_links *l = arena_alloc(a, sizeof *l);
    l->from = counted(a, net, false, &l->starts);
    l->to = counted(a, net, true, &l->ends);
    net->links = l;
}

/* The next at the other end of a link of that kind; -1: no more. */
struct going {
    const struct route_net *net;
    int32_t org;
    enum link_kind kind;
    bool by_end; /* links that end at org; else those that begin there */
    uint32_t i, end;
    const uint32_t *at;
};

static struct going ends_of(const struct route_net *net, int32_t org, enum link_kind kind, bool by_end)
{
    struct going g = {net, org, kind, by_end, 0, (uint32_t)net->n_links, NULL};
    if (net->links == NULL) return g;
    const uint32_t *begin = by_end ? net->links->ends : net->links->starts;
    g.at = by_end ? net->links->to : net->links->from;
    g.i = begin[org];
    g.end = begin[org + 1];
    return g;
}

static int32_t going_next(struct going *g)
{
    while (g->i < g->end) {
        const struct route_link *l = &g->net->link[g->at != NULL ? g->at[g->i] : g->i];
        g->i++;
        if (l->kind == g->kind && (g->by_end ? l->to : l->from) == g->org) return g->by_end ? l->from : l->to;
    }
    return -1;
}

/* ---- who stands above ---- */

static bool is_kind(const struct route_net *net, int32_t i, const char *kind)
{
    return str_eq(net->org[i].kind, str_of(kind));
}
static enum tier tier_at(const struct route_net *net, int32_t i) { return tier_of_kind(net->org[i].kind); }

static int32_t sector_above(const struct route_net *net, int32_t i)
{
    while (i >= 0 && !is_kind(net, i, "sector")) i = net->org[i].parent;
    return i;
}

static bool visit_sectors_of_ceptoar(const struct route_net *net, int32_t ceptoar, visit_fn *fn, void *to)
{
    struct going g = ends_of(net, ceptoar, LINK_CEPTOAR, true);
    bool linked = false;
    for (int32_t s; (s = going_next(&g)) >= 0;) {
        if (!is_kind(net, s, "sector")) continue;
        linked = true;
        if (fn(to, s)) return true;
    }
    int32_t s = linked ? -1 : sector_above(net, ceptoar);
    return s >= 0 && fn(to, s);
}

/* A link of a wrong kind of end means nothing. */
static bool right_end(const struct route_net *net, int32_t i, enum link_kind kind)
{
    switch (kind) {
    case LINK_MINISTRY: return tier_at(net, i) == TIER_MINISTRY;
    case LINK_CEPTOAR:
    case LINK_MEMBER: return tier_at(net, i) == TIER_CEPTOAR;
    case LINK_CENTRE: return is_kind(net, i, "centre");
    case LINK_COUNCIL: return is_kind(net, i, "council");
    default: return true;
    }
}

static bool visit_ends(const struct route_net *net, int32_t from, enum link_kind kind, visit_fn *fn, void *to)
{
    struct going g = ends_of(net, from, kind, false);
    for (int32_t o; (o = going_next(&g)) >= 0;)
        if (right_end(net, o, kind) && fn(to, o)) return true;
    return false;
}

struct through {
    const struct route_net *net;
    enum link_kind kind;
    visit_fn *fn;
    void *to;
};

static bool through_sector(void *to, int32_t sector)
{
    const struct through *t = to;
    return visit_ends(t->net, sector, t->kind, t->fn, t->to);
}

/* What the sectors of an organisation are linked with. A ministry's sectors are those it is in charge of. */
static bool visit_by_sectors(const struct route_net *net, int32_t i, enum link_kind kind, visit_fn *fn, void *to)
{
    struct through t = {net, kind, fn, to};
    if (tier_at(net, i) == TIER_CEPTOAR) return visit_sectors_of_ceptoar(net, i, through_sector, &t);
    if (tier_at(net, i) != TIER_MINISTRY) {
        int32_t s = sector_above(net, i);
        return s >= 0 && through_sector(&t, s);
    }
    struct going g = ends_of(net, i, LINK_MINISTRY, true);
    for (int32_t s; (s = going_next(&g)) >= 0;)
        if (is_kind(net, s, "sector") && through_sector(&t, s)) return true;
    return false;
}

bool route_visit_ceptoars(const struct route_net *net, int32_t i, visit_fn *fn, void *to)
{
    return tier_at(net, i) != TIER_CEPTOAR && tier_at(net, i) != TIER_MINISTRY &&
           visit_ends(net, i, LINK_MEMBER, fn, to);
}

bool route_visit_ministries(const struct route_net *net, int32_t i, visit_fn *fn, void *to)
{
    return tier_at(net, i) != TIER_MINISTRY && visit_by_sectors(net, i, LINK_MINISTRY, fn, to);
}

static bool visit_centres(const struct route_net *net, int32_t i, visit_fn *fn, void *to)
{
    return visit_ends(net, i, LINK_CENTRE, fn, to) || visit_by_sectors(net, i, LINK_CENTRE, fn, to);
}

struct looking {
    const struct route_net *net;
    int32_t upper;
};

/* Each step goes up a tier (member, CEPTOAR, ministry, centre), so that no circle of links holds it up. */
static bool at_or_above(void *to, int32_t lower)
{
    const struct looking *l = to;
    return lower == l->upper || route_above(l->net, l->upper, lower);
}

bool route_above(const struct route_net *net, int32_t upper, int32_t lower)
{
    struct looking l = {net, upper};
    if (upper == lower || is_kind(net, lower, "centre")) return false;
    return route_visit_ceptoars(net, lower, at_or_above, &l) || route_visit_ministries(net, lower, at_or_above, &l) ||
           visit_centres(net, lower, at_or_above, &l);
}

static bool same_sector(void *to, int32_t sector)
{
    const int32_t *asked = to;
    return sector == *asked;
}

bool route_in_sector(const struct route_net *net, int32_t ceptoar, int32_t sector)
{
    return visit_sectors_of_ceptoar(net, ceptoar, same_sector, &sector);
}

/* ---- who may write to whom ---- */

bool share_kind(str kind)
{
    static const char *const kinds[] = {"ministry", "agency",  "centre",  "ceptoar",
                                        "operator", "council", "partner", "company"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, str_of(kinds[i]))) return true;
    return false;
}

bool route_shares(const struct route_net *net, int32_t i) { return share_kind(net->org[i].kind); }

static bool linked(const struct route_net *net, int32_t from, int32_t to, enum link_kind kind)
{
    struct going g = ends_of(net, from, kind, false);
    for (int32_t o; (o = going_next(&g)) >= 0;)
        if (o == to && right_end(net, o, kind)) return true;
    return false;
}

/* Through the council: it writes to its CEPTOARs, and they to it and to each other. */
static bool by_council(const struct route_net *net, int32_t a, int32_t b)
{
    if (linked(net, a, b, LINK_COUNCIL) || linked(net, b, a, LINK_COUNCIL)) return true;
    struct going g = ends_of(net, a, LINK_COUNCIL, false);
    for (int32_t c; (c = going_next(&g)) >= 0;)
        if (right_end(net, c, LINK_COUNCIL) && linked(net, b, c, LINK_COUNCIL)) return true;
    return false;
}

bool route_may_by_place(const struct route_net *net, int32_t sender, int32_t org)
{
    if (sender == org || !route_shares(net, org)) return false;
    const struct route_org *s = &net->org[sender], *o = &net->org[org];
    if (o->lo > s->lo && o->lo < s->hi) return true;
    return route_above(net, sender, org) || route_above(net, org, sender) || by_council(net, sender, org) ||
           linked(net, sender, org, LINK_PARTNER) || linked(net, org, sender, LINK_PARTNER);
}

static bool belongs(const struct route_group *g, int32_t org)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->member[i] == org) return true;
    return false;
}

bool route_group_open_to(const struct route_group *g, int32_t sender)
{
    return g->owner == sender || (g->open && belongs(g, sender));
}

bool route_may_address(const struct route_net *net, int32_t sender, int32_t org)
{
    if (sender == org || !route_shares(net, org)) return false;
    if (route_may_by_place(net, sender, org)) return true;
    for (size_t i = 0; i < net->n_groups; i++) {
        const struct route_group *g = &net->group[i];
        if (g->owner == org ? belongs(g, sender) : route_group_open_to(g, sender) && belongs(g, org)) return true;
    }
    return false;
}

static bool it_is(void *to, int32_t org)
{
    const int32_t *wanted = to;
    return org == *wanted;
}

bool route_next_above(const struct route_net *net, int32_t upper, int32_t lower)
{
    if (is_kind(net, upper, "centre")) return route_above(net, upper, lower);
    if (route_ceptoar(net, lower) >= 0) return route_visit_ceptoars(net, lower, it_is, &upper);
    return route_visit_ministries(net, lower, it_is, &upper);
}

bool route_keeps(const struct route_net *net, int32_t upper, int32_t lower)
{
    if (route_above(net, upper, lower)) return true;
    if (!is_kind(net, upper, "centre")) return false;
    if (linked(net, upper, lower, LINK_PARTNER) || linked(net, lower, upper, LINK_PARTNER))
        return is_kind(net, lower, "partner");
    struct going g = ends_of(net, lower, LINK_COUNCIL, true);
    for (int32_t c; (c = going_next(&g)) >= 0;)
        if (is_kind(net, lower, "council") && route_above(net, upper, c)) return true;
    return false;
}

/* ---- one above on the way up ---- */

static bool first_of(void *to, int32_t org)
{
    int32_t *first = to;
    if (*first < 0 || org < *first) *first = org;
    return false;
}

int32_t route_find(const struct route_net *net, int64_t id)
{
    for (size_t i = 0; i < net->n; i++)
        if (net->org[i].id == id) return (int32_t)i;
    return -1;
}

int32_t route_find_code(const struct route_net *net, str code)
{
    for (size_t i = 0; i < net->n; i++)
        if (str_eq(net->org[i].code, code)) return (int32_t)i;
    return -1;
}

int32_t route_ceptoar(const struct route_net *net, int32_t org)
{
    int32_t found = -1;
    route_visit_ceptoars(net, org, first_of, &found);
    return found;
}

int32_t route_ministry(const struct route_net *net, int32_t org)
{
    int32_t ceptoar = route_ceptoar(net, org), found = -1;
    if (ceptoar >= 0) route_visit_ministries(net, ceptoar, first_of, &found);
    if (found < 0) route_visit_ministries(net, org, first_of, &found);
    return found;
}

int32_t route_sector(const struct route_net *net, int32_t org)
{
    int32_t found = -1;
    if (tier_at(net, org) == TIER_MINISTRY) return found;
    if (tier_at(net, org) != TIER_CEPTOAR) found = sector_above(net, org);
    int32_t ceptoar = tier_at(net, org) == TIER_CEPTOAR ? org : route_ceptoar(net, org);
    if (found < 0 && ceptoar >= 0) visit_sectors_of_ceptoar(net, ceptoar, first_of, &found);
    return found;
}

int32_t route_centre(const struct route_net *net, int32_t org)
{
    int32_t found = -1, ministry = route_ministry(net, org), ceptoar = route_ceptoar(net, org);
    if (is_kind(net, org, "centre")) return found;
    visit_centres(net, org, first_of, &found);
    if (found < 0 && ministry >= 0) visit_centres(net, ministry, first_of, &found);
    if (found < 0 && ceptoar >= 0) visit_centres(net, ceptoar, first_of, &found);
    return found;
}
