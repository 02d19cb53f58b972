/* depend order: asked and told. */
#include "depend/order.h"

#include "tally/rates.h"

#define ORDER_GREEDY_MAX INT64_C(200000000) /* services times runs, where orders are sought place by place */

const struct param depend_order_params[] = {
    MODEL_PARAMS,
    SCENARIO_PARAMS,
    {"given", P_CODE, MANY | RARE, NULL, NULL, N("an order of your own to compare; the services, first to be repaired first"), "depend failable"},
    MODEL_FILE_PARAMS,
    {0}};

struct order_view {
    struct work *w;
    struct doc *out;
    struct stored st;
    struct asked_run r;
    struct orders o;
};

/* ---- what is asked ---- */

static enum err wrong(struct work *w, const char *field, str words, str arg)
{
    return fault_in(w, INVALID, ((struct where){.field = str_of(field)}), words, arg);
}

/* Those named first, in their order; the rest of what is broken behind them, as it stands in the model. */
static enum err given_asked(struct order_view *v, const struct args *in, const uint32_t *broken, uint32_t n, const uint32_t **out)
{
    const struct arg *given[ORDER_BROKEN_MAX + 1];
    size_t named = arg_all(in, "given", given, ORDER_BROKEN_MAX + 1);
    uint32_t *order = arena_array(v->w->a, n, sizeof *order), k = 0;
    bool *taken = arena_array(v->w->a, v->st.model->net.n_services, sizeof *taken);
    if (named > ORDER_BROKEN_MAX) return wrong(v->w, "given", M("at most %1 of them at a time"), str_int(v->w->a, ORDER_BROKEN_MAX));
    for (size_t i = 0; i < named; i++) {
        uint32_t service = NET_NONE, at = 0;
        enum err e = stored_service(v->w, &v->st, given[i]->text, &service);
        if (e != OK) return e;
        while (at < n && broken[at] != service) at++;
        if (at == n) return wrong(v->w, "given", M("'%1' does not wait for a crew in this scenario"), given[i]->text);
        if (taken[service]) return wrong(v->w, "given", M("'%1' is named twice"), given[i]->text);
        taken[service] = true;
        order[k++] = service;
    }
    for (uint32_t i = 0; i < n; i++)
        if (!taken[broken[i]]) order[k++] = broken[i];
    *out = named == 0 ? NULL : order;
    return OK;
}

static enum err affordable(struct order_view *v, uint32_t broken)
{
    int64_t runs = (int64_t)broken * (broken + 1) / 2, services = v->st.model->net.n_services;
    if (broken > ORDER_BROKEN_MAX)
        return fault(v->w, INVALID, M("%1 services wait for crews: orders are sought for up to %2"), str_int(v->w->a, broken),
                     str_int(v->w->a, ORDER_BROKEN_MAX));
    if (broken > ORDER_ALL_OF && runs * services > ORDER_GREEDY_MAX)
        return fault(v->w, INVALID, M("too much for one view: %1 runs of %2 services. Let fewer services fail"), str_int(v->w->a, runs),
                     str_int(v->w->a, services));
    return OK;
}

static enum err asked(struct order_view *v, const struct args *in)
{
    enum err e = stored_asked(v->w, in, &v->st);
    if (e != OK || (e = scenario_asked(v->w, in, &v->st, &v->r)) != OK) return e;
    if (v->r.s.failures || v->r.runs > 1)
        return wrong(v->w, v->r.s.failures ? "failures" : "runs", M("an order is sought for what is known to be broken: in one run, without failures by chance"),
                     S(""));
    if (v->r.n_struck == 0) return wrong(v->w, "fail", M("say what is broken: --fail with services or a sector, or --threat"), S(""));
    return OK;
}

/* ---- what is told ---- */

