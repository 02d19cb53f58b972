/* inspect: what is. A round asks one edition of a standard over one frame of organisations, as of a base date; its
 * respondents' sheets, or aggregates in place of sheets, give coverage, implementation and attainment rates and grades.
 */
#ifndef MEGURI_INSPECT_INSPECT_H
#define MEGURI_INSPECT_INSPECT_H

#include "standard/standard.h"

extern const struct room inspect_room;

/* Who is asked what in a round: a respondent, and the plane of the clauses that bind it (tally/tally.h). In order of
 * the frame; for templates and for the demonstration. */
struct asked {
    str respondent, org, duty;
    const uint8_t *mask;
};
typedef enum err asked_fn(void *to, const struct edition *, const struct asked *);
enum err inspect_asked(struct work *w, str round, asked_fn *, void *to) MUST_USE;

/* Limits, stated where the data enters. */
enum {
    RESPONDENTS_MAX = 2000000, /* of one round */
    NOTE_MAX = 2000,           /* bytes of a note on one answer */
    SHEETS_ROWS_MAX = 5000000, /* rows of one file */
    AGGREGATE_ROWS_MAX = 50000, /* rows of one file */
    EXCEPTIONS_MAX = 10000,     /* of one round */
};

#endif
