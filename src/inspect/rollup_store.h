/* The statements of two instances: keys, what was taken, what is to be sent, systems that are not named. */
#ifndef MEGURI_INSPECT_ROLLUP_STORE_H
#define MEGURI_INSPECT_ROLLUP_STORE_H

#include "inspect/rollup.h"
#include "inspect/round.h"

extern const struct sql_set rollup_sql_set;

/* ---- keys ---- */
struct rollup_key {
    int64_t id, org;
    str key_id, pub, org_code, org_ja, org_en;
    int64_t since, until, revoked; /* until 0: open; revoked 0: not */
    str why;
};
enum err rollup_key_find(struct work *w, str key_id, struct rollup_key *out) MUST_USE; /* NOTFOUND, no fault */
enum err rollup_key_add(struct work *w, const struct rollup_key *) MUST_USE;
enum err rollup_key_until(struct work *w, int64_t id, int64_t until, bool has_until) MUST_USE;
/* Those of an organisation that go on end on that day; how many. */
enum err rollup_keys_end(struct work *w, int64_t org, int64_t day, int64_t *n) MUST_USE;
enum err rollup_key_revoke(struct work *w, int64_t id, str why) MUST_USE;
enum err rollup_keys(struct work *w, int64_t lo, int64_t hi, struct rollup_key **out, size_t *n) MUST_USE; /* scoped */

/* ---- documents, taken and made ---- */
struct rollup_kept {
    int64_t id, sequence, journal_seq, reported, known, at, tries, done;
    str org_code, org_ja, org_en, digest, key_id, instance, head, made, document, way, state, receipt;
    int64_t org;
};
enum err rollup_last(struct work *w, int64_t round, int64_t org, int64_t *sequence) MUST_USE; /* 0: none */
/* Is it this very file that was taken last? */
enum err rollup_stands(struct work *w, int64_t round, int64_t org, str digest, bool *stands) MUST_USE;
enum err rollup_keep(struct work *w, int64_t round, int64_t org, const struct rollup *,
                     const struct rollup_kept *) MUST_USE;
/* Scoped; of the organisations within [lo, hi) of today's tree, the newest first of each; without the document. */
enum err rollups_taken(struct work *w, int64_t round, int64_t lo, int64_t hi, struct rollup_kept **out,
                       size_t *n) MUST_USE;
enum err rollups_made(struct work *w, int64_t round, int64_t lo, int64_t hi, struct rollup_kept **out,
                      size_t *n) MUST_USE;
/* Scoped; with the document. sequence 0: the newest; below: the newest below it. What was taken before what was made.
 */
enum err rollup_document(struct work *w, int64_t round, int64_t org, int64_t sequence, int64_t below,
                         struct rollup_kept *out) MUST_USE; /* NOTFOUND, no fault */

enum err rollup_out_last(struct work *w, int64_t round, int64_t org, int64_t *sequence) MUST_USE;
/* Those of the same organisation that wait are replaced by it. */
enum err rollup_out_add(struct work *w, int64_t round, int64_t org, const struct rollup_kept *) MUST_USE;
enum err rollup_out_signed(struct work *w, int64_t id, str document, str digest, str key) MUST_USE;
enum err journal_begun(struct work *w, str *first,
                       int64_t *seq) MUST_USE; /* hash of the first line; number of the last */

/* ---- systems that are not named ---- */
struct unnamed_row {
    str org_code, org_ja, org_en, checked_by;
    struct unnamed of;
};
enum err unnamed_put(struct work *w, int64_t round, int64_t org, const struct unnamed *, str checked_by) MUST_USE;
enum err unnamed_rows(struct work *w, int64_t round, struct unnamed_row **out, size_t *n) MUST_USE; /* scoped */
/* Added up over the organisations within [lo, hi) of the round's tree; *is false when none told any. */
enum err unnamed_sum(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unnamed *out, bool *is) MUST_USE;
enum err unnamed_sum_seen(struct work *w, int64_t round, int64_t lo, int64_t hi, struct unnamed *out,
                          bool *is) MUST_USE;

#endif
