/* Rows as an OSCAL catalogue. What a catalogue brought comes back from `extra`; what the rows add stands in properties
 * and a part of our namespace. Nothing depends on the day or the machine: the same rows give the same bytes. */
#include "standard/oscal.h"

#include "base/hash.h"

enum { NONE = -1 };

struct family { /* of sections and clauses: the first child and the next sibling, by index */
    ptrdiff_t *child, *next;
    ptrdiff_t top;
};
struct writer {
    struct work *w;
    const struct items *sections, *clauses;
    const struct jv **section_extra, **clause_extra;
    str *section_id, *clause_id;
    struct family groups, controls; /* controls: within controls alone */
    ptrdiff_t *in_section;          /* the first control of a section */
    ptrdiff_t catalog;              /* the section that stands for the catalogue itself */
    struct json_out out;
    bool ja;
    size_t groups_written, controls_written;
};
struct prop {
    str name, value;
};

/* ---- small things ---- */
static void text(struct writer *x, str key, str value)
{
    json_key(&x->out, key);
    json_put_str(&x->out, value);
}

static void member(struct writer *x, const struct jv *thing, const char *key)
{
    const struct jv *value = jv_get(thing, key);
    if (value == NULL) return;
    json_key(&x->out, str_of(key));
    oscal_put(&x->out, value);
}

static void prop(struct writer *x, str name, str ns, str value)
{
    if (value.n == 0) return;
    json_open(&x->out, '{');
    text(x, S("name"), name);
    if (ns.n != 0) text(x, S("ns"), ns);
    text(x, S("value"), value);
    json_close(&x->out, '}');
}

/* label: what the thing is called, to be written first when it did not bring it; empty when its id says so. */
static void props(struct writer *x, const struct jv *extra, str label, const struct prop *ours, size_t n)
{
    const struct jv *kept = jv_get(extra, "props");
    bool labelled = label.n == 0 || str_eq(oscal_label(extra), label), any = !labelled || jv_size(kept) != 0;
    for (size_t i = 0; i < n; i++) any |= ours[i].value.n != 0;
    if (!any) return;
    json_key(&x->out, S("props"));
    json_open(&x->out, '[');
    if (!labelled) prop(x, S("label"), S(""), label);
    for (size_t i = 0; i < jv_size(kept); i++) oscal_put(&x->out, jv_at(kept, i));
    for (size_t i = 0; i < n; i++) prop(x, ours[i].name, OSCAL_NS, ours[i].value);
    json_close(&x->out, ']');
}

/* The wording in the other language. */
static void translation(struct writer *x, str title, str prose)
{
    if (title.n == 0 && prose.n == 0) return;
    json_open(&x->out, '{');
    text(x, S("name"), OSCAL_TRANSLATION);
    text(x, S("ns"), OSCAL_NS);
    text(x, S("class"), x->ja ? S("en") : S("ja"));
    if (title.n != 0) text(x, S("title"), title);
    if (prose.n != 0) text(x, S("prose"), prose);
    json_close(&x->out, '}');
}

static bool has_statement(const struct jv *parts)
{
    for (size_t i = 0; i < jv_size(parts); i++) {
        if (oscal_named(jv_at(parts, i), S("statement"))) return true;
    }
    return false;
}

static void statement(struct writer *x, str id, str prose)
{
    json_open(&x->out, '{');
    text(x, S("id"), str_fmt(x->w->a, "%.*s_smt", STR_ARG(id)));
    text(x, S("name"), S("statement"));
    text(x, S("prose"), prose);
    json_close(&x->out, '}');
}

/* main: the text, to be written when no statement was brought. */
static void parts(struct writer *x, const struct jv *extra, str id, str main, str title_other, str text_other)
{
    const struct jv *kept = jv_get(extra, "parts");
    bool own = main.n != 0 && !has_statement(kept);
    if (!own && jv_size(kept) == 0 && title_other.n == 0 && text_other.n == 0) return;
    json_key(&x->out, S("parts"));
    json_open(&x->out, '[');
    if (own) statement(x, id, main);
    for (size_t i = 0; i < jv_size(kept); i++) oscal_put(&x->out, jv_at(kept, i));
    translation(x, title_other, text_other);
    json_close(&x->out, ']');
}

