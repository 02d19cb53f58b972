/* The SQL of access: who is asking, organisations within reach, the numbering of the tree. */
#include "access/access.h"
#include "access/days.h"

#define ORG_COLUMNS "o.id, coalesce(o.parent, 0), o.code, o.kind, o.name_ja, o.name_en, o.lo, o.hi, o.depth, o.ord"

enum { PERSON_POSTS, POSTS_HELD, ORG_BY_CODE, ORG_BY_ID, ORG_ALL, ORG_PATH, ORG_CHILDREN, ORG_TOPS, TREE, TREE_PUT, DAYS_OFF };

static const struct sql statements[] = {
    [PERSON_POSTS] = OPEN("finds who is asking, before there is a scope",
                          "SELECT x.id, x.code, x.name_ja, p.id, p.code, p.duty, d.rights, o.id, o.code, o.lo, o.hi, x.name_en"
                          " FROM person x"
                          " LEFT JOIN post p ON p.person = x.id AND (p.since IS NULL OR p.since <= $2)"
                          " AND (p.until IS NULL OR p.until >= $2)"
                          " LEFT JOIN duty d ON d.code = p.duty"
                          " LEFT JOIN system s ON s.id = p.system"
                          " LEFT JOIN org o ON o.id = coalesce(s.org, p.org)"
                          " WHERE x.code = $1 AND (x.since IS NULL OR x.since <= $2)"
                          " AND (x.until IS NULL OR x.until >= $2) ORDER BY p.code"),
    [POSTS_HELD] = OPEN("finds who is asking, before there is a scope",
                        "SELECT p.code, d.code, d.name_ja, d.name_en, o.code, o.name_ja, o.name_en"
                        " FROM person x JOIN post p ON p.person = x.id JOIN duty d ON d.code = p.duty"
                        " LEFT JOIN system s ON s.id = p.system JOIN org o ON o.id = coalesce(s.org, p.org)"
                        " WHERE x.code = $1 AND (p.since IS NULL OR p.since <= $2) AND (p.until IS NULL OR p.until >= $2)"
                        " ORDER BY p.code"),
    [ORG_BY_CODE] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.code = $3"),
    [ORG_BY_ID] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.id = $3"),
    [ORG_ALL] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2"
                       " AND (o.since IS NULL OR o.since <= $3) AND (o.until IS NULL OR o.until >= $3) ORDER BY o.lo"),
    [ORG_PATH] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.lo <= $3 AND o.hi > $3"
                        " ORDER BY o.lo"),
    [ORG_CHILDREN] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.parent = $3"
                            " AND (o.since IS NULL OR o.since <= $4) AND (o.until IS NULL OR o.until >= $4)"
                            " ORDER BY o.lo"),
    [ORG_TOPS] = SCOPED("SELECT " ORG_COLUMNS " FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.parent IS NULL"
                        " AND (o.since IS NULL OR o.since <= $3) AND (o.until IS NULL OR o.until >= $3) ORDER BY o.lo"),
    [TREE] = OPEN("the numbers that scopes are made of",
                  "SELECT id, coalesce(parent, 0), lo, hi, depth FROM org ORDER BY coalesce(parent, 0), ord, code"),
    [TREE_PUT] = OPEN("the numbers that scopes are made of",
                      "UPDATE org SET lo = $2, hi = $3, depth = $4 WHERE id = $1"),
    [DAYS_OFF] = SQL("SELECT day FROM day_off ORDER BY day"),
};

const struct sql_set access_sql_set = {"access", statements, sizeof statements / sizeof statements[0]};

/* ---- the actor ---- */

static str joined(struct arena *a, str list, str code)
{
    return list.n == 0 ? str_dup(a, code) : str_fmt(a, "%.*s, %.*s", STR_ARG(list), STR_ARG(code));
}

static struct actor actor_of(struct work *w, struct rows *r, str system_user)
{
    return (struct actor){
        .person = rows_int(r, 0),
        .person_code = rows_kept(w, r, 1),
        .name = rows_kept(w, r, 2),
        .name_en = rows_kept(w, r, 11),
        .post = rows_int(r, 3),
        .post_code = rows_kept(w, r, 4),
        .duty = rows_kept(w, r, 5),
        .rights = (unsigned)rows_int(r, 6),
        .org = rows_int(r, 7),
        .org_code = rows_kept(w, r, 8),
        .lo = rows_int(r, 9),
        .hi = rows_int(r, 10),
        .system_user = system_user,
    };
}

