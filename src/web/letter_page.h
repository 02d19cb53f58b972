/* /confirm/SECRET and its like: what a link in a letter of a room opens (surface/letter_link.h), without signing in. */
#ifndef MEGURI_WEB_LETTER_PAGE_H
#define MEGURI_WEB_LETTER_PAGE_H

#include "web/exchange.h"

/* Shows the page, or presses its button: in the writer's transaction. What is refused stands in the log with its reason, and on the page without. */
void letter_page(struct worker *, struct work *, const struct request *, struct reply *, bool press);

#endif
