/* The listening socket: 127.0.0.1:8080, [::1]:8080 or unix:/run/meguri/meguri.sock. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "web/serve_parent.h"

static const str unix_socket = S_INIT("unix:");

struct place_to_listen {
    struct sockaddr_storage address;
    socklen_t size;
};

static bool parse_port(str text, in_port_t *port)
{
    int64_t n;
    if (!str_to_int(text, &n) || n < 0 || n > 65535) return false;
    *port = htons((uint16_t)n);
    return true;
}

static bool parse_unix(str path, struct place_to_listen *out)
{
    struct sockaddr_un *s = (struct sockaddr_un *)&out->address;
    if (path.n == 0 || path.n >= sizeof s->sun_path) return false;
    s->sun_family = AF_UNIX;
    memcpy(s->sun_path, path.p, path.n);
    out->size = sizeof *s;
    return true;
}

static bool parse(struct arena *a, str text, struct place_to_listen *out)
{
    *out = (struct place_to_listen){.size = 0};
    if (str_starts(text, unix_socket)) return parse_unix(str_sub(text, unix_socket.n, text.n), out);
    size_t colon = text.n;
    while (colon > 0 && text.p[colon - 1] != ':') colon--;
    if (colon < 2) return false;
    str host = str_sub(text, 0, colon - 1), port = str_sub(text, colon, text.n);
    bool six = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
    if (six) {
        struct sockaddr_in6 *s = (struct sockaddr_in6 *)&out->address;
        out->size = sizeof *s;
        s->sin6_family = AF_INET6;
        return parse_port(port, &s->sin6_port) &&
               inet_pton(AF_INET6, str_c(a, str_sub(host, 1, host.n - 1)), &s->sin6_addr) == 1;
    }
    if (str_eq(host, S("localhost"))) host = S("127.0.0.1");
    struct sockaddr_in *s = (struct sockaddr_in *)&out->address;
    out->size = sizeof *s;
    s->sin_family = AF_INET;
    return parse_port(port, &s->sin_port) && inet_pton(AF_INET, str_c(a, host), &s->sin_addr) == 1;
}

/* A socket that a server before left behind answers nobody; one that answers is in use. */
static void clear_name(const struct place_to_listen *p)
{
    const struct sockaddr_un *s = (const struct sockaddr_un *)&p->address;
    struct stat st;
    if (p->address.ss_family != AF_UNIX || lstat(s->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode)) return;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    if (connect(fd, (const struct sockaddr *)&p->address, p->size) != 0 && errno == ECONNREFUSED) unlink(s->sun_path);
    close(fd);
}

static int open_socket(const struct place_to_listen *p)
{
    clear_name(p);
    int on = 1, fd = socket(p->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    if (p->address.ss_family != AF_UNIX) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    mode_t before = umask(0117); /* a socket with a name: for the owner and the group the proxy is in */
    bool ok = bind(fd, (const struct sockaddr *)&p->address, p->size) == 0 && listen(fd, 4096) == 0;
    umask(before);
    if (ok) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static str url_of(struct arena *a, int fd)
{
    struct sockaddr_storage s = {0};
    socklen_t size = sizeof s;
    char host[INET6_ADDRSTRLEN] = "";
    if (getsockname(fd, (struct sockaddr *)&s, &size) != 0 || s.ss_family == AF_UNIX) return S("http://localhost");
    if (s.ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&s;
        inet_ntop(AF_INET, &in->sin_addr, host, sizeof host);
        return str_fmt(a, "http://%s:%d", host, ntohs(in->sin_port));
    }
    const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&s;
    inet_ntop(AF_INET6, &in->sin6_addr, host, sizeof host);
    return str_fmt(a, "http://[%s]:%d", host, ntohs(in->sin6_port));
}

enum err serve_listen(struct work *w, struct serving *serving, int *fd)
{
    struct place_to_listen p;
    const struct where where = {.field = S("listen")};
    if (!parse(w->a, serving->listen, &p))
        return fault_in(w, INVALID, where,
                        M("'%1' is no address to listen on; write 127.0.0.1:8080, [::1]:8080 or unix:/PATH"),
                        serving->listen);
    int opened = open_socket(&p);
    if (opened < 0)
        return fault_in(w, BUSY, where, M("cannot listen on %1: %2"), serving->listen, str_of(strerror(errno)));
    if (serving->url.n == 0) serving->url = url_of(serving->life, opened);
    *fd = opened;
    return OK;
}

void serve_unlisten(struct work *w, const struct serving *serving)
{
    if (!str_starts(serving->listen, unix_socket)) return;
    unlink(str_c(w->a, str_sub(serving->listen, unix_socket.n, serving->listen.n)));
}
