/* plan measure: all of one measure, and what else has to do with it. */
#include "base/hash.h"
#include "plan/progress.h"
#include "plan/acts.h"
#include "plan/carry.h"
#include "plan/items.h"
#include "series/series.h"
#include "surface/reference.h"

struct showing {
    struct work *w;
    struct doc *out;
    const struct args *in;
    struct plan p;
    struct plan_item x, first; /* first: where it is told for the first time; x itself but for what is told again */
    struct owners owners;
    struct plan_hanging hangs;
    struct cell area;
};

str plan_item_print(struct work *w, const struct plan_item *x)
{
    struct plan_cells c;
    struct buf b = buf_in(w->a);
    cells_of_item(w->a, x, 0, &c);
    for (size_t k = 0; k < PLAN_COLUMNS; k++) {
        buf_add(&b, c.cell[k]);
        buf_byte(&b, '\x1f');
    }
    return str_sub(sha256_hex(w->a, buf_str(&b)), 0, 16);
}

enum err plan_hanging(struct work *w, const struct plan *p, str key, struct plan_hanging *out)
{
    struct plan_item *items;
    struct plan_linked *linked;
    size_t n, n_linked;
    str target = reference_text(w->a, REFER_MEASURE, p->code, key);
    enum err e = plan_items(w, p->edition, 0, &items, &n);
    if (e == OK) e = plan_linked(w, target, &linked, &n_linked);
    if (e != OK) return e;
    size_t *at = arena_array(w->a, n + 1, sizeof *at), k = 0;
    for (size_t i = 0; i < n; i++)
        if (items[i].kind == ITEM_RELISTED && str_eq(items[i].relists, key)) at[k++] = i;
    *out = (struct plan_hanging){items, at, k, linked, n_linked};
    return OK;
}

/* ---- head and text ---- */

static void paragraphs(struct doc *out, str text)
{
    for (str line; str_cut(&text, '\n', &line);)
        if (str_trim(line).n != 0) doc_text(out, M("%1"), str_trim(line));
}

static void head(const struct showing *s)
{
    struct doc *out = s->out;
    const struct plan_item *x = &s->first;
    str title = lang_pick(out->lang, x->title_ja, x->title_en), plan = lang_pick(out->lang, s->p.title_ja, s->p.title_en);
    ptrdiff_t lead = owners_lead(&s->owners, x);
    const struct owners_org *o = lead < 0 ? NULL : &s->owners.org[lead];
    struct cell flag = plan_flag_cell(x->flag);
    if (s->x.kind == ITEM_MEASURE) doc_title(out, M("No. %1 %2"), s->x.key, title);
    else doc_title(out, M("%1"), title.n != 0 ? title : s->x.key);
    doc_lead(out, M("%1, edition %2"), plan, str_int(s->w->a, s->p.no));
    doc_fact(out, "kind", M("Kind of item"), item_kind_cell(s->x.kind));
    if (s->x.code.n != 0) doc_fact(out, "code", M("Printed code"), C_TEXT(s->x.code));
    if (o != NULL) doc_fact(out, "lead", M("Lead"), C_ORG(o->code, o->name_ja, o->name_en, 0));
    else if (s->x.kind == ITEM_MEASURE) doc_fact(out, "lead", M("Lead"), words_cell(M("none: the centre says how it stands")));
    if (x->area.n != 0) doc_fact(out, "area", M("Area of the basic plan"), s->area);
    if (x->flag.n != 0) doc_text(out, M("Note on the source: %1"), doc_cell_words(s->w->a, out->lang, &flag));
    paragraphs(out, lang_pick(out->lang, x->text_ja, x->text_en));
}

/* By name, where the basic plan is in sight. */
static enum err area_named(struct showing *s)
{
    struct plan basic = s->p;
    struct plan_item area;
    int64_t faults = s->w->faults.count;
    s->area = series_area(s->first.area);
    if (s->first.area.n == 0) return OK;
    enum err e = s->p.basic.n == 0 ? OK : plan_find(s->w, s->p.basic, 0, &basic);
    if (e == OK) e = plan_item_look(s->w, &basic, s->first.area, &area);
    if (e == OK && area.kind == ITEM_AREA) s->area = (struct cell){.type = CELL_TEXT, .text = area.key, .ja = area.title_ja, .en = area.title_en};
    if (e == NOTFOUND) s->w->faults.count = faults;
    return e == NOTFOUND ? OK : e;
}

/* The headings it stands below, from the chapter down. */
static void place(const struct showing *s)
{
    static const struct column columns[] = {{"level", CELL_INT, N("Level of heading"), COL_DATA, NULL, NULL},
                                            {"heading", CELL_TEXT, N("Heading"), 0, NULL, NULL}};
    const struct plan_item *all = s->hangs.again;
    ptrdiff_t way[PLAN_LEVELS], n = 0;
    for (ptrdiff_t h = all[s->x.ord - 1].heading; h >= 0 && n < PLAN_LEVELS; h = all[h].heading) way[n++] = h;
    if (n == 0) return;
    doc_heading(s->out, M("Where it stands in the plan"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "heading"});
    DOC_TABLE(s->out, "headings", columns);
    while (n-- > 0) {
        const struct plan_item *h = &all[way[n]];
        DOC_ROW(s->out, C_INT(h->level), both_cell(h->title_ja, h->title_en));
    }
    doc_table_end(s->out);
}

