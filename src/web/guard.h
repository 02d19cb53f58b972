/* What of a request's head is let in. libmicrohttpd reads leniently (0.9.75: two lengths, a length beside chunks, a
 * blank before the colon, lines ended by a bare line feed, a NUL), and where two readers of one stream differ, one
 * request can be smuggled inside another (RFC 9112, 11.2). So anything that could be read in two ways is refused. */
#ifndef MEGURI_WEB_GUARD_H
#define MEGURI_WEB_GUARD_H

#include "web/exchange.h"

struct guard_header {
    str name, value; /* as they stand in the bytes received */
};
struct guarded {
    const char *method, *version;
    str target; /* as sent */
    const struct guard_header *header;
    size_t n;
    size_t bytes; /* of the whole head as received, where method, version and headers point into it: line ends can be
                   * looked at. 0: they do not */
    const char *person; /* header in which the proxy names who is there; NULL: none does */
};
struct guard_verdict {
    int status;      /* 0: let in */
    const char *why; /* for the log */
    enum verb verb;
    int64_t length; /* of the body as announced; -1: in chunks */
    bool expects;   /* 100-continue */
};
struct guard_verdict guard_head(const struct guarded *);

/* The one value of a header, without the blanks around it; empty when absent. */
str guard_value(const struct guarded *, const char *name);
bool guard_has(const struct guarded *, const char *name);
str guard_forwarded(const struct guarded *); /* the last address of the last X-Forwarded-For; empty: none, or no address */

#endif
