/* Propagation, losses and inoperability at sizes where the time shows. One random network, made the same way in memory and as files, so that
 * peers read what ours reads: so many services, each needing all of four others drawn at random, with a buffer of 1 to 4,096 minutes.
 *
 *   cascade files DIR SERVICES      writes services.csv, needs.csv, suppliers.csv and, for the peers, edges ("from to") and buffers
 *   cascade read DIR                reads them as the program does, and spreads; the times of all are left in DIR/ours
 *   cascade memory SERVICES [run]   the same network made in memory: spread_final, and spread_run where asked; peak memory
 *   cascade many RUNS THREADS CHANCE   Monte Carlo over 1,000 services (montecarlo_numpy.py has the same model)
 *   cascade without SERVICES THREADS   N-1 over all services, and a sample of it as one would write it down
 *   cascade flow SECTORS STEPS DIR  dynamic inoperability; matrix and answer are left in DIR for the peer
 *
 * Times are the processor's; of two threads, and of the dynamic inoperability, the clock's. The last line is the result as JSON. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "cascade/loss.h"
#include "cascade/reach.h"
#include "cascade/spread.h"
#include "depend/model.h"

enum { IN_DEGREE = 4, BUFFER_MOST = 4096, RUNS = 5, SEED = 20071204 };

static void die(const char *what, const char *name)
{
    fprintf(stderr, "cascade: %s: %s\n", what, name);
    exit(1);
}

static void *room(size_t n, size_t size)
{
    void *at = calloc(n, size);
    if (at == NULL) die("no memory", "calloc");
    return at;
}

static double peak_mb(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

/* ---- the random network ---- */

/* Of one service: its buffer, and four different others. */
static uint32_t draw(uint64_t *state, uint32_t n, uint32_t self, uint32_t supplier[IN_DEGREE])
{
    uint32_t buffer = (uint32_t)(next_random(state) % BUFFER_MOST) + 1;
    for (int e = 0; e < IN_DEGREE;) {
        uint32_t j = (uint32_t)(next_random(state) % n);
        bool taken = j == self;
        for (int i = 0; i < e; i++) taken = taken || supplier[i] == j;
        if (!taken) supplier[e++] = j;
    }
    return buffer;
}

/* Arrays of n services with one need each, met when all of four suppliers are there. */
struct made {
    struct net net;
    struct net_service *service;
    struct net_need *need;
    struct net_supplier *supplier;
    uint32_t *need_at, *supplier_at;
};

static struct net_service plain_service(void)
{
    const struct span never = {.low = TICK_NEVER, .high = TICK_NEVER}, now = {0};
    return (struct net_service){.weight = 1, .crew = NET_NONE, .profile = NET_NONE, .own = LEVEL_FULL, .verify = LEVEL_FULL,
                                .fails = never, .detect = now, .repair = never};
}

static void made_begin(struct made *m, uint32_t n)
{
    *m = (struct made){.service = room(n, sizeof *m->service), .need = room(n, sizeof *m->need),
                       .supplier = room((size_t)n * IN_DEGREE, sizeof *m->supplier), .need_at = room((size_t)n + 1, sizeof *m->need_at),
                       .supplier_at = room((size_t)n + 1, sizeof *m->supplier_at)};
    m->net = (struct net){n, n, n * IN_DEGREE, 1, 0, 0, m->service, m->need_at, m->need, m->supplier_at, m->supplier, NULL, NULL};
    for (uint32_t i = 0; i <= n; i++) {
        m->need_at[i] = i;
        m->supplier_at[i] = i * IN_DEGREE;
    }
}

static void make(struct made *m, uint32_t n)
{
    uint64_t state = SEED;
    made_begin(m, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t to[IN_DEGREE], buffer = draw(&state, n, i, to);
        m->service[i] = plain_service();
        m->need[i] = (struct net_need){.k = IN_DEGREE, .buffer = {buffer, buffer, SPAN_FIXED}, .strength = LEVEL_FULL, .rule = NEED_COUNT};
        for (int e = 0; e < IN_DEGREE; e++)
            m->supplier[(size_t)i * IN_DEGREE + (size_t)e] = (struct net_supplier){.service = to[e], .weight = 1, .threshold = LEVEL_FULL};
    }
}

