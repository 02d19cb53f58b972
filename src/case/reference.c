/* References of cases: whether what they name is there, and how a page shows them. */
#include "case/reference.h"

#include "case/case.h"
#include "case/kinds_store.h"
#include "case/show.h"

/* ---- is it there? ---- */

/* The code itself: "sj2007/65". */
static struct named_thing words_of_code(const struct reference *r)
{
    return (struct named_thing){r->code, r->code, {"", 0}, {"", 0}};
}

/* NOTFOUND without a fault. What lies above this room in the layers is taken by its form, and so are series: those of rates
 * and grades have no row. */
static enum err look(struct work *w, const struct reference *r, struct named_thing *out)
{
    struct item item;
    struct named_thing round = {0}, org = {0};
    enum err e = OK;
    *out = words_of_code(r);
    switch (r->sort) {
    case REFER_CASE:
        if ((e = item_look(w, r->last, &item)) != OK) return e;
        *out = (struct named_thing){r->last, r->last, item.title, item.title};
        return OK;
    case REFER_CLAUSE:
        if ((e = clause_named(w, r->first, r->last, out)) != OK) return e;
        *out = (struct named_thing){r->last, r->last, out->ja, out->en.n == 0 ? out->ja : out->en};
        return e;
    case REFER_STANDARD: return standard_named(w, r->last, out);
    case REFER_ROUND: return round_named(w, r->last, out);
    case REFER_SURVEY: return survey_named(w, r->last, out);
    case REFER_MEETING: return meeting_named(w, r->last, out);
    case REFER_GRADE:
    case REFER_RATE:
        if ((e = round_named(w, r->first, &round)) == OK && (e = org_named(w, r->last, &org)) == OK)
            *out = (struct named_thing){org.ja, org.en, round.ja, round.en};
        return e;
    default: return OK;
    }
}

enum err case_referred(struct work *w, str text, struct case_referred *out)
{
    struct reference r;
    struct named_thing t;
    enum err e = reference_parse(text, &r) ? look(w, &r, &t) : NOTFOUND;
    if (e == OK) *out = (struct case_referred){t.ja, t.en, t.more_ja, t.more_en};
    return e;
}

/* One sentence for what is written wrongly, is not there, and is not for this reader's eyes. */
static enum err unknown(struct work *w, str text)
{
    return fault_in(w, INVALID, ((struct where){.field = S("source")}),
                    M("'%1' names nothing that you may see: write case:NUMBER, clause:EDITION/NUMBER, round:CODE, "
                      "rate:ROUND/ORG, grade:ROUND/ORG, series:CODE or measure:PLAN/KEY"),
                    text.n > REFERENCE_MAX ? S("…") : text);
}

enum err references_take(struct work *w, const struct args *in, str **out, size_t *n)
{
    const struct arg **given = arena_array(w->a, in->n + 1, sizeof *given);
    size_t count = arg_all(in, "source", given, in->n), k = 0;
    if (count > CASE_SOURCES_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("source")}), M("a case has at most %1 sources"),
                        str_int(w->a, CASE_SOURCES_MAX));
    str *all = arena_array(w->a, count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        struct reference r;
        struct named_thing what;
        str text = str_trim(given[i]->text);
        bool twice = false;
        for (size_t j = 0; j < k; j++) twice = twice || str_eq(all[j], text);
        if (text.n == 0 || twice) continue;
        if (!reference_parse(text, &r)) return unknown(w, text);
        enum err e = look(w, &r, &what);
        if (e == NOTFOUND) return unknown(w, text);
        if (e != OK) return e;
        all[k++] = text;
    }
    *out = all;
    *n = k;
    return OK;
}

enum err references_store(struct work *w, int64_t item, const str *all, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) e = reference_add(w, item, RELATION_FROM, (int64_t)i, all[i]);
    return e;
}

/* Leaves those out that are cases out of the actor's sight. */
static enum err only_seen(struct work *w, str *all, size_t *n)
{
    enum err e = OK;
    size_t k = 0;
    for (size_t i = 0; i < *n; i++) {
        struct reference r;
        struct item item;
        bool is_case = reference_parse(all[i], &r) && r.sort == REFER_CASE;
        e = is_case ? item_look(w, r.last, &item) : OK;
        if (e == OK) all[k++] = all[i];
        else if (e != NOTFOUND) return e;
    }
    *n = k;
    return OK;
}

enum err references_seen(struct work *w, int64_t item, enum relation relation, str **out, size_t *n)
{
    enum err e = references_of(w, item, relation, out, n);
    return e == OK ? only_seen(w, *out, n) : e;
}

/* ---- the page ---- */

struct listing {
    struct work *w;
    struct doc *out;
    const struct kind *kinds;
    size_t n_kinds;
};

