#include "format/json.h"

#include <assert.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { FEW = 16, REAL_TEXT = 32 };

struct member;

struct json {
    enum json_type type;
    uint32_t n; /* of an array, object; JSON_BYTES_MAX keeps it small */
    union {
        bool truth;
        int64_t i;
        double real;
        str text;
        struct {
            const struct member *members; /* in the file's order; of an array, without keys */
            const uint32_t *by_key;       /* their order by key, in an object of more than FEW */
        };
    };
};

struct member {
    str key;
    const char *at; /* where the key stands, for the fault of a second one */
    struct json value;
};

/* ---- reading ---- */

struct parser {
    struct work *w;
    str name, bytes;
    const char *p, *end;
    struct arena *open;    /* for the members of containers not closed yet */
    struct member *stack;
    size_t n, room;
    int depth, values;
    enum err err;
};

/* Row and column, in characters, of a place in the bytes. */
static struct where place(const struct parser *j, const char *at)
{
    struct where where = {.file = j->name, .row = 1, .column = 1};
    for (const char *p = j->bytes.p; p < at; p++) {
        if (*p == '\n') {
            where.row++;
            where.column = 1;
        } else if ((*p & 0xC0) != 0x80) {
            where.column++;
        }
    }
    return where;
}

static bool refuse(struct parser *j, const char *at, str id, str arg)
{
    j->err = fault_note(j->w, INVALID, place(j, at), (const str[]){id, arg}, 2);
    return false;
}

static bool wrong(struct parser *j, str id)
{
    return refuse(j, j->p, j->p == j->end ? M("JSON: the text ends too early") : id, S(""));
}

static void skip_blanks(struct parser *j)
{
    while (j->p < j->end && (*j->p == ' ' || *j->p == '\n' || *j->p == '\r' || *j->p == '\t')) j->p++;
}

static bool next_is(struct parser *j, char c)
{
    if (j->p == j->end || *j->p != c) return false;
    j->p++;
    return true;
}

static bool hex4(struct parser *j, uint32_t *out)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++, j->p++) {
        if (j->p == j->end) return wrong(j, S(""));
        char c = *j->p;
        bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'f', upper = c >= 'A' && c <= 'F';
        if (!digit && !lower && !upper) return wrong(j, M("JSON: \\u needs four hexadecimal digits"));
        value = value << 4 | (uint32_t)(digit ? c - '0' : lower ? c - 'a' + 10 : c - 'A' + 10);
    }
    *out = value;
    return true;
}

static size_t encode(uint32_t c, char out[4])
{
    if (c < 0x80) return (size_t)(out[0] = (char)c, 1);
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char head[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(head[n] | c);
    return n;
}

static bool half_pair(struct parser *j, const char *at)
{
    return refuse(j, at, M("JSON: half of a surrogate pair stands alone"), S(""));
}

/* After "\u": one character, from two escapes when it lies beyond U+FFFF. */
static bool unicode_escape(struct parser *j, const char *at, char out[4], size_t *n)
{
    uint32_t c, low;
    if (!hex4(j, &c)) return false;
    if (c == 0) return refuse(j, at, M("JSON: a NUL in a string is refused"), S(""));
    if (c >= 0xD800 && c < 0xDC00) {
        if (!next_is(j, '\\') || !next_is(j, 'u')) return half_pair(j, at);
        if (!hex4(j, &low)) return false;
        if (low < 0xDC00 || low > 0xDFFF) return half_pair(j, at);
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c >= 0xDC00 && c <= 0xDFFF) {
        return half_pair(j, at);
    }
    *n = encode(c, out);
    return true;
}

static bool escape(struct parser *j, char out[4], size_t *n)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *at = j->p - 1;
    if (j->p == j->end) return wrong(j, S(""));
    if (next_is(j, 'u')) return unicode_escape(j, at, out, n);
    const char *hit = memchr(from, *j->p, sizeof from - 1);
    if (hit == NULL) return refuse(j, at, M("JSON: no such escape in a string"), S(""));
    out[0] = to[hit - from];
    *n = 1;
    j->p++;
    return true;
}

