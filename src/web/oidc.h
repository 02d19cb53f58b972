/* OpenID Connect Core 1.0, the code flow with PKCE (RFC 7636): the client's part. */
#ifndef MEGURI_WEB_OIDC_H
#define MEGURI_WEB_OIDC_H

#include "base/work.h"

enum { OIDC_KEPT = 3600, OIDC_LEEWAY = 60, OIDC_MINUTES = 10 };

struct oidc_issuer { /* what its discovery document says; kept for an hour */
    str issuer, authorization, token, jwks_uri, jwks;
    bool basic;      /* the client's secret goes into the Authorization header */
    int64_t read_at, jwks_at;
    struct arena *a; /* of the texts above */
};
/* The document must be of the issuer asked for (OpenID Connect Discovery 1.0 §4.3), but for a stroke at its end. */
enum err oidc_discovered(struct work *w, str issuer, str document, struct oidc_issuer *out) MUST_USE;

struct oidc_expected {
    str issuer, client, nonce, claim; /* claim: the one that names the person; empty: subject and mail do */
    int64_t now;
};
struct oidc_claims {
    str subject, mail, claim; /* mail: only when the issuer says it is verified */
};
/* RS256 and ES256 alone; signature by a key of the set; iss, aud, azp, exp, iat, nonce as expected (Core §3.1.3.7). DENIED
 * with a fault otherwise. *unknown_key: signed with a key that the set has not: read the set again. */
enum err oidc_verify(struct work *w, str jwks, str token, const struct oidc_expected *, struct oidc_claims *out,
                     bool *unknown_key) MUST_USE;

str oidc_challenge(struct arena *, str verifier); /* S256 */

#endif
