/* STIX: an object that is taken is read again by itself, as the same and marked no wider; and it stands in the bytes it came in. */
#include <stdlib.h>

#include "fuzz.h"
#include "share/stix.h"

static void again(const struct stix_object *o, str bytes)
{
    struct work w = {.a = arena_new(0)};
    struct stix_object *alone;
    size_t n;
    if (o->bytes.p < bytes.p || o->bytes.p + o->bytes.n > bytes.p + bytes.n) abort();
    if (stix_read(&w, S("again"), o->bytes, &alone, &n) != OK || n != 1 || !str_eq(alone->id, o->id) || alone->version != o->version) abort();
    if (o->marked && !alone->marked && alone->marking.tlp < TLP_AMBER) abort();
    arena_free(w.a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    str text = {(const char *)bytes, n};
    struct stix_object *all;
    size_t count;
    enum err e = stix_read(&w, S("fuzz"), text, &all, &count);
    if (e != OK && w.faults.count == 0) abort();
    for (size_t i = 0; e == OK && i < count; i++) {
        if (all[i].id.n == 0 && w.faults.count == 0) abort();
        if (!all[i].marked && all[i].id.n != 0 && all[i].marking.tlp < TLP_AMBER) abort();
        if (all[i].id.n != 0 && i < 20) again(&all[i], text);
    }
    arena_free(w.a);
    return 0;
}
