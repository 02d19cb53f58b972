/* A notice as objects of STIX 2.1 (OASIS Standard, 10 June 2021). */
#include "base/clock.h"
#include "base/uuid.h"
#include "format/json.h"
#include "share/stix.h"

/* Made once with a random UUID; all ids of ours that are no notice's are made in it. */
#define OUR_NAMESPACE S("85dddfb5-0f63-440f-a467-8ef5680eb212")
/* Identities do not change by a version: one with another name has another id. */
#define IDENTITY_TIME S("2022-10-01T00:00:00.000Z")

struct writing {
    struct arena *a;
    const struct notice *notice;
    const struct stix_with *with;
    struct marking marking;
    str issuer, at, pap_id; /* ids; at: the time of all objects of the notice; pap_id empty: none */
    struct stix_object *out;
    size_t n;
};

/* Milliseconds, as `created` and `modified` have them (§3.2). */
static str milli(struct arena *a, int64_t seconds)
{
    str t = time_text(a, seconds);
    return str_fmt(a, "%.*s.000Z", (int)t.n - 1, t.p);
}

static str made_id(struct writing *x, const char *type, str name)
{
    str uuid = uuid5(x->a, x->notice->uuid, str_fmt(x->a, "%s %.*s", type, STR_ARG(name)));
    return str_fmt(x->a, "%s--%.*s", type, STR_ARG(uuid));
}

static void member(struct json_out *j, const char *key, str value)
{
    if (value.n == 0) return;
    json_key(j, str_of(key));
    json_put_str(j, value);
}

static void markings(struct json_out *j, struct writing *x)
{
    json_key(j, S("object_marking_refs"));
    json_open(j, '[');
    json_put_str(j, tlp_stix_id(x->marking.tlp));
    if (x->pap_id.n != 0) json_put_str(j, x->pap_id);
    json_close(j, ']');
}

struct object {
    struct writing *x;
    struct buf b;
    struct json_out j;
    str id;
    int64_t version;
};

static void object_begin(struct object *o, struct writing *x, str id, str created)
{
    *o = (struct object){.x = x, .b = buf_in(x->a), .id = id};
    o->j = json_to(&o->b, 0);
    json_open(&o->j, '{');
    member(&o->j, "type", str_sub(id, 0, (size_t)str_find(id, S("--"))));
    member(&o->j, "spec_version", S("2.1"));
    member(&o->j, "id", id);
    member(&o->j, "created", created);
    int64_t seconds = 0;
    if (time_parse(str_fmt(x->a, "%.19sZ", created.p), &seconds)) o->version = seconds * 1000000;
}

static void object_end(struct object *o, struct marking marking)
{
    json_close(&o->j, '}');
    str type = str_sub(o->id, 0, (size_t)str_find(o->id, S("--")));
    o->x->out[o->x->n++] = (struct stix_object){o->id, type, S("2.1"), o->version, true, marking, buf_str(&o->b)};
}

/* One that belongs to the notice: versioned, marked, in its language. */
static void own_begin(struct object *o, struct writing *x, str id)
{
    object_begin(o, x, id, x->at);
    member(&o->j, "modified", x->at);
    member(&o->j, "created_by_ref", x->issuer);
    member(&o->j, "lang", S("ja"));
    markings(&o->j, x);
}

/* ---- marking definitions ---- */

/* As published with the extension (OASIS CTI TC, TLP 2.0): not a word other, for readers compare. */
static void tlp_definition(struct writing *x)
{
    struct object o;
    object_begin(&o, x, tlp_stix_id(x->marking.tlp), S("2022-10-01T00:00:00.000Z"));
    member(&o.j, "name", tlp_label(x->marking.tlp));
    json_key(&o.j, S("extensions"));
    json_open(&o.j, '{');
    json_key(&o.j, S("extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"));
    json_open(&o.j, '{');
    member(&o.j, "extension_type", S("property-extension"));
    member(&o.j, "tlp_2_0", tlp_word(x->marking.tlp));
    json_close(&o.j, '}');
    json_close(&o.j, '}');
    object_end(&o, (struct marking){0});
}

