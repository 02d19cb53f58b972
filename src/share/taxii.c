/* What is read of the TAXII server: discovery, its one API root, collections, manifests, objects, versions, status. */
#include "share/taxii_add.h"

#include "format/json.h"
#include "share/taxii_query.h"

#define ROOT "/taxii2/share/"
#define STIX_MEDIA "application/stix+json;version=2.1"

struct telling {
    struct work *w;
    const struct mount_ask *ask;
    struct mount_answer *out;
    struct taxii_path path;
    struct party party;
    struct buf b;
    struct json_out j;
};

static void member(struct telling *t, const char *key, str value)
{
    if (value.n == 0) return;
    json_key(&t->j, str_of(key));
    json_put_str(&t->j, value);
}

static void truth(struct telling *t, const char *key, bool value)
{
    json_key(&t->j, str_of(key));
    json_put_bool(&t->j, value);
}

static void list(struct telling *t, const char *key)
{
    json_key(&t->j, str_of(key));
    json_open(&t->j, '[');
}

static void begin(struct telling *t)
{
    t->b = buf_in(t->w->a);
    t->j = json_to(&t->b, 0);
    json_open(&t->j, '{');
}

static enum err end(struct telling *t)
{
    json_close(&t->j, '}');
    t->out->media = TAXII_MEDIA;
    return t->out->body->put(t->out->body, buf_str(&t->b));
}

static enum err nothing_here(struct telling *t) { return fault(t->w, NOTFOUND, M("there is nothing at this address")); }

/* ---- refusals (§3.6.1) ---- */

static str taxii_refusal(struct arena *a, int status, str says, const char **media)
{
    static const struct {
        int status;
        str title;
    } titles[] = {{400, S_INIT("Bad Request")},
                  {401, S_INIT("Unauthorized")},
                  {403, S_INIT("Forbidden")},
                  {404, S_INIT("Not Found")},
                  {405, S_INIT("Method Not Allowed")},
                  {406, S_INIT("Not Acceptable")},
                  {413, S_INIT("Content Too Large")},
                  {415, S_INIT("Unsupported Media Type")},
                  {422, S_INIT("Unprocessable Content")},
                  {503, S_INIT("Service Unavailable")}};
    str title = S("Error");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status) title = titles[i].title;
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("title"));
    json_put_str(&j, title);
    json_key(&j, S("description"));
    json_put_str(&j, says);
    json_key(&j, S("http_status"));
    json_put_str(&j, str_int(a, status));
    json_close(&j, '}');
    *media = TAXII_MEDIA;
    return buf_str(&b);
}

enum err taxii_refuse(struct work *w, struct mount_answer *out, int status, str why)
{
    out->status = status;
    return fault(w, INVALID, why);
}

/* ---- what there is (§4) ---- */

static enum err discovery(struct telling *t)
{
    str root = str_fmt(t->w->a, "%.*s" ROOT, STR_ARG(t->ask->url));
    begin(t);
    member(t, "title", S("meguri"));
    member(t, "description", tr(t->ask->lang, M("Notices, and objects that those who take part exchange")));
    member(t, "default", root);
    list(t, "api_roots");
    json_put_str(&t->j, root);
    json_close(&t->j, ']');
    return end(t);
}

static enum err api_root(struct telling *t)
{
    begin(t);
    member(t, "title", tr(t->ask->lang, M("Information sharing")));
    list(t, "versions");
    json_put_str(&t->j, S(TAXII_MEDIA));
    json_close(&t->j, ']');
    json_key(&t->j, S("max_content_length"));
    json_put_int(&t->j, TAXII_BODY_MAX);
    return end(t);
}

static void one_collection(struct telling *t, const struct collection *c)
{
    member(t, "id", c->uuid);
    member(t, "title", lang_pick(t->ask->lang, c->title_ja, c->title_en));
    member(t, "description", lang_pick(t->ask->lang, c->note_ja, c->note_en));
    member(t, "alias", c->alias);
    truth(t, "can_read", c->can_read);
    truth(t, "can_write", c->can_write);
    list(t, "media_types");
    json_put_str(&t->j, S(STIX_MEDIA));
    json_close(&t->j, ']');
}

static enum err collections(struct telling *t)
{
    struct collection *c;
    size_t n;
    enum err e = collections_of(t->w, &t->party, &c, &n);
    if (e != OK) return e;
    begin(t);
    list(t, "collections");
    for (size_t i = 0; i < n; i++) {
        json_open(&t->j, '{');
        one_collection(t, &c[i]);
        json_close(&t->j, '}');
    }
    json_close(&t->j, ']');
    return end(t);
}

/* ---- objects (§5) ---- */

enum what { WHOLE, MANIFEST, VERSIONS };

static void page_headers(struct telling *t, const struct stored *s, size_t n)
{
    if (n == 0) return;
    mount_header(t->out, "X-TAXII-Date-Added-First", micro_text(t->w->a, s[0].added));
    mount_header(t->out, "X-TAXII-Date-Added-Last", micro_text(t->w->a, s[n - 1].added));
}

