/* Statements about sheets entered for another. Nothing here decides. */
#ifndef MEGURI_INSPECT_ENTERED_STORE_H
#define MEGURI_INSPECT_ENTERED_STORE_H

#include "inspect/inspect_store.h"

extern const struct sql_set entered_sql_set;

/* What was entered for a respondent last, by whom. */
struct entry_row {
    int64_t person, at, revision, ended;
    str state;         /* waiting paper endorsed objected replaced; empty: nothing was entered */
    bool has_paper;
    int64_t paper_date; /* days */
    str paper_ref, why, person_code, person_ja, person_en;
};
/* Not scoped: whoever asks has found the respondent. OK with an empty state when there is none. */
enum err entry_get(struct work *w, int64_t respondent, struct entry_row *out) MUST_USE;
enum err entry_put(struct work *w, int64_t round, int64_t respondent, const struct entry_row *) MUST_USE; /* of the actor */
/* How it ends, now; nothing when it does not stand so. */
enum err entry_object(struct work *w, int64_t respondent, str why) MUST_USE; /* paper → objected */
enum err entry_endorse(struct work *w, int64_t respondent) MUST_USE;         /* waiting, paper → endorsed */
enum err entry_replace(struct work *w, int64_t respondent) MUST_USE;         /* a file brought other answers */
/* Did the acting person ever enter it? */
enum err entry_mine(struct work *w, int64_t respondent, bool *out) MUST_USE;
/* All respondents of a round for whom the acting person entered, in order of id. */
enum err entries_mine(struct work *w, int64_t round, int64_t **out, size_t *n) MUST_USE;
enum err duty_rights(struct work *w, str duty, unsigned *out) MUST_USE; /* 0 when it is no duty of posts */

/* Sheets of an organisation with something entered for their respondents, by how it stands; scoped. */
struct entry_count {
    int64_t lo, waiting, endorsed, paper, objected; /* lo: of the unit in the round's tree; endorsed, paper: known sheets */
};
enum err entry_counts(struct work *w, int64_t round, int64_t lo, int64_t hi,
                      void (*each)(void *, const struct entry_count *), void *to) MUST_USE;
struct entry_name {
    int64_t respondent, at, ended, paper_date;
    bool has_paper;
    int sheet; /* state, -1 none */
    str code, duty, org_code, org_ja, org_en, person_code, person_ja, person_en, by_code, by_ja, by_en, state, paper_ref,
        why;
};
enum { ENTRY_NAMES_MAX = 5000 };
/* Scoped; the latest of each respondent, in the order of the frame. */
enum err entry_names(struct work *w, int64_t round, int64_t lo, int64_t hi, struct entry_name **out, size_t *n) MUST_USE;

#endif
