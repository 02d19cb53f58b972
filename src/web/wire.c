#include "web/wire.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "web/limits.h"

struct head {
    uint32_t size, kind, flags;
    int32_t number, then;
    uint32_t inline_n;
    uint64_t id, body_n;
    int64_t now;
    uint32_t n[WIRE_STRINGS];
};

static size_t size_of(const struct wire *m)
{
    size_t n = sizeof(struct head) + (m->fd < 0 ? m->body.n : 0);
    for (size_t i = 0; i < WIRE_STRINGS; i++) n += m->s[i].n;
    return n;
}

bool wire_fits(const struct wire *m) { return size_of(m) <= WIRE_MAX; }

static void head_of(const struct wire *m, struct head *h)
{
    *h = (struct head){.size = (uint32_t)size_of(m),
                       .kind = m->kind,
                       .flags = m->flags,
                       .number = m->number,
                       .then = m->then,
                       .id = m->id,
                       .now = m->now};
    h->inline_n = m->fd < 0 ? (uint32_t)m->body.n : 0;
    h->body_n = m->fd < 0 ? m->body.n : m->body_n;
    for (size_t i = 0; i < WIRE_STRINGS; i++) h->n[i] = (uint32_t)m->s[i].n;
}

/* The pieces as they stand; empty ones are left out. */
static size_t pieces(const struct wire *m, struct head *h, struct iovec *v)
{
    size_t n = 0;
    v[n++] = (struct iovec){h, sizeof *h};
    for (size_t i = 0; i < WIRE_STRINGS; i++)
        if (m->s[i].n != 0) v[n++] = (struct iovec){(void *)(uintptr_t)m->s[i].p, m->s[i].n};
    if (m->fd < 0 && m->body.n != 0) v[n++] = (struct iovec){(void *)(uintptr_t)m->body.p, m->body.n};
    return n;
}

bool wire_send(int fd, const struct wire *m, bool wait)
{
    if (!wire_fits(m)) {
        errno = EMSGSIZE;
        return false;
    }
    struct head h;
    struct iovec v[WIRE_STRINGS + 2];
    head_of(m, &h);
    struct msghdr msg = {.msg_iov = v, .msg_iovlen = pieces(m, &h, v)};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    if (m->fd >= 0) {
        msg.msg_control = control.bytes;
        msg.msg_controllen = sizeof control.bytes;
        struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
        *c = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(c), &m->fd, sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(fd, &msg, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
    while (sent < 0 && errno == EINTR);
    return sent >= 0;
}

static int take_fd(struct msghdr *msg)
{
    int fd = -1;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c != NULL; c = CMSG_NXTHDR(msg, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        memcpy(&fd, CMSG_DATA(c), sizeof fd);
    }
    return fd;
}

static bool decode(const char *room, size_t got, struct wire *m)
{
    struct head h;
    if (got < sizeof h) return false;
    memcpy(&h, room, sizeof h);
    if (h.size != got || h.kind == 0 || h.kind > WIRE_KILL) return false;
    *m = (struct wire){.kind = (enum wire_kind)h.kind,
                       .flags = h.flags,
                       .id = h.id,
                       .now = h.now,
                       .number = h.number,
                       .then = h.then,
                       .body_n = h.body_n,
                       .fd = m->fd};
    size_t at = sizeof h;
    for (size_t i = 0; i < WIRE_STRINGS; i++) {
        if (h.n[i] > got - at) return false;
        m->s[i] = (str){room + at, h.n[i]};
        at += h.n[i];
    }
    m->body = (str){room + at, got - at};
    return h.inline_n == got - at && (m->fd >= 0 || h.body_n == h.inline_n);
}

enum wire_end wire_receive(int fd, char *room, bool wait, struct wire *out)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec v = {room, WIRE_MAX};
    struct msghdr msg = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control};
    ssize_t got;
    do got = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    while (got < 0 && errno == EINTR);
    if (got < 0) return errno == EAGAIN ? WIRE_EMPTY : WIRE_CLOSED;
    if (got == 0) return WIRE_CLOSED;
    out->fd = take_fd(&msg);
    if ((msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 && decode(room, (size_t)got, out)) return WIRE_OK;
    if (out->fd >= 0) close(out->fd);
    out->fd = -1;
    return WIRE_BAD;
}

/* ---- requests ---- */

enum { REQUEST_STRINGS = 16, REPLY_STRINGS = 3 };
static void strings_of_request(struct request *q, str *s[REQUEST_STRINGS])
{
    str *const all[REQUEST_STRINGS] = {&q->path,          &q->query,           &q->host,         &q->cookie,
                                       &q->authorization, &q->accept_language, &q->content_type, &q->if_none_match,
                                       &q->origin,        &q->fetch_site,      &q->trusted_user, &q->idempotency_key,
                                       &q->peer,          &q->act_id,          &q->note,         &q->accept};
    memcpy(s, all, sizeof all);
}

void wire_of_request(struct wire *m, uint64_t id, const struct request *q)
{
    struct request copy = *q;
    str *s[REQUEST_STRINGS];
    strings_of_request(&copy, s);
    *m = (struct wire){.kind = WIRE_REQUEST, .id = id, .now = q->now, .fd = -1, .body = q->body};
    for (size_t i = 0; i < REQUEST_STRINGS; i++) m->s[i] = *s[i];
    m->flags = (q->again ? WIRE_AGAIN : 0u) | (q->secure ? WIRE_SECURE : 0u) | (q->verb == VERB_POST ? WIRE_POST : 0u) |
               (q->verb == VERB_HEAD ? WIRE_HEAD : 0u);
}

void wire_to_request(const struct wire *m, struct request *q)
{
    *q = (struct request){.now = m->now, .body = m->body};
    str *s[REQUEST_STRINGS];
    strings_of_request(q, s);
    for (size_t i = 0; i < REQUEST_STRINGS; i++) *s[i] = m->s[i];
    q->verb = m->flags & WIRE_POST ? VERB_POST : m->flags & WIRE_HEAD ? VERB_HEAD : VERB_GET;
    q->again = (m->flags & WIRE_AGAIN) != 0;
    q->secure = (m->flags & WIRE_SECURE) != 0;
}

/* ---- replies ---- */

_Static_assert(REPLY_STRINGS + 2 * REPLY_HEADERS <= WIRE_STRINGS, "a reply's headers fit into a message");

void wire_of_reply(struct wire *m, uint64_t id, const struct reply *r)
{
    *m = (struct wire){.kind = WIRE_REPLY, .id = id, .number = r->status, .then = (int32_t)r->then, .fd = -1};
    m->flags = r->keep ? WIRE_KEEP : 0;
    m->s[0] = r->note;
    m->s[1] = r->aside;
    m->s[2] = str_of(r->entry);
    for (size_t i = 0; i < REPLY_HEADERS && r->header[i].name != NULL; i++) {
        m->s[REPLY_STRINGS + 2 * i] = str_of(r->header[i].name);
        m->s[REPLY_STRINGS + 2 * i + 1] = r->header[i].value;
    }
}

bool wire_to_reply(struct arena *a, const struct wire *m, struct reply *r)
{
    bool status_fits = m->number == 0 || (m->number >= 200 && m->number < 600);
    if (!status_fits || m->then < 0 || m->then >= PLACES) return false;
    *r = (struct reply){.status = m->number, .then = (enum place)m->then, .keep = (m->flags & WIRE_KEEP) != 0};
    r->note = str_dup(a, m->s[0]);
    r->aside = str_dup(a, m->s[1]);
    r->entry = m->s[2].n == 0 ? NULL : str_c(a, m->s[2]);
    for (size_t i = 0; i < REPLY_HEADERS; i++) {
        str name = m->s[REPLY_STRINGS + 2 * i], value = m->s[REPLY_STRINGS + 2 * i + 1];
        if (name.n == 0) break;
        r->header[i] = (struct reply_header){str_c(a, name), str_of(str_c(a, value))};
    }
    return true;
}

void reply_header(struct reply *r, const char *name, str value)
{
    size_t n = 0;
    while (n < REPLY_HEADERS && r->header[n].name != NULL) n++;
    assert(n < REPLY_HEADERS);
    r->header[n] = (struct reply_header){name, value};
}

/* ---- bodies in descriptors ---- */

bool wire_sealed(int fd, size_t n)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0 || (size_t)st.st_size != n) return false;
    int seals = fcntl(fd, F_GET_SEALS);
    int wanted = F_SEAL_SHRINK | F_SEAL_WRITE | F_SEAL_GROW;
    return seals < 0 || (seals & wanted) == wanted; /* -1: a file, which knows no seals */
}

