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
    str bearer, once;   /* an Authorization and, with JSON, an Idempotency-Key; empty: none */
    str accept, media;  /* empty: none; of json, application/json */
    str *added_last;    /* where given: the header X-TAXII-Date-Added-Last, empty when absent */
    size_t most;        /* bytes of the answer; 0: FETCH_BYTES_MAX */
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
    struct peer *peers;  /* of --peers, likewise */
    size_t n_peers;
};
struct net *net_of_worker(struct worker *);

/* Sends one letter. OK, or *trouble says why not; lasting: trying again would not help. */
bool mail_send(struct work *w, const struct serving *, const struct letter *, str *trouble, bool *lasting);

/* Servers of others that notices and objects are exchanged with (net_share.c): the machine's operator lists them in a file, a line each,
 *   ORG/CODE https://server/taxii2/root/ TOKEN      (as Bearer; "-": none)
 *   ORG/CODE https://server/taxii2/root/ USER PASSWORD
 * and nothing is asked of any other: people say which collections, never which machines this one talks to. */
enum err peers_settings(struct work *w, const struct serving *) MUST_USE;
void peers_begin(struct worker *);
void peers_turn(struct worker *);

/* Roll-ups (net_rollup.c): what was said to be used for them is looked at when the server begins, and read when the net
 * process does; then whatever waits is signed and sent, one a turn. */
enum err rollup_settings(struct work *w, const struct serving *) MUST_USE;
void rollup_begin(struct worker *);
void rollup_turn(struct worker *);

#endif
