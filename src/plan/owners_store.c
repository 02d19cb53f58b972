/* Who owns what: organisations of a plan's tree, and groups resolved at a day. */
#include "plan/plan_store.h"

#include <stdlib.h>

enum { GROUPS, GROUP_PUT, ORGS, NAMES, ENDS, STATEMENTS };

#define TREE "names of bodies that a plan in sight names as owners, not what they do"

static const struct sql owners_sql[STATEMENTS] = {
    [GROUPS] = SQL("SELECT code, name_ja, name_en, rule, value FROM owner_group ORDER BY code"),
    [GROUP_PUT] = SQL("INSERT INTO owner_group (code, name_ja, name_en, rule, value) VALUES ($1, $2, $3, $4, $5)"
                      " ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,"
                      " rule = excluded.rule, value = excluded.value"),
    /* $1 the plan's organisation, $2 the day. Deeper ones only where a link leads to them. */
    [ORGS] = OPEN(TREE,
        "SELECT o.id, o.lo, o.hi, o.code, coalesce(n.name_ja, o.name_ja), coalesce(n.name_en, o.name_en), o.kind,"
        " CASE WHEN (o.since IS NULL OR o.since <= $2) AND (o.until IS NULL OR o.until >= $2) THEN 1 ELSE 0 END, o.depth"
        " FROM org t JOIN org o ON o.lo >= t.lo AND o.lo < t.hi"
        " LEFT JOIN org_name n ON n.org = o.id AND n.until = (SELECT min(x.until) FROM org_name x"
        " WHERE x.org = o.id AND x.until >= $2 AND (x.since IS NULL OR x.since <= $2))"
        " WHERE t.id = $1 AND (o.depth <= t.depth + 2 OR o.id IN (SELECT l.to_org FROM org_link l JOIN owner_group g"
        " ON g.rule = 'link' AND g.value = l.kind)) ORDER BY o.lo"),
    /* Every name that a body of that tree ever had. */
    [NAMES] = OPEN(TREE,
        "SELECT o.id, n.name_ja, n.name_en FROM org t JOIN org o ON o.lo >= t.lo AND o.lo < t.hi"
        " JOIN (SELECT id, name_ja, name_en FROM org UNION ALL SELECT org, name_ja, name_en FROM org_name) n ON n.id = o.id"
        " WHERE t.id = $1 ORDER BY o.lo"),
    [ENDS] = OPEN(TREE,
        "SELECT DISTINCT l.kind, l.to_org FROM org_link l JOIN owner_group g ON g.rule = 'link' AND g.value = l.kind"
        " WHERE (l.since IS NULL OR l.since <= $1) AND (l.until IS NULL OR l.until >= $1) ORDER BY l.kind, l.to_org"),
};

const struct sql_set plan_owners_sql_set = {"plan owners", owners_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &owners_sql[statement], args, take, out, n)

/* ---- groups ---- */

static void take_group(struct work *w, struct rows *r, void *to)
{
    *(struct owner_group *)to = (struct owner_group){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                                     rows_kept(w, r, 3), rows_kept(w, r, 4)};
}

enum err owner_groups(struct work *w, struct owner_group **out, size_t *n) { return GATHER(w, GROUPS, NOARGS, take_group, out, n); }

enum err owner_group_put(struct work *w, const struct owner_group *g)
{
    return store_run(w, &owners_sql[GROUP_PUT],
                     ARGS(TEXT(g->code), TEXT(g->name_ja), TEXT(g->name_en), TEXT(g->rule), TEXT(g->value)));
}

/* ---- loading ---- */

static void take_org(struct work *w, struct rows *r, void *to)
{
    *(struct owners_org *)to = (struct owners_org){
        .id = rows_int(r, 0), .lo = rows_int(r, 1), .hi = rows_int(r, 2), .code = rows_kept(w, r, 3),
        .name_ja = rows_kept(w, r, 4), .name_en = rows_kept(w, r, 5), .kind = rows_kept(w, r, 6),
        .exists = rows_int(r, 7) != 0, .depth = rows_int(r, 8)};
}

