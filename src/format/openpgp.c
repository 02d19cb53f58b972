#include "format/openpgp.h"

#include <rnp/rnp.h>
#include <rnp/rnp_err.h>

/* As it is built for Debian, the library writes a line to stderr about whatever it meets in the bytes of others: nobody here reads them, and who sends
 * bytes shall not fill the log. So it gets another stderr (a variable in the C library) while it works. */
static ssize_t drop(void *to, const char *bytes, size_t n)
{
    (void)to, (void)bytes;
    return (ssize_t)n;
}
static FILE *hush(void)
{
    FILE *nowhere = fopencookie(NULL, "w", (cookie_io_functions_t){.write = drop}), *was = stderr;
    if (nowhere == NULL) abort();
    stderr = nowhere;
    return was;
}
static void speak(FILE *was)
{
    fclose(stderr);
    stderr = was;
}

/* ---- the packets, before the library sees them ---- */

enum look { LOOK_GOOD, LOOK_NONE, LOOK_SECRET, LOOK_SEVERAL, LOOK_LONG, LOOKS };

static const str troubles[LOOKS] = {
    [LOOK_NONE] = N("this is no OpenPGP certificate: it begins with -----BEGIN PGP PUBLIC KEY BLOCK----- and ends with -----END PGP PUBLIC KEY BLOCK-----"),
    [LOOK_SECRET] = N("this is a secret key. It is not kept; as it has left its owner's hands, make a new one and give the public key alone"),
    [LOOK_SEVERAL] = N("these are several certificates: give one"),
    [LOOK_LONG] = N("the certificate is too large: 64 kB at most; export it without the signatures of others (gpg --export-options export-minimal)"),
};

/* RFC 4880, 4.3 */
enum tag { TAG_SIGNATURE = 2, TAG_SECRET = 5, TAG_KEY = 6, TAG_SECRET_SUB = 7, TAG_TRUST = 12, TAG_NAME = 13, TAG_SUB = 14, TAG_ATTRIBUTE = 17 };
static const uint32_t certificate_tags = 1u << TAG_SIGNATURE | 1u << TAG_KEY | 1u << TAG_TRUST | 1u << TAG_NAME | 1u << TAG_SUB | 1u << TAG_ATTRIBUTE;

struct packets {
    const unsigned char *p;
    size_t n, at;
};

static bool number(struct packets *k, size_t bytes, size_t *out)
{
    if (k->n - k->at < bytes) return false;
    *out = 0;
    while (bytes-- > 0) *out = *out << 8 | k->p[k->at++];
    return true;
}

/* RFC 4880, 4.2.2: of one, two or five bytes; keys have no parts of unknown length. */
static bool new_length(struct packets *k, size_t *out)
{
    size_t first, second;
    if (!number(k, 1, &first) || (first >= 224 && first < 255)) return false;
    if (first == 255) return number(k, 4, out);
    *out = first;
    if (first < 192) return true;
    if (!number(k, 1, &second)) return false;
    *out = ((first - 192) << 8) + second + 192;
    return true;
}

static bool next_packet(struct packets *k, unsigned *tag)
{
    size_t head, length;
    if (!number(k, 1, &head) || (head & 0x80) == 0) return false;
    bool is_new = (head & 0x40) != 0;
    *tag = is_new ? (unsigned)head & 0x3F : (unsigned)head >> 2 & 0x0F;
    if (!is_new && (head & 3) == 3) return false; /* to the end of the file */
    if (!(is_new ? new_length(k, &length) : number(k, (size_t)1 << (head & 3), &length))) return false;
    if (k->n - k->at < length) return false;
    k->at += length;
    return true;
}

static enum look look_packets(struct packets k)
{
    size_t keys = 0;
    for (size_t i = 0; k.at < k.n; i++) {
        unsigned tag;
        if (i == OPENPGP_PACKETS_MAX) return LOOK_LONG;
        if (!next_packet(&k, &tag)) return LOOK_NONE;
        if (tag == TAG_SECRET || tag == TAG_SECRET_SUB) return LOOK_SECRET;
        if (tag >= 32 || (certificate_tags & 1u << tag) == 0 || (i == 0) != (tag == TAG_KEY)) return tag == TAG_KEY ? LOOK_SEVERAL : LOOK_NONE;
        keys += tag == TAG_KEY;
    }
    return keys == 1 ? LOOK_GOOD : LOOK_NONE;
}

