/* Roll-ups into a small round. The input's lines but the last are the figures; they are signed here with a key that the
 * centre trusts, so that what lies behind the signature is reached; and the input is tried as it is, which a key it
 * cannot know keeps out. Whatever is taken keeps the sums equal to a recount and stands there once; whatever is refused
 * says why. The store is made once; every input is rolled back. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "fuzz.h"
#include "inspect/rollup.h"
#include "surface/door.h"

enum { NOW = 1177290000, GIVEN_MAX = 8 };

static void check(bool good)
{
    if (!good) abort();
}

static struct sign_key trusted(void)
{
    struct arena *a = arena_new(0);
    struct work w = {.a = a};
    struct sign_key k;
    check(key_of_bytes(&w, S("k"),
                       S("meguri-secret-key ed25519 "
                         "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
                       &k) == OK);
    arena_free(a);
    return k;
}

/* ---- entries ---- */
struct pair {
    const char *name, *text;
};

static enum err run(struct work *w, const char *room, const char *name, const struct pair *pairs, str bytes)
{
    struct given given[GIVEN_MAX];
    struct args args;
    struct file file = {S("f"), bytes, sha256_hex(w->a, bytes)};
    struct doc out = doc_silent(w);
    size_t n = 0;
    for (; pairs[n].name != NULL; n++)
        given[n] = (struct given){.name = str_of(pairs[n].name), .text = str_of(pairs[n].text)};
    if (bytes.p != NULL) given[n++] = (struct given){.name = S("file"), .text = file.name, .file = &file};
    const struct entry *e = entry_find(room_find(str_of(room)), str_of(name));
    enum err err = args_parse(w, e, given, n, &args);
    if (err == OK) err = e->run(w, &args, &out);
    return err == OK ? work_err(w) : err;
}

static const struct {
    const char *room, *name;
    struct pair pairs[GIVEN_MAX];
    str bytes;
} steps[] = {
    {"registry",
     "import",
     {{"what", "duties"}},
     S_INIT("code,name_ja,name_en,rights,order\nstaff,s,,,1\nhead,h,,,2\n")},
    {"registry",
     "import",
     {{"what", "organisations"}},
     S_INIT("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,g,,,\nA,gov,ministry,1,a,,,\n")},
    {"standard",
     "edition",
     {{"code", "e"}, {"catalogue", "c"}, {"title_ja", "t"}, {"effective", "2007-04-01"}},
     {NULL, 0}},
    {"standard", "import", {{"edition", "e"}, {"what", "sections"}}, S_INIT("code,parent,title_ja,title_en\n2,,t,\n")},
    {"standard",
     "import",
     {{"edition", "e"}, {"what", "clauses"}},
     S_INIT("number,section,parent,level,duty,no_occasion,text_ja,text_en\na,2,,basic,staff,no,t,\nb,2,,basic,staff,"
            "yes,t,\nc,2,,basic,head,yes,t,\n")},
    {"standard", "decide", {{"edition", "e"}}, {NULL, 0}},
    {"inspect",
     "open",
     {{"code", "r"}, {"title_ja", "t"}, {"edition", "e"}, {"frame", "gov"}, {"base", "2007-03-31"}, {"aggregate", "A"}},
     {NULL, 0}},
    {"inspect",
     "rollup-trust",
     {{"org", "A"}, {"key", "meguri-key ed25519 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"}},
     {NULL, 0}},
};

static struct work *the_work(void)
{
    static struct work kept;
    if (kept.store != NULL) return &kept;
    struct arena *life = arena_new(0);
    struct actor *owner = arena_alloc(life, sizeof *owner);
    *owner = actor_owner(S("fuzz"));
    kept = (struct work){.a = life, .actor = owner, .lo = 0, .hi = INT64_MAX, .now = NOW, .seed = 1};
    check(store_open(&kept, life, S(":memory:"), STORE_WRITE, &kept.store) == OK && store_begin(&kept) == OK);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        check(run(&kept, steps[i].room, steps[i].name, steps[i].pairs, steps[i].bytes) == OK);
    check(store_commit(&kept) == OK);
    return &kept;
}

static const struct pair round_r[] = {{"round", "r"}, {NULL, NULL}};

static void take(struct work *w, str bytes, bool forged)
{
    enum err e = run(w, "inspect", "rollup-import", round_r, bytes);
    check(e == OK || w->faults.count > 0);
    w->faults = (struct faults){0};
    if (e != OK) return;
    check(!forged);
    check(run(w, "inspect", "recount", round_r, (str){NULL, 0}) == OK);
    check(run(w, "inspect", "rollup-import", round_r, bytes) == OK); /* once more: nothing */
    check(run(w, "inspect", "rates", round_r, (str){NULL, 0}) == OK);
    check(run(w, "inspect", "rollups", round_r, (str){NULL, 0}) == OK);
}

/* What can be read is written the same. */
static void read_and_write(struct work *w, str line)
{
    struct rollup d;
    if (rollup_read(w, S("f"), line, &d) == OK) check(str_eq(rollup_write(w->a, &d), line));
    w->faults = (struct faults){0};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = *the_work();
    struct sign_key key = trusted();
    str input = {(const char *)bytes, n}, line = input;
    ptrdiff_t end = str_find(input, S("\n"));
    if (end >= 0) line = str_sub(input, 0, (size_t)end);
    w.a = arena_new(0);
    w.noted = NULL;
    check(store_begin(&w) == OK);
    read_and_write(&w, line);
    take(&w, input, true);
    take(&w, rollup_signed(w.a, line, &key), false);
    store_rollback(&w);
    arena_free(w.a);
    return 0;
}
