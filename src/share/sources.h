/* Servers of others: fetched from by the clock, or given our notices. The network is web/'s (web/net_share.c); what is asked next, and what an answer means,
 * is decided here. */
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
#define SOURCE_PARAMS                                                                                                                           \
    {"code", P_CODE, REQUIRED, NULL, NULL, N("code of the server; the machine's operator lists it with its token")},                            \
        {"direction", P_ENUM, 0, "pull push", "pull", N("fetch from there, or put our notices there")},                                        \
        {"url", P_TEXT, 0, NULL, NULL, N("address of the TAXII collection: https://…/collections/ID/")},                                       \
        {"every", P_INT, RARE, NULL, NULL, N("minutes between two times; 60")}, {"stop", P_FLAG, RARE, NULL, NULL, N("no more from now on")}, PARTY_PARAM
#define SOURCE_NOW_PARAMS {"code", P_CODE, REQUIRED, NULL, NULL, N("code of the server"), "share sources"}, PARTY_PARAM

#endif
