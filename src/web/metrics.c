#include "web/metrics.h"

#include <sys/mman.h>

#include "surface/mount.h"

static const int statuses[METRIC_STATUSES] = {200, 202, 204, 206, 302, 303, 304, 400, 401, 403, 404, 405, 406, 408,
                                              409, 413, 414, 415, 417, 422, 429, 431, 500, 503, 505, 0}; /* 0: others */
static const int64_t bucket_micro[METRIC_BUCKETS] = {250,   500,    1000,   2500,   5000,    10000,   25000,
                                                     50000, 100000, 250000, 500000, 1000000, 2500000, 10000000};
static const char *const own[] = {"static", "healthz", "metrics", "refused", "other"};
enum { OWN = sizeof own / sizeof own[0] };

const char *place_name(enum place p)
{
    static const char *const names[PLACES] = {"front", "reader", "slow", "writer", "task", "net", "gate"};
    return names[p];
}

static size_t count_entries(void)
{
    size_t n = OWN;
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        n += (*r)->n_entries;
        for (const struct mount *const *m = (*r)->mounts; m != NULL && *m != NULL; m++) n++;
    }
    return n;
}

static void name_entries(struct metrics *m, const struct room *r)
{
    for (size_t i = 0; i < r->n_entries; i++) {
        const char *name = r->entries[i].name;
        snprintf(m->entry[m->n_entries++].name, METRIC_NAME, "%s%s%s", r->name, name[0] == '\0' ? "" : " ", name);
    }
    for (const struct mount *const *mount = r->mounts; mount != NULL && *mount != NULL; mount++)
        snprintf(m->entry[m->n_entries++].name, METRIC_NAME, "%s", (*mount)->name);
}

struct metrics *metrics_new(void)
{
    size_t n = count_entries();
    size_t size = sizeof(struct metrics) + n * sizeof(struct metric_entry);
    struct metrics *m = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (m == MAP_FAILED) return NULL;
    for (const struct room *const *r = rooms; *r != NULL; r++) name_entries(m, *r);
    for (size_t i = 0; i < OWN; i++) snprintf(m->entry[m->n_entries++].name, METRIC_NAME, "%s", own[i]);
    return m;
}

static struct metric_entry *entry_of(struct metrics *m, const char *name)
{
    for (size_t i = 0; name != NULL && i < m->n_entries; i++)
        if (strcmp(m->entry[i].name, name) == 0) return &m->entry[i];
    return &m->entry[m->n_entries - 1];
}

/* One process counts these, so a relaxed addition costs what an ordinary one does. */
#define ADD(counter, by) atomic_fetch_add_explicit(&(counter), (by), memory_order_relaxed)

void metrics_answer(struct metrics *m, const char *entry, int status, int64_t micro)
{
    size_t i = 0;
    while (statuses[i] != 0 && statuses[i] != status) i++;
    struct metric_entry *e = entry_of(m, entry);
    ADD(e->by_status[i], 1);
    ADD(e->micro, (uint64_t)micro);
    ADD(m->answered, 1);
    ADD(m->micro, (uint64_t)micro);
    for (size_t b = 0; b < METRIC_BUCKETS; b++)
        if (micro <= bucket_micro[b]) {
            ADD(m->bucket[b], 1);
            break;
        }
}

void metrics_batch(struct metrics *m, size_t acts)
{
    size_t b = 0;
    while (b < METRIC_BATCHES - 1 && acts > (size_t)1 << b) b++;
    ADD(m->batch[b], 1);
    ADD(m->batches, 1);
    ADD(m->acts, acts);
}

/* ---- the text (Prometheus exposition format 0.0.4) ---- */

#define GET(counter) ((long long)atomic_load_explicit(&(counter), memory_order_relaxed))

