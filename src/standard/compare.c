/* Two editions side by side. Pure. */
#include "standard/items.h"

bool clause_same(const struct item *from, const struct item *to)
{
    return str_eq(from->f[CLAUSE_LEVEL], to->f[CLAUSE_LEVEL]) && str_eq(from->f[CLAUSE_DUTY], to->f[CLAUSE_DUTY]) &&
           str_eq(from->f[CLAUSE_NO_OCCASION], to->f[CLAUSE_NO_OCCASION]);
}

str clause_changes(struct arena *a, enum lang lang, const struct item *from, const struct item *to)
{
    static const struct {
        size_t field;
        str label;
    } parts[] = {{CLAUSE_LEVEL, N("level")}, {CLAUSE_DUTY, N("duty")}, {CLAUSE_NO_OCCASION, N("no occasion")}};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        str old = from->f[parts[i].field], new = to->f[parts[i].field], label = tr(lang, parts[i].label);
        if (str_eq(old, new)) continue;
        if (parts[i].field == CLAUSE_LEVEL) {
            old = tr(lang, old);
            new = tr(lang, new);
        }
        buf_fmt(&b, "%s%.*s: %.*s → %.*s", b.n == 0 ? "" : "; ", STR_ARG(label), STR_ARG(old.n == 0 ? S("-") : old),
                STR_ARG(new.n == 0 ? S("-") : new));
    }
    return buf_str(&b);
}

static bool wording_equal(const struct item *a, const struct item *b)
{
    return str_eq(a->f[CLAUSE_TEXT_JA], b->f[CLAUSE_TEXT_JA]) && str_eq(a->f[CLAUSE_TEXT_EN], b->f[CLAUSE_TEXT_EN]);
}

static bool has_wording(const struct item *x) { return x->f[CLAUSE_TEXT_JA].n != 0 || x->f[CLAUSE_TEXT_EN].n != 0; }

static uint64_t wording_hash(const struct item *x)
{
    return str_hash(x->f[CLAUSE_TEXT_JA]) * 31 + str_hash(x->f[CLAUSE_TEXT_EN]);
}

/* Clauses of the earlier edition by their wording, for those that kept it under another number. */
struct wording {
    uint64_t hash;
    size_t at;
};

static int wording_cmp(const void *a, const void *b)
{
    const struct wording *x = a, *y = b;
    int c = (x->hash > y->hash) - (x->hash < y->hash);
    return c != 0 ? c : (x->at > y->at) - (x->at < y->at);
}

static struct wording *wordings(struct arena *a, const struct items *list)
{
    struct wording *w = arena_array(a, list->n, sizeof *w);
    for (size_t i = 0; i < list->n; i++) w[i] = (struct wording){wording_hash(&list->v[i]), i};
    if (list->n != 0) qsort(w, list->n, sizeof *w, wording_cmp);
    return w;
}

/* The first clause of the same wording whose number is gone from the later edition and that nothing continues yet. */
static ptrdiff_t moved_from(const struct items *from, const struct wording *w, const bool *taken, const struct item *x)
{
    uint64_t hash = wording_hash(x);
    size_t lo = 0, hi = from->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (w[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < from->n && w[lo].hash == hash; lo++) {
        if (!taken[w[lo].at] && wording_equal(&from->v[w[lo].at], x)) return (ptrdiff_t)w[lo].at;
    }
    return -1;
}

static void row_add(struct arena *a, struct items *out, const struct item *from, const struct item *to, str kind)
{
    struct item *m = items_add(a, out);
    m->f[MAPPING_FROM] = from == NULL ? S("") : from->f[CLAUSE_NUMBER];
    m->f[MAPPING_TO] = to == NULL ? S("") : to->f[CLAUSE_NUMBER];
    m->f[MAPPING_KIND] = kind;
}

struct items compare_by_number(struct arena *a, const struct items *from, const struct items *to)
{
    struct items out = items_of(&what_mapping);
    struct index earlier = items_index(a, from), later = items_index(a, to);
    struct wording *w = wordings(a, from);
    bool *taken = arena_array(a, from->n, sizeof *taken);
    for (size_t i = 0; i < from->n; i++) taken[i] = index_find1(&later, from->v[i].f[CLAUSE_NUMBER]) != NULL;
    for (size_t i = 0; i < to->n; i++) {
        const struct item *x = &to->v[i], *before = index_find1(&earlier, x->f[CLAUSE_NUMBER]);
        ptrdiff_t at = before != NULL || !has_wording(x) ? -1 : moved_from(from, w, taken, x);
        if (at >= 0) {
            taken[at] = true;
            row_add(a, &out, &from->v[at], x, S("moved"));
        } else if (before == NULL) {
            row_add(a, &out, NULL, x, S("new"));
        } else {
            row_add(a, &out, before, x, wording_equal(before, x) && clause_same(before, x) ? S("same") : S("changed"));
        }
    }
    for (size_t i = 0; i < from->n; i++) {
        if (!taken[i]) row_add(a, &out, &from->v[i], NULL, S("dropped"));
    }
    return out;
}
