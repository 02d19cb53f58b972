/* Did this come from a page of ours? Two guards: a key in every form that only pages of the same session know, and the
 * Origin header that browsers send with every POST. */
#ifndef MEGURI_WEB_CSRF_H
#define MEGURI_WEB_CSRF_H

#include "account/account.h"
#include "web/exchange.h"

/* Hex; empty for a caller without a key (tokens need none). */
str csrf_key_text(struct arena *, const struct caller *);
bool csrf_ok(const struct caller *, str given);
/* Callers without a session (trusted proxy): a key from this boot's and the person. Sets csrf_key. */
void csrf_of_boot(struct arena *, const struct serving *, struct caller *);

/* For requests that carry a cookie, and for signing in: Origin, where given, is the site itself; Sec-Fetch-Site, where
 * given, is not another site. One of the two must be given unless the client is no browser and sends neither. */
bool origin_ok(const struct request *, const struct serving *);

#endif
