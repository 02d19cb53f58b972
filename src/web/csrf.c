#include "web/csrf.h"

#include "base/hash.h"
#include "base/secret.h"

str csrf_key_text(struct arena *a, const struct caller *c)
{
    return c->csrf_key.n == 0 ? S("") : hex_of(a, key_for(a, c->csrf_key, S("form")));
}

bool csrf_ok(const struct caller *c, str given)
{
    struct arena *a = arena_new(0);
    str wanted = csrf_key_text(a, c);
    bool ok = wanted.n != 0 && secret_same(wanted, given);
    arena_free(a);
    return ok;
}

void csrf_of_boot(struct arena *a, const struct serving *s, struct caller *c)
{
    str key = {(const char *)s->key, sizeof s->key};
    c->csrf_key = key_for(a, key, str_fmt(a, "csrf %.*s", STR_ARG(c->person_code)));
}

/* As a browser writes the site's address in Origin: lower case, no path, no port that is understood (RFC 6454). */
static str origin_of(struct arena *a, str url)
{
    static const struct {
        str scheme, port;
    } known[] = {{S_INIT("https://"), S_INIT(":443")}, {S_INIT("http://"), S_INIT(":80")}};
    char *lower = arena_alloc(a, url.n + 1);
    for (size_t i = 0; i < url.n; i++)
        lower[i] = (char)(url.p[i] >= 'A' && url.p[i] <= 'Z' ? url.p[i] - 'A' + 'a' : url.p[i]);
    str all = {lower, url.n};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!str_starts(all, known[i].scheme)) continue;
        size_t n = known[i].scheme.n;
        while (n < all.n && all.p[n] != '/') n++;
        all = str_sub(all, 0, n);
        return str_ends(all, known[i].port) ? str_sub(all, 0, all.n - known[i].port.n) : all;
    }
    return all;
}

static bool of_site(str origin, str url)
{
    struct arena *a = arena_new(0);
    bool same = str_eq(origin, origin_of(a, url));
    arena_free(a);
    return same;
}

static bool after_scheme(str origin, str host)
{
    str rest = str_starts(origin, S("https://")) ? str_sub(origin, 8, origin.n)
               : str_starts(origin, S("http://")) ? str_sub(origin, 7, origin.n)
                                                  : S("");
    return rest.n != 0 && str_eq(rest, host);
}

/* Sec-Fetch-Site comes first: pages of ours may be sent with an Origin of "null" when a browser was told to send no
 * referrer (Fetch, "append a request Origin header"). */
bool origin_ok(const struct request *r, const struct serving *s)
{
    if (r->fetch_site.n != 0) return str_eq(r->fetch_site, S("same-origin")) || str_eq(r->fetch_site, S("none"));
    if (r->origin.n == 0) return true;
    if (s->url.n != 0) return of_site(r->origin, s->url); /* Host is what the client says */
    return after_scheme(r->origin, r->host);
}
