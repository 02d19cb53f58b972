/* Lines taken in: every one is decided against what stands, nothing is written while one is refused. A published value
 * is never overwritten silently: a correction says why, and what stood is kept. */
#include "series/acts.h"

#include <string.h>

#include "surface/door.h"

struct change {
    enum line_what what;
    struct indicator *s;
    size_t at;         /* in the array of its kind */
    struct past *past; /* what is corrected; NULL: nothing */
};
struct taking {
    struct work *w;
    const struct lines *t;
    str reason;
    struct indicator **all;
    size_t n, room;
    struct change *change;
    size_t n_changes, changes_room;
    int64_t added, changed, corrected, same;
    int64_t stand, added_series; /* series there are, and those of this file */
};

static struct indicator *known(struct taking *x, str code)
{
    for (size_t i = x->n; i-- > 0;)
        if (str_eq(x->all[i]->code, code)) return x->all[i];
    return NULL;
}

static void keep(struct taking *x, struct indicator *s)
{
    x->all = arena_more(x->w->a, x->all, x->n, &x->room, sizeof(struct indicator *));
    x->all[x->n++] = s;
}

static void plan(struct taking *x, struct change c)
{
    x->change = arena_more(x->w->a, x->change, x->n_changes, &x->changes_room, sizeof *x->change);
    x->change[x->n_changes++] = c;
}

/* The series a line belongs to: of this file, or as it stands. NULL with a fault at the line. */
static struct indicator *series_of(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator *s = known(x, l->cell[IN_SERIES]);
    if (s != NULL) return s;
    if (str_starts(l->cell[IN_SERIES], S("inspection-"))) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_SERIES),
                 M("'%1' comes from the rounds of the inspection: it changes with their figures alone"),
                 l->cell[IN_SERIES]);
        return NULL;
    }
    s = arena_alloc(w->a, sizeof *s);
    enum err e = indicator_head(w, l->cell[IN_SERIES], s);
    if (e == OK) e = indicator_fill(w, s);
    if (e == NOTFOUND)
        fault_in(w, NOTFOUND, series_line_where(x->t, l, IN_SERIES),
                 M("there is no series '%1' that you may change: a row of 'series' defines one"), l->cell[IN_SERIES]);
    else if (e == OK && !may(w->actor, MAY_MANAGE | MAY_CENTRE, s->org_lo)) {
        fault_in(w, DENIED, series_line_where(x->t, l, IN_SERIES),
                 M("series '%1' is kept by '%2': who manages there, or the centre, changes it"), s->code, s->org_code);
        e = DENIED;
    }
    if (e != OK) return NULL;
    keep(x, s);
    return s;
}

/* ---- a series itself ---- */

static bool same_head(const struct indicator *a, const struct indicator *b)
{
    return a->org == b->org && a->open == b->open && str_eq(a->ja, b->ja) && str_eq(a->en, b->en) &&
           str_eq(a->unit_ja, b->unit_ja) && str_eq(a->unit_en, b->unit_en) && str_eq(a->direction, b->direction) &&
           str_eq(a->kind, b->kind) && str_eq(a->area, b->area) && str_eq(a->owner_ja, b->owner_ja) &&
           str_eq(a->owner_en, b->owner_en);
}

static void new_series(struct taking *x, const struct line *l, const struct indicator *given)
{
    struct work *w = x->w;
    bool taken = false;
    if (indicator_taken(w, given->code, &taken) != OK) return;
    if (!taken && x->stand + x->added_series++ >= SERIES_MAX) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_SERIES), M("there are %1 series, and no room for more"),
                 str_int(w->a, SERIES_MAX));
        return;
    }
    if (taken) {
        fault_in(w, CONFLICT, series_line_where(x->t, l, IN_SERIES), M("the code '%1' cannot be used: choose another"),
                 given->code);
        return;
    }
    struct indicator *s = arena_alloc(w->a, sizeof *s);
    *s = *given;
    keep(x, s);
    plan(x, (struct change){.what = LINE_SERIES, .s = s});
    x->added++;
}

