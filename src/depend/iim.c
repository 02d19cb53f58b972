#include "depend/iim.h"

#include <math.h>

const struct param depend_iim_params[] = {
    MODEL_PARAMS,
    {"start", P_CODE, MANY, NULL, NULL, N("where it starts; a sector, with the per cent it loses behind it (power:60)"),
     "depend iim-sectors"},
    {"percent", P_TEXT, 0, NULL, "100", N("per cent lost there; where none is said with the sector")},
    {"lasts", P_INT, RARE, NULL, NULL, N("for how many steps the cause lasts; without it, always")},
    {"already", P_CODE, MANY | RARE, NULL, NULL, N("what is lost already; a sector, with the per cent behind it (water:30)")},
    {"k", P_CODE, MANY | RARE, NULL, NULL,
     N("how fast a sector follows; 0 to 1 a step (0.2), or of one sector (power:0.2); without it 1: at once")},
    {"recovery", P_CODE, MANY | RARE, NULL, NULL,
     N("instead: steps until a sector is back; to 1 % of its loss, one (power:48) or all of them (48)")},
    {"steps", P_INT, RARE, NULL, "72", N("how many steps it goes on; 0: in the end only")},
    {"length", P_TEXT, RARE, NULL, "1", N("how long a step is, in hours; 90m for minutes")},
    {"within", P_TEXT, RARE, NULL, NULL,
     N("hours over which buffers are averaged; of a model: without it 24; 0: once buffers are empty")},
    {"coefficients", P_FILE, 0, NULL, NULL,
     N("instead of a model: coefficients, sectors by sectors, as CSV: how much of the row's sector is lost with the column's; also ja, en, output")},
    {"flows", P_FILE, 0, NULL, NULL,
     N("instead of a model: what the row's sector delivers to the column's, as CSV, with a column output; also imports, ja, en")},
    {"side", P_ENUM, HIDDEN, "supply demand", "supply",
     N("of flows: who is supplied loses with the supplier, or who supplies loses with the buyer")},
    {"per", P_ENUM, HIDDEN, "step hour day year", NULL, N("what the output is of; without it a step; of a model an hour")},
    {"decimals", P_INT, RARE, NULL, NULL, N("decimals of coefficients and losses; 2 to 12; without it 8, of a model 4")},
    MODEL_FILE_PARAMS,
    {0}};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- where the coefficients come from ---- */

static void sectors_named(struct iim *v, const struct flows *f)
{
    v->n = f->n;
    v->code = f->code;
    v->output = f->output;
    v->sector = arena_array(v->w->a, f->n, sizeof *v->sector);
    for (size_t i = 0; i < f->n; i++) v->sector[i] = enum_named_cell(f->code[i], f->ja[i], f->en[i]);
}

static enum err of_file(struct iim *v, const struct args *in)
{
    struct flows f;
    const struct file *file = arg_file(in, v->of_deliveries ? "flows" : "coefficients");
    enum err e = flows_read(v->w, file, v->of_deliveries, &f);
    if (e != OK) return e;
    sectors_named(v, &f);
    v->a = f.cell;
    if (!v->of_deliveries) return OK;
    v->supply = str_eq(arg_text(in, "side"), S("supply"));
    v->imports_out = f.imports != NULL;
    v->a = arena_array(v->w->a, f.n * f.n, sizeof *v->a);
    if (!loss_coefficients(v->w->a, f.n, f.cell, f.output, f.imports, v->supply, v->a)) /* flows_read has refused what does that */
        return fault_in(v->w, INVALID, (struct where){.file = file->name}, M("an output is 0 or a figure is no amount"));
    return OK;
}

static enum err within_asked(struct iim *v, const struct args *in)
{
    v->within = IIM_WITHIN * HOUR;
    if (!arg_given(in, "within")) return OK;
    if (!v->of_model) return fault_in(v->w, INVALID, at("within"), M("only a model has buffers: leave this out"));
    if (!model_time(arg_text(in, "within"), &v->within))
        return fault_in(v->w, INVALID, at("within"), M("'%1' is no length of time: hours (6, 1.5) or minutes (90m)"),
                        arg_text(in, "within"));
    if (v->within == 0) v->within = TICK_NEVER;
    return OK;
}

