#ifndef MEGURI_SHARE_OBJECTS_STORE_H
#define MEGURI_SHARE_OBJECTS_STORE_H

#include "share/objects.h"

enum { OFFER_OBJECTS = 64 /* a notice has 55 objects at most (stix_of_notice) */ };

extern const struct sql_set objects_sql_set;

/* n moments in a row that nothing else has; the first of them. */
enum err object_clock(struct work *, int64_t n, int64_t *first) MUST_USE;
enum err collection_row(struct work *, str uuid, int64_t *id) MUST_USE;  /* 0: none yet */
enum err collection_make(struct work *, str uuid, int64_t *id) MUST_USE;

struct group_seen {
    str code, uuid, ja, en;
    bool owner, open;
    int64_t since; /* seconds; 0: its owner */
};
enum err groups_seen(struct work *, int64_t org, int64_t now, struct group_seen **out, size_t *n) MUST_USE;

/* Of an object: the version itself in that collection (bytes; NOTFOUND), the newest and oldest there, the narrowest
 * marking of any version anywhere. */
struct versions_known {
    bool any;             /* in this collection */
    int64_t oldest, newest;
    bool anywhere;
    struct marking narrowest; /* of all collections */
};
struct marked_in {
    str collection; /* uuid */
    struct marking marking; /* the narrowest of its versions there */
};
enum err object_marked(struct work *, str id, struct marked_in **out, size_t *n) MUST_USE; /* in whichever collection */
enum err object_same(struct work *, int64_t collection, str id, int64_t version, str *bytes) MUST_USE;
enum err object_versions(struct work *, int64_t collection, str id, struct versions_known *out) MUST_USE;
enum err object_insert(struct work *, int64_t collection, const struct stix_object *, const struct versions_known *,
                       str source, int64_t added) MUST_USE;

/* Rows of a collection. type, id: empty or the one wanted. */
enum err object_keys(struct work *, int64_t collection, const struct match *, str type, str id, int64_t after,
                     size_t limit, struct stored **out, size_t *n) MUST_USE;
enum err object_bytes(struct work *, int64_t collection, int64_t added, str *out) MUST_USE;

/* For people: how many and how new, the newest of some sort. */
struct collection_size {
    int64_t n, newest;
};
enum err collection_size(struct work *, str uuid, struct collection_size *out) MUST_USE;
enum err offers_size(struct work *, int64_t org, struct collection_size *out) MUST_USE;
struct listing {
    int64_t collection, since, until, tlp; /* since: inclusive; until: exclusive; tlp -1: any */
    str type, source;               /* empty: any */
    size_t limit;
};
enum err objects_newest(struct work *, const struct listing *, struct stored **out, size_t *n) MUST_USE;

struct offer {
    int64_t added, notice;
    bool recall;
    bool first_issuer, first_tlp, first_pap; /* none before it in this collection is of that issuer, marked so */
    struct marking marking;                  /* as it came to the party */
};
enum err offers_make(struct work *, int64_t notice) MUST_USE;
enum err offers_recall(struct work *, int64_t notice) MUST_USE;
/* objects_offer.c: the report of a recalled notice, made of what it was */
enum err notice_revoked(struct work *, const struct notice *, const struct stix_object *report,
                        struct stix_object *out) MUST_USE;
enum err offers_page(struct work *, const struct party *, const struct match *, int64_t after, size_t limit,
                     struct stored **out, size_t *n, bool *more) MUST_USE;
enum err offers_after(struct work *, int64_t org, int64_t after, size_t limit, struct offer **out, size_t *n) MUST_USE;

#endif
