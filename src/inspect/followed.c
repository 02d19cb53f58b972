/* Where figures of an organisation are low: opening a finding, or recommending (room case), with its source filled in. */
#include "inspect/pages.h"

bool recommends_to(const struct showing *s, size_t node)
{
    const struct actor *a = s->w->actor;
    const struct node *n = &s->r->nodes[node];
    if (a->rights & MAY_MANAGE) return n->here > a->lo;
    /* The centre to the bodies next below it; the node above may not be loaded, the top of the frame is known. */
    bool next = n->up >= 0 ? s->r->nodes[n->up].here == a->lo : n->depth == 1 && a->org == s->r->frame;
    return (a->rights & MAY_CENTRE) != 0 && next;
}

/* ---- rates ---- */

void rates_followed(struct showing *s, struct doc *out)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("Kind"), 0, NULL, NULL},
        {"finding", CELL_TEXT, N("Open a finding"), 0, "case open", "kind"},
        {"recommendation", CELL_TEXT, N("Recommend"), 0, "case open", "kind"},
        {"at_round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
        {"source", CELL_TEXT, N("Comes from"), COL_DATA, NULL, "source"},
        {"title", CELL_TEXT, N("Subject"), COL_DATA, NULL, "title"},
    };
    struct arena *a = s->w->a;
    if (s->node < 0 || s->withheld[s->node] || !recommends_to(s, (size_t)s->node)) return;
    const struct node *o = &s->r->nodes[s->node];
    const str name = lang_pick(out->lang, o->name_ja, o->name_en);
    const str of[] = {name, lang_pick(out->lang, s->r->title_ja, s->r->title_en)};
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(out, "followed", columns);
    str what = tr_fill(a, out->lang, M("Where the rates of %1 are low, a finding or a recommendation may follow."), &name, 1);
    DOC_ROW(out, C_TEXT(what), opens_findings(s->w) ? C_TEXT(S("finding")) : C_NONE, C_TEXT(S("recommendation")),
            C_TEXT(s->r->code),
            C_TEXT(str_fmt(a, "rate:%.*s/%.*s", STR_ARG(s->r->code), STR_ARG(o->code))),
            C_TEXT(tr_fill(a, out->lang, M("Implementation rates of %1 (%2)"), of, 2)));
    doc_table_end(out);
}

/* ---- grades ---- */

struct low {
    size_t node;
    struct rate rate;
    str grade;
};
struct lows {
    struct showing *s;
    struct low *all;
    size_t n;
};

static void take_low(void *to, str table, const struct column *columns, size_t n, const struct cell *cells)
{
    struct lows *l = to;
    const struct grades *g = &l->s->r->grades;
    if (!str_eq(table, S("grades"))) return;
    ptrdiff_t node = round_node_by_code(l->s->r, cells[0].text);
    str grade = cell_of(columns, n, cells, "grade").text;
    if (node < 0 || l->s->withheld[node] || !recommends_to(l->s, (size_t)node)) return;
    for (size_t i = (g->n + 1) / 2; i < g->n; i++)
        if (str_eq(g->grade[i].name, grade))
            l->all[l->n++] = (struct low){(size_t)node, cell_of(columns, n, cells, "rate").rate, g->grade[i].name};
}

/* From the table that the page shows, so that it never says other than that. */
static enum err lows_load(struct lows *l)
{
    struct showing *s = l->s;
    struct taking t;
    struct doc *d = taking_doc(&t, s->w, take_low, l);
    l->all = arena_array(s->w->a, s->r->n_nodes + 1, sizeof *l->all);
    if (s->frozen == 0) return grades_tables(s, d);
    struct frozen_filter f = showing_filter(s);
    bool none;
    f.missing = &none;
    return frozen_show(s->w, s->frozen, S("grades"), S("grades"), &f, d);
}

static void low_row(const struct lows *l, const struct low *low, struct doc *out)
{
    struct arena *a = l->s->w->a;
    const struct round *r = l->s->r;
    const struct node *o = &r->nodes[low->node];
    const str of[] = {low->grade, lang_pick(out->lang, r->title_ja, r->title_en)};
    DOC_ROW(out, C_ORG(o->code, o->name_ja, o->name_en, 0), C_TEXT(low->grade), C_RATE(low->rate),
            opens_findings(l->s->w) ? C_TEXT(S("finding")) : C_NONE, C_TEXT(S("recommendation")), C_TEXT(o->code),
            C_TEXT(r->code),
            C_TEXT(str_fmt(a, "grade:%.*s/%.*s", STR_ARG(r->code), STR_ARG(o->code))),
            C_TEXT(tr_fill(a, out->lang, M("Grade %1 (%2)"), of, 2)));
}

enum err grades_followed(struct showing *s, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
        {"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
        {"rate", CELL_RATE, N("Overall rate"), COL_DETAIL, NULL, NULL},
        {"finding", CELL_TEXT, N("Open a finding"), 0, "case open", "kind"},
        {"recommendation", CELL_TEXT, N("Recommend"), 0, "case open", "kind"},
        {"at_org", CELL_TEXT, N("Organisation"), COL_DATA, NULL, "org"},
        {"at_round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
        {"source", CELL_TEXT, N("Comes from"), COL_DATA, NULL, "source"},
        {"title", CELL_TEXT, N("Subject"), COL_DATA, NULL, "title"},
    };
    struct lows l = {.s = s};
    if (!(s->w->actor->rights & (MAY_MANAGE | MAY_CENTRE))) return OK;
    enum err e = lows_load(&l);
    if (e != OK || l.n == 0) return e;
    doc_heading(out, M("In the lower half of the grades"));
    DOC_TABLE(out, "low", columns);
    for (size_t i = 0; i < l.n; i++) low_row(&l, &l.all[i], out);
    doc_table_end(out);
    return OK;
}