static FILE *opened(const char *dir, const char *name, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, mode);
    if (f == NULL) die("cannot open", path);
    return f;
}

static void write_files(const char *dir, uint32_t n)
{
    FILE *services = opened(dir, "services.csv", "w"), *needs = opened(dir, "needs.csv", "w"), *suppliers = opened(dir, "suppliers.csv", "w"),
         *edges = opened(dir, "edges", "w"), *buffers = opened(dir, "buffers", "w");
    uint64_t state = SEED;
    fputs("code\n", services);
    fputs("service,need,buffer\n", needs);
    fputs("service,need,supplier\n", suppliers);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t to[IN_DEGREE], buffer = draw(&state, n, i, to);
        fprintf(services, "%" PRIu32 "\n", i);
        fprintf(needs, "%" PRIu32 ",n,%" PRIu32 "m\n", i, buffer);
        fprintf(buffers, "%" PRIu32 "\n", buffer);
        for (int e = 0; e < IN_DEGREE; e++) {
            fprintf(suppliers, "%" PRIu32 ",n,%" PRIu32 "\n", i, to[e]);
            fprintf(edges, "%" PRIu32 " %" PRIu32 "\n", to[e], i);
        }
    }
    if (fclose(services) | fclose(needs) | fclose(suppliers) | fclose(edges) | fclose(buffers)) die("cannot write", dir);
    printf("{\"bench\":\"cascade files\",\"services\":%" PRIu32 "}\n", n);
}

/* ---- one thing fails for good ---- */

static const uint32_t first_service = 0;
static const struct strike broken = {.service = &first_service, .n = 1, .repair_percent = 100, .chance = LEVEL_FULL, .lasts = TICK_NEVER};
static struct scenario for_good(void) { return (struct scenario){.strike = &broken, .n_strikes = 1, .until = TICK_MAX}; }

static double final_ms(const struct net *net, tick *first, int runs)
{
    struct scenario s = for_good();
    double best = 1e18;
    if (!spread_is_final(net, &s)) die("not a final scenario", "spread_is_final");
    for (int r = 0; r < runs; r++) {
        struct arena *a = arena_new(0);
        double start = cpu_ms();
        spread_final(a, net, &s, first, NULL);
        double took = cpu_ms() - start;
        if (took < best) best = took;
        arena_free(a);
    }
    return best;
}

/* The general engine on the same; must say the same. */
static double run_ms(const struct net *net, const tick *first)
{
    struct scenario s = for_good();
    struct outcome o = {.impact = room(net->n_services, sizeof *o.impact)};
    struct arena *a = arena_new(0);
    double start = cpu_ms();
    spread_run(a, net, &s, 0, &o);
    double took = cpu_ms() - start;
    for (uint32_t i = 0; i < net->n_services; i++)
        if (o.impact[i] != first[i]) die("differ", "spread_run and spread_final");
    arena_free(a);
    free(o.impact);
    return took;
}

static void tell_times(const struct net *net, const tick *first, uint64_t *sum, uint32_t *down)
{
    *sum = *down = 0;
    for (uint32_t i = 0; i < net->n_services; i++)
        if (first[i] != TICK_NEVER) *sum += first[i], ++*down;
}

static void in_memory(uint32_t n, bool general)
{
    struct made m;
    tick *first = room(n, sizeof *first);
    make(&m, n);
    double before = peak_mb(), took = final_ms(&m.net, first, n > 2000000 ? 2 : RUNS), final_mb = peak_mb();
    double whole = general ? run_ms(&m.net, first) : 0;
    uint64_t sum;
    uint32_t down;
    tell_times(&m.net, first, &sum, &down);
    printf("{\"bench\":\"cascade memory\",\"services\":%" PRIu32 ",\"net_mb\":%.0f,\"ms\":%.3f,\"peak_mb\":%.0f,\"run_ms\":%.3f,\"run_peak_mb\":%.0f,"
           "\"ns_an_edge\":%.2f,\"down\":%" PRIu32 ",\"sum\":%" PRIu64 "}\n",
           n, before, took, final_mb, whole, peak_mb(), took * 1e6 / ((double)n * IN_DEGREE), down, sum);
}

