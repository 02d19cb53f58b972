/* Objects of STIX in collections: what this program gives to others by TAXII, and what others gave it. objects_store.c (schema 133). */
#ifndef MEGURI_SHARE_OBJECTS_H
#define MEGURI_SHARE_OBJECTS_H

#include "share/stix.h"

struct collection {
    int64_t id;
    str uuid, alias, title_ja, title_en, note_ja, note_en;
    bool can_read, can_write; /* for the party that asked */
};
/* Puts an object in. added: microseconds, this store's own clock that never stands still nor goes back, so that no two objects have the same (paging by time
 * loses none). The same id and version again changes nothing (*is_new false). CONFLICT with a fault: the same version with other bytes, or a wider marking than an
 * earlier version had. */
enum err object_put(struct work *, const struct collection *, const struct stix_object *, str source, int64_t *added, bool *is_new) MUST_USE;
/* A collection of the party by its uuid or alias; NOTFOUND, the same for absent and not theirs. */
enum err collection_find(struct work *, const struct party *, str code, struct collection *out) MUST_USE;

#endif
