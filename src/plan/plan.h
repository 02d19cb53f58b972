/* plan: what shall we do. Basic plans of several years, annual plans of any organisation, their measures with owners and
 * milestones, what the owners report of them, and what the centre makes of that (README.md). */
#ifndef MEGURI_PLAN_PLAN_H
#define MEGURI_PLAN_PLAN_H

#include "surface/entry.h"

extern const struct room plan_room;

/* Limits, stated where the data enters. */
enum {
    PLAN_ITEMS_MAX = 15000,    /* of one edition */
    PLAN_OWNERS_MAX = 100,     /* of one item */
    PLAN_MILESTONES_MAX = 50,  /* of one item */
    PLAN_LINKS_MAX = 50,       /* of one item */
    /* of one edition: what one request reads at once, within the memory that one may have */
    PLAN_OWNERS_ALL = 500000,
    PLAN_MILESTONES_ALL = 30000,
    PLAN_LINKS_ALL = 30000,
    PLAN_TEXTS_ALL = 8 << 20, /* bytes of titles and texts */
    PLAN_TITLE_MAX = 600,      /* bytes */
    PLAN_TEXT_MAX = 32 * 1024, /* bytes of an item's text, of a progress text */
    PLAN_LEVELS = 6,           /* of headings */
};

/* What waits for a report from the acting person's organisation, plan by plan; nothing for who may not speak for it. Text lives
 * with w->a. */
struct plan_waiting {
    str plan, title_ja, title_en, report; /* report: half year */
    int64_t measures, waiting, due;       /* due: day */
    bool overdue;
};
typedef enum err plan_waiting_fn(void *to, const struct plan_waiting *);
enum err plan_waiting(struct work *w, plan_waiting_fn *, void *to) MUST_USE;

/* Drafts on which the acting person's organisation is asked for its opinion, until the last day, as long as it has given none. */
struct plan_draft_waiting {
    str plan, title_ja, title_en;
    int64_t until; /* day */
};
typedef enum err plan_draft_waiting_fn(void *to, const struct plan_draft_waiting *);
enum err plan_drafts_waiting(struct work *w, plan_draft_waiting_fn *, void *to) MUST_USE;

/* Days by which owners report, of [from, until], while the report is not frozen: of plans that the actor's organisation
 * carries out or, where `below`, that those below it have. By day. Borrowed while fn runs. */
struct plan_day {
    str plan, title_ja, title_en, report; /* report: half year */
    int64_t day;
};
typedef enum err plan_day_fn(void *to, const struct plan_day *);
enum err plan_days(struct work *w, int64_t from, int64_t until, bool below, plan_day_fn *, void *to) MUST_USE;

#endif
