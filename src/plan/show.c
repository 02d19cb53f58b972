/* plan show: one plan in its printed order, with headings and what is told again. */
#include "base/utf8.h"
#include "plan/acts.h"
#include "plan/forms.h"
#include "plan/items.h"

struct showing {
    struct work *w;
    struct doc *out;
    const struct args *in;
    struct plan p;
    struct plan_item *items;
    size_t n;
    struct owners owners;
    struct plan_index index;
    bool *shown; /* by place */
    bool filtered, mine;
};

struct cell plan_flag_cell(str flag)
{
    ptrdiff_t at = str_find(flag, S(" / "));
    return at < 0 ? text_cell(flag) : both_cell(str_sub(flag, 0, (size_t)at), str_sub(flag, (size_t)at + 3, flag.n));
}

struct cell plan_cell(const struct plan *p)
{
    return (struct cell){.type = CELL_TEXT, .text = p->code, .ja = p->title_ja, .en = p->title_en};
}

/* ---- which items ---- */

static bool owned_by(const struct showing *s, const struct plan_item *x, str owner)
{
    ptrdiff_t org = owners_org(&s->owners, owner);
    const size_t *own;
    for (size_t i = 0; i < x->n_owners; i++)
        if (str_eq(x->owner[i].owner, owner)) return true;
    size_t n = org < 0 ? 0 : owners_of(&s->owners, x, s->w->a, &own);
    for (size_t i = 0; i < n; i++)
        if (own[i] == (size_t)org) return true;
    return false;
}

static bool says(const struct showing *s, const struct plan_item *x, str words)
{
    const str texts[] = {x->title_ja, x->title_en, x->text_ja, x->text_en, x->code, x->key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].n != 0 && str_find(utf8_fold(s->w->a, texts[i]), words) >= 0) return true;
    return false;
}

static bool wanted(const struct showing *s, const struct plan_item *x, str folded)
{
    str area = arg_text(s->in, "area"), owner = arg_text(s->in, "owner");
    struct arena_mark mark = arena_mark(s->w->a);
    bool is = (area.n == 0 || str_eq(x->area, area)) && (owner.n == 0 || owned_by(s, x, owner)) && (folded.n == 0 || says(s, x, folded));
    arena_back(s->w->a, mark);
    return is;
}

/* A heading is shown when something below it is. */
static void choose(struct showing *s)
{
    str q = str_trim(arg_text(s->in, "q")), folded = q.n == 0 ? (str){"", 0} : utf8_fold(s->w->a, q);
    s->filtered = q.n != 0 || arg_given(s->in, "area") || arg_given(s->in, "owner");
    s->shown = arena_array(s->w->a, s->n + 1, sizeof *s->shown);
    for (size_t i = 0; i < s->n; i++) {
        s->shown[i] = !s->filtered || (s->items[i].kind != ITEM_HEADING && wanted(s, &s->items[i], folded));
        for (ptrdiff_t h = s->shown[i] ? s->items[i].heading : -1; h >= 0 && !s->shown[h]; h = s->items[h].heading) s->shown[h] = true;
    }
}

/* ---- head ---- */

static int64_t owner_count(const struct showing *s)
{
    bool *is = arena_array(s->w->a, s->owners.n_orgs + 1, sizeof *is);
    int64_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct arena_mark mark = arena_mark(s->w->a);
        const size_t *own;
        size_t n_own = owners_of(&s->owners, &s->items[i], s->w->a, &own);
        for (size_t k = 0; k < n_own; k++) is[own[k]] = true;
        arena_back(s->w->a, mark);
    }
    for (size_t i = 0; i < s->owners.n_orgs; i++) n += is[i];
    return n;
}

/* By its name, where the reader may see it; else by its code, which the plan says anyway. */
static struct cell basic_cell(const struct showing *s)
{
    struct plan *all;
    size_t n;
    if (plan_all(s->w, &all, &n) != OK) return C_TEXT(s->p.basic);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].code, s->p.basic)) return plan_cell(&all[i]);
    return C_TEXT(s->p.basic);
}

