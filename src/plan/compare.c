#include "plan/compare.h"

#include <stdlib.h>

#include "access/fold.h"
#include "surface/reference.h"

const char *const compare_changes[] = {"kept", "changed", "new", "gone", NULL};

struct matching {
    struct arena *a;
    bool same;
    const struct plan_item *was, *is;
    size_t n_was, n_is;
    ptrdiff_t *of;          /* of each in is: its place in was; -1: none */
    bool *used;             /* of was */
};

static bool compares(const struct matching *m, const struct plan_item *x)
{
    return m->same || (x->kind != ITEM_HEADING && x->kind != ITEM_RELISTED);
}

/* ---- by key ---- */

struct keyed {
    str key;
    size_t place, taken; /* taken: how many of this key are matched, at the first of them */
};

static int by_text(const void *p, const void *q)
{
    const struct keyed *a = p, *b = q;
    int c = str_cmp(a->key, b->key);
    return c != 0 ? c : (a->place > b->place) - (a->place < b->place);
}

/* The first place at or behind which the key could stand. */
static size_t keyed_first(const struct keyed *k, size_t n, str key)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(k[mid].key, key) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static void match(struct matching *m, size_t is, size_t was)
{
    m->of[is] = (ptrdiff_t)was;
    m->used[was] = true;
}

static bool key_tells(const struct matching *m, const struct plan_item *x)
{
    return m->same || x->kind == ITEM_AREA || x->kind == ITEM_GOAL || x->kind == ITEM_PICTURE;
}

static struct keyed *keys_of(const struct matching *m)
{
    struct keyed *k = arena_array(m->a, m->n_was + 1, sizeof *k);
    for (size_t i = 0; i < m->n_was; i++) k[i] = (struct keyed){m->was[i].key, i, 0};
    qsort(k, m->n_was, sizeof *k, by_text);
    return k;
}

static void match_keys(struct matching *m, const struct keyed *k)
{
    for (size_t i = 0; i < m->n_is; i++) {
        size_t at = keyed_first(k, m->n_was, m->is[i].key);
        if (!key_tells(m, &m->is[i]) || at == m->n_was || !str_eq(k[at].key, m->is[i].key)) continue;
        if (m->same || m->was[k[at].place].kind == m->is[i].kind) match(m, i, k[at].place);
    }
}

/* ---- by where it comes from ---- */

static void match_links(struct matching *m, const struct keyed *k, str was_code)
{
    str begin = reference_text(m->a, REFER_MEASURE, was_code, S(""));
    for (size_t i = 0; i < m->n_is; i++)
        for (size_t l = 0; l < m->is[i].n_links; l++) {
            const struct plan_link *from = &m->is[i].link[l];
            if (!str_eq(from->relation, S("from")) || !str_starts(from->target, begin)) continue;
            str key = str_sub(from->target, begin.n, from->target.n);
            size_t at = keyed_first(k, m->n_was, key);
            if (at == m->n_was || !str_eq(k[at].key, key) || !compares(m, &m->was[k[at].place])) continue;
            if (m->of[i] < 0) match(m, i, k[at].place);
            m->used[k[at].place] = true; /* one that comes from several: none of them is gone */
        }
}

/* ---- by title ---- */

static str title_key(const struct matching *m, const struct plan_item *x)
{
    str t = fold_words(m->a, x->title_ja.n != 0 ? x->title_ja : x->title_en);
    return t.n == 0 ? t : str_fmt(m->a, "%d %.*s", (int)x->kind, STR_ARG(t));
}

static void match_titles(struct matching *m)
{
    struct keyed *k = arena_array(m->a, m->n_was + 1, sizeof *k);
    size_t n = 0;
    for (size_t i = 0; i < m->n_was; i++) {
        str t = m->used[i] || !compares(m, &m->was[i]) ? (str){"", 0} : title_key(m, &m->was[i]);
        if (t.n != 0) k[n++] = (struct keyed){t, i, 0};
    }
    qsort(k, n, sizeof *k, by_text);
    for (size_t i = 0; i < m->n_is; i++) {
        if (m->of[i] >= 0 || !compares(m, &m->is[i])) continue;
        str t = title_key(m, &m->is[i]);
        size_t first = keyed_first(k, n, t), at = first < n ? first + k[first].taken : n;
        if (t.n == 0 || at >= n || !str_eq(k[at].key, t)) continue;
        k[first].taken++;
        match(m, i, k[at].place);
    }
}