static struct cell kind_cell(const struct order_view *v, enum order_kind kind)
{
    static const struct coded words[] = {
        {"fifo", N("first detected, first repaired")}, {"priority", N("by the priorities of the model")},
        {"weight", N("most weight per hour of repair first")}, {"given", N("your own order")},
        {"best", N("the best of all orders")}, {"worst", N("the worst of all orders")},
        {"found", N("the best order that was found")},
    };
    str code = str_of(order_codes[kind]);
    struct cell c = CODED(words, kind == ORDERED_BEST && v->o.way != ORDER_EXACT ? S("found") : code);
    c.text = code;
    return c;
}

/* Σ weight × hours of full loss, with two decimals where one of them has any. */
static int weighted_scale(const struct order_view *v)
{
    for (size_t i = 0; i < v->o.n_rows; i++)
        if (v->o.row[i].weighted % ((int64_t)LEVEL_FULL * HOUR) != 0) return 2;
    return 0;
}

static struct cell weighted_cell(int64_t weighted, int scale)
{
    int64_t hour = (int64_t)LEVEL_FULL * HOUR;
    return C_DECIMAL(((struct decimal){scale == 0 ? weighted / hour : weighted / (hour / 100), scale}));
}

/* When the last of what was broken is in full again; nothing when one of them is not. */
static struct cell last_cell(const struct order_view *v, const struct order_row *r)
{
    tick last = 0;
    for (uint32_t i = 0; i < v->o.n; i++)
        if (r->back[v->o.broken[i]] > last) last = r->back[v->o.broken[i]];
    return model_time_cell(last);
}

static void orders_told(const struct order_view *v)
{
    static const struct column columns[] = {
        {"order", CELL_ENUM, N("Order of repair")},
        {"weighted", CELL_DECIMAL, N("Weight × hours lost")},
        {"more", CELL_DECIMAL, N("More than the best"), COL_SIGN},
        {"area", CELL_MINUTES, N("Area lost (sectors)")},
        {"last", CELL_MINUTES, N("The last is back after")},
    };
    int scale = weighted_scale(v);
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < v->o.n_rows; i++)
        if (v->o.row[i].weighted < least) least = v->o.row[i].weighted;
    doc_heading(v->out, M("What each order costs"));
    DOC_TABLE(v->out, "orders", columns);
    for (size_t i = 0; i < v->o.n_rows; i++) {
        const struct order_row *r = &v->o.row[i];
        DOC_ROW(v->out, kind_cell(v, r->kind), weighted_cell(r->weighted, scale), weighted_cell(r->weighted - least, scale),
                C_MINUTES(r->area / LEVEL_FULL), last_cell(v, r));
    }
    doc_table_end(v->out);
}

/* One that varies by its middle, as the run takes it. */
enum { BEFORE_ORDERS = 6 };
static const struct column *sequence_columns(const struct order_view *v)
{
    static const struct column first[BEFORE_ORDERS] = {
        {"place", CELL_INT, N("Turn")},  {"service", CELL_ENUM, N("Service")},   {"sector", CELL_ENUM, N("Sector"), COL_DATA},
        {"crew", CELL_ENUM, N("Crew")},   {"weight", CELL_INT, N("Weight")},      {"repair", CELL_MINUTES, N("Time of repair")},
    };
    struct arena *a = v->w->a;
    struct column *c = arena_array(a, BEFORE_ORDERS + v->o.n_rows, sizeof *c);
    for (size_t i = 0; i < BEFORE_ORDERS; i++) c[i] = first[i];
    for (size_t i = 0; i < v->o.n_rows; i++) {
        struct cell kind = kind_cell(v, v->o.row[i].kind);
        c[BEFORE_ORDERS + i] = (struct column){.key = str_c(a, str_fmt(a, "back_%s", order_codes[v->o.row[i].kind])), .type = CELL_MINUTES,
                                               .label = doc_cell_words(a, v->out->lang, &kind)};
    }
    return c;
}

