#include "cascade/loss.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* I - A*, row by row. */
static double *identity_less(struct arena *a, size_t n, const double *coefficients)
{
    double *m = arena_array(a, n * n, sizeof *m);
    for (size_t i = 0; i < n * n; i++) m[i] = -coefficients[i];
    for (size_t i = 0; i < n; i++) m[i * n + i] += 1;
    return m;
}

/* What is left of a difference of figures around 1 when they are the same but for rounding. */
static double rounding(size_t n) { return 1e-13 * (double)n; }

/* A* without negative figures has a spectral radius below 1 just when I - A* is an M-matrix: when Gauss' elimination down its diagonal,
 * no rows exchanged, meets positive pivots alone (Berman and Plemmons 1979, chapter 6). Exact where power iteration only comes near. */
static bool is_stable(struct arena *a, size_t n, const double *coefficients)
{
    double *m = identity_less(a, n, coefficients);
    for (size_t p = 0; p < n; p++) {
        if (m[p * n + p] <= rounding(n)) return false;
        for (size_t i = p + 1; i < n; i++) {
            double factor = m[i * n + p] / m[p * n + p];
            if (factor == 0) continue;
            for (size_t j = p + 1; j < n; j++) m[i * n + j] -= factor * m[p * n + j];
        }
    }
    return true;
}

static size_t largest_below(const double *m, size_t n, size_t p)
{
    size_t at = p;
    for (size_t i = p + 1; i < n; i++)
        if (fabs(m[i * n + p]) > fabs(m[at * n + p])) at = i;
    return at;
}

static void exchange(double *m, size_t width, size_t i, size_t j)
{
    for (size_t x = 0; i != j && x < width; x++) {
        double kept = m[i * width + x];
        m[i * width + x] = m[j * width + x];
        m[j * width + x] = kept;
    }
}

/* Solves m x = b for `width` right sides beside each other, in place: Gauss' elimination with exchanged rows. False: singular. */
static bool solve(double *m, size_t n, double *b, size_t width)
{
    for (size_t p = 0; p < n; p++) {
        size_t best = largest_below(m, n, p);
        if (fabs(m[best * n + p]) <= rounding(n)) return false;
        exchange(m, n, p, best);
        exchange(b, width, p, best);
        for (size_t i = p + 1; i < n; i++) {
            double factor = m[i * n + p] / m[p * n + p];
            if (factor == 0) continue;
            for (size_t j = p + 1; j < n; j++) m[i * n + j] -= factor * m[p * n + j];
            for (size_t j = 0; j < width; j++) b[i * width + j] -= factor * b[p * width + j];
        }
    }
    for (size_t p = n; p-- > 0;) {
        for (size_t j = 0; j < width; j++) {
            double left = b[p * width + j];
            for (size_t i = p + 1; i < n; i++) left -= m[p * n + i] * b[i * width + j];
            b[p * width + j] = left / m[p * n + p];
        }
    }
    return true;
}

/* Into 0 … 1, and whether that cut anything but rounding. */
static bool clipped(double *q, size_t n)
{
    bool cut = false;
    for (size_t i = 0; i < n; i++) {
        cut |= q[i] < -rounding(n) || q[i] > 1 + rounding(n);
        if (q[i] < 0) q[i] = 0;
        if (q[i] > 1) q[i] = 1;
    }
    return cut;
}

/* What keeps a model from having an answer. */
static unsigned refused(struct arena *a, const struct loss_model *m)
{
    struct arena_mark mark = arena_mark(a);
    double *left = identity_less(a, m->n, m->a), *right = arena_array(a, m->n, sizeof *right);
    unsigned warnings = (is_stable(a, m->n, m->a) ? 0U : LOSS_UNSTABLE) | (solve(left, m->n, right, 1) ? 0U : LOSS_SINGULAR);
    arena_back(a, mark);
    return warnings;
}

unsigned loss_static(struct arena *a, const struct loss_model *m, double *q, double *raw)
{
    assert(m->n > 0 && m->n <= LOSS_SECTORS_MAX);
    unsigned warnings = refused(a, m);
    if (warnings) return warnings;
    struct arena_mark mark = arena_mark(a);
    double *left = identity_less(a, m->n, m->a);
    memcpy(q, m->c, m->n * sizeof *q);
    solve(left, m->n, q, 1);
    arena_back(a, mark);
    if (raw) memcpy(raw, q, m->n * sizeof *q);
    return clipped(q, m->n) ? LOSS_CLIPPED : 0;
}

