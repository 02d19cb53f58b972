/* A request as one process hands it to another, and what is answered. The front speaks HTTP and knows no store; workers
 * know the store and no sockets of the world. Everything is borrowed for as long as the request is worked on.
 *
 *   front   HTTP, header guard, limits, time-outs; static files, /healthz, /metrics
 *   reader  views (several processes; one, slow, for long views); gate: checks passwords, and reads nothing else
 *   writer  every act that is not long: takes what waits, one transaction, one sync, then answers all
 *   task    long acts, one at a time; net: mail and OpenID Connect, the only one with a network */
#ifndef MEGURI_WEB_EXCHANGE_H
#define MEGURI_WEB_EXCHANGE_H

#include "base/work.h"
#include "face/out.h"

enum place { AT_FRONT, AT_READER, AT_SLOW, AT_WRITER, AT_TASK, AT_NET, AT_GATE, PLACES };
enum verb { VERB_GET, VERB_HEAD, VERB_POST };

struct request {
    enum verb verb;
    str path, query;    /* as sent, not decoded; query without '?' */
    str host, cookie, authorization, accept, accept_language, content_type, if_none_match, origin, fetch_site;
    str trusted_user;   /* from the header of --proxy-user, when the proxy proved itself; else empty */
    str idempotency_key;
    str peer;           /* address of the other end, or what the trusted proxy said it is */
    bool secure;        /* came over TLS (said by the trusted proxy, or --url is https) */
    str body;
    str act_id;         /* unique per request: boot id and counter */
    bool again;         /* a worker died with it: look up act_id before doing it */
    str note;           /* what the process before found out (reply.note); never from outside */
    int64_t now;
};

enum { REPLY_HEADERS = 8, REPLY_LARGE = 1 << 20 };
struct reply {
    int status; /* of HTTP; 0: nothing yet */
    struct reply_header {
        const char *name;
        str value;
    } header[REPLY_HEADERS]; /* beside those every answer has (Content-Security-Policy …); ends with name NULL */
    struct out body;         /* written to; goes to memory, beyond REPLY_LARGE to a file without a name */
    enum place then;         /* AT_FRONT: this is the answer. Else: go on there with `note` */
    str note;
    bool keep;               /* with then: the answer stands, and is sent when the next process agrees (status 0) */
    str aside;               /* a note the writer is told without anyone waiting: "touch DIGEST", a session was used; "mark DIGEST", and what was asked
                              * for was read */
    const char *entry;       /* "inspect rates", for log and metrics; NULL: none */
};
void reply_header(struct reply *, const char *name, str value);
void reply_restart(struct reply *); /* as new: what was written and said so far is thrown away */

/* Which process a request goes to first. Pure: by the rooms' tables. */
enum place place_of(const struct request *);

/* What the parent was told, the same in every process. */
struct serving {
    str db;
    str listen;      /* 127.0.0.1:8080, [::1]:8080 */
    str url;         /* as people write it, without a slash at the end; cookies are Secure when it is https */
    bool demo;       /* people to click on, a banner on every page */
    str proxy_user, proxy_secret; /* header the proxy names the person in; value of X-Proxy-Secret that proves it */
    str oidc_issuer, oidc_client, oidc_secret, oidc_claim;
    str smtp, mail_from; /* smtp://host:25; empty: no mail goes out */
    str centre;          /* address of the instance roll-ups go to, without a slash at the end; empty: none */
    str centre_token, rollup_key; /* names of files: read by the net process, which alone needs what stands in them */
    str peers;           /* name of the file that lists servers of others; empty: none */
    struct arena *life;
    struct board *board; /* shared */
    unsigned char key[32]; /* of this boot: form keys, state of sign-in under way */
};

/* A worker's state across requests: its store (opened once), its arena. */
struct worker {
    const struct serving *serving;
    enum place place;
    struct arena *life, *a; /* a is emptied after each request */
    struct store *store;
    void *own;              /* what the place keeps (the writer's caches) */
};
enum err worker_open(struct worker *) MUST_USE;       /* after the fork, before the sandbox closes */
void answer_read(struct worker *, const struct request *, struct reply *);
/* All in one transaction; replies in the order of requests. Every reply is decided when it returns. */
void answer_write(struct worker *, const struct request *const *, struct reply *const *, size_t n);
void answer_task(struct worker *, const struct request *, struct reply *);
void task_run(struct worker *); /* called after the reply has gone, while request and body still stand */
void answer_net(struct worker *, const struct request *, struct reply *);
bool net_idle(struct worker *); /* called every few seconds: mail that waits; true: there is more, again at once */

#endif
