/* What the parts of the demonstration share: a government and its rounds (demo.c), the inspection as it is practised in the
 * open one (demo_practice.c), its plans and reports (demo_plan.c), interdependency of the sectors (demo_depend.c), information sharing (demo_share.c). */
#ifndef MEGURI_HOUSE_DEMO_H
#define MEGURI_HOUSE_DEMO_H

#include "standard/standard.h"
#include "surface/entry.h"

enum { DEMO_PARAMS = 16 };

/* One act of a user's; a value that begins with @ is an embedded file. */
struct demo_step {
    const char *room, *entry;
    const char *given[DEMO_PARAMS][2];
};
/* As whoever acts (w->actor); fails as the door would, and leaves no line of its own in the journal. */
enum err demo_run(struct work *w, const char *room, const char *entry, const struct given *, size_t n) MUST_USE;
enum err demo_step(struct work *w, const struct demo_step *) MUST_USE;
enum err demo_givens(struct work *w, const struct demo_step *, struct given *, size_t *n) MUST_USE; /* room for DEMO_PARAMS */

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
/* An act by the first who holds the duty there. */
struct deed {
    const char *duty, *org;
    struct demo_step step;
};
enum err demo_deeds(struct work *w, const struct deed *, size_t n) MUST_USE;
enum err demo_act(struct work *w, const char *duty, const char *org, const char *room, const char *entry, const struct given *, size_t n) MUST_USE;
/* A file that is made for the load. */
const struct file *demo_file(struct work *w, str name, str bytes);
const char *demo_on(struct work *w, int64_t days); /* that many days from today, as parameters have it */
const char *demo_numbered(struct work *w, const char *kind, int n); /* the n-th case of a kind, by its number */
#define INVENTED "（合成データ）"

/* What is planned, what came of it, what is published of it (demo_plan.c); facts of 2005–2009 before the people are there. */
enum err demo_plan_facts(struct work *w) MUST_USE;
enum err demo_plan(struct work *w) MUST_USE;
enum err demo_practise(struct work *w, const struct demo_left *) MUST_USE;
enum err demo_depend(struct work *w) MUST_USE; /* on the day of the load */
enum err demo_share(struct work *w) MUST_USE;  /* on the day of the load */

#endif
