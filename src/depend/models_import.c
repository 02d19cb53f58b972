/* depend import: a new model, or the next version of one, from files or from the illustration that ships. */
#include <string.h>

#include "base/embed.h"
#include "depend/depend_store.h"
#include "depend/models.h"
#include "depend/read.h"
#include "surface/door.h"

struct importing {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct model_files files;
    struct stored was, s; /* was: the newest version; number 0 where the model is new */
};

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- illustrations that ship ---- */

static const struct illustration {
    str code, name, source; /* messages */
} illustrations[] = {
    {S_INIT("ten-sectors"), N("The ten sectors of critical infrastructure"),
     N("made up by us; the ten sectors are those of the First Action Plan (2005-12-13)")},
};

static const struct illustration *illustration(str code)
{
    for (size_t i = 0; i < sizeof illustrations / sizeof *illustrations; i++)
        if (str_eq(illustrations[i].code, code)) return &illustrations[i];
    return NULL;
}

enum err depend_view_illustrations(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"code", CELL_ENUM, N("Illustration")}, {"source", CELL_TEXT, N("Source")}};
    (void)w, (void)in;
    DOC_TABLE(out, "illustrations", columns);
    for (size_t i = 0; i < sizeof illustrations / sizeof *illustrations; i++)
        DOC_ROW(out, enum_words_cell(illustrations[i].code, illustrations[i].name), words_cell(illustrations[i].source));
    doc_table_end(out);
    return OK;
}

static enum err shipped_files(struct importing *x, str code)
{
    struct work *w = x->w;
    if (illustration(code) == NULL)
        return fault_in(w, NOTFOUND, at("example"), M("no illustration '%1' ships with the program: `meguri depend illustrations` lists those that do"), code);
    for (int i = 0; i < MODEL_PARTS; i++) {
        struct file *f = &x->files.file[i];
        f->name = str_fmt(w->a, "data/depend/%.*s/%s.csv", STR_ARG(code), model_part_names[i]);
        if (!embedded_find(f->name, &f->bytes)) *f = (struct file){0};
    }
    return OK;
}

/* ---- reading ---- */

static enum err files_of(struct importing *x)
{
    str example = arg_text(x->in, "example");
    bool any = false;
    for (int i = 0; i < MODEL_PARTS; i++) {
        const struct file *f = arg_file(x->in, model_part_names[i]);
        if (f != NULL) x->files.file[i] = *f;
        any |= f != NULL;
    }
    if (example.n != 0 && any) return fault_in(x->w, INVALID, at("example"), M("give either files or an illustration that ships"));
    if (example.n != 0) return shipped_files(x, example);
    if (x->files.file[PART_SERVICES].name.n != 0 && x->files.file[PART_SUPPLIERS].name.n != 0) return OK;
    return fault_in(x->w, INVALID, at("services"), M("the files of services and of suppliers are both wanted: a model has at least these"));
}

/* Before anything is made of it: what is too large to be kept is not read. */
static enum err not_too_long(struct importing *x)
{
    static const size_t most[MODEL_PARTS] = {MODEL_STORED_SERVICES_MAX + MODEL_SECTORS_MAX, MODEL_STORED_SUPPLIERS_MAX, MODEL_STORED_SUPPLIERS_MAX,
                                             MODEL_THREATS_MAX, MODEL_CREWS_MAX};
    for (int i = 0; i < MODEL_PARTS; i++) {
        const struct file *f = &x->files.file[i];
        if (f->name.n != 0 && rows_at_most(f->bytes) > most[i] + 1)
            return fault_in(x->w, INVALID, ((struct where){.file = f->name}),
                            M("more than %1 rows: on a model that large `depend run` runs from files, and none is kept"), str_int(x->w->a, (int64_t)most[i]));
    }
    return OK;
}

/* ---- which model ---- */

static enum err newest(struct importing *x, str code)
{
    const struct arg one = {.param = &(const struct param){"model", P_CODE, 0, NULL, NULL, {0}, NULL}, .text = code};
    struct args asked = {&one, 1};
    enum err e = stored_whole(x->w, &asked, &x->was);
    if (e != OK) return e;
    const struct org *org = arg_org(x->in, "org");
    if (!x->was.mine)
        return fault_in(x->w, DENIED, at("model"), M("the model '%1' is of %2: its next version is for who manages that organisation, or its centre"), code,
                        x->was.org);
    if (org != NULL && org->id != x->was.org_id)
        return fault_in(x->w, CONFLICT, at("org"), M("the model '%1' is of %2: leave the organisation out, or take another code"), code, x->was.org);
    x->s = x->was;
    x->s.number = x->was.newest + 1;
    return OK;
}

