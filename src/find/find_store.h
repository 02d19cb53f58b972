/* What search reads. Everything is copied into w->a. */
#ifndef MEGURI_FIND_FIND_STORE_H
#define MEGURI_FIND_FIND_STORE_H

#include "access/fold.h"

/* The organisations within reach, by id: lo, or 0 for those out of reach. */
struct reach {
    int64_t *lo;
    size_t n;
};
enum err reach_load(struct work *w, struct reach *out) MUST_USE;

typedef void folded_fn(void *to, int64_t id, str folded); /* fields, each ended by a line end; borrowed */
enum err folded_orgs_each(struct work *w, folded_fn *, void *to) MUST_USE;

enum { LOOKED_UP = 50 }; /* at once */
struct found_org {
    int64_t id, since, until;
    str code, ja, en, kind, parent, parent_ja, parent_en;
    bool has_until;
};
/* Those of the ids (at most LOOKED_UP, 0: none) that are within reach, in no order. */
enum err found_orgs(struct work *w, const int64_t *ids, size_t n, struct found_org *out, size_t *found) MUST_USE;

struct found_person {
    int64_t id, lo, until;
    str code, ja, en, org, org_ja, org_en;
    bool has_until;
};
enum err found_people(struct work *w, const int64_t *ids, size_t n, struct found_person *out, size_t *found) MUST_USE;

/* Those whose code begins so, within reach, in order of the code; among the first CODES_SEEN such codes of all. */
enum { CODES_SEEN = 1000, CODES_FOUND = 50 };
enum err people_by_code(struct work *w, str prefix, struct found_person *out, size_t *found) MUST_USE;

struct found_clause {
    str edition, edition_ja, edition_en, number, title_ja, title_en, text_ja, text_en;
};
/* Every clause, those of the latest editions first; borrowed. */
typedef void clause_fn(void *to, str folded, const struct found_clause *);
enum err clauses_each(struct work *w, clause_fn *, void *to) MUST_USE;

extern const struct sql_set find_sql_set;

#endif
