/* series export: the layout that `series import` reads, so that what comes back changes nothing. */
#include "series/acts.h"
#include "series/counted.h"

struct writing {
    struct bytes_out *out;
    struct buf b;
    const struct indicator *s;
};

static void put(struct writing *x, enum line_what what, str cell[LINE_COLUMNS])
{
    cell[IN_WHAT] = str_of(series_line_what_words[what]);
    cell[IN_SERIES] = x->s->code;
    series_line_put(&x->b, cell);
}

static void put_head(struct writing *x)
{
    const struct indicator *s = x->s;
    put(x, LINE_SERIES,
        (str[LINE_COLUMNS]){[IN_JA] = s->ja,
                            [IN_EN] = s->en,
                            [IN_UNIT_JA] = s->unit_ja,
                            [IN_UNIT_EN] = s->unit_en,
                            [IN_DIRECTION] = s->direction,
                            [IN_KIND] = s->kind,
                            [IN_ORG] = s->org_code,
                            [IN_PUBLIC] = s->open ? S("yes") : S("no"),
                            [IN_AREA] = s->area,
                            [IN_OWNER_JA] = s->owner_ja,
                            [IN_OWNER_EN] = s->owner_en});
    for (size_t i = 0; i < s->n_parts; i++) {
        const struct series_part *p = &s->parts[i];
        put(x, LINE_PART,
            (str[LINE_COLUMNS]){[IN_PART] = p->code, [IN_JA] = p->ja, [IN_EN] = p->en, [IN_ROLE] = p->role});
    }
    for (size_t i = 0; i < s->n_definitions; i++) {
        const struct definition *d = &s->definitions[i];
        put(x, LINE_DEFINITION,
            (str[LINE_COLUMNS]){[IN_PERIOD] = d->since,
                                [IN_JA] = d->counted_ja,
                                [IN_EN] = d->counted_en,
                                [IN_SOURCE_JA] = d->source_ja,
                                [IN_SOURCE_EN] = d->source_en});
    }
}

static str count_text(struct arena *a, bool has, int64_t n) { return has ? str_int(a, n) : (str){0}; }

static enum err put_series(struct work *w, struct writing *x)
{
    const struct indicator *s = x->s;
    struct arena_mark mark = arena_mark(w->a);
    x->b = buf_in(w->a);
    put_head(x);
    for (size_t i = 0; i < s->n_points; i++) {
        const struct point *p = &s->points[i];
        put(x, LINE_VALUE,
            (str[LINE_COLUMNS]){[IN_PERIOD] = p->period,
                                [IN_PART] = p->part,
                                [IN_VALUE] = p->text,
                                [IN_N] = count_text(w->a, p->has_n, p->n),
                                [IN_D] = count_text(w->a, p->has_d, p->d),
                                [IN_FLAG] = p->flag,
                                [IN_JA] = p->note_ja,
                                [IN_EN] = p->note_en});
    }
    for (size_t i = 0; i < s->n_targets; i++) {
        const struct target *t = &s->targets[i];
        put(x, LINE_TARGET,
            (str[LINE_COLUMNS]){[IN_PERIOD] = t->period,
                                [IN_PART] = t->part,
                                [IN_VALUE] = t->text,
                                [IN_REF] = t->source,
                                [IN_JA] = t->note_ja,
                                [IN_EN] = t->note_en});
    }
    enum err e = x->out->put(x->out, buf_str(&x->b));
    arena_back(w->a, mark);
    return e;
}

static bool asked_for(const struct args *in, str code)
{
    const struct arg *given[SERIES_PARTS_MAX];
    size_t n = arg_all(in, "series", given, SERIES_PARTS_MAX);
    for (size_t i = 0; i < n; i++)
        if (str_eq(given[i]->text, code)) return true;
    return n == 0;
}

/* Those of the rounds are read from their figures: `inspect rates` and `inspect grades` hand those on. */
static enum err check_asked(struct work *w, const struct args *in)
{
    const struct arg *given[SERIES_PARTS_MAX];
    size_t n = arg_all(in, "series", given, SERIES_PARTS_MAX);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct indicator s;
        e = series_load(w, given[i]->text, &s);
        if (e == OK && s.counted)
            e = fault_in(w, INVALID, ((struct where){.field = S("series")}),
                         M("'%1' comes from the rounds of the inspection: it changes with their figures alone"),
                         s.code);
    }
    return e;
}

enum err series_file_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct indicator *all;
    struct buf head = buf_in(w->a);
    size_t n;
    enum err e = check_asked(w, in);
    if (e == OK) e = indicators_all(w, S(""), &all, &n);
    series_lines_head(&head);
    if (e == OK) e = out->put(out, buf_str(&head));
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!asked_for(in, all[i].code)) continue;
        if ((e = indicator_fill(w, &all[i])) == OK) e = put_series(w, &(struct writing){.out = out, .s = &all[i]});
    }
    return e;
}
