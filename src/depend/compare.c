/* depend compare: the same failure in two versions of a model, in two models, or two scenarios, side by side; and what differs between
 * the models. The second is asked as the first, but for what is said of it: with, with_model, other_…. */
#include "depend/run.h"

#include <string.h>

/* ---- the parameters of the second ---- */

static const struct {
    const char *given, *means;
} second[] = {{"with", "version"}, {"with_model", "model"}};
static const char prefix[] = "other_";

/* What a parameter says of the second; NULL: it is of both. */
static const char *of_second(const struct arg *a)
{
    for (size_t i = 0; i < sizeof second / sizeof *second; i++)
        if (strcmp(a->param->name, second[i].given) == 0) return second[i].means;
    return strncmp(a->param->name, prefix, strlen(prefix)) == 0 ? a->param->name + strlen(prefix) : NULL;
}

static bool laid_over(const struct args *in, const char *name)
{
    for (size_t i = 0; i < in->n; i++) {
        const char *means = of_second(&in->arg[i]);
        if (means != NULL && strcmp(means, name) == 0) return true;
    }
    return false;
}

/* Files and stored models exclude each other: where the second is of the other sort, what the first is of is not handed on. */
static bool handed_on(const struct args *in, const struct arg *a)
{
    static const char *const stored[] = {"model", "version"};
    static const char *const files[] = {"services", "needs", "suppliers", "threats", "crews"};
    const char *name = a->param->name;
    if (laid_over(in, name)) return false;
    for (size_t i = 0; i < sizeof stored / sizeof *stored; i++)
        if (strcmp(name, stored[i]) == 0) return !laid_over(in, "services") && !(i == 1 && laid_over(in, "model"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(name, files[i]) == 0) return !laid_over(in, "services") && !laid_over(in, "model");
    return true;
}

static struct args second_args(struct arena *a, const struct args *in)
{
    struct arg *arg = arena_array(a, in->n + 1, sizeof *arg);
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        const char *means = of_second(&in->arg[i]);
        if (means == NULL) {
            if (handed_on(in, &in->arg[i])) arg[n++] = in->arg[i];
            continue;
        }
        struct param *p = arena_alloc(a, sizeof *p);
        *p = *in->arg[i].param;
        p->name = means;
        arg[n] = in->arg[i];
        arg[n++].param = p;
    }
    return (struct args){arg, n};
}

static struct args first_args(struct arena *a, const struct args *in)
{
    struct arg *arg = arena_array(a, in->n + 1, sizeof *arg);
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++)
        if (of_second(&in->arg[i]) == NULL) arg[n++] = in->arg[i];
    return (struct args){arg, n};
}

/* ---- what differs ---- */

struct differing {
    struct work *w;
    struct doc *out;
    const struct stored *was, *now;
    int64_t n;
};
enum { DIFFERENCES_MAX = 500 };

static void differs(struct differing *d, const char *what, struct cell of, struct cell detail, const char *how, struct cell was, struct cell now)
{
    static const struct coded whats[] = {{"service", N("Service")}, {"need", N("Need")}, {"supplier", N("Supplier")}};
    static const struct coded hows[] = {{"only_first", N("only in the first")}, {"only_second", N("only in the second")}, {"changed", N("differs: changed")}};
    if (d->n++ >= DIFFERENCES_MAX) return;
    DOC_ROW(d->out, CODED(whats, str_of(what)), of, detail, CODED(hows, str_of(how)), was, now);
}

static struct cell span_cell(struct work *w, const struct span *s) { return text_cell(model_span_text(w->a, s)); }
static struct cell number_cell(struct work *w, int64_t n) { return text_cell(str_int(w->a, n)); }
static struct cell yes_no_cell(bool yes) { return words_cell(yes ? M("yes") : M("no")); }

static void service_differs(struct differing *d, uint32_t was, uint32_t now)
{
    const struct net_service *a = &d->was->model->net.service[was], *b = &d->now->model->net.service[now];
    const struct cell of = stored_service_cell(d->now, now);
    if (!model_span_same(&a->repair, &b->repair))
        differs(d, "service", of, words_cell(M("repair")), "changed", span_cell(d->w, &a->repair), span_cell(d->w, &b->repair));
    if (!model_span_same(&a->fails, &b->fails))
        differs(d, "service", of, words_cell(M("time between failures")), "changed", span_cell(d->w, &a->fails), span_cell(d->w, &b->fails));
    if (!model_span_same(&a->detect, &b->detect))
        differs(d, "service", of, words_cell(M("time until it is known")), "changed", span_cell(d->w, &a->detect), span_cell(d->w, &b->detect));
    if (a->weight != b->weight)
        differs(d, "service", of, words_cell(M("weight")), "changed", number_cell(d->w, a->weight), number_cell(d->w, b->weight));
    if (a->verify != b->verify)
        differs(d, "service", of, words_cell(M("verification level")), "changed", text_cell(decimal_text(d->w->a, (struct decimal){a->verify, 2})),
                text_cell(decimal_text(d->w->a, (struct decimal){b->verify, 2})));
    if (a->black_start != b->black_start)
        differs(d, "service", of, words_cell(M("black start")), "changed", yes_no_cell(a->black_start), yes_no_cell(b->black_start));
}

