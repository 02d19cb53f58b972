/* depend service: one service, what it needs, who needs it, and forms to change either. */
#include "depend/models.h"
#include "surface/fields.h"

struct service_page {
    struct work *w;
    struct doc *out;
    struct stored s;
    uint32_t i;
};

static void facts(const struct service_page *x)
{
    const struct model *m = x->s.model;
    const struct net_service *v = &m->net.service[x->i];
    const struct model_service *more = &m->service[x->i];
    struct arena *a = x->w->a;
    doc_title(x->out, M("%1"), lang_pick(x->out->lang, more->ja, more->en));
    doc_lead(x->out, M("A service of %1"), lang_pick(x->out->lang, x->s.ja, x->s.en));
    doc_fact(x->out, "sector", M("Sector"), model_sector_cell(m, v->sector));
    if (more->org.n != 0) doc_fact(x->out, "org", M("Organisation"), C_TEXT(more->org));
    doc_fact(x->out, "level", M("Level at the beginning"), model_share_cell(v->own));
    doc_fact(x->out, "verification", M("Verification level"), model_share_cell(v->verify));
    doc_fact(x->out, "weight", M("Weight"), C_INT(v->weight));
    if (v->fails.low != TICK_NEVER) doc_fact(x->out, "fails", M("Fails by itself after"), models_span_cell(a, &v->fails));
    if (v->detect.high != 0) doc_fact(x->out, "detect", M("Time until a failure is known"), models_span_cell(a, &v->detect));
    doc_fact(x->out, "repair", M("Repair"), v->repair.low == TICK_NEVER ? words_cell(M("never repaired")) : models_span_cell(a, &v->repair));
    if (v->crew != NET_NONE) doc_fact(x->out, "crew", M("Crew"), enum_named_cell(m->crew[v->crew].code, m->crew[v->crew].ja, m->crew[v->crew].en));
    if (v->black_start) doc_fact(x->out, "black_start", M("Black start"), C_BOOL(1));
    if (more->site.n != 0) doc_fact(x->out, "site", M("Site"), C_TEXT(more->site));
    if (more->tags.n != 0) doc_fact(x->out, "tags", M("Tags"), C_TEXT(more->tags));
}

static void needs_of_it(const struct service_page *x)
{
    static const struct column columns[] = {
        {"need", CELL_ENUM, N("Need")},
        {"rule", CELL_TEXT, N("Which are needed")},
        {"supplier", CELL_ENUM, N("Supplier"), 0, "depend service", "service"},
        {"type", CELL_ENUM, N("Kind of link")},
        {"strength", CELL_RATE, N("Lost without it")},
        {"buffer", CELL_TEXT, N("Buffer")},
        {"delay", CELL_MINUTES, N("Felt after"), COL_DETAIL},
    };
    static const struct coded kinds[] = {
        {"physical", N("physical link")}, {"cyber", N("cyber link")}, {"geographic", N("geographic link")}, {"logical", N("logical link")}};
    const struct model *m = x->s.model;
    const struct net *net = &m->net;
    doc_heading(x->out, M("What it needs"));
    if (net->need_at[x->i] == net->need_at[x->i + 1]) doc_text(x->out, M("It needs nothing of this model."));
    DOC_TABLE(x->out, "needs", columns);
    for (uint32_t g = net->need_at[x->i]; g < net->need_at[x->i + 1]; g++)
        for (uint32_t s = net->supplier_at[g]; s < net->supplier_at[g + 1]; s++)
            DOC_ROW(x->out, model_need_cell(m, g), models_rule_cell(x->w->a, m, g), stored_service_cell(&x->s, net->supplier[s].service),
                    CODED(kinds, str_of(link_type_codes[net->supplier[s].type])), model_share_cell(net->need[g].strength),
                    models_buffer_cell(x->w->a, &net->need[g].buffer), net->supplier[s].delay == 0 ? C_NONE : C_MINUTES(net->supplier[s].delay));
    doc_table_end(x->out);
}

