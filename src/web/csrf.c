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
    return (s->url.n != 0 && str_eq(r->origin, s->url)) || after_scheme(r->origin, r->host);
}
