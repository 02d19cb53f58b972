#include "web/net.h"

#include <curl/curl.h>
#include <errno.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/secret.h"
#include "format/openpgp.h"
#include "web/log.h"
#include "web/signin.h"

struct net *net_of_worker(struct worker *worker)
{
    if (worker->own == NULL) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        worker->own = arena_alloc(worker->life, sizeof(struct net));
    }
    return worker->own;
}

/* ---- fetching ---- */

static bool this_machine(str host)
{
    return str_eq(host, S("localhost")) || str_eq(host, S("127.0.0.1")) || str_eq(host, S("[::1]"));
}

bool fetch_allowed(str url)
{
    if (str_starts(url, S("https://"))) return true;
    if (!str_starts(url, S("http://"))) return false;
    str host = str_sub(url, 7, url.n);
    size_t n = 0;
    bool six = host.n != 0 && host.p[0] == '[';
    while (n < host.n && host.p[n] != '/' && host.p[n] != '?' && host.p[n] != '#' && (six || host.p[n] != ':')) {
        if (host.p[n] == ']') six = false;
        n++;
    }
    return this_machine(str_sub(host, 0, n));
}

struct taking {
    struct buf b;
    size_t most;
};

static size_t take(char *bytes, size_t size, size_t n, void *with)
{
    struct taking *t = with;
    if (t->b.n + size * n > t->most) return 0;
    buf_add(&t->b, (str){bytes, size * n});
    return size * n;
}

struct heading {
    struct work *w;
    str *added_last;
};

static size_t take_header(char *bytes, size_t size, size_t n, void *with)
{
    static const char name[] = "X-TAXII-Date-Added-Last:";
    struct heading *h = with;
    str line = {bytes, size * n};
    if (line.n > sizeof name && line.n < 200 && strncasecmp(line.p, name, sizeof name - 1) == 0)
        *h->added_last = str_dup(h->w->a, str_trim(str_sub(line, sizeof name - 1, line.n)));
    return size * n;
}

static void hang_up(void *curl) { curl_easy_cleanup(curl); }

static CURL *line(struct work *w, long seconds)
{
    CURL *c = curl_easy_init();
    if (c == NULL) abort();
    arena_closer(w->a, hang_up, c);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROXY, ""); /* none from the environment */
    return c;
}

static void drop_headers(void *headers) { curl_slist_free_all(headers); }

static void say_headers(struct work *w, CURL *c, const struct fetch *f)
{
    str media = f->media.n != 0 ? f->media : S("application/json");
    const struct {
        const char *name;
        str value;
    } lines[] = {{"Content-Type", f->json.n != 0 ? media : S("")}, {"Accept", f->accept},        {"Accept-Language", f->json.n != 0 ? S("ja") : S("")},
                 {"Authorization", f->bearer.n != 0 ? str_fmt(w->a, "Bearer %.*s", STR_ARG(f->bearer)) : S("")}, {"Idempotency-Key", f->once}};
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].value.n != 0) headers = curl_slist_append(headers, str_c(w->a, str_fmt(w->a, "%s: %.*s", lines[i].name, STR_ARG(lines[i].value))));
    arena_closer(w->a, drop_headers, headers);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    if (f->json.n == 0) return;
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)f->json.n);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, f->json.p);
}

enum err fetch(struct work *w, const struct fetch *f, str *body)
{
    struct taking t = {buf_in(w->a), f->most != 0 ? f->most : FETCH_BYTES_MAX};
    struct heading h = {w, f->added_last};
    long status = 0;
    if (!fetch_allowed(f->url)) return fault(w, DENIED, M("'%1' is not https: the issuer must be"), f->url);
    CURL *c = line(w, f->json.n != 0 || f->most != 0 ? POST_SECONDS : FETCH_SECONDS);
    curl_easy_setopt(c, CURLOPT_URL, str_c(w->a, f->url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &t);
    if (f->form.n != 0) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)f->form.n);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, str_c(w->a, f->form));
    }
    if (f->added_last != NULL) {
        *f->added_last = S("");
        curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(c, CURLOPT_HEADERDATA, &h);
    }
    if (f->json.n != 0 || f->accept.n != 0) say_headers(w, c, f);
    if (f->user.n != 0) {
        curl_easy_setopt(c, CURLOPT_USERNAME, str_c(w->a, f->user));
        curl_easy_setopt(c, CURLOPT_PASSWORD, str_c(w->a, f->password));
    }
    CURLcode rc = curl_easy_perform(c);
    if (rc != CURLE_OK)
        return fault(w, BUSY, M("'%1' does not answer: %2"), f->url, str_dup(w->a, str_of(curl_easy_strerror(rc))));
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (f->status != NULL) *f->status = status;
    if (status != 200 && f->status == NULL) return fault(w, BUSY, M("'%1' answers %2"), f->url, str_int(w->a, status));
    *body = buf_str(&t.b);
    return OK;
}

