/* What a program asks of a TAXII server: addresses, media types, the query (TAXII 2.1 §3.4, §3.5, §1.6.8). Pure. */
#ifndef MEGURI_SHARE_TAXII_QUERY_H
#define MEGURI_SHARE_TAXII_QUERY_H

#include "share/objects.h"

enum { TAXII_LIMIT = 100, TAXII_SEGMENTS = 6, TAXII_NEXT_MAX = 32 };

struct taxii_query {
    int64_t after; /* exclusive, of added_after or next */
    size_t limit;
    struct match match;
};
/* INVALID with a fault: no such time, limit or version, a filter that this server does not know, one given twice. Other
 * names are none of ours. */
enum err taxii_query_read(struct work *, str query, struct taxii_query *out) MUST_USE;
/* Where the next page begins: behind this object, whatever was added meanwhile. */
str taxii_next(struct arena *, int64_t added);

/* "/share/collections/X/objects/" in its parts, decoded; a slash at the end or not. False: too many, or not well
 * written. */
struct taxii_path {
    str part[TAXII_SEGMENTS];
    size_t n;
};
bool taxii_path_read(struct arena *, str path, struct taxii_path *out);

/* Does the Accept header take TAXII 2.1? With or without the version, with blanks or quotes; an absent one and ranges
 * that hold it do. */
bool taxii_accepted(str accept);
/* Is a body of this type read: TAXII 2.1, or STIX 2.1 (a bundle)? */
bool taxii_content(str content_type);

/* The version of an object: milliseconds where that says all. */
str taxii_version(struct arena *, int64_t micro);

#endif
