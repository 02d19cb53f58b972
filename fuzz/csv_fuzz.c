/* What is read is good UTF-8, and comes back when it is written and read again. */
#include <stdlib.h>

#include "base/utf8.h"
#include "format/csv.h"
#include "fuzz.h"

static void check(bool good)
{
    if (!good) abort();
}

static void read_again(struct arena *a, struct csv *before, str text)
{
    struct work w = {.a = a};
    struct csv *c = NULL;
    check(csv_open(&w, S("again"), text, CSV_UTF8, &c) == OK && csv_next(c));
    for (size_t i = 0; i < csv_columns(before); i++) check(str_eq(csv_cell(c, i), csv_cell(before, i)));
    check(!csv_next(c) && csv_err(c) == OK);
}

static void write_row(struct arena *a, struct csv *c)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < csv_columns(c); i++) csv_put_raw(&b, str_int(a, (int64_t)i), i == 0);
    csv_end_row(&b);
    for (size_t i = 0; i < csv_columns(c); i++) {
        check(utf8_bad(csv_cell(c, i)) == csv_cell(c, i).n);
        csv_put_raw(&b, csv_cell(c, i), i == 0);
    }
    csv_end_row(&b);
    if (csv_columns(c) == 0 || b.n > CSV_ROW_MAX) return;
    read_again(a, c, buf_str(&b));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const enum csv_encoding encodings[] = {CSV_DETECT, CSV_UTF8, CSV_CP932};
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        struct work w = {.a = arena_new(0)};
        struct csv *c = NULL;
        enum err e = csv_open(&w, S("fuzz"), (str){(const char *)bytes, n}, encodings[i], &c);
        while (e == OK && csv_next(c)) {
            struct arena_mark mark = arena_mark(w.a);
            write_row(w.a, c);
            arena_back(w.a, mark);
        }
        check((e == OK ? csv_err(c) : e) == work_err(&w));
        arena_free(w.a);
    }
    return 0;
}
