#include "base/embed.h"

bool embedded_find(str path, str *bytes)
{
    for (const struct embedded *f = embedded_files; f->path != NULL; f++) {
        if (!str_eq(str_of(f->path), path)) continue;
        *bytes = f->bytes;
        return true;
    }
    return false;
}
