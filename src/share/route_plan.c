/* The plan of a notice: its words understood, whom they yield, who stands between. */
#include "share/route_walk.h"

#include <assert.h>

struct planning {
    const struct route_net *net;
    int32_t sender;
    bool direct;
    bool *may, *asked; /* by organisation: the sender may address it; the words yield it */
    int32_t *place;    /* in the plan, from 1; 0: not there */
    struct plan *out;
    bool yielded;      /* by the word at hand */
};

static enum tier tier_at(const struct route_net *net, int32_t i) { return tier_of_kind(net->org[i].kind); }
static bool is_kind(const struct route_net *net, int32_t i, str kind) { return str_eq(net->org[i].kind, kind); }

static void ask(struct planning *p, int32_t org)
{
    if (org < 0 || !p->may[org]) return;
    p->asked[org] = true;
    p->yielded = true;
}

/* ---- what a word yields ---- */

static void ask_linked_with(struct planning *p, int32_t end, enum link_kind kind)
{
    for (size_t i = 0; i < p->net->n_links; i++)
        if (p->net->link[i].kind == kind && p->net->link[i].to == end) ask(p, p->net->link[i].from);
}

static void word_org(struct planning *p, str code)
{
    ask(p, route_find_code(p->net, code));
}

static void word_ceptoar(struct planning *p, str code)
{
    int32_t i = route_find_code(p->net, code);
    if (i < 0 || tier_at(p->net, i) != TIER_CEPTOAR) return;
    ask(p, i);
    ask_linked_with(p, i, LINK_MEMBER);
}

/* All whom the sector stands above: its ministries, its CEPTOARs and those in the tree, then the members of these
 * CEPTOARs. */
static void word_sector(struct planning *p, str code)
{
    const struct route_net *net = p->net;
    int32_t s = route_find_code(net, code);
    if (s < 0 || !is_kind(net, s, S("sector"))) return;
    for (int32_t i = 0; (size_t)i < net->n; i++)
        if (tier_at(net, i) == TIER_CEPTOAR ? route_in_sector(net, i, s)
                                            : net->org[i].lo > net->org[s].lo && net->org[i].lo < net->org[s].hi)
            ask(p, i);
    for (size_t i = 0; i < net->n_links; i++) {
        const struct route_link *l = &net->link[i];
        if (l->kind == LINK_MINISTRY && l->from == s && tier_at(net, l->to) == TIER_MINISTRY) ask(p, l->to);
        if (l->kind == LINK_MEMBER && tier_at(net, l->to) == TIER_CEPTOAR && route_in_sector(net, l->to, s))
            ask(p, l->from);
    }
}

static void word_kind(struct planning *p, str kind)
{
    bool ministries = str_eq(kind, S("ministry"));
    for (int32_t i = 0; (size_t)i < p->net->n; i++)
        if (ministries ? tier_at(p->net, i) == TIER_MINISTRY : is_kind(p->net, i, kind)) ask(p, i);
}

static void word_group(struct planning *p, str code)
{
    for (size_t i = 0; i < p->net->n_groups; i++) {
        const struct route_group *g = &p->net->group[i];
        if (!str_eq(g->code, code) || !route_group_open_to(g, p->sender)) continue;
        for (size_t m = 0; m < g->n; m++) ask(p, g->member[m]);
    }
}

static void word_members(struct planning *p, str nothing)
{
    if (nothing.n != 0) return;
    if (tier_at(p->net, p->sender) == TIER_CEPTOAR) ask_linked_with(p, p->sender, LINK_MEMBER);
    if (is_kind(p->net, p->sender, S("council"))) ask_linked_with(p, p->sender, LINK_COUNCIL);
}

static const struct {
    str before;
    void (*yields)(struct planning *, str rest);
} kinds_of_word[] = {{S_INIT("org:"), word_org},   {S_INIT("sector:"), word_sector}, {S_INIT("ceptoar:"), word_ceptoar},
                     {S_INIT("kind:"), word_kind}, {S_INIT("group:"), word_group},   {S_INIT("members"), word_members}};

static void understand(struct work *w, struct planning *p, str word)
{
    p->yielded = false;
    for (size_t k = 0; k < sizeof kinds_of_word / sizeof *kinds_of_word; k++)
        if (str_starts(word, kinds_of_word[k].before))
            kinds_of_word[k].yields(p, str_sub(word, kinds_of_word[k].before.n, word.n));
    if (!p->yielded)
        fault_in(w, NOTFOUND, (struct where){.field = S("to")},
                 M("'%1' names nobody whom you may address: `meguri share addresses` lists the words"), word);
}

