#include "web/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "store/store.h"
#include "web/limits.h"
#include "format/openpgp.h"
#include "web/sandbox.h"
#include "web/wire.h"

enum { IDLE_MILLISECONDS = 3000 };

/* ---- an answer on its way: in memory, and in a file when it becomes large ---- */

struct answer {
    struct reply reply;
    struct arena *a;
    struct buf memory;
    const char *spool;
    int fd; /* -1: still in memory */
    size_t n;
};

static bool put_body(struct out *out, str s)
{
    struct answer *t = (struct answer *)((char *)out - offsetof(struct answer, reply.body));
    t->n += s.n;
    if (t->fd < 0 && t->n <= REPLY_LARGE) {
        buf_add(&t->memory, s);
        return true;
    }
    if (t->fd < 0) {
        t->fd = wire_spool(AT_FDCWD, t->spool);
        if (t->fd < 0 || !wire_write(t->fd, buf_str(&t->memory))) return false;
    }
    return wire_write(t->fd, s);
}

static void answer_begin(struct answer *t, struct arena *a, const char *spool)
{
    *t = (struct answer){.a = a, .memory = buf_in(a), .spool = spool, .fd = -1};
    t->reply.body.put = put_body;
}

void reply_restart(struct reply *r)
{
    struct answer *t = (struct answer *)((char *)r - offsetof(struct answer, reply));
    if (t->fd >= 0) close(t->fd);
    struct arena *a = t->a;
    answer_begin(t, a, t->spool);
}

/* ---- one process ---- */

struct loop {
    const struct worker_start *start;
    struct worker worker;
    struct log log;
    struct arena *kept; /* what replies say: apart, since a face gives back what it makes between two pieces of them */
    struct arena_mark empty, kept_empty;
};

struct incoming {
    struct wire wire;
    struct request request;
    char *room; /* strings of the request stand here */
    str mapped;
};

static void failed(struct loop *l, struct answer *t, uint64_t id, const char *why)
{
    log_event(&l->log, LOG_ERROR_LINE, "reply failed", LOG_TEXT("reason", str_of(why)));
    const char *entry = t->reply.entry;
    reply_restart(&t->reply);
    t->reply.status = 500;
    t->reply.entry = entry;
    struct wire m;
    wire_of_reply(&m, id, &t->reply);
    if (!wire_send(l->start->front, &m, true)) _exit(0);
}

static void unsent(struct loop *l, struct answer *t, uint64_t id)
{
    if (errno != EMSGSIZE) _exit(0); /* the front is gone, and whoever waited with it */
    failed(l, t, id, "headers or note too long");
}

/* Small: inside the message. Larger: memory that can change no more. Large: the file it was written to. */
static void send_answer(struct loop *l, struct answer *t, uint64_t id)
{
    struct wire m;
    wire_of_reply(&m, id, &t->reply);
    if (t->reply.body.failed) {
        failed(l, t, id, strerror(t->reply.body.why));
        return;
    }
    m.body_n = t->n;
    if (t->fd < 0 && t->n <= INLINE_BYTES)
        m.body = buf_str(&t->memory);
    else if (t->fd < 0)
        t->fd = wire_memory(buf_str(&t->memory));
    m.fd = t->fd;
    if (t->n > INLINE_BYTES && (m.fd < 0 || !wire_seal(m.fd)))
        failed(l, t, id, strerror(errno));
    else if (!wire_send(l->start->front, &m, true))
        unsent(l, t, id);
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
}

/* What was sent is not there to be read: without it the request would be another one. */
static void body_lost(struct loop *l, uint64_t id)
{
    struct answer t;
    answer_begin(&t, l->kept, l->start->spool);
    failed(l, &t, id, "the body cannot be read");
}

/* false: nothing came (WIRE_EMPTY), or what came is answered already. A front that is gone ends the process: nobody is
 * left to answer. */