/* ---- from files ---- */

static struct file mapped(const char *dir, const char *name)
{
    char path[4096];
    struct stat s;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &s) != 0) die("cannot open", path);
    void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) die("cannot map", path);
    close(fd);
    return (struct file){.name = str_of(name), .bytes = {at, (size_t)s.st_size}};
}

static struct model *read_model(struct work *w, const char *dir)
{
    struct model_files files = {0};
    struct model *model;
    files.file[PART_SERVICES] = mapped(dir, "services.csv");
    files.file[PART_NEEDS] = mapped(dir, "needs.csv");
    files.file[PART_SUPPLIERS] = mapped(dir, "suppliers.csv");
    if (model_read(w, &files, &model) != OK) {
        fprintf(stderr, "cascade: %.*s row %" PRId64 ": %.*s\n", STR_ARG(w->faults.first[0].where.file), w->faults.first[0].where.row,
                STR_ARG(w->faults.first[0].id));
        exit(1);
    }
    return model;
}

static void from_files(const char *dir)
{
    struct work w = {.a = arena_new(0), .now = 1700000000};
    double start = cpu_ms();
    struct model *model = read_model(&w, dir);
    double reading = cpu_ms() - start;
    uint32_t n = model->net.n_services;
    tick *first = room(n, sizeof *first);
    double took = final_ms(&model->net, first, n > 2000000 ? 2 : RUNS);
    double whole = n > 2000000 ? 0 : run_ms(&model->net, first);
    uint64_t sum;
    uint32_t down;
    tell_times(&model->net, first, &sum, &down);
    FILE *out = opened(dir, "ours", "w");
    if (fwrite(first, sizeof *first, n, out) != n || fclose(out) != 0) die("cannot write", dir);
    printf("{\"bench\":\"cascade read\",\"services\":%" PRIu32 ",\"load_ms\":%.3f,\"ms\":%.3f,\"run_ms\":%.3f,\"peak_mb\":%.0f,\"down\":%" PRIu32
           ",\"sum\":%" PRIu64 "}\n", n, reading, took, whole, peak_mb(), down, sum);
}

/* ---- Monte Carlo ---- */

enum { MANY_SERVICES = 1000, MANY_HOURS = 72, WAVES = 3 };

/* Three of four suppliers are needed, buffers are 0 … 8 whole hours and full at once, a change is felt an hour later. */
static void make_many(struct made *m)
{
    uint64_t state = SEED;
    made_begin(m, MANY_SERVICES);
    for (uint32_t i = 0; i < MANY_SERVICES; i++) {
        uint32_t to[IN_DEGREE], buffer = draw(&state, MANY_SERVICES, i, to) % 9 * HOUR;
        m->service[i] = plain_service();
        m->need[i] = (struct net_need){.k = 3, .buffer = {buffer, buffer, SPAN_FIXED}, .strength = LEVEL_FULL, .rule = NEED_COUNT};
        for (int e = 0; e < IN_DEGREE; e++)
            m->supplier[i * IN_DEGREE + (uint32_t)e] =
                (struct net_supplier){.service = to[e], .delay = HOUR, .weight = 1, .threshold = LEVEL_FULL};
    }
}

/* Strikes at 0, 12 and 24 o'clock that last 4, 8 and 24 hours; each takes each service with the same chance. */
static void waves(struct strike strike[WAVES], const uint32_t *all, uint16_t chance)
{
    static const tick at[WAVES] = {0, 12, 24}, lasts[WAVES] = {4, 8, 24};
    for (int i = 0; i < WAVES; i++)
        strike[i] = (struct strike){.at = at[i] * HOUR, .service = all, .n = MANY_SERVICES, .cause = (uint32_t)i, .repair_percent = 100,
                                    .chance = chance, .lasts = lasts[i] * HOUR};
}

