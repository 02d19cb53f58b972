/* Progress of a plan of many measures and owners, in one process, without HTTP:
 *   plan URL MEASURES OWNERS WORDS
 * Makes a plan of so many measures in an empty store, each owned by so many ministries and by the group of all, each owner with so
 * many words on each measure; freezes a report in between; then measures what people do. A line each: what it is, processor time
 * of the middle one of several runs in ms, rows it told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "bench.h"
#include "plan/plan_store.h"
#include "surface/door.h"

enum { RUNS = 5, HEADINGS_EVERY = 50, GIVEN_MOST = 8 };

struct bench {
    struct work *w;
    int64_t measures, owners, words, acts, rows;
    struct plan p;
};

static void die(struct bench *b, const char *what)
{
    fprintf(stderr, "plan: %s: %.*s\n", what, (int)b->w->faults.first[0].id.n, b->w->faults.first[0].id.p);
    exit(1);
}
#define MUST(b, e) ((e) == OK ? (void)0 : die(b, #e))

/* ---- a face that counts ---- */

static struct bench *counted;
static void no_words(struct doc *d, str text) { (void)d, (void)text; }
static void no_fact(struct doc *d, const char *key, str label, const struct cell *c) { (void)d, (void)key, (void)label, (void)c; }
static void no_table(struct doc *d, const char *name, const struct column *c, size_t n) { (void)d, (void)name, (void)c, (void)n; }
static void one_row(struct doc *d, const struct cell *cells) { (void)d, (void)cells, counted->rows++; }
static void no_end(struct doc *d) { (void)d; }
static const struct face counting = {no_words, no_words, no_words, no_fact, no_table, one_row, no_end};

static void run(struct bench *b, const char *room, const char *name, const struct given *given, size_t n)
{
    struct doc d = {.face = &counting, .w = b->w, .lang = LANG_EN};
    struct args args;
    const struct room *r = room_find(str_of(room));
    const struct entry *e = entry_find(r, str_of(name));
    b->rows = 0;
    MUST(b, args_parse(b->w, e, given, n, &args));
    if (e->kind == ENTRY_VIEW) MUST(b, door_view(b->w, r, e, &args, &d));
    else MUST(b, door_act(b->w, r, e, &args, str_fmt(b->w->a, "bench-%d", (int)++b->acts), false, &d));
}
#define RUN(b, room, name, ...) run(b, room, name, (const struct given[]){__VA_ARGS__}, sizeof((const struct given[]){__VA_ARGS__}) / sizeof(struct given))
#define G(n_, t_) {S_INIT(n_), S_INIT(t_), NULL}

/* ---- the plan ---- */

static void ministries(struct bench *b)
{
    struct buf f = buf_in(b->w->a);
    buf_add(&f, S("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,1,政府,Government,,\n"));
    for (int64_t i = 0; i < b->owners; i++)
        buf_fmt(&f, "m%d,gov,ministry,%d,第%d省,Ministry %d,,\n", (int)i, (int)i, (int)i, (int)i);
    str bytes = buf_str(&f);
    struct file file = {S("organisations.csv"), bytes, sha256_hex(b->w->a, bytes)};
    struct given given[] = {G("what", "organisations"), {S_INIT("file"), S_INIT("organisations.csv"), &file}};
    run(b, "registry", "import", given, 2);
}

static void plan_made(struct bench *b)
{
    struct org o;
    struct work *w = b->w;
    size_t n = 0;
    struct plan_owner *own = arena_array(w->a, (size_t)b->owners, sizeof *own);
    struct plan_item *item = arena_array(w->a, (size_t)(b->measures + b->measures / HEADINGS_EVERY + 2), sizeof *item);
    for (int64_t i = 0; i < b->owners; i++) own[i] = (struct plan_owner){str_fmt(w->a, "m%d", (int)i), i == 0};
    for (int64_t i = 0; i < b->measures; i++) {
        if (i % HEADINGS_EVERY == 0)
            item[n] = (struct plan_item){.kind = ITEM_HEADING, .key = str_fmt(w->a, "h%d", (int)i), .level = 1, .title_ja = S("章")}, n++;
        item[n++] = (struct plan_item){.kind = ITEM_MEASURE, .key = str_int(w->a, i + 1), .level = 2, .title_ja = S("情報セキュリティ対策の推進"), .owner = own,
                                       .n_owners = (size_t)b->owners};
    }
    MUST(b, org_find(w, S("gov"), &o));
    b->p = (struct plan){.code = S("bench"), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"), .since = today(w) - 100,
                         .until = today(w) + 265, .org_lo = o.lo, .org_hi = o.hi};
    MUST(b, store_begin(w));
    MUST(b, plan_add(w, &b->p));
    MUST(b, plan_items_put(w, &b->p, item, n));
    b->p.state = S("decided");
    MUST(b, plan_edition_change(w, &b->p));
    MUST(b, store_commit(w));
}

