/* Rows of suppliers, by service, to the needs of their service. */
#include <string.h>

#include "depend/read_links.h"

enum { FEW = 8 };

/* The codes of one service's needs. */
struct group {
    struct codes codes; /* slots 0: few, gone through one by one */
    uint64_t *slot;
    str *code;
    uint32_t n;
};
struct grouping {
    struct links *l;
    struct group g;
    uint32_t *need_at;        /* [services + 1] */
    struct net_need *need;
    struct model_need *words; /* NULL: of a large model */
    uint32_t *supplier_at;
    struct net_supplier *scratch;
    uint32_t *place, *seen;   /* seen[supplier]: the last need that had it, + 1 */
    struct late late[FAULTS_SHOWN];
    size_t n_late;
};

static void late(struct grouping *x, struct late what)
{
    if (x->n_late < FAULTS_SHOWN) x->late[x->n_late++] = what;
}

/* ---- which need each row is of ---- */

static void group_begin(struct group *g, size_t most)
{
    g->n = 0;
    g->codes = (struct codes){g->slot, 0, g->code};
    if (most <= FEW) return;
    for (g->codes.slots = 16; g->codes.slots < most * 2;) g->codes.slots *= 2;
    memset(g->slot, 0, g->codes.slots * sizeof *g->slot);
}

static uint32_t group_of(struct group *g, str code)
{
    g->code[g->n] = code;
    if (g->codes.slots != 0) {
        uint32_t i = read_codes_add(&g->codes, g->n);
        g->n += i == g->n;
        return i;
    }
    for (uint32_t i = 0; i < g->n; i++)
        if (str_eq(g->code[i], code)) return i;
    return g->n++;
}

static str need_code(const struct links *l, size_t row)
{
    return l->need != NULL && l->need[row].n != 0 ? l->need[row] : l->r->code[l->row[row].service];
}

static struct where at_need(const struct links *l, const struct given_need *g)
{
    return (struct where){.file = l->r->files->file[PART_NEEDS].name, .row = g->row, .field = S("need")};
}

/* The second of two equal suppliers in rows [from, to). mark: of these rows alone, in `seen`. */
static void check_twice(struct grouping *x, uint32_t service, uint32_t from, uint32_t to, uint32_t mark, str need)
{
    const struct net_supplier *row = x->l->row;
    for (uint32_t i = from; i < to; i++) {
        bool twice = false;
        uint32_t who = row[i].service;
        for (uint32_t j = from; to - from <= FEW && j < i; j++) twice |= row[j].service == who;
        if (to - from > FEW) {
            twice = x->seen[who] == mark;
            x->seen[who] = mark;
        }
        str code = need.n == 0 ? x->l->r->code[who] : need;
        if (twice) late(x, (struct late){service, who, code, M("'%1' supplies need '%2' of the same service twice"), LATE_TWICE, 1});
    }
}

static void needs_of(struct grouping *x, uint32_t service)
{
    struct links *l = x->l;
    uint32_t from = l->at[service], to = l->at[service + 1];
    const struct given_need *g = l->given + (l->n_given == 0 ? 0 : l->given_at[service]), *end = l->given + (l->n_given == 0 ? 0 : l->given_at[service + 1]);
    if (l->need == NULL && g == end) { /* each supplier is a need */
        for (uint32_t i = from; i < to; i++) l->service[i] = i - from;
        x->need_at[service + 1] = to - from;
        check_twice(x, service, from, to, UINT32_MAX - service, S(""));
        return;
    }
    group_begin(&x->g, (size_t)(end - g) + (to - from));
    for (; g < end; g++) {
        uint32_t before = x->g.n;
        if (group_of(&x->g, g->words.code) != before)
            fault_in(l->r->w, INVALID, at_need(l, g), M("need '%1' of service '%2' stands in this file twice"), g->words.code, l->r->code[service]);
    }
    for (uint32_t i = from; i < to; i++) l->service[i] = group_of(&x->g, need_code(l, i));
    x->need_at[service + 1] = x->g.n;
}

/* ---- rows to their needs ---- */

