#include "web/serve_parent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lang.h"
#include "surface/board.h"
#include "web/front.h"
#include "web/notify.h"
#include "web/worker.h"

enum { CHILDREN_MAX = READERS_MAX + 6, MEMORY_MILLISECONDS = 5000, SETTLED_MILLISECONDS = 2000 };

struct child {
    enum place place;
    int index;
    pid_t pid;  /* 0: none at present */
    bool ready; /* this one said so */
    bool ready_once;
    int64_t born;
    int64_t start_at; /* when it is to be started again */
    int quick;        /* deaths soon after birth, in a row */
    int never;        /* of these, before it was ready: it cannot work here */
};

struct parent {
    struct work *w;
    struct serving *serving;
    struct metrics *metrics;
    struct log log;
    const char *spool;
    struct child child[CHILDREN_MAX]; /* the first is the front */
    size_t n;
    int listening, control, signals, told[2];
    bool announced, ending, gave_up;
    int64_t kill_front_at, kill_all_at;
    int64_t watchdog, watched, measured;
    pid_t pid;
};

static int64_t now_milli(void) { return front_micro() / 1000; }

/* ---- starting ---- */

static void start_front(struct parent *p, struct child *c)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return;
    if (p->control >= 0) close(p->control);
    p->control = pair[0];
    c->pid = fork();
    if (c->pid == 0) {
        const struct front_start s = {p->serving, p->metrics, p->pid, p->listening, pair[1], p->told[1], p->spool};
        front_main(&s);
    }
    close(pair[1]);
}

static void start_worker(struct parent *p, struct child *c)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return;
    c->pid = fork();
    if (c->pid == 0) {
        const struct worker_start s = {p->serving, p->metrics, c->place,   c->index,
                                       p->pid,     pair[1],    p->told[1], p->spool};
        worker_main(&s);
    }
    const struct wire adopt = {
        .kind = WIRE_ADOPT, .number = (int32_t)c->place, .then = c->index, .id = (uint64_t)c->pid, .fd = pair[0]};
    if (c->pid > 0 && !wire_send(p->control, &adopt, true))
        log_event(&p->log, LOG_WARN_LINE, "front did not take a worker", LOG_TEXT("reason", str_of(strerror(errno))));
    close(pair[0]);
    close(pair[1]);
}

static struct child *child_of(struct parent *p, enum place place)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->child[i].place == place) return &p->child[i];
    return &p->child[0];
}

/* The writer makes the files that the others need to find; all need the front. */
static bool may_start(struct parent *p, const struct child *c)
{
    if (c->place == AT_FRONT) return !p->ending;
    if (p->child[0].pid == 0) return false;
    return c->place == AT_WRITER || child_of(p, AT_WRITER)->ready_once;
}

static void start(struct parent *p, struct child *c)
{
    c->pid = 0;
    c->ready = false;
    c->born = now_milli();
    if (c->place == AT_FRONT)
        start_front(p, c);
    else
        start_worker(p, c);
    if (c->pid > 0) return;
    log_event(&p->log, LOG_ERROR_LINE, "cannot start a process", LOG_TEXT("reason", str_of(strerror(errno))));
    c->pid = 0;
    c->start_at = now_milli() + BACK_OFF_MAX;
}

static void start_those_due(struct parent *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct child *c = &p->child[i];
        if (c->pid == 0 && c->start_at <= now_milli() && may_start(p, c)) start(p, c);
    }
}

/* ---- ready ---- */

static enum lang language(void)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') return strncmp(value, "ja", 2) == 0 ? LANG_JA : LANG_EN;
    }
    return LANG_EN;
}

static void announce(struct parent *p)
{
    p->announced = true;
    notify_manager("READY=1");
    if (clock_moved() == CLOCK_MOVED)
        log_event(&p->log, LOG_WARN_LINE, "the clock is moved by MEGURI_CLOCK: for rehearsals only",
                  LOG_TEXT("clock", time_text(p->w->a, clock_now())));
    if (!isatty(STDERR_FILENO)) {
        log_event(&p->log, LOG_INFO_LINE, "ready", LOG_TEXT("url", p->serving->url), LOG_INT("pid", p->pid));
        return;
    }
    struct buf b = buf_in(p->w->a);
    buf_add(&b, tr_fill(p->w->a, language(), M("meguri is ready: %1/ (Ctrl+C ends it)"), &p->serving->url, 1));
    buf_byte(&b, '\n');
    if (write(STDERR_FILENO, b.p, b.n) < 0) return;
}

static void hear_ready(struct parent *p)
{
    struct ready r;
    bool all = true;
    while (read(p->told[0], &r, sizeof r) == sizeof r)
        for (size_t i = 0; i < p->n; i++)
            if (p->child[i].pid == r.pid) p->child[i].ready = p->child[i].ready_once = true;
    for (size_t i = 0; i < p->n; i++) all = all && p->child[i].ready_once;
    if (all && !p->announced && !p->ending) announce(p);
}

/* ---- deaths ---- */

