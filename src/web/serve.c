/* The entry of the command line: what was told becomes `struct serving`, the store is brought up to date, then the
 * parent takes over until it is told to end. */
#include "web/serve.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "account/account.h"
#include "base/hash.h"
#include "store/store.h"
#include "surface/board.h"
#include "web/limits.h"
#include "web/net.h"
#include "web/serve_parent.h"

static const struct param params[] = {
    {"listen", P_TEXT, 0, NULL, "127.0.0.1:8080",
     N("address and port, or unix:/PATH; anything but this machine's own belongs behind a proxy with TLS")},
    {"url", P_TEXT, 0, NULL, NULL, N("as people write it, https://…; without it the address listened on")},
    {"demo", P_FLAG, 0, NULL, NULL, N("nobody signs in: people to click on, and a banner on every page")},
    {"readers", P_INT, 0, NULL, "2", N("processes that work on pages, 1 to 16")},
    {"proxy_user", P_TEXT, 0, NULL, NULL, N("header in which the proxy names who signed in there")},
    {"proxy_secret_file", P_FILE, 0, NULL, NULL, N("what the proxy sends as X-Proxy-Secret to prove itself")},
    {"oidc_issuer", P_TEXT, 0, NULL, NULL, N("OpenID Connect: address of the issuer")},
    {"oidc_client", P_TEXT, 0, NULL, NULL, N("OpenID Connect: the name this program has there")},
    {"oidc_secret_file", P_FILE, 0, NULL, NULL, N("OpenID Connect: its secret")},
    {"oidc_claim", P_TEXT, 0, NULL, "sub", N("OpenID Connect: the claim that names the person")},
    {"smtp", P_TEXT, 0, NULL, NULL, N("server that mail goes out by, smtp://HOST:25; without it none goes")},
    {"mail_from", P_TEXT, 0, NULL, NULL, N("sender of mail")},
    {"centre", P_TEXT, 0, NULL, NULL, N("roll-ups: address of the centre's instance, https://…")},
    {"centre_token_file", P_TEXT, 0, NULL, NULL, N("roll-ups: file of the token the centre gave for it")},
    {"peers", P_TEXT, 0, NULL, NULL, N("servers of others: file with a line ORG/CODE URL TOKEN for each that may be asked")},
    {"rollup_key", P_TEXT, 0, NULL, NULL, N("roll-ups: file of the key that signs them, made by inspect rollup-key")},
    {0}};

static str secret_of(struct arena *a, const struct args *in, const char *name)
{
    const struct file *f = arg_file(in, name);
    return f == NULL ? S("") : str_dup(a, str_trim(str_sub(f->bytes, 0, 4096)));
}

/* Ends at a NUL, for the calls that take C strings. */
static str text_of(struct arena *a, const struct args *in, const char *name)
{
    return str_of(str_c(a, arg_text(in, name)));
}

static str without_slash(str url)
{
    while (url.n != 0 && url.p[url.n - 1] == '/') url.n--;
    return url;
}

static void understand(struct arena *life, const struct work *w, const struct args *in, struct serving *s)
{
    *s = (struct serving){.life = life, .db = w->db, .demo = arg_int(in, "demo") != 0};
    s->listen = text_of(life, in, "listen");
    s->url = without_slash(text_of(life, in, "url"));
    s->proxy_user = text_of(life, in, "proxy_user");
    s->proxy_secret = secret_of(life, in, "proxy_secret_file");
    s->oidc_issuer = without_slash(text_of(life, in, "oidc_issuer"));
    s->oidc_client = text_of(life, in, "oidc_client");
    s->oidc_secret = secret_of(life, in, "oidc_secret_file");
    s->oidc_claim = text_of(life, in, "oidc_claim");
    s->smtp = text_of(life, in, "smtp");
    s->mail_from = text_of(life, in, "mail_from");
    s->centre = without_slash(text_of(life, in, "centre"));
    s->centre_token = text_of(life, in, "centre_token_file");
    s->rollup_key = text_of(life, in, "rollup_key");
    s->peers = text_of(life, in, "peers");
    random_bytes(s->key, sizeof s->key);
}

static enum err check(struct work *w, const struct serving *s, int64_t readers)
{
    if (readers < 1 || readers > READERS_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("readers")}), M("readers: 1 to 16"));
    if (s->proxy_user.n != 0 && s->proxy_secret.n < 16)
        return fault_in(
            w, INVALID, ((struct where){.field = S("proxy_user")}),
            M("a proxy that names people has to prove itself: give --proxy_secret_file with at least 16 characters"));
    bool http = str_starts(s->url, S("http://")) || str_starts(s->url, S("https://"));
    if (s->url.n != 0 && !http)
        return fault_in(w, INVALID, ((struct where){.field = S("url")}),
                        M("'%1' does not begin with https:// or http://"), s->url);
    if (s->smtp.n != 0 && s->mail_from.n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("mail_from")}),
                        M("mail needs a sender: give --mail_from"));
    enum err e = peers_settings(w, s);
    return e == OK ? rollup_settings(w, s) : e;
}

/* Opened once here, so that a missing database or an old schema is said on the command line and not in a log. */
/* Where nobody signs in, nothing real may lie. */
static enum err prepare_store(struct work *w, const struct serving *s)
{
    struct arena *a = arena_new(0);
    enum err err = store_open(w, a, s->db, STORE_CHANGE, &w->store);
    bool demo = err == OK && s->demo && demo_marked(w);
    w->store = NULL;
    arena_free(a);
    if (err == OK && s->demo && !demo)
        err = fault_in(w, DENIED, ((struct where){.field = S("demo")}),
                       M("this database is no demonstration, and with --demo nobody signs in: serve it without"));
    return err;
}

static enum err act_serve(struct work *w, const struct args *in, struct doc *out)
{
    (void)out;
    struct serving s;
    int listening = -1;
    understand(w->a, w, in, &s);
    int64_t readers = arg_int(in, "readers");
    enum err err = check(w, &s, readers);
    if (err == OK) err = prepare_store(w, &s);
    if (err == OK) err = serve_listen(w, &s, &listening);
    if (err != OK) return err;
    s.board = mmap(NULL, sizeof *s.board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s.board == MAP_FAILED) return fault(w, BUSY, M("the server cannot begin: %1"), str_of(strerror(errno)));
    err = serve_until_told(w, &s, (int)readers, listening);
    serve_unlisten(w, &s);
    return err;
}

static const struct entry entries[] = {
    {.name = "",
     .kind = ENTRY_ACT,
     .title = N("Serve pages and data to browsers and programs"),
     .params = params,
     .run = act_serve,
     .flags = STATELESS | NO_DRY_RUN | LOCAL | LONG},
};
const struct room serve_room = {"serve", N("The same surface in the browser"), entries, 1, NULL, NULL};
