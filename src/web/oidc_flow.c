/* Signing in through an issuer of OpenID Connect: there and back. What is to be remembered meanwhile (state, nonce,
 * verifier, where to go on) travels in a cookie that only this server can read, for ten minutes. */
#include "base/secret.h"
#include "format/json.h"
#include "web/asked.h"
#include "web/net.h"
#include "web/signin_note.h"

#define COOKIE "meguri-oidc"
enum { RANDOM_BYTES = 32, JWKS_AGAIN = 60 };

static void trouble(struct work *w, const struct serving *s, const struct request *r, struct reply *reply, enum err err)
{
    struct signin_look l = look_of(w, s, r);
    l.err = err;
    reply->status = err == DENIED ? 403 : err == INVALID ? 400 : 502;
    page_signin_trouble(&l, reply);
}

/* ---- the issuer ---- */

static enum err jwks_read(struct work *w, struct oidc_issuer *i)
{
    str body;
    enum err e = fetch(w, &(struct fetch){.url = i->jwks_uri}, &body);
    if (e != OK) return e;
    i->jwks = str_dup(i->a, body);
    i->jwks_at = w->now;
    return OK;
}

static enum err discover(struct work *w, str issuer, struct oidc_issuer *out)
{
    str body, plain = str_ends(issuer, S("/")) ? str_sub(issuer, 0, issuer.n - 1) : issuer;
    struct fetch f = {.url = str_fmt(w->a, "%.*s/.well-known/openid-configuration", STR_ARG(plain))};
    enum err e = fetch(w, &f, &body);
    struct oidc_issuer found;
    if (e == OK) e = oidc_discovered(w, issuer, body, &found);
    if (e != OK) return e;
    arena_free(out->a);
    struct arena *a = arena_new(0);
    *out = (struct oidc_issuer){.issuer = str_dup(a, found.issuer), .authorization = str_dup(a, found.authorization),
                                .token = str_dup(a, found.token), .jwks_uri = str_dup(a, found.jwks_uri),
                                .basic = found.basic, .read_at = w->now, .a = a};
    return jwks_read(w, out);
}

static enum err issuer_of(struct worker *worker, struct work *w, struct oidc_issuer **out)
{
    struct oidc_issuer *i = &net_of_worker(worker)->issuer;
    str issuer = worker->serving->oidc_issuer;
    if (issuer.n == 0) return fault(w, DENIED, M("signing in through an issuer is not set up here"));
    if (worker->serving->url.n == 0) return fault(w, DENIED, M("signing in through an issuer needs --url"));
    enum err e = i->a == NULL || i->jwks.n == 0 || w->now - i->read_at > OIDC_KEPT ? discover(w, issuer, i) : OK;
    *out = i;
    return e;
}

/* ---- there ---- */

static str redirect_uri(struct arena *a, const struct serving *s)
{
    return str_fmt(a, "%.*s/signin/oidc/back", STR_ARG(s->url));
}

static void add(struct buf *b, const char *name, str value)
{
    if (b->n != 0) buf_byte(b, '&');
    buf_fmt(b, "%s=", name);
    form_encode(b, value);
}

static str authorization_url(struct arena *a, const struct serving *s, const struct oidc_issuer *i, str state,
                             str nonce, str verifier)
{
    struct buf q = buf_in(a);
    add(&q, "response_type", S("code"));
    add(&q, "client_id", s->oidc_client);
    add(&q, "redirect_uri", redirect_uri(a, s));
    add(&q, "scope", S("openid email profile"));
    add(&q, "state", state);
    add(&q, "nonce", nonce);
    add(&q, "code_challenge", oidc_challenge(a, verifier));
    add(&q, "code_challenge_method", S("S256"));
    const char *join = str_find(i->authorization, S("?")) < 0 ? "?" : "&";
    return str_fmt(a, "%.*s%s%.*s", STR_ARG(i->authorization), join, STR_ARG(buf_str(&q)));
}

void oidc_start(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    const struct serving *s = worker->serving;
    struct oidc_issuer *i;
    struct form_fields query = {0};
    enum err e = form_fields(w, r->query, &query);
    if (e == OK) e = issuer_of(worker, w, &i);
    if (e != OK) {
        trouble(w, s, r, reply, e);
        return;
    }
    str state = secret_new(w->a, RANDOM_BYTES), nonce = secret_new(w->a, RANDOM_BYTES),
        verifier = secret_new(w->a, RANDOM_BYTES);
    str plain = NOTE(w->a, S("oidc"), str_int(w->a, w->now), state, nonce, verifier, next_of(field_of(&query, "next")));
    cookie_put(w->a, reply, COOKIE, sealed(w->a, s->key, plain), OIDC_MINUTES * 60, r->secure);
    go_on(reply, authorization_url(w->a, s, i, state, nonce, verifier));
}