static void take_series(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator given, *s = known(x, l->cell[IN_SERIES]);
    struct org org;
    if (!series_line_indicator(w, x->t, l, &given) || org_find(w, given.org_code, &org) != OK) return;
    given.org = org.id;
    given.org_lo = org.lo;
    if (!may(w->actor, MAY_MANAGE | MAY_CENTRE, org.lo)) {
        fault_in(w, DENIED, series_line_where(x->t, l, IN_ORG),
                 M("at '%1' you may not define a series: who manages there, or the centre, does"), org.code);
        return;
    }
    if (s != NULL) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_SERIES), M("series '%1' comes twice in this file"), s->code);
        return;
    }
    struct indicator stands;
    enum err e = indicator_head(w, given.code, &stands);
    if (e == NOTFOUND) new_series(x, l, &given);
    if (e != OK || (s = series_of(x, l)) == NULL) return;
    if (same_head(s, &given)) {
        x->same++;
        return;
    }
    if (s->n_points != 0 && (!str_eq(s->unit_ja, given.unit_ja) || !str_eq(s->kind, given.kind))) {
        fault_in(w, CONFLICT, series_line_where(x->t, l, IN_UNIT_JA),
                 M("series '%1' has values: its unit and kind stay; define another series"), s->code);
        return;
    }
    given.id = s->id;
    given.parts = s->parts, given.n_parts = s->n_parts;
    given.definitions = s->definitions, given.n_definitions = s->n_definitions;
    given.points = s->points, given.n_points = s->n_points;
    given.targets = s->targets, given.n_targets = s->n_targets;
    given.points_room = s->points_room, given.targets_room = s->targets_room;
    *s = given;
    plan(x, (struct change){.what = LINE_SERIES, .s = s});
    x->changed++;
}

/* ---- its parts ---- */

static const struct series_part *part_of(const struct indicator *s, str code)
{
    for (size_t i = 0; i < s->n_parts; i++)
        if (str_eq(s->parts[i].code, code)) return &s->parts[i];
    return NULL;
}

static void *grown(struct work *w, const void *all, size_t n, size_t size) /* a copy with room for one more */
{
    void *more = arena_array(w->a, n + 1, size);
    if (n != 0) memcpy(more, all, n * size);
    return more;
}

static void take_part(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator *s = series_of(x, l);
    struct series_part p;
    if (s == NULL || !series_line_part(w, x->t, l, &p)) return;
    bool total = str_eq(p.role, S("total"));
    for (size_t i = 0; i < s->n_parts; i++) {
        struct series_part *was = &s->parts[i];
        if (total && str_eq(was->role, S("total")) && !str_eq(was->code, p.code))
            fault_in(w, INVALID, series_line_where(x->t, l, IN_ROLE), M("'%1' is the total of series '%2' already"), was->code,
                     s->code);
        if (!str_eq(was->code, p.code)) continue;
        if (str_eq(was->ja, p.ja) && str_eq(was->en, p.en) && str_eq(was->role, p.role)) {
            x->same++;
            return;
        }
        *was = p;
        plan(x, (struct change){.what = LINE_PART, .s = s, .at = i});
        x->changed++;
        return;
    }
    if (s->n_parts == SERIES_PARTS_MAX) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_PART), M("a series has at most %1 parts"),
                 str_int(w->a, SERIES_PARTS_MAX));
        return;
    }
    s->parts = grown(w, s->parts, s->n_parts, sizeof p);
    s->parts[s->n_parts] = p;
    plan(x, (struct change){.what = LINE_PART, .s = s, .at = s->n_parts++});
    x->added++;
}

/* Values of a series with parts belong to one of them, of one without to none. */
static bool part_fits(struct taking *x, const struct indicator *s, const struct line *l)
{
    str code = l->cell[IN_PART];
    if (s->n_parts == 0 ? code.n == 0 : part_of(s, code) != NULL) return true;
    fault_in(x->w, INVALID, series_line_where(x->t, l, IN_PART),
             s->n_parts == 0 ? M("series '%2' has no parts: leave it empty, or define '%1' with a row of 'part'")
                             : M("'%1' is no part of series '%2'"),
             code, s->code);
    return false;
}

/* ---- corrections ---- */

/* NULL with a fault where no reason is given. */
static struct past *correction(struct taking *x, const struct line *l, str period, str part, str was, str became,
                               enum line_column c)
{
    str reason = l->cell[IN_REASON].n != 0 ? l->cell[IN_REASON] : x->reason;
    if (reason.n == 0) {
        fault_in(x->w, CONFLICT, series_line_where(x->t, l, c),
                 M("%1 stands as '%2', not '%3': a correction says why (reason)"), period, was, became);
        return NULL;
    }
    struct past *p = arena_alloc(x->w->a, sizeof *p);
    *p = (struct past){str_of(series_line_what_words[l->what]), period, part, was, became, reason, x->w->now};
    x->corrected++;
    return p;
}

/* The same thing twice in one file: which of them is meant? */
static bool twice(struct taking *x, const struct line *l, int64_t row)
{
    if (row == 0 || l->row == 0) return false;
    fault_in(x->w, INVALID, series_line_where(x->t, l, IN_PERIOD), M("this stands in row %1 already"), str_int(x->w->a, row));
    return true;
}

