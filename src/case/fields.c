/* case fields, and the same inside a form: what is asked for, told as rows. */
#include "case/show.h"

#include "base/utf8.h"
#include "case/decide.h"
#include "case/kinds_store.h"
#include "inspect/inspect.h"

static void one_field(struct doc *out, const struct kind_field *f, bool must, str value)
{
    struct arena *a = out->w->a;
    str name = str_fmt(a, "field.%.*s", STR_ARG(f->code));
    bool helps = f->help_ja.n + f->help_en.n != 0;
    field_row(out, name, field_types[f->type], named(f->code, f->ja, f->en), must,
              helps ? C_BOTH(f->help_ja, f->help_en) : C_NONE, text_cell(value));
    for (size_t i = 0; i < f->n_words; i++)
        field_choice(out, name, f->words[i].code, named(f->words[i].code, f->words[i].ja, f->words[i].en));
}

void case_field_rows(struct doc *out, const struct kind *k, const struct kind_step *s, const struct item_value *v, size_t n)
{
    for (size_t i = 0; i < k->n_fields; i++) {
        const struct kind_field *f = &k->fields[i];
        bool must = s == NULL ? f->required : list_has(s->need, f->code);
        bool asked = s == NULL ? f->asked : must || list_has(s->ask, f->code);
        if (asked) one_field(out, f, must, value_in(v, n, f->code));
    }
}

void case_step_rows(struct doc *out, const struct kind *k, const struct kind_step *s, const struct item_value *v, size_t n)
{
    case_field_rows(out, k, s, v, n);
    field_row(out, S("text"), "long", words_cell(M("What and why")), s->text,
              words_cell(s->text ? M("what was decided or done, and why") : M("may be left out")), C_NONE);
}

/* ---- what it is about ---- */

/* A beginning that says it is one. */
static str beginning(struct arena *a, str words)
{
    enum { WORDS = 90 }; /* bytes */
    str head = utf8_head(words, WORDS);
    return head.n == words.n ? words : str_fmt(a, "%.*s…", STR_ARG(head));
}

/* The clauses of the edition that is asked, by number and the beginning of their words. */
static enum err clause_choices(struct doc *out, int64_t edition)
{
    struct edition ed;
    enum err e = standard_edition_by_id(out->w, edition, &ed);
    for (size_t i = 0; e == OK && i < ed.n_clauses; i++) {
        const struct clause *c = &ed.clauses[i];
        struct arena *a = out->w->a;
        str en = beginning(a, c->text_en.n != 0 ? c->text_en : c->text_ja), ja = beginning(a, c->text_ja);
        field_choice(out, S("clause"), c->number,
                     C_BOTH(str_fmt(a, "%.*s　%.*s", STR_ARG(c->number), STR_ARG(ja)),
                            str_fmt(a, "%.*s %.*s", STR_ARG(c->number), STR_ARG(en))));
    }
    return e;
}

static enum err about_rows(struct doc *out, const struct kind *k, const struct round_head *round)
{
    static const struct {
        unsigned bit;
        str label, help;
    } rows[] = {
        {ABOUT_ROUND, N("Round"), N("the code of the round it was found in, such as fy2026")},
        {ABOUT_CLAUSE, N("Clause"), N("its number, such as 2.1.1(1)(a)")},
        {ABOUT_RESPONDENT, N("Respondent"), N("code of one post, system or device; empty: the whole organisation")},
        {ABOUT_PERSON, N("Person"), N("staff number of whom it is about")},
    };
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof rows / sizeof *rows; i++) {
        str value = rows[i].bit == ABOUT_ROUND && round != NULL ? round->code
                    : rows[i].bit == ABOUT_RESPONDENT           ? out->w->actor->post_code
                                                                : (str){"", 0};
        if (!(k->about & rows[i].bit)) continue;
        field_row(out, about_name((enum about)rows[i].bit), "text", words_cell(rows[i].label),
                  (k->must & rows[i].bit) != 0, words_cell(rows[i].help), text_cell(value));
        if (rows[i].bit == ABOUT_CLAUSE && round != NULL) e = clause_choices(out, round->edition);
    }
    return e;
}

static enum err of_opening(struct work *w, str code, struct doc *out)
{
    struct kind k;
    struct round_head round;
    enum err e = kind_by_code(w, code, &k), newest;
    if (e != OK) return e;
    newest = inspect_newest_round(w, &round);
    if (newest != OK && newest != NOTFOUND) return newest;
    fields_table(out, "fields");
    if ((e = about_rows(out, &k, newest == OK ? &round : NULL)) == OK) case_field_rows(out, &k, NULL, NULL, 0);
    doc_table_end(out);
    return e;
}

static enum err of_step(struct work *w, str number, str code, struct doc *out)
{
    struct item i;
    struct item_value *v;
    struct kind *all;
    size_t n, n_kinds;
    enum err e = item_find(w, number, &i);
    if (e == OK) e = kinds_all(w, &all, &n_kinds);
    if (e == OK) e = values_of(w, i.id, &v, &n);
    if (e != OK) return e;
    const struct kind *k = kind_of(all, n_kinds, i.kind);
    const struct kind_step *s = kind_step(k, code);
    if (s == NULL || !item_whole(&i, w->actor))
        return fault_in(w, INVALID, ((struct where){.field = S("step")}),
                        M("a case of '%1' has no step '%2': `meguri case rules --kind %1` lists them"), k->code, code);
    fields_table(out, "fields");
    case_step_rows(out, k, s, v, item_names(&i, w->actor) ? n : 0);
    doc_table_end(out);
    return OK;
}

/* For choosing one: all of the kind, and which of them fit now. */
enum err case_view_steps(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"step", CELL_ENUM, N("Step of the case"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), 0, NULL, NULL}, /* what --step takes */
        {"fits", CELL_BOOL, N("You may take it now"), 0, NULL, NULL},
    };
    struct item i;
    struct kind *all;
    struct own_steps own;
    size_t n_kinds;
    enum err e = item_find(w, arg_text(in, "case"), &i);
    if (e == OK) e = kinds_all(w, &all, &n_kinds);
    if (e == OK) e = own_steps_load(w, i.id, &own);
    if (e != OK) return e;
    const struct kind *k = kind_of(all, n_kinds, i.kind);
    DOC_TABLE(out, "steps", columns);
    for (size_t s = 0; s < k->n_steps; s++) {
        const struct kind_step *step = &k->steps[s];
        if (str_eq(step->from, S("new"))) continue;
        DOC_ROW(out, enum_named_cell(step->code, step->ja, step->en), C_TEXT(step->code),
                C_BOOL(step_judge(step, &i, w->actor, &own) == STEP_FITS));
    }
    doc_table_end(out);
    return OK;
}

enum err case_view_fields(struct work *w, const struct args *in, struct doc *out)
{
    if (arg_given(in, "kind")) return of_opening(w, arg_text(in, "kind"), out);
    if (arg_given(in, "case") && arg_given(in, "step"))
        return of_step(w, arg_text(in, "case"), arg_text(in, "step"), out);
    return fault(w, INVALID, M("give --kind for what an opening asks, or --case and --step for what a step asks"));
}
