/* share groups, share group: circles of one's own, and those one belongs to. */
#include "share/groups.h"
#include "share/who.h"

#include "base/uuid.h"

const struct param share_group_params[] = {
    {"group", P_CODE, REQUIRED, NULL, NULL, N("the group, by its code"), "share groups"}, PARTY_PARAM, {0}};
const struct param share_group_make_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL,
     N("code of a new group, or of one of yours to change it; your organisation's code comes before it")},
    {"name_ja", P_TEXT, REQUIRED | PERSONAL, NULL, NULL, N("name in Japanese; members see it")},
    {"name_en", P_TEXT, RARE | PERSONAL, NULL, NULL, N("name in English")},
    {"open", P_FLAG, 0, NULL, NULL, N("members see who the others are, and may write to all of them")},
    {"until", P_DATE, RARE, NULL, NULL, N("its last day")},
    PARTY_PARAM,
    {0}};
const struct param share_group_members_params[] = {
    {"group", P_CODE, REQUIRED, NULL, NULL, N("the group, by its code"), "share groups"},
    {"add", P_CODE, MANY, NULL, NULL, N("organisations that join; they get what is sent from now on")},
    {"remove", P_CODE, MANY, NULL, NULL, N("organisations that leave")},
    PARTY_PARAM,
    {0}};

enum err share_view_groups(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"group", CELL_TEXT, N("Code"), 0, "share group", "group"},
                                            {"name", CELL_TEXT, N("Name"), 0, NULL, NULL},
                                            {"owner", CELL_ORG, N("Owner of the group"), 0, NULL, NULL},
                                            {"members", CELL_INT, N("Members"), 0, NULL, NULL},
                                            {"open", CELL_BOOL, N("Members know each other"), 0, NULL, NULL},
                                            {"since", CELL_TIME, N("You belong to it since"), COL_DETAIL, NULL, NULL},
                                            {"until", CELL_DATE, N("Until"), COL_DETAIL, NULL, NULL},
                                            {"uuid", CELL_TEXT, N("UUID"), COL_DETAIL, NULL, NULL}};
    struct circle c;
    struct circle_name *names;
    struct group_row *all;
    size_t n, n_names;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = groups_of(w, c.me.org, &all, &n);
    if (e == OK) e = circle_names(w, &names, &n_names);
    if (e != OK) return e;
    DOC_TABLE(out, "groups", columns);
    for (size_t i = 0; i < n; i++) {
        const struct group_row *g = &all[i];
        bool counts = g->owner == c.me.org || g->open;
        DOC_ROW(out, C_TEXT(g->code), both_cell(g->name_ja, g->name_en),
                circle_cell(&c, names, n_names, route_find(&c.net, g->owner)), counts ? C_INT(g->members) : C_NONE,
                C_BOOL(g->open), g->since == 0 ? C_NONE : C_TIME(g->since), g->until == 0 ? C_NONE : C_DATE(g->until),
                C_TEXT(g->uuid));
    }
    doc_table_end(out);
    if (n == 0)
        doc_text(
            out,
            M("You own no group and belong to none. A group is an address of your own: make one, then say who belongs to it."));
    return OK;
}

/* ---- one group ---- */

static const struct column member_columns[] = {
    {"org", CELL_ORG, N("Member"), 0, NULL, NULL},
    {"since", CELL_TIME, N("Member since"), 0, NULL, NULL},
    {"remove", CELL_TEXT, N("Take off"), COL_PICK, "share group-members", "remove"},
    {"group", CELL_TEXT, N("Group"), COL_DATA, NULL, "group"}};