static void family(struct buf *b, const char *name, const char *type, const char *help)
{
    buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void tell_requests(struct metrics *m, struct buf *b)
{
    family(b, "meguri_requests_total", "counter", "Requests answered, by entry and status.");
    for (size_t e = 0; e < m->n_entries; e++)
        for (size_t i = 0; i < METRIC_STATUSES; i++) {
            long long n = GET(m->entry[e].by_status[i]);
            if (n == 0) continue;
            buf_fmt(b, "meguri_requests_total{entry=\"%s\",status=\"", m->entry[e].name);
            if (statuses[i] == 0)
                buf_add(b, S("other"));
            else
                buf_int(b, statuses[i]);
            buf_fmt(b, "\"} %lld\n", n);
        }
    family(b, "meguri_entry_seconds_total", "counter", "Time spent on an entry, from the whole head to the answer.");
    for (size_t e = 0; e < m->n_entries; e++) {
        long long micro = GET(m->entry[e].micro);
        if (micro != 0)
            buf_fmt(b, "meguri_entry_seconds_total{entry=\"%s\"} %.6f\n", m->entry[e].name, (double)micro / 1e6);
    }
}

static void tell_latency(struct metrics *m, struct buf *b)
{
    family(b, "meguri_request_seconds", "histogram", "From the whole head of a request to its answer.");
    long long sum = 0;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        sum += GET(m->bucket[i]);
        buf_fmt(b, "meguri_request_seconds_bucket{le=\"%g\"} %lld\n", (double)bucket_micro[i] / 1e6, sum);
    }
    long long n = GET(m->answered);
    buf_fmt(b, "meguri_request_seconds_bucket{le=\"+Inf\"} %lld\nmeguri_request_seconds_sum %.6f\n", n,
            (double)GET(m->micro) / 1e6);
    buf_fmt(b, "meguri_request_seconds_count %lld\n", n);
}

static void tell_batches(struct metrics *m, struct buf *b)
{
    family(b, "meguri_batch_acts", "histogram", "Acts the writer took together into one transaction.");
    long long sum = 0;
    for (size_t i = 0; i < METRIC_BATCHES - 1; i++) {
        sum += GET(m->batch[i]);
        buf_fmt(b, "meguri_batch_acts_bucket{le=\"%d\"} %lld\n", 1 << i, sum);
    }
    long long n = GET(m->batches);
    buf_fmt(b, "meguri_batch_acts_bucket{le=\"+Inf\"} %lld\nmeguri_batch_acts_sum %lld\n", n, GET(m->acts));
    buf_fmt(b, "meguri_batch_acts_count %lld\n", n);
}

static void tell_processes(struct metrics *m, struct buf *b)
{
    family(b, "meguri_restarts_total", "counter", "Processes replaced after they died.");
    for (int p = 0; p < PLACES; p++)
        buf_fmt(b, "meguri_restarts_total{process=\"%s\"} %lld\n", place_name((enum place)p), GET(m->restarts[p]));
    family(b, "meguri_waiting", "gauge", "Requests waiting for a process.");
    for (int p = 1; p < PLACES; p++)
        buf_fmt(b, "meguri_waiting{process=\"%s\"} %lld\n", place_name((enum place)p), GET(m->waiting[p]));
    family(b, "meguri_resident_bytes", "gauge", "Resident memory of a process.");
    for (size_t i = 0; i < METRIC_WORKERS; i++) {
        long long bytes = GET(m->memory[i].bytes);
        if (bytes == 0) continue;
        buf_fmt(b, "meguri_resident_bytes{process=\"%s\",index=\"%lld\"} %lld\n",
                place_name((enum place)GET(m->memory[i].place)), GET(m->memory[i].index), bytes);
    }
}

void metrics_tell(struct metrics *m, struct buf *b)
{
    tell_requests(m, b);
    tell_latency(m, b);
    tell_batches(m, b);
    tell_processes(m, b);
    family(b, "meguri_connections", "gauge", "Open connections.");
    buf_fmt(b, "meguri_connections %lld\n", GET(m->connections));
    family(b, "meguri_working", "gauge", "Requests being worked on.");
    buf_fmt(b, "meguri_working %lld\n", GET(m->working));
}
