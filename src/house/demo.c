/* A government to try everything on: the facts of 2005–2008 that ship with the program, and a synthetic government
 * whose six ministries answer two rounds a year apart. Built by the acts users have, in one transaction. Nothing here
 * invents a figure under a real name; everything invented hangs below `demo` and says so. */
#include "base/embed.h"
#include "base/hash.h"
#include "format/csv.h"
#include "house/house.h"
#include "inspect/inspect.h"
#include "surface/door.h"
#include "tally/tally.h"

#include <string.h>

enum { RESPONDENTS = 20000, PARAMS_MAX = 12 };

struct demo {
    struct work *w;
    uint64_t random; /* state of a SplitMix64 generator: the same demonstration on every machine */
    struct buf people, posts, systems, sheets;
    const struct edition *edition;
    int64_t n_posts;
    bool second; /* the second round: a little better, and not all confirmed */
};

/* ---- the acts ---- */
struct step {
    const char *room, *entry;
    const char *given[PARAMS_MAX][2]; /* a value that begins with @ is an embedded file */
};

static enum err file_of(struct work *w, str name, str bytes, const struct file **out)
{
    struct file *f = arena_alloc(w->a, sizeof *f);
    *f = (struct file){name, bytes, sha256_hex(w->a, bytes)};
    *out = f;
    return OK;
}

static enum err run(struct demo *d, const char *room_name, const char *entry_name, const struct given *given, size_t n)
{
    const struct room *room = room_find(str_of(room_name));
    const struct entry *entry = room == NULL ? NULL : entry_find(room, str_of(entry_name));
    if (entry == NULL)
        return fault(d->w, INVALID, M("the demonstration needs '%1 %2'"), str_of(room_name), str_of(entry_name));
    struct args args;
    struct doc doc = doc_silent(d->w);
    struct noted *noted = d->w->noted; /* one line in the journal: of the load, not of its steps */
    enum err e = args_parse(d->w, entry, given, n, &args);
    if (e == OK) e = entry->run(d->w, &args, &doc);
    d->w->noted = noted;
    return e;
}

static enum err run_step(struct demo *d, const struct step *s)
{
    struct given given[PARAMS_MAX];
    size_t n = 0;
    for (; n < PARAMS_MAX && s->given[n][0] != NULL; n++) {
        str value = str_of(s->given[n][1]), bytes;
        given[n] = (struct given){.name = str_of(s->given[n][0]), .text = value};
        if (value.n == 0 || value.p[0] != '@') continue;
        str path = str_sub(value, 1, value.n);
        if (!embedded_find(path, &bytes)) return fault(d->w, INVALID, M("the program was built without '%1'"), path);
        enum err e = file_of(d->w, path, bytes, &given[n].file);
        if (e != OK) return e;
    }
    return run(d, s->room, s->entry, given, n);
}

static enum err run_file(struct demo *d, const char *room, const char *entry, const char *key, const char *value,
                         const char *name, struct buf *csv)
{
    struct given given[] = {{.name = str_of(key), .text = str_of(value)}, {.name = S("file"), .text = str_of(name)}};
    enum err e = file_of(d->w, str_of(name), buf_str(csv), &given[1].file);
    return e == OK ? run(d, room, entry, given, 2) : e;
}

#define REGISTRY(what_, file_) {"registry", "import", {{"what", what_}, {"file", "@data/" file_ ".csv"}}}
#define STANDARD(edition_, what_)                                                                                      \
    {"standard", "import", {{"edition", edition_}, {"what", what_},                                                    \
                            {"file", "@data/standard/" edition_ "/" what_ ".csv"}}}

