/* What an inspection is besides answering, at the size of a nation: letters of a day, the board, later due days of a
 * ministry, a unit's workbook, results of a scanner. Each is done as people do it, through its entry; where it writes,
 * the rows alone are written by one plain statement beside it.
 *
 *   practice make DB RESPONDENTS    units of 100 posts, each a person with a mail address, and whoever manages them
 *   practice fill DB                two thirds have handed in, by plain statements: the sums are made by `meguri rebuild`
 *   practice views DB | extend DB | scan DB | letters DB | template DB XLSX | workbook DB XLSX
 *                                   each its lines; of a view the median of five
 *
 * What bounds each stands in bench/README.md. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "base/hash.h"
#include "base/lang.h"
#include "home/remind_store.h"
#include "surface/door.h"

enum { CLAUSES = 120, UNIT = 100, UNITS_OF_BUREAU = 20, BUREAUS_OF_MINISTRY = 25, PARTS = 4, RUNS = 5, TARGETS = 1000, RULES_IN_FILE = 10 };
enum { TEN_BEFORE = 1750035600, TWO_AFTER = 1751418000 }; /* 16 June and 2 July 2025, ten in the morning in Japan */

struct bench {
    struct work *w;
    struct actor owner, actor;
    const char *path;
};

static void must(struct bench *b, enum err e, const char *what)
{
    if (e == OK) return;
    const struct fault *f = &b->w->faults.first[0];
    fprintf(stderr, "practice: %s: %.*s (%.*s, %.*s)\n", what, STR_ARG(f->id), STR_ARG(f->arg[0]), STR_ARG(f->arg[1]));
    exit(1);
}

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Private memory now; what the database file is mapped with the system can take back. */
static double private_mb(void)
{
    char line[128];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (sscanf(line, "RssAnon: %ld", &kb) == 1) break;
    if (f != NULL) fclose(f);
    return (double)kb / 1024;
}

/* ---- entries ---- */

static void act_as(struct bench *b, const char *person)
{
    b->actor = b->owner;
    b->w->actor = &b->actor; /* the door looks again, and leaves its own */
    b->w->lo = b->owner.lo;
    b->w->hi = b->owner.hi;
    if (person[0] != '\0') must(b, actor_find(b->w, str_of(person), S("bench"), &b->actor), person);
    b->w->lo = b->actor.lo;
    b->w->hi = b->actor.hi;
}

/* Where a file goes that an entry writes. */
struct kept_bytes {
    struct bytes_out out;
    FILE *to;
};
static enum err keep(struct bytes_out *out, str bytes)
{
    return fwrite(bytes.p, 1, bytes.n, ((struct kept_bytes *)out)->to) == bytes.n ? OK : BUSY;
}

static enum err call(struct bench *b, const struct room *room, const struct entry *entry, const struct args *args, FILE *to)
{
    struct doc doc = doc_silent(b->w);
    struct kept_bytes kept = {{keep, LANG_JA}, to};
    unsigned char id[16];
    random_bytes(id, sizeof id);
    if (entry->kind == ENTRY_VIEW) return door_view(b->w, room, entry, args, &doc);
    if (entry->kind == ENTRY_FILE) return door_file(b->w, room, entry, args, &kept.out);
    return door_act(b->w, room, entry, args, hex_of(b->w->a, (str){(char *)id, sizeof id}), false, &doc);
}

/* One entry, in an arena of its own. */
static void run(struct bench *b, const char *room_name, const char *entry_name, const char *const *pairs, const struct file *file, FILE *to)
{
    struct arena *a = arena_new(0), *before = b->w->a;
    const struct room *room = room_find(str_of(room_name));
    const struct entry *entry = entry_find(room, str_of(entry_name));
    struct given given[16];
    struct args args;
    size_t n = 0;
    b->w->a = a;
    for (; pairs[2 * n] != NULL; n++) given[n] = (struct given){.name = str_of(pairs[2 * n]), .text = str_of(pairs[2 * n + 1])};
    if (file != NULL) given[n++] = (struct given){.name = S("file"), .text = file->name, .file = file};
    enum err e = args_parse(b->w, entry, given, n, &args);
    must(b, e == OK ? call(b, room, entry, &args, to) : e, entry_name);
    b->w->actor = &b->actor;
    b->w->a = before;
    arena_free(a);
}
#define PAIRS(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(,) NULL})
#define RUN(b, room, entry, file, ...) run(b, room, entry, PAIRS(__VA_ARGS__), file, NULL)

