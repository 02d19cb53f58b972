/* How a person comes in: local accounts, OpenID Connect, a trusted proxy, one-sheet links, API tokens; sessions.
 * A person is one of the registry; an account only proves who it is. Rights come from posts, never from here. */
#ifndef MEGURI_ACCOUNT_ACCOUNT_H
#define MEGURI_ACCOUNT_ACCOUNT_H

#include "surface/entry.h"

extern const struct room account_room;

/* A session ends after so long, and when it was idle so long. One begun by a one-sheet link reaches nothing but the
 * sheet and lasts longer: its link is used up, and answering may take some evenings. */
enum {
    SESSION_SECONDS = 10 * 3600,
    SESSION_IDLE = 3600,
    SESSION_TOUCH = 300,
    LINK_SECONDS = 7 * 86400,
    LINK_IDLE = 86400
};

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

/* Password and code are right? Slow on purpose (Argon2id): run by the gate. Unknown names cost the same. DENIED
 * with one and the same fault for whatever is wrong; BUSY when tries come too fast (per account and per address; a
 * right password with a right code waits never longer than half a minute at an address that succeeded before). */
struct passed { /* what was proved; the writer takes note of it in signin_passed */
    int64_t person, step; /* the step of the code, which is used up */
};
enum err signin_check(struct work *w, str user, str password, str code, str peer, struct passed *out) MUST_USE;
enum err signin_failed(struct work *w, str user, str peer) MUST_USE; /* in a transaction: remembers */
/* In a transaction, before session_begin: uses up the code and knows the address. DENIED when the code was used since.
 */
enum err signin_passed(struct work *w, str user, str peer, const struct passed *) MUST_USE;

/* In a transaction. secret: what the cookie holds; only its digest is stored. */
enum err session_begin(struct work *w, int64_t person, str how, str peer, str *secret) MUST_USE;
enum err session_touch(struct work *w, str digest) MUST_USE;
enum err session_post(struct work *w, str digest, str post_code) MUST_USE;
enum err session_end(struct work *w, str digest) MUST_USE;

/* One-sheet links. */
struct sheet_link {
    int64_t id, person;
    str round, respondent, title_ja, title_en, org_ja, org_en, name; /* whose sheet, for the page that asks */
};
/* NOTFOUND with a fault that says why it opens nothing (any more): used, withdrawn, ended, round closed, sheet
 * confirmed. It belongs to the person who held the post on the base date, wherever they are now, also when they left. */
enum err link_look(struct work *w, str token, struct sheet_link *out) MUST_USE;
/* In a transaction: uses the link up and begins a session that reaches nothing but its sheet. */
enum err link_use(struct work *w, str token, str peer, str *secret) MUST_USE;
/* Who acts in a session of a link: that person with no post, no right and no scope, so that nothing but the sheet is
 * theirs. NOTFOUND without a fault when it is not (any more). */
enum err link_actor(struct work *w, const struct caller *, struct actor *out) MUST_USE;

/* Setting up an account with the one-time code an administrator gave. NOTFOUND without a fault: unknown, used, ended.
 */
struct setup {
    int64_t person;
    str person_code, name;
};
enum err setup_look(struct work *w, str code, struct setup *out) MUST_USE;
/* Is the password long enough, and not the code of the person? INVALID with a fault. */
enum err password_fits(struct work *w, str person_code, str password) MUST_USE;
/* In a transaction: takes hash and secret, uses the code up, ends the person's sessions, writes a line in the journal.
 */
enum err setup_done(struct work *w, str code, str hash, str totp, int64_t step, str act_id) MUST_USE;

/* OpenID Connect: subject (claim) → person, by table account_subject or, with none, by mail. */
/* mail: only when the issuer says that it is verified. NOTFOUND without a fault: bound to nobody, and the mail of
 * nobody or of several. DENIED with a fault: bound to a person who has left or is locked; mail does not move a binding. */
enum err subject_find(struct work *w, str issuer, str subject, str mail, int64_t *person) MUST_USE;
enum err subject_bind(struct work *w, str issuer, str subject, int64_t person) MUST_USE; /* in a transaction */
enum err person_by_code(struct work *w, str code, int64_t *person) MUST_USE; /* current and not locked; else NOTFOUND */

/* Mail that waits: written by acts, taken by the mailer. */
struct letter {
    int64_t id, org, tries; /* org: in whose name it goes out; who manages it sees what became of it */
    str to, subject, text;
    str certificate; /* OpenPGP, armoured: the text is encrypted for it when the letter goes out; empty: it goes in clear */
    int64_t due; /* not before; 0: at once, also at night and on days off */
    bool urgent; /* goes out before those that are not, whenever they were written */
};
enum { LETTERS_A_DAY = 20, URGENT_A_DAY = 200 }; /* to one address, whoever writes: a loop ends here */
enum err outbox_add(struct work *w, const struct letter *) MUST_USE;
enum err outbox_add_all(struct work *w, const struct letter *, size_t n) MUST_USE;
enum err outbox_hold(struct work *w, int64_t until) MUST_USE; /* those with a due time that are not sent yet: not before */
enum err outbox_next(struct work *w, struct letter *out) MUST_USE; /* NOTFOUND: none */
enum err outbox_sent_lately(struct work *w, str to, int64_t *n) MUST_USE; /* to the address, within a day */
/* trouble empty: sent. Else it is tried again later, some times; given up at once when `lasting`. */
enum err outbox_sent(struct work *w, int64_t id, str trouble, bool lasting) MUST_USE;

/* Letters that wait with a link that has ended or was withdrawn: how many; and, in a transaction, an end to them. A
 * letter given up ends its link. */
enum err outbox_over(struct work *w, int64_t *n) MUST_USE;
enum err outbox_stop(struct work *w) MUST_USE;

/* What the server says of itself, for `registry audit`: in a transaction. */
enum err setting_put(struct work *w, str key, str value) MUST_USE;
enum err setting_get(struct work *w, str key, str *out) MUST_USE; /* NOTFOUND without a fault */
/* Was this database filled by `demo load`, which marks it? In any other nobody is let in without proof. */
enum err demo_mark(struct work *w) MUST_USE; /* in a transaction */
bool demo_marked(struct work *w);

#endif