static const struct step facts[] = {
    REGISTRY("organisations", "registry/organisations"),
    REGISTRY("organisation-names", "registry/organisation-names"),
    REGISTRY("links", "registry/links"),
    REGISTRY("duties", "registry/duties"),
    REGISTRY("duty-titles", "registry/duty-titles"),
    REGISTRY("duty-forbidden", "registry/duty-forbidden"),
    {"standard", "edition",
     {{"code", "baseline-1"},
      {"catalogue", "baseline"},
      {"title_ja", "情報セキュリティ対策の基本となる基準 第1版"},
      {"title_en", "Baseline for information security, edition 1"},
      {"effective", "2024-04-01"}}},
    STANDARD("baseline-1", "sections"),
    STANDARD("baseline-1", "clauses"),
    STANDARD("baseline-1", "questions"),
    {"standard", "decide", {{"edition", "baseline-1"}}},
    {"standard", "edition",
     {{"code", "baseline-2"},
      {"catalogue", "baseline"},
      {"title_ja", "情報セキュリティ対策の基本となる基準 第2版"},
      {"title_en", "Baseline for information security, edition 2"},
      {"effective", "2025-04-01"}}},
    STANDARD("baseline-2", "sections"),
    STANDARD("baseline-2", "clauses"),
    STANDARD("baseline-2", "questions"),
    {"standard", "import",
     {{"edition", "baseline-2"},
      {"what", "mapping"},
      {"from", "baseline-1"},
      {"file", "@data/standard/mapping-baseline-1-2.csv"}}},
    {"standard", "decide", {{"edition", "baseline-2"}}},
    {"inspect", "publish",
     {{"code", "fy2006"},
      {"title_ja", "各省庁からの対策実施状況報告（2006年度）"},
      {"title_en", "Reports of the ministries on their measures, FY2006"},
      {"frame", "gov"},
      {"base", "2007-03-31"},
      {"file", "@data/published/coverage-fy2006.csv"},
      {"source_ja", "各省庁からの対策実施状況報告（2006年度）の概要、2007年4月23日 情報セキュリティ政策会議資料"},
      {"source_en", "Outline of the ministries' reports for FY2006, Information Security Policy Council, 2007-04-23"}}},
    {"inspect", "publish",
     {{"code", "terminals-2006"},
      {"title_ja", "重点検査（端末）2006年3月末"},
      {"title_en", "Priority inspection of terminals, end of March 2006"},
      {"frame", "gov"},
      {"base", "2006-03-31"},
      {"file", "@data/published/grades-2006.csv"},
      {"inspection", "terminals"},
      {"source_ja",
       "端末及びウェブサーバに関する情報セキュリティ対策の総合評価、2006年7月25日 情報セキュリティ政策会議資料"},
      {"source_en",
       "Overall evaluation of terminals and web servers, Information Security Policy Council, 2006-07-25"}}},
    {"inspect", "publish",
     {{"code", "web-2006"},
      {"title_ja", "重点検査（ウェブサーバ）2006年3月末"},
      {"title_en", "Priority inspection of web servers, end of March 2006"},
      {"frame", "gov"},
      {"base", "2006-03-31"},
      {"file", "@data/published/grades-2006.csv"},
      {"inspection", "web"},
      {"source_ja",
       "端末及びウェブサーバに関する情報セキュリティ対策の総合評価、2006年7月25日 情報セキュリティ政策会議資料"},
      {"source_en",
       "Overall evaluation of terminals and web servers, Information Security Policy Council, 2006-07-25"}}},
    REGISTRY("organisations", "demo/organisations"),
    {"standard", "edition",
     {{"code", "kou-2025"},
      {"catalogue", "kou"},
      {"title_ja", "甲省情報セキュリティ対策基準（合成データ）"},
      {"title_en", "Ministry of Kou's own standard (synthetic)"},
      {"effective", "2025-04-01"},
      {"owner", "kou"}}},
    {"standard", "import",
     {{"edition", "kou-2025"}, {"what", "sections"}, {"file", "@data/demo/own-standard/sections.csv"}}},
    {"standard", "import",
     {{"edition", "kou-2025"}, {"what", "clauses"}, {"file", "@data/demo/own-standard/clauses.csv"}}},
    {"standard", "import",
     {{"edition", "baseline-2"},
      {"what", "mapping"},
      {"from", "kou-2025"},
      {"file", "@data/demo/mapping-kou-baseline-2.csv"}}},
    {"standard", "import", {{"edition", "baseline-2"}, {"what", "adoptions"}, {"file", "@data/demo/adoptions.csv"}}},
};

static const struct step open_2025 = {"inspect", "open", {
    {"code", "demo-2025"}, {"title_ja", "自己点検 2024年度（合成データ）"},
    {"title_en", "Self-inspection FY2024 (synthetic)"}, {"edition", "baseline-1"}, {"frame", "demo"},
    {"base", "2025-03-31"}, {"due", "2025-04-30"}, {"aggregate", "ki"}, {"synthetic", "1"}}};