static struct file file_of(struct bench *b, const char *name, str bytes)
{
    return (struct file){str_of(name), bytes, sha256_hex(b->w->a, bytes)};
}

static void take(struct bench *b, const char *room, const char *what, const char *edition, struct buf *csv)
{
    struct file f = file_of(b, "bench.csv", buf_str(csv));
    if (edition == NULL) RUN(b, room, "import", &f, "what", what);
    else RUN(b, room, "import", &f, "what", what, "edition", edition);
}

/* ---- a government ---- */

/* Sections of 100 posts, 20 to a bureau, 25 bureaus to a ministry; the first of a section manages it. */
static void make_people(struct bench *b, int64_t respondents)
{
    struct buf orgs = buf_in(b->w->a), posts = buf_in(b->w->a), duties = buf_in(b->w->a), people = buf_in(b->w->a), devices = buf_in(b->w->a);
    enum { BUREAU = UNIT * UNITS_OF_BUREAU, MINISTRY = BUREAU * BUREAUS_OF_MINISTRY, PART = 16 << 20 /* a file holds a million rows at most */ };
    buf_add(&duties, S("code,name_ja,name_en,rights,order\nstaff,職員,Staff,answer,10\nmanager,課長,Manager,confirm names manage,20\n"
                       "head,局長,Head,names rates manage,30\nciso,最高責任者,Chief,rates approve names,40\ncentre,担当,Centre,rates names manage centre,50\ndevice,端末,Client,,60\n"));
    static const str org_head = S_INIT("code,parent,kind,order,name_ja,name_en,from,to\n");
    static const str people_head = S_INIT("code,org,name_ja,name_en,mail,from,to\n");
    static const str post_head = S_INIT("code,duty,org,system,person,deputy_of,from,to\n");
    take(b, "registry", "duties", NULL, &duties);
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"));
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\nofficer,gov,担当,,officer@example.jp,,\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\nofficer,centre,gov,,officer,,2024-04-01,\n"));
    buf_add(&devices, S("code,org,kind,name_ja,name_en,from,to\n"));
    for (int64_t i = 0; i < respondents; i++) {
        int u = (int)(i / UNIT), bureau = (int)(i / BUREAU), ministry = (int)(i / MINISTRY);
        if (i % MINISTRY == 0) {
            buf_fmt(&orgs, "m%d,gov,ministry,%d,省,Ministry,,\n", ministry, ministry + 1);
            buf_fmt(&people, "h%d,m%d,官房,Head,h%d@example.jp,,\nc%d,m%d,責任者,Chief,c%d@example.jp,,\n", ministry, ministry, ministry, ministry, ministry, ministry);
            buf_fmt(&posts, "h%d,head,m%d,,h%d,,2024-04-01,\nc%d,ciso,m%d,,c%d,,2024-04-01,\n", ministry, ministry, ministry, ministry, ministry, ministry);
        }
        if (i % BUREAU == 0) buf_fmt(&orgs, "b%d,m%d,bureau,%d,局,Bureau,,\n", bureau, ministry, bureau + 1);
        if (i % UNIT == 0) {
            buf_fmt(&orgs, "s%d,b%d,section,%d,課,Section,,\n", u, bureau, u + 1);
            buf_fmt(&people, "g%d,s%d,課長,,g%d@example.jp,,\n", u, u, u);
            buf_fmt(&posts, "g%d,manager,s%d,,g%d,,2024-04-01,\n", u, u, u);
        }
        buf_fmt(&people, "p%d,s%d,職員%d,,p%d@example.jp,,\n", (int)i, u, (int)i, (int)i);
        buf_fmt(&posts, "r%07d,staff,s%d,,p%d,,2024-04-01,\n", (int)i, u, (int)i);
        if (people.n > PART) {
            take(b, "registry", "organisations", NULL, &orgs);
            take(b, "registry", "people", NULL, &people);
            take(b, "registry", "posts", NULL, &posts);
            orgs.n = people.n = posts.n = 0;
            buf_add(&orgs, org_head);
            buf_add(&people, people_head);
            buf_add(&posts, post_head);
        }
        if (i < TARGETS) buf_fmt(&devices, "pc-%d,s%d,device,端末,Client,2024-04-01,\n", (int)i, (int)(i % (respondents / UNIT)));
    }
    take(b, "registry", "organisations", NULL, &orgs);
    take(b, "registry", "people", NULL, &people);
    take(b, "registry", "posts", NULL, &posts);
    take(b, "registry", "systems", NULL, &devices);
}