/* Members that OSCAL does not know, or that have no place of their own here. */
static void others(struct writer *x, const struct jv *extra, const char *const *known)
{
    str key;
    const struct jv *value;
    for (void *at = NULL; jv_member(extra, &at, &key, &value);) {
        const char *const *k = known;
        while (*k != NULL && !str_eq(key, str_of(*k))) k++;
        if (*k != NULL) continue;
        json_key(&x->out, key);
        oscal_put(&x->out, value);
    }
}

static str position(struct writer *x, size_t at, size_t walked)
{
    return at == walked ? S("") : str_int(x->w->a, (int64_t)at + 1);
}

static str or_else(str a, str b) { return a.n != 0 ? a : b; }

/* ---- controls and groups ---- */
static const char *const known[] = {"id",    "class", "title",    "params", "props",
                                    "links", "parts", "controls", "groups", NULL};

static void controls(struct writer *x, ptrdiff_t first);

static void control(struct writer *x, ptrdiff_t at)
{
    const str *f = x->clauses->v[at].f;
    const struct jv *extra = x->clause_extra[at];
    str id = x->clause_id[at], number = f[CLAUSE_NUMBER];
    const struct prop ours[] = {
        {OSCAL_LEVEL, f[CLAUSE_LEVEL]},
        {OSCAL_DUTY, f[CLAUSE_DUTY]},
        {OSCAL_NO_OCCASION, f[CLAUSE_NO_OCCASION]},
        {OSCAL_POSITION, position(x, (size_t)at, x->controls_written++)},
    };
    json_open(&x->out, '{');
    text(x, S("id"), id);
    member(x, extra, "class");
    text(x, S("title"), or_else(f[x->ja ? CLAUSE_TITLE_JA : CLAUSE_TITLE_EN], number));
    member(x, extra, "params");
    props(x, extra, str_eq(id, number) ? S("") : number, ours, sizeof ours / sizeof ours[0]);
    member(x, extra, "links");
    parts(x, extra, id, f[x->ja ? CLAUSE_TEXT_JA : CLAUSE_TEXT_EN], f[x->ja ? CLAUSE_TITLE_EN : CLAUSE_TITLE_JA],
          f[x->ja ? CLAUSE_TEXT_EN : CLAUSE_TEXT_JA]);
    controls(x, x->controls.child[at]);
    others(x, extra, known);
    json_close(&x->out, '}');
}

static void controls(struct writer *x, ptrdiff_t first)
{
    if (first == NONE) return;
    json_key(&x->out, S("controls"));
    json_open(&x->out, '[');
    for (ptrdiff_t at = first; at != NONE; at = x->controls.next[at]) control(x, at);
    json_close(&x->out, ']');
}

/* How many groups are written in all but the catalogue itself; positions count these. */
static size_t group_position(const struct writer *x, ptrdiff_t at)
{
    return (size_t)at - (x->catalog != NONE && x->catalog < at);
}

