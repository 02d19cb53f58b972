/* What depend iim tells: warnings in words first, then what is lost in the end, over time, and who matters. */
#include <math.h>

#include "depend/iim.h"

enum { ALWAYS = 0, OF_TIME = 1, OF_MONEY = 2, OF_MODEL = 4, OF_CUT = 8 };
/* A column that is there only where it says something; cells are put in the same order. */
struct maybe {
    struct column column;
    unsigned when;
};
enum { COLUMNS_MAX = 16 };

static unsigned there(const struct iim *v)
{
    bool cut = !v->of_model; /* who brings coefficients wants all the figures of the model */
    for (size_t i = 0; i < v->n; i++) cut |= v->is_cut[i];
    return (cut ? OF_CUT : 0U) | (v->steps > 0 ? OF_TIME : 0U) | (v->output ? OF_MONEY : 0U) | (v->of_model ? OF_MODEL : 0U);
}

static void table_begin(struct iim *v, const char *name, const struct maybe *all, size_t n)
{
    struct column *columns = arena_array(v->w->a, n, sizeof *columns);
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if ((all[i].when & ~there(v)) == 0) columns[used++] = all[i].column;
    doc_table(v->out, name, columns, used);
}

static void row_told(struct iim *v, const struct maybe *all, const struct cell *cell, size_t n)
{
    struct cell kept[COLUMNS_MAX];
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if ((all[i].when & ~there(v)) == 0) kept[used++] = cell[i];
    doc_row(v->out, kept);
}

struct cell iim_cell(double x, int decimals)
{
    if (!isfinite(x)) return C_NONE;
    double unit = pow(10, decimals);
    while (decimals > 0 && fabs(x) * unit >= 1e15) unit = pow(10, --decimals);
    if (fabs(x) >= 1e15) return C_NONE;
    return (struct cell){.type = CELL_DECIMAL, .i = (int64_t)floor(x * unit + .5), .depth = decimals};
}

static struct cell money_cell(double x) { return x < 9e18 ? C_INT((int64_t)floor(x + .5)) : C_NONE; }

/* A loss to the nearest ten-thousandth; all of it only where it is. */
static struct cell share_cell(double q)
{
    int64_t n = (int64_t)floor(q * LEVEL_FULL + .5);
    return model_share_cell(n == LEVEL_FULL && q < 1 ? n - 1 : n);
}

static bool answered(const struct iim *v) { return (v->warnings & (LOSS_UNSTABLE | LOSS_SINGULAR)) == 0; }

/* ---- what is lost ---- */

/* Of output in one unit of its time, as long as it lasts. */
static double lost_a_time(const struct iim *v, size_t i) { return v->q[i] * v->output[i]; }

/* Over all steps. */
static double lost_in_all(const struct iim *v, size_t i)
{
    return v->area[i] * v->output[i] * (v->per == 0 ? 1 : v->step / v->per);
}

static size_t worst_at(const struct iim *v, size_t i)
{
    size_t worst = 0;
    for (size_t t = 1; t <= v->steps; t++)
        if (v->path[t * v->n + i] > v->path[worst * v->n + i]) worst = t;
    return worst;
}

static void sector_told(struct iim *v, const struct maybe *all, size_t n, size_t i)
{
    size_t worst = worst_at(v, i);
    int d = v->decimals;
    const struct cell cells[] = {
        v->sector[i],
        v->c[i] == 0 ? C_NONE : iim_cell(v->c[i], d),
        share_cell(v->q[i]),
        iim_cell(v->q[i], d),
        iim_cell(v->raw[i], d),
        C_BOOL(v->is_cut[i]),
        iim_cell(v->k[i], d),
        v->output ? money_cell(lost_a_time(v, i)) : C_NONE,
        v->output ? money_cell(lost_in_all(v, i)) : C_NONE,
        iim_cell(v->path[worst * v->n + i], d),
        C_MINUTES((int64_t)worst * v->step),
        iim_cell(v->area[i], d),
    };
    row_told(v, all, cells, n);
}

static void sectors_told(struct iim *v)
{
    static const struct maybe all[] = {
        {{"sector", CELL_ENUM, N("Sector")}, ALWAYS},
        {{"start", CELL_DECIMAL, N("Struck (c*)"), COL_DATA}, ALWAYS},
        {{"lost", CELL_RATE, N("Lost in the end"), COL_BAR}, ALWAYS},
        {{"q", CELL_DECIMAL, N("Lost (q)")}, ALWAYS},
        {{"raw", CELL_DECIMAL, N("before it is cut"), COL_DETAIL}, OF_CUT},
        {{"clipped", CELL_BOOL, N("Cut")}, OF_CUT},
        {{"k", CELL_DECIMAL, N("Resilience (k)"), COL_DATA}, OF_TIME},
        {{"loss", CELL_INT, N("Money a unit of time")}, OF_MONEY},
        {{"loss_in_all", CELL_INT, N("Money in all")}, OF_MONEY | OF_TIME},
        {{"worst", CELL_DECIMAL, N("Most lost"), COL_DATA}, OF_TIME},
        {{"worst_at", CELL_MINUTES, N("Most lost after")}, OF_TIME},
        {{"area", CELL_DECIMAL, N("Area lost, in steps"), COL_DATA}, OF_TIME},
    };
    enum { COLUMNS = sizeof all / sizeof *all };
    doc_heading(v->out, M("What each sector loses"));
    doc_show(v->out, &(struct show){.kind = SHOW_CARDS});
    table_begin(v, "sectors", all, COLUMNS);
    for (size_t i = 0; i < v->n; i++) sector_told(v, all, COLUMNS, i);
    doc_table_end(v->out);
}

