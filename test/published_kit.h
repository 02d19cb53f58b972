/* What the tests of the published text share: the fixtures, or the true texts where the environment names them. */
#ifndef MEGURI_TEST_PUBLISHED_KIT_H
#define MEGURI_TEST_PUBLISHED_KIT_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "plan/published.h"

static inline str bytes_at(struct arena *a, const char *path)
{
    struct buf b = buf_in(a);
    char part[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) buf_add(&b, (str){part, n});
    fclose(f);
    return buf_str(&b);
}

static inline str bytes_of(struct arena *a, const char *name)
{
    return bytes_at(a, str_c(a, str_fmt(a, "%s/%s", getenv("SOURCE"), name)));
}

#define PUBLISHED_FIXTURE "test/fixtures/published-half-year.txt"
#define EXCERPT_FIXTURE "test/fixtures/plan-excerpt.txt"

/* The text with `from` replaced once by `to`; `from` has to be there. */
static inline str with_change(struct arena *a, str text, const char *from, const char *to)
{
    ptrdiff_t at = str_find(text, str_of(from));
    assert_true(at >= 0);
    struct buf b = buf_in(a);
    buf_add(&b, str_sub(text, 0, (size_t)at));
    buf_add(&b, str_of(to));
    buf_add(&b, str_sub(text, (size_t)at + strlen(from), text.n));
    return buf_str(&b);
}

static inline const struct published_row *measure_no(const struct published *p, int64_t no)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].kind == PUBLISHED_MEASURE && p->row[i].no == no) return &p->row[i];
    fail_msg("no measure %d", (int)no);
    return NULL;
}

/* As the figures of the plan 2007 were published: how many measures name each owner. */
static const struct {
    const char *name;
    int measures;
} owners_2007[] = {
    {"内閣官房", 72},   {"総務省", 51},
    {"経済産業省", 50}, {"全府省庁", 25},
    {"警察庁", 19},     {"文部科学省", 9},
    {"内閣府", 8},      {"防衛省", 8},
    {"法務省", 2},      {"重要インフラ所管省庁", 6},
    {"財務省", 1},      {"独立行政法人等所管府省庁", 1},
};
enum { OWNERS_2007 = sizeof owners_2007 / sizeof *owners_2007 };

#endif