static void one_object(struct telling *t, enum what what, const struct stored *s)
{
    str version = taxii_version(t->w->a, s->object.version);
    if (what == WHOLE) {
        json_put_raw(&t->j, s->object.bytes);
        return;
    }
    if (what == VERSIONS) {
        json_put_str(&t->j, version);
        return;
    }
    json_open(&t->j, '{');
    member(t, "id", s->object.id);
    member(t, "date_added", micro_text(t->w->a, s->added));
    member(t, "version", version);
    member(t, "media_type", str_eq(s->object.spec, S("2.0")) ? S("application/stix+json;version=2.0") : S(STIX_MEDIA));
    json_close(&t->j, '}');
}

static enum err tell_page(struct telling *t, enum what what, const struct stored *s, size_t n, bool more)
{
    begin(t);
    if (more) {
        truth(t, "more", true);
        member(t, "next", taxii_next(t->w->a, s[n - 1].added));
    }
    if (n != 0) {
        list(t, what == VERSIONS ? "versions" : "objects");
        for (size_t i = 0; i < n; i++) one_object(t, what, &s[i]);
        json_close(&t->j, ']');
    }
    page_headers(t, s, n);
    return end(t);
}

/* An object by its id that is not there is no empty page (§5.6). */
static enum err object_there(struct telling *t, const struct collection *c, str id)
{
    struct match any = {.all = true, .n_ids = 1};
    struct stored *s;
    size_t n;
    bool more;
    any.id[0] = id;
    enum err e = objects_page(t->w, &t->party, c, &any, -1, 1, false, &s, &n, &more);
    if (e != OK || n != 0) return e;
    return fault(t->w, NOTFOUND, M("there is no such object in this collection"));
}

static enum err page_of(struct telling *t, const struct collection *c, enum what what, str id)
{
    struct taxii_query q;
    struct stored *s;
    size_t n;
    bool more;
    enum err e = taxii_query_read(t->w, t->ask->query, &q);
    if (e == OK && id.n != 0) e = object_there(t, c, id);
    if (e != OK) return e;
    if (id.n != 0) {
        q.match.n_ids = 1;
        q.match.id[0] = id;
        q.match.n_types = 0;
    }
    if (what == VERSIONS) q.match.all = true;
    e = objects_page(t->w, &t->party, c, &q.match, q.after, q.limit, what == WHOLE, &s, &n, &more);
    return e == OK ? tell_page(t, what, s, n, more) : e;
}

static enum err in_collection(struct telling *t)
{
    const struct taxii_path *p = &t->path;
    struct collection c;
    enum err e = collection_find(t->w, &t->party, p->part[2], &c);
    if (e != OK) return e;
    if (p->n == 3) {
        begin(t);
        one_collection(t, &c);
        return end(t);
    }
    bool objects = str_eq(p->part[3], S("objects"));
    if (p->n == 4 && str_eq(p->part[3], S("manifest"))) return page_of(t, &c, MANIFEST, S(""));
    if (p->n == 4 && objects) return page_of(t, &c, WHOLE, S(""));
    if (p->n == 5 && objects) return page_of(t, &c, WHOLE, p->part[4]);
    if (p->n == 6 && objects && str_eq(p->part[5], S("versions"))) return page_of(t, &c, VERSIONS, p->part[4]);
    return nothing_here(t);
}

/* ---- one request ---- */

static enum err get(struct work *w, const struct mount_ask *ask, struct mount_answer *out)
{
    struct telling t = {.w = w, .ask = ask, .out = out};
    const struct taxii_path *p = &t.path;
    if (!taxii_accepted(ask->accept))
        return taxii_refuse(
            w, out, 406,
            M("this server speaks application/taxii+json;version=2.1 alone: the Accept header leaves it out"));
    if (!taxii_path_read(w->a, ask->path, &t.path)) return nothing_here(&t);
    if (p->n == 0) return discovery(&t);
    if (!str_eq(p->part[0], S("share"))) return nothing_here(&t);
    if (p->n == 1) return api_root(&t);
    enum err e = party_of(w, &(struct args){0}, &t.party);
    if (e != OK) return e;
    if (p->n == 2 && str_eq(p->part[1], S("collections"))) return collections(&t);
    if (p->n > 2 && str_eq(p->part[1], S("collections"))) return in_collection(&t);
    if (p->n != 3 || !str_eq(p->part[1], S("status"))) return nothing_here(&t);
    return taxii_status(w, &t.party, p->part[2], out);
}

const struct mount taxii_mount = {.path = "/taxii2",
                                  .name = "share taxii",
                                  .title = N("TAXII 2.1: notices and objects for programs of others"),
                                  .right = MAY_SHARE,
                                  .body_max = TAXII_BODY_MAX,
                                  .get = get,
                                  .post = taxii_post,
                                  .told = taxii_told,
                                  .refusal = taxii_refusal};
