#include "inspect/figures.h"

static int64_t number(int64_t *const vectors[TALLY_STATES], enum tally_state state, size_t at)
{
    return vectors[state] == NULL ? 0 : vectors[state][at];
}

struct coverage coverage_of(const struct round *r, int64_t *const vectors[TALLY_STATES])
{
    struct coverage c = {0};
    for (size_t d = 0; d < r->n_duties; d++) {
        c.reported += number(vectors, TALLY_FRAME, at_duty(d, REPORTED));
        c.known += number(vectors, TALLY_CONFIRMED, at_duty(d, KNOWN));
        c.known_provisional += number(vectors, TALLY_SUBMITTED, at_duty(d, KNOWN));
        c.own += number(vectors, TALLY_CONFIRMED, at_duty(d, OWN));
    }
    c.known_provisional += c.known;
    return c;
}

struct counts *counts_of(struct arena *a, const struct round *r, int64_t *const vectors[TALLY_STATES], bool provisional)
{
    struct counts *all = arena_array(a, r->edition.n_clauses + 1, sizeof *all);
    for (enum tally_state s = provisional ? TALLY_SUBMITTED : TALLY_CONFIRMED; s <= TALLY_CONFIRMED; s++) {
        for (size_t c = 0; c < r->edition.n_clauses; c++) {
            all[c].arisen += number(vectors, s, at_clause(r, c, ARISEN));
            all[c].done += number(vectors, s, at_clause(r, c, DONE_));
            all[c].no_occasion += number(vectors, s, at_clause(r, c, NO_OCCASION_));
        }
    }
    return all;
}

int64_t excepted_of(const struct round *r, int64_t *const vectors[TALLY_STATES], size_t clause, bool provisional)
{
    int64_t n = number(vectors, TALLY_CONFIRMED, at_clause(r, clause, EXCEPTED));
    return provisional ? n + number(vectors, TALLY_SUBMITTED, at_clause(r, clause, EXCEPTED)) : n;
}

size_t clauses_of_part(struct arena *a, const struct round *r, size_t part, size_t **out)
{
    size_t *which = arena_array(a, r->edition.n_clauses + 1, sizeof *which), n = 0;
    for (size_t c = 0; c < r->edition.n_clauses; c++)
        if (part == r->edition.n_parts || r->edition.clauses[c].part == part) which[n++] = c;
    *out = which;
    return n;
}

static bool small(int64_t n) { return n > 0 && n < WITHHELD_UNDER; }

void withhold(const int64_t *reported, size_t n, int64_t rest, bool *withheld)
{
    int64_t hidden = rest, groups = rest > 0;
    bool any_small = small(rest);
    for (size_t i = 0; i < n; i++) {
        withheld[i] = small(reported[i]);
        if (!withheld[i]) continue;
        hidden += reported[i];
        groups++;
        any_small = true;
    }
    /* The parent's figure less what is shown tells what is hidden: that must be several groups, five or more in all. */
    while (any_small && (groups == 1 || hidden < WITHHELD_UNDER)) {
        size_t least = n;
        for (size_t i = 0; i < n; i++)
            if (!withheld[i] && reported[i] > 0 && (least == n || reported[i] < reported[least])) least = i;
        if (least == n) return; /* nothing more to hide behind */
        withheld[least] = true;
        hidden += reported[least];
        groups++;
    }
}
