/* Records of docs (surface/record.h). Whatever is taken is told again to a second record, and what that says says the same
 * when it is told once more; whatever is refused is refused whole. */
#include <stdlib.h>

#include "fuzz.h"
#include "surface/record.h"

static void check(bool good)
{
    if (!good) abort();
}

/* A record made of this one; empty when it is refused. */
static str again(struct work *w, str bytes)
{
    struct recorder *r;
    str out = {"", 0};
    const struct record_wanted all = {0};
    const struct record_as whole = {0};
    struct doc *d = record_begin(w, LANG_JA, &all, &r);
    enum err e = record_replay(w, bytes, &whole, d);
    check(e == OK || e == INVALID);
    if (e == OK && record_end(r, &out) != OK) out = (str){"", 0}; /* persons are read, and not recorded */
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct record_fact f;
    int64_t gone, come;
    str input = {(const char *)bytes, n}, first = again(&w, input), second = first.n == 0 ? first : again(&w, first);
    check(str_eq(first, second));
    (void)record_provisional(input);
    enum err e = record_fact(&w, input, S("value"), &f);
    check(e == OK || e == INVALID || e == NOTFOUND);
    e = record_cell(&w, input, S("rates"), S("rate"), S("A"), &f);
    check(e == OK || e == INVALID || e == NOTFOUND);
    check(record_changed(&w, input, first, &gone, &come) == OK && gone >= 0 && come >= 0);
    arena_free(w.a);
    return 0;
}
