/* The canonical files of a model. Of every column a function that says its cell, empty for what is the default; a column of which all cells
 * are empty is left out. Two models are the same when these bytes are. */
#include "base/hash.h"
#include "depend/read.h"

struct writing {
    struct arena *a;
    const struct model *m;
    uint32_t *row;   /* of needs: which are written; of suppliers: the need of each */
    uint32_t *owner; /* [needs] */
};
typedef str cell_fn(const struct writing *, uint32_t row);
struct out_column {
    const char *name;
    cell_fn *cell;
    bool always;
};

static str unless(str s, bool same) { return same ? S("") : s; }
static str number(const struct writing *x, int64_t n, int64_t usual) { return n == usual ? S("") : str_int(x->a, n); }
static str share(const struct writing *x, uint16_t n, uint16_t usual) { return n == usual ? S("") : model_share_text(x->a, n); }
static str yes(bool is) { return is ? S("yes") : S(""); }
static str span(const struct writing *x, const struct span *s, tick usual)
{
    return s->kind == SPAN_FIXED && s->low == usual ? S("") : model_span_text(x->a, s);
}
static str one_blank_each(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    for (str piece; str_cut(&s, ' ', &piece);)
        if (piece.n != 0) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " ", STR_ARG(piece));
    return buf_str(&b);
}

/* ---- services: sectors first, then services ---- */

static const struct model_sector *a_sector(const struct writing *x, uint32_t i) { return i < x->m->net.n_sectors ? &x->m->sector[i] : NULL; }
static uint32_t number_of(const struct writing *x, uint32_t i) { return i - x->m->net.n_sectors; }
static const struct net_service *a_service(const struct writing *x, uint32_t i) { return &x->m->net.service[number_of(x, i)]; }
static const struct model_service *about(const struct writing *x, uint32_t i)
{
    static const struct model_service nothing;
    return x->m->service == NULL ? &nothing : &x->m->service[number_of(x, i)];
}
#define OF_SERVICE(name, ...)                               \
    static str name(const struct writing *x, uint32_t i)    \
    {                                                       \
        if (a_sector(x, i) != NULL) return S("");           \
        const struct net_service *s = a_service(x, i);      \
        const struct model_service *more = about(x, i);     \
        (void)s, (void)more;                                \
        return __VA_ARGS__;                                 \
    }
OF_SERVICE(service_sector, x->m->sector[s->sector].code)
OF_SERVICE(service_org, more->org)
OF_SERVICE(service_site, more->site)
OF_SERVICE(service_tags, more->tags)
OF_SERVICE(service_weight, number(x, s->weight, 1))
OF_SERVICE(service_level, share(x, s->own, LEVEL_FULL))
OF_SERVICE(service_black, yes(s->black_start))
OF_SERVICE(service_fails, span(x, &s->fails, TICK_NEVER))
OF_SERVICE(service_detect, span(x, &s->detect, 0))
OF_SERVICE(service_repair, span(x, &s->repair, TICK_NEVER))
OF_SERVICE(service_crew, s->crew == NET_NONE ? S("") : x->m->crew[s->crew].code)
OF_SERVICE(service_priority, number(x, s->priority, 0))

static str service_code(const struct writing *x, uint32_t i)
{
    return a_sector(x, i) != NULL ? a_sector(x, i)->code : x->m->code[number_of(x, i)];
}
static str service_what(const struct writing *x, uint32_t i) { return a_sector(x, i) != NULL ? S("sector") : S(""); }
static str service_ja(const struct writing *x, uint32_t i)
{
    str s = a_sector(x, i) != NULL ? a_sector(x, i)->ja : about(x, i)->ja;
    return unless(s, str_eq(s, service_code(x, i)));
}
static str service_en(const struct writing *x, uint32_t i)
{
    str s = a_sector(x, i) != NULL ? a_sector(x, i)->en : about(x, i)->en;
    return unless(s, str_eq(s, service_code(x, i)));
}
static str service_verify(const struct writing *x, uint32_t i)
{
    if (a_sector(x, i) != NULL) return share(x, a_sector(x, i)->verify, LEVEL_FULL);
    return share(x, a_service(x, i)->verify, x->m->sector[a_service(x, i)->sector].verify);
}
static str service_value(const struct writing *x, uint32_t i)
{
    return number(x, a_sector(x, i) != NULL ? a_sector(x, i)->value : about(x, i)->value, 0);
}
static str service_demand(const struct writing *x, uint32_t i)
{
    if (a_sector(x, i) != NULL || a_service(x, i)->profile == NET_NONE) return S("");
    struct buf b = buf_in(x->a);
    for (size_t h = 0; h < 24; h++) buf_fmt(&b, "%s%u", h == 0 ? "" : " ", x->m->net.profile[a_service(x, i)->profile].hour[h]);
    return buf_str(&b);
}
static const struct out_column service_columns[] = {
    {"code", service_code, true}, {"what", service_what, false}, {"ja", service_ja, false}, {"en", service_en, false},
    {"sector", service_sector, false}, {"org", service_org, false}, {"site", service_site, false}, {"tags", service_tags, false},
    {"weight", service_weight, false}, {"level", service_level, false}, {"verification", service_verify, false},
    {"black_start", service_black, false}, {"demand", service_demand, false}, {"value", service_value, false},
    {"fails", service_fails, false}, {"detect", service_detect, false}, {"repair", service_repair, false}, {"crew", service_crew, false},
    {"priority", service_priority, false}};

