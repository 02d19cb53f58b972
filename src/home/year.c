/* What the year brings: on the home page, beside the phases of the round. */
#include "base/clock.h"
#include "home/home.h"
#include "plan/plan.h"
#include "registry/registry.h"
#include "report/report.h"

enum { AHEAD = 4 }; /* what is under way or to come: as many as stand beside the ring */

struct year {
    struct work *w;
    struct calendar_item *item; /* texts in w->a */
    size_t n, room;
};

/* ---- days that rooms know by themselves, in the shape of the calendar ---- */
struct days_of {
    struct work *w;
    calendar_fn *fn;
    void *to;
};

static enum err one_day(const struct days_of *x, str code, str ref, int64_t day, str id, str ja, str en)
{
    struct arena *a = x->w->a;
    return x->fn(x->to, &(struct calendar_item){.code = code, .kind = S("evaluate"), .from = day, .until = day,
                                                .name_ja = tr_fill(a, LANG_JA, id, &ja, 1),
                                                .name_en = tr_fill(a, LANG_EN, id, &en, 1),
                                                .ref = str_fmt(a, "%.*s:%.*s", STR_ARG(ref), STR_ARG(code))});
}

static enum err report_day(void *to, const struct report_day *d)
{
    str id = str_eq(d->what, S("due")) ? M("%1 is to be published") : M("%1 appears");
    return one_day(to, d->code, S("report"), d->day, id, d->title_ja, d->title_en);
}

static enum err reports_days(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *fn, void *to)
{
    (void)below; /* what a post may see is told; there are few */
    return report_days(w, from, until, report_day, &(struct days_of){w, fn, to});
}

static enum err plan_day(void *to, const struct plan_day *d)
{
    str id = str_eq(d->report, S("half")) ? M("%1: the half-year reports are due") : M("%1: the year-end reports are due");
    return one_day(to, d->plan, S("plan"), d->day, id, d->title_ja, d->title_en);
}

static enum err plans_days(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *fn, void *to)
{
    return plan_days(w, from, until, below, plan_day, &(struct days_of){w, fn, to});
}

/* Where dates come from; each gives those from `from` to `until` in the shape of the calendar. */
typedef enum err source_fn(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *, void *to);
static source_fn *const sources[] = {calendar_each, reports_days, plans_days};

static enum err keep(void *to, const struct calendar_item *x)
{
    struct year *y = to;
    y->item = arena_more(y->w->a, y->item, y->n, &y->room, sizeof *y->item);
    struct calendar_item *own = &y->item[y->n++];
    *own = *x;
    own->code = str_dup(y->w->a, x->code);
    own->name_ja = str_dup(y->w->a, x->name_ja);
    own->name_en = str_dup(y->w->a, x->name_en);
    own->ref = str_dup(y->w->a, x->ref);
    return OK;
}

static int by_day(const void *a, const void *b)
{
    const struct calendar_item *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->until != y->until) return x->until < y->until ? -1 : 1;
    return str_cmp(x->code, y->code);
}

static str told(struct work *w, enum lang lang, const struct calendar_item *x)
{
    str day = lang_date(w->a, lang, x->until);
    ptrdiff_t year = lang == LANG_JA ? str_find(day, S("年")) : -1; /* the day it begins stands above, with the year */
    if (year >= 0) day = str_sub(day, (size_t)year + S("年").n, day.n);
    const str two[] = {lang_pick(lang, x->name_ja, x->name_en), day};
    return x->until == x->from ? two[0] : tr_fill(w->a, lang, M("%1 (until %2)"), two, 2);
}

/* It leads to its report or plan, or to the calendar of its year; the other two stay empty. */
enum { TO_CALENDAR, TO_REPORT, TO_PLAN, LEADS };
static void leads(const struct year *y, const struct calendar_item *x, struct cell out[LEADS])
{
    static const char *const kind[LEADS] = {[TO_REPORT] = "report:", [TO_PLAN] = "plan:"};
    struct cell what = {.type = CELL_TEXT, .text = str_int(y->w->a, fiscal_year(x->from)), .ja = told(y->w, LANG_JA, x), .en = told(y->w, LANG_EN, x)};
    int to = TO_CALENDAR;
    for (int i = TO_REPORT; i < LEADS; i++)
        if (str_starts(x->ref, str_of(kind[i]))) to = i;
    if (to != TO_CALENDAR) what.text = x->code;
    for (int i = 0; i < LEADS; i++) out[i] = i == to ? what : C_NONE;
}

static void tell(const struct year *y, int64_t now, struct doc *out)
{
    static const struct column columns[] = {
        {"date", CELL_DATE, N("Date")},
        {"what", CELL_TEXT, N("What happens"), 0, "registry calendar", "year"},
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"},
        {"plan", CELL_TEXT, N("Plan"), 0, "plan reports", "plan"},
        {"state", CELL_ENUM, N("State"), COL_DETAIL},
    };
    doc_heading(out, M("What the year brings"));
    doc_show(out, &(struct show){.kind = SHOW_STEPS, .label = "date", .detail = "what", .values = {"report", "plan"},
                                 .state = "state", .alone = true});
    DOC_TABLE(out, "year", columns);
    for (size_t i = 0; i < y->n && i < AHEAD; i++) {
        const struct calendar_item *x = &y->item[i];
        struct cell to[LEADS];
        leads(y, x, to);
        DOC_ROW(out, C_DATE(x->from), to[TO_CALENDAR], to[TO_REPORT], to[TO_PLAN], C_ENUM(x->from <= now ? S("now") : S("next")));
    }
    doc_table_end(out);
}

enum err home_year(struct work *w, struct doc *out)
{
    enum { A_YEAR = 365 };
    struct year y = {.w = w};
    enum err e = OK;
    int64_t now = today(w);
    for (size_t i = 0; e == OK && i < sizeof sources / sizeof *sources; i++)
        e = sources[i](w, now, now + A_YEAR, actor_unbounded(w->actor), keep, &y);
    if (e != OK || y.n == 0) return e;
    qsort(y.item, y.n, sizeof *y.item, by_day);
    tell(&y, now, out);
    return OK;
}
