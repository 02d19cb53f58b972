#include "format/json.h"

#include <assert.h>
#include <float.h>
#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { REAL_TEXT = 32 };

/* ---- reading ---- */

/* A struct jv is jansson's value under another name; jansson takes no const, but looking changes nothing. */
static json_t *of(const struct jv *v) { return (json_t *)(uintptr_t)v; }
static const struct jv *as(const json_t *v) { return (const struct jv *)v; }

/* Row and column, in characters, of a place in the bytes. */
static struct where place(str name, str bytes, size_t at)
{
    struct where where = {.file = name, .row = 1, .column = 1};
    for (size_t i = 0; i < at; i++) {
        if (bytes.p[i] == '\n') {
            where.row++;
            where.column = 1;
        } else if ((bytes.p[i] & 0xC0) != 0x80) {
            where.column++;
        }
    }
    return where;
}

/* Before anything is built: jansson would hold a hundred bytes and more for every "[" of a hostile file, and its own
 * limit of depth (2048) is more than those who walk the tree expect. In text that is not JSON the count may be wrong,
 * and the text is refused one way or the other. */
static enum err within_limits(struct work *w, str name, str bytes)
{
    bool quoted = false;
    int depth = 0, values = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '"') quoted = !quoted;
        if (c == '\\') i++;
        if (quoted) continue;
        bool opens = c == '[' || c == '{';
        depth += opens - (c == ']' || c == '}');
        values += opens || c == ',';
        if (depth <= JSON_DEPTH_MAX && values <= JSON_VALUES_MAX) continue;
        bool deep = depth > JSON_DEPTH_MAX;
        str id = deep ? M("JSON: nested deeper than %1") : M("JSON: more than %1 values");
        return fault_in(w, INVALID, place(name, bytes, i), id,
                        str_int(w->a, deep ? JSON_DEPTH_MAX : JSON_VALUES_MAX));
    }
    return OK;
}

/* jansson stops behind the word it could not take and quotes it raw; row and column tell as much. */
static enum err refuse(struct work *w, str name, const json_error_t *error)
{
    static const struct {
        enum json_error_code code;
        str id;
    } told[] = {
        {json_error_premature_end_of_input, N("JSON: the text ends too early")},
        {json_error_end_of_input_expected, N("JSON: something stands after the end of the value")},
        {json_error_null_character, N("JSON: a NUL in a string is refused")},
        {json_error_null_byte_in_key, N("JSON: a NUL in a string is refused")},
        {json_error_duplicate_key, N("JSON: this name occurs twice in its object")},
        {json_error_numeric_overflow, N("JSON: the number here is out of range")},
    };
    struct where where = {.file = name, .row = error->line, .column = error->column > 0 ? error->column : 1};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i].code == json_error_code(error)) return fault_in(w, INVALID, where, told[i].id);
    const char *quoted = strstr(error->text, " near ");
    str reason = str_of(error->text);
    if (quoted != NULL) reason.n = (size_t)(quoted - error->text);
    return fault_in(w, INVALID, where, M("JSON: not well formed here (%1)"), reason);
}

static void let_go(void *tree) { json_decref(tree); }

enum err jv_read(struct work *w, str name, str bytes, const struct jv **out)
{
    struct where file = {.file = name};
    if (bytes.n > JSON_BYTES_MAX)
        return fault_in(w, INVALID, file, M("JSON: larger than %1 bytes"), str_int(w->a, JSON_BYTES_MAX));
    if (bytes.n == 0) bytes = S(""); /* an empty file has no address */
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
    size_t bad = utf8_bad(bytes);
    if (bad < bytes.n)
        return fault_in(w, INVALID, place(name, bytes, bad), M("JSON: the bytes here are not good UTF-8"));
    enum err e = within_limits(w, name, bytes);
    if (e != OK) return e;
    json_error_t error;
    json_set_alloc_funcs(arena_malloc, free); /* for the whole process, and the same each time */
    json_t *tree = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (tree == NULL) return refuse(w, name, &error);
    arena_closer(w->a, let_go, tree);
    *out = as(tree);
    return OK;
}

/* ---- looking: jansson's own calls answer NULL, 0 or nothing for a NULL and for another type ---- */

enum jv_type jv_type(const struct jv *v)
{
    static const enum jv_type types[] = {
        [JSON_OBJECT] = JV_OBJECT, [JSON_ARRAY] = JV_ARRAY, [JSON_STRING] = JV_STRING, [JSON_INTEGER] = JV_INT,
        [JSON_REAL] = JV_REAL,     [JSON_TRUE] = JV_BOOL,   [JSON_FALSE] = JV_BOOL,    [JSON_NULL] = JV_NULL,
    };
    return v == NULL ? JV_NULL : types[json_typeof(of(v))];
}

const struct jv *jv_get(const struct jv *v, const char *key) { return as(json_object_get(of(v), key)); }
const struct jv *jv_at(const struct jv *v, size_t i) { return as(json_array_get(of(v), i)); }
size_t jv_size(const struct jv *v) { return json_array_size(of(v)) + json_object_size(of(v)); }

bool jv_member(const struct jv *v, void **at, str *key, const struct jv **value)
{
    void *next = *at == NULL ? json_object_iter(of(v)) : json_object_iter_next(of(v), *at);
    if (next == NULL) return false;
    *at = next;
    *key = (str){json_object_iter_key(next), json_object_iter_key_len(next)};
    *value = as(json_object_iter_value(next));
    return true;
}