static uint32_t supplier_row(const struct model *m, uint32_t need, str code)
{
    for (uint32_t r = m->net.supplier_at[need]; r < m->net.supplier_at[need + 1]; r++)
        if (str_eq(m->code[m->net.supplier[r].service], code)) return r;
    return NET_NONE;
}

static void suppliers_missing(struct differing *d, const struct stored *s, uint32_t need, const struct model *in, uint32_t other, struct cell of,
                              const char *how)
{
    const struct net *net = &s->model->net;
    for (uint32_t r = net->supplier_at[need]; r < net->supplier_at[need + 1]; r++) {
        const uint32_t supplier = net->supplier[r].service;
        if (other != NET_NONE && supplier_row(in, other, s->model->code[supplier]) != NET_NONE) continue;
        differs(d, "supplier", of, text_cell(stored_named(s, supplier) ? s->model->code[supplier] : S("")), how, C_NONE, C_NONE);
    }
}

static void need_differs(struct differing *d, uint32_t was, uint32_t now, struct cell of)
{
    const struct net_need *a = &d->was->model->net.need[was], *b = &d->now->model->net.need[now];
    const str code = d->now->model->need[now].code;
    if (!model_span_same(&a->buffer, &b->buffer))
        differs(d, "need", of, text_cell(code), "changed", span_cell(d->w, &a->buffer), span_cell(d->w, &b->buffer));
    if (a->k != b->k || a->rule != b->rule || a->strength != b->strength || a->recharge != b->recharge)
        differs(d, "need", of, text_cell(code), "changed", C_NONE, words_cell(M("rule, strength or recharge")));
    suppliers_missing(d, d->was, was, d->now->model, now, of, "only_first");
    suppliers_missing(d, d->now, now, d->was->model, was, of, "only_second");
}

static void needs_differ(struct differing *d, uint32_t was, uint32_t now)
{
    const struct model *a = d->was->model, *b = d->now->model;
    const struct cell of = stored_service_cell(d->now, now);
    for (uint32_t g = b->net.need_at[now]; g < b->net.need_at[now + 1]; g++) {
        const uint32_t other = model_need_find(a, was, b->need[g].code);
        if (other == NET_NONE) differs(d, "need", of, text_cell(b->need[g].code), "only_second", C_NONE, span_cell(d->w, &b->net.need[g].buffer));
        else need_differs(d, other, g, of);
    }
    for (uint32_t g = a->net.need_at[was]; g < a->net.need_at[was + 1]; g++)
        if (model_need_find(b, now, a->need[g].code) == NET_NONE)
            differs(d, "need", of, text_cell(a->need[g].code), "only_first", span_cell(d->w, &a->net.need[g].buffer), C_NONE);
}

static void services_differ(struct differing *d)
{
    const struct model *a = d->was->model, *b = d->now->model;
    for (uint32_t i = 0; i < b->net.n_services; i++) {
        const uint32_t other = model_find(a, b->code[i]);
        if (!stored_named(d->now, i) || (other != NET_NONE && !stored_named(d->was, other))) continue;
        if (other == NET_NONE) {
            differs(d, "service", stored_service_cell(d->now, i), C_NONE, "only_second", C_NONE, C_NONE);
            continue;
        }
        service_differs(d, other, i);
        needs_differ(d, other, i);
    }
    for (uint32_t i = 0; i < a->net.n_services; i++)
        if (stored_named(d->was, i) && model_find(b, a->code[i]) == NET_NONE)
            differs(d, "service", stored_service_cell(d->was, i), C_NONE, "only_first", C_NONE, C_NONE);
}

