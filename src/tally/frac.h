/* What a fraction is inside; for frac.c and rates.c alone. Everyone else uses tally/rates.h. */
#ifndef MEGURI_TALLY_FRAC_H
#define MEGURI_TALLY_FRAC_H

#include <gmp.h>

#include "tally/rates.h"

struct frac {
    mpq_t q; /* always in lowest terms, denominator above 0 */
};

struct frac *frac_zero(struct arena *);
void mpz_set_int64(mpz_t z, int64_t value); /* mpz_set_si takes a long, which has 32 bits on some machines */
double mpq_nearest(const mpq_t q);          /* the nearest double, ties to even */

#endif
