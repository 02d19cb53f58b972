/* Figures for Prometheus, in memory shared by all processes: the front counts requests, the writer its batches, the
 * parent restarts and memory. */
#ifndef MEGURI_WEB_METRICS_H
#define MEGURI_WEB_METRICS_H

#include <stdatomic.h>

#include "web/exchange.h"

enum { METRIC_STATUSES = 26, METRIC_BUCKETS = 14, METRIC_BATCHES = 8, METRIC_WORKERS = 32, METRIC_NAME = 96 };
struct metric_entry {
    char name[METRIC_NAME];
    _Atomic uint64_t by_status[METRIC_STATUSES], micro;
};
struct metrics {
    _Atomic uint64_t bucket[METRIC_BUCKETS], answered, micro; /* latency of all answers */
    _Atomic uint64_t batch[METRIC_BATCHES], batches, acts;    /* acts taken together: up to 1, 2, 4 … 64, more */
    _Atomic uint64_t restarts[PLACES];
    _Atomic int64_t connections, working, waiting[PLACES];
    struct {
        _Atomic int64_t place, index, bytes; /* resident memory; 0: none */
    } memory[METRIC_WORKERS];
    size_t n_entries;
    struct metric_entry entry[]; /* those of the rooms, then the front's own */
};
struct metrics *metrics_new(void); /* shared by what is forked afterwards; NULL when there is no memory */
void metrics_answer(struct metrics *, const char *entry, int status, int64_t micro);
void metrics_batch(struct metrics *, size_t acts);
void metrics_tell(struct metrics *, struct buf *);

const char *place_name(enum place);

#endif
