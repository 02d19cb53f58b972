/* The frame and the people of today, for other pages of the room. */
#ifndef MEGURI_INSPECT_FRAME_VIEW_H
#define MEGURI_INSPECT_FRAME_VIEW_H

#include "base/clock.h"
#include "inspect/round.h"
#include "surface/entry.h"

entry_fn inspect_view_frame;
/* A line that leads to `inspect frame` where people of these nodes moved or left since the base date and their sheets
 * are not handed in; nothing where there are none, or where the actor may not see names. */
enum err frame_call(struct work *w, const struct round *, size_t node, struct doc *out) MUST_USE;

#endif