static bool receive(struct loop *l, struct incoming *in, bool wait)
{
    for (;;) {
        enum wire_end end = wire_receive(l->start->front, in->room, wait, &in->wire);
        if (end == WIRE_EMPTY) return false;
        if (end == WIRE_CLOSED) _exit(0);
        if (end == WIRE_BAD) continue;
        if (in->wire.kind == WIRE_PING) {
            const struct wire pong = {.kind = WIRE_PONG, .fd = -1};
            if (!wire_send(l->start->front, &pong, true)) _exit(0);
            if (!wait) continue;
            return false;
        }
        if (in->wire.kind == WIRE_REQUEST) break;
        if (in->wire.fd >= 0) close(in->wire.fd);
    }
    wire_to_request(&in->wire, &in->request);
    in->mapped = S("");
    if (in->wire.fd < 0) return true;
    bool whole = in->wire.body_n == 0 || wire_map(in->wire.fd, in->wire.body_n, &in->mapped);
    close(in->wire.fd);
    in->request.body = in->mapped;
    if (!whole) body_lost(l, in->wire.id);
    return whole;
}

static void forget(struct loop *l)
{
    arena_back(l->worker.a, l->empty);
    arena_back(l->kept, l->kept_empty);
}

/* The database server restarted, or a connection idle for hours was cut. The next process connects anew, and the front
 * asks it what was not answered yet: nobody notices. */
static void end_when_disconnected(const struct loop *l)
{
    if (!store_connected(l->worker.store)) _exit(WORKER_DISCONNECTED);
}

/* Sent back to be asked again: as a death it would count against it, and the other readers are cut off just so. */
static void send_back(struct loop *l, struct answer *t, const struct incoming *in)
{
    if (l->start->place == AT_NET || store_connected(l->worker.store)) return;
    reply_restart(&t->reply);
    t->reply.then = l->start->place;
    t->reply.note = in->request.note;
}

typedef void answer_fn(struct worker *, const struct request *, struct reply *);
static void serve_one(struct loop *l, struct incoming *in, answer_fn *answer)
{
    struct answer *t = arena_alloc(l->worker.a, sizeof *t);
    answer_begin(t, l->kept, l->start->spool);
    answer(&l->worker, &in->request, &t->reply);
    send_back(l, t, in);
    send_answer(l, t, in->wire.id);
    if (l->start->place == AT_TASK && store_connected(l->worker.store)) task_run(&l->worker);
    end_when_disconnected(l);
    wire_unmap(in->mapped);
    forget(l);
}

static void loop_single(struct loop *l, answer_fn *answer)
{
    struct incoming in = {.room = arena_alloc(l->worker.life, WIRE_MAX)};
    for (;;)
        if (receive(l, &in, true)) serve_one(l, &in, answer);
}

static void loop_net(struct loop *l)
{
    struct incoming in = {.room = arena_alloc(l->worker.life, WIRE_MAX)};
    for (bool more = false;;) {
        struct pollfd p = {.fd = l->start->front, .events = POLLIN};
        int n = poll(&p, 1, more ? 0 : IDLE_MILLISECONDS);
        if (n > 0 && receive(l, &in, true)) {
            serve_one(l, &in, answer_net);
            continue;
        }
        more = net_idle(&l->worker);
        end_when_disconnected(l);
        forget(l);
    }
}

/* ---- the writer: what waits is taken together, and all are answered after the one sync ---- */

static void serve_batch(struct loop *l, struct incoming *in, size_t n)
{
    const struct request *requests[BATCH_MAX];
    struct reply *replies[BATCH_MAX];
    struct answer *t = arena_array(l->worker.a, n, sizeof *t);
    for (size_t i = 0; i < n; i++) {
        answer_begin(&t[i], l->kept, l->start->spool);
        requests[i] = &in[i].request;
        replies[i] = &t[i].reply;
    }
    answer_write(&l->worker, requests, replies, n);
    end_when_disconnected(l);
    metrics_batch(l->start->metrics, n);
    for (size_t i = 0; i < n; i++) {
        send_answer(l, &t[i], in[i].wire.id);
        wire_unmap(in[i].mapped);
    }
    forget(l);
}

