/* Files of series: what is refused says why; what is taken is understood line by line, and comes back as it was when it
 * is written and read again. */
#include <stdlib.h>

#include "fuzz.h"
#include "series/file.h"

static void check(bool good)
{
    if (!good) abort();
}

static bool understood(struct work *w, const struct lines *t, const struct line *l)
{
    struct indicator s;
    struct series_part p;
    struct definition d;
    struct point v;
    struct target g;
    switch (l->what) {
    case LINE_SERIES:
        return series_line_indicator(w, t, l, &s);
    case LINE_PART:
        return series_line_part(w, t, l, &p);
    case LINE_DEFINITION:
        return series_line_definition(w, t, l, &d);
    case LINE_VALUE:
        if (!series_line_point(w, t, l, &v)) return false;
        check(v.value.scale >= 0 && v.value.scale <= DECIMAL_SCALE_MAX &&
              (!v.has_n || (v.has_d && v.n >= 0 && v.n <= v.d)));
        return true;
    default:
        return series_line_target(w, t, l, &g);
    }
}

static void write_again(const struct lines *t)
{
    struct work w = {.a = arena_new(0)};
    struct buf b = buf_in(w.a);
    struct lines again;
    series_lines_head(&b);
    for (size_t i = 0; i < t->n; i++) series_line_put(&b, t->all[i].cell);
    struct file file = {.name = S("again.csv"), .bytes = buf_str(&b)};
    check(series_lines_read(&w, &file, &again) == OK && again.n == t->n);
    for (size_t i = 0; i < t->n; i++)
        for (int c = 0; c < LINE_COLUMNS; c++) check(str_eq(t->all[i].cell[c], again.all[i].cell[c]));
    arena_free(w.a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct file file = {.name = S("fuzz"), .bytes = {(const char *)bytes, n}};
    struct lines t;
    enum err e = series_lines_read(&w, &file, &t);
    check(e == OK ? w.faults.count == 0 && t.n > 0 : w.faults.count > 0);
    for (size_t i = 0; e == OK && i < t.n; i++) {
        int64_t before = w.faults.count;
        check(understood(&w, &t, &t.all[i]) == (w.faults.count == before));
    }
    if (e == OK && t.book == NULL) write_again(&t);
    arena_free(w.a);
    return 0;
}