/* Round after round, so that the last words of the measures lie apart, as they do after a year. */
static void words_said(struct bench *b)
{
    static const struct sql add = OPEN("a bench",
        "INSERT INTO plan_said (plan, key, voice, org, no, last, status, text_ja, text_en, reason, at, by_whom, by_post, for_it)"
        " VALUES ($1, $2, 'owner', (SELECT id FROM org WHERE code = $3), $4, $5, $6, $7, '', '', $8, 'x', '', 0)");
    uint64_t seed = 1;
    for (int64_t no = 1; no <= b->words; no++) {
        struct batch *batch;
        struct arena_mark mark = arena_mark(b->w->a);
        MUST(b, store_begin(b->w));
        MUST(b, batch_begin(b->w, &add, &batch));
        for (int64_t m = 0; m < b->measures; m++)
            for (int64_t o = 0; o < b->owners; o++) {
                char key[24], code[24];
                int k = snprintf(key, sizeof key, "%d", (int)m + 1), c = snprintf(code, sizeof code, "m%d", (int)o);
                MUST(b, batch_add(batch, ARGS(INT(b->p.id), TEXT(((str){key, (size_t)k})), TEXT(((str){code, (size_t)c})), INT(no), INT(no == b->words),
                                              INT((int64_t)(next_random(&seed) % 4) + 1), TEXT(S("各局の端末への導入を進めており、年度内に終える予定。")),
                                              INT(b->w->now - 1000 + no))));
            }
        MUST(b, batch_end(batch));
        MUST(b, store_commit(b->w));
        arena_back(b->w->a, mark);
    }
}

/* ---- measuring ---- */

static int by_time(const void *x, const void *y) { return (*(const double *)x > *(const double *)y) - (*(const double *)x < *(const double *)y); }

static void timed(struct bench *b, const char *what, int runs, void (*once)(struct bench *, int))
{
    double ms[RUNS];
    for (int i = 0; i < runs; i++) {
        struct arena_mark mark = arena_mark(b->w->a);
        clock_t began = clock();
        once(b, i);
        ms[i] = (double)(clock() - began) * 1e3 / CLOCKS_PER_SEC;
        arena_back(b->w->a, mark);
    }
    qsort(ms, (size_t)runs, sizeof *ms, by_time);
    printf("%-34s %10.2f ms %9lld rows\n", what, ms[runs / 2], (long long)b->rows);
    fflush(stdout);
}

static void update(struct bench *b, int i)
{
    struct given given[] = {G("plan", "bench"), G("no", "77"), G("owner", "m1"), G("status", "2"), {S_INIT("text"), str_fmt(b->w->a, "第%d報", i), NULL}};
    run(b, "plan", "update", given, 5);
}
static void measure(struct bench *b, int i) { (void)i; RUN(b, "plan", "history", G("plan", "bench"), G("no", "77")); }
static void mine(struct bench *b, int i) { (void)i; RUN(b, "plan", "mine", G("owner", "m1")); }
static void progress(struct bench *b, int i) { (void)i; RUN(b, "plan", "progress", G("plan", "bench")); }
static void by_status(struct bench *b, int i) { (void)i; RUN(b, "plan", "status", G("plan", "bench")); }
static void by_chapter(struct bench *b, int i) { (void)i; RUN(b, "plan", "status", G("plan", "bench"), G("by", "chapter")); }
static void by_owner(struct bench *b, int i) { (void)i; RUN(b, "plan", "status", G("plan", "bench"), G("by", "owner")); }
static void silent(struct bench *b, int i) { (void)i; RUN(b, "plan", "silent", G("plan", "bench")); }
static void changes(struct bench *b, int i) { (void)i; RUN(b, "plan", "changes", G("plan", "bench")); }
static void frozen(struct bench *b, int i) { (void)i; RUN(b, "plan", "progress", G("plan", "bench"), G("report", "half")); }
static void freeze(struct bench *b, int i)
{
    (void)i;
    RUN(b, "plan", "report", G("plan", "bench"), G("report", "half"), G("due", "2100-01-01"));
    RUN(b, "plan", "freeze", G("plan", "bench"), G("report", "half"));
}

int main(int argc, char **argv)
{
    if (argc != 5) return fprintf(stderr, "plan URL MEASURES OWNERS WORDS\n"), 2;
    struct arena *life = arena_new(0);
    struct work *w = arena_alloc(life, sizeof *w);
    struct actor owner = actor_owner(S("bench"));
    *w = (struct work){.a = life, .actor = &owner, .lo = owner.lo, .hi = owner.hi, .now = clock_now(), .seed = 1};
    struct bench b = {.w = w, .measures = atoll(argv[2]), .owners = atoll(argv[3]), .words = atoll(argv[4])};
    counted = &b;
    MUST(&b, store_open(w, life, str_of(argv[1]), STORE_WRITE, &w->store));
    ministries(&b);
    plan_made(&b);
    words_said(&b);
    printf("%lld measures x %lld owners x %lld words, %s\n", (long long)b.measures, (long long)b.owners, (long long)b.words, store_engine(w->store));
    timed(&b, "update", RUNS, update);
    timed(&b, "one measure with its history", RUNS, measure);
    timed(&b, "what is mine", RUNS, mine);
    timed(&b, "progress, first page", RUNS, progress);
    timed(&b, "status by status", RUNS, by_status);
    timed(&b, "status by chapter", RUNS, by_chapter);
    timed(&b, "status by owner", RUNS, by_owner);
    timed(&b, "silent owners", RUNS, silent);
    timed(&b, "freeze", 1, freeze);
    timed(&b, "progress as frozen, first page", RUNS, frozen);
    timed(&b, "changes since the report", RUNS, changes);
    arena_free(life);
    return 0;
}
