#include "base/totp.h"

#include <liboath/oath.h>

#include "base/hash.h"
#include "base/secret.h"

static bool from_base32(struct arena *a, str secret, str *out)
{
    char *bytes = NULL;
    size_t n = 0;
    if (oath_base32_decode(secret.p, secret.n, &bytes, &n) != OATH_OK) return false;
    *out = str_dup(a, (str){bytes, n});
    free(bytes);
    return n != 0;
}

str totp_new(struct arena *a)
{
    char bytes[TOTP_SECRET], *text = NULL;
    random_bytes(bytes, sizeof bytes);
    if (oath_base32_encode(bytes, sizeof bytes, &text, NULL) != OATH_OK) abort(); /* out of memory alone */
    str out = str_dup(a, str_of(text));
    free(text);
    return out;
}

str totp_code(struct arena *a, str secret, int64_t now)
{
    str bytes;
    char *code = arena_alloc(a, TOTP_DIGITS + 1);
    if (!from_base32(a, secret, &bytes)) return S("");
    int rc = oath_totp_generate(bytes.p, bytes.n, (time_t)now, TOTP_SECONDS, OATH_TOTP_DEFAULT_START_TIME, TOTP_DIGITS,
                                code);
    return rc == OATH_OK ? str_of(code) : S("");
}

int64_t totp_step(struct arena *a, str secret, str code, int64_t now, int64_t last)
{
    int64_t found = 0, step = now / TOTP_SECONDS;
    for (int64_t s = step - 1; s <= step + 1; s++) {
        str right = totp_code(a, secret, s * TOTP_SECONDS);
        if (right.n == TOTP_DIGITS && secret_same(right, code) && s > last) found = s;
    }
    return found;
}

static void percent(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain) buf_byte(b, (char)c);
        else buf_fmt(b, "%%%02X", c);
    }
}

str totp_uri(struct arena *a, str secret, str issuer, str user)
{
    struct buf b = buf_in(a);
    buf_add(&b, S("otpauth://totp/"));
    percent(&b, issuer);
    buf_byte(&b, ':');
    percent(&b, user);
    buf_add(&b, S("?secret="));
    percent(&b, secret);
    buf_add(&b, S("&issuer="));
    percent(&b, issuer);
    return buf_str(&b);
}