/* Stable; rows are mostly in order already. */
static void place_rows(struct grouping *x, uint32_t service)
{
    struct links *l = x->l;
    uint32_t from = l->at[service], n = l->at[service + 1] - from, needs = x->need_at[service + 1] - x->need_at[service];
    uint32_t *first = x->supplier_at + x->need_at[service];
    bool sorted = true;
    memset(x->place, 0, (needs + 1) * sizeof *x->place);
    for (uint32_t i = 0; i < n; i++) {
        x->place[l->service[from + i] + 1]++;
        sorted &= i == 0 || l->service[from + i - 1] <= l->service[from + i];
    }
    for (uint32_t g = 0; g < needs; g++) {
        first[g] = from + x->place[g];
        x->place[g + 1] += x->place[g];
    }
    if (sorted) return;
    memcpy(x->scratch, l->row + from, n * sizeof *x->scratch);
    for (uint32_t i = 0; i < n; i++) l->row[from + x->place[l->service[from + i]]++] = x->scratch[i];
}

/* What was given of needs, and the rest with nothing but their codes. Runs before the rows move. */
static void fill_needs(struct grouping *x, uint32_t service)
{
    struct links *l = x->l;
    uint32_t at = x->need_at[service], n = x->need_at[service + 1] - at, given = 0;
    const struct given_need *g = l->given;
    if (l->n_given != 0) {
        g += l->given_at[service];
        given = l->given_at[service + 1] - l->given_at[service];
    }
    for (uint32_t i = 0; i < n; i++) {
        x->need[at + i] = i < given ? g[i].need : (struct net_need){.k = K_ALL, .strength = LEVEL_FULL, .rule = NEED_COUNT};
        if (x->words != NULL && i < given) x->words[at + i] = g[i].words;
    }
    for (uint32_t i = l->at[service]; x->words != NULL && i < l->at[service + 1]; i++) {
        struct model_need *words = &x->words[at + l->service[i]];
        if (words->code.n == 0) words->code = words->ja = words->en = need_code(l, i);
    }
}

/* ---- a need and its suppliers ---- */

static str need_named(const struct grouping *x, uint32_t need)
{
    const struct links *l = x->l;
    if (x->words != NULL) return x->words[need].code;
    return x->supplier_at[need] == x->supplier_at[need + 1] ? S("") : l->r->code[l->row[x->supplier_at[need]].service];
}

static void wrong_need(struct grouping *x, uint32_t service, uint32_t need, str id, str more)
{
    const struct links *l = x->l;
    uint32_t i = need - x->need_at[service];
    bool given = l->n_given != 0 && i < l->given_at[service + 1] - l->given_at[service];
    const struct given_need *g = given ? &l->given[l->given_at[service] + i] : NULL;
    struct where at = given ? at_need(l, g) : (struct where){.file = l->r->files->file[PART_SUPPLIERS].name};
    fault_in(l->r->w, INVALID, at, id, given ? g->words.code : need_named(x, need), l->r->code[service], more);
}

static uint64_t settle_suppliers(struct grouping *x, uint32_t service, uint32_t need)
{
    uint64_t sum = 0;
    bool share = x->need[need].rule == NEED_SHARE;
    for (uint32_t i = x->supplier_at[need]; i < x->supplier_at[need + 1]; i++) {
        struct net_supplier *s = &x->l->row[i];
        if (!share && s->weight > 1)
            late(x, (struct late){service, s->service, need_named(x, need), M("'%1': a weight is for needs of the rule share; need '%2' is none"), LATE_WEIGHT, 0});
        if (share && s->threshold != 0 && s->threshold != LEVEL_FULL)
            late(x, (struct late){service, s->service, need_named(x, need), M("'%1': need '%2' is of the rule share, which has no thresholds"), LATE_THRESHOLD, 0});
        if (s->weight == 0) s->weight = 1;
        if (s->threshold == 0) s->threshold = LEVEL_FULL;
        sum += s->weight;
    }
    return sum;
}

