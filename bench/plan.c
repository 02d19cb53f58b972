/* Progress of a plan of many measures and owners, in one process, without HTTP:
 *   plan URL MEASURES OWNERS WORDS
 * Makes a plan of so many measures in an empty store, each owned by so many ministries, each owner with so many words on each
 * measure; beside it a basic plan whose areas it carries out, next year's draft, and ten series of 10,000 values at the most; then
 * measures what people do. A line each: what it is, processor time and time by the clock of the middle one of several runs in
 * ms, rows told, memory taken. A store that was made so before is measured again; ONLY=WORDS in the environment measures those
 * lines that hold the words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "bench.h"
#include "face/face.h"
#include "plan/plan_store.h"
#include "surface/door.h"

enum { RUNS = 5, HEADINGS_EVERY = 50, AREAS = 10, FREEZES = 9, SERIES = 10 };

struct bench {
    struct work *w;
    int64_t measures, owners, words, acts, rows, bytes;
    bool again; /* the store was made before */
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
static void no_show(struct doc *d, const struct show *s) { (void)d, (void)s; }
static void no_form(struct doc *d, const struct form *f) { (void)d, (void)f; }
static void no_grid(struct doc *d, const char *how) { (void)d, (void)how; }
/* As a page has it: with forms, which views leave out of data. */
static const struct face counting = {no_words, no_words, no_words, no_fact, no_table, one_row, no_end, no_show, no_form, no_end, no_grid};