static void members_told(const struct circle *c, const struct circle_name *names, size_t n_names,
                         const struct group_row *g, const struct group_member *m, size_t n, struct doc *out)
{
    bool owner = g->owner == c->me.org;
    DOC_TABLE(out, "members", member_columns);
    for (size_t i = 0; i < n; i++) {
        int32_t at = route_find(&c->net, m[i].org);
        if (at < 0 || !(owner || g->open || m[i].org == c->me.org)) continue;
        DOC_ROW(out, circle_cell(c, names, n_names, at), C_TIME(m[i].since),
                owner ? C_TEXT(c->net.org[at].code) : C_NONE, C_TEXT(g->code));
    }
    doc_table_end(out);
    if (!owner && !g->open) doc_note(out, M("who the other members are is for the owner of the group"));
    if (n == 0) doc_text(out, M("Nobody belongs to it: what is addressed to it reaches nobody."));
}

enum err share_view_group(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    struct group_row g;
    struct group_member *m;
    struct circle_name *names;
    size_t n, n_names;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = group_find(w, c.me.org, arg_text(in, "group"), &g);
    if (e == OK) e = group_members(w, g.id, &m, &n);
    if (e == OK) e = circle_names(w, &names, &n_names);
    if (e != OK) return e;
    doc_fact(out, "name", M("Name"), both_cell(g.name_ja, g.name_en));
    doc_fact(out, "owner", M("Owner of the group"), circle_cell(&c, names, n_names, route_find(&c.net, g.owner)));
    doc_fact(out, "open", M("Members know each other"), C_BOOL(g.open));
    doc_fact(out, "uuid", M("UUID"), C_TEXT(g.uuid));
    members_told(&c, names, n_names, &g, m, n, out);
    if (g.owner != c.me.org) return OK;
    doc_form(out, &(struct form){.act = "share group-members",
                                 .title = M("Who joins"),
                                 .given = {{"group", g.code}},
                                 .ask = "add",
                                 .folded = n > 0});
    doc_form_end(out);
    return OK;
}

/* ---- acts ---- */

/* Behind the owner's code, so that nobody learns of a group by finding its code taken. */
static enum err own_code(struct work *w, const struct circle *c, str given, str *out)
{
    str prefix = str_fmt(w->a, "%.*s/", STR_ARG(c->me.code));
    str code = str_starts(given, prefix) ? given : str_fmt(w->a, "%.*s%.*s", STR_ARG(prefix), STR_ARG(given));
    if (code.n > CODE_MAX)
        return fault_in(w, INVALID, (struct where){.field = S("code")}, M("'%1' is too long: %2 bytes at most"), code,
                        str_int(w->a, CODE_MAX));
    *out = code;
    return OK;
}

enum err share_act_group_make(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    struct group_row *all, g = {0};
    size_t n, owned = 0;
    str code;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = own_code(w, &c, arg_text(in, "code"), &code);
    if (e == OK) e = groups_of(w, c.me.org, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        owned += all[i].owner == c.me.org;
        if (all[i].owner == c.me.org && str_eq(all[i].code, code)) g = all[i];
    }
    if (g.id == 0 && owned >= GROUPS_MAX)
        return fault(w, INVALID, M("an organisation has at most %1 groups"), str_int(w->a, GROUPS_MAX));
    g.code = code;
    g.owner = c.me.org;
    g.name_ja = str_trim(arg_text(in, "name_ja"));
    g.name_en = str_trim(arg_text(in, "name_en"));
    g.open = arg_int(in, "open") != 0;
    g.until = arg_int(in, "until");
    if (g.name_ja.n == 0 || g.name_ja.n > GROUP_NAME_MAX || g.name_en.n > GROUP_NAME_MAX)
        return fault_in(w, INVALID, (struct where){.field = S("name_ja")}, M("a name of 1 to %1 bytes"),
                        str_int(w->a, GROUP_NAME_MAX));
    if (g.id == 0) g.uuid = uuid_new(w);
    e = g.id == 0 ? group_insert(w, &g) : group_change(w, &g);
    if (e != OK) return e;
    doc_fact(out, "group", M("Code"), C_TEXT(g.code));
    act_next(w, &(struct going_on){"share group", {{"group", g.code}}, tr(out->lang, M("It was entered."))});
    return OK;
}

