#include "share/taxii.h"

#include "format/json.h"

#define TAXII_MEDIA "application/taxii+json;version=2.1"


static enum err put(struct mount_answer *a, const struct buf *b)
{
    a->media = TAXII_MEDIA;
    return a->body->put(a->body, buf_str(b));
}

/* ---- refusals (TAXII 2.1 §3.6.1) ---- */

static str refusal(struct arena *a, int status, str says, const char **media)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("title"));
    json_put_str(&j, says);
    json_key(&j, S("http_status"));
    json_put_str(&j, str_int(a, status));
    json_close(&j, '}');
    buf_byte(&b, '\n');
    *media = TAXII_MEDIA;
    return buf_str(&b);
}

/* ---- what there is (§4.1) ---- */

static enum err discovery(struct work *w, const struct mount_ask *ask, struct mount_answer *out)
{
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("title"));
    json_put_str(&j, S("meguri"));
    json_key(&j, S("api_roots"));
    json_open(&j, '[');
    json_put_str(&j, str_fmt(w->a, "%.*s/taxii2/share/", STR_ARG(ask->url)));
    json_close(&j, ']');
    json_close(&j, '}');
    return put(out, &b);
}

static enum err get(struct work *w, const struct mount_ask *ask, struct mount_answer *out)
{
    if (ask->path.n == 0 || str_eq(ask->path, S("/"))) return discovery(w, ask, out);
    return fault(w, NOTFOUND, M("there is nothing at this address"));
}

const struct mount taxii_mount = {.path = "/taxii2", .name = "share taxii", .title = N("TAXII 2.1: notices and objects for programs of others"), .right = MAY_SHARE,
                                  .get = get, .refusal = refusal};
