/* The greatest solution: what would work if all that is not broken did. It says what is there at the beginning, who may begin by a
 * black start (phase 5), and who waits for whom for ever. */
#include "cascade/spread_work.h"

void spread_solution_make(struct arena *a, const struct net *net, struct solution *x)
{
    *x = (struct solution){.level = arena_array(a, net->n_services, sizeof *x->level), .sum = arena_array(a, net->n_needs, sizeof *x->sum),
                           .listed = arena_array(a, net->n_services, sizeof *x->listed), .list.of = arena_array(a, net->n_services, sizeof(uint32_t))};
}

struct solving {
    const struct spread_plan *p;
    struct solution *x;
    const bool *holds;
    const struct need_state *help; /* or NULL */
};

static void list_it(struct solution *x, uint32_t i, uint32_t n_services)
{
    if (x->listed[i]) return;
    x->listed[i] = true;
    x->list.of[(x->first + x->list.n++) % n_services] = i;
}

static uint16_t level_of(const struct solving *s, uint32_t i, uint16_t own)
{
    const struct net *net = s->p->net;
    uint16_t least = LEVEL_FULL;
    for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1] && least > 0; g++) {
        if (s->holds[g]) continue;
        uint16_t supply = spread_supply(&net->need[g], s->x->sum[g]);
        if (s->help != NULL && s->help[g].help > supply) supply = s->help[g].help;
        uint16_t factor = spread_factor(&net->need[g], supply);
        if (factor < least) least = factor;
    }
    return (uint16_t)((uint32_t)own * least / LEVEL_FULL);
}

static uint64_t part(const struct net *net, uint32_t g, const struct net_supplier *r, uint16_t level)
{
    return net->need[g].rule == NEED_COUNT ? level >= r->threshold : (uint64_t)r->weight * level;
}

static void sums(const struct net *net, struct solution *x)
{
    for (uint32_t g = 0; g < net->n_needs; g++) {
        x->sum[g] = 0;
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++)
            x->sum[g] += part(net, g, &net->supplier[r], x->level[net->supplier[r].service]);
    }
}

static void tell(const struct solving *s, uint32_t i, uint16_t from, uint16_t to)
{
    for (uint32_t k = s->p->edge_at[i]; k < s->p->edge_at[i + 1]; k++) {
        const struct edge *e = &s->p->edge[k];
        int64_t more = spread_more(e, from, to);
        if (more == 0) continue;
        s->x->sum[e->need] = (uint64_t)((int64_t)s->x->sum[e->need] + more);
        list_it(s->x, s->p->owner[e->need], s->p->net->n_services);
    }
}

/* Downward from what stands in x->level until nothing falls any more, or upward until nothing rises. */
static void solve(const struct solving *s, const uint16_t *own, size_t stride, bool up)
{
    struct solution *x = s->x;
    uint32_t n = s->p->net->n_services;
    for (uint32_t i = 0; i < n; i++) list_it(x, i, n);
    while (x->list.n > 0) {
        uint32_t i = x->list.of[x->first];
        x->first = (x->first + 1) % n;
        x->list.n--;
        x->listed[i] = false;
        uint16_t from = x->level[i], to = level_of(s, i, *(const uint16_t *)((const char *)own + i * stride));
        if (up ? to <= from : to >= from) continue;
        x->level[i] = to;
        tell(s, i, from, to);
    }
}

void spread_solve(const struct spread_plan *p, struct solution *x, const uint16_t *own, size_t stride, const bool *holds,
                  const struct need_state *help)
{
    const struct solving s = {p, x, holds, help};
    sums(p->net, x);
    solve(&s, own, stride, false);
    if (help != NULL) solve(&s, own, stride, true);
}

static void all_that_is_not_broken(struct spread_work *w)
{
    const struct net *net = w->p->net;
    if (w->holds == NULL) { /* most runs ask for none */
        spread_solution_make(w->a, net, &w->solution);
        w->holds = arena_array(w->a, net->n_needs, sizeof *w->holds);
    }
    for (uint32_t g = 0; g < net->n_needs; g++) w->holds[g] = spread_holds(w, g);
    for (uint32_t i = 0; i < net->n_services; i++) w->solution.level[i] = w->service[i].own;
    spread_solve(w->p, &w->solution, &w->service->own, sizeof *w->service, w->holds, NULL);
}

