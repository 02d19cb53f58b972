/* SHA-256 in hex: journal lines, imported files, schema steps. SHA-1 for names alone (base/uuid.h), never for a proof. */
#ifndef MEGURI_BASE_HASH_H
#define MEGURI_BASE_HASH_H

#include "base/str.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 64, SHA1_BYTES = 20 };

str sha256_hex(struct arena *, str bytes); /* 64 lower-case hex digits */
str md5_hex(struct arena *, str bytes);    /* for what others look up by it alone (the feed of MISP), never for a proof */
void sha1_bytes(str bytes, unsigned char out[SHA1_BYTES]);
str hex_of(struct arena *, str bytes);
void random_bytes(void *out, size_t n);    /* from the system */

#endif
