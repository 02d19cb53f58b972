#include "share/groups_store.h"

enum { OF, TAKEN, INSERT, CHANGE, MEMBERS, JOIN, LEAVE, STATEMENTS };

#define OWN "of the party: groups it owns or belongs to"
#define NOW(m) m ".since <= $2 AND (" m ".until IS NULL OR " m ".until > $2)"

static const struct sql statements[STATEMENTS] = {
    [OF] = OPEN(
        OWN,
        ("SELECT g.id, g.owner, o.lo, coalesce(g.until, 0), g.code, g.uuid, g.name_ja, g.name_en, g.open,"
         " (SELECT count(*) FROM share_group_member m WHERE m.share_group = g.id AND " NOW(
             "m") "),"
                  " coalesce((SELECT m.since FROM share_group_member m WHERE m.share_group = g.id AND m.org = $1 AND " NOW(
                      "m") "), 0)"
                           " FROM share_group g JOIN org o ON o.id = g.owner"
                           " WHERE (g.until IS NULL OR g.until >= $3) AND (g.owner = $1 OR EXISTS"
                           " (SELECT 1 FROM share_group_member m WHERE m.share_group = g.id AND m.org = $1 AND " NOW(
                               "m") ")) ORDER BY g.id")),
    [TAKEN] = OPEN("codes are unique whoever owns the group", "SELECT id FROM share_group WHERE code = $1"),
    [INSERT] = OPEN(
        OWN,
        "INSERT INTO share_group (code, uuid, owner, name_ja, name_en, open, until)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
    [CHANGE] = OPEN(OWN, "UPDATE share_group SET name_ja = $2, name_en = $3, open = $4, until = $5 WHERE id = $1"),
    [MEMBERS] = OPEN(
        "of a group the party owns, or that is open to it",
        "SELECT m.org, o.lo, m.since FROM share_group_member m JOIN org o ON o.id = m.org"
        " WHERE m.share_group = $1 AND " NOW(
            "m") " ORDER BY o.lo"),
    [JOIN] = OPEN(
        OWN,
        ("INSERT INTO share_group_member (share_group, org, since, until) VALUES ($1, $2, $3, NULL)"
         " ON CONFLICT (share_group, org)"
         " DO UPDATE SET since = excluded.since, until = NULL WHERE share_group_member.until IS NOT NULL")),
    [LEAVE] =
        OPEN(OWN, "UPDATE share_group_member SET until = $3 WHERE share_group = $1 AND org = $2 AND until IS NULL"),
};
const struct sql_set groups_sql_set = {"groups", statements, STATEMENTS};

static void take_group(struct work *w, struct rows *r, void *to)
{
    *(struct group_row *)to = (struct group_row){.id = rows_int(r, 0),
                                                 .owner = rows_int(r, 1),
                                                 .owner_lo = rows_int(r, 2),
                                                 .until = rows_int(r, 3),
                                                 .code = rows_kept(w, r, 4),
                                                 .uuid = rows_kept(w, r, 5),
                                                 .name_ja = rows_kept(w, r, 6),
                                                 .name_en = rows_kept(w, r, 7),
                                                 .open = rows_int(r, 8) != 0,
                                                 .members = rows_int(r, 9),
                                                 .since = rows_int(r, 10)};
}

enum err groups_of(struct work *w, int64_t party, struct group_row **out, size_t *n)
{
    return STORE_GATHER(w, &statements[OF], ARGS(INT(party), INT(w->now), INT(today(w))), take_group, out, n);
}

enum err group_find(struct work *w, int64_t party, str code, struct group_row *out)
{
    struct group_row *all;
    size_t n;
    enum err e = groups_of(w, party, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].code, code)) return *out = all[i], OK;
    return fault_in(w, NOTFOUND, (struct where){.field = S("group")}, M("no group '%1'"), code);
}

enum err group_insert(struct work *w, const struct group_row *g)
{
    int64_t taken;
    enum err e = store_int(w, &statements[TAKEN], ARGS(TEXT(g->code)), &taken);
    if (e == OK)
        return fault_in(w, CONFLICT, (struct where){.field = S("code")}, M("'%1' is taken: choose another code"),
                        g->code);
    if (e != NOTFOUND) return e;
    return store_run(w, &statements[INSERT],
                     ARGS(TEXT(g->code), TEXT(g->uuid), INT(g->owner), TEXT(g->name_ja), TEXT(g->name_en), INT(g->open),
                          int_or_nil(g->until, g->until != 0)));
}

enum err group_change(struct work *w, const struct group_row *g)
{
    return store_run(
        w, &statements[CHANGE],
        ARGS(INT(g->id), TEXT(g->name_ja), TEXT(g->name_en), INT(g->open), int_or_nil(g->until, g->until != 0)));
}

static void take_member(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct group_member *)to = (struct group_member){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2)};
}

enum err group_members(struct work *w, int64_t group, struct group_member **out, size_t *n)
{
    return STORE_GATHER(w, &statements[MEMBERS], ARGS(INT(group), INT(w->now)), take_member, out, n);
}

enum err group_join(struct work *w, int64_t group, int64_t org)
{
    return store_run(w, &statements[JOIN], ARGS(INT(group), INT(org), INT(w->now)));
}

enum err group_leave(struct work *w, int64_t group, int64_t org)
{
    return store_run(w, &statements[LEAVE], ARGS(INT(group), INT(org), INT(w->now)));
}
