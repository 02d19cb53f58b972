/* How a person comes in: local accounts, OpenID Connect, a trusted proxy, one-sheet links, API tokens; sessions.
 * A person is one of the registry; an account only proves who it is. Rights come from posts, never from here. */
#ifndef MEGURI_ACCOUNT_ACCOUNT_H
#define MEGURI_ACCOUNT_ACCOUNT_H

#include "surface/entry.h"

extern const struct room account_room;

enum { SESSION_SECONDS = 10 * 3600, SESSION_IDLE = 3600, SESSION_TOUCH = 300 };

/* What came with a request and proved itself. */
struct caller {
    int64_t person, session; /* row ids; session 0: none (token, proxy) */
    str person_code;
    str post_code;           /* the post acted in; empty: the person has several and has not chosen */
    str digest;              /* of the session */
    str csrf_key;            /* bytes; forms' key is derived from it */
    bool stale;              /* last seen longer ago than SESSION_TOUCH: tell the writer */
    bool token;              /* an API token: no cookie, so no form key is asked */
    bool read_only;          /* token that may not act */
    str only_respondent, only_round; /* one-sheet link: nothing but this sheet */
};
/* cookie: the secret of the session. NOTFOUND without a fault when there is none, or it has ended. */
enum err caller_of_session(struct work *w, str secret, struct caller *out) MUST_USE;
enum err caller_of_token(struct work *w, str token, struct caller *out) MUST_USE;
enum err caller_of_person(struct work *w, str person_code, struct caller *out) MUST_USE; /* proxy, demo */

/* Password and code are right? Slow on purpose (Argon2id): run by the slow reader. Unknown names cost the same. DENIED
 * with one and the same fault for whatever is wrong; BUSY when tries come too fast (per account and per address; a
 * right password with a right code always comes through for an address that succeeded before). */
enum err signin_check(struct work *w, str user, str password, str code, str peer, int64_t *person) MUST_USE;
enum err signin_failed(struct work *w, str user, str peer) MUST_USE; /* in a transaction: remembers */

/* In a transaction. secret: what the cookie holds; only its digest is stored. */
enum err session_begin(struct work *w, int64_t person, str how, str peer, str *secret) MUST_USE;
enum err session_touch(struct work *w, str digest) MUST_USE;
enum err session_post(struct work *w, str digest, str post_code) MUST_USE;
enum err session_end(struct work *w, str digest) MUST_USE;

/* One-sheet links. */
enum err link_open(struct work *w, str token, struct caller *out) MUST_USE; /* NOTFOUND: used up, withdrawn, ended */

/* OpenID Connect: subject (claim) → person, by table account_subject or, with none, by mail. */
enum err subject_find(struct work *w, str issuer, str subject, str mail, int64_t *person) MUST_USE;

/* Mail that waits: written by acts, taken by the mailer. */
struct letter {
    int64_t id;
    str to, subject, text;
};
enum err outbox_add(struct work *w, const struct letter *) MUST_USE;
enum err outbox_next(struct work *w, struct letter *out) MUST_USE; /* NOTFOUND: none */
enum err outbox_sent(struct work *w, int64_t id, str trouble) MUST_USE; /* trouble empty: sent */

#endif
