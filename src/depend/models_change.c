/* depend change: a value or two of one service, need or sector; the next version is made of it. depend describe: what is said of the model as a
 * whole, which makes no version. */
#include <string.h>

#include "depend/depend_store.h"
#include "depend/models.h"
#include "surface/door.h"
#include "surface/fields.h"

const struct param depend_change_params[] = {
    {"model", P_CODE, REQUIRED, NULL, NULL, N("the model, by its code"), "depend models"},
    {"service", P_CODE, 0, NULL, NULL, N("the service that is changed")},
    {"need", P_CODE, 0, NULL, NULL, N("one of its needs, by its code: then the need is changed")},
    {"sector", P_CODE, 0, NULL, NULL, N("the sector that is changed, in place of a service")},
    {"weight", P_TEXT, 0, NULL, NULL, N("of the service in its sector: a whole number")},
    {"verification", P_TEXT, 0, NULL, NULL, N("verification level of the service or sector, per cent")},
    {"detect", P_TEXT, 0, NULL, NULL, N("of the service: time until a failure is known")},
    {"repair", P_TEXT, 0, NULL, NULL, N("of the service: a crew's work, as 6, 90m, 2..8, ~10")},
    {"black_start", P_ENUM, 0, "yes no", NULL, N("of the service: restarts without those that need it")},
    {"buffer", P_TEXT, 0, NULL, NULL, N("of the need: how long it goes on without, as 6, 90m, 2..8, ~10")},
    {"recharge", P_TEXT, 0, NULL, NULL, N("of the need: from empty to full, in hours")},
    {"strength", P_TEXT, 0, NULL, NULL, N("of the need: how much of the service is lost without it, per cent")},
    {"note", P_TEXT, 0, NULL, NULL, N("what is different, and why; without it, what was changed is noted")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the version that was edited")},
    {0}};

struct changing {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct stored s;
    struct net_service *service; /* of the model's own, to be written */
    struct net_need *need;
    struct model_sector *sector;
    struct two_texts text[8];
    const char *name[8];
    size_t n;
};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- what is changed ---- */

static enum err refused(struct changing *x, const char *name, str id) { return fault_in(x->w, INVALID, at(name), id, arg_text(x->in, name)); }

static void noted(struct changing *x, const char *name, str label, str was, str is)
{
    if (str_eq(was, is)) return;
    x->name[x->n] = name;
    x->text[x->n++] = (struct two_texts){label, was, is};
}

/* An empty text is the default, as an empty cell of a file is. */
static void take_span(struct changing *x, const char *name, str label, struct span *to, struct span usual)
{
    struct arena *a = x->w->a;
    struct span is = usual;
    str text = str_trim(arg_text(x->in, name));
    if (!arg_given(x->in, name)) return;
    if (text.n != 0 && !model_span(text, &is)) {
        refused(x, name, M("'%1' is no time: hours as 6 or 1.5, minutes as 90m, between two as 2..8, on average as ~10"));
        return;
    }
    noted(x, name, label, model_span_text(a, to), model_span_text(a, &is));
    *to = is;
}

static void take_time(struct changing *x, const char *name, str label, tick *to)
{
    tick is = 0;
    str text = str_trim(arg_text(x->in, name));
    if (!arg_given(x->in, name)) return;
    if (text.n != 0 && !model_time(text, &is)) {
        refused(x, name, M("'%1' is no time: hours as 6 or 1.5, minutes as 90m"));
        return;
    }
    noted(x, name, label, model_time_text(x->w->a, *to), model_time_text(x->w->a, is));
    *to = is;
}

static void take_share(struct changing *x, const char *name, str label, uint16_t *to)
{
    uint16_t is = 0;
    if (!arg_given(x->in, name)) return;
    if (!model_share(arg_text(x->in, name), &is)) {
        refused(x, name, M("'%1' is no share: per cent from 0 to 100, with at most two decimals"));
        return;
    }
    noted(x, name, label, model_share_text(x->w->a, *to), model_share_text(x->w->a, is));
    *to = is;
}

static void take_weight(struct changing *x, uint32_t *to)
{
    int64_t is = 0;
    if (!arg_given(x->in, "weight")) return;
    if (!str_to_int(str_trim(arg_text(x->in, "weight")), &is) || is < 0 || is > MODEL_WEIGHT_MAX) {
        refused(x, "weight", M("'%1' is no weight: a whole number from 0 to 1000000"));
        return;
    }
    noted(x, "weight", M("Weight in its sector"), str_int(x->w->a, *to), str_int(x->w->a, is));
    *to = (uint32_t)is;
}

static void take_start(struct changing *x, bool *to)
{
    str is = arg_text(x->in, "black_start");
    if (is.n == 0) return;
    noted(x, "black_start", M("Black start"), *to ? S("yes") : S("no"), is);
    *to = str_eq(is, S("yes"));
}

static void take_all(struct changing *x)
{
    static const struct span never = {TICK_NEVER, TICK_NEVER, SPAN_FIXED}, none = {0, 0, SPAN_FIXED};
    if (x->sector != NULL) {
        uint16_t was = x->sector->verify;
        take_share(x, "verification", M("Verification level, per cent"), &x->sector->verify);
        for (uint32_t i = 0; i < x->s.model->net.n_services; i++) /* those that follow their sector go on following it */
            if (&x->s.model->sector[x->service[i].sector] == x->sector && x->service[i].verify == was) x->service[i].verify = x->sector->verify;
    } else if (x->need != NULL) {
        take_span(x, "buffer", M("Buffer"), &x->need->buffer, none);
        take_time(x, "recharge", M("Time to refill"), &x->need->recharge);
        take_share(x, "strength", M("Lost without it"), &x->need->strength);
    } else {
        take_weight(x, &x->service->weight);
        take_share(x, "verification", M("Verification level, per cent"), &x->service->verify);
        take_span(x, "detect", M("Time until a failure is known"), &x->service->detect, none);
        take_span(x, "repair", M("Repair"), &x->service->repair, never);
        take_start(x, &x->service->black_start);
    }
}

/* What was given but does not belong to what is changed. */
static enum err nothing_else(struct changing *x)
{
    enum { OF_SERVICE = 1, OF_NEED = 2, OF_SECTOR = 4 };
    static const struct {
        const char *name;
        int of;
    } values[] = {{"weight", OF_SERVICE}, {"verification", OF_SERVICE | OF_SECTOR}, {"detect", OF_SERVICE}, {"repair", OF_SERVICE},
                  {"black_start", OF_SERVICE}, {"buffer", OF_NEED}, {"recharge", OF_NEED}, {"strength", OF_NEED}};
    const int changed = x->sector != NULL ? OF_SECTOR : x->need != NULL ? OF_NEED : OF_SERVICE;
    enum err e = OK;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (!(values[i].of & changed) && arg_given(x->in, values[i].name))
            e = fault_in(x->w, INVALID, at(values[i].name),
                         M("this is of no use here: a need has a buffer, a time to refill it and a strength; the rest is of services, and "
                           "verification of sectors too"));
    return e;
}

/* ---- which ---- */

static enum err which(struct changing *x)
{
    struct work *w = x->w;
    struct model *m = x->s.model;
    uint32_t i, k;
    str service = arg_text(x->in, "service"), need = arg_text(x->in, "need"), sector = arg_text(x->in, "sector");
    if ((service.n == 0) == (sector.n == 0)) return fault_in(w, INVALID, at("service"), M("say which service is changed, or which sector"));
    struct net_service *own = arena_array(w->a, m->net.n_services, sizeof *own);
    memcpy(own, m->net.service, m->net.n_services * sizeof *own);
    m->net.service = x->service = own;
    if (sector.n != 0) {
        if ((k = model_sector_find(m, sector)) == NET_NONE) return fault_in(w, NOTFOUND, at("sector"), M("there is no sector '%1' in this model"), sector);
        x->sector = &m->sector[k];
        return OK;
    }
    enum err e = stored_service(w, &x->s, service, &i);
    if (e != OK || need.n == 0) {
        if (e == OK) x->service = &own[i];
        return e;
    }
    if ((k = stored_need_find(&x->s, i, need)) == NET_NONE) return fault_in(w, NOTFOUND, at("need"), M("service '%1' has no need '%2'"), service, need);
    struct net_need *needs = arena_array(w->a, m->net.n_needs, sizeof *needs);
    memcpy(needs, m->net.need, m->net.n_needs * sizeof *needs);
    m->net.need = needs;
    x->need = &needs[k];
    return OK;
}

/* ---- keeping ---- */

static str of_words(const struct changing *x)
{
    str service = arg_text(x->in, "service"), need = arg_text(x->in, "need"), sector = arg_text(x->in, "sector");
    if (sector.n != 0) return sector;
    return need.n == 0 ? service : str_fmt(x->w->a, "%.*s %.*s", STR_ARG(service), STR_ARG(need));
}

static str note_of(const struct changing *x)
{
    struct buf b = buf_in(x->w->a);
    str given = str_trim(arg_text(x->in, "note")), of = of_words(x);
    if (given.n != 0) return given;
    buf_add(&b, of);
    for (size_t i = 0; i < x->n; i++)
        buf_fmt(&b, "%s %s %.*s → %.*s", i == 0 ? ":" : ",", x->name[i], STR_ARG(x->text[i].stands), STR_ARG(x->text[i].given));
    return buf_str(&b);
}

/* Another made a version meanwhile: both are shown, and the form once more, on what stands now. */
static void both(struct changing *x)
{
    struct form form = {.act = "depend change", .given = {{"model", x->s.code}, {"revision", str_int(x->w->a, x->s.number)}}};
    size_t n = 2;
    static const char *const which_ones[] = {"service", "need", "sector"};
    for (size_t i = 0; i < 3; i++)
        if (arg_given(x->in, which_ones[i])) form.given[n++] = (struct form_given){which_ones[i], arg_text(x->in, which_ones[i])};
    doc_fact(x->out, "changed", M("Changed"), C_INT(0));
    two_texts_told(x->out, x->text, x->n);
    doc_form(x->out, &form);
    fields_begin(x->out, "once_more");
    for (size_t i = 0; i < x->n; i++)
        field_row(x->out, str_of(x->name[i]), "text", words_cell(x->text[i].label), false, C_NONE, text_cell(x->text[i].given));
    field_row(x->out, S("note"), "text", words_cell(M("What is different, and why")), false, C_NONE, text_cell(arg_text(x->in, "note")));
    doc_table_end(x->out);
    doc_form_end(x->out);
    act_noted(x->w, S("changed"), S("0"));
}

static void changed_told(struct changing *x)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What")}, {"was", CELL_TEXT, N("Before")}, {"is", CELL_TEXT, N("Now")}};
    struct work *w = x->w;
    doc_fact(x->out, "model", M("Model"), enum_named_cell(x->s.code, x->s.ja, x->s.en));
    doc_fact(x->out, "version", M("Version"), C_INT(x->s.number));
    doc_fact(x->out, "hash", M("Hash of the model"), C_TEXT(x->s.model->hash));
    DOC_TABLE(x->out, "changes", columns);
    for (size_t i = 0; i < x->n; i++) DOC_ROW(x->out, words_cell(x->text[i].label), text_cell(x->text[i].stands), text_cell(x->text[i].given));
    doc_table_end(x->out);
    act_noted(w, S("version"), str_int(w->a, x->s.number));
    act_noted(w, S("hash"), x->s.model->hash);
    const bool service = arg_given(x->in, "service");
    struct going_on next = {.to = service ? "depend service" : "depend show", .given = {{"model", x->s.code}}};
    next.given[1] = service ? (struct form_given){"service", arg_text(x->in, "service")} : (struct form_given){"sector", arg_text(x->in, "sector")};
    str number = str_int(w->a, x->s.number);
    next.said = tr_fill(w->a, x->out->lang, M("Version %1 was made. Compare it with the one before to see what follows."), &number, 1);
    act_next(w, &next);
}

