/* depend build: a version of a model out of what was answered. depend fit: does a model say what was answered? */
#include "depend/built.h"
#include "depend/depend_store.h"
#include "depend/models.h"

#include "surface/door.h"
#include "tally/rates.h"

static enum built_level level_given(const struct args *in)
{
    str word = arg_text(in, "level");
    return str_eq(word, S("low")) ? BUILT_LOW : str_eq(word, S("high")) ? BUILT_HIGH : BUILT_MEDIAN;
}

/* ---- what is kept ---- */

struct building {
    struct work *w;
    const struct args *in;
    struct voices v;
    struct org frame;
    struct stored s;
};

static enum err voices_given(struct building *x)
{
    struct work *w = x->w;
    struct where at = {.field = S("survey")};
    enum err e = inspect_voices(w, arg_text(x->in, "survey"), &x->v);
    if (e != OK) return e;
    if (!x->v.holds) return fault_in(w, DENIED, at, M("a model is built by who may ask the whole frame of the survey"));
    if (!x->v.all) return fault_in(w, CONFLICT, at, M("survey '%1' is open: a model is built of what stands when it is closed"), x->v.code);
    if (x->v.n == 0) return fault_in(w, CONFLICT, at, M("no organisation is complete in survey '%1': there is nothing to build of"), x->v.code);
    return org_by_id(w, x->v.frame, &x->frame);
}

/* The version: written, read by the reader of all models, and so checked as they are. */
static enum err make(struct building *x)
{
    struct model_files files = {0};
    str bytes[MODEL_PARTS];
    built_files(x->w->a, &x->v, level_given(x->in), bytes);
    for (int i = 0; i < MODEL_PARTS; i++)
        if (bytes[i].n != 0) files.file[i] = (struct file){.name = str_fmt(x->w->a, "%s.csv", model_part_names[i]), .bytes = bytes[i]};
    enum err e = model_read(x->w, &files, &x->s.model);
    return e == OK ? model_written(x->w, x->s.model, bytes) : e; /* for its hash */
}

static enum err new_model(struct building *x)
{
    struct work *w = x->w;
    struct where at = {.field = S("model")};
    str ja = str_trim(arg_text(x->in, "ja")), en = str_trim(arg_text(x->in, "en"));
    enum err e;
    if (!depend_code_free(w, x->s.code, &e))
        return e != OK ? e : fault_in(w, CONFLICT, at, M("the code '%1' is taken by another model: choose another"), x->s.code);
    x->s.org_id = x->frame.id;
    x->s.number = 1;
    x->s.ja = ja.n + en.n != 0 ? ja : x->v.title_ja;
    x->s.en = ja.n + en.n != 0 ? en : x->v.title_en;
    x->s.shared = str_eq(x->v.state, S("published"));
    x->s.source_ja = str_fmt(w->a, "%.*s（%.*s）", STR_ARG(x->v.title_ja), STR_ARG(x->v.code));
    x->s.source_en = str_fmt(w->a, "%.*s (%.*s)", STR_ARG(lang_pick(LANG_EN, x->v.title_ja, x->v.title_en)), STR_ARG(x->v.code));
    return depend_model_add(w, &x->s, &x->s.id);
}

static enum err keep(struct building *x)
{
    struct work *w = x->w;
    struct model *m = x->s.model;
    struct stored_row row;
    struct where at = {.field = S("model")};
    str code = arg_text(x->in, "model"), note = str_trim(arg_text(x->in, "note"));
    enum err e = depend_version_find(w, code, 0, &row);
    if (e != OK && e != NOTFOUND) return e;
    bool found = e == OK;
    if (found && !may(w->actor, MAY_FILE, row.s.org_lo))
        return fault_in(w, DENIED, at, M("model '%1' is changed by who manages '%2'"), code, row.s.org);
    if (found && str_eq(row.hash, m->hash))
        return fault_in(w, CONFLICT, at, M("the newest version of '%1' is the same already"), code);
    if (found) x->s = row.s;
    x->s.code = code;
    x->s.model = m;
    if (found) x->s.number = row.s.newest + 1;
    else if ((e = new_model(x)) != OK) return e;
    x->s.note = note;
    x->s.origin = str_fmt(w->a, "survey:%.*s", STR_ARG(x->v.code));
    return models_keep(w, &x->s, 0);
}

/* ---- how well it fits ---- */

/* A difference as a share: ▲ where the model loses more than was answered. */
static struct cell difference(int32_t model, int32_t answered)
{
    return C_RATE(rate_of_tenths((model - answered) / 10)); /* tenths of a per cent */
}

static str names(enum lang lang, const struct voices *v, str code)
{
    for (size_t i = 0; i < v->n_parts; i++)
        if (str_eq(v->part[i].code, code)) return lang_pick(lang, v->part[i].ja, v->part[i].en);
    return code;
}

static struct cell code_cell(const struct voices *v, str code)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = names(LANG_JA, v, code), .en = names(LANG_EN, v, code)};
}

enum { CLOSE = 1000 /* ten-thousandths: ten points of a per cent */ };

static int32_t apart(int32_t a, int32_t b) { return a > b ? a - b : b - a; }

