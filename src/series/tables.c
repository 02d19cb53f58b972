/* Values as tables with their drawings. Few parts over several periods: a row a period, a line a part. Many parts, or
 * one period alone: a row a part, with bars of the latest period. */
#include "series/show.h"

enum { WIDE_PARTS = 12, WIDE_COLUMNS = WIDE_PARTS + 13 };

struct table {
    const struct sight *x;
    enum period_kind kind;
    const struct point **points; /* in sight, of that kind, in order of time and parts */
    size_t n, periods;
    const char *suffix; /* of table names: "" for the main kind */
};

static bool in_sight(const struct sight *x, const struct point *p)
{
    struct period period;
    if (!period_parse(p->period, &period) || period.first < x->from || period.last > x->until) return false;
    for (size_t i = 0; i < x->s->n_parts; i++)
        if (str_eq(x->s->parts[i].code, p->part)) return x->shown[i];
    return true;
}

static void gather(const struct sight *x, enum period_kind kind, struct table *out)
{
    *out = (struct table){
        .x = x, .kind = kind, .points = arena_array(x->w->a, x->s->n_points + 1, sizeof *out->points), .suffix = ""};
    for (size_t i = 0; i < x->s->n_points; i++) {
        const struct point *p = &x->s->points[i];
        if (point_kind(p) != kind || !in_sight(x, p)) continue;
        out->periods += out->n == 0 || !str_eq(out->points[out->n - 1]->period, p->period);
        out->points[out->n++] = p;
    }
}

/* ---- cells ---- */

static struct cell met(const struct indicator *s, const struct point *p, const struct target *t)
{
    enum met m = t == NULL ? MET_NOT_JUDGED : target_met(s, p, t->value);
    return m == MET_NOT_JUDGED ? C_NONE : C_ENUM(m == MET_YES ? S("met") : S("not met"));
}

static const struct target *target_in(const struct sight *x, const struct point *p)
{
    const struct target *t = target_at(x->s, p);
    return t != NULL && (x->target.n == 0 || str_eq(t->source, x->target)) ? t : NULL;
}

static struct cell state_cell(const struct step *step) { return step->broken ? C_ENUM(S("break")) : C_NONE; }

static struct cell version_cell(const struct sight *x, const struct point *p)
{
    size_t at = definition_at(x->s, p);
    return at == x->s->n_definitions || x->s->n_definitions < 2 ? C_NONE : C_INT((int64_t)at + 1);
}

static struct cell part_cell(const struct sight *x, const struct point *p)
{
    const struct series_part *part = series_part_in(x->s, p->part);
    return part == NULL ? C_NONE : enum_named_cell(part->code, part->ja, part->en);
}

/* Which columns a table needs: what no point of the series has is left out. */
struct has {
    bool n, d, shares, versions, targets, met, flags, notes, changes;
};

static struct has has_of(const struct indicator *s)
{
    struct has h = {.versions = s->n_definitions > 1, .targets = s->n_targets != 0};
    bool share = str_eq(s->kind, S("share"));
    h.met = h.targets && !str_eq(s->direction, S("neither"));
    for (size_t i = 0; i < s->n_points; i++) {
        const struct point *p = &s->points[i];
        struct rate rate;
        h.n = h.n || (p->has_n && share);
        h.d = h.d || p->has_d;
        h.shares = h.shares || (!share && series_share_of(s, p, &rate));
        h.flags = h.flags || p->flag.n != 0;
        h.notes = h.notes || p->note_ja.n + p->note_en.n != 0;
        h.changes = h.changes || i > 0; /* of several periods */
    }
    h.changes = h.changes && s->points[0].key != s->points[s->n_points - 1].key;
    return h;
}

enum { LONG_COLUMNS = 16 };
struct longs {
    struct column columns[LONG_COLUMNS];
    struct cell row[LONG_COLUMNS];
    size_t n;
};

static void slot(struct longs *l, bool here, struct column column, struct cell c)
{
    if (!here) return;
    l->columns[l->n] = column;
    l->row[l->n++] = c;
}

