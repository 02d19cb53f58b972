/* The loop of the front. One turn: what workers and parent say, then what waits is handed out, then libmicrohttpd runs
 * once (it reads, calls front_http.c and writes), then what came new is handed out. */
#include "web/front.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hash.h"
#include "web/sandbox.h"
#include "web/worker.h"

enum { TURN_MILLISECONDS = 250, RESERVED_DESCRIPTORS = 256 };

int64_t front_micro(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- beginning ---- */

/* Half and more of the descriptors are for connections, the rest for bodies and answers under way. */
static void measure_limits(struct front *f)
{
    struct rlimit n = {1024, 1024};
    getrlimit(RLIMIT_NOFILE, &n);
    size_t all = n.rlim_cur == RLIM_INFINITY || n.rlim_cur > 1 << 20 ? 1 << 20 : (size_t)n.rlim_cur;
    all = all > 2 * RESERVED_DESCRIPTORS ? all - RESERVED_DESCRIPTORS : all / 2;
    f->max_conns = all * 2 / 3 < CONNECTIONS_MAX ? all * 2 / 3 : CONNECTIONS_MAX;
    f->max_calls = (all - f->max_conns) / 2;
}

static void watch(struct front *f, int fd, void *what)
{
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = what};
    if (epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &e) != 0) _exit(1);
}

static str boot_id(struct arena *a)
{
    unsigned char bytes[8];
    random_bytes(bytes, sizeof bytes);
    return hex_of(a, (str){(const char *)bytes, sizeof bytes});
}

static void ignore_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1, SIGUSR2};
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++) signal(ignored[i], SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The Date header makes the C library look for the time zone at the first answer, when no file can be opened any more.
 */
static void settle_clock(void)
{
    setenv("TZ", "UTC0", 1);
    tzset();
}

static struct front *begin(const struct front_start *s)
{
    mallopt(M_ARENA_MAX, 1);
    settle_clock();
    ignore_signals();
    sandbox_begin("meguri:front", s->parent);
    struct front *f = arena_malloc(sizeof *f);
    *f = (struct front){.start = s, .serving = s->serving, .life = arena_new(0), .metrics = s->metrics};
    f->log = (struct log){.fd = STDERR_FILENO, .process = "front", .holds = true};
    f->files = static_files_load(f->life);
    f->boot = boot_id(f->life);
    f->now = front_micro() / 1000;
    f->spool = open(s->spool, O_PATH | O_DIRECTORY | O_CLOEXEC);
    f->spool_room = wire_spool_room(f->spool, ".");
    measure_limits(f);
    f->epoll = epoll_create1(EPOLL_CLOEXEC);
    f->daemon = http_start(f, s->listen);
    if (f->daemon == NULL || f->epoll < 0) {
        log_event(&f->log, LOG_ERROR_LINE, "cannot begin", LOG_TEXT("reason", str_of(strerror(errno))));
        _exit(WORKER_CONFIGURATION);
    }
    watch(f, MHD_get_daemon_info(f->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, f->daemon);
    watch(f, s->control, f);
    return f;
}

/* ---- the parent's messages ---- */

static void drain(struct front *f)
{
    if (f->drain_until != 0) return;
    f->drain_until = f->now + DRAIN_SECONDS * 1000;
    MHD_socket listening = MHD_quiesce_daemon(f->daemon);
    if (listening != MHD_INVALID_SOCKET) close(listening);
    log_event(&f->log, LOG_INFO_LINE, "draining", LOG_INT("requests", (int64_t)f->n_calls),
              LOG_INT("connections", (int64_t)f->n_conns));
}

static void hear_parent(struct front *f)
{
    struct wire m;
    for (enum wire_end end; (end = wire_receive(f->start->control, f->room, false, &m)) != WIRE_EMPTY;) {
        if (end == WIRE_CLOSED) _exit(1);
        if (end == WIRE_BAD) continue;
        if (m.kind == WIRE_ADOPT) route_adopt(f, &m);
        if (m.kind == WIRE_DRAIN) drain(f);
        if (m.fd >= 0) close(m.fd);
    }
}

/* ---- the end ---- */

static void finish(struct front *f)
{
    int64_t until = front_micro() + 1000000;
    while (f->n_conns != 0 && front_micro() < until) {
        MHD_run_wait(f->daemon, 20);
        f->now = front_micro() / 1000;
        http_sweep(f);
    }
    while (f->calls != NULL && f->calls->c == NULL) call_free(f, f->calls);
    log_event(&f->log, LOG_INFO_LINE, "drained", LOG_INT("requests cut", (int64_t)f->n_calls));
    log_flush(&f->log);
    _exit(0); /* all there is belongs to this process; stopping the daemon would do no more */
}

static bool done(struct front *f)
{
    if (f->drain_until == 0) return false;
    if (f->n_calls == 0) return true;
    if (f->now < f->drain_until) return false;
    route_refuse_all(f);
    return true;
}

/* ---- the loop ---- */

static void hear(struct front *f, const struct epoll_event *e)
{
    void *what = e->data.ptr;
    if (what == f)
        hear_parent(f);
    else if (what != f->daemon && ((struct lane *)what)->fd >= 0)
        route_receive(f, what);
}

static void sweep(struct front *f)
{
    if (f->now - f->swept < TURN_MILLISECONDS) return;
    f->swept = f->now;
    route_sweep(f);
    http_sweep(f);
}

static int wait_milliseconds(struct front *f)
{
    MHD_UNSIGNED_LONG_LONG timeout;
    if (f->resumed) return 0; /* by what happened in its own run, which MHD_get_timeout does not see */
    if (MHD_get_timeout(f->daemon, &timeout) != MHD_YES || timeout > TURN_MILLISECONDS) return TURN_MILLISECONDS;
    return (int)timeout;
}

static void turn(struct front *f)
{
    struct epoll_event events[LANES_MAX + 2];
    int n = epoll_wait(f->epoll, events, LANES_MAX + 2, wait_milliseconds(f));
    f->now = front_micro() / 1000;
    for (int i = 0; i < n; i++) hear(f, &events[i]);
    route_dispatch(f);
    f->resumed = false;
    MHD_run(f->daemon);
    route_dispatch(f);
    sweep(f);
    log_flush(&f->log);
}

_Noreturn void front_main(const struct front_start *start)
{
    struct front_start s = *start;
    int *kept[] = {&s.listen, &s.control, &s.told};
    keep_descriptors(kept, sizeof kept / sizeof kept[0]);
    struct front *f = begin(&s);
    const struct sandbox box = {AT_FRONT, s.serving->db, s.spool, f->spool};
    sandbox_close(&box, &f->log);
    const struct ready ready = {getpid(), AT_FRONT, 0};
    if (write(s.told, &ready, sizeof ready) != sizeof ready) _exit(1);
    while (!done(f)) turn(f);
    finish(f);
    _exit(0);
}
