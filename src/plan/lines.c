#include "plan/lines.h"

#include <stdlib.h>

#include "plan/owner_lists.h"

bool lines_hear(const struct work *w) { return (w->actor->rights & (MAY_READ_RATES | MAY_APPROVE)) != 0; }

bool line_counts(const struct line *l) { return l->kind == ITEM_MEASURE; }

enum err lines_begin(struct work *w, const struct plan *p, int64_t at, struct lines *out)
{
    int64_t day = at == 0 ? today(w) : japan_day(at - 1);
    *out = (struct lines){.p = *p, .at = at, .day = day < p->since ? p->since : day > p->until ? p->until : day};
    enum err e = progress_report_last(w, p->id, at == 0 ? INT64_MAX : at, &out->last);
    if (e == NOTFOUND) e = OK;
    if (e == OK && at != 0) e = said_before(w, p->id, at, &out->upto);
    if (e == OK && at != 0 && out->upto == 0) out->upto = -1; /* nothing was */
    return e == OK ? owners_load(w, p, out->day, &out->owners) : e;
}

/* ---- headings ---- */

static void find_headings(struct lines *x)
{
    ptrdiff_t last[PLAN_LEVELS + 2];
    for (size_t i = 0; i < sizeof last / sizeof *last; i++) last[i] = -1;
    for (size_t i = 0; i < x->n; i++) {
        struct line *l = &x->line[i];
        int64_t level = l->level < 1 ? 1 : l->level > PLAN_LEVELS + 1 ? PLAN_LEVELS + 1 : l->level;
        l->up = -1;
        for (int64_t k = level - 1; k > 0 && l->up < 0; k--) l->up = last[k];
        if (l->kind != ITEM_HEADING) continue;
        last[level] = (ptrdiff_t)i;
        for (int64_t k = level + 1; k <= PLAN_LEVELS + 1; k++) last[k] = -1;
    }
}

/* ---- what is published ---- */

static struct span span_of(const struct lines *x, int64_t from, int64_t until, bool texts)
{
    return (struct span){x->p.id, x->p.edition, from, until, x->upto, texts};
}

struct voices {
    struct heard *lead, *centre, *report;
    size_t n_lead, n_centre, n_report;
};

static enum err voices_load(struct work *w, const struct lines *x, const struct span *s, struct voices *v)
{
    *v = (struct voices){0};
    enum err e = x->last.frozen == 0 ? OK : lines_reported(w, s, x->last.frozen, &v->report, &v->n_report);
    if (e != OK || !lines_hear(w)) return e;
    e = lines_leads(w, s, &v->lead, &v->n_lead);
    return e == OK ? lines_centre(w, s, &v->centre, &v->n_centre) : e;
}

/* Both lists go by place: the one of this row, or NULL. */
static const struct heard *next_of(const struct heard *all, size_t n, size_t *at, int64_t ord)
{
    while (*at < n && all[*at].ord < ord) (*at)++;
    return *at < n && all[*at].ord == ord ? &all[*at] : NULL;
}

static void publish(struct line *l, const struct heard *lead, const struct heard *centre, const struct heard *report, int64_t upto)
{
    const struct heard *of[STATUS_SOURCES] = {NULL, lead, centre, report};
    if (lead != NULL) l->lead = (struct status_line){lead->id, lead->status};
    if (centre != NULL) l->centre = (struct status_line){centre->id, centre->status};
    if (report != NULL) l->report = report->status;
    l->is = status_published(&(struct status_facts){l->lead, l->centre, l->report, upto});
    if (of[l->is.source] == NULL) return;
    l->text_ja = of[l->is.source]->text_ja;
    l->text_en = of[l->is.source]->text_en;
}

enum err lines_plain(struct work *w, struct lines *x, int64_t from, int64_t until)
{
    struct span s = span_of(x, from, until, false);
    enum err e = lines_items(w, &s, &x->line, &x->n);
    if (e == OK) find_headings(x);
    return e;
}

