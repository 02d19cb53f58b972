/* What waits for a person beside the inspection: measures to report on, drafts of plans to comment on, documents to write,
 * read, approve or publish. Each room tells (plan/plan.h, report/report.h); here it becomes a call with a button. */
#include "home/home.h"
#include "plan/plan.h"
#include "report/report.h"

struct waits {
    struct work *w;
    struct doc *out;
    bool begun; /* the heading stands */
};

static struct cell words_to(str code, str id) { return (struct cell){.type = CELL_TEXT, .text = code, .ja = tr(LANG_JA, id), .en = id}; }

static void heading(struct waits *x)
{
    if (!x->begun) doc_heading(x->out, M("Plans and reports that wait for you"));
    x->begun = true;
}

static void call_begin(struct waits *x, const char *name, const struct column *columns, size_t n)
{
    heading(x);
    doc_show(x->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
    doc_table(x->out, name, columns, n);
}

/* ---- measures ---- */
static enum err measures(void *to, const struct plan_waiting *p)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"mine", CELL_TEXT, N("Open"), 0, "plan mine", NULL},
    };
    struct waits *x = to;
    struct arena *a = x->w->a;
    enum lang lang = x->out->lang;
    const str what[] = {lang_pick(lang, p->title_ja, p->title_en), str_int(a, p->waiting)}, due[] = {lang_date(a, lang, p->due)};
    call_begin(x, "measures_waiting", columns, sizeof columns / sizeof *columns);
    DOC_ROW(x->out, C_TEXT(tr_fill(a, lang, M("%1: %2 measures wait for your report"), what, 2)),
            C_TEXT(tr_fill(a, lang, p->overdue ? M("The report was due on %1.") : M("The report is due on %1."), due, 1)),
            C_ENUM(p->overdue ? S("late") : S("wait")), words_to(S(""), M("Report on the measures")));
    doc_table_end(x->out);
    return OK;
}

/* ---- drafts of plans ---- */
static enum err drafts(void *to, const struct plan_draft_waiting *p)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"plan", CELL_TEXT, N("Open"), 0, "plan comments", "plan"},
    };
    struct waits *x = to;
    struct arena *a = x->w->a;
    enum lang lang = x->out->lang;
    const str what[] = {lang_pick(lang, p->title_ja, p->title_en)}, until[] = {lang_date(a, lang, p->until)};
    call_begin(x, "drafts_waiting", columns, sizeof columns / sizeof *columns);
    DOC_ROW(x->out, C_TEXT(tr_fill(a, lang, M("Your organisation is asked for its opinion on the draft of %1"), what, 1)),
            C_TEXT(tr_fill(a, lang, M("Opinions are taken until %1."), until, 1)), C_ENUM(S("wait")), words_to(p->plan, M("Read and comment")));
    doc_table_end(x->out);
    return OK;
}

/* ---- documents ---- */
static void document(struct waits *x, const struct report_waiting *r)
{
    static const struct {
        str what, one;
    } calls[] = {
        {S_INIT("write"), N("%1 is being written")},
        {S_INIT("adviser"), N("%1 waits for the adviser's opinion")},
        {S_INIT("review"), N("%1 waits for your review")},
        {S_INIT("approve"), N("%1 waits for your approval")},
        {S_INIT("publish"), N("%1 is approved and can be published")},
    };
    struct arena *a = x->w->a;
    enum lang lang = x->out->lang;
    size_t i = 0;
    while (i + 1 < sizeof calls / sizeof *calls && !str_eq(calls[i].what, r->what)) i++;
    const str what[] = {lang_pick(lang, r->title_ja, r->title_en)}, due[] = {lang_date(a, lang, r->has_due ? r->due : 0)};
    bool late = r->has_due && r->due < today(x->w);
    DOC_ROW(x->out, C_TEXT(tr_fill(a, lang, calls[i].one, what, 1)),
            r->has_due ? C_TEXT(tr_fill(a, lang, M("To be published by %1."), due, 1)) : C_NONE, C_ENUM(late ? S("late") : S("wait")),
            words_to(r->code, M("Open the document")));
}

static enum err documents(struct waits *x)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"report", CELL_TEXT, N("Open"), 0, "report show", "report"},
    };
    struct reports_waiting all;
    enum err e = report_waiting(x->w, &all);
    if (e != OK || all.shown == 0) return e;
    call_begin(x, "documents_waiting", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all.shown; i++) document(x, &all.first[i]);
    doc_table_end(x->out);
    return OK;
}

enum err home_waits(struct work *w, struct doc *out)
{
    struct waits x = {.w = w, .out = out};
    enum err e = plan_waiting(w, measures, &x);
    if (e == OK) e = plan_drafts_waiting(w, drafts, &x);
    return e == OK ? documents(&x) : e;
}
