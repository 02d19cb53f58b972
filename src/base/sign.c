#include "base/sign.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/hash.h"

static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES && SIGN_SEED_BYTES == crypto_sign_SEEDBYTES &&
                  SIGN_BYTES == crypto_sign_BYTES,
              "the sizes of Ed25519");

enum { FINGERPRINT_GROUPS = 6 };
static const str public_line = S_INIT("meguri-key ed25519 "), secret_line = S_INIT("meguri-secret-key ed25519 ");

static const unsigned char *bytes_of(str s) { return (const unsigned char *)s.p; }

/* Safe to call often: libsodium remembers. */
static void start(void)
{
    if (sodium_init() < 0) abort();
}

struct sign_key sign_key_new(void)
{
    struct sign_key k;
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    start();
    randombytes_buf(k.seed, sizeof k.seed);
    crypto_sign_seed_keypair(k.pub, secret, k.seed);
    sodium_memzero(secret, sizeof secret);
    return k;
}

void sign_key_wipe(struct sign_key *k) { sodium_memzero(k, sizeof *k); }

/* ---- names of a key ---- */

str key_id(struct arena *a, const unsigned char pub[SIGN_PUBLIC_BYTES])
{
    return str_sub(sha256_hex(a, (str){(const char *)pub, SIGN_PUBLIC_BYTES}), 0, KEY_ID_HEX);
}

str key_fingerprint(struct arena *a, const unsigned char pub[SIGN_PUBLIC_BYTES])
{
    unsigned char h[crypto_hash_sha256_BYTES];
    struct buf b = buf_in(a);
    crypto_hash_sha256(h, pub, SIGN_PUBLIC_BYTES);
    for (size_t i = 0; i < FINGERPRINT_GROUPS; i++) {
        const unsigned char *p = h + i * 4;
        uint32_t n = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
        buf_fmt(&b, "%s%05u", i == 0 ? "" : " ", n % 100000);
    }
    return buf_str(&b);
}

static str line_of(struct arena *a, str head, const unsigned char *bytes, size_t n)
{
    str hex = hex_of(a, (str){(const char *)bytes, n});
    return str_fmt(a, "%.*s%.*s", STR_ARG(head), STR_ARG(hex));
}

/* Lower-case hex only, so that a key has one line. */
static bool hex_read(str hex, unsigned char *out, size_t n)
{
    if (hex.n != 2 * n) return false;
    for (size_t i = 0; i < hex.n; i++)
        if (strchr("0123456789abcdef", hex.p[i]) == NULL || hex.p[i] == '\0') return false;
    size_t got = 0;
    return sodium_hex2bin(out, n, hex.p, hex.n, NULL, &got, NULL) == 0 && got == n;
}

str key_line(struct arena *a, const unsigned char pub[SIGN_PUBLIC_BYTES])
{
    return line_of(a, public_line, pub, SIGN_PUBLIC_BYTES);
}

bool key_line_read(str line, unsigned char pub[SIGN_PUBLIC_BYTES])
{
    line = str_trim(line);
    return str_starts(line, public_line) && hex_read(str_sub(line, public_line.n, line.n), pub, SIGN_PUBLIC_BYTES);
}

/* ---- the file ---- */

static enum err not_made(struct work *w, str path)
{
    return errno == EEXIST
               ? fault(w, CONFLICT, M("'%1' is there already: a key is never written over; name another file"), path)
               : fault(w, BUSY, M("cannot write '%1': %2"), path, str_of(strerror(errno)));
}

enum err key_file_make(struct work *w, str path, const struct sign_key *k)
{
    str line = line_of(w->a, secret_line, k->seed, sizeof k->seed);
    const char *name = str_c(w->a, path);
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return not_made(w, path);
    bool whole = write(fd, line.p, line.n) == (ssize_t)line.n && write(fd, "\n", 1) == 1 && fsync(fd) == 0;
    int why = errno;
    whole = close(fd) == 0 && whole;
    if (whole) return OK;
    unlink(name);
    errno = why;
    return not_made(w, path);
}

enum err key_of_bytes(struct work *w, str name, str bytes, struct sign_key *out)
{
    str line = str_trim(bytes);
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    if (bytes.n > SIGN_FILE_MAX || !str_starts(line, secret_line) ||
        !hex_read(str_sub(line, secret_line.n, line.n), out->seed, sizeof out->seed))
        return fault(w, INVALID, M("'%1' holds no secret key: `meguri inspect rollup-key --file PATH` makes one"),
                     name);
    start();
    crypto_sign_seed_keypair(out->pub, secret, out->seed);
    sodium_memzero(secret, sizeof secret);
    return OK;
}

enum err key_file_read(struct work *w, str path, struct sign_key *out)
{
    struct stat st;
    char *bytes = arena_alloc(w->a, SIGN_FILE_MAX + 1);
    int fd = open(str_c(w->a, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fault(w, NOTFOUND, M("cannot read '%1': %2"), path, str_of(strerror(errno)));
    bool open_to_others = fstat(fd, &st) != 0 || (st.st_mode & 077) != 0;
    ssize_t n = read(fd, bytes, SIGN_FILE_MAX + 1);
    close(fd);
    enum err e = open_to_others
                     ? fault(w, DENIED, M("'%1' may be read by others than its owner: `chmod 600` it first"), path)
                     : key_of_bytes(w, path, (str){bytes, n < 0 ? 0 : (size_t)n}, out);
    sodium_memzero(bytes, SIGN_FILE_MAX + 1);
    return e;
}

/* ---- signing ---- */

str sign(struct arena *a, const struct sign_key *k, str bytes)
{
    unsigned char pub[SIGN_PUBLIC_BYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char *out = arena_alloc(a, SIGN_BYTES);
    start();
    crypto_sign_seed_keypair(pub, secret, k->seed);
    crypto_sign_detached(out, NULL, bytes_of(bytes), bytes.n, secret);
    sodium_memzero(secret, sizeof secret);
    return (str){(const char *)out, SIGN_BYTES};
}

bool signature_right(const unsigned char pub[SIGN_PUBLIC_BYTES], str bytes, str signature)
{
    start();
    return signature.n == SIGN_BYTES &&
           crypto_sign_verify_detached(bytes_of(signature), bytes_of(bytes), bytes.n, pub) == 0;
}
