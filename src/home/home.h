/* home: where are we in the round? What is mine, what waits for me, how does it stand; each within the
 * reader's rights. */
#ifndef MEGURI_HOME_HOME_H
#define MEGURI_HOME_HOME_H

#include "surface/entry.h"

extern const struct room home_room;

/* The calendar of the coming year, as far as it concerns the actor; nothing where nothing is entered. */
enum err home_year(struct work *w, struct doc *out) MUST_USE;

/* Measures, drafts and documents that wait for the actor; nothing where none does. */
enum err home_waits(struct work *w, struct doc *out) MUST_USE;

#endif