static uint16_t supplied(const struct spread_work *w, uint32_t g)
{
    return w->holds[g] ? LEVEL_FULL : spread_supply(&w->p->net->need[g], w->solution.sum[g]);
}

/* Who began by a black start goes on as long as it could hold itself. */
void spread_recheck(struct spread_work *w)
{
    if (w->n_helped == 0 || !w->lost_ground) return;
    w->lost_ground = false;
    all_that_is_not_broken(w);
    for (uint32_t g = 0; g < w->p->net->n_needs; g++) {
        struct need_state *n = &w->need[g];
        uint16_t help = w->solution.level[w->p->owner[g]] > 0 ? supplied(w, g) : 0;
        if (n->help <= help) continue;
        spread_look_need(w, g);
        w->n_helped -= help == 0;
        n->help = help;
    }
    spread_needs_settle(w);
}

static bool starts(const struct spread_work *w, uint32_t i)
{
    const struct service_state *s = &w->service[i];
    return w->p->net->service[i].black_start && s->own > 0 && s->level == 0;
}

static void start(struct spread_work *w, uint32_t i)
{
    for (uint32_t g = w->p->net->need_at[i]; g < w->p->net->need_at[i + 1]; g++) {
        struct need_state *n = &w->need[g];
        uint16_t help = supplied(w, g);
        if (n->felt >= help) continue;
        w->n_helped += n->help == 0;
        n->help = help;
        spread_look_need(w, g);
    }
}

bool spread_start(struct spread_work *w)
{
    bool any = false, solved = false;
    if (!w->p->black_start || !w->rose) return false;
    for (uint32_t i = 0; i < w->p->net->n_services; i++) {
        if (!starts(w, i)) continue;
        if (!solved) all_that_is_not_broken(w);
        solved = true;
        if (w->solution.level[i] == 0) continue;
        start(w, i);
        w->service[i].starts = any = true;
    }
    if (any) spread_needs_settle(w);
    return any;
}

/* Deadlocks: who would be better off if all that is not broken worked than it will be as things stand, delays left out. */
static uint32_t root(uint32_t *of, uint32_t i)
{
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
}

static uint32_t number_groups(uint32_t *root_of, uint32_t n, uint32_t *group)
{
    uint32_t groups = 0;
    for (uint32_t i = 0; i < n; i++) {
        group[i] = 0;
        if (root_of[i] == NET_NONE) continue;
        uint32_t r = root(root_of, i); /* the smallest of its group: seen first */
        group[i] = r == i ? ++groups : group[r];
    }
    return groups;
}

void spread_deadlocks(struct spread_work *w)
{
    const struct net *net = w->p->net;
    if (w->out->deadlock == NULL) return;
    uint32_t *of = arena_array(w->a, net->n_services, sizeof *of);
    uint16_t *most = arena_array(w->a, net->n_services, sizeof *most);
    all_that_is_not_broken(w);
    for (uint32_t i = 0; i < net->n_services; i++) {
        most[i] = w->solution.level[i];
        w->solution.level[i] = w->service[i].level;
    }
    spread_solve(w->p, &w->solution, &w->service->own, sizeof *w->service, w->holds, w->need);
    for (uint32_t i = 0; i < net->n_services; i++) of[i] = w->solution.level[i] < most[i] ? i : NET_NONE;
    for (uint32_t g = 0; g < net->n_needs; g++) {
        uint32_t i = w->p->owner[g];
        for (uint32_t r = net->supplier_at[g]; of[i] != NET_NONE && r < net->supplier_at[g + 1]; r++) {
            uint32_t j = net->supplier[r].service;
            if (of[j] == NET_NONE) continue;
            uint32_t x = root(of, i), y = root(of, j);
            if (x < y) of[y] = x;
            else of[x] = y;
        }
    }
    w->out->deadlocks = number_groups(of, net->n_services, w->out->deadlock);
}