static enum err mine(struct changing *x)
{
    if (x->s.mine) return OK;
    return fault_in(x->w, DENIED, at("model"), M("the model '%1' is of %2: it is changed by who manages that organisation, and by its centre"), x->s.code, x->s.org);
}

enum err depend_act_change(struct work *w, const struct args *in, struct doc *out)
{
    struct changing x = {.w = w, .in = in, .out = out};
    enum err e = stored_whole(w, in, &x.s);
    if (e == OK) e = mine(&x);
    if (e == OK) e = which(&x);
    if (e == OK) e = nothing_else(&x);
    if (e != OK) return e;
    int64_t before = w->faults.count, version = x.s.version;
    take_all(&x);
    if (w->faults.count != before) return INVALID;
    if (x.n == 0) return fault(w, CONFLICT, M("nothing is different from version %1: no version was made"), str_int(w->a, x.s.number));
    if (arg_given(in, "revision") && arg_int(in, "revision") != x.s.number) {
        both(&x);
        return OK;
    }
    x.s.number++;
    x.s.note = note_of(&x);
    x.s.origin = S("change");
    e = models_keep(w, &x.s, version);
    if (e == OK) changed_told(&x);
    return e;
}

/* ---- the model as a whole ---- */

static void take_text(const struct args *in, const char *name, str *to)
{
    if (arg_given(in, name)) *to = str_trim(arg_text(in, name));
}

