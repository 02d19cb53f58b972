/* Tables of sectors by sectors, as coefficients and as deliveries: what is refused says why; what is taken has figures within their limits,
 * and the model answers or says that it cannot, losses lying between nothing and all. */
#include <math.h>
#include <stdlib.h>

#include "depend/flows.h"
#include "fuzz.h"

static void check(bool good)
{
    if (!good) abort();
}

static void answered(struct arena *a, size_t n, const double *m)
{
    double *c = arena_array(a, n, sizeof *c), *k = arena_array(a, n, sizeof *k), *q = arena_array(a, n, sizeof *q);
    double *path = arena_array(a, 3 * n, sizeof *path), *area = arena_array(a, n, sizeof *area);
    for (size_t i = 0; i < n; i++) {
        c[i] = i % 2 ? 1 : .3;
        k[i] = .5;
    }
    struct loss_model x = {.n = n, .a = m, .c = c, .k = k, .lasts = 1};
    unsigned none = loss_static(a, &x, q, NULL) & (LOSS_UNSTABLE | LOSS_SINGULAR);
    check((loss_dynamic(a, &x, 3, path, area) & (LOSS_UNSTABLE | LOSS_SINGULAR)) == none);
    for (size_t i = 0; none == 0 && i < n; i++) check(q[i] >= 0 && q[i] <= 1 && area[i] >= 0 && area[i] <= 2);
    for (size_t i = 0; none == 0 && i < 3 * n; i++) check(path[i] >= 0 && path[i] <= 1);
}

static void read_as(struct file *file, bool deliveries)
{
    struct work w = {.a = arena_new(0)};
    struct flows f;
    enum err e = flows_read(&w, file, deliveries, &f);
    check((e == OK) == (w.faults.count == 0));
    if (e == OK) {
        check(f.n > 0 && f.n <= LOSS_SECTORS_MAX && (!deliveries || f.output));
        double *m = f.cell;
        for (size_t i = 0; i < f.n * f.n; i++) check(m[i] >= 0 && m[i] <= FLOWS_MAX);
        if (deliveries) {
            m = arena_array(w.a, f.n * f.n, sizeof *m);
            check(loss_coefficients(w.a, f.n, f.cell, f.output, f.imports, true, m));
        }
        for (size_t i = 0; i < f.n * f.n; i++) check(isfinite(m[i]) && m[i] >= 0);
        if (f.n <= 40) answered(w.a, f.n, m);
    }
    arena_free(w.a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct file file = {.name = S("fuzz"), .bytes = {(const char *)bytes, n}};
    read_as(&file, false);
    read_as(&file, true);
    return 0;
}