static void groups(struct writer *x, ptrdiff_t first)
{
    bool any = first != NONE && (first != x->catalog || x->groups.next[first] != NONE);
    if (!any) return;
    json_key(&x->out, S("groups"));
    json_open(&x->out, '[');
    for (ptrdiff_t at = first; at != NONE; at = x->groups.next[at]) {
        if (at == x->catalog) continue;
        const str *f = x->sections->v[at].f;
        const struct jv *extra = x->section_extra[at];
        str id = x->section_id[at], code = f[SECTION_CODE];
        const struct prop ours[] = {{OSCAL_POSITION, position(x, group_position(x, at), x->groups_written++)}};
        json_open(&x->out, '{');
        text(x, S("id"), id);
        member(x, extra, "class");
        text(x, S("title"), or_else(f[x->ja ? SECTION_TITLE_JA : SECTION_TITLE_EN], code));
        member(x, extra, "params");
        props(x, extra, str_eq(id, code) ? S("") : code, ours, 1);
        member(x, extra, "links");
        parts(x, extra, id, S(""), f[x->ja ? SECTION_TITLE_EN : SECTION_TITLE_JA], S(""));
        controls(x, x->in_section[at]);
        groups(x, x->groups.child[at]);
        others(x, extra, known);
        json_close(&x->out, '}');
    }
    json_close(&x->out, ']');
}

/* ---- who stands in what ---- */
static ptrdiff_t place_of(const struct index *index, const struct items *list, str code)
{
    const struct item *hit = code.n == 0 ? NULL : index_find1(index, code);
    return hit == NULL ? NONE : hit - list->v;
}

/* depth[i], from 1, on top of what it stands in; parents stand before their children. */
static bool shallow(const ptrdiff_t *parent, const ptrdiff_t *within, const int *outer, size_t n, int *depth)
{
    for (size_t i = 0; i < n; i++) {
        int above = within == NULL || within[i] == NONE ? 0 : outer[within[i]];
        depth[i] = (parent[i] == NONE ? above : depth[parent[i]]) + 1;
        if (depth[i] > OSCAL_LEVELS_MAX + 1)
            return false; /* + 1: the section for the catalogue itself is not written */
    }
    return true;
}

/* Backwards, so that putting each in front keeps the order. */
static struct family family_of(struct arena *a, const ptrdiff_t *parent, size_t n)
{
    struct family f = {arena_array(a, n, sizeof *f.child), arena_array(a, n, sizeof *f.next), NONE};
    for (size_t i = 0; i < n; i++) f.child[i] = f.next[i] = NONE;
    for (size_t i = n; i-- > 0;) {
        ptrdiff_t *first = parent[i] == NONE ? &f.top : &f.child[parent[i]];
        f.next[i] = *first;
        *first = (ptrdiff_t)i;
    }
    return f;
}

static enum err families(struct writer *x)
{
    struct arena *a = x->w->a;
    size_t ns = x->sections->n, nc = x->clauses->n;
    struct index section = items_index(a, x->sections), clause = items_index(a, x->clauses);
    ptrdiff_t *above = arena_array(a, ns, sizeof *above), *parent = arena_array(a, nc, sizeof *parent);
    for (size_t i = 0; i < ns; i++) above[i] = place_of(&section, x->sections, x->sections->v[i].f[SECTION_PARENT]);
    for (size_t i = 0; i < nc; i++) parent[i] = place_of(&clause, x->clauses, x->clauses->v[i].f[CLAUSE_PARENT]);
    ptrdiff_t *within = arena_array(a, nc, sizeof *within);
    for (size_t i = 0; i < nc; i++) within[i] = place_of(&section, x->sections, x->clauses->v[i].f[CLAUSE_SECTION]);
    int *depth = arena_array(a, ns + nc, sizeof *depth);
    if (!shallow(above, NULL, NULL, ns, depth) || !shallow(parent, within, depth, nc, depth + ns)) {
        return fault(x->w, INVALID,
                     M("sections or clauses are nested more than %1 deep: OSCAL files are not written that deep"),
                     str_int(a, OSCAL_LEVELS_MAX));
    }
    x->groups = family_of(a, above, ns);
    x->controls = family_of(a, parent, nc);
    x->in_section = arena_array(a, ns, sizeof *x->in_section);
    for (size_t i = 0; i < ns; i++) x->in_section[i] = NONE;
    for (size_t i = nc; i-- > 0;) { /* the chain of those without a parent is parted by section */
        ptrdiff_t s = within[i];
        if (parent[i] != NONE || s == NONE) continue;
        x->controls.next[i] = x->in_section[s];
        x->in_section[s] = (ptrdiff_t)i;
    }
    return OK;
}

