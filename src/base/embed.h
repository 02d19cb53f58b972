/* Files compiled into the binary: schema steps, data, translations (tools/embed.c makes the table). */
#ifndef MEGURI_BASE_EMBED_H
#define MEGURI_BASE_EMBED_H

#include "base/str.h"

struct embedded {
    const char *path; /* from the top of the source tree, e.g. "src/store/schema/001-journal.sql" */
    str bytes;
};

extern const struct embedded embedded_files[]; /* in order of path; ends with path NULL */

bool embedded_find(str path, str *bytes);

#endif
