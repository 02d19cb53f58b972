/* A model of services read as coefficients between sectors. */
#include <string.h>

#include "depend/iim.h"

static double buffer_minutes(const struct net_need *need)
{
    const struct span *b = &need->buffer;
    return b->kind == SPAN_UNIFORM ? (b->low + (double)b->high) / 2 : b->low; /* an exponential one has its mean there */
}

/* What a need is supplied with, 0 … 1, when `lost` (NET_NONE: nobody) gives nothing and the others what they have of themselves. */
static double supply(const struct net *net, uint32_t g, uint32_t lost)
{
    const struct net_need *need = &net->need[g];
    double sum = 0;
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++) {
        const struct net_supplier *row = &net->supplier[r];
        const struct net_service *from = &net->service[row->service];
        if (from->sector == lost) continue;
        sum += need->rule == NEED_COUNT ? from->own >= row->threshold : row->weight * (double)from->own / LEVEL_FULL;
    }
    if (need->rule == NEED_COUNT) return sum >= need->k;
    return need->k == 0 || sum > need->k ? 1 : sum / need->k;
}

static double left_by(const struct net_need *need, double x) { return 1 - need->strength / (double)LEVEL_FULL * (1 - x); }

/* Minutes until the loss of a sector is felt through a need: the soonest delay, then the buffer, which drains as fast as it lacks. */
static double held_for(const struct net *net, uint32_t g, uint32_t lost, double x)
{
    tick delay = TICK_NEVER;
    for (uint32_t r = net->supplier_at[g]; r < net->supplier_at[g + 1]; r++)
        if (net->service[net->supplier[r].service].sector == lost && net->supplier[r].delay < delay) delay = net->supplier[r].delay;
    return delay + buffer_minutes(&net->need[g]) / (1 - x);
}

/* What is left of a service, by its needs, on average over `within`: from each instant at which a need begins to lack, the least. */
static double left_of(const struct net *net, uint32_t i, uint32_t lost, tick within)
{
    double from = 0, level = 1, sum = 0, end = within;
    for (;;) {
        double next = end;
        level = 1;
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
            double x = supply(net, g, lost), since = x < 1 && supply(net, g, NET_NONE) > x ? held_for(net, g, lost, x) : 0;
            if (within == TICK_NEVER || since <= from) {
                if (left_by(&net->need[g], x) < level) level = left_by(&net->need[g], x);
            } else if (since < next) {
                next = since;
            }
        }
        if (within == TICK_NEVER) return level;
        sum += level * (next - from);
        if (next >= end) return sum / end;
        from = next;
    }
}

static double left_unharmed(const struct net *net, uint32_t i) { return left_of(net, i, NET_NONE, TICK_NEVER); }

void iim_of_net(struct arena *a, const struct net *net, tick within, double *out)
{
    struct arena_mark mark = arena_mark(a);
    uint32_t n = net->n_sectors, *seen = arena_array(a, n, sizeof *seen); /* service for which it was reckoned, plus 1 */
    double *all = arena_array(a, n, sizeof *all);
    memset(out, 0, (size_t)n * n * sizeof *out);
    for (uint32_t i = 0; i < net->n_services; i++) {
        const struct net_service *s = &net->service[i];
        double whole = s->weight * (double)s->own * left_unharmed(net, i);
        all[s->sector] += whole;
        if (whole == 0) continue;
        seen[s->sector] = i + 1; /* what it loses with itself is no dependence */
        for (uint32_t r = net->supplier_at[net->need_at[i]]; r < net->supplier_at[net->need_at[i + 1]]; r++) {
            uint32_t from = net->service[net->supplier[r].service].sector;
            if (seen[from] == i + 1) continue;
            seen[from] = i + 1;
            out[(size_t)s->sector * n + from] += whole - s->weight * (double)s->own * left_of(net, i, from, within);
        }
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; all[i] > 0 && j < n; j++) out[(size_t)i * n + j] = out[(size_t)i * n + j] > 0 ? out[(size_t)i * n + j] / all[i] : 0;
    arena_back(a, mark);
}

double *iim_values(struct arena *a, const struct model *m)
{
    bool any = false;
    double *value = arena_array(a, m->net.n_sectors, sizeof *value);
    for (uint32_t i = 0; m->service != NULL && i < m->net.n_services; i++) value[m->net.service[i].sector] += (double)m->service[i].value;
    for (uint32_t s = 0; s < m->net.n_sectors; s++) {
        if (m->sector[s].value != 0) value[s] = (double)m->sector[s].value;
        any |= value[s] != 0;
    }
    return any ? value : NULL;
}
