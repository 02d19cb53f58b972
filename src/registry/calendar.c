/* The calendar of the year: what recurs, and the meetings of councils among it. */
#include "registry/calendar.h"

#include <string.h>

#include "base/clock.h"
#include "registry/council.h"
#include "registry/council_store.h"
#include "registry/registry_store.h"
#include "surface/door.h"

enum { MONTH_DAY = 5, APRIL = 4, YEARS_MAX = 50 };

/* ---- when an entry falls: pure ---- */

static bool recurs(str day) { return day.n == MONTH_DAY; }

/* A fiscal year runs from 1 April to 31 March (財政法 第11条). */
static int64_t day_in(str day, int year)
{
    int month = (day.p[0] - '0') * 10 + day.p[1] - '0';
    char full[16];
    int64_t out = 0;
    int n = snprintf(full, sizeof full, "%04d-%.*s", month >= APRIL ? year : year + 1, STR_ARG(day));
    (void)date_parse((str){full, (size_t)n}, &out);
    return out;
}

static void span_in(const struct calendar_rule *r, int year, int64_t *from, int64_t *until)
{
    str last = r->until.n == 0 ? r->from : r->until;
    if (recurs(r->from)) {
        *from = day_in(r->from, year);
        *until = day_in(last, year);
        return;
    }
    (void)date_parse(r->from, from);
    *until = *from;
    (void)date_parse(last, until);
}

str calendar_wrong(const struct calendar_rule *r)
{
    int64_t from = 0, until = 0;
    if (r->until.n != 0 && recurs(r->from) != recurs(r->until))
        return M("%1 and %2: either both days are of every year, or both have a year");
    if (!recurs(r->from) && r->year != 0) return M("%1 has a year already: leave the fiscal year empty");
    span_in(r, 2007, &from, &until);
    if (until < from) return M("%1 to %2 ends before it begins: a fiscal year runs from April to March");
    return (str){0};
}

bool calendar_falls(const struct calendar_rule *r, int year, int64_t *from, int64_t *until)
{
    int64_t first = 0, last = 0;
    if (r->year != 0 && r->year != year) return false;
    span_in(r, year, &first, &last);
    if (fiscal_year(last) < year || fiscal_year(first) > year) return false;
    *from = first;
    *until = last;
    return true;
}

/* ---- what falls into some days ---- */

struct gathering {
    struct work *w;
    int64_t from, until;
    struct calendar_item *item; /* texts in w->a */
    size_t n, room;
};

static void add(struct gathering *g, const struct calendar_item *x)
{
    if (x->until < g->from || x->from > g->until) return;
    g->item = arena_more(g->w->a, g->item, g->n, &g->room, sizeof *g->item);
    struct calendar_item *own = &g->item[g->n++];
    *own = *x;
    str *const texts[] = {&own->code, &own->kind,   &own->name_ja, &own->name_en,
                          &own->ref,  &own->org,    &own->org_ja,  &own->org_en};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(g->w->a, *texts[i]);
}

static void add_row(void *to, const struct calendar_row *r)
{
    struct gathering *g = to;
    struct calendar_item x = {r->code, r->kind, r->ja, r->en, r->ref, r->org, r->org_ja, r->org_en, 0, 0};
    int first = fiscal_year(g->from), last = fiscal_year(g->until);
    for (int year = first; year <= last; year++) {
        if (!calendar_falls(&r->rule, year, &x.from, &x.until)) continue;
        add(g, &x);
        if (!recurs(r->rule.from)) return; /* once, though it may reach into the next year */
    }
}

static void add_meeting(void *to, const struct meeting *m)
{
    struct gathering *g = to;
    struct arena *a = g->w->a;
    if (m->day == NO_DAY || m->day < g->from || m->day > g->until) return;
    struct calendar_item x = {.code = m->code,
                              .kind = S("meeting"),
                              .name_ja = meeting_words(a, LANG_JA, m),
                              .name_en = meeting_words(a, LANG_EN, m),
                              .ref = str_fmt(a, "meeting:%.*s", STR_ARG(m->code)),
                              .from = m->day,
                              .until = m->day};
    add(g, &x);
}