static void take_definition(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator *s = series_of(x, l);
    struct definition d;
    struct past *past = NULL;
    if (s == NULL || !series_line_definition(w, x->t, l, &d)) return;
    for (size_t i = 0; i < s->n_definitions; i++) {
        struct definition *was = &s->definitions[i];
        if (was->first != d.first) continue;
        if (twice(x, l, was->row)) return;
        bool same = str_eq(was->since, d.since) && str_eq(was->counted_ja, d.counted_ja) &&
                    str_eq(was->counted_en, d.counted_en) && str_eq(was->source_ja, d.source_ja) &&
                    str_eq(was->source_en, d.source_en);
        if (same) {
            was->row = l->row;
            x->same++;
            return;
        }
        if ((past = correction(x, l, d.since, S(""), was->counted_ja, d.counted_ja, IN_JA)) == NULL) return;
        d.since = was->since;
        *was = d;
        plan(x, (struct change){LINE_DEFINITION, s, i, past});
        return;
    }
    if (s->n_definitions == SERIES_VERSIONS_MAX) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_PERIOD), M("a series has at most %1 definitions"),
                 str_int(w->a, SERIES_VERSIONS_MAX));
        return;
    }
    s->definitions = grown(w, s->definitions, s->n_definitions, sizeof d);
    s->definitions[s->n_definitions] = d;
    plan(x, (struct change){LINE_DEFINITION, s, s->n_definitions++, NULL});
    x->added++;
}

/* ---- values and targets ---- */

static str said(struct arena *a, const struct point *p)
{
    str flag = p->flag.n == 0 ? p->flag : str_fmt(a, " (%.*s)", STR_ARG(p->flag));
    if (p->has_n)
        return str_fmt(a, "%.*s = %lld/%lld%.*s", STR_ARG(p->text), (long long)p->n, (long long)p->d, STR_ARG(flag));
    if (p->has_d) return str_fmt(a, "%.*s / %lld%.*s", STR_ARG(p->text), (long long)p->d, STR_ARG(flag));
    return str_fmt(a, "%.*s%.*s", STR_ARG(p->text), STR_ARG(flag));
}

static bool same_decimal(struct decimal a, struct decimal b) { return a.i == b.i && a.scale == b.scale; }

static bool same_value(const struct point *a, const struct point *b)
{
    return same_decimal(a->value, b->value) && a->has_n == b->has_n && a->has_d == b->has_d && a->n == b->n &&
           a->d == b->d && str_eq(a->flag, b->flag);
}

static struct point *point_at(struct indicator *s, const struct point *p)
{
    for (size_t i = s->n_points; i-- > 0;)
        if (s->points[i].key == p->key && str_eq(s->points[i].period, p->period) && str_eq(s->points[i].part, p->part))
            return &s->points[i];
    return NULL;
}

static void change_point(struct taking *x, const struct line *l, struct indicator *s, struct point *was,
                         const struct point *p)
{
    struct past *past = NULL;
    bool value = same_value(was, p), notes = str_eq(was->note_ja, p->note_ja) && str_eq(was->note_en, p->note_en);
    if (twice(x, l, was->row)) return;
    if (value && notes) {
        was->row = l->row;
        x->same++;
        return;
    }
    if (!value && (past = correction(x, l, p->period, p->part, said(x->w->a, was), said(x->w->a, p), IN_VALUE)) == NULL)
        return;
    x->changed += value; /* its notes alone */
    *was = *p;
    plan(x, (struct change){LINE_VALUE, s, (size_t)(was - s->points), past});
}

/* Some definition holds when the period begins: else nobody knows what the value says. */
static bool defined(struct taking *x, const struct indicator *s, const struct line *l)
{
    struct period p = {0};
    (void)period_parse(l->cell[IN_PERIOD], &p);
    for (size_t i = 0; i < s->n_definitions; i++)
        if (s->definitions[i].first <= p.first) return true;
    if (s->n_definitions == 0)
        fault_in(x->w, INVALID, series_line_where(x->t, l, IN_SERIES),
                 M("series '%1' says nowhere what it counts: a row of 'definition' comes first"), s->code);
    else
        fault_in(x->w, INVALID, series_line_where(x->t, l, IN_PERIOD),
                 M("series '%1' says of no time as early as %2 what it counts: give a definition from then on"), s->code,
                 l->cell[IN_PERIOD]);
    return false;
}