static const struct step close_2025 = {"inspect", "close", {{"round", "demo-2025"}}};
static const struct step open_2026 = {"inspect", "open", {
    {"code", "demo-2026"}, {"title_ja", "自己点検 2025年度（合成データ）"},
    {"title_en", "Self-inspection FY2025 (synthetic)"}, {"edition", "baseline-2"}, {"frame", "demo"},
    {"base", "2026-03-31"}, {"due", "2026-04-30"}, {"aggregate", "ki"}, {"synthetic", "1"}}};

/* ---- chance ---- */
static uint64_t next(struct demo *d) /* SplitMix64 (Steele, Lea, Flood 2014) */
{
    uint64_t z = d->random += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static bool chance(struct demo *d, unsigned per_mille) { return next(d) % 1000 < per_mille; }

/* ---- people, posts, systems ---- */
static const char *const family_ja[] = {"青木", "石田", "上野", "江口", "岡田", "川村", "木下", "小林", "坂本", "清水",
                                        "杉山", "高田", "千葉", "土屋", "中島", "西村", "野口", "橋本", "平野", "藤井",
                                        "星野", "前田", "三浦", "村上", "森田", "山下", "横山", "吉村", "和田", "渡部"};
static const char *const family_en[] = {
    "Aoki",     "Ishida", "Ueno",  "Eguchi",   "Okada",    "Kawamura",  "Kinoshita", "Kobayashi", "Sakamoto", "Shimizu",
    "Sugiyama", "Takada", "Chiba", "Tsuchiya", "Nakajima", "Nishimura", "Noguchi",   "Hashimoto", "Hirano",   "Fujii",
    "Hoshino",  "Maeda",  "Miura", "Murakami", "Morita",   "Yamashita", "Yokoyama",  "Yoshimura", "Wada",     "Watabe"};
static const char *const given_ja[] = {"明", "恵",   "一郎", "香", "和子", "健",   "智", "早苗",
                                       "誠", "直美", "浩",   "文", "真",   "美穂", "優", "洋子"};
static const char *const given_en[] = {"Akira",  "Megumi", "Ichiro",  "Kaori", "Kazuko", "Ken",  "Satoshi", "Sanae",
                                       "Makoto", "Naomi",  "Hiroshi", "Aya",   "Shin",   "Miho", "Yu",      "Yoko"};

static void add_post(struct demo *d, const char *duty, str org, str system, bool vacant)
{
    int64_t no = ++d->n_posts;
    size_t f = next(d) % 30, g = next(d) % 16;
    if (!vacant)
        buf_fmt(&d->people, "p%05d,%.*s,%s %s,%s %s,p%05d@demo.example,2024-04-01,\r\n", (int)no, STR_ARG(org),
                family_ja[f], given_ja[g], given_en[g], family_en[f], (int)no);
    buf_fmt(&d->posts, "%.*s-%s-%05d,%s,%.*s,%.*s,", STR_ARG(org), duty, (int)no, duty, STR_ARG(org), STR_ARG(system));
    if (!vacant) buf_fmt(&d->posts, "p%05d", (int)no);
    buf_add(&d->posts, S(",,2024-04-01,\r\n"));
}

static const char *const of_ministry[] = {"ciso",       "ciso-adviser",  "committee", "audit-head",
                                          "head-chief", "permit-holder", "contact",   "inspection-officer"};

static void staff_organisation(struct demo *d, const struct org *o, int64_t staff)
{
    bool ministry = str_eq(o->kind, S("ministry")), bureau = str_eq(o->kind, S("bureau")),
         section = str_eq(o->kind, S("section"));
    for (size_t i = 0; ministry && i < sizeof of_ministry / sizeof *of_ministry; i++)
        add_post(d, of_ministry[i], o->code, S(""), false);
    if (bureau) {
        str system = str_fmt(d->w->a, "%.*s-lan", STR_ARG(o->code));
        buf_fmt(&d->systems, "%.*s,%.*s,system,%.*sの業務システム,Business system of %.*s,2020-04-01,\r\n",
                STR_ARG(system), STR_ARG(o->code), STR_ARG(o->name_ja), STR_ARG(o->name_en));
        add_post(d, "head", o->code, S(""), false);
        add_post(d, "authority-manager", o->code, S(""), false);
        add_post(d, "system-head", o->code, system, false);
        add_post(d, "system-manager", o->code, system, chance(d, 80));
    }
    if (!section) return;
    add_post(d, "section-manager", o->code, S(""), chance(d, 20));
    for (int64_t i = 0; i < staff; i++) add_post(d, "staff", o->code, S(""), false);
}

static bool answers_by_sheet(const struct org *o) { return !str_starts(o->code, S("ki")); }

/* So many staff a section that the frame holds just RESPONDENTS: the ministry that reports in aggregates sends no
 * persons. */
static enum err staff_all(struct demo *d)
{
    struct org demo, *all;
    size_t n;
    enum err e = org_find(d->w, S("demo"), &demo);
    if (e == OK) e = org_all(d->w, &all, &n);
    if (e != OK) return e;
    int64_t sections = 0, others = 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].lo <= demo.lo || all[i].lo >= demo.hi || !answers_by_sheet(&all[i])) continue;
        bool section = str_eq(all[i].kind, S("section"));
        sections += section;
        others += section                            ? 1
                  : str_eq(all[i].kind, S("bureau")) ? 4
                                                     : (int64_t)(sizeof of_ministry / sizeof *of_ministry);
    }
    if (sections == 0)
        return fault(d->w, INVALID, M("the program was built without '%1'"), S("data/demo/organisations.csv"));
    int64_t staff = RESPONDENTS - others, done = 0, seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].lo <= demo.lo || all[i].lo >= demo.hi || !answers_by_sheet(&all[i])) continue;
        seen += str_eq(all[i].kind, S("section"));
        int64_t upto = staff * seen / sections;
        staff_organisation(d, &all[i], upto - done);
        done = upto;
    }
    return OK;
}

