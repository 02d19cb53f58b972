/* Statements about single sheets: answering, handing in, confirming. Rows come as the structs below; nothing here
 * decides. */
#ifndef MEGURI_INSPECT_ANSWER_STORE_H
#define MEGURI_INSPECT_ANSWER_STORE_H

#include "inspect/inspect_store.h"
#include "inspect/sheet_plan.h"

extern const struct sql_set answer_sql_set;

/* ---- one respondent, with all that answering touches ---- */
struct given_back { /* a sheet that waits for its respondent again; id 0: it does not */
    int64_t id;
    str reason;
    int64_t at;
    str by_ja, by_en, by_whom;
};
struct seat_row {
    int64_t id, org, binding, person, adoption;
    str code, duty, kind, reason, excepted, mask;
    int state; /* of the sheet; -1 none */
    str sheet; /* its answers by clause */
    int64_t sheet_at, confirmed_at;
    str sheet_by, source, confirmed_by;
    str answers, later; /* by question; empty: none */
    int64_t revision, submitted, first, saved_at;
    struct kept_plan plan;
    str duty_ja, duty_en, person_code, person_ja, person_en;
    int64_t due; /* its own where it was extended, else the round's; when has_due */
    bool has_due;
    struct given_back given_back;
    bool entered; /* some time, by another: there are rows of entered_store.h */
};
/* Not scoped: whose it is decides. NOTFOUND without a fault. */
enum err seat_row_get(struct work *w, int64_t round, str code, struct seat_row *out) MUST_USE;
/* The nodes from an organisation up to the frame's top, the top first. */
enum err path_nodes(struct work *w, int64_t round, int64_t org, struct node **out, size_t *n) MUST_USE;
enum err sheet_plan_put(struct work *w, int64_t binding, const struct kept_plan *) MUST_USE;
enum err sheet_plans_drop(struct work *w) MUST_USE;                  /* all of them: they are made anew */
enum err sheet_plans_drop_round(struct work *w, int64_t round) MUST_USE;

/* ---- answers by question ---- */
enum err answers_put(struct work *w, int64_t round, const struct seat_row *) MUST_USE; /* answers … first; at is now */
enum err question_notes(struct work *w, int64_t respondent, void (*each)(void *, int64_t place, str note),
                        void *to) MUST_USE;
enum err question_note_put(struct work *w, int64_t respondent, int64_t place, str note) MUST_USE;
enum err clause_notes(struct work *w, int64_t respondent, void (*each)(void *, int64_t clause, str note),
                      void *to) MUST_USE;
/* A sheet came in a file: what was answered by question is no longer what stands. */
enum err answers_any(struct work *w, int64_t round, bool *out) MUST_USE;
enum err answers_drop(struct work *w, int64_t respondent) MUST_USE;        /* with its notes */
enum err question_notes_drop(struct work *w, int64_t respondent) MUST_USE; /* those of the clauses stand */

/* ---- many ---- */
struct my_row {
    str round, respondent;
};
enum err my_sheets(struct work *w, int64_t person, struct my_row **out, size_t *n) MUST_USE;
enum err unit_count(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unit_counts *out) MUST_USE; /* scoped */
struct waiting_row {
    int64_t id, org, binding, person, at, first;
    str code, duty, org_code, org_ja, org_en, person_code, person_ja, person_en, sheet, excepted, answers;
    bool correcting; /* answers by question are ahead of the sheet */
    int64_t due;     /* of its own, 0: the round's */
    int64_t returns; /* how often it was given back */
    bool brought_in; /* by the actor, from a file, who may not confirm it */
};
/* Sheets that are submitted, in the order of the frame; scoped, streams, text borrowed while fn runs. */
typedef enum err waiting_fn(void *to, const struct waiting_row *);
enum err waiting_each(struct work *w, int64_t round, int64_t lo, int64_t hi, waiting_fn *, void *to) MUST_USE;
enum err sheet_confirm(struct work *w, int64_t respondent) MUST_USE; /* state 1 → 2 */

#endif
