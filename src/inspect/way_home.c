/* What waits for the acting post on the way upward: for the home page. */
#include "inspect/way_acts.h"

struct telling {
    struct work *w;
    struct round *r;
    way_waiting_fn *fn;
    void *to;
    const struct node *first_sent;
    int64_t sent;
};

/* A unit or ministry is ready when nothing waits in it, and nothing more is to come: all is in, or the due day is over. */
static enum err ready(const struct telling *t, const struct node *n, bool *out, int64_t *missing)
{
    struct unit_counts c;
    const struct org place = {.id = n->org, .code = n->code};
    enum err e = inspect_unit_counts(t->w, t->r->code, &place, &c);
    if (e != OK) return e;
    *missing = c.draft + c.none;
    *out = c.submitted == 0 && (*missing == 0 || (t->r->has_due && today(t->w) > t->r->due));
    return OK;
}

static enum err tell(const struct telling *t, str what, const struct node *n, str why, int64_t missing)
{
    struct way_waiting one = {.what = what, .org = n->code, .org_ja = n->name_ja, .org_en = n->name_en, .why = why, .n = 1,
                              .missing = missing};
    return t->fn(t->to, &one);
}

static enum err tell_ready(const struct telling *t, str what, const struct node *n)
{
    bool is = false;
    int64_t missing = 0;
    enum err e = may(t->w->actor, MAY_MANAGE, n->here) ? ready(t, n, &is, &missing) : OK;
    return e == OK && is ? tell(t, what, n, (str){0}, missing) : e;
}

static enum err tell_headed(const struct telling *t, const struct node *n)
{
    struct step_row last = {0};
    if (!may(t->w->actor, MAY_APPROVE, n->here)) return OK;
    enum err e = step_last(t->w, t->r->id, n->org, &last);
    if (e != OK && e != NOTFOUND) return e;
    return e == OK && last.person == t->w->actor->person ? OK : tell(t, S("chief"), n, (str){0}, 0);
}

static enum err tell_query(const struct telling *t, const struct node *n)
{
    struct step_row last = {0};
    enum err e = step_last(t->w, t->r->id, n->org, &last);
    return e != OK && e != NOTFOUND ? e : tell(t, S("query"), n, last.why, 0);
}

/* Of one's own ministry or unit; whoever holds several from above finds them on the board. */
static enum err tell_own(const struct telling *t, const struct node *n, enum body body)
{
    bool sends = may(t->w->actor, MAY_MANAGE | MAY_APPROVE, n->here);
    if (n->here != t->w->actor->lo && t->w->actor->org != n->org) return OK;
    if (body == BODY_UNIT) return n->stage == STAGE_OPEN ? tell_ready(t, S("close"), n) : OK;
    switch (n->stage) {
    case STAGE_OPEN: return may(t->w->actor, MAY_APPROVE, n->here) ? OK : tell_ready(t, S("head"), n); /* that is the second */
    case STAGE_HEADED: return tell_headed(t, n);
    case STAGE_APPROVED: return sends ? tell(t, S("send"), n, (str){0}, 0) : OK;
    case STAGE_QUERIED: return sends ? tell_query(t, n) : OK;
    default: return OK;
    }
}

static enum err tell_node(struct telling *t, const struct node *n)
{
    enum body body = way_body(t->r, (size_t)(n - t->r->nodes));
    if (body == BODY_TOP) return OK;
    if (body == BODY_MINISTRY && n->stage == STAGE_SENT && may(t->w->actor, MAY_CENTRE, n->here)) {
        t->first_sent = n;
        t->sent++;
    }
    return tell_own(t, n, body);
}

/* Is an ancestor of the unit shut? Then it waits for somebody else. Those above may be out of sight: asked by the path. */
static enum err shut_above(const struct telling *t, bool *out)
{
    struct node *path;
    size_t n;
    enum err e = path_nodes(t->w, t->r->id, t->w->actor->org, &path, &n);
    *out = false;
    for (size_t i = 0; e == OK && i + 1 < n; i++) *out = *out || stage_shut(path[i].stage);
    return e;
}

enum err inspect_way_waiting(struct work *w, str round, way_waiting_fn *fn, void *to)
{
    struct telling t = {.w = w, .r = arena_alloc(w->a, sizeof *t.r), .fn = fn, .to = to};
    int64_t edition;
    bool shut = false;
    if (!(w->actor->rights & (MAY_MANAGE | MAY_APPROVE | MAY_CENTRE))) return OK;
    enum err e = round_rules(w, round, t.r, &edition);
    if (e != OK || !str_eq(t.r->state, S("open"))) return e;
    if ((e = round_nodes_near(w, t.r, 0, 1)) != OK || (e = shut_above(&t, &shut)) != OK) return e;
    for (size_t i = 0; e == OK && !shut && i < t.r->n_nodes; i++) e = tell_node(&t, &t.r->nodes[i]);
    if (e != OK || t.sent == 0) return e;
    struct way_waiting all = {.what = S("accept"), .n = t.sent};
    if (t.sent == 1) {
        all.org = t.first_sent->code;
        all.org_ja = t.first_sent->name_ja;
        all.org_en = t.first_sent->name_en;
    }
    return fn(to, &all);
}
