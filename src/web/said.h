/* What was just done, told on the page one goes on to: a cookie of ours that lives for one page. Proved with the key of
 * this boot, so that nobody else puts words there. */
#ifndef MEGURI_WEB_SAID_H
#define MEGURI_WEB_SAID_H

#include "web/exchange.h"

enum { SAID_MAX = 300 };
void said_put(struct arena *, const struct serving *, struct reply *, str words);
str said_read(struct arena *, const struct serving *, str cookie); /* empty when there is nothing, or not of ours */
void said_take(struct reply *);                                    /* it was shown: the browser forgets it */

#endif
