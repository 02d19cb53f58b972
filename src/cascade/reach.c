#include "cascade/reach.h"

#include <assert.h>
#include <string.h>

#include "cascade/reach_graph.h"

struct graph graph_of_net(struct arena *a, const struct net *net)
{
    uint32_t *at = arena_array(a, (size_t)net->n_services + 1, sizeof *at);
    uint32_t *to = arena_array(a, net->n_suppliers, sizeof *to);
    for (uint32_t i = 0; i <= net->n_services; i++) at[i] = net->supplier_at[net->need_at[i]];
    for (uint32_t r = 0; r < net->n_suppliers; r++) to[r] = net->supplier[r].service;
    return (struct graph){net->n_services, at, to};
}

struct graph graph_turned(struct arena *a, struct graph g)
{
    uint32_t *at = arena_array(a, (size_t)g.n + 2, sizeof *at), *to = arena_array(a, g.at[g.n], sizeof *to);
    for (uint32_t e = 0; e < g.at[g.n]; e++) at[g.to[e] + 2]++;
    for (uint32_t i = 0; i < g.n; i++) at[i + 2] += at[i + 1];
    for (uint32_t i = 0; i < g.n; i++) /* at[j + 1] moves on from where j begins to where it ends */
        for (uint32_t e = g.at[i]; e < g.at[i + 1]; e++) to[at[g.to[e] + 1]++] = i;
    return (struct graph){g.n, at, to};
}

struct graph graph_members(struct arena *a, const uint32_t *group, uint32_t n, uint32_t groups)
{
    uint32_t *at = arena_array(a, (size_t)groups + 2, sizeof *at), *to = arena_array(a, n, sizeof *to);
    for (uint32_t i = 0; i < n; i++) at[group[i] + 2]++;
    for (uint32_t g = 0; g < groups; g++) at[g + 2] += at[g + 1];
    for (uint32_t i = 0; i < n; i++) to[at[group[i] + 1]++] = i;
    return (struct graph){groups, at, to};
}

/* ---- groups: Tarjan 1972, with a stack of its own instead of the machine's ---- */

enum { UNSEEN = 0 };
struct tarjan {
    struct graph g;
    uint32_t *seen;  /* 1, 2 … in the order of discovery; UNSEEN */
    uint32_t *low;   /* earliest on the stack that can be reached */
    uint32_t *next;  /* edge to be looked at next */
    uint32_t *from;  /* whence it was discovered */
    uint32_t *stack; /* of those whose group is still open */
    uint32_t n_stack, n_seen, n_groups;
    uint32_t *group; /* NET_NONE while open */
};

static void discover(struct tarjan *t, uint32_t i, uint32_t from)
{
    t->seen[i] = t->low[i] = ++t->n_seen;
    t->next[i] = t->g.at[i];
    t->from[i] = from;
    t->stack[t->n_stack++] = i;
}

/* i is done with: if nothing earlier can be reached, it and all above it on the stack are a group. */
static void close_group(struct tarjan *t, uint32_t i)
{
    if (t->low[i] != t->seen[i]) return;
    uint32_t member;
    do {
        member = t->stack[--t->n_stack];
        t->group[member] = t->n_groups;
    } while (member != i);
    t->n_groups++;
}

static void lower(uint32_t *low, uint32_t to)
{
    if (to < *low) *low = to;
}

static void explore(struct tarjan *t, uint32_t root)
{
    discover(t, root, NET_NONE);
    for (uint32_t i = root; i != NET_NONE;) {
        if (t->next[i] < t->g.at[i + 1]) {
            uint32_t to = t->g.to[t->next[i]++];
            if (t->seen[to] == UNSEEN) {
                discover(t, to, i);
                i = to;
            } else if (t->group[to] == NET_NONE) {
                lower(&t->low[i], t->seen[to]);
            }
            continue;
        }
        close_group(t, i);
        uint32_t back = t->from[i];
        if (back != NET_NONE) lower(&t->low[back], t->low[i]);
        i = back;
    }
}

uint32_t graph_groups(struct arena *a, struct graph g, uint32_t *group)
{
    struct arena_mark mark = arena_mark(a);
    struct tarjan t = {.g = g, .group = group};
    t.seen = arena_array(a, g.n, sizeof *t.seen);
    t.low = arena_array(a, g.n, sizeof *t.low);
    t.next = arena_array(a, g.n, sizeof *t.next);
    t.from = arena_array(a, g.n, sizeof *t.from);
    t.stack = arena_array(a, g.n, sizeof *t.stack);
    for (uint32_t i = 0; i < g.n; i++) group[i] = NET_NONE;
    for (uint32_t i = 0; i < g.n; i++)
        if (t.seen[i] == UNSEEN) explore(&t, i);
    arena_back(a, mark);
    return t.n_groups;
}

uint32_t reach_groups(struct arena *a, const struct net *net, uint32_t *group)
{
    struct arena_mark mark = arena_mark(a);
    struct graph g = graph_of_net(a, net);
    uint32_t n = graph_groups(a, g, group);
    arena_back(a, mark);
    return n;
}