bool wire_map(int fd, size_t n, str *out)
{
    if (n == 0 || !wire_sealed(fd, n)) return false;
    void *p = mmap(NULL, n, PROT_READ, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED) return false;
    *out = (str){p, n};
    return true;
}

void wire_unmap(str s)
{
    if (s.n != 0) munmap((void *)(uintptr_t)s.p, s.n);
}

bool wire_write(int fd, str s)
{
    while (s.n != 0) {
        ssize_t wrote = write(fd, s.p, s.n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        s = str_sub(s, (size_t)wrote, s.n);
    }
    return true;
}

bool wire_seal(int fd)
{
    if (fcntl(fd, F_GET_SEALS) < 0) return true; /* a file, which knows none */
    return fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_WRITE | F_SEAL_GROW) == 0;
}

static int close_with(int fd)
{
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

int wire_memory(str bytes)
{
    int fd = memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -1;
    return wire_write(fd, bytes) && wire_seal(fd) ? fd : close_with(fd);
}

/* A file of a tmpfs is memory that cannot be sealed (memfd_create(2): F_SEAL_SEAL from the beginning). */
static int nameless(int folder, const char *name)
{
    if (getenv("MEGURI_TEST_NO_TMPFILE") != NULL) return -1; /* as if the file system knew none: for tests */
    int fd = openat(folder, name, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return fd >= 0 && fcntl(fd, F_GET_SEALS) >= 0 ? close_with(fd) : fd;
}

int wire_spool(int folder, const char *name)
{
    int fd = nameless(folder, name);
    return fd >= 0 ? fd : memfd_create("spool", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

int64_t wire_spool_room(int folder, const char *name)
{
    struct statvfs free;
    int fd = nameless(folder, name);
    if (fd < 0) return UPLOAD_BYTES_MAX;
    bool known = fstatvfs(fd, &free) == 0;
    close(fd);
    int64_t share = known ? (int64_t)(free.f_bavail * free.f_frsize / 4) : SPOOL_BYTES_MAX;
    return share < SPOOL_BYTES_MAX ? share : SPOOL_BYTES_MAX;
}
