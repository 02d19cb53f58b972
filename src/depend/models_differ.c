/* What is different in a model from the one before: services, needs and suppliers by their codes. */
#include <string.h>

#include "depend/models.h"
#include "depend/read.h"

enum { LISTED_MAX = 500 };
enum { ADDED, GONE, CHANGED, HOWS };
static const struct coded hows[] = {{"added", N("Added")}, {"gone", N("Gone")}, {"changed", N("Changed")}};

struct differing {
    struct work *w;
    const struct stored *was;
    const struct model *now;
    struct doc *out;
    int64_t count[3][HOWS]; /* services, needs, suppliers */
    size_t listed;
};

static bool same_demand(const struct model *a, uint32_t i, const struct model *b, uint32_t j)
{
    if (i == NET_NONE || j == NET_NONE) return i == j;
    return memcmp(&a->net.profile[i], &b->net.profile[j], sizeof a->net.profile[i]) == 0;
}

static bool same_crew(const struct model *a, uint32_t i, const struct model *b, uint32_t j)
{
    if (i == NET_NONE || j == NET_NONE) return i == j;
    return str_eq(a->crew[i].code, b->crew[j].code);
}

static bool same_service(const struct model *a, uint32_t i, const struct model *b, uint32_t j)
{
    const struct net_service *x = &a->net.service[i], *y = &b->net.service[j];
    const struct model_service *p = &a->service[i], *q = &b->service[j];
    return x->weight == y->weight && x->priority == y->priority && x->own == y->own && x->verify == y->verify && x->black_start == y->black_start &&
           model_span_same(&x->fails, &y->fails) && model_span_same(&x->detect, &y->detect) && model_span_same(&x->repair, &y->repair) &&
           same_demand(a, x->profile, b, y->profile) && same_crew(a, x->crew, b, y->crew) &&
           str_eq(a->sector[x->sector].code, b->sector[y->sector].code) && str_eq(p->ja, q->ja) && str_eq(p->en, q->en) && str_eq(p->org, q->org) &&
           str_eq(p->site, q->site) && str_eq(p->tags, q->tags) && p->value == q->value;
}

static bool same_need(const struct model *a, uint32_t g, const struct model *b, uint32_t h)
{
    const struct net_need *x = &a->net.need[g], *y = &b->net.need[h];
    return x->k == y->k && x->recharge == y->recharge && x->strength == y->strength && x->rule == y->rule && model_span_same(&x->buffer, &y->buffer) &&
           str_eq(a->need[g].ja, b->need[h].ja) && str_eq(a->need[g].en, b->need[h].en);
}

static bool same_supplier(const struct net_supplier *x, const struct net_supplier *y)
{
    return x->delay == y->delay && x->weight == y->weight && x->threshold == y->threshold && x->type == y->type;
}

/* ---- telling ---- */

static const struct column columns[] = {
    {"how", CELL_ENUM, N("Difference")},
    {"service", CELL_ENUM, N("Service")},
    {"need", CELL_ENUM, N("Need")},
    {"supplier", CELL_ENUM, N("Supplier")},
};

/* Of the model before only what the actor sees by name is listed; all of it is counted. */
static void differs(struct differing *x, const struct model *m, int what, int how, uint32_t service, uint32_t need, uint32_t supplier)
{
    x->count[what][how]++;
    bool named = m == x->now;
    uint32_t known = named ? model_find(x->was->model, m->code[service]) : service;
    named = known == NET_NONE || stored_named(x->was, known);
    if (!named || x->listed++ >= LISTED_MAX) return;
    const bool before = m == x->was->model;
    struct cell of_need = C_NONE, of_supplier = C_NONE;
    if (need != NET_NONE) of_need = before ? stored_need_cell(x->was, need) : model_need_cell(m, need);
    if (supplier != NET_NONE) of_supplier = before ? stored_service_cell(x->was, supplier) : model_service_cell(m, supplier);
    DOC_ROW(x->out, CODED(hows, str_of(hows[how].code)), model_service_cell(m, service), of_need, of_supplier);
}

/* Where the suppliers of one need stand: row[service] of b, which is theirs while of[service] is the need + 1. */
struct rows_by_service {
    uint32_t *row, *of;
};