static enum err of_stored(struct iim *v, const struct args *in)
{
    enum err e = stored_asked(v->w, in, &v->st);
    if (e != OK || (e = within_asked(v, in)) != OK || (e = stored_fits(v->w, &v->st, 1)) != OK) return e;
    const struct model *m = v->st.model;
    v->n = m->net.n_sectors;
    v->code = arena_array(v->w->a, v->n, sizeof *v->code);
    v->sector = arena_array(v->w->a, v->n, sizeof *v->sector);
    v->a = arena_array(v->w->a, v->n * v->n, sizeof *v->a);
    for (uint32_t i = 0; i < v->n; i++) {
        v->code[i] = m->sector[i].code;
        v->sector[i] = model_sector_cell(m, i);
    }
    iim_of_net(v->w->a, &m->net, v->within, v->a);
    v->output = iim_values(v->w->a, m);
    return OK;
}

static enum err coefficients_asked(struct iim *v, const struct args *in)
{
    bool coefficients = arg_given(in, "coefficients");
    v->of_deliveries = arg_given(in, "flows");
    v->of_model = !coefficients && !v->of_deliveries;
    if (coefficients && v->of_deliveries) return fault(v->w, INVALID, M("give one of --coefficients, --flows and --model"));
    static const char *const of_models[] = {"model", "services", "needs", "suppliers", "threats", "crews"};
    bool both = false;
    for (size_t i = 0; !v->of_model && i < sizeof of_models / sizeof *of_models; i++) both |= arg_given(in, of_models[i]);
    if (both) return fault(v->w, INVALID, M("give one of --coefficients, --flows and --model"));
    if (v->of_model) return of_stored(v, in);
    enum err e = of_file(v, in);
    return e != OK ? e : within_asked(v, in);
}

/* ---- what befalls the sectors ---- */

/* "power:60" or "power"; alone: "60" for all of them, where `all`. Behind the last colon, since a code has none. */
struct saying {
    size_t from, end; /* sectors */
    str text;         /* behind the colon; empty */
};

static enum err said(struct iim *v, const char *field, str text, bool all, struct saying *out)
{
    ptrdiff_t colon = str_find(text, S(":"));
    str code = colon < 0 ? text : str_sub(text, 0, (size_t)colon);
    *out = (struct saying){0, v->n, colon < 0 ? S("") : str_sub(text, (size_t)colon + 1, text.n)};
    for (size_t i = 0; i < v->n; i++) {
        if (!str_eq(v->code[i], code)) continue;
        out->from = i;
        out->end = i + 1;
        return OK;
    }
    out->text = text;
    if (all && colon < 0) return OK;
    return fault_in(v->w, INVALID, at(field), M("there is no sector '%1' here"), code);
}

/* A figure for each sector that was named; the rest keep what they have. shares: per cent, 0 to 100; else up to `most`. */
struct asking {
    const char *field;
    bool all;       /* may be said of all at once */
    double most;
    str without;    /* taken where nothing stands behind the sector */
    str wrong;      /* what to say of a figure that is none: '%1', up to %2 */
};

static enum err figures_asked(struct iim *v, const struct args *in, const struct asking *q, bool *given, double *to)
{
    const struct arg **arg = arena_array(v->w->a, PARAM_VALUES_MAX, sizeof(*arg));
    size_t n = arg_all(in, q->field, arg, PARAM_VALUES_MAX);
    for (size_t i = 0; i < n && i < PARAM_VALUES_MAX; i++) {
        struct saying s;
        double x;
        enum err e = said(v, q->field, arg[i]->text, q->all, &s);
        if (e != OK) return e;
        str figure = s.text.n != 0 ? s.text : q->without;
        if (!flows_number(figure, &x) || x > q->most)
            return fault_in(v->w, INVALID, at(q->field), q->wrong, figure, str_fmt(v->w->a, "%.0f", q->most));
        for (size_t k = s.from; k < s.end; k++) {
            if (given[k] && s.end - s.from == 1)
                return fault_in(v->w, INVALID, at(q->field), M("sector '%1' is named twice"), v->code[k]);
            if (given[k]) continue; /* what is said of all is said of the others */
            given[k] = s.end - s.from == 1;
            to[k] = x;
        }
    }
    return OK;
}

