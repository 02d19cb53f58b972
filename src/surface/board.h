/* What runs now: progress of long acts, in memory shared by the processes of one server. A task writes its own line, a
 * view may read any of them at any time; figures that belong together may be a tick apart. */
#ifndef MEGURI_SURFACE_BOARD_H
#define MEGURI_SURFACE_BOARD_H

#include <stdatomic.h>
#include <stdint.h>

enum { BOARD_LINES = 16, BOARD_WHAT = 64, BOARD_ID = 40 };
struct board_line {
    char id[BOARD_ID];     /* of the task; empty: free */
    char what[BOARD_WHAT]; /* message id */
    _Atomic int64_t done, total, began; /* total 0: unknown */
};
struct board {
    struct board_line line[BOARD_LINES];
};

#endif
