/* What the parts of information sharing in the demonstration have in common. */
#ifndef MEGURI_HOUSE_DEMO_SHARE_H
#define MEGURI_HOUSE_DEMO_SHARE_H

#include "house/demo.h"

enum { DEMO_SECTORS = 5 };
struct demo_sector {
    const char *name;     /* of the code: di-NAME, di-NAME-ceptoar, di-NAME-01 … */
    const char *ministry; /* in charge */
    int operators;
};
extern const struct demo_sector demo_sectors[DEMO_SECTORS];
const char *demo_operator(struct work *w, const struct demo_sector *, int number); /* from 1: its code */
const char *demo_office(struct work *w, const struct demo_sector *); /* code of its CEPTOAR */

#define GIVEN(name_, text_) ((struct given){.name = S(name_), .text = text_})
/* An act of the room share at a time of its own. */
enum err demo_at(struct work *w, int64_t at, const char *duty, const char *org, const char *entry, const struct given *, size_t n) MUST_USE;
#define AT(w, at, duty, org, entry, ...) \
    demo_at(w, at, duty, org, entry, (const struct given[]){__VA_ARGS__}, sizeof((const struct given[]){__VA_ARGS__}) / sizeof(struct given))
enum { MINUTE = 60, HOUR = 3600 };

/* What the last act's page goes on with: the number of a notice that was drafted. Empty: nothing of that name. */
str demo_went(const struct work *w, const char *name);
uint64_t demo_chance(uint64_t *state); /* SplitMix64 */

/* Who is rung up (demo_share_contacts.c). */
enum err demo_share_contacts(struct work *w) MUST_USE;
/* Reports and notices of FY2019 to FY2023, in their published numbers (demo_share_years.c). */
enum err demo_share_years(struct work *w) MUST_USE;
/* Notices, a drill and a report of these days (demo_share_days.c). */
enum err demo_share_days(struct work *w) MUST_USE;
/* Through the ministries and CEPTOARs of telecommunications and finance to their operators. */
enum err demo_share_pass_down(struct work *w, str notice, int64_t sent) MUST_USE;
/* An operator's report, and what came of it (demo_share_report.c). */
enum err demo_share_reports(struct work *w) MUST_USE;

#endif