static void clear_board(struct parent *p)
{
    for (size_t i = 0; i < BOARD_LINES; i++) p->serving->board->line[i].id[0] = '\0';
}

static void tell_death(struct parent *p, const struct child *c, int status, int64_t lived)
{
    bool by_signal = WIFSIGNALED(status);
    int number = by_signal ? WTERMSIG(status) : WEXITSTATUS(status);
    const char *hint = !by_signal && number == WORKER_DISCONNECTED ? "the database server ended the connection"
                       : !by_signal && number == 75 ? "a request needed more memory than one may have"
                       : by_signal && number == SIGSYS
                           ? "a system call that is not allowed; the kernel's log names it (type=1326)"
                           : "";
    log_event(&p->log, LOG_WARN_LINE, "process died", LOG_TEXT("place", str_of(place_name(c->place))),
              LOG_INT("pid", c->pid), LOG_INT(by_signal ? "signal" : "exit", number), LOG_INT("lived_ms", lived),
              LOG_TEXT("reason", str_of(hint)));
}

static void end(struct parent *p);

/* The first deaths cost milliseconds only: one act that kills the writer must not make others wait, nor many of them
 * stop the server. Only who dies before it was ever ready, again and again, cannot work here at all. */
static void plan_restart(struct parent *p, struct child *c, bool never_ready, int64_t lived)
{
    bool quick = never_ready || lived <= QUICK_MILLISECONDS;
    c->never = never_ready ? c->never + 1 : 0;
    if (quick)
        c->quick++;
    else if (lived > SETTLED_MILLISECONDS)
        c->quick = 0;
    c->start_at = now_milli();
    if (c->quick >= QUICK_DEATHS) {
        int steps = c->never > QUICK_DEATHS ? c->never - QUICK_DEATHS : 0;
        int64_t pause = (int64_t)BACK_OFF_MILLISECONDS << (steps < 6 ? steps : 6);
        c->start_at += pause < BACK_OFF_MAX ? pause : BACK_OFF_MAX;
    }
    if (c->never < QUICK_DEATHS_MAX) return;
    log_event(&p->log, LOG_ERROR_LINE, "gives up", LOG_TEXT("place", str_of(place_name(c->place))),
              LOG_TEXT("reason", S("it died again and again; see the lines before")));
    p->gave_up = true;
    end(p);
}

/* Without the front nobody waits for what readers do; what the writer and the task have under way is finished. */
static void front_died(struct parent *p)
{
    for (size_t i = 1; i < p->n; i++) {
        struct child *c = &p->child[i];
        bool reads = c->place == AT_READER || c->place == AT_SLOW || c->place == AT_GATE;
        if (c->pid > 0 && reads) kill(c->pid, SIGKILL);
    }
    if (p->ending) p->kill_all_at = now_milli() + 3000;
}

static void died(struct parent *p, struct child *c, int status)
{
    int64_t lived = now_milli() - c->born;
    bool never_ready = !c->ready;
    bool expected = (p->ending && p->child[0].pid == 0) || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
    if (!expected) tell_death(p, c, status, lived);
    if (!p->ending) atomic_fetch_add(&p->metrics->restarts[c->place], 1);
    c->pid = 0;
    c->ready = false;
    if (c->place == AT_TASK) clear_board(p);
    if (c->place == AT_FRONT) front_died(p);
    if (p->ending && expected)
        c->start_at = INT64_MAX;
    else
        plan_restart(p, c, never_ready, lived);
}

static void reap(struct parent *p)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < p->n; i++)
            if (p->child[i].pid == pid) {
                hear_ready(p); /* it may have said so before it died */
                died(p, &p->child[i], status);
                break;
            }
}

/* ---- the end ---- */

static void end(struct parent *p)
{
    if (p->ending) { /* asked twice: at once */
        p->kill_front_at = p->kill_all_at = now_milli();
        return;
    }
    p->ending = true;
    notify_manager("STOPPING=1");
    close(p->listening); /* else the backlog would go on filling through this copy */
    p->listening = -1;
    p->kill_front_at = now_milli() + (DRAIN_SECONDS + 2) * 1000;
    p->kill_all_at = p->kill_front_at + 5000;
    const struct wire drain = {.kind = WIRE_DRAIN, .fd = -1};
    if (p->control >= 0) wire_send(p->control, &drain, true);
}

static bool all_gone(const struct parent *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->child[i].pid > 0) return false;
    return true;
}

static void end_the_slow(struct parent *p)
{
    if (!p->ending) return;
    int64_t now = now_milli();
    if (p->child[0].pid > 0 && now >= p->kill_front_at) kill(p->child[0].pid, SIGKILL);
    for (size_t i = 1; i < p->n && now >= p->kill_all_at; i++)
        if (p->child[i].pid > 0) kill(p->child[i].pid, SIGKILL);
}

/* ---- the loop ---- */

