/* libmicrohttpd's calls: a connection, a head, a body, an answer. A request that goes to a worker is suspended first
 * and handed over then; libmicrohttpd calls again once it is resumed. It runs no clock over what is suspended and none
 * over a whole head or body, only over silence: those clocks are here. */
#include "web/front.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <stdarg.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/secret.h"

/* ---- calls ---- */

struct call *call_new(struct front *f)
{
    struct arena *a = arena_new(0);
    struct call *call = arena_alloc(a, sizeof *call);
    *call =
        (struct call){.a = a, .body = buf_in(a), .body_fd = -1, .reply_fd = -1, .id = ++f->next_id, .next = f->calls};
    if (f->calls != NULL) f->calls->before = call;
    f->calls = call;
    f->n_calls++;
    return call;
}

void call_free(struct front *f, struct call *call)
{
    if (call->before != NULL)
        call->before->next = call->next;
    else
        f->calls = call->next;
    if (call->next != NULL) call->next->before = call->before;
    f->n_calls--;
    f->spooled -= (int64_t)call->spooled;
    if (call->conn != NULL) call->conn->call = NULL;
    if (call->body_fd >= 0) close(call->body_fd);
    if (call->reply_fd >= 0) close(call->reply_fd);
    if (call->kept != NULL && call->kept->reply_fd >= 0) close(call->kept->reply_fd);
    arena_free(call->a);
}

/* ---- connections ---- */

static bool is_near(const struct sockaddr_storage *s)
{
    if (s->ss_family == AF_UNIX) return true;
    if (s->ss_family == AF_INET)
        return (ntohl(((const struct sockaddr_in *)s)->sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
    const struct in6_addr *six = &((const struct sockaddr_in6 *)s)->sin6_addr;
    return IN6_IS_ADDR_LOOPBACK(six) || (IN6_IS_ADDR_V4MAPPED(six) && six->s6_addr[12] == IN_LOOPBACKNET);
}

/* One machine: a whole address of IPv4, the first half of one of IPv6 (RFC 4291: a network hands out that much). */
static bool same_peer(const struct sockaddr_storage *a, const struct sockaddr_storage *b)
{
    if (a->ss_family != b->ss_family) return false;
    if (a->ss_family == AF_INET)
        return ((const struct sockaddr_in *)a)->sin_addr.s_addr == ((const struct sockaddr_in *)b)->sin_addr.s_addr;
    return memcmp(&((const struct sockaddr_in6 *)a)->sin6_addr, &((const struct sockaddr_in6 *)b)->sin6_addr, 8) == 0;
}

static bool too_many(const struct front *f, const struct conn *conn)
{
    if (f->n_conns > f->max_conns) return true;
    if (conn->near) return false;
    size_t n = 0;
    for (const struct conn *c = f->conns; c != NULL; c = c->next) n += same_peer(&c->address, &conn->address);
    return n > PER_PEER_MAX;
}

static void count_connections(const struct front *f)
{
    atomic_store_explicit(&f->metrics->connections, (int64_t)f->n_conns, memory_order_relaxed);
}

static void conn_open(struct front *f, struct MHD_Connection *c, void **context)
{
    struct conn *conn = arena_malloc(sizeof *conn);
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *conn = (struct conn){.fd = fd->connect_fd, .since = f->now, .fresh = true, .next = f->conns};
    const struct sockaddr *address = peer == NULL ? NULL : peer->client_addr;
    size_t size = address == NULL                  ? 0
                  : address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                   : sizeof(struct sockaddr_in);
    if (address != NULL && address->sa_family == AF_UNIX) size = sizeof address->sa_family;
    conn->address.ss_family = AF_UNIX;
    if (size != 0) memcpy(&conn->address, address, size);
    conn->near = is_near(&conn->address);
    if (f->conns != NULL) f->conns->before = conn;
    f->conns = conn;
    f->n_conns++;
    conn->refused = too_many(f, conn);
    count_connections(f);
    *context = conn;
}

static void conn_close(struct front *f, struct conn *conn)
{
    if (conn->before != NULL)
        conn->before->next = conn->next;
    else
        f->conns = conn->next;
    if (conn->next != NULL) conn->next->before = conn->before;
    f->n_conns--;
    count_connections(f);
    if (conn->call != NULL) conn->call->conn = NULL;
    free(conn);
}

static void on_connection(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        conn_open(cls, c, context);
    else if (*context != NULL)
        conn_close(cls, *context);
}

static void conn_is(struct front *f, struct conn *conn, enum conn_state state)
{
    conn->state = state;
    conn->since = f->now;
}

/* Those of every answer; the last one only where all comes over TLS. */
static const char *const common[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
     "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Strict-Transport-Security", "max-age=31536000"},
};

static size_t n_common(const struct front *f)
{
    return sizeof common / sizeof common[0] - !str_starts(f->serving->url, S("https://"));
}

/* A whole answer written by hand, where libmicrohttpd takes none. */
static str last_words(const struct front *f, struct arena *a, const struct request *r, int status)
{
    const char *media;
    str words = own_words(f, a, r, status, &media);
    struct buf b = buf_in(a);
    buf_fmt(&b, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n", status, own_reason(status), media,
            words.n);
    for (size_t i = 0; i < n_common(f); i++) buf_fmt(&b, "%s: %s\r\n", common[i][0], common[i][1]);
    buf_fmt(&b, "%sCache-Control: no-store\r\nConnection: close\r\n\r\n", status == 503 ? "Retry-After: 2\r\n" : "");
    buf_add(&b, words);
    return buf_str(&b);
}

void http_hang_up(struct front *f, struct conn *conn, int status)
{
    static const struct request unknown;
    if (conn->shut) return;
    conn->shut = true;
    if (status != 0) {
        struct arena *a = arena_new(0);
        str words = last_words(f, a, conn->call == NULL ? &unknown : &conn->call->r, status);
        (void)send(conn->fd, words.p, words.n, MSG_DONTWAIT | MSG_NOSIGNAL);
        arena_free(a);
    }
    shutdown(conn->fd, SHUT_RDWR);
}

/* ---- the head ---- */

static void *on_target(void *cls, const char *target, struct MHD_Connection *c)
{
    struct front *f = cls;
    struct conn *conn = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct call *call = call_new(f);
    call->c = c;
    call->conn = conn;
    call->r.path = str_dup(call->a, str_of(target));
    conn->call = call;
    conn->fresh = false;
    conn_is(f, conn, CONN_HEAD);
    return call;
}

struct heads {
    struct guard_header header[HEADERS_MAX + 1];
    size_t n;
};

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                   const char *value, size_t value_n)
{
    (void)kind;
    struct heads *h = cls;
    if (h->n <= HEADERS_MAX)
        h->header[h->n++] = (struct guard_header){{name, name_n}, {value == NULL ? "" : value, value_n}};
    return MHD_YES;
}

