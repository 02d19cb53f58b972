/* series list, and what may be chosen from. */
#include "series/acts.h"

#include <stdlib.h>

#include "access/fold.h"
#include "series/counted.h"
#include "series/judge.h"
#include "series/show.h"

enum err series_load(struct work *w, str code, struct indicator *out)
{
    struct indicator s;
    enum err e = counted_code(code) ? counted_load(w, code, &s) : indicator_head(w, code, &s);
    if (e == OK && !s.counted) e = indicator_fill(w, &s);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("series")}),
                        M("there is no series '%1' that you may see: `meguri series list` lists those there are"),
                        code);
    if (e == OK) *out = s;
    return e;
}

/* Those that are kept without their values, those of rounds whole. */
static enum err heads_all(struct work *w, str area, struct indicator **out, size_t *n)
{
    struct indicator *all, *more = NULL;
    size_t n_all, n_more = 0;
    enum err e = indicators_all(w, area, &all, &n_all);
    if (e == OK) e = counted_all(w, area, &more, &n_more);
    if (e != OK) return e;
    struct indicator *both = arena_array(w->a, n_all + n_more + 1, sizeof *both);
    for (size_t i = 0; i < n_all; i++) both[i] = all[i];
    for (size_t i = 0; i < n_more; i++) both[n_all + i] = more[i];
    *out = both;
    *n = n_all + n_more;
    return OK;
}

enum err series_load_all(struct work *w, str area, struct indicator **out, size_t *n)
{
    enum err e = heads_all(w, area, out, n);
    for (size_t i = 0; e == OK && i < *n; i++)
        if (!(*out)[i].counted) e = indicator_fill(w, &(*out)[i]);
    return e;
}

/* ---- what a series says last ---- */

/* Of its leading part, in the latest period that has one. */
static const struct point *last_point(const struct indicator *s)
{
    const struct series_part *lead = series_part_leading(s);
    for (size_t i = s->n_points; i-- > 0;)
        if (lead == NULL || str_eq(s->points[i].part, lead->code)) return &s->points[i];
    return s->n_points == 0 ? NULL : &s->points[s->n_points - 1];
}

void latest_of(const struct indicator *s, struct series_latest *out)
{
    const struct point *p = last_point(s);
    *out = (struct series_latest){.code = s->code,
                                  .name_ja = s->ja,
                                  .name_en = s->en,
                                  .unit_ja = s->unit_ja,
                                  .unit_en = s->unit_en,
                                  .area = s->area,
                                  .direction = s->direction};
    if (p == NULL) return;
    struct step step = series_step_of(s, p);
    const struct series_part *part = series_part_in(s, p->part);
    const struct target *target = target_at(s, p);
    out->has_value = true;
    out->value = p->value;
    out->period = p->period;
    out->part_ja = part == NULL ? (str){0} : part->ja;
    out->part_en = part == NULL ? (str){0} : part->en;
    out->has_change = step.has_change;
    out->change = step.change;
    out->before = step.before == NULL ? (str){0} : step.before->period;
    out->broken = step.broken;
    out->has_target = target != NULL;
    if (target == NULL) return;
    out->target = target->value;
    out->met = target_met(s, p, target->value) == MET_YES;
}

enum err series_find(struct work *w, str code, struct series_latest *out)
{
    struct indicator s;
    enum err e = series_load(w, code, &s);
    if (e == OK) latest_of(&s, out);
    return e;
}

enum err series_each(struct work *w, str area, series_fn *fn, void *to)
{
    struct indicator *all;
    size_t n;
    enum err e = series_load_all(w, area, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct series_latest l;
        latest_of(&all[i], &l);
        e = fn(to, &l);
    }
    return e;
}

str series_period_words(struct arena *a, enum lang lang, str period) { return period_words(a, lang, period); }

/* ---- the list ---- */

