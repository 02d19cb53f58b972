#include "share/misp.h"

#include "base/uuid.h"
#include "base/utf8.h"
#include "format/json.h"

struct reading {
    struct work *w;
    str file;
    struct misp_event *event;
    size_t room;
    bool tagged; /* some tag says a TLP */
};

static enum err wrong(struct reading *r, const char *field, str what, str value)
{
    return fault_in(r->w, INVALID, ((struct where){.file = r->file, .field = str_of(field)}), what, value);
}

/* Their numbers are strings, and some exporters write numbers. */
static str text_of(struct arena *a, const struct jv *v)
{
    if (jv_type(v) == JV_INT) return str_int(a, jv_int(v));
    return jv_type(v) == JV_STRING ? str_trim(utf8_safe(a, jv_str(v))) : S("");
}
static str text_at(struct reading *r, const struct jv *v, const char *key) { return text_of(r->w->a, jv_get(v, key)); }

/* ---- markings ---- */

static void narrow(struct marking *m, enum tlp t)
{
    if (t > m->tlp) m->tlp = t;
}

static bool prefix_is(str s, char a, char b, char c)
{
    return s.n > 4 && (s.p[0] | 0x20) == a && (s.p[1] | 0x20) == b && (s.p[2] | 0x20) == c && s.p[3] == ':';
}

static void read_tags(struct reading *r, const struct jv *tags, struct marking *m)
{
    for (size_t i = 0; i < jv_size(tags); i++) {
        str name = text_at(r, jv_at(tags, i), "name");
        enum tlp t = TLP_RED;
        enum pap p = PAP_RED;
        if (prefix_is(name, 't', 'l', 'p')) {
            (void)tlp_parse(name, &t);
            narrow(m, t);
            r->tagged = true;
        } else if (prefix_is(name, 'p', 'a', 'p')) {
            (void)pap_parse(name, &p);
            if (p > m->pap) m->pap = p;
        }
    }
}

/* What a distribution lets it be at most; 5: as the event. */
static enum tlp widest_of(str distribution, bool tagged)
{
    static const enum tlp levels[] = {TLP_AMBER_STRICT, TLP_AMBER, TLP_GREEN, TLP_GREEN, TLP_AMBER_STRICT, TLP_CLEAR};
    int64_t level;
    if (distribution.n == 0) return TLP_AMBER;
    if (!str_to_int(distribution, &level) || level < 0 || level > 5) return TLP_AMBER_STRICT;
    return level == 3 && tagged ? TLP_CLEAR : levels[level];
}

/* ---- attributes ---- */

static enum err read_attribute(struct reading *r, const struct jv *v, struct misp_event *e)
{
    str distribution = text_at(r, v, "distribution");
    struct misp_attribute a = {text_at(r, v, "type"), text_at(r, v, "category"), text_at(r, v, "value"),
                               text_at(r, v, "comment")};
    if (jv_type(v) != JV_OBJECT) return wrong(r, "Attribute", M("MISP: an attribute is no object"), S(""));
    if (jv_true(jv_get(v, "deleted")) || str_eq(text_at(r, v, "deleted"), S("1"))) return OK;
    if (a.type.n == 0 || a.value.n == 0)
        return wrong(r, "Attribute", M("MISP: an attribute has no type or no value"), S(""));
    if (e->n == MISP_ATTRIBUTES_MAX)
        return wrong(r, "Attribute", M("MISP: more than %1 attributes in an event"), S("20000"));
    read_tags(r, jv_get(v, "Tag"), &e->marking);
    if (distribution.n != 0) narrow(&e->marking, widest_of(distribution, true));
    e->attribute = arena_more(r->w->a, e->attribute, e->n, &r->room, sizeof *e->attribute);
    e->attribute[e->n++] = a;
    return OK;
}

static enum err read_attributes(struct reading *r, const struct jv *list, struct misp_event *e)
{
    if (list != NULL && jv_type(list) != JV_ARRAY && jv_type(list) != JV_NULL)
        return wrong(r, "Attribute", M("MISP: the attributes are no list"), S(""));
    for (size_t i = 0; i < jv_size(list); i++) {
        enum err err = read_attribute(r, jv_at(list, i), e);
        if (err != OK) return err;
    }
    return OK;
}

/* An object of theirs is a form of several attributes. */
static enum err read_objects(struct reading *r, const struct jv *list, struct misp_event *e)
{
    for (size_t i = 0; i < jv_size(list); i++) {
        const struct jv *o = jv_at(list, i);
        str distribution = text_at(r, o, "distribution");
        if (distribution.n != 0) narrow(&e->marking, widest_of(distribution, true));
        enum err err = read_attributes(r, jv_get(o, "Attribute"), e);
        if (err != OK) return err;
    }
    return OK;
}

