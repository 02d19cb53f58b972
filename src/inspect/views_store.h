/* What the pages read beside the sums: one section's sheets, and why a clause is not what it was. */
#ifndef MEGURI_INSPECT_VIEWS_STORE_H
#define MEGURI_INSPECT_VIEWS_STORE_H

#include "inspect/round.h"

extern const struct sql_set inspect_views_sql_set;

/* How a clause came from those of an earlier edition; one row per clause it comes from (number empty: from none). */
struct origin {
    str number, kind, reason_ja, reason_en;
};
enum err clause_origins(struct work *w, int64_t from_edition, int64_t to_edition, str number, struct origin **out,
                        size_t *n) MUST_USE;

/* Of whom nothing is known; scoped. */
struct silent {
    str code, duty, org_code, org_ja, org_en, person_code, person_ja, person_en, reason;
    int64_t binding;
    bool draft, returned; /* returned: it was given back, and is not handed in again */
    int64_t due; /* of its own, 0: the round's */
    str answers; /* of the draft */
};
enum err silent_in(struct work *w, int64_t round, int64_t lo, int64_t hi, struct silent **out, size_t *n) MUST_USE;

#endif
