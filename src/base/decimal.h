/* An exact decimal as it was published: 52.3 is 523 with one decimal, and stays so. No binary fraction comes near it
 * but where something is drawn. */
#ifndef MEGURI_BASE_DECIMAL_H
#define MEGURI_BASE_DECIMAL_H

#include "base/str.h"

enum { DECIMAL_DIGITS_MAX = 15, DECIMAL_SCALE_MAX = 6 };
struct decimal {
    int64_t i;
    int scale; /* decimals: 0 … DECIMAL_SCALE_MAX */
};

/* "1818", "-3", "52.3", "1,818" with commas in the places of thousands. False when it is none, or beyond the limits. */
bool decimal_parse(str, struct decimal *out);
/* A number that a spreadsheet shows with 15 digits and stores with 17 (52.299999999999997), as it shows it. */
str decimal_of_sheet(struct arena *, str stored);
str decimal_text(struct arena *, struct decimal); /* with all its decimals, no commas: 52.30 of 5230 with two */
int decimal_cmp(struct decimal, struct decimal);
/* False when it does not fit. */
bool decimal_add(struct decimal, struct decimal, struct decimal *out);
bool decimal_less(struct decimal a, struct decimal b, struct decimal *out); /* a - b */
double decimal_drawn(struct decimal); /* the nearest double, for drawings and spreadsheets */

#endif
