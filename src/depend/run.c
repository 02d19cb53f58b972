/* depend run: something stops; what is hit, when, because of whom, and when it is back. With a what-if the model is run as it is and
 * changed, and the two are shown side by side. */
#include "depend/run.h"

/* ---- all of it, in the order in which a newcomer asks ---- */

/* What else is asked of the same: each leads on with the parameters of this page. */
static void ways_on(const struct made_run *m, struct doc *out)
{
    static const struct column columns[] = {
        {"simulate", CELL_ENUM, N("Many runs, kept"), 0, "depend simulate", "model"},
        {"worth", CELL_ENUM, N("Where backup helps most"), 0, "depend worth", "model"},
        {"order", CELL_ENUM, N("What to repair first"), 0, "depend order", "model"},
    };
    if (m->s->version == 0) return;
    doc_heading(out, M("Go on from here, with the same conditions"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "simulate"});
    DOC_TABLE(out, "ways", columns);
    DOC_ROW(out, C_ENUM(m->s->code), enum_words_cell(m->s->code, M("compare what an hour more is worth")),
            enum_words_cell(m->s->code, M("compare orders of repair")));
    doc_table_end(out);
}

void run_told(struct work *w, const struct beside *b, struct doc *out)
{
    run_lead(w, b->now, out);
    run_title(w, b, out);
    run_key_figures(w, b, out);
    if (b->was != NULL) run_figures_told(w, b, out);
    curves_told(w, b, out);
    run_impact_told(w, b, out);
    chain_told(w, b->now, out);
    run_services_told(w, b, out);
    run_losses_told(w, b, out);
    run_stuck_told(w, b->now, out);
    run_availability_told(w, b->now, out);
    run_manifest_told(w, b->now, out);
}

/* ---- nothing is asked yet ---- */

static void choose_told(const struct stored *s, struct doc *out)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector"), 0, "depend run", "fail"},
        {"services", CELL_INT, N("Services")},
        {"verification", CELL_RATE, N("Verification level")},
        {"model", CELL_TEXT, N("Model"), COL_DATA, NULL, "model"},
    };
    const struct model *m = s->model;
    doc_title(out, M("What stops, and what follows?"));
    doc_lead(out, M("%1."), run_model_words(out->w, out->lang, s));
    doc_text(out, M("Choose above what stops and for how long, or let a sector of this list stop."));
    DOC_TABLE(out, "choose", columns);
    for (uint32_t k = 0; k < m->net.n_sectors; k++) {
        int64_t n = 0;
        for (uint32_t i = 0; i < m->net.n_services; i++) n += m->net.service[i].sector == k;
        DOC_ROW(out, model_sector_cell(m, k), C_INT(n), model_share_cell(m->sector[k].verify), text_cell(s->code));
    }
    doc_table_end(out);
    stored_told(s, out);
}

/* ---- the view ---- */

enum { KEEP_MAX = 100 };

/* Who may change the model keeps a longer buffer as a new version, need by need. */
static void keep_rows(struct work *w, const struct stored *s, const struct stored *changed, struct doc *out)
{
    const struct net *was = &s->model->net, *now = &changed->model->net;
    size_t n = 0;
    for (uint32_t i = 0; i < was->n_services; i++)
        for (uint32_t g = was->need_at[i]; g < was->need_at[i + 1] && n < KEEP_MAX; g++) {
            const struct span *a = &was->need[g].buffer, *b = &now->need[g].buffer;
            if ((a->low == b->low && a->high == b->high) || !stored_named(s, i)) continue;
            DOC_ROW(out, stored_service_cell(s, i), model_need_cell(s->model, g), text_cell(model_span_text(w->a, a)), text_cell(model_span_text(w->a, b)),
                    C_ENUM(model_span_text(w->a, b)), C_INT(s->newest), C_ENUM(s->code));
            n++;
        }
}

static void keep_told(struct work *w, const struct stored *s, const struct asked_run *r, const struct stored *changed, struct doc *out)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service"), 0, NULL, "service"},
        {"need", CELL_ENUM, N("Need"), 0, NULL, "need"},
        {"was", CELL_TEXT, N("Buffer in hours, as it is")},
        {"now", CELL_TEXT, N("With the change")},
        {"keep", CELL_ENUM, N("Keep as a new version"), 0, "depend change", "buffer"},
        {"revision", CELL_INT, N("Version"), COL_DATA, NULL, "revision"},
        {"model", CELL_ENUM, N("Model"), COL_DATA, NULL, "model"},
    };
    bool buffers = s->mine && s->version != 0 && s->number == s->newest;
    for (size_t i = 0; i < r->n_changes; i++) buffers = buffers && r->change[i].what == CHANGE_BACKUP;
    if (!buffers) return;
    doc_heading(out, M("Keep the change"));
    DOC_TABLE(out, "keep", columns);
    keep_rows(w, s, changed, out);
    doc_table_end(out);
}

enum err run_both(struct work *w, const struct stored *s, const struct asked_run *r, const struct run_limit *limit, struct beside *out)
{
    struct made_run *was = arena_alloc(w->a, sizeof *was), *now = arena_alloc(w->a, sizeof *now);
    struct stored *changed = arena_alloc(w->a, sizeof *changed);
    struct asked_run *plain = arena_alloc(w->a, sizeof *plain);
    *out = (struct beside){NULL, now, M("As it is"), M("With the change")};
    if (r->n_changes == 0) return run_make(w, s, r, limit, now);
    *plain = *r;
    plain->n_changes = 0;
    scenario_changed(w->a, s, r, changed);
    enum err e = run_make(w, s, plain, limit, was);
    out->was = was;
    return e == OK ? run_make(w, changed, r, limit, now) : e;
}

enum err depend_view_run(struct work *w, const struct args *in, struct doc *out)
{
    struct stored s;
    struct asked_run r;
    struct beside b;
    enum err e = stored_asked(w, in, &s);
    if (e == OK) e = scenario_asked(w, in, &s, &r);
    if (e != OK) return e;
    if (!scenario_does(&r)) {
        choose_told(&s, out);
        return OK;
    }
    e = run_both(w, &s, &r, &run_limit_page, &b);
    if (e != OK) return e;
    run_told(w, &b, out);
    if (r.n_changes != 0) keep_told(w, &s, &r, b.now->s, out);
    ways_on(b.now, out);
    return OK;
}
