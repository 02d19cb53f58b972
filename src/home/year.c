/* What the year brings: on the home page, beside the phases of the round. */
#include "base/clock.h"
#include "home/home.h"
#include "registry/registry.h"

enum { AHEAD = 4 }; /* what is under way or to come: as many as stand beside the ring */

struct year {
    struct work *w;
    struct calendar_item *item; /* texts in w->a */
    size_t n, room;
};

/* Where dates come from; each gives those from `from` to `until` in the shape of the calendar. */
typedef enum err source_fn(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *, void *to);
static source_fn *const sources[] = {calendar_each};

static enum err keep(void *to, const struct calendar_item *x)
{
    struct year *y = to;
    y->item = arena_more(y->w->a, y->item, y->n, &y->room, sizeof *y->item);
    struct calendar_item *own = &y->item[y->n++];
    *own = *x;
    own->code = str_dup(y->w->a, x->code);
    own->name_ja = str_dup(y->w->a, x->name_ja);
    own->name_en = str_dup(y->w->a, x->name_en);
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

static void tell(const struct year *y, int64_t now, struct doc *out)
{
    static const struct column columns[] = {
        {"date", CELL_DATE, N("Date")},
        {"what", CELL_TEXT, N("What happens"), 0, "registry calendar", "year"},
        {"state", CELL_ENUM, N("State"), COL_DETAIL},
    };
    struct arena *a = y->w->a;
    doc_heading(out, M("What the year brings"));
    doc_show(out, &(struct show){.kind = SHOW_STEPS, .label = "date", .detail = "what", .state = "state", .alone = true});
    DOC_TABLE(out, "year", columns);
    for (size_t i = 0; i < y->n && i < AHEAD; i++) {
        const struct calendar_item *x = &y->item[i];
        struct cell what = {.type = CELL_TEXT,
                            .text = str_int(a, fiscal_year(x->from)),
                            .ja = told(y->w, LANG_JA, x),
                            .en = told(y->w, LANG_EN, x)};
        DOC_ROW(out, C_DATE(x->from), what, C_ENUM(x->from <= now ? S("now") : S("next")));
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