static enum look look(str armoured)
{
    static const str begin = S_INIT("-----BEGIN PGP PUBLIC KEY BLOCK-----"), secret = S_INIT("-----BEGIN PGP PRIVATE KEY BLOCK-----");
    rnp_input_t in = NULL;
    rnp_output_t out = NULL;
    uint8_t *bytes = NULL;
    size_t n = 0;
    str text = str_trim(armoured);
    if (str_find(text, secret) >= 0) return LOOK_SECRET; /* whatever stands around it */
    if (armoured.n > OPENPGP_CERTIFICATE_MAX) return LOOK_LONG;
    if (!str_starts(text, begin)) return LOOK_NONE;
    if (str_find(str_sub(text, begin.n, text.n), begin) >= 0) return LOOK_SEVERAL;
    enum look found = LOOK_NONE;
    if (rnp_input_from_memory(&in, (const uint8_t *)text.p, text.n, false) == RNP_SUCCESS &&
        rnp_output_to_memory(&out, OPENPGP_CERTIFICATE_MAX) == RNP_SUCCESS && rnp_dearmor(in, out) == RNP_SUCCESS &&
        rnp_output_memory_get_buf(out, &bytes, &n, false) == RNP_SUCCESS)
        found = look_packets((struct packets){bytes, n, 0});
    rnp_output_destroy(out);
    rnp_input_destroy(in);
    return found;
}

/* ---- by the library ---- */

/* Where nothing was read yet. The clock is the work's, for all that can expire. */
static rnp_ffi_t ring_new(const struct work *w)
{
    rnp_ffi_t ring = NULL;
    if (rnp_ffi_create(&ring, "GPG", "GPG") != RNP_SUCCESS || rnp_set_timestamp(ring, (uint64_t)w->now) != RNP_SUCCESS) abort();
    return ring;
}

void openpgp_ready(void)
{
    const struct work w = {.now = 1};
    rnp_ffi_destroy(ring_new(&w));
}

static bool import(rnp_ffi_t ring, str armoured)
{
    rnp_input_t in = NULL;
    if (rnp_input_from_memory(&in, (const uint8_t *)armoured.p, armoured.n, false) != RNP_SUCCESS) return false;
    bool done = rnp_import_keys(ring, in, RNP_LOAD_SAVE_PUBLIC_KEYS, NULL) == RNP_SUCCESS;
    rnp_input_destroy(in);
    return done;
}

/* The one primary key of the ring; NULL: it has none. */
static rnp_key_handle_t primary(rnp_ffi_t ring)
{
    rnp_identifier_iterator_t each = NULL;
    rnp_key_handle_t found = NULL;
    const char *print = NULL;
    if (rnp_identifier_iterator_create(ring, &each, "fingerprint") != RNP_SUCCESS) return NULL;
    while (found == NULL && rnp_identifier_iterator_next(each, &print) == RNP_SUCCESS && print != NULL) {
        bool is_primary = false;
        rnp_key_handle_t key = NULL;
        if (rnp_locate_key(ring, "fingerprint", print, &key) != RNP_SUCCESS || key == NULL) continue;
        if (rnp_key_is_primary(key, &is_primary) == RNP_SUCCESS && is_primary)
            found = key;
        else
            rnp_key_handle_destroy(key);
    }
    rnp_identifier_iterator_destroy(each);
    return found;
}

typedef rnp_result_t asks_key(rnp_key_handle_t, bool *);
static bool is(asks_key *ask, rnp_key_handle_t key)
{
    bool yes = false;
    return ask(key, &yes) == RNP_SUCCESS && yes;
}

/* The key of it that text is encrypted for; NULL: none that is good now. */
static rnp_key_handle_t for_text(rnp_key_handle_t key)
{
    rnp_key_handle_t sub = NULL;
    if (rnp_key_get_default_key(key, "encrypt", 0, &sub) != RNP_SUCCESS || sub == NULL) return NULL;
    if (is(rnp_key_is_valid, sub)) return sub;
    rnp_key_handle_destroy(sub);
    return NULL;
}

/* Empty: it is good, and *sub is the key to encrypt for. */
static str trouble_of(rnp_key_handle_t key, rnp_key_handle_t *sub)
{
    static const str damaged = N("the certificate is damaged: a signature its owner made does not fit");
    if (key == NULL) return damaged;
    if (is(rnp_key_is_revoked, key)) return M("its owner has revoked the certificate: ask for the new one");
    if (is(rnp_key_is_expired, key)) return M("the certificate has expired: ask its owner for one that was renewed");
    if (!is(rnp_key_is_valid, key)) return damaged;
    *sub = for_text(key);
    return *sub == NULL ? M("the certificate has no key to encrypt for, or it has expired: a new one is needed") : S("");
}