/* The closing quote of the string begun before from; whether there are escapes. */
static const char *string_end(struct parser *j, const char *from, bool *escapes)
{
    for (const char *p = from; p < j->end; p++) {
        if (*p == '"') return p;
        if (*p == '\\') {
            *escapes = true;
            p++;
        } else if ((unsigned char)*p < 0x20) {
            refuse(j, p, M("JSON: a control character in a string must be escaped"), S(""));
            return NULL;
        }
    }
    refuse(j, from - 1, M("JSON: the string begun here is never closed"), S(""));
    return NULL;
}

/* j->p stands after the opening quote. A string without escapes borrows from the bytes. */
static bool read_string(struct parser *j, str *out)
{
    bool escapes = false;
    const char *from = j->p, *close = string_end(j, from, &escapes);
    if (close == NULL) return false;
    if (!escapes) {
        *out = (str){from, (size_t)(close - from)};
        j->p = close + 1;
        return true;
    }
    char *text = arena_alloc(j->w->a, (size_t)(close - from)); /* an escape is never shorter than what it means */
    size_t n = 0, more = 0;
    while (j->p < close) {
        if (*j->p != '\\') {
            text[n++] = *j->p++;
            continue;
        }
        char c[4];
        j->p++;
        if (!escape(j, c, &more)) return false;
        memcpy(text + n, c, more);
        n += more;
    }
    j->p = close + 1;
    *out = (str){text, n};
    return true;
}

/* Cache: numbers are read and written alike whatever locale the process has. */
static locale_t plain_locale(void)
{
    static locale_t plain;
    if (plain == (locale_t)0) plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) abort();
    return plain;
}

static double real_of(const char *text)
{
    locale_t before = uselocale(plain_locale());
    double real = strtod(text, NULL);
    uselocale(before);
    return real;
}

static size_t digits(struct parser *j)
{
    const char *from = j->p;
    while (j->p < j->end && *j->p >= '0' && *j->p <= '9') j->p++;
    return (size_t)(j->p - from);
}

static bool read_number(struct parser *j, struct json *out)
{
    const char *from = j->p;
    bool whole = true;
    next_is(j, '-');
    if (!next_is(j, '0') && digits(j) == 0) return wrong(j, M("JSON: a value was expected here"));
    if (next_is(j, '.')) {
        whole = false;
        if (digits(j) == 0) return wrong(j, M("JSON: a digit was expected here"));
    }
    if (next_is(j, 'e') || next_is(j, 'E')) {
        whole = false;
        if (!next_is(j, '+')) next_is(j, '-');
        if (digits(j) == 0) return wrong(j, M("JSON: a digit was expected here"));
    }
    str text = {from, (size_t)(j->p - from)};
    if (whole) {
        out->type = JSON_INT;
        return str_to_int(text, &out->i) || refuse(j, from, M("JSON: the number %1 is out of range"), text);
    }
    out->type = JSON_REAL;
    struct arena_mark mark = arena_mark(j->w->a);
    out->real = real_of(str_c(j->w->a, text));
    arena_back(j->w->a, mark);
    return isfinite(out->real) || refuse(j, from, M("JSON: the number %1 is out of range"), text);
}

static bool read_word(struct parser *j, struct json *out)
{
    static const struct {
        str word;
        struct json value;
    } words[] = {
        {S_INIT("null"), {.type = JSON_NULL}},
        {S_INIT("true"), {.type = JSON_BOOL, .truth = true}},
        {S_INIT("false"), {.type = JSON_BOOL, .truth = false}},
    };
    str rest = {j->p, (size_t)(j->end - j->p)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts(rest, words[i].word)) continue;
        *out = words[i].value;
        j->p += words[i].word.n;
        return true;
    }
    return wrong(j, M("JSON: a value was expected here"));
}

static bool push(struct parser *j, const struct member *m)
{
    if (++j->values > JSON_VALUES_MAX)
        return refuse(j, j->p, M("JSON: more than %1 values"), str_int(j->w->a, JSON_VALUES_MAX));
    if (j->n == j->room) {
        size_t room = j->room == 0 ? 256 : j->room * 2;
        j->stack = arena_grow(j->open, j->stack, j->room * sizeof *j->stack, room * sizeof *j->stack);
        j->room = room;
    }
    j->stack[j->n++] = *m;
    return true;
}

