/* References of cases as the store has them. */
#ifndef MEGURI_CASE_REFERENCE_STORE_H
#define MEGURI_CASE_REFERENCE_STORE_H

#include "case/case_store.h"

extern const struct sql_set reference_sql_set;

enum relation { RELATION_FROM, RELATION_INTO }; /* where it comes from; what it was taken over into */
enum err reference_add(struct work *w, int64_t item, enum relation, int64_t ord, str target) MUST_USE;
enum err references_of(struct work *w, int64_t item, enum relation, str **out, size_t *n) MUST_USE;
/* Numbers of the cases that name it so, in order of id; whether they may be seen the caller asks. */
enum err items_naming(struct work *w, enum relation, str target, str **out, size_t *n) MUST_USE;

/* Is it there, and within the actor's sight? NOTFOUND without a fault. The words are those a page shows it by. */
struct named_thing {
    str ja, en, more_ja, more_en;
};
enum err round_named(struct work *w, str code, struct named_thing *out) MUST_USE;
enum err survey_named(struct work *w, str code, struct named_thing *out) MUST_USE;
enum err meeting_named(struct work *w, str code, struct named_thing *out) MUST_USE;
enum err org_named(struct work *w, str code, struct named_thing *out) MUST_USE;
enum err clause_named(struct work *w, str edition, str number, struct named_thing *out) MUST_USE; /* more: its words */
enum err standard_named(struct work *w, str edition, struct named_thing *out) MUST_USE;

#endif