/* STIX has none for PAP; a statement is read by people and by programs alike. */
static void pap_definition(struct writing *x)
{
    struct object o;
    str label = pap_label(x->marking.pap), uuid = uuid5(x->a, OUR_NAMESPACE, label);
    if (x->marking.pap == PAP_CLEAR) return;
    x->pap_id = str_fmt(x->a, "marking-definition--%.*s", STR_ARG(uuid));
    object_begin(&o, x, x->pap_id, IDENTITY_TIME);
    member(&o.j, "name", label);
    member(&o.j, "definition_type", S("statement"));
    json_key(&o.j, S("definition"));
    json_open(&o.j, '{');
    member(&o.j, "statement", label);
    json_close(&o.j, '}');
    object_end(&o, (struct marking){0});
}

/* ---- objects ---- */

str stix_issuer_uuid(struct arena *a, const struct notice *n)
{
    return uuid5(
        a, OUR_NAMESPACE,
        str_fmt(a, "identity %.*s\n%.*s\n%.*s", STR_ARG(n->issuer_code), STR_ARG(n->issuer_ja), STR_ARG(n->issuer_en)));
}

/* Who issues notices is no secret among those who may read any: bytes and id are the same in every notice of that
 * issuer. */
static void identity(struct writing *x)
{
    struct object o;
    const struct notice *n = x->notice;
    str uuid = stix_issuer_uuid(x->a, n);
    x->issuer = str_fmt(x->a, "identity--%.*s", STR_ARG(uuid));
    object_begin(&o, x, x->issuer, IDENTITY_TIME);
    member(&o.j, "modified", IDENTITY_TIME);
    member(&o.j, "name", lang_pick(LANG_JA, n->issuer_ja, n->issuer_en));
    if (n->issuer_en.n != 0 && n->issuer_ja.n != 0) member(&o.j, "description", n->issuer_en);
    member(&o.j, "identity_class", S("organization"));
    object_end(&o, (struct marking){0});
}

/* Whoever has the file alone has to see that it is of a drill. */
static str title_of(const struct writing *x)
{
    const struct notice *n = x->notice;
    return n->drill ? str_fmt(x->a, "【訓練】%.*s", STR_ARG(n->title)) : n->title;
}

static void vulnerability(struct writing *x, str cve)
{
    struct object o;
    own_begin(&o, x, made_id(x, "vulnerability", cve));
    member(&o.j, "name", cve);
    json_key(&o.j, S("external_references"));
    json_open(&o.j, '[');
    json_open(&o.j, '{');
    member(&o.j, "source_name", S("cve"));
    member(&o.j, "external_id", cve);
    json_close(&o.j, '}');
    json_close(&o.j, ']');
    object_end(&o, x->marking);
}

static void course_of_action(struct writing *x)
{
    struct object o;
    if (x->notice->measure.n == 0) return;
    own_begin(&o, x, made_id(x, "course-of-action", S("")));
    member(&o.j, "name", title_of(x));
    member(&o.j, "description", x->notice->measure);
    object_end(&o, x->marking);
}

static void external(struct json_out *j, str source, const char *key, str value)
{
    json_open(j, '{');
    member(j, "source_name", source);
    member(j, key, value);
    json_close(j, '}');
}

/* Attachments are told by name and hash; their bytes stay here. */
static void attached(struct json_out *j, const struct attachment *t)
{
    json_open(j, '{');
    member(j, "source_name", S("attachment"));
    member(j, "description", t->name);
    json_key(j, S("hashes"));
    json_open(j, '{');
    member(j, "SHA-256", t->sha256);
    json_close(j, '}');
    json_close(j, '}');
}