static int by_key(const void *a, const void *b, void *members)
{
    const struct member *all = members, *x = &all[*(const uint32_t *)a], *y = &all[*(const uint32_t *)b];
    int c = str_cmp(x->key, y->key);
    return c != 0 ? c : (x > y) - (x < y);
}

static const struct member *second_of_few(const struct member *m, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(m[i].key, m[k].key)) return &m[i];
    return NULL;
}

static const struct member *second_of_many(struct parser *j, struct json *object)
{
    uint32_t *order = arena_array(j->w->a, object->n, sizeof *order);
    for (uint32_t i = 0; i < object->n; i++) order[i] = i;
    qsort_r(order, object->n, sizeof *order, by_key, (void *)(uintptr_t)object->members);
    object->by_key = order;
    for (uint32_t i = 1; i < object->n; i++)
        if (str_eq(object->members[order[i]].key, object->members[order[i - 1]].key)) return &object->members[order[i]];
    return NULL;
}

/* The members above `below` become the container's own. */
static bool close_container(struct parser *j, size_t below, enum json_type type, struct json *out)
{
    size_t n = j->n - below;
    struct member *own = arena_array(j->w->a, n, sizeof *own);
    if (n != 0) memcpy(own, j->stack + below, n * sizeof *own);
    j->n = below;
    j->depth--;
    *out = (struct json){.type = type, .n = (uint32_t)n, .members = own};
    if (type == JSON_ARRAY) return true;
    const struct member *second = n <= FEW ? second_of_few(own, n) : second_of_many(j, out);
    return second == NULL || refuse(j, second->at, M("JSON: the member '%1' occurs twice"), second->key);
}

static bool read_value(struct parser *j, struct json *out);

static bool read_member(struct parser *j, enum json_type type)
{
    struct member m = {.at = NULL};
    skip_blanks(j);
    if (type == JSON_OBJECT) {
        m.at = j->p;
        if (!next_is(j, '"')) return wrong(j, M("JSON: a name in quotes was expected here"));
        if (!read_string(j, &m.key)) return false;
        skip_blanks(j);
        if (!next_is(j, ':')) return wrong(j, M("JSON: ':' was expected here"));
    }
    return read_value(j, &m.value) && push(j, &m);
}

/* j->p stands after the bracket. */
static bool read_container(struct parser *j, enum json_type type, struct json *out)
{
    char close = type == JSON_ARRAY ? ']' : '}';
    size_t below = j->n;
    if (++j->depth > JSON_DEPTH_MAX)
        return refuse(j, j->p - 1, M("JSON: nested deeper than %1"), str_int(j->w->a, JSON_DEPTH_MAX));
    skip_blanks(j);
    if (next_is(j, close)) return close_container(j, below, type, out);
    for (;;) {
        if (!read_member(j, type)) return false;
        skip_blanks(j);
        if (next_is(j, close)) return close_container(j, below, type, out);
        if (next_is(j, ',')) continue;
        if (type == JSON_ARRAY) return wrong(j, M("JSON: ',' or ']' was expected here"));
        return wrong(j, M("JSON: ',' or '}' was expected here"));
    }
}

static bool read_value(struct parser *j, struct json *out)
{
    skip_blanks(j);
    *out = (struct json){.type = JSON_NULL};
    if (j->p < j->end && (*j->p == '-' || (*j->p >= '0' && *j->p <= '9'))) return read_number(j, out);
    if (next_is(j, '{')) return read_container(j, JSON_OBJECT, out);
    if (next_is(j, '[')) return read_container(j, JSON_ARRAY, out);
    if (!next_is(j, '"')) return read_word(j, out);
    out->type = JSON_STRING;
    return read_string(j, &out->text);
}