static enum err shares_asked(struct iim *v, const struct args *in, const char *field, str without, double *to)
{
    struct asking q = {field, false, 100, without, M("'%1' is no per cent: a number from 0 to %2")};
    bool *given = arena_array(v->w->a, v->n, sizeof *given);
    enum err e = figures_asked(v, in, &q, given, to);
    for (size_t i = 0; i < v->n; i++) {
        v->starts |= to[i] > 0;
        to[i] /= 100;
    }
    return e;
}

/* The coefficients of resilience. One of a time of recovery may not be above 1, where the discrete form would swing. */
static enum err resilience_asked(struct iim *v, const struct args *in)
{
    struct asking k = {"k", true, 1, S(""), M("'%1' is no coefficient of resilience: a number from 0 to %2")};
    struct asking back = {"recovery", true, IIM_CELLS_MAX, S(""), M("'%1' is no number of steps: above 0, up to %2")};
    double *steps = arena_array(v->w->a, v->n, sizeof *steps);
    bool *given = arena_array(v->w->a, v->n, sizeof *given);
    enum err e;
    for (size_t i = 0; i < v->n; i++) v->k[i] = 1;
    if ((e = figures_asked(v, in, &k, given, v->k)) != OK || (e = figures_asked(v, in, &back, given, steps)) != OK) return e;
    for (size_t i = 0; i < v->n; i++) {
        if (steps[i] == 0) continue;
        v->k[i] = v->a[i * v->n + i] < 1 ? loss_resilience(.01, steps[i], v->a[i * v->n + i]) : INFINITY;
        if (v->k[i] <= 1) continue;
        return fault_in(v->w, INVALID, at("recovery"), 
                        M("sector '%1' cannot be back to one per cent of its loss so soon: it takes %2 steps at least"), v->code[i],
                        str_fmt(v->w->a, "%.0f", ceil(v->k[i] * steps[i])));
    }
    return OK;
}

static enum err number_asked(struct iim *v, const struct args *in, const char *field, int64_t least, int64_t most, int64_t *out)
{
    *out = arg_int(in, field);
    if (*out >= least && *out <= most) return OK;
    return fault_in(v->w, INVALID, at(field), M("a number from %1 to %2 is wanted here"), str_int(v->w->a, least), str_int(v->w->a, most));
}

static enum err times_asked(struct iim *v, const struct args *in)
{
    int64_t steps, lasts = 0, decimals = v->of_model ? 4 : 8, most = IIM_CELLS_MAX / (int64_t)v->n - 1;
    enum err e = number_asked(v, in, "steps", 0, most < LOSS_STEPS_MAX - 1 ? most : LOSS_STEPS_MAX - 1, &steps);
    if (e == OK && arg_given(in, "lasts")) e = number_asked(v, in, "lasts", 0, LOSS_STEPS_MAX, &lasts);
    if (e == OK && arg_given(in, "decimals")) e = number_asked(v, in, "decimals", 2, IIM_DECIMALS_MAX, &decimals);
    if (e != OK) return e;
    if (!model_time(arg_text(in, "length"), &v->step) || v->step == 0)
        return fault_in(v->w, INVALID, at("length"), M("'%1' is no length of time: hours (6, 1.5) or minutes (90m), above 0"),
                        arg_text(in, "length"));
    v->steps = (size_t)steps;
    v->lasts = arg_given(in, "lasts") ? (size_t)lasts : SIZE_MAX;
    v->decimals = (int)decimals;
    return OK;
}

static void money_asked(struct iim *v, const struct args *in)
{
    static const struct {
        str word;
        double minutes;
    } known[] = {{S_INIT("step"), 0}, {S_INIT("hour"), HOUR}, {S_INIT("day"), 24 * HOUR}, {S_INIT("year"), 365 * 24 * HOUR}};
    v->per = v->of_model ? HOUR : 0;
    for (size_t i = 0; arg_given(in, "per") && i < sizeof known / sizeof *known; i++)
        if (str_eq(arg_text(in, "per"), known[i].word)) v->per = known[i].minutes;
}

