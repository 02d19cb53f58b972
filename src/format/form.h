/* What a browser or a program sends with a request: query strings and application/x-www-form-urlencoded (WHATWG URL §5),
 * multipart/form-data (RFC 7578 in the frame of RFC 2046 §5.1), cookies (RFC 6265 §4.2), languages (RFC 9110 §12.5.4).
 *
 * Refused with a fault: more than FORM_FIELDS_MAX fields, names that are empty or longer than FORM_NAME_MAX, a % without
 * two hex digits, names and values that are not good UTF-8 or hold a NUL, a multipart body that is cut off, whose parts
 * are not form-data, whose heads are longer than FORM_HEAD_MAX, or that is sent in a transfer encoding.
 * The bytes of files are free. Line ends of values become LF, as every other way in has them. */
#ifndef MEGURI_FORMAT_FORM_H
#define MEGURI_FORMAT_FORM_H

#include "base/lang.h"
#include "base/work.h"

enum { FORM_FIELDS_MAX = 10000, FORM_NAME_MAX = 256, FORM_HEAD_MAX = 8192, FORM_BOUNDARY_MAX = 70 };

/* Names and values live in w->a or in the bytes read; the bytes of a file are always those read, not copied. */
struct form_field {
    str name, value;
    bool is_file;
    str file_name; /* the last part of a path, fit to be shown */
};
struct form_fields {
    const struct form_field *field;
    size_t n;
};

/* A query (without '?') or a body: fields in their order, names may repeat. INVALID with a fault. */
enum err form_fields(struct work *w, str bytes, struct form_fields *out) MUST_USE;

/* content_type as sent; a file input left empty is left out. INVALID with a fault. */
enum err multipart_fields(struct work *w, str content_type, str body, struct form_fields *out) MUST_USE;

/* The media type without parameters is this one ("application/json"); letters of either case. */
bool media_is(str content_type, str wanted);

/* One path segment, name or value: all but letters, digits and - . _ ~ as %XX. */
void form_encode(struct buf *, str);
/* %XX back to bytes, in the arena; '+' stays. False when malformed; the bytes may be anything. */
bool form_decode(struct arena *, str, str *out);

str cookie_value(str header, str name); /* the first of that name, borrowed; p is NULL when absent */

/* Of Accept-Language: the better liked of the two; Japanese when it asks for neither. */
enum lang lang_wanted(str header);

#endif
