/* plan comments, opinion: what was said of an edition, with the answers, as it is published. */
#include "plan/acts.h"
#include "plan/forms.h"
#include "plan/life.h"

#include "base/utf8.h"

#define PLAN_PARAM {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"}
#define EDITION_PARAM {"edition", P_INT, 0, NULL, NULL, N("one edition, by its number; without it, the last one")}

const struct param plan_comments_params[] = {
    PLAN_PARAM, EDITION_PARAM, {"source", P_ENUM, 0, "ministry public", NULL, N("only those of ministries, or of the public")}, {0}};
const struct param plan_opinion_params[] = {
    PLAN_PARAM,
    {"comment", P_CODE, REQUIRED, NULL, NULL, N("the comment by its number: c3 of the public, r2 of a ministry")},
    EDITION_PARAM,
    {0}};

struct hearing {
    struct work *w;
    struct doc *out;
    struct plan p;
    struct plan_item *items;
    struct opinion *all;
    size_t n_items, n;
    bool mine, whole;
};

static enum err hearing_load(struct hearing *h, const struct args *in)
{
    enum err e = plan_find(h->w, arg_text(in, "plan"), arg_int(in, "edition"), &h->p);
    if (e == OK) e = plan_items(h->w, h->p.edition, 0, &h->items, &h->n_items);
    if (e != OK) return e;
    h->mine = plan_mine(h->w, &h->p);
    h->whole = opinions_whole(h->w, &h->p);
    return OK;
}

/* "65 Title" */
static struct cell item_cell(const struct hearing *h, str key)
{
    for (size_t i = 0; key.n != 0 && i < h->n_items; i++) {
        const struct plan_item *x = &h->items[i];
        str en = x->title_en.n == 0 ? x->title_ja : x->title_en;
        if (!str_eq(x->key, key)) continue;
        return both_cell(str_fmt(h->w->a, "%.*s　%.*s", STR_ARG(key), STR_ARG(x->title_ja)),
                         str_fmt(h->w->a, "%.*s %.*s", STR_ARG(key), STR_ARG(en)));
    }
    return key.n == 0 ? words_cell(M("the whole plan")) : C_TEXT(key); /* an item that was taken out since */
}

static struct cell change_cell(const struct opinion *o)
{
    if (o->change.n != 0) return C_TEXT(o->change);
    return o->revision == 0 ? C_NONE : words_cell(M("no change"));
}

/* ---- the list ---- */

