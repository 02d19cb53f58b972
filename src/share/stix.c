#include "share/stix_split.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/uuid.h"
#include "format/json.h"
#include "share/stix_mark.h"

/* ---- what each type has to have (STIX 2.1, §3.1, §3.2, §7) ---- */

enum { TIMES_BOTH, TIMES_CREATED, TIMES_NONE, TIMES_FREE };
static const struct {
    const char *words;
    int times;
} kinds[] = {
    {" attack-pattern campaign course-of-action grouping identity incident indicator infrastructure intrusion-set "
     "location malware malware-analysis note "
     "observed-data opinion report threat-actor tool vulnerability relationship sighting extension-definition "
     "language-content ",
     TIMES_BOTH},
    {" marking-definition ", TIMES_CREATED},
    {" artifact autonomous-system directory domain-name email-addr email-message file ipv4-addr ipv6-addr mac-addr "
     "mutex network-traffic process software url "
     "user-account windows-registry-key x509-certificate ",
     TIMES_NONE},
};

static int times_of(struct arena *a, str type)
{
    str word = str_fmt(a, " %.*s ", STR_ARG(type));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_find(str_of(kinds[i].words), word) >= 0) return kinds[i].times;
    return TIMES_FREE; /* a type of somebody's own may be of either sort */
}

struct reading {
    struct work *w;
    struct work inner; /* its arena is emptied after each object */
    str name;
    bool alone; /* no bundle, but one object */
    size_t place;
    struct stix_object *out;
    struct marks marks;
};

static enum err wrong(struct reading *r, const char *field, str what, str id, str value)
{
    str file = str_fmt(r->w->a, "%.*s#%zu", STR_ARG(r->name), r->place + 1);
    return fault_in(r->w, INVALID, ((struct where){.file = file, .field = str_of(field)}), what, id,
                    utf8_head(value, STIX_ID_MAX));
}

static bool type_good(str t)
{
    for (size_t i = 0; i < t.n; i++)
        if (!((t.p[i] >= 'a' && t.p[i] <= 'z') || (t.p[i] >= '0' && t.p[i] <= '9') || t.p[i] == '-')) return false;
    return t.n >= 3;
}

static enum err read_id(struct reading *r, const struct jv *v, struct stix_object *o)
{
    str type = jv_str(jv_get(v, "type")), id = jv_str(jv_get(v, "id"));
    if (str_eq(type, S("bundle")) && (!r->alone || jv_get(v, "objects") != NULL))
        return wrong(r, "objects", M("STIX: the objects of a bundle would be a list, and no bundle stands in another"),
                     id, S(""));
    if (!type_good(type))
        return wrong(r, "type", M("STIX: '%2' is no type of an object (a-z, 0-9 and hyphens, at least three)"), id,
                     type);
    if (id.n > STIX_ID_MAX || !str_starts(id, type) || !str_starts(str_sub(id, type.n, id.n), S("--")) ||
        !uuid_valid(str_sub(id, type.n + 2, id.n)))
        return wrong(r, "id", M("STIX: '%2' is no id of this object: it would be its type, two hyphens and a UUID"), id,
                     id);
    o->type = type;
    o->id = id;
    return OK;
}

bool stix_time(str text, int64_t *micros)
{
    int64_t seconds, part = 0, unit = 1000000;
    if (text.n < 20 || text.p[text.n - 1] != 'Z') return false;
    str parts = str_sub(text, 19, text.n - 1);
    if (parts.n != 0 && (parts.p[0] != '.' || parts.n < 2 || parts.n > 7)) return false;
    for (size_t i = 1; i < parts.n; i++) {
        if (parts.p[i] < '0' || parts.p[i] > '9') return false;
        unit /= 10;
        part += (parts.p[i] - '0') * unit;
    }
    char whole[20];
    for (size_t i = 0; i < 19; i++) whole[i] = text.p[i];
    whole[19] = 'Z';
    if (whole[4] != '-' || !time_parse((str){whole, sizeof whole}, &seconds)) return false;
    *micros = seconds * 1000000 + part;
    return true;
}

static enum err read_times(struct reading *r, const struct jv *v, struct stix_object *o)
{
    static const char *const names[] = {"created", "modified"};
    int64_t at[2] = {0, 0};
    int times = times_of(r->inner.a, o->type);
    for (int i = 0; i < 2; i++) {
        const struct jv *t = jv_get(v, names[i]);
        bool must = times == TIMES_BOTH || (times == TIMES_CREATED && i == 0);
        if (t == NULL && must)
            return wrong(r, names[i], M("STIX: %1 has no such time, and an object of its type has one"), o->id, S(""));
        if (t == NULL || times == TIMES_NONE) continue;
        if (!stix_time(jv_str(t), &at[i]))
            return wrong(
                r, names[i],
                M("STIX: %1: '%2' is no time; it would be like 2026-04-16T01:02:03.000Z, with six decimals at most"),
                o->id, jv_str(t));
    }
    if (at[1] != 0 && at[0] > at[1])
        return wrong(r, "modified", M("STIX: %1 was modified before it was created"), o->id, S(""));
    o->version = at[1] != 0 ? at[1] : at[0];
    return OK;
}

