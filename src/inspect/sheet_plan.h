/* What one binding is asked: the questions of the edition that serve a clause which binds, and those clauses themselves
 * that no question serves. Pure. Kept with the binding as numbers, so that handing in a sheet reads no edition. */
#ifndef MEGURI_INSPECT_SHEET_PLAN_H
#define MEGURI_INSPECT_SHEET_PLAN_H

#include "inspect/round.h"

enum { PAGE_QUESTIONS = 8 }; /* on a page at most */

struct sheet_item {
    str code;          /* of the question; of a clause asked itself its number */
    size_t at;         /* place in the planes of answers: of a question its place in the edition, else after them all */
    size_t part, page; /* index into the edition's parts; page from 1 */
    bool any, no_occasion; /* the rule it serves by; "no occasion arose" may be answered */
    size_t n;          /* clauses that bind, in order of the edition */
    const size_t *clauses;
};
struct sheet_plan {
    size_t clauses, questions; /* of the edition */
    size_t duties, duty;       /* as round_link numbers them */
    struct sheet_item *item;   /* in the order asked */
    size_t n, pages;
};

static inline size_t plan_places(const struct sheet_plan *p) { return p->questions + p->clauses; }
static inline ptrdiff_t item_question(const struct sheet_plan *p, const struct sheet_item *x) /* -1: a clause */
{
    return x->at < p->questions ? (ptrdiff_t)x->at : -1;
}

void plan_make(struct arena *, const struct round *, const struct binding *, const struct question *, size_t n,
               struct sheet_plan *out);
struct kept_plan {
    int64_t n;   /* numbers, 0: none is kept */
    str numbers; /* as vectors are (tallies.h) */
    str codes;   /* of the items, each ended by a line end */
};
struct kept_plan plan_encode(struct arena *, const struct sheet_plan *);
bool plan_decode(struct arena *, const struct kept_plan *, struct sheet_plan *out); /* codes are borrowed */

/* Answers by place → a sheet by clause, by the questions' rules. sheet is zeroed, of sheet_bytes(clauses). */
void plan_roll_up(const struct sheet_plan *, const uint8_t *answers, uint8_t *sheet);
/* The other way, where the clauses of a question agree; the rest is unanswered. answers is zeroed. */
void plan_derive(const struct sheet_plan *, const uint8_t *sheet, uint8_t *answers);
/* For who confirms a sheet that came in a file: each question by the worst of its clauses, so that nothing not done hides
 * behind a question whose clauses differ. answers is zeroed. */
void plan_derive_worst(const struct sheet_plan *, const uint8_t *sheet, uint8_t *answers);

struct plan_counts {
    int64_t done, not_done, no_occasion, unanswered, later; /* of the unanswered those to be answered later */
};
struct plan_counts plan_count(const struct sheet_plan *, const uint8_t *answers, const uint8_t *later);

#endif
