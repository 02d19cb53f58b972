/* Servers of others: fetched from by the clock, or given our notices. The network is web/'s (web/net_share.c); what is
 * asked next, and what an answer means, is decided here. */
#ifndef MEGURI_SHARE_SOURCES_H
#define MEGURI_SHARE_SOURCES_H

#include "share/share.h"
#include "share/sources_store.h"

enum { PULL_LIMIT = 200, PULL_PAGES_MAX = 10000, PULL_LATER_MAX = 24 * 60 /* minutes */ };

/* What an answer of theirs means for the next question. Pure. */
struct pull_page {
    bool more;
    size_t n;   /* objects */
    str next;   /* theirs; empty: none */
    str digest; /* of its objects: what stands around them may change from time to time */
    str last;   /* X-TAXII-Date-Added-Last; empty: none */
};
enum pull_verdict { PULL_ON, PULL_END, PULL_EMPTY_MORE, PULL_CIRCLE, PULL_NO_WAY_ON, PULL_TOO_MANY };
/* s: as it will be kept: page, last, pages, after. */
enum pull_verdict pull_after(struct source *s, const struct pull_page *);
str pull_trouble(enum pull_verdict); /* message id; empty: none */
int64_t pull_later(const struct source *); /* seconds until it is tried again after so many failures */

enum err share_view_sources(struct work *, const struct args *, struct doc *);
enum err share_source(struct work *, const struct args *, struct doc *);
enum err share_source_now(struct work *, const struct args *, struct doc *);
extern const struct param share_source_params[], share_source_now_params[];

#endif
