#include "web/json_body.h"

#include "base/hash.h"
#include "format/form.h"
#include "format/json.h"

/* ---- base64 ---- */

static int digit64(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Three bytes of four digits; the last group may end in one or two '='. Bits that no byte takes must be 0, so that one
 * file has one text. */
static bool group64(const char *p, bool last, unsigned char *out, size_t *n)
{
    size_t pads = !last ? 0 : p[3] != '=' ? 0 : p[2] != '=' ? 1 : 2;
    unsigned bits = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = i >= 4 - pads ? 0 : digit64(p[i]);
        if (digit < 0) return false;
        bits = bits << 6 | (unsigned)digit;
    }
    if (bits & ((1U << (8 * pads)) - 1)) return false;
    for (size_t i = 0; i < 3 - pads; i++) out[(*n)++] = (unsigned char)(bits >> (16 - 8 * i));
    return true;
}

bool base64_decode(struct arena *a, str text, str *out)
{
    if (text.n % 4 != 0) return false;
    unsigned char *to = arena_alloc(a, text.n / 4 * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i += 4)
        if (!group64(text.p + i, i + 4 == text.n, to, &n)) return false;
    *out = (str){(const char *)to, n};
    return true;
}

/* ---- JSON ---- */

struct giving {
    struct work *w;
    struct given *given;
    size_t n, room;
};

static struct where at_field(str name) { return (struct where){.field = str_sub(name, 0, CODE_MAX)}; }

static enum err give(struct giving *g, struct given one)
{
    if (g->n == PARAM_VALUES_MAX) return fault(g->w, INVALID, M("more than 10,000 values were given"));
    if (g->n == g->room) {
        size_t room = g->room == 0 ? 32 : g->room * 2;
        g->given = arena_grow(g->w->a, g->given, g->n * sizeof one, room * sizeof one);
        g->room = room;
    }
    g->given[g->n++] = one;
    return OK;
}

static enum err give_scalar(struct giving *g, str name, const struct jv *v)
{
    struct buf b = buf_in(g->w->a);
    switch (jv_type(v)) {
    case JV_NULL:
        return OK;
    case JV_STRING:
        return give(g, (struct given){.name = name, .text = jv_str(v)});
    case JV_BOOL:
        return give(g, (struct given){.name = name, .text = jv_true(v) ? S("1") : S("0")});
    case JV_INT:
    case JV_REAL:
        jv_copy(&b, v);
        return give(g, (struct given){.name = name, .text = buf_str(&b)});
    default:
        return fault_in(g->w, INVALID, at_field(name), M("JSON: a text, a number, true or false is wanted here"));
    }
}

static enum err give_file(struct giving *g, str name, const struct jv *v)
{
    bool shaped = jv_type(jv_get(v, "name")) == JV_STRING && jv_type(jv_get(v, "base64")) == JV_STRING;
    if (!shaped) return fault_in(g->w, INVALID, at_field(name), M("JSON: a file is {\"name\": …, \"base64\": …}"));
    struct file *file = arena_alloc(g->w->a, sizeof *file);
    file->name = jv_str(jv_get(v, "name"));
    if (!base64_decode(g->w->a, jv_str(jv_get(v, "base64")), &file->bytes))
        return fault_in(g->w, INVALID, at_field(name), M("JSON: the base64 of this file is damaged"));
    file->sha256 = sha256_hex(g->w->a, file->bytes);
    return give(g, (struct given){.name = name, .file = file});
}

static enum err give_one(struct giving *g, const struct param *p, str name, const struct jv *v)
{
    bool file = p != NULL && p->type == P_FILE && jv_type(v) == JV_OBJECT;
    return file ? give_file(g, name, v) : give_scalar(g, name, v);
}

static enum err give_any(struct giving *g, const struct param *p, str name, const struct jv *v)
{
    if (jv_type(v) != JV_ARRAY) return give_one(g, p, name, v);
    for (size_t i = 0; i < jv_size(v); i++) {
        enum err err = give_one(g, p, name, jv_at(v, i));
        if (err != OK) return err;
    }
    return OK;
}

static enum err give_map(struct giving *g, const struct param *p, const struct jv *v)
{
    str key;
    const struct jv *value;
    for (void *at = NULL; jv_member(v, &at, &key, &value);) {
        str name = str_fmt(g->w->a, "%s.%.*s", p->name, STR_ARG(key));
        enum err err = give_any(g, p, name, value);
        if (err != OK) return err;
    }
    return OK;
}

/* A MAP is known to param_find by its members' names only. */
static const struct param *param_named(const struct entry *e, str name)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if (str_eq(str_of(p->name), name)) return p;
    return param_find(e, name);
}

enum err json_body_read(struct work *w, const struct entry *e, str body, struct given **out, size_t *n)
{
    const struct jv *v = NULL, *value;
    enum err err = jv_read(w, S(""), body, &v);
    if (err != OK) return err;
    if (jv_type(v) != JV_OBJECT) return fault(w, INVALID, M("JSON: an object of parameters is wanted"));
    struct giving g = {.w = w};
    str key;
    for (void *at = NULL; err == OK && jv_member(v, &at, &key, &value);) {
        const struct param *p = param_named(e, key);
        bool map = p != NULL && (p->flags & MAP) && str_eq(key, str_of(p->name)) && jv_type(value) == JV_OBJECT;
        err = map ? give_map(&g, p, value) : give_any(&g, p, key, value);
    }
    if (err != OK) return err;
    *out = g.given;
    *n = g.n;
    return OK;
}

/* ---- forms ---- */

static struct given *given_of(struct work *w, const struct form_fields *fields)
{
    struct given *given = arena_array(w->a, fields->n, sizeof *given);
    for (size_t i = 0; i < fields->n; i++) {
        const struct form_field *f = &fields->field[i];
        given[i].name = f->name;
        if (!f->is_file) {
            given[i].text = f->value;
            continue;
        }
        struct file *file = arena_alloc(w->a, sizeof *file);
        *file = (struct file){f->file_name, f->value, sha256_hex(w->a, f->value)};
        given[i].file = file;
    }
    return given;
}

enum err form_read(struct work *w, str query_or_body, struct given **out, size_t *n)
{
    struct form_fields fields;
    enum err err = form_fields(w, query_or_body, &fields);
    if (err != OK) return err;
    *out = given_of(w, &fields);
    *n = fields.n;
    return OK;
}

enum err multipart_read(struct work *w, str content_type, str body, struct given **out, size_t *n)
{
    struct form_fields fields;
    enum err err = multipart_fields(w, content_type, body, &fields);
    if (err != OK) return err;
    *out = given_of(w, &fields);
    *n = fields.n;
    return OK;
}
