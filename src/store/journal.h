/* The journal: what was done, by whom, in which post, in the order it was done.
 *
 * Append-only. A line is canonical JSON of codes (never row ids): keys sorted, no blanks, UTF-8. Its hash is
 * SHA-256(hash of the line before, in hex, + line). A changed, removed or reordered line breaks the chain at its place;
 * a cut-off end shows when a head printed earlier (reports print it) is no longer found. Personal payload stands
 * outside the chain behind a salted digest that is in the line, so that retention can delete it and the chain still
 * verifies. */
#ifndef MEGURI_STORE_JOURNAL_H
#define MEGURI_STORE_JOURNAL_H

#include "store/store.h"

struct journal_field {
    str key, value;
    bool personal;
};

struct journal_actor {
    str person, post, system_user;
};

/* As journal_add, for who asked journal_has in this transaction and was told no. */
enum err journal_put(struct work *w, const struct journal_actor *, str act, str place, str act_id,
                     const struct journal_field *, size_t n) MUST_USE;
/* Inside a store_begin … store_commit. act_id is unique: CONFLICT when it was written before, which leaves the
 * transaction usable. Fields may come in any order; a key given several times becomes a list in the order given. */
enum err journal_add(struct work *w, const struct journal_actor *, str act, str place, str act_id,
                     const struct journal_field *, size_t n) MUST_USE;

/* Was this act id written? For a retry after a lost answer. */
enum err journal_has(struct work *w, str act_id, bool *out) MUST_USE;

/* The hash of the last line, hex, in w->a: what a report prints. 64 zeros before the first line. */
enum err journal_head(struct work *w, str *out) MUST_USE;

/* The hash of the first line: another in every database. 64 zeros before the first line. */
enum err journal_origin(struct work *w, str *out) MUST_USE;

/* A change without a line was made (a draft): inside a transaction. */
enum err journal_quiet(struct work *w) MUST_USE;
/* "17.4": the same as long as nothing changed, quiet or not; in w->a. */
enum err journal_stamp(struct work *w, str *out) MUST_USE;

struct journal_state {
    int64_t lines;
    str head;          /* hash of the last line, hex */
    int64_t broken_at; /* sequence number of the first line that does not fit or is missing; 0 when all do */
    str trouble;       /* message id that says what is wrong with it; empty when all is well */
};
/* Walks the whole chain; OK also when it is broken, *out says. head (may be empty): a hash printed earlier, which must
 * occur. */
enum err journal_verify(struct work *w, str head, struct journal_state *out) MUST_USE;

extern const struct sql_set journal_sql_set, schema_sql_set;

#endif
