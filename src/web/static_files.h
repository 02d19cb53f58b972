/* Stylesheet, script, pictures: compiled in from src/web/static/, served as /static/NAME. */
#ifndef MEGURI_WEB_STATIC_FILES_H
#define MEGURI_WEB_STATIC_FILES_H

#include "base/str.h"

struct static_file {
    str name, bytes, hash; /* hex of SHA-256 */
    str etag;              /* with its quotes */
    const char *media;
};
struct static_files {
    struct static_file *file;
    size_t n;
};
struct static_files static_files_load(struct arena *);
const struct static_file *static_file_find(const struct static_files *, str name); /* NULL: none */

enum { STATIC_VERSION = 12 };
/* What a page puts behind ?v= so that a browser may keep the file for ever: the first digits of its hash. Empty when
 * there is no such file. Reads the whole file: keep the answer. */
str static_version(struct arena *, str name);
/* Was the file asked for by its present version ("v=0123456789ab")? */
bool static_is_version(const struct static_file *, str query);

#endif
