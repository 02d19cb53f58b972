/* What account_store.c offers the rest of the room. No one else includes this. */
#ifndef MEGURI_ACCOUNT_ACCOUNT_STORE_H
#define MEGURI_ACCOUNT_ACCOUNT_STORE_H

#include "account/account.h"

extern const struct sql_set account_sql_set;

/* ---- who is asking: without a scope ---- */
struct session_row {
    int64_t id, person, begun, seen;
    str person_code, post, how, csrf, round, respondent;
};
enum err session_row(struct work *w, str digest, struct session_row *out) MUST_USE;
struct token_row {
    int64_t person;
    str person_code, post;
    bool read_only;
};
enum err token_row(struct work *w, str digest, struct token_row *out) MUST_USE; /* not ended */
enum err person_current(struct work *w, str code, int64_t *person) MUST_USE;    /* and not locked */
enum err person_code_of(struct work *w, int64_t person, str *code) MUST_USE;

struct account_row {
    int64_t person, totp_step;
    str password, totp;
};
enum err account_row(struct work *w, str person_code, struct account_row *out) MUST_USE; /* current, not locked */

struct tries {
    int64_t n, at;
};
enum err tries_of(struct work *w, str key, struct tries *out) MUST_USE; /* zero when there are none */
enum err tries_put(struct work *w, str key, struct tries) MUST_USE;
enum err tries_drop(struct work *w, str key) MUST_USE;
enum err tries_prune(struct work *w, int64_t before) MUST_USE;

enum err step_use(struct work *w, int64_t person, int64_t step, bool *used) MUST_USE; /* used: now, by this */
enum err seen_put(struct work *w, int64_t person) MUST_USE;

enum err session_add(struct work *w, const struct session_row *, str digest, str peer) MUST_USE;
enum err session_seen(struct work *w, str digest) MUST_USE;
enum err session_post_put(struct work *w, str digest, str post) MUST_USE;
enum err session_drop(struct work *w, str digest) MUST_USE;
enum err sessions_prune(struct work *w) MUST_USE;
enum err sessions_drop(struct work *w, int64_t person, str but,
                       int64_t *n) MUST_USE; /* all of a person, but this digest */

enum err subject_row(struct work *w, str issuer, str subject, int64_t *person) MUST_USE;
enum err subject_person(struct work *w, str issuer, str subject, int64_t *person) MUST_USE; /* may come in or not */
enum err subjects_drop(struct work *w, int64_t person, str issuer, str subject,
                       int64_t *n) MUST_USE; /* empty: any */
str issuer_key(str issuer); /* as bindings are stored */
struct subject_line {
    str person, name_ja, name_en, issuer, subject;
    int64_t since;
};
typedef void subject_fn(void *to, const struct subject_line *);
enum err subjects_each(struct work *w, int64_t lo, int64_t hi, subject_fn *, void *to) MUST_USE;
enum err mail_person(struct work *w, str mail, int64_t *person) MUST_USE; /* NOTFOUND also when it is not just one */
enum err subject_add(struct work *w, str issuer, str subject, int64_t person) MUST_USE;

enum err setup_row(struct work *w, str digest, struct setup *out) MUST_USE; /* not ended, person current */
enum err setup_put(struct work *w, int64_t person, str digest,
                   int64_t until) MUST_USE; /* makes the account when absent */
enum err account_put(struct work *w, int64_t person, str hash, str totp,
                     int64_t step) MUST_USE; /* ends the set-up code */
enum err password_put(struct work *w, int64_t person, str hash) MUST_USE;
enum err lock_put(struct work *w, int64_t person, bool locked) MUST_USE;

/* ---- within reach ---- */
struct known_person {
    int64_t id, org;
    str code, name_ja, name_en, mail, org_code;
};
/* NOTFOUND without a fault. */
enum err person_within(struct work *w, str code, bool also_left, struct known_person *out) MUST_USE;
/* Holds, today or later, a post that the actor does not reach. */
enum err person_reaches_out(struct work *w, int64_t person, bool *out) MUST_USE;