/* ---- needs ---- */

static const struct net_need *a_need(const struct writing *x, uint32_t i) { return &x->m->net.need[x->row[i]]; }
static uint32_t suppliers_of(const struct model *m, uint32_t need) { return m->net.supplier_at[need + 1] - m->net.supplier_at[need]; }
static int64_t weights_of(const struct model *m, uint32_t need)
{
    int64_t sum = 0;
    for (uint32_t s = m->net.supplier_at[need]; s < m->net.supplier_at[need + 1]; s++) sum += m->net.supplier[s].weight;
    return sum;
}
static str need_service(const struct writing *x, uint32_t i) { return x->m->code[x->owner[x->row[i]]]; }
static str need_code(const struct writing *x, uint32_t i) { return x->m->need[x->row[i]].code; }
static str need_ja(const struct writing *x, uint32_t i) { return unless(x->m->need[x->row[i]].ja, str_eq(x->m->need[x->row[i]].ja, need_code(x, i))); }
static str need_en(const struct writing *x, uint32_t i) { return unless(x->m->need[x->row[i]].en, str_eq(x->m->need[x->row[i]].en, need_code(x, i))); }
static str need_rule_text(const struct writing *x, uint32_t i)
{
    const struct net_need *g = a_need(x, i);
    if (g->rule == NEED_SHARE) return S("share");
    if (g->k == suppliers_of(x->m, x->row[i])) return S("");
    return g->k == 1 ? S("any") : str_int(x->a, g->k);
}
static str need_enough(const struct writing *x, uint32_t i)
{
    return a_need(x, i)->rule == NEED_SHARE ? number(x, a_need(x, i)->k, weights_of(x->m, x->row[i])) : S("");
}
static str need_strength(const struct writing *x, uint32_t i) { return share(x, a_need(x, i)->strength, LEVEL_FULL); }
static str need_buffer(const struct writing *x, uint32_t i) { return span(x, &a_need(x, i)->buffer, 0); }
static str need_recharge(const struct writing *x, uint32_t i) { return a_need(x, i)->recharge == 0 ? S("") : model_time_text(x->a, a_need(x, i)->recharge); }

static const struct out_column need_columns[] = {
    {"service", need_service, true}, {"need", need_code, true}, {"ja", need_ja, false}, {"en", need_en, false},
    {"rule", need_rule_text, false}, {"enough", need_enough, false}, {"strength", need_strength, false}, {"buffer", need_buffer, false},
    {"recharge", need_recharge, false}};

/* Says it anything beside its code? */
static bool says_something(const struct writing *x, uint32_t need)
{
    const struct writing one = {.a = x->a, .m = x->m, .row = &need, .owner = x->owner};
    for (size_t c = 2; c < sizeof need_columns / sizeof *need_columns; c++)
        if (need_columns[c].cell(&one, 0).n != 0) return true;
    return false;
}

/* Those that say something, and of the same service those before them, since the order is kept. */
static uint32_t needs_written(struct writing *x)
{
    const struct net *net = &x->m->net;
    uint32_t n = 0;
    x->row = arena_array(x->a, (size_t)net->n_needs + 1, sizeof *x->row);
    for (uint32_t i = 0; i < net->n_services; i++) {
        uint32_t until = net->need_at[i + 1];
        while (until > net->need_at[i] && !says_something(x, until - 1)) until--;
        for (uint32_t g = net->need_at[i]; g < until; g++) x->row[n++] = g;
    }
    return n;
}