/* ---- mail ---- */

struct reading {
    str text;
    size_t at;
};

static size_t give(char *to, size_t size, size_t n, void *with)
{
    struct reading *r = with;
    str part = str_sub(r->text, r->at, r->at + size * n);
    if (part.n != 0) memcpy(to, part.p, part.n);
    r->at += part.n;
    return part.n;
}

static str in_brackets(struct arena *a, str address) { return str_fmt(a, "<%.*s>", STR_ARG(address)); }

/* As it goes over the wire. Encrypted here and not when it was written: nobody waits for that. */
static enum err wire_form(struct work *w, const struct serving *s, const struct letter *l, str *out)
{
    str sealed, id = str_fmt(w->a, "%lld.%.*s", (long long)l->id, STR_ARG(secret_new(w->a, 12)));
    if (l->certificate.n == 0) {
        *out = mail_text(w->a, s->mail_from, l, w->now, id);
        return OK;
    }
    enum err e = openpgp_encrypt(w, &l->certificate, 1, mail_inner(w->a, l->text), &sealed);
    if (e == OK) *out = mail_sealed(w->a, s->mail_from, l, sealed, w->now, id);
    return e;
}

bool mail_send(struct work *w, const struct serving *s, const struct letter *l, str *trouble, bool *lasting)
{
    struct reading r = {0};
    *lasting = true;
    *trouble = S("not a mail address");
    if (!mail_address(l->to) || !mail_address(mail_bare(s->mail_from))) return false;
    if (wire_form(w, s, l, &r.text) != OK) { /* it was good when the letter was written: in clear it never goes */
        *trouble = w->faults.first[0].id;
        return false;
    }
    struct curl_slist *to = curl_slist_append(NULL, str_c(w->a, in_brackets(w->a, l->to)));
    CURL *c = line(w, 30);
    long status = 0;
    curl_easy_setopt(c, CURLOPT_URL, str_c(w->a, s->smtp));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, str_c(w->a, in_brackets(w->a, mail_bare(s->mail_from))));
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, &r);
    CURLcode rc = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(to);
    /* A refusal for good begins with 5 (RFC 5321 §4.2.1); that nobody answers is not one. */
    *lasting = status >= 500 && status < 600;
    *trouble = rc == CURLE_OK ? S("")
               : status != 0  ? str_fmt(w->a, "%s (%ld)", curl_easy_strerror(rc), status)
                              : str_dup(w->a, str_of(curl_easy_strerror(rc)));
    return rc == CURLE_OK;
}

/* What would run in a circle is given up here, the last place before the wire: a letter to ourselves, and the next to an
 * address that had its share of the day. Bounces come to the sender's box and are not read by the program. */
static enum err runs_in_circle(struct work *w, const struct serving *s, const struct letter *l, str *trouble)
{
    int64_t n;
    if (mail_same(l->to, mail_bare(s->mail_from))) {
        *trouble = M("the sender's own address");
        return OK;
    }
    enum err e = outbox_sent_lately(w, l->to, &n);
    if (e == OK && !l->urgent && n >= LETTERS_A_DAY) *trouble = M("this address was sent 20 letters within a day");
    if (e == OK && n >= URGENT_A_DAY) *trouble = M("this address was sent 200 letters within a day");
    return e;
}

/* Told in a short transaction of its own, so that a mailer that dies sends at most one letter twice. */
static enum err tell(struct work *w, int64_t id, str trouble, bool lasting)
{
    enum err e = store_begin(w);
    if (e != OK) return e;
    e = outbox_sent(w, id, trouble, lasting);
    if (e == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

/* One letter that waits; false when there is none, or it did not go. */
static bool next_letter(struct worker *worker, struct net *n)
{
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now()};
    struct letter l;
    str trouble = S("");
    bool lasting = true;
    if (outbox_next(&w, &l) != OK || (!l.urgent && n->sent >= LETTERS_A_MINUTE)) return false;
    if (runs_in_circle(&w, worker->serving, &l, &trouble) != OK) return false;
    if (trouble.n != 0) return tell(&w, l.id, trouble, lasting) == OK;
    bool sent = mail_send(&w, worker->serving, &l, &trouble, &lasting);
    n->sent++;
    return tell(&w, l.id, trouble, lasting) == OK && sent;
}

/* Letters whose link has ended hold a text that nobody should get any more. */
static enum err letters_end(struct worker *worker)
{
    int64_t over = 0;
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now()};
    enum err e = outbox_over(&w, &over);
    if (e != OK || over == 0) return e;
    e = store_begin(&w);
    if (e != OK) return e;
    e = outbox_stop(&w);
    if (e == OK) return store_commit(&w);
    store_rollback(&w);
    return e;
}

