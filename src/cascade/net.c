#include "cascade/net.h"

void net_outward(struct arena *a, const struct net *net, struct net_out *out)
{
    uint32_t *at = arena_array(a, (size_t)net->n_services + 2, sizeof *at);
    uint32_t *need = arena_array(a, net->n_suppliers, sizeof *need), *row = arena_array(a, net->n_suppliers, sizeof *row);
    /* Counted one place further on, so that filling in moves each beginning to where it belongs. */
    for (uint32_t r = 0; r < net->n_suppliers; r++) at[net->supplier[r].service + 2]++;
    for (uint32_t j = 0; j < net->n_services; j++) at[j + 1] += at[j];
    for (uint32_t g = 0; g < net->n_needs; g++)
        for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
            uint32_t to = at[net->supplier[r].service + 1]++;
            need[to] = g;
            row[to] = r;
        }
    *out = (struct net_out){at, need, row};
}

const uint32_t *net_owners(struct arena *a, const struct net *net)
{
    uint32_t *owner = arena_array(a, net->n_needs, sizeof *owner);
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) owner[g] = i;
    return owner;
}

static const char *span_fault(const struct span *s)
{
    if (s->kind > SPAN_EXPONENTIAL) return "no such kind of time";
    if (s->low == TICK_NEVER) return NULL;
    if (s->low > TICK_MAX) return "a time is too long";
    if (s->kind == SPAN_UNIFORM && (s->high < s->low || s->high > TICK_MAX)) return "a time ends before it begins, or is too long";
    return NULL;
}

static const char *service_fault(const struct net *net, const struct net_service *s)
{
    if (s->sector >= net->n_sectors) return "no such sector";
    if (s->weight > NET_WEIGHT_MAX) return "a weight is too large";
    if (s->crew != NET_NONE && s->crew >= net->n_crews) return "no such crew";
    if (s->profile != NET_NONE && s->profile >= net->n_profiles) return "no such demand";
    if (s->own > LEVEL_FULL || s->verify > LEVEL_FULL) return "a level is beyond full";
    const struct span *span[] = {&s->fails, &s->detect, &s->repair};
    for (size_t k = 0; k < sizeof span / sizeof *span; k++)
        if (span_fault(span[k]) != NULL) return span_fault(span[k]);
    return NULL;
}

static const char *supplier_fault(const struct net *net, const struct net_need *n, const struct net_supplier *s, uint32_t owner)
{
    if (s->service >= net->n_services) return "no such supplier";
    if (s->service == owner) return "a service among its own suppliers";
    if (s->delay > TICK_MAX) return "a delay is too long";
    if (s->type >= LINK_TYPES) return "no such type of link";
    if (n->rule == NEED_SHARE && s->weight > NET_WEIGHT_MAX) return "a weight is too large";
    if (n->rule == NEED_COUNT && (s->threshold < 1 || s->threshold > LEVEL_FULL)) return "no such threshold";
    return NULL;
}

static const char *need_fault(const struct net *net, uint32_t g, uint32_t owner)
{
    const struct net_need *n = &net->need[g];
    uint32_t from = net->supplier_at[g], to = net->supplier_at[g + 1];
    if (n->rule > NEED_SHARE) return "no such rule";
    if (to <= from || to > net->n_suppliers) return "a need without suppliers";
    if (n->k < 1 || (n->rule == NEED_COUNT && n->k > to - from)) return "k is not within the suppliers";
    if (n->strength > LEVEL_FULL) return "a strength is beyond full";
    if (n->recharge > TICK_MAX) return "a time is too long";
    if (n->buffer.low == TICK_NEVER || span_fault(&n->buffer) != NULL) return "no such buffer";
    for (uint32_t r = from; r < to; r++) {
        const char *fault = supplier_fault(net, n, &net->supplier[r], owner);
        if (fault != NULL) return fault;
    }
    return NULL;
}

static const char *profile_fault(const struct net_profile *p)
{
    for (size_t h = 0; h < 24; h++)
        if (p->hour[h] > 0) return NULL;
    return "a demand of nothing at any hour";
}

const char *net_fault(const struct net *net)
{
    if ((uint64_t)net->n_services + net->n_needs + net->n_suppliers >= NET_NONE) return "too many"; /* events are numbered in 32 bits */
    if ((uint64_t)net->n_sectors * ((uint64_t)net->n_profiles + 1) > NET_DEMANDS_MAX) return "too many sectors and demands";
    if (net->need_at[0] != 0 || net->need_at[net->n_services] != net->n_needs) return "needs do not fit";
    if (net->supplier_at[0] != 0 || net->supplier_at[net->n_needs] != net->n_suppliers) return "suppliers do not fit";
    for (uint32_t k = 0; k < net->n_profiles; k++)
        if (profile_fault(&net->profile[k]) != NULL) return profile_fault(&net->profile[k]);
    for (uint32_t i = 0; i < net->n_services; i++) {
        const char *fault = service_fault(net, &net->service[i]);
        if (fault != NULL) return fault;
        if (net->need_at[i + 1] < net->need_at[i] || net->need_at[i + 1] > net->n_needs) return "needs do not fit";
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++)
            if ((fault = need_fault(net, g, i)) != NULL) return fault;
    }
    return NULL;
}
