#include "base/hash.h"

#include <assert.h>

#include <sodium.h>

static_assert(SHA256_BYTES == crypto_hash_sha256_BYTES, "SHA-256 is 32 bytes");

struct sha256 {
    crypto_hash_sha256_state state;
};

/* Safe to call often: libsodium remembers. Without a source of randomness nothing of ours may go on. */
static void start(void)
{
    if (sodium_init() < 0) abort();
}

static const unsigned char *bytes_of(str s) { return (const unsigned char *)s.p; }

str hex_of(struct arena *a, str bytes)
{
    char *hex = arena_array(a, bytes.n + 1, 2);
    sodium_bin2hex(hex, bytes.n * 2 + 1, bytes_of(bytes), bytes.n);
    return (str){hex, bytes.n * 2};
}

str sha256_hex(struct arena *a, str bytes)
{
    unsigned char digest[SHA256_BYTES];
    start();
    crypto_hash_sha256(digest, bytes_of(bytes), bytes.n);
    return hex_of(a, (str){(const char *)digest, sizeof digest});
}

void random_bytes(void *out, size_t n)
{
    start();
    randombytes_buf(out, n);
}

struct sha256 *sha256_new(struct arena *a)
{
    struct sha256 *h = arena_alloc(a, sizeof *h);
    start();
    crypto_hash_sha256_init(&h->state);
    return h;
}

void sha256_add(struct sha256 *h, str bytes) { crypto_hash_sha256_update(&h->state, bytes_of(bytes), bytes.n); }

str sha256_end(struct arena *a, struct sha256 *h)
{
    unsigned char digest[SHA256_BYTES];
    crypto_hash_sha256_final(&h->state, digest);
    return hex_of(a, (str){(const char *)digest, sizeof digest});
}
