/* What standard_store.c offers to the rest of the room: rows in, rows out. */
#ifndef MEGURI_STANDARD_STANDARD_STORE_H
#define MEGURI_STANDARD_STANDARD_STORE_H

#include "standard/items.h"

extern const struct sql_set standard_sql_set;

struct edition_line { /* for lists: an edition without its clauses */
    int64_t id;
    str code, catalogue, title_ja, title_en;
    bool decided, dated;
    int64_t effective, clauses;
    str owner_code, owner_ja, owner_en;
};
enum err editions_load(struct work *w, struct edition_line **out, size_t *n) MUST_USE;
/* OK with *found false when there is none; no fault. */
enum err edition_head(struct work *w, str code, struct edition *out, bool *found) MUST_USE;
enum err edition_need(struct work *w, str code,
                      struct edition *out) MUST_USE; /* the head alone; NOTFOUND with a fault */

enum err sections_load(struct work *w, int64_t edition, struct items *out) MUST_USE;
enum err clauses_load(struct work *w, int64_t edition, struct items *out) MUST_USE;
enum err questions_load(struct work *w, int64_t edition, struct items *out) MUST_USE;
enum err mapping_load(struct work *w, int64_t from, int64_t to, struct items *out) MUST_USE;

struct adoption_line {
    struct item item;
    int64_t lo, depth;
    str name_ja, name_en;
};
/* Those the actor may see: in the subtree, and above it, since they hold below. Of these, the ones that stand within
 * [lo, hi), or hold there. */
enum err adoptions_load(struct work *w, int64_t edition, int64_t lo, int64_t hi, struct adoption_line **out,
                        size_t *n) MUST_USE;
enum err checks_load(struct work *w, int64_t edition, struct items *out) MUST_USE;
enum err checks_put(struct work *w, int64_t edition, const struct merged *) MUST_USE; /* and drops what is removed */
enum err duties_load(struct work *w, struct duties *out) MUST_USE;

enum err edition_put(struct work *w, const struct item *edition, int64_t owner, int64_t *id) MUST_USE;
enum err edition_decide(struct work *w, int64_t id) MUST_USE;
enum err sections_put(struct work *w, int64_t edition, const struct merged *) MUST_USE; /* drops none */
enum err sections_drop(struct work *w, const struct items *) MUST_USE; /* when no clause stands in them any more */
enum err clauses_put(struct work *w, int64_t edition, const struct merged *) MUST_USE;
enum err questions_put(struct work *w, int64_t edition, const struct merged *) MUST_USE;
enum err mapping_put(struct work *w, int64_t from, int64_t to, const struct items *) MUST_USE;
enum err adoptions_put(struct work *w, int64_t edition, const struct merged *) MUST_USE; /* the touched ones */
/* Is the clause named by a mapping, an adoption or a check, so that it cannot be taken out? */
enum err clause_used(struct work *w, int64_t id, bool *used) MUST_USE;

/* The government's edition that `own` is mapped to, the latest one; else the latest one decided; NOTFOUND without a
 * fault. */
enum err edition_above(struct work *w, int64_t own, str *code) MUST_USE;
/* Whether an enhanced clause counts at the organisation: nearest adoption upward. 0 or 1 per position. */
enum err adopted_at(struct work *w, int64_t edition, int64_t org_lo, bool *out, size_t n) MUST_USE;

#endif
