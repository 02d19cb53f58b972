/* Where is it? Search of organisations, people and clauses. */
#ifndef MEGURI_FIND_FIND_H
#define MEGURI_FIND_FIND_H

#include "surface/entry.h"

extern const struct room find_room;

#endif
