/* The front: speaks HTTP through libmicrohttpd in one loop, knows no store and opens no files. What it cannot answer
 * itself it hands to the workers.
 *
 *   front.c        the loop: libmicrohttpd, the workers' sockets, the parent's messages, deadlines, drain
 *   front_http.c   libmicrohttpd's calls: a connection, a head, a body, an answer
 *   front_route.c  which worker gets what when; what becomes of it when a worker dies
 *   front_own.c    what the front answers itself: static files, /healthz, /metrics, refusals */
#ifndef MEGURI_WEB_FRONT_H
#define MEGURI_WEB_FRONT_H

#include <microhttpd.h>
#include <netinet/in.h>

#include "web/exchange.h"
#include "web/guard.h"
#include "web/limits.h"
#include "web/log.h"
#include "web/metrics.h"
#include "web/static_files.h"
#include "web/wire.h"

struct front_start {
    const struct serving *serving;
    struct metrics *metrics;
    int parent; /* process id */
    int listen, control, told;
    const char *spool;
};
_Noreturn void front_main(const struct front_start *);

struct front;
struct call;

/* ---- a connection of the world ---- */
enum conn_state { CONN_IDLE, CONN_HEAD, CONN_BODY, CONN_WORK };
struct conn {
    struct conn *next, *before;
    int fd;
    struct sockaddr_storage address;
    bool near;    /* loopback or a socket of this machine */
    bool refused; /* one too many */
    bool fresh;   /* nothing was ever asked on it */
    bool shut;
    enum conn_state state;
    int64_t since;     /* in this state, milliseconds */
    struct call *call; /* NULL: none under way */
};

/* ---- a request under way ---- */
enum call_state { CALL_NEW, CALL_READING, CALL_WAITING, CALL_SENT, CALL_DONE };
struct call {
    struct call *next, *before; /* all of them */
    struct call *after;         /* in the queue of its place */
    struct MHD_Connection *c;   /* NULL: nobody waits for an answer */
    struct conn *conn;
    struct arena *a;
    enum call_state state;
    uint64_t id;
    struct request r;
    const char *method;
    int64_t limit;   /* of the body */
    struct buf body; /* while small */
    int body_fd;     /* -1: in memory */
    size_t body_n;
    size_t spooled; /* of it, in a file */
    bool trouble;   /* the body could not be kept */
    enum place place;
    str network;   /* of peer: one machine, as far as can be told */
    str asker;     /* whose turn it is, at a place where everybody has turns */
    uint64_t turn;
    int guilty;         /* how often a worker died at it, as far as is known */
    struct reply reply; /* status and headers; its body is below */
    str reply_body;
    int reply_fd;
    size_t reply_n;
    bool queued;             /* libmicrohttpd has the answer */
    bool closes;             /* and the connection ends with it */
    struct call *kept;       /* an answer that waits for the agreement of the next process */
    int64_t began;           /* microseconds, when the head was whole */
    int64_t since, deadline; /* milliseconds: waiting or sent since; when it is given up */
};

/* ---- a worker, seen from here ---- */
enum { LANES_MAX = READERS_MAX + 5 };
struct lane {
    int fd; /* -1: none at present */
    enum place place;
    int index, pid;
    bool ready, alone; /* alone: it works on a suspect, and gets nothing beside */
    int64_t alive;     /* milliseconds: last heard of */
    size_t n;
    struct call *sent[STACKED_WRITER];
};

struct queue {
    struct call *first, *last;
    size_t n;
    uint64_t turn; /* of the one sent last */
};

struct front {
    const struct front_start *start;
    const struct serving *serving;
    struct arena *life;
    struct log log;
    struct metrics *metrics;
    struct static_files files;
    struct MHD_Daemon *daemon;
    int epoll, spool;
    struct lane lane[LANES_MAX];
    size_t n_lanes;
    struct queue waiting[PLACES];
    struct call *calls;
    struct conn *conns;
    size_t n_calls, n_conns, max_calls, max_conns;
    int64_t spooled, spool_room; /* bytes of bodies in files: now, and at most */
    uint64_t next_id;
    str boot;    /* of act ids */
    int64_t now; /* milliseconds, once a turn of the loop */
    int64_t swept, pinged;
    int64_t drain_until; /* 0: serving */
    bool resumed;        /* libmicrohttpd has something to go on with: no waiting */
    char room[WIRE_MAX];
};

int64_t front_micro(void); /* a clock that only goes forward */

/* front_http.c */
struct MHD_Daemon *http_start(struct front *, int listen);
void http_sweep(struct front *);                   /* what took too long */
void http_answered(struct front *, struct call *); /* its reply stands: goes out, or with nobody waiting is forgotten */
void call_free(struct front *, struct call *);
struct call *call_new(struct front *);
void http_hang_up(struct front *, struct conn *, int status); /* says why when status is not 0 */

/* front_route.c */
void route_begin(struct front *, struct call *);
void route_dispatch(struct front *);
void route_receive(struct front *, struct lane *);
void route_adopt(struct front *, const struct wire *);
void route_sweep(struct front *);
void route_refuse_all(struct front *);
bool route_healthy(const struct front *);
void lane_died(struct front *, struct lane *);

/* front_own.c */
bool own_answer(struct front *, struct call *); /* true: answered here */
void own_refuse(struct front *, struct call *, int status);
const char *own_reason(int status);
/* What a refusal says, in the reader's language: a small page, or JSON for a program. */
str own_words(const struct front *, struct arena *, const struct request *, int status, const char **media);
/* By what a request says who sends it, unproved but for the proxy's word; by: its text, borrowed. */
enum claim { CLAIM_NONE, CLAIM_TOKEN, CLAIM_PERSON, CLAIM_SESSION };
enum claim own_claim(const struct request *, str *by);
int64_t own_body_limit(const struct request *); /* from nobody nothing large is taken */

#endif
