/* depend show: what stands in a model. Sectors always; services, and what they need, as far as the reader sees them by name. */
#include "depend/depend_store.h"
#include "depend/models.h"
#include "surface/fields.h"

enum { TOLD_MAX = 2000 }; /* rows of one table of a page; a sector at a time shows the rest */

struct showing {
    struct work *w;
    struct doc *out;
    struct stored s;
    uint32_t sector; /* NET_NONE: all */
};

static bool told(const struct showing *x, uint32_t service)
{
    return stored_named(&x->s, service) && (x->sector == NET_NONE || x->s.model->net.service[service].sector == x->sector);
}

/* ---- sectors ---- */

static void sectors_told(const struct showing *x)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector"), 0, "depend show", "sector"},
        {"services", CELL_INT, N("Services")},
        {"unnamed", CELL_INT, N("Of which not named to you"), COL_DETAIL},
        {"verification", CELL_RATE, N("Verification level")},
        {"value", CELL_INT, N("Value an hour"), COL_DETAIL},
        {"stop", CELL_ENUM, N("What if it stops"), 0, "depend run", "fail"},
        {"model", CELL_ENUM, N("Model"), COL_DATA, NULL, "model"},
    };
    const struct model *m = x->s.model;
    int64_t *n = arena_array(x->w->a, m->net.n_sectors, sizeof *n), *unnamed = arena_array(x->w->a, m->net.n_sectors, sizeof *unnamed);
    for (uint32_t i = 0; i < m->net.n_services; i++) {
        n[m->net.service[i].sector]++;
        unnamed[m->net.service[i].sector] += !stored_named(&x->s, i);
    }
    doc_heading(x->out, M("Sectors"));
    DOC_TABLE(x->out, "sectors", columns);
    for (uint32_t k = 0; k < m->net.n_sectors; k++)
        DOC_ROW(x->out, model_sector_cell(m, k), C_INT(n[k]), unnamed[k] == 0 ? C_NONE : C_INT(unnamed[k]), model_share_cell(m->sector[k].verify),
                m->sector[k].value == 0 ? C_NONE : C_INT(m->sector[k].value), enum_words_cell(m->sector[k].code, M("Let it stop")), C_ENUM(x->s.code));
    doc_table_end(x->out);
}

static void sector_form(const struct showing *x)
{
    const struct model_sector *k = &x->s.model->sector[x->sector];
    struct arena *a = x->w->a;
    if (!x->s.mine || x->s.number != x->s.newest || x->out->face->form == NULL) return;
    const struct form form = {.act = "depend change", .title = M("Change the sector"), .folded = true,
                              .given = {{"model", x->s.code}, {"revision", str_int(a, x->s.number)}, {"sector", k->code}}};
    doc_form(x->out, &form);
    fields_begin(x->out, "sector_fields");
    field_row(x->out, S("verification"), "text", words_cell(M("Verification level, per cent")), false, C_NONE,
              C_TEXT(model_share_text(a, k->verify)));
    field_row(x->out, S("note"), "text", words_cell(M("What is different, and why")), false, C_NONE, C_NONE);
    doc_table_end(x->out);
    doc_form_end(x->out);
}

/* ---- services ---- */

static const struct column service_columns[] = {
    {"service", CELL_ENUM, N("Service"), 0, "depend service", "service"},
    {"sector", CELL_ENUM, N("Sector"), 0, "depend show", "sector"},
    {"org", CELL_TEXT, N("Organisation"), COL_DETAIL},
    {"weight", CELL_INT, N("Weight"), COL_DETAIL},
    {"level", CELL_RATE, N("Level at the beginning"), COL_DETAIL},
    {"verification", CELL_RATE, N("Verification level")},
    {"needs", CELL_INT, N("Needs")},
    {"repair", CELL_TEXT, N("Repair")},
    {"black_start", CELL_BOOL, N("Black start"), COL_DETAIL},
};

static void service_told(const struct showing *x, uint32_t i)
{
    const struct model *m = x->s.model;
    const struct net_service *v = &m->net.service[i];
    DOC_ROW(x->out, model_service_cell(m, i), model_sector_cell(m, v->sector), text_cell(m->service[i].org), C_INT(v->weight),
            model_share_cell(v->own), model_share_cell(v->verify), C_INT(m->net.need_at[i + 1] - m->net.need_at[i]),
            models_span_cell(x->w->a, &v->repair), C_BOOL(v->black_start));
}