/* ---- over time ---- */

static struct cell level_cell(double q)
{
    return model_share_cell((int64_t)floor((1 - q) * LEVEL_FULL + 1e-9));
}

static void steps_told(struct iim *v)
{
    static const struct maybe all[] = {
        {{"sector", CELL_ENUM, N("Sector")}, ALWAYS},
        {{"t", CELL_INT, N("Step (t)")}, ALWAYS},
        {{"time", CELL_MINUTES, N("Time since it began")}, ALWAYS},
        {{"level", CELL_RATE, N("Service level")}, ALWAYS},
        {{"q", CELL_DECIMAL, N("Lost (q)")}, ALWAYS},
        {{"verification", CELL_RATE, N("Verification level"), COL_DATA}, OF_MODEL},
    };
    enum { COLUMNS = sizeof all / sizeof *all };
    if (v->steps == 0) return;
    doc_heading(v->out, M("Over time"));
    if (v->n <= IIM_CURVES_MAX)
        doc_show(v->out, &(struct show){.kind = SHOW_CURVES, .label = "sector", .detail = "time", .values = {"level"},
                                        .goal_of = v->of_model ? "verification" : NULL, .alone = true});
    table_begin(v, "over_time", all, COLUMNS);
    for (size_t i = 0; i < v->n; i++) {
        struct cell verify = v->of_model ? model_share_cell(v->st.model->sector[i].verify) : C_NONE;
        for (size_t t = 0; t <= v->steps; t++) {
            double q = v->path[t * v->n + i];
            const struct cell cells[] = {v->sector[i],  C_INT((int64_t)t),        C_MINUTES((int64_t)t * v->step),
                                         level_cell(q), iim_cell(q, v->decimals), verify};
            row_told(v, all, cells, COLUMNS);
        }
    }
    doc_table_end(v->out);
}

/* ---- who matters ---- */

static void indices_told(struct iim *v)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector"), 0, "depend iim", "start"},
        {"dependency", CELL_DECIMAL, N("Dependency")},
        {"influence", CELL_DECIMAL, N("Influence")},
        {"dependency_overall", CELL_DECIMAL, N("Dependency, with all that follows")},
        {"influence_overall", CELL_DECIMAL, N("Influence, with all that follows")},
    };
    int d = v->decimals;
    doc_heading(v->out, M("Who depends, and who is depended on"));
    doc_text(v->out, M("Dependency: what a sector loses on average with each of the others. Influence: what the others lose on average with it."));
    DOC_TABLE(v->out, "indices", columns);
    for (size_t i = 0; i < v->n; i++)
        DOC_ROW(v->out, v->sector[i], iim_cell(v->dependency[i], d), iim_cell(v->influence[i], d),
                v->dependency_all ? iim_cell(v->dependency_all[i], d) : C_NONE,
                v->influence_all ? iim_cell(v->influence_all[i], d) : C_NONE);
    doc_table_end(v->out);
}

/* Rows lose with columns; what is no loss is left blank. */
static void coefficients_told(struct iim *v)
{
    struct arena *a = v->w->a;
    if (v->n > IIM_MATRIX_MAX) return;
    struct column *columns = arena_array(a, v->n + 1, sizeof *columns);
    struct cell *cells = arena_array(a, v->n + 1, sizeof *cells);
    columns[0] = (struct column){.key = "sector", .type = CELL_ENUM, .label = M("Sector")};
    for (size_t j = 0; j < v->n; j++)
        columns[j + 1] = (struct column){.key = str_c(a, str_fmt(a, "with_%.*s", STR_ARG(v->code[j]))), .type = CELL_DECIMAL,
                                         .label = doc_cell_words(a, v->out->lang, &v->sector[j])};
    doc_heading(v->out, M("Coefficients"));
    doc_text(v->out, M("How much of the sector of the row is lost, directly, when all of the sector of the column is lost."));
    doc_table(v->out, "coefficients", columns, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        cells[0] = v->sector[i];
        for (size_t j = 0; j < v->n; j++) cells[j + 1] = v->a[i * v->n + j] == 0 ? C_NONE : iim_cell(v->a[i * v->n + j], v->decimals);
        doc_row(v->out, cells);
    }
    doc_table_end(v->out);
}

/* ---- in words ---- */

static str sectors_cut(const struct iim *v)
{
    struct buf b = buf_in(v->w->a);
    for (size_t i = 0; i < v->n; i++) {
        if (!v->is_cut[i]) continue;
        if (b.n != 0) buf_add(&b, v->out->lang == LANG_JA ? S("、") : S(", "));
        buf_add(&b, doc_cell_words(v->w->a, v->out->lang, &v->sector[i]));
    }
    return buf_str(&b);
}