static void loop_writer(struct loop *l)
{
    struct incoming *in = arena_array(l->worker.life, BATCH_MAX, sizeof *in);
    for (size_t i = 0; i < BATCH_MAX; i++) in[i].room = arena_alloc(l->worker.life, WIRE_MAX);
    for (;;) {
        if (!receive(l, &in[0], true)) continue;
        size_t n = 1;
        while (n < BATCH_MAX && receive(l, &in[n], false)) n++;
        serve_batch(l, in, n);
    }
}

/* ---- beginning ---- */

static void out_of_room(void)
{
    static const char line[] =
        "{\"level\":\"error\",\"event\":\"out of memory\",\"reason\":\"a request needed more than one may have; "
        "the process is replaced\"}\n";
    if (write(STDERR_FILENO, line, sizeof line - 1) < 0) _exit(75);
    _exit(75);
}

/* Wanted descriptors first go high, out of each other's way, then to 3, 4 …; a copy of another worker's end kept open
 * would hide from the front that it died. */
void keep_descriptors(int **kept, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*kept[i] >= 0) *kept[i] = fcntl(*kept[i], F_DUPFD, 100);
    for (size_t i = 0; i < n; i++) {
        if (*kept[i] < 0) continue;
        dup2(*kept[i], (int)i + 3);
        *kept[i] = (int)i + 3;
    }
    close_range((unsigned)n + 3, ~0U, 0);
}

const char *spool_folder(void)
{
    const char *wanted[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (wanted[i] != NULL && wanted[i][0] == '/' && access(wanted[i], W_OK) == 0) return wanted[i];
    return "/tmp";
}

static void ignore_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGUSR1, SIGUSR2};
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++) signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void open_store(struct loop *l)
{
    if (worker_open(&l->worker) == OK) return;
    log_event(&l->log, LOG_ERROR_LINE, "cannot begin", LOG_TEXT("reason", S("the store cannot be opened")));
    _exit(WORKER_CONFIGURATION);
}

static void begin(struct loop *l, char *name, size_t room)
{
    const struct worker_start *s = l->start;
    snprintf(name, room, s->place == AT_READER ? "%s %d" : "%s", place_name(s->place), s->index + 1);
    l->log = (struct log){.fd = STDERR_FILENO, .process = name};
    mallopt(M_ARENA_MAX, 1); /* a second one makes glibc open /sys/devices/system/cpu, long after the sandbox closed */
    arena_on_exhausted(out_of_room);
    ignore_signals();
    char title[16];
    snprintf(title, sizeof title, "meguri:%.8s", name);
    sandbox_begin(title, s->parent);
    l->worker = (struct worker){.serving = s->serving, .place = s->place, .life = arena_new(0)};
    l->worker.a = arena_new(s->place == AT_WRITER ? BATCH_ARENA : s->place == AT_TASK ? 0 : REQUEST_ARENA);
    arena_alloc(l->worker.a, 1); /* the first block stays */
    l->empty = arena_mark(l->worker.a);
    l->kept = arena_new(REQUEST_ARENA);
    arena_alloc(l->kept, 1);
    l->kept_empty = arena_mark(l->kept);
}

_Noreturn void worker_main(const struct worker_start *start)
{
    struct loop *l = arena_malloc(sizeof *l);
    struct worker_start s = *start;
    char name[32];
    int *kept[] = {&s.front, &s.told};
    keep_descriptors(kept, sizeof kept / sizeof kept[0]);
    *l = (struct loop){.start = &s};
    begin(l, name, sizeof name);
    open_store(l);
    if (s.place == AT_WRITER || s.place == AT_TASK || s.place == AT_NET) openpgp_ready();
    const struct sandbox box = {s.place, s.serving->db, s.spool, -1};
    sandbox_close(&box, &l->log);
    const struct wire hello = {.kind = WIRE_READY, .fd = -1};
    const struct ready ready = {getpid(), (int32_t)s.place, s.index};
    if (!wire_send(s.front, &hello, true) || write(s.told, &ready, sizeof ready) != sizeof ready) _exit(1);
    if (s.place == AT_WRITER) loop_writer(l);
    if (s.place == AT_NET) loop_net(l);
    loop_single(l, s.place == AT_TASK ? answer_task : answer_read);
    _exit(0);
}