static void run(struct bench *b, const char *room, const char *name, const struct given *given, size_t n)
{
    struct doc d = {.face = &counting, .w = b->w, .lang = LANG_EN, .paged = true};
    struct args args;
    const struct room *r = room_find(str_of(room));
    const struct entry *e = entry_find(r, str_of(name));
    b->rows = 0;
    MUST(b, args_parse(b->w, e, given, n, &args));
    if (e->kind == ENTRY_VIEW) MUST(b, door_view(b->w, r, e, &args, &d));
    else MUST(b, door_act(b->w, r, e, &args, str_fmt(b->w->a, "bench-%lld-%d", (long long)b->w->now, (int)++b->acts), false, &d));
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

static void plan_put(struct bench *b, struct plan *p, const char *state, const struct plan_item *item, size_t n)
{
    struct work *w = b->w;
    struct org o;
    MUST(b, org_find(w, S("gov"), &o));
    p->org = o.id, p->org_lo = o.lo, p->org_hi = o.hi;
    MUST(b, store_begin(w));
    MUST(b, plan_add(w, p));
    MUST(b, plan_items_put(w, p, item, n));
    p->state = str_of(state);
    MUST(b, plan_edition_change(w, p));
    MUST(b, store_commit(w));
}

/* The basic plan it carries out, and the draft of the next year. */
static void plans_beside(struct bench *b)
{
    int64_t day = today(b->w);
    struct plan_item area[AREAS];
    struct plan basic = {.code = S("basic"), .kind = S("basic"), .title_ja = S("基本計画"), .title_en = S("Basic plan"), .since = day - 400, .until = day + 700};
    struct plan next = {.code = S("next"), .kind = S("annual"), .title_ja = S("次年度計画"), .title_en = S("Next plan"), .since = day + 266, .until = day + 630};
    for (int i = 0; i < AREAS; i++) area[i] = (struct plan_item){.kind = ITEM_AREA, .key = str_fmt(b->w->a, "a%d", i), .level = 1, .title_ja = S("分野")};
    plan_put(b, &basic, "decided", area, AREAS);
    plan_put(b, &next, "draft", NULL, 0);
}

static void series_made(struct bench *b)
{
    for (int k = 0; k < SERIES; k++) {
        struct buf f = buf_in(b->w->a);
        buf_fmt(&f, "what,series,period,part,value,ja,unit_ja,org,public,source_ja,direction\nseries,s%d,,,,指標,件,gov,yes,,higher\n", k);
        buf_fmt(&f, "definition,s%d,1950,,,数え方,,,,資料,\n", k);
        for (int part = 0; part < 10; part++) buf_fmt(&f, "part,s%d,,p%d,,内訳,,,,,\n", k, part);
        for (int64_t m = 0; m < (b->measures < 1000 ? b->measures : 1000); m++)
            for (int part = 0; part < 10; part++)
                buf_fmt(&f, "value,s%d,%d-%02d,p%d,%d,,,,,,\n", k, 1950 + (int)m / 12, 1 + (int)m % 12, part, (int)m + part);
        str bytes = buf_str(&f);
        struct file file = {S("series.csv"), bytes, sha256_hex(b->w->a, bytes)};
        struct given given[] = {{S_INIT("file"), S_INIT("series.csv"), &file}};
        run(b, "series", "import", given, 1);
    }
}

static void plan_made(struct bench *b)
{
    struct work *w = b->w;
    size_t n = 0;
    struct plan_owner *own = arena_array(w->a, (size_t)b->owners, sizeof *own);
    struct plan_item *item = arena_array(w->a, (size_t)(b->measures + b->measures / HEADINGS_EVERY + 2), sizeof *item);
    for (int64_t i = 0; i < b->owners; i++) own[i] = (struct plan_owner){str_fmt(w->a, "m%d", (int)i), i == 0};
    for (int64_t i = 0; i < b->measures; i++) {
        if (i % HEADINGS_EVERY == 0)
            item[n] = (struct plan_item){.kind = ITEM_HEADING, .key = str_fmt(w->a, "h%d", (int)i), .level = 1, .title_ja = S("章")}, n++;
        item[n++] = (struct plan_item){.kind = ITEM_MEASURE, .key = str_int(w->a, i + 1), .level = 2, .title_ja = S("情報セキュリティ対策の推進"), .owner = own, .area = str_fmt(w->a, "a%d", (int)(i % AREAS)),
                                       .n_owners = (size_t)b->owners};
    }
    b->p = (struct plan){.code = S("bench"), .kind = S("annual"), .basic = S("basic"), .title_ja = S("計画"), .title_en = S("Plan"),
                         .since = today(w) - 100, .until = today(w) + 265};
    plan_put(b, &b->p, "decided", item, n);
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
    double ms[RUNS], clock_ms[RUNS];
    size_t before = arena_used(b->w->a);
    for (int i = 0; i < runs; i++) {
        struct arena_mark mark = arena_mark(b->w->a);
        double at = now_ms();
        clock_t began = clock();
        once(b, i);
        ms[i] = (double)(clock() - began) * 1e3 / CLOCKS_PER_SEC;
        clock_ms[i] = now_ms() - at;
        b->bytes = (int64_t)(arena_used(b->w->a) - before);
        arena_back(b->w->a, mark);
    }
    qsort(ms, (size_t)runs, sizeof *ms, by_time);
    qsort(clock_ms, (size_t)runs, sizeof *clock_ms, by_time);
    printf("%-34s %10.2f ms %10.2f by the clock %9lld rows %8.1f MB\n", what, ms[runs / 2], clock_ms[runs / 2], (long long)b->rows, (double)b->bytes / 1e6);
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
static void show(struct bench *b, int i) { (void)i; RUN(b, "plan", "show", G("plan", "bench")); }
static void plan_list(struct bench *b, int i) { (void)i; RUN(b, "plan", "list"); }
static void one_measure(struct bench *b, int i) { (void)i; RUN(b, "plan", "measure", G("plan", "bench"), G("no", "77")); }
static void milestones(struct bench *b, int i) { (void)i; RUN(b, "plan", "milestones", G("plan", "bench")); }
static void owners(struct bench *b, int i) { (void)i; RUN(b, "plan", "owners", G("plan", "bench")); }
static void areas(struct bench *b, int i) { (void)i; RUN(b, "plan", "areas", G("plan", "basic")); }
static void candidates(struct bench *b, int i) { (void)i; RUN(b, "plan", "candidates", G("into", "next"), G("from", "bench")); }
static void series_list(struct bench *b, int i) { (void)i; RUN(b, "series", "list"); }
static void series_show(struct bench *b, int i) { (void)i; RUN(b, "series", "show", G("series", "s1")); }
static void assemble(struct bench *b, int i) { (void)i; RUN(b, "report", "assemble", G("report", "bench-report")); }
static void owner_frozen(struct bench *b, int i) { (void)i; RUN(b, "plan", "status", G("plan", "bench"), G("by", "owner"), G("report", "half")); }
static void of_owner(struct bench *b, int i) { (void)i; RUN(b, "plan", "progress", G("plan", "bench"), G("owner", "m1"), G("status", "4")); }

/* What home asks for whoever speaks for a ministry. */
static enum err waits(void *to, const struct plan_waiting *p)
{
    ((struct bench *)to)->rows = p->waiting;
    return OK;
}
static void waiting(struct bench *b, int i)
{
    struct org o;
    const struct actor *was = b->w->actor;
    (void)i;
    MUST(b, org_find(b->w, S("m1"), &o));
    struct actor speaker = *was;
    speaker.org = o.id, speaker.rights = MAY_MANAGE;
    b->w->actor = &speaker;
    b->rows = 0;
    MUST(b, plan_waiting(b->w, waits, b));
    b->w->actor = was;
}

static bool thrown_away(struct out *o, str bytes)
{
    (void)o;
    counted->rows += (int64_t)bytes.n / 1000;
    return true;
}
/* Rows: kB of the paper. */
static void paper(struct bench *b, int i)
{
    const struct room *r = room_find(S("plan"));
    const struct entry *e = entry_find(r, S("progress"));
    struct out out = {.put = thrown_away};
    struct args args;
    (void)i;
    b->rows = 0;
    MUST(b, args_parse(b->w, e, (const struct given[]){G("plan", "bench")}, 1, &args));
    const struct page page = {.view = S("plan progress"), .title = e->title, .in = &args, .lang = LANG_JA};
    struct doc *d = format_docx.begin(b->w, &out, &page);
    MUST(b, door_view(b->w, r, e, &args, d));
    format_docx.end(d);
}

/* The lead says something new, so that a correction has something to correct. */
static void corrected(struct bench *b, int i)
{
    struct given given[] = {G("plan", "bench"), G("no", "78"), G("owner", "m0"), {S_INIT("status"), str_int(b->w->a, 1 + i % 4), NULL},
                            {S_INIT("text"), str_fmt(b->w->a, "訂正%lld-%d", (long long)b->w->now, i), NULL}};
    run(b, "plan", "update", given, 5);
    RUN(b, "plan", "freeze", G("plan", "bench"), G("report", "half"), G("reason", "訂正"));
}
static void freeze(struct bench *b, int i)
{
    if (b->again) {
        corrected(b, i);
        return;
    }
    RUN(b, "plan", "freeze", G("plan", "bench"), G("report", "half"));
}

/* Nine corrections behind the first report: what was frozen must not slow down what is said next. */
static void frozen_often(struct bench *b)
{
    for (int i = 1; i <= FREEZES; i++) {
        struct arena_mark mark = arena_mark(b->w->a);
        corrected(b, i);
        arena_back(b->w->a, mark);
    }
}

static void made(struct bench *b)
{
    ministries(b);
    plans_beside(b);
    plan_made(b);
    words_said(b);
    series_made(b);
    RUN(b, "report", "define", G("template", "half-year"));
    RUN(b, "report", "draft", G("template", "half-year"), G("org", "gov"), G("plan", "bench"), G("code", "bench-report"));
}

int main(int argc, char **argv)
{
    if (argc != 5) return fprintf(stderr, "plan URL MEASURES OWNERS WORDS\n"), 2;
    struct arena *life = arena_new(0);
    struct work *w = arena_alloc(life, sizeof *w);
    struct actor owner = actor_owner(S("bench"));
    *w = (struct work){.a = life, .actor = &owner, .lo = owner.lo, .hi = owner.hi, .now = clock_now(), .seed = 1};
    struct bench b = {.w = w, .measures = atoll(argv[2]), .owners = atoll(argv[3]), .words = atoll(argv[4])};
    static const struct {
        const char *what;
        int runs;
        void (*once)(struct bench *, int);
    } all[] = {
        {"update", RUNS, update}, {"one measure", RUNS, one_measure}, {"history of a measure", RUNS, measure}, {"what is mine", RUNS, mine},
        {"home: what waits", RUNS, waiting}, {"progress, first page", RUNS, progress}, {"progress of an owner, outlook 4", RUNS, of_owner},
        {"progress as DOCX, kB for rows", 1, paper}, {"status by status", RUNS, by_status}, {"status by chapter", RUNS, by_chapter},
        {"status by owner", RUNS, by_owner}, {"silent owners", RUNS, silent}, {"freeze", 1, freeze},
        {"progress as frozen, first page", RUNS, frozen}, {"status by owner as frozen", RUNS, owner_frozen},
        {"changes since the report", RUNS, changes}, {"silent after the report", RUNS, silent}, {"plan list", RUNS, plan_list},
        {"plan show", RUNS, show}, {"plan owners", RUNS, owners}, {"milestones", RUNS, milestones}, {"areas", RUNS, areas},
        {"candidates", RUNS, candidates}, {"report assembled", 1, assemble}, {"series list", RUNS, series_list},
        {"series show", RUNS, series_show},
    };
    struct plan before;
    counted = &b;
    MUST(&b, store_open(w, life, str_of(argv[1]), STORE_WRITE, &w->store));
    if (plan_find(w, S("bench"), 0, &before) == OK) b.p = before, b.again = true;
    else w->faults = (struct faults){0}, made(&b);
    RUN(&b, "plan", "report", G("plan", "bench"), G("report", "half"), G("due", "2100-01-01"));
    RUN(&b, "plan", "report", G("plan", "bench"), G("report", "year"), G("due", "2100-02-01"));
    printf("%lld measures x %lld owners x %lld words, %s\n", (long long)b.measures, (long long)b.owners, (long long)b.words, store_engine(w->store));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (getenv("ONLY") == NULL || strstr(all[i].what, getenv("ONLY")) != NULL) timed(&b, all[i].what, all[i].runs, all[i].once);
    if (getenv("ONLY") != NULL) return 0;
    frozen_often(&b);
    timed(&b, "update after ten frozen", RUNS, update);
    timed(&b, "progress after ten frozen", RUNS, progress);
    arena_free(life);
    return 0;
}