static void take_value(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator *s = series_of(x, l);
    struct point p, *was;
    if (s == NULL || !part_fits(x, s, l) || !series_line_point(w, x->t, l, &p)) return;
    if ((was = point_at(s, &p)) != NULL) {
        change_point(x, l, s, was, &p);
        return;
    }
    if (!defined(x, s, l)) return;
    if (s->n_points == SERIES_VALUES_MAX) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_VALUE), M("a series has at most %1 values"),
                 str_int(w->a, SERIES_VALUES_MAX));
        return;
    }
    s->points = arena_more(w->a, s->points, s->n_points, &s->points_room, sizeof p);
    s->points[s->n_points] = p;
    plan(x, (struct change){LINE_VALUE, s, s->n_points++, NULL});
    x->added++;
}

static void take_target(struct taking *x, const struct line *l)
{
    struct work *w = x->w;
    struct indicator *s = series_of(x, l);
    struct past *past = NULL;
    struct target g;
    if (s == NULL || !part_fits(x, s, l) || !series_line_target(w, x->t, l, &g)) return;
    for (size_t i = 0; i < s->n_targets; i++) {
        struct target *was = &s->targets[i];
        if (was->key != g.key || !str_eq(was->period, g.period) || !str_eq(was->part, g.part)) continue;
        if (twice(x, l, was->row)) return;
        bool value = same_decimal(was->value, g.value) && str_eq(was->source, g.source);
        if (value && str_eq(was->note_ja, g.note_ja) && str_eq(was->note_en, g.note_en)) {
            was->row = l->row;
            x->same++;
            return;
        }
        if (!value && (past = correction(x, l, g.period, g.part, was->text, g.text, IN_VALUE)) == NULL) return;
        x->changed += value;
        *was = g;
        plan(x, (struct change){LINE_TARGET, s, i, past});
        return;
    }
    if (s->n_targets == SERIES_VALUES_MAX) {
        fault_in(w, INVALID, series_line_where(x->t, l, IN_VALUE), M("a series has at most %1 targets"),
                 str_int(w->a, SERIES_VALUES_MAX));
        return;
    }
    s->targets = arena_more(w->a, s->targets, s->n_targets, &s->targets_room, sizeof g);
    s->targets[s->n_targets] = g;
    plan(x, (struct change){LINE_TARGET, s, s->n_targets++, NULL});
    x->added++;
}

/* ---- all of them ---- */

static void (*const take[LINE_WHATS])(struct taking *, const struct line *) = {take_series, take_part, take_definition,
                                                                               take_value, take_target};

static enum err write(struct work *w, const struct change *c)
{
    struct indicator *s = c->s;
    enum err e = OK;
    switch (c->what) {
    case LINE_SERIES:
        e = indicator_put(w, s);
        break;
    case LINE_PART:
        e = series_part_put(w, s->id, (int64_t)c->at, &s->parts[c->at]);
        break;
    case LINE_DEFINITION:
        e = definition_put(w, s->id, &s->definitions[c->at]);
        break;
    case LINE_VALUE:
        e = point_put(w, s->id, &s->points[c->at]);
        break;
    default:
        e = target_put(w, s->id, &s->targets[c->at]);
    }
    return e == OK && c->past != NULL ? series_past_add(w, s->id, c->past) : e;
}

static void tell(const struct taking *x, struct doc *out)
{
    doc_fact(out, "added", M("Added"), C_INT(x->added));
    doc_fact(out, "changed", M("Changed"), C_INT(x->changed));
    doc_fact(out, "corrected", M("Corrected"), C_INT(x->corrected));
    doc_fact(out, "same", M("Stood so already"), C_INT(x->same));
    if (x->n_changes == 0) doc_note(out, M("It stands so already: nothing was changed."));
    act_noted(x->w, S("added"), str_int(x->w->a, x->added));
    act_noted(x->w, S("corrected"), str_int(x->w->a, x->corrected));
}

/* Kind by kind, so that rows may come in any order: a series before its parts, these before values. */
enum err series_lines_take(struct work *w, const struct lines *t, str reason, struct doc *out)
{
    struct taking x = {.w = w, .t = t, .reason = reason};
    enum err e = indicators_count(w, &x.stand);
    for (int what = 0; e == OK && what < LINE_WHATS; what++)
        for (size_t i = 0; i < t->n; i++)
            if (t->all[i].what == (enum line_what)what) take[what](&x, &t->all[i]);
    if (e == OK) e = work_err(w);
    for (size_t i = 0; e == OK && i < x.n_changes; i++) e = write(w, &x.change[i]);
    if (e == OK) tell(&x, out);
    return e;
}
