/* OpenPGP (RFC 4880, RFC 9580's version 4 packets) by librnp: certificates of others read, and text encrypted for them. No keyring, no file, no process:
 * what is known lives as long as the call.
 *
 * A certificate comes from outside, so its packets are walked by ourselves first: armour of a public key, one primary key, nothing but keys, names
 * and signatures, within the limits below. Only then the library reads it. */
#ifndef MEGURI_FORMAT_OPENPGP_H
#define MEGURI_FORMAT_OPENPGP_H

#include "base/work.h"

enum {
    OPENPGP_CERTIFICATE_MAX = 64 * 1024, /* bytes, armoured */
    OPENPGP_PACKETS_MAX = 250,           /* of a certificate: each signature costs a reckoning with large numbers */
    OPENPGP_PLAIN_MAX = 1 << 20,         /* bytes that are encrypted at once */
    OPENPGP_RECEIVERS_MAX = 50
};

/* Opens the source of randomness: to be called before a process gives up its right to open files, else the others end it. */
void openpgp_ready(void);

/* May text be encrypted for it now (w->now)? fingerprint: hex, upper case. INVALID with a fault that says what is the matter: no certificate, a secret key,
 * several, too large, damaged, revoked, expired, without a key to encrypt for. */
enum err openpgp_check(struct work *w, str armoured, str *fingerprint) MUST_USE;
/* Encrypted for all of them, AES-256 with a check against changes, not compressed (lengths would tell of the text), armoured. INVALID where one of
 * the certificates is not good any more. */
enum err openpgp_encrypt(struct work *w, const str *certificates, size_t n, str plain, str *armoured) MUST_USE;

#endif