struct end {
    str kind;
    int64_t org;
};

static void take_end(struct work *w, struct rows *r, void *to)
{
    *(struct end *)to = (struct end){rows_kept(w, r, 0), rows_int(r, 1)};
}

struct name_of {
    int64_t org;
    str ja, en;
};

static void take_name(struct work *w, struct rows *r, void *to)
{
    *(struct name_of *)to = (struct name_of){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2)};
}

static int by_text(const void *a, const void *b)
{
    const struct owners_word *x = a, *y = b;
    int d = str_cmp(x->text, y->text);
    return d != 0 ? d : (x->org > y->org) - (x->org < y->org);
}

static bool belongs(const struct owner_group *g, const struct owners_org *o, const struct end *ends, size_t n)
{
    if (!o->exists) return false;
    if (str_eq(g->rule, S("kind"))) return str_eq(o->kind, g->value);
    for (size_t i = 0; i < n; i++)
        if (ends[i].org == o->id && str_eq(ends[i].kind, g->value)) return true;
    return false;
}

static void members(struct arena *a, struct owners *x, const struct end *ends, size_t n)
{
    size_t *count = arena_array(a, x->n_groups + 1, sizeof *count);
    const size_t **all = arena_array(a, x->n_groups + 1, sizeof *all);
    for (size_t g = 0; g < x->n_groups; g++) {
        size_t *list = arena_array(a, x->n_orgs + 1, sizeof *list);
        for (size_t o = 0; o < x->n_orgs; o++)
            if (belongs(&x->group[g], &x->org[o], ends, n)) list[count[g]++] = o;
        all[g] = list;
    }
    x->member = all;
    x->n_members = count;
}

static void index_codes(struct arena *a, struct owners *x)
{
    struct owners_word *list = arena_array(a, x->n_orgs + 1, sizeof *list);
    for (size_t i = 0; i < x->n_orgs; i++) list[i] = (struct owners_word){x->org[i].code, i};
    qsort(list, x->n_orgs, sizeof *list, by_text);
    x->by_code = list;
}

static ptrdiff_t place_of(const struct owners *x, int64_t id)
{
    for (size_t i = 0; i < x->n_orgs; i++)
        if (x->org[i].id == id) return (ptrdiff_t)i;
    return -1;
}

/* Names come in official order, as the organisations do. */
static void index_names(struct arena *a, struct owners *x, const struct name_of *names, size_t n)
{
    struct owners_word *list = arena_array(a, 2 * n + 1, sizeof *list);
    ptrdiff_t at = -1;
    for (size_t i = 0; i < n; i++) {
        if (at < 0 || x->org[at].id != names[i].org) at = place_of(x, names[i].org);
        if (at < 0) continue;
        if (names[i].ja.n != 0) list[x->n_names++] = (struct owners_word){names[i].ja, (size_t)at};
        if (names[i].en.n != 0) list[x->n_names++] = (struct owners_word){names[i].en, (size_t)at};
    }
    qsort(list, x->n_names, sizeof *list, by_text);
    x->by_name = list;
}

enum err owners_load(struct work *w, const struct plan *p, int64_t day, struct owners *out)
{
    struct owners x = {.day = day};
    struct owner_group *groups;
    struct owners_org *orgs;
    struct name_of *names;
    struct end *ends;
    size_t n_names, n_ends;
    enum err e = owner_groups(w, &groups, &x.n_groups);
    if (e == OK) e = GATHER(w, ORGS, ARGS(INT(p->org), INT(day)), take_org, &orgs, &x.n_orgs);
    if (e == OK) e = GATHER(w, NAMES, ARGS(INT(p->org)), take_name, &names, &n_names);
    if (e == OK) e = GATHER(w, ENDS, ARGS(INT(day)), take_end, &ends, &n_ends);
    if (e != OK) return e;
    x.group = groups;
    x.org = orgs;
    members(w->a, &x, ends, n_ends);
    index_codes(w->a, &x);
    index_names(w->a, &x, names, n_names);
    *out = x;
    return OK;
}
