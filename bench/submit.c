/* Handing in sheets, one act each, 32 acts in a transaction as the writer of a server takes them: a government of any size
 * is made, and N of its respondents submit 120 answers each, given with the act.
 *
 *   submit DB RESPONDENTS N       on a disk; where DB is in memory (/dev/shm) the difference is what syncing costs
 *   submit DB RESPONDENTS 0       for the bench of the server: made only, every post a person's of its own, p0 …, and an
 *                                 officer who may see all figures
 *
 * What bounds it. Statements of one submission, all by key: journal_has, savepoint, round, respondent with sheet and plan,
 * path (4 nodes), tally get and put 4 × 2, sheet, notes, answers, journal 2, release: some 20. What is asked stands in
 * one row of numbers (sheet_plan): reading the edition and its questions instead cost 380 µs more. Bytes written: sheet 32, answers by question 2 × 48, 4 vectors of 500 to 1,000 bytes each, a journal line of
 * 300; pages of 4 kB make that some 10 of them, of which the vectors of the top are shared by the 32 of a transaction. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "base/hash.h"
#include "surface/door.h"

enum { CLAUSES = 120, UNIT = 100, BATCH = 32, PARTS = 4, HELD = 500 /* posts of a person */ };

struct bench {
    struct work *w;
    struct actor actor;
    uint64_t random;
    str name[CLAUSES]; /* answer.Q0 … */
    struct actor *people;
};

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(struct bench *b, enum err e, const char *what)
{
    if (e == OK) return;
    const struct fault *f = &b->w->faults.first[0];
    fprintf(stderr, "submit: %s: %.*s (%.*s)\n", what, STR_ARG(f->id), STR_ARG(f->arg[0]));
    exit(1);
}

/* ---- a government ---- */

static void run(struct bench *b, const char *room_name, const char *entry_name, const char *const *pairs, const struct buf *csv)
{
    struct arena *a = arena_new(0), *before = b->w->a;
    const struct room *room = room_find(str_of(room_name));
    const struct entry *entry = entry_find(room, str_of(entry_name));
    struct given given[16];
    struct args args;
    struct file f;
    size_t n = 0;
    b->w->a = a;
    for (; pairs[2 * n] != NULL; n++) given[n] = (struct given){.name = str_of(pairs[2 * n]), .text = str_of(pairs[2 * n + 1])};
    if (csv != NULL) {
        f = (struct file){S("bench.csv"), buf_str(csv), sha256_hex(a, buf_str(csv))};
        given[n++] = (struct given){.name = S("file"), .text = f.name, .file = &f};
    }
    struct doc doc = doc_silent(b->w);
    unsigned char id[16];
    random_bytes(id, sizeof id);
    enum err e = args_parse(b->w, entry, given, n, &args);
    if (e == OK) e = door_act(b->w, room, entry, &args, hex_of(a, (str){(char *)id, sizeof id}), false, &doc);
    must(b, e, entry_name);
    b->w->a = before;
    arena_free(a);
}
#define RUN(b, room, entry, csv, ...) run(b, room, entry, (const char *const[]){__VA_ARGS__, NULL}, csv)

/* Sections of 100 posts, 20 to a bureau, 25 bureaus to a ministry: four levels with the government. A person
 * holds 500 posts, which is the same work and a smaller file to make. */
static void make_people(struct bench *b, int64_t respondents, int64_t held)
{
    struct buf orgs = buf_in(b->w->a), posts = buf_in(b->w->a), duties = buf_in(b->w->a), people = buf_in(b->w->a);
    buf_add(&duties, S("code,name_ja,name_en,rights,order\nstaff,職員,Staff,answer,10\nofficer,担当,Officer,rates centre,20\n"));
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"));
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    for (int64_t i = 0; i < respondents; i++) {
        int u = (int)(i / UNIT), bureau = u / 20, ministry = bureau / 25;
        if (i % (UNIT * 500) == 0) buf_fmt(&orgs, "m%d,gov,ministry,%d,省,Ministry,,\n", ministry, ministry + 1);
        if (i % (UNIT * 20) == 0) buf_fmt(&orgs, "b%d,m%d,bureau,%d,局,Bureau,,\n", bureau, ministry, bureau + 1);
        if (i % UNIT == 0) buf_fmt(&orgs, "s%d,b%d,section,%d,課,Section,,\n", u, bureau, u + 1);
        if (i % held == 0) buf_fmt(&people, "p%d,gov,職員,,,,\n", (int)(i / held));
        buf_fmt(&posts, "r%07d,staff,s%d,,p%d,,2024-04-01,\n", (int)i, u, (int)(i / held));
    }
    RUN(b, "registry", "import", &duties, "what", "duties");
    RUN(b, "registry", "import", &orgs, "what", "organisations");
    RUN(b, "registry", "import", &people, "what", "people");
    RUN(b, "registry", "import", &posts, "what", "posts");
}

static void make_officer(struct bench *b)
{
    struct buf posts = buf_in(b->w->a), people = buf_in(b->w->a);
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\nofficer,gov,担当,,,,\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\nofficer,officer,gov,,officer,,2024-04-01,\n"));
    RUN(b, "registry", "import", &people, "what", "people");
    RUN(b, "registry", "import", &posts, "what", "posts");
}

