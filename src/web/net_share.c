/* Servers of others, asked by TAXII 2.1: which question comes next and what the answer means is the room's (share/share.h); the addresses that may be asked
 * and the tokens are the machine operator's, in a file that this process alone reads. */
#include "web/net.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "access/access.h"
#include "base/clock.h"
#include "share/share.h"

enum { PEERS_FILE_MAX = 256 << 10, PEERS_MAX = 1000, ERRANDS_A_TURN = 20, TURN_SECONDS = 5, PAGE_BYTES_MAX = 8 << 20 };
#define TAXII S("application/taxii+json;version=2.1")

struct peer {
    str key, url, user, token;
};

/* ---- the file ---- */

static enum err peers_bytes(struct work *w, str path, str *out)
{
    char *bytes = arena_alloc(w->a, PEERS_FILE_MAX + 1);
    int fd = open(str_c(w->a, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, PEERS_FILE_MAX + 1);
    int why = errno;
    if (fd >= 0) close(fd);
    if (n < 0) return fault(w, NOTFOUND, M("cannot read '%1': %2"), path, str_of(strerror(why)));
    if (n > PEERS_FILE_MAX) return fault(w, INVALID, M("'%1' is too large"), path);
    *out = (str){bytes, (size_t)n};
    return OK;
}

static bool peer_read(str line, struct peer *out)
{
    str word[5], rest = line, one;
    size_t n = 0;
    while (rest.n != 0 && str_cut(&rest, ' ', &one))
        if (str_trim(one).n != 0 && n < 5) word[n++] = str_trim(one);
    if (n != 3 && n != 4) return false;
    *out = (struct peer){word[0], word[1], n == 4 ? word[2] : S(""), word[n - 1]};
    if (n == 3 && str_eq(out->token, S("-"))) out->token = S("");
    return str_find(out->key, S("/")) > 0 && fetch_allowed(out->url);
}

static enum err peers_read(struct work *w, str path, struct peer **out, size_t *n)
{
    str rest, line;
    int64_t row = 0;
    enum err e = peers_bytes(w, path, &rest);
    if (e != OK) return e;
    struct peer *all = arena_array(w->a, PEERS_MAX, sizeof *all);
    *n = 0;
    while (rest.n != 0 && str_cut(&rest, '\n', &line)) {
        row++;
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#') continue;
        if (*n == PEERS_MAX || !peer_read(line, &all[(*n)++]))
            return fault_in(w, INVALID, ((struct where){.file = path, .row = row}), M("a line is ORG/CODE, an address that begins with https://, and a token, - or a name and a password"));
    }
    *out = all;
    return OK;
}

/* Looked at when the server begins; what was read is forgotten at once, since the processes to come inherit this memory. */
enum err peers_settings(struct work *w, const struct serving *s)
{
    struct peer *all;
    size_t n;
    if (s->peers.n == 0) return OK;
    struct arena *a = arena_new(0);
    struct work v = {.a = a};
    enum err e = peers_read(&v, s->peers, &all, &n);
    int64_t row = v.faults.count > 0 ? v.faults.first[0].where.row : 0;
    arena_free(a);
    if (e == OK) return OK;
    return fault_in(w, e, ((struct where){.file = s->peers, .row = row}), M("'%1' cannot be used: a line is ORG/CODE, an address that begins with https://, and a token, - or a name and a password"), s->peers);
}

void peers_begin(struct worker *worker)
{
    struct net *n = net_of_worker(worker);
    struct work w = {.a = worker->life, .now = clock_now()};
    if (worker->serving->peers.n == 0 || peers_read(&w, worker->serving->peers, &n->peers, &n->n_peers) != OK) n->n_peers = 0;
}

/* ---- one question ---- */

static const struct peer *peer_of(const struct net *n, const struct share_errand *errand)
{
    for (size_t i = 0; i < n->n_peers; i++) {
        const struct peer *p = &n->peers[i];
        if (!str_eq(p->key, errand->key) || !str_starts(errand->url, p->url)) continue;
        bool whole = p->url.p[p->url.n - 1] == '/' || errand->url.p[p->url.n] == '/'; /* not https://peer.example.evil */
        if (whole) return p;
    }
    return NULL;
}

static void ask(struct work *w, const struct net *n, const struct share_errand *errand, struct share_answer *out)
{
    const struct peer *p = peer_of(n, errand);
    *out = (struct share_answer){.trouble = M("the machine's operator has not listed this address as %1 (serve --peers)"), .argument = errand->key};
    if (p == NULL) return;
    struct fetch f = {.url = errand->url, .accept = TAXII, .most = PAGE_BYTES_MAX, .added_last = &out->last, .status = &out->status, .json = errand->body, .media = TAXII};
    if (p->user.n != 0) {
        f.user = p->user;
        f.password = p->token;
    } else {
        f.bearer = p->token;
    }
    out->trouble = S("");
    if (fetch(w, &f, &out->body) == OK) return;
    const struct fault *why = &w->faults.first[0];
    *out = (struct share_answer){.trouble = M("it does not answer: %1"), .argument = w->faults.count > 0 ? why->arg[1] : S("")};
    w->faults = (struct faults){0};
}

static bool one_errand(struct worker *worker, const struct net *n)
{
    struct actor actor = actor_owner(S("meguri"));
    struct work w = {.a = worker->a, .store = worker->store, .now = clock_now(), .actor = &actor, .lo = actor.lo, .hi = actor.hi, .db = worker->serving->db};
    struct share_errand errand;
    struct share_answer answer;
    if (share_errand_next(&w, &errand) != OK) return false;
    ask(&w, n, &errand, &answer);
    return share_errand_done(&w, &errand, &answer) == OK; /* else it waits where it was, and the next turn finds it */
}

void peers_turn(struct worker *worker)
{
    const struct net *n = net_of_worker(worker);
    int64_t until = clock_now() + TURN_SECONDS;
    for (int i = 0; i < ERRANDS_A_TURN && clock_now() < until; i++) {
        struct arena_mark mark = arena_mark(worker->a);
        bool on = one_errand(worker, n);
        arena_back(worker->a, mark);
        if (!on) return;
    }
}
