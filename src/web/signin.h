/* Coming in and going out, as pages: /signin, /signin/demo, /signin/oidc, /signin/oidc/back, /signout, /link/TOKEN,
 * /account/setup. They stand before the rooms' own addresses, for nobody is signed in yet.
 *
 * A request may pass several processes: the gate checks a password, the net one asks the issuer, the writer begins
 * the session. What one found out travels in reply.note to the next. */
#ifndef MEGURI_WEB_SIGNIN_H
#define MEGURI_WEB_SIGNIN_H

#include "account/account.h"
#include "web/exchange.h"

/* Is it one of these pages? Then *out is where it goes first. Pure. */
bool signin_place(const struct request *, enum place *out);

/* Each answers whether the path is theirs. w: store, now; no actor is needed. */
bool signin_read(struct worker *, struct work *, const struct request *, struct reply *); /* AT_READER and AT_GATE */
/* Inside the writer's transaction, between store_save and store_keep: keep what was written (failed tries are to be
 * remembered) unless the status is 5xx. */
bool signin_write(struct worker *, struct work *, const struct request *, struct reply *);
/* AT_NET: no store. */
bool signin_net(struct worker *, struct work *, const struct request *, struct reply *);

/* The secret of the session, out of the Cookie header: borrowed; empty when there is none. */
str session_cookie(str cookie, bool secure);

#endif