/* One certificate into the ring, which had none. */
static enum err take(struct work *w, rnp_ffi_t ring, str armoured, rnp_key_handle_t *key, rnp_key_handle_t *sub)
{
    enum look found = look(armoured);
    if (found != LOOK_GOOD) return fault(w, INVALID, troubles[found]);
    *key = import(ring, str_trim(armoured)) ? primary(ring) : NULL;
    str trouble = trouble_of(*key, sub);
    return trouble.n == 0 ? OK : fault(w, INVALID, trouble);
}

enum err openpgp_check(struct work *w, str armoured, str *fingerprint)
{
    FILE *log = hush();
    rnp_ffi_t ring = ring_new(w);
    rnp_key_handle_t key = NULL, sub = NULL;
    char *print = NULL;
    enum err e = take(w, ring, armoured, &key, &sub);
    if (e == OK && rnp_key_get_fprint(key, &print) == RNP_SUCCESS) *fingerprint = str_dup(w->a, str_of(print));
    rnp_buffer_destroy(print);
    rnp_key_handle_destroy(sub);
    rnp_key_handle_destroy(key);
    rnp_ffi_destroy(ring);
    speak(log);
    return e;
}

/* ---- encrypting ---- */

static bool encrypted(struct work *w, rnp_ffi_t ring, rnp_key_handle_t *to, size_t n, str plain, str *armoured)
{
    rnp_input_t in = NULL;
    rnp_output_t out = NULL;
    rnp_op_encrypt_t op = NULL;
    uint8_t *bytes = NULL;
    size_t length = 0;
    bool ok = rnp_input_from_memory(&in, (const uint8_t *)plain.p, plain.n, false) == RNP_SUCCESS &&
              rnp_output_to_memory(&out, 0) == RNP_SUCCESS && rnp_op_encrypt_create(&op, ring, in, out) == RNP_SUCCESS &&
              rnp_op_encrypt_set_armor(op, true) == RNP_SUCCESS && rnp_op_encrypt_set_cipher(op, "AES256") == RNP_SUCCESS &&
              rnp_op_encrypt_set_aead(op, "None") == RNP_SUCCESS && rnp_op_encrypt_set_compression(op, "Uncompressed", 0) == RNP_SUCCESS;
    for (size_t i = 0; ok && i < n; i++) ok = rnp_op_encrypt_add_recipient(op, to[i]) == RNP_SUCCESS;
    ok = ok && rnp_op_encrypt_execute(op) == RNP_SUCCESS && rnp_output_memory_get_buf(out, &bytes, &length, false) == RNP_SUCCESS;
    if (ok) *armoured = str_dup(w->a, (str){(const char *)bytes, length});
    rnp_op_encrypt_destroy(op);
    rnp_output_destroy(out);
    rnp_input_destroy(in);
    return ok;
}

/* Each certificate is looked at in a ring of its own, so that none speaks for another, and then goes into the common one. */
static enum err receiver(struct work *w, rnp_ffi_t ring, str certificate, rnp_key_handle_t *out)
{
    rnp_ffi_t own = ring_new(w);
    rnp_key_handle_t key = NULL, sub = NULL;
    char *print = NULL;
    enum err e = take(w, own, certificate, &key, &sub);
    if (e == OK && (rnp_key_get_fprint(sub, &print) != RNP_SUCCESS || !import(ring, str_trim(certificate)) ||
                    rnp_locate_key(ring, "fingerprint", print, out) != RNP_SUCCESS || *out == NULL))
        e = fault(w, INVALID, M("the certificate cannot be used to encrypt"));
    rnp_buffer_destroy(print);
    rnp_key_handle_destroy(sub);
    rnp_key_handle_destroy(key);
    rnp_ffi_destroy(own);
    return e;
}

enum err openpgp_encrypt(struct work *w, const str *certificates, size_t n, str plain, str *armoured)
{
    rnp_key_handle_t to[OPENPGP_RECEIVERS_MAX] = {NULL};
    enum err e = OK;
    if (n == 0 || n > OPENPGP_RECEIVERS_MAX) return fault(w, INVALID, M("a text is encrypted for one to fifty receivers"));
    if (plain.n > OPENPGP_PLAIN_MAX) return fault(w, INVALID, M("the text is too long to be encrypted: 1 MB at most"));
    FILE *log = hush();
    rnp_ffi_t ring = ring_new(w);
    for (size_t i = 0; e == OK && i < n; i++) e = receiver(w, ring, certificates[i], &to[i]);
    if (e == OK && !encrypted(w, ring, to, n, plain, armoured)) e = fault(w, INVALID, M("the certificate cannot be used to encrypt"));
    for (size_t i = 0; i < n; i++) rnp_key_handle_destroy(to[i]);
    rnp_ffi_destroy(ring);
    speak(log);
    return e;
}
