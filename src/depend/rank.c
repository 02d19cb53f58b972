/* depend rank: which services matter most, which are hit most, single points of failure, pairs. */
#include "depend/rank.h"

const struct param depend_rank_params[] = {
    MODEL_PARAMS,
    {"by", P_ENUM, 0, "weight area money services", NULL,
     N("what it is ranked by; without it, area lost, in large models weight")},
    {"hours", P_INT, 0, NULL, "72", N("how many hours the run of each service goes on")},
    {"repair", P_FLAG, RARE, NULL, NULL, N("each fails until a crew has repaired it; without it, for good")},
    {"pairs", P_FLAG, RARE, NULL, NULL, N("also two at a time; pairs that back one another up")},
    {"first", P_INT, RARE, NULL, NULL, N("how many of the ranking are listed; without it, all")},
    MODEL_FILE_PARAMS,
    {0}};

/* ---- what is asked ---- */

static enum err wrong(struct work *w, const char *field, str words, int64_t number)
{
    return fault_in(w, INVALID, ((struct where){.field = str_of(field)}), words, str_int(w->a, number));
}

static enum err measure_asked(struct rank_view *v, const struct args *in)
{
    str by = arg_text(in, "by");
    v->x.by = v->x.timed ? RANK_AREA : RANK_WEIGHT;
    for (enum rank_by b = 0; b < RANK_BYS; b++)
        if (str_eq(by, str_of(rank_by_codes[b]))) v->x.by = b;
    if (v->x.by == RANK_MONEY && !v->money)
        return fault_in(v->w, INVALID, ((struct where){.field = S("by")}),
                        M("the model gives no value of a service or a sector: rank by area, weight or services"));
    bool needs_runs = v->x.by == RANK_AREA || v->x.by == RANK_MONEY || v->x.repaired;
    if (needs_runs && !v->x.timed)
        return wrong(v->w, v->x.repaired ? "repair" : "by",
                     M("models of more than %1 services are not run service by service: rank by weight or services, for good"), RANK_TIMED_MAX);
    return OK;
}

static enum err asked(struct rank_view *v, const struct args *in)
{
    enum err e = stored_asked(v->w, in, &v->st);
    if (e != OK) return e;
    const struct model *m = v->st.model;
    int64_t hours = arg_int(in, "hours");
    if (hours < 1 || hours > RANK_HOURS_MAX) return wrong(v->w, "hours", M("a run goes on for 1 to %1 hours"), RANK_HOURS_MAX);
    v->first = arg_given(in, "first") ? arg_int(in, "first") : INT64_MAX;
    if (v->first < 1) return wrong(v->w, "first", M("at least %1 is listed"), 1);
    uint16_t *verify = arena_array(v->w->a, m->net.n_sectors, sizeof *verify);
    for (uint32_t s = 0; s < m->net.n_sectors; s++) verify[s] = m->sector[s].verify;
    v->even = rank_even(v->w->a, &m->net);
    v->money = rank_has_money(m);
    v->pairs = arg_given(in, "pairs");
    v->x = (struct rank_ask){.net = &v->even, .verify = verify, .model = m, .timed = m->net.n_services <= RANK_TIMED_MAX,
                             .repaired = arg_given(in, "repair"), .until = (tick)hours * HOUR};
    return measure_asked(v, in);
}

enum err depend_view_rank(struct work *w, const struct args *in, struct doc *out)
{
    struct rank_view *v = arena_alloc(w->a, sizeof *v);
    *v = (struct rank_view){.w = w, .out = out};
    enum err e = asked(v, in);
    if (e != OK) return e;
    rank_all(w, &v->x, &v->r);
    rank_told(v);
    if (v->pairs) {
        struct rank_pairs pairs;
        rank_paired(w, &v->x, &v->r, &pairs);
        rank_pairs_told(v, &pairs);
    }
    stored_told(&v->st, out);
    return OK;
}
