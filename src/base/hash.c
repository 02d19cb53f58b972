#include "base/hash.h"

#include <assert.h>

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sodium.h>

/* libcrypto's SHA-256 uses the processor's own instructions, where libsodium's is portable C: the file of a national round
 * is hashed in a tenth of the time. Everything else cryptographic is libsodium's. */
static_assert(SHA256_BYTES == SHA256_DIGEST_LENGTH, "SHA-256 is 32 bytes");
static_assert(SHA1_BYTES == SHA_DIGEST_LENGTH, "SHA-1 is 20 bytes");

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
    SHA256(bytes_of(bytes), bytes.n, digest);
    return hex_of(a, (str){(const char *)digest, sizeof digest});
}

str md5_hex(struct arena *a, str bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    size_t n = 0;
    int done = EVP_Q_digest(NULL, "MD5", NULL, bytes.p, bytes.n, digest, &n);
    assert(done == 1);
    (void)done;
    return hex_of(a, (str){(const char *)digest, n});
}

void sha1_bytes(str bytes, unsigned char out[SHA1_BYTES]) { SHA1(bytes_of(bytes), bytes.n, out); }

void random_bytes(void *out, size_t n)
{
    start();
    randombytes_buf(out, n);
}