static enum err own_org(struct importing *x, struct org *org)
{
    struct work *w = x->w;
    const struct org *given = arg_org(x->in, "org");
    struct org *top;
    size_t n;
    enum err e = OK;
    if (given != NULL) *org = *given;
    else if (w->actor->org != 0) e = org_by_id(w, w->actor->org, org);
    else if ((e = org_children(w, NULL, &top, &n)) == OK && n == 1) *org = top[0];
    else if (e == OK) e = fault_in(w, INVALID, at("org"), M("say whose the model is: without a post there is no organisation to take"));
    if (e == OK && !may(w->actor, MAY_FILE, org->lo))
        e = fault_in(w, DENIED, at("org"), M("models of '%1' are taken in by who manages it, and by the centre"), org->code);
    return e;
}

static enum err begin(struct importing *x, str code)
{
    struct work *w = x->w;
    struct org org;
    const struct illustration *of = illustration(arg_text(x->in, "example"));
    str ja = arg_text(x->in, "ja"), en = arg_text(x->in, "en");
    if (of != NULL && ja.n == 0 && en.n == 0) {
        ja = tr(LANG_JA, of->name);
        en = tr(LANG_EN, of->name);
    }
    if (ja.n == 0 && en.n == 0) return fault_in(w, INVALID, at("ja"), M("a new model wants a name, in Japanese or English"));
    enum err e = own_org(x, &org);
    if (e != OK) return e;
    x->s = (struct stored){.code = code, .org_id = org.id, .org_lo = org.lo, .org = org.code, .number = 1, .ja = ja.n != 0 ? ja : en, .en = en.n != 0 ? en : ja,
                           .shared = arg_given(x->in, "shared") || of != NULL, .illustration = arg_given(x->in, "illustration") || of != NULL,
                           .source_ja = arg_text(x->in, "source_ja"), .source_en = arg_text(x->in, "source_en")};
    if (of != NULL) x->s.source_ja = tr(LANG_JA, of->source);
    if (of != NULL) x->s.source_en = tr(LANG_EN, of->source);
    return OK;
}

/* A code is taken also where the actor does not see the model. */
static enum err which(struct importing *x)
{
    struct work *w = x->w;
    struct stored_row row;
    str code = arg_text(x->in, "model");
    if (memchr(code.p, '/', code.n) != NULL || memchr(code.p, ':', code.n) != NULL)
        return fault_in(w, INVALID, at("model"), M("the code of a model has no / and no : in it, since links are written with them"));
    enum err e = depend_version_find(w, code, 0, &row);
    if (e == OK) return newest(x, code);
    if (e != NOTFOUND) return e;
    if (!depend_code_free(w, code, &e))
        return e != OK ? e : fault_in(w, CONFLICT, at("model"), M("the code '%1' is taken: choose another for a new model"), code);
    return begin(x, code);
}

/* ---- keeping ---- */

static enum err something_new(struct importing *x)
{
    str bytes[MODEL_PARTS];
    str hash = x->was.number == 0 ? S("") : x->was.model->hash;
    enum err e = model_written(x->w, x->s.model, bytes);
    if (e == OK && str_eq(hash, x->s.model->hash))
        e = fault(x->w, CONFLICT, M("nothing is different from version %1: no version was made"), str_int(x->w->a, x->was.number));
    return e;
}

static void imported_told(struct importing *x)
{
    struct work *w = x->w;
    const struct net *net = &x->s.model->net;
    doc_fact(x->out, "model", M("Model"), enum_named_cell(x->s.code, x->s.ja, x->s.en));
    doc_fact(x->out, "version", M("Version"), C_INT(x->s.number));
    doc_fact(x->out, "services", M("Services"), C_INT(net->n_services));
    doc_fact(x->out, "needs", M("Needs"), C_INT(net->n_needs));
    doc_fact(x->out, "suppliers", M("Rows of suppliers"), C_INT(net->n_suppliers));
    doc_fact(x->out, "hash", M("Hash of the model"), C_TEXT(x->s.model->hash));
    if (x->was.number != 0) models_differences(w, &x->was, x->s.model, x->out);
    act_noted(w, S("version"), str_int(w->a, x->s.number));
    act_noted(w, S("hash"), x->s.model->hash);
    const struct going_on next = {.to = "depend show", .given = {{"model", x->s.code}}, .said = tr(x->out->lang, M("The model is kept."))};
    act_next(w, &next);
}

enum err depend_act_import(struct work *w, const struct args *in, struct doc *out)
{
    struct importing x = {.w = w, .in = in, .out = out};
    enum err e = files_of(&x);
    if (e == OK) e = not_too_long(&x);
    if (e == OK) e = which(&x);
    if (e == OK) e = model_read(w, &x.files, &x.s.model);
    if (e == OK) e = models_orgs_known(w, &x.files.file[PART_SERVICES], x.s.model);
    if (e == OK) e = something_new(&x);
    if (e != OK) return e;
    x.s.note = arg_text(in, "note");
    x.s.origin = arg_given(in, "example") ? str_fmt(w->a, "example:%.*s", STR_ARG(arg_text(in, "example"))) : S("file");
    if (x.was.number == 0) e = depend_model_add(w, &x.s, &x.s.id);
    if (e == OK) e = models_keep(w, &x.s, 0);
    if (e == OK) imported_told(&x);
    return e;
}