static bool read_text(struct parser *j, struct json *out)
{
    size_t bad = utf8_bad(j->bytes);
    if (bad < j->bytes.n) return refuse(j, j->bytes.p + bad, M("JSON: the bytes here are not good UTF-8"), S(""));
    if (str_starts(j->bytes, S("\xEF\xBB\xBF"))) j->p += 3;
    if (!read_value(j, out)) return false;
    skip_blanks(j);
    return j->p == j->end || wrong(j, M("JSON: something stands after the end of the value"));
}

static void free_open(void *open) { arena_free(open); }

enum err json_read(struct work *w, str name, str bytes, const struct json **out)
{
    if (bytes.n > JSON_BYTES_MAX) {
        struct where file = {.file = name};
        return fault_in(w, INVALID, file, M("JSON: larger than %1 bytes"), str_int(w->a, JSON_BYTES_MAX));
    }
    if (bytes.n == 0) bytes = S(""); /* an empty file has no address */
    struct parser j = {.w = w, .name = name, .bytes = bytes, .p = bytes.p, .end = bytes.p + bytes.n};
    struct json *value = arena_alloc(w->a, sizeof *value);
    j.open = arena_new(0); /* bounded by JSON_VALUES_MAX */
    bool read = read_text(&j, value);
    free_open(j.open);
    if (!read) return j.err;
    *out = value;
    return OK;
}

/* ---- looking ---- */

enum json_type json_type(const struct json *v) { return v == NULL ? JSON_NULL : v->type; }

const struct json *json_get(const struct json *v, const char *key)
{
    if (json_type(v) != JSON_OBJECT) return NULL;
    str wanted = str_of(key);
    if (v->by_key == NULL) {
        for (uint32_t i = 0; i < v->n; i++)
            if (str_eq(v->members[i].key, wanted)) return &v->members[i].value;
        return NULL;
    }
    for (uint32_t low = 0, high = v->n; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const struct member *m = &v->members[v->by_key[middle]];
        int c = str_cmp(wanted, m->key);
        if (c == 0) return &m->value;
        if (c < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

size_t json_size(const struct json *v)
{
    return json_type(v) == JSON_ARRAY || json_type(v) == JSON_OBJECT ? v->n : 0;
}

const struct json *json_at(const struct json *v, size_t i)
{
    return json_type(v) == JSON_ARRAY && i < v->n ? &v->members[i].value : NULL;
}

bool json_member(const struct json *v, size_t i, str *key, const struct json **value)
{
    if (json_type(v) != JSON_OBJECT || i >= v->n) return false;
    *key = v->members[i].key;
    *value = &v->members[i].value;
    return true;
}

str json_str(const struct json *v) { return json_type(v) == JSON_STRING ? v->text : S(""); }
bool json_true(const struct json *v) { return json_type(v) == JSON_BOOL && v->truth; }

double json_real(const struct json *v)
{
    if (json_type(v) == JSON_INT) return (double)v->i;
    return json_type(v) == JSON_REAL ? v->real : 0;
}

/* A whole number between -limit and limit, which an int64_t must hold. */
static bool whole(double real, double limit)
{
    return real > -limit && real < limit && real == (double)(int64_t)real;
}

/* A real counts as the whole number it is, else as none. */
int64_t json_int(const struct json *v)
{
    if (json_type(v) == JSON_INT) return v->i;
    return json_type(v) == JSON_REAL && whole(v->real, 9e18) ? (int64_t)v->real : 0;
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

void json_copy(struct buf *b, const struct json *v)
{
    bool object = json_type(v) == JSON_OBJECT;
    switch (json_type(v)) {
    case JSON_NULL: buf_add(b, S("null")); return;
    case JSON_BOOL: buf_add(b, v->truth ? S("true") : S("false")); return;
    case JSON_INT: buf_int(b, v->i); return;
    case JSON_REAL: add_real(b, v->real); return;
    case JSON_STRING: add_string(b, v->text); return;
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    buf_byte(b, object ? '{' : '[');
    for (uint32_t i = 0; i < v->n; i++) {
        if (i != 0) buf_byte(b, ',');
        if (object) add_string(b, v->members[i].key);
        if (object) buf_byte(b, ':');
        json_copy(b, &v->members[i].value);
    }
    buf_byte(b, object ? '}' : ']');
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
