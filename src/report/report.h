/* report: what do we publish? A document is a template of parts: texts that people write, what views say, figures. It is
 * assembled, reviewed, approved by another person and so frozen, published at its time, and corrected by errata. Each kind
 * of document is a file, not code (README.md, doc/recipes.md). */
#ifndef MEGURI_REPORT_REPORT_H
#define MEGURI_REPORT_REPORT_H

#include "surface/entry.h"

extern const struct room report_room;

/* ---- for home and the calendar ---- */

/* What waits for the acting person: n all told, the first few of them, those with the nearest day first. */
enum { REPORTS_WAITING = 5 };
struct report_waiting {
    str code, title_ja, title_en, org, org_ja, org_en;
    str what;     /* write adviser review approve publish */
    int64_t due;  /* day on which it is to be published, when has_due */
    bool has_due;
};
struct reports_waiting {
    int64_t n;
    struct report_waiting first[REPORTS_WAITING];
    size_t shown;
};
enum err report_waiting(struct work *w, struct reports_waiting *out) MUST_USE; /* text lives with w->a */

/* Days of the calendar, within what the acting post may see: when drafts are due, when what is frozen appears, and what
 * appeared. In order of the day, of [from, until]. Text is borrowed while fn runs. */
struct report_day {
    str code, title_ja, title_en, what; /* what: due appears appeared */
    int64_t day;
};
typedef enum err report_day_fn(void *to, const struct report_day *);
enum err report_days(struct work *w, int64_t from, int64_t until, report_day_fn *, void *to) MUST_USE;

/* Limits, stated where the data enters. */
enum {
    REPORT_TEMPLATES_MAX = 64,
    REPORT_LINES_MAX = 120,     /* of one template */
    REPORT_NAME_MAX = 300,      /* bytes of a name or title */
    REPORT_GUIDE_MAX = 2000,    /* bytes of any other cell of a template */
    REPORT_TEXT_MAX = 20000,    /* bytes of a text that is written, in one language */
    REPORT_COMMENT_MAX = 4000,  /* bytes of a comment, an answer, a reason */
    REPORT_REVIEWERS_MAX = 20,
    REPORT_COMMENTS_MAX = 500,  /* of one edition */
    REPORT_EDITIONS_MAX = 50,
    REPORT_LISTED_MAX = 2000,   /* rows of a list; beyond that it says so */
};

#endif
