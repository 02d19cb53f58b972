#include "base/uuid.h"

#include <assert.h>
#include <string.h>

#include "base/hash.h"

enum { UUID_BYTES = 16 };
static const unsigned char dash_before[UUID_BYTES] = {[4] = 1, [6] = 1, [8] = 1, [10] = 1};

/* RFC 9562, 4.1 and 4.2: the version stands in the high half of octet 6, the variant (binary 10) in the top of octet 8. */
static str as_text(struct arena *a, unsigned char b[UUID_BYTES], unsigned char version)
{
    b[6] = (unsigned char)((b[6] & 0x0F) | version << 4);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    str hex = hex_of(a, (str){(const char *)b, UUID_BYTES});
    struct buf out = buf_in(a);
    for (size_t i = 0; i < UUID_BYTES; i++) {
        if (dash_before[i]) buf_byte(&out, '-');
        buf_add(&out, str_sub(hex, 2 * i, 2 * i + 2));
    }
    return buf_str(&out);
}

str uuid_new(struct work *w)
{
    unsigned char b[UUID_BYTES];
    random_bytes(b, sizeof b);
    return as_text(w->a, b, 4);
}

bool uuid_valid(str s)
{
    if (s.n != UUID_TEXT) return false;
    for (size_t i = 0; i < s.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s.p[i] != '-' : str_hex_digit(s.p[i]) < 0) return false;
    }
    return true;
}

static void octets(str uuid, unsigned char out[UUID_BYTES])
{
    assert(uuid_valid(uuid));
    size_t n = 0;
    for (size_t i = 0; i < uuid.n; i++) {
        if (uuid.p[i] == '-') continue;
        out[n++] = (unsigned char)(str_hex_digit(uuid.p[i]) << 4 | str_hex_digit(uuid.p[i + 1]));
        i++;
    }
}

str uuid5(struct arena *a, str ns, str name)
{
    unsigned char space[UUID_BYTES], digest[SHA1_BYTES];
    octets(ns, space);
    struct buf all = buf_in(a);
    buf_add(&all, (str){(const char *)space, UUID_BYTES});
    buf_add(&all, name);
    sha1_bytes(buf_str(&all), digest);
    return as_text(a, digest, 5);
}
