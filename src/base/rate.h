/* A rate as it is shown and handed on; made by tally/, carried in docs. The value is the nearest double of an exact
 * fraction; tenths is what print shows in tenths of a percent, already rounded so that it never flatters
 * (design §2, Arithmetic). n and d are the fraction where it fits 64 bits and is a count of things, else 0. */
#ifndef MEGURI_BASE_RATE_H
#define MEGURI_BASE_RATE_H

#include "base/str.h"

struct rate {
    bool defined; /* false: nothing to divide by; shown as a dash, null as data */
    double value;
    int32_t tenths;
    int64_t n, d;
};

/* A figure known only as it was shown, without a fraction behind it; may be negative (a difference). */
struct rate rate_of_tenths(int32_t tenths);
str rate_text(struct arena *, struct rate); /* as shown: "99.9", or "–" when not defined */

#endif