static void settle_need(struct grouping *x, uint32_t service, uint32_t need)
{
    struct net_need *g = &x->need[need];
    struct arena *a = x->l->r->w->a;
    uint32_t n = x->supplier_at[need + 1] - x->supplier_at[need];
    if (n == 0) {
        wrong_need(x, service, need, M("need '%1' of service '%2' has no supplier"), S(""));
        return;
    }
    if (n > MODEL_SUPPLIERS_OF_NEED_MAX)
        wrong_need(x, service, need, M("need '%1' of service '%2' has more than %3 suppliers"), str_int(a, MODEL_SUPPLIERS_OF_NEED_MAX));
    uint64_t most = settle_suppliers(x, service, need);
    if (n > 1) check_twice(x, service, x->supplier_at[need], x->supplier_at[need + 1], need + 1, need_named(x, need));
    if (g->rule == NEED_COUNT) most = n;
    if (most > (uint64_t)ENOUGH_MAX) wrong_need(x, service, need, M("the weights of need '%1' of service '%2' are together more than %3"), str_int(a, ENOUGH_MAX));
    if (g->k == K_ALL) g->k = (uint32_t)most;
    if (g->k == K_ANY && g->rule == NEED_COUNT) g->k = 1;
    if (g->k > most && g->rule == NEED_COUNT)
        wrong_need(x, service, need, M("need '%1' of service '%2' wants more suppliers than the %3 that it has"), str_int(a, n));
    else if (g->k > most)
        wrong_need(x, service, need, M("need '%1' of service '%2' wants more than the %3 that its suppliers weigh together"), str_int(a, (int64_t)most));
}

/* ---- all of it ---- */

static void room_for(struct grouping *x)
{
    const struct links *l = x->l;
    struct arena *t = l->r->t;
    size_t most = 0, rows = 0;
    for (size_t i = 0; i < l->r->n; i++) {
        size_t m = l->at[i + 1] - l->at[i], q = l->n_given == 0 ? 0 : l->given_at[i + 1] - l->given_at[i];
        if (m > rows) rows = m;
        if (m + q > most) most = m + q;
    }
    size_t slots = 16;
    while (slots < most * 2) slots *= 2;
    x->g.code = arena_array(t, most + 1, sizeof *x->g.code);
    x->g.slot = arena_array(t, slots, sizeof *x->g.slot);
    x->place = arena_array(t, most + 2, sizeof *x->place);
    x->scratch = arena_array(t, rows + 1, sizeof *x->scratch);
    if (rows > FEW) x->seen = arena_array(t, l->r->n, sizeof *x->seen);
}

static void fill_network(struct grouping *x)
{
    struct links *l = x->l;
    struct net *net = &l->r->m->net;
    uint32_t n = net->n_services;
    for (uint32_t i = 0; i < n; i++) {
        fill_needs(x, i);
        place_rows(x, i);
    }
    x->supplier_at[net->n_needs] = (uint32_t)l->n;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t g = x->need_at[i]; g < x->need_at[i + 1]; g++) settle_need(x, i, g);
    net->need_at = x->need_at;
    net->need = x->need;
    net->supplier_at = x->supplier_at;
    net->supplier = l->row;
    net->n_suppliers = (uint32_t)l->n;
    l->r->m->need = x->words;
}

enum err group_links(struct links *l)
{
    struct work *w = l->r->w;
    struct net *net = &l->r->m->net;
    struct grouping *x = arena_alloc(l->r->t, sizeof *x);
    x->l = l;
    room_for(x);
    x->need_at = arena_array(w->a, (size_t)net->n_services + 1, sizeof *x->need_at);
    for (uint32_t i = 0; i < net->n_services; i++) needs_of(x, i);
    if (!reading_ok(l->r)) return INVALID;
    for (uint32_t i = 0; i < net->n_services; i++) x->need_at[i + 1] += x->need_at[i];
    net->n_needs = x->need_at[net->n_services];
    x->need = arena_array(w->a, (size_t)net->n_needs + 1, sizeof *x->need);
    x->supplier_at = arena_array(w->a, (size_t)net->n_needs + 1, sizeof *x->supplier_at);
    if (l->r->about != NULL) x->words = arena_array(w->a, (size_t)net->n_needs + 1, sizeof *x->words);
    fill_network(x);
    if (x->n_late != 0) late_told(l, x->late, x->n_late);
    if (x->n_late != 0 && reading_ok(l->r)) /* of a large model, whose needs have no codes any more */
        return fault_in(w, INVALID, ((struct where){.file = l->r->files->file[PART_SUPPLIERS].name}), x->late[0].id,
                        l->r->code[x->late[0].supplier], x->late[0].need);
    return reading_ok(l->r) ? OK : INVALID;
}
