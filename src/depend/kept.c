/* depend simulate: a long run, computed before its transaction begins so that nobody waits for it, and kept as what it told. It is told as
 * to a post that reads figures alone: no operator's service is named, so whoever may run the model may read it. */
#include "depend/kept.h"

#include "depend/run.h"
#include "surface/door.h"
#include "surface/record.h"

enum { NOBODY = -1 };

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

static struct actor figures_reader(const struct actor *a)
{
    struct actor reader = *a;
    reader.rights = a->rights & (MAY_RATES | MAY_CENTRE);
    if (a->rights & MAY_READ_RATES) reader.rights |= MAY_RATES;
    reader.person = reader.org = NOBODY;
    return reader;
}

/* ---- computing ---- */

static enum err recorded(struct work *w, const struct beside *b, enum lang lang, str *bytes, str *title)
{
    struct recorder *r;
    const struct record_wanted all = {0};
    struct doc *doc = record_begin(w, lang, &all, &r);
    run_told(w, b, doc);
    *title = doc->title;
    return record_end(r, bytes);
}

static enum err computed(struct work *w, const struct args *in, struct kept_run *k)
{
    struct stored s;
    struct asked_run r;
    struct beside b;
    enum err e = stored_asked(w, in, &s);
    if (e == OK) e = scenario_required(w, in, &s, &r);
    if (e == OK) e = run_both(w, &s, &r, &run_limit_task, &b);
    if (e != OK) return e;
    work_progress(w, M("writing down"), 0, 0);
    *k = (struct kept_run){.version = s.version, .hash = s.model->hash, .model = s.code, .number = s.number, .seed = (int64_t)r.s.seed, .runs = r.runs,
                           .parameters = run_command(w->a, b.now)};
    e = recorded(w, &b, LANG_JA, &k->record_ja, &k->ja);
    return e == OK ? recorded(w, &b, LANG_EN, &k->record_en, &k->en) : e;
}

static enum err code_free(struct work *w, str code)
{
    bool taken;
    enum err e = kept_taken(w, code, &taken);
    if (e == OK && taken) return fault_in(w, CONFLICT, at("code"), M("there is a kept run '%1' already: take another code"), code);
    return e;
}

enum err depend_before_simulate(struct work *w, const struct args *in, struct doc *out)
{
    struct kept_run *k = arena_alloc(w->a, sizeof *k);
    (void)out;
    enum err e = code_free(w, arg_text(in, "code"));
    if (e != OK) return e;
    const struct actor *who = w->actor, reader = figures_reader(who);
    w->actor = &reader;
    e = computed(w, in, k);
    w->actor = who;
    if (e == OK) w->made = k;
    return e;
}

/* ---- keeping ---- */

enum err depend_act_simulate(struct work *w, const struct args *in, struct doc *out)
{
    enum err e = w->made != NULL ? OK : depend_before_simulate(w, in, out);
    if (e == OK) e = code_free(w, arg_text(in, "code"));
    if (e != OK) return e;
    struct kept_run *k = w->made;
    k->code = arg_text(in, "code");
    k->made = w->now;
    k->by_whom = acting_person(w);
    w->made = NULL;
    if ((e = kept_add(w, k)) != OK) return e;
    doc_fact(out, "run", M("Kept run"), C_TEXT(k->code));
    doc_fact(out, "runs", M("Number of runs"), C_INT(k->runs));
    doc_fact(out, "told", M("What the run found"), both_cell(k->ja, k->en));
    act_noted(w, S("run"), k->code);
    act_noted(w, S("hash"), k->hash);
    const struct going_on next = {.to = "depend kept", .given = {{"run", k->code}}, .said = tr(out->lang, M("The run is done, and kept."))};
    act_next(w, &next);
    return OK;
}

/* Whoever made it, and who manages the organisation of the model or is its centre. */
static bool may_forget(const struct work *w, const struct kept_run *k)
{
    return str_eq(k->by_whom, acting_person(w)) || may(w->actor, MAY_MANAGE | MAY_CENTRE, k->org_lo);
}

enum err depend_act_forget(struct work *w, const struct args *in, struct doc *out)
{
    struct kept_run k;
    enum err e = kept_find(w, arg_text(in, "run"), &k);
    if (e == OK && !may_forget(w, &k))
        e = fault_in(w, DENIED, at("run"), M("'%1' is taken away by whoever made it, or by posts that manage its model"), k.code);
    if (e == OK) e = kept_drop(w, k.id);
    if (e != OK) return e;
    doc_fact(out, "run", M("Kept run"), C_TEXT(k.code));
    const struct going_on next = {.to = "depend runs", .said = tr(out->lang, M("The kept run was taken away."))};
    act_next(w, &next);
    return OK;
}

/* ---- showing ---- */

enum err depend_view_runs(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"run", CELL_ENUM, N("Kept run"), 0, "depend kept", "run"},
        {"told", CELL_TEXT, N("What the run found")},
        {"model", CELL_ENUM, N("Model"), 0, "depend show", "model"},
        {"version", CELL_INT, N("Version")},
        {"runs", CELL_INT, N("Number of runs")},
        {"seed", CELL_INT, N("Seed of the random numbers"), COL_DETAIL},
        {"made", CELL_TIME, N("Made")},
        {"hash", CELL_TEXT, N("Hash of the model"), COL_DATA},
        {"forget", CELL_ENUM, N("Take this run away"), 0, "depend forget", "run"},
    };
    struct kept_run *all;
    size_t n;
    enum err e = kept_list(w, arg_text(in, "model"), &all, &n);
    if (e != OK) return e;
    if (n == 0) doc_text(out, M("No run is kept yet. 'Run for long and keep it' keeps one under a code."));
    DOC_TABLE(out, "runs", columns);
    for (size_t i = 0; i < n; i++) {
        const struct kept_run *k = &all[i];
        DOC_ROW(out, C_ENUM(k->code), both_cell(k->ja, k->en), enum_named_cell(k->model, k->model_ja, k->model_en), C_INT(k->number), C_INT(k->runs),
                C_INT(k->seed), C_TIME(k->made), text_cell(k->hash), may_forget(w, k) ? C_ENUM(k->code) : C_NONE);
    }
    doc_table_end(out);
    if (n == KEPT_LISTED_MAX) doc_note(out, M("The newest %1 are listed."), str_int(w->a, KEPT_LISTED_MAX));
    return OK;
}

enum err depend_view_kept(struct work *w, const struct args *in, struct doc *out)
{
    struct kept_run k;
    enum err e = kept_find(w, arg_text(in, "run"), &k);
    if (e != OK) return e;
    const struct record_as as = {0};
    e = record_replay(w, out->lang == LANG_JA ? k.record_ja : k.record_en, &as, out);
    if (e != OK) return e;
    doc_fact(out, "kept", M("Kept run"), C_TEXT(k.code));
    doc_fact(out, "made", M("Made"), C_TIME(k.made));
    doc_note(out, M("This is what the run told when it was made; services of operators are named to nobody in it."));
    return OK;
}