static void split_target(struct call *call)
{
    str target = call->r.path;
    ptrdiff_t at = str_find(target, S("?"));
    if (at < 0) return;
    call->r.path = str_sub(target, 0, (size_t)at);
    call->r.query = str_sub(target, (size_t)at + 1, target.n);
}

static str peer_text(struct call *call)
{
    char host[INET6_ADDRSTRLEN];
    const struct sockaddr_storage *s = &call->conn->address;
    if (s->ss_family == AF_UNIX) return S("local");
    const void *address = s->ss_family == AF_INET ? (const void *)&((const struct sockaddr_in *)s)->sin_addr
                                                  : (const void *)&((const struct sockaddr_in6 *)s)->sin6_addr;
    if (inet_ntop(s->ss_family, address, host, sizeof host) == NULL) return S("");
    return str_dup(call->a, str_of(host));
}

/* As same_peer: of IPv6 the first half. */
static str network_of(struct arena *a, str peer)
{
    struct in6_addr six;
    if (inet_pton(AF_INET6, str_c(a, peer), &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six)) return peer;
    return hex_of(a, (str){(const char *)&six, sizeof six / 2});
}

/* 0, or the status to refuse with: who names a person in the proxy's header must be the proxy. */
static int from_proxy(struct front *f, struct call *call, const struct guarded *g)
{
    const struct serving *s = f->serving;
    const char *user = s->proxy_user.n == 0 ? NULL : s->proxy_user.p;
    bool proved = s->proxy_secret.n != 0 && secret_same(guard_value(g, "X-Proxy-Secret"), s->proxy_secret);
    if (!proved && (guard_has(g, "X-Proxy-Secret") || (user != NULL && guard_has(g, user)))) {
        log_event(&f->log, LOG_WARN_LINE, "proxy not proved", LOG_TEXT("peer", call->r.peer));
        return 403;
    }
    if (!proved && guard_has(g, "X-Forwarded-For")) call->conn->near = false; /* somebody else's, by an unknown proxy */
    if (!proved) return 0;
    str peer = guard_forwarded(g);
    if (peer.n != 0) call->r.peer = str_dup(call->a, peer);
    call->conn->near = peer.n == 0 || str_eq(peer, S("::1")) || str_starts(peer, S("127."));
    call->r.secure = str_eq(guard_value(g, "X-Forwarded-Proto"), S("https"));
    if (user != NULL) call->r.trusted_user = str_dup(call->a, guard_value(g, user));
    return 0;
}