enum { MANY_AT_ONCE = 2000 };

struct changing {
    struct work *w;
    struct circle c;
    struct group_row g;
    const struct arg **add, **remove;
    size_t n_add, n_remove;
};

static enum err asked(struct changing *x, const struct args *in)
{
    struct work *w = x->w;
    x->add = arena_array(w->a, MANY_AT_ONCE + 1, sizeof(struct arg *));
    x->remove = arena_array(w->a, MANY_AT_ONCE + 1, sizeof(struct arg *));
    x->n_add = arg_all(in, "add", x->add, MANY_AT_ONCE + 1);
    x->n_remove = arg_all(in, "remove", x->remove, MANY_AT_ONCE + 1);
    if (x->n_add > MANY_AT_ONCE || x->n_remove > MANY_AT_ONCE)
        return fault(w, INVALID, M("at most %1 at once"), str_int(w->a, MANY_AT_ONCE));
    if (x->n_add + x->n_remove == 0) return fault(w, INVALID, M("say who joins or who leaves"));
    enum err e = circle_of(w, in, &x->c);
    if (e == OK) e = group_find(w, x->c.me.org, arg_text(in, "group"), &x->g);
    if (e == OK && x->g.owner != x->c.me.org)
        e = fault(w, DENIED, M("only the owner of a group says who belongs to it"));
    if (e == OK && x->g.members + (int64_t)x->n_add > GROUP_MEMBERS_MAX)
        e = fault(w, INVALID, M("a group has at most %1 members"), str_int(w->a, GROUP_MEMBERS_MAX));
    return e;
}

/* All are looked up before the first joins or leaves. */
static enum err who_joins(struct changing *x, int32_t *to)
{
    for (size_t i = 0; i < x->n_add; i++)
        if (circle_code(x->w, &x->c, x->add[i]->text, (struct where){.field = S("add")}, circle_reaches, &to[i]) != OK)
            continue;
    return work_err(x->w);
}

/* The place among the members of whom each names; a member may have gone from the register meanwhile. */
static enum err who_leaves(struct changing *x, const struct group_member *now, size_t n, size_t *to)
{
    for (size_t i = 0; i < x->n_remove; i++) {
        int32_t at = route_find_code(&x->c.net, x->remove[i]->text);
        size_t k = 0;
        while (k < n && (at < 0 || now[k].org != x->c.net.org[at].id)) k++;
        if (k == n)
            fault_in(x->w, NOTFOUND, (struct where){.field = S("remove")}, M("'%1' does not belong to the group"),
                     x->remove[i]->text);
        to[i] = k;
    }
    return work_err(x->w);
}

static enum err change_members(struct changing *x)
{
    struct work *w = x->w;
    int32_t *in = arena_array(w->a, x->n_add + 1, sizeof *in);
    size_t *gone = arena_array(w->a, x->n_remove + 1, sizeof *gone), n;
    struct group_member *now;
    enum err e = group_members(w, x->g.id, &now, &n);
    if (e == OK) e = who_joins(x, in);
    if (e == OK) e = who_leaves(x, now, n, gone);
    for (size_t i = 0; e == OK && i < x->n_add; i++) e = group_join(w, x->g.id, x->c.net.org[in[i]].id);
    for (size_t i = 0; e == OK && i < x->n_remove; i++) e = group_leave(w, x->g.id, now[gone[i]].org);
    return e;
}

enum err share_act_group_members(struct work *w, const struct args *in, struct doc *out)
{
    struct changing x = {.w = w};
    enum err e = asked(&x, in);
    if (e == OK) e = change_members(&x);
    if (e != OK) return e;
    doc_fact(out, "added", M("Joined"), C_INT((int64_t)x.n_add));
    doc_fact(out, "removed", M("Have left"), C_INT((int64_t)x.n_remove));
    act_next(w, &(struct going_on){"share group", {{"group", x.g.code}}, tr(out->lang, M("It was entered."))});
    return OK;
}
