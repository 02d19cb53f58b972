/* share: who must know, and do they? Notices down, reports up, and proof that they arrived. */
#ifndef MEGURI_SHARE_SHARE_H
#define MEGURI_SHARE_SHARE_H

#include "surface/entry.h"

extern const struct room share_room;

/* ---- for the home page ---- */

/* What waits for the acting post in its organisation, the most urgent first; nothing for posts that do not share. Text
 * is borrowed while fn runs. */
struct share_waiting {
    str what;    /* confirm pass consent report report-pass contacts: what is to be done */
    str code;    /* of the notice or report; empty: several */
    str title;
    str urgency; /* emergency important ordinary; empty: none */
    bool drill, overdue;
    int64_t n;   /* contacts: how many are stale; pass: how many wait below; else how many of the kind wait */
    int64_t due; /* a time; 0: none */
};
enum { SHARE_WAITING_MAX = 10 }; /* told at most */
typedef enum err share_waiting_fn(void *to, const struct share_waiting *);
enum err share_waits(struct work *, share_waiting_fn *, void *to) MUST_USE;

/* ---- for the process that talks to servers of others (web/net_share.c) ---- */

/* What is to be asked of a server now: a GET of a page, or a POST of a notice's objects. */
struct share_errand {
    int64_t source;
    str key;  /* "ORG/CODE": under which the machine's operator lists the server */
    str url;  /* with the query */
    str body; /* empty: a GET */
    int64_t notice;
    bool recall;
};
/* The next that is due; NOTFOUND without a fault: none. In no transaction; what may not be put there is written down in
 * one of its own. */
enum err share_errand_next(struct work *, struct share_errand *out) MUST_USE;
/* What came of it. status: of HTTP, 0: nobody answered; trouble: message id with one argument, where it is not for the
 * status to say. last: the header X-TAXII-Date-Added-Last. What came in goes through the act share taxii-add. Begins
 * and ends transactions of its own. */
struct share_answer {
    long status;
    str body, last, trouble, argument;
};
enum err share_errand_done(struct work *, const struct share_errand *, const struct share_answer *) MUST_USE;

#endif