static void differences_told(struct work *w, const struct beside *b, struct doc *out)
{
    static const struct column columns[] = {
        {"what", CELL_ENUM, N("Kind")},   {"service", CELL_ENUM, N("Service")}, {"detail", CELL_TEXT, N("Which")},
        {"how", CELL_ENUM, N("How they differ")}, {"first", CELL_TEXT, N("First side")}, {"second", CELL_TEXT, N("Second side")},
    };
    struct differing d = {w, out, b->was->s, b->now->s, 0};
    doc_heading(out, M("What differs between the models"));
    DOC_TABLE(out, "differences", columns);
    services_differ(&d);
    doc_table_end(out);
    if (d.n == 0) doc_text(out, M("The models are the same, as far as you see them by name."));
    if (d.n > DIFFERENCES_MAX) doc_note(out, M("Of %1 differences the first %2 are listed."), str_int(w->a, d.n), str_int(w->a, DIFFERENCES_MAX));
}

/* ---- the view ---- */

struct side {
    struct stored s, changed;
    struct asked_run r;
    struct made_run m;
};

static enum err asked_side(struct work *w, const struct args *in, struct side *to)
{
    enum err e = stored_asked(w, in, &to->s);
    if (e == OK) e = scenario_required(w, in, &to->s, &to->r);
    if (e != OK) return e;
    scenario_changed(w->a, &to->s, &to->r, &to->changed);
    return OK;
}

/* "First side: ten-sectors, version 1; Electric power (for 24 hours), Telecommunications holds out 6 hours longer". */
static str side_words(struct work *w, enum lang lang, const struct side *s, str which)
{
    str what = run_causes_words(w, lang, &s->m);
    for (size_t i = 0; i < s->r.n_changes; i++) {
        const str change = scenario_change_words(w, lang, &s->s, &s->r.change[i]);
        what = str_fmt(w->a, "%.*s%s%.*s", STR_ARG(what), what.n == 0 ? "" : lang == LANG_JA ? "、" : ", ", STR_ARG(change));
    }
    if (s->s.version == 0) return tr_fill(w->a, lang, M("%1: files; %2"), (const str[]){tr(lang, which), what}, 2);
    const str with[] = {tr(lang, which), lang_pick(lang, s->s.ja, s->s.en), str_int(w->a, s->s.number), what};
    return tr_fill(w->a, lang, M("%1: %2, version %3; %4"), with, 4);
}

/* On a page nobody has done anything wrong yet. */
static bool asked_at_all(const struct args *in)
{
    static const char *const what[] = {"fail", "threat", "failures", "other_fail", "other_threat"};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++)
        if (arg_given(in, what[i])) return true;
    return false;
}

static enum err asks(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"sector", CELL_ENUM, N("Sector"), 0, "depend compare", "fail"}};
    struct stored s;
    enum err e = stored_asked(w, in, &s);
    if (e != OK) return e;
    doc_lead(out, M("%1."), run_model_words(w, out->lang, &s));
    doc_text(out, M("Choose above the two versions and what stops in both, or let a sector of this list stop."));
    DOC_TABLE(out, "choose", columns);
    for (uint32_t k = 0; k < s.model->net.n_sectors; k++) DOC_ROW(out, model_sector_cell(s.model, k));
    doc_table_end(out);
    stored_told(&s, out);
    return OK;
}

enum err depend_view_compare(struct work *w, const struct args *in, struct doc *out)
{
    struct side *a = arena_alloc(w->a, sizeof *a), *b = arena_alloc(w->a, sizeof *b);
    const struct args first = first_args(w->a, in), other = second_args(w->a, in);
    if (!asked_at_all(in) && out->face->form != NULL) return asks(w, in, out);
    enum err e = asked_side(w, &first, a);
    if (e == OK) e = asked_side(w, &other, b);
    if (e == OK && a->r.runs != b->r.runs)
        e = fault_in(w, INVALID, (struct where){.field = S("runs")}, M("both are run as many times: leave it out of one of them"));
    if (e == OK) e = run_make(w, &a->changed, &a->r, &run_limit_page, &a->m);
    if (e == OK) e = run_make(w, &b->changed, &b->r, &run_limit_page, &b->m);
    if (e != OK) return e;
    const struct beside both = {&a->m, &b->m, M("First side"), M("Second side")};
    doc_lead(out, S("%1 / %2"), side_words(w, out->lang, a, M("First side")), side_words(w, out->lang, b, M("Second side")));
    run_figures_told(w, &both, out);
    curves_told(w, &both, out);
    run_impact_told(w, &both, out);
    run_losses_told(w, &both, out);
    run_services_told(w, &both, out);
    differences_told(w, &both, out);
    run_manifest_told(w, &b->m, out);
    return OK;
}