static void mean_of(const int64_t *total, uint32_t runs, double *mean, double *error)
{
    double sum = 0, squares = 0, unit = (double)LEVEL_FULL * HOUR;
    for (uint32_t r = 0; r < runs; r++) sum += (double)total[r] / unit;
    *mean = sum / runs;
    for (uint32_t r = 0; r < runs; r++) squares += ((double)total[r] / unit - *mean) * ((double)total[r] / unit - *mean);
    *error = runs < 2 ? 0 : __builtin_sqrt(squares / (runs - 1) / runs);
}

/* Of one thread the processor's time, of several the clock's. */
static double ticking(unsigned threads) { return threads == 1 ? cpu_ms() : now_ms(); }

static void many(uint32_t runs, unsigned threads, uint16_t chance)
{
    struct made m;
    struct strike strike[WAVES];
    uint32_t all[MANY_SERVICES];
    int64_t *total = room(runs, sizeof *total);
    double best = 1e18, mean, error;
    make_many(&m);
    for (uint32_t i = 0; i < MANY_SERVICES; i++) all[i] = i;
    waves(strike, all, chance);
    const struct scenario s = {.strike = strike, .n_strikes = WAVES, .until = MANY_HOURS * HOUR, .varied = true, .seed = 7};
    for (int r = 0; r < 3; r++) {
        struct sampled out = {.runs = runs, .total_lost = total};
        double start = ticking(threads);
        if (!spread_many(&m.net, &s, threads, &out, NULL, NULL)) die("ended early", "spread_many");
        double took = ticking(threads) - start;
        if (took < best) best = took;
    }
    mean_of(total, runs, &mean, &error);
    printf("{\"bench\":\"cascade many\",\"threads\":%u,\"runs\":%" PRIu32 ",\"ms\":%.3f,\"runs_a_second\":%.0f,\"mean\":%.4f,\"error\":%.4f}\n", threads,
           runs, best, runs / best * 1e3, mean, error);
}

/* The network of the Monte Carlo, for the peer: buffer in hours and four suppliers a row. */
static void many_net(void)
{
    struct made m;
    make_many(&m);
    for (uint32_t i = 0; i < MANY_SERVICES; i++) {
        printf("%" PRIu32, m.need[i].buffer.low / HOUR);
        for (int e = 0; e < IN_DEGREE; e++) printf(" %" PRIu32, m.supplier[i * IN_DEGREE + (uint32_t)e].service);
        putchar('\n');
    }
}

/* ---- N-1 ---- */

enum { SAMPLE = 500 };

/* So many of four are needed as chance says, 1 … 4: then a loss is passed on to one other on average, and some go far. */
static void make_without(struct made *m, uint32_t n)
{
    uint64_t state = SEED + 1;
    make(m, n);
    for (uint32_t i = 0; i < n; i++) m->need[i].k = (uint32_t)(next_random(&state) % IN_DEGREE) + 1;
}

static double plainly(const struct net *net, const uint32_t *lost)
{
    uint64_t state = SEED;
    bool *bits = room(net->n_services, sizeof *bits);
    struct arena *a = arena_new(0);
    double start = cpu_ms();
    for (int i = 0; i < SAMPLE; i++) {
        uint32_t one = (uint32_t)(next_random(&state) % net->n_services);
        struct arena_mark mark = arena_mark(a);
        if (reach_lost_plainly(a, net, &one, 1, bits) != lost[one]) die("differ", "reach_losses and reach_lost_plainly");
        arena_back(a, mark);
    }
    double took = cpu_ms() - start;
    arena_free(a);
    free(bits);
    return took;
}

