/* Names that are unique without anybody giving them out (RFC 9562), as text in small letters: 8-4-4-4-12 hex digits. */
#ifndef MEGURI_BASE_UUID_H
#define MEGURI_BASE_UUID_H

#include "base/work.h"

enum { UUID_TEXT = 36 };

/* Version 4: random, another one at each call. In w->a. */
str uuid_new(struct work *w);
/* Version 5: of a name within a namespace (itself a uuid, by which assert holds), the same each time. */
str uuid5(struct arena *, str ns, str name);
/* Of any version, in small or capital letters; nothing before or behind it. */
bool uuid_valid(str);

#endif
