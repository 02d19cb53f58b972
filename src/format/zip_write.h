/* A ZIP archive (APPNOTE 6.3.9) written as a stream, member after member, each deflated as it comes: no temporary file
 * and no seeking back, so it can go straight to a pipe or a socket. Dates are fixed: the same content gives the same
 * bytes. */
#ifndef MEGURI_FORMAT_ZIP_WRITE_H
#define MEGURI_FORMAT_ZIP_WRITE_H

#include "base/str.h"

struct zip_sink {
    void (*put)(void *to, str bytes); /* remembers by itself that it could not */
    void *to;
};
struct zip;
struct zip *zip_begin(struct arena *, struct zip_sink);
void zip_member(struct zip *, str name); /* ends the one before; names are ASCII */
void zip_put(struct zip *, str bytes);
/* False when a member or the whole went beyond 4 GiB, which this form of archive cannot hold. */
bool zip_end(struct zip *);

#endif