/* ---- suppliers ---- */

static const struct net_supplier *a_supplier(const struct writing *x, uint32_t i) { return &x->m->net.supplier[i]; }
static uint32_t need_of(const struct writing *x, uint32_t i) { return x->row[i]; } /* row: [suppliers], here */
static str supplier_service(const struct writing *x, uint32_t i) { return x->m->code[x->owner[need_of(x, i)]]; }
static str supplier_code(const struct writing *x, uint32_t i) { return x->m->code[a_supplier(x, i)->service]; }
static str supplier_need(const struct writing *x, uint32_t i)
{
    str need = x->m->need[need_of(x, i)].code;
    return unless(need, str_eq(need, supplier_code(x, i)));
}
static str supplier_type(const struct writing *x, uint32_t i)
{
    return unless(str_of(link_type_codes[a_supplier(x, i)->type]), a_supplier(x, i)->type == LINK_PHYSICAL);
}
static str supplier_delay(const struct writing *x, uint32_t i)
{
    return a_supplier(x, i)->delay == 0 ? S("") : model_time_text(x->a, a_supplier(x, i)->delay);
}
static str supplier_weight(const struct writing *x, uint32_t i) { return number(x, a_supplier(x, i)->weight, 1); }
static str supplier_threshold(const struct writing *x, uint32_t i) { return share(x, a_supplier(x, i)->threshold, LEVEL_FULL); }
static const struct out_column supplier_columns[] = {
    {"service", supplier_service, true}, {"supplier", supplier_code, true}, {"need", supplier_need, false}, {"type", supplier_type, false},
    {"delay", supplier_delay, false}, {"weight", supplier_weight, false}, {"threshold", supplier_threshold, false}};

/* ---- threats and crews ---- */

#define OF_THREAT(name, ...)                                     \
    static str name(const struct writing *x, uint32_t i)         \
    {                                                            \
        const struct model_threat *t = &x->m->threat[i];         \
        return __VA_ARGS__;                                      \
    }
OF_THREAT(threat_code, t->code)
OF_THREAT(threat_cause_text, str_of(threat_cause_codes[t->cause]))
OF_THREAT(threat_hits, one_blank_each(x->a, t->hits))
OF_THREAT(threat_ja, unless(t->ja, str_eq(t->ja, t->code)))
OF_THREAT(threat_en, unless(t->en, str_eq(t->en, t->code)))
OF_THREAT(threat_chance, share(x, t->strike.chance, LEVEL_FULL))
OF_THREAT(threat_draw, unless(t->strike.together ? S("together") : S("each"), t->strike.together == (t->cause == CAUSE_CYBER)))
OF_THREAT(threat_level, share(x, t->strike.level, 0))
OF_THREAT(threat_lasts, t->strike.lasts == TICK_NEVER ? S("") : model_time_text(x->a, t->strike.lasts))
OF_THREAT(threat_repair, number(x, t->strike.repair_percent, 100))
OF_THREAT(threat_empties, yes(t->strike.empties))
OF_THREAT(threat_failure_ja, t->failure_ja)
OF_THREAT(threat_failure_en, t->failure_en)
OF_THREAT(threat_continuity_ja, t->continuity_ja)
OF_THREAT(threat_continuity_en, t->continuity_en)
OF_THREAT(threat_source_ja, t->source_ja)
OF_THREAT(threat_source_en, t->source_en)
static const struct out_column threat_columns[] = {
    {"code", threat_code, true}, {"cause", threat_cause_text, true}, {"hits", threat_hits, true}, {"ja", threat_ja, false},
    {"en", threat_en, false}, {"chance", threat_chance, false}, {"draw", threat_draw, false}, {"level", threat_level, false},
    {"lasts", threat_lasts, false}, {"repair", threat_repair, false}, {"empties", threat_empties, false},
    {"failure_ja", threat_failure_ja, false}, {"failure_en", threat_failure_en, false}, {"continuity_ja", threat_continuity_ja, false},
    {"continuity_en", threat_continuity_en, false}, {"source_ja", threat_source_ja, false}, {"source_en", threat_source_en, false}};

