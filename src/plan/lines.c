#include "plan/lines.h"

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

enum err lines_stand(struct work *w, struct lines *x, int64_t from, int64_t until, bool texts)
{
    struct span s = span_of(x, from, until, texts);
    struct voices v;
    size_t lead = 0, centre = 0, report = 0;
    enum err e = lines_items(w, &s, &x->line, &x->n);
    if (e == OK) e = voices_load(w, x, &s, &v);
    if (e != OK) return e;
    find_headings(x);
    for (size_t i = 0; i < x->n; i++) {
        struct line *l = &x->line[i];
        if (l->kind == ITEM_HEADING) continue;
        publish(l, next_of(v.lead, v.n_lead, &lead, l->ord), next_of(v.centre, v.n_centre, &centre, l->ord),
                next_of(v.report, v.n_report, &report, l->ord), x->last.frozen == 0 ? 0 : x->last.upto);
    }
    return OK;
}

enum err lines_frozen(struct work *w, struct lines *x, const struct progress_report *r, int64_t from, int64_t until, bool texts)
{
    struct span s = span_of(x, from, until, texts);
    x->shown = *r;
    enum err e = progress_frozen_rows(w, r->frozen, &s, &x->line, &x->n);
    for (size_t i = 0; e == OK && i < x->n; i++) { /* who they were is in the report, and how many */
        struct line *l = &x->line[i];
        size_t *place = arena_array(w->a, (size_t)l->owners + 1, sizeof *place), n = 0;
        str rest = l->orgs, one;
        while (str_cut(&rest, ' ', &one)) {
            ptrdiff_t org = owners_org(&x->owners, one);
            if (one.n != 0) place[n++] = org >= 0 ? (size_t)org : OWNER_GONE;
        }
        l->place = place;
    }
    if (e == OK) find_headings(x);
    return e;
}

/* ---- whose ---- */

struct naming {
    struct work *w;
    struct lines *x;
    size_t at, end;         /* the row whose owners come, and the end of all */
    struct plan_owner *own; /* its owners so far */
    size_t n, room;
};

static void named_done(struct naming *g)
{
    struct line *l = &g->x->line[g->at];
    const struct plan_item item = {.owner = g->own, .n_owners = g->n};
    ptrdiff_t lead = owners_lead(&g->x->owners, &item);
    l->owners = (int64_t)owners_of(&g->x->owners, &item, g->w->a, &l->place);
    l->owners_ja = owners_words(g->w->a, LANG_JA, &g->x->owners, &item);
    l->owners_en = owners_words(g->w->a, LANG_EN, &g->x->owners, &item);
    l->lead_org = lead < 0 ? 0 : g->x->owners.org[lead].id;
    g->n = 0;
}

static str kept_code(struct naming *g, str code)
{
    ptrdiff_t org = owners_org(&g->x->owners, code), group = org >= 0 ? -1 : owners_group(&g->x->owners, code);
    return org >= 0 ? g->x->owners.org[org].code : group >= 0 ? g->x->owners.group[group].code : str_dup(g->w->a, code);
}

static void take_named(void *to, int64_t ord, str owner, bool lead)
{
    struct naming *g = to;
    while (g->at < g->end && g->x->line[g->at].ord < ord) {
        if (g->n != 0) named_done(g);
        g->at++;
    }
    if (g->at == g->end || g->x->line[g->at].ord != ord) return;
    g->own = arena_more(g->w->a, g->own, g->n, &g->room, sizeof *g->own);
    g->own[g->n++] = (struct plan_owner){kept_code(g, owner), lead};
}

static bool owns(const struct lines *x, const struct line *l, int64_t org)
{
    for (int64_t i = 0; i < l->owners; i++)
        if (x->owners.org[l->place[i]].id == org) return true;
    return false;
}

static enum err hear(struct work *w, struct lines *x, const struct span *s, size_t i, size_t k)
{
    struct heard *all;
    size_t n = 0;
    enum err e = lines_hear(w) ? lines_heard(w, s, &all, &n) : OK;
    for (size_t h = 0; e == OK && h < n; h++) {
        while (i < k && x->line[i].ord < all[h].ord) i++;
        if (i == k || x->line[i].ord != all[h].ord || !owns(x, &x->line[i], all[h].org)) continue;
        x->line[i].reported++;
        if (all[h].status > x->line[i].worst) x->line[i].worst = all[h].status;
    }
    return e;
}

enum err lines_owned(struct work *w, struct lines *x, size_t i, size_t k, bool heard)
{
    if (i >= k || x->shown.frozen != 0) return OK;
    struct span s = span_of(x, x->line[i].ord, x->line[k - 1].ord + 1, false);
    struct naming g = {.w = w, .x = x, .at = i, .end = k};
    enum err e = lines_named(w, &s, take_named, &g);
    if (e == OK && g.n != 0) named_done(&g);
    return e == OK && heard ? hear(w, x, &s, i, k) : e;
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
