/* `meguri serve`: the same surface in the browser. */
#ifndef MEGURI_WEB_SERVE_H
#define MEGURI_WEB_SERVE_H

#include "surface/entry.h"

extern const struct room serve_room;

#endif