static void take_headers(struct front *f, struct call *call, const struct guarded *g)
{
    struct request *r = &call->r;
    const struct {
        const char *name;
        str *to;
    } wanted[] = {{"Host", &r->host},
                  {"Cookie", &r->cookie},
                  {"Authorization", &r->authorization},
                  {"Accept", &r->accept},
                  {"Accept-Language", &r->accept_language},
                  {"Content-Type", &r->content_type},
                  {"If-None-Match", &r->if_none_match},
                  {"Origin", &r->origin},
                  {"Sec-Fetch-Site", &r->fetch_site},
                  {"Idempotency-Key", &r->idempotency_key}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        *wanted[i].to = str_dup(call->a, guard_value(g, wanted[i].name));
    r->secure = str_starts(f->serving->url, S("https://"));
    r->peer = peer_text(call);
}

/* Is there room for so much more of its body? All together and each machine have so much; what is announced and never
 * sent takes none. */
static bool room_for(const struct front *f, const struct call *call, int64_t more)
{
    if (f->spooled + more > f->spool_room) return false;
    int64_t same = more;
    for (const struct call *c = f->calls; c != NULL && !call->conn->near; c = c->next)
        if (c->spooled != 0 && str_eq(c->network, call->network)) same += (int64_t)c->spooled;
    return same <= SPOOL_PEER_MAX;
}

static int check_head(struct front *f, struct call *call, const struct guarded *g)
{
    struct guard_verdict v = guard_head(g);
    call->r.now = clock_now();
    call->r.act_id = str_fmt(call->a, "%.*s-%llu", STR_ARG(f->boot), (unsigned long long)call->id);
    split_target(call);
    take_headers(f, call, g); /* of a head that is refused too: the language to say so in */
    if (v.status != 0) return v.status;
    call->r.verb = v.verb;
    int refused = from_proxy(f, call, g);
    call->network = network_of(call->a, call->r.peer);
    if (refused != 0) return refused;
    if (call->conn->refused || f->n_calls > f->max_calls || f->drain_until != 0) return 503;
    call->limit = own_body_limit(&call->r);
    if (v.length > call->limit) return 413;
    return v.length <= SPOOL_MEMORY || room_for(f, call, v.length) ? 0 : 503;
}

static enum MHD_Result put_out(struct front *f, struct call *call);

static enum MHD_Result on_head(struct front *f, struct call *call, const char *method, const char *version)
{
    static const char known[] = "0.9.75"; /* whose layout of the head the guard knows (guard.c, check_lines) */
    struct heads h = {.n = 0};
    MHD_get_connection_values_n(call->c, MHD_HEADER_KIND, take_header, &h);
    bool looks = strcmp(MHD_get_version(), known) == 0;
    size_t bytes = MHD_get_connection_info(call->c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
    const char *person = f->serving->proxy_user.n == 0 ? NULL : f->serving->proxy_user.p;
    const struct guarded g = {method, version, call->r.path, h.header, h.n, looks ? bytes : 0, person};
    call->began = front_micro();
    call->method = str_c(call->a, str_sub(str_of(method), 0, 16));
    call->state = CALL_READING;
    int refused = check_head(f, call, &g);
    conn_is(f, call->conn, CONN_BODY);
    if (refused == 0) return MHD_YES;
    own_refuse(f, call, refused);
    return put_out(f, call);
}

/* ---- the body ---- */

/* Nothing can be answered in the midst of a body but by hand: the connection is of no use afterwards anyway. */
static void cut_off(struct front *f, struct call *call, int status)
{
    call->trouble = true;
    call->reply.status = status;
    http_hang_up(f, call->conn, status);
}

static void to_file(struct front *f, struct call *call, str piece)
{
    bool begins = call->body_fd < 0;
    if (begins) call->body_fd = wire_spool(f->spool, ".");
    size_t before = call->spooled;
    call->spooled = call->body_n;
    f->spooled += (int64_t)(call->spooled - before);
    bool kept = call->body_fd >= 0 && (!begins || wire_write(call->body_fd, buf_str(&call->body))) &&
                wire_write(call->body_fd, piece);
    call->trouble = !kept;
}

/* Others fill the spool at the same time: it is looked at again with every so many bytes. */
static bool still_room(const struct front *f, const struct call *call, size_t more)
{
    enum { STEP = 1 << 20 };
    size_t after = call->body_n + more;
    return after <= SPOOL_MEMORY || call->body_n / STEP == after / STEP || room_for(f, call, STEP);
}

static void on_body(struct front *f, struct call *call, str piece)
{
    if (call->trouble) return;
    if ((int64_t)(call->body_n + piece.n) > call->limit) {
        cut_off(f, call, 413);
        return;
    }
    if (!still_room(f, call, piece.n)) {
        cut_off(f, call, 503);
        return;
    }
    call->body_n += piece.n;
    if (call->body_fd < 0 && call->body_n <= SPOOL_MEMORY)
        buf_add(&call->body, piece);
    else
        to_file(f, call, piece);
}

static enum MHD_Result on_whole(struct front *f, struct call *call)
{
    conn_is(f, call->conn, CONN_WORK);
    if (call->trouble || (call->spooled != 0 && !wire_seal(call->body_fd))) {
        own_refuse(f, call, 503);
        return put_out(f, call);
    }
    if (own_answer(f, call)) return put_out(f, call);
    call->state = CALL_WAITING;
    MHD_suspend_connection(call->c); /* first: an answer may stand before route_begin returns */
    route_begin(f, call);
    return MHD_YES;
}

/* ---- the answer ---- */

static void common_headers(const struct front *f, struct MHD_Response *r)
{
    for (size_t i = 0; i < n_common(f); i++) MHD_add_response_header(r, common[i][0], common[i][1]);
}

static void own_headers(struct MHD_Response *r, const struct reply *reply)
{
    bool cached = false;
    for (size_t i = 0; i < REPLY_HEADERS && reply->header[i].name != NULL; i++) {
        cached = cached || strcasecmp(reply->header[i].name, "Cache-Control") == 0;
        MHD_add_response_header(r, reply->header[i].name, reply->header[i].value.p);
    }
    if (!cached) MHD_add_response_header(r, "Cache-Control", "no-store");
}

static struct MHD_Response *response_of(struct call *call)
{
    if (call->reply_fd >= 0) {
        struct MHD_Response *r = MHD_create_response_from_fd64(call->reply_n, call->reply_fd);
        if (r != NULL) call->reply_fd = -1; /* closed by it */
        return r;
    }
    call->reply_n = call->reply_body.n;
    return MHD_create_response_from_buffer(call->reply_body.n, (void *)(uintptr_t)call->reply_body.p,
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result put_out(struct front *f, struct call *call)
{
    struct MHD_Response *r = response_of(call);
    if (r == NULL) return MHD_NO;
    common_headers(f, r);
    own_headers(r, &call->reply);
    if (call->closes || f->drain_until != 0) MHD_add_response_header(r, "Connection", "close");
    enum MHD_Result queued = MHD_queue_response(call->c, (unsigned)call->reply.status, r);
    MHD_destroy_response(r);
    call->queued = true;
    call->state = CALL_DONE;
    return queued;
}

void http_answered(struct front *f, struct call *call)
{
    call->state = CALL_DONE;
    if (call->c == NULL)
        call_free(f, call);
    else
        MHD_resume_connection(call->c);
    f->resumed = true;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *data, size_t *n, void **context)
{
    (void)c, (void)url;
    struct front *f = cls;
    struct call *call = *context;
    if (call->state == CALL_NEW) return on_head(f, call, method, version);
    if (*n != 0) {
        on_body(f, call, (str){data, *n});
        *n = 0;
        return MHD_YES;
    }
    if (call->state == CALL_READING) return on_whole(f, call);
    return call->queued ? MHD_YES : put_out(f, call);
}

static void log_request(struct front *f, const struct call *call, enum MHD_RequestTerminationCode how)
{
    int64_t micro = call->began == 0 ? 0 : front_micro() - call->began;
    int status = call->reply.status;
    const char *entry = call->reply.entry == NULL ? "other" : call->reply.entry;
    metrics_answer(f->metrics, entry, status, micro);
    log_event(&f->log, LOG_INFO_LINE, how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "request" : "request cut",
              LOG_TEXT("request", call->r.act_id.p == NULL ? S("") : call->r.act_id),
              LOG_TEXT("method", str_of(call->method)), LOG_TEXT("entry", str_of(entry)), LOG_INT("status", status),
              LOG_MILLI("ms", micro), LOG_INT("bytes", (int64_t)call->reply_n));
}

static void on_completed(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode how)
{
    (void)c;
    struct front *f = cls;
    struct call *call = *context;
    if (call == NULL) return;
    *context = NULL;
    if (call->reply.status == 0) call->reply = (struct reply){.status = 400, .entry = "refused"}; /* by libmicrohttpd */
    log_request(f, call, how);
    if (call->conn != NULL) conn_is(f, call->conn, CONN_IDLE);
    call_free(f, call);
}

/* ---- what libmicrohttpd complains of ---- */

static void on_trouble(void *cls, const char *format, va_list list)
{
    struct front *f = cls;
    char text[256];
    int n = vsnprintf(text, sizeof text, format, list);
    if (n <= 0) return;
    str said = {text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1};
    log_event(&f->log, LOG_INFO_LINE, "http", LOG_TEXT("reason", str_trim(said)));
}

/* ---- clocks ---- */

/* Something was received on a connection where no request was ever whole enough to have a first line. */
static bool began_to_ask(const struct conn *conn)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (!conn->fresh || getsockopt(conn->fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
    return info.tcpi_bytes_received != 0;
}

static void sweep_one(struct front *f, struct conn *conn)
{
    int64_t spent = f->now - conn->since;
    size_t got = conn->call == NULL ? 0 : conn->call->body_n;
    if (conn->state == CONN_HEAD && spent > HEAD_SECONDS * 1000) http_hang_up(f, conn, 408);
    if (conn->state == CONN_BODY && spent > BODY_SECONDS * 1000 + (int64_t)(got / (BODY_RATE / 1000))) {
        if (conn->call != NULL && conn->call->reply.status == 0) conn->call->reply.status = 408;
        http_hang_up(f, conn, 408);
    }
    if (conn->state != CONN_IDLE) return;
    if (f->drain_until != 0)
        http_hang_up(f, conn, 0);
    else if (spent > HEAD_SECONDS * 1000 && began_to_ask(conn))
        http_hang_up(f, conn, 408);
    else if (spent > (f->n_conns > CROWDED && !conn->fresh ? CROWDED_SECONDS : IDLE_SECONDS) * 1000)
        http_hang_up(f, conn, 0);
}

void http_sweep(struct front *f)
{
    for (struct conn *c = f->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (!c->shut) sweep_one(f, c);
    }
}

struct MHD_Daemon *http_start(struct front *f, int listen)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, f, MHD_OPTION_EXTERNAL_LOGGER, on_trouble, f,
                            MHD_OPTION_LISTEN_SOCKET, listen, MHD_OPTION_URI_LOG_CALLBACK, on_target, f,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, f, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
                            f, MHD_OPTION_CONNECTION_LIMIT, (unsigned)f->max_conns + 128, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)WRITE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
                            MHD_OPTION_STRICT_FOR_CLIENT, 0, /* the guard refuses more, and in better words */
                            MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}
