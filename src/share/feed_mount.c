/* What stands at /feeds. */
#include "base/hash.h"
#include "base/uuid.h"
#include "share/feed.h"

struct asked {
    struct work *w;
    const struct mount_ask *ask;
    struct mount_answer *out;
};

/* A reader that has it already gets no body; the tag is of the bytes, so a recall changes it. */
static enum err answer(struct asked *x, const char *media, str body)
{
    str tag = str_fmt(x->w->a, "\"%.32s\"", sha256_hex(x->w->a, body).p);
    mount_header(x->out, "ETag", tag);
    mount_header(x->out, "Cache-Control", x->ask->known ? S("private, no-cache") : S("no-cache"));
    x->out->media = media;
    if (str_find(x->ask->if_none_match, tag) >= 0) {
        x->out->status = 304;
        return OK;
    }
    return x->out->body->put(x->out->body, body);
}

static enum err notices(struct asked *x, bool atom)
{
    struct feed_item *items;
    size_t n;
    enum err e = feed_items(x->w, BY_BROADCAST, TO_PUBLIC, FEED_NEWEST, &items, &n);
    if (e != OK) return e;
    if (atom) return answer(x, "application/atom+xml; charset=utf-8", feed_atom(x->w->a, x->ask->url, items, n));
    return answer(x, "application/rss+xml; charset=utf-8", feed_rss(x->w->a, x->ask->url, items, n));
}

static enum err none(struct work *w) { return fault(w, NOTFOUND, M("there is nothing at this address")); }

/* Who shares for an organisation is of the community, and proved which it is by the token. */
static enum receiver reader(const struct asked *x)
{
    return x->ask->known && (x->w->actor->rights & MAY_SHARE) != 0 ? TO_COMMUNITY : TO_PUBLIC;
}

static enum err misp_one(struct asked *x, str uuid)
{
    struct feed_item *item;
    size_t n;
    enum err e = uuid_valid(uuid) ? feed_item(x->w, BY_FEED, reader(x), uuid, &item, &n) : none(x->w);
    if (e != OK) return e;
    return n == 0 ? none(x->w) : answer(x, "application/json", feed_misp_event(x->w->a, item));
}

static enum err misp(struct asked *x, str path)
{
    struct feed_item *items;
    size_t n;
    bool manifest = str_eq(path, S("manifest.json"));
    if (str_eq(str_sub(path, UUID_TEXT, path.n), S(".json"))) return misp_one(x, str_sub(path, 0, UUID_TEXT));
    if (!manifest && !str_eq(path, S("hashes.csv"))) return none(x->w);
    enum err e = feed_items(x->w, BY_FEED, reader(x), FEED_MISP_NEWEST, &items, &n);
    if (e != OK) return e;
    if (manifest) return answer(x, "application/json", feed_misp_manifest(x->w->a, items, n));
    return answer(x, "text/csv", feed_misp_hashes(x->w->a, items, n));
}

static enum err get(struct work *w, const struct mount_ask *ask, struct mount_answer *out)
{
    struct asked x = {w, ask, out};
    if (str_eq(ask->path, S("/notices.atom"))) return notices(&x, true);
    if (str_eq(ask->path, S("/notices.rss"))) return notices(&x, false);
    if (str_starts(ask->path, S("/misp/"))) return misp(&x, str_sub(ask->path, 6, ask->path.n));
    return none(w);
}

static str refusal(struct arena *a, int status, str says, const char **media)
{
    *media = "text/plain; charset=utf-8";
    return str_fmt(a, "%d %.*s\n", status, STR_ARG(says));
}

const struct mount feeds_mount = {.path = "/feeds",
                                  .name = "share feeds",
                                  .title = N("Feeds of notices: Atom, RSS and MISP"),
                                  .anybody = true,
                                  .get = get,
                                  .refusal = refusal};
