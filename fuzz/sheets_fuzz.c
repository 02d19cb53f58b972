/* Answer files, aggregates and exceptions into a small round. Whatever is taken keeps the sums equal to a recount, and
 * is unchanged when it comes again; whatever is refused says why. The store is made once; every input is rolled back.
 */

#include "fuzz_store.h"

/* ---- a face that hears two facts ---- */
struct hearing {
    struct doc doc;
    int64_t rows, changed, unchanged;
};
static void no_words(struct doc *d, str s) { (void)d, (void)s; }
static void hear_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct hearing *h = (struct hearing *)d;
    (void)label;
    str k = str_of(key);
    if (str_eq(k, S("rows"))) h->rows = c->i;
    if (str_eq(k, S("unchanged"))) h->unchanged = c->i;
    if (str_eq(k, S("added")) || str_eq(k, S("replaced")) || str_eq(k, S("raised")) || str_eq(k, S("changed")))
        h->changed += c->i;
}
static void no_table(struct doc *d, const char *k, const struct column *c, size_t n)
{
    (void)d, (void)k, (void)c, (void)n;
}
static void no_row(struct doc *d, const struct cell *c) { (void)d, (void)c; }
static void no_end(struct doc *d) { (void)d; }
static const struct face face = {no_words, no_words, no_words, hear_fact, no_table, no_row, no_end};

static enum err run(struct work *w, const char *name, const struct pair *pairs, str bytes, struct hearing *h)
{
    *h = (struct hearing){.doc = {.face = &face, .w = w}};
    return fuzz_run(w, "inspect", name, pairs, bytes, &h->doc);
}

/* ---- the round ---- */
static const struct fuzz_step steps[] = {
    {"registry",
     "import",
     {{"what", "duties"}},
     S_INIT("code,name_ja,name_en,rights,order\nstaff,s,,,1\nhead,h,,,2\n")},
    {"registry",
     "import",
     {{"what", "organisations"}},
     S_INIT("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,g,,,\nA,gov,ministry,1,a,,,\na1,A,unit,"
            "1,a,,,\n"
            "G,gov,ministry,2,g,,,\ng1,G,unit,1,g,,,\n")},
    {"registry",
     "import",
     {{"what", "posts"}},
     S_INIT("code,duty,org,system,person,deputy_of,from,to\ns1,staff,a1,,,,,\ns2,staff,a1,,,,,\nh1,head,A,,,,,\n")},
    {"standard",
     "edition",
     {{"code", "e"}, {"catalogue", "c"}, {"title_ja", "t"}, {"effective", "2007-04-01"}},
     {NULL, 0}},
    {"standard", "import", {{"edition", "e"}, {"what", "sections"}}, S_INIT("code,parent,title_ja,title_en\n2,,t,\n")},
    {"standard",
     "import",
     {{"edition", "e"}, {"what", "clauses"}},
     S_INIT("number,section,parent,level,duty,no_occasion,text_ja,text_en\na,2,,basic,staff,no,t,\nb,2,,basic,staff,"
            "yes,t,\n"
            "c,2,,basic,head,yes,t,\nd,2,,enhanced,staff,no,t,\n")},
    {"standard",
     "import",
     {{"edition", "e"}, {"what", "questions"}},
     S_INIT("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\nQ,staff,all,a,t,,,,,\n"
            "R,staff,any,b,t,,,,,\nT,staff,any,b,t,,,,,\n")},
    {"standard", "decide", {{"edition", "e"}}, {NULL, 0}},
    {"inspect",
     "open",
     {{"code", "r"}, {"title_ja", "t"}, {"edition", "e"}, {"frame", "gov"}, {"base", "2007-03-31"}, {"aggregate", "G"}},
     {NULL, 0}},
    {"inspect", "import", {{"round", "r"}}, S_INIT("respondent,state,a,b\ns2,confirmed,1,1\n")},
};

static const struct pair round_r[] = {{"round", "r"}, {NULL, NULL}};

static void import_twice(struct work *w, str bytes)
{
    struct hearing h;
    enum err e = run(w, "import", round_r, bytes, &h);
    check(e == OK || w->faults.count > 0);
    if (e != OK) return;
    check(run(w, "recount", round_r, (str){NULL, 0}, &h) == OK);
    check(run(w, "import", round_r, bytes, &h) == OK && h.changed == 0);
    check(run(w, "rates", round_r, (str){NULL, 0}, &h) == OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = *fuzz_work(steps, sizeof steps / sizeof *steps);
    w.a = arena_new(0);
    w.noted = NULL;
    check(store_begin(&w) == OK);
    import_twice(&w, (str){(const char *)bytes, n});
    store_rollback(&w);
    arena_free(w.a);
    return 0;
}
