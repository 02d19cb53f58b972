#include "surface/letter_link.h"

const struct letter_link *letter_link_at(str path, str *secret)
{
    for (size_t i = 0; rooms[i] != NULL; i++) {
        const struct letter_link *l = rooms[i]->link;
        if (l == NULL || !str_starts(path, str_of(l->path))) continue;
        *secret = str_sub(path, strlen(l->path), path.n);
        return l;
    }
    return NULL;
}
