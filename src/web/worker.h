/* The loop of every process that works on requests: receive, answer, send, forget. */
#ifndef MEGURI_WEB_WORKER_H
#define MEGURI_WEB_WORKER_H

#include "web/exchange.h"
#include "web/log.h"
#include "web/metrics.h"

/* Exit codes of sysexits.h. It could not begin; the database server went away, and another process may find it again. */
enum { WORKER_CONFIGURATION = 78, WORKER_DISCONNECTED = 69 };

struct worker_start {
    const struct serving *serving;
    struct metrics *metrics;
    enum place place;
    int index;         /* among those of its place, from 0 */
    int parent;        /* process id */
    int front;         /* its end of the pair it shares with the front */
    int told;          /* pipe on which the parent hears that it is ready */
    const char *spool; /* folder for files without a name */
};
struct ready { /* what is written to `told` */
    int32_t pid, place, index;
};
_Noreturn void worker_main(const struct worker_start *);

/* For every child: the descriptors it keeps move to 3, 4 …, all others are closed. */
void keep_descriptors(int **kept, size_t n);
const char *spool_folder(void);

#endif
