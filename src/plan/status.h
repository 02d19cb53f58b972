/* What is published of a measure: pure rules. Status 1 done; 2 under way, will be done in time; 3 to be begun, expected in
 * time; 4 not known now whether it can be done. */
#ifndef MEGURI_PLAN_STATUS_H
#define MEGURI_PLAN_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { STATUS_NONE = 0, STATUS_DONE = 1, STATUS_WORST = 4, STATUSES = 4 };

enum status_source {
    FROM_NOBODY,
    FROM_LEAD,   /* the lead owner's */
    FROM_CENTRE, /* the plan's organisation said so */
    FROM_REPORT, /* nobody said anything since the last report: its figure goes on */
    STATUS_SOURCES
};
extern const char *const status_sources[]; /* "", "lead", "centre", "report" as the store has them */
enum status_source status_source_of(str word); /* FROM_NOBODY for what is no word */

/* A line that was said, by its place in the order of all that was said; id 0: nothing was. */
struct status_line {
    int64_t id, status; /* status 0, of the centre: what it had said is taken back */
};
struct status_facts {
    struct status_line lead, centre;
    int64_t report; /* status in the last frozen report; 0: none there */
    int64_t upto;   /* the last line that report took account of; 0: there is no report */
};
struct standing {
    int64_t status; /* 0: nobody has said */
    enum status_source source;
};
/* The centre's word holds until the next report is frozen; after that the lead's next word goes before it again. A measure
 * whose owners are all groups has no lead: what is published of it is the centre's. */
struct standing status_published(const struct status_facts *);

/* An owner further behind than what is published: a warning beside it, never the figure. With 25 measures that belong to all
 * ministries, the worst of 19 owners would make nearly all of them 3 or 4. worst 0: none has said. */
bool status_warns(int64_t published, int64_t worst);

/* Counts of a row: by status, [0] where nobody has said. */
struct status_counts {
    int64_t of[STATUSES + 1];
};
void status_count(struct status_counts *, int64_t status);
void status_counts_add(struct status_counts *, const struct status_counts *);
int64_t status_total(const struct status_counts *);

/* ①-④; empty for 0. And back: "2", "②" or "２"; 0 for what is none. */
str status_mark(int64_t status);
int64_t status_read(str);
str status_word(int64_t status);   /* message id: "① Done" …; for 0 "No report yet" */
str status_legend(int64_t status); /* message id: a sentence */

#endif
