/* The store under load, through the entries that people use: a government of any size is made, its round opened, answers
 * written to a file and imported, rates shown, sheets recounted, single sheets handed in. Each step is a process of its own,
 * so that its memory can be told. The last line of each is the result as JSON.
 *
 *   store make DB RESPONDENTS [UNIT]    organisations with UNIT posts each (100), a standard of 256 clauses for one duty
 *   store open DB                       the round: frame of all posts
 *   store answers DB CSV                a wide file, one byte an answer, every respondent
 *   store import DB CSV | rates DB | recount DB | submit DB RESPONDENTS | step DB */
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "base/hash.h"
#include "base/lang.h"
#include "format/csv.h"
#include "inspect/inspect.h"
#include "surface/door.h"
#include "tally/tally.h"

enum { CLAUSES = 256, SECTIONS_OF_BUREAU = 20, BUREAUS_OF_MINISTRY = 25, RUNS = 5, SUBMISSIONS = 41, BYTES_PATH = 64 };

struct bench {
    struct work *w;
    struct actor actor;
    uint64_t random;
    int64_t told; /* cells written to the doc: a face that only looks */
    FILE *to;
};

/* Of memory, the mapped files included, which the system takes back when it is short of it. */
static double peak_mb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

/* ---- entries ---- */

static void must(struct bench *b, enum err e, const char *what)
{
    if (e == OK) return;
    const struct fault *f = &b->w->faults.first[0];
    fprintf(stderr, "store: %s: %.*s (%.*s, %.*s; row %" PRId64 ")\n", what, STR_ARG(f->id), STR_ARG(f->arg[0]), STR_ARG(f->arg[1]),
            f->where.row);
    exit(1);
}

/* One act or view, as the command line runs it, in an arena of its own; given by pairs, ended by NULL. */
static void run(struct bench *b, const char *room_name, const char *entry_name, const char *const *pairs, const struct file *file)
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
    struct doc doc = doc_silent(b->w);
    enum err e = args_parse(b->w, entry, given, n, &args);
    unsigned char id[16];
    random_bytes(id, sizeof id);
    if (e == OK)
        e = entry->kind == ENTRY_VIEW ? door_view(b->w, room, entry, &args, &doc)
                                      : door_act(b->w, room, entry, &args, hex_of(a, (str){(char *)id, sizeof id}), false, &doc);
    must(b, e, entry_name);
    b->w->a = before;
    arena_free(a);
}
#define RUN(b, room, entry, file, ...) run(b, room, entry, (const char *const[]){__VA_ARGS__, NULL}, file)

static void run_text(struct bench *b, const char *room, const char *entry, const char *key, const char *value, const char *key2,
                     const char *value2, struct buf *csv)
{
    struct file f = {S("bench.csv"), buf_str(csv), sha256_hex(csv->a, buf_str(csv))};
    RUN(b, room, entry, &f, key, value, key2, value2);
}

/* A file as the command line takes it: mapped, and its hash made. */
static struct file file_of(struct bench *b, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) must(b, STORE, path);
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) must(b, STORE, path);
    madvise(p, (size_t)st.st_size, MADV_SEQUENTIAL);
    close(fd);
    str bytes = {p, (size_t)st.st_size};
    return (struct file){str_of(path), bytes, sha256_hex(b->w->a, bytes)};
}

/* ---- a government ---- */

static void organisations(struct bench *b, struct buf *orgs, struct buf *posts, int64_t respondents, int64_t unit)
{
    int64_t units = (respondents + unit - 1) / unit, done = 0;
    buf_add(orgs, S("code,parent,kind,order,name_ja,name_en,from,to\r\ngov,,government,10,政府,Government,,\r\n"));
    buf_add(posts, S("code,duty,org,system,person,deputy_of,from,to\r\n"));
    for (int64_t u = 0; u < units; u++) {
        int64_t bureau = u / SECTIONS_OF_BUREAU, ministry = bureau / BUREAUS_OF_MINISTRY;
        if (u % (SECTIONS_OF_BUREAU * BUREAUS_OF_MINISTRY) == 0)
            buf_fmt(orgs, "m%d,gov,ministry,%d,第%d省,Ministry %d,,\r\n", (int)ministry, (int)ministry + 1, (int)ministry, (int)ministry);
        if (u % SECTIONS_OF_BUREAU == 0)
            buf_fmt(orgs, "b%d,m%d,bureau,%d,第%d局,Bureau %d,,\r\n", (int)bureau, (int)ministry, (int)bureau + 1, (int)bureau, (int)bureau);
        buf_fmt(orgs, "s%d,b%d,section,%d,第%d課,Section %d,,\r\n", (int)u, (int)bureau, (int)u + 1, (int)u, (int)u);
        for (int64_t end = done + unit; done < end && done < respondents; done++)
            buf_fmt(posts, "s%d-staff-%07d,staff,s%d,,,,2024-04-01,\r\n", (int)u, (int)done, (int)u);
    }
    (void)b;
}

