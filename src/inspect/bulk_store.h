/* Statements about systems and devices as respondents. Rows come as the structs below; nothing here decides. */
#ifndef MEGURI_INSPECT_BULK_STORE_H
#define MEGURI_INSPECT_BULK_STORE_H

#include "inspect/inspect_store.h"

extern const struct sql_set bulk_sql_set;

/* ---- for acts: of the whole frame ---- */
enum err devices_each(struct work *w, int64_t round, respondent_fn *, void *to) MUST_USE; /* in order of id; streams */
enum err device_sheets(struct work *w, int64_t round, sheet_fn *, void *to) MUST_USE; /* respondent, state, answers */
typedef enum err device_fn(void *to, int64_t respondent);
/* The system a post is held for, and what is tagged system=CODE with its code; within the actor's interval. */
enum err devices_of_post(struct work *w, int64_t round, int64_t post, device_fn *, void *to) MUST_USE;
/* Its code; empty: the post is held for none. */
enum err system_of_post(struct work *w, int64_t post, str *code) MUST_USE;
/* Those with this tag, in order of id. */
enum err devices_tagged(struct work *w, int64_t round, str key, str value, device_fn *, void *to) MUST_USE;
/* Other names they go by: tag hostname; their names. Borrowed while fn runs. */
typedef enum err device_name_fn(void *to, int64_t respondent, str name);
enum err device_hostnames(struct work *w, int64_t round, device_name_fn *, void *to) MUST_USE;
enum err device_names(struct work *w, int64_t round, device_name_fn *, void *to) MUST_USE;
/* Did this person give an answer of the sheet that stands, or of one that stood before? */
enum err device_filed_by(struct work *w, int64_t respondent, str whom, bool *out) MUST_USE;

/* ---- for views: scoped ---- */
struct device_row {
    int64_t id, binding;
    int state; /* of the sheet; -1 none */
    str code, duty, org_code, org_ja, org_en, name_ja, name_en, answers;
};
typedef enum err device_row_fn(void *to, const struct device_row *);
/* lo, hi: of the round's tree. post: 0, or only what that post answers for. Streams; in order of id. */
enum err device_rows(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t post, device_row_fn *,
                     void *to) MUST_USE;
struct tag_count {
    str key, value;
    int64_t n;
};
enum err device_tags(struct work *w, int64_t round, int64_t lo, int64_t hi, struct tag_count **out, size_t *n) MUST_USE;

/* ---- filings ---- */
struct bulk_filing {
    int64_t org, clause, as_of, answered, same, kept, at;
    str how, what, answer, evidence, by_whom, org_code, org_ja, org_en;
    bool above; /* filed for an organisation above those asked for: its counts are of others as well */
};
enum err bulk_filing_add(struct work *w, int64_t round, const struct bulk_filing *) MUST_USE; /* at, by_whom: the actor's */
enum err bulk_filings(struct work *w, int64_t round, int64_t lo, int64_t hi, struct bulk_filing **out,
                      size_t *n) MUST_USE; /* newest first; scoped, and those above, which hold below */

/* ---- checks by hand ---- */
struct device_check {
    int64_t respondent, clause, at;
    str code, said, found, note, by_whom, org_code, org_ja, org_en;
};
enum err device_check_add(struct work *w, int64_t round, const struct device_check *) MUST_USE;
/* The last of each respondent and clause, in order of the frame; scoped. */
enum err device_checks(struct work *w, int64_t round, int64_t lo, int64_t hi, struct device_check **out,
                       size_t *n) MUST_USE;

#endif
