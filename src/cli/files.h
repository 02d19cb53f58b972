/* Files named on the command line, as entries take them. */
#ifndef MEGURI_CLI_FILES_H
#define MEGURI_CLI_FILES_H

#include "surface/entry.h"

enum { PIPE_BYTES_MAX = 256 << 20 };
#define FILE_BYTES_MAX ((int64_t)4 << 30)

/* A regular file is copied to a nameless one and mapped from there, so that others cannot change it meanwhile; a pipe, or
 * "-" for standard input, is read whole. INVALID, NOTFOUND or BUSY with a fault. */
enum err file_take(struct work *w, str path, struct file *out) MUST_USE;

#endif
