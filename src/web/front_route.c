/* Which worker gets what when. A reader has at most two requests, so that a long page holds up one other at most; the
 * writer takes all that wait. When a worker dies, what it had is asked once more: from the writer one by one, marked
 * `again`, so that it looks up what was written already, and only what kills it alone is refused. */
#include "web/front.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- queues ---- */

static void push(struct queue *q, struct call *call)
{
    call->after = NULL;
    if (q->last == NULL)
        q->first = call;
    else
        q->last->after = call;
    q->last = call;
    q->n++;
}

static void push_front(struct queue *q, struct call *call)
{
    call->after = q->first;
    q->first = call;
    if (q->last == NULL) q->last = call;
    q->n++;
}

static struct call *pop(struct queue *q)
{
    struct call *call = q->first;
    q->first = call->after;
    if (q->first == NULL) q->last = NULL;
    q->n--;
    return call;
}

static int64_t patience(enum place p)
{
    static const int seconds[PLACES] = {READ_SECONDS,   READ_SECONDS, SLOW_SECONDS,
                                        WRITER_SECONDS, TASK_SECONDS, NET_SECONDS,  GATE_SECONDS};
    return (int64_t)seconds[p] * 1000;
}

/* Where one process serves all, nobody has it alone: each has a turn, and a second request of his waits until all the
 * others had theirs (start-time fair queueing, Goyal, Vin and Cheng 1996, with every request of the same weight). So
 * many may wait of one; 0: first come, first served. Whose password is checked is not known yet: there the address
 * counts. */
static size_t most_of_one(enum place p)
{
    static const size_t most[PLACES] = {[AT_SLOW] = WAITING_SLOW, [AT_GATE] = WAITING_GATE};
    return most[p];
}

static str asker(const struct call *call)
{
    str by;
    enum claim claim = call->place == AT_SLOW ? own_claim(&call->r, &by) : CLAIM_NONE;
    return claim == CLAIM_NONE ? call->network : str_fmt(call->a, "%d %.*s", (int)claim, STR_ARG(by));
}

static void push_in_turn(struct queue *q, struct call *call)
{
    struct call **at = &q->first;
    while (*at != NULL && (*at)->turn <= call->turn) at = &(*at)->after;
    call->after = *at;
    *at = call;
    if (call->after == NULL) q->last = call;
    q->n++;
}

/* false: more of the same one wait than may. */
static bool take_turn(struct queue *q, struct call *call)
{
    size_t n = 0;
    call->asker = asker(call);
    call->turn = q->turn;
    for (const struct call *c = q->first; c != NULL; c = c->after) {
        if (!str_eq(c->asker, call->asker)) continue;
        n++;
        if (c->turn >= call->turn) call->turn = c->turn + 1;
    }
    if (n >= most_of_one(call->place)) return false;
    push_in_turn(q, call);
    return true;
}

static void wait_at(struct front *f, struct call *call, enum place place)
{
    call->place = place;
    call->state = CALL_WAITING;
    call->since = f->now;
    call->deadline = f->now + patience(place);
    call->guilty = 0;
    call->r.again = false;
    struct queue *q = &f->waiting[place];
    bool full = q->n >= WAITING_MAX, turns = most_of_one(place) != 0;
    if (full || (turns && !take_turn(q, call)))
        own_refuse(f, call, 503);
    else if (!turns)
        push(q, call);
}

void route_begin(struct front *f, struct call *call)
{
    enum place place = place_of(&call->r);
    if (place == AT_FRONT)
        own_refuse(f, call, 404);
    else
        wait_at(f, call, place);
}

/* ---- sending ---- */

static size_t stack_of(enum place p)
{
    static const size_t most[PLACES] = {0, STACKED_READER, 1, STACKED_WRITER, 1, 1, 1};
    return most[p];
}

static struct lane *free_lane(struct front *f, enum place place)
{
    struct lane *best = NULL;
    for (size_t i = 0; i < f->n_lanes; i++) {
        struct lane *l = &f->lane[i];
        if (l->fd < 0 || !l->ready || l->place != place || l->alone || l->n >= stack_of(place)) continue;
        if (best == NULL || l->n < best->n) best = l;
    }
    return best;
}

/* A body goes inside the message when it is small; else as memory that can change no more, made once, or as its file.
 */
static bool put_body(struct call *call, struct wire *m)
{
    m->body_n = call->body_n;
    m->body = buf_str(&call->body);
    if (call->body_fd < 0 && call->body_n <= INLINE_BYTES && wire_fits(m)) return true;
    if (call->body_fd < 0) call->body_fd = wire_memory(buf_str(&call->body));
    m->fd = call->body_fd;
    m->body = S("");
    return m->fd >= 0;
}

enum sent { SENT, SENT_LATER, SENT_NEVER };
static enum sent send_call(struct front *f, struct lane *l, struct call *call)
{
    struct wire m;
    wire_of_request(&m, call->id, &call->r);
    if (!put_body(call, &m)) return SENT_NEVER;
    if (!wire_send(l->fd, &m, false)) return errno == EMSGSIZE ? SENT_NEVER : SENT_LATER;
    call->state = CALL_SENT;
    call->since = f->now;
    call->deadline = f->now + patience(call->place);
    l->alone = call->r.again;
    l->sent[l->n++] = call;
    return SENT;
}

