/* The sums of a round: one vector per node of its tree and state, cumulative, so that any organisation's figures are
 * one row, and a submission costs the depth of the tree however many respondents there are.
 *
 * A vector holds per duty {reported, known, own} and per clause {arisen, done, no occasion, excepted}. Stored as LEB128
 * zigzag numbers, since most are small. An excluded organisation's clause counts stop at itself: above it only its
 * respondents are counted (the source shows their coverage and leaves them out of the analysis). */
#ifndef MEGURI_INSPECT_TALLIES_H
#define MEGURI_INSPECT_TALLIES_H

#include "inspect/round.h"

enum tally_state { TALLY_FRAME, TALLY_SUBMITTED, TALLY_CONFIRMED, TALLY_STATES };
enum { PER_DUTY = 3, PER_CLAUSE = 4 };
enum { REPORTED, KNOWN, OWN };
enum { ARISEN, DONE_, NO_OCCASION_, EXCEPTED };

size_t vector_size(const struct round *);
static inline size_t at_duty(size_t duty, int what) { return duty * PER_DUTY + (size_t)what; }
static inline size_t at_clause(const struct round *r, size_t clause, int what)
{
    return r->n_duties * PER_DUTY + clause * PER_CLAUSE + (size_t)what;
}
str vector_encode(struct arena *, const int64_t *v, size_t n);
bool vector_decode(str bytes, int64_t *v, size_t n); /* false: not a vector of this size */

/* ---- changing them: deltas gather in memory, and reach the nodes above once, at the end ---- */
struct tallying;
struct tallying *tallying_begin(struct work *w, const struct round *r);
/* sign +1 adds, -1 takes away. excepted may be NULL. */
void tallying_sheet(struct tallying *, size_t node, enum tally_state, size_t duty, const uint8_t *answers,
                    const uint8_t *excepted, int sign);
void tallying_frame(struct tallying *, size_t node, size_t duty, int64_t n);
void tallying_add(struct tallying *, size_t node, enum tally_state, size_t at, int64_t n); /* one number */
enum err tallying_end(struct tallying *) MUST_USE; /* writes; to be called before another statement reads tallies */
/* Replaces every tally of the round by what was gathered; for rebuild. */
enum err tallying_replace(struct tallying *) MUST_USE;
/* Hands over what was gathered for every node and state, with what lies below, the last node first; it is gone
 * afterwards. is: something was gathered, be it zeros. The vector may be written to, and is borrowed. For recount. */
typedef enum err sum_fn(void *to, size_t node, enum tally_state, bool is, int64_t *v);
enum err tallying_each(struct tallying *, sum_fn *, void *to) MUST_USE;

/* ---- reading ---- */
/* Vectors of the nodes loaded: [node][state], NULL where the store has none. That of the frame has duties alone. */
enum err tallies_load(struct work *w, const struct round *r, enum round_reach, int64_t *(**out)[TALLY_STATES]) MUST_USE;

#endif
