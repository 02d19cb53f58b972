/* Roll-ups into a small round. The input's lines but the last are the figures; they are signed here with a key that the
 * centre trusts, so that what lies behind the signature is reached; and the input is tried as it is, which a key it
 * cannot know keeps out. Whatever is taken keeps the sums equal to a recount and stands there once; whatever is refused
 * says why. The store is made once; every input is rolled back. */
#include <string.h>

#include "fuzz_store.h"
#include "inspect/rollup.h"

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

static enum err run(struct work *w, const char *name, const struct pair *pairs, str bytes)
{
    struct doc out = doc_silent(w);
    return fuzz_run(w, "inspect", name, pairs, bytes, &out);
}

static const struct fuzz_step steps[] = {
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

static const struct pair round_r[] = {{"round", "r"}, {NULL, NULL}};

static void take(struct work *w, str bytes, bool forged)
{
    enum err e = run(w, "rollup-import", round_r, bytes);
    check(e == OK || w->faults.count > 0);
    w->faults = (struct faults){0};
    if (e != OK) return;
    check(!forged);
    check(run(w, "recount", round_r, (str){NULL, 0}) == OK);
    check(run(w, "rollup-import", round_r, bytes) == OK); /* once more: nothing */
    check(run(w, "rates", round_r, (str){NULL, 0}) == OK);
    check(run(w, "rollups", round_r, (str){NULL, 0}) == OK);
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
    struct work w = *fuzz_work(steps, sizeof steps / sizeof *steps);
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
