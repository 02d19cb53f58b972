#include "cascade/reach_plan.h"

#include <string.h>

bool reach_decides(const struct net_need *need) { return need->strength == LEVEL_FULL; }

uint64_t reach_gives(const struct net *net, const struct net_need *need, const struct net_supplier *row)
{
    uint16_t own = net->service[row->service].own;
    if (need->rule == NEED_COUNT) return own >= row->threshold;
    return (uint64_t)row->weight * own;
}

int64_t reach_spare(const struct net *net, uint32_t g)
{
    const struct net_need *need = &net->need[g];
    int64_t all = 0, wanted = need->rule == NEED_COUNT ? (int64_t)need->k : (int64_t)need->k * LEVEL_FULL;
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) all += (int64_t)reach_gives(net, need, &net->supplier[r]);
    return all - wanted;
}

/* ---- rows of the network, sorted into those that take down alone and those that do so together ---- */

struct sorted {
    const struct net *net;
    int64_t *spare;    /* [needs] */
    struct graph any;  /* services, by rows that take down alone */
    struct graph each; /* services, by all rows that count */
};

static bool takes_down_alone(const struct sorted *s, uint32_t need, uint64_t gives)
{
    return s->spare[need] >= 0 && gives > (uint64_t)s->spare[need];
}

static void rows_sorted(struct arena *a, const struct net *net, struct sorted *s)
{
    uint32_t n_any = 0, n_each = 0;
    uint32_t *any_at = arena_array(a, (size_t)net->n_services + 1, sizeof *any_at);
    uint32_t *each_at = arena_array(a, (size_t)net->n_services + 1, sizeof *each_at);
    uint32_t *any = arena_array(a, net->n_suppliers, sizeof *any), *each = arena_array(a, net->n_suppliers, sizeof *each);
    s->net = net;
    s->spare = arena_array(a, net->n_needs, sizeof *s->spare);
    for (uint32_t i = 0; i < net->n_services; i++) {
        any_at[i] = n_any;
        each_at[i] = n_each;
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
            s->spare[g] = reach_spare(net, g);
            if (!reach_decides(&net->need[g])) continue;
            for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
                uint64_t gives = reach_gives(net, &net->need[g], &net->supplier[r]);
                if (gives > 0) each[n_each++] = net->supplier[r].service;
                if (takes_down_alone(s, g, gives)) any[n_any++] = net->supplier[r].service;
            }
        }
    }
    any_at[net->n_services] = n_any;
    each_at[net->n_services] = n_each;
    s->any = (struct graph){net->n_services, any_at, any};
    s->each = (struct graph){net->n_services, each_at, each};
}

/* Nodes are groups by rows that take down alone, in the order of the groups by all rows, then in their own. */
static void nodes_numbered(struct arena *a, const struct sorted *s, struct plan *p)
{
    uint32_t services = s->any.n, *together = arena_array(a, services, sizeof *together);
    uint32_t *circle = arena_array(a, services, sizeof *circle);
    p->n = graph_groups(a, s->any, together);
    uint32_t circles = graph_groups(a, s->each, circle);
    uint32_t *circle_of = arena_array(a, p->n, sizeof *circle_of), *number = arena_array(a, p->n, sizeof *number);
    for (uint32_t i = 0; i < services; i++) circle_of[together[i]] = circle[i];
    struct graph order = graph_members(a, circle_of, p->n, circles);
    for (uint32_t k = 0; k < p->n; k++) number[order.to[k]] = k;
    p->node = arena_array(a, services, sizeof *p->node);
    for (uint32_t i = 0; i < services; i++) p->node[i] = number[together[i]];
    p->members = graph_members(a, p->node, services, p->n);
}

/* Edges between services as edges between nodes: each once, none to itself. */
static struct graph between_nodes(struct arena *a, const struct plan *p, struct graph services)
{
    uint32_t *at = arena_array(a, (size_t)p->n + 1, sizeof *at), *to = arena_array(a, services.at[services.n], sizeof *to), n = 0;
    uint32_t *last = arena_array(a, p->n, sizeof *last);
    for (uint32_t node = 0; node < p->n; node++) {
        at[node] = n;
        last[node] = node + 1;
        for (uint32_t m = p->members.at[node]; m < p->members.at[node + 1]; m++) {
            uint32_t i = p->members.to[m];
            for (uint32_t e = services.at[i]; e < services.at[i + 1]; e++) {
                uint32_t other = p->node[services.to[e]];
                if (last[other] == node + 1) continue;
                last[other] = node + 1;
                to[n++] = other;
            }
        }
    }
    at[p->n] = n;
    return (struct graph){p->n, at, to};
}