static void head(const struct showing *s)
{
    struct doc *out = s->out;
    const struct plan *p = &s->p;
    int64_t count[ITEM_KINDS] = {0}, shown = 0;
    for (size_t i = 0; i < s->n; i++) {
        count[s->items[i].kind]++;
        shown += s->shown[i] && s->items[i].kind == ITEM_MEASURE;
    }
    doc_title(out, M("%1"), lang_pick(out->lang, p->title_ja, p->title_en));
    doc_lead(out, M("%1, from %2 to %3"), lang_pick(out->lang, p->org_ja, p->org_en), lang_date(s->w->a, out->lang, p->since),
             lang_date(s->w->a, out->lang, p->until));
    doc_fact(out, "edition", M("Edition"), C_INT(p->no));
    doc_fact(out, "state", M("State"), plan_state_cell(p->state));
    if (p->has_decided) doc_fact(out, "decided", M("Decided on"), C_DATE(p->decided));
    doc_fact_of(out, "measures", M("Measures"), C_INT(count[ITEM_MEASURE]), M("each counted in its first place"));
    doc_fact(out, "relisted", M("Told again"), C_INT(count[ITEM_RELISTED]));
    if (count[ITEM_DIRECTION] != 0) doc_fact(out, "directions", M("Directions for next year"), C_INT(count[ITEM_DIRECTION]));
    doc_fact(out, "owners", M("Organisations that own them"), C_INT(owner_count(s)));
    if (s->filtered) doc_fact(out, "shown", M("Measures shown"), C_INT(shown));
    if (p->basic.n != 0) doc_fact(out, "basic", M("Carries out"), basic_cell(s));
    if (p->source_ja.n + p->source_en.n != 0)
        doc_note(out, M("Source: %1"), lang_pick(out->lang, p->source_ja, p->source_en));
    if (!p->is_last) doc_note(out, M("This is not the last edition."));
    if (p->reason.n != 0) doc_note(out, M("Why this edition was made: %1"), p->reason);
}

/* ---- rows ---- */

