/* What has to hold of the items of an edition together. */
#include "plan/items.h"

#include <stdlib.h>

/* ---- by key ---- */

struct keyed {
    str key;
    size_t at;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int d = str_cmp(x->key, y->key);
    return d != 0 ? d : (x->at > y->at) - (x->at < y->at);
}

struct plan_index plan_index(struct arena *a, const struct plan_item *items, size_t n)
{
    struct keyed *list = arena_array(a, n + 1, sizeof *list);
    size_t *order = arena_array(a, n + 1, sizeof *order);
    for (size_t i = 0; i < n; i++) list[i] = (struct keyed){items[i].key, i};
    qsort(list, n, sizeof *list, by_key);
    for (size_t i = 0; i < n; i++) order[i] = list[i].at;
    return (struct plan_index){items, order, n};
}

ptrdiff_t plan_index_find(const struct plan_index *x, str key)
{
    size_t lo = 0, hi = x->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(x->items[x->order[mid]].key, key) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < x->n && str_eq(x->items[x->order[lo]].key, key) ? (ptrdiff_t)x->order[lo] : -1;
}

/* ---- what was not said ---- */

int64_t items_level_below(const struct plan_item *items, ptrdiff_t before)
{
    while (before >= 0 && items[before].kind != ITEM_HEADING) before--;
    return before < 0 ? 1 : items[before].level + 1;
}

static void give_levels(struct plan_item *items, size_t n)
{
    int64_t below = 1;
    for (size_t i = 0; i < n; i++) {
        if (items[i].kind == ITEM_HEADING) below = items[i].level + 1;
        else if (items[i].level == 0) items[i].level = below;
    }
}

/* h1, h2 … for headings, in the order of their rows; the first letter of the kind for the others. */
static void give_keys(struct arena *a, struct plan_item *items, size_t n)
{
    struct plan_index said = plan_index(a, items, n);
    int64_t last[ITEM_KINDS] = {0};
    for (size_t i = 0; i < n; i++) {
        if (items[i].key.n != 0) continue;
        enum item_kind k = items[i].kind;
        str key;
        do key = str_fmt(a, "%c%lld", k == ITEM_PICTURE ? 'v' : k == ITEM_POLICY ? 'p' : item_kinds[k][0], (long long)++last[k]);
        while (plan_index_find(&said, key) >= 0);
        items[i].key = key;
    }
}

/* ---- checks ---- */

struct checking {
    struct work *w;
    const struct items_from *from;
    const struct plan_item *items;
    size_t n;
    struct plan_index index;
};

static struct where at_item(const struct checking *c, size_t i, enum plan_column k)
{
    str field = str_of(plan_columns[k]);
    if (c->from->row == NULL) return (struct where){.field = str_fmt(c->w->a, "field.%s", plan_columns[k])};
    return (struct where){.file = c->from->file, .row = c->from->row[i], .column = c->from->at[k] + 1, .field = field};
}

static void check_keys(const struct checking *c)
{
    for (size_t i = 0; i + 1 < c->n; i++) {
        size_t first = c->index.order[i], again = c->index.order[i + 1];
        if (!str_eq(c->items[first].key, c->items[again].key)) continue;
        (void)fault_in(c->w, INVALID, at_item(c, again, COL_KEY), M("the number '%1' is there already: a number names one row"),
                       c->items[again].key);
    }
}

static void check_levels(const struct checking *c)
{
    int64_t level = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->items[i].kind != ITEM_HEADING) continue;
        if (c->items[i].level > level + 1)
            (void)fault_in(c->w, INVALID, at_item(c, i, COL_LEVEL), M("a heading of level %1 stands below none of level %2"),
                           str_int(c->w->a, c->items[i].level), str_int(c->w->a, c->items[i].level - 1));
        level = c->items[i].level;
    }
}

static void check_relisted(const struct checking *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->items[i].kind != ITEM_RELISTED || c->items[i].relists.n == 0) continue;
        ptrdiff_t first = plan_index_find(&c->index, c->items[i].relists);
        if (first < 0)
            (void)fault_in(c->w, INVALID, at_item(c, i, COL_RELISTS), M("there is no measure '%1' that could be told again here"),
                           c->items[i].relists);
        else if (c->items[first].kind == ITEM_RELISTED)
            (void)fault_in(c->w, INVALID, at_item(c, i, COL_RELISTS),
                           M("'%1' is told again itself: name the measure in its first place, '%2'"), c->items[i].relists,
                           c->items[first].relists);
        else if (c->items[first].kind != ITEM_MEASURE)
            (void)fault_in(c->w, INVALID, at_item(c, i, COL_RELISTS), M("'%1' is no measure: only measures are told again"),
                           c->items[i].relists);
    }
}

static bool among(str key, const str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], key)) return true;
    return false;
}

static void check_areas(const struct checking *c, const str *areas, size_t n_areas)
{
    bool any = n_areas != 0;
    for (size_t i = 0; i < c->n; i++) any = any || c->items[i].kind == ITEM_AREA;
    for (size_t i = 0; any && i < c->n; i++) {
        str area = c->items[i].area;
        ptrdiff_t own = area.n == 0 ? -1 : plan_index_find(&c->index, area);
        if (area.n == 0 || among(area, areas, n_areas) || (own >= 0 && c->items[own].kind == ITEM_AREA)) continue;
        (void)fault_in(c->w, INVALID, at_item(c, i, COL_AREA), M("there is no area '%1' in the basic plan"), area);
    }
}

/* Each of its items may be within its limits, and all of them more than one request has memory for. */
static enum err check_all(struct work *w, const struct items_from *from, const struct plan_item *items, size_t n)
{
    struct {
        size_t is, most;
        str what;
    } sums[] = {{0, PLAN_OWNERS_ALL, M("all items together have more than %1 owners: name groups, or part the plan")},
                {0, PLAN_MILESTONES_ALL, M("all items together have more than %1 milestones: part the plan")},
                {0, PLAN_LINKS_ALL, M("all items together have more than %1 links: part the plan")},
                {0, PLAN_TEXTS_ALL, M("all titles and texts together are longer than %1 bytes: part the plan")}};
    for (size_t i = 0; i < n; i++) {
        const struct plan_item *x = &items[i];
        sums[0].is += x->n_owners;
        sums[1].is += x->n_milestones;
        sums[2].is += x->n_links;
        sums[3].is += x->title_ja.n + x->title_en.n + x->text_ja.n + x->text_en.n;
    }
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
        if (sums[k].is > sums[k].most)
            return fault_in(w, INVALID, ((struct where){.file = from->file}), sums[k].what, str_int(w->a, (int64_t)sums[k].most));
    return OK;
}

enum err items_complete(struct work *w, const struct items_from *from, const str *areas, size_t n_areas, struct plan_item *items,
                        size_t n)
{
    int64_t before = w->faults.count;
    if (n > PLAN_ITEMS_MAX)
        return fault_in(w, INVALID, ((struct where){.file = from->file}), M("more than %1 rows: part the plan"),
                        str_int(w->a, PLAN_ITEMS_MAX));
    enum err e = check_all(w, from, items, n);
    if (e != OK) return e;
    give_levels(items, n);
    give_keys(w->a, items, n);
    struct checking c = {w, from, items, n, plan_index(w->a, items, n)};
    check_keys(&c);
    check_levels(&c);
    check_relisted(&c);
    check_areas(&c, areas, n_areas);
    items_headings(items, n);
    return w->faults.count == before ? OK : INVALID;
}