/* ---- ids ---- */
/* OSCAL ids are tokens: a letter or _, then letters, digits, . - _. */
static str token(struct arena *a, const char *prefix, str name)
{
    struct buf b = buf_in(a);
    buf_add(&b, str_of(prefix));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
        if (plain)
            buf_byte(&b, c);
        else if (c != ')')
            buf_byte(&b, '_');
    }
    return buf_str(&b);
}

static int id_cmp(const void *a, const void *b) { return str_cmp(**(str *const *)a, **(str *const *)b); }

/* The id each brought, else one made of its name; where that is not unique, of the bytes of its name. */
static str *ids(struct arena *a, const struct items *list, const struct jv *const *extra, const char *prefix)
{
    str *id = arena_array(a, list->n, sizeof *id), **sorted = arena_array(a, list->n, sizeof(str *));
    for (size_t i = 0; i < list->n; i++) {
        id[i] = or_else(jv_str(jv_get(extra[i], "id")), token(a, prefix, list->v[i].f[0]));
        sorted[i] = &id[i];
    }
    if (list->n != 0) qsort(sorted, list->n, sizeof(str *), id_cmp);
    bool *twice = arena_array(a, list->n, sizeof *twice);
    for (size_t i = 1; i < list->n; i++) {
        if (str_eq(*sorted[i], *sorted[i - 1])) twice[sorted[i] - id] = twice[sorted[i - 1] - id] = true;
    }
    for (size_t i = 0; i < list->n; i++) {
        if (!twice[i] || jv_get(extra[i], "id") != NULL) continue;
        str hex = hex_of(a, list->v[i].f[0]);
        id[i] = str_fmt(a, "%sx%.*s", prefix, STR_ARG(hex));
    }
    return id;
}

/* In the form of a version 5 UUID, from the code of the edition; with SHA-256, cut off. */
static str made_uuid(struct arena *a, str code)
{
    static const char variant[] = "89ab";
    str ns = OSCAL_NS, h = sha256_hex(a, str_fmt(a, "%.*s edition %.*s", STR_ARG(ns), STR_ARG(code)));
    char digit = h.p[16];
    int value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
    return str_fmt(a, "%.8s-%.4s-5%.3s-%c%.3s-%.12s", h.p, h.p + 8, h.p + 13, variant[value & 3], h.p + 17, h.p + 20);
}

/* ---- the document ---- */
static void put_metadata(struct writer *x, const struct item *edition, const struct jv *extra, str version)
{
    static const char *const placed[] = {"title",     "published",    "last-modified", "version", "oscal-version",
                                         "revisions", "document-ids", "props",         NULL};
    const str *f = edition->f;
    str day = or_else(f[EDITION_EFFECTIVE], S("1970-01-01"));
    str title = f[x->ja ? EDITION_TITLE_JA : EDITION_TITLE_EN], other = f[x->ja ? EDITION_TITLE_EN : EDITION_TITLE_JA];
    const struct prop ours[] = {
        {OSCAL_CATALOGUE, f[EDITION_CATALOGUE]},
        {OSCAL_LANGUAGE, x->ja ? S("ja") : S("en")},
        {OSCAL_EFFECTIVE, f[EDITION_EFFECTIVE]},
        {OSCAL_TITLE, title.n == 0 ? S("") : other},
    };
    json_key(&x->out, S("metadata"));
    json_open(&x->out, '{');
    text(x, S("title"), or_else(title, other));
    member(x, extra, "published");
    text(x, S("last-modified"),
         or_else(jv_str(jv_get(extra, "last-modified")), str_fmt(x->w->a, "%.*sT00:00:00Z", STR_ARG(day))));
    text(x, S("version"), or_else(jv_str(jv_get(extra, "version")), f[EDITION_CODE]));
    text(x, S("oscal-version"), version);
    member(x, extra, "revisions");
    member(x, extra, "document-ids");
    props(x, extra, S(""), ours, sizeof ours / sizeof ours[0]);
    others(x, extra, placed);
    json_close(&x->out, '}');
}