/* ---- what differs ---- */

static bool texts_equal(struct arena *a, bool same, str x, str y)
{
    return str_eq(x, y) || (!same && str_eq(fold_words(a, x), fold_words(a, y)));
}

static bool owners_equal(const struct plan_item *x, const struct plan_item *y)
{
    if (x->n_owners != y->n_owners) return false;
    for (size_t i = 0; i < x->n_owners; i++)
        if (!str_eq(x->owner[i].owner, y->owner[i].owner) || x->owner[i].lead != y->owner[i].lead) return false;
    return true;
}

static bool milestone_equal(const struct plan_milestone *x, const struct plan_milestone *y)
{
    return x->until == y->until && x->has_since == y->has_since && (!x->has_since || x->since == y->since) &&
           str_eq(x->title_ja, y->title_ja) && str_eq(x->title_en, y->title_en);
}

static bool milestones_equal(const struct plan_item *x, const struct plan_item *y)
{
    if (x->n_milestones != y->n_milestones) return false;
    for (size_t i = 0; i < x->n_milestones; i++)
        if (!milestone_equal(&x->milestone[i], &y->milestone[i])) return false;
    return true;
}

static unsigned differs(struct arena *a, bool same, const struct plan_item *x, const struct plan_item *y)
{
    unsigned of = 0;
    if (!texts_equal(a, same, x->title_ja, y->title_ja) || !texts_equal(a, same, x->title_en, y->title_en)) of |= OF_TITLE;
    if (!texts_equal(a, same, x->text_ja, y->text_ja) || !texts_equal(a, same, x->text_en, y->text_en)) of |= OF_TEXT;
    if (!owners_equal(x, y)) of |= OF_OWNERS;
    if (!milestones_equal(x, y)) of |= OF_MILESTONES;
    if (same && !str_eq(x->area, y->area)) of |= OF_AREA;
    if (same && !str_eq(x->code, y->code)) of |= OF_CODE;
    return of;
}

static size_t gather(const struct matching *m, struct compared *out)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n_is; i++) {
        const struct plan_item *was = m->of[i] < 0 ? NULL : &m->was[m->of[i]];
        if (!compares(m, &m->is[i])) continue;
        unsigned of = was == NULL ? 0 : differs(m->a, m->same, was, &m->is[i]);
        out[n++] = (struct compared){was == NULL ? CHANGE_NEW : of != 0 ? CHANGE_CHANGED : CHANGE_KEPT, of, was, &m->is[i]};
    }
    for (size_t i = 0; i < m->n_was; i++)
        if (!m->used[i] && compares(m, &m->was[i])) out[n++] = (struct compared){CHANGE_GONE, 0, &m->was[i], NULL};
    return n;
}

struct compared *plan_compared(struct arena *a, bool same_plan, str was_code, const struct plan_item *was, size_t n_was,
                               const struct plan_item *is, size_t n_is, size_t *n)
{
    struct matching m = {.a = a, .same = same_plan, .was = was, .is = is, .n_was = n_was, .n_is = n_is};
    struct compared *out = arena_array(a, n_was + n_is + 1, sizeof *out);
    m.of = arena_array(a, n_is + 1, sizeof *m.of);
    m.used = arena_array(a, n_was + 1, sizeof *m.used);
    for (size_t i = 0; i < n_is; i++) m.of[i] = -1;
    const struct keyed *k = keys_of(&m);
    match_keys(&m, k);
    if (!same_plan) {
        match_links(&m, k, was_code);
        match_titles(&m);
    }
    *n = gather(&m, out);
    return out;
}
