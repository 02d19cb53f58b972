/* Passwords, seals and keys: libsodium behind plain words. */
#ifndef MEGURI_BASE_SECRET_H
#define MEGURI_BASE_SECRET_H

#include "base/str.h"

/* Argon2id (RFC 9106) with 46 MiB and two passes: above the least that OWASP's Password Storage Cheat Sheet asks (46 MiB
 * and one pass), and some 60 ms here. The text names its own limits, so that they may be raised later. */
enum { PASSWORD_MEMORY = 46 << 20, PASSWORD_PASSES = 2, KEY_BYTES = 32 };
str password_hash(struct arena *, str password);   /* as crypto_pwhash_str writes it; empty when memory ran out */
bool password_right(str hash, str password);       /* an empty hash costs the same and is never right */
bool password_weak_hash(struct arena *, str hash); /* made with other limits than today's */

bool secret_same(str a, str b); /* in time that tells nothing of where they differ */

/* So many random bytes as text without blanks: letters and digits of base64url. */
str secret_new(struct arena *, size_t bytes);

/* A key of its own for each use, from a key and a label: BLAKE2b, 32 bytes. */
str key_for(struct arena *, str key, str label);

/* XSalsa20-Poly1305 under a 32-byte key; as base64url text. False when it was not sealed under this key. */
str sealed(struct arena *, const unsigned char key[KEY_BYTES], str plain);
bool unsealed(struct arena *, const unsigned char key[KEY_BYTES], str text, str *out);

str base64(struct arena *, str bytes);    /* with padding, one line */
str base64url(struct arena *, str bytes); /* without padding */
bool base64url_read(struct arena *, str text, str *out);

#endif
