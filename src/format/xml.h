/* XML in, as a stream: names, attributes and text as they come, nothing kept. For files of strangers.
 *
 * There is no document type definition: a DOCTYPE is refused where it begins, so there are no entities but the five of
 * XML itself, no external ones, and none that grow. Refused with line and column as well: what is not well-formed, bytes
 * that are not of the encoding (UTF-8, UTF-16, US-ASCII or ISO-8859-1; no other is read), more than XML_DEPTH_MAX elements
 * inside each other, XML_ATTRIBUTES_MAX attributes, a tag, comment or instruction of more than XML_TOKEN_MAX bytes. */
#ifndef MEGURI_FORMAT_XML_H
#define MEGURI_FORMAT_XML_H

#include "base/work.h"

enum { XML_DEPTH_MAX = 64, XML_ATTRIBUTES_MAX = 64, XML_TOKEN_MAX = 1 << 20 };

struct xml;
struct xml_name {
    str ns, local; /* ns: the address of its namespace, empty: none */
};
/* Borrowed while the function runs. What it answers but OK ends the reading, and is what xml_read answers. */
struct xml_events {
    enum err (*start)(void *to, struct xml *, struct xml_name);
    enum err (*end)(void *to, struct xml *, struct xml_name);
    enum err (*text)(void *to, struct xml *, str piece); /* one text may come in pieces; NULL: not wanted */
};
/* name is for faults. Tells progress in bytes. */
enum err xml_read(struct work *w, str name, str bytes, const struct xml_events *, void *to) MUST_USE;

/* While an event runs: */
str xml_attribute(const struct xml *, const char *local); /* of the tag that begins, of no namespace; empty: absent */
size_t xml_depth(const struct xml *);                     /* 1: the root; counts the element that begins or ends */
struct where xml_where(const struct xml *);               /* row is the line */

#endif
