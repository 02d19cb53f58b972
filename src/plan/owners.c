/* Who the owners of an item are: pure, over what owners_load has brought. */
#include "plan/plan_store.h"

/* The first of that text; n when there is none. */
static size_t first_of(const struct owners_word *list, size_t n, str text)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(list[mid].text, text) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < n && str_eq(list[lo].text, text) ? lo : n;
}

ptrdiff_t owners_org(const struct owners *x, str code)
{
    size_t at = first_of(x->by_code, x->n_orgs, code);
    return at < x->n_orgs ? (ptrdiff_t)x->by_code[at].org : -1;
}

ptrdiff_t owners_group(const struct owners *x, str code)
{
    for (size_t i = 0; i < x->n_groups; i++)
        if (str_eq(x->group[i].code, code)) return (ptrdiff_t)i;
    return -1;
}

size_t owners_of(const struct owners *x, const struct plan_item *item, struct arena *a, const size_t **out)
{
    size_t *list = arena_array(a, x->n_orgs + 1, sizeof *list);
    *out = list;
    return owners_places(x, item, a, list);
}

size_t owners_places(const struct owners *x, const struct plan_item *item, struct arena *a, size_t *list)
{
    struct arena_mark mark = arena_mark(a);
    bool *is = arena_array(a, x->n_orgs + 1, sizeof *is);
    size_t n = 0;
    for (size_t i = 0; i < item->n_owners; i++) {
        ptrdiff_t org = owners_org(x, item->owner[i].owner), group = org >= 0 ? -1 : owners_group(x, item->owner[i].owner);
        if (org >= 0) is[org] = true;
        for (size_t m = 0; group >= 0 && m < x->n_members[group]; m++) is[x->member[group][m]] = true;
    }
    for (size_t i = 0; i < x->n_orgs; i++)
        if (is[i]) list[n++] = i;
    arena_back(a, mark);
    return n;
}

ptrdiff_t owners_lead(const struct owners *x, const struct plan_item *item)
{
    ptrdiff_t first = -1;
    for (size_t i = 0; i < item->n_owners; i++) {
        ptrdiff_t org = owners_org(x, item->owner[i].owner);
        if (item->owner[i].lead) return org;
        if (first < 0) first = org;
    }
    return first;
}

str owner_name(enum lang lang, const struct owners *x, str code)
{
    ptrdiff_t org = owners_org(x, code), group = org >= 0 ? -1 : owners_group(x, code);
    if (org >= 0) return lang_pick(lang, x->org[org].name_ja, x->org[org].name_en);
    return group >= 0 ? lang_pick(lang, x->group[group].name_ja, x->group[group].name_en) : code;
}

str owners_words(struct arena *a, enum lang lang, const struct owners *x, const struct plan_item *item)
{
    return owners_first(a, lang, x, item, item->n_owners);
}

str owners_first(struct arena *a, enum lang lang, const struct owners *x, const struct plan_item *item, size_t most)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < item->n_owners && i < most; i++) {
        if (i > 0) buf_add(&b, lang == LANG_JA ? S(" ") : S(", "));
        buf_add(&b, owner_name(lang, x, item->owner[i].owner));
    }
    if (item->n_owners > most) {
        str more = str_int(a, (int64_t)(item->n_owners - most));
        buf_byte(&b, ' ');
        buf_add(&b, tr_fill(a, lang, M("and %1 more"), &more, 1));
    }
    return buf_str(&b);
}

static bool within(const struct owners_org *o, int64_t lo, int64_t hi) { return o->lo >= lo && o->lo < hi; }

bool owners_within(const struct owners *x, const struct plan_item *item, int64_t lo, int64_t hi)
{
    for (size_t i = 0; i < item->n_owners; i++) {
        ptrdiff_t org = owners_org(x, item->owner[i].owner), group = org >= 0 ? -1 : owners_group(x, item->owner[i].owner);
        if (org >= 0 && within(&x->org[org], lo, hi)) return true;
        for (size_t m = 0; group >= 0 && m < x->n_members[group]; m++)
            if (within(&x->org[x->member[group][m]], lo, hi)) return true;
    }
    return false;
}

/* Several bodies of one name: the one nearest to the top, where that is one. */
static bool org_named(const struct owners *x, str name, str *code)
{
    const struct owners_org *best = NULL;
    bool several = false;
    for (size_t i = first_of(x->by_name, x->n_names, name); i < x->n_names && str_eq(x->by_name[i].text, name); i++) {
        const struct owners_org *o = &x->org[x->by_name[i].org];
        if (o == best) continue;
        several = best != NULL && (o->depth == best->depth || (several && o->depth > best->depth));
        if (best == NULL || o->depth < best->depth) best = o;
    }
    if (best == NULL || several) return false;
    *code = best->code;
    return true;
}

bool owners_named(const struct owners *x, str name, str *code)
{
    if (org_named(x, name, code)) return true;
    for (size_t i = 0; i < x->n_groups; i++) {
        if (!str_eq(x->group[i].name_ja, name) && !str_eq(x->group[i].name_en, name)) continue;
        *code = x->group[i].code;
        return true;
    }
    return false;
}