static void put_catalog(struct writer *x, const struct item *edition, const struct jv *extra, str version)
{
    static const char *const placed[] = {"uuid", "metadata", "language", "params", "back-matter", NULL};
    json_open(&x->out, '{');
    json_key(&x->out, S("catalog"));
    json_open(&x->out, '{');
    text(x, S("uuid"), or_else(jv_str(jv_get(extra, "uuid")), made_uuid(x->w->a, edition->f[EDITION_CODE])));
    put_metadata(x, edition, jv_get(extra, "metadata"), version);
    member(x, extra, "params");
    if (x->catalog != NONE) controls(x, x->in_section[x->catalog]);
    groups(x, x->groups.top);
    member(x, extra, "back-matter");
    others(x, extra, placed);
    json_close(&x->out, '}');
    json_close(&x->out, '}');
}

static enum err extras(struct work *w, const struct items *list, size_t field, const struct jv ***out)
{
    const struct jv **extra = arena_array(w->a, list->n, sizeof(const struct jv *));
    enum err e = OK;
    for (size_t i = 0; e == OK && i < list->n; i++) {
        str json = list->v[i].f[field];
        if (json.n != 0) e = jv_read(w, list->v[i].f[0], json, &extra[i]);
    }
    *out = extra;
    return e;
}

enum err oscal_write(struct work *w, const struct oscal *o, str version, struct buf *out)
{
    const struct item *edition = &o->edition.v[0];
    const struct jv *extra = NULL;
    enum lang lang;
    struct writer x = {
        .w = w, .sections = &o->sections, .clauses = &o->clauses, .catalog = NONE, .out = json_to(out, 2)};
    enum err e = extras(w, x.sections, SECTION_EXTRA, &x.section_extra);
    if (e == OK) e = extras(w, x.clauses, CLAUSE_EXTRA, &x.clause_extra);
    if (e == OK && edition->f[EDITION_EXTRA].n != 0)
        e = jv_read(w, S("edition.extra"), edition->f[EDITION_EXTRA], &extra);
    if (e == OK) e = oscal_language(w, edition->f[EDITION_EXTRA], &lang);
    if (e == OK) e = families(&x);
    if (e != OK) return e;
    x.ja = extra == NULL ? edition->f[EDITION_TITLE_JA].n != 0 : lang == LANG_JA;
    for (size_t i = 0; i < x.sections->n; i++) {
        if (jv_true(jv_get(x.section_extra[i], "catalog"))) x.catalog = (ptrdiff_t)i;
    }
    x.section_id = ids(w->a, x.sections, x.section_extra, "s-");
    x.clause_id = ids(w->a, x.clauses, x.clause_extra, "c-");
    put_catalog(&x, edition, extra, version);
    buf_byte(out, '\n');
    return OK;
}

enum err oscal_forget_statement(struct work *w, str extra, str *out)
{
    const struct jv *x;
    enum err e = jv_read(w, S("clause.extra"), extra, &x);
    if (e != OK) return e;
    struct buf b = buf_in(w->a);
    struct json_out o = json_to(&b, 0);
    str key;
    const struct jv *value;
    json_open(&o, '{');
    for (void *at = NULL; jv_member(x, &at, &key, &value);) {
        json_key(&o, key);
        if (!str_eq(key, S("parts"))) {
            oscal_put(&o, value);
            continue;
        }
        json_open(&o, '[');
        for (size_t k = 0; k < jv_size(value); k++) {
            if (!oscal_named(jv_at(value, k), S("statement"))) oscal_put(&o, jv_at(value, k));
        }
        json_close(&o, ']');
    }
    json_close(&o, '}');
    *out = buf_str(&b);
    return OK;
}
