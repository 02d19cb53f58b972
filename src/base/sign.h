/* Signatures: Ed25519 (RFC 8032) by libsodium, detached, over the exact bytes.
 *
 * A key is named by the first 16 hex digits of the SHA-256 of its public half. What is handed over is one line,
 * "meguri-key ed25519 HEX"; what people read to each other over the telephone is its fingerprint, six groups of five
 * digits from the same hash (some 100 bits). The secret stands in a file of its own, "meguri-secret-key ed25519 HEX".
 */
#ifndef MEGURI_BASE_SIGN_H
#define MEGURI_BASE_SIGN_H

#include "base/work.h"

enum { SIGN_PUBLIC_BYTES = 32, SIGN_SEED_BYTES = 32, SIGN_BYTES = 64, KEY_ID_HEX = 16, SIGN_FILE_MAX = 4096 };

struct sign_key {
    unsigned char seed[SIGN_SEED_BYTES], pub[SIGN_PUBLIC_BYTES];
};

struct sign_key sign_key_new(void);
void sign_key_wipe(struct sign_key *);

/* Of a public key, 32 bytes. */
str key_id(struct arena *, const unsigned char pub[SIGN_PUBLIC_BYTES]);
str key_fingerprint(struct arena *, const unsigned char pub[SIGN_PUBLIC_BYTES]); /* "01234 56789 …" */
str key_line(struct arena *, const unsigned char pub[SIGN_PUBLIC_BYTES]);
/* False when it is no such line; blanks around it are passed over. */
bool key_line_read(str line, unsigned char pub[SIGN_PUBLIC_BYTES]);

/* The file of a secret key: made with mode 0600, and never in place of another. Faults name the file. */
enum err key_file_make(struct work *w, str path, const struct sign_key *) MUST_USE;
/* Of bytes already read; INVALID with a fault that names the file. */
enum err key_of_bytes(struct work *w, str name, str bytes, struct sign_key *out) MUST_USE;
/* Opened, and refused when others than its owner may read it. */
enum err key_file_read(struct work *w, str path, struct sign_key *out) MUST_USE;

str sign(struct arena *, const struct sign_key *, str bytes); /* 64 bytes */
bool signature_right(const unsigned char pub[SIGN_PUBLIC_BYTES], str bytes, str signature);

#endif
