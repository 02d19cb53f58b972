/* plan compare: the differences of two plans, or of two editions of one. */
#include "plan/acts.h"
#include "plan/compare.h"
#include "plan/forms.h"
#include "plan/life.h"
#include "series/series.h"

const struct param plan_compare_params[] = {
    {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"},
    {"edition", P_INT, 0, NULL, NULL, N("one edition, by its number; without it, the last one")},
    {"with", P_CODE, 0, NULL, NULL, N("the other plan; without it, another edition of the same"), "plan list"},
    {"with_edition", P_INT, 0, NULL, NULL, N("its edition; without it, the last one, or of the same plan the one before")},
    {0}};

struct side {
    struct plan p;
    struct plan_item *items;
    size_t n;
    struct owners owners;
};
struct comparing {
    struct work *w;
    struct doc *out;
    struct side was, is;
    struct compared *all;
    size_t n, count[CHANGES];
    bool same;
};

static enum err side_load(struct work *w, str code, int64_t no, struct side *s)
{
    enum err e = plan_find(w, code, no, &s->p);
    if (e == OK) e = plan_items(w, s->p.edition, WITH_ALL, &s->items, &s->n);
    if (e == OK) e = owners_load(w, &s->p, s->p.since, &s->owners);
    return e;
}

static bool later(const struct plan *x, const struct plan *y)
{
    return x->id == y->id ? x->no > y->no : x->since > y->since;
}

/* The later one is read against the earlier, whichever was named first. */
static enum err both_load(struct comparing *c, const struct args *in)
{
    str plan = arg_text(in, "plan"), with = arg_text(in, "with");
    int64_t no = arg_int(in, "edition"), with_no = arg_int(in, "with_edition");
    enum err e = side_load(c->w, plan, no, &c->is);
    if (e != OK) return e;
    c->same = with.n == 0 || str_eq(with, plan);
    if (c->same && with_no == 0) with_no = c->is.p.no - 1;
    if (c->same && with_no == 0) return OK; /* there is nothing before it */
    if ((e = side_load(c->w, c->same ? plan : with, with_no, &c->was)) != OK) return e;
    if (later(&c->was.p, &c->is.p)) {
        struct side kept = c->was;
        c->was = c->is;
        c->is = kept;
    }
    return OK;
}

static const str change_labels[CHANGES] = {N("Kept"), N("Changed"), N("New"), N("Gone")};

/* ---- cells ---- */

static str side_name(const struct comparing *c, const struct side *s)
{
    str title = lang_pick(c->out->lang, s->p.title_ja, s->p.title_en);
    const str of[] = {title, str_int(c->w->a, s->p.no)};
    return c->same ? tr_fill(c->w->a, c->out->lang, M("edition %2"), of, 2) : title;
}

static str milestones_said(struct arena *a, enum lang lang, const struct plan_item *x)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->n_milestones; i++) {
        const struct plan_milestone *m = &x->milestone[i];
        str title = lang_pick(lang, m->title_ja, m->title_en), until = lang_date(a, lang, m->until);
        buf_fmt(&b, "%s%.*s　%.*s", i == 0 ? "" : "\n", STR_ARG(until), STR_ARG(title));
    }
    return buf_str(&b);
}

static str said(const struct comparing *c, const struct side *s, const struct plan_item *x, enum change_of of)
{
    enum lang lang = c->out->lang;
    switch (of) {
    case OF_TITLE: return lang_pick(lang, x->title_ja, x->title_en);
    case OF_TEXT: return lang_pick(lang, x->text_ja, x->text_en);
    case OF_OWNERS: return owners_words(c->w->a, lang, &s->owners, x);
    case OF_MILESTONES: return milestones_said(c->w->a, lang, x);
    case OF_AREA: return x->area;
    case OF_CODE: return x->code;
    }
    return (str){"", 0};
}

static const struct {
    enum change_of of;
    str label;
} fields[] = {{OF_TITLE, N("Title")},           {OF_TEXT, N("Text")}, {OF_OWNERS, N("Owners")},
              {OF_MILESTONES, N("Milestones")}, {OF_AREA, N("Area")}, {OF_CODE, N("Code")}};

/* ---- blocks ---- */

static void head(const struct comparing *c)
{
    if (c->same)
        doc_title(c->out, M("%1: what changed"), lang_pick(c->out->lang, c->is.p.title_ja, c->is.p.title_en));
    else
        doc_title(c->out, M("What changed between two plans"));
    doc_lead(c->out, M("%1, compared with %2"), side_name(c, &c->is), side_name(c, &c->was));
    for (size_t i = 0; i < CHANGES; i++) doc_fact(c->out, compare_changes[i], change_labels[i], C_INT((int64_t)c->count[i]));
}

/* By name, where one of the two plans has the area. */
static struct cell area_cell(const struct comparing *c, str area)
{
    const struct side *sides[] = {&c->is, &c->was};
    for (size_t s = 0; area.n != 0 && s < 2; s++)
        for (size_t i = 0; i < sides[s]->n; i++) {
            const struct plan_item *x = &sides[s]->items[i];
            if (x->kind != ITEM_AREA || !str_eq(x->key, area)) continue;
            return enum_named_cell(area, x->title_ja, x->title_en);
        }
    return series_area(area);
}

