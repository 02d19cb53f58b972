/* Inoperability of sectors: the input-output model (IIM) and its dynamic form (DIIM). Pure, in doubles, in one fixed order.
 *
 * q = A* q + c*, q(t + 1) = q(t) + K (A* q(t) + c*(t) - q(t)); q in 0 … 1. a*(i, j): how much of sector i is lost with all of sector j.
 * Haimes and Jiang 2001; Haimes et al. 2005; Lian and Haimes 2006; supply side: Leung, Haimes and Santos 2007; coefficients by
 * experts and the indices: Setola, De Porcellinis and Sforna 2009. */
#ifndef MEGURI_CASCADE_LOSS_H
#define MEGURI_CASCADE_LOSS_H

#include "cascade/net.h"

enum { LOSS_SECTORS_MAX = 500, LOSS_STEPS_MAX = 100000 };

struct loss_model {
    size_t n;             /* 1 … LOSS_SECTORS_MAX */
    const double *a;      /* n × n, row i: what sector i loses with each other */
    const double *c;      /* n: perturbation, while it lasts */
    const double *k;      /* n: resilience, 0 … 1, of the dynamic form; NULL for the static */
    const double *q0;     /* n: at the beginning; NULL: nothing is lost */
    size_t lasts;         /* the perturbation is on at t = 0 … lasts - 1; SIZE_MAX always */
};
enum loss_warning {
    LOSS_CLIPPED = 1,    /* some q was beyond 0 … 1 and was cut: the figures of those that follow from it are not the model's */
    LOSS_UNSTABLE = 2,   /* the spectral radius of A* is not below 1: there is no answer */
    LOSS_SINGULAR = 4,   /* I - A* has no inverse */
};
/* Figures of a, c and q0 are not negative and no NaN. With UNSTABLE or SINGULAR nothing is filled, by either form. */

/* q: n. raw: before clipping, n, or NULL. Answers warnings. */
unsigned loss_static(struct arena *, const struct loss_model *, double *q, double *raw);
/* q: steps × n, t = 0 … steps - 1. area: n, the integral over these by the trapezoid rule, or NULL. c*(t) moves q from t to t + 1: the
 * published areas of Lian and Haimes (1.980144, 3.366317: "on for t = 0 … 30, over t = 0 … 99") are those of lasts = 30, steps = 100,
 * so c* is on from time 0 to time 30, at t = 0 … 29. */
unsigned loss_dynamic(struct arena *, const struct loss_model *, size_t steps, double *q, double *area);
/* By power iteration: good to three digits, which is all that a warning needs. */
double loss_radius(struct arena *, size_t n, const double *a);

/* From a table of flows z(i, j) (sector i delivers to j) and outputs x(i). Demand side: a*(i, j) = z(i, j) / x(i), the loss goes to
 * those who supply; supply side: a*(i, j) = z(j, i) / x(i), to those who are supplied. imports m(i) (or NULL: not taken out): the part
 * x(i) / (x(i) + m(i)) of each row of z counts. False: an output is 0 or a figure is negative or no number. */
bool loss_coefficients(struct arena *, size_t n, const double *z, const double *x, const double *imports, bool supply, double *a);

/* Setola's indices: dependency of i (mean of its row without itself), influence of j (mean of its column); with S = (I - A*)^-1 for the
 * overall ones. */
void loss_indices(size_t n, const double *a, double *dependency, double *influence);
bool loss_inverse(struct arena *, size_t n, const double *a, double *s); /* false: singular */
/* k of a sector that is back to `rest` (0.01) of its loss after t steps: ln(1 / rest) / t / (1 - a_ii). */
double loss_resilience(double rest, double t, double own);

#endif