/* Objects of 2.0 have no such word; those that are observed and bear no times need none in 2.1 either. */
static enum err read_spec(struct reading *r, const struct jv *v, struct stix_object *o)
{
    const struct jv *spec = jv_get(v, "spec_version");
    bool old = spec == NULL ? jv_get(v, "created") != NULL : str_eq(jv_str(spec), S("2.0"));
    if (spec != NULL && !old && !str_eq(jv_str(spec), S("2.1")))
        return wrong(r, "spec_version", M("STIX: %1 is of version '%2'; 2.1 is read, and 2.0"), o->id, jv_str(spec));
    o->spec = old ? S("2.0") : S("2.1");
    return OK;
}

/* What an inner reading complained of, with the place in the object. */
static enum err not_json(struct reading *r)
{
    const struct fault *f = &r->inner.faults.first[0];
    str file = str_fmt(r->w->a, "%.*s#%zu", STR_ARG(r->name), r->place + 1);
    return fault_in(r->w, INVALID, ((struct where){.file = file, .row = f->where.row, .column = f->where.column}),
                    f->id, f->arg[0]);
}

static enum err understand(struct reading *r, str bytes, struct stix_object *o)
{
    const struct jv *v;
    if (bytes.n > STIX_OBJECT_MAX)
        return wrong(r, "", M("STIX: this object is larger than %2 bytes"), S(""), str_int(r->w->a, STIX_OBJECT_MAX));
    if (jv_read(&r->inner, r->name, bytes, &v) != OK) return not_json(r);
    if (jv_type(v) != JV_OBJECT) return wrong(r, "", M("STIX: this is no object"), S(""), S(""));
    enum err e = read_id(r, v, o);
    if (e == OK) e = read_spec(r, v, o);
    if (e == OK) e = read_times(r, v, o);
    if (e != OK) return e;
    struct marks_wrong why = {0};
    if (!marks_read(&r->marks, r->place, v, o, &why)) return wrong(r, why.field, why.what, o->id, why.value);
    o->id = str_dup(r->w->a, o->id);
    o->type = str_sub(o->id, 0, o->type.n);
    o->bytes = bytes;
    return OK;
}

/* ---- the same twice ---- */

static int by_version(const void *left, const void *right)
{
    const struct stix_object *a = *(const struct stix_object *const *)left,
                             *b = *(const struct stix_object *const *)right;
    int c = str_cmp(a->id, b->id);
    if (c != 0) return c;
    if (a->version != b->version) return a->version < b->version ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Several versions of one object may stand in a bundle, and the same one twice; but one version says one thing. */
static void refuse_twins(struct reading *r, size_t n)
{
    struct stix_object **sorted = arena_array(r->w->a, n + 1, sizeof(struct stix_object *)), *kept = NULL;
    for (size_t i = 0; i < n; i++) sorted[i] = &r->out[i];
    qsort(sorted, n, sizeof(struct stix_object *), by_version);
    for (size_t i = 0; i < n; i++) {
        struct stix_object *o = sorted[i];
        bool twin = kept != NULL && o->id.n != 0 && str_eq(o->id, kept->id) && o->version == kept->version;
        if (!twin) kept = o;
        if (!twin || str_eq(o->bytes, kept->bytes)) continue;
        r->place = (size_t)(o - r->out);
        (void)wrong(r, "id", M("STIX: %1 stands twice in the bundle in the same version, with different content"),
                    o->id, S(""));
        *o = (struct stix_object){0};
    }
}

/* Of a bundle of 2.0 the word stands on the bundle. */
static enum err envelope_good(struct work *w, str name, str envelope)
{
    const struct jv *v;
    if (envelope.n == 0) return OK;
    enum err e = jv_read(w, name, envelope, &v);
    if (e != OK) return e;
    const struct jv *spec = jv_get(v, "spec_version");
    if (spec == NULL || str_eq(jv_str(spec), S("2.0")) || str_eq(jv_str(spec), S("2.1"))) return OK;
    return fault_in(w, INVALID, ((struct where){.file = name, .field = S("spec_version")}),
                    M("STIX: the bundle is of version '%1'; 2.1 is read, and 2.0"),
                    utf8_head(jv_str(spec), STIX_ID_MAX));
}

static void close_arena(void *a) { arena_free(a); }

enum err stix_read(struct work *w, str name, str bytes, struct stix_object **out, size_t *n)
{
    struct stix_split parts;
    enum err e = stix_split(w, name, bytes, &parts);
    if (e == OK) e = envelope_good(w, name, parts.envelope);
    if (e != OK) return e;
    struct reading r = {.w = w,
                        .inner = {.a = arena_new(0)},
                        .name = name,
                        .alone = parts.envelope.n == 0,
                        .out = arena_array(w->a, parts.n + 1, sizeof(struct stix_object))};
    arena_closer(w->a, close_arena, r.inner.a);
    marks_begin(&r.marks, w->a);
    for (; r.place < parts.n; r.place++) {
        struct arena_mark mark = arena_mark(r.inner.a);
        struct stix_object o = {0};
        if (understand(&r, parts.object[r.place], &o) == OK) r.out[r.place] = o;
        arena_back(r.inner.a, mark);
        r.inner.faults = (struct faults){0};
        if (r.place % 1000 == 0) work_progress(w, M("objects read"), (int64_t)r.place, (int64_t)parts.n);
    }
    marks_settle(&r.marks, r.out, parts.n);
    refuse_twins(&r, parts.n);
    *out = r.out;
    *n = r.alone && str_eq(r.out[0].type, S("bundle")) ? 0 : parts.n; /* a bundle may have no objects (§8) */
    return OK;
}
