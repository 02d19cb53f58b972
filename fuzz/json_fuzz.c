/* What is read and written once is a fixed point of reading and writing. */
#include <stdlib.h>

#include "format/json.h"
#include "fuzz.h"

static str copied(struct work *w, str text)
{
    const struct jv *v = NULL;
    struct buf b = buf_in(w->a);
    if (jv_read(w, S("fuzz"), text, &v) != OK) return S("");
    jv_copy(&b, v);
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    str once = copied(&w, (str){(const char *)bytes, n});
    if ((once.n == 0) != (w.faults.count == 1)) abort();
    if (once.n != 0 && !str_eq(copied(&w, once), once)) abort();
    arena_free(w.a);
    return 0;
}
