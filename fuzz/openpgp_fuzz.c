/* Certificates as others give them: refused with one fault, or known by a fingerprint, and then something can be encrypted for them.
 * The input is tried as it is, and as the bytes under the armour of a public key. */
#include <stdlib.h>

#include "base/secret.h"
#include "format/openpgp.h"
#include "fuzz.h"

static void check(bool good)
{
    if (!good) abort();
}

static void take(str armoured)
{
    struct work w = {.a = arena_new(0), .now = 1780000000};
    str print = S(""), sealed = S("");
    enum err e = openpgp_check(&w, armoured, &print);
    check(e == OK ? print.n >= 40 && w.faults.count == 0 : e == INVALID && w.faults.count == 1 && print.n == 0);
    if (e == OK && openpgp_encrypt(&w, &armoured, 1, S("text"), &sealed) == OK) check(str_starts(sealed, S("-----BEGIN PGP MESSAGE-----")));
    arena_free(w.a);
}

/* RFC 4880, 6.1 */
static uint32_t crc24(str bytes)
{
    uint32_t crc = 0xB704CE;
    for (size_t i = 0; i < bytes.n; i++) {
        crc ^= (uint32_t)(unsigned char)bytes.p[i] << 16;
        for (int bit = 0; bit < 8; bit++) crc = crc << 1 ^ ((crc & 0x800000) != 0 ? 0x1864CFB : 0);
    }
    return crc & 0xFFFFFF;
}

static str armoured(struct arena *a, str bytes)
{
    uint32_t crc = crc24(bytes);
    const char sum[] = {(char)(crc >> 16), (char)(crc >> 8), (char)crc};
    return str_fmt(a, "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n%.*s\n=%.*s\n-----END PGP PUBLIC KEY BLOCK-----\n",
                   STR_ARG(base64(a, bytes)), STR_ARG(base64(a, (str){sum, sizeof sum})));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *a = arena_new(0);
    str input = {(const char *)bytes, n};
    take(input);
    take(armoured(a, input));
    arena_free(a);
    return 0;
}
