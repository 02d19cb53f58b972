/* A catalogue that can be read is written, read again, and written the same: rows and bytes. */
#include <stdlib.h>

#include "fuzz.h"
#include "standard/oscal.h"

static void check(bool good)
{
    if (!good) abort();
}

static bool read_one(struct work *w, str bytes, struct oscal *out)
{
    struct file file = {.name = S("fuzz.json"), .bytes = bytes};
    return oscal_read(w, &file, S("fuzz"), out) == OK;
}

static void same_rows(const struct items *a, const struct items *b, size_t extra)
{
    check(a->n == b->n);
    for (size_t i = 0; i < a->n; i++) {
        for (size_t f = 0; f < extra; f++) check(str_eq(a->v[i].f[f], b->v[i].f[f]));
    }
}

static void write_and_read(struct work *w, const struct oscal *first)
{
    struct buf once = buf_in(w->a), twice = buf_in(w->a);
    struct oscal second;
    check(oscal_write(w, first, S("1.2.0"), &once) == OK);
    check(read_one(w, buf_str(&once), &second));
    check(oscal_write(w, &second, S("1.2.0"), &twice) == OK);
    check(str_eq(buf_str(&once), buf_str(&twice)));
    same_rows(&first->edition, &second.edition, EDITION_EXTRA);
    same_rows(&first->sections, &second.sections, SECTION_EXTRA);
    same_rows(&first->clauses, &second.clauses, CLAUSE_EXTRA);
}

/* What the act refuses after reading: rows that could not be stored are not written either. */
static bool storable(struct work *w, const struct oscal *o)
{
    return check_keys(w, &o->sections) == OK && check_keys(w, &o->clauses) == OK &&
           check_sections(w, &o->sections) == OK &&
           check_clauses(w, &o->clauses, &o->sections, &(struct duties){NULL, 0}) == OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct oscal first;
    if (read_one(&w, (str){(const char *)bytes, n}, &first) && storable(&w, &first)) write_and_read(&w, &first);
    arena_free(w.a);
    return 0;
}
