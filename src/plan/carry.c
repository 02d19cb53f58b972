/* What a next plan may take over: recommendations, what the last report did not call done, directions for the next year. */
#include "plan/carry.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "case/case.h"
#include "plan/progress_store.h"
#include "surface/reference.h"

struct gathering {
    struct work *w;
    const struct plan *into, *earlier;
    const str *sources; /* what items of `into` come from, in order of text */
    size_t n_sources;
    struct candidate *all;
    size_t n, room;
};

/* ---- the plan before ---- */

enum err plan_before(struct work *w, const struct plan *p, struct plan *out)
{
    struct plan *all;
    const struct plan *best = NULL;
    size_t n;
    enum err e = plan_all(w, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool fits = all[i].org == p->org && str_eq(all[i].kind, p->kind) && all[i].until < p->since;
        if (fits && (best == NULL || all[i].until > best->until)) best = &all[i];
    }
    if (e == OK) *out = best == NULL ? (struct plan){0} : *best;
    return e;
}

/* ---- what was taken over already ---- */

static int by_text(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static enum err sources_load(struct gathering *g)
{
    struct plan_item *items;
    size_t n, links = 0, k = 0;
    enum err e = plan_items(g->w, g->into->edition, WITH_LINKS, &items, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) links += items[i].n_links;
    str *all = arena_array(g->w->a, links + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        for (size_t l = 0; l < items[i].n_links; l++)
            if (str_eq(items[i].link[l].relation, S("from"))) all[k++] = items[i].link[l].target;
    qsort(all, k, sizeof *all, by_text);
    g->sources = all;
    g->n_sources = k;
    return OK;
}

static bool taken(const struct gathering *g, str ref)
{
    return bsearch(&ref, g->sources, g->n_sources, sizeof ref, by_text) != NULL;
}

static struct candidate *add(struct gathering *g, enum candidate_from from, str ref)
{
    struct arena *a = g->w->a;
    struct plan_link *link = arena_alloc(a, sizeof *link);
    *link = (struct plan_link){S("from"), ref};
    g->all = arena_more(a, g->all, g->n, &g->room, sizeof *g->all);
    g->all[g->n] = (struct candidate){.from = from, .ref = ref};
    g->all[g->n].becomes = (struct plan_item){.kind = ITEM_MEASURE, .link = link, .n_links = 1};
    return &g->all[g->n++];
}

/* ---- cases ---- */

/* "measure:sj2008/12": is it still in the last edition of its plan, as one that comes from that case? What is out of sight
 * is taken to be. */
static enum err stands(struct work *w, str from, str into, const struct plan *plans, size_t n_plans, bool *out)
{
    struct plan_linked *all;
    size_t n;
    bool seen = false, there = false;
    for (size_t i = 0; i < n_plans; i++)
        seen = seen || str_starts(into, reference_text(w->a, REFER_MEASURE, plans[i].code, S("")));
    enum err e = seen ? plan_linked(w, from, &all, &n) : OK;
    for (size_t i = 0; seen && e == OK && i < n; i++)
        there = there || str_eq(into, reference_text(w->a, REFER_MEASURE, all[i].plan, all[i].key));
    *out = !seen || there;
    return e;
}

static enum err is_free(struct gathering *g, const struct case_head *c, str ref, bool *out)
{
    struct plan *plans = NULL;
    size_t n = 0;
    bool there = taken(g, ref);
    enum err e = c->n_into == 0 || there ? OK : plan_all(g->w, &plans, &n);
    for (size_t i = 0; e == OK && !there && i < c->n_into; i++) e = stands(g->w, ref, c->into[i], plans, n, &there);
    *out = !there;
    return e;
}

static void add_case(struct gathering *g, const struct case_head *c, str ref)
{
    struct candidate *x = add(g, CANDIDATE_CASE, ref);
    struct plan_owner *owner = arena_alloc(g->w->a, sizeof *owner);
    *owner = (struct plan_owner){c->org, true};
    x->number = c->number;
    x->kind_ja = c->kind_ja;
    x->kind_en = c->kind_en;
    x->state_ja = c->state_ja;
    x->state_en = c->state_en;
    x->due = c->due;
    x->has_due = c->has_due;
    x->taken_before = c->n_into;
    x->becomes.title_ja = c->title;
    x->becomes.text_ja = c->text;
    x->becomes.owner = owner;
    x->becomes.n_owners = 1;
}

static enum err gather_cases(struct gathering *g)
{
    struct case_head *all;
    size_t n;
    enum err e = case_carriable(g->w, g->into->org_lo, g->into->org_hi, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        str ref = reference_text(g->w->a, REFER_CASE, S(""), all[i].number);
        bool free = false;
        if ((e = is_free(g, &all[i], ref, &free)) == OK && free) add_case(g, &all[i], ref);
    }
    return e;
}

/* ---- the earlier plan ---- */

struct reported {
    const struct line *lines;
    size_t n;
};

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

static enum err reported_load(struct gathering *g, struct reported *out)
{
    struct progress_report last;
    struct line *lines;
    const struct span all = {.plan = g->earlier->id, .edition = g->earlier->edition, .until = INT64_MAX};
    *out = (struct reported){0};
    enum err e = progress_report_last(g->w, g->earlier->id, INT64_MAX, &last);
    if (e != OK) return e == NOTFOUND ? OK : e;
    if ((e = progress_frozen_rows(g->w, last.frozen, &all, &lines, &out->n)) != OK) return e;
    qsort(lines, out->n, sizeof *lines, by_key);
    out->lines = lines;
    return OK;
}

static int64_t status_in(const struct reported *r, str key)
{
    const struct line wanted = {.key = key};
    const struct line *l = r->n == 0 ? NULL : bsearch(&wanted, r->lines, r->n, sizeof wanted, by_key);
    return l == NULL ? 0 : l->is.status;
}

static str beginning(struct arena *a, str text)
{
    enum { WORDS = 120 }; /* bytes */
    str head = utf8_head(text, WORDS);
    return head.n == text.n ? text : str_fmt(a, "%.*s…", STR_ARG(head));
}

static void add_item(struct gathering *g, const struct plan_item *i, str ref, int64_t status)
{
    struct candidate *x = add(g, i->kind == ITEM_MEASURE ? CANDIDATE_MEASURE : CANDIDATE_DIRECTION, ref);
    bool untitled = i->title_ja.n + i->title_en.n == 0;
    x->plan = g->earlier->code;
    x->key = i->key;
    x->status = status;
    x->becomes.title_ja = untitled ? beginning(g->w->a, i->text_ja) : i->title_ja;
    x->becomes.title_en = untitled ? beginning(g->w->a, i->text_en) : i->title_en;
    x->becomes.text_ja = i->text_ja;
    x->becomes.text_en = i->text_en;
    x->becomes.area = i->area;
    x->becomes.owner = i->owner;
    x->becomes.n_owners = i->n_owners;
}

static enum err gather_items(struct gathering *g)
{
    struct plan_item *items;
    struct reported reported;
    size_t n;
    enum err e = plan_items(g->w, g->earlier->edition, WITH_TEXT | WITH_OWNERS, &items, &n);
    if (e == OK) e = reported_load(g, &reported);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool measure = items[i].kind == ITEM_MEASURE;
        int64_t status = measure ? status_in(&reported, items[i].key) : 0;
        if ((!measure && items[i].kind != ITEM_DIRECTION) || status == STATUS_DONE) continue;
        str ref = reference_text(g->w->a, REFER_MEASURE, g->earlier->code, items[i].key);
        if (!taken(g, ref)) add_item(g, &items[i], ref, status);
    }
    return e;
}

enum err carry_candidates(struct work *w, const struct plan *into, const struct plan *earlier, struct candidate **out, size_t *n)
{
    struct gathering g = {.w = w, .into = into, .earlier = earlier};
    enum err e = sources_load(&g);
    if (e == OK) e = gather_cases(&g);
    if (e == OK && earlier != NULL) e = gather_items(&g);
    *out = g.all;
    *n = g.n;
    return e;
}