/* ---- answers ---- */
/* How each ministry does: of a thousand, how many sheets come in, and how many duties are carried out. */
static const struct {
    const char *org;
    unsigned known, done;
} ministries[] = {{"kou", 1000, 985}, {"otsu", 992, 955}, {"hei", 959, 915}, {"tei", 735, 860}, {"bo", 976, 940}};

static size_t ministry_of(str org)
{
    size_t best = 0;
    for (size_t i = 0; i < sizeof ministries / sizeof *ministries; i++)
        if (str_starts(org, str_of(ministries[i].org))) best = i;
    return best;
}

/* Some clauses are hard for everyone. */
static unsigned ease(const struct clause *c, unsigned done, bool second)
{
    unsigned hard = (unsigned)(str_hash(c->number) >> 8 & 7);
    unsigned less = hard == 0 ? 180 : hard == 1 ? 60 : 0, more = second ? 12 : 0;
    unsigned p = done + more > less ? done + more - less : 0;
    return p > 1000 ? 1000 : p;
}

static char answer_of(struct demo *d, const struct clause *c, unsigned done)
{
    unsigned none = (unsigned)(str_hash(c->number) >> 16 & 127);
    if (c->no_occasion && chance(d, none)) return '-';
    return chance(d, ease(c, done, d->second)) ? '1' : '0';
}

static void sheet_header(struct demo *d, const struct edition *e)
{
    d->edition = e;
    buf_add(&d->sheets, S("respondent,organisation,duty,state"));
    for (size_t c = 0; c < e->n_clauses; c++) csv_put(&d->sheets, e->clauses[c].number, false);
    csv_end_row(&d->sheets);
}

static enum err answer_one(void *to, const struct edition *e, const struct asked *a)
{
    struct demo *d = to;
    size_t m = ministry_of(a->org);
    if (d->edition == NULL) sheet_header(d, e);
    if (!chance(d, ministries[m].known)) return OK;
    buf_fmt(&d->sheets, "%.*s,%.*s,%.*s,%s", STR_ARG(a->respondent), STR_ARG(a->org), STR_ARG(a->duty),
            d->second && chance(d, 120) ? "submitted" : "confirmed");
    for (size_t c = 0; c < e->n_clauses; c++) {
        buf_byte(&d->sheets, ',');
        if (mask_has(a->mask, c)) buf_byte(&d->sheets, answer_of(d, &e->clauses[c], ministries[m].done));
    }
    csv_end_row(&d->sheets);
    return OK;
}

