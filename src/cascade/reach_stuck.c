/* Circles that never come back by themselves. A set of services is stuck when with all of it down and everything else working none of
 * it can begin. Sets that hang together (each depends on each, within the set) and are stuck are in one strongly connected group,
 * and stay down when all of that group is down: so what of a group comes back is taken away, and what is left is parted into groups again,
 * until a group is left as it is. That finds the largest of them. */
#include <string.h>

#include "cascade/reach_graph.h"

struct stuck {
    const struct net *net;
    struct graph out;
    bool stored;
    uint16_t *could;  /* [services] level when everything works that can */
    uint16_t *level;  /* the same, but for the group that is being tried */
    uint32_t *trial;  /* [services] number of the trial it is in, from 1 */
    uint32_t trials;
    uint32_t *queue, n_queue; /* those whose inputs changed */
    bool *queued;
    bool *starts;     /* [services] begins by a black start */
    uint32_t *set;    /* [services] sets that are still to be looked at stand beside each other in it */
};

/* One that is broken from the beginning counts as mended. */
static uint16_t own_level(const struct net *net, uint32_t i) { return net->service[i].own ? net->service[i].own : LEVEL_FULL; }

static uint64_t supply(const struct stuck *s, uint32_t g)
{
    const struct net *net = s->net;
    const struct net_need *need = &net->need[g];
    uint64_t sum = 0;
    if (s->stored && need->buffer.low > 0) return LEVEL_FULL;
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
        const struct net_supplier *row = &net->supplier[r];
        uint16_t level = s->level[row->service];
        sum += need->rule == NEED_COUNT ? level >= row->threshold : (uint64_t)row->weight * level;
    }
    if (need->rule == NEED_COUNT) return sum >= need->k ? LEVEL_FULL : 0;
    return need->k == 0 || sum / need->k > LEVEL_FULL ? LEVEL_FULL : sum / need->k;
}

static uint16_t level_by_needs(const struct stuck *s, uint32_t i)
{
    uint64_t least = (uint64_t)LEVEL_FULL * LEVEL_FULL;
    for (uint32_t g = s->net->need_at[i]; g < s->net->need_at[i + 1]; g++) {
        uint64_t level = (uint64_t)LEVEL_FULL * LEVEL_FULL - s->net->need[g].strength * (LEVEL_FULL - supply(s, g));
        if (level < least) least = level;
    }
    return (uint16_t)(own_level(s->net, i) * least / ((uint64_t)LEVEL_FULL * LEVEL_FULL));
}

static void look_at(struct stuck *s, uint32_t i)
{
    if (s->queued[i]) return;
    s->queued[i] = true;
    s->queue[s->n_queue++] = i;
}

static uint32_t next_to_look_at(struct stuck *s)
{
    uint32_t i = s->queue[--s->n_queue];
    s->queued[i] = false;
    return i;
}

/* The greatest solution: from all at their own levels downward. */
static void everything_works(struct stuck *s)
{
    for (uint32_t i = 0; i < s->net->n_services; i++) s->level[i] = own_level(s->net, i);
    for (uint32_t i = s->net->n_services; i-- > 0;) look_at(s, i);
    while (s->n_queue) {
        uint32_t i = next_to_look_at(s);
        uint16_t level = level_by_needs(s, i);
        if (level >= s->level[i]) continue;
        s->level[i] = level;
        for (uint32_t e = s->out.at[i]; e < s->out.at[i + 1]; e++) look_at(s, s->out.to[e]);
    }
    memcpy(s->could, s->level, s->net->n_services * sizeof *s->could);
}

/* Upward, within the group that is tried. */
static void climb(struct stuck *s)
{
    while (s->n_queue) {
        uint32_t i = next_to_look_at(s);
        uint16_t level = s->starts[i] ? s->could[i] : level_by_needs(s, i);
        if (level <= s->level[i]) continue;
        s->level[i] = level;
        for (uint32_t e = s->out.at[i]; e < s->out.at[i + 1]; e++)
            if (s->trial[s->out.to[e]] == s->trials) look_at(s, s->out.to[e]);
    }
}

/* All of the group down: who begins, and who follows. The others' levels stay. */
static void group_tried(struct stuck *s, const uint32_t *member, uint32_t n)
{
    s->trials++;
    for (uint32_t m = 0; m < n; m++) {
        s->trial[member[m]] = s->trials;
        s->level[member[m]] = 0;
    }
    for (uint32_t m = n; m-- > 0;) look_at(s, member[m]);
    climb(s);
}

/* Groups within a set, and their members. */
static struct graph set_parted(struct arena *a, const struct stuck *s, const uint32_t *set, uint32_t n, uint32_t *place)
{
    uint32_t *at = arena_array(a, (size_t)n + 1, sizeof *at), edges = 0;
    for (uint32_t m = 0; m < n; m++) {
        place[set[m]] = m + 1;
        edges += s->net->supplier_at[s->net->need_at[set[m] + 1]] - s->net->supplier_at[s->net->need_at[set[m]]];
    }
    uint32_t *to = arena_array(a, edges, sizeof *to), *group = arena_array(a, n, sizeof *group), e = 0;
    for (uint32_t m = 0; m < n; m++) {
        at[m] = e;
        for (uint32_t r = s->net->supplier_at[s->net->need_at[set[m]]]; r < s->net->supplier_at[s->net->need_at[set[m] + 1]]; r++)
            if (place[s->net->supplier[r].service]) to[e++] = place[s->net->supplier[r].service] - 1;
    }
    at[n] = e;
    for (uint32_t m = 0; m < n; m++) place[set[m]] = 0;
    uint32_t groups = graph_groups(a, (struct graph){n, at, to}, group);
    struct graph members = graph_members(a, group, n, groups);
    uint32_t *member = arena_array(a, n, sizeof *member);
    for (uint32_t m = 0; m < n; m++) member[m] = set[members.to[m]];
    members.to = member;
    return members;
}