/* ---- owners ---- */

static const struct column owner_columns[] = {
    {"owner", CELL_TEXT, N("Who owns it"), 0, NULL, NULL},
    {"code", CELL_TEXT, N("Code"), COL_DATA, NULL, NULL},
    {"lead", CELL_BOOL, N("Lead"), 0, NULL, NULL},
    {"members", CELL_TEXT, N("Who they are"), 0, NULL, NULL},
};

static void owners(const struct showing *s)
{
    struct arena *a = s->w->a;
    const struct plan_item *x = &s->first;
    ptrdiff_t lead = owners_lead(&s->owners, x);
    if (x->n_owners == 0) return;
    doc_heading(s->out, M("Owners, on %1"), lang_date(a, s->out->lang, s->owners.day));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "owner"});
    DOC_TABLE(s->out, "owners", owner_columns);
    for (size_t i = 0; i < x->n_owners; i++) {
        str code = x->owner[i].owner;
        ptrdiff_t g = owners_org(&s->owners, code) >= 0 ? -1 : owners_group(&s->owners, code);
        struct cell who = g < 0 ? C_NONE : plan_members_cell(a, &s->owners, (size_t)g);
        DOC_ROW(s->out, C_BOTH(owner_name(LANG_JA, &s->owners, code), owner_name(LANG_EN, &s->owners, code)), C_TEXT(code),
                C_BOOL(lead >= 0 && lead == owners_org(&s->owners, code)), who);
    }
    doc_table_end(s->out);
}

/* ---- milestones ---- */

