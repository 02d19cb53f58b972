/* STIX 2.1 (OASIS): a notice as objects, and objects of others read with a limit on everything. Bytes of others are kept as they came. */
#ifndef MEGURI_SHARE_STIX_H
#define MEGURI_SHARE_STIX_H

#include "share/notice.h"

enum { STIX_BUNDLE_MAX = 64 << 20, STIX_OBJECTS_MAX = 100000, STIX_OBJECT_MAX = 1 << 20, STIX_DEPTH_MAX = 64, STIX_ID_MAX = 128 };

struct stix_object {
    str id, type, spec; /* "indicator--…", "indicator", "2.1" (2.0 is taken and kept as it is) */
    int64_t version;    /* microseconds since 1970: modified, else created, else 0 */
    bool marked;
    struct marking marking; /* the narrowest of its markings; not marked: as whoever put it in may have it at most, so TLP:AMBER */
    str bytes;          /* the object as it came */
};
/* name: for faults, which name the object by its place (1 …) and id. One object or a bundle. All faults of the first twenty objects that are wrong; OK may still
 * have left out objects: out[i].id empty and its fault in w->faults of kind INVALID – the caller says whether that is all or nothing. */
enum err stix_read(struct work *, str name, str bytes, struct stix_object **out, size_t *n) MUST_USE;

/* A notice as a report object with the issuer's identity, vulnerabilities for CVE, a course of action for its countermeasure and the marking definition; ids are
 * the same each time (from the notice's uuid). The caller has asked leave_may. */
enum err stix_of_notice(struct work *, const struct notice *, struct marking, struct stix_object **out, size_t *n) MUST_USE;
str stix_bundle(struct arena *, str uuid, const struct stix_object *, size_t n);

#endif
