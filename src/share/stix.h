/* STIX 2.1 (OASIS): a notice as objects, and objects of others read with a limit on everything. Bytes of others are
 * kept as they came. */
#ifndef MEGURI_SHARE_STIX_H
#define MEGURI_SHARE_STIX_H

#include "share/notice.h"

enum {
    STIX_BUNDLE_MAX = 64 << 20,
    STIX_OBJECTS_MAX = 100000,
    STIX_OBJECT_MAX = 1 << 20,
    STIX_DEPTH_MAX = 64,
    STIX_ID_MAX = 128,
    STIX_MARKS_MAX = 256, /* markings of one object, and definitions of others in one bundle */
};

struct stix_object {
    str id, type, spec; /* "indicator--…", "indicator", "2.1" (2.0 is taken and kept as it is) */
    int64_t version;    /* microseconds since 1970: modified, else created, else 0 */
    /* The narrowest of its markings, those of its parts too. Not marked: as whoever put it in may have it at most, so
     * TLP:AMBER. A definition that is not FIRST's or OASIS's narrows by what it says, but makes nothing wider than
     * AMBER; one that is not in the bundle counts as AMBER; labels narrow. */
    bool marked;
    struct marking marking;
    str bytes; /* the object as it came */
};
/* name: for faults, which name the object by its place ("NAME#1" is the first) and id. One object, a bundle, or the
 * envelope of TAXII. One fault for each object that is wrong; OK may still have left out objects: out[i].id empty and
 * its fault in w->faults of kind INVALID – the caller says whether that is all or nothing. Memory: what the bytes take,
 * twice what the largest object takes as a tree, and some 100 bytes for each object. `bytes` of the objects point into
 * the bytes given. */
enum err stix_read(struct work *, str name, str bytes, struct stix_object **out, size_t *n) MUST_USE;

/* A notice as a report object with the issuer's identity, vulnerabilities for CVE, a course of action for its
 * countermeasure and the marking definition; ids are the same each time (from the notice's uuid). The caller has asked
 * leave_may. */
enum err stix_of_notice(struct work *, const struct notice *, struct marking, struct stix_object **out,
                        size_t *n) MUST_USE;
/* The same of what was read already; pure. out: with->n_references + 5 at most. */
struct stix_with {
    const struct notice_reference *reference;
    const struct attachment *attachment;
    size_t n_references, n_attachments;
};
void stix_write(struct arena *, const struct notice *, struct marking, const struct stix_with *,
                struct stix_object **out, size_t *n);
/* The UUID by which its issuer is known in files: of its code and names, so that one with another name is another. */
str stix_issuer_uuid(struct arena *, const struct notice *);
str stix_bundle(struct arena *, str uuid, const struct stix_object *, size_t n);

#endif
