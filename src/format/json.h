/* JSON (RFC 8259): read by jansson into a tree that goes with the arena, written by appending to a buf.
 *
 * Refused with row and column: bad UTF-8, a NUL, half a surrogate pair, a name that occurs twice in an object, a whole
 * number beyond 64 bits, a real beyond double, anything after the value, more than the limits below. Of a wrong word or
 * number the column is that of its last character. The tree stands beside the arena, not in it: an arena's own limit
 * does not count it, the limits here do. */
#ifndef MEGURI_FORMAT_JSON_H
#define MEGURI_FORMAT_JSON_H

#include "base/work.h"

/* Values inside others; an empty array or object counts twice. */
enum { JSON_BYTES_MAX = 256 << 20, JSON_VALUES_MAX = 2 << 20, JSON_DEPTH_MAX = 200 };

/* A value read; lives as long as w->a, and so do its strings. The bytes may go. */
struct jv;
enum jv_type { JV_NULL, JV_BOOL, JV_INT, JV_REAL, JV_STRING, JV_ARRAY, JV_OBJECT };
enum err jv_read(struct work *w, str name, str bytes, const struct jv **out) MUST_USE; /* faults: row and column */
enum jv_type jv_type(const struct jv *); /* NULL pointer is JV_NULL: look-ups can be chained */
const struct jv *jv_get(const struct jv *, const char *key); /* NULL when absent or not an object */
const struct jv *jv_at(const struct jv *, size_t i);
size_t jv_size(const struct jv *);                           /* of an array or object; else 0 */
str jv_str(const struct jv *);                               /* empty when not a string */
int64_t jv_int(const struct jv *);
double jv_real(const struct jv *);
bool jv_true(const struct jv *);
/* Members of an object in the file's order; false past the end:
 * for (void *at = NULL; jv_member(v, &at, &key, &value);) */
bool jv_member(const struct jv *, void **at, str *key, const struct jv **value);
void jv_copy(struct buf *, const struct jv *); /* written out again, compact, members in order, reals as below */

/* ---- writing: commas are minded by the writer ---- */
struct json_out {
    struct buf *b;
    int depth;
    bool comma[64];
    bool after_key;
    int indent; /* blanks per level; 0: compact */
};
struct json_out json_to(struct buf *, int indent);
void json_open(struct json_out *, char bracket);  /* '{' or '[' */
void json_close(struct json_out *, char bracket); /* '}' or ']' */
void json_key(struct json_out *, str key);
void json_put_str(struct json_out *, str);
void json_put_int(struct json_out *, int64_t);
void json_put_real(struct json_out *, double); /* shortest text that reads back to the same double */
void json_put_bool(struct json_out *, bool);
void json_put_null(struct json_out *);
void json_put_raw(struct json_out *, str already_json);

#endif
