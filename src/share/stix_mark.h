/* Markings of STIX objects: which ids and definitions say how far an object may go. Pure. */
#ifndef MEGURI_SHARE_STIX_MARK_H
#define MEGURI_SHARE_STIX_MARK_H

#include "format/json.h"
#include "share/stix.h"

/* 2020-01-01T00:00:00Z with up to six decimals, to microseconds since 1970. False: no such time; out is untouched. */
bool stix_time(str, int64_t *micros);

/* Definitions that are neither FIRST's nor OASIS's, by what they say; and who refers to them. */
struct mark_own {
    str id;
    uint64_t hash;
    bool here, tlp, pap; /* it stands in the bundle, it says a TLP, a PAP */
    struct marking says;
};
struct mark_ref {
    uint32_t object;
    uint32_t own;
};
struct marks {
    struct arena *a; /* of what stays */
    struct mark_own *own;
    struct mark_ref *ref;
    size_t n_own, n_refs, own_room, refs_room;
};
struct marks_wrong {
    const char *field;
    str what, value; /* message id with %1 the object's id and %2 the value */
};
void marks_begin(struct marks *, struct arena *);
/* The markings of the object at that place; false: they cannot be relied on, and why. */
bool marks_read(struct marks *, size_t place, const struct jv *, struct stix_object *, struct marks_wrong *why);
/* When all definitions are known: what the references to them come to, and TLP:AMBER for what is not marked. */
void marks_settle(struct marks *, struct stix_object *all, size_t n);

#endif
