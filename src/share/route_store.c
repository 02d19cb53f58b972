#include "share/route_store.h"

#include "access/access.h"
#include "share/route.h"

enum { ORGS, LINKS, GROUPS, MEMBERS, STATEMENTS };

#define TODAY(x) "(" x ".since IS NULL OR " x ".since <= $1) AND (" x ".until IS NULL OR " x ".until >= $1)"
/* The kinds of share_kind, and sectors, through which they are linked. */
#define KINDS "('ministry', 'agency', 'centre', 'ceptoar', 'operator', 'council', 'partner', 'company', 'sector')"

static const struct sql statements[STATEMENTS] = {
    [ORGS] = SQL("SELECT o.id, o.lo, o.hi, o.code, o.kind FROM org o WHERE o.kind IN " KINDS
                 " AND " TODAY("o") " ORDER BY o.lo"),
    [LINKS] = SQL(
        "SELECT CASE l.kind WHEN 'ministry-in-charge' THEN 0 WHEN 'ceptoar' THEN 1 WHEN 'member' THEN 2"
        " WHEN 'centre' THEN 3"
        " WHEN 'council' THEN 4 ELSE 5 END, f.lo, t.lo FROM org_link l JOIN org f ON f.id = l.from_org"
        " JOIN org t ON t.id = l.to_org"
        " WHERE l.kind IN ('ministry-in-charge', 'ceptoar', 'member', 'centre', 'council', 'partner') AND " TODAY(
            "l") " ORDER BY f.lo, t.lo"),
    [GROUPS] = OPEN(
        "routing knows all groups; who may write to which is decided there (route.c)",
        "SELECT g.id, g.code, o.lo, g.open FROM share_group g JOIN org o ON o.id = g.owner"
        " WHERE g.until IS NULL OR g.until >= $1 ORDER BY g.id"),
    [MEMBERS] = OPEN("routing knows all groups, as above",
                     "SELECT m.share_group, o.lo FROM share_group_member m JOIN org o ON o.id = m.org"
                     " WHERE m.since <= $1 AND (m.until IS NULL OR m.until > $1) ORDER BY m.share_group, o.lo"),
};
const struct sql_set route_sql_set = {"route", statements, STATEMENTS};

static void take_org(struct work *w, struct rows *r, void *to)
{
    *(struct route_org *)to =
        (struct route_org){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_kept(w, r, 3), rows_kept(w, r, 4), -1};
}

/* In official order whoever stands above comes before. */
static void find_parents(struct route_net *net)
{
    int32_t at = -1;
    for (int32_t i = 0; (size_t)i < net->n; i++) {
        while (at >= 0 && net->org[at].hi <= net->org[i].lo) at = net->org[at].parent;
        net->org[i].parent = at;
        at = i;
    }
}

/* The index of the organisation at that place of the tree; -1: it is none of them, or not today's. */
static int32_t at_place(const struct route_net *net, int64_t lo)
{
    size_t from = 0, end = net->n;
    while (from < end) {
        size_t mid = from + (end - from) / 2;
        if (net->org[mid].lo == lo) return (int32_t)mid;
        if (net->org[mid].lo < lo) from = mid + 1;
        else end = mid;
    }
    return -1;
}

static enum err load_links(struct work *w, int64_t day, struct route_net *net)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[LINKS], ARGS(INT(day)), &r);
    if (e != OK) return e;
    size_t room = 0;
    while (rows_next(r)) {
        struct route_link l = {(enum link_kind)rows_int(r, 0), at_place(net, rows_int(r, 1)),
                               at_place(net, rows_int(r, 2))};
        if (l.from < 0 || l.to < 0) continue;
        net->link = arena_more(w->a, net->link, net->n_links, &room, sizeof *net->link);
        net->link[net->n_links++] = l;
    }
    return rows_done(r);
}

struct group_row {
    int64_t id, owner;
    str code;
    bool open;
};
struct member_row {
    int64_t group, lo;
};

static void take_group(struct work *w, struct rows *r, void *to)
{
    *(struct group_row *)to = (struct group_row){rows_int(r, 0), rows_int(r, 2), rows_kept(w, r, 1), rows_int(r, 3) != 0};
}

static void take_member(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct member_row *)to = (struct member_row){rows_int(r, 0), rows_int(r, 1)};
}

static size_t members_of(struct route_net *net, const struct member_row *all, size_t n, int64_t group, int32_t *to)
{
    size_t found = 0;
    for (size_t i = 0; i < n && all[i].group == group; i++) {
        int32_t at = at_place(net, all[i].lo);
        if (at >= 0) to[found++] = at;
    }
    return found;
}

/* Both are sorted by group. */
static enum err load_groups(struct work *w, int64_t day, struct route_net *net)
{
    struct group_row *group;
    struct member_row *member;
    size_t n, n_members;
    enum err e = STORE_GATHER(w, &statements[GROUPS], ARGS(INT(day)), take_group, &group, &n);
    if (e == OK) e = STORE_GATHER(w, &statements[MEMBERS], ARGS(INT(w->now)), take_member, &member, &n_members);
    if (e != OK) return e;
    net->group = arena_array(w->a, n, sizeof *net->group);
    int32_t *to = arena_array(w->a, n_members, sizeof *to);
    size_t m = 0;
    for (size_t g = 0; g < n; g++) {
        while (m < n_members && member[m].group < group[g].id) m++;
        int32_t owner = at_place(net, group[g].owner);
        if (owner < 0) continue;
        size_t found = members_of(net, member + m, n_members - m, group[g].id, to);
        net->group[net->n_groups++] = (struct route_group){group[g].code, owner, group[g].open, to, found};
        to += found;
    }
    return OK;
}

enum err route_load_of(struct work *w, int64_t day, struct route_net *out)
{
    struct route_net net = {0};
    enum err e = STORE_GATHER(w, &statements[ORGS], ARGS(INT(day)), take_org, &net.org, &net.n);
    if (e != OK) return e;
    find_parents(&net);
    e = load_links(w, day, &net);
    if (e == OK) e = load_groups(w, day, &net);
    if (e != OK) return e;
    route_index(w->a, &net);
    *out = net;
    return OK;
}

enum err route_load(struct work *w, struct route_net *out) { return route_load_of(w, today(w), out); }