static void standard(struct buf *sections, struct buf *clauses)
{
    buf_add(sections, S("code,parent,title_ja,title_en\r\n"));
    buf_add(clauses, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\r\n"));
    for (int p = 1; p <= 4; p++) {
        buf_fmt(sections, "%d,,第%d部,Part %d\r\n%d.1,%d,第1章,Chapter 1\r\n%d.1.1,%d.1,第1節,Section 1\r\n%d.1.1(1),%d.1.1,遵守事項,Rules\r\n",
                p, p, p, p, p, p, p, p, p);
        for (int c = 0; c < CLAUSES / 4; c++)
            buf_fmt(clauses, "%d.1.1(1)(%c%c),%d.1.1(1),,basic,staff,yes,遵守すること。,It shall be kept.\r\n", p, 'a' + c / 26, 'a' + c % 26, p);
    }
}

static void make(struct bench *b, int64_t respondents, int64_t unit)
{
    struct buf orgs = buf_in(b->w->a), posts = buf_in(b->w->a), sections = buf_in(b->w->a), clauses = buf_in(b->w->a), duties = buf_in(b->w->a);
    organisations(b, &orgs, &posts, respondents, unit);
    standard(&sections, &clauses);
    buf_add(&duties, S("code,name_ja,name_en,rights,order\r\nstaff,職員,Staff,answer,10\r\n"));
    RUN(b, "standard", "edition", NULL, "code", "bench-1", "catalogue", "bench", "title_ja", "基準", "title_en", "Standard", "effective", "2024-04-01");
    run_text(b, "registry", "import", "what", "organisations", NULL, NULL, &orgs);
    run_text(b, "registry", "import", "what", "duties", NULL, NULL, &duties);
    run_text(b, "standard", "import", "edition", "bench-1", "what", "sections", &sections);
    run_text(b, "standard", "import", "edition", "bench-1", "what", "clauses", &clauses);
    RUN(b, "standard", "decide", NULL, "edition", "bench-1");
    double start = now_ms();
    run_text(b, "registry", "import", "what", "posts", NULL, NULL, &posts);
    printf("{\"bench\":\"make\",\"respondents\":%" PRId64 ",\"posts_ms\":%.1f,\"peak_mb\":%.1f}\n", respondents, now_ms() - start, peak_mb());
}

static void open_round(struct bench *b)
{
    double start = now_ms();
    RUN(b, "inspect", "open", NULL, "code", "bench", "title_ja", "自己点検", "edition", "bench-1", "frame", "gov", "base", "2025-03-31",
        "synthetic", "1");
    printf("{\"bench\":\"open\",\"ms\":%.1f,\"peak_mb\":%.1f}\n", now_ms() - start, peak_mb());
}

/* ---- answers ---- */

/* Nine in ten done, one in twenty not, the rest without occasion. */
static char answer(uint64_t draw) { return "111111111111111111111111111110-0"[draw & 31]; }

static enum err answer_one(void *to, const struct edition *e, const struct asked *a)
{
    struct bench *b = to;
    char row[BYTES_PATH + 2 * CLAUSES + 2];
    size_t n = 0;
    if (b->told++ == 0) {
        fputs("respondent", b->to);
        for (size_t c = 0; c < e->n_clauses; c++) fprintf(b->to, ",%.*s", STR_ARG(e->clauses[c].number));
        fputc('\n', b->to);
    }
    for (; n < a->respondent.n && n < BYTES_PATH; n++) row[n] = a->respondent.p[n];
    uint64_t draw = 0;
    for (size_t c = 0; c < CLAUSES; c++, draw >>= 5) {
        if (c % 12 == 0) draw = next_random(&b->random);
        row[n++] = ',';
        row[n++] = answer(draw);
    }
    row[n++] = '\n';
    fwrite(row, 1, n, b->to);
    return OK;
}

static void answers(struct bench *b, const char *path)
{
    b->to = fopen(path, "w");
    if (b->to == NULL) must(b, STORE, path);
    must(b, store_snapshot(b->w), "answers");
    must(b, inspect_asked(b->w, S("bench"), answer_one, b), "answers");
    store_rollback(b->w);
    fclose(b->to);
    printf("{\"bench\":\"answers\",\"rows\":%" PRId64 "}\n", b->told);
}

static void import(struct bench *b, const char *path)
{
    double start = now_ms();
    struct file f = file_of(b, path);
    double hashed = now_ms();
    RUN(b, "inspect", "import", &f, "round", "bench");
    double imported = now_ms();
    RUN(b, "inspect", "rates", NULL, "round", "bench");
    RUN(b, "inspect", "clauses", NULL, "round", "bench");
    double end = now_ms();
    printf("hash of the file %.0f ms, import %.0f ms, rates and clauses %.0f ms\n", hashed - start, imported - hashed, end - imported);
    printf("{\"bench\":\"import\",\"ms\":%.1f,\"peak_mb\":%.1f}\n", end - start, peak_mb());
}

/* ---- views ---- */

static double best_of(struct bench *b, const char *view)
{
    double best = 1e18;
    for (int i = 0; i < RUNS; i++) {
        double start = now_ms();
        RUN(b, "inspect", view, NULL, "round", "bench");
        double took = now_ms() - start;
        if (took < best) best = took;
    }
    return best;
}

static void view(struct bench *b, const char *name)
{
    double ms = best_of(b, name);
    printf("{\"bench\":\"%s\",\"ms\":%.1f,\"peak_mb\":%.1f}\n", name, ms, peak_mb());
}

/* What SQLite itself takes to hand out every sheet, and nothing done with them. */
static void step(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    double best = 1e18;
    uint64_t sum = 0;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) exit(1);
    sqlite3_exec(db, "PRAGMA mmap_size = 268435456", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(db, "SELECT respondent, org, state, answers FROM sheet", -1, &st, NULL) != SQLITE_OK) exit(1);
    for (int i = 0; i < RUNS; i++) {
        double start = now_ms();
        while (sqlite3_step(st) == SQLITE_ROW) {
            const unsigned char *p = sqlite3_column_blob(st, 3);
            sum += (uint64_t)sqlite3_column_int64(st, 0) + (uint64_t)sqlite3_column_int64(st, 1) + (uint64_t)sqlite3_column_int64(st, 2) + p[0];
        }
        sqlite3_reset(st);
        double took = now_ms() - start;
        if (took < best) best = took;
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    printf("{\"bench\":\"step\",\"ms\":%.1f,\"sum\":%" PRIu64 "}\n", best, sum);
}

/* ---- one sheet at a time ---- */

static int by_size(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

/* The sheets of every so-and-so-many respondents, each as a file of one row. */
struct picking {
    struct bench *b;
    struct buf header;
    str row[SUBMISSIONS];
    int64_t seen, every;
    size_t n;
};

static enum err pick(void *to, const struct edition *e, const struct asked *a)
{
    struct picking *p = to;
    if (p->seen++ % p->every != 0 || p->n == SUBMISSIONS) return OK;
    if (p->n == 0) {
        buf_add(&p->header, S("respondent"));
        for (size_t c = 0; c < e->n_clauses; c++) csv_put(&p->header, e->clauses[c].number, false);
        csv_end_row(&p->header);
    }
    struct buf row = buf_in(p->b->w->a);
    buf_add(&row, buf_str(&p->header));
    buf_add(&row, a->respondent);
    for (size_t c = 0; c < e->n_clauses; c++) {
        buf_byte(&row, ',');
        buf_byte(&row, answer(next_random(&p->b->random)));
    }
    csv_end_row(&row);
    p->row[p->n++] = buf_str(&row);
    return OK;
}

static void submit(struct bench *b, int64_t respondents)
{
    struct picking p = {.b = b, .header = buf_in(b->w->a), .every = respondents / SUBMISSIONS};
    b->random = (uint64_t)now_ms(); /* other answers than those that stand */
    must(b, store_snapshot(b->w), "submit");
    must(b, inspect_asked(b->w, S("bench"), pick, &p), "submit");
    store_rollback(b->w);
    double took[SUBMISSIONS];
    for (size_t i = 0; i < p.n; i++) {
        double start = now_ms();
        struct file f = {S("sheet.csv"), p.row[i], sha256_hex(b->w->a, p.row[i])};
        RUN(b, "inspect", "import", &f, "round", "bench");
        took[i] = now_ms() - start;
    }
    qsort(took, p.n, sizeof *took, by_size);
    printf("{\"bench\":\"submit\",\"ms\":%.3f,\"best_ms\":%.3f,\"worst_ms\":%.3f,\"peak_mb\":%.1f}\n", took[p.n / 2], took[0], took[p.n - 1],
           peak_mb());
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "", *path = argc > 2 ? argv[2] : "";
    if (strcmp(what, "step") == 0) {
        step(path);
        return 0;
    }
    struct arena *life = arena_new(0);
    struct bench b = {.random = 20071204, .actor = actor_owner(S("bench"))};
    struct work w = {.a = life, .actor = &b.actor, .lo = b.actor.lo, .hi = b.actor.hi, .now = 1750000000, .seed = 1};
    b.w = &w;
    must(&b, store_open(&w, life, str_of(path), STORE_WRITE, &w.store), path);
    if (strcmp(what, "make") == 0 && argc > 3) make(&b, strtoll(argv[3], NULL, 10), argc > 4 ? strtoll(argv[4], NULL, 10) : 100);
    else if (strcmp(what, "open") == 0) open_round(&b);
    else if (strcmp(what, "answers") == 0 && argc > 3) answers(&b, argv[3]);
    else if (strcmp(what, "import") == 0 && argc > 3) import(&b, argv[3]);
    else if (strcmp(what, "rates") == 0 || strcmp(what, "clauses") == 0 || strcmp(what, "recount") == 0) view(&b, what);
    else if (strcmp(what, "submit") == 0 && argc > 3) submit(&b, strtoll(argv[3], NULL, 10));
    else return 2;
    arena_free(life);
    return 0;
}