static const struct column case_columns[] = {
    {"case", CELL_TEXT, N("Case"), 0, "case show", "case"},
    {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
    {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"due", CELL_DATE, N("To be done by"), COL_DETAIL, NULL, NULL},
};

static enum err case_row(const struct listing *l, str number)
{
    struct item i;
    enum err e = item_look(l->w, number, &i);
    if (e == NOTFOUND)
        DOC_ROW(l->out, C_NONE, words_cell(M("a case that you may not see")), C_NONE, C_NONE, C_NONE, C_NONE);
    if (e != OK) return e == NOTFOUND ? OK : e;
    const struct kind *k = kind_of(l->kinds, l->n_kinds, i.kind);
    DOC_ROW(l->out, C_TEXT(i.number), C_TEXT(i.title), kind_cell(k), state_cell(k, i.state), org_cell(&i),
            i.has_due ? C_DATE(i.due) : C_NONE);
    return OK;
}

/* Of each kind of thing a table of its own, whose first column leads there. */
static struct column *columns_of(struct arena *a, const struct reference_kind *k)
{
    struct column *c = arena_array(a, 3, sizeof *c);
    c[0] = (struct column){k->word, CELL_TEXT, k->label, 0, k->to, k->last};
    c[1] = (struct column){"of", CELL_TEXT, N("Of"), 0, NULL, NULL};
    c[2] = (struct column){"within", CELL_TEXT, N("Of"), COL_DATA, NULL, k->first};
    return c;
}

static enum err thing_row(const struct listing *l, const struct reference *r)
{
    struct named_thing t;
    enum err e = look(l->w, r, &t);
    if (e == NOTFOUND) t = words_of_code(r);
    else if (e != OK) return e;
    DOC_ROW(l->out, named(r->last, t.ja, t.en), both_cell(t.more_ja, t.more_en.n == 0 ? t.more_ja : t.more_en),
            text_cell(r->first));
    return OK;
}

static void begin_sort(const struct listing *l, size_t sort, const char *name, str heading)
{
    struct arena *a = l->w->a;
    const char *table = str_c(a, str_fmt(a, "%s_%s", name, reference_kinds[sort].word));
    doc_heading(l->out, heading, tr(l->out->lang, reference_kinds[sort].label));
    doc_show(l->out, &(struct show){.kind = SHOW_CARDS, .label = reference_kinds[sort].word});
    if (sort == REFER_CASE) DOC_TABLE(l->out, table, case_columns);
    else doc_table(l->out, table, columns_of(a, &reference_kinds[sort]), 3);
}

static enum err one_sort(const struct listing *l, size_t sort, const char *name, str heading, const str *all, size_t n)
{
    bool begun = false;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct reference r;
        if (!reference_parse(all[i], &r) || r.sort != sort) continue;
        if (!begun) begin_sort(l, sort, name, heading);
        begun = true;
        e = sort == REFER_CASE ? case_row(l, r.last) : thing_row(l, &r);
    }
    if (begun) doc_table_end(l->out);
    return e;
}

static enum err all_sorts(const struct listing *l, const char *name, str heading, const str *all, size_t n)
{
    enum err e = OK;
    for (size_t s = 0; e == OK && s < REFERENCE_SORTS; s++) e = one_sort(l, s, name, heading, all, n);
    return e;
}

enum err references_naming(struct work *w, str target, str **out, size_t *n)
{
    enum err e = items_naming(w, RELATION_FROM, target, out, n);
    for (size_t i = 0; e == OK && i < *n; i++) (*out)[i] = reference_text(w->a, REFER_CASE, S(""), (*out)[i]);
    return e == OK ? only_seen(w, *out, n) : e;
}

/* The whole way at once is a page of the room of plans, which a case leads through. */
static void thread(const struct listing *l, const struct item *i)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"way", CELL_TEXT, N("Walk the whole way"), 0, "plan why", "case"},
    };
    const str says = M("Walk the whole way");
    doc_heading(l->out, M("From its source to what came of it"));
    doc_show(l->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(l->out, "thread", columns);
    DOC_ROW(l->out, words_cell(M("Findings, recommendations, measures and their progress")),
            named(i->number, tr(LANG_JA, says), tr(LANG_EN, says)));
    doc_table_end(l->out);
}

enum err references_show(struct work *w, const struct item *i, const struct kind *kinds, size_t n_kinds,
                         struct doc *out)
{
    const struct listing l = {w, out, kinds, n_kinds};
    str *from, *into, *cases;
    size_t n_from, n_into, n_cases;
    enum err e = references_of(w, i->id, RELATION_FROM, &from, &n_from);
    if (e == OK) e = references_of(w, i->id, RELATION_INTO, &into, &n_into);
    if (e == OK) e = references_naming(w, reference_text(w->a, REFER_CASE, S(""), i->number), &cases, &n_cases);
    if (e != OK) return e;
    if ((e = all_sorts(&l, "from", M("Where it comes from: %1"), from, n_from)) != OK) return e;
    if ((e = all_sorts(&l, "came_of_it", M("What came of it: %1"), cases, n_cases)) != OK) return e;
    if ((e = all_sorts(&l, "into", M("What came of it: %1"), into, n_into)) != OK) return e;
    if (n_from + n_cases + n_into != 0) thread(&l, i);
    return OK;
}