/* ---- and back ---- */

struct under_way {
    str state, nonce, verifier, next;
};

static enum err under_way(struct work *w, const struct serving *s, const struct request *r, struct under_way *out)
{
    str cookie = cookie_value(r->cookie, cookie_name(w->a, COOKIE, r->secure)), plain, words[NOTE_WORDS];
    int64_t began = 0;
    bool ours = cookie.p != NULL && unsealed(w->a, s->key, cookie, &plain) && note_words(plain, words) >= 5 &&
                str_eq(words[0], S("oidc")) && str_to_int(words[1], &began) && w->now - began <= OIDC_MINUTES * 60;
    if (!ours)
        return fault(w, DENIED,
                     M("this sign-in was not begun in this browser, or longer than ten minutes ago: begin again"));
    *out = (struct under_way){words[2], words[3], words[4], words[5]};
    return OK;
}

static enum err answered(struct work *w, const struct form_fields *q, const struct under_way *u,
                         const struct oidc_issuer *i, str *code)
{
    str iss = field_of(q, "iss"), error = field_of(q, "error");
    if (!secret_same(field_of(q, "state"), u->state))
        return fault(w, DENIED,
                     M("this sign-in was not begun in this browser, or longer than ten minutes ago: begin again"));
    if (iss.n != 0 && !str_eq(iss, i->issuer)) /* RFC 9207: mixed-up issuers */
        return fault(w, DENIED, M("the issuer's token is refused: %1"), S("it is another issuer's"));
    if (error.n != 0) return fault(w, DENIED, M("the issuer did not let you in: %1"), str_sub(error, 0, 100));
    *code = field_of(q, "code");
    return code->n != 0 ? OK : fault(w, DENIED, M("the issuer did not let you in: %1"), S("-"));
}

static enum err exchange(struct work *w, const struct serving *s, const struct oidc_issuer *i, str code, str verifier,
                         str *token)
{
    struct buf form = buf_in(w->a), user = buf_in(w->a), password = buf_in(w->a);
    bool secret = s->oidc_secret.n != 0;
    add(&form, "grant_type", S("authorization_code"));
    add(&form, "code", code);
    add(&form, "redirect_uri", redirect_uri(w->a, s));
    add(&form, "code_verifier", verifier);
    if (!secret || !i->basic) add(&form, "client_id", s->oidc_client);
    if (secret && !i->basic) add(&form, "client_secret", s->oidc_secret);
    form_encode(&user, s->oidc_client); /* RFC 6749 §2.3.1: encoded before it goes into Basic */
    form_encode(&password, s->oidc_secret);
    struct fetch f = {.url = i->token, .form = buf_str(&form)};
    if (secret && i->basic) {
        f.user = buf_str(&user);
        f.password = buf_str(&password);
    }
    str body;
    const struct jv *answer;
    enum err e = fetch(w, &f, &body);
    if (e == OK) e = jv_read(w, S("token"), body, &answer);
    if (e == OK) *token = jv_str(jv_get(answer, "id_token"));
    return e;
}

static enum err verify(struct work *w, const struct serving *s, struct oidc_issuer *i, str token, str nonce,
                       struct oidc_claims *claims)
{
    const struct oidc_expected x = {i->issuer, s->oidc_client, nonce, s->oidc_claim, w->now};
    bool unknown;
    enum err e = oidc_verify(w, i->jwks, token, &x, claims, &unknown);
    if (e != DENIED || !unknown || w->now - i->jwks_at < JWKS_AGAIN) return e;
    w->faults = (struct faults){0}; /* the issuer may have changed its keys */
    e = jwks_read(w, i);
    return e == OK ? oidc_verify(w, i->jwks, token, &x, claims, &unknown) : e;
}

void oidc_back(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    const struct serving *s = worker->serving;
    struct oidc_issuer *i;
    struct form_fields query;
    struct under_way u;
    struct oidc_claims claims;
    str code, token;
    enum err e = form_fields(w, r->query, &query);
    if (e == OK) e = under_way(w, s, r, &u);
    if (e == OK) e = issuer_of(worker, w, &i);
    if (e == OK) e = answered(w, &query, &u, i, &code);
    if (e == OK) e = exchange(w, s, i, code, u.verifier, &token);
    if (e == OK) e = verify(w, s, i, token, u.nonce, &claims);
    if (e != OK) {
        trouble(w, s, r, reply, e);
        return;
    }
    reply->then = AT_WRITER;
    reply->note = NOTE(w->a, S("oidc"), i->issuer, claims.subject, claims.mail, claims.claim, u.next);
}