static str crew_code(const struct writing *x, uint32_t i) { return x->m->crew[i].code; }
static str crew_ja(const struct writing *x, uint32_t i) { return unless(x->m->crew[i].ja, str_eq(x->m->crew[i].ja, x->m->crew[i].code)); }
static str crew_en(const struct writing *x, uint32_t i) { return unless(x->m->crew[i].en, str_eq(x->m->crew[i].en, x->m->crew[i].code)); }
static str crew_number(const struct writing *x, uint32_t i) { return number(x, x->m->net.crew[i].number, 1); }
static const struct out_column crew_columns[] = {
    {"crew", crew_code, true}, {"ja", crew_ja, false}, {"en", crew_en, false}, {"number", crew_number, false}};

/* ---- writing ---- */

static bool any_says(const struct writing *x, const struct out_column *c, uint32_t rows)
{
    struct arena_mark mark = arena_mark(x->a);
    bool says = c->always;
    for (uint32_t i = 0; i < rows && !says; i++) says = c->cell(x, i).n != 0;
    arena_back(x->a, mark);
    return says;
}

static str part_written(struct arena *into, const struct writing *x, const struct out_column *columns, size_t n, uint32_t rows)
{
    const struct out_column *used[MODEL_COLUMNS];
    size_t n_used = 0;
    struct buf b = buf_in(into);
    for (size_t c = 0; c < n; c++)
        if (any_says(x, &columns[c], rows)) used[n_used++] = &columns[c];
    for (size_t c = 0; c < n_used; c++) csv_put_raw(&b, str_of(used[c]->name), c == 0);
    csv_end_row(&b);
    struct arena_mark mark = arena_mark(x->a);
    for (uint32_t i = 0; i < rows; i++) {
        for (size_t c = 0; c < n_used; c++) csv_put_raw(&b, used[c]->cell(x, i), c == 0);
        csv_end_row(&b);
        arena_back(x->a, mark);
    }
    return buf_str(&b);
}
#define PART(columns, rows) part_written(w->a, &x, columns, sizeof(columns) / sizeof *(columns), rows)

static void needs_of_suppliers(struct writing *x)
{
    const struct net *net = &x->m->net;
    x->row = arena_array(x->a, (size_t)net->n_suppliers + 1, sizeof *x->row);
    for (uint32_t g = 0; g < net->n_needs; g++)
        for (uint32_t s = net->supplier_at[g]; s < net->supplier_at[g + 1]; s++) x->row[s] = g;
}

/* As `cat services.csv needs.csv suppliers.csv threats.csv crews.csv | sha256sum` says it of the files that are there. */
static str hash_of(struct arena *into, struct arena *a, const str bytes[MODEL_PARTS])
{
    struct buf all = buf_in(a);
    for (int i = 0; i < MODEL_PARTS; i++) buf_add(&all, bytes[i]);
    return sha256_hex(into, buf_str(&all));
}

static uint32_t *owners(struct arena *a, const struct net *net)
{
    uint32_t *owner = arena_array(a, (size_t)net->n_needs + 1, sizeof *owner);
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) owner[g] = i;
    return owner;
}

enum err model_written(struct work *w, struct model *m, str bytes[MODEL_PARTS])
{
    const struct net *net = &m->net;
    if (m->service == NULL || m->need == NULL)
        return fault(w, INVALID, M("the model has more than %1 services: it can be run on, not kept or written"), str_int(w->a, MODEL_NAMED_MAX));
    struct arena *t = arena_new(0);
    struct writing x = {.a = t, .m = m, .owner = owners(t, net)};
    bytes[PART_SERVICES] = PART(service_columns, net->n_sectors + net->n_services);
    uint32_t needs = needs_written(&x);
    bytes[PART_NEEDS] = needs == 0 ? S("") : PART(need_columns, needs);
    needs_of_suppliers(&x);
    bytes[PART_SUPPLIERS] = PART(supplier_columns, net->n_suppliers);
    bytes[PART_THREATS] = m->n_threats == 0 ? S("") : PART(threat_columns, (uint32_t)m->n_threats);
    bytes[PART_CREWS] = net->n_crews == 0 ? S("") : PART(crew_columns, net->n_crews);
    m->hash = hash_of(w->a, t, bytes);
    arena_free(t);
    return OK;
}
