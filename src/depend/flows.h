/* Tables of sectors by sectors, as files: coefficients (how much of a sector is lost with each other), or what sectors deliver to one
 * another. Pure but for reading. */
#ifndef MEGURI_DEPEND_FLOWS_H
#define MEGURI_DEPEND_FLOWS_H

#include "cascade/loss.h"
#include "surface/entry.h"

#define FLOWS_MAX 1e15 /* of any figure: deliveries, output, imports */
enum { FLOWS_COEFFICIENT_MAX = 1000 };

struct flows {
    size_t n;
    str *code, *ja, *en; /* in the order of the rows; without a name the code */
    double *cell;        /* n × n: row by row, columns in the order of the rows too */
    double *output;      /* n; NULL: the file has none */
    double *imports;     /* n; NULL */
};
/* A header with the sectors' codes behind its first column, a row for each of the same sectors, in any order. Beside them the columns
 * ja, en (names), output (money), and of deliveries imports: these words name no sector. `deliveries`: output has to be there, and may
 * not be 0. Every fault with file, row and column: no number, NaN, infinite, negative, beyond the limit, an unknown sector, one twice, one
 * without a row, more than LOSS_SECTORS_MAX. */
enum err flows_read(struct work *w, const struct file *, bool deliveries, struct flows *out) MUST_USE;
/* A number as files write it: 12, 0.5, .5, 1e-3, with commas in the places of thousands; no sign, no blanks, no hexadecimal. Pure. */
bool flows_number(str, double *out);

#endif
