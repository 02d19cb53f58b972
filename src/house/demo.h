/* What the two halves of the demonstration share: a government and its rounds (demo.c), and the inspection as it is
 * practised in the open one (demo_practice.c). */
#ifndef MEGURI_HOUSE_DEMO_H
#define MEGURI_HOUSE_DEMO_H

#include "standard/standard.h"
#include "surface/entry.h"

enum { DEMO_PARAMS = 12 };

/* One act of a user's; a value that begins with @ is an embedded file. */
struct demo_step {
    const char *room, *entry;
    const char *given[DEMO_PARAMS][2];
};
/* As whoever acts (w->actor); fails as the door would, and leaves no line of its own in the journal. */
enum err demo_run(struct work *w, const char *room, const char *entry, const struct given *, size_t n) MUST_USE;
enum err demo_step(struct work *w, const struct demo_step *) MUST_USE;

/* Whose day the demonstration shows: one section, its manager and its staff. */
#define SHOWN_BUREAU "hei-b1"
#define SHOWN_SECTION "hei-b1-s1"
#define SHOWN_ROUND "demo-2026"
#define SHOWN_EDITION "baseline-2"

/* What answering the open round left to be practised on. Respondents' codes, a blank after each. */
struct demo_left {
    int64_t base;        /* of the open round, days */
    str handed_in;       /* sheets of staff in the section shown that wait for its manager */
    str unheard;         /* staff of the ministry shown of whom nothing came */
    const uint8_t *mask; /* the clauses staff there are asked */
    str beginner;        /* whose sheet is not begun, and stays so */
};
enum err demo_practise(struct work *w, const struct demo_left *) MUST_USE;

#endif
