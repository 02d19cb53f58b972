/* The objects of a bundle as they stand in its bytes, found without reading it whole: 50 MB of JSON as one tree would
 * take half a gigabyte. Only what parts them is looked at; what stands in each is for jv_read. */
#ifndef MEGURI_SHARE_STIX_SPLIT_H
#define MEGURI_SHARE_STIX_SPLIT_H

#include "share/stix.h"

struct stix_split {
    str envelope; /* the bundle with no objects in it; empty where the bytes are one object */
    str *object;
    size_t n;
};
/* INVALID with a fault for what is no bundle and no object, or is beyond the limits of stix.h. An object or envelope
 * may still be bad JSON. */
enum err stix_split(struct work *, str name, str bytes, struct stix_split *out) MUST_USE;

#endif
