/* standard: what should be. Catalogues of clauses in editions; questions, mappings, adoptions.
 * Other rooms read an edition whole; it is small (at most TALLY_CLAUSES_MAX clauses) and is settled once decided. */
#ifndef MEGURI_STANDARD_STANDARD_H
#define MEGURI_STANDARD_STANDARD_H

#include "surface/entry.h"
#include "tally/tally.h"

extern const struct room standard_room;

struct part { /* a section without a parent */
    str code, title_ja, title_en;
};
struct clause {
    int64_t id;
    str number;
    size_t pos;  /* its bit in a sheet */
    size_t part; /* index into edition.parts */
    bool enhanced;
    str duty;         /* code; empty when the source names none */
    bool no_occasion; /* "no occasion arose" may be answered */
    str text_ja, text_en;
};
struct edition {
    int64_t id;
    str code, catalogue, title_ja, title_en;
    bool decided;
    bool dated;
    int64_t effective; /* days, when dated */
    int64_t owner;     /* organisation whose own standard this is; 0: the government's */
    str owner_code;
    int64_t owner_lo;
    str extra; /* JSON: what an OSCAL catalogue carried besides; may be empty */
    struct part *parts;
    size_t n_parts;
    struct clause *clauses; /* clauses[i].pos == i */
    size_t n_clauses;
};
enum err standard_edition(struct work *w, str code, struct edition *out) MUST_USE; /* NOTFOUND with a fault */
enum err standard_edition_head(struct work *w, int64_t id, struct edition *out) MUST_USE; /* without clauses */
enum err standard_edition_by_id(struct work *w, int64_t id, struct edition *out) MUST_USE;
ptrdiff_t standard_clause(const struct edition *, str number); /* position, or -1 */

struct question {
    str code, duty;
    bool any;        /* how several questions serving one clause combine: question_rollup */
    size_t *clauses; /* positions, ascending */
    size_t n_clauses;
    str text_ja, text_en, example_ja, example_en, help_ja, help_en;
};
enum err standard_questions(struct work *w, const struct edition *, struct question **out, size_t *n) MUST_USE;

/* What several questions serving one clause say of it together; they agree in `any`. One answer passes unchanged.
 * all: unanswered if one is, else not done if one is, else done if one is, else no occasion (none arose).
 * any: done if one is, else unanswered if one is, else not done if one is, else no occasion. n > 0. */
enum answer question_rollup(bool any, const enum answer *answers, size_t n);

struct adoption {
    int64_t org;
    size_t clause; /* position */
    bool adopted;
};
/* All of the edition, of every organisation: the nearest one upward decides, which may lie above the actor's scope. */
enum err standard_adoptions(struct work *w, const struct edition *, int64_t as_of, struct adoption **out,
                            size_t *n) MUST_USE; /* decided by that day */

/* Which check of a scanner (the id of a rule, or the end of one after - _ . : or /) answers which clause. In clause order. */
struct clause_check {
    size_t clause; /* position */
    str name;
};
enum err standard_checks(struct work *w, const struct edition *, struct clause_check **out, size_t *n) MUST_USE;

/* For comparing rounds like for like: earlier[i] is the position in `from` of the clause that clause i of `to`
 * continues one to one and unchanged (kind same or moved, and the same level, duty and no-occasion), else -1. Without a
 * mapping between the editions *mapped is false and only the same edition compares (earlier[i] = i). */
enum err standard_continues(struct work *w, const struct edition *from, const struct edition *to, ptrdiff_t **earlier,
                            bool *mapped) MUST_USE;

#endif