/* ---- who passes it on ---- */

struct choosing {
    const struct planning *p;
    int32_t best; /* -1: none */
};

/* The sender before all others, then who is addressed, then the first in official order. Where nobody is added, only
 * who is addressed. */
static bool choose(void *to, int32_t candidate)
{
    struct choosing *c = to;
    const struct planning *p = c->p;
    if (candidate == p->sender) c->best = candidate;
    if (c->best == p->sender || !route_above(p->net, p->sender, candidate) || (p->direct && !p->asked[candidate]))
        return false;
    bool asked = p->asked[candidate],
         better = c->best < 0 || asked > p->asked[c->best] || (asked == p->asked[c->best] && candidate < c->best);
    if (better) c->best = candidate;
    return false;
}

static bool choose_its_ministry(void *to, int32_t ceptoar)
{
    const struct choosing *c = to;
    route_visit_ministries(c->p->net, ceptoar, choose, to);
    return false;
}

/* -1: the sender itself. */
static int32_t passer(const struct planning *p, int32_t org)
{
    struct choosing c = {p, -1};
    if (!route_above(p->net, p->sender, org)) return -1;
    route_visit_ceptoars(p->net, org, choose, &c);
    if (c.best < 0) route_visit_ministries(p->net, org, choose, &c);
    if (c.best < 0) route_visit_ceptoars(p->net, org, choose_its_ministry, &c);
    return c.best == p->sender ? -1 : c.best;
}

/* Behind its parent: at most CEPTOAR and ministry stand between. */
static int32_t put(struct planning *p, int32_t org)
{
    if (p->place[org] != 0) return p->place[org] - 1;
    int32_t by = passer(p, org), parent = by < 0 ? -1 : put(p, by);
    struct plan *out = p->out;
    out->to[out->n] = (struct planned){org, parent, tier_at(p->net, org)};
    out->tier[tier_at(p->net, org)]++;
    p->place[org] = (int32_t)++out->n;
    return p->place[org] - 1;
}

/* ---- all of it ---- */

static void allow(struct planning *p)
{
    const struct route_net *net = p->net;
    for (int32_t i = 0; (size_t)i < net->n; i++) p->may[i] = route_may_by_place(net, p->sender, i);
    for (size_t g = 0; g < net->n_groups; g++) {
        const struct route_group *group = &net->group[g];
        for (size_t m = 0; m < group->n; m++)
            if (group->member[m] == p->sender) p->may[group->owner] |= route_shares(net, group->owner);
        if (!route_group_open_to(group, p->sender)) continue;
        for (size_t m = 0; m < group->n; m++) p->may[group->member[m]] |= route_shares(net, group->member[m]);
    }
    p->may[p->sender] = false;
}

enum err route_plan(struct work *w, const struct route_net *net, int32_t sender, const str *words, size_t n,
                    bool direct, struct plan *out)
{
    assert(sender >= 0 && (size_t)sender < net->n);
    if (n == 0) return fault_in(w, INVALID, (struct where){.field = S("to")}, M("say whom it is for"));
    if (n > ROUTE_WORDS_MAX)
        return fault_in(w, INVALID, (struct where){.field = S("to")},
                        M("an address has at most %1 words; make a group of them"), str_int(w->a, ROUTE_WORDS_MAX));
    struct route_net indexed = *net;
    if (indexed.links == NULL) route_index(w->a, &indexed);
    struct plan plan = {.to = arena_array(w->a, net->n, sizeof *plan.to)};
    struct planning p = {&indexed,
                         sender,
                         direct,
                         arena_array(w->a, net->n, 1),
                         arena_array(w->a, net->n, 1),
                         arena_array(w->a, net->n, sizeof *p.place),
                         &plan,
                         false};
    allow(&p);
    int64_t before = w->faults.count;
    for (size_t i = 0; i < n; i++) understand(w, &p, words[i]);
    if (w->faults.count != before) return NOTFOUND;
    for (int32_t i = 0; (size_t)i < net->n; i++)
        if (p.asked[i]) put(&p, i);
    *out = plan;
    return OK;
}
