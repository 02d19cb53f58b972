/* JSON (RFC 8259): read into a tree in the arena, written by appending to a buf.
 *
 * Refused with row and column: bad UTF-8, a NUL, half a surrogate pair, a name that occurs twice in an object, a whole
 * number beyond 64 bits, a real beyond double, anything after the value, more than the limits below. */
#ifndef MEGURI_FORMAT_JSON_H
#define MEGURI_FORMAT_JSON_H

#include "base/work.h"

enum { JSON_BYTES_MAX = 256 << 20, JSON_VALUES_MAX = 2 << 20, JSON_DEPTH_MAX = 200 };

/* A value read; lives in w->a. Its strings may borrow from bytes, which must live as long. */
struct json;
enum json_type { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
enum err json_read(struct work *w, str name, str bytes, const struct json **out) MUST_USE; /* faults: row and column */
enum json_type json_type(const struct json *); /* NULL pointer is JSON_NULL: look-ups can be chained */
const struct json *json_get(const struct json *, const char *key); /* NULL when absent or not an object */
const struct json *json_at(const struct json *, size_t i);
size_t json_size(const struct json *);                              /* of an array or object; else 0 */
str json_str(const struct json *);                                  /* empty when not a string */
int64_t json_int(const struct json *);
double json_real(const struct json *);
bool json_true(const struct json *);
/* Members of an object in the file's order; false past the end. */
bool json_member(const struct json *, size_t i, str *key, const struct json **value);
void json_copy(struct buf *, const struct json *); /* written out again, compact, members in order */

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
