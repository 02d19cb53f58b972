/* What the front answers itself: static files, /healthz, /metrics, and small neutral pages for what is refused before
 * any worker saw it. */
#include "web/front.h"

#include <unistd.h>

#include "base/lang.h"
#include "web/mounted.h"
#include "web/signin.h"

/* ---- refusals ---- */

struct refusal {
    int status;
    const char *reason;
    str says;
};
static const struct refusal refusals[] = {
    {400, "Bad Request", N("The request could not be understood.")},
    {403, "Forbidden", N("This is not allowed.")},
    {404, "Not Found", N("There is no such page.")},
    {405, "Method Not Allowed", N("This address is not for that.")},
    {408, "Request Timeout", N("The request took too long to arrive.")},
    {413, "Content Too Large", N("What was sent is too large.")},
    {414, "URI Too Long", N("The address is too long.")},
    {417, "Expectation Failed", N("The request could not be understood.")},
    {431, "Request Header Fields Too Large", N("The request has too many or too long headers.")},
    {500, "Internal Server Error", N("Something went wrong on our side; it has been noted.")},
    {503, "Service Unavailable", N("The service is busy for the moment. Please try again in a few seconds.")},
    {505, "HTTP Version Not Supported", N("The request could not be understood.")},
};

static const struct refusal *refusal_of(int status)
{
    size_t n = sizeof refusals / sizeof refusals[0];
    for (size_t i = 0; i < n; i++)
        if (refusals[i].status == status) return &refusals[i];
    return &refusals[9]; /* 500 */
}

const char *own_reason(int status) { return refusal_of(status)->reason; }

static bool wants_data(const struct request *r)
{
    return str_ends(r->path, S(".json")) || str_starts(r->content_type, S("application/json"));
}

static struct asked address_of(const struct request *r)
{
    struct work w = {.a = NULL};
    struct asked q;
    asked_address(&w, r, &q);
    return q;
}

static str refusal_page(const struct front *f, struct arena *a, enum lang lang, const struct refusal *why)
{
    const struct static_file *style = static_file_find(&f->files, S("meguri.css"));
    str says = tr(lang, why->says);
    struct buf b = buf_in(a);
    buf_fmt(&b, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%d</title>",
            lang == LANG_JA ? "ja" : "en", why->status);
    buf_add(&b, S("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"));
    if (style != NULL)
        buf_fmt(&b, "<link rel=\"stylesheet\" href=\"/static/meguri.css?v=%.*s\">", STATIC_VERSION, style->hash.p);
    buf_fmt(&b, "</head><body><main><h1>%d</h1><p>%.*s</p><p><a href=\"/\">meguri</a></p></main></body></html>\n",
            why->status, STR_ARG(says));
    return buf_str(&b);
}

str own_words(const struct front *f, struct arena *a, const struct request *r, int status, const char **media)
{
    const struct refusal *why = refusal_of(status);
    enum lang lang = address_of(r).lang;
    const struct room *room;
    str rest;
    const struct mount *mount = mount_at(r->path, &room, &rest);
    if (mount != NULL) return mount->refusal(a, status, tr(lang, why->says), media);
    *media = wants_data(r) ? "application/json" : "text/html; charset=utf-8";
    if (!wants_data(r)) return refusal_page(f, a, lang, why);
    return str_fmt(a, "{\"faults\":[{\"message\":\"%.*s\"}]}\n", STR_ARG(tr(lang, why->says)));
}

static void fill(struct call *call, int status, const char *media, str body)
{
    const char *entry = call->reply.entry;
    call->reply = (struct reply){.status = status, .entry = entry};
    reply_header(&call->reply, "Content-Type", str_of(media));
    call->reply_body = body;
}

/* The stream behind a bad head may be anything: its connection is closed. */
static bool closes(int status)
{
    return status == 400 || status == 413 || status == 414 || status == 431 || status == 505;
}

void own_refuse(struct front *f, struct call *call, int status)
{
    const char *media;
    if (call->reply_fd >= 0) close(call->reply_fd);
    call->reply_fd = -1;
    str words = own_words(f, call->a, &call->r, status, &media);
    fill(call, refusal_of(status)->status, media, words);
    if (status == 503) reply_header(&call->reply, "Retry-After", S("2"));
    if (status == 405) reply_header(&call->reply, "Allow", S("GET, HEAD, POST"));
    if (call->reply.entry == NULL) call->reply.entry = "refused";
    call->closes = call->closes || closes(status) || call->state == CALL_READING;
    if (call->state == CALL_READING) return; /* libmicrohttpd is waiting for it in this very call */
    http_answered(f, call);
}

