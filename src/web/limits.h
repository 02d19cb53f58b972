/* Every number the server bounds something with, in one place. */
#ifndef MEGURI_WEB_LIMITS_H
#define MEGURI_WEB_LIMITS_H

enum {
    HEAD_BYTES_MAX = 12 << 10,   /* request line and headers */
    URL_BYTES_MAX = 8 << 10,
    HEADERS_MAX = 100,
    FORM_BYTES_MAX = 256 << 10,  /* body of an entry that takes no file; of anything from nobody */
    /* Body of an entry that takes a note for each question. The largest sheet fits, whole and in one form: 256 questions,
     * each with a note of 200 letters of 12 bytes (%F0%A0%AE%B7) and 160 bytes of names and answers. */
    SHEET_BYTES_MAX = 256 * (200 * 12 + 160),
    UPLOAD_BYTES_MAX = 256 << 20,
    SPOOL_BYTES_MAX = 1 << 30,   /* bodies in files at once, or a quarter of what was free there when it began */
    SPOOL_PEER_MAX = UPLOAD_BYTES_MAX, /* of one address; this machine itself has no such limit */
    SPOOL_MEMORY = 1 << 20,      /* a body up to this stays in memory, beyond it goes to a file without a name */
    INLINE_BYTES = 32 << 10,     /* a body up to this travels inside the message */
    /* libmicrohttpd's memory of one connection: the head, room to answer, and no more, since all of it is touched with the
     * first request (10,000 connections that asked once: 160 MB; that never asked: 50 MB) */
    CONNECTION_BYTES = 16 << 10,

    HEAD_SECONDS = 10,
    BODY_SECONDS = 10,           /* and one more for each BODY_RATE bytes announced */
    BODY_RATE = 32 << 10,
    IDLE_SECONDS = 30,           /* between two requests of a connection */
    CROWDED_SECONDS = 5,         /* the same, when more than CROWDED connections are open */
    CROWDED = 2000,
    WRITE_SECONDS = 60,          /* a peer that takes nothing of its answer for so long is given up */
    READ_SECONDS = 30,           /* deadline of a request, by where it is worked on */
    SLOW_SECONDS = 300,
    GATE_SECONDS = 30,
    WRITER_SECONDS = 60,
    TASK_SECONDS = 3600,
    NET_SECONDS = 60,
    DRAIN_SECONDS = 10,
    LIFE_SECONDS = 10,           /* a worker silent for longer does not count as healthy */

    CONNECTIONS_MAX = 12000,
    PER_PEER_MAX = 256,          /* connections from one address; loopback and the proxy have no such limit */
    WAITING_MAX = 4096,          /* requests waiting for one place */
    WAITING_SLOW = 8,            /* of one person, for long views and exports */
    WAITING_GATE = 64,           /* of one address, for its passwords to be checked: 60 ms each */
    STACKED_READER = 2,          /* given to one reader at a time; more is faster and less even */
    STACKED_WRITER = 128,
    BATCH_MAX = 64,              /* acts the writer takes at once */
    READERS_MAX = 16,

    REQUEST_ARENA = 64 << 20,
    BATCH_ARENA = 160 << 20,

    QUICK_DEATHS = 3,            /* from this one on a restart waits */
    QUICK_DEATHS_MAX = 12,       /* then the server gives up */
    QUICK_MILLISECONDS = 20,     /* a worker that lived no longer, or was never ready, died quickly */
    BACK_OFF_MILLISECONDS = 100, /* doubled with each death before it was ready */
    BACK_OFF_MAX = 5000
};

#endif