/* 己委員会 sends no persons: counts by clause and duty, and some of its people asked in a way of its own. */
static void aggregate_rows(struct demo *d, struct buf *csv)
{
    static const struct {
        const char *duty;
        int64_t reported, known, own;
    } duties[] = {
        {"staff", 640, 410, 180}, {"section-manager", 12, 9, 3}, {"system-manager", 3, 3, 0}, {"ciso", 1, 1, 0}};
    buf_add(csv, S("organisation,duty,clause,reported,known,arisen,done,own_survey,note\r\n"));
    for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
        buf_fmt(csv, "ki,%s,,%d,%d,,,%d,\r\n", duties[i].duty, (int)duties[i].reported, (int)duties[i].known,
                (int)duties[i].own);
        for (size_t c = 0; c < d->edition->n_clauses; c++) {
            const struct clause *k = &d->edition->clauses[c];
            if (k->enhanced || !str_eq(k->duty, str_of(duties[i].duty))) continue;
            int64_t known = duties[i].known,
                    arisen = k->no_occasion ? known - known * (int64_t)(next(d) % 90) / 1000 : known;
            buf_fmt(csv, "ki,%s,%.*s,%d,%d,%d,%d,,\r\n", duties[i].duty, STR_ARG(k->number), (int)duties[i].reported,
                    (int)known, (int)arisen, (int)((arisen * ease(k, 900, d->second) + 500) / 1000));
        }
    }
}

static enum err answer_round(struct demo *d, const char *round)
{
    d->sheets = buf_in(d->w->a);
    d->edition = NULL;
    work_progress(d->w, M("answering"), 0, 0);
    enum err e = inspect_asked(d->w, str_of(round), answer_one, d);
    struct buf aggregates = buf_in(d->w->a);
    if (e == OK) e = run_file(d, "inspect", "import", "round", round, "sheets.csv", &d->sheets);
    if (e != OK || d->edition == NULL) return e;
    aggregate_rows(d, &aggregates);
    return run_file(d, "inspect", "import", "round", round, "aggregates.csv", &aggregates);
}

/* ---- the act ---- */
static enum err load_people(struct demo *d)
{
    d->people = d->posts = d->systems = buf_in(d->w->a);
    buf_add(&d->people, S("code,org,name_ja,name_en,mail,from,to\r\n"));
    buf_add(&d->posts, S("code,duty,org,system,person,deputy_of,from,to\r\n"));
    buf_add(&d->systems, S("code,org,kind,name_ja,name_en,from,to\r\n"));
    enum err e = staff_all(d);
    if (e == OK) e = run_file(d, "registry", "import", "what", "systems", "systems.csv", &d->systems);
    if (e == OK) e = run_file(d, "registry", "import", "what", "people", "people.csv", &d->people);
    return e == OK ? run_file(d, "registry", "import", "what", "posts", "posts.csv", &d->posts) : e;
}

static enum err act_load(struct work *w, const struct args *in, struct doc *out)
{
    (void)in;
    struct org *all;
    size_t n;
    enum err e = org_all(w, &all, &n);
    if (e != OK) return e;
    if (n != 0)
        return fault(w, CONFLICT,
                     M("the demonstration goes into an empty store, and this one holds %1 organisations: give a new "
                       "one with --db"),
                     str_int(w->a, (int64_t)n));
    struct demo d = {.w = w, .random = 20070423};
    for (size_t i = 0; e == OK && i < sizeof facts / sizeof *facts; i++) e = run_step(&d, &facts[i]);
    if (e == OK) e = load_people(&d);
    if (e == OK) e = run_step(&d, &open_2025);
    if (e == OK) e = answer_round(&d, "demo-2025");
    if (e == OK) e = run_step(&d, &close_2025);
    d.second = true;
    if (e == OK) e = run_step(&d, &open_2026);
    if (e == OK) e = answer_round(&d, "demo-2026");
    if (e != OK) return e;
    act_noted(w, S("respondents"), str_int(w->a, RESPONDENTS));
    doc_fact(out, "respondents", M("Synthetic respondents"), C_INT(RESPONDENTS));
    doc_text(out, M("Loaded: published records fy2006, terminals-2006 and web-2006; the synthetic rounds demo-2025 "
                    "(closed) and demo-2026 (open)."));
    doc_text(out, M("Next: `meguri inspect rates --round demo-2026`"));
    return OK;
}

static const struct entry demo_entries[] = {
    FIRST_ACT("load", N("Load the demonstration into an empty store"), MAY_ADMINISTER, NULL, NULL, act_load),
};
const struct room demo_room = {
    .name = "demo", .title = N("a synthetic government to try it on"), .entries = demo_entries, .n_entries = 1,
};
