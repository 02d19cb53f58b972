/* Where a face writes: one place that remembers whether the world took it. */
#ifndef MEGURI_FACE_OUT_H
#define MEGURI_FACE_OUT_H

#include <stdio.h>

#include "base/str.h"
#include "base/work.h"

struct out {
    FILE *to;                              /* used when there is no put */
    bool (*put)(struct out *, str);        /* false, and errno, when the world does not take it */
    bool failed;
    int why; /* errno of the failure */
};
void out_put(struct out *, str);
void out_c(struct out *, const char *);
void out_blanks(struct out *, int n);
bool out_flush(struct out *); /* false when anything could not be written */

/* The file of --out appears whole or not at all: written without a name in the same folder, synced, named, renamed
 * over the old one; a command that dies leaves nothing behind (but where the file system knows no nameless files). A
 * path that is no regular file (a device, a pipe) is written straight. */
struct out_file {
    struct out out;
    const char *path, *temporary; /* temporary NULL: nothing to rename */
    bool nameless;                /* temporary is not there yet */
};
enum err out_file_open(struct work *w, str path, struct out_file *) MUST_USE;
enum err out_file_keep(struct work *w, struct out_file *) MUST_USE;
void out_file_drop(struct out_file *);

#endif
