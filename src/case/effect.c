/* What a change of state does beyond the case: an exception counts in rounds while its case is where it holds. */
#include "case/acts.h"
#include "inspect/inspect.h"

#include "base/clock.h"

static bool holds(const struct kind *k, str state)
{
    const struct kind_state *s = kind_state(k, state);
    return s != NULL && s->holds;
}

enum err effect_of(struct work *w, const struct kind *k, const struct item *was, const struct item *is,
                   const struct item_value *v, size_t n, struct doc *out, int64_t *told)
{
    bool before = holds(k, was->state), now = holds(k, is->state);
    *told = 0;
    if (!k->excepts || (!before && !now)) return OK;
    struct granted g = {.number = is->number,
                        .respondent = is->respondent,
                        .org = is->org,
                        .edition = is->edition_id,
                        .clause = is->clause,
                        .reason = is->title};
    if (!date_parse(value_in(v, n, S("from")), &g.since) || !date_parse(value_in(v, n, S("until")), &g.until))
        return fault(w, STORE, M("the period of '%1' cannot be read"), is->number);
    if (!now && today(w) < g.until) g.until = today(w); /* ended before its time: until today it held */
    return inspect_grant(w, &g, out, told);
}