/* Its client hung up while it waited: libmicrohttpd does not look while a connection is suspended. */
static bool nobody_there(const struct front *f, const struct call *call)
{
    char byte;
    if (call->conn == NULL || call->r.verb == VERB_POST || f->now - call->since < 20) return false;
    return recv(call->conn->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* false: no more can be sent there now. */
static bool send_next(struct front *f, enum place place)
{
    struct queue *q = &f->waiting[place];
    struct lane *l = free_lane(f, place);
    if (l == NULL || (q->first->r.again && l->n != 0)) return false;
    struct call *call = pop(q);
    if (nobody_there(f, call)) {
        own_refuse(f, call, 503);
        return true;
    }
    enum sent sent = send_call(f, l, call);
    if (sent == SENT_NEVER) own_refuse(f, call, 503);
    if (sent == SENT) q->turn = call->turn;
    if (sent == SENT_LATER) push_front(q, call);
    return sent != SENT_LATER;
}

void route_dispatch(struct front *f)
{
    for (int p = AT_READER; p < PLACES; p++) {
        while (f->waiting[p].n != 0 && send_next(f, (enum place)p)) continue;
        atomic_store_explicit(&f->metrics->waiting[p], (int64_t)f->waiting[p].n, memory_order_relaxed);
    }
}

/* ---- replies ---- */

static struct call *take_sent(struct lane *l, uint64_t id)
{
    for (size_t i = 0; i < l->n; i++) {
        if (l->sent[i]->id != id) continue;
        struct call *call = l->sent[i];
        memmove(&l->sent[i], &l->sent[i + 1], (l->n - i - 1) * sizeof l->sent[0]);
        l->n--;
        if (l->n == 0) l->alone = false;
        return call;
    }
    return NULL;
}

/* What a worker noted by the way, for the writer; nobody waits for what it says to that. */
static void tell_aside(struct front *f, const struct call *call, str note)
{
    struct call *aside = call_new(f);
    if (aside == NULL) return;
    const struct request *r = &call->r;
    aside->r = (struct request){.verb = r->verb, .now = r->now, .secure = r->secure};
    aside->r.path = str_dup(aside->a, r->path);
    aside->r.query = str_dup(aside->a, r->query);
    aside->r.host = str_dup(aside->a, r->host);
    aside->r.cookie = str_dup(aside->a, r->cookie);
    aside->r.authorization = str_dup(aside->a, r->authorization);
    aside->r.trusted_user = str_dup(aside->a, r->trusted_user);
    aside->r.peer = str_dup(aside->a, r->peer);
    aside->r.act_id = str_fmt(aside->a, "%.*s-aside", STR_ARG(r->act_id));
    aside->r.note = str_dup(aside->a, note);
    wait_at(f, aside, AT_WRITER);
}

/* The answer that was kept is the one that goes out after all. */
static void take_kept(struct call *call)
{
    struct call *kept = call->kept;
    call->kept = NULL;
    if (call->reply_fd >= 0) close(call->reply_fd);
    call->reply = kept->reply;
    call->reply_body = kept->reply_body;
    call->reply_fd = kept->reply_fd;
    call->reply_n = kept->reply_n;
}

static void keep(struct call *call)
{
    struct call *kept = arena_alloc(call->a, sizeof *kept);
    *kept = *call;
    call->kept = kept;
    call->reply_fd = -1;
}

static void go_on(struct front *f, struct call *call)
{
    call->r.note = call->reply.note;
    if (call->reply.keep && call->kept == NULL) keep(call);
    if (call->reply_fd >= 0) close(call->reply_fd);
    call->reply_fd = -1;
    wait_at(f, call, call->reply.then);
}

/* Bytes and strings are copied: the room they came in is used for the next message. */
static bool take_reply(struct call *call, struct wire *m)
{
    if (!wire_to_reply(call->a, m, &call->reply)) return false;
    call->reply_fd = m->fd;
    call->reply_n = (size_t)m->body_n;
    m->fd = -1;
    if (call->reply_fd >= 0) return wire_sealed(call->reply_fd, call->reply_n);
    call->reply_body = str_dup(call->a, m->body);
    return true;
}

static void replied(struct front *f, struct lane *l, struct wire *m)
{
    struct call *call = take_sent(l, m->id);
    if (call == NULL) return;
    if (!take_reply(call, m)) {
        own_refuse(f, call, 500);
        return;
    }
    if (call->reply.aside.n != 0 && call->conn != NULL) tell_aside(f, call, call->reply.aside);
    if (call->reply.then != AT_FRONT) {
        go_on(f, call);
        return;
    }
    if (call->reply.status == 0 && call->kept != NULL) take_kept(call);
    if (call->reply.status == 0 && call->conn != NULL)
        own_refuse(f, call, 500);
    else
        http_answered(f, call);
}

void route_receive(struct front *f, struct lane *l)
{
    struct wire m;
    for (enum wire_end end; (end = wire_receive(l->fd, f->room, false, &m)) != WIRE_EMPTY;) {
        if (end != WIRE_OK) {
            lane_died(f, l);
            return;
        }
        l->alive = f->now;
        if (m.kind == WIRE_READY) l->ready = true;
        if (m.kind == WIRE_REPLY) replied(f, l, &m);
        if (m.fd >= 0) close(m.fd);
    }
}

/* ---- workers come and go ---- */

static void ask_once_more(struct front *f, struct call *call, bool guilty)
{
    bool writes = call->place == AT_WRITER;
    call->guilty += guilty;
    if (call->guilty >= 2 || call->place == AT_NET || (call->place == AT_TASK && call->guilty >= 1)) {
        own_refuse(f, call, 503);
        return;
    }
    call->r.again = writes;
    call->state = CALL_WAITING;
    call->since = f->now;
    push_front(&f->waiting[call->place], call);
}

void lane_died(struct front *f, struct lane *l)
{
    epoll_ctl(f->epoll, EPOLL_CTL_DEL, l->fd, NULL);
    close(l->fd);
    l->fd = -1;
    l->ready = l->alone = false;
    size_t n = l->n;
    l->n = 0;
    /* Backwards, so that the first is first again. A reader was at the first of them; the writer may have been at any. */
    for (size_t i = n; i-- > 0;) ask_once_more(f, l->sent[i], l->place == AT_WRITER ? n == 1 : i == 0);
}

static struct lane *lane_of(struct front *f, enum place place, int index)
{
    for (size_t i = 0; i < f->n_lanes; i++)
        if (f->lane[i].place == place && f->lane[i].index == index) return &f->lane[i];
    if (f->n_lanes == LANES_MAX) return NULL;
    struct lane *l = &f->lane[f->n_lanes++];
    *l = (struct lane){.fd = -1, .place = place, .index = index};
    return l;
}

void route_adopt(struct front *f, const struct wire *m)
{
    if (m->fd < 0 || m->number <= AT_FRONT || m->number >= PLACES) return;
    struct lane *l = lane_of(f, (enum place)m->number, m->then);
    if (l == NULL) return;
    if (l->fd >= 0) { /* its end was not read yet */
        route_receive(f, l);
        if (l->fd >= 0) lane_died(f, l);
    }
    l->fd = dup(m->fd);
    l->pid = (int)m->id;
    l->alive = f->now;
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = l};
    epoll_ctl(f->epoll, EPOLL_CTL_ADD, l->fd, &e);
}

/* ---- time ---- */

/* One that hangs is ended by the parent; what it had is not asked again: it would hang the next one. */
static void give_up(struct front *f, struct lane *l)
{
    log_event(&f->log, LOG_ERROR_LINE, "worker hangs", LOG_TEXT("worker", str_of(place_name(l->place))),
              LOG_INT("pid", l->pid));
    const struct wire kill = {.kind = WIRE_KILL, .id = (uint64_t)l->pid, .fd = -1};
    wire_send(f->start->control, &kill, false);
    struct call *culprit = l->sent[0];
    take_sent(l, culprit->id);
    own_refuse(f, culprit, 503);
    lane_died(f, l);
}

static void drop_late(struct front *f, struct queue *q)
{
    struct queue kept = {.turn = q->turn};
    while (q->n != 0) {
        struct call *call = pop(q);
        if (call->deadline >= f->now)
            push(&kept, call);
        else
            own_refuse(f, call, 503);
    }
    *q = kept;
}

void route_sweep(struct front *f)
{
    const struct wire ping = {.kind = WIRE_PING, .fd = -1};
    bool pings = f->now - f->pinged >= 1000;
    if (pings) f->pinged = f->now;
    for (size_t i = 0; i < f->n_lanes; i++) {
        struct lane *l = &f->lane[i];
        if (l->fd >= 0 && l->n != 0 && l->sent[0]->deadline < f->now) give_up(f, l);
        if (l->fd >= 0 && l->ready && l->n == 0 && pings && l->place != AT_TASK) wire_send(l->fd, &ping, false);
    }
    for (int p = AT_READER; p < PLACES; p++) drop_late(f, &f->waiting[p]);
}

void route_refuse_all(struct front *f)
{
    for (int p = AT_READER; p < PLACES; p++)
        while (f->waiting[p].n != 0) own_refuse(f, pop(&f->waiting[p]), 503);
    for (size_t i = 0; i < f->n_lanes; i++)
        while (f->lane[i].n != 0) own_refuse(f, take_sent(&f->lane[i], f->lane[i].sent[0]->id), 503);
}

static bool answers(const struct front *f, enum place place)
{
    for (size_t i = 0; i < f->n_lanes; i++) {
        const struct lane *l = &f->lane[i];
        if (l->place == place && l->fd >= 0 && l->ready && f->now - l->alive < LIFE_SECONDS * 1000) return true;
    }
    return false;
}

bool route_healthy(const struct front *f) { return answers(f, AT_WRITER) && answers(f, AT_READER); }
