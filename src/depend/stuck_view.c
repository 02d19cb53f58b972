/* depend stuck: the circles, who is in them, and what would break each. */
#include "depend/stuck.h"

#include "tally/rates.h"

const struct param depend_stuck_params[] = {MODEL_PARAMS, MODEL_FILE_PARAMS, {0}};

struct stuck_view {
    struct work *w;
    struct doc *out;
    struct stored st;
    struct stuck x;
};

static void circles_told(const struct stuck_view *v)
{
    static const struct column columns[] = {
        {"circle", CELL_INT, N("Circle")},
        {"services", CELL_INT, N("Services")},
        {"sectors", CELL_INT, N("Sectors")},
        {"state", CELL_ENUM, N("When all of it is down")},
    };
    static const struct coded state[] = {
        {"stuck", N("never starts again")},
        {"buffers", N("starts again only while buffers hold")},
    };
    DOC_TABLE(v->out, "circles", columns);
    for (uint32_t c = 0; c < v->x.n && c < STUCK_CIRCLES_MAX; c++) {
        const struct stuck_circle *x = &v->x.circle[c];
        DOC_ROW(v->out, C_INT(c + 1), C_INT(x->services), C_INT(x->sectors), CODED(state, x->with_buffers ? S("stuck") : S("buffers")));
    }
    doc_table_end(v->out);
}

static void members_told(const struct stuck_view *v)
{
    static const struct column columns[] = {
        {"circle", CELL_INT, N("Circle")},
        {"service", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"sector", CELL_ENUM, N("Sector")},
    };
    const struct net *net = &v->st.model->net;
    doc_heading(v->out, M("Who is in them"));
    DOC_TABLE(v->out, "members", columns);
    for (uint32_t c = 0; c < v->x.n && c < STUCK_CIRCLES_MAX; c++)
        for (uint32_t i = 0; i < net->n_services; i++)
            if (v->x.of[i] == c)
                DOC_ROW(v->out, C_INT(c + 1), stored_service_cell(&v->st, i), model_sector_cell(v->st.model, net->service[i].sector));
    doc_table_end(v->out);
}

/* What of a service the reader does not see by name would break it is its operator's to know; that something of its sector would is said. */
static void try_told(const struct stuck_view *v, const struct stuck_try *t)
{
    static const struct coded what[] = {
        {"black_start", N("Black start of the service")},
        {"buffer", N("A buffer on the need")},
    };
    const struct model *m = v->st.model;
    bool named = stored_named(&v->st, t->service), start = t->need == NET_NONE;
    struct cell need = named && !start ? model_need_cell(m, t->need) : C_NONE;
    DOC_ROW(v->out, C_INT(t->circle + 1), CODED(what, start ? S("black_start") : S("buffer")), stored_service_cell(&v->st, t->service), need,
            model_sector_cell(m, m->net.service[t->service].sector), C_RATE(rate_of_counts(t->freed, v->x.circle[t->circle].services, NULL)),
            C_INT(v->x.circle[t->circle].services));
}

static void breaks_told(const struct stuck_view *v)
{
    static const struct column columns[] = {
        {"circle", CELL_INT, N("Circle")},
        {"change", CELL_ENUM, N("What would break it")},
        {"service", CELL_ENUM, N("Service")},
        {"need", CELL_ENUM, N("Need")},
        {"sector", CELL_ENUM, N("Sector")},
        {"freed", CELL_RATE, N("Starts again then"), COL_BAR, NULL, NULL, NULL, "services"},
        {"services", CELL_INT, N("services of the circle"), COL_DATA},
    };
    int64_t useless = 0;
    doc_heading(v->out, M("What would break them"));
    doc_text(v->out, M("Tried one at a time: a black start with empty buffers; a buffer, where there is none, with all buffers full."));
    DOC_TABLE(v->out, "breaks", columns);
    for (size_t i = 0; i < v->x.n_tries; i++) {
        if (v->x.tried[i].freed == 0) useless++;
        else try_told(v, &v->x.tried[i]);
    }
    doc_table_end(v->out);
    doc_note(v->out, M("%1 changes were tried; %2 of them alone break nothing."), str_int(v->w->a, (int64_t)v->x.n_tries), str_int(v->w->a, useless));
    if (v->x.cut) doc_note(v->out, M("Not all changes were tried: up to %1, in large models fewer."), str_int(v->w->a, STUCK_TRIES_MAX));
}

static void facts(const struct stuck_view *v)
{
    int64_t in = 0;
    for (uint32_t i = 0; i < v->st.model->net.n_services; i++) in += v->x.of[i] != NET_NONE;
    doc_fact_of(v->out, "stuck", M("Circles that never start again"), C_INT(v->x.n_with_buffers), M("also with full buffers"));
    doc_fact(v->out, "by_buffers", M("Circles that start again only while buffers hold"), C_INT(v->x.n - v->x.n_with_buffers));
    doc_fact_of(v->out, "members", M("Services in them"), C_INT(in), M("of %1 services"),
                str_int(v->w->a, (int64_t)v->st.model->net.n_services));
    doc_fact_of(v->out, "not_back", M("Services that do not come wholly back"), C_INT(v->x.not_back), M("once everything was down, with empty buffers"));
}

static void no_circle_told(const struct stuck_view *v)
{
    if (v->x.not_back == 0) doc_text(v->out, M("No circle of services stays down for ever: whatever is down starts again once the rest works."));
    else doc_text(v->out, M("No circle of services stays down as a whole. Once everything was down, some services come back only in part, and those that need more of them stay down: let everything stop in a run to see which."));
}

enum err depend_view_stuck(struct work *w, const struct args *in, struct doc *out)
{
    struct stuck_view *v = arena_alloc(w->a, sizeof *v);
    *v = (struct stuck_view){.w = w, .out = out};
    enum err e = stored_asked(w, in, &v->st);
    if (e != OK) return e;
    stuck_circles(w->a, &v->st.model->net, &v->x);
    facts(v);
    if (v->x.n == 0) no_circle_told(v);
    else {
        circles_told(v);
        members_told(v);
        breaks_told(v);
    }
    if (v->x.n > STUCK_CIRCLES_MAX) doc_note(out, M("The first %1 circles are told."), str_int(w->a, STUCK_CIRCLES_MAX));
    stored_told(&v->st, out);
    return OK;
}