static void services_told(const struct showing *x)
{
    size_t n = 0;
    doc_heading(x->out, M("Services"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "service"});
    DOC_TABLE(x->out, "services", service_columns);
    for (uint32_t i = 0; i < x->s.model->net.n_services; i++)
        if (told(x, i) && (n++ < TOLD_MAX || !x->out->paged)) service_told(x, i);
    doc_table_end(x->out);
    if (n > TOLD_MAX && x->out->paged) doc_text(x->out, M("%1 services are told of %2: choose a sector to see its own."), str_int(x->w->a, TOLD_MAX), str_int(x->w->a, (int64_t)n));
}

/* ---- needs ---- */

static struct cell suppliers_cell(const struct showing *x, uint32_t need)
{
    const struct net *net = &x->s.model->net;
    struct buf ja = buf_in(x->w->a), en = buf_in(x->w->a);
    for (uint32_t s = net->supplier_at[need]; s < net->supplier_at[need + 1] && s < net->supplier_at[need] + 20; s++) {
        struct cell c = stored_service_cell(&x->s, net->supplier[s].service);
        if (ja.n != 0) buf_add(&ja, S("、"));
        if (en.n != 0) buf_add(&en, S(", "));
        buf_add(&ja, doc_cell_words(x->w->a, LANG_JA, &c));
        buf_add(&en, doc_cell_words(x->w->a, LANG_EN, &c));
    }
    return C_BOTH(buf_str(&ja), buf_str(&en));
}

static void needs_told(const struct showing *x)
{
    static const struct column columns[] = {
        {"service", CELL_ENUM, N("Service"), 0, "depend service", "service"},
        {"need", CELL_ENUM, N("Need")},
        {"suppliers", CELL_TEXT, N("Suppliers")},
        {"rule", CELL_TEXT, N("Which are needed")},
        {"strength", CELL_RATE, N("Lost without it")},
        {"buffer", CELL_TEXT, N("Buffer")},
        {"recharge", CELL_MINUTES, N("Time to refill"), COL_DETAIL},
    };
    const struct model *m = x->s.model;
    size_t n = 0;
    doc_heading(x->out, M("What they need"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "service"});
    DOC_TABLE(x->out, "needs", columns);
    for (uint32_t i = 0; i < m->net.n_services; i++)
        for (uint32_t g = m->net.need_at[i]; told(x, i) && g < m->net.need_at[i + 1]; g++) {
            if (n++ >= TOLD_MAX && x->out->paged) break;
            DOC_ROW(x->out, model_service_cell(m, i), model_need_cell(m, g), suppliers_cell(x, g), models_rule_cell(x->w->a, m, g),
                    model_share_cell(m->net.need[g].strength), models_buffer_cell(x->w->a, &m->net.need[g].buffer),
                    m->net.need[g].recharge == 0 ? C_NONE : C_MINUTES(m->net.need[g].recharge));
        }
    doc_table_end(x->out);
}

/* ---- versions ---- */

/* "file", "change", "example:CODE", "survey:CODE". */
static struct cell origin_cell(str origin)
{
    static const struct coded of[] = {
        {"file", N("taken in from files")}, {"change", N("a value was changed")}, {"example", N("an illustration that ships")}, {"survey", N("built of answers")}};
    ptrdiff_t colon = str_find(origin, S(":"));
    struct cell c = CODED(of, colon < 0 ? origin : str_sub(origin, 0, (size_t)colon));
    c.text = origin;
    return c;
}

static enum err versions_told(const struct showing *x)
{
    static const struct column columns[] = {
        {"version", CELL_INT, N("Version"), 0, "depend show", "version"},
        {"made", CELL_TIME, N("Made")},
        {"note", CELL_TEXT, N("What is different")},
        {"origin", CELL_ENUM, N("Where it is from"), COL_DETAIL},
        {"by", CELL_TEXT, N("By"), COL_DETAIL},
        {"services", CELL_INT, N("Services")},
        {"needs", CELL_INT, N("Needs"), COL_DETAIL},
        {"hash", CELL_TEXT, N("Hash of the model"), COL_DATA},
        {"compare", CELL_ENUM, N("Compare"), 0, "depend compare", "version"},
        {"with", CELL_INT, N("Version"), COL_DATA, NULL, "with"},
    };
    struct stored_row *all;
    size_t n;
    struct work *w = x->w;
    enum err e = depend_versions_all(w, x->s.id, &all, &n);
    if (e != OK) return e;
    const bool who = models_who(w, &x->s);
    doc_heading(x->out, M("Versions"));
    DOC_TABLE(x->out, "versions", columns);
    for (size_t i = 0; i < n; i++) {
        const struct stored *s = &all[i].s;
        DOC_ROW(x->out, C_INT(s->number), C_TIME(s->made), text_cell(s->note), origin_cell(s->origin), who ? text_cell(s->by_whom) : C_NONE,
                C_INT(all[i].services), C_INT(all[i].needs), C_TEXT(all[i].hash),
                s->number == 1 ? C_NONE : enum_words_cell(str_int(w->a, s->number - 1), M("with the one before")), C_INT(s->number));
    }
    doc_table_end(x->out);
    return OK;
}

