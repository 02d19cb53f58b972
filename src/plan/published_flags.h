/* The defects of a published text: markup taken out of what is shown, missing titles, meetings that contradict each
 * other, words that are probably misread. Inside the reader only. */
#ifndef MEGURI_PLAN_PUBLISHED_FLAGS_H
#define MEGURI_PLAN_PUBLISHED_FLAGS_H

#include "plan/published.h"

void published_flags(struct arena *, struct published *);

#endif
