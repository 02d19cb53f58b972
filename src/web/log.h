/* One JSON object a line on stderr, for journald and its like. Never a query string, a name, a value or a secret: who
 * reads logs is not who may read answers. */
#ifndef MEGURI_WEB_LOG_H
#define MEGURI_WEB_LOG_H

#include "base/work.h"

enum log_level { LOG_INFO_LINE, LOG_WARN_LINE, LOG_ERROR_LINE };
enum { LOG_HELD = 32 << 10, LOG_LINE_MAX = 2048 };

struct log {
    int fd;
    const char *process; /* "front", "reader 2" */
    size_t n;            /* bytes held back until log_flush: one write for many lines */
    bool holds;
    char held[LOG_HELD];
};
struct log_field {
    const char *key;
    str text; /* used when p is not NULL */
    int64_t i;
};
#define LOG_TEXT(k, s)                                                                                                 \
    {                                                                                                                  \
        (k), (s), 0                                                                                                    \
    }
#define LOG_INT(k, n)                                                                                                  \
    {                                                                                                                  \
        (k), {NULL, 0}, (n)                                                                                            \
    }
#define LOG_MILLI(k, micro)                                                                                            \
    {                                                                                                                  \
        (k), {NULL, 1}, (micro)                                                                                        \
    } /* microseconds, written as milliseconds with three decimals */

void log_line(struct log *, enum log_level, const char *event, const struct log_field *, size_t n);
#define log_event(log, level, event, ...)                                                                              \
    log_line(log, level, event, (const struct log_field[]){__VA_ARGS__},                                               \
             sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
void log_faults(struct log *, const char *event, const struct work *); /* each as a line, in English */
void log_flush(struct log *);

#endif