static bool may_send(struct net *n, int64_t now)
{
    if (n->minute != now / 60) n->sent = 0;
    n->minute = now / 60;
    return n->sent < URGENT_A_MINUTE;
}

/* ---- what the server says of itself ---- */

/* "2": calls of the system are filtered (proc(5)); "closed": landlock does not even let us look. */
static str confinement(struct arena *a)
{
    char *mode = arena_alloc(a, 2), text[256];
    FILE *f = fopen("/proc/self/status", "re");
    if (f == NULL && errno == EACCES) return S("closed");
    while (f != NULL && fgets(text, sizeof text, f) != NULL)
        if (strncmp(text, "Seccomp:\t", 9) == 0) mode[0] = text[9];
    if (f != NULL) fclose(f);
    return str_of(mode);
}

static str file_mode(struct arena *a, str db)
{
    struct stat st;
    return stat(str_c(a, db), &st) == 0 && S_ISREG(st.st_mode) ? str_fmt(a, "%03o", (unsigned)st.st_mode & 0777)
                                                               : S("");
}

/* For `registry audit`, and the address for letters. Written by this process because it has the time. */
static enum err settings_write(struct worker *worker)
{
    const struct serving *s = worker->serving;
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now()};
    const struct {
        const char *key;
        str value;
    } settings[] = {
        {"url", s->url},
        {"listen", s->listen},
        {"demo_served", s->demo ? S("1") : S("")},
        {"proxy_user", s->proxy_user},
        {"proxy_proved", s->proxy_secret.n != 0 ? S("1") : S("")},
        {"oidc_issuer", s->oidc_issuer},
        {"mail", s->smtp.n != 0 ? S("1") : S("")}, /* not the address: it may hold a password */
        {"confined", confinement(worker->a)},
        {"file_mode", file_mode(worker->a, s->db)},
    };
    enum err e = store_begin(&w);
    if (e != OK) return e;
    for (size_t i = 0; e == OK && i < sizeof settings / sizeof settings[0]; i++)
        e = setting_put(&w, str_of(settings[i].key), settings[i].value);
    if (e == OK) return store_commit(&w);
    store_rollback(&w);
    return e;
}

/* ---- what is due by the clock ---- */

/* As the program itself, which reaches everything; in a transaction of its own per room. True: there is more to do. One
 * that fails is tried again in a minute, and says so in the log. */
static bool tick(struct worker *worker, const struct room *room)
{
    bool more = false;
    struct actor actor = actor_owner(S("meguri"));
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now(), .actor = &actor,
                     .lo = actor.lo, .hi = actor.hi, .db = worker->serving->db};
    enum err e = store_begin(&w);
    if (e == OK) e = room->tick(&w, &more);
    if (e == OK && (e = store_commit(&w)) == OK) return more;
    struct log log = {.fd = STDERR_FILENO, .process = "net"};
    log_faults(&log, "what is due by the clock failed", &w);
    store_rollback(&w);
    return false;
}

static void ticks(struct worker *worker, struct net *n)
{
    int64_t now = clock_now();
    if (n->ticked / 60 == now / 60 && (!n->more || now < n->ticked + TICK_SECONDS)) return;
    n->ticked = now;
    n->more = false;
    for (size_t i = 0; rooms[i] != NULL; i++)
        if (rooms[i]->tick != NULL) n->more |= tick(worker, rooms[i]);
}

bool net_idle(struct worker *worker)
{
    const struct serving *s = worker->serving;
    struct net *n = net_of_worker(worker);
    if (!n->told) n->told = settings_write(worker) == OK;
    if (n->looked != clock_now() / 60 && letters_end(worker) == OK) n->looked = clock_now() / 60;
    rollup_turn(worker);
    peers_turn(worker);
    if (s->smtp.n == 0 || s->mail_from.n == 0) return false;
    ticks(worker, n);
    for (int i = 0; i < LETTERS_A_TURN; i++)
        if (!may_send(n, clock_now()) || !next_letter(worker, n)) return false;
    return n->sent < URGENT_A_MINUTE;
}

void answer_net(struct worker *worker, const struct request *r, struct reply *reply)
{
    struct work *w = arena_alloc(worker->a, sizeof *w);
    *w = (struct work){.a = worker->a, .now = r->now};
    net_of_worker(worker);
    if (!signin_net(worker, w, r, reply)) reply->status = 404;
}
