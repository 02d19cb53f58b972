/* References: their form, whether what they name is there, and how a page shows them. */
#include "case/reference.h"

#include "case/case.h"
#include "case/kinds_store.h"
#include "case/show.h"

/* What is referred to, and the entry that shows it. `first`: the parameter that takes what stands before the slash. */
static const struct sort {
    const char *word;
    str label;
    const char *to, *first, *last;
} sorts[] = {
    {"case", N("Case"), "case show", NULL, "case"},
    {"clause", N("Clause"), "standard show", "edition", "clause"},
    {"round", N("Round"), "inspect round", NULL, "round"},
    {"grade", N("Grade"), "inspect grades", "round", "org"},
    {"rate", N("Rate"), "inspect rates", "round", "org"},
    {"survey", N("Urgent survey"), "inspect survey", NULL, "survey"},
    {"meeting", N("Meeting"), "registry meeting", NULL, "meeting"},
    {"series", N("Series"), "series show", NULL, "series"},
    {"measure", N("Measure"), "plan measure", "plan", "no"},
    {"plan", N("Plan"), "plan show", NULL, "plan"},
    {"report", N("Report"), "report show", NULL, "report"},
};
enum { SORTS = sizeof sorts / sizeof *sorts };
enum { SORT_CASE, SORT_CLAUSE, SORT_ROUND, SORT_GRADE, SORT_RATE, SORT_SURVEY, SORT_MEETING };

const char *reference_word(size_t sort) { return sort < SORTS ? sorts[sort].word : NULL; }

/* ---- form ---- */

static bool plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F) return false;
    return s.n != 0;
}

bool reference_parse(str text, struct reference *out)
{
    ptrdiff_t colon = str_find(text, S(":"));
    size_t sort = 0;
    if (colon <= 0 || text.n > CASE_REFERENCE_MAX || !plain(text)) return false;
    str word = str_sub(text, 0, (size_t)colon), code = str_sub(text, (size_t)colon + 1, text.n);
    while (sort < SORTS && !str_eq(str_of(sorts[sort].word), word)) sort++;
    if (sort == SORTS || code.n == 0) return false;
    struct reference r = {.sort = sort, .whole = text, .last = code};
    ptrdiff_t slash = str_find(code, S("/"));
    if (sorts[sort].first != NULL) {
        if (slash <= 0 || (size_t)slash + 1 == code.n) return false;
        r.first = str_sub(code, 0, (size_t)slash);
        r.last = str_sub(code, (size_t)slash + 1, code.n);
    }
    *out = r;
    return true;
}

/* ---- is it there? ---- */

/* The code itself: "sj2007/65". */
static struct named_thing words_of_code(struct work *w, const struct reference *r)
{
    str code = r->first.n == 0 ? r->last : str_fmt(w->a, "%.*s/%.*s", STR_ARG(r->first), STR_ARG(r->last));
    return (struct named_thing){code, code, {"", 0}, {"", 0}};
}

/* NOTFOUND without a fault. What lies above this room in the layers is taken by its form, and so are series: those of rates
 * and grades have no row. */
static enum err look(struct work *w, const struct reference *r, struct named_thing *out)
{
    struct item item;
    struct named_thing round = {0}, org = {0};
    enum err e = OK;
    *out = words_of_code(w, r);
    switch (r->sort) {
    case SORT_CASE:
        if ((e = item_look(w, r->last, &item)) != OK) return e;
        *out = (struct named_thing){r->last, r->last, item.title, item.title};
        return OK;
    case SORT_CLAUSE:
        if ((e = clause_named(w, r->first, r->last, out)) != OK) return e;
        *out = (struct named_thing){r->last, r->last, out->ja, out->en.n == 0 ? out->ja : out->en};
        return e;
    case SORT_ROUND: return round_named(w, r->last, out);
    case SORT_SURVEY: return survey_named(w, r->last, out);
    case SORT_MEETING: return meeting_named(w, r->last, out);
    case SORT_GRADE:
    case SORT_RATE:
        if ((e = round_named(w, r->first, &round)) == OK && (e = org_named(w, r->last, &org)) == OK)
            *out = (struct named_thing){org.ja, org.en, round.ja, round.en};
        return e;
    default: return OK;
    }
}

bool case_reference(str text, struct case_reference *out)
{
    struct reference r;
    if (!reference_parse(text, &r)) return false;
    *out = (struct case_reference){str_of(sorts[r.sort].word), r.first, r.last, sorts[r.sort].label};
    return true;
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
                    text.n > CASE_REFERENCE_MAX ? S("…") : text);
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
        bool is_case = reference_parse(all[i], &r) && r.sort == SORT_CASE;
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
static struct column *columns_of(struct arena *a, const struct sort *s)
{
    struct column *c = arena_array(a, 3, sizeof *c);
    c[0] = (struct column){s->word, CELL_TEXT, s->label, 0, s->to, s->last};
    c[1] = (struct column){"of", CELL_TEXT, N("Of"), 0, NULL, NULL};
    c[2] = (struct column){"within", CELL_TEXT, N("Of"), COL_DATA, NULL, s->first};
    return c;
}

static enum err thing_row(const struct listing *l, const struct reference *r)
{
    struct named_thing t;
    enum err e = look(l->w, r, &t);
    if (e == NOTFOUND) t = words_of_code(l->w, r);
    else if (e != OK) return e;
    DOC_ROW(l->out, named(r->last, t.ja, t.en), both_cell(t.more_ja, t.more_en.n == 0 ? t.more_ja : t.more_en),
            text_cell(r->first));
    return OK;
}

static void begin_sort(const struct listing *l, size_t sort, const char *name, str heading)
{
    struct arena *a = l->w->a;
    const char *table = str_c(a, str_fmt(a, "%s_%s", name, sorts[sort].word));
    doc_heading(l->out, heading, tr(l->out->lang, sorts[sort].label));
    doc_show(l->out, &(struct show){.kind = SHOW_CARDS, .label = sorts[sort].word});
    if (sort == SORT_CASE) DOC_TABLE(l->out, table, case_columns);
    else doc_table(l->out, table, columns_of(a, &sorts[sort]), 3);
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
        e = sort == SORT_CASE ? case_row(l, r.last) : thing_row(l, &r);
    }
    if (begun) doc_table_end(l->out);
    return e;
}

static enum err all_sorts(const struct listing *l, const char *name, str heading, const str *all, size_t n)
{
    enum err e = OK;
    for (size_t s = 0; e == OK && s < SORTS; s++) e = one_sort(l, s, name, heading, all, n);
    return e;
}

enum err references_naming(struct work *w, str target, str **out, size_t *n)
{
    enum err e = items_naming(w, RELATION_FROM, target, out, n);
    for (size_t i = 0; e == OK && i < *n; i++) (*out)[i] = str_fmt(w->a, "case:%.*s", STR_ARG((*out)[i]));
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
    if (e == OK) e = references_naming(w, str_fmt(w->a, "case:%.*s", STR_ARG(i->number)), &cases, &n_cases);
    if (e != OK) return e;
    if ((e = all_sorts(&l, "from", M("Where it comes from: %1"), from, n_from)) != OK) return e;
    if ((e = all_sorts(&l, "came_of_it", M("What came of it: %1"), cases, n_cases)) != OK) return e;
    if ((e = all_sorts(&l, "into", M("What came of it: %1"), into, n_into)) != OK) return e;
    if (n_from + n_cases + n_into != 0) thread(&l, i);
    return OK;
}
