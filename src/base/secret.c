#include "base/secret.h"

#include <assert.h>

#include <sodium.h>

#include "base/hash.h"

static_assert(KEY_BYTES == crypto_secretbox_KEYBYTES, "a key is 32 bytes");

static const unsigned char *bytes_of(str s) { return (const unsigned char *)s.p; }

/* Safe to call often: libsodium remembers. */
static void start(void)
{
    if (sodium_init() < 0) abort();
}

/* ---- passwords ---- */

str password_hash(struct arena *a, str password)
{
    char *text = arena_alloc(a, crypto_pwhash_STRBYTES);
    start();
    int rc = crypto_pwhash_str_alg(text, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY,
                                   crypto_pwhash_ALG_ARGON2ID13);
    return rc == 0 ? str_of(text) : (str){"", 0};
}

/* Hashes the password all the same, so that a name nobody has takes as long as one that somebody has. */
static bool wrong_slowly(str password)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = "nobody";
    unsigned char out[32];
    (void)!crypto_pwhash(out, sizeof out, password.p, password.n, salt, PASSWORD_PASSES, PASSWORD_MEMORY,
                         crypto_pwhash_ALG_ARGON2ID13);
    return false;
}

bool password_right(str hash, str password)
{
    char text[crypto_pwhash_STRBYTES] = {0};
    start();
    if (hash.n == 0 || hash.n >= sizeof text) return wrong_slowly(password);
    memcpy(text, hash.p, hash.n);
    return crypto_pwhash_str_verify(text, password.p, password.n) == 0;
}

bool password_weak_hash(struct arena *a, str hash)
{
    return crypto_pwhash_str_needs_rehash(str_c(a, hash), PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}

bool secret_same(str a, str b) { return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0); }

/* ---- text ---- */

static str encoded(struct arena *a, str bytes, int variant)
{
    size_t room = sodium_base64_encoded_len(bytes.n, variant);
    char *text = arena_alloc(a, room);
    sodium_bin2base64(text, room, bytes_of(bytes), bytes.n, variant);
    return str_of(text);
}

str base64(struct arena *a, str bytes) { return encoded(a, bytes, sodium_base64_VARIANT_ORIGINAL); }

str base64url(struct arena *a, str bytes) { return encoded(a, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

bool base64url_read(struct arena *a, str text, str *out)
{
    size_t n = 0;
    unsigned char *bytes = arena_alloc(a, text.n + 1);
    if (sodium_base642bin(bytes, text.n + 1, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    *out = (str){(const char *)bytes, n};
    return true;
}

str secret_new(struct arena *a, size_t n)
{
    char *bytes = arena_alloc(a, n);
    random_bytes(bytes, n);
    return base64url(a, (str){bytes, n});
}

/* ---- keys and seals ---- */

str key_for(struct arena *a, str key, str label)
{
    unsigned char *out = arena_alloc(a, KEY_BYTES);
    start();
    crypto_generichash(out, KEY_BYTES, bytes_of(label), label.n, bytes_of(key), key.n);
    return (str){(const char *)out, KEY_BYTES};
}

str sealed(struct arena *a, const unsigned char key[KEY_BYTES], str plain)
{
    enum { NONCE = crypto_secretbox_NONCEBYTES, MORE = NONCE + crypto_secretbox_MACBYTES };
    unsigned char *box = arena_alloc(a, plain.n + MORE);
    random_bytes(box, NONCE);
    crypto_secretbox_easy(box + NONCE, bytes_of(plain), plain.n, box, key);
    return base64url(a, (str){(const char *)box, plain.n + MORE});
}

bool unsealed(struct arena *a, const unsigned char key[KEY_BYTES], str text, str *out)
{
    enum { NONCE = crypto_secretbox_NONCEBYTES, MORE = NONCE + crypto_secretbox_MACBYTES };
    str box;
    start();
    if (!base64url_read(a, text, &box) || box.n < MORE) return false;
    unsigned char *plain = arena_alloc(a, box.n - MORE + 1);
    if (crypto_secretbox_open_easy(plain, bytes_of(box) + NONCE, box.n - NONCE, bytes_of(box), key) != 0) return false;
    *out = (str){(const char *)plain, box.n - MORE};
    return true;
}