static void hear_front(struct parent *p)
{
    char *room = arena_malloc(WIRE_MAX);
    struct wire m;
    while (wire_receive(p->control, room, false, &m) == WIRE_OK) {
        if (m.fd >= 0) close(m.fd);
        for (size_t i = 1; i < p->n && m.kind == WIRE_KILL; i++)
            if (p->child[i].pid > 0 && (uint64_t)p->child[i].pid == m.id) kill(p->child[i].pid, SIGKILL);
    }
    free(room);
}

static void hear_signals(struct parent *p)
{
    struct signalfd_siginfo s;
    while (read(p->signals, &s, sizeof s) == sizeof s) {
        if (s.ssi_signo == SIGTERM || s.ssi_signo == SIGINT) end(p);
        if (s.ssi_signo == SIGCHLD) reap(p);
    }
}

static int64_t resident(pid_t pid)
{
    char path[48], text[128];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    ssize_t n = read(fd, text, sizeof text);
    close(fd);
    str rest = {text, n < 0 ? 0 : (size_t)n}, all, pages;
    int64_t count = 0;
    if (!str_cut(&rest, ' ', &all) || !str_cut(&rest, ' ', &pages) || !str_to_int(pages, &count)) return 0;
    return count * sysconf(_SC_PAGESIZE);
}

static void measure(struct parent *p)
{
    if (now_milli() - p->measured < MEMORY_MILLISECONDS) return;
    p->measured = now_milli();
    for (size_t i = 0; i < p->n && i < METRIC_WORKERS; i++) {
        atomic_store(&p->metrics->memory[i].place, (int64_t)p->child[i].place);
        atomic_store(&p->metrics->memory[i].index, p->child[i].index);
        atomic_store(&p->metrics->memory[i].bytes, p->child[i].pid > 0 ? resident(p->child[i].pid) : 0);
    }
}

static void reassure(struct parent *p)
{
    if (p->watchdog == 0 || now_milli() - p->watched < p->watchdog) return;
    p->watched = now_milli();
    notify_manager("WATCHDOG=1");
}

static int pause_of(const struct parent *p)
{
    int64_t now = now_milli(), pause = p->ending ? 100 : 1000;
    if (p->watchdog != 0 && p->watchdog < pause) pause = p->watchdog;
    for (size_t i = 0; i < p->n; i++) {
        const struct child *c = &p->child[i];
        if (c->pid == 0 && c->start_at > now && c->start_at < now + pause) pause = c->start_at - now;
    }
    return (int)pause;
}

static void turn(struct parent *p)
{
    start_those_due(p);
    struct pollfd fds[] = {{p->signals, POLLIN, 0}, {p->told[0], POLLIN, 0}, {p->control, POLLIN, 0}};
    bool front = p->child[0].pid > 0; /* of a dead one only the hang-up would be heard, again and again */
    poll(fds, front ? 3 : 2, pause_of(p));
    hear_signals(p);
    hear_ready(p);
    if (front && fds[2].revents & POLLIN) hear_front(p);
    end_the_slow(p);
    measure(p);
    reassure(p);
}

static void add(struct parent *p, enum place place, int count)
{
    for (int i = 0; i < count; i++) p->child[p->n++] = (struct child){.place = place, .index = i};
}

static int watch_signals(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    static const int heard[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
    for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++) sigaddset(&set, heard[i]);
    sigprocmask(SIG_BLOCK, &set, before);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void raise_descriptors(void)
{
    struct rlimit n;
    if (getrlimit(RLIMIT_NOFILE, &n) != 0) return;
    n.rlim_cur = n.rlim_max;
    setrlimit(RLIMIT_NOFILE, &n);
}

static enum err run(struct parent *p)
{
    raise_descriptors();
    while (!(p->ending && all_gone(p))) turn(p);
    if (p->gave_up) return fault(p->w, BUSY, M("a process of the server died again and again; the log says why"));
    log_event(&p->log, LOG_INFO_LINE, "stopped", LOG_INT("pid", p->pid));
    return OK;
}

enum err serve_until_told(struct work *w, struct serving *serving, int readers, int listening)
{
    struct parent *p = arena_alloc(w->a, sizeof *p);
    *p = (struct parent){.w = w, .serving = serving, .listening = listening, .control = -1, .pid = getpid()};
    p->log = (struct log){.fd = STDERR_FILENO, .process = "parent"};
    p->metrics = metrics_new();
    p->spool = spool_folder();
    p->watchdog = notify_watchdog();
    sigset_t before;
    p->signals = watch_signals(&before);
    if (p->metrics == NULL || p->signals < 0 || pipe2(p->told, O_CLOEXEC | O_NONBLOCK) != 0)
        return fault(w, BUSY, M("the server cannot begin: %1"), str_of(strerror(errno)));
    add(p, AT_FRONT, 1);
    add(p, AT_WRITER, 1);
    add(p, AT_READER, readers);
    add(p, AT_SLOW, 1);
    add(p, AT_GATE, 1);
    add(p, AT_TASK, 1);
    add(p, AT_NET, 1);
    enum err err = run(p);
    close(p->signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return err;
}