struct search {
    str post;         /* the one asked for; empty: whichever there is */
    bool person;      /* the person exists today */
    int64_t found;    /* posts that fit */
    str posts;        /* all current ones, for the fault */
    struct actor actor;
};

static enum err search_posts(struct work *w, str person, str system_user, struct search *s)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[PERSON_POSTS], ARGS(TEXT(person), INT(today(w))), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        s->person = true;
        if (rows_null(r, 3)) continue;
        str code = rows_text(r, 4);
        s->posts = joined(w->a, s->posts, code);
        if (s->post.n != 0 && !str_eq(s->post, code)) continue;
        s->actor = actor_of(w, r, system_user);
        s->found++;
    }
    return rows_done(r);
}

static enum err actor_fault(struct work *w, str as, str person, const struct search *s)
{
    if (!s->person)
        return fault(w, NOTFOUND, M("nobody is known as '%1' today: give the code of a person, or PERSON/POST"), as);
    if (s->posts.n == 0)
        return fault(w, DENIED, M("'%1' holds no post today: `meguri registry import --what posts` gives one"), person);
    if (s->found == 0)
        return fault(w, NOTFOUND, M("'%1' does not hold the post '%2' today, but %3"), person, s->post, s->posts);
    return fault(w, INVALID, M("'%1' holds several posts today: say which one, as %1/POST, of %2"), person, s->posts);
}

enum err actor_find_post(struct work *w, str person, str post, str system_user, struct actor *out)
{
    struct search found = {.post = post};
    enum err e = search_posts(w, person, system_user, &found);
    if (e != OK) return e;
    if (!found.person || found.found != 1) return actor_fault(w, person, person, &found);
    *out = found.actor;
    return OK;
}

/* The whole text may be a person's code; else each slash may part person and post. */
enum err actor_find(struct work *w, str as, str system_user, struct actor *out)
{
    struct search found = {0};
    str person = as;
    enum err e = search_posts(w, as, system_user, &found);
    for (size_t i = 1; e == OK && !found.person && i + 1 < as.n; i++) {
        if (as.p[i] != '/') continue;
        person = str_sub(as, 0, i);
        found = (struct search){.post = str_sub(as, i + 1, as.n)};
        e = search_posts(w, person, system_user, &found);
    }
    if (e != OK) return e;
    if (!found.person || found.found != 1) return actor_fault(w, as, person, &found);
    *out = found.actor;
    return OK;
}

enum err actor_posts(struct work *w, str person_code, struct post_held **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_HELD], ARGS(TEXT(person_code), INT(today(w))), &r);
    if (e != OK) return e;
    struct post_held *held = arena_array(w->a, POSTS_HELD_MAX, sizeof *held);
    size_t count = 0;
    while (rows_next(r) && count < POSTS_HELD_MAX) {
        str of[7];
        for (int i = 0; i < 7; i++) of[i] = rows_kept(w, r, i);
        held[count++] = (struct post_held){of[0], of[1], of[2], of[3], of[4], of[5], of[6]};
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = held;
    *n = count;
    return OK;
}

/* ---- organisations ---- */

static struct org org_of(struct work *w, struct rows *r)
{
    return (struct org){
        .id = rows_int(r, 0),
        .parent = rows_int(r, 1),
        .code = rows_kept(w, r, 2),
        .kind = rows_kept(w, r, 3),
        .name_ja = rows_kept(w, r, 4),
        .name_en = rows_kept(w, r, 5),
        .lo = rows_int(r, 6),
        .hi = rows_int(r, 7),
        .depth = rows_int(r, 8),
        .ord = rows_int(r, 9),
    };
}

static enum err org_one(struct work *w, const struct sql *sql, struct values args, str called, struct org *out)
{
    struct rows *r;
    enum err e = store_rows(w, sql, args, &r);
    if (e != OK) return e;
    struct org org = {0};
    bool found = rows_next(r);
    if (found) org = org_of(w, r);
    e = rows_done(r);
    if (e != OK) return e;
    if (found) {
        *out = org;
        return OK;
    }
    return fault(w, NOTFOUND, M("no organisation '%1': `meguri registry organisations` lists those you may see"),
                 called);
}

enum err org_find(struct work *w, str code, struct org *out)
{
    return org_one(w, &statements[ORG_BY_CODE], ARGS(TEXT(code)), code, out);
}

enum err org_by_id(struct work *w, int64_t id, struct org *out)
{
    return org_one(w, &statements[ORG_BY_ID], ARGS(INT(id)), str_int(w->a, id), out);
}