static void make_round(struct bench *b)
{
    struct buf sections = buf_in(b->w->a), clauses = buf_in(b->w->a), checks = buf_in(b->w->a);
    buf_add(&sections, S("code,parent,title_ja,title_en\n"));
    buf_add(&clauses, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    buf_add(&checks, S("clause,check\n"));
    for (int p = 1; p <= PARTS + 1; p++) buf_fmt(&sections, "%d,,第%d部,Part\n", p, p);
    for (int c = 0; c < CLAUSES; c++) {
        int part = c / (CLAUSES / PARTS) + 1;
        buf_fmt(&clauses, "%d.%d,%d,,basic,staff,yes,遵守すること。,It shall be kept.\n", part, c, part);
    }
    for (int c = 0; c < RULES_IN_FILE; c++) {
        buf_fmt(&clauses, "%d.%d,%d,,basic,device,yes,設定すること。,It shall be set.\n", PARTS + 1, c, PARTS + 1);
        buf_fmt(&checks, "%d.%d,rule-%d\n", PARTS + 1, c, c);
    }
    RUN(b, "standard", "edition", NULL, "code", "e", "catalogue", "bench", "title_ja", "基準", "effective", "2024-04-01");
    take(b, "standard", "sections", "e", &sections);
    take(b, "standard", "clauses", "e", &clauses);
    take(b, "standard", "checks", "e", &checks);
    RUN(b, "standard", "decide", NULL, "edition", "e");
    RUN(b, "inspect", "open", NULL, "code", "bench", "title_ja", "自己点検", "edition", "e", "frame", "gov", "base", "2025-03-31", "due", "2025-06-30");
}

/* ---- plain statements ---- */

/* As they are, with the settings the program has; milliseconds, of the statement with its sync. */
static double plain(struct bench *b, const char *sql)
{
    sqlite3 *db;
    char *told = NULL;
    if (sqlite3_open_v2(b->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) exit(1);
    sqlite3_exec(db, "PRAGMA mmap_size = 268435456; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000", NULL, NULL, NULL);
    double start = now_ms();
    if (sqlite3_exec(db, sql, NULL, NULL, &told) != SQLITE_OK) {
        fprintf(stderr, "practice: %s: %s\n", sql, told);
        exit(1);
    }
    double took = now_ms() - start;
    sqlite3_close(db);
    return took;
}

/* Of every three two have handed in, one of these is confirmed; half of those on a page, with minutes. */
static void fill(struct bench *b)
{
    plain(b, "INSERT INTO sheet (respondent, round, org, state, answers, at, by_whom, source)"
             " SELECT r.id, r.round, r.org, 1 + (r.id % 3 - 1), (SELECT zeroblob(2 * length(mask)) FROM binding b WHERE b.id = r.binding), 1750000000,"
             " 'bench', CASE WHEN r.id % 2 = 0 THEN 'file' ELSE '' END FROM respondent r WHERE r.kind = 'post' AND r.id % 3 > 0;"
             "INSERT INTO sheet_question (respondent, round, answers, later, revision, submitted, first, at, by_whom, spent)"
             " SELECT s.respondent, s.round, x'', x'', 1, 1, 1750000000, 1750000000, 'bench', 300 + s.respondent % 900 FROM sheet s WHERE s.source = ''");
}

/* ---- what is measured ---- */

static int by_size(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

static double view(struct bench *b, const char *person, const char *room, const char *name, const char *const *pairs)
{
    double took[RUNS], cpu = cpu_ms();
    FILE *nowhere = fopen("/dev/null", "w");
    act_as(b, person);
    for (int i = 0; i < RUNS; i++) {
        double start = now_ms();
        run(b, room, name, pairs, NULL, nowhere);
        took[i] = now_ms() - start;
    }
    fclose(nowhere);
    act_as(b, "");
    qsort(took, RUNS, sizeof *took, by_size);
    printf("{\"bench\":\"%s %s\",\"as\":\"%s\",\"ms\":%.1f,\"cpu_ms\":%.1f,\"private_mb\":%.0f}\n", room, name, person, took[RUNS / 2],
           (cpu_ms() - cpu) / RUNS, private_mb());
    return took[RUNS / 2];
}
#define SEEN(b, person, room, name, ...) view(b, person, room, name, PAIRS(__VA_ARGS__))

/* The steps of a day, as the process that sends mail takes them, each a transaction. */
static void letters(struct bench *b, const char *what, int64_t at)
{
    double start = now_ms(), longest = 0, most = 0, cpu = cpu_ms();
    int64_t now = b->w->now;
    struct arena *life = b->w->a;
    int steps = 0;
    b->w->now = at;
    for (bool more = true; more; steps++) {
        b->w->a = arena_new(0);
        double before = now_ms();
        must(b, store_begin(b->w), what);
        must(b, remind_tick(b->w, &more), what);
        struct remind_run r;
        must(b, run_get(b->w, at / 86400, &r), what);
        must(b, store_commit(b->w), what);
        double held = now_ms() - before;
        longest = held > longest ? held : longest;
        most = private_mb() > most ? private_mb() : most;
        arena_free(b->w->a);
        b->w->a = life;
        if (!more) printf("{\"bench\":\"letters %s\",\"n\":%" PRId64 ",\"ms\":%.0f,\"cpu_ms\":%.0f,\"steps\":%d,\"longest_ms\":%.1f,\"private_mb\":%.0f}\n", what, r.letters, now_ms() - start,
                         cpu_ms() - cpu, steps + 1, longest, most);
    }
    b->w->now = now;
}

static void act(struct bench *b, const char *person, const char *label, const char *name, const struct file *file, const char *const *pairs)
{
    act_as(b, person);
    double start = now_ms(), cpu = cpu_ms();
    run(b, "inspect", name, pairs, file, NULL);
    printf("{\"bench\":\"%s\",\"as\":\"%s\",\"ms\":%.1f,\"cpu_ms\":%.1f,\"private_mb\":%.0f}\n", label, person, now_ms() - start, cpu_ms() - cpu, private_mb());
    act_as(b, "");
}
#define DONE(b, person, label, name, file, ...) act(b, person, label, name, file, PAIRS(__VA_ARGS__))

static void scan(struct bench *b)
{
    struct buf xml = buf_in(b->w->a);
    buf_add(&xml, S("<results>"));
    for (int t = 0; t < TARGETS; t++) {
        buf_fmt(&xml, "<TestResult xmlns=\"http://checklists.nist.gov/xccdf/1.2\" end-time=\"2025-06-01T10:00:00Z\"><target>pc-%d</target>", t);
        for (int c = 0; c < RULES_IN_FILE; c++)
            buf_fmt(&xml, "<rule-result idref=\"rule-%d\"><result>%s</result></rule-result>", c, (t + c) % 9 == 0 ? "fail" : "pass");
        buf_add(&xml, S("</TestResult>"));
    }
    buf_add(&xml, S("</results>"));
    struct file f = file_of(b, "results.xml", buf_str(&xml));
    DONE(b, "", "scan 1000 targets", "scan", &f, "round", "bench");
}

static void views(struct bench *b)
{
    SEEN(b, "officer", "inspect", "way", "round", "bench");
    SEEN(b, "h0", "inspect", "way", "round", "bench", "org", "m0");
    SEEN(b, "g0", "inspect", "way", "round", "bench", "org", "s0");
    SEEN(b, "p0", "home", "");
    SEEN(b, "g0", "home", "");
    SEEN(b, "h0", "home", "");
    SEEN(b, "c0", "home", "");
    SEEN(b, "officer", "home", "");
    SEEN(b, "g0", "inspect", "unit", "round", "bench");
    SEEN(b, "g0", "inspect", "queue", "round", "bench");
    SEEN(b, "g0", "inspect", "frame", "round", "bench");
    SEEN(b, "h0", "inspect", "frame", "round", "bench");
    SEEN(b, "officer", "inspect", "frame", "round", "bench");
    SEEN(b, "h0", "inspect", "effort", "round", "bench");
    SEEN(b, "officer", "inspect", "effort", "round", "bench");
    SEEN(b, "officer", "inspect", "entered", "round", "bench");
    SEEN(b, "officer", "inspect", "extensions", "round", "bench");
    SEEN(b, "h0", "home", "reminders");
    SEEN(b, "officer", "home", "reminders");
    SEEN(b, "g0", "inspect", "template", "round", "bench", "org", "s0");
}

static void workbook(struct bench *b, const char *path)
{
    FILE *from = fopen(path, "rb");
    struct buf bytes = buf_in(b->w->a);
    char piece[4096];
    for (size_t n; from != NULL && (n = fread(piece, 1, sizeof piece, from)) > 0;) buf_add(&bytes, (str){piece, n});
    if (from != NULL) fclose(from);
    struct file f = file_of(b, "unit.xlsx", buf_str(&bytes));
    DONE(b, "officer", "workbook of a unit", "import", &f, "round", "bench");
}

static void extend(struct bench *b)
{
    DONE(b, "h0", "extend a ministry", "extend", NULL, "round", "bench", "org", "m0", "until", "2025-07-04", "why", "繁忙");
    double alone = plain(b, "UPDATE respondent SET due = 20274 WHERE round = 1 AND org IN (SELECT org FROM round_org WHERE round = 1 AND lo >= (SELECT ro.lo FROM"
                            " round_org ro JOIN org o ON o.id = ro.org WHERE o.code = 'm1') AND lo < (SELECT ro.hi FROM round_org ro JOIN org o ON o.id = ro.org"
                            " WHERE o.code = 'm1'))");
    printf("{\"bench\":\"extend: the update alone\",\"ms\":%.1f}\n", alone);
    DONE(b, "officer", "extend the frame", "extend", NULL, "round", "bench", "org", "gov", "until", "2025-07-03", "why", "繁忙");
}

/* The rows of one letter, as many as were written: what any program that keeps them has to write. */
static void letters_alone(struct bench *b)
{
    double alone = plain(b, "CREATE TABLE bench_outbox AS SELECT * FROM outbox WHERE 0; CREATE TABLE bench_reminded AS SELECT * FROM reminded WHERE 0;"
                            "INSERT INTO bench_outbox SELECT * FROM outbox; INSERT INTO bench_reminded SELECT * FROM reminded;"
                            "DROP TABLE bench_outbox; DROP TABLE bench_reminded");
    printf("{\"bench\":\"letters: the rows alone\",\"ms\":%.0f}\n", alone);
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";
    struct arena *life = arena_new(0);
    struct bench b = {.owner = actor_owner(S("bench")), .path = argc > 2 ? argv[2] : ""};
    struct work w = {.a = life, .actor = &b.actor, .now = TEN_BEFORE, .seed = 1};
    b.w = &w;
    if (strcmp(what, "fill") == 0) return fill(&b), 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    must(&b, store_open(&w, life, str_of(b.path), STORE_WRITE, &w.store), b.path);
    act_as(&b, "");
    if (strcmp(what, "make") == 0 && argc > 3) {
        make_people(&b, strtoll(argv[3], NULL, 10));
        make_round(&b);
    } else if (strcmp(what, "views") == 0) {
        views(&b);
    } else if (strcmp(what, "letters") == 0) {
        letters(&b, "ten before", TEN_BEFORE);
        letters_alone(&b);
        letters(&b, "two after", TWO_AFTER);
    } else if (strcmp(what, "workbook") == 0 && argc > 3) {
        workbook(&b, argv[3]);
    } else if (strcmp(what, "extend") == 0) {
        extend(&b);
    } else if (strcmp(what, "scan") == 0) {
        scan(&b);
    } else if (strcmp(what, "template") == 0 && argc > 3) {
        FILE *to = fopen(argv[3], "w");
        run(&b, "inspect", "template", PAIRS("round", "bench", "org", "s0"), NULL, to);
        fclose(to);
    } else {
        return 2;
    }
    arena_free(life);
    return 0;
}