static const struct column list_columns[] = {
    {"series", CELL_ENUM, N("Series"), 0, "series show", "series"},
    {"area", CELL_ENUM, N("Area"), 0, "series list", "area"},
    {"period", CELL_TEXT, N("Period"), 0, NULL, NULL},
    {"of", CELL_TEXT, N("Of what"), 0, NULL, NULL},
    {"value", CELL_DECIMAL, N("Latest value"), 0, NULL, NULL},
    {"unit", CELL_TEXT, N("Unit"), 0, NULL, NULL},
    {"change", CELL_DECIMAL, N("Change since then"), COL_SIGN, NULL, NULL},
    {"compared", CELL_TEXT, N("Compared with the period"), COL_DETAIL, NULL, NULL},
    {"target", CELL_DECIMAL, N("Target"), 0, NULL, NULL},
    {"met", CELL_ENUM, N("Target met"), 0, NULL, NULL},
    {"values", CELL_INT, N("Values"), COL_DETAIL, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), COL_DETAIL, NULL, NULL},
    {"public", CELL_BOOL, N("Public"), COL_DETAIL, NULL, NULL},
};

struct cell period_cell(struct arena *a, str period)
{
    if (period.n == 0) return C_NONE;
    return (struct cell){.type = CELL_TEXT,
                         .text = period,
                         .ja = period_words(a, LANG_JA, period),
                         .en = period_words(a, LANG_EN, period)};
}

struct cell series_area(str area)
{
    static const struct coded known[] = {/* codes as basic plans name their areas */
        {"government", N("government")}, {"local", N("local-government")},       {"infrastructure", N("infrastructure")},
        {"business", N("business")},     {"individual", N("individuals")},       {"technology", N("technology")},
        {"people", N("personnel")},      {"international", N("international")}, {"crime", N("crime")},
        {"entrusting", N("those who entrust information")}, {"promotion", N("promotion of the policy")}};
    struct cell c = CODED(known, area);
    return c.ja.n == 0 ? enum_named_cell(area, area, area) : c;
}

struct cell series_role_cell(const struct series_part *p)
{
    static const struct coded roles[] = {{"part", N("adds to the total")}, {"among", N("one of those in the total")},
                                         {"total", N("the total")},        {"apart", N("stands for itself")}};
    return p == NULL ? C_NONE : CODED(roles, p->role);
}

static struct cell met_cell(const struct indicator *s, const struct series_latest *l)
{
    if (!l->has_target || str_eq(s->direction, S("neither"))) return C_NONE;
    return C_ENUM(l->met ? S("met") : S("not met"));
}

/* The values of one at a time: a hundred series of ten thousand have no room beside each other. */
static enum err list_row(struct work *w, const struct indicator *head, struct doc *out)
{
    struct arena_mark mark = arena_mark(w->a);
    struct indicator filled = *head, *s = &filled;
    enum err e = s->counted ? OK : indicator_fill(w, s);
    if (e != OK) return e;
    struct series_latest l;
    latest_of(s, &l);
    struct cell before =
        l.broken ? words_cell(M("not comparable: the definition changed")) : period_cell(w->a, l.before);
    DOC_ROW(out, enum_named_cell(s->code, s->ja, s->en), series_area(s->area), period_cell(w->a, l.period),
            both_cell(l.part_ja, l.part_en), l.has_value ? C_DECIMAL(l.value) : C_NONE,
            both_cell(s->unit_ja, s->unit_en), l.has_change ? C_DECIMAL(l.change) : C_NONE, before,
            l.has_target ? C_DECIMAL(l.target) : C_NONE, met_cell(s, &l), C_INT((int64_t)s->n_points),
            s->org_code.n == 0 ? C_NONE : C_ORG(s->org_code, s->org_ja, s->org_en, 0), C_BOOL(s->open));
    arena_back(w->a, mark);
    return OK;
}