static void make_round(struct bench *b)
{
    struct buf sections = buf_in(b->w->a), clauses = buf_in(b->w->a), questions = buf_in(b->w->a);
    buf_add(&sections, S("code,parent,title_ja,title_en\n"));
    buf_add(&clauses, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    buf_add(&questions, S("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n"));
    for (int p = 1; p <= PARTS; p++) buf_fmt(&sections, "%d,,第%d部,Part\n", p, p);
    for (int c = 0; c < CLAUSES; c++) {
        int part = c / (CLAUSES / PARTS) + 1;
        buf_fmt(&clauses, "%d.%d,%d,,basic,staff,yes,遵守すること。,It shall be kept.\n", part, c, part);
        buf_fmt(&questions, "Q%d,staff,all,%d.%d,守りましたか。,Did you?,,,,\n", c, part, c);
    }
    RUN(b, "standard", "edition", NULL, "code", "e", "catalogue", "bench", "title_ja", "基準", "effective", "2024-04-01");
    RUN(b, "standard", "import", &sections, "edition", "e", "what", "sections");
    RUN(b, "standard", "import", &clauses, "edition", "e", "what", "clauses");
    RUN(b, "standard", "import", &questions, "edition", "e", "what", "questions");
    RUN(b, "standard", "decide", NULL, "edition", "e");
    RUN(b, "inspect", "open", NULL, "code", "bench", "title_ja", "自己点検", "edition", "e", "frame", "gov", "base", "2025-03-31");
}

/* ---- handing in ---- */

static void one(struct bench *b, int64_t respondent, int64_t no, bool save)
{
    static const char *const words[] = {"done", "done", "done", "done", "done", "done", "not_done", "no_occasion"};
    const struct room *room = room_find(S("inspect"));
    const struct entry *entry = entry_find(room, save ? S("save") : S("submit"));
    struct arena *a = b->w->a;
    struct given *given = arena_array(a, CLAUSES + 2, sizeof *given);
    struct args args;
    struct doc doc = doc_silent(b->w);
    size_t n = 0;
    b->actor = b->people[respondent / HELD];
    b->w->lo = b->actor.lo;
    b->w->hi = b->actor.hi;
    given[n++] = (struct given){.name = S("round"), .text = S("bench")};
    given[n++] = (struct given){.name = S("respondent"), .text = str_fmt(a, "r%07d", (int)respondent)};
    for (int c = 0; no >= 0 && c < CLAUSES; c++)
        given[n++] = (struct given){.name = b->name[c], .text = str_of(words[next_random(&b->random) & 7])};
    enum err e = args_parse(b->w, entry, given, n, &args);
    if (e == OK)
        e = door_batch_act(b->w, room, entry, &args, str_fmt(a, "bench-%d-%d", no < 0 ? 2 : save ? 1 : 0, (int)(no < 0 ? -no : no)), false, &doc);
    must(b, e, "act");
}

enum how { WITH_ANSWERS, SAVE, SAVED };
static void measure(struct bench *b, int64_t respondents, int64_t n, enum how how)
{
    static const char *const names[] = {"submit", "save", "submit_saved"};
    struct arena *before = b->w->a, *a = arena_new(0);
    b->w->a = a;
    double wall = now_ms(), cpu = cpu_ms();
    for (int64_t i = 0; i < n; i++) {
        if (i % BATCH == 0) must(b, door_batch_begin(b->w), "begin");
        int64_t from = how == WITH_ANSWERS ? 0 : respondents / 2; /* others */
        one(b, from + (i * 7919) % (respondents / 2), how == SAVED ? -i - 1 : i, how == SAVE);
        if (i % BATCH != BATCH - 1 && i != n - 1) continue;
        must(b, door_batch_commit(b->w), "commit");
        b->w->a = before;
        arena_free(a);
        b->w->a = a = arena_new(0);
    }
    double took = now_ms() - wall, used = cpu_ms() - cpu;
    b->w->a = before;
    arena_free(a);
    printf("{\"bench\":\"%s\",\"respondents\":%" PRId64 ",\"n\":%" PRId64 ",\"us_each\":%.1f,\"cpu_us_each\":%.1f}\n", names[how],
           respondents, n, took * 1e3 / (double)n, used * 1e3 / (double)n);
}

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    int64_t respondents = strtoll(argv[2], NULL, 10), n = strtoll(argv[3], NULL, 10);
    struct arena *life = arena_new(0);
    struct bench b = {.random = 20071204, .actor = actor_owner(S("bench"))};
    struct work w = {.a = life, .actor = &b.actor, .lo = b.actor.lo, .hi = b.actor.hi, .now = 1750000000, .seed = 1};
    b.w = &w;
    must(&b, store_open(&w, life, str_of(argv[1]), STORE_WRITE, &w.store), argv[1]);
    make_people(&b, respondents, n == 0 ? 1 : HELD);
    if (n == 0) make_officer(&b);
    make_round(&b);
    if (n == 0) return arena_free(life), 0;
    b.people = arena_array(life, (size_t)(respondents / HELD + 1), sizeof *b.people);
    for (int64_t i = 0; i < respondents; i += HELD)
        must(&b, actor_find(&w, str_fmt(life, "p%d/r%07d", (int)(i / HELD), (int)i), S("bench"), &b.people[i / HELD]), "actor");
    for (int c = 0; c < CLAUSES; c++) b.name[c] = str_fmt(life, "answer.Q%d", c);
    measure(&b, respondents, n, WITH_ANSWERS);
    measure(&b, respondents, n, SAVE);
    measure(&b, respondents, n, SAVED);
    arena_free(life);
    return 0;
}
