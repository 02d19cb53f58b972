/* share statistics: who counts what, over which years. What it tells: statistics_told.c (as published),
 * statistics_aspects.c (what else). */
#include "share/statistics_view.h"

#include "base/clock.h"
#include "share/statistics_store.h"
#include "share/statistics_told.h"

enum { YEAR_FIRST = 1990, YEAR_LAST = 2200, EARLIER_USUAL = 4 };

static enum err year_wrong(struct work *w, const char *field)
{
    return fault_in(w, INVALID, ((struct where){.field = str_of(field)}),
                    M("a fiscal year from 1990 to 2200 is wanted"));
}

static enum err periods_asked(struct work *w, const struct args *in, struct periods *out)
{
    int64_t year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w));
    if (year < YEAR_FIRST || year > YEAR_LAST) return year_wrong(w, "year");
    int64_t usual = year - EARLIER_USUAL < YEAR_FIRST ? YEAR_FIRST : year - EARLIER_USUAL;
    int64_t first = arg_given(in, "from") ? arg_int(in, "from") : usual;
    if (first < YEAR_FIRST || first > YEAR_LAST) return year_wrong(w, "from");
    if (first > year || year - first > EARLIER_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("from")}),
                        M("the first year is not after the year asked for, and at most 20 before it"));
    *out = periods_of((int)first, (int)year);
    return OK;
}

/* Those of ministries and agencies are counted and left out: the published types are of operators. */
static void part(struct telling *t, const struct tallied *all, size_t n)
{
    static const str one[] = {S_INIT("total")}, two[] = {S_INIT("notices"), S_INIT("updates")};
    t->total = crossed_new(t->w->a, &t->periods, one, 1);
    t->government = crossed_new(t->w->a, &t->periods, one, 1);
    t->notices = crossed_new(t->w->a, &t->periods, two, 2);
    t->report = arena_array(t->w->a, n + 1, sizeof *t->report);
    for (size_t i = 0; i < n; i++) {
        crossed_add(all[i].government ? &t->government : &t->total, 0, all[i].at);
        if (!all[i].government) t->report[t->n++] = all[i];
    }
    crossed_close(&t->total);
    crossed_close(&t->government);
}

static enum err gathered(struct telling *t)
{
    struct tallied *all;
    struct told_notice *notice;
    size_t n, n_notices;
    enum err e = reports_tallied(t->w, &t->party, &t->periods, &all, &n);
    if (e == OK) e = notices_told(t->w, &t->party, &t->periods, &notice, &n_notices);
    if (e != OK) return e;
    part(t, all, n);
    for (size_t i = 0; i < n_notices; i++) crossed_add(&t->notices, notice[i].update, notice[i].at);
    crossed_close(&t->notices);
    return OK;
}

static void figures(const struct telling *t)
{
    size_t last = t->periods.n - 1;
    int64_t now = crossed_at(&t->total, 0, last),
            before = t->periods.earlier == 0 ? 0 : crossed_at(&t->total, 0, t->periods.earlier - 1);
    if (t->periods.earlier == 0)
        doc_fact(t->out, "reports", M("Reports from operators"), C_INT(now));
    else
        doc_fact_of(t->out, "reports", M("Reports from operators"), C_INT(now), M("%1 the year before"),
                    str_int(t->w->a, before));
    doc_fact(t->out, "government", M("From ministries and agencies"), C_INT(crossed_at(&t->government, 0, last)));
    doc_fact_of(t->out, "notices", M("Notices down"), C_INT(crossed_at(&t->notices, 0, last)),
                M("besides, %1 updates of them"), str_int(t->w->a, crossed_at(&t->notices, 1, last)));
}

static bool all_empty(const struct telling *t)
{
    for (size_t i = 0; i < t->periods.n; i++)
        if (crossed_total(&t->total, i) + crossed_total(&t->government, i) + crossed_total(&t->notices, i) != 0)
            return false;
    return true;
}

static enum err notes(const struct telling *t)
{
    int64_t waiting;
    enum err e = reports_under_way(t->w, &t->party, &waiting);
    if (e != OK) return e;
    if (all_empty(t)) doc_text(t->out, M("Nothing was counted in these years. Choose other years above."));
    if (waiting != 0)
        doc_note(t->out, M("Not counted: %1 reports that were sent and that the centre does not have yet."),
                 str_int(t->w->a, waiting));
    doc_note(
        t->out,
        M("Counted are the reports that %1 holds, by when the centre had them, in fiscal years and quarters of Japan; follow-ups, drafts and "
          "drills are not. Those of ministries and agencies are counted apart. Notices are those that %1 sent."),
        lang_pick(t->out->lang, t->party.ja, t->party.en));
    return OK;
}

const struct param share_statistics_params[] = {
    {"year", P_INT, 0, NULL, NULL, N("fiscal year; without it, this one")},
    {"from", P_INT, 0, NULL, NULL, N("first fiscal year beside it; without it, four before")},
    PARTY_PARAM,
    {0}};

enum err share_view_statistics(struct work *w, const struct args *in, struct doc *out)
{
    struct telling t = {.w = w, .out = out};
    enum err e = party_of(w, in, &t.party);
    if (e == OK) e = periods_asked(w, in, &t.periods);
    if (e == OK) e = gathered(&t);
    if (e != OK) return e;
    doc_title(out, M("Reports and notices, %1"), period_year_label(&t, t.periods.year));
    figures(&t);
    struct crossed events = events_told(&t);
    events_drawn(&t, &events);
    aspects_told(&t);
    return notes(&t);
}
