/* The house itself, as rooms: its journal, its derived tables, a demonstration to try it on. */
#ifndef MEGURI_HOUSE_HOUSE_H
#define MEGURI_HOUSE_HOUSE_H

#include "surface/entry.h"

extern const struct room demo_room, journal_room, rebuild_room;

#endif