static void ministries(const struct hearing *h)
{
    static const struct column columns[] = {
        {"comment", CELL_TEXT, N("No."), 0, "plan opinion", "comment"},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"item", CELL_TEXT, N("What it is about"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Comment"), 0, NULL, NULL},
        {"answer", CELL_TEXT, N("Answer"), 0, NULL, NULL},
        {"change", CELL_TEXT, N("What was changed"), 0, NULL, NULL},
        {"date", CELL_DATE, N("Came on"), COL_DETAIL, NULL, NULL},
        {"late", CELL_BOOL, N("Late"), COL_DETAIL, NULL, NULL},
    };
    doc_heading(h->out, M("Comments of ministries"));
    doc_show(h->out, &(struct show){.kind = SHOW_CARDS, .label = "comment"});
    DOC_TABLE(h->out, "of_ministries", columns);
    for (size_t i = 0; i < h->n; i++) {
        const struct opinion *o = &h->all[i];
        if (!str_eq(o->source, S("ministry"))) continue;
        DOC_ROW(h->out, C_TEXT(opinion_name(h->w->a, o)), C_ORG(o->org_code, o->org_ja, o->org_en, 0), item_cell(h, o->key),
                C_TEXT(o->text), text_cell(o->answer), change_cell(o), C_DATE(o->day), C_BOOL(o->late));
    }
    doc_table_end(h->out);
}

static void public_ones(const struct hearing *h)
{
    static const struct column columns[] = {
        {"comment", CELL_TEXT, N("No."), 0, "plan opinion", "comment"},
        {"group", CELL_TEXT, N("Matter"), 0, NULL, NULL},
        {"label", CELL_TEXT, N("Who said so"), 0, NULL, NULL},
        {"item", CELL_TEXT, N("What it is about"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Comment"), 0, NULL, NULL},
        {"answer", CELL_TEXT, N("Answer"), 0, NULL, NULL},
        {"change", CELL_TEXT, N("What was changed"), 0, NULL, NULL},
        {"date", CELL_DATE, N("Came on"), COL_DETAIL, NULL, NULL},
        {"late", CELL_BOOL, N("Late"), COL_DETAIL, NULL, NULL},
    };
    doc_heading(h->out, M("Comments of the public"));
    doc_show(h->out, &(struct show){.kind = SHOW_CARDS, .label = "comment"});
    DOC_TABLE(h->out, "of_public", columns);
    for (size_t i = 0; i < h->n; i++) {
        const struct opinion *o = &h->all[i];
        if (!str_eq(o->source, S("public"))) continue;
        DOC_ROW(h->out, C_TEXT(opinion_name(h->w->a, o)), text_cell(o->group), text_cell(o->label), item_cell(h, o->key),
                C_TEXT(o->text), text_cell(o->answer), change_cell(o), C_DATE(o->day), C_BOOL(o->late));
    }
    doc_table_end(h->out);
}

/* Comments that say the same are answered in one go. */
static void at_once(const struct hearing *h)
{
    enum { AT_ONCE = 50, HEAD = 120 /* bytes */ };
    size_t open = 0;
    for (size_t i = 0; i < h->n; i++) open += h->all[i].revision == 0;
    if (!h->mine || open < 2) return;
    struct form_field *f = arena_array(h->w->a, AT_ONCE + 2, sizeof *f);
    size_t n = 0;
    for (size_t i = 0; i < h->n && n < AT_ONCE; i++) {
        const struct opinion *o = &h->all[i];
        str name = opinion_name(h->w->a, o), head = utf8_head(o->text, HEAD);
        if (o->revision != 0) continue;
        f[n++] = (struct form_field){"comment", "flag", str_fmt(h->w->a, "%.*s　%.*s%s", STR_ARG(name), STR_ARG(head),
                                                               head.n < o->text.n ? "…" : ""), false, name};
    }
    f[n++] = (struct form_field){"text", "long", M("Answer"), true};
    f[n++] = (struct form_field){"change", "long", M("What was changed because of it"), false};
    plan_field_form(h->out, &(struct form){.act = "plan answer", .title = M("Answer several at once"),
                                      .given = {{"plan", h->p.code}, {"edition", str_int(h->w->a, h->p.no)}}, .folded = true},
               "answers_at_once", f, n);
}

static void counts(const struct hearing *h, str source)
{
    int64_t answered = 0;
    enum lang lang = h->out->lang;
    for (size_t i = 0; i < h->n; i++) answered += h->all[i].revision != 0;
    doc_title(h->out, M("%1: comments and answers"), lang_pick(lang, h->p.title_ja, h->p.title_en));
    doc_lead(h->out, M("%1, edition %2"), h->p.code, str_int(h->w->a, h->p.no));
    doc_fact(h->out, "state", M("State"), plan_state_cell(h->p.state));
    doc_fact(h->out, "comments", M("Comments"), C_INT((int64_t)h->n));
    doc_fact(h->out, "unanswered", M("Not answered yet"), C_INT((int64_t)h->n - answered));
    if (h->n != 0) return;
    if (h->mine && str_eq(h->p.state, S("comment")) && !str_eq(source, S("ministry")))
        doc_text(h->out, M("No comment was entered yet. Enter those that come on the page of the plan's editions."));
    else
        doc_text(h->out, h->whole ? M("There are no comments on this edition.")
                                  : M("There are no comments of yours on this edition. You may comment on the page of the plan's "
                                      "editions while it is with the ministries."));
}

enum err plan_view_comments(struct work *w, const struct args *in, struct doc *out)
{
    struct hearing h = {.w = w, .out = out};
    str source = arg_text(in, "source");
    enum err e = hearing_load(&h, in);
    if (e == OK) e = opinions_of(w, h.p.edition, source, h.whole, &h.all, &h.n);
    if (e != OK) return e;
    counts(&h, source);
    at_once(&h);
    if (!str_eq(source, S("ministry"))) public_ones(&h);
    if (!str_eq(source, S("public"))) ministries(&h);
    if (!h.whole) doc_note(out, M("Until the edition is decided you see what your organisation said, and the answers to it."));
    return OK;
}

/* ---- one ---- */

static void answer_form(const struct hearing *h, const struct opinion *o, str name)
{
    const struct form form = {.act = "plan answer",
                              .given = {{"plan", h->p.code},
                                        {"edition", str_int(h->w->a, h->p.no)},
                                        {"comment", name},
                                        {"revision", str_int(h->w->a, o->revision)}}};
    const struct form_field fields[] = {{"text", "long", M("Answer"), true, o->answer},
                                        {"change", "long", M("What was changed because of it"), false, o->change}};
    bool stands = str_eq(h->p.state, S("decided")) && o->revision != 0;
    if (!h->mine || stands) return;
    doc_heading(h->out, M("Answer"));
    plan_field_form(h->out, &form, "answer_form", fields, 2);
}

static void one(const struct hearing *h, const struct opinion *o, str name)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    };
    struct cell item = item_cell(h, o->key);
    doc_title(h->out, M("%1: comment %2"), lang_pick(h->out->lang, h->p.title_ja, h->p.title_en), name);
    doc_lead(h->out, M("%1, edition %2"), h->p.code, str_int(h->w->a, h->p.no));
    if (o->org != 0) doc_fact(h->out, "org", M("Organisation"), C_ORG(o->org_code, o->org_ja, o->org_en, 0));
    doc_fact(h->out, "date", M("Came on"), C_DATE(o->day));
    if (o->late) doc_fact(h->out, "late", M("Late"), C_BOOL(1));
    doc_show(h->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(h->out, "one_comment", columns);
    DOC_ROW(h->out, words_cell(M("What it is about")), item);
    if (o->group.n != 0) DOC_ROW(h->out, words_cell(M("Matter")), C_TEXT(o->group));
    if (o->label.n != 0) DOC_ROW(h->out, words_cell(M("Who said so")), C_TEXT(o->label));
    DOC_ROW(h->out, words_cell(M("Comment")), C_TEXT(o->text));
    DOC_ROW(h->out, words_cell(M("Answer")), text_cell(o->answer));
    DOC_ROW(h->out, words_cell(M("What was changed")), change_cell(o));
    doc_table_end(h->out);
}

enum err plan_view_opinion(struct work *w, const struct args *in, struct doc *out)
{
    struct hearing h = {.w = w, .out = out};
    struct opinion o;
    str code = arg_text(in, "comment"), source;
    int64_t no;
    enum err e = hearing_load(&h, in);
    if (e != OK) return e;
    e = opinion_code(code, &source, &no) ? opinion_find(w, h.p.edition, source, no, h.whole, &o) : NOTFOUND;
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("comment")}),
                        M("there is no comment '%1' on edition %2 of '%3' that you may see"), code, str_int(w->a, h.p.no), h.p.code);
    if (e != OK) return e;
    one(&h, &o, code);
    answer_form(&h, &o, code);
    return OK;
}