static void take_yes(const struct args *in, const char *name, bool *to)
{
    if (arg_given(in, name)) *to = str_eq(arg_text(in, name), S("yes"));
}

enum err depend_act_describe(struct work *w, const struct args *in, struct doc *out)
{
    struct stored_row r;
    struct changing x = {.w = w, .in = in, .out = out};
    enum err e = depend_version_find(w, arg_text(in, "model"), 0, &r);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, at("model"), M("there is no model '%1' that you may see: `meguri depend models` lists those"), arg_text(in, "model"));
    x.s = r.s;
    if (e == OK) e = mine(&x);
    if (e != OK) return e;
    struct stored *s = &x.s;
    take_text(in, "ja", &s->ja);
    take_text(in, "en", &s->en);
    take_text(in, "source_ja", &s->source_ja);
    take_text(in, "source_en", &s->source_en);
    take_yes(in, "shared", &s->shared);
    take_yes(in, "illustration", &s->illustration);
    if (s->ja.n == 0 && s->en.n == 0) return fault_in(w, INVALID, at("ja"), M("a model wants a name, in Japanese or English"));
    if (s->ja.n == 0) s->ja = s->en;
    if (s->en.n == 0) s->en = s->ja;
    e = depend_model_set(w, s);
    if (e != OK) return e;
    doc_fact(out, "model", M("Model"), enum_named_cell(s->code, s->ja, s->en));
    doc_fact(out, "shared", M("Shared with all"), C_BOOL(s->shared));
    const struct going_on next = {.to = "depend show", .given = {{"model", s->code}}, .said = tr(out->lang, M("What is said of the model was changed."))};
    act_next(w, &next);
    return OK;
}
