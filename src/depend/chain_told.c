/* The chain as a tree and as a map with a slider. */
#include "depend/run.h"

enum { TREE_MAX = 1000, MAP_MAX = 300 };

static const char *const link_words[] = {[LINK_PHYSICAL] = "physical", [LINK_CYBER] = "cyber", [LINK_GEOGRAPHIC] = "geographic", [LINK_LOGICAL] = "logical"};

/* What began by itself or was struck has no link that brought it. */
static struct cell how_cell(const struct link *k)
{
    static const struct coded words[] = {
        {"struck", N("was struck")}, {"failed", N("failed by itself")},     {"physical", N("physical link")},
        {"cyber", N("cyber link")},  {"geographic", N("geographic link")}, {"logical", N("logical link")},
    };
    const char *code = k->why == STEP_NEED ? link_words[k->type] : k->why == STEP_FAILED ? "failed" : "struck";
    return CODED(words, str_of(code));
}

static struct cell name_of(const struct made_run *m, const struct link *k, uint32_t depth)
{
    struct cell c = stored_service_cell(m->s, k->service);
    c.depth = (int)depth;
    return c;
}

static struct cell until_of(const struct link *k) { return model_time_cell(k->until); }

/* ---- as a tree ---- */

/* What is the operators' own, of those that are not seen by name, is left out: which need, how long it held. */
static struct cell why_cell(struct work *w, enum lang lang, const struct made_run *m, const struct link *k)
{
    if (k->why == STEP_STRUCK && k->cause != NET_NONE && k->cause < m->r->n_struck)
        return text_cell(scenario_struck_words(w, lang, m->s, &m->r->struck[k->cause]));
    if (k->why != STEP_NEED || k->need == NET_NONE || !k->named) return C_NONE;
    struct cell need = model_need_cell(m->s->model, k->need);
    return text_cell(str_dup(w->a, doc_cell_words(w->a, lang, &need)));
}

static void tree_row(struct work *w, const struct made_run *m, const struct chain *c, const struct link *k, struct doc *out)
{
    const struct link *by = k->parent == NET_NONE ? NULL : &c->link[k->parent];
    DOC_ROW(out, name_of(m, k, k->depth), model_sector_cell(m->s->model, m->s->model->net.service[k->service].sector), C_MINUTES(k->at),
            by == NULL ? C_NONE : name_of(m, by, 0), how_cell(k), why_cell(w, out->lang, m, k),
            k->named && k->held != 0 ? C_MINUTES(k->held) : C_NONE, model_share_cell(k->least), until_of(k), C_INT(k->services));
}

static void tree_told(struct work *w, const struct made_run *m, const struct chain *c, struct doc *out)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service")},
        {"sector", CELL_ENUM, N("Sector"), COL_DETAIL},
        {"at", CELL_MINUTES, N("Since the beginning")},
        {"by", CELL_ENUM, N("Because of")},
        {"how", CELL_ENUM, N("By which link")},
        {"need", CELL_TEXT, N("What it went without")},
        {"held", CELL_MINUTES, N("Its buffer held")},
        {"level", CELL_RATE, N("Lowest level")},
        {"until", CELL_MINUTES, N("Back after")},
        {"services", CELL_INT, N("Services counted"), COL_DETAIL},
    };
    const struct show show = {SHOW_TREE, .label = "service", .detail = "at", .values = {"how", "need", "held", "level", "until"}};
    const uint32_t *order = chain_order(w->a, c);
    doc_show(out, &show);
    DOC_TABLE(out, "chain", columns);
    for (size_t i = 0; i < c->n && i < TREE_MAX; i++) {
        struct arena_mark mark = arena_mark(w->a);
        tree_row(w, m, c, &c->link[order[i]], out);
        arena_back(w->a, mark);
    }
    doc_table_end(out);
    if (c->n > TREE_MAX) doc_note(out, M("Of %1 links of the chain the first %2 are listed."), str_int(w->a, (int64_t)c->n), str_int(w->a, TREE_MAX));
}

/* ---- as a map ---- */

static void map_told(struct work *w, const struct made_run *m, const struct chain *c, struct doc *out)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service")}, {"sector", CELL_ENUM, N("Sector")}, {"from", CELL_MINUTES, N("From")},
        {"until", CELL_MINUTES, N("To")},     {"level", CELL_RATE, N("Lowest level")}, {"by", CELL_ENUM, N("Because of")},
        {"how", CELL_ENUM, N("By which link")},
    };
    const struct show show = {SHOW_SPREAD, .label = "service", .detail = "sector", .from = "from", .until = "until",
                              .values = {"level", "by"}, .state = "how", .alone = true};
    (void)w;
    doc_show(out, &show);
    DOC_TABLE(out, "map", columns);
    for (size_t i = 0; i < c->n && i < MAP_MAX; i++) {
        const struct link *k = &c->link[i], *by = k->parent == NET_NONE ? NULL : &c->link[k->parent];
        struct cell how = how_cell(k);
        if (k->why == STEP_FAILED) how = how_cell(&(struct link){.why = STEP_STRUCK});
        DOC_ROW(out, name_of(m, k, 0), model_sector_cell(m->s->model, m->s->model->net.service[k->service].sector), C_MINUTES(k->at), until_of(k),
                model_share_cell(k->least), by == NULL ? C_NONE : name_of(m, by, 0), how);
    }
    doc_table_end(out);
    if (c->n > MAP_MAX) doc_note(out, M("The map shows the first %1 of %2 that are hit."), str_int(w->a, MAP_MAX), str_int(w->a, (int64_t)c->n));
}

void chain_told(struct work *w, const struct made_run *m, struct doc *out)
{
    struct chain c;
    chain_of(w->a, m->s, &m->one, &c);
    doc_heading(out, M("Who is hit because of whom"));
    if (c.n == 0) {
        doc_text(out, M("Nothing changes: all services stay at the level at which they began."));
        return;
    }
    if (m->r->runs > 1)
        doc_text(out, M("This is run %1 of %2, the one in the middle by what is lost."), str_int(w->a, (int64_t)m->shown + 1), str_int(w->a, m->r->runs));
    map_told(w, m, &c, out);
    tree_told(w, m, &c, out);
    if (c.cut) doc_note(out, M("The run has %1 changes of levels; the chain follows the first %2."), str_int(w->a, (int64_t)m->one.n_steps), str_int(w->a, RUN_LOG_MAX));
}
