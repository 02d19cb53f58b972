/* depend worth: asked and told. */
#include "depend/worth.h"

#include <string.h>

#include "depend/rank.h"
const struct param depend_worth_params[] = {
    MODEL_PARAMS,
    SCENARIO_PARAMS,
    {"more", P_TEXT, 0, NULL, "1", N("how many hours of backup more are tried on each need")},
    {"by", P_ENUM, 0, "area below money", "area", N("what it is ranked by; area lost, time below the verification level, or money that is saved")},
    MODEL_FILE_PARAMS,
    {0}};

/* ---- what is asked ---- */

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* Each sector fails as a whole at the beginning, for as long as is asked. */
static enum err sectors_fail(struct worth_view *v, const struct args *in)
{
    const struct net *net = &v->st.model->net;
    struct scenario *all = arena_array(v->w->a, net->n_sectors, sizeof *all);
    struct strike *strike = arena_array(v->w->a, net->n_sectors, sizeof *strike);
    tick lasts = TICK_NEVER;
    if (arg_given(in, "lasts") && (!model_time(arg_text(in, "lasts"), &lasts) || lasts == 0))
        return fault_in(v->w, INVALID, at("lasts"), M("'%1' is no length of time: hours (6, 1.5) or minutes (90m), up to %2 hours"),
                        arg_text(in, "lasts"), str_int(v->w->a, MODEL_HOURS_MAX));
    for (uint32_t s = 0; s < net->n_sectors; s++) {
        uint32_t *service = arena_array(v->w->a, net->n_services, sizeof *service), n = 0;
        for (uint32_t i = 0; i < net->n_services; i++)
            if (net->service[i].sector == s) service[n++] = i;
        strike[s] = (struct strike){.service = service, .n = n, .repair_percent = 100, .chance = 10000, .together = true, .lasts = lasts};
        all[s] = v->r.s;
        all[s].strike = &strike[s];
        all[s].n_strikes = 1;
    }
    v->x.scenario = all;
    v->x.n = net->n_sectors;
    return OK;
}

static enum err measure_asked(struct worth_view *v, const struct args *in)
{
    v->money = rank_has_money(v->st.model);
    for (enum worth_by b = 0; b < WORTH_BYS; b++)
        if (str_eq(arg_text(in, "by"), str_of(worth_by_codes[b]))) v->x.by = b;
    if (v->x.by == WORTH_MONEY && !v->money)
        return fault_in(v->w, INVALID, at("by"), M("the model gives no value of a service or a sector: rank by area or time"));
    if (!model_time(arg_text(in, "more"), &v->x.more) || v->x.more == 0)
        return fault_in(v->w, INVALID, at("more"), M("'%1' is no length of time: hours (6, 1.5) or minutes (90m), up to %2 hours"),
                        arg_text(in, "more"), str_int(v->w->a, MODEL_HOURS_MAX));
    if (v->r.runs > WORTH_RUNS_MAX)
        return fault_in(v->w, INVALID, at("runs"), M("at most %1 runs of each change"), str_int(v->w->a, WORTH_RUNS_MAX));
    return OK;
}

static enum err asked(struct worth_view *v, const struct args *in)
{
    enum err e = stored_asked(v->w, in, &v->st);
    if (e != OK || (e = scenario_asked(v->w, in, &v->st, &v->r)) != OK || (e = measure_asked(v, in)) != OK) return e;
    v->x.st = &v->st;
    v->x.runs = v->r.runs;
    v->x.scenario = &v->r.s;
    v->x.n = 1;
    v->each_sector = !scenario_does(&v->r);
    if ((e = stored_fits(v->w, &v->st, 2)) != OK) return e;
    return v->each_sector ? sectors_fail(v, in) : OK;
}

enum err depend_view_worth(struct work *w, const struct args *in, struct doc *out)
{
    struct worth_view *v = arena_alloc(w->a, sizeof *v);
    *v = (struct worth_view){.w = w, .out = out};
    enum err e = asked(v, in);
    if (e != OK || (e = worth_all(w, &v->x, &v->worth)) != OK) return e;
    worth_told(v);
    stored_told(&v->st, out);
    return OK;
}
