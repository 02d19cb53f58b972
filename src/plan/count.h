/* Counting measures by a dimension: pure. Re-listed rows never count, a measure counts in each group it is told to be in. */
#ifndef MEGURI_PLAN_COUNT_H
#define MEGURI_PLAN_COUNT_H

#include "plan/lines.h"

enum count_by { BY_STATUS, BY_CHAPTER, BY_SECTION, BY_AREA, BY_OWNER, BY_NAMED, COUNT_BYS };
extern const char *const count_by_words[]; /* "status" … ; BY_NAMED is "named" */

struct group {
    str code, ja, en;   /* code: a heading's key, an area's, an organisation's; empty: none */
    str under_ja, under_en; /* of a section, its chapter */
    struct status_counts c;
};
/* In the order in which they first stand in the plan; organisations in official order. Lines need their owners for BY_OWNER and
 * BY_NAMED. */
size_t lines_count_by(struct arena *, const struct lines *, enum count_by, struct group **out);
struct status_counts lines_count(const struct lines *);

#endif
