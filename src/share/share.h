/* share: who must know, and do they? Notices down, reports up, and proof that they arrived. */
#ifndef MEGURI_SHARE_SHARE_H
#define MEGURI_SHARE_SHARE_H

#include "surface/entry.h"

extern const struct room share_room;

/* ---- for the home page ---- */

/* What waits for the acting post in its organisation, the most urgent first; nothing for posts that do not share. Text is borrowed while
 * fn runs. */
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

#endif
