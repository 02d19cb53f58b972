/* What reading and writing share: our properties, labels, statements as text with their parameters. */
#include "standard/oscal.h"

/* ---- properties, labels, parts ---- */
bool oscal_ours(const struct jv *x) { return str_eq(jv_str(jv_get(x, "ns")), OSCAL_NS); }

bool oscal_named(const struct jv *part, str name) { return str_eq(jv_str(jv_get(part, "name")), name); }

str oscal_prop(const struct jv *thing, str name)
{
    const struct jv *props = jv_get(thing, "props");
    for (size_t i = 0; i < jv_size(props); i++) {
        const struct jv *p = jv_at(props, i);
        if (oscal_ours(p) && oscal_named(p, name)) return jv_str(jv_get(p, "value"));
    }
    return (str){NULL, 0};
}

const struct jv *oscal_translation(const struct jv *thing)
{
    const struct jv *parts = jv_get(thing, "parts");
    for (size_t i = 0; i < jv_size(parts); i++) {
        const struct jv *p = jv_at(parts, i);
        if (oscal_ours(p) && oscal_named(p, OSCAL_TRANSLATION)) return p;
    }
    return NULL;
}

/* Catalogues give several: "AC-1" and, with a class, "AC-01". */
str oscal_label(const struct jv *thing)
{
    const struct jv *props = jv_get(thing, "props"), *first = NULL;
    for (size_t i = 0; i < jv_size(props); i++) {
        const struct jv *p = jv_at(props, i);
        if (oscal_ours(p) || !oscal_named(p, S("label"))) continue;
        if (jv_get(p, "class") == NULL) return jv_str(jv_get(p, "value"));
        if (first == NULL) first = p;
    }
    return jv_str(jv_get(first, "value"));
}

/* ---- values as they were read ---- */
void oscal_put(struct json_out *o, const struct jv *x)
{
    str key;
    const struct jv *value;
    switch (jv_type(x)) {
    case JV_NULL:
        json_put_null(o);
        break;
    case JV_BOOL:
        json_put_bool(o, jv_true(x));
        break;
    case JV_INT:
        json_put_int(o, jv_int(x));
        break;
    case JV_REAL:
        json_put_real(o, jv_real(x));
        break;
    case JV_STRING:
        json_put_str(o, jv_str(x));
        break;
    case JV_ARRAY:
        json_open(o, '[');
        for (size_t i = 0; i < jv_size(x); i++) oscal_put(o, jv_at(x, i));
        json_close(o, ']');
        break;
    case JV_OBJECT:
        json_open(o, '{');
        for (void *at = NULL; jv_member(x, &at, &key, &value);) {
            json_key(o, key);
            oscal_put(o, value);
        }
        json_close(o, '}');
        break;
    }
}

static bool among(str key, const str *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(key, list[i])) return true;
    }
    return false;
}

static bool may_hold_ours(str key, const struct jv *value)
{
    return jv_type(value) == JV_ARRAY && (str_eq(key, S("props")) || str_eq(key, S("parts")));
}

static size_t foreign(const struct jv *list)
{
    size_t n = 0;
    for (size_t i = 0; i < jv_size(list); i++) n += !oscal_ours(jv_at(list, i));
    return n;
}

str oscal_extra(struct arena *a, const struct jv *thing, const str *but, size_t n)
{
    struct buf b = buf_in(a);
    struct json_out o = json_to(&b, 0);
    str key;
    const struct jv *value;
    size_t kept = 0;
    json_open(&o, '{');
    for (void *at = NULL; jv_member(thing, &at, &key, &value);) {
        bool mixed = may_hold_ours(key, value);
        if (among(key, but, n) || (mixed && foreign(value) == 0)) continue;
        kept++;
        json_key(&o, key);
        if (!mixed) {
            oscal_put(&o, value);
            continue;
        }
        json_open(&o, '[');
        for (size_t k = 0; k < jv_size(value); k++) {
            if (!oscal_ours(jv_at(value, k))) oscal_put(&o, jv_at(value, k));
        }
        json_close(&o, ']');
    }
    json_close(&o, '}');
    return kept == 0 ? S("") : buf_str(&b);
}

/* ---- parameters ---- */
struct param_at {
    str id, path;
    const struct jv *json;
};
struct oscal_params {
    struct arena *a;
    struct param_at *v;
    size_t n, room;
};

struct oscal_params *oscal_params_new(struct arena *a)
{
    struct oscal_params *p = arena_alloc(a, sizeof *p);
    p->a = a;
    return p;
}

void oscal_params_add(struct oscal_params *p, const struct jv *params, str path)
{
    for (size_t i = 0; i < jv_size(params); i++) {
        if (p->n == p->room) {
            size_t room = p->room == 0 ? 64 : 2 * p->room;
            p->v = arena_grow(p->a, p->v, p->room * sizeof *p->v, room * sizeof *p->v);
            p->room = room;
        }
        const struct jv *x = jv_at(params, i);
        p->v[p->n++] = (struct param_at){jv_str(jv_get(x, "id")), path, x};
    }
}

static int param_cmp(const void *a, const void *b)
{
    const struct param_at *x = a, *y = b;
    int c = str_cmp(x->id, y->id);
    return c != 0 ? c : str_cmp(x->path, y->path);
}

