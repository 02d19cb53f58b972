#include "face/curves.h"

#include <math.h>
#include <string.h>

static ptrdiff_t column_at(const struct column *columns, size_t n, const char *key)
{
    for (size_t i = 0; key != NULL && i < n; i++)
        if (strcmp(columns[i].key, key) == 0) return (ptrdiff_t)i;
    return -1;
}

bool curves_begin(struct curves *c, struct arena *a, const struct show *show, const struct column *columns, size_t n)
{
    *c = (struct curves){
        .a = a, .show = show,
        .label = column_at(columns, n, show->label), .at = column_at(columns, n, show->detail),
        .level = column_at(columns, n, show->values[0]), .before = column_at(columns, n, show->values[1]),
        .low = column_at(columns, n, show->from), .high = column_at(columns, n, show->until),
        .goal = column_at(columns, n, show->goal_of),
    };
    return c->label >= 0 && c->at >= 0 && c->level >= 0 && columns[c->at].type == CELL_MINUTES && columns[c->level].type == CELL_RATE;
}

static bool same_label(const struct cell *a, const struct cell *b)
{
    return a->type == b->type && str_eq(a->text, b->text) && str_eq(a->ja, b->ja) && str_eq(a->en, b->en);
}

static struct curve *curve_of(struct curves *c, const struct cell *label)
{
    if (c->n != 0 && same_label(&c->curve[c->n - 1].label, label)) return &c->curve[c->n - 1];
    if (c->n == c->room) {
        size_t more = c->room == 0 ? 16 : c->room * 2;
        c->curve = arena_grow(c->a, c->curve, c->room * sizeof *c->curve, more * sizeof *c->curve);
        c->room = more;
    }
    struct curve *new = &c->curve[c->n++];
    *new = (struct curve){.label = *label, .below_at = CURVE_NEVER, .back_at = CURVE_NEVER};
    new->label.text = str_dup(c->a, label->text);
    new->label.ja = str_dup(c->a, label->ja);
    new->label.en = str_dup(c->a, label->en);
    return new;
}

static double told(const struct cell *row, ptrdiff_t column, double so_far)
{
    return column < 0 || row[column].type != CELL_RATE || !row[column].rate.defined ? so_far : row[column].rate.value;
}

static struct curve_step *next_step(struct curves *c, struct curve *k, int64_t at)
{
    if (k->n != 0 && k->step[k->n - 1].at == at) return &k->step[k->n - 1];
    if (k->n == k->room) {
        size_t more = k->room == 0 ? 32 : k->room * 2;
        k->step = arena_grow(c->a, k->step, k->room * sizeof *k->step, more * sizeof *k->step);
        k->room = more;
    }
    struct curve_step none = {.at = at, .level = NAN, .before = NAN, .low = NAN, .high = NAN};
    k->step[k->n] = k->n == 0 ? none : k->step[k->n - 1];
    k->step[k->n].at = at;
    return &k->step[k->n++];
}

bool curves_row(struct curves *c, const struct cell *row)
{
    size_t had = c->n;
    if (row[c->at].type != CELL_MINUTES || row[c->at].i < 0 || row[c->label].type == CELL_NONE) return false;
    struct curve *k = curve_of(c, &row[c->label]);
    int64_t at = row[c->at].i;
    if (k->n != 0 && at < k->step[k->n - 1].at) return false;
    if (k->n == 0 && c->goal >= 0 && row[c->goal].type == CELL_RATE) k->goal = row[c->goal].rate;
    if (k->n == 0 && !k->goal.defined && c->show->goal != 0) k->goal = rate_of_tenths(c->show->goal);
    struct curve_step *s = next_step(c, k, at);
    s->level = told(row, c->level, s->level);
    if (row[c->level].type == CELL_RATE && row[c->level].rate.defined) s->tenths = row[c->level].rate.tenths;
    s->before = told(row, c->before, s->before);
    s->low = told(row, c->low, s->low);
    s->high = told(row, c->high, s->high);
    if (at > c->end) c->end = at;
    c->any_before = c->any_before || !isnan(s->before);
    c->any_band = c->any_band || (!isnan(s->low) && !isnan(s->high));
    c->any_goal = c->any_goal || k->goal.defined;
    return c->n != had;
}

/* Exact fractions that are equal have the same nearest double: they are compared as such. */
static void sum_up(struct curve *k, const struct curve_step *s)
{
    if (isnan(s->level)) return;
    if (!k->least.defined || s->level < k->least.value) {
        k->least = (struct rate){.defined = true, .value = s->level, .tenths = s->tenths};
        k->least_at = s->at;
    }
    if (!k->goal.defined) return;
    bool below = s->level < k->goal.value;
    if (below && k->below_at == CURVE_NEVER) k->below_at = s->at;
    if (below) k->back_at = CURVE_NEVER;
    else if (k->below_at != CURVE_NEVER && k->back_at == CURVE_NEVER) k->back_at = s->at;
}

void curves_sum(struct curves *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t s = 0; s < c->curve[i].n; s++) sum_up(&c->curve[i], &c->curve[i].step[s]);
}

/* ---- fewer steps ---- */

static bool same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool unchanged(const struct curve_step *a, const struct curve_step *b)
{
    return same(a->level, b->level) && same(a->before, b->before) && same(a->low, b->low) && same(a->high, b->high);
}

static size_t changes(const struct curve *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) n += i == 0 || !unchanged(&k->step[i - 1], &k->step[i]);
    return n;
}

static size_t part_of(int64_t at, int64_t end, size_t parts)
{
    size_t part = end <= 0 ? 0 : (size_t)((double)at / (double)end * (double)parts);
    return part < parts ? part : parts - 1;
}

/* The lowest and the last of step[from … until), with the band of them all. */
static size_t thin_part(const struct curve *k, size_t from, size_t until, struct curve_step *out)
{
    size_t lowest = from, last = until - 1, n = 0;
    double low = NAN, high = NAN;
    for (size_t i = from; i < until; i++) {
        if (k->step[i].level < k->step[lowest].level) lowest = i;
        low = fmin(low, k->step[i].low);
        high = fmax(high, k->step[i].high);
    }
    out[n++] = k->step[lowest];
    if (last != lowest) out[n++] = k->step[last];
    for (size_t i = 0; i < n; i++) {
        out[i].low = low;
        out[i].high = high;
    }
    return n;
}

size_t curve_thin(const struct curve *k, int64_t end, size_t most, struct curve_step *out)
{
    size_t n = 0;
    if (changes(k) <= most) {
        for (size_t i = 0; i < k->n; i++)
            if (i == 0 || !unchanged(&k->step[i - 1], &k->step[i])) out[n++] = k->step[i];
        return n;
    }
    for (size_t i = 0, next; i < k->n; i = next) {
        size_t part = part_of(k->step[i].at, end, most / 2);
        for (next = i + 1; next < k->n && part_of(k->step[next].at, end, most / 2) == part; next++) {}
        n += thin_part(k, i, next, out + n);
    }
    return n;
}

void curve_lows(const struct curve *k, int64_t end, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) out[i] = NAN;
    for (size_t i = 0; i < k->n; i++) {
        int64_t until = i + 1 < k->n ? k->step[i + 1].at - 1 : end;
        for (size_t part = part_of(k->step[i].at, end, n); part <= part_of(until, end, n); part++) out[part] = fmin(out[part], k->step[i].level);
    }
}