/* ---- events ---- */

static enum err read_head(struct reading *r, const struct jv *v, struct misp_event *e)
{
    int64_t days, threat;
    str timestamp = text_at(r, v, "timestamp"), level = text_at(r, v, "threat_level_id");
    e->uuid = text_at(r, v, "uuid");
    e->info = text_at(r, v, "info");
    e->date = text_at(r, v, "date");
    e->org = text_at(r, jv_get(v, "Orgc"), "name");
    if (e->org.n == 0) e->org = text_at(r, jv_get(v, "Org"), "name");
    if (!uuid_valid(e->uuid))
        return wrong(r, "uuid", M("MISP: '%1' is no UUID of an event"), utf8_head(e->uuid, STIX_ID_MAX));
    if (e->info.n == 0) return wrong(r, "info", M("MISP: the event does not say what it is about (info)"), S(""));
    if (e->info.n > MISP_INFO_MAX)
        return wrong(r, "info", M("MISP: what the event is about is longer than %1 bytes"), S("10000"));
    if (e->date.n != 0 && !date_parse(e->date, &days))
        return wrong(r, "date", M("MISP: '%1' is no day"), utf8_head(e->date, STIX_ID_MAX));
    if (timestamp.n != 0 && (!str_to_int(timestamp, &e->timestamp) || e->timestamp < 0 || e->timestamp > 253402300799))
        return wrong(r, "timestamp", M("MISP: '%1' is no time in seconds since 1970"),
                     utf8_head(timestamp, STIX_ID_MAX));
    e->threat = str_to_int(level, &threat) && threat >= 1 && threat <= 3 ? (int)threat : 4;
    return OK;
}

static enum err read_event(struct reading *r, const struct jv *v, struct misp_event *out)
{
    const struct jv *inner = jv_get(v, "Event");
    if (inner != NULL) v = inner;
    if (jv_type(v) != JV_OBJECT) return wrong(r, "Event", M("MISP: this is no event"), S(""));
    struct misp_event e = {0};
    r->room = 0;
    r->tagged = false;
    enum err err = read_head(r, v, &e);
    if (err != OK) return err;
    read_tags(r, jv_get(v, "Tag"), &e.marking);
    narrow(&e.marking, widest_of(text_at(r, v, "distribution"), r->tagged));
    err = read_attributes(r, jv_get(v, "Attribute"), &e);
    if (err == OK) err = read_objects(r, jv_get(v, "Object"), &e);
    if (err == OK) *out = e;
    return err;
}

enum err misp_read(struct work *w, str name, str bytes, struct misp_event **out, size_t *n)
{
    struct reading r = {.w = w, .file = name};
    const struct jv *v;
    if (bytes.n > MISP_BYTES_MAX)
        return wrong(&r, "", M("MISP: larger than %1 bytes; send the events one by one"),
                     str_int(w->a, MISP_BYTES_MAX));
    enum err e = jv_read(w, name, bytes, &v);
    if (e != OK) return e;
    const struct jv *list = jv_get(v, "response") != NULL ? jv_get(v, "response") : v;
    bool many = jv_type(list) == JV_ARRAY;
    size_t events = many ? jv_size(list) : 1;
    if (events == 0) return wrong(&r, "", M("MISP: there is no event in it"), S(""));
    if (events > MISP_EVENTS_MAX)
        return wrong(&r, "", M("MISP: more than %1 events; send them in several files"), S("100"));
    struct misp_event *all = arena_array(w->a, events, sizeof *all);
    for (size_t i = 0; i < events; i++) {
        if (events > 1) r.file = str_fmt(w->a, "%.*s#%zu", STR_ARG(name), i + 1);
        if ((e = read_event(&r, many ? jv_at(list, i) : list, &all[i])) != OK) return e;
    }
    *out = all;
    *n = events;
    return OK;
}

bool misp_looks_so(str bytes)
{
    str head = str_sub(bytes, 0, 4096);
    if (str_find(head, S("\"bundle\"")) >= 0 || str_find(head, S("\"spec_version\"")) >= 0) return false;
    return str_find(head, S("\"Event\"")) >= 0 || str_find(head, S("\"response\"")) >= 0 ||
           str_find(head, S("\"info\"")) >= 0 || str_find(head, S("\"threat_level_id\"")) >= 0;
}