static enum err orgs_of(struct work *w, struct rows *r, struct org **out, size_t *n)
{
    struct org *orgs = NULL;
    size_t count = 0, room = 0;
    while (rows_next(r)) {
        if (count == room) {
            size_t more = room == 0 ? 64 : room * 2;
            orgs = arena_grow(w->a, orgs, room * sizeof *orgs, more * sizeof *orgs);
            room = more;
        }
        orgs[count++] = org_of(w, r);
    }
    enum err e = rows_done(r);
    if (e != OK) return e;
    *out = orgs;
    *n = count;
    return OK;
}

enum err org_all(struct work *w, struct org **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORG_ALL], ARGS(INT(today(w))), &r);
    return e == OK ? orgs_of(w, r, out, n) : e;
}

const struct org *org_branch(const struct org *all, size_t n, int64_t lo)
{
    if (n == 0 || all[0].parent != 0) return NULL;
    for (size_t i = 1; i < n; i++)
        if (all[i].parent == all[0].id && all[i].lo <= lo && lo < all[i].hi) return &all[i];
    return NULL;
}

enum err org_path(struct work *w, const struct org *org, struct org *out, size_t room, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORG_PATH], ARGS(INT(org->lo)), &r);
    if (e != OK) return e;
    *n = 0;
    while (rows_next(r) && *n < room) out[(*n)++] = org_of(w, r);
    return rows_done(r);
}

enum err org_children(struct work *w, const struct org *parent, struct org **out, size_t *n)
{
    struct rows *r;
    if (parent == NULL && !actor_unbounded(w->actor)) {
        *out = arena_alloc(w->a, sizeof **out);
        *n = 1;
        return org_by_id(w, w->actor->org, *out);
    }
    enum err e = parent == NULL ? store_rows(w, &statements[ORG_TOPS], ARGS(INT(today(w))), &r)
                                : store_rows(w, &statements[ORG_CHILDREN], ARGS(INT(parent->id), INT(today(w))), &r);
    return e == OK ? orgs_of(w, r, out, n) : e;
}

/* ---- numbering ---- */

struct numbers { /* as they stand in the store */
    int64_t lo, hi, depth;
};

static enum err tree_read(struct work *w, struct org_node **nodes, struct numbers **old, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[TREE], NOARGS, &r);
    if (e != OK) return e;
    size_t count = 0, room = 0;
    while (rows_next(r)) {
        if (count == room) {
            size_t more = room == 0 ? 256 : room * 2;
            *nodes = arena_grow(w->a, *nodes, room * sizeof **nodes, more * sizeof **nodes);
            *old = arena_grow(w->a, *old, room * sizeof **old, more * sizeof **old);
            room = more;
        }
        (*nodes)[count] = (struct org_node){.id = rows_int(r, 0), .parent = rows_int(r, 1)};
        (*old)[count++] = (struct numbers){rows_int(r, 2), rows_int(r, 3), rows_int(r, 4)};
    }
    *n = count;
    return rows_done(r);
}

static enum err tree_write(struct work *w, const struct org_node *nodes, const struct numbers *old, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &statements[TREE_PUT], &b);
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct org_node *o = &nodes[i];
        if (o->lo == old[i].lo && o->hi == old[i].hi && o->depth == old[i].depth) continue;
        e = batch_add(b, ARGS(INT(o->id), INT(o->lo), INT(o->hi), INT(o->depth)));
    }
    return e == OK ? batch_end(b) : e;
}

enum err org_renumber(struct work *w)
{
    struct arena_mark mark = arena_mark(w->a);
    struct org_node *nodes = NULL;
    struct numbers *old = NULL;
    size_t n = 0;
    enum err e = tree_read(w, &nodes, &old, &n);
    if (e == OK && !org_number(w->a, nodes, n))
        e = fault(w, STORE, M("the tree of organisations does not hang together: restore the database from a backup"));
    if (e == OK) e = tree_write(w, nodes, old, n);
    if (e == OK) arena_back(w->a, mark);
    return e;
}

/* ---- days off ---- */
enum err days_load(struct work *w, struct days *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[DAYS_OFF], NOARGS, &r);
    if (e != OK) return e;
    int64_t *off = NULL;
    size_t n = 0, room = 0;
    while (rows_next(r)) {
        if (n == room) {
            off = arena_grow(w->a, off, room * sizeof *off, (room * 2 + 64) * sizeof *off);
            room = room * 2 + 64;
        }
        off[n++] = rows_int(r, 0);
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = (struct days){off, n};
    return OK;
}