void oscal_params_sort(struct work *w, struct oscal_params *p, str file)
{
    if (p->n != 0) qsort(p->v, p->n, sizeof *p->v, param_cmp);
    for (size_t i = 0; i < p->n; i++) {
        struct where at = {.file = file, .field = p->v[i].path};
        if (p->v[i].id.n == 0)
            (void)fault_in(w, INVALID, at, M("a parameter without an id"));
        else if (i > 0 && str_eq(p->v[i].id, p->v[i - 1].id)) {
            (void)fault_in(w, INVALID, at, M("parameter '%1' occurs twice"), p->v[i].id);
        }
    }
}

static const struct jv *param_named(const struct oscal_params *p, str id)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(p->v[mid].id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n && str_eq(p->v[lo].id, id) ? p->v[lo].json : NULL;
}

/* ---- prose ---- */
struct prose { /* being written */
    struct work *w;
    const struct oscal_params *params;
    struct buf b;
    struct where where;
    bool failed;
};
struct within { /* the parameters now being written out, innermost first */
    const struct jv *param;
    const struct within *outer;
};

static void prose_fail(struct prose *p, str words, str arg)
{
    if (!p->failed) (void)fault_in(p->w, INVALID, p->where, words, arg);
    p->failed = true;
}

static void prose_add(struct prose *p, str s)
{
    if (p->failed) return;
    if (p->b.n + s.n > TEXT_MAX)
        prose_fail(p, M("the statement is longer than 64 kB when its parameters are written out"), S(""));
    else
        buf_add(&p->b, s);
}

static void prose_insert(struct prose *p, str text, const struct within *in);

static void param_choices(struct prose *p, const struct jv *select, const struct within *in)
{
    const struct jv *choices = jv_get(select, "choice");
    str how = jv_str(jv_get(select, "how-many"));
    prose_add(p, S("[Selection"));
    if (how.n != 0 && !str_eq(how, S("one"))) {
        prose_add(p, S(" ("));
        prose_add(p, how);
        prose_add(p, S(")"));
    }
    for (size_t i = 0; !p->failed && i < jv_size(choices); i++) {
        prose_add(p, i == 0 ? S(": ") : S("; "));
        prose_insert(p, jv_str(jv_at(choices, i)), in);
    }
    prose_add(p, S("]"));
}

static void param_write(struct prose *p, str id, const struct jv *param, const struct within *outer)
{
    struct within in = {param, outer};
    for (const struct within *o = outer; o != NULL; o = o->outer) {
        if (o->param != param) continue;
        prose_fail(p, M("parameter '%1' holds itself"), id);
        return;
    }
    const struct jv *values = jv_get(param, "values"), *select = jv_get(param, "select");
    for (size_t i = 0; !p->failed && i < jv_size(values); i++) {
        if (i != 0) prose_add(p, S(", "));
        prose_insert(p, jv_str(jv_at(values, i)), &in);
    }
    if (jv_size(values) != 0) return;
    if (select != NULL) {
        param_choices(p, select, &in);
        return;
    }
    str label = jv_str(jv_get(param, "label"));
    prose_add(p, S("[Assignment: "));
    prose_insert(p, label.n == 0 ? id : label, &in);
    prose_add(p, S("]"));
}

/* "insert: param, ac-1_prm_1": the id; anything else between the braces is prose. */
static bool insert_param(str inner, str *id)
{
    str what = str_trim(inner), kind;
    if (!str_starts(what, S("insert:"))) return false;
    str rest = str_sub(what, 7, what.n);
    if (!str_cut(&rest, ',', &kind) || rest.p == NULL || !str_eq(str_trim(kind), S("param"))) return false;
    *id = str_trim(rest);
    return true;
}

static void prose_insert(struct prose *p, str text, const struct within *in)
{
    while (!p->failed) {
        ptrdiff_t open = str_find(text, S("{{"));
        ptrdiff_t close = open < 0 ? -1 : str_find(str_sub(text, (size_t)open, text.n), S("}}"));
        if (open < 0 || close < 0) break;
        size_t end = (size_t)open + (size_t)close + 2;
        str id;
        prose_add(p, str_sub(text, 0, (size_t)open));
        if (insert_param(str_sub(text, (size_t)open + 2, end - 2), &id)) {
            const struct jv *param = param_named(p->params, id);
            if (param == NULL)
                prose_fail(p, M("unknown parameter '%1'"), id);
            else
                param_write(p, id, param, in);
        } else {
            prose_add(p, str_sub(text, (size_t)open, end));
        }
        text = str_sub(text, end, text.n);
    }
    prose_add(p, text);
}

static void part_write(struct prose *p, const struct jv *part, int depth)
{
    str text = jv_str(jv_get(part, "prose")), label = depth == 0 ? S("") : oscal_label(part);
    const struct jv *parts = jv_get(part, "parts");
    if (text.n != 0 || label.n != 0) {
        if (p->b.n != 0) prose_add(p, S("\n"));
        for (int i = 1; i < depth; i++) prose_add(p, S("  "));
        prose_add(p, label);
        if (label.n != 0 && text.n != 0) prose_add(p, S(" "));
        prose_insert(p, text, NULL);
    }
    for (size_t i = 0; !p->failed && i < jv_size(parts); i++) part_write(p, jv_at(parts, i), depth + 1);
}

str oscal_statement(struct work *w, const struct oscal_params *params, const struct jv *parts, struct where where)
{
    struct prose p = {.w = w, .params = params, .b = buf_in(w->a), .where = where};
    for (size_t i = 0; !p.failed && i < jv_size(parts); i++) {
        if (oscal_named(jv_at(parts, i), S("statement"))) part_write(&p, jv_at(parts, i), 0);
    }
    return buf_str(&p.b);
}
