/* The signed roll-up of a ministry that runs an instance of its own: aggregates, no persons. doc/rollup.md tells it
 * byte by byte: one line of canonical JSON, then the line of its signature.
 *
 * Canonical is what rollup_write makes of what rollup_read read: anything else, though equal as JSON, is refused. */
#ifndef MEGURI_INSPECT_ROLLUP_H
#define MEGURI_INSPECT_ROLLUP_H

#include "base/sign.h"
#include "standard/standard.h"

struct round;

enum {
    ROLLUP_BYTES_MAX = 8 << 20,
    ROLLUP_TEXT_MAX = 2000, /* bytes of one text in it */
    ROLLUP_SEQUENCE_MAX = 1000000000,
    UNNAMED_MAX = 1000000, /* systems that are not named, of one organisation */
};
#define ROLLUP_FORMAT S("meguri-rollup/1")

struct rollup_row {
    str duty, clause; /* clause empty: the duty's respondents */
    int64_t reported, known, arisen, done, excepted, own;
};
struct unnamed {
    int64_t systems, checked, day; /* day: the earliest of those added up */
};
struct rollup {
    str base, edition, edition_digest, format, instance, journal_head, made, organisation, round;
    int64_t journal_seq, sequence;
    bool limited;                                          /* reported on was limited to a part */
    str exceptions, grades, rate, thresholds, unknown_out; /* the rule */
    struct rollup_row *rows; /* by duty in the order of the bytes, then in the order of the edition's clauses */
    size_t n;
    struct unnamed unnamed;
    bool has_unnamed;
    int64_t reported, known; /* over all duties; not written, added up when it is read */
};

str rollup_write(struct arena *, const struct rollup *);              /* the first line, without its end */
str rollup_signed(struct arena *, str line, const struct sign_key *); /* the file */

/* A file taken apart; borrows. */
struct rollup_file {
    str line, key_id;
    unsigned char signature[SIGN_BYTES];
};
/* Size and the two lines; INVALID with a fault. */
enum err rollup_open(struct work *w, str name, str bytes, struct rollup_file *out) MUST_USE;
/* The first line: format, then form. */
enum err rollup_read(struct work *w, str name, str line, struct rollup *out) MUST_USE;

bool rollup_made(str made, int64_t *seconds); /* false: no time */

/* SHA-256 over the clauses in order, a line each: number, part, level, duty, no_occasion, parted by tabs. */
str edition_digest(struct arena *, const struct edition *);

/* Has the document of this round the same edition, base date and rule? CONFLICT with a fault that names both. */
enum err rollup_fits(struct work *w, const struct round *, const struct rollup *) MUST_USE;

#endif
