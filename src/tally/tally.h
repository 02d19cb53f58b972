/* Counting answers. Pure: arrays in, arrays out; no store, no clock.
 *
 * A sheet is two bit planes in clause order, each a whole number of little-endian 64-bit words:
 *     first plane   the duty arose
 *     second plane  done, or no occasion arose
 *     00 unanswered   10 not done   11 done   01 no occasion arose
 * so that per clause   arisen = Σ first,   done = Σ first & second,   no occasion = Σ second − done.
 * Sheets are counted vertically: bits of one clause over many sheets, by a carry-save adder tree (Harley and Seal; see
 * tally/README.md). */
#ifndef MEGURI_TALLY_TALLY_H
#define MEGURI_TALLY_TALLY_H

#include <stddef.h>
#include <stdint.h>

enum { TALLY_CLAUSES_MAX = 4096 };

enum answer { UNANSWERED, NOT_DONE, NO_OCCASION, DONE };

size_t plane_bytes(size_t clauses); /* of one plane: a multiple of 8 */
size_t sheet_bytes(size_t clauses); /* of both */
enum answer sheet_get(const uint8_t *sheet, size_t clauses, size_t clause);
void sheet_set(uint8_t *sheet, size_t clauses, size_t clause, enum answer);

/* A set of clauses is one plane. */
static inline int mask_has(const uint8_t *mask, size_t clause) { return mask[clause / 8] >> (clause % 8) & 1; }
static inline void mask_add(uint8_t *mask, size_t clause) { mask[clause / 8] |= (uint8_t)(1U << (clause % 8)); }

/* Counts of one clause; the sums over sheets (or of an aggregate). */
struct counts {
    int64_t arisen, done, no_occasion;
};
/* Adds n sheets, which stand `stride` bytes apart, to counts[0 … clauses). */
void count_sheets(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts);
/* The same as one would write it down: the definition, which the fast one is tested against. */
void count_sheets_plainly(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts);
/* The fast one as it runs on a processor without AVX2; for tests and measuring. */
void count_sheets_portably(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts);

#endif