static const struct column item_columns[] = {
    {"key", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"kind", CELL_ENUM, N("Kind of item"), COL_DATA, NULL, NULL},
    {"heading", CELL_INT, N("Level of heading"), COL_DATA, NULL, NULL},
    {"code", CELL_TEXT, N("Printed code"), COL_DETAIL, NULL, NULL},
    {"title", CELL_TEXT, N("Title"), 0, "plan measure", "no"},
    {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
    {"owner_codes", CELL_TEXT, N("Owners"), COL_DATA, NULL, NULL},
    {"lead", CELL_ORG, N("Lead"), COL_DETAIL, NULL, NULL},
    {"relists", CELL_TEXT, N("First told as"), 0, "plan measure", "no"},
    {"area", CELL_TEXT, N("Area of the basic plan"), COL_DATA, NULL, NULL},
    {"flag", CELL_TEXT, N("Flag"), COL_DETAIL, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    {"edition", CELL_INT, N("Edition"), COL_DATA, NULL, "edition"},
};

/* What is told again has its title and owners from its first place, where its own row does not say them. */
static const struct plan_item *first_of(const struct showing *s, const struct plan_item *x)
{
    ptrdiff_t at = x->kind == ITEM_RELISTED ? plan_index_find(&s->index, x->relists) : -1;
    return at < 0 ? x : &s->items[at];
}

static struct cell title_cell(const struct plan_item *x, const struct plan_item *first)
{
    bool own = x->title_ja.n + x->title_en.n != 0;
    const struct plan_item *by = own ? x : first;
    bool titled = by->title_ja.n + by->title_en.n != 0;
    str ja = titled ? by->title_ja : by->text_ja, en = titled ? by->title_en : by->text_en;
    return (struct cell){.type = CELL_TEXT, .text = x->key, .ja = ja, .en = en};
}

enum { OWNERS_NAMED = 8 }; /* in a row; the page of the measure names all */

static void item_row(const struct showing *s, const struct plan_item *x)
{
    struct arena_mark mark = arena_mark(s->w->a);
    const struct plan_item *first = first_of(s, x), *owned = x->n_owners != 0 ? x : first;
    str ja = owners_first(s->w->a, LANG_JA, &s->owners, owned, OWNERS_NAMED);
    str en = owners_first(s->w->a, LANG_EN, &s->owners, owned, OWNERS_NAMED);
    ptrdiff_t lead = owners_lead(&s->owners, owned);
    const struct owners_org *o = lead < 0 ? NULL : &s->owners.org[lead];
    bool heading = x->kind == ITEM_HEADING;
    DOC_ROW(s->out, C_TEXT(x->key), item_kind_cell(x->kind), heading ? C_INT(x->level) : C_NONE, text_cell(x->code),
            title_cell(x, first), both_cell(ja, en), text_cell(owners_text(s->w->a, owned)),
            o == NULL ? C_NONE : C_ORG(o->code, o->name_ja, o->name_en, 0), text_cell(x->relists),
            text_cell(x->area), plan_flag_cell(x->flag), C_TEXT(s->p.code), arg_given(s->in, "edition") ? C_INT(s->p.no) : C_NONE);
    arena_back(s->w->a, mark);
}

static void more(const struct showing *s, int64_t next)
{
    static const struct column columns[] = {{"from", CELL_TEXT, N("Go on"), 0, "plan show", "from"}};
    str place = str_int(s->w->a, next);
    doc_text(s->out, M("The plan has more rows than one page: it goes on from place %1."), place);
    DOC_TABLE(s->out, "more", columns);
    DOC_ROW(s->out, ((struct cell){.type = CELL_TEXT, .text = place, .ja = tr(LANG_JA, M("Go on")), .en = M("Go on")}));
    doc_table_end(s->out);
}

enum { SHOW_ROWS = 500 }; /* of one page; data has all */

static void rows(const struct showing *s)
{
    int64_t n = 0, next = 0, from = arg_given(s->in, "from") ? arg_int(s->in, "from") : 1;
    doc_show(s->out, &(struct show){.kind = SHOW_SECTIONS, .label = "title", .state = "heading"});
    struct column columns[sizeof item_columns / sizeof *item_columns];
    memcpy(columns, item_columns, sizeof columns);
    if (str_eq(s->p.kind, S("basic"))) columns[0].flags |= COL_DATA; /* its items have keys, no numbers that were printed */
    DOC_TABLE(s->out, "items", columns);
    for (size_t i = 0; i < s->n && next == 0; i++) {
        if (!s->shown[i] || s->items[i].ord < from) continue;
        if (s->out->paged && n == SHOW_ROWS) next = s->items[i].ord;
        else item_row(s, &s->items[i]), n++;
    }
    doc_table_end(s->out);
    if (next != 0) more(s, next);
}

/* ---- what may be done ---- */

static void change_form(const struct showing *s)
{
    const struct plan *p = &s->p;
    struct arena *a = s->w->a;
    const struct form_field fields[] = {
        {"title_ja", "text", M("Title in Japanese"), .value = p->title_ja},
        {"title_en", "text", M("Title in English"), .value = p->title_en},
        {"since", "date", M("First day"), .value = date_text(a, p->since)},
        {"until", "date", M("Last day"), .value = date_text(a, p->until)},
        {"basic", "text", M("Basic plan it carries out"), .help = M("its code; none: of no basic plan any more"), .value = p->basic},
        {"source_ja", "text", M("Source, in Japanese"), .value = p->source_ja},
        {"source_en", "text", M("Source, in English"), .value = p->source_en},
    };
    const struct form form = {.act = "plan change", .given = {{"plan", p->code}}, .folded = true};
    plan_field_form(s->out, &form, "whole", fields, sizeof fields / sizeof *fields);
}

/* Leads to what a draft may take over: recommendations, and what the plan before it left unfinished. */
static struct cell taken_over(const struct showing *s)
{
    const str says = M("What next year's plan may take over");
    if (!str_eq(s->p.state, S("draft")) || str_eq(s->p.kind, S("basic"))) return C_NONE;
    return (struct cell){.type = CELL_TEXT, .text = s->p.code, .ja = tr(LANG_JA, says), .en = tr(LANG_EN, says)};
}

static void may_do(const struct showing *s)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What you may do now"), 0, NULL, NULL},
        {"why", CELL_TEXT, N("Explanation"), 0, NULL, NULL},
        {"add", CELL_TEXT, N("Add an item"), 0, "plan add-item", "plan"},
        {"import", CELL_TEXT, N("Import items"), 0, "plan import", "plan"},
        {"carry", CELL_TEXT, N("Take over into a plan"), 0, "plan candidates", "into"},
    };
    bool open = s->p.is_last && !str_eq(s->p.state, S("decided"));
    if (!s->mine || s->out->face->form == NULL) return; /* what is asked is of no use as data before the plan itself */
    if (open) {
        doc_show(s->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "why"});
        DOC_TABLE(s->out, "acts", columns);
        DOC_ROW(s->out, words_cell(M("This edition can be changed")),
                words_cell(s->n == 0 ? M("It has no items yet: add the first one, or import them all from a file.")
                                     : M("A measure is changed on its own page; a file replaces all.")),
                C_TEXT(s->p.code), C_TEXT(s->p.code), taken_over(s));
        doc_table_end(s->out);
    }
    change_form(s);
    /* life of an edition */
}

enum err plan_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out, .in = in};
    enum err e = plan_wanted(w, in, &s.p);
    unsigned with = WITH_OWNERS | (arg_given(in, "q") ? WITH_TEXT : 0);
    if (e == OK) e = plan_items(w, s.p.edition, with, &s.items, &s.n);
    if (e == OK) e = owners_load(w, &s.p, plan_owners_day(in, &s.p), &s.owners);
    if (e != OK) return e;
    s.index = plan_index(w->a, s.items, s.n);
    s.mine = plan_mine(w, &s.p);
    choose(&s);
    head(&s);
    plan_pages(&s.p, out);
    may_do(&s);
    rows(&s);
    return OK;
}
