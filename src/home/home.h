/* home: where are we in the round? What is mine, what waits for me, how does it stand; each within the
 * reader's rights. */
#ifndef MEGURI_HOME_HOME_H
#define MEGURI_HOME_HOME_H

#include "surface/entry.h"

extern const struct room home_room;

/* The calendar of the coming year, as far as it concerns the actor; nothing where nothing is entered. */
enum err home_year(struct work *w, struct doc *out) MUST_USE;

/* What waits for the actor's report on measures, and for a decision or words on a report; nothing where nothing waits. */
enum err home_plans(struct work *w, struct doc *out) MUST_USE;
enum err home_drafts(struct work *w, struct doc *out) MUST_USE;
enum err home_reports(struct work *w, struct doc *out) MUST_USE;
/* Notices to be confirmed and passed on, reports to be read, texts to be agreed to, contacts to be confirmed. */
enum err home_shares(struct work *w, struct doc *out) MUST_USE;

#endif
