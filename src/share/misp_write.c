#include "share/misp.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/uuid.h"
#include "format/json.h"

static void member(struct json_out *j, const char *key, str value)
{
    json_key(j, str_of(key));
    json_put_str(j, value);
}
static void truth(struct json_out *j, const char *key, bool value)
{
    json_key(j, str_of(key));
    json_put_bool(j, value);
}
static void number(struct json_out *j, const char *key, int64_t value) { member(j, key, str_int(j->b->a, value)); }

/* As their taxonomies "tlp" and "PAP" colour them. */
static const char *const tlp_colours[TLPS] = {"#ffffff", "#33ff00", "#ffc000", "#ffc000", "#ff2b2b"};
static const char *const pap_colours[PAPS] = {"#ffffff", "#33ff00", "#ffc000", "#ff2b2b"};

static void tag(struct json_out *j, str name, const char *colour)
{
    json_open(j, '{');
    member(j, "name", name);
    member(j, "colour", str_of(colour));
    truth(j, "exportable", true);
    json_close(j, '}');
}

static void tags(struct json_out *j, const struct notice *n, struct marking m)
{
    struct arena *a = j->b->a;
    str tlp = tlp_word(m.tlp);
    json_key(j, S("Tag"));
    json_open(j, '[');
    tag(j, str_fmt(a, "tlp:%.*s", STR_ARG(tlp)), tlp_colours[m.tlp]);
    if (m.pap != PAP_CLEAR) tag(j, pap_label(m.pap), pap_colours[m.pap]);
    if (n->drill) tag(j, S("drill"), "#7f7f7f");
    json_close(j, ']');
}

static void organisation(struct json_out *j, const char *key, const struct notice *n)
{
    json_key(j, str_of(key));
    json_open(j, '{');
    member(j, "id", S("1"));
    member(j, "name", lang_pick(LANG_JA, n->issuer_ja, n->issuer_en));
    member(j, "uuid", stix_issuer_uuid(j->b->a, n));
    json_close(j, '}');
}

/* How far a MISP that takes it hands it on: to its own organisation, its community, or all. */
static int64_t distribution_of(struct marking m) { return m.tlp == TLP_CLEAR ? 3 : m.tlp == TLP_GREEN ? 1 : 0; }
static int64_t threat_of(const struct notice *n)
{
    return str_eq(n->urgency, S("emergency")) ? 1 : str_eq(n->urgency, S("important")) ? 2 : 3;
}
static str title_of(struct arena *a, const struct notice *n)
{
    return n->drill ? str_fmt(a, "【訓練】%.*s", STR_ARG(n->title)) : n->title;
}

/* ---- attributes ---- */

struct attribute {
    const char *category, *type;
    str value, comment;
};

static void put_attribute(struct json_out *j, const struct notice *n, const struct attribute *x)
{
    struct arena *a = j->b->a;
    if (x->value.n == 0) return;
    json_open(j, '{');
    member(j, "uuid", uuid5(a, n->uuid, str_fmt(a, "attribute %s %.*s", x->type, STR_ARG(x->value))));
    member(j, "event_id", S("1"));
    member(j, "object_id", S("0"));
    member(j, "category", str_of(x->category));
    member(j, "type", str_of(x->type));
    member(j, "value", x->value);
    member(j, "comment", x->comment);
    truth(j, "to_ids", false);
    member(j, "distribution", S("5"));
    member(j, "sharing_group_id", S("0"));
    number(j, "timestamp", n->sent);
    truth(j, "deleted", false);
    truth(j, "disable_correlation", true);
    json_close(j, '}');
}

static struct attribute of_reference(const struct notice_reference *r)
{
    if (str_eq(r->kind, S("cve"))) return (struct attribute){"External analysis", "vulnerability", r->value, S("")};
    if (str_eq(r->kind, S("url"))) return (struct attribute){"External analysis", "link", r->value, S("")};
    return (struct attribute){"External analysis", "text", r->value, r->kind};
}