enum err lines_stand(struct work *w, struct lines *x, int64_t from, int64_t until, bool texts)
{
    struct span s = span_of(x, from, until, texts);
    struct voices v;
    size_t lead = 0, centre = 0, report = 0;
    enum err e = lines_plain(w, x, from, until);
    if (e == OK) e = voices_load(w, x, &s, &v);
    if (e != OK) return e;
    for (size_t i = 0; i < x->n; i++) {
        struct line *l = &x->line[i];
        if (l->kind == ITEM_HEADING) continue;
        publish(l, next_of(v.lead, v.n_lead, &lead, l->ord), next_of(v.centre, v.n_centre, &centre, l->ord),
                next_of(v.report, v.n_report, &report, l->ord), x->last.frozen == 0 ? 0 : x->last.upto);
    }
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Who they were is in the report. */
static void places_frozen(struct work *w, struct lines *x)
{
    struct owner_lists *lists = owner_lists_in(w->a);
    const struct line **first = arena_array(w->a, x->n + 1, sizeof *first); /* of each list */
    for (size_t i = 0; i < x->n; i++) {
        struct line *l = &x->line[i];
        size_t list = owner_lists_at(lists, l->orgs), n = 0;
        if (first[list] == NULL) {
            size_t *place = arena_array(w->a, lists->list[list].n + 1, sizeof *place);
            for (size_t k = 0; k < lists->list[list].n; k++) {
                ptrdiff_t org = owners_org(&x->owners, lists->list[list].owner[k].owner);
                place[n++] = org >= 0 ? (size_t)org : OWNER_GONE; /* it counts as it did */
            }
            qsort(place, n, sizeof *place, by_place); /* the order may be another than it was then */
            l->place = place;
            l->owners = (int64_t)n;
            first[list] = l;
        }
        l->place = first[list]->place;
        l->owners = first[list]->owners;
    }
}

enum err lines_frozen(struct work *w, struct lines *x, const struct progress_report *r, int64_t from, int64_t until, bool texts)
{
    struct span s = span_of(x, from, until, texts);
    x->shown = *r;
    enum err e = progress_frozen_rows(w, r->frozen, &s, &x->line, &x->n);
    if (e != OK) return e;
    find_headings(x);
    places_frozen(w, x);
    return OK;
}

/* ---- whose ---- */

/* Who stands behind one list of owners. Most rows share theirs, so each list is looked up once. */
struct whose {
    const size_t *place;
    size_t n;
    int64_t lead_org;
    str ja, en;
    bool is;
};

struct naming {
    struct work *w;
    struct lines *x;
    size_t at, end;            /* rows that wait for their owners */
    struct owner_lists *lists;
    struct whose *whose;       /* of each list */
    size_t room, *scratch;
    unsigned with;
};

static const struct whose *whose_of(struct naming *g, size_t list)
{
    while (g->room <= list) {
        size_t room = g->room == 0 ? 16 : 2 * g->room;
        g->whose = arena_grow(g->w->a, g->whose, g->room * sizeof *g->whose, room * sizeof *g->whose);
        g->room = room;
    }
    struct whose *o = &g->whose[list];
    if (o->is) return o;
    const struct owners *all = &g->x->owners;
    const struct plan_item item = {.owner = g->lists->list[list].owner, .n_owners = g->lists->list[list].n};
    ptrdiff_t lead = owners_lead(all, &item);
    o->n = owners_places(all, &item, g->w->a, g->scratch);
    size_t *place = arena_array(g->w->a, o->n + 1, sizeof *place);
    for (size_t i = 0; i < o->n; i++) place[i] = g->scratch[i];
    o->place = place;
    o->lead_org = lead < 0 ? 0 : all->org[lead].id;
    if ((g->with & OWNED_WORDS) != 0) {
        o->ja = owners_words(g->w->a, LANG_JA, all, &item);
        o->en = owners_words(g->w->a, LANG_EN, all, &item);
    }
    o->is = true;
    return o;
}

static void take_named(void *to, int64_t ord, str owners)
{
    struct naming *g = to;
    while (g->at < g->end && g->x->line[g->at].ord < ord) g->at++;
    if (owners.n == 0 || g->at == g->end || g->x->line[g->at].ord != ord) return;
    const struct whose *o = whose_of(g, owner_lists_at(g->lists, owners));
    struct line *l = &g->x->line[g->at];
    l->place = o->place;
    l->owners = (int64_t)o->n;
    l->lead_org = o->lead_org;
    l->owners_ja = o->ja;
    l->owners_en = o->en;
}

/* ---- who has said ---- */

static int by_id(const void *a, const void *b)
{
    const struct org_place *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

struct org_places org_places(struct arena *a, const struct owners *x)
{
    struct org_place *list = arena_array(a, x->n_orgs + 1, sizeof *list);
    for (size_t i = 0; i < x->n_orgs; i++) list[i] = (struct org_place){x->org[i].id, i};
    qsort(list, x->n_orgs, sizeof *list, by_id);
    return (struct org_places){list, x->n_orgs};
}

ptrdiff_t org_place(const struct org_places *x, int64_t org)
{
    size_t lo = 0, hi = x->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->list[mid].id < org) lo = mid + 1;
        else hi = mid;
    }
    return lo < x->n && x->list[lo].id == org ? (ptrdiff_t)x->list[lo].place : -1;
}

