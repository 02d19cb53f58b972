#include "surface/mount.h"

#include <assert.h>

const struct mount *mount_at(str path, const struct room **room, str *rest)
{
    for (size_t i = 0; rooms[i] != NULL; i++) {
        for (const struct mount *const *m = rooms[i]->mounts; m != NULL && *m != NULL; m++) {
            str at = str_of((*m)->path);
            if (!str_starts(path, at) || (path.n > at.n && path.p[at.n] != '/')) continue;
            *room = rooms[i];
            *rest = str_sub(path, at.n, path.n);
            return *m;
        }
    }
    return NULL;
}

void mount_header(struct mount_answer *a, const char *name, str value)
{
    size_t n = 0;
    while (n < MOUNT_HEADERS && a->header[n].name != NULL) n++;
    assert(n < MOUNT_HEADERS);
    a->header[n].name = name;
    a->header[n].value = value;
}
