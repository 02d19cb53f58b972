/* depend threats: common threats (First Action Plan, 3: cyber attack, unintentional, natural disaster; Second Basic Plan, chapter 3). */
#include "depend/threats.h"

#include <string.h>

#include "cascade/reach.h"
#include "tally/rates.h"

const struct param depend_threats_params[] = {
    MODEL_PARAMS,
    {"cause", P_ENUM, 0, "cyber unintentional disaster", NULL, N("threats of one cause only")},
    {"threat", P_CODE, 0, NULL, NULL, N("one threat; with the services it may hit"), "depend strikes"},
    MODEL_FILE_PARAMS,
    {0}};

static const struct coded causes[] = {
    {"cyber", N("Cyber attack")},
    {"unintentional", N("Unintentional")},
    {"disaster", N("Natural disaster")},
};

struct threats {
    struct work *w;
    struct doc *out;
    struct stored st;
    const struct net *net;
    uint64_t *weight;      /* [sectors] */
    uint32_t *lost;        /* [threats] services lost for good when all that it may hit are */
    int cause;             /* shown; -1: all */
};

static bool is_shown(const struct threats *v, const struct model_threat *t) { return v->cause < 0 || (int)t->cause == v->cause; }

static struct cell threat_cell(const struct model_threat *t) { return enum_named_cell(t->code, t->ja, t->en); }

/* ---- what each may hit ---- */

static void reckoned(struct threats *v)
{
    struct arena *a = v->w->a;
    const struct model *m = v->st.model;
    uint32_t n = 0, *at = arena_array(a, m->n_threats + 1, sizeof *at);
    v->net = &m->net;
    v->weight = arena_array(a, m->net.n_sectors, sizeof *v->weight);
    for (uint32_t i = 0; i < m->net.n_services; i++) v->weight[m->net.service[i].sector] += m->net.service[i].weight;
    for (size_t t = 0; t < m->n_threats; t++) at[t + 1] = n += m->threat[t].strike.n;
    uint32_t *service = arena_array(a, n, sizeof *service);
    for (size_t t = 0; t < m->n_threats; t++)
        memcpy(service + at[t], m->threat[t].strike.service, m->threat[t].strike.n * sizeof *service);
    v->lost = arena_array(a, m->n_threats, sizeof *v->lost);
    reach_losses(a, v->net, &(struct reach_sets){at, service, m->n_threats}, 1, v->lost, NULL, NULL);
}

static void hit_of(const struct threats *v, const struct model_threat *t, uint64_t *weight)
{
    memset(weight, 0, v->net->n_sectors * sizeof *weight);
    for (uint32_t i = 0; i < t->strike.n; i++) weight[v->net->service[t->strike.service[i]].sector] += v->net->service[t->strike.service[i]].weight;
}

/* ---- threats by sectors ---- */

static struct column *heat_columns(const struct threats *v)
{
    struct arena *a = v->w->a;
    const struct model *m = v->st.model;
    struct column *c = arena_array(a, v->net->n_sectors + 1u, sizeof *c);
    c[0] = (struct column){"threat", CELL_ENUM, M("Threat"), 0, "depend threats", "threat"};
    for (uint32_t s = 0; s < v->net->n_sectors; s++) {
        struct cell name = model_sector_cell(m, s);
        c[s + 1] = (struct column){.key = str_c(a, str_fmt(a, "hits_%.*s", STR_ARG(m->sector[s].code))), .type = CELL_RATE,
                                   .label = doc_cell_words(a, v->out->lang, &name), .flags = COL_HEAT};
    }
    return c;
}

static void heat_of_cause(struct threats *v, enum threat_cause cause, const struct column *columns)
{
    const struct model *m = v->st.model;
    uint32_t sectors = v->net->n_sectors;
    uint64_t *hit = arena_array(v->w->a, sectors, sizeof *hit);
    struct cell *cells = arena_array(v->w->a, sectors + 1u, sizeof *cells);
    doc_heading(v->out, causes[cause].words);
    doc_show(v->out, &(struct show){.kind = SHOW_TABLE, .goal = -1});
    doc_table(v->out, str_c(v->w->a, str_fmt(v->w->a, "%s__hits", causes[cause].code)), columns, sectors + 1u);
    for (size_t t = 0; t < m->n_threats; t++) {
        if (m->threat[t].cause != cause) continue;
        hit_of(v, &m->threat[t], hit);
        cells[0] = threat_cell(&m->threat[t]);
        for (uint32_t s = 0; s < sectors; s++)
            cells[s + 1] = hit[s] == 0 ? C_NONE : C_RATE(rate_of_counts((int64_t)hit[s], (int64_t)v->weight[s], NULL));
        doc_row(v->out, cells);
    }
    doc_table_end(v->out);
}

