/* Objects of STIX in collections: what this program gives to others by TAXII, and what others gave it. objects_store.c
 * (schema 133).
 *
 * A party has a collection of the notices that were sent to it (their objects are made when they are fetched), one of
 * what came in for it from others, and those of the groups it belongs to. */
#ifndef MEGURI_SHARE_OBJECTS_H
#define MEGURI_SHARE_OBJECTS_H

#include "share/stix.h"

enum collection_kind { OF_NOTICES, OF_RECEIVED, OF_GROUP };
struct collection {
    int64_t id; /* row; 0: nothing was put in yet */
    enum collection_kind kind;
    str uuid, alias, title_ja, title_en, note_ja, note_en;
    bool can_read, can_write; /* for the party that asked */
    int64_t since;            /* microseconds: what was put in before the party belonged to it is not for it; 0: all is */
    /* all of that party, where it was found for putting in: markings there are not widened */
    const struct collection *among;
    size_t n_among;
    int64_t next, left;       /* moments set aside for what is put in next (object_put) */
};
enum { COLLECTIONS_MAX = 1000 };
/* Those of the party: notices, received, groups by their code. */
enum err collections_of(struct work *, const struct party *, struct collection **out, size_t *n) MUST_USE;
/* One of them by its uuid or alias; NOTFOUND, the same for absent and not theirs. */
enum err collection_find(struct work *, const struct party *, str code, struct collection *out) MUST_USE;

/* ---- putting in ---- */

/* In a transaction. added: microseconds, this store's own clock that never stands still nor goes back, so that no two
 * objects have the same (paging by time loses none). The same id and version again changes nothing (*is_new false).
 * CONFLICT with a fault: the same version with other bytes, a wider marking than another version of it has anywhere
 * here, or one that no collection bears. Makes the collection's row where there is none. */
enum err object_put(struct work *, struct collection *, const struct stix_object *, str source, int64_t *added,
                    bool *is_new) MUST_USE;

/* The same with what stix_read gave, in its order: what is refused does not keep out the rest. Takes the faults of both
 * for itself: none is left. */
struct taken_one {
    str id, why; /* why: of those refused, in English */
    int64_t version;
    bool good;
};
struct taken {
    struct taken_one *one;
    size_t n, good, fresh, bad; /* fresh: of the good, those that did not stand there before */
};
enum err objects_take(struct work *, struct collection *, const struct stix_object *, size_t n, str source,
                      struct taken *out) MUST_USE;
/* Writes counts and the first refused of it into the journal's line. */
void taken_noted(struct work *, const struct collection *, const struct taken *);

/* ---- what notices become ---- */

/* In a transaction, after deliveries were made, passed on or added (delivery.c): those that have it now and did not
 * before find it in their collection. */
enum err objects_publish(struct work *, const struct notice *) MUST_USE;
/* After a recall: whoever found it there is told so by a version that is revoked. */
enum err objects_recall(struct work *, const struct notice *) MUST_USE;

/* ---- reading: always in the order of `added` ---- */

enum { MATCHES = 100, MATCH_VERSIONS = 4, OBJECTS_PAGE_MAX = 1000, OBJECTS_PAGE_BYTES = 4 << 20 };
struct match {
    str id[MATCHES], type[MATCHES], spec[2];
    size_t n_ids, n_types, n_specs; /* 0: any */
    bool newest, oldest, all;       /* any of these, or one of the versions */
    int64_t version[MATCH_VERSIONS];
    size_t n_versions;
};
struct stored {
    struct stix_object object; /* bytes: only where asked for */
    int64_t added, size;
    bool oldest, newest;
    str source;
};
/* Those added after `after` (exclusive), `limit` at most and not more than OBJECTS_PAGE_BYTES of them (but one always).
 * more: others follow. */
enum err objects_page(struct work *, const struct party *, const struct collection *, const struct match *,
                      int64_t after, size_t limit, bool bytes, struct stored **out, size_t *n, bool *more) MUST_USE;

/* Microseconds since 1970 as RFC 3339 with six digits, and back (of fewer digits too; more are cut off). False: no such
 * time. */
str micro_text(struct arena *, int64_t);
bool micro_parse(str, int64_t *out);

#endif
