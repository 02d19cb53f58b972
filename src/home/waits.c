/* What waits beside sheets, surveys and cases: progress of measures to be reported, reports to be written or decided on. */
#include "base/clock.h"
#include "home/home.h"
#include "plan/plan.h"
#include "report/report.h"
#include "share/share.h"

struct waits {
    struct work *w;
    struct doc *out;
    int64_t now, n;
};

static str day_of(const struct waits *h, int64_t day) { return lang_date(h->w->a, h->out->lang, day); }
static str words_in(const struct waits *h, str id, const str *args, size_t n) { return tr_fill(h->w->a, h->out->lang, id, args, n); }

/* The button: the code that it is about, and its words. */
static struct cell button(str code, str id)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = tr(LANG_JA, id), .en = tr(LANG_EN, id)};
}

#define WHAT {"what", CELL_TEXT, N("What")}, {"detail", CELL_TEXT, N("Detail")}, {"state", CELL_ENUM, N("State"), COL_DETAIL}

static void calls(struct doc *out, str heading)
{
    doc_heading(out, heading);
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
}

/* ---- progress ---- */

static enum err plan_call(void *to, const struct plan_waiting *x)
{
    static const struct column columns[] = {WHAT, {"measures", CELL_TEXT, N("Open"), 0, "plan mine"}};
    struct waits *h = to;
    struct arena *a = h->w->a;
    const str what[] = {lang_pick(h->out->lang, x->title_ja, x->title_en), str_int(a, x->waiting)};
    const str when[] = {day_of(h, x->due), str_int(a, x->waiting), str_int(a, x->measures)};
    if (h->n++ == 0) {
        calls(h->out, M("Progress of measures"));
        DOC_TABLE(h->out, "plans_waiting", columns);
    }
    str detail = x->overdue ? M("Reports were due on %1; of %3 measures %2 wait for yours.")
                            : M("Reports are due on %1; of %3 measures %2 wait for yours.");
    DOC_ROW(h->out, C_TEXT(words_in(h, M("%1: %2 measures wait for a report"), what, 2)), C_TEXT(words_in(h, detail, when, 3)),
            C_ENUM(x->overdue ? S("late") : S("wait")), button(x->plan, M("Report progress")));
    return OK;
}

enum err home_plans(struct work *w, struct doc *out)
{
    struct waits h = {.w = w, .out = out, .now = today(w)};
    enum err e = plan_waiting(w, plan_call, &h);
    if (h.n != 0) doc_table_end(out);
    return e;
}

static enum err draft_call(void *to, const struct plan_draft_waiting *x)
{
    static const struct column columns[] = {WHAT, {"plan", CELL_TEXT, N("Open"), 0, "plan comments", "plan"}};
    struct waits *h = to;
    const str title[] = {lang_pick(h->out->lang, x->title_ja, x->title_en)}, until[] = {day_of(h, x->until)};
    if (h->n++ == 0) {
        calls(h->out, M("Drafts of plans"));
        DOC_TABLE(h->out, "drafts_waiting", columns);
    }
    DOC_ROW(h->out, C_TEXT(words_in(h, M("Your organisation is asked for its opinion on the draft of %1"), title, 1)),
            C_TEXT(words_in(h, M("Opinions are taken until %1."), until, 1)), C_ENUM(S("wait")), button(x->plan, M("Read and comment")));
    return OK;
}

enum err home_drafts(struct work *w, struct doc *out)
{
    struct waits h = {.w = w, .out = out};
    enum err e = plan_drafts_waiting(w, draft_call, &h);
    if (h.n != 0) doc_table_end(out);
    return e;
}

/* ---- reports ---- */

static str asked(str what, bool button_words)
{
    static const struct {
        const char *what;
        str words, button;
    } of[] = {{"write", N("%1 is to be written"), N("Write")},
              {"adviser", N("%1 waits for the adviser's words"), N("Write")},
              {"review", N("%1 waits for your comments"), N("Read it")},
              {"approve", N("%1 waits to be approved"), N("Look at it")},
              {"publish", N("%1 is approved and waits to be published"), N("Look at it")}};
    size_t i = 0;
    while (i + 1 < sizeof of / sizeof *of && !str_eq(str_of(of[i].what), what)) i++;
    return button_words ? of[i].button : of[i].words;
}

static void report_call(const struct waits *h, const struct report_waiting *x)
{
    bool late = x->has_due && x->due < h->now;
    const str title[] = {lang_pick(h->out->lang, x->title_ja, x->title_en)}, due[] = {day_of(h, x->due)};
    str when = !x->has_due ? (str){0} : words_in(h, M("It is to be published by %1."), due, 1);
    DOC_ROW(h->out, C_TEXT(words_in(h, asked(x->what, false), title, 1)), text_cell(when), C_ENUM(late ? S("late") : S("wait")),
            button(x->code, asked(x->what, true)));
}

