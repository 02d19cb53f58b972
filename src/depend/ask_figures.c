#include <stdlib.h>

#include "depend/ask.h"

enum { PER_CENT = 100, TENTH_OF_HOUR = 6 /* minutes */ };

/* ---- groups ---- */

struct ask_group ask_sector(struct arena *a, const struct voices *v, size_t part)
{
    struct ask_group g = {.voice = arena_array(a, v->n + 1, sizeof *g.voice), .part = part, .itself = v->part[part].itself};
    for (size_t i = 0; i < v->n; i++)
        if (v->voice[i].part == part) g.voice[g.n++] = &v->voice[i];
    return g;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

size_t ask_operators(struct arena *a, const struct ask_group *g, size_t question, bool given)
{
    int64_t *org = arena_array(a, g->n + 1, sizeof *org);
    size_t n = 0, different = 0;
    for (size_t i = 0; i < g->n; i++)
        if (!given || g->voice[i]->answer[question].given) org[n++] = g->voice[i]->org;
    qsort(org, n, sizeof *org, by_number);
    for (size_t i = 0; i < n; i++) different += i == 0 || org[i] != org[i - 1];
    return different;
}

bool ask_may_tell(const struct ask_group *g, size_t operators) { return operators >= ASK_TOLD_FROM || (g->itself && operators > 0); }

/* ---- figures ---- */

static int by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

int32_t ask_median(const int32_t *sorted, size_t n)
{
    int32_t upper = sorted[n / 2];
    return n % 2 == 1 ? upper : (sorted[n / 2 - 1] + upper + 1) / 2;
}

struct ask_figure ask_figure(struct arena *a, const struct voices *v, const struct ask_group *g, size_t question, size_t at)
{
    bool levels = v->question[question].kind == VOICE_LEVELS;
    struct ask_figure f = {.operators = ask_operators(a, g, question, !levels)};
    int32_t *low = arena_array(a, g->n + 1, sizeof *low), *high = arena_array(a, g->n + 1, sizeof *high);
    int32_t unit = levels ? PER_CENT : TENTH_OF_HOUR;
    if (!ask_may_tell(g, f.operators)) return (struct ask_figure){.operators = f.operators};
    for (size_t i = 0; i < g->n; i++) {
        const struct voice_answer *x = &g->voice[i]->answer[question];
        if (!x->given && !levels) continue;
        low[f.n] = x->given ? x->low[at] * unit : LEVEL_FULL;
        high[f.n++] = x->given ? x->high[at] * unit : LEVEL_FULL;
        f.need += x->given;
    }
    qsort(low, f.n, sizeof *low, by_size);
    qsort(high, f.n, sizeof *high, by_size);
    f.told = true;
    f.least = low[0];
    f.most = high[f.n - 1];
    f.middle_low = ask_median(low, f.n);
    f.middle_high = ask_median(high, f.n);
    return f;
}

bool ask_choices(struct arena *a, const struct voices *v, const struct ask_group *g, size_t question, str choice, size_t *n)
{
    size_t many = 0;
    (void)v;
    if (!ask_may_tell(g, ask_operators(a, g, question, true))) return false;
    for (size_t i = 0; i < g->n; i++) many += g->voice[i]->answer[question].given && str_eq(g->voice[i]->answer[question].text, choice);
    *n = many;
    return true;
}

/* ---- one step in place of a curve ---- */

/* When so many quarters of the most that is lost are lost first. */
static tick lost_at(const struct voice_question *q, const int32_t *level, int32_t most, int64_t quarters)
{
    int64_t before = 0, from = 0, wanted = most * quarters; /* in quarters */
    for (size_t i = 0; i < q->n; i++) {
        int64_t until = q->hours[i] * HOUR, lost = 4 * ((int64_t)LEVEL_FULL - level[i]);
        if (lost >= wanted) return (tick)(from + (wanted - before) * (until - from) / (lost - before));
        before = lost;
        from = until;
    }
    return (tick)from;
}

struct ask_step ask_step(const struct voice_question *q, const int32_t *level)
{
    struct ask_step s = {0};
    for (size_t i = 0; i < q->n; i++)
        if (LEVEL_FULL - level[i] > s.lost) s.lost = LEVEL_FULL - level[i];
    if (s.lost == 0) return s;
    s.from = lost_at(q, level, s.lost, 1);
    s.until = lost_at(q, level, s.lost, 3);
    return s;
}
