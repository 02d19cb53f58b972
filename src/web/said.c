#include "web/said.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "format/form.h"

enum { PROOF_HEX = 32 };

static str proof_of(struct arena *a, const struct serving *s, str words)
{
    str key = hex_of(a, (str){(const char *)s->key, sizeof s->key});
    str all = sha256_hex(a, str_fmt(a, "said\n%.*s\n%.*s", STR_ARG(key), STR_ARG(words)));
    return str_sub(all, 0, PROOF_HEX);
}

void said_put(struct arena *a, const struct serving *s, struct reply *reply, str words)
{
    struct buf b = buf_in(a);
    words = utf8_head(words, SAID_MAX);
    str proof = proof_of(a, s, words);
    buf_fmt(&b, "said=%.*s.", STR_ARG(proof));
    form_encode(&b, words);
    buf_fmt(&b, "; Path=/; Max-Age=60; HttpOnly; SameSite=Lax%s", s->url.n > 5 && str_starts(s->url, S("https")) ? "; Secure" : "");
    reply_header(reply, "Set-Cookie", buf_str(&b));
}

str said_read(struct arena *a, const struct serving *s, str cookie)
{
    str value = cookie_value(cookie, S("said")), words;
    if (value.n <= PROOF_HEX + 1 || !form_decode(a, str_sub(value, PROOF_HEX + 1, value.n), &words)) return (str){0};
    return str_eq(proof_of(a, s, words), str_sub(value, 0, PROOF_HEX)) ? words : (str){0};
}

void said_take(struct reply *reply) { reply_header(reply, "Set-Cookie", S("said=; Path=/; Max-Age=0")); }