static void warnings_told(struct iim *v)
{
    struct doc *d = v->out;
    if (v->warnings & LOSS_UNSTABLE)
        doc_text(d, M("There is no answer: losses grow from round to round without end, since the spectral radius of the coefficients is %1, "
                      "and has to be below 1. Coefficients are too high, or all count the same loss."),
                 str_fmt(v->w->a, "%.3f", v->radius));
    else if (v->warnings & LOSS_SINGULAR)
        doc_text(d, M("There is no answer: the equations have none, or many."));
    if (v->warnings & LOSS_UNSTABLE && v->of_model)
        doc_text(d, M("Services that need one another lose all of each other once their buffers are empty. Ask for what is lost within "
                      "fewer hours (within), or run the model itself (depend run)."));
    if ((v->warnings | v->cut) & LOSS_CLIPPED)
        doc_text(d, M("Cut at a loss of all: %1. The model is linear and adds up losses that in truth are one; what follows from these "
                      "sectors is not the model's answer any more."),
                 sectors_cut(v));
    if (!v->starts) doc_text(d, M("Nothing is struck yet: choose a sector with which it starts. Those with the most influence are "
                                      "listed below."));
}

static void notes_told(struct iim *v)
{
    struct doc *d = v->out;
    if (v->of_deliveries && !v->imports_out)
        doc_note(d, M("The table has no column imports, so that imports were not taken out: what is bought abroad counts as if it were "
                      "lost at home."));
    if (v->of_deliveries)
        doc_note(d, v->supply ? M("Supply side: who is supplied loses with the supplier (Leung, Haimes and Santos 2007).")
                              : M("Demand side: who supplies loses with the buyer. It does not say whom a failure of a supplier hurts; "
                                  "that is the supply side."));
    if (v->of_model)
        doc_note(d, M("Coefficients are read out of the model, as experts gave it: what is lost of a sector, directly, when all of another "
                      "is. That is the supply side."));
    if (v->of_model && v->within == TICK_NEVER) doc_note(d, M("Buffers are left out: it is what is lost once they are empty."));
    if (v->of_model && v->within != TICK_NEVER)
        doc_note(d, M("Coefficients are what is lost on average within %1 hours, while buffers hold."), model_time_text(v->w->a, v->within));
    if (v->lasts != SIZE_MAX && v->lasts > 0)
        doc_note(d, M("What strikes moves the losses from one step to the next: lasting %1 steps, it works at the steps 0 to %2."),
                 str_int(v->w->a, (int64_t)v->lasts), str_int(v->w->a, (int64_t)v->lasts - 1));
}

static void facts_told(struct iim *v)
{
    double once = 0, in_all = 0;
    struct doc *d = v->out;
    for (size_t i = 0; v->output && answered(v) && i < v->n; i++) {
        once += lost_a_time(v, i);
        in_all += lost_in_all(v, i);
    }
    if (v->output && answered(v) && v->starts) doc_fact(d, "loss", M("Money lost, as long as it lasts"), money_cell(once));
    if (v->output && answered(v) && v->starts && v->steps > 0) doc_fact(d, "loss_in_all", M("Money lost over all steps"), money_cell(in_all));
    doc_fact(d, "radius", M("Spectral radius"), iim_cell(v->radius, 3));
    doc_fact(d, "stable", M("There is an answer"), C_BOOL(answered(v)));
}

/* "Electric power 50 %, Water supply 10 %" */
static str struck_words(const struct iim *v)
{
    struct buf b = buf_in(v->w->a);
    for (size_t i = 0; i < v->n; i++) {
        double share = v->c[i] > 0 ? v->c[i] : v->q0[i];
        if (share <= 0) continue;
        if (b.n != 0) buf_add(&b, v->out->lang == LANG_JA ? S("、") : S(", "));
        buf_add(&b, doc_cell_words(v->w->a, v->out->lang, &v->sector[i]));
        buf_fmt(&b, v->out->lang == LANG_JA ? "%.4g%%" : " %.4g%%", share * 100);
    }
    return buf_str(&b);
}

static void lead_told(struct iim *v)
{
    str steps = str_int(v->w->a, (int64_t)v->steps), length = model_time_text(v->w->a, v->step);
    if (!v->starts) doc_lead(v->out, M("Of each sector, how much is lost when others fail"));
    else if (v->steps == 0) doc_lead(v->out, M("Struck: %1"), struck_words(v));
    else doc_lead(v->out, M("Struck: %1. Over %2 steps of %3 hours each"), struck_words(v), steps, length);
}

void iim_told(struct iim *v)
{
    lead_told(v);
    facts_told(v);
    warnings_told(v);
    if (answered(v) && v->starts) {
        sectors_told(v);
        steps_told(v);
    }
    indices_told(v);
    coefficients_told(v);
    notes_told(v);
    if (v->of_model) stored_told(&v->st, v->out);
}
