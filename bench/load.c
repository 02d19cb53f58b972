/* Many people handing in their sheets at once, over HTTP, from one thread:
 *   load PORT CONNECTIONS SECONDS RATE SECRET PEOPLE CODES
 * RATE is submissions a second, 0 as fast as they are taken. PEOPLE: a line each, "person respondent"; CODES: a line each,
 * the questions every sheet answers. With "confirm" in place of CODES they confirm notices: PEOPLE is "person notice", each once, and it ends
 * when all have. The server trusts the header X-Remote-User when X-Proxy-Secret is SECRET. The last
 * line is the result as JSON; an answer other than 200 or 303 is counted as failed, and the first is shown. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { CONNECTIONS_MAX = 1024, BODY_MAX = 16 * 1024, CODES_MAX = 1000, CODE_BYTES = 64, LATENCIES_MAX = 4 * 1000 * 1000 };

struct connection {
    int fd;
    size_t sent, n, got;
    double started;
    bool busy;
    char out[BODY_MAX + 1024], in[64 * 1024];
};

struct load {
    int port, epoll;
    const char *secret;
    char (*people)[2][CODE_BYTES];
    size_t n_people, next;
    char codes[CODES_MAX][CODE_BYTES];
    size_t n_codes;
    bool confirm; /* notices, each person once */
    uint64_t random;
    float *ms;
    size_t done, failed;
};

static void die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void read_people(struct load *l, const char *path)
{
    FILE *f = fopen(path, "r");
    size_t room = 0;
    char one[CODE_BYTES], two[CODE_BYTES];
    if (f == NULL) die(path);
    while (fscanf(f, "%63s %63s", one, two) == 2) {
        if (l->n_people == room) l->people = realloc(l->people, (room = room * 2 + 1024) * sizeof *l->people);
        memcpy(l->people[l->n_people][0], one, sizeof one);
        memcpy(l->people[l->n_people++][1], two, sizeof two);
    }
    fclose(f);
}

static void read_codes(struct load *l, const char *path)
{
    FILE *f = fopen(path, "r");
    if (f == NULL) die(path);
    while (l->n_codes < CODES_MAX && fscanf(f, "%63s", l->codes[l->n_codes]) == 1) l->n_codes++;
    fclose(f);
}

static void connect_one(struct load *l, struct connection *c)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)l->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e) != 0) die("epoll");
}

static size_t body_of(struct load *l, const char *respondent, char *to)
{
    if (l->confirm) return (size_t)snprintf(to, BODY_MAX, "{\"notice\":[\"%s\"]}", respondent);
    size_t n = (size_t)snprintf(to, BODY_MAX, "{\"round\":\"bench\",\"respondent\":\"%s\",\"answer\":{", respondent);
    uint64_t draw = 0;
    for (size_t i = 0; i < l->n_codes; i++, draw >>= 4) {
        if (i % 16 == 0) draw = next_random(&l->random);
        n += (size_t)snprintf(to + n, BODY_MAX - n, "%s\"%s\":\"%s\"", i == 0 ? "" : ",", l->codes[i], (draw & 15) == 0 ? "not_done" : "done");
    }
    return n + (size_t)snprintf(to + n, BODY_MAX - n, "}}");
}

static void send_more(struct connection *c)
{
    while (c->sent < c->n) {
        ssize_t n = write(c->fd, c->out + c->sent, c->n - c->sent);
        if (n < 0 && errno == EAGAIN) continue; /* loopback takes a few kB at once nearly always */
        if (n < 0) die("write");
        c->sent += (size_t)n;
    }
}

static void begin(struct load *l, struct connection *c)
{
    static char body[BODY_MAX];
    const size_t who = l->next++ % l->n_people;
    size_t n = body_of(l, l->people[who][1], body);
    c->n = (size_t)snprintf(c->out, sizeof c->out,
                           "POST /%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                           "X-Remote-User: %s\r\nX-Proxy-Secret: %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                           l->confirm ? "share/confirm" : "inspect/submit", l->port, l->port, l->people[who][0], l->secret, n);
    memcpy(c->out + c->n, body, n);
    c->n += n;
    c->sent = c->got = 0;
    c->busy = true;
    c->started = now_ms();
    send_more(c);
}

