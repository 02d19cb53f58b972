#include "tally/rates.h"

#include <assert.h>

#include "tally/frac.h"

__extension__ typedef __int128 wide; /* counts times a thousand leave 64 bits */

/* 重点検査 2006, 評価. */
static const struct grade of_2006[] = {
    {S_INIT("A"), 1000},
    {S_INIT("B"), 800},
    {S_INIT("C"), 600},
    {S_INIT("D"), 0},
};
const struct grades grades_2006 = {of_2006, sizeof of_2006 / sizeof *of_2006};

str grade_of(const struct grades *g, const struct frac *f)
{
    assert(g->n != 0);
    size_t i = 0;
    while (i + 1 < g->n && mpq_cmp_si(f->q, g->grade[i].at_least, 1000) < 0) i++;
    return g->grade[i].name;
}

/* ---- shown ---- */

/* Rounded half up, then down again below every boundary that the exact figure does not reach. */
static int32_t show(int64_t rounded, int64_t whole, const struct grades *g)
{
    int64_t shown = rounded;
    if (whole < 1000 && shown >= 1000) shown = 999;
    for (size_t i = 0; g != NULL && i < g->n; i++)
        if (whole < g->grade[i].at_least && shown >= g->grade[i].at_least) shown = g->grade[i].at_least - 1;
    assert(shown <= INT32_MAX);
    return (int32_t)shown;
}

/* Tenths of a percent of |q|: `whole` cut off, `rounded` half up. */
static void tenths_of(const mpq_t q, int64_t *whole, int64_t *rounded)
{
    mpz_t tenths, rest;
    mpz_inits(tenths, rest, NULL);
    mpz_abs(tenths, mpq_numref(q));
    mpz_mul_ui(tenths, tenths, 1000);
    mpz_fdiv_qr(tenths, rest, tenths, mpq_denref(q));
    assert(mpz_fits_sint_p(tenths));
    mpz_mul_2exp(rest, rest, 1);
    *whole = mpz_get_si(tenths);
    *rounded = *whole + (mpz_cmp(rest, mpq_denref(q)) >= 0);
    mpz_clears(tenths, rest, NULL);
}

struct rate rate_of(const struct frac *f, const struct grades *g)
{
    int64_t whole, rounded;
    tenths_of(f->q, &whole, &rounded);
    int32_t shown = show(rounded, whole, g);
    return (struct rate){.defined = true, .value = mpq_nearest(f->q), .tenths = mpq_sgn(f->q) < 0 ? -shown : shown};
}

/* Below 2^53 both convert exactly, and IEEE 754 division rounds to the nearest. */
static double nearest_quotient(int64_t n, int64_t d)
{
    if (d <= INT64_C(1) << 53) return (double)n / (double)d;
    mpq_t q;
    mpq_init(q);
    mpz_set_int64(mpq_numref(q), n);
    mpz_set_int64(mpq_denref(q), d);
    mpq_canonicalize(q);
    double value = mpq_nearest(q);
    mpq_clear(q);
    return value;
}

struct rate rate_of_counts(int64_t n, int64_t d, const struct grades *g)
{
    assert(0 <= n && n <= d);
    if (d == 0) return (struct rate){.defined = false};
    wide thousandfold = (wide)n * 1000;
    int64_t whole = (int64_t)(thousandfold / d), rounded = (int64_t)((2 * thousandfold + d) / (2 * (wide)d));
    return (struct rate){
        .defined = true, .value = nearest_quotient(n, d), .tenths = show(rounded, whole, g), .n = n, .d = d};
}

/* ---- sums ----
 *
 * Adding one by one to a growing fraction costs a division of long numbers each time. So the rates of a part are
 * gathered in 64 bits while they fit, the sums so made are added in pairs, and these in pairs, and only the last is
 * reduced. */

struct small {
    int64_t n, d;
};

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Adds n/d; false, and nothing is changed, when the sum leaves 64 bits. */
static bool small_add(struct small *s, int64_t n, int64_t d)
{
    int64_t common = common_divisor(s->d, d), more;
    struct small sum;
    if (__builtin_mul_overflow(s->d, d / common, &sum.d) || __builtin_mul_overflow(s->n, d / common, &sum.n) ||
        __builtin_mul_overflow(n, s->d / common, &more) || __builtin_add_overflow(sum.n, more, &sum.n))
        return false;
    *s = sum;
    return true;
}

