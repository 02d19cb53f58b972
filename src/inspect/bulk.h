/* Systems and devices answered for in bulk. Whatever the source (a filter, the table of an asset tool, results of a
 * scanner), it says answers of seats; these are merged into the sheets that stand, and what was not spoken of stays. */
#ifndef MEGURI_INSPECT_BULK_H
#define MEGURI_INSPECT_BULK_H

#include "inspect/filing.h"
#include "surface/door.h"

enum { BULK_LISTED = 1000 }; /* sheets named among those left as they were */

/* ---- one sheet, pure ---- */
struct bulk_rule {
    bool draft;      /* a sheet that becomes complete is not handed in by it */
    bool only_unanswered; /* clauses that have an answer are passed over */
    bool correction; /* confirmed sheets are corrected, and wait to be confirmed again */
};
enum bulk_fate {
    BULK_SAME,    /* says already what was said */
    BULK_CHANGED,
    BULK_KEPT,    /* is confirmed, and stays as it was */
    BULK_PASSED,  /* has answers to all that was spoken of, and only_unanswered was said */
};
struct bulk_outcome {
    enum bulk_fate fate;
    int state;     /* of the sheet afterwards */
    bool replaces; /* other answers than stood */
};
/* said: in, the answers given; out, the whole sheet, unless its fate is KEPT or PASSED. was NULL: none stands (state -1). mask:
 * what binds. plane: bytes of one plane. */
struct bulk_outcome bulk_merge(const uint8_t *was, int state, uint8_t *said, const uint8_t *mask, size_t plane,
                               const struct bulk_rule *);

/* ---- many ---- */
struct bulk_count { /* of one clause and answer, in sheets */
    int64_t answered, same, kept;
};
struct bulk {
    struct work *w;
    const struct round *r;
    struct seats *seats; /* of systems and devices alone */
    struct bulk_rule rule;
    struct filing f;
    int64_t said, changed, same, passed, shut, complete, drafts, unconfirmed; /* sheets */
    int64_t n_kept;
    const struct seat *kept[BULK_LISTED];
    struct bulk_count (*count)[DONE + 1]; /* per clause and answer */
};
/* Reads who is asked, and of them whom the actor may answer for. Parameters state, correction,
 * only_unanswered, where the entry has them. */
enum err bulk_begin(struct work *w, const struct args *in, const struct round *, struct bulk **out) MUST_USE;
/* May the actor answer for it: by the right to file or to confirm where it stands, or in a post held for the system. */
bool bulk_may(const struct bulk *, const struct seat *);
static inline bool bulk_binds(const struct bulk *b, const struct seat *s, size_t clause)
{
    return mask_has(seat_binding(b->r, s)->mask, clause);
}
/* Answer of a clause that binds it; UNANSWERED takes back what was said. row: of the source, from 1. */
void bulk_say(struct bulk *, struct seat *, size_t clause, enum answer, uint32_t row);
enum answer bulk_said(const struct bulk *, const struct seat *, size_t clause);
/* Sheets and sums; sources: SHA-256 of the files, by seat->source. */
enum err bulk_end(struct bulk *, const str *sources) MUST_USE;

/* What is kept of it: a row of bulk_filing per clause and answer, and what the journal and the person are told. */
struct bulk_source {
    str how, what, evidence;
    const struct node *at; /* where it was meant to hold */
    int64_t as_of;
};
enum err bulk_record(struct bulk *, const struct bulk_source *, struct doc *out) MUST_USE;

/* Where an act of the actor holds that names no organisation: at that of the post, where the round has it. */
const struct node *bulk_place(const struct work *w, const struct round *, const struct org *org);
/* The clause of a parameter, which has to bind systems or devices; and whether an answer is one to it. */
enum err bulk_clause(struct work *w, const struct round *, str number, size_t *out) MUST_USE;
enum err bulk_answer_fits(struct work *w, const struct round *, size_t clause, enum answer, const char *field) MUST_USE;
/* A day that has come; without one INVALID. */
enum err bulk_as_of(struct work *w, const struct args *in, int64_t *out) MUST_USE;
bool is_device_duty(str duty); /* system, device */

#endif
