/* Templates of documents (report/template.h), as their file is defined in a store: taken or refused with a reason; what was
 * taken is taken again. The store is made once; every input is rolled back. */
#include <stdlib.h>

#include "base/hash.h"
#include "fuzz.h"
#include "surface/door.h"

static void check(bool good)
{
    if (!good) abort();
}

static struct work *the_work(void)
{
    static struct work kept;
    if (kept.store != NULL) return &kept;
    struct arena *life = arena_new(0);
    struct actor *owner = arena_alloc(life, sizeof *owner);
    *owner = actor_owner(S("fuzz"));
    kept = (struct work){.a = life, .actor = owner, .lo = 0, .hi = INT64_MAX, .now = 1177290000, .seed = 1};
    check(store_open(&kept, life, S(":memory:"), STORE_WRITE, &kept.store) == OK);
    return &kept;
}

static enum err define(struct work *w, str bytes)
{
    const struct entry *e = entry_find(room_find(S("report")), S("define"));
    struct file file = {S("f.csv"), bytes, sha256_hex(w->a, bytes)};
    struct given given = {.name = S("file"), .text = file.name, .file = &file};
    struct args args;
    struct doc out = doc_silent(w);
    check(args_parse(w, e, &given, 1, &args) == OK);
    enum err err = e->run(w, &args, &out);
    return err == OK ? work_err(w) : err;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = *the_work();
    str input = {(const char *)bytes, n};
    w.a = arena_new(0);
    w.noted = NULL;
    check(store_begin(&w) == OK);
    enum err e = define(&w, input);
    check(e == OK || w.faults.count > 0);
    if (e == OK) check(define(&w, input) == OK);
    store_rollback(&w);
    arena_free(w.a);
    return 0;
}
