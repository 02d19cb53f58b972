/* What a request gives: the same list whether it came as a query, a form or JSON, so that everything behind it
 * needs one case.
 *
 * JSON is one object of parameters:
 *   {"round":"fy2006", "org":["moe","env"], "answer":{"b-1":"done","b-2":null}, "final":true,
 *    "table":{"name":"x.csv","base64":"Y29kZQo="}}
 * A list gives the parameter several times, an object fills a MAP (or is a file, where the parameter is one), true and
 * false are 1 and 0, numbers are their text, null is absent. */
#ifndef MEGURI_WEB_JSON_BODY_H
#define MEGURI_WEB_JSON_BODY_H

#include "surface/entry.h"

/* INVALID with faults that name the field. Texts and the bytes of files live in w->a or in the bytes given; names longer
 * than they may be, unknown ones and wrong types are the business of args_parse. */
enum err json_body_read(struct work *w, const struct entry *, str body, struct given **out, size_t *n) MUST_USE;
enum err form_read(struct work *w, str query_or_body, struct given **out, size_t *n) MUST_USE;
enum err multipart_read(struct work *w, str content_type, str body, struct given **out, size_t *n) MUST_USE;

bool base64_decode(struct arena *, str text, str *out); /* RFC 4648 §4, padded; false when it is none */

#endif