static void long_cells(const struct table *t, const struct has *h, const struct point *p, struct longs *l)
{
    const struct sight *x = t->x;
    struct step step = series_step_of(x->s, p);
    const struct target *target = target_in(x, p);
    const struct series_part *part = series_part_in(x->s, p->part);
    struct rate share;
    l->n = 0;
    slot(l, true, (struct column){"part", CELL_ENUM, M("Of which"), 0, "series show", "dimension"}, part_cell(x, p));
    slot(l, true, (struct column){"period", CELL_TEXT, M("Period"), t->periods == 1 ? COL_DETAIL : 0},
         period_cell(x->w->a, p->period));
    slot(l, true, (struct column){"value", CELL_DECIMAL, M("Value as published"), 0}, C_DECIMAL(p->value));
    slot(l, h->n, (struct column){"n", CELL_INT, M("How many"), 0}, p->has_n ? C_INT(p->n) : C_NONE);
    slot(l, h->d, (struct column){"of", CELL_INT, M("Of how many"), 0}, p->has_d ? C_INT(p->d) : C_NONE);
    slot(l, h->shares, (struct column){"share", CELL_RATE, M("Share"), 0},
         series_share_of(x->s, p, &share) ? C_RATE(share) : C_NONE);
    slot(l, h->changes, (struct column){"change", CELL_DECIMAL, M("Change since then"), COL_SIGN},
         step.has_change ? C_DECIMAL(step.change) : C_NONE);
    slot(l, h->versions, (struct column){"state", CELL_ENUM, M("Compared with the value before"), 0},
         state_cell(&step));
    slot(l, h->versions, (struct column){"definition", CELL_INT, M("Definition"), COL_DETAIL}, version_cell(x, p));
    slot(l, h->targets, (struct column){"target", CELL_DECIMAL, M("Target"), 0},
         target == NULL ? C_NONE : C_DECIMAL(target->value));
    slot(l, h->met, (struct column){"met", CELL_ENUM, M("Target met"), 0}, met(x->s, p, target));
    slot(l, h->flags, (struct column){"flag", CELL_ENUM, M("Kind of figure"), COL_DETAIL},
         p->flag.n == 0 ? C_NONE : C_ENUM(p->flag));
    slot(l, h->notes, (struct column){"note", CELL_TEXT, M("Note"), COL_DETAIL}, both_cell(p->note_ja, p->note_en));
    slot(l, true, (struct column){"code", CELL_TEXT, M("Code"), COL_DATA}, C_TEXT(p->period));
    slot(l, true, (struct column){"role", CELL_ENUM, M("Role"), COL_DATA}, series_role_cell(part));
    slot(l, true, (struct column){"series", CELL_TEXT, M("Series"), COL_DATA, NULL, "series"}, C_TEXT(x->s->code));
}

/* ---- a row a part ---- */

static void long_table(const struct table *t, const char *name, size_t from, size_t until)
{
    const struct sight *x = t->x;
    struct has h = has_of(x->s);
    struct longs *l = arena_alloc(x->w->a, sizeof *l);
    for (size_t i = from; i < until; i++) {
        long_cells(t, &h, t->points[i], l);
        if (i == from) doc_table(x->out, str_c(x->w->a, str_fmt(x->w->a, "%s%s", name, t->suffix)), l->columns, l->n);
        doc_row(x->out, l->row);
    }
    doc_table_end(x->out);
}

static void tell_long(const struct table *t)
{
    const struct sight *x = t->x;
    size_t last = t->n;
    while (last > 0 && str_eq(t->points[last - 1]->period, t->points[t->n - 1]->period)) last--;
    str period = period_words(x->w->a, x->out->lang, t->points[t->n - 1]->period);
    doc_heading(x->out, M("%1, part by part"), period);
    if (x->as != DRAWN_TABLE && t->n - last > 1)
        doc_show(x->out,
                 &(struct show){
                     .kind = SHOW_BARS, .label = "part", .values = {"value"}, .state = "role", .goal_of = "target"});
    long_table(t, "values", last, t->n);
    if (last == 0) return;
    doc_heading(x->out, M("Earlier periods"));
    long_table(t, "earlier", 0, last);
}

/* ---- a row a period ---- */

