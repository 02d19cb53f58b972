/* Messages between the front and a worker: one packet each (SOCK_SEQPACKET), at most WIRE_MAX bytes and one descriptor.
 * A fixed head, then strings, then the body when it is small. Both ends are of the same build and machine, so the head
 * travels as it stands in memory; it is checked all the same, since the worker may have been taken over. */
#ifndef MEGURI_WEB_WIRE_H
#define MEGURI_WEB_WIRE_H

#include "web/exchange.h"

enum { WIRE_MAX = 72 << 10, WIRE_STRINGS = 24 };
enum wire_kind { WIRE_READY = 1, WIRE_PING, WIRE_PONG, WIRE_REQUEST, WIRE_REPLY, WIRE_ADOPT, WIRE_DRAIN, WIRE_KILL };
enum wire_flag { WIRE_AGAIN = 1, WIRE_SECURE = 2, WIRE_KEEP = 4, WIRE_POST = 8, WIRE_HEAD = 16 };

struct wire {
    enum wire_kind kind;
    unsigned flags;
    uint64_t id; /* of the request; a late reply to another is dropped */
    int64_t now;
    int32_t number, then; /* status and place of a reply; place and process id of a worker to adopt or to kill */
    str s[WIRE_STRINGS];
    str body; /* inline; when fd >= 0 empty, and body_n says how long the file is */
    size_t body_n;
    int fd; /* -1: none. Sent: stays the sender's. Received: the receiver closes it */
};

enum wire_end { WIRE_OK, WIRE_EMPTY, WIRE_CLOSED, WIRE_BAD };
bool wire_fits(const struct wire *);
/* false with errno; EAGAIN: try later; EMSGSIZE: the strings are too long */
bool wire_send(int fd, const struct wire *, bool wait);
/* Strings point into `room` (WIRE_MAX bytes). WIRE_EMPTY: nothing waits; WIRE_CLOSED: the other end is gone. */
enum wire_end wire_receive(int fd, char *room, bool wait, struct wire *out);

void wire_of_request(struct wire *, uint64_t id, const struct request *); /* the body is the caller's matter */
void wire_to_request(const struct wire *, struct request *);
void wire_of_reply(struct wire *, uint64_t id, const struct reply *);
bool wire_to_reply(struct arena *, const struct wire *, struct reply *); /* copied; false: makes no sense */

/* A descriptor received as a body: mapped read-only. It must be as long as was said, and sealed when it is memory. */
bool wire_map(int fd, size_t n, str *out);
void wire_unmap(str);

/* Bytes as a sealed memfd; -1 with errno. */
int wire_memory(str bytes);
/* A file without a name to write a large body to, in the folder `name` below `folder` (as openat takes them); memory
 * where the file system knows no such files or is memory itself. -1 with errno. */
int wire_spool(int folder, const char *name);
/* How many bytes may be spooled there at once: SPOOL_BYTES_MAX, a quarter of what is free, or, where the spool is
 * memory, one upload. */
int64_t wire_spool_room(int folder, const char *name);
bool wire_write(int fd, str); /* all of it; false with errno */
/* Before it is sent: what is memory can change no more. A file stays as it is. */
bool wire_seal(int fd);
bool wire_sealed(int fd, size_t n); /* memory that can change no more, or a file; n bytes long */

#endif