static void one_step(const struct loss_model *m, bool on, const double *q, double *next)
{
    for (size_t i = 0; i < m->n; i++) {
        double lost = on ? m->c[i] : 0;
        for (size_t j = 0; j < m->n; j++) lost += m->a[i * m->n + j] * q[j];
        next[i] = q[i] + (m->k ? m->k[i] : 1) * (lost - q[i]);
    }
}

unsigned loss_dynamic(struct arena *a, const struct loss_model *m, size_t steps, double *q, double *area)
{
    assert(m->n > 0 && m->n <= LOSS_SECTORS_MAX && steps > 0 && steps <= LOSS_STEPS_MAX);
    unsigned warnings = refused(a, m);
    if (warnings) return warnings;
    for (size_t i = 0; i < m->n; i++) q[i] = m->q0 ? m->q0[i] : 0;
    bool cut = clipped(q, m->n);
    for (size_t t = 0; t + 1 < steps; t++) {
        one_step(m, t < m->lasts, q + t * m->n, q + (t + 1) * m->n);
        cut |= clipped(q + (t + 1) * m->n, m->n);
    }
    for (size_t i = 0; area && i < m->n; i++) {
        area[i] = 0;
        for (size_t t = 0; t + 1 < steps; t++) area[i] += (q[t * m->n + i] + q[(t + 1) * m->n + i]) / 2;
    }
    return cut ? LOSS_CLIPPED : 0;
}

/* Of A* + I, whose largest eigenvalue is one more and stands alone in size: A* itself may swing for ever. */
double loss_radius(struct arena *a, size_t n, const double *coefficients)
{
    enum { ROUNDS = 1000 };
    struct arena_mark mark = arena_mark(a);
    double *v = arena_array(a, n, sizeof *v), *next = arena_array(a, n, sizeof *next), radius = 0;
    for (size_t i = 0; i < n; i++) v[i] = 1;
    for (int round = 0; round < ROUNDS; round++) {
        double largest = 0, before = radius;
        for (size_t i = 0; i < n; i++) {
            next[i] = v[i];
            for (size_t j = 0; j < n; j++) next[i] += coefficients[i * n + j] * v[j];
            if (next[i] > largest) largest = next[i];
        }
        for (size_t i = 0; i < n; i++) v[i] = next[i] / largest;
        radius = largest - 1;
        if (round > 10 && fabs(radius - before) <= 1e-9 * (1 + radius)) break;
    }
    arena_back(a, mark);
    return radius;
}

static bool is_amount(double x) { return isfinite(x) && x >= 0; }

bool loss_coefficients(struct arena *a, size_t n, const double *z, const double *x, const double *imports, bool supply, double *out)
{
    for (size_t i = 0; i < n; i++)
        if (!is_amount(x[i]) || x[i] == 0 || (imports && !is_amount(imports[i]))) return false;
    for (size_t i = 0; i < n * n; i++)
        if (!is_amount(z[i])) return false;
    struct arena_mark mark = arena_mark(a);
    double *own = arena_array(a, n, sizeof *own); /* the part of what a sector delivers that it made itself */
    for (size_t i = 0; i < n; i++) own[i] = imports ? x[i] / (x[i] + imports[i]) : 1;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double flow = supply ? z[j * n + i] * own[j] : z[i * n + j] * own[i];
            out[i * n + j] = flow / x[i];
        }
    }
    arena_back(a, mark);
    return true;
}

void loss_indices(size_t n, const double *a, double *dependency, double *influence)
{
    for (size_t i = 0; i < n; i++) {
        dependency[i] = influence[i] = 0;
        for (size_t j = 0; j < n; j++) {
            if (j == i) continue;
            dependency[i] += a[i * n + j];
            influence[i] += a[j * n + i];
        }
        if (n > 1) {
            dependency[i] /= (double)(n - 1);
            influence[i] /= (double)(n - 1);
        }
    }
}

bool loss_inverse(struct arena *a, size_t n, const double *coefficients, double *s)
{
    struct arena_mark mark = arena_mark(a);
    memset(s, 0, n * n * sizeof *s);
    for (size_t i = 0; i < n; i++) s[i * n + i] = 1;
    bool done = solve(identity_less(a, n, coefficients), n, s, n);
    arena_back(a, mark);
    return done;
}

double loss_resilience(double rest, double t, double own) { return log(1 / rest) / t / (1 - own); }