static bool wanted(struct work *w, const struct indicator *s, const struct args *in)
{
    const struct org *org = arg_org(in, "org");
    str find = arg_text(in, "find"),
        name = str_fmt(w->a, "%.*s %.*s %.*s", STR_ARG(s->code), STR_ARG(s->ja), STR_ARG(s->en));
    if (org != NULL && (s->org_lo < org->lo || s->org_lo >= org->hi)) return false;
    return find.n == 0 || str_find(fold_words(w->a, name), fold_words(w->a, find)) >= 0;
}

static int by_area(const void *p, const void *q)
{
    const struct indicator *const *a = p, *const *b = q;
    int order = str_cmp((*a)->area, (*b)->area);
    return order != 0 ? order : str_cmp((*a)->code, (*b)->code);
}

enum err series_view_list(struct work *w, const struct args *in, struct doc *out)
{
    struct indicator *all;
    size_t n, shown = 0;
    enum err e = heads_all(w, arg_text(in, "area"), &all, &n);
    if (e != OK) return e;
    const struct indicator **row = arena_array(w->a, n + 1, sizeof *row);
    for (size_t i = 0; i < n; i++)
        if (wanted(w, &all[i], in)) row[shown++] = &all[i];
    qsort(row, shown, sizeof *row, by_area);
    doc_fact(out, "series", M("Series"), C_INT((int64_t)shown));
    if (n == 0)
        doc_text(out, M("No series is kept yet: who manages an organisation, or the centre, takes them in with 'Take "
                        "in series from a file'."));
    else if (shown == 0)
        doc_text(out, M("No series fits these conditions."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "series"});
    DOC_TABLE(out, "series", list_columns);
    for (size_t i = 0; e == OK && i < shown; i++) e = list_row(w, row[i], out);
    doc_table_end(out);
    return e;
}

/* ---- for choosing ---- */

enum err series_view_areas(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"area", CELL_ENUM, N("Area"), 0, "series list", "area"},
        {"series", CELL_INT, N("Series"), 0, NULL, NULL},
    };
    struct indicator *all;
    size_t n;
    enum err e = heads_all(w, S(""), &all, &n);
    (void)in;
    if (e != OK) return e;
    const struct indicator **row = arena_array(w->a, n + 1, sizeof *row);
    for (size_t i = 0; i < n; i++) row[i] = &all[i];
    qsort(row, n, sizeof *row, by_area);
    DOC_TABLE(out, "areas", columns);
    for (size_t i = 0, from = 0; i < n; i++) {
        if (i + 1 < n && str_eq(row[i]->area, row[i + 1]->area)) continue;
        if (row[i]->area.n != 0) DOC_ROW(out, series_area(row[i]->area), C_INT((int64_t)(i + 1 - from)));
        from = i + 1;
    }
    doc_table_end(out);
    return OK;
}

enum err series_view_parts(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"part", CELL_ENUM, N("Of which"), 0, "series show", "dimension"},
        {"role", CELL_ENUM, N("Role"), 0, NULL, NULL},
    };
    struct indicator s;
    enum err e = series_load(w, arg_text(in, "series"), &s);
    if (e != OK) return e;
    DOC_TABLE(out, "parts", columns);
    for (size_t i = 0; i < s.n_parts; i++)
        DOC_ROW(out, enum_named_cell(s.parts[i].code, s.parts[i].ja, s.parts[i].en), series_role_cell(&s.parts[i]));
    doc_table_end(out);
    return OK;
}

enum err series_view_own(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"series", CELL_ENUM, N("Series"), 0, "series show", "series"}};
    struct indicator *all;
    size_t n;
    enum err e = indicators_all(w, S(""), &all, &n);
    (void)in;
    if (e != OK) return e;
    DOC_TABLE(out, "series", columns);
    for (size_t i = 0; i < n; i++)
        if (may(w->actor, MAY_MANAGE | MAY_CENTRE, all[i].org_lo))
            DOC_ROW(out, enum_named_cell(all[i].code, all[i].ja, all[i].en));
    doc_table_end(out);
    return OK;
}
