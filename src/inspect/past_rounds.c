/* Closed and published rounds as their frozen figures tell them, for the room of series. */
#include "inspect/pages.h"

struct gathering {
    struct work *w;
    struct past_round *r;
    const struct showing *s;
    ptrdiff_t *at; /* per node: its place in r->orgs, -1 none */
};

/* The place of the row's organisation; NULL where nothing of it may be told. */
static struct past_org *told(struct gathering *g, size_t node)
{
    return g->s->withheld[node] || g->at[node] < 0 ? NULL : &g->r->orgs[g->at[node]];
}

static void take_coverage(void *to, size_t node, const struct column *columns, size_t n, const struct cell *cells)
{
    struct past_org *o = told(to, node);
    if (o == NULL) return;
    o->coverage = cell_of(columns, n, cells, "coverage").rate;
    o->excluded = cell_of(columns, n, cells, "excluded").i != 0;
}

static void take_grade(void *to, size_t node, const struct column *columns, size_t n, const struct cell *cells)
{
    struct gathering *g = to;
    struct past_org *o = told(to, node);
    if (o == NULL) return;
    o->overall = cell_of(columns, n, cells, "rate").rate;
    for (size_t i = 0; i < g->r->n_grades; i++) /* the cell itself does not last */
        if (str_eq(g->r->grades[i], cell_of(columns, n, cells, "grade").text)) o->grade = g->r->grades[i];
}

/* The arena goes back to where it was after each row, so nothing that stays is made here. */
static void take_attained(void *to, size_t node, const struct column *columns, size_t n, const struct cell *cells)
{
    struct gathering *g = to;
    struct past_org *o = told(to, node);
    for (size_t t = 0, i = 0; o != NULL && t < g->r->n_thresholds; i++) {
        while (i < n && !str_starts(str_of(columns[i].key), S("attainment_"))) i++;
        if (i == n) return;
        o->attained[t] += cells[i].rate.n;
        o->clauses[t++] += cells[i].rate.d;
    }
}

static enum err each(struct gathering *g, str view, str table, frozen_fn *fn)
{
    enum err e = frozen_each(g->w, g->s->r, g->s->frozen, view, table, g->s->shown, fn, g);
    return e == NOTFOUND ? OK : e;
}

static void take_orgs(struct gathering *g)
{
    const struct round *r = g->s->r;
    struct past_round *p = g->r;
    g->at = arena_array(g->w->a, r->n_nodes + 1, sizeof *g->at);
    p->orgs = arena_array(g->w->a, r->n_nodes + 1, sizeof *p->orgs);
    for (size_t i = 0; i < r->n_nodes; i++) {
        const struct node *n = &r->nodes[i];
        g->at[i] = -1;
        if (!g->s->shown[i]) continue;
        g->at[i] = (ptrdiff_t)p->n_orgs;
        p->orgs[p->n_orgs++] = (struct past_org){.org = n->code,
                                                 .ja = n->name_ja,
                                                 .en = n->name_en,
                                                 .top = n->depth == 0,
                                                 .next_below = n->depth == 1,
                                                 .excluded = n->excluded};
        p->withheld = p->withheld || g->s->withheld[i];
    }
    p->whole = r->n_nodes != 0 && r->nodes[0].depth == 0;
}

static void take_rules(struct work *w, const struct round *r, struct past_round *p)
{
    *p = (struct past_round){.code = r->code,
                             .title_ja = r->title_ja,
                             .title_en = r->title_en,
                             .source_ja = r->source_ja,
                             .source_en = r->source_en,
                             .frame_id = r->frame,
                             .base = r->base,
                             .edition = r->has_edition ? r->edition.id : 0};
    p->edition_code = r->has_edition ? r->edition.code : (str){0};
    p->rule = str_fmt(w->a, "%.*s; %.*s; %.*s; %.*s", STR_ARG(r->rate_text), STR_ARG(r->grades_text),
                      STR_ARG(r->exceptions_text), STR_ARG(r->unknown_out));
    for (size_t i = 0; i < r->rule.n_thresholds && i < PAST_THRESHOLDS; i++)
        p->threshold[p->n_thresholds++] = r->rule.threshold[i];
    for (size_t i = 0; i < r->grades.n && i < PAST_THRESHOLDS; i++) p->grades[p->n_grades++] = r->grades.grade[i].name;
}

static enum err take_round(struct work *w, str code, struct past_round *out, bool *any)
{
    static const struct param name = {"round", P_CODE};
    struct arg given = {.param = &name, .text = code};
    struct showing s;
    struct gathering g = {.w = w, .r = out, .s = &s};
    enum err e = showing_load(w, &(struct args){&given, 1}, 1, AS_PUBLISHED, &s);
    *any = false;
    if (e != OK || s.frozen == 0 || s.r->n_nodes == 0) return e;
    take_rules(w, s.r, out);
    take_orgs(&g);
    e = frame_name(w, out->frame_id, &out->frame, &out->frame_ja, &out->frame_en);
    if (e == OK) e = each(&g, S("rates"), S("coverage"), take_coverage);
    if (e == OK) e = each(&g, S("rates"), S("rates"), take_attained);
    if (e == OK) e = each(&g, S("grades"), S("grades"), take_grade);
    *any = e == OK;
    return e;
}

enum err inspect_past_rounds(struct work *w, struct past_round **out, size_t *n)
{
    str *codes;
    size_t n_codes, taken = 0;
    enum err e = round_codes(w, &codes, &n_codes);
    if (e != OK) return e;
    struct past_round *all = arena_array(w->a, n_codes + 1, sizeof *all);
    bool may_read = (w->actor->rights & MAY_READ_RATES) != 0;
    for (size_t i = n_codes; may_read && e == OK && i-- > 0;) {
        bool any;
        e = take_round(w, codes[i], &all[taken], &any);
        taken += e == OK && any;
    }
    *out = all;
    *n = taken;
    return e;
}
