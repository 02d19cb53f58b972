/* Results of scanners: XCCDF 1.1 and 1.2 (NIST IR 7275, chapter 6.6: TestResult), alone or in a Benchmark, and those
 * within an asset reporting format collection (ARF 1.1, NIST IR 7694). Whatever else a file holds is passed over. */
#ifndef MEGURI_INSPECT_SCAN_XCCDF_H
#define MEGURI_INSPECT_SCAN_XCCDF_H

#include "format/xml.h"

enum { SCAN_NAMES_MAX = 16, SCAN_TEXT_MAX = 1024, SCAN_FILE_MAX = 256 << 20 };

enum scan_result { /* XCCDF 1.2, table 26 */
    SCAN_PASS,
    SCAN_FAIL,
    SCAN_ERROR,
    SCAN_UNKNOWN,
    SCAN_NOT_APPLICABLE,
    SCAN_NOT_CHECKED,
    SCAN_NOT_SELECTED,
    SCAN_INFORMATIONAL,
    SCAN_FIXED,
    SCAN_RESULTS
};
str scan_result_word(enum scan_result);

/* One TestResult. names: facts fqdn and host_name of the asset, then targets; text lasts with w->a. */
struct scan_target {
    str name[SCAN_NAMES_MAX];
    size_t n_names;
    bool timed;            /* it says when it ended */
    int64_t end, end_day;  /* seconds since 1970; the day as it is written there */
    struct where at;       /* where it begins */
};
struct xccdf_events {
    enum err (*rule)(void *to, str rule, enum scan_result, struct where); /* borrowed */
    enum err (*target)(void *to, const struct scan_target *);             /* after its rules */
};
/* INVALID with line and column; without any TestResult as well. */
enum err xccdf_read(struct work *w, str name, str bytes, const struct xccdf_events *, void *to) MUST_USE;

/* xs:dateTime: seconds, and the day as written. False when it is none. */
bool xccdf_time(str text, int64_t *seconds, int64_t *day);

#endif
