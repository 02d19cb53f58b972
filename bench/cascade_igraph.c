/* The peer: igraph's C library. Reads DIR/edges and DIR/buffers in two ways, takes the quicker one for the count, and runs Dijkstra from service 0,
 * which is what a loss that is never made good comes to when every supplier is needed. The distances are left in DIR/igraph, as numbers of 32 bits.
 *   cascade_igraph DIR
 * Debian: libigraph-dev. Times are the processor's. The last line is the result as JSON. */
#include <igraph.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "bench.h"

enum { RUNS = 3 };

static char *whole(const char *dir, const char *name, size_t *n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "r");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0) exit(1);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    if (text == NULL || fread(text, 1, *n, f) != *n) exit(1);
    text[*n] = 0;
    fclose(f);
    return text;
}

/* All whole numbers of a file: nothing is checked, so nothing reads them quicker. */
static size_t numbers(const char *dir, const char *name, igraph_vector_int_t *out)
{
    size_t n, count = 0;
    char *text = whole(dir, name, &n);
    igraph_vector_int_init(out, (igraph_integer_t)(n / 2 + 1));
    for (const char *at = text, *end = text + n; at < end; at++) {
        igraph_integer_t one = 0;
        for (; *at >= '0' && *at <= '9'; at++) one = one * 10 + (*at - '0');
        VECTOR(*out)[count++] = one;
    }
    free(text);
    igraph_vector_int_resize(out, (igraph_integer_t)count);
    return count;
}

static void weigh(const char *dir, const igraph_t *graph, igraph_vector_t *weight)
{
    igraph_vector_int_t buffer;
    numbers(dir, "buffers", &buffer);
    igraph_integer_t edges = igraph_ecount(graph);
    igraph_vector_init(weight, edges);
    for (igraph_integer_t e = 0; e < edges; e++) VECTOR(*weight)[e] = (igraph_real_t)VECTOR(buffer)[IGRAPH_TO(graph, e)];
    igraph_vector_int_destroy(&buffer);
}

/* Its own reader. */
static double load_as_shipped(const char *dir, igraph_t *graph, igraph_vector_t *weight)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/edges", dir);
    double start = cpu_ms();
    FILE *f = fopen(path, "r");
    if (f == NULL || igraph_read_graph_edgelist(graph, f, 0, IGRAPH_DIRECTED) != IGRAPH_SUCCESS) exit(1);
    fclose(f);
    weigh(dir, graph, weight);
    return cpu_ms() - start;
}

/* Numbers read by hand, the graph made of them at once. */
static double load_by_hand(const char *dir, igraph_t *graph, igraph_vector_t *weight)
{
    igraph_vector_int_t edges;
    double start = cpu_ms();
    numbers(dir, "edges", &edges);
    if (igraph_create(graph, &edges, 0, IGRAPH_DIRECTED) != IGRAPH_SUCCESS) exit(1);
    igraph_vector_int_destroy(&edges);
    weigh(dir, graph, weight);
    return cpu_ms() - start;
}

static double dijkstra(const igraph_t *graph, const igraph_vector_t *weight, igraph_matrix_t *far)
{
    double best = 1e18;
    for (int r = 0; r < RUNS; r++) {
        double start = cpu_ms();
        if (igraph_distances_dijkstra(graph, far, igraph_vss_1(0), igraph_vss_all(), weight, IGRAPH_OUT) != IGRAPH_SUCCESS) exit(1);
        double took = cpu_ms() - start;
        if (took < best) best = took;
    }
    return best;
}

static void leave(const char *dir, const igraph_matrix_t *far, igraph_integer_t n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/igraph", dir);
    FILE *f = fopen(path, "w");
    if (f == NULL) exit(1);
    for (igraph_integer_t i = 0; i < n; i++) {
        igraph_real_t d = MATRIX(*far, 0, i);
        uint32_t one = isfinite(d) ? (uint32_t)d : UINT32_MAX;
        fwrite(&one, sizeof one, 1, f);
    }
    if (fclose(f) != 0) exit(1);
}

int main(int argc, char **argv)
{
    igraph_t graph;
    igraph_vector_t weight;
    igraph_matrix_t far;
    struct rusage used;
    if (argc != 2) return 2;
    double shipped = load_as_shipped(argv[1], &graph, &weight);
    igraph_destroy(&graph);
    igraph_vector_destroy(&weight);
    double by_hand = load_by_hand(argv[1], &graph, &weight);
    igraph_matrix_init(&far, 0, 0);
    double took = dijkstra(&graph, &weight, &far);
    leave(argv[1], &far, igraph_vcount(&graph));
    getrusage(RUSAGE_SELF, &used);
    printf("{\"bench\":\"igraph\",\"services\":%" PRId64 ",\"shipped_ms\":%.3f,\"load_ms\":%.3f,\"ms\":%.3f,\"peak_mb\":%.0f}\n",
           (int64_t)igraph_vcount(&graph), shipped, by_hand < shipped ? by_hand : shipped, took, (double)used.ru_maxrss / 1024);
    return 0;
}