ptrdiff_t line_owner(const struct line *l, ptrdiff_t place)
{
    size_t lo = 0, hi = (size_t)l->owners;
    if (place < 0) return -1;
    while (lo < hi) { /* in official order, which is that of their places */
        size_t mid = lo + (hi - lo) / 2;
        if (l->place[mid] < (size_t)place) lo = mid + 1;
        else hi = mid;
    }
    return lo < (size_t)l->owners && l->place[lo] == (size_t)place ? (ptrdiff_t)lo : -1;
}

struct hearing {
    struct lines *x;
    struct org_places orgs;
    size_t at, end;
};

static void hear(void *to, int64_t ord, int64_t org, int64_t status)
{
    struct hearing *h = to;
    while (h->at < h->end && h->x->line[h->at].ord < ord) h->at++;
    struct line *l = &h->x->line[h->at];
    if (h->at == h->end || l->ord != ord || line_owner(l, org_place(&h->orgs, org)) < 0) return;
    l->reported++;
    if (status > l->worst) l->worst = status;
}

enum err lines_owned(struct work *w, struct lines *x, size_t i, size_t k, unsigned with)
{
    if (i >= k || x->shown.frozen != 0) return OK;
    struct span s = span_of(x, x->line[i].ord, x->line[k - 1].ord + 1, false);
    struct naming g = {.w = w, .x = x, .at = i, .end = k, .lists = owner_lists_in(w->a), .with = with};
    g.scratch = arena_array(w->a, x->owners.n_orgs + 1, sizeof *g.scratch);
    enum err e = lines_named(w, &s, take_named, &g);
    if (e != OK || (with & OWNED_HEARD) == 0 || !lines_hear(w)) return e;
    struct hearing h = {x, org_places(w->a, &x->owners), i, k};
    return lines_heard(w, &s, hear, &h);
}

const struct line *line_heading(const struct lines *x, const struct line *l, int64_t level)
{
    while (l->up >= 0) {
        l = &x->line[l->up];
        if (l->level <= level) return l->level == level ? l : NULL;
    }
    return NULL;
}

str line_orgs(struct arena *a, const struct owners *x, const struct line *l)
{
    struct buf b = buf_in(a);
    for (int64_t i = 0; i < l->owners; i++) {
        if (i > 0) buf_byte(&b, ' ');
        buf_add(&b, x->org[l->place[i]].code);
    }
    return buf_str(&b);
}
