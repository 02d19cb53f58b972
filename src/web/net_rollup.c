/* Roll-ups on their way to the centre: signed with the key that only this process has, sent as the centre's normal act
 * `inspect rollup-import` under an API token, and what came of it written down. The file's hash is the idempotency key,
 * and the centre takes the same file once: so a process that dies between sending and writing down sends it again, and
 * nothing happens twice. */
#include "web/net.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "format/json.h"
#include "inspect/inspect.h"

enum { TOKEN_FILE_MAX = 4096, TOKEN_LEAST = 16, RECEIPT_MAX = 2000 };

/* ---- settings ---- */

static enum err token_read(struct work *w, str path, str *out)
{
    char *bytes = arena_alloc(w->a, TOKEN_FILE_MAX);
    int fd = open(str_c(w->a, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, TOKEN_FILE_MAX);
    int why = errno;
    if (fd >= 0) close(fd);
    if (n < 0) return fault(w, NOTFOUND, M("cannot read '%1': %2"), path, str_of(strerror(why)));
    *out = str_trim((str){bytes, (size_t)n});
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] <= ' ' || out->p[i] >= 0x7F) *out = S("");
    return out->n >= TOKEN_LEAST ? OK : fault(w, INVALID, M("'%1' holds no token"), path);
}

/* What is read here is forgotten at once: the processes to come inherit this memory. */
enum err rollup_settings(struct work *w, const struct serving *s)
{
    const struct where centre = {.field = S("centre")};
    struct sign_key key;
    str token;
    enum err e = OK;
    if (s->centre.n != 0 && !fetch_allowed(s->centre))
        return fault_in(w, INVALID, centre, M("'%1' is not https: roll-ups go out over TLS only"), s->centre);
    if ((s->centre.n != 0) != (s->centre_token.n != 0))
        return fault_in(w, INVALID, centre, M("--centre and --centre_token_file go together"));
    if (s->rollup_key.n != 0) e = key_file_read(w, s->rollup_key, &key);
    if (e == OK && s->rollup_key.n != 0) sign_key_wipe(&key);
    if (e != OK || s->centre_token.n == 0) return e;
    struct arena *a = arena_new(0);
    struct work v = {.a = a};
    e = token_read(&v, s->centre_token, &token);
    if (e == OK) memset((char *)(uintptr_t)token.p, 0, token.n);
    arena_free(a);
    return e == OK ? OK : fault_in(w, INVALID, centre, M("'%1' holds no token"), s->centre_token);
}

/* They were looked at when the server began. Should they be gone when a process is replaced, then nothing is sent, and
 * the list says why; the mail still goes out. */
void rollup_begin(struct worker *worker)
{
    const struct serving *s = worker->serving;
    struct net *n = net_of_worker(worker);
    struct work w = {.a = worker->life, .now = clock_now()};
    n->has_key = s->rollup_key.n != 0 && key_file_read(&w, s->rollup_key, &n->key) == OK;
    if (s->centre_token.n != 0 && token_read(&w, s->centre_token, &n->centre_token) != OK) n->centre_token = S("");
}

/* ---- sending ---- */

static str body_of(struct work *w, const struct rollup_parcel *p)
{
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("round"));
    json_put_str(&j, p->round);
    json_key(&j, S("file"));
    json_open(&j, '{');
    json_key(&j, S("name"));
    json_put_str(&j, str_fmt(w->a, "%.16s.rollup", p->digest.p));
    json_key(&j, S("base64"));
    json_put_str(&j, base64(w->a, p->document));
    json_close(&j, '}');
    json_close(&j, '}');
    return buf_str(&b);
}

/* The centre's words for a refusal: the messages of its faults, else the status. */
static str refusal(struct work *w, str body, long status)
{
    const struct jv *v = NULL;
    struct buf b = buf_in(w->a);
    if (jv_read(w, S("answer"), body, &v) != OK) v = NULL;
    w->faults = (struct faults){0};
    const struct jv *faults = jv_get(v, "faults");
    for (size_t i = 0; i < jv_size(faults); i++) {
        str message = jv_str(jv_get(jv_at(faults, i), "message"));
        buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " / ", STR_ARG(message));
    }
    if (b.n == 0) buf_fmt(&b, "HTTP %ld", status);
    return str_dup(w->a, utf8_head(buf_str(&b), RECEIPT_MAX));
}

/* What is wrong with the request stays wrong; what is wrong with the other side passes. */
static enum rollup_outcome outcome_of(long status)
{
    if (status == 200) return ROLLUP_TAKEN;
    return status >= 400 && status < 500 && status != 408 && status != 429 ? ROLLUP_REFUSED : ROLLUP_LATER;
}

static bool is_json(struct work *w, str body)
{
    const struct jv *v = NULL;
    bool good =
        jv_read(w, S("answer"), body, &v) == OK && str_eq(jv_str(jv_get(v, "view")), S("inspect rollup-import"));
    w->faults = (struct faults){0};
    return good;
}

static enum rollup_outcome post(struct work *w, const struct serving *s, const struct net *n,
                                const struct rollup_parcel *p, str *why)
{
    long status = 0;
    str body;
    const struct fetch f = {.url = str_fmt(w->a, "%.*s/inspect/rollup-import", STR_ARG(s->centre)),
                            .json = body_of(w, p),
                            .bearer = n->centre_token,
                            .once = p->digest,
                            .status = &status};
    if (fetch(w, &f, &body) != OK) {
        *why = w->faults.count > 0
                   ? str_fmt(w->a, "%.*s: %.*s", STR_ARG(w->faults.first[0].arg[0]), STR_ARG(w->faults.first[0].arg[1]))
                   : S("");
        return ROLLUP_LATER;
    }
    enum rollup_outcome o = outcome_of(status);
    if (o == ROLLUP_TAKEN && !is_json(w, body)) { /* some other program answers there */
        *why = M("what answers there is no instance of this program");
        return ROLLUP_LATER;
    }
    *why = o == ROLLUP_TAKEN ? M("Taken by the centre.") : refusal(w, body, status);
    return o;
}

/* ---- a turn ---- */

static enum err told(struct work *w, const struct rollup_parcel *p, enum rollup_outcome o, str why)
{
    enum err e = store_begin(w);
    if (e != OK) return e;
    if ((e = inspect_rollup_answered(w, p, o, why)) == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

static enum err signed_now(struct work *w, const struct rollup_parcel *p, const struct sign_key *key)
{
    enum err e = store_begin(w);
    if (e != OK) return e;
    if ((e = inspect_rollup_sign(w, p, key)) == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

void rollup_turn(struct worker *worker)
{
    const struct serving *s = worker->serving;
    struct net *n = net_of_worker(worker);
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now()};
    struct rollup_parcel p;
    str why = S("");
    if (inspect_rollup_next(&w, &p) != OK) return;
    enum err e;
    if (!p.is_signed && n->has_key)
        e = signed_now(&w, &p, &n->key);
    else if (!p.is_signed)
        e = told(&w, &p, ROLLUP_LATER, M("The server has no key to sign with: start it with --rollup_key FILE."));
    else if (s->centre.n == 0 || n->centre_token.n == 0)
        e = told(&w, &p, ROLLUP_LATER,
                 M("The server knows no centre: start it with --centre URL and --centre_token_file FILE."));
    else {
        enum rollup_outcome o = post(&w, s, n, &p, &why);
        e = told(&w, &p, o, why);
    }
    (void)e; /* it waits where it was, and the next turn finds it */
}
