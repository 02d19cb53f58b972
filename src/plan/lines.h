/* A plan's rows with what is published of each: as it stands now, as it stood at a time, or as a report has it. */
#ifndef MEGURI_PLAN_LINES_H
#define MEGURI_PLAN_LINES_H

#include "plan/progress_store.h"

struct lines {
    struct plan p;
    struct owners owners;
    int64_t day;          /* on which it is asked who the owners are: today, while the plan runs */
    struct progress_report last;   /* the report before; frozen 0: none */
    struct progress_report shown;  /* whose rows these are; frozen 0: as it stands */
    int64_t upto, at;     /* what was said up to then; 0: all */
    struct line *line;    /* in printed order */
    size_t n;
};
/* The plan, its owners, and the last report: without rows yet. at: only what was said before that time; 0: all. */
enum err lines_begin(struct work *w, const struct plan *, int64_t at, struct lines *out) MUST_USE;
/* Rows of [from, until) by place as they stand, with status; texts: with what is published. */
enum err lines_stand(struct work *w, struct lines *, int64_t from, int64_t until, bool texts) MUST_USE;
/* The same without status: whose they are is known sooner than how they stand. */
enum err lines_plain(struct work *w, struct lines *, int64_t from, int64_t until) MUST_USE;
/* Rows as a report has them: all there is of them. */
enum err lines_frozen(struct work *w, struct lines *, const struct progress_report *, int64_t from, int64_t until, bool texts) MUST_USE;
/* Who owns lines[i] to lines[k - 1], which follow each other in the plan; on demand how they are named, and how many have said
 * and the worst. */
enum { OWNED_WORDS = 1, OWNED_HEARD = 2 };
enum err lines_owned(struct work *w, struct lines *, size_t i, size_t k, unsigned with) MUST_USE;
ptrdiff_t line_owner(const struct line *, ptrdiff_t place); /* which of its owners stands at this place of struct owners; -1 */
/* Places of organisations in struct owners, by row id. */
struct org_place {
    int64_t id;
    size_t place;
};
struct org_places {
    const struct org_place *list;
    size_t n;
};
struct org_places org_places(struct arena *, const struct owners *);
ptrdiff_t org_place(const struct org_places *, int64_t org); /* -1: none of them */
/* May the actor hear what owners say before a report is frozen? Of whom, the statements decide. */
bool lines_hear(const struct work *w);

/* The heading above a row, of this level (1 chapter, 2 section); NULL: none. */
const struct line *line_heading(const struct lines *, const struct line *, int64_t level);
bool line_counts(const struct line *); /* a measure in its first place */
str line_orgs(struct arena *, const struct owners *, const struct line *); /* codes of its owners, parted by blanks */

#endif
