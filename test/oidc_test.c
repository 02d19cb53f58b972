/* What an issuer of OpenID Connect may say, and what a forger may try; where a form may come from. */
#include "support.h"

#include <cjose/cjose.h>
#include <stdlib.h>

#include "web/csrf.h"
#include "web/oidc.h"

enum { NOW = 1177290000 };
#define ISSUER "https://idp.example/realm"

struct keys {
    cjose_jwk_t *rsa, *other, *ec, *secret;
    str jwks;
};

static str public_of(struct arena *a, cjose_jwk_t *key)
{
    cjose_err err;
    char *json = cjose_jwk_to_json(key, false, &err);
    str text = str_dup(a, str_of(json));
    cjose_get_dealloc()(json);
    return text;
}

static cjose_jwk_t *named(cjose_jwk_t *key, const char *kid)
{
    cjose_err err;
    assert_non_null(key);
    assert_true(cjose_jwk_set_kid(key, kid, strlen(kid), &err));
    return key;
}

static struct keys keys_new(struct arena *a)
{
    static const uint8_t exponent[] = {1, 0, 1}, word[] = "what both of them know, to sign by";
    cjose_err err;
    struct keys k = {
        .rsa = named(cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &err), "r1"),
        .other = named(cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &err), "r1"),
        .ec = named(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err), "e1"),
        .secret = named(cjose_jwk_create_oct_spec(word, sizeof word, &err), "r1"),
    };
    k.jwks = str_fmt(a, "{\"keys\":[%.*s,%.*s]}", STR_ARG(public_of(a, k.rsa)), STR_ARG(public_of(a, k.ec)));
    return k;
}

static void keys_free(struct keys *k)
{
    cjose_jwk_t *const all[] = {k->rsa, k->other, k->ec, k->secret};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) cjose_jwk_release(all[i]);
}

static str signed_token(struct arena *a, cjose_jwk_t *key, const char *alg, const char *kid, const char *payload)
{
    cjose_err err;
    const char *text;
    cjose_header_t *head = cjose_header_new(&err);
    assert_true(cjose_header_set(head, "alg", alg, &err) && cjose_header_set(head, "kid", kid, &err));
    cjose_jws_t *jws = cjose_jws_sign(key, head, (const uint8_t *)payload, strlen(payload), &err);
    assert_non_null(jws);
    assert_true(cjose_jws_export(jws, &text, &err));
    str token = str_dup(a, str_of(text));
    cjose_jws_release(jws);
    cjose_header_release(head);
    return token;
}

#define CLAIMS(iss, aud, exp, iat, nonce, sub) \
    "{\"iss\":\"" iss "\",\"aud\":" aud ",\"exp\":" exp ",\"iat\":" iat ",\"nonce\":\"" nonce "\",\"sub\":\"" sub \
    "\",\"email\":\"a@example.jp\",\"email_verified\":true}"
#define GOOD CLAIMS(ISSUER, "\"meguri\"", "1177290300", "1177290000", "n-1", "u-1")

static const struct oidc_expected expected = {
    .issuer = S_INIT(ISSUER), .client = S_INIT("meguri"), .nonce = S_INIT("n-1"), .now = NOW};

#define refused(k, token, says) check_refused(k, token, says, __FILE__, __LINE__)
static void check_refused(const struct keys *k, str token, const char *says, const char *file, int line)
{
    struct arena *a = arena_new(0);
    struct work w = {.a = a, .now = NOW};
    struct oidc_claims c = {0};
    bool unknown;
    check_err(&w, oidc_verify(&w, k->jwks, token, &expected, &c, &unknown), DENIED, file, line);
    check_fault(&w, says, file, line);
    if (c.subject.n != 0) _fail(file, line);
    arena_free(a);
}

static void what_is_signed_is_believed(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct keys k = keys_new(a);
    struct work w = {.a = a, .now = NOW};
    struct oidc_claims c;
    bool unknown;
    assert_ok(&w, oidc_verify(&w, k.jwks, signed_token(a, k.rsa, "RS256", "r1", GOOD), &expected, &c, &unknown));
    assert_str(c.subject, "u-1");
    assert_str(c.mail, "a@example.jp");
    assert_ok(&w, oidc_verify(&w, k.jwks, signed_token(a, k.ec, "ES256", "e1", GOOD), &expected, &c, &unknown));
    keys_free(&k);
    arena_free(a);
}

static void forged_signatures(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct keys k = keys_new(a);
    str good = signed_token(a, k.rsa, "RS256", "r1", GOOD);
    refused(&k, signed_token(a, k.other, "RS256", "r1", GOOD), "signature");  /* signed with another key */
    refused(&k, signed_token(a, k.rsa, "RS256", "r2", GOOD), "signature");    /* a key the issuer has not */
    refused(&k, signed_token(a, k.rsa, "RS256", "e1", GOOD), "signature");    /* the name of a key of another kind */
    refused(&k, signed_token(a, k.rsa, "PS256", "r1", GOOD), "signature");    /* an algorithm we do not take */
    refused(&k, signed_token(a, k.secret, "HS256", "r1", GOOD), "signature"); /* what is public used as a secret */
    str none = str_fmt(a, "eyJhbGciOiJub25lIiwia2lkIjoicjEifQ.%.*s.", /* {"alg":"none","kid":"r1"} */
                       STR_ARG(str_sub(good, (size_t)str_find(good, S(".")) + 1, good.n)));
    str rest = str_sub(none, (size_t)str_find(none, S(".")) + 1, none.n), payload;
    assert_true(str_cut(&rest, '.', &payload));
    refused(&k, str_fmt(a, "eyJhbGciOiJub25lIiwia2lkIjoicjEifQ.%.*s.", STR_ARG(payload)), "token is refused");
    refused(&k, none, "token is refused"); /* none, with a signature all the same */
    size_t point = (size_t)str_find(good, S(".")) + 1;
    str head = str_sub(good, 0, point), tail = str_sub(good, point, good.n);
    for (size_t i = 5; i < tail.n; i += 97) { /* a letter changed, in what is said or in the signature */
        char *bad = arena_alloc(a, tail.n);
        memcpy(bad, tail.p, tail.n);
        if (bad[i] == '.') continue;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        refused(&k, str_fmt(a, "%.*s%.*s", STR_ARG(head), STR_ARG(((str){bad, tail.n}))), "token is refused");
    }
    refused(&k, S(""), "token is refused");
    refused(&k, S("a.b.c"), "token is refused");
    struct work w = {.a = a, .now = NOW};
    struct oidc_claims c;
    bool unknown = false;
    str newer = signed_token(a, k.rsa, "RS256", "r2", GOOD);
    assert_err(&w, oidc_verify(&w, k.jwks, newer, &expected, &c, &unknown), DENIED);
    assert_true(unknown); /* then the keys are read again */
    keys_free(&k);
    arena_free(a);
}

