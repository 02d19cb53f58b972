/* Where a round is in its cycle, and days of work. */
#include "base/clock.h"
#include "inspect/inspect_store.h"
#include "inspect/pages.h"

enum { PLANNING = 120, ANSWERING = 30, CHECKING = 60, YEAR = 365 };

void working_days_note(const struct days *c, int64_t from, int64_t until, struct doc *out)
{
    int64_t first = from < until ? from : until, last = from < until ? until : from;
    int64_t unknown = days_know(c, first) ? last : first;
    if (days_know(c, first) && days_know(c, last))
        doc_note(out, M("Working days are Mondays to Fridays without the days off that `registry days-off` lists."));
    else
        doc_note(out, M("Working days are Mondays to Fridays; no holidays are recorded for %1."),
                 str_int(out->w->a, calendar_year(unknown)));
}

static enum err first_frozen(struct work *w, const struct round *r, int64_t *day)
{
    struct frozen *all;
    size_t n;
    enum err e = frozen_all(w, r->id, &all, &n);
    if (e == OK && n > 0) *day = japan_day(all[0].at);
    return e == OK && n == 0 ? NOTFOUND : e;
}

/* Only base date, due date and the day of the first closing are recorded; the rest is derived and said to be planned:
 *   plan   from the day the edition took effect, at most 120 days back, to the base date
 *   do     from the base date to the due date (30 days where there is none)
 *   check  from there to the closing, which publishes; foreseen 60 days after the due date
 *   improve  from there until a year after the base date, when the next round has its own */
enum err round_phases(struct work *w, const struct round *r, struct phase out[PHASES])
{
    static const str names[] = {S_INIT("plan"), S_INIT("do"), S_INIT("check"), S_INIT("improve")};
    int64_t begin = r->base - PLANNING, due = r->has_due ? r->due : r->base + ANSWERING, end = due + CHECKING, closed;
    if (r->has_edition && r->edition.dated && r->edition.effective > begin && r->edition.effective < r->base)
        begin = r->edition.effective;
    enum err e = first_frozen(w, r, &closed);
    if (e != OK && e != NOTFOUND) return e;
    bool open = e == NOTFOUND;
    int64_t now = today(w);
    if (!open) end = closed;
    else if (end < now) end = now; /* late, and still under way */
    const int64_t from[] = {begin, r->base, due + 1, end + 1}, until[] = {r->base - 1, due, end, r->base + YEAR - 1};
    size_t at = now < r->base ? 0 : open && now <= due ? 1 : open ? 2 : 3;
    for (size_t i = 0; i < PHASES; i++)
        out[i] = (struct phase){.name = names[i], .from = from[i], .until = until[i] < from[i] ? from[i] : until[i],
                                .state = i < at ? S("past") : i == at ? S("now") : S("next"),
                                .planned = (i == 1 && !r->has_due) || (i == 2 && open) || i == 3};
    return OK;
}

size_t phase_now(const struct phase *all)
{
    size_t i = 0;
    while (i + 1 < PHASES && !str_eq(all[i].state, S("now"))) i++;
    return i;
}
