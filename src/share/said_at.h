/* When something was said, as a duty officer types it. Pure. */
#ifndef MEGURI_SHARE_SAID_AT_H
#define MEGURI_SHARE_SAID_AT_H

#include "base/str.h"

/* "22:40" (Japan: the last such time up to now), "2026-05-07 22:40", "2026/5/7 22:40", "2026-05-07T22:40" (Japan), or
 * RFC 3339 with its zone; full-width digits are not read. False: none of these; out untouched. Whether it has come is
 * the caller's to ask. */
bool said_at(str text, int64_t now, int64_t *out);

#endif
