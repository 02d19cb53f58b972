#include "share/stix_split.h"

#include "format/json.h"

struct scan {
    struct work *w;
    str name, bytes;
    size_t at;
};

static enum err ends_early(const struct scan *s)
{
    return fault_in(s->w, INVALID, ((struct where){.file = s->name}),
                    M("STIX: the text ends too early, or something else stands at byte %1"),
                    str_int(s->w->a, (int64_t)s->at + 1));
}

static char next(struct scan *s)
{
    while (s->at < s->bytes.n) {
        char c = s->bytes.p[s->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return c;
        s->at++;
    }
    return 0;
}

static enum err take(struct scan *s, char wanted)
{
    if (next(s) != wanted) return ends_early(s);
    s->at++;
    return OK;
}

static bool skip_string(struct scan *s)
{
    for (s->at++; s->at < s->bytes.n; s->at++) {
        char c = s->bytes.p[s->at];
        if (c == '\\')
            s->at++;
        else if (c == '"')
            return ++s->at <= s->bytes.n;
    }
    return false;
}

static bool ends_word(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static enum err too_deep(const struct scan *s)
{
    return fault_in(s->w, INVALID, ((struct where){.file = s->name}), M("STIX: nested deeper than %1, at byte %2"),
                    str_int(s->w->a, STIX_DEPTH_MAX), str_int(s->w->a, (int64_t)s->at + 1));
}

/* One value, whatever it is; its bytes to out. */
static enum err skip_value(struct scan *s, str *out)
{
    char c = next(s);
    size_t from = s->at, depth = 0;
    if (c != '{' && c != '[' && c != '"') {
        while (s->at < s->bytes.n && !ends_word(s->bytes.p[s->at])) s->at++;
        *out = str_sub(s->bytes, from, s->at);
        return s->at == from ? ends_early(s) : OK;
    }
    do {
        if (s->at >= s->bytes.n) return ends_early(s);
        c = s->bytes.p[s->at];
        if (c == '"') {
            if (!skip_string(s)) return ends_early(s);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (depth > STIX_DEPTH_MAX) return too_deep(s);
        s->at++;
    } while (depth != 0);
    *out = str_sub(s->bytes, from, s->at);
    return OK;
}

static enum err too_many(const struct scan *s)
{
    return fault_in(s->w, INVALID, ((struct where){.file = s->name}),
                    M("STIX: more than %1 objects; send them in several bundles"), str_int(s->w->a, STIX_OBJECTS_MAX));
}

/* From behind the bracket to the one that closes it. */
static enum err elements(struct scan *s, struct stix_split *out)
{
    size_t room = 0;
    if (next(s) == ']') return OK;
    for (;;) {
        str element;
        enum err e = skip_value(s, &element);
        if (e != OK) return e;
        if (out->n == STIX_OBJECTS_MAX) return too_many(s);
        out->object = arena_more(s->w->a, out->object, out->n, &room, sizeof *out->object);
        out->object[out->n++] = element;
        if (next(s) != ',') return next(s) == ']' ? OK : ends_early(s);
        s->at++;
    }
}

/* The members of the outermost object; where one is an array "objects", its place. */
static enum err members(struct scan *s, size_t *open, size_t *shut, struct stix_split *out)
{
    if (next(s) == '}') return OK;
    for (;;) {
        str key, value;
        if (next(s) != '"') return ends_early(s);
        enum err e = skip_value(s, &key);
        if (e == OK) e = take(s, ':');
        if (e != OK) return e;
        if (*open == 0 && str_eq(key, S("\"objects\"")) && next(s) == '[') {
            *open = ++s->at;
            e = elements(s, out);
            *shut = s->at++;
        } else {
            e = skip_value(s, &value);
        }
        if (e != OK) return e;
        if (next(s) != ',') return next(s) == '}' ? OK : ends_early(s);
        s->at++;
    }
}

/* An object of another type may have an array of that name. */
static enum err envelope(struct scan *s, size_t open, size_t shut, struct stix_split *out)
{
    struct work *w = s->w;
    if (open + (s->bytes.n - shut) > STIX_OBJECT_MAX)
        return fault_in(w, INVALID, ((struct where){.file = s->name}),
                        M("STIX: the bundle itself is larger than %1 bytes"), str_int(w->a, STIX_OBJECT_MAX));
    struct buf b = buf_in(w->a);
    const struct jv *v;
    buf_add(&b, str_sub(s->bytes, 0, open));
    buf_add(&b, str_sub(s->bytes, shut, s->bytes.n));
    out->envelope = buf_str(&b);
    enum err e = jv_read(w, s->name, out->envelope, &v);
    if (e != OK) return e;
    str type = jv_str(jv_get(v, "type"));
    if (jv_size(jv_get(v, "objects")) != 0) return ends_early(s);
    if (jv_get(v, "type") == NULL || str_eq(type, S("bundle"))) return OK;
    *out = (struct stix_split){.object = arena_array(w->a, 1, sizeof *out->object), .n = 1};
    out->object[0] = s->bytes;
    return OK;
}

enum err stix_split(struct work *w, str name, str bytes, struct stix_split *out)
{
    if (bytes.n > STIX_BUNDLE_MAX)
        return fault_in(w, INVALID, ((struct where){.file = name}),
                        M("STIX: larger than %1 bytes; send it in several bundles"), str_int(w->a, STIX_BUNDLE_MAX));
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
    struct scan s = {w, name, bytes, 0};
    struct stix_split found = {0};
    size_t open = 0, shut = 0;
    enum err e = take(&s, '{');
    if (e == OK) e = members(&s, &open, &shut, &found);
    if (e == OK) e = take(&s, '}');
    (void)next(&s);
    if (e == OK && s.at < s.bytes.n) e = ends_early(&s);
    if (e == OK && open != 0) e = envelope(&s, open, shut, &found);
    if (e != OK) return e;
    if (open == 0) {
        found = (struct stix_split){.object = arena_array(w->a, 1, sizeof *found.object), .n = 1};
        found.object[0] = bytes;
    }
    *out = found;
    return OK;
}