/* ---- what is too large depends on what it is for ---- */

enum claim own_claim(const struct request *r, str *by)
{
    const str all[] = {[CLAIM_TOKEN] = asked_bearer(r),
                       [CLAIM_PERSON] = r->trusted_user,
                       [CLAIM_SESSION] = session_cookie(r->cookie, r->secure)};
    for (int i = CLAIM_TOKEN; i <= CLAIM_SESSION; i++) {
        *by = all[i];
        if (by->n != 0) return (enum claim)i;
    }
    return CLAIM_NONE;
}

static int64_t limit_of(const struct param *p)
{
    enum { NOTES = MAP | LONG_TEXT };
    return p->type == P_FILE ? UPLOAD_BYTES_MAX : (p->flags & NOTES) == NOTES ? SHEET_BYTES_MAX : FORM_BYTES_MAX;
}

int64_t own_body_limit(const struct request *r)
{
    const struct entry *e = address_of(r).entry;
    int64_t limit = FORM_BYTES_MAX;
    const struct room *room;
    str by;
    const struct mount *mount = mount_at(r->path, &room, &by);
    if (mount != NULL) return mounted_body_limit(mount, r);
    if (e == NULL || e->kind != ENTRY_ACT || own_claim(r, &by) == CLAIM_NONE) return limit;
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if (limit_of(p) > limit) limit = limit_of(p);
    return limit;
}

/* ---- the front's own pages ---- */

static void not_for_posting(struct front *f, struct call *call)
{
    own_refuse(f, call, 405);
    for (size_t i = 0; i < REPLY_HEADERS && call->reply.header[i].name != NULL; i++)
        if (strcmp(call->reply.header[i].name, "Allow") == 0) call->reply.header[i].value = S("GET, HEAD");
}

static void answer_static(struct front *f, struct call *call)
{
    const struct static_file *file = static_file_find(&f->files, str_sub(call->r.path, 8, call->r.path.n));
    if (file == NULL) {
        own_refuse(f, call, 404);
        return;
    }
    bool same = str_eq(call->r.if_none_match, file->etag), version = static_is_version(file, call->r.query);
    fill(call, same ? 304 : 200, file->media, same ? S("") : file->bytes);
    reply_header(&call->reply, "ETag", file->etag);
    reply_header(&call->reply, "Cache-Control",
                 version ? S("public, max-age=31536000, immutable") : S("public, no-cache"));
    call->reply.entry = "static";
}

static void answer_health(struct front *f, struct call *call)
{
    bool healthy = route_healthy(f) && f->drain_until == 0;
    fill(call, healthy ? 200 : 503, "text/plain; charset=utf-8", healthy ? S("ok\n") : S("not ready\n"));
    if (!healthy) reply_header(&call->reply, "Retry-After", S("2"));
    call->reply.entry = "healthz";
}

static void answer_metrics(struct front *f, struct call *call)
{
    if (!call->conn->near) {
        own_refuse(f, call, 404);
        return;
    }
    struct buf b = buf_in(call->a);
    atomic_store_explicit(&f->metrics->working, (int64_t)f->n_calls, memory_order_relaxed);
    metrics_tell(f->metrics, &b);
    fill(call, 200, "text/plain; version=0.0.4; charset=utf-8", buf_str(&b));
    call->reply.entry = "metrics";
}

bool own_answer(struct front *f, struct call *call)
{
    static const struct {
        str path;
        bool below; /* and all that begins so */
        void (*answer)(struct front *, struct call *);
    } own[] = {
        {S_INIT("/static/"), true, answer_static},
        {S_INIT("/healthz"), false, answer_health},
        {S_INIT("/metrics"), false, answer_metrics},
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (!(own[i].below ? str_starts(call->r.path, own[i].path) : str_eq(call->r.path, own[i].path))) continue;
        if (call->r.verb == VERB_POST)
            not_for_posting(f, call);
        else
            own[i].answer(f, call);
        return true;
    }
    return false;
}