/* Of a service that the reader does not see by name nothing but its sector: its figures are its operator's. */
static void sequence_row(const struct order_view *v, uint32_t place, uint32_t i, struct cell *cells)
{
    const struct model *m = v->st.model;
    const struct net_service *s = &m->net.service[i];
    bool named = stored_named(&v->st, i);
    const struct model_crew *crew = &m->crew[s->crew];
    cells[0] = C_INT(place);
    cells[1] = stored_service_cell(&v->st, i);
    cells[2] = model_sector_cell(m, s->sector);
    cells[3] = named ? enum_named_cell(crew->code, crew->ja, crew->en) : C_NONE;
    cells[4] = named ? C_INT(s->weight) : C_NONE;
    cells[5] = named ? C_MINUTES(chance_middle(&s->repair)) : C_NONE;
    for (size_t k = 0; k < v->o.n_rows; k++) {
        tick back = v->o.row[k].back[i];
        cells[BEFORE_ORDERS + k] = named ? model_time_cell(back) : C_NONE;
    }
    doc_row(v->out, cells);
}

/* In the best order; where there is none, as it stands in the model. */
static void sequence_told(const struct order_view *v)
{
    const uint32_t *order = v->o.broken;
    for (size_t i = 0; i < v->o.n_rows; i++)
        if (v->o.row[i].kind == ORDERED_BEST) order = v->o.row[i].service;
    struct cell *cells = arena_array(v->w->a, BEFORE_ORDERS + v->o.n_rows, sizeof *cells);
    doc_heading(v->out, M("When each is in full again"));
    doc_text(v->out, M("In the order in which crews take them in the best order that was found. A dash: not within the run."));
    doc_table(v->out, "sequence", sequence_columns(v), BEFORE_ORDERS + v->o.n_rows);
    for (uint32_t i = 0; i < v->o.n; i++) sequence_row(v, i + 1, order[i], cells);
    doc_table_end(v->out);
}

static void way_told(const struct order_view *v)
{
    static const str words[] = {
        [ORDER_EXACT] = N("All orders were tried (%1 runs): there is none better."),
        [ORDER_CLASSES] = N("All orders of each class of crews were tried with the others as they are, until nothing got better (%1 runs)."),
        [ORDER_GREEDY] = N("Too many for all orders: at each place whoever saves most is repaired next, the others following by weight per hour (%1 runs)."),
    };
    if (v->o.n_classes == 0) doc_text(v->out, M("No crew has more to repair than it can at a time: the order makes no difference."));
    else doc_text(v->out, words[v->o.way], str_int(v->w->a, v->o.tried));
}

static void order_told(const struct order_view *v)
{
    doc_fact(v->out, "broken", M("Services that wait for crews"), C_INT(v->o.n));
    doc_fact(v->out, "classes", M("Classes of crews with too much to do at a time"), C_INT(v->o.n_classes));
    way_told(v);
    orders_told(v);
    sequence_told(v);
    doc_note(v->out, M("Weight × hours: the hours of full loss of each service times its weight, summed over all services, also those that fail because of another."));
}

enum err depend_view_order(struct work *w, const struct args *in, struct doc *out)
{
    struct order_view *v = arena_alloc(w->a, sizeof *v);
    *v = (struct order_view){.w = w, .out = out};
    enum err e = asked(v, in);
    if (e != OK || (e = stored_fits(w, &v->st, 2)) != OK) return e;
    const struct net *net = &v->st.model->net;
    uint32_t *broken = arena_array(w->a, net->n_services, sizeof *broken), n = order_broken(w->a, net, &v->r.s, broken);
    struct order_ask x = {.net = net, .s = &v->r.s};
    if ((e = affordable(v, n)) != OK || (e = given_asked(v, in, broken, n, &x.given)) != OK) return e;
    if (n == 0) doc_text(out, M("Nothing that fails waits for a crew: the model says no repair by crews for it, or it ends by itself."));
    else {
        order_all(w, &x, &v->o);
        order_told(v);
    }
    stored_told(&v->st, out);
    return OK;
}