static void who_needs_it(const struct service_page *x)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service"), 0, "depend service", "service"},
        {"need", CELL_ENUM, N("Need")},
        {"sector", CELL_ENUM, N("Sector")},
    };
    const struct model *m = x->s.model;
    const struct net *net = &m->net;
    doc_heading(x->out, M("Who needs it"));
    DOC_TABLE(x->out, "needed_by", columns);
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++)
            for (uint32_t s = net->supplier_at[g]; s < net->supplier_at[g + 1]; s++)
                if (net->supplier[s].service == x->i)
                    DOC_ROW(x->out, stored_service_cell(&x->s, i), stored_named(&x->s, i) ? model_need_cell(m, g) : C_NONE,
                            model_sector_cell(m, net->service[i].sector));
    doc_table_end(x->out);
}

/* ---- forms ---- */

static void field(const struct service_page *x, const char *name, str label, str help, str value)
{
    field_row(x->out, str_of(name), "text", words_cell(label), false, help.n == 0 ? C_NONE : words_cell(help), text_cell(value));
}

static void note_field(const struct service_page *x)
{
    field(x, "note", M("What is different, and why"), M("kept with the version; without it, what was changed is noted"), S(""));
    doc_table_end(x->out);
    doc_form_end(x->out);
}

static void begin(const struct service_page *x, str title, uint32_t need)
{
    struct form form = {.act = "depend change", .title = title, .folded = true,
                        .given = {{"model", x->s.code}, {"revision", str_int(x->w->a, x->s.number)}, {"service", x->s.model->code[x->i]}}};
    if (need != NET_NONE) form.given[3] = (struct form_given){"need", x->s.model->need[need].code};
    doc_form(x->out, &form);
}

#define HOURS_HELP M("hours as 6 or 1.5, minutes as 90m, between two as 2..8, on average as ~10")

static void service_form(const struct service_page *x)
{
    const struct net_service *v = &x->s.model->net.service[x->i];
    struct arena *a = x->w->a;
    begin(x, M("Change the service"), NET_NONE);
    fields_begin(x->out, "service_fields");
    field(x, "weight", M("Weight in its sector"), S(""), str_int(a, v->weight));
    field(x, "verification", M("Verification level, per cent"), S(""), model_share_text(a, v->verify));
    field(x, "detect", M("Time until a failure is known"), HOURS_HELP, model_span_text(a, &v->detect));
    field(x, "repair", M("A crew's work"), HOURS_HELP, model_span_text(a, &v->repair));
    field_row(x->out, S("black_start"), "enum", words_cell(M("Restarts without the services that need it")), false, C_NONE,
              C_TEXT(v->black_start ? S("yes") : S("no")));
    field_choice(x->out, S("black_start"), S("yes"), words_cell(M("yes")));
    field_choice(x->out, S("black_start"), S("no"), words_cell(M("no")));
    note_field(x);
}

static void need_form(const struct service_page *x, uint32_t need)
{
    const struct net_need *g = &x->s.model->net.need[need];
    struct cell name = model_need_cell(x->s.model, need);
    struct arena *a = x->w->a;
    str of = doc_cell_words(a, x->out->lang, &name);
    begin(x, tr_fill(a, x->out->lang, M("Change the need '%1'"), &of, 1), need);
    fields_begin(x->out, "need_fields");
    field(x, "buffer", M("Buffer: how long it goes on without"), HOURS_HELP, model_span_text(a, &g->buffer));
    field(x, "recharge", M("Time to refill the buffer"), S(""), model_time_text(a, g->recharge));
    field(x, "strength", M("Lost without it, per cent"), S(""), model_share_text(a, g->strength));
    note_field(x);
}

static void forms(const struct service_page *x)
{
    const struct net *net = &x->s.model->net;
    if (!x->s.mine || x->out->face->form == NULL) return; /* elsewhere its fields would stand without it */
    if (x->s.number != x->s.newest) {
        doc_text(x->out, M("Only the newest version is changed."));
        return;
    }
    service_form(x);
    for (uint32_t g = net->need_at[x->i]; g < net->need_at[x->i + 1] && g < net->need_at[x->i] + 50; g++) need_form(x, g);
}

enum err depend_view_service(struct work *w, const struct args *in, struct doc *out)
{
    struct service_page x = {.w = w, .out = out};
    enum err e = stored_asked(w, in, &x.s);
    if (e == OK) e = stored_service(w, &x.s, arg_text(in, "service"), &x.i);
    if (e != OK) return e;
    facts(&x);
    needs_of_it(&x);
    who_needs_it(&x);
    forms(&x);
    stored_told(&x.s, out);
    return OK;
}