/* How what stands in `a` stands in `b`: other is GONE or ADDED, with which both directions are gone through. */
static void suppliers(struct differing *x, const struct model *a, uint32_t i, uint32_t g, const struct model *b, uint32_t h, int other,
                      struct rows_by_service *at)
{
    for (uint32_t t = h == NET_NONE ? 0 : b->net.supplier_at[h]; h != NET_NONE && t < b->net.supplier_at[h + 1]; t++) {
        at->row[b->net.supplier[t].service] = t;
        at->of[b->net.supplier[t].service] = h + 1;
    }
    for (uint32_t s = a->net.supplier_at[g]; s < a->net.supplier_at[g + 1]; s++) {
        uint32_t who = h == NET_NONE ? NET_NONE : model_find(b, a->code[a->net.supplier[s].service]);
        uint32_t k = who != NET_NONE && at->of[who] == h + 1 ? at->row[who] : NET_NONE;
        if (k == NET_NONE) differs(x, a, 2, other, i, g, a->net.supplier[s].service);
        else if (other == GONE && !same_supplier(&a->net.supplier[s], &b->net.supplier[k])) differs(x, a, 2, CHANGED, i, g, a->net.supplier[s].service);
    }
}

/* The needs of a service by their codes: slots 0 where there are few. */
static struct codes needs_by_code(struct arena *a, const struct model *m, uint32_t service)
{
    uint32_t from = service == NET_NONE ? 0 : m->net.need_at[service], to = service == NET_NONE ? 0 : m->net.need_at[service + 1];
    if (to - from <= 8) return (struct codes){0};
    str *code = arena_array(a, to - from, sizeof *code);
    for (uint32_t g = from; g < to; g++) code[g - from] = m->need[g].code;
    struct codes all = read_codes_new(a, to - from, code);
    for (uint32_t k = 0; k < to - from; k++) read_codes_add(&all, k);
    return all;
}

static uint32_t need_in(const struct model *m, uint32_t service, const struct codes *by_code, str code)
{
    if (service == NET_NONE) return NET_NONE;
    if (by_code->slots == 0) return model_need_find(m, service, code);
    uint32_t k = read_codes_find(by_code, code);
    return k == NET_NONE ? NET_NONE : m->net.need_at[service] + k;
}

static void services(struct differing *x, const struct model *a, const struct model *b, int other)
{
    struct arena *t = arena_new(0);
    struct rows_by_service at = {arena_array(t, b->net.n_services, sizeof(uint32_t)), arena_array(t, b->net.n_services, sizeof(uint32_t))};
    struct arena_mark mark = arena_mark(t);
    for (uint32_t i = 0; i < a->net.n_services; i++) {
        uint32_t j = model_find(b, a->code[i]);
        if (j == NET_NONE) differs(x, a, 0, other, i, NET_NONE, NET_NONE);
        else if (other == GONE && !same_service(a, i, b, j)) differs(x, a, 0, CHANGED, i, NET_NONE, NET_NONE);
        struct codes by_code = needs_by_code(t, b, j);
        for (uint32_t g = a->net.need_at[i]; g < a->net.need_at[i + 1]; g++) {
            uint32_t h = need_in(b, j, &by_code, a->need[g].code);
            if (h == NET_NONE) differs(x, a, 1, other, i, g, NET_NONE);
            else if (other == GONE && !same_need(a, g, b, h)) differs(x, a, 1, CHANGED, i, g, NET_NONE);
            suppliers(x, a, i, g, b, h, other, &at);
        }
        arena_back(t, mark);
    }
    arena_free(t);
}

static void counts_told(const struct differing *x)
{
    static const struct column counted[] = {
        {"what", CELL_TEXT, N("What")},
        {"added", CELL_INT, N("Added")},
        {"gone", CELL_INT, N("Gone")},
        {"changed", CELL_INT, N("Changed")},
    };
    const str what[] = {M("Services"), M("Needs"), M("Rows of suppliers")};
    DOC_TABLE(x->out, "counts", counted);
    for (int i = 0; i < 3; i++)
        DOC_ROW(x->out, words_cell(what[i]), C_INT(x->count[i][ADDED]), C_INT(x->count[i][GONE]), C_INT(x->count[i][CHANGED]));
    doc_table_end(x->out);
}

void models_differences(struct work *w, const struct stored *was, const struct model *now, struct doc *out)
{
    struct differing x = {.w = w, .was = was, .now = now, .out = out};
    DOC_TABLE(out, "differences", columns);
    services(&x, was->model, now, GONE);
    services(&x, now, was->model, ADDED);
    doc_table_end(out);
    if (x.listed > LISTED_MAX) doc_text(out, M("and %1 more"), str_int(w->a, (int64_t)(x.listed - LISTED_MAX)));
    counts_told(&x);
}