struct wide {
    const struct table *t;
    const struct series_part *part[WIDE_PARTS]; /* NULL: the series has no dimension */
    size_t n_parts, lead;                       /* lead == n_parts: none of them says the whole */
    struct column columns[WIDE_COLUMNS];
    struct cell row[WIDE_COLUMNS];
    size_t n_columns;
    struct has has;
};

static void add_column(struct wide *v, const char *key, enum cell_type type, str label, unsigned flags)
{
    v->columns[v->n_columns++] = (struct column){.key = key, .type = type, .label = label, .flags = flags};
}

static void wide_columns(struct wide *v)
{
    const struct sight *x = v->t->x;
    struct arena *a = x->w->a;
    add_column(v, "period", CELL_TEXT, M("Period"), 0);
    add_column(v, "code", CELL_TEXT, M("Code"), COL_DATA);
    for (size_t i = 0; i < v->n_parts; i++) {
        const struct series_part *p = v->part[i];
        add_column(v, p == NULL ? "value" : str_c(a, str_fmt(a, "value_%.*s", STR_ARG(p->code))), CELL_DECIMAL,
                   p == NULL ? M("Value as published") : lang_pick(x->out->lang, p->ja, p->en), 0);
    }
    if (v->has.n) add_column(v, "n", CELL_INT, M("How many"), 0);
    if (v->has.d) add_column(v, "of", CELL_INT, M("Of how many"), 0);
    if (v->has.shares) add_column(v, "share", CELL_RATE, M("Share"), 0);
    if (v->lead < v->n_parts && v->has.changes) add_column(v, "change", CELL_DECIMAL, M("Change since then"), COL_SIGN);
    if (v->has.versions) add_column(v, "state", CELL_ENUM, M("Compared with the value before"), 0);
    if (v->has.versions) add_column(v, "definition", CELL_INT, M("Definition"), COL_DETAIL);
    if (v->has.targets) add_column(v, "target", CELL_DECIMAL, M("Target"), 0);
    if (v->has.met) add_column(v, "met", CELL_ENUM, M("Target met"), 0);
    if (v->has.flags) add_column(v, "flag", CELL_ENUM, M("Kind of figure"), COL_DETAIL);
}

static void wide_parts(struct wide *v)
{
    const struct sight *x = v->t->x;
    for (size_t i = 0; i < x->s->n_parts && v->n_parts < WIDE_PARTS; i++)
        if (x->shown[i]) v->part[v->n_parts++] = &x->s->parts[i];
    if (x->s->n_parts == 0) v->n_parts = 1;
    v->lead = v->n_parts == 1 ? 0 : v->n_parts;
    for (size_t i = 0; v->n_parts > 1 && i < v->n_parts; i++)
        if (str_eq(v->part[i]->role, S("total"))) v->lead = i;
}

/* The value of each part; the point that stands for the whole, NULL where none does. */
static const struct point *wide_values(struct wide *v, const struct point *const *p, size_t n)
{
    const struct point *lead = NULL;
    for (size_t i = 0; i < v->n_parts; i++) {
        v->row[2 + i] = C_NONE;
        for (size_t j = 0; j < n; j++) {
            if (v->part[i] != NULL && !str_eq(v->part[i]->code, p[j]->part)) continue;
            v->row[2 + i] = C_DECIMAL(p[j]->value);
            if (i == v->lead) lead = p[j];
        }
    }
    return lead;
}

static void put(struct wide *v, const char *key, struct cell c)
{
    for (size_t i = 2 + v->n_parts; i < v->n_columns; i++)
        if (str_eq(str_of(v->columns[i].key), str_of(key))) v->row[i] = c;
}