/* ---- needs that several suppliers together take down ---- */

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The rows of a need that do not take it down alone; false when not even all of them do. Figures are divided by what they have in common,
 * so that a need whose suppliers give the same is a count of them. */
static bool need_kept(const struct sorted *s, struct plan *p, uint32_t g, uint32_t node, uint32_t *n_rows, struct plan_need *out)
{
    const struct net *net = s->net;
    uint64_t common = 0, all = 0;
    uint32_t n = *n_rows;
    if (!reach_decides(&net->need[g]) || s->spare[g] < 0) return false;
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
        uint64_t gives = reach_gives(net, &net->need[g], &net->supplier[r]);
        uint32_t from = p->node[net->supplier[r].service];
        if (gives == 0 || takes_down_alone(s, g, gives) || from == node) continue;
        p->row[n++] = (struct plan_row){from, gives};
        common = common_divisor(common, gives);
        all += gives;
    }
    if (all <= (uint64_t)s->spare[g]) return false;
    for (uint32_t r = *n_rows; r < n; r++) p->row[r].gives /= common;
    *out = (struct plan_need){(uint64_t)s->spare[g] / common, all / common};
    *n_rows = n;
    return true;
}

static void needs_kept(struct arena *a, const struct sorted *s, struct plan *p)
{
    const struct net *net = s->net;
    uint32_t n = 0, rows = 0;
    p->need_at = arena_array(a, (size_t)p->n + 1, sizeof *p->need_at);
    p->row_at = arena_array(a, (size_t)net->n_needs + 1, sizeof *p->row_at);
    p->need = arena_array(a, net->n_needs, sizeof *p->need);
    p->row = arena_array(a, net->n_suppliers, sizeof *p->row);
    p->always = arena_array(a, p->n, sizeof *p->always);
    for (uint32_t node = 0; node < p->n; node++) {
        p->need_at[node] = n;
        for (uint32_t m = p->members.at[node]; m < p->members.at[node + 1]; m++) {
            uint32_t i = p->members.to[m];
            for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
                p->always[node] |= reach_decides(&net->need[g]) && s->spare[g] < 0;
                if (need_kept(s, p, g, node, &rows, &p->need[n])) p->row_at[++n] = rows;
            }
        }
    }
    p->need_at[p->n] = n;
}

/* Weights of a node's members by sector; those of none are left out. */
static void weights_added(struct arena *a, const struct net *net, struct plan *p)
{
    uint32_t n = 0, *where = arena_array(a, net->n_sectors, sizeof *where); /* place of the sector's entry, plus 1 */
    p->n_sectors = net->n_sectors;
    p->weight_at = arena_array(a, (size_t)p->n + 1, sizeof *p->weight_at);
    p->weight = arena_array(a, net->n_services, sizeof *p->weight);
    for (uint32_t node = 0; node < p->n; node++) {
        p->weight_at[node] = n;
        for (uint32_t m = p->members.at[node]; m < p->members.at[node + 1]; m++) {
            const struct net_service *s = &net->service[p->members.to[m]];
            if (s->weight == 0) continue;
            if (where[s->sector] <= p->weight_at[node]) {
                p->weight[n] = (struct plan_weight){s->sector, 0};
                where[s->sector] = ++n;
            }
            p->weight[where[s->sector] - 1].weight += s->weight;
        }
    }
    p->weight_at[p->n] = n;
}

void plan_of(struct arena *a, const struct net *net, struct plan *p)
{
    struct sorted s;
    rows_sorted(a, net, &s);
    nodes_numbered(a, &s, p);
    p->any = between_nodes(a, p, s.any);
    p->felt = graph_turned(a, between_nodes(a, p, s.each));
    needs_kept(a, &s, p);
    weights_added(a, net, p);
}