/* A measure is known by its number; of the others the key is for programs, and people read what is printed. */
static struct cell line_no_cell(const struct plan_item *x)
{
    if (x == NULL) return C_NONE;
    if (x->kind == ITEM_MEASURE || x->kind == ITEM_RELISTED) return enum_named_cell(x->key, x->key, x->key);
    str no = x->code.n == 0 ? S("・") : x->code;
    return enum_named_cell(x->key, no, no);
}

static str item_name(const struct comparing *c, const struct compared *x, str field)
{
    enum lang lang = c->out->lang;
    bool measure = x->is->kind == ITEM_MEASURE || x->is->kind == ITEM_RELISTED;
    struct cell area = area_cell(c, x->is->area);
    str under = measure ? x->is->key : lang_pick(lang, area.ja, area.en), title = lang_pick(lang, x->is->title_ja, x->is->title_en);
    if (lang == LANG_JA)
        return str_fmt(c->w->a, "%.*s%s%.*s（%.*s）", STR_ARG(under), under.n == 0 ? "" : "　", STR_ARG(title), STR_ARG(field));
    return str_fmt(c->w->a, "%.*s%s%.*s (%.*s)", STR_ARG(under), under.n == 0 ? "" : ": ", STR_ARG(title), STR_ARG(field));
}

static void changed_rows(const struct comparing *c, const struct compared *x)
{
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        if (!(x->of & fields[f].of)) continue;
        str was = said(c, &c->was, x->was, fields[f].of), is = said(c, &c->is, x->is, fields[f].of);
        if (str_eq(was, is)) continue; /* it differs in the other language */
        DOC_ROW(c->out, C_TEXT(item_name(c, x, tr(c->out->lang, fields[f].label))), text_cell(was), text_cell(is),
                C_TEXT(x->is->key));
    }
}

static void changed(const struct comparing *c)
{
    static const struct column columns[] = {
        {"item", CELL_TEXT, N("Item"), 0, NULL, NULL},
        {"was", CELL_TEXT, N("Before"), 0, NULL, NULL},
        {"is", CELL_TEXT, N("After the change"), 0, NULL, NULL},
        {"key", CELL_TEXT, N("No."), COL_DATA, NULL, NULL},
    };
    if (c->count[CHANGE_CHANGED] == 0) return;
    doc_heading(c->out, M("Changed: both texts"));
    doc_show(c->out, &(struct show){.kind = SHOW_DIFF, .label = "item", .values = {"was", "is"}});
    DOC_TABLE(c->out, "changed_items", columns);
    for (size_t i = 0; i < c->n; i++)
        if (c->all[i].change == CHANGE_CHANGED) changed_rows(c, &c->all[i]);
    doc_table_end(c->out);
}

static void one_row(const struct comparing *c, const struct compared *x)
{
    const struct plan_item *item = x->is != NULL ? x->is : x->was;
    struct buf what = buf_in(c->w->a);
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        if (x->of & fields[f].of)
            buf_fmt(&what, "%s%.*s", what.n == 0 ? "" : c->out->lang == LANG_JA ? "、" : ", ", STR_ARG(tr(c->out->lang, fields[f].label)));
    DOC_ROW(c->out, enum_words_cell(str_of(compare_changes[x->change]), change_labels[x->change]), item_kind_cell(item->kind),
            area_cell(c, item->area), line_no_cell(x->was), line_no_cell(x->is),
            both_cell(item->title_ja, item->title_en.n == 0 ? item->title_ja : item->title_en), text_cell(buf_str(&what)));
}

static void all_rows(const struct comparing *c)
{
    static const struct column columns[] = {
        {"change", CELL_ENUM, N("Change"), 0, NULL, NULL},     {"kind", CELL_ENUM, N("Kind of item"), 0, NULL, NULL},
        {"area", CELL_ENUM, N("Area"), 0, NULL, NULL},
        {"was", CELL_ENUM, N("No. before"), 0, NULL, NULL},    {"is", CELL_ENUM, N("No. now"), 0, NULL, NULL},
        {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
        {"what", CELL_TEXT, N("What changed"), 0, NULL, NULL},
    };
    static const enum change order[] = {CHANGE_CHANGED, CHANGE_NEW, CHANGE_GONE, CHANGE_KEPT};
    doc_heading(c->out, M("All items"));
    doc_show(c->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(c->out, "compared_items", columns);
    for (size_t o = 0; o < CHANGES; o++)
        for (size_t i = 0; i < c->n; i++)
            if (c->all[i].change == order[o]) one_row(c, &c->all[i]);
    doc_table_end(c->out);
}

enum err plan_view_compare(struct work *w, const struct args *in, struct doc *out)
{
    struct comparing c = {.w = w, .out = out};
    enum err e = both_load(&c, in);
    if (e != OK) return e;
    if (c.was.p.id == 0) {
        doc_title(out, M("%1: what changed"), lang_pick(out->lang, c.is.p.title_ja, c.is.p.title_en));
        doc_text(out, M("There is nothing before edition %1 of '%2'. Choose another plan to compare it with."),
                 str_int(w->a, c.is.p.no), c.is.p.code);
        return OK;
    }
    c.all = plan_compared(w->a, c.same, c.was.p.code, c.was.items, c.was.n, c.is.items, c.is.n, &c.n);
    for (size_t i = 0; i < c.n; i++) c.count[c.all[i].change]++;
    head(&c);
    changed(&c);
    all_rows(&c);
    if (!c.same)
        doc_note(out,
                 M("Areas, goals and pictures match by key; others by where the later plan says they come from, then by equal title."));
    return OK;
}
