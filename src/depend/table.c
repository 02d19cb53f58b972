/* depend table: what each sector, or each service, takes down with it, after how long; and how to read it. */
#include "depend/table.h"

#include "depend/table_after.h"
const struct param depend_table_params[] = {
    MODEL_PARAMS,
    {"of", P_ENUM, 0, "sector service", "sector", N("what fails; a sector as a whole, or one service at a time")},
    {"hours", P_TEXT, MANY, NULL, NULL, N("after how many hours; without it 1, 6, 24 and 72; 90m for minutes")},
    {"begins", P_INT, RARE, NULL, "0", N("at what hour of the day it begins, 0 to 23")},
    MODEL_FILE_PARAMS,
    {0}};

/* ---- what is asked ---- */

static enum err add_time(struct fail_table *t, str text)
{
    tick at;
    if (!model_time(text, &at) || at > TABLE_HOURS_MAX * HOUR)
        return fault_in(t->w, INVALID, ((struct where){.field = S("hours")}),
                        M("'%1' is no length of time: hours (6, 1.5) or minutes (90m), up to %2 hours"), text, str_int(t->w->a, TABLE_HOURS_MAX));
    size_t i = t->n_at;
    for (size_t k = 0; k < t->n_at; k++)
        if (t->at[k] == at) return OK;
    if (t->n_at == TABLE_TIMES_MAX)
        return fault_in(t->w, INVALID, ((struct where){.field = S("hours")}), M("at most %1 of them at a time"),
                        str_int(t->w->a, TABLE_TIMES_MAX));
    for (; i > 0 && t->at[i - 1] > at; i--) t->at[i] = t->at[i - 1];
    t->at[i] = at;
    t->n_at++;
    return OK;
}

static enum err times_asked(struct fail_table *t, const struct args *in)
{
    static const str usual[] = {S_INIT("1"), S_INIT("6"), S_INIT("24"), S_INIT("72")};
    const struct arg *given[4 * TABLE_TIMES_MAX];
    size_t n = arg_all(in, "hours", given, 4 * TABLE_TIMES_MAX);
    if (n > 4 * TABLE_TIMES_MAX)
        return fault_in(t->w, INVALID, ((struct where){.field = S("hours")}), M("at most %1 of them at a time"),
                        str_int(t->w->a, TABLE_TIMES_MAX));
    enum err e = OK;
    for (size_t i = 0; i < n && e == OK; i++) e = add_time(t, given[i]->text);
    for (size_t i = 0; i < 4 && n == 0; i++) e = add_time(t, usual[i]);
    return e;
}

static enum err begins_asked(struct fail_table *t, const struct args *in)
{
    int64_t hour = arg_int(in, "begins");
    if (hour < 0 || hour > 23)
        return fault_in(t->w, INVALID, ((struct where){.field = S("begins")}), M("an hour of the day is a number from 0 to 23"));
    t->begins = (uint32_t)hour * HOUR;
    return OK;
}

/* What the reader does not see by name has no row: its figures are its operator's. */
static enum err rows_asked(struct fail_table *t)
{
    uint32_t n = t->services ? t->net->n_services : t->net->n_sectors;
    t->row = arena_array(t->w->a, n, sizeof *t->row);
    for (uint32_t i = 0; i < n; i++) {
        if (!t->services || stored_named(&t->st, i)) t->row[t->n_rows++] = i;
        else t->unnamed++;
    }
    if (t->n_rows > TABLE_ROWS_MAX)
        return fault_in(t->w, INVALID, ((struct where){.field = S("of")}),
                        M("%1 services are too many to fail one at a time: up to %2. Ask for sectors, or depend rank"),
                        str_int(t->w->a, (int64_t)t->n_rows), str_int(t->w->a, TABLE_ROWS_MAX));
    t->verify = arena_array(t->w->a, t->net->n_sectors, sizeof *t->verify);
    for (uint32_t s = 0; s < t->net->n_sectors; s++) t->verify[s] = t->st.model->sector[s].verify;
    return OK;
}

static enum err asked(struct fail_table *t, const struct args *in)
{
    enum err e = stored_asked(t->w, in, &t->st);
    if (e != OK) return e;
    t->net = &t->st.model->net;
    t->services = str_eq(arg_text(in, "of"), S("service"));
    if ((e = times_asked(t, in)) != OK || (e = begins_asked(t, in)) != OK) return e;
    return rows_asked(t);
}

/* ---- the runs ---- */

static uint32_t those_of(const struct fail_table *t, size_t row, uint32_t *service)
{
    uint32_t n = 0;
    if (t->services) service[n++] = t->row[row];
    for (uint32_t i = 0; i < t->net->n_services && !t->services; i++)
        if (t->net->service[i].sector == t->row[row]) service[n++] = i;
    return n;
}

static enum err fail_each(struct fail_table *t)
{
    struct arena *a = t->w->a;
    uint32_t *service = arena_array(a, t->net->n_services, sizeof *service), sectors = t->net->n_sectors;
    t->level = arena_array(a, t->n_rows * t->n_at * sectors, sizeof *t->level);
    t->first = arena_array(a, t->n_rows * sectors, sizeof *t->first);
    for (size_t i = 0; i < t->n_rows; i++) {
        struct after x = {t->net, t->begins, t->at, t->n_at, t->verify, NULL, t->level + i * t->n_at * sectors, t->first + i * sectors};
        if (!after_blow(a, &x, service, those_of(t, i, service)))
            return fault(t->w, INVALID, M("there are more than %1 changes in one run: ask for fewer hours"), str_int(a, AFTER_STEPS_MAX));
        work_progress(t->w, M("Runs"), (int64_t)i + 1, (int64_t)t->n_rows);
    }
    return OK;
}

enum err depend_view_table(struct work *w, const struct args *in, struct doc *out)
{
    struct fail_table *t = arena_alloc(w->a, sizeof *t);
    *t = (struct fail_table){.w = w, .out = out};
    enum err e = asked(t, in);
    if (e != OK || (e = stored_fits(w, &t->st, 1)) != OK || (e = fail_each(t)) != OK) return e;
    fail_table_told(t);
    return OK;
}
