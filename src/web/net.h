/* What the net process has: a fetch over HTTP, mail that waits, the issuer it talks to. */
#ifndef MEGURI_WEB_NET_H
#define MEGURI_WEB_NET_H

#include "base/sign.h"
#include "web/exchange.h"
#include "web/mail.h"
#include "web/oidc.h"

/* 300 letters a minute: reminders of a ministry of ten thousand are out in half an hour, of a government by the evening of
 * the next day. What is urgent may go as fast as the relay takes it: twenty thousand warnings in some ten minutes. A turn of 20 keeps
 * a sign-in waiting for less than a second. */
enum {
    FETCH_BYTES_MAX = 1 << 20, FETCH_SECONDS = 10, POST_SECONDS = 30, LETTERS_A_TURN = 20, LETTERS_A_MINUTE = 300, URGENT_A_MINUTE = 3000,
    TICK_SECONDS = 3 /* between two turns of what is due by the clock: in between others write */
};

struct fetch {
    str url;
    str form;           /* a POST of form fields; empty: GET */
    str user, password; /* Basic, where given */
    str json;           /* in place of form: a POST of JSON, with … */
    str bearer, once;   /* … an Authorization and an Idempotency-Key */
    long *status;       /* where given, any answer is one, and this is its status */
};
/* TLS is verified; plain HTTP goes to this machine only; no redirects. BUSY with a fault when nobody answers or the answer
 * is not 200; the body lives in w->a. */
enum err fetch(struct work *w, const struct fetch *, str *body) MUST_USE;
bool fetch_allowed(str url); /* https, or http to this machine */

struct net { /* worker->own of the net process */
    struct oidc_issuer issuer;
    int64_t minute, looked; /* minute of the last look for letters whose link has ended */
    int64_t ticked;         /* the last look for what is due by the clock */
    bool more;              /* something due is not done yet: looked at again in some seconds */
    int sent; /* in that minute */
    bool told; /* the settings of this boot are written */
    struct sign_key key; /* of --rollup_key: read by this process alone, before its sandbox closes */
    bool has_key;
    str centre_token;    /* of --centre_token_file, likewise */
};
struct net *net_of_worker(struct worker *);

/* Sends one letter. OK, or *trouble says why not; lasting: trying again would not help. */
bool mail_send(struct work *w, const struct serving *, const struct letter *, str *trouble, bool *lasting);

/* Roll-ups (net_rollup.c): what was said to be used for them is looked at when the server begins, and read when the net
 * process does; then whatever waits is signed and sent, one a turn. */
enum err rollup_settings(struct work *w, const struct serving *) MUST_USE;
void rollup_begin(struct worker *);
void rollup_turn(struct worker *);

#endif
