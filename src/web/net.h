/* What the net process has: a fetch over HTTP, mail that waits, the issuer it talks to. */
#ifndef MEGURI_WEB_NET_H
#define MEGURI_WEB_NET_H

#include "web/exchange.h"
#include "web/mail.h"
#include "web/oidc.h"

/* 300 letters a minute: reminders of a ministry of ten thousand are out in half an hour, of a government by the evening of
 * the next day. A turn of 20 keeps a sign-in waiting for less than a second. */
enum { FETCH_BYTES_MAX = 1 << 20, FETCH_SECONDS = 10, LETTERS_A_TURN = 20, LETTERS_A_MINUTE = 300 };

struct fetch {
    str url;
    str form;           /* a POST of form fields; empty: GET */
    str user, password; /* Basic, where given */
};
/* TLS is verified; plain HTTP goes to this machine only; no redirects. BUSY with a fault when nobody answers or the answer
 * is not 200; the body lives in w->a. */
enum err fetch(struct work *w, const struct fetch *, str *body) MUST_USE;
bool fetch_allowed(str url); /* https, or http to this machine */

struct net { /* worker->own of the net process */
    struct oidc_issuer issuer;
    int64_t minute, looked; /* minute of the last look for letters whose link has ended */
    int64_t ticked;         /* minute of the last look for what is due by the clock */
    int sent; /* in that minute */
    bool told; /* the settings of this boot are written */
};
struct net *net_of_worker(struct worker *);

/* Sends one letter. OK, or *trouble says why not; lasting: trying again would not help. */
bool mail_send(struct work *w, const struct serving *, const struct letter *, str *trouble, bool *lasting);

#endif
