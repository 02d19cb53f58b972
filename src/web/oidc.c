#include "web/oidc.h"

#include <cjose/cjose.h>

#include "base/hash.h"
#include "base/secret.h"
#include "format/json.h"

/* ---- PKCE ---- */

static unsigned char nibble(char c) { return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10); }

str oidc_challenge(struct arena *a, str verifier)
{
    str hex = sha256_hex(a, verifier);
    char *bytes = arena_alloc(a, SHA256_BYTES);
    for (size_t i = 0; i < SHA256_BYTES; i++) bytes[i] = (char)(nibble(hex.p[2 * i]) << 4 | nibble(hex.p[2 * i + 1]));
    return base64url(a, (str){bytes, SHA256_BYTES});
}

/* ---- discovery ---- */

static bool lists(const struct jv *array, str word)
{
    for (size_t i = 0; i < jv_size(array); i++)
        if (str_eq(jv_str(jv_at(array, i)), word)) return true;
    return false;
}

static str without_stroke(str address)
{
    return str_ends(address, S("/")) ? str_sub(address, 0, address.n - 1) : address;
}

/* The document is found at one address whether the issuer ends in a stroke or not (§4.1); from here on the issuer is
 * what the document says, to the letter. */
enum err oidc_discovered(struct work *w, str issuer, str document, struct oidc_issuer *out)
{
    const struct jv *d;
    enum err e = jv_read(w, S("discovery"), document, &d);
    if (e != OK) return e;
    const struct jv *ways = jv_get(d, "token_endpoint_auth_methods_supported");
    struct oidc_issuer found = {
        .issuer = jv_str(jv_get(d, "issuer")),
        .authorization = jv_str(jv_get(d, "authorization_endpoint")),
        .token = jv_str(jv_get(d, "token_endpoint")),
        .jwks_uri = jv_str(jv_get(d, "jwks_uri")),
        .basic = ways == NULL || lists(ways, S("client_secret_basic")),
    };
    if (!str_eq(without_stroke(found.issuer), without_stroke(issuer)))
        return fault(w, DENIED, M("the issuer calls itself '%1', not '%2': mend --oidc-issuer"), found.issuer, issuer);
    if (found.authorization.n == 0 || found.token.n == 0 || found.jwks_uri.n == 0)
        return fault(w, DENIED, M("the issuer does not say where to sign in"));
    *out = found;
    return OK;
}

/* ---- the signature ---- */

static const struct {
    const char *alg, *kty;
} algorithms[] = {{"RS256", "RSA"}, {"ES256", "EC"}}; /* what a key of one kind signs may not be checked as another's */

static bool key_fits(const struct jv *key, str alg, str kid)
{
    str use = jv_str(jv_get(key, "use")), key_alg = jv_str(jv_get(key, "alg"));
    if (use.n != 0 && !str_eq(use, S("sig"))) return false;
    if (key_alg.n != 0 && !str_eq(key_alg, alg)) return false;
    if (kid.n != 0 && !str_eq(jv_str(jv_get(key, "kid")), kid)) return false;
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++)
        if (str_eq(alg, str_of(algorithms[i].alg)))
            return str_eq(jv_str(jv_get(key, "kty")), str_of(algorithms[i].kty));
    return false;
}

static bool signed_by(struct work *w, cjose_jws_t *jws, const struct jv *key)
{
    struct buf text = buf_in(w->a);
    cjose_err err;
    jv_copy(&text, key);
    cjose_jwk_t *jwk = cjose_jwk_import(text.p, text.n, &err);
    if (jwk == NULL) return false;
    bool ok = cjose_jws_verify(jws, jwk, &err);
    cjose_jwk_release(jwk);
    return ok;
}

static void release_jws(void *jws) { cjose_jws_release(jws); }

static enum err payload_of(struct work *w, str jwks, str token, str *payload, bool *unknown_key)
{
    const struct jv *set;
    cjose_err err;
    uint8_t *bytes;
    size_t n;
    *unknown_key = false;
    enum err e = jv_read(w, S("jwks"), jwks, &set);
    if (e != OK) return e;
    cjose_jws_t *jws = cjose_jws_import(token.p, token.n, &err);
    if (jws == NULL) return fault(w, DENIED, M("the issuer's token is refused: %1"), S("not a signed token"));
    arena_closer(w->a, release_jws, jws);
    cjose_header_t *head = cjose_jws_get_protected(jws);
    str alg = str_of(cjose_header_get(head, "alg", &err)), kid = str_of(cjose_header_get(head, "kid", &err));
    const struct jv *keys = jv_get(set, "keys");
    size_t fitting = 0;
    for (size_t i = 0; i < jv_size(keys); i++) {
        if (!key_fits(jv_at(keys, i), alg, kid)) continue;
        fitting++;
        if (!signed_by(w, jws, jv_at(keys, i)) || !cjose_jws_get_plaintext(jws, &bytes, &n, &err)) continue;
        *payload = (str){(const char *)bytes, n};
        return OK;
    }
    *unknown_key = fitting == 0;
    return fault(w, DENIED, M("the issuer's token is refused: %1"), S("its signature fits none of the issuer's keys"));
}

/* ---- what it says ---- */

static bool for_us(const struct jv *c, str client)
{
    const struct jv *aud = jv_get(c, "aud");
    str azp = jv_str(jv_get(c, "azp"));
    bool many = jv_type(aud) == JV_ARRAY;
    if (many ? !lists(aud, client) : !str_eq(jv_str(aud), client)) return false;
    if (many && jv_size(aud) > 1 && azp.n == 0) return false;
    return azp.n == 0 || str_eq(azp, client);
}

static bool clean(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f) return false;
    return s.n <= 255;
}

static const char *wrong(const struct jv *c, const struct oidc_expected *x)
{
    int64_t exp = jv_int(jv_get(c, "exp")), iat = jv_int(jv_get(c, "iat"));
    if (!str_eq(jv_str(jv_get(c, "iss")), x->issuer)) return "it is another issuer's";
    if (!for_us(c, x->client)) return "it is for another client";
    if (exp + OIDC_LEEWAY <= x->now) return "it has ended";
    if (iat <= 0 || iat - OIDC_LEEWAY > x->now || x->now - iat > OIDC_MINUTES * 60) return "it was not made just now";
    if (x->nonce.n == 0 || !secret_same(jv_str(jv_get(c, "nonce")), x->nonce)) return "it answers another question";
    str subject = jv_str(jv_get(c, "sub"));
    return subject.n == 0 || !clean(subject) ? "it names nobody" : NULL;
}

enum err oidc_verify(struct work *w, str jwks, str token, const struct oidc_expected *x, struct oidc_claims *out,
                     bool *unknown_key)
{
    const struct jv *c;
    str payload;
    enum err e = payload_of(w, jwks, token, &payload, unknown_key);
    if (e == OK) e = jv_read(w, S("id_token"), payload, &c);
    if (e != OK) return e;
    const char *why = wrong(c, x);
    if (why != NULL) return fault(w, DENIED, M("the issuer's token is refused: %1"), str_of(why));
    str mail = jv_str(jv_get(c, "email"));
    str claim = x->claim.n == 0 ? S("") : jv_str(jv_get(c, str_c(w->a, x->claim)));
    *out = (struct oidc_claims){
        .subject = jv_str(jv_get(c, "sub")),
        .mail = jv_true(jv_get(c, "email_verified")) && clean(mail) ? mail : S(""),
        .claim = clean(claim) ? claim : S(""),
    };
    return OK;
}