static int by_day(const void *a, const void *b)
{
    const struct calendar_item *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->until != y->until) return x->until < y->until ? -1 : 1;
    return str_cmp(x->code, y->code);
}

enum err calendar_each(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *fn, void *to)
{
    struct gathering g = {.w = w, .from = from, .until = until};
    if (until < from || fiscal_year(until) - fiscal_year(from) > YEARS_MAX)
        return fault(w, INVALID, M("a calendar is asked for of at most %1 years"), str_int(w->a, YEARS_MAX));
    enum err e = calendar_rows(w, below, add_row, &g);
    if (e == OK) e = meetings_each(w, S(""), add_meeting, &g);
    if (g.n != 0) qsort(g.item, g.n, sizeof *g.item, by_day);
    for (size_t i = 0; e == OK && i < g.n; i++) e = fn(to, &g.item[i]);
    return e;
}

/* ---- the view ---- */

struct listing {
    struct work *w;
    struct doc *out;
    struct calendar_item *item;
    size_t n, room;
    struct reference_table refs;
    bool orgs; /* an entry is of an organisation */
};

/* Of an entry that is a meeting; others have none, and so no link. */
static str meeting_code(const struct calendar_item *x)
{
    static const str before = S_INIT("meeting:");
    return str_starts(x->ref, before) ? str_sub(x->ref, before.n, x->ref.n) : (str){"", 0};
}

static enum err see(void *to, const struct calendar_item *x)
{
    struct listing *l = to;
    l->item = arena_more(l->w->a, l->item, l->n, &l->room, sizeof *l->item);
    l->item[l->n++] = *x; /* texts stay: calendar_each keeps them in w->a */
    if (x->ref.n != 0 && meeting_code(x).n == 0) reference_see(&l->refs, x->ref);
    l->orgs = l->orgs || x->org.n != 0;
    return OK;
}

static str state_of(const struct calendar_item *x, int64_t now)
{
    return x->until < now ? S("past") : x->from <= now ? S("now") : S("next");
}

static void tell(struct listing *l)
{
    enum { FIXED = 6 };
    static const struct column fixed[FIXED] = {
        {"from", CELL_DATE, N("From")},
        {"until", CELL_DATE, N("Until")},
        {"what", CELL_TEXT, N("What happens"), 0, "registry meeting", "meeting"},
        {"kind", CELL_ENUM, N("Kind")},
        {"state", CELL_ENUM, N("State")},
        {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    };
    struct column columns[FIXED + REF_COLUMNS];
    struct cell cells[FIXED + REF_COLUMNS];
    memcpy(columns, fixed, sizeof fixed);
    if (!l->orgs) columns[FIXED - 1].flags = COL_DATA;
    size_t n = FIXED + registry_refs_columns(&l->refs, columns + FIXED);
    int64_t now = today(l->w);
    doc_show(l->out, &(struct show){.kind = SHOW_CARDS, .label = "what"});
    doc_table(l->out, "calendar", columns, n);
    for (size_t i = 0; i < l->n; i++) {
        const struct calendar_item *x = &l->item[i];
        cells[0] = C_DATE(x->from);
        cells[1] = x->until == x->from ? C_NONE : C_DATE(x->until);
        cells[2] = (struct cell){.type = CELL_TEXT, .text = meeting_code(x), .ja = x->name_ja, .en = x->name_en};
        cells[3] = council_word_cell(x->kind);
        cells[4] = C_ENUM(state_of(x, now));
        cells[5] = x->org.n == 0 ? C_NONE : C_ORG(x->org, x->org_ja, x->org_en, 0);
        registry_refs_cells(&l->refs, x->ref, cells + FIXED);
        doc_row(l->out, cells);
    }
    doc_table_end(l->out);
}

static str year_words(struct work *w, enum lang lang, int year)
{
    int64_t may = 0;
    (void)date_parse(str_fmt(w->a, "%04d-05-01", year), &may);
    if (lang != LANG_JA) return str_fmt(w->a, "FY%d", year);
    str era = date_era(w->a, may);
    return str_fmt(w->a, "%.*s年度", (int)str_find(era, S("年")), era.p);
}

enum err registry_view_calendar(struct work *w, const struct args *in, struct doc *out)
{
    enum { FIRST = 1868, LAST = 9998 };
    int64_t year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w)), from = 0, until = 0;
    if (year < FIRST || year > LAST)
        return fault_in(w, INVALID, ((struct where){.field = S("year")}), M("'%1' is no fiscal year: 1868 to 9998"),
                        str_int(w->a, year));
    struct listing l = {.w = w, .out = out};
    (void)date_parse(str_fmt(w->a, "%04d-04-01", (int)year), &from);
    (void)date_parse(str_fmt(w->a, "%04d-03-31", (int)year + 1), &until);
    enum err e = calendar_each(w, from, until, true, see, &l);
    if (e != OK) return e;
    doc_title(out, M("The calendar of %1"), year_words(w, out->lang, (int)year));
    if (l.n != 0) {
        tell(&l);
        doc_note(out, M("A fiscal year runs from 1 April to 31 March. Entries of organisations above concern all below them."));
        return OK;
    }
    doc_text(out, M("Nothing is entered for this year. What recurs is recorded by `registry import --what calendar`, meetings "
                    "of councils by `registry enter-meeting`."));
    return OK;
}