static void externals(struct json_out *j, const struct writing *x)
{
    json_key(j, S("external_references"));
    json_open(j, '[');
    external(j, S("meguri"), "external_id", x->notice->code);
    for (size_t i = 0; i < x->with->n_references; i++) {
        const struct notice_reference *r = &x->with->reference[i];
        if (str_eq(r->kind, S("cve"))) continue;
        bool url = str_eq(r->kind, S("url")), product = str_eq(r->kind, S("product"));
        external(j, r->kind, url ? "url" : product ? "description" : "external_id", r->value);
    }
    for (size_t i = 0; i < x->with->n_attachments; i++) attached(j, &x->with->attachment[i]);
    json_close(j, ']');
}

static void label(struct json_out *j, const char *what, str value)
{
    json_put_str(j, str_fmt(j->b->a, "%s:%.*s", what, STR_ARG(value)));
}

/* It refers to all that the notice is made of; the identity stands in for a notice of a text alone, since the list may
 * not be empty (§4.14). */
static void report(struct writing *x, size_t from)
{
    struct object o;
    const struct notice *n = x->notice;
    size_t until = x->n;
    own_begin(&o, x, made_id(x, "report", S("")));
    member(&o.j, "name", title_of(x));
    member(&o.j, "description", n->text);
    member(&o.j, "published", x->at);
    json_key(&o.j, S("report_types"));
    json_open(&o.j, '[');
    json_put_str(&o.j, until - from > (n->measure.n != 0) ? S("vulnerability") : S("threat-report"));
    json_close(&o.j, ']');
    json_key(&o.j, S("labels"));
    json_open(&o.j, '[');
    label(&o.j, "kind", n->kind);
    label(&o.j, "urgency", n->urgency);
    if (n->drill) json_put_str(&o.j, S("drill"));
    json_close(&o.j, ']');
    externals(&o.j, x);
    json_key(&o.j, S("object_refs"));
    json_open(&o.j, '[');
    if (until == from) json_put_str(&o.j, x->issuer);
    for (size_t i = from; i < until; i++) json_put_str(&o.j, x->out[i].id);
    json_close(&o.j, ']');
    object_end(&o, x->marking);
}

void stix_write(struct arena *a, const struct notice *n, struct marking m, const struct stix_with *with,
                struct stix_object **out, size_t *count)
{
    struct writing x = {.a = a, .notice = n, .with = with, .marking = m, .at = milli(a, n->sent)};
    x.out = arena_array(a, with->n_references + 5, sizeof *x.out);
    tlp_definition(&x);
    pap_definition(&x);
    identity(&x);
    size_t from = x.n;
    for (size_t i = 0; i < with->n_references; i++)
        if (str_eq(with->reference[i].kind, S("cve"))) vulnerability(&x, with->reference[i].value);
    course_of_action(&x);
    report(&x, from);
    *out = x.out;
    *count = x.n;
}

enum err stix_of_notice(struct work *w, const struct notice *n, struct marking m, struct stix_object **out,
                        size_t *count)
{
    struct notice_reference *r;
    struct attachment *t;
    struct stix_with with = {0};
    enum err e = notice_references(w, n->id, &r, &with.n_references);
    if (e == OK) e = notice_attachments(w, n->id, &t, &with.n_attachments);
    if (e != OK) return e;
    with.reference = r;
    with.attachment = t;
    stix_write(w->a, n, m, &with, out, count);
    return OK;
}

str stix_bundle(struct arena *a, str uuid, const struct stix_object *o, size_t n)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    member(&j, "type", S("bundle"));
    member(&j, "id", str_fmt(a, "bundle--%.*s", STR_ARG(uuid)));
    if (n != 0) {
        json_key(&j, S("objects"));
        json_open(&j, '[');
        for (size_t i = 0; i < n; i++) json_put_raw(&j, o[i].bytes);
        json_close(&j, ']');
    }
    json_close(&j, '}');
    return buf_str(&b);
}
