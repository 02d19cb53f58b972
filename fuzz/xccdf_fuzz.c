/* Results of scanners, as strangers give them: read to the end or refused with a place, never more. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "inspect/scan_xccdf.h"

static void check(bool good)
{
    if (!good) abort();
}

struct heard {
    int64_t rules, targets;
};

static enum err on_rule(void *to, str rule, enum scan_result result, struct where where)
{
    struct heard *h = to;
    check(rule.n > 0 && rule.n <= SCAN_TEXT_MAX && utf8_bad(rule) == rule.n);
    check(scan_result_word(result).n > 0 && where.row > 0);
    h->rules++;
    return OK;
}

static enum err on_target(void *to, const struct scan_target *t)
{
    struct heard *h = to;
    check(t->n_names <= SCAN_NAMES_MAX && t->at.row > 0);
    for (size_t i = 0; i < t->n_names; i++) check(t->name[i].n > 0 && t->name[i].n <= SCAN_TEXT_MAX);
    h->targets++;
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct xccdf_events events = {on_rule, on_target};
    struct work w = {.a = arena_new(0)};
    struct heard h = {0};
    enum err e = xccdf_read(&w, S("fuzz"), (str){(const char *)bytes, n}, &events, &h);
    check(e == work_err(&w) && (e == OK) == (w.faults.count == 0));
    check(e != OK || h.targets > 0);
    check(e == OK || w.faults.first[0].where.row > 0);
    arena_free(w.a);
    return 0;
}
