/* depend models: the models in sight, and what a newcomer does first. */
#include "depend/models.h"

#include "depend/depend_store.h"

/* ---- words that the pages share ---- */

static str span_words(struct arena *a, enum lang lang, const struct span *s)
{
    str low = lang_minutes(a, lang, s->low), high = lang_minutes(a, lang, s->high);
    if (s->kind == SPAN_EXPONENTIAL) return tr_fill(a, lang, M("%1 on average"), &low, 1);
    return s->kind == SPAN_FIXED ? low : tr_fill(a, lang, M("between %1 and %2"), (const str[]){low, high}, 2);
}

struct cell models_span_cell(struct arena *a, const struct span *s)
{
    if (s->low == TICK_NEVER) return C_NONE;
    return C_BOTH(span_words(a, LANG_JA, s), span_words(a, LANG_EN, s));
}

struct cell models_buffer_cell(struct arena *a, const struct span *s)
{
    return s->kind == SPAN_FIXED && s->low == 0 ? C_NONE : models_span_cell(a, s);
}

struct cell models_rule_cell(struct arena *a, const struct model *m, uint32_t need)
{
    const struct net_need *g = &m->net.need[need];
    uint32_t n = m->net.supplier_at[need + 1] - m->net.supplier_at[need];
    if (g->rule == NEED_SHARE) return words_cell(M("in proportion to what they give"));
    if (g->k == n) return words_cell(n == 1 ? M("the one") : M("all of them"));
    if (g->k == 1) return words_cell(M("any of them"));
    const str of[] = {str_int(a, g->k), str_int(a, n)};
    return C_BOTH(tr_fill(a, LANG_JA, M("%1 of %2 suppliers"), of, 2), tr_fill(a, LANG_EN, M("%1 of %2 suppliers"), of, 2));
}

bool models_who(const struct work *w, const struct stored *s) { return may(w->actor, MAY_READ_NAMES, s->org_lo); }

/* ---- the list ---- */

static const struct column columns[] = {
    {"model", CELL_ENUM, N("Model"), 0, "depend show", "model"},
    {"org", CELL_ORG, N("Organisation")},
    {"version", CELL_INT, N("Version")},
    {"made", CELL_TIME, N("Made"), COL_DETAIL},
    {"services", CELL_INT, N("Services")},
    {"needs", CELL_INT, N("Needs"), COL_DETAIL},
    {"suppliers", CELL_INT, N("Rows of suppliers"), COL_DATA},
    {"illustration", CELL_BOOL, N("Illustration")},
    {"shared", CELL_BOOL, N("Shared with all"), COL_DATA},
    {"run", CELL_ENUM, N("What if"), 0, "depend run", "model"},
    {"table", CELL_ENUM, N("Which on which"), 0, "depend table", "model"},
    {"hash", CELL_TEXT, N("Hash of the model"), COL_DATA},
};

static void row(struct doc *out, const struct stored_row *r)
{
    const struct stored *s = &r->s;
    DOC_ROW(out, enum_named_cell(s->code, s->ja, s->en), C_ORG(s->org, s->org_ja, s->org_en, 0), C_INT(s->number), C_TIME(s->made),
            C_INT(r->services), C_INT(r->needs), C_INT(r->suppliers), C_BOOL(s->illustration), C_BOOL(s->shared),
            enum_words_cell(s->code, M("Let something stop")), enum_words_cell(s->code, M("See the table")), C_TEXT(r->hash));
}

/* The first step of whoever may take it. */
static void begin_here(struct work *w, struct doc *out)
{
    const bool may_file = may(w->actor, MAY_FILE, w->actor->lo);
    doc_text(out, M("No model is kept yet, or none that your post may see."));
    doc_text(out, may_file ? M("To look around, take in the illustration that ships with the program: ten sectors with some forty services. A model of your "
                               "own comes from five files, or out of what the sectors answer in a survey.")
                           : M("Models are taken in by who manages an organisation, and by the centre."));
    if (!may_file) return;
    const struct form form = {.act = "depend import", .given = {{"model", S("ten-sectors")}, {"example", S("ten-sectors")}},
                              .button = {{.label = M("Take in the illustration")}}};
    doc_form(out, &form);
    doc_form_end(out);
}

enum err depend_view_models(struct work *w, const struct args *in, struct doc *out)
{
    struct stored_row *all;
    size_t n;
    (void)in;
    enum err e = depend_models_all(w, &all, &n);
    if (e != OK) return e;
    doc_fact(out, "models", M("Models"), C_INT((int64_t)n));
    if (n == 0) begin_here(w, out);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "model"});
    DOC_TABLE(out, "models", columns);
    for (size_t i = 0; i < n; i++) row(out, &all[i]);
    doc_table_end(out);
    return OK;
}