/* ---- one entry by a form ---- */

enum { C_CODE, C_YEAR, C_KIND, C_ORG, C_NAME_JA, C_NAME_EN, C_FROM, C_UNTIL };

/* As the import has it: what is everybody's is the centre's to enter, what is another's is not there. */
static enum err may_enter(struct work *w, const struct record *r, unsigned mask)
{
    bool found = false, all = r->d[C_ORG].nil;
    struct record was = {0};
    struct org org;
    enum err e = stored_one(w, K_CALENDAR, r, &found, &was);
    if (e != OK) return e;
    int64_t before = w->faults.count;
    bool beyond = found && was.d[C_ORG].text.n != 0 && org_find(w, was.d[C_ORG].text, &org) != OK;
    w->faults.count = before; /* nor is it told whose it is */
    if (beyond)
        return fault(w, NOTFOUND, M("no entry '%1' of the calendar that is yours to change"), r->d[C_CODE].text);
    if (found) all = was.d[C_ORG].text.n == 0 || (all && (mask & 1U << C_ORG) != 0);
    if (!all || (w->actor->rights & (MAY_CENTRE | MAY_ADMINISTER)) != 0) return OK;
    return fault(w, DENIED, M("'%1' is an entry for everybody: the centre enters it, or name an organisation of yours"),
                 r->d[C_CODE].text);
}

enum err registry_act_date(struct work *w, const struct args *in, struct doc *out)
{
    struct record r;
    unsigned mask;
    enum err e = registry_record_given(w, K_CALENDAR, in, FIELDS_MAX, S(""), &r, &mask);
    if (e == OK) e = may_enter(w, &r, mask);
    if (e != OK) return e;
    const struct org *org = arg_org(in, "org");
    if (org != NULL) r.d[C_ORG].i = org->id;
    const struct calendar_rule rule = {r.d[C_YEAR].nil ? 0 : r.d[C_YEAR].i, r.d[C_FROM].text, r.d[C_UNTIL].text};
    str wrong = calendar_wrong(&rule);
    if (wrong.n != 0)
        return fault_in(w, INVALID, ((struct where){.field = S("from")}), wrong, rule.from, rule.until);
    if ((e = registry_record_enter(w, K_CALENDAR, &r, mask)) == OK)
        act_next(w, &(struct going_on){.to = "registry calendar", .said = tr(out->lang, M("The date is entered."))});
    return e;
}
