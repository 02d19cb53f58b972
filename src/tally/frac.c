/* Exact fractions. The limbs belong to GMP; a closer in the fraction's arena gives them back. */
#include "tally/frac.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Limits what frac_parse takes in: more digits than any mean over a national round has. */
enum { FRAC_TEXT_MAX = 1000000 };

static void close_frac(void *f) { mpq_clear(((struct frac *)f)->q); }

/* GMP aborts where malloc fails; ours ends the work as any other want of memory does. */
static void *regrow(void *old, size_t was, size_t now)
{
    void *p = arena_malloc(now);
    memcpy(p, old, was < now ? was : now);
    free(old);
    return p;
}

static void release(void *p, size_t size)
{
    (void)size;
    free(p);
}

struct frac *frac_zero(struct arena *a)
{
    mp_set_memory_functions(arena_malloc, regrow, release); /* both are malloc.s, so it may be said at any time */
    struct frac *f = arena_alloc(a, sizeof *f);
    mpq_init(f->q);
    arena_closer(a, close_frac, f);
    return f;
}

void mpz_set_int64(mpz_t z, int64_t value)
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    mpz_import(z, 1, -1, sizeof size, 0, 0, &size);
    if (value < 0) mpz_neg(z, z);
}

struct frac *frac_new(struct arena *a, int64_t n, int64_t d)
{
    assert(d > 0);
    struct frac *f = frac_zero(a);
    mpz_set_int64(mpq_numref(f->q), n);
    mpz_set_int64(mpq_denref(f->q), d);
    mpq_canonicalize(f->q);
    return f;
}

void frac_add(struct frac *f, const struct frac *more) { mpq_add(f->q, f->q, more->q); }

void frac_sub(struct frac *f, const struct frac *less) { mpq_sub(f->q, f->q, less->q); }

void frac_over(struct frac *f, int64_t by)
{
    assert(by > 0);
    mpz_t divisor;
    mpz_init(divisor);
    mpz_set_int64(divisor, by);
    mpz_mul(mpq_denref(f->q), mpq_denref(f->q), divisor);
    mpq_canonicalize(f->q);
    mpz_clear(divisor);
}

int frac_cmp(const struct frac *a, const struct frac *b)
{
    int c = mpq_cmp(a->q, b->q);
    return (c > 0) - (c < 0);
}

str frac_text(struct arena *a, const struct frac *f)
{
    size_t room = mpz_sizeinbase(mpq_numref(f->q), 10) + mpz_sizeinbase(mpq_denref(f->q), 10) + 3;
    return str_of(mpq_get_str(arena_alloc(a, room), 10, f->q));
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n != 0;
}

/* GMP's own reader also takes blanks, signs below the line and a denominator of 0. */
static bool is_fraction(str text)
{
    str rest = str_starts(text, S("-")) ? str_sub(text, 1, text.n) : text, n = {0}, d = {0};
    if (text.n > FRAC_TEXT_MAX || !str_cut(&rest, '/', &n) || !all_digits(n)) return false;
    if (rest.p == NULL) return true;
    d = rest;
    while (str_starts(d, S("0"))) d = str_sub(d, 1, d.n);
    return all_digits(rest) && d.n != 0;
}

bool frac_parse(struct arena *a, str text, struct frac **out)
{
    if (!is_fraction(text)) return false;
    struct frac *f = frac_zero(a);
    if (mpq_set_str(f->q, str_c(a, text), 10) != 0) return false;
    mpq_canonicalize(f->q);
    *out = f;
    return true;
}

/* ⌊log2 q⌋ for q > 0. */
static long exponent_of(const mpq_t q)
{
    long e = (long)mpz_sizeinbase(mpq_numref(q), 2) - (long)mpz_sizeinbase(mpq_denref(q), 2);
    mpq_t power; /* q lies between 2^(e-1) and 2^(e+1) */
    mpq_init(power);
    mpq_set_ui(power, 1, 1);
    if (e >= 0)
        mpq_mul_2exp(power, power, (mp_bitcnt_t)e);
    else
        mpq_div_2exp(power, power, (mp_bitcnt_t)-e);
    if (mpq_cmp(q, power) < 0) e--;
    mpq_clear(power);
    return e;
}

/* q rounded to a whole number, ties to even; q >= 0. */
static void round_even(mpz_t whole, const mpq_t q)
{
    mpz_t rest;
    mpz_init(rest);
    mpz_fdiv_qr(whole, rest, mpq_numref(q), mpq_denref(q));
    mpz_mul_2exp(rest, rest, 1);
    int half = mpz_cmp(rest, mpq_denref(q));
    if (half > 0 || (half == 0 && mpz_odd_p(whole))) mpz_add_ui(whole, whole, 1);
    mpz_clear(rest);
}

/* mpq_get_d cuts off. Here q is scaled so that its whole part has the 53 bits of a double (fewer where doubles thin out
 * near 0), rounded, and scaled back, which is exact. */
double mpq_nearest(const mpq_t q)
{
    enum { MANTISSA = 53, SMALLEST = 1074 };
    if (mpq_sgn(q) == 0) return 0;
    mpq_t scaled;
    mpz_t whole;
    mpq_init(scaled);
    mpz_init(whole);
    mpq_abs(scaled, q);
    long shift = MANTISSA - 1 - exponent_of(scaled);
    if (shift > SMALLEST) shift = SMALLEST;
    if (shift >= 0)
        mpq_mul_2exp(scaled, scaled, (mp_bitcnt_t)shift);
    else
        mpq_div_2exp(scaled, scaled, (mp_bitcnt_t)-shift);
    round_even(whole, scaled);
    double size = ldexp(mpz_get_d(whole), (int)-shift);
    mpz_clear(whole);
    mpq_clear(scaled);
    return mpq_sgn(q) < 0 ? -size : size;
}