static enum err asked(struct iim *v, const struct args *in)
{
    enum err e = coefficients_asked(v, in);
    if (e != OK || (e = times_asked(v, in)) != OK) return e;
    v->c = arena_array(v->w->a, v->n, sizeof *v->c);
    v->q0 = arena_array(v->w->a, v->n, sizeof *v->q0);
    v->k = arena_array(v->w->a, v->n, sizeof *v->k);
    money_asked(v, in);
    if ((e = shares_asked(v, in, "start", arg_text(in, "percent"), v->c)) != OK) return e;
    if ((e = shares_asked(v, in, "already", S("100"), v->q0)) != OK) return e;
    return resilience_asked(v, in);
}

/* ---- what comes of it ---- */

static double *figures(const struct iim *v, size_t times) { return arena_array(v->w->a, v->n * times, sizeof(double)); }

/* Which of them was cut at a loss of all: in the end, or at a step. */
static void cuts_found(struct iim *v)
{
    for (size_t i = 0; i < v->n; i++) {
        const double *row = v->a + i * v->n;
        v->is_cut[i] = v->raw[i] > 1 + 1e-9 || v->q0[i] > 1;
        for (size_t t = 0; !v->is_cut[i] && (v->cut & LOSS_CLIPPED) && t < v->steps; t++) {
            const double *q = v->path + t * v->n;
            double lost = t < v->lasts ? v->c[i] : 0;
            for (size_t j = 0; j < v->n; j++) lost += row[j] * q[j];
            v->is_cut[i] = q[i] + v->k[i] * (lost - q[i]) > 1 + 1e-9;
        }
    }
}

static void reckoned(struct iim *v)
{
    struct arena *a = v->w->a;
    struct loss_model m = {.n = v->n, .a = v->a, .c = v->c, .k = v->k, .q0 = v->q0, .lasts = v->lasts};
    v->q = figures(v, 1);
    v->raw = figures(v, 1);
    v->path = figures(v, v->steps + 1);
    v->area = figures(v, 1);
    v->radius = loss_radius(a, v->n, v->a);
    v->warnings = loss_static(a, &m, v->q, v->raw);
    v->cut = loss_dynamic(a, &m, v->steps + 1, v->path, v->area);
    v->is_cut = arena_array(a, v->n, sizeof *v->is_cut);
    cuts_found(v);
    v->dependency = figures(v, 1);
    v->influence = figures(v, 1);
    loss_indices(v->n, v->a, v->dependency, v->influence);
    double *s = figures(v, v->n);
    if ((v->warnings & (LOSS_UNSTABLE | LOSS_SINGULAR)) || !loss_inverse(a, v->n, v->a, s)) return;
    v->dependency_all = figures(v, 1);
    v->influence_all = figures(v, 1);
    loss_indices(v->n, s, v->dependency_all, v->influence_all);
}

enum err depend_view_iim(struct work *w, const struct args *in, struct doc *out)
{
    struct iim *v = arena_alloc(w->a, sizeof *v);
    *v = (struct iim){.w = w, .out = out};
    enum err e = asked(v, in);
    if (e != OK) return e;
    reckoned(v);
    iim_told(v);
    return OK;
}

const struct param depend_iim_sectors_params[] = {MODEL_PARAMS, {0}};

enum err depend_view_iim_sectors(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"sector", CELL_ENUM, N("Sector")}, {"services", CELL_INT, N("Services")}};
    struct stored st;
    enum err e = stored_asked(w, in, &st);
    if (e != OK) return e;
    uint32_t *services = arena_array(w->a, st.model->net.n_sectors, sizeof *services);
    for (uint32_t i = 0; i < st.model->net.n_services; i++) services[st.model->net.service[i].sector]++;
    DOC_TABLE(out, "sectors", columns);
    for (uint32_t s = 0; s < st.model->net.n_sectors; s++) DOC_ROW(out, model_sector_cell(st.model, s), C_INT(services[s]));
    doc_table_end(out);
    return OK;
}