static void without(uint32_t n, unsigned threads)
{
    struct made m;
    uint32_t *at = room((size_t)n + 1, sizeof *at), *one = room(n, sizeof *one), *lost = room(n, sizeof *lost), most = 0;
    uint64_t sum = 0;
    make_without(&m, n);
    for (uint32_t i = 0; i <= n; i++) at[i] = i;
    for (uint32_t i = 0; i < n; i++) one[i] = i;
    const struct reach_sets sets = {at, one, n};
    struct arena *a = arena_new(0);
    double start = ticking(threads);
    reach_losses(a, &m.net, &sets, threads, lost, NULL, NULL);
    double took = ticking(threads) - start;
    arena_free(a);
    for (uint32_t i = 0; i < n; i++) {
        sum += lost[i];
        if (lost[i] > most) most = lost[i];
    }
    double sample = threads == 1 ? plainly(&m.net, lost) : 0; /* once is enough */
    printf("{\"bench\":\"cascade without\",\"services\":%" PRIu32 ",\"threads\":%u,\"ms\":%.3f,\"sample\":%d,\"plain_ms\":%.3f,\"mean\":%.3f,\"most\":%" PRIu32
           ",\"peak_mb\":%.0f}\n", n, threads, took, SAMPLE, sample, (double)sum / n, most, peak_mb());
}

/* ---- dynamic inoperability ---- */

static void save(const char *dir, const char *name, const double *at, size_t n)
{
    FILE *f = opened(dir, name, "w");
    if (fwrite(at, sizeof *at, n, f) != n || fclose(f) != 0) die("cannot write", name);
}

static double unit(uint64_t *state) { return (double)(next_random(state) >> 11) / (double)(UINT64_C(1) << 53); }

static void flow(size_t n, size_t steps, const char *dir)
{
    uint64_t state = SEED;
    double *a = room(n * n, sizeof *a), *c = room(n, sizeof *c), *k = room(n, sizeof *k), *q = room(n * steps, sizeof *q), *area = room(n, sizeof *area);
    for (size_t i = 0; i < n * n; i++) a[i] = unit(&state) * 1.2 / (double)n; /* rows sum to some .6 */
    for (size_t i = 0; i < n; i++) {
        c[i] = i % 10 == 0 ? 0.05 : 0;
        k[i] = 0.05 + 0.2 * unit(&state);
    }
    const struct loss_model model = {.n = n, .a = a, .c = c, .k = k, .lasts = steps / 2};
    double best = 1e18;
    for (int r = 0; r < (n >= 500 ? 2 : RUNS); r++) {
        struct arena *arena = arena_new(0);
        double start = now_ms();
        if (loss_dynamic(arena, &model, steps, q, area) & (LOSS_UNSTABLE | LOSS_SINGULAR)) die("no answer", "loss_dynamic");
        double took = now_ms() - start;
        if (took < best) best = took;
        arena_free(arena);
    }
    save(dir, "a", a, n * n), save(dir, "c", c, n), save(dir, "k", k, n), save(dir, "q", q, n * steps);
    printf("{\"bench\":\"cascade flow\",\"sectors\":%zu,\"steps\":%zu,\"ms\":%.3f,\"ns_a_product\":%.3f}\n", n, steps, best,
           best * 1e6 / ((double)(n * n) * (double)steps));
}

/* ---- what is asked ---- */

static uint32_t number(const char *text) { return (uint32_t)strtoul(text, NULL, 10); }

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (argc == 4 && strcmp(what, "files") == 0) write_files(argv[2], number(argv[3]));
    else if (argc == 3 && strcmp(what, "read") == 0) from_files(argv[2]);
    else if (argc >= 3 && strcmp(what, "memory") == 0) in_memory(number(argv[2]), argc > 3);
    else if (argc == 5 && strcmp(what, "many") == 0) many(number(argv[2]), number(argv[3]), (uint16_t)number(argv[4]));
    else if (argc == 2 && strcmp(what, "many-net") == 0) many_net();
    else if (argc == 4 && strcmp(what, "without") == 0) without(number(argv[2]), number(argv[3]));
    else if (argc == 5 && strcmp(what, "flow") == 0) flow(number(argv[2]), number(argv[3]), argv[4]);
    else die("usage", "cascade files|read|memory|many|many-net|without|flow … (see the top of bench/cascade.c)");
    return 0;
}
