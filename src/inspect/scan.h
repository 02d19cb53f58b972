/* inspect scan: what tools say of systems and devices, from tables of asset tools (scan_table.c) and from results of
 * scanners (scan_results.c), told to the engine of bulk.h. */
#ifndef MEGURI_INSPECT_SCAN_H
#define MEGURI_INSPECT_SCAN_H

#include "inspect/acts.h"
#include "inspect/device_finder.h"

enum { SCAN_FILES_MAX = 200, SCAN_LISTED = 20, SCAN_VALUES_MAX = 100, UNCLEAR_LISTED = 200 };

struct scan_unknown {
    str name, file;
    int64_t row;
};
struct scan_unclear { /* a clause that the checks do not answer */
    const struct seat *seat;
    size_t clause;
    str rule, result;
};
struct scan {
    struct work *w;
    const struct args *in;
    const struct round *r;
    struct bulk *b;
    struct device_finder *finder;
    bool skip_unknown;
    int64_t rows, unknown, not_bound, without, n_unclear; /* rows: or TestResults; without: nothing said in them */
    int64_t oldest;                                       /* day; INT64_MAX: none yet */
    struct scan_unknown first[SCAN_LISTED];
    struct scan_unclear unclear[UNCLEAR_LISTED];
    str never; /* numbers of clauses whose checks occurred in no result */
};

enum err scan_table(struct scan *, const struct file *, uint8_t source) MUST_USE;
enum err scan_results(struct scan *, const struct file *const *, size_t n) MUST_USE;

/* A name nobody has: noted as a fault, or passed over and counted. several: more than one has it, always a fault. */
void scan_not_found(struct scan *, str name, struct where, bool several);

#endif
