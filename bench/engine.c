/* What the engine takes: counting a million sheets of 256 clauses in memory, and the exact rates of a part.
 * Best of several runs, one thread. The last line is the result as JSON. */
#include <inttypes.h>

#include "bench.h"
#include "tally/rates.h"

enum { CLAUSES = 256, PART_CLAUSES = 120, PARTS = 20000, RUNS = 9 };

static uint64_t state = 20071204;

static uint8_t *random_sheets(size_t n)
{
    size_t words = n * sheet_bytes(CLAUSES) / sizeof(uint64_t);
    uint64_t *sheets = malloc(words * sizeof *sheets);
    if (sheets == NULL) abort();
    for (size_t i = 0; i < words; i++) sheets[i] = next_random(&state);
    return (uint8_t *)sheets;
}

typedef void counter(const uint8_t *, size_t, size_t, size_t, struct counts *);

static double best_of_counting(counter *count, const uint8_t *sheets, size_t n, int runs, struct counts *counts)
{
    double best = 1e18;
    for (int r = 0; r < runs; r++) {
        memset(counts, 0, CLAUSES * sizeof *counts);
        double start = now_ms();
        count(sheets, sheet_bytes(CLAUSES), n, CLAUSES, counts);
        double took = now_ms() - start;
        if (took < best) best = took;
    }
    return best;
}

/* Reading every byte once and nothing else: what memory allows a single thread. */
static double best_of_reading(const uint8_t *bytes, size_t n)
{
    double best = 1e18;
    for (int r = 0; r < RUNS; r++) {
        uint64_t sum[8] = {0};
        double start = now_ms();
        for (const uint8_t *at = bytes; at < bytes + n; at += sizeof sum) {
            uint64_t word[8];
            memcpy(word, at, sizeof word);
            for (int i = 0; i < 8; i++) sum[i] += word[i];
        }
        double took = now_ms() - start;
        for (int i = 1; i < 8; i++) sum[0] += sum[i];
        if (took < best && sum[0] != 1) best = took;
    }
    return best;
}

/* As many parts as a national round has units, each of clauses with counts of their own. */
static double parts(uint64_t people)
{
    static struct counts counts[PART_CLAUSES];
    const struct rule rule = {
        .rate = RATE_MEAN, .threshold = {1000, 950, 900}, .n_thresholds = 3, .grades = &grades_2006};
    double took = 0;
    for (int p = 0; p < PARTS; p++) {
        for (size_t c = 0; c < PART_CLAUSES; c++) {
            counts[c].arisen = (int64_t)(next_random(&state) % people + 1);
            counts[c].done = (int64_t)(next_random(&state) % ((uint64_t)counts[c].arisen + 1));
        }
        struct arena *a = arena_new(0);
        struct part_rates out;
        double start = now_ms();
        part_rates(a, counts, NULL, PART_CLAUSES, &rule, &out);
        rate_of(out.implementation, rule.grades);
        arena_free(a);
        took += now_ms() - start;
    }
    return took;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
    uint8_t *sheets = random_sheets(n);
    static struct counts fast[CLAUSES], plain[CLAUSES];
    double ms = best_of_counting(count_sheets, sheets, n, RUNS, fast);
    double plain_ms = best_of_counting(count_sheets_plainly, sheets, n, 1, plain);
    if (memcmp(fast, plain, sizeof fast) != 0) {
        fprintf(stderr, "engine: the fast counter and the plain one disagree\n");
        return 1;
    }
    size_t bytes = n * sheet_bytes(CLAUSES);
    double reading = best_of_reading(sheets, bytes);
    free(sheets);
    double small = parts(300), large = parts(1000000);
    printf("count %zu sheets x %d clauses: %.2f ms, %.1f GB/s; reading them alone %.2f ms; plainly %.0f ms\n", n,
           CLAUSES, ms, (double)bytes / ms / 1e6, reading, plain_ms);
    printf("%d parts of %d clauses, up to 300 people: %.0f ms; up to a million: %.0f ms\n", PARTS, PART_CLAUSES, small,
           large);
    printf("{\"bench\":\"engine\",\"sheets\":%zu,\"clauses\":%d,\"ms\":%.3f,\"gb_per_s\":%.2f,\"reading_ms\":%.3f,"
           "\"plain_ms\":%.1f,\"parts\":%d,\"part_clauses\":%d,\"parts_ms\":%.1f,\"parts_large_ms\":%.1f}\n",
           n, CLAUSES, ms, (double)bytes / ms / 1e6, reading, plain_ms, PARTS, PART_CLAUSES, small, large);
    return 0;
}