enum err home_reports(struct work *w, struct doc *out)
{
    static const struct column columns[] = {WHAT, {"report", CELL_TEXT, N("Open"), 0, "report show", "report"}};
    struct waits h = {.w = w, .out = out, .now = today(w)};
    struct reports_waiting x;
    enum err e = report_waiting(w, &x);
    if (e != OK || x.n == 0) return e;
    calls(out, M("Documents to be published"));
    DOC_TABLE(out, "reports_waiting", columns);
    for (size_t i = 0; i < x.shown; i++) report_call(&h, &x.first[i]);
    doc_table_end(out);
    if (x.n > (int64_t)x.shown) doc_note(out, M("%1 more reports wait: they stand in the list of reports."), str_int(w->a, x.n - (int64_t)x.shown));
    return OK;
}

/* ---- information sharing ---- */

/* One card for all that are to be confirmed, with the most pressing of them; the others one by one. */
struct sharing {
    struct waits h;
    struct share_waiting first; /* of those to be confirmed; its texts are copies */
    int64_t to_confirm, overdue;
    struct share_waiting other[SHARE_WAITING_MAX];
    size_t n_other;
};

static enum err share_kept(void *to, const struct share_waiting *x)
{
    struct sharing *s = to;
    struct share_waiting mine = *x;
    str *const texts[] = {&mine.what, &mine.code, &mine.title, &mine.urgency};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(s->h.w->a, *texts[i]);
    if (!str_eq(x->what, S("confirm"))) {
        s->other[s->n_other++] = mine;
        return OK;
    }
    if (s->to_confirm++ == 0) s->first = mine;
    s->overdue += x->overdue;
    return OK;
}

static str marked_title(const struct waits *h, const struct share_waiting *x)
{
    const str title[] = {x->title};
    return x->drill ? words_in(h, M("DRILL: %1"), title, 1) : x->title;
}

/* 令和8年11月22日 10:05: by the clocks of Japan. */
static str moment_words(const struct waits *h, int64_t at)
{
    struct arena *a = h->w->a;
    return str_fmt(a, "%.*s %.*s", STR_ARG(lang_day(a, h->out->lang, at)), STR_ARG(str_sub(time_text(a, at + JAPAN), 11, 16)));
}

static void confirm_card(const struct sharing *s)
{
    const struct waits *h = &s->h;
    str n = str_int(h->w->a, s->to_confirm);
    if (s->to_confirm == SHARE_WAITING_MAX) n = str_fmt(h->w->a, "%.*s+", STR_ARG(n));
    const str what[] = {n}, detail[] = {marked_title(h, &s->first), moment_words(h, s->first.due)};
    DOC_ROW(h->out, C_TEXT(words_in(h, M("%1 notices wait for your confirmation"), what, 1)),
            C_TEXT(words_in(h, s->first.overdue ? M("'%1' was to be confirmed by %2.") : M("'%1' is to be confirmed by %2."), detail, 2)),
            C_ENUM(s->overdue != 0 ? S("late") : S("wait")), button(S(""), M("Open the inbox")), C_NONE, C_NONE, C_NONE, C_NONE);
}

static void other_card(const struct waits *h, const struct share_waiting *x)
{
    static const struct {
        str what, words, button;
    } of[] = {{S_INIT("pass"), N("'%1' is to be passed on: %2 below you wait for it"), N("Look and pass on")},
              {S_INIT("report"), N("%2 reports wait to be read: '%1'"), N("Read it")},
              {S_INIT("report-pass"), N("%2 reports wait to be passed on: '%1'"), N("Read it")},
              {S_INIT("consent"), N("You are asked to agree to the text of '%1'"), N("Read and decide")},
              {S_INIT("contacts"), N("Your contacts are missing, or were not confirmed for 90 days (%2)"), N("Confirm contacts")}};
    const str args[] = {marked_title(h, x), str_int(h->w->a, x->n)};
    size_t i = 0;
    while (i + 1 < sizeof of / sizeof *of && !str_eq(of[i].what, x->what)) i++;
    struct cell go = button(x->code, of[i].button), to[4] = {C_NONE, C_NONE, C_NONE, C_NONE};
    to[i == 0 ? 0 : i <= 2 ? 1 : i == 3 ? 2 : 3] = go;
    DOC_ROW(h->out, C_TEXT(words_in(h, of[i].words, args, 2)), C_NONE, C_ENUM(S("wait")), C_NONE, to[0], to[1], to[2], to[3]);
}

enum err home_shares(struct work *w, struct doc *out)
{
    static const struct column columns[] = {WHAT,
                                            {"inbox", CELL_TEXT, N("Open"), 0, "share inbox"},
                                            {"notice", CELL_TEXT, N("Open"), 0, "share notice", "notice"},
                                            {"report", CELL_TEXT, N("Open"), 0, "share report", "report"},
                                            {"consent", CELL_TEXT, N("Open"), 0, "share consent", "notice"},
                                            {"contacts", CELL_TEXT, N("Open"), 0, "share contacts"}};
    struct sharing s = {.h = {.w = w, .out = out}};
    enum err e = share_waits(w, share_kept, &s);
    if (e != OK || (s.to_confirm == 0 && s.n_other == 0)) return e;
    calls(out, M("Information sharing"));
    DOC_TABLE(out, "shares_waiting", columns);
    if (s.to_confirm != 0) confirm_card(&s);
    for (size_t i = 0; i < s.n_other; i++) other_card(&s.h, &s.other[i]);
    doc_table_end(out);
    return OK;
}
