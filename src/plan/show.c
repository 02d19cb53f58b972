/* plan show: one plan in its printed order, with headings and what is told again. */
#include "plan/acts.h"
#include "plan/plan_store.h"

struct showing {
    struct work *w;
    struct doc *out;
    struct plan p;
    struct plan_item *items;
    size_t n;
    struct owners owners;
};

static void head(const struct showing *s)
{
    enum lang lang = s->out->lang;
    const struct plan *p = &s->p;
    int64_t count[ITEM_KINDS] = {0};
    for (size_t i = 0; i < s->n; i++) count[s->items[i].kind]++;
    doc_title(s->out, M("%1"), lang_pick(lang, p->title_ja, p->title_en));
    doc_lead(s->out, M("%1: %2, %3 to %4"), p->code, lang_pick(lang, p->org_ja, p->org_en), lang_date(s->w->a, lang, p->since),
             lang_date(s->w->a, lang, p->until));
    doc_fact(s->out, "edition", M("Edition"), C_INT(p->no));
    doc_fact(s->out, "state", M("State"), C_ENUM(p->state));
    doc_fact(s->out, "measures", M("Measures"), C_INT(count[ITEM_MEASURE]));
    doc_fact(s->out, "relisted", M("Told again"), C_INT(count[ITEM_RELISTED]));
}

static const struct column item_columns[] = {
    {"kind", CELL_ENUM, N("Kind of item"), COL_DETAIL, NULL, NULL},
    {"key", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"level", CELL_INT, N("Level of heading"), COL_DATA, NULL, NULL},
    {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
    {"relists", CELL_TEXT, N("First told as"), COL_DETAIL, "plan measure", "no"},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static void item_row(const struct showing *s, const struct plan_item *x)
{
    str ja = owners_words(s->w->a, LANG_JA, &s->owners, x), en = owners_words(s->w->a, LANG_EN, &s->owners, x);
    DOC_ROW(s->out, C_ENUM(str_of(item_kinds[x->kind])), C_TEXT(x->key), C_INT(x->level), text_cell(x->code),
            both_cell(x->title_ja, x->title_en), both_cell(ja, en), text_cell(x->relists), C_TEXT(s->p.code));
}

enum err plan_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out};
    enum err e = plan_wanted(w, in, &s.p);
    if (e == OK) e = plan_items(w, s.p.edition, WITH_OWNERS, &s.items, &s.n);
    if (e == OK) e = owners_load(w, &s.p, arg_given(in, "at") ? arg_int(in, "at") : s.p.since, &s.owners);
    if (e != OK) return e;
    head(&s);
    DOC_TABLE(out, "items", item_columns);
    for (size_t i = 0; i < s.n; i++) item_row(&s, &s.items[i]);
    doc_table_end(out);
    return OK;
}