/* ---- how many depend on each ---- */

static void direct_counts(struct arena *a, struct graph g, uint32_t *direct)
{
    uint32_t *last = arena_array(a, g.n, sizeof *last); /* who was counted last, plus 1: twice named is one dependant */
    memset(direct, 0, g.n * sizeof *direct);
    for (uint32_t i = 0; i < g.n; i++) {
        for (uint32_t e = g.at[i]; e < g.at[i + 1]; e++) {
            if (last[g.to[e]] == i + 1) continue;
            last[g.to[e]] = i + 1;
            direct[g.to[e]]++;
        }
    }
}

/* Groups as nodes, each with the groups it needs, itself left out and each once. */
static struct graph condensed(struct arena *a, struct graph g, const uint32_t *group, struct graph members)
{
    uint32_t *at = arena_array(a, (size_t)members.n + 1, sizeof *at), *to = arena_array(a, g.at[g.n], sizeof *to), n = 0;
    uint32_t *last = arena_array(a, members.n, sizeof *last);
    for (uint32_t c = 0; c < members.n; c++) {
        at[c] = n;
        last[c] = c + 1;
        for (uint32_t m = members.at[c]; m < members.at[c + 1]; m++) {
            uint32_t i = members.to[m];
            for (uint32_t e = g.at[i]; e < g.at[i + 1]; e++) {
                uint32_t other = group[g.to[e]];
                if (last[other] == c + 1) continue;
                last[other] = c + 1;
                to[n++] = other;
            }
        }
    }
    at[members.n] = n;
    return (struct graph){members.n, at, to};
}

enum { SLICE = 512, SLICE_WORDS = SLICE / 64 };
struct slice {
    uint64_t word[SLICE_WORDS];
};

static uint32_t bits_in(const struct slice *s)
{
    int n = 0;
    for (int w = 0; w < SLICE_WORDS; w++) n += __builtin_popcountll(s->word[w]);
    return (uint32_t)n;
}

/* Which of 512 dependants, those from `first` on in the order of groups, each group has: handed from the last of them down to those it needs. */
static void count_slice(struct graph groups, struct graph members, const uint32_t *group, uint32_t first, struct slice *bits, uint32_t *count)
{
    uint32_t end = first + SLICE < members.at[members.n] ? first + SLICE : members.at[members.n];
    for (uint32_t d = first; d < end; d++) bits[group[members.to[d]]].word[(d - first) / 64] |= UINT64_C(1) << (d - first) % 64;
    for (uint32_t g = group[members.to[end - 1]] + 1; g-- > 0;) {
        uint32_t n = bits_in(&bits[g]);
        if (n == 0) continue;
        count[g] += n;
        for (uint32_t e = groups.at[g]; e < groups.at[g + 1]; e++)
            for (int w = 0; w < SLICE_WORDS; w++) bits[groups.to[e]].word[w] |= bits[g].word[w];
        bits[g] = (struct slice){0};
    }
}

static void transitive_counts(struct arena *a, struct graph g, uint32_t *transitive)
{
    uint32_t *group = arena_array(a, g.n, sizeof *group), n = graph_groups(a, g, group);
    struct graph members = graph_members(a, group, g.n, n), groups = condensed(a, g, group, members);
    uint32_t *count = arena_array(a, n, sizeof *count);
    struct slice *bits = arena_array(a, n, sizeof *bits);
    for (uint32_t first = 0; first < g.n; first += SLICE) count_slice(groups, members, group, first, bits, count);
    for (uint32_t i = 0; i < g.n; i++) transitive[i] = count[group[i]] - 1; /* without itself */
}

void reach_counts(struct arena *a, const struct net *net, uint32_t *direct, uint32_t *transitive)
{
    struct arena_mark mark = arena_mark(a);
    struct graph g = graph_of_net(a, net);
    direct_counts(a, g, direct);
    if (transitive) transitive_counts(a, g, transitive);
    arena_back(a, mark);
}

void reach_from(struct arena *a, const struct net *net, const uint32_t *service, size_t n, uint32_t *steps)
{
    struct arena_mark mark = arena_mark(a);
    struct graph out = graph_turned(a, graph_of_net(a, net));
    uint32_t *queue = arena_array(a, net->n_services, sizeof *queue), end = 0;
    for (uint32_t i = 0; i < net->n_services; i++) steps[i] = NET_NONE;
    for (size_t s = 0; s < n; s++) {
        if (steps[service[s]] != NET_NONE) continue;
        steps[service[s]] = 0;
        queue[end++] = service[s];
    }
    for (uint32_t head = 0; head < end; head++) {
        uint32_t i = queue[head];
        for (uint32_t e = out.at[i]; e < out.at[i + 1]; e++) {
            if (steps[out.to[e]] != NET_NONE) continue;
            steps[out.to[e]] = steps[i] + 1;
            queue[end++] = out.to[e];
        }
    }
    arena_back(a, mark);
}