/* ---- the page ---- */

static void ways(const struct showing *x)
{
    static const struct column columns[] = {
        {"run", CELL_ENUM, N("What if"), 0, "depend run", "model"},
        {"check", CELL_ENUM, N("Check"), 0, "depend check", "model"},
        {"services", CELL_ENUM, N("Files"), 0, "depend export", "model"},
        {"import", CELL_ENUM, N("Import its next version"), 0, "depend import", "model"},
        {"describe", CELL_ENUM, N("Rename or share it"), 0, "depend describe", "model"},
    };
    const bool all = x->s.named == NULL;
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "run"});
    DOC_TABLE(x->out, "ways", columns);
    DOC_ROW(x->out, enum_words_cell(x->s.code, M("Let something stop")), enum_words_cell(x->s.code, M("Check the model")),
            all ? enum_words_cell(x->s.code, M("Its files as CSV")) : C_NONE, x->s.mine ? C_ENUM(x->s.code) : C_NONE,
            x->s.mine ? C_ENUM(x->s.code) : C_NONE);
    doc_table_end(x->out);
}

static void head_told(const struct showing *x)
{
    const struct stored *s = &x->s;
    const struct model *m = s->model;
    struct work *w = x->w;
    doc_title(x->out, M("%1"), lang_pick(x->out->lang, s->ja, s->en));
    doc_lead(x->out, s->number == s->newest ? M("Version %1, the newest; of %2") : M("Version %1 of %3; of %2"), str_int(w->a, s->number),
             lang_pick(x->out->lang, s->org_ja, s->org_en), str_int(w->a, s->newest));
    if (s->illustration) doc_text(x->out, M("This is an illustration, made up to try it on. It tells of no real operator, place or event."));
    doc_fact(x->out, "services", M("Services"), C_INT(m->net.n_services));
    doc_fact(x->out, "needs", M("Needs"), C_INT(m->net.n_needs));
    doc_fact(x->out, "suppliers", M("Rows of suppliers"), C_INT(m->net.n_suppliers));
    doc_fact(x->out, "threats", M("Threats"), C_INT((int64_t)m->n_threats));
    if (s->source_ja.n + s->source_en.n != 0)
        doc_note(x->out, M("Where its figures are from: %1"), lang_pick(x->out->lang, s->source_ja, s->source_en));
}

enum err depend_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct showing x = {.w = w, .out = out, .sector = NET_NONE};
    str sector = arg_text(in, "sector");
    enum err e = stored_asked(w, in, &x.s);
    if (e != OK) return e;
    if (sector.n != 0 && (x.sector = model_sector_find(x.s.model, sector)) == NET_NONE)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("sector")}), M("there is no sector '%1' in this model"), sector);
    head_told(&x);
    ways(&x);
    sectors_told(&x);
    if (x.sector != NET_NONE) sector_form(&x);
    services_told(&x);
    needs_told(&x);
    if (x.sector == NET_NONE) e = versions_told(&x);
    stored_told(&x.s, out);
    return e;
}

/* ---- files out ---- */

enum err depend_file_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct stored s;
    str what = arg_text(in, "what"), bytes[MODEL_PARTS];
    enum err e = stored_asked(w, in, &s);
    if (e != OK) return e;
    if (s.named != NULL)
        return fault(w, DENIED, M("this model has services of organisations whose figures are not for your post: only who sees all of them takes its files out"));
    e = depend_files_of(w, s.version, bytes);
    for (int i = 0; e == OK && i < MODEL_PARTS; i++)
        if (str_eq(what, str_of(model_part_names[i]))) e = bytes[i].n == 0 ? OK : out->put(out, bytes[i]);
    return e;
}