/* True when the answer is whole. */
static bool take(struct load *l, struct connection *c)
{
    ssize_t n = read(c->fd, c->in + c->got, sizeof c->in - 1 - c->got);
    if (n < 0 && errno == EAGAIN) return false;
    if (n <= 0) die("the server closed");
    c->got += (size_t)n;
    c->in[c->got] = '\0';
    const char *end = strstr(c->in, "\r\n\r\n"), *length = strcasestr(c->in, "content-length:");
    if (end == NULL || length == NULL || c->got < (size_t)(end + 4 - c->in) + strtoul(length + 15, NULL, 10)) return false;
    bool ok = strncmp(c->in + 9, "200", 3) == 0 || strncmp(c->in + 9, "303", 3) == 0;
    if (!ok && l->failed++ == 0) fprintf(stderr, "load: %.600s\n", c->in);
    if (l->done < LATENCIES_MAX) l->ms[l->done] = (float)(now_ms() - c->started);
    l->done++;
    c->busy = false;
    return true;
}

static int by_ms(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void run(struct load *l, struct connection *all, size_t n, double seconds, double rate)
{
    double start = now_ms(), end = start + seconds * 1000;
    size_t begun = 0, busy = 0;
    struct epoll_event event[64];
    for (double now = start; now < end || busy > 0; now = now_ms()) {
        if (l->confirm && l->next >= l->n_people) end = now;
        for (size_t i = 0; i < n && now < end && !(l->confirm && l->next >= l->n_people); i++) {
            if (all[i].busy || (rate > 0 && (double)begun >= (now - start) / 1000 * rate)) continue;
            begin(l, &all[i]);
            begun++;
            busy++;
        }
        int got = epoll_wait(l->epoll, event, 64, busy == n || now >= end ? 100 : 1);
        for (int i = 0; i < got; i++)
            if (take(l, event[i].data.ptr)) busy--;
    }
    double took = (now_ms() - start) / 1000;
    size_t kept = l->done < LATENCIES_MAX ? l->done : LATENCIES_MAX;
    qsort(l->ms, kept, sizeof *l->ms, by_ms);
    printf("{\"bench\":\"load\",\"connections\":%zu,\"done\":%zu,\"failed\":%zu,\"seconds\":%.2f,\"per_second\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", n,
           l->done, l->failed, took, (double)l->done / took, kept == 0 ? 0 : (double)l->ms[kept / 2], kept == 0 ? 0 : (double)l->ms[kept * 99 / 100]);
}

int main(int argc, char **argv)
{
    static struct load l = {.random = 1};
    if (argc != 8) return fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS RATE SECRET PEOPLE CODES\n"), 2;
    size_t n = strtoul(argv[2], NULL, 10);
    if (n == 0 || n > CONNECTIONS_MAX) return 2;
    l.port = (int)strtol(argv[1], NULL, 10);
    l.secret = argv[5];
    read_people(&l, argv[6]);
    l.confirm = strcmp(argv[7], "confirm") == 0;
    if (!l.confirm) read_codes(&l, argv[7]);
    if (l.n_people == 0 || (l.n_codes == 0 && !l.confirm)) return fprintf(stderr, "load: nobody, or nothing asked\n"), 1;
    l.ms = malloc(LATENCIES_MAX * sizeof *l.ms);
    l.epoll = epoll_create1(EPOLL_CLOEXEC);
    struct connection *all = calloc(n, sizeof *all);
    for (size_t i = 0; i < n; i++) connect_one(&l, &all[i]);
    run(&l, all, n, strtod(argv[3], NULL), strtod(argv[4], NULL));
    return l.failed != 0;
}
