/* What a process may still do once it has opened what it needs: seccomp (which calls of the system) and landlock
 * (which folders). A kernel that knows one of them not gets a warning in the log, and the service goes on. */
#ifndef MEGURI_WEB_SANDBOX_H
#define MEGURI_WEB_SANDBOX_H

#include "web/exchange.h"
#include "web/log.h"

struct sandbox {
    enum place place;
    str db;            /* SQLite: its folder is opened for the writer, read-only for readers; else sockets are */
    const char *spool; /* folder for files without a name */
    int spool_fd;      /* front: the only folder it may name, by this descriptor */
};
/* Before anything else in a child: dies with its parent, leaves no core, cannot be looked into. */
void sandbox_begin(const char *name, int parent);
void sandbox_close(const struct sandbox *, struct log *);
bool sandbox_db_is_file(str db);

#endif
