/* A bar on stderr for long work: what, how far, how fast, how much longer. */
#ifndef MEGURI_CLI_PROGRESS_H
#define MEGURI_CLI_PROGRESS_H

#include <stdio.h>

#include "base/lang.h"

struct progress {
    FILE *to;
    enum lang lang;
    int columns;
    bool blocks;  /* bars of block characters; else # */
    double start; /* seconds, of the steady clock; when this `what` began */
    double drawn; /* last time; 0 when nothing stands on the line */
    char what[64];
};
double steady_now(void);

/* The line as it stands at `seconds` after the start. */
str progress_line(struct arena *, const struct progress *, str what, int64_t done, int64_t total, double seconds);

/* For struct work: watcher is a struct progress. Draws at most five times a second. */
void progress_tell(void *watcher, str what, int64_t done, int64_t total);
void progress_erase(struct progress *);

#endif