static bool has_cause(const struct threats *v, enum threat_cause cause)
{
    for (size_t t = 0; t < v->st.model->n_threats; t++)
        if (v->st.model->threat[t].cause == cause) return v->cause < 0 || v->cause == (int)cause;
    return false;
}

static void heat_told(struct threats *v)
{
    const struct column *columns = heat_columns(v);
    doc_text(v->out, M("How much of each sector a threat may hit directly, by the weight of its services. A dash: nothing of it. What fails "
                       "after that is not in it: depend run says so."));
    for (int c = 0; c < CAUSES; c++)
        if (has_cause(v, (enum threat_cause)c)) heat_of_cause(v, (enum threat_cause)c, columns);
}

/* ---- one by one ---- */

static struct cell draw_cell(const struct model_threat *t)
{
    static const struct coded draws[] = {{"together", N("all or none")}, {"each", N("each by itself")}};
    return CODED(draws, t->strike.together ? S("together") : S("each"));
}

static void list_told(struct threats *v)
{
    static const struct column columns[] = {
        {"threat", CELL_ENUM, N("Threat"), 0, "depend threats", "threat"},
        {"cause", CELL_ENUM, N("Cause"), COL_DATA},
        {"failure", CELL_TEXT, N("IT failure it leads to")},
        {"continuity", CELL_TEXT, N("How business goes on")},
        {"services", CELL_INT, N("Services hit")},
        {"lost", CELL_INT, N("Lost unrepaired")},
        {"chance", CELL_RATE, N("Chance that it hits"), COL_DATA},
        {"draw", CELL_ENUM, N("Hit together"), COL_DATA},
        {"source", CELL_TEXT, N("Source"), COL_DATA},
        {"run", CELL_ENUM, N("What happens then"), 0, "depend run", "threat"},
    };
    doc_heading(v->out, M("What they lead to"));
    doc_show(v->out, &(struct show){.kind = SHOW_CARDS});
    DOC_TABLE(v->out, "threats", columns);
    for (size_t i = 0; i < v->st.model->n_threats; i++) {
        const struct model_threat *t = &v->st.model->threat[i];
        if (!is_shown(v, t)) continue;
        DOC_ROW(v->out, threat_cell(t), CODED(causes, str_of(causes[t->cause].code)), both_cell(t->failure_ja, t->failure_en),
                both_cell(t->continuity_ja, t->continuity_en), C_INT(t->strike.n), C_INT(v->lost[i]), model_share_cell(t->strike.chance), draw_cell(t),
                both_cell(t->source_ja, t->source_en), enum_words_cell(t->code, M("Run this threat")));
    }
    doc_table_end(v->out);
}

/* ---- one of them ---- */

static void services_told(struct threats *v, const struct model_threat *t)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"sector", CELL_ENUM, N("Sector")},
        {"weight", CELL_RATE, N("Of its sector")},
    };
    uint32_t unnamed = 0;
    doc_heading(v->out, M("Services it may hit"));
    DOC_TABLE(v->out, "services", columns);
    for (uint32_t i = 0; i < t->strike.n; i++) {
        uint32_t s = t->strike.service[i], sector = v->net->service[s].sector;
        if (!stored_named(&v->st, s)) {
            unnamed++;
            continue;
        }
        DOC_ROW(v->out, stored_service_cell(&v->st, s), model_sector_cell(v->st.model, sector),
                C_RATE(rate_of_counts(v->net->service[s].weight, (int64_t)v->weight[sector], NULL)));
    }
    doc_table_end(v->out);
    if (unnamed != 0) doc_note(v->out, M("%1 services of operators, whose figures are theirs, are counted and not named."), str_int(v->w->a, unnamed));
}

