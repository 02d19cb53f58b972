#include "share/circle.h"

#include "share/circle_store.h"
#include "share/route_walk.h"

enum err circle_of(struct work *w, const struct args *in, struct circle *out)
{
    struct circle c;
    enum err e = party_of(w, in, &c.me);
    if (e == OK) e = route_load(w, &c.net);
    if (e != OK) return e;
    c.at = route_find(&c.net, c.me.org);
    if (c.at < 0) return fault(w, CONFLICT, M("'%1' is not one of today's organisations"), c.me.code);
    *out = c;
    return OK;
}

enum err circle_code(struct work *w, const struct circle *c, str code, struct where where, circle_sees_fn *sees,
                     int32_t *out)
{
    int32_t org = route_find_code(&c->net, code);
    if (org < 0 || !share_kind(c->net.org[org].kind) || !sees(c, org))
        return fault_in(w, NOTFOUND, where, M("no organisation '%1'"), code);
    *out = org;
    return OK;
}

enum err circle_named(struct work *w, const struct circle *c, const struct args *in, const char *param,
                      circle_sees_fn *sees, int32_t *out)
{
    if (arg_given(in, param))
        return circle_code(w, c, arg_text(in, param), (struct where){.field = str_of(param)}, sees, out);
    *out = c->at;
    return OK;
}

bool circle_keeps(const struct circle *c, int32_t org) { return org == c->at || route_keeps(&c->net, c->at, org); }
bool circle_contacts(const struct circle *c, int32_t org)
{
    return org == c->at || route_next_above(&c->net, c->at, org);
}
bool circle_reaches(const struct circle *c, int32_t org) { return route_may_by_place(&c->net, c->at, org); }

static bool in_charge_of_a_sector(const struct circle *c, int32_t org)
{
    for (size_t i = 0; i < c->net.n_links; i++)
        if (c->net.link[i].kind == LINK_MINISTRY && c->net.link[i].to == org) return true;
    return false;
}

/* Of ministries those that the map names; all others are shown to whoever keeps them. */
bool circle_shows(const struct circle *c, int32_t org)
{
    static const char *const open[] = {"ceptoar", "council", "centre"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (str_eq(c->net.org[org].kind, str_of(open[i]))) return true;
    return circle_keeps(c, org) || in_charge_of_a_sector(c, org);
}

/* Both are in official order. */
struct cell circle_cell(const struct circle *c, const struct circle_name *names, size_t n, int32_t org)
{
    if (org < 0) return C_NONE;
    size_t from = 0, end = n;
    while (from < end) {
        size_t mid = from + (end - from) / 2;
        if (names[mid].lo < c->net.org[org].lo) from = mid + 1;
        else end = mid;
    }
    bool there = from < n && names[from].lo == c->net.org[org].lo;
    return C_ORG(c->net.org[org].code, there ? names[from].ja : S(""), there ? names[from].en : S(""), 0);
}