str jv_str(const struct jv *v)
{
    return jv_type(v) == JV_STRING ? (str){json_string_value(of(v)), json_string_length(of(v))} : S("");
}

bool jv_true(const struct jv *v) { return json_is_true(of(v)); }
double jv_real(const struct jv *v) { return json_number_value(of(v)); }

/* A whole number between -limit and limit, which an int64_t must hold. */
static bool whole(double real, double limit)
{
    return real > -limit && real < limit && real == (double)(int64_t)real;
}

/* A real counts as the whole number it is, else as none. */
int64_t jv_int(const struct jv *v)
{
    if (jv_type(v) == JV_INT) return json_integer_value(of(v));
    return whole(jv_real(v), 9e18) ? (int64_t)jv_real(v) : 0;
}

/* ---- writing ---- */

static void add_escaped(struct buf *b, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *hit = memchr(from, c, sizeof from - 1);
    if (hit == NULL) {
        buf_fmt(b, "\\u%04x", c);
        return;
    }
    buf_byte(b, '\\');
    buf_byte(b, to[hit - from]);
}

static void add_string(struct buf *b, str s)
{
    size_t from = 0;
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
        buf_add(b, str_sub(s, from, i));
        add_escaped(b, c);
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.n));
    buf_byte(b, '"');
}

/* Cache: reals are written alike whatever locale the process has. */
static locale_t plain_locale(void)
{
    static locale_t plain;
    if (plain == (locale_t)0) plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) abort();
    return plain;
}

/* 15 digits are always kept by a double (fewer below DBL_MIN), 17 always tell it; JSON has no infinity and no NaN. A
 * whole value is written as such, without point or exponent, below 2^53. */
static void add_real(struct buf *b, double real)
{
    if (!isfinite(real)) {
        buf_add(b, S("null"));
        return;
    }
    if (whole(real, 9007199254740992.0)) {
        buf_int(b, (int64_t)real);
        return;
    }
    char text[REAL_TEXT];
    locale_t before = uselocale(plain_locale());
    for (int digit = fabs(real) < DBL_MIN ? 1 : 15; digit <= 17; digit++) {
        snprintf(text, sizeof text, "%.*g", digit, real);
        if (strtod(text, NULL) == real) break;
    }
    uselocale(before);
    buf_add(b, str_of(text));
}

void jv_copy(struct buf *b, const struct jv *v)
{
    bool first = true;
    str key;
    const struct jv *value;
    switch (jv_type(v)) {
    case JV_NULL: buf_add(b, S("null")); return;
    case JV_BOOL: buf_add(b, jv_true(v) ? S("true") : S("false")); return;
    case JV_INT: buf_int(b, jv_int(v)); return;
    case JV_REAL: add_real(b, jv_real(v)); return;
    case JV_STRING: add_string(b, jv_str(v)); return;
    case JV_ARRAY:
        buf_byte(b, '[');
        for (size_t i = 0; i < jv_size(v); i++) {
            if (i != 0) buf_byte(b, ',');
            jv_copy(b, jv_at(v, i));
        }
        buf_byte(b, ']');
        return;
    case JV_OBJECT:
        buf_byte(b, '{');
        for (void *at = NULL; jv_member(v, &at, &key, &value); first = false) {
            if (!first) buf_byte(b, ',');
            add_string(b, key);
            buf_byte(b, ':');
            jv_copy(b, value);
        }
        buf_byte(b, '}');
    }
}

struct json_out json_to(struct buf *b, int indent) { return (struct json_out){.b = b, .indent = indent}; }

static void new_line(struct json_out *o)
{
    if (o->indent == 0) return;
    buf_byte(o->b, '\n');
    for (int i = 0; i < o->indent * o->depth; i++) buf_byte(o->b, ' ');
}

/* Before a name, or a value that is no member's: the comma and the line. */
static void begin(struct json_out *o)
{
    if (o->after_key) {
        o->after_key = false;
        return;
    }
    if (o->comma[o->depth]) buf_byte(o->b, ',');
    if (o->depth > 0) new_line(o);
    o->comma[o->depth] = true;
}

void json_open(struct json_out *o, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    begin(o);
    buf_byte(o->b, bracket);
    o->depth++;
    assert((size_t)o->depth < sizeof o->comma / sizeof *o->comma);
    o->comma[o->depth] = false;
}

void json_close(struct json_out *o, char bracket)
{
    assert(o->depth > 0 && (bracket == '}' || bracket == ']'));
    bool any = o->comma[o->depth--];
    if (any) new_line(o);
    buf_byte(o->b, bracket);
}

void json_key(struct json_out *o, str key)
{
    assert(!o->after_key);
    begin(o);
    add_string(o->b, key);
    buf_add(o->b, o->indent == 0 ? S(":") : S(": "));
    o->after_key = true;
}

void json_put_str(struct json_out *o, str s)
{
    begin(o);
    add_string(o->b, s);
}

void json_put_int(struct json_out *o, int64_t i)
{
    begin(o);
    buf_int(o->b, i);
}

void json_put_real(struct json_out *o, double real)
{
    begin(o);
    add_real(o->b, real);
}

void json_put_bool(struct json_out *o, bool truth) { json_put_raw(o, truth ? S("true") : S("false")); }
void json_put_null(struct json_out *o) { json_put_raw(o, S("null")); }

void json_put_raw(struct json_out *o, str already_json)
{
    begin(o);
    buf_add(o->b, already_json);
}