static void wide_row(struct wide *v, const struct point *const *p, size_t n)
{
    const struct sight *x = v->t->x;
    const struct point *lead = wide_values(v, p, n), *any = lead == NULL ? p[0] : lead;
    struct step step = series_step_of(x->s, any);
    struct rate share;
    v->row[0] = period_cell(x->w->a, p[0]->period);
    v->row[1] = C_TEXT(p[0]->period);
    for (size_t i = 2 + v->n_parts; i < v->n_columns; i++) v->row[i] = C_NONE;
    put(v, "state", state_cell(&step));
    put(v, "definition", version_cell(x, any));
    put(v, "flag", any->flag.n == 0 ? C_NONE : C_ENUM(any->flag));
    if (lead != NULL) {
        const struct target *target = target_in(x, lead);
        if (lead->has_n) put(v, "n", C_INT(lead->n));
        if (lead->has_d) put(v, "of", C_INT(lead->d));
        if (series_share_of(x->s, lead, &share)) put(v, "share", C_RATE(share));
        if (step.has_change) put(v, "change", C_DECIMAL(step.change));
        if (target != NULL) put(v, "target", C_DECIMAL(target->value));
        put(v, "met", met(x->s, lead, target));
    }
    doc_row(x->out, v->row);
}

static void wide_show(const struct wide *v)
{
    const struct sight *x = v->t->x;
    bool bars = x->as == DRAWN_BARS, line = v->t->periods > 1 && !bars;
    if (x->as == DRAWN_TABLE || (!line && !bars)) return;
    struct show show = {.kind = bars ? SHOW_BARS : SHOW_LINE, .label = "period", .goal_of = "target", .state = "state"};
    size_t n = 0, room = bars ? SHOW_SIDE_BY_SIDE : SHOW_VALUES;
    if (v->lead < v->n_parts) show.values[n++] = v->columns[2 + v->lead].key; /* the whole stands first */
    for (size_t i = 0; i < v->n_parts && n < room; i++)
        if (i != v->lead) show.values[n++] = v->columns[2 + i].key;
    doc_show(x->out, &show);
    if (v->n_parts > room && *v->t->suffix == '\0')
        doc_note(x->out, M("Drawn are the first %1 of %2 parts; choose others by 'dimension'."),
                 str_int(x->w->a, (int64_t)room), str_int(x->w->a, (int64_t)v->n_parts));
}

static void tell_wide(const struct table *t)
{
    const struct sight *x = t->x;
    struct wide *v = arena_alloc(x->w->a, sizeof *v);
    *v = (struct wide){.t = t};
    v->has = has_of(x->s);
    wide_parts(v);
    wide_columns(v);
    static const str titles[PERIOD_KINDS] = {N("Year by year"),       N("Fiscal year by fiscal year"),
                                             N("Quarter by quarter"), N("Quarter by quarter"),
                                             N("Month by month"),     N("Day by day")};
    doc_heading(x->out, titles[t->kind]);
    wide_show(v);
    doc_table(x->out, str_c(x->w->a, str_fmt(x->w->a, "values%s", t->suffix)), v->columns, v->n_columns);
    for (size_t i = 0, from = 0; i < t->n; i++) {
        if (i + 1 < t->n && str_eq(t->points[i]->period, t->points[i + 1]->period)) continue;
        wide_row(v, &t->points[from], i + 1 - from);
        from = i + 1;
    }
    doc_table_end(x->out);
}

/* Answers whether notes found no place in it. */
static bool tell_table(const struct table *t)
{
    bool wide = t->x->n_shown <= WIDE_PARTS && (t->periods > 1 || t->x->n_shown <= 1);
    if (!wide)
        tell_long(t);
    else
        tell_wide(t);
    return wide;
}

/* What the most periods are of comes first; the others follow, of the longest down. */
void sight_tables(struct sight *x)
{
    struct table t[PERIOD_KINDS];
    size_t main = 0;
    for (size_t k = 0; k < PERIOD_KINDS; k++) {
        gather(x, (enum period_kind)k, &t[k]);
        if (t[k].periods > t[main].periods) main = k;
    }
    if (t[main].n == 0) {
        doc_text(x->out,
                 x->s->n_points == 0 ? M("No value is recorded yet.") : M("No value lies within these conditions."));
        return;
    }
    x->notes = tell_table(&t[main]);
    for (size_t k = 0; k < PERIOD_KINDS; k++) {
        if (k == main || t[k].n == 0) continue;
        t[k].suffix = str_c(x->w->a, str_fmt(x->w->a, "_%s", period_kind_words[k]));
        x->notes = tell_table(&t[k]) || x->notes;
    }
}
