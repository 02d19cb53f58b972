#include "case/decide.h"

#include <stdlib.h>

/* The owner of the database is one person too, without a row: what nobody else opened or did was theirs. */
static bool took(const struct own_steps *own, const struct item *i, str step)
{
    size_t lo = 0, hi = own->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (own->all[mid].item < i->id) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < own->n && own->all[lo].item == i->id; lo++)
        if (str_eq(own->all[lo].step, step)) return true;
    return false;
}

static bool is(const struct someone *s, const struct actor *a) { return s->id != 0 && s->id == a->person; }

bool item_mine(const struct item *i, const struct actor *a)
{
    return is(&i->opener, a) || is(&i->owner, a) || is(&i->about, a);
}

bool item_names(const struct item *i, const struct actor *a)
{
    return item_mine(i, a) || (i->within && may(a, MAY_READ_NAMES, i->org_lo));
}

bool item_whole(const struct item *i, const struct actor *a) { return i->within || item_mine(i, a); }

static bool kept_out(const struct kind_step *s, const struct item *i, const struct actor *a,
                     const struct own_steps *own)
{
    str list = s->not_by;
    for (str one; str_cut(&list, '|', &one);) {
        if (str_eq(one, S("opener"))  ? i->opener.id == a->person
            : str_eq(one, S("owner")) ? is(&i->owner, a)
            : str_eq(one, S("about")) ? is(&i->about, a)
                                      : took(own, i, one))
            return true;
    }
    return false;
}

/* The centre decides above the bodies next below it; above their sections their own offices do. What an organisation
 * answers itself nobody above answers for it; the owner of the database stands nowhere, and may. */
static bool may_above(unsigned right, bool above, int64_t lo, int64_t above_lo, const struct actor *a)
{
    if (above && a->lo != above_lo) right &= ~(unsigned)MAY_CENTRE;
    return right != 0 && may(a, right, above ? above_lo : lo);
}

static bool may_by_right(const struct kind_step *s, const struct item *i, const struct actor *a)
{
    if (s->itself && a->person != 0 && a->lo != i->org_lo) return false;
    return may_above(s->right, s->above, i->org_lo, i->above_lo, a);
}

bool may_open(const struct kind *k, const struct actor *a, int64_t lo, int64_t above_lo)
{
    return k->anyone_opens || may_above(k->opens, k->above, lo, above_lo, a);
}

static bool may_take(const struct kind_step *s, const struct item *i, const struct actor *a)
{
    return (s->anyone && item_whole(i, a)) || may_by_right(s, i, a) ||
           ((s->parties & PARTY_OPENER) && is(&i->opener, a)) || ((s->parties & PARTY_OWNER) && is(&i->owner, a)) ||
           ((s->parties & PARTY_ABOUT) && is(&i->about, a));
}

enum verdict step_judge(const struct kind_step *s, const struct item *i, const struct actor *a,
                        const struct own_steps *own)
{
    if (!list_has(s->from, i->state)) return STEP_ELSEWHERE;
    if (s->when.n != 0 && !list_has(s->when, i->class)) return STEP_CLASS;
    if (!item_whole(i, a) || !may_take(s, i, a)) return STEP_RIGHT;
    return kept_out(s, i, a, own) ? STEP_OWN : STEP_FITS;
}

bool item_waits(const struct kind *k, const struct item *i, const struct actor *a, const struct own_steps *own,
                int64_t day)
{
    bool early = !i->has_due || day < i->due;
    if (i->has_ended) return false;
    for (size_t n = 0; n < k->n_steps; n++) {
        const struct kind_step *s = &k->steps[n];
        if (!s->aside && !(s->at_due && early) && step_judge(s, i, a, own) == STEP_FITS) return true;
    }
    return false;
}

const struct kind_step *step_of_opening(const struct kind *k, str class, bool *fits)
{
    *fits = true;
    for (size_t i = 0; i < k->n_steps; i++) {
        const struct kind_step *s = &k->steps[i];
        if (!list_has(s->from, S("new"))) continue;
        if (s->when.n == 0 || list_has(s->when, class)) {
            *fits = true;
            return s;
        }
        *fits = false;
    }
    return NULL;
}

static int ascending(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

int64_t median_days_of(int64_t *days, size_t n)
{
    qsort(days, n, sizeof *days, ascending);
    return (days[(n - 1) / 2] + days[n / 2] + 1) / 2;
}