static void true_signatures_on_what_is_not_for_us(void **state)
{
    static const struct {
        const char *payload, *says;
    } wrong[] = {
        {CLAIMS("https://evil.example", "\"meguri\"", "1177290300", "1177290000", "n-1", "u-1"), "another issuer"},
        {CLAIMS(ISSUER "/", "\"meguri\"", "1177290300", "1177290000", "n-1", "u-1"), "another issuer"},
        {CLAIMS(ISSUER, "\"other\"", "1177290300", "1177290000", "n-1", "u-1"), "another client"},
        {CLAIMS(ISSUER, "[\"other\"]", "1177290300", "1177290000", "n-1", "u-1"), "another client"},
        {CLAIMS(ISSUER, "[\"meguri\",\"other\"]", "1177290300", "1177290000", "n-1", "u-1"), "another client"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177289940", "1177289900", "n-1", "u-1"), "it has ended"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177299999", "1177289399", "n-1", "u-1"), "not made just now"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177299999", "1177290100", "n-1", "u-1"), "not made just now"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177290300", "1177290000", "n-2", "u-1"), "another question"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177290300", "1177290000", "", "u-1"), "another question"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177290300", "1177290000", "n-1", ""), "names nobody"},
        {CLAIMS(ISSUER, "\"meguri\"", "1177290300", "1177290000", "n-1", "u\\n1"), "names nobody"},
        {"{}", "another issuer"},
    };
    (void)state;
    struct arena *a = arena_new(0);
    struct keys k = keys_new(a);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        refused(&k, signed_token(a, k.rsa, "RS256", "r1", wrong[i].payload), wrong[i].says);
    keys_free(&k);
    arena_free(a);
}

static void an_issuer_may_end_in_a_stroke(void **state)
{
    static const struct {
        const char *asked, *says;
        enum err err;
    } of[] = {
        {"https://idp.example", "https://idp.example", OK},
        {"https://idp.example", "https://idp.example/", OK}, /* --oidc_issuer is kept without it */
        {"https://idp.example/", "https://idp.example/", OK},
        {"https://idp.example/a", "https://idp.example/b", DENIED},
        {"https://idp.example", "https://idp.example//", DENIED},
        {"https://idp.example", "", DENIED},
    };
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        struct work w = {.a = a, .now = NOW};
        struct oidc_issuer issuer = {0};
        str document = str_fmt(a, "{\"issuer\":\"%s\",\"authorization_endpoint\":\"https://x/a\",\"token_endpoint\":"
                                  "\"https://x/t\",\"jwks_uri\":\"https://x/k\"}", of[i].says);
        assert_err(&w, oidc_discovered(&w, str_of(of[i].asked), document, &issuer), of[i].err);
        if (of[i].err == OK) assert_str(issuer.issuer, of[i].says); /* to the letter, for the tokens */
    }
    arena_free(a);
}

static void where_a_form_may_come_from(void **state)
{
    static const struct {
        const char *url, *host, *origin, *fetch_site;
        bool ok;
    } of[] = {
        {"https://m.example", "m.example", "https://m.example", "", true},
        {"https://M.example:443", "m.example", "https://m.example", "", true}, /* as a browser writes it */
        {"https://m.example", "evil.example", "https://evil.example", "", false}, /* Host is what the client says */
        {"https://m.example", "m.example", "http://m.example", "", false},
        {"https://m.example", "m.example", "https://m.example.evil", "", false},
        {"https://m.example", "m.example", "null", "", false},
        {"", "127.0.0.1:8080", "http://127.0.0.1:8080", "", true}, /* nobody said what the site is called */
        {"", "127.0.0.1:8080", "http://127.0.0.1:80", "", false},
        {"https://m.example", "m.example", "null", "same-origin", true},
        {"https://m.example", "m.example", "https://m.example", "cross-site", false},
        {"https://m.example", "m.example", "https://m.example", "same-site", false},
        {"https://m.example", "m.example", "", "", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const struct serving s = {.url = str_of(of[i].url)};
        const struct request r = {.host = str_of(of[i].host), .origin = str_of(of[i].origin),
                                  .fetch_site = str_of(of[i].fetch_site)};
        if (origin_ok(&r, &s) != of[i].ok) fail_msg("origin '%s' at '%s'", of[i].origin, of[i].url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_signed_is_believed),
        cmocka_unit_test(forged_signatures),
        cmocka_unit_test(true_signatures_on_what_is_not_for_us),
        cmocka_unit_test(an_issuer_may_end_in_a_stroke),
        cmocka_unit_test(where_a_form_may_come_from),
    };
    return cmocka_run_group_tests_name("oidc", tests, NULL, NULL);
}