struct account_line {
    str person, name_ja, name_en, org, org_ja, org_en;
    int64_t depth, seen, setup_until, subjects;
    bool password, totp, locked;
};
typedef void account_fn(void *to, const struct account_line *);
enum err accounts_each(struct work *w, int64_t lo, int64_t hi, account_fn *, void *to) MUST_USE;

struct session_line {
    int64_t id, begun, seen;
    str digest, person, name_ja, name_en, post, how, peer, respondent;
};
typedef void session_fn(void *to, const struct session_line *);
enum err sessions_each(struct work *w, int64_t person, session_fn *, void *to) MUST_USE; /* 0: all within reach */
enum err session_end_id(struct work *w, int64_t id, int64_t person, bool *ended) MUST_USE;

struct token_line {
    int64_t id, created, expires;
    bool ends, read_only;
    str person, name_ja, name_en, post, label;
};
typedef void token_fn(void *to, const struct token_line *);
enum err tokens_each(struct work *w, int64_t person, token_fn *, void *to) MUST_USE;
struct new_token {
    str digest, post, label;
    int64_t person, expires;
    bool read_only, ends;
};
enum err token_add(struct work *w, const struct new_token *) MUST_USE;
enum err token_drop(struct work *w, int64_t id, int64_t person,
                    bool *dropped) MUST_USE; /* person 0: any within reach */

enum err tokens_drop(struct work *w, int64_t person, int64_t *n) MUST_USE; /* all of a person */

struct link_round {
    str title_ja, title_en, state;
    int64_t id, due;
    bool has_due;
};
enum err link_round(struct work *w, str code, struct link_round *out) MUST_USE; /* within reach; else NOTFOUND */
struct to_ask { /* a respondent without an account, who has not submitted yet */
    str respondent, mail, name_ja, name_en, org_ja, org_en;
    int64_t person, org, last_made; /* of the last link sent; 0: none */
};
typedef void to_ask_fn(void *to, const struct to_ask *);
enum err to_ask_each(struct work *w, int64_t round, str round_code, int64_t lo, int64_t hi, str respondent, to_ask_fn *,
                     void *to) MUST_USE;
struct new_link {
    str digest, respondent, mail, subject, text;
    int64_t org, person;
};
enum err links_add(struct work *w, str round, int64_t expires, const struct new_link *, size_t n) MUST_USE;
struct link_line {
    int64_t id, made, expires, used, withdrawn;
    str round, respondent, mail, by, org, org_ja, org_en;
};
typedef void link_fn(void *to, const struct link_line *);
enum err links_each_of(struct work *w, str round, link_fn *, void *to) MUST_USE; /* empty: every round */
enum err link_withdraw(struct work *w, int64_t id, bool *done) MUST_USE;
enum err letters_stop(struct work *w) MUST_USE; /* those that wait with a link that opens nothing any more */
struct link_found {
    struct sheet_link link;
    int64_t used, withdrawn, expires; /* 0: not */
    bool open;    /* the round is */
    int sheet;    /* state; -1 none */
    bool theirs;  /* the sheet is still that person's */
    bool locked;
};
enum err link_row(struct work *w, str digest, struct link_found *out) MUST_USE; /* whatever became of it */
/* NOTFOUND without a fault when the sheet is not that person's. Without a post, rights or a scope. */
enum err sheet_owner(struct work *w, str round, str respondent, int64_t person, struct actor *out) MUST_USE;
enum err link_used(struct work *w, int64_t id, bool *now) MUST_USE;

struct letter_line {
    int64_t id, made, tries, due, done;
    str mail, subject, trouble, state;
};
typedef void letter_fn(void *to, const struct letter_line *);
enum err letters_each(struct work *w, letter_fn *, void *to) MUST_USE;

enum err administrators(struct work *w, int64_t *with_account) MUST_USE; /* people who administer and can come in */
enum err registry_has(struct work *w, str duty, str post, bool *duty_known, bool *post_known) MUST_USE;
enum err person_known(struct work *w, str code, bool *known) MUST_USE;

#endif