/* n/d is the sum, not reduced. */
static void sum_in_pairs(const struct small *of, size_t n_of, mpz_t n, mpz_t d)
{
    if (n_of == 1) {
        mpz_set_int64(n, of->n);
        mpz_set_int64(d, of->d);
        return;
    }
    mpz_t more_n, more_d;
    mpz_inits(more_n, more_d, NULL);
    sum_in_pairs(of, n_of / 2, n, d);
    sum_in_pairs(of + n_of / 2, n_of - n_of / 2, more_n, more_d);
    mpz_mul(n, n, more_d);
    mpz_addmul(n, more_n, d);
    mpz_mul(d, d, more_d);
    mpz_clears(more_n, more_d, NULL);
}

/* Means of parts share most of their denominators' factors, so here reducing at every step keeps numbers shorter. */
static void sum_fracs(struct frac *const *of, size_t n, mpq_t sum)
{
    if (n == 1) {
        mpq_set(sum, of[0]->q);
        return;
    }
    mpq_t more;
    mpq_init(more);
    sum_fracs(of, n / 2, sum);
    sum_fracs(of + n / 2, n - n / 2, more);
    mpq_add(sum, sum, more);
    mpq_clear(more);
}

struct frac *frac_mean(struct arena *a, struct frac *const *of, size_t n, size_t *left_out)
{
    struct frac **found = arena_array(a, n, sizeof(struct frac *)), *mean = NULL;
    size_t n_found = 0;
    for (size_t i = 0; i < n; i++)
        if (of[i] != NULL) found[n_found++] = of[i];
    if (n_found != 0) {
        mean = frac_zero(a);
        sum_fracs(found, n_found, mean->q);
        frac_over(mean, (int64_t)n_found);
    }
    *left_out = n - n_found;
    return mean;
}

/* ---- a part ---- */

/* Simple mean of done/arisen over the clauses where a duty arose, of which there are `clauses`. */
static struct frac *mean_of_clauses(struct arena *a, const struct counts *counts, const size_t *which, size_t n,
                                    int64_t clauses)
{
    struct frac *mean = frac_zero(a);
    struct small *sums = arena_array(a, n, sizeof *sums);
    size_t last = 0;
    sums[0].d = 1;
    for (size_t i = 0; i < n; i++) {
        const struct counts *c = &counts[which == NULL ? i : which[i]];
        if (c->arisen != 0 && !small_add(&sums[last], c->done, c->arisen))
            sums[++last] = (struct small){c->done, c->arisen};
    }
    sum_in_pairs(sums, last + 1, mpq_numref(mean->q), mpq_denref(mean->q));
    frac_over(mean, clauses);
    return mean;
}

static void add_clause(struct part_rates *p, const struct counts *c, const struct rule *rule)
{
    assert(0 <= c->done && c->done <= c->arisen && 0 <= c->no_occasion);
    p->arisen += c->arisen;
    p->done += c->done;
    p->no_occasion += c->no_occasion;
    p->left_out += c->arisen == 0;
    if (c->arisen == 0) return;
    p->clauses++;
    for (size_t t = 0; t < rule->n_thresholds; t++)
        p->attained[t] += (wide)c->done * 1000 >= (wide)rule->threshold[t] * c->arisen;
}

void part_rates(struct arena *a, const struct counts *counts, const size_t *which, size_t n, const struct rule *rule,
                struct part_rates *out)
{
    assert(rule->n_thresholds <= THRESHOLDS_MAX);
    struct part_rates p = {0};
    for (size_t i = 0; i < n; i++) add_clause(&p, &counts[which == NULL ? i : which[i]], rule);
    if (p.clauses != 0)
        p.implementation =
            rule->rate == RATE_POOLED ? frac_new(a, p.done, p.arisen) : mean_of_clauses(a, counts, which, n, p.clauses);
    *out = p;
}
