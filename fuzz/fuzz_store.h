/* For targets behind the door: a store in memory that is made once by the acts users have; every input is rolled back. */
#ifndef MEGURI_FUZZ_STORE_H
#define MEGURI_FUZZ_STORE_H

#include <stdlib.h>

#include "base/hash.h"
#include "fuzz.h"
#include "surface/door.h"

enum { FUZZ_NOW = 1177290000, FUZZ_GIVEN_MAX = 8 };

static inline void check(bool good)
{
    if (!good) abort();
}

struct pair {
    const char *name, *text;
};
struct fuzz_step {
    const char *room, *name;
    struct pair pairs[FUZZ_GIVEN_MAX];
    str bytes; /* the parameter file; p NULL: none */
};

static inline enum err fuzz_run(struct work *w, const char *room, const char *name, const struct pair *pairs, str bytes,
                                struct doc *out)
{
    struct given given[FUZZ_GIVEN_MAX];
    struct args args;
    struct file file = {S("f.csv"), bytes, sha256_hex(w->a, bytes)};
    size_t n = 0;
    for (; pairs[n].name != NULL; n++)
        given[n] = (struct given){.name = str_of(pairs[n].name), .text = str_of(pairs[n].text)};
    if (bytes.p != NULL) given[n++] = (struct given){.name = S("file"), .text = file.name, .file = &file};
    const struct entry *e = entry_find(room_find(str_of(room)), str_of(name));
    enum err err = args_parse(w, e, given, n, &args);
    if (err == OK) err = e->run(w, &args, out);
    return err == OK ? work_err(w) : err;
}

static inline struct work *fuzz_work(const struct fuzz_step *steps, size_t n)
{
    static struct work kept;
    if (kept.store != NULL) return &kept;
    struct arena *life = arena_new(0);
    struct actor *owner = arena_alloc(life, sizeof *owner);
    *owner = actor_owner(S("fuzz"));
    kept = (struct work){.a = life, .actor = owner, .lo = 0, .hi = INT64_MAX, .now = FUZZ_NOW, .seed = 1};
    check(store_open(&kept, life, S(":memory:"), STORE_WRITE, &kept.store) == OK && store_begin(&kept) == OK);
    struct doc silent = doc_silent(&kept);
    for (size_t i = 0; i < n; i++)
        check(fuzz_run(&kept, steps[i].room, steps[i].name, steps[i].pairs, steps[i].bytes, &silent) == OK);
    check(store_commit(&kept) == OK);
    return &kept;
}

#endif