static void words_told(struct threats *v, const struct model_threat *t)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What")}, {"text", CELL_TEXT, N("In words")}};
    const struct {
        str what, ja, en;
    } line[] = {{M("IT failure it leads to"), t->failure_ja, t->failure_en},
                {M("How business goes on"), t->continuity_ja, t->continuity_en},
                {M("Source"), t->source_ja, t->source_en}};
    doc_show(v->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(v->out, "words", columns);
    for (size_t i = 0; i < sizeof line / sizeof *line; i++)
        if (line[i].ja.n + line[i].en.n != 0) DOC_ROW(v->out, words_cell(line[i].what), both_cell(line[i].ja, line[i].en));
    doc_table_end(v->out);
}

static void sectors_told(struct threats *v, const struct model_threat *t)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector")},
        {"services", CELL_INT, N("Services it may hit")},
        {"share", CELL_RATE, N("Of its weight"), COL_BAR},
    };
    uint64_t *hit = arena_array(v->w->a, v->net->n_sectors, sizeof *hit);
    uint32_t *services = arena_array(v->w->a, v->net->n_sectors, sizeof *services);
    hit_of(v, t, hit);
    for (uint32_t i = 0; i < t->strike.n; i++) services[v->net->service[t->strike.service[i]].sector]++;
    doc_heading(v->out, M("Sectors it may hit"));
    DOC_TABLE(v->out, "sectors", columns);
    for (uint32_t s = 0; s < v->net->n_sectors; s++)
        if (services[s] != 0)
            DOC_ROW(v->out, model_sector_cell(v->st.model, s), C_INT(services[s]),
                    v->weight[s] == 0 ? C_NONE : C_RATE(rate_of_counts((int64_t)hit[s], (int64_t)v->weight[s], NULL)));
    doc_table_end(v->out);
}

static void one_told(struct threats *v, const struct model_threat *t)
{
    static const struct column run[] = {{"what", CELL_TEXT, N("What")}, {"text", CELL_TEXT, N("In words")},
                                        {"run", CELL_ENUM, N("What happens then"), 0, "depend run", "threat"}};
    struct cell name = threat_cell(t);
    doc_title(v->out, M("%1"), doc_cell_words(v->w->a, v->out->lang, &name));
    doc_lead(v->out, M("A common threat: what it may hit, what it leads to, how business goes on"));
    doc_fact(v->out, "cause", M("Cause"), CODED(causes, str_of(causes[t->cause].code)));
    doc_fact(v->out, "services", M("Services it may hit"), C_INT(t->strike.n));
    doc_fact_of(v->out, "chance", M("Chance that it hits"), model_share_cell(t->strike.chance), t->strike.together ? M("all of them or none") : M("each by itself"));
    doc_fact(v->out, "lost", M("Lost for good, if nothing is repaired"), C_INT(v->lost[t - v->st.model->threat]));
    words_told(v, t);
    doc_show(v->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(v->out, "run", run);
    DOC_ROW(v->out, words_cell(M("What happens then")), words_cell(M("The model is run with this threat: what fails next, when, and when it is back.")),
            enum_words_cell(t->code, M("Run this threat")));
    doc_table_end(v->out);
    sectors_told(v, t);
    services_told(v, t);
}

static enum err asked(struct threats *v, const struct args *in, const struct model_threat **one)
{
    enum err e = stored_asked(v->w, in, &v->st);
    if (e != OK) return e;
    v->cause = -1;
    for (int c = 0; c < CAUSES; c++)
        if (str_eq(arg_text(in, "cause"), str_of(causes[c].code))) v->cause = c;
    if (!arg_given(in, "threat")) return OK;
    *one = model_threat_find(v->st.model, arg_text(in, "threat"));
    if (*one != NULL) return OK;
    return fault_in(v->w, NOTFOUND, ((struct where){.field = S("threat")}), M("the model has no threat '%1'"), arg_text(in, "threat"));
}

enum err depend_view_threats(struct work *w, const struct args *in, struct doc *out)
{
    const struct model_threat *one = NULL;
    struct threats *v = arena_alloc(w->a, sizeof *v);
    *v = (struct threats){.w = w, .out = out};
    enum err e = asked(v, in, &one);
    if (e != OK || (e = stored_fits(w, &v->st, 1)) != OK) return e;
    reckoned(v);
    if (one != NULL) {
        one_told(v, one);
    } else if (v->st.model->n_threats == 0) {
        doc_text(out, M("The model has no threats. They stand in its file 'threats': code, cause, what they may hit; see `meguri depend "
                        "export`."));
    } else {
        heat_told(v);
        list_told(v);
    }
    stored_told(&v->st, out);
    return OK;
}