static size_t attributes_of(struct arena *a, const struct notice *n, const struct stix_with *with,
                            struct attribute *out)
{
    size_t k = 0;
    if (n->text.n != 0) out[k++] = (struct attribute){"Other", "text", n->text, S("")};
    if (n->measure.n != 0) out[k++] = (struct attribute){"Other", "text", n->measure, S("course of action")};
    for (size_t i = 0; i < with->n_references; i++) out[k++] = of_reference(&with->reference[i]);
    for (size_t i = 0; i < with->n_attachments; i++) {
        str named = str_fmt(a, "%.*s|%.*s", STR_ARG(with->attachment[i].name), STR_ARG(with->attachment[i].sha256));
        out[k++] = (struct attribute){"External analysis", "filename|sha256", named, S("attachment")};
    }
    return k;
}

/* ---- the event ---- */

static void head(struct json_out *j, const struct notice *n, struct marking m, size_t n_attributes, str supersedes)
{
    struct arena *a = j->b->a;
    member(j, "id", S("1"));
    member(j, "orgc_id", S("1"));
    member(j, "org_id", S("1"));
    member(j, "uuid", n->uuid);
    member(j, "info", title_of(a, n));
    member(j, "date", date_text(a, japan_day(n->sent)));
    number(j, "timestamp", n->sent);
    number(j, "publish_timestamp", n->sent);
    truth(j, "published", true);
    number(j, "distribution", distribution_of(m));
    member(j, "sharing_group_id", S("0"));
    number(j, "threat_level_id", threat_of(n));
    member(j, "analysis", S("2"));
    number(j, "attribute_count", (int64_t)n_attributes);
    truth(j, "disable_correlation", true);
    truth(j, "locked", true);
    member(j, "extends_uuid", supersedes);
    organisation(j, "Org", n);
    organisation(j, "Orgc", n);
    tags(j, n, m);
}

str misp_event_json(struct arena *a, const struct notice *n, struct marking m, const struct stix_with *with,
                    str supersedes)
{
    struct attribute *all = arena_array(a, with->n_references + with->n_attachments + 2, sizeof *all);
    size_t k = attributes_of(a, n, with, all);
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("Event"));
    json_open(&j, '{');
    head(&j, n, m, k, supersedes);
    json_key(&j, S("Attribute"));
    json_open(&j, '[');
    for (size_t i = 0; i < k; i++) put_attribute(&j, n, &all[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    json_close(&j, '}');
    buf_byte(&b, '\n');
    return buf_str(&b);
}

void misp_manifest_line(struct buf *b, const struct notice *n, struct marking m, str event_json)
{
    struct json_out j = json_to(b, 0);
    struct buf key = buf_in(b->a);
    struct json_out k = json_to(&key, 0);
    json_put_str(&k, n->uuid);
    buf_add(b, buf_str(&key));
    buf_byte(b, ':');
    json_open(&j, '{');
    member(&j, "info", title_of(b->a, n));
    organisation(&j, "Orgc", n);
    number(&j, "timestamp", n->sent);
    member(&j, "date", date_text(b->a, japan_day(n->sent)));
    member(&j, "analysis", S("2"));
    number(&j, "threat_level_id", threat_of(n));
    tags(&j, n, m);
    member(&j, "integrity:sha256", sha256_hex(b->a, event_json));
    json_close(&j, '}');
}

static void hash_line(struct buf *b, str value, str uuid)
{
    str md5 = md5_hex(b->a, value);
    buf_fmt(b, "%.*s,%.*s\n", STR_ARG(md5), STR_ARG(uuid));
}

void misp_hash_lines(struct buf *b, const struct notice *n, const struct stix_with *with)
{
    struct attribute *all = arena_array(b->a, with->n_references + with->n_attachments + 2, sizeof *all);
    size_t k = attributes_of(b->a, n, with, all);
    for (size_t i = 0; i < k; i++) {
        str rest = all[i].value, part;
        bool parts = str_eq(str_of(all[i].type), S("filename|sha256"));
        if (!parts) hash_line(b, rest, n->uuid);
        else
            while (str_cut(&rest, '|', &part)) hash_line(b, part, n->uuid);
    }
}
