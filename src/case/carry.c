/* What other rooms are told of cases, and taking one over into a plan. */
#include "case/acts.h"
#include "case/case.h"
#include "case/decide.h"
#include "case/kinds_store.h"
#include "case/reference.h"

#include "base/clock.h"

static bool carries(const struct kind *k, str state)
{
    const struct kind_state *s = kind_state(k, state);
    return s != NULL && s->carries;
}

static str text_of(const struct kind *k, const struct item_value *v, size_t n)
{
    for (size_t i = 0; i < k->n_fields; i++)
        if (k->fields[i].type == FIELD_LONG && !k->fields[i].personal) return value_in(v, n, k->fields[i].code);
    return (str){"", 0};
}

static size_t about_of(struct work *w, const struct item *i, str *out)
{
    size_t n = 0;
    if (i->clause.n != 0) out[n++] = reference_text(w->a, REFER_CLAUSE, i->edition, i->clause);
    if (i->round.n != 0) out[n++] = reference_text(w->a, REFER_ROUND, S(""), i->round);
    return n;
}

static enum err head_of(struct work *w, const struct kind *k, const struct item *i, struct case_head *out)
{
    const struct kind_state *s = kind_state(k, i->state);
    struct item_value *v = NULL;
    str *source = NULL, *into = NULL, *about = arena_array(w->a, 2, sizeof *about);
    size_t n = 0, n_sources = 0, n_into = 0;
    bool whole = item_whole(i, w->actor);
    enum err e = whole ? values_of(w, i->id, &v, &n) : OK;
    if (e == OK && whole) e = references_seen(w, i->id, RELATION_FROM, &source, &n_sources);
    if (e == OK && whole) e = references_seen(w, i->id, RELATION_INTO, &into, &n_into);
    if (e != OK) return e;
    *out = (struct case_head){.number = i->number, .title = i->title, .kind = k->code, .kind_ja = k->ja,
                              .kind_en = k->en, .state = i->state, .state_ja = s == NULL ? i->state : s->ja,
                              .state_en = s == NULL ? i->state : s->en, .org = i->org_code, .org_ja = i->org_ja,
                              .org_en = i->org_en, .text = text_of(k, v, n), .due = i->due, .has_due = i->has_due,
                              .ended = i->has_ended, .source = source, .about = about, .into = into,
                              .n_sources = n_sources, .n_about = about_of(w, i, about), .n_into = n_into};
    return OK;
}

enum err case_head(struct work *w, str number, struct case_head *out)
{
    struct item i;
    struct kind *all;
    size_t n;
    enum err e = item_look(w, number, &i);
    if (e == OK) e = kinds_all(w, &all, &n);
    return e == OK ? head_of(w, kind_of(all, n, i.kind), &i, out) : e;
}

enum err case_naming(struct work *w, str target, str **out, size_t *n)
{
    return references_naming(w, target, out, n);
}

enum err case_carriable(struct work *w, int64_t lo, int64_t hi, struct case_head **out, size_t *n)
{
    const struct item_filter f = {.lo = lo, .hi = hi, .open = true, .today = today(w)};
    struct kind *kinds;
    struct item *items;
    size_t n_kinds, n_items, k = 0;
    enum err e = kinds_all(w, &kinds, &n_kinds);
    if (e == OK) e = items_find(w, &f, CASE_LISTED_MAX, &items, &n_items);
    if (e != OK) return e;
    struct case_head *all = arena_array(w->a, n_items + 1, sizeof *all);
    for (size_t i = 0; e == OK && i < n_items; i++) {
        const struct kind *kind = kind_of(kinds, n_kinds, items[i].kind);
        if (!carries(kind, items[i].state) || !item_whole(&items[i], w->actor)) continue;
        e = head_of(w, kind, &items[i], &all[k++]);
    }
    *out = all;
    *n = k;
    return e;
}

enum err case_carry(struct work *w, str number, str into, size_t n_before)
{
    struct item i;
    struct kind *kinds;
    str *before;
    size_t n_kinds, n;
    enum err e = item_find(w, number, &i);
    if (e == OK) e = kinds_all(w, &kinds, &n_kinds);
    if (e == OK) e = references_of(w, i.id, RELATION_INTO, &before, &n);
    if (e != OK) return e;
    if (n > n_before) return fault(w, CONFLICT, M("'%1' was taken over before: %2"), number, before[n - 1]);
    if (!carries(kind_of(kinds, n_kinds, i.kind), i.state) || !item_whole(&i, w->actor))
        return fault(w, CONFLICT, M("'%1' is not where it could be taken over into a plan"), number);
    e = reference_add(w, i.id, RELATION_INTO, (int64_t)n, into);
    return e == OK ? event_add(w, i.id, S("carry"), i.state, S(""), into) : e;
}
