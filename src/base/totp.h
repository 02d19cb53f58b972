/* One-time codes by the clock (RFC 6238): six digits, thirty seconds, HMAC-SHA-1, as every authenticator app has them. */
#ifndef MEGURI_BASE_TOTP_H
#define MEGURI_BASE_TOTP_H

#include "base/str.h"

enum { TOTP_DIGITS = 6, TOTP_SECONDS = 30, TOTP_SECRET = 20 };

str totp_new(struct arena *); /* a secret, base32 */
/* The step whose code this is, when it is that of now, the one before or the one after (clocks differ) and lies after
 * `last`, the step used last: a code works once. 0: wrong. */
int64_t totp_step(struct arena *, str secret, str code, int64_t now, int64_t last);
str totp_code(struct arena *, str secret, int64_t now); /* for tests and demonstrations; empty: not base32 */
str totp_uri(struct arena *, str secret, str issuer, str user); /* otpauth://totp/…, as QR codes carry it */

#endif