static void fit_table(const struct voices *v, const struct built_fit *row, size_t n, struct doc *out)
{
    static const struct column columns[] = {
        {"fails", CELL_TEXT, N("If this stops"), 0, NULL, NULL},         {"sector", CELL_TEXT, N("this sector goes on at"), 0, NULL, NULL},
        {"hours", CELL_INT, N("Hours later"), 0, NULL, NULL},            {"answered", CELL_RATE, N("As answered"), 0, NULL, NULL},
        {"model", CELL_RATE, N("The model, directly"), 0, NULL, NULL},   {"difference", CELL_RATE, N("Difference"), COL_SIGN, NULL, NULL},
        {"within", CELL_BOOL, N("Between minimum and maximum"), COL_DETAIL, NULL, NULL},
        {"all", CELL_RATE, N("The model, with all that follows"), COL_DETAIL, NULL, NULL},
    };
    doc_heading(out, M("The model against the answers"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "fails"});
    DOC_TABLE(out, "fit", columns);
    for (size_t i = 0; i < n; i++) {
        const struct built_fit *f = &row[i];
        const struct voice_question *q = &v->question[f->fails];
        DOC_ROW(out, code_cell(v, q->about), code_cell(v, v->part[f->part].code), C_INT(q->hours[f->at]), model_share_cell(f->answered),
                model_share_cell(f->direct), difference(f->direct, f->answered), C_BOOL(f->direct >= f->least && f->direct <= f->most), model_share_cell(f->all));
    }
    doc_table_end(out);
}

static void fit_told(const struct voices *v, const struct built_fit *row, size_t n, struct doc *out)
{
    struct arena *a = out->w->a;
    int64_t close = 0, within = 0;
    int32_t worst = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t d = apart(row[i].direct, row[i].answered);
        close += d <= CLOSE;
        within += row[i].direct >= row[i].least && row[i].direct <= row[i].most;
        if (d > worst) worst = d;
    }
    doc_fact_of(out, "close", M("Within ten points of the answers"), C_INT(close), M("of %1 levels compared"), str_int(a, (int64_t)n));
    doc_fact_of(out, "within", M("Between minimum and maximum"), C_INT(within), M("of %1 levels compared"), str_int(a, (int64_t)n));
    doc_fact(out, "worst", M("Largest difference"), model_share_cell(worst));
    fit_table(v, row, n, out);
    doc_note(out, M("The model knows one step for each need: in full until its buffer is empty, then the lowest level that was answered. What falls "
                    "little by little, or comes back by itself, it tells as a mean over %1 runs, in which the buffer is drawn between the smallest "
                    "and the largest that was answered."), str_int(a, BUILT_RUNS));
    doc_note(out, M("Directly: only what is needed of the sector that stopped, as it was asked. With all that follows: also what others lose by it, "
                    "which those who answered may have thought of or not."));
    doc_note(out, M("What a sector needs of itself is in no model that is built of answers."));
}

enum err depend_act_build(struct work *w, const struct args *in, struct doc *out)
{
    struct building x = {.w = w, .in = in};
    struct built_fit *row;
    size_t n;
    enum err e = voices_given(&x);
    if (e == OK) e = make(&x);
    if (e == OK) e = keep(&x);
    if (e != OK) return e;
    const struct net *net = &x.s.model->net;
    doc_fact(out, "version", M("Version"), C_INT(x.s.number));
    doc_fact(out, "services", M("Services"), C_INT(net->n_services));
    doc_fact(out, "needs", M("Needs"), C_INT(net->n_needs));
    doc_fact(out, "hash", M("Hash of the model"), C_TEXT(x.s.model->hash));
    built_fit(w->a, &x.v, x.s.model, level_given(in), 1, &row, &n);
    fit_told(&x.v, row, n, out);
    act_noted(w, S("version"), str_int(w->a, x.s.number));
    struct going_on next = {.to = "depend fit", .given = {{"survey", x.v.code}, {"model", x.s.code}, {"level", arg_text(in, "level")}},
                            .said = tr(out->lang, M("The model is built. Here is how well it says what was answered."))};
    act_next(w, &next);
    return OK;
}

enum err depend_view_fit(struct work *w, const struct args *in, struct doc *out)
{
    struct voices v;
    struct stored s;
    struct built_fit *row;
    size_t n;
    enum err e = inspect_voices(w, arg_text(in, "survey"), &v);
    if (e == OK && !v.all)
        e = fault_in(w, CONFLICT, ((struct where){.field = S("survey")}), M("figures of survey '%1' are not shown yet"), v.code);
    if (e == OK) e = stored_asked(w, in, &s);
    if (e != OK) return e;
    if (s.model->net.n_services > BUILT_SERVICES_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("model")}), M("a model of at most %1 services is set against answers"),
                        str_int(w->a, BUILT_SERVICES_MAX));
    built_fit(w->a, &v, s.model, level_given(in), 1, &row, &n);
    doc_lead(out, M("%1"), lang_pick(out->lang, v.title_ja, v.title_en));
    fit_told(&v, row, n, out);
    stored_told(&s, out);
    return OK;
}
