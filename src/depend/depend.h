/* depend: what would happen? Models of services that need one another, in versions; reach, propagation, inoperability (README.md). */
#ifndef MEGURI_DEPEND_DEPEND_H
#define MEGURI_DEPEND_DEPEND_H

#include "surface/entry.h"

extern const struct room depend_room;

#endif
