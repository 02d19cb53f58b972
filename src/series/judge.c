#include "series/judge.h"

#include "tally/rates.h"

enum period_kind point_kind(const struct point *p)
{
    struct period period = {0};
    (void)period_parse(p->period, &period);
    return period.kind;
}

const struct series_part *series_part_in(const struct indicator *s, str code)
{
    for (size_t i = 0; i < s->n_parts; i++)
        if (str_eq(s->parts[i].code, code)) return &s->parts[i];
    return NULL;
}

static bool has_role(const struct indicator *s, str code, const char *role)
{
    const struct series_part *p = series_part_in(s, code);
    return p != NULL && str_eq(p->role, str_of(role));
}

const struct series_part *series_part_leading(const struct indicator *s)
{
    for (size_t i = 0; i < s->n_parts; i++)
        if (str_eq(s->parts[i].role, S("total"))) return &s->parts[i];
    return s->n_parts == 0 ? NULL : &s->parts[0];
}

size_t definition_at(const struct indicator *s, const struct point *p)
{
    struct period period = {0};
    size_t at = s->n_definitions;
    (void)period_parse(p->period, &period);
    for (size_t i = 0; i < s->n_definitions; i++)
        if (s->definitions[i].first <= period.first) at = i;
    return at;
}

struct step series_step_of(const struct indicator *s, const struct point *p)
{
    struct step out = {0};
    for (const struct point *q = p; out.before == NULL && q-- > s->points;)
        if (q->key < p->key && str_eq(q->part, p->part) && point_kind(q) == point_kind(p)) out.before = q;
    if (out.before == NULL) return out;
    out.broken = definition_at(s, out.before) != definition_at(s, p);
    out.has_change = !out.broken && decimal_less(p->value, out.before->value, &out.change);
    return out;
}

bool series_share_of(const struct indicator *s, const struct point *p, struct rate *out)
{
    bool count = !str_eq(s->kind, S("share")) && p->value.scale == 0 && p->value.i >= 0 && p->value.i <= p->d;
    if (!p->has_d || (!p->has_n && !count)) return false;
    *out = rate_of_counts(p->has_n ? p->n : p->value.i, p->d, NULL);
    return true;
}

/* ---- sums ---- */

struct summing {
    struct arena *a;
    const struct indicator *s;
    struct unequal *all;
    size_t n, room, checked;
};

static void compare(struct summing *x, const struct point *total, struct decimal is, struct decimal sum, bool over_time,
                    bool d)
{
    struct decimal difference;
    x->checked++;
    if (!decimal_less(is, sum, &difference) || difference.i == 0) return;
    x->all = arena_more(x->a, x->all, x->n, &x->room, sizeof *x->all);
    x->all[x->n++] = (struct unequal){total, sum, difference, over_time, d};
}

/* Points stand in order of time, so those of a while are neighbours: the first of them with that key or a later one. */
static const struct point *window(const struct indicator *s, const struct point *at, int64_t key)
{
    while (at > s->points && at[-1].key >= key) at--;
    return at;
}
static const struct point *end_of(const struct indicator *s) { return s->points + s->n_points; }

/* All parts have to be there: of a part that was not published nothing can be said. */
static void over_parts(struct summing *x, const struct point *total)
{
    const struct indicator *s = x->s;
    struct decimal sum = {0}, of = {0};
    size_t parts = 0, found = 0, with_d = 0;
    for (size_t i = 0; i < s->n_parts; i++) parts += str_eq(s->parts[i].role, S("part"));
    for (const struct point *p = window(s, total, total->key); p < end_of(s) && p->key == total->key; p++) {
        if (!str_eq(p->period, total->period) || !has_role(s, p->part, "part")) continue;
        if (!decimal_add(sum, p->value, &sum) || !decimal_add(of, (struct decimal){p->d, 0}, &of)) return;
        found++;
        with_d += p->has_d;
    }
    if (parts == 0 || found != parts) return;
    compare(x, total, total->value, sum, false, false);
    if (total->has_d && with_d == parts) compare(x, total, (struct decimal){total->d, 0}, of, false, true);
}

static int64_t days_of(const struct period *p) { return p->last - p->first + 1; }

/* Shorter periods of one length that fill the longer one without a gap: quarters, or months. */
static void over_time(struct summing *x, const struct point *whole, bool months)
{
    const struct indicator *s = x->s;
    struct period of = {0}, p;
    struct decimal sum = {0};
    int64_t left;
    (void)period_parse(whole->period, &of);
    left = days_of(&of);
    for (const struct point *q = window(s, whole, of.first * 1000); q < whole; q++) {
        if (!str_eq(q->part, whole->part) || !period_parse(q->period, &p) || p.first < of.first || p.last > of.last)
            continue;
        bool quarter = p.kind == PERIOD_QUARTER || p.kind == PERIOD_FISCAL_QUARTER;
        if (days_of(&p) == days_of(&of) || (months ? p.kind != PERIOD_MONTH : !quarter)) continue;
        if (!decimal_add(sum, q->value, &sum)) return;
        left -= days_of(&p);
    }
    if (left == 0) compare(x, whole, whole->value, sum, true, false);
}

size_t sums_check(struct arena *a, const struct indicator *s, struct unequal **out, size_t *n)
{
    struct summing x = {.a = a, .s = s};
    for (size_t i = 0; !str_eq(s->kind, S("share")) && i < s->n_points; i++) {
        const struct point *p = &s->points[i];
        if (has_role(s, p->part, "total")) over_parts(&x, p);
        enum period_kind kind = point_kind(p);
        if (!str_eq(s->kind, S("flow")) || kind == PERIOD_MONTH || kind == PERIOD_DAY) continue;
        if (kind == PERIOD_YEAR || kind == PERIOD_FISCAL) over_time(&x, p, false);
        over_time(&x, p, true);
    }
    *out = x.all;
    *n = x.n;
    return x.checked;
}

/* ---- targets ---- */

const struct target *target_at(const struct indicator *s, const struct point *p)
{
    for (size_t i = 0; i < s->n_targets; i++)
        if (s->targets[i].key == p->key && str_eq(s->targets[i].period, p->period) &&
            str_eq(s->targets[i].part, p->part))
            return &s->targets[i];
    return NULL;
}

/* n of d against a percentage, as a fraction; false when it does not fit. */
static bool order_of_share(const struct point *p, struct decimal target, int *out)
{
    int64_t is = p->n, wanted;
    if (!p->has_n || !p->has_d || __builtin_mul_overflow(is, 100, &is) ||
        __builtin_mul_overflow(target.i, p->d, &wanted))
        return false;
    for (int k = 0; k < target.scale; k++)
        if (__builtin_mul_overflow(is, 10, &is)) return false;
    *out = (is > wanted) - (is < wanted);
    return true;
}

enum met target_met(const struct indicator *s, const struct point *p, struct decimal target)
{
    int order;
    if (str_eq(s->direction, S("neither"))) return MET_NOT_JUDGED;
    if (!str_eq(s->kind, S("share")) || !order_of_share(p, target, &order)) order = decimal_cmp(p->value, target);
    bool met = str_eq(s->direction, S("higher")) ? order >= 0 : order <= 0;
    return met ? MET_YES : MET_NO;
}