static void milestones(const struct showing *s)
{
    static const struct column columns[] = {
        {"title", CELL_TEXT, N("Milestone"), 0, NULL, NULL}, {"since", CELL_DATE, N("From"), 0, NULL, NULL},
        {"until", CELL_DATE, N("Until"), 0, NULL, NULL},     {"done", CELL_DATE, N("Reached on"), 0, NULL, NULL},
        {"derived", CELL_BOOL, N("Read out of another text"), COL_DETAIL, NULL, NULL},
    };
    const struct plan_item *x = &s->first;
    if (x->n_milestones == 0) return;
    doc_heading(s->out, M("Milestones"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(s->out, "milestones", columns);
    for (size_t i = 0; i < x->n_milestones; i++) {
        const struct plan_milestone *m = &x->milestone[i];
        DOC_ROW(s->out, both_cell(m->title_ja, m->title_en), m->has_since ? C_DATE(m->since) : C_NONE, C_DATE(m->until),
                m->has_done ? C_DATE(m->done) : C_NONE, C_BOOL(m->derived));
    }
    doc_table_end(s->out);
}

/* ---- links: out, and in ---- */

enum { LINK_FIXED = 2, LINK_COLUMNS = LINK_FIXED + REFERENCE_COLUMNS };

static enum err link_row(const struct showing *s, const struct reference_table *t, const struct plan_link *l)
{
    struct cell cells[LINK_COLUMNS] = {C_ENUM(l->relation), C_TEXT(l->target)};
    struct reference r;
    str ja = S(""), en = S("");
    if (reference_parse(l->target, &r) && r.sort == REFER_MEASURE) {
        enum err e = plan_named(s->w, r.first, r.last, &ja, &en);
        if (e != OK) return e;
        /* The number before the title: the number alone would not say of which plan. */
        en = str_fmt(s->w->a, "%.*s %.*s  %.*s", STR_ARG(r.first), STR_ARG(r.last), STR_ARG(lang_pick(LANG_EN, ja, en)));
        ja = str_fmt(s->w->a, "%.*s %.*s　%.*s", STR_ARG(r.first), STR_ARG(r.last), STR_ARG(ja));
    }
    (void)reference_cells(t, l->target, ja, en, cells + LINK_FIXED);
    doc_row(s->out, cells);
    return OK;
}

static enum err links(const struct showing *s)
{
    struct column columns[LINK_COLUMNS] = {{"relation", CELL_ENUM, N("Relation"), 0, NULL, NULL},
                                           {"target", CELL_TEXT, N("Leads to"), COL_DATA, NULL, NULL}};
    struct reference_table t = {0};
    enum err e = OK;
    if (s->first.n_links == 0) return OK;
    for (size_t i = 0; i < s->first.n_links; i++) reference_see(&t, s->first.link[i].target);
    doc_heading(s->out, M("What it has to do with"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "relation"});
    doc_table(s->out, "links", columns, LINK_FIXED + reference_columns(&t, 0, columns + LINK_FIXED));
    for (size_t i = 0; e == OK && i < s->first.n_links; i++) e = link_row(s, &t, &s->first.link[i]);
    doc_table_end(s->out);
    return e;
}

static const struct column linked_columns[] = {
    {"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"relation", CELL_ENUM, N("Relation"), 0, NULL, NULL},
};

static void linked(const struct showing *s)
{
    const struct plan_hanging *h = &s->hangs;
    if (h->n_linked + h->n_again == 0) return;
    doc_heading(s->out, M("What refers to it"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "no"});
    DOC_TABLE(s->out, "linked", linked_columns);
    for (size_t i = 0; i < h->n_again; i++) {
        const struct plan_item *x = &h->again[h->again_at[i]], *under = x->heading < 0 ? x : &h->again[x->heading];
        DOC_ROW(s->out, C_TEXT(s->p.code), C_TEXT(x->key), both_cell(under->title_ja, under->title_en), C_ENUM(S("relisted")));
    }
    for (size_t i = 0; i < h->n_linked; i++) {
        const struct plan_linked *l = &h->linked[i];
        DOC_ROW(s->out, C_TEXT(l->plan), C_TEXT(l->key), both_cell(l->title_ja, l->title_en), C_ENUM(l->relation));
    }
    doc_table_end(s->out);
}

/* ---- what may be done ---- */

/* A recommendation to the lead (勧告) is opened by who reads the plan as the centre does. */
static void recommend(const struct showing *s)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"kind", CELL_TEXT, N("Recommend"), 0, "case open", "kind"},
        {"org", CELL_TEXT, N("Organisation"), COL_DATA, NULL, "org"},
        {"title", CELL_TEXT, N("Title"), COL_DATA, NULL, "title"},
        {"source", CELL_TEXT, N("Source"), COL_DATA, NULL, "source"},
    };
    ptrdiff_t lead = owners_lead(&s->owners, &s->first);
    if (s->x.kind != ITEM_MEASURE || !plan_mine(s->w, &s->p)) return;
    doc_heading(s->out, M("What may follow from it"));
    doc_show(s->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(s->out, "recommend", columns);
    DOC_ROW(s->out, words_cell(M("Recommend something to the lead")), C_TEXT(S("recommendation")), lead < 0 ? C_NONE : C_TEXT(s->owners.org[lead].code),
            C_TEXT(lang_pick(s->out->lang, s->x.title_ja, s->x.title_en)),
            C_TEXT(reference_text(s->w->a, REFER_MEASURE, s->p.code, s->x.key)));
    doc_table_end(s->out);
}

void plan_write_form(struct doc *out, const struct plan *p, const struct plan_item *given, str was, bool folded)
{
    doc_form(out, &(struct form){.act = "plan write", .given = {{"plan", p->code}, {"no", given->key}, {"was", was}}, .folded = folded,
                                 .button = {{NULL, NULL, M("Save")}}});
    plan_item_fields(out, given);
    doc_form_end(out);
}

static void forms(const struct showing *s)
{
    bool open = s->p.is_last && !str_eq(s->p.state, S("decided"));
    if (!open || !plan_mine(s->w, &s->p) || s->out->face->form == NULL) return;
    doc_heading(s->out, M("What you may do now"));
    plan_write_form(s->out, &s->p, &s->x, plan_item_print(s->w, &s->x), true);
    doc_form(s->out, &(struct form){.act = "plan remove-item", .given = {{"plan", s->p.code}, {"no", s->x.key}}, .folded = true,
                                    .button = {{"rehearse", "1", M("Show what would change")}}});
    doc_text(s->out, M("What refers to it is shown first; nothing is taken out before that."));
    doc_form_end(s->out);
}

static enum err load(struct showing *s)
{
    struct work *w = s->w;
    enum err e = plan_wanted(w, s->in, &s->p);
    if (e == OK) e = plan_item(w, &s->p, arg_text(s->in, "no"), &s->x);
    if (e == OK && s->x.kind == ITEM_RELISTED) e = plan_item(w, &s->p, s->x.relists, &s->first);
    else if (e == OK) s->first = s->x;
    if (e == OK) e = owners_load(w, &s->p, plan_owners_day(s->in, &s->p), &s->owners);
    return e == OK ? plan_hanging(w, &s->p, s->first.key, &s->hangs) : e;
}

enum err plan_view_measure(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out, .in = in};
    enum err e = load(&s);
    if (e == OK) e = area_named(&s);
    if (e != OK) return e;
    head(&s);
    if (s.x.kind == ITEM_RELISTED)
        doc_note(out, M("Told again here: it counts, and is reported on, in its first place, no. %1."), s.x.relists);
    if ((e = progress_blocks(w, &s.p, &s.x, out)) != OK) return e;
    owners(&s);
    milestones(&s);
    if ((e = links(&s)) != OK) return e;
    linked(&s);
    place(&s);
    if ((e = plan_why_block(w, &s.p, &s.first, out)) != OK) return e;
    recommend(&s);
    forms(&s);
    plan_pages(&s.p, out);
    return OK;
}
