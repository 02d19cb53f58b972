/* registry: who and what exists. Organisations, people, posts, systems, duties; read by all rooms through access/. */
#ifndef MEGURI_REGISTRY_REGISTRY_H
#define MEGURI_REGISTRY_REGISTRY_H

#include "surface/entry.h"

/* A file holds at most so many rows; a preview lists at most so many differences. A code has at most 64 bytes, a text
 * 4,096 (registry_csv.h); organisations may lie any number of steps deep. */
enum { IMPORT_ROWS_MAX = 1000000, DIFFERENCES_MAX = 1000 };

extern const struct room registry_room;

#endif
