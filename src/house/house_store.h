/* What the house reads of its own tables. */
#ifndef MEGURI_HOUSE_HOUSE_STORE_H
#define MEGURI_HOUSE_HOUSE_STORE_H

#include "store/store.h"

/* Lines from the newest back, each borrowed for the call; it answers false to stop. No statement may run in it. */
typedef bool journal_line_fn(void *with, int64_t seq, str line);
enum err journal_back(struct work *w, journal_line_fn *, void *with) MUST_USE;

/* The first of the demonstration's people with this duty there; NOTFOUND without a fault. Their mail is their code and
 * DEMO_MAIL, so that no real person is ever shown. */
#define DEMO_MAIL "@demo.example"
struct demo_person {
    str code, name_ja, name_en, post, duty, duty_ja, duty_en, org, org_ja, org_en;
};
enum err demo_person(struct work *w, str org, str duty, struct demo_person *out) MUST_USE;

extern const struct sql_set house_sql_set;

#endif
