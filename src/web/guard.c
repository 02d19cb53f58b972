#include "web/guard.h"

#include <strings.h>

#include "web/limits.h"

static str trim(str s)
{
    while (s.n != 0 && (s.p[0] == ' ' || s.p[0] == '\t')) s = str_sub(s, 1, s.n);
    while (s.n != 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t')) s.n--;
    return s;
}

static bool named(str name, const char *wanted)
{
    return name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0;
}

static size_t count(const struct guarded *g, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) n += named(g->header[i].name, name);
    return n;
}

bool guard_has(const struct guarded *g, const char *name) { return count(g, name) != 0; }

str guard_value(const struct guarded *g, const char *name)
{
    for (size_t i = 0; i < g->n; i++)
        if (named(g->header[i].name, name)) return trim(g->header[i].value);
    return S("");
}

/* A list may come in several lines, which are one list (RFC 9110, 5.3). What the proxy added last is what it saw itself;
 * all before that came from outside. */
str guard_forwarded(const struct guarded *g)
{
    str list = S("");
    for (size_t i = 0; i < g->n; i++)
        if (named(g->header[i].name, "X-Forwarded-For")) list = g->header[i].value;
    for (ptrdiff_t comma; (comma = str_find(list, S(","))) >= 0;) list = str_sub(list, (size_t)comma + 1, list.n);
    list = trim(list);
    for (size_t i = 0; i < list.n; i++)
        if (strchr("0123456789abcdefABCDEF.:", list.p[i]) == NULL) return S("");
    return list.n > 45 ? S("") : list;
}

/* ---- the single checks; each answers why not, or NULL ---- */

/* RFC 9110, 5.6.2: a token */
static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", c) != NULL) return false;
    }
    return s.n != 0;
}

static const char *check_characters(const struct guarded *g)
{
    for (size_t i = 0; i < g->n; i++) {
        if (!is_token(g->header[i].name)) return "header name";
        str v = g->header[i].value;
        for (size_t k = 0; k < v.n; k++) {
            unsigned char c = (unsigned char)v.p[k];
            if ((c < ' ' && c != '\t') || c == 0x7f) return "control character in a header";
        }
    }
    return NULL;
}

/* libmicrohttpd 0.9.75 overwrites line ends with NULs and hands out pointers into what it received. Between a value
 * and the next name stand then exactly two; one is a bare line feed, more or an elsewhere is a fold or a hidden NUL.
 * What does not add up to the length of the head was left out or added. */
static const char *check_lines(const struct guarded *g)
{
    if (g->bytes == 0) return NULL;
    const char *end = g->version + strlen(g->version);
    for (size_t i = 0; i < g->n; i++) {
        if (g->header[i].name.p != end + 2) return "line end in the head";
        end = g->header[i].value.p + g->header[i].value.n;
    }
    return g->method + g->bytes == end + 4 ? NULL : "line end in the head";
}

/* What is passed on must be there once: two processes that each take another one disagree about the request. */
static const char *check_single(const struct guarded *g)
{
    static const char *const once[] = {
        "Content-Length", "Transfer-Encoding", "Host",           "Content-Type",    "Authorization",
        "Cookie",         "Origin",            "Sec-Fetch-Site", "Idempotency-Key", "Expect",
        "X-Proxy-Secret", "X-Forwarded-Proto"};
    if (g->person != NULL && count(g, g->person) > 1) return "a person's header twice";
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
        if (count(g, once[i]) > 1) return "a header twice";
    return NULL;
}

static const char *check_host(const struct guarded *g)
{
    if (!guard_has(g, "Host")) return strcmp(g->version, "HTTP/1.0") == 0 ? NULL : "no host";
    str host = guard_value(g, "Host");
    for (size_t i = 0; i < host.n; i++)
        if (strchr(" \t/?#@\\,\"<>", host.p[i]) != NULL) return "host";
    return host.n == 0 || host.n > 255 ? "host" : NULL;
}

static const char *check_target(str target)
{
    if (target.n == 0 || target.p[0] != '/') return "target";
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.p[i];
        if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') return "target";
    }
    return NULL;
}

static const char *body_length(const struct guarded *g, int64_t *length)
{
    *length = 0;
    bool chunks = guard_has(g, "Transfer-Encoding"), sized = guard_has(g, "Content-Length");
    if (chunks && sized) return "length and chunks";
    if (chunks && strcmp(g->version, "HTTP/1.1") != 0) return "chunks in HTTP/1.0";
    if (chunks && !named(guard_value(g, "Transfer-Encoding"), "chunked")) return "transfer encoding";
    if (chunks) *length = -1;
    if (!sized) return NULL;
    str text = guard_value(g, "Content-Length");
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9') return "length";
    return text.n != 0 && str_to_int(text, length) ? NULL : "length";
}

static bool verb_of(const char *method, enum verb *out)
{
    static const char *const names[] = {[VERB_GET] = "GET", [VERB_HEAD] = "HEAD", [VERB_POST] = "POST"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(method, names[i]) != 0) continue;
        *out = (enum verb)i;
        return true;
    }
    return false;
}

static int too_large(const struct guarded *g)
{
    if (g->target.n > URL_BYTES_MAX) return 414;
    size_t bytes = g->target.n + strlen(g->method) + strlen(g->version) + 4;
    for (size_t i = 0; i < g->n; i++) bytes += g->header[i].name.n + g->header[i].value.n + 4;
    return bytes > HEAD_BYTES_MAX || g->n > HEADERS_MAX ? 431 : 0;
}

#define REFUSE(s, w) return (v.status = (s), v.why = (w), v)

struct guard_verdict guard_head(const struct guarded *g)
{
    struct guard_verdict v = {0};
    if (strcmp(g->version, "HTTP/1.1") != 0 && strcmp(g->version, "HTTP/1.0") != 0) REFUSE(505, "version");
    int large = too_large(g);
    if (large != 0) REFUSE(large, "too large");
    static const char *(*const checks[])(const struct guarded *) = {check_characters, check_lines, check_single,
                                                                    check_host};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        const char *why = checks[i](g);
        if (why != NULL) REFUSE(400, why);
    }
    const char *why = body_length(g, &v.length);
    if (why != NULL) REFUSE(400, why);
    if (!verb_of(g->method, &v.verb)) REFUSE(405, "method");
    why = check_target(g->target);
    if (why != NULL) REFUSE(400, why);
    if (v.verb != VERB_POST && v.length != 0) REFUSE(400, "body without POST");
    v.expects = guard_has(g, "Expect");
    if (v.expects && !named(guard_value(g, "Expect"), "100-continue")) REFUSE(417, "expectation");
    return v;
}