struct part { /* of struct stuck's set */
    uint32_t begin, end;
};

/* Tries one group. Stuck: it is a circle, numbered. Else what stayed down is put where *end says, as a set of its own; answers its size. */
static uint32_t what_stays(struct stuck *s, const uint32_t *member, uint32_t n, uint32_t *end, uint32_t *circle, uint32_t *circles)
{
    uint32_t begin = *end;
    group_tried(s, member, n);
    for (uint32_t m = 0; m < n; m++) {
        if (s->level[member[m]] == 0) s->set[(*end)++] = member[m];
        s->level[member[m]] = s->could[member[m]];
    }
    if (*end - begin < n) return *end - begin;
    *end = begin;
    ++*circles;
    for (uint32_t m = 0; m < n; m++) circle[member[m]] = *circles;
    return 0;
}

static uint32_t circles_found(struct arena *a, struct stuck *s, uint32_t *circle)
{
    uint32_t circles = 0, n_parts = 1, *place = arena_array(a, s->net->n_services, sizeof *place);
    struct part *part = arena_array(a, (size_t)s->net->n_services / 2 + 2, sizeof *part); /* of two members each, or the first */
    part[0] = (struct part){0, 0};
    for (uint32_t i = 0; i < s->net->n_services; i++)
        if (s->could[i] > 0) s->set[part[0].end++] = i;
    while (n_parts) {
        struct part p = part[--n_parts];
        struct arena_mark mark = arena_mark(a);
        struct graph groups = set_parted(a, s, s->set + p.begin, p.end - p.begin, place);
        uint32_t end = p.begin;
        for (uint32_t g = 0; g < groups.n; g++) {
            uint32_t size = groups.at[g + 1] - groups.at[g], begin = end;
            if (size < 2) continue;
            if (what_stays(s, groups.to + groups.at[g], size, &end, circle, &circles) > 1) part[n_parts++] = (struct part){begin, end};
            else end = begin;
        }
        arena_back(a, mark);
    }
    return circles;
}

/* Numbers in the order of their first members. */
static void renumbered(struct arena *a, uint32_t *circle, uint32_t n, uint32_t circles)
{
    uint32_t *number = arena_array(a, (size_t)circles + 1, sizeof *number), next = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (circle[i] == 0) continue;
        if (number[circle[i]] == 0) number[circle[i]] = ++next;
        circle[i] = number[circle[i]];
    }
}

static struct stuck begun(struct arena *a, const struct net *net, bool stored)
{
    uint32_t n = net->n_services;
    struct stuck s = {.net = net, .out = graph_turned(a, graph_of_net(a, net)), .stored = stored};
    s.could = arena_array(a, n, sizeof *s.could);
    s.level = arena_array(a, n, sizeof *s.level);
    s.trial = arena_array(a, n, sizeof *s.trial);
    s.queue = arena_array(a, n, sizeof *s.queue);
    s.queued = arena_array(a, n, sizeof *s.queued);
    s.set = arena_array(a, n, sizeof *s.set);
    s.starts = arena_array(a, n, sizeof *s.starts);
    everything_works(&s);
    return s;
}

uint32_t reach_stuck(struct arena *a, const struct net *net, bool stored, uint32_t *circle)
{
    struct arena_mark mark = arena_mark(a);
    struct stuck s = begun(a, net, stored);
    memset(circle, 0, net->n_services * sizeof *circle);
    for (uint32_t i = 0; i < net->n_services; i++) s.starts[i] = net->service[i].black_start;
    uint32_t circles = circles_found(a, &s, circle);
    renumbered(a, circle, net->n_services, circles);
    arena_back(a, mark);
    return circles;
}

/* Those of the set, and whoever depends on them. */
static uint32_t taken_down(struct stuck *s, const uint32_t *of, uint32_t which, bool *down)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->net->n_services; i++) {
        down[i] = of == NULL || of[i] == which;
        if (down[i]) s->set[n++] = i;
    }
    for (uint32_t m = 0; m < n; m++)
        for (uint32_t e = s->out.at[s->set[m]]; e < s->out.at[s->set[m] + 1]; e++) {
            uint32_t i = s->out.to[e];
            if (!down[i]) s->set[n++] = i;
            down[i] = true;
        }
    return n;
}

/* A black start begins at 0 (README, phase 5): who is up in part by what others give does not start, and stays so. */
static void start_black(struct stuck *s, uint32_t n)
{
    for (uint32_t m = 0; m < n; m++) {
        uint32_t i = s->set[m];
        s->starts[i] = s->net->service[i].black_start && s->level[i] == 0;
        if (s->starts[i]) look_at(s, i);
    }
    climb(s);
}

uint32_t reach_back(struct arena *a, const struct net *net, bool stored, const uint32_t *of, uint32_t which, bool *back)
{
    struct arena_mark mark = arena_mark(a);
    struct stuck s = begun(a, net, stored);
    uint32_t n = taken_down(&s, of, which, back), not = 0;
    group_tried(&s, s.set, n);
    start_black(&s, n);
    for (uint32_t i = 0; i < net->n_services; i++) {
        back[i] = s.level[i] == s.could[i];
        not += !back[i];
    }
    arena_back(a, mark);
    return not;
}
