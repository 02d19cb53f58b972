/* Rows that come against rows that are: what is added, changed, taken out, and what may not be. Pure but for faults. */
#include "standard/items.h"

static void change_add(struct work *w, struct merged *m, struct change c)
{
    if (m->n_changes == m->room) {
        size_t room = m->room == 0 ? 64 : 2 * m->room;
        m->change = arena_grow(w->a, m->change, m->room * sizeof *m->change, room * sizeof *m->change);
        m->room = room;
    }
    m->change[m->n_changes++] = c;
}

static enum err settled(struct work *w, const struct items *new, const struct item *x, size_t field, str what, str key)
{
    return fault_in(
        w, CONFLICT, item_where(new, x, field),
        M("the edition is decided: %1 of '%2' does not change any more; make a new edition and a mapping to it"), what,
        key);
}

/* The row as it will stand: what comes, and what it does not bring kept. */
static struct item together(const struct what *what, const struct item *old, const struct item *new)
{
    struct item x = *new;
    x.id = old->id;
    for (size_t i = 0; what->field[i].name != NULL; i++) {
        if ((x.weak >> i & 1) != 0) x.f[i] = old->f[i];
    }
    return x;
}

static bool compare(struct work *w, struct merged *m, const struct items *new, const struct item *old,
                    const struct item *x, bool decided)
{
    const struct what *what = new->what;
    bool differs = false;
    for (size_t i = what->keys; what->field[i].name != NULL; i++) {
        if (str_eq(old->f[i], x->f[i])) continue;
        differs = true;
        str name = str_of(what->field[i].name), key = item_name(w->a, what, x);
        bool hidden = (what->field[i].flags & FIELD_HIDDEN) != 0;
        change_add(w, m,
                   (struct change){S("changed"), key, name, hidden ? S("") : old->f[i], hidden ? S("") : x->f[i]});
        bool filled_in = (what->field[i].flags & FIELD_WORDING) != 0 && old->f[i].n == 0;
        if (decided && !filled_in) (void)settled(w, new, x, i, name, key);
    }
    return differs;
}

/* ranks[i]: how many of the rows before old row i come again. A row changed its place when its rank among them changed;
 * being pushed on by a new row is not a change of place. */
static void note_moves(struct work *w, struct merged *m, const struct items *old, const struct items *new, bool decided)
{
    size_t *rank = arena_array(w->a, old->n, sizeof *rank), n = 0;
    struct index kept = items_index(w->a, &m->items);
    for (size_t i = 0; i < old->n; i++) {
        rank[i] = n;
        n += index_find(&kept, old->v[i].f) != NULL;
    }
    struct index was = items_index(w->a, old);
    n = 0;
    for (size_t i = 0; i < m->items.n; i++) {
        const struct item *x = &m->items.v[i], *before = index_find(&was, x->f);
        if (before == NULL) continue;
        size_t from = rank[before - old->v], to = n++;
        if (from == to) continue;
        str key = item_name(w->a, old->what, x);
        change_add(w, m,
                   (struct change){S("changed"), key, S("position"), str_int(w->a, (int64_t)from + 1),
                                   str_int(w->a, (int64_t)to + 1)});
        if (decided) (void)settled(w, new, x, 0, S("position"), key);
    }
}

static void take_added(struct work *w, struct merged *m, const struct items *new, const struct item *x, bool decided)
{
    str key = item_name(w->a, new->what, x);
    *items_add(w->a, &m->items) = *x;
    m->added++;
    change_add(w, m, (struct change){.action = S("added"), .key = key});
    if (decided) {
        (void)fault_in(w, CONFLICT, item_where(new, x, 0),
                       M("the edition is decided: '%1' cannot be added; make a new edition and a mapping to it"), key);
    }
}

static void take_known(struct work *w, struct merged *m, const struct items *new, const struct item *old,
                       const struct item *come, bool decided)
{
    struct item x = come == NULL ? *old : together(new->what, old, come);
    if (come != NULL) {
        if (compare(w, m, new, old, &x, decided))
            m->changed++;
        else
            m->unchanged++;
    }
    *items_add(w->a, &m->items) = x;
}

static void take_out(struct work *w, struct merged *m, const struct items *old, const struct items *new, bool decided)
{
    struct index come = items_index(w->a, new);
    for (size_t i = 0; i < old->n; i++) {
        const struct item *x = &old->v[i];
        if (index_find(&come, x->f) != NULL) continue;
        str key = item_name(w->a, old->what, x);
        *items_add(w->a, &m->removed) = *x;
        change_add(w, m, (struct change){.action = S("removed"), .key = key});
        if (decided) {
            (void)fault_in(
                w, CONFLICT, (struct where){.file = new->file},
                M("the edition is decided: '%1' cannot be taken out; make a new edition and a mapping to it"), key);
        }
    }
}

static bool all_come(struct arena *a, const struct items *old, const struct items *new)
{
    struct index come = items_index(a, new);
    for (size_t i = 0; i < old->n; i++) {
        if (index_find(&come, old->v[i].f) == NULL) return false;
    }
    return true;
}

static void mark_touched(struct work *w, struct merged *m, const struct items *old)
{
    struct index was = items_index(w->a, old);
    m->touched = arena_array(w->a, m->items.n, sizeof *m->touched);
    for (size_t i = 0; i < m->items.n; i++) {
        const struct item *x = &m->items.v[i], *before = index_find(&was, x->f);
        bool same = before != NULL && (!old->what->ordered || (size_t)(before - old->v) == i);
        for (size_t f = 0; same && old->what->field[f].name != NULL; f++) same = str_eq(before->f[f], x->f[f]);
        m->touched[i] = !same;
    }
}

enum err items_merge(struct work *w, const struct items *old, const struct items *new, bool replace, bool decided,
                     struct merged *out)
{
    int64_t faults = w->faults.count;
    struct merged m = {.items = *new, .removed = items_of(old->what)};
    m.items.v = NULL;
    m.items.n = m.items.room = 0;
    struct index was = items_index(w->a, old), come = items_index(w->a, new);
    bool whole = replace || all_come(w->a, old, new);
    for (size_t i = 0; !whole && i < old->n; i++) {
        take_known(w, &m, new, &old->v[i], index_find(&come, old->v[i].f), decided);
    }
    for (size_t i = 0; i < new->n; i++) {
        const struct item *before = index_find(&was, new->v[i].f);
        if (before == NULL)
            take_added(w, &m, new, &new->v[i], decided);
        else if (whole)
            take_known(w, &m, new, before, &new->v[i], decided);
    }
    if (replace) take_out(w, &m, old, new, decided);
    if (old->what->ordered) note_moves(w, &m, old, new, decided);
    if (w->faults.count != faults) return work_err(w);
    mark_touched(w, &m, old);
    *out = m;
    return OK;
}
