/* A government to try everything on: the facts of 2005–2008 that ship with the program, and a synthetic government
 * whose nineteen bodies answer two rounds a year apart; the second is under way (demo_practice.c). Built by the acts
 * users have, in one transaction. Nothing here invents a figure under a real name; everything invented hangs below
 * `demo` and says so. */
#include "base/clock.h"
#include "base/embed.h"
#include "base/hash.h"
#include "account/account.h"
#include "format/csv.h"
#include "house/demo.h"
#include "house/house.h"
#include "house/house_store.h"
#include "inspect/inspect.h"
#include "surface/door.h"
#include "tally/tally.h"

#include <string.h>

enum { RESPONDENTS = 20000 };

struct demo {
    struct work *w;
    uint64_t random; /* state of a SplitMix64 generator: the same demonstration on every machine */
    struct buf people, posts, systems, tags, sheets;
    struct buf silent; /* respondents of whom nothing is known, in the sections that say why; a blank after each */
    const struct edition *edition;
    int64_t n_posts;
    int64_t both;  /* number of the person who holds two posts in the section shown */
    str beginner;  /* respondent whose sheet is not begun: somebody to try answering with */
    bool second; /* the second round: a little better, and not all confirmed */
    struct buf handed_in, unheard; /* see struct demo_left */
    uint8_t *mask;
};

/* ---- the acts ---- */

const struct file *demo_file(struct work *w, str name, str bytes)
{
    struct file *f = arena_alloc(w->a, sizeof *f);
    *f = (struct file){name, bytes, sha256_hex(w->a, bytes)};
    return f;
}

enum err demo_run(struct work *w, const char *room_name, const char *entry_name, const struct given *given, size_t n)
{
    const struct room *room = room_find(str_of(room_name));
    const struct entry *entry = room == NULL ? NULL : entry_find(room, str_of(entry_name));
    if (entry == NULL)
        return fault(w, INVALID, M("the demonstration needs '%1 %2'"), str_of(room_name), str_of(entry_name));
    struct args args;
    struct doc doc = doc_silent(w);
    struct noted *noted = w->noted; /* one line in the journal: of the load, not of its steps */
    enum err e = args_parse(w, entry, given, n, &args);
    if (e == OK) e = door_may(w, entry, &args);
    if (e == OK) e = entry->run(w, &args, &doc);
    if (e == OK && entry->mark != NULL && doc.marks) e = entry->mark(w, &args); /* a view that was read */
    w->noted = noted;
    return e;
}

enum err demo_givens(struct work *w, const struct demo_step *s, struct given *given, size_t *n)
{
    *n = 0;
    for (; *n < DEMO_PARAMS && s->given[*n][0] != NULL; (*n)++) {
        str value = str_of(s->given[*n][1]), bytes;
        given[*n] = (struct given){.name = str_of(s->given[*n][0]), .text = value};
        if (value.n == 0 || value.p[0] != '@') continue;
        str path = str_sub(value, 1, value.n);
        if (!embedded_find(path, &bytes)) return fault(w, INVALID, M("the program was built without '%1'"), path);
        given[*n].file = demo_file(w, path, bytes);
    }
    return OK;
}

enum err demo_step(struct work *w, const struct demo_step *s)
{
    struct given given[DEMO_PARAMS];
    size_t n;
    enum err e = demo_givens(w, s, given, &n);
    return e == OK ? demo_run(w, s->room, s->entry, given, n) : e;
}

static enum err run_file(struct demo *d, const char *room, const char *entry, const char *key, const char *value,
                         const char *name, struct buf *csv)
{
    struct given given[] = {{.name = str_of(key), .text = str_of(value)}, {.name = S("file"), .text = str_of(name)}};
    given[1].file = demo_file(d->w, str_of(name), buf_str(csv));
    return demo_run(d->w, room, entry, given, 2);
}

#define REGISTRY(what_, file_) {"registry", "import", {{"what", what_}, {"file", "@data/" file_ ".csv"}}}
#define STANDARD(edition_, what_)                                                                                      \
    {"standard", "import", {{"edition", edition_}, {"what", what_},                                                    \
                            {"file", "@data/standard/" edition_ "/" what_ ".csv"}}}

static const struct demo_step facts[] = {
    REGISTRY("organisations", "registry/organisations"),
    REGISTRY("organisation-names", "registry/organisation-names"),
    REGISTRY("links", "registry/links"),
    REGISTRY("duties", "registry/duties"),
    REGISTRY("duty-titles", "registry/duty-titles"),
    REGISTRY("duty-forbidden", "registry/duty-forbidden"),
    REGISTRY("days-off", "registry/days-off"),
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

static const struct demo_step close_2025 = {"inspect", "close", {{"round", "demo-2025"}}};
/* The two that tell of their own survey beside are left out of the analysis, as two ministries were in FY2006. */
static const struct demo_step left_out[] = {
    {"inspect", "exclude",
     {{"round", "demo-2026"}, {"org", "tei"}, {"why", "独自調査による報告のため（合成データ）"}}},
    {"inspect", "exclude",
     {{"round", "demo-2026"}, {"org", "uma"}, {"why", "独自調査による報告のため（合成データ）"}}},
};

/* ---- rounds ---- */
enum { DAYS_OPEN = 9, SINCE_BASE = 14, YEAR = 365 };

/* The day the demonstration is seen on: that of the load, so that the open round is always under way. A clock before
 * the posts and standards of the demonstration began counts as the spring of 2026. */
static int64_t day_of_load(const struct work *w)
{
    int64_t least, now = w->now / DAY;
    return date_parse(S("2026-04-15"), &least) && now < least ? least : now;
}

/* Decisions of 2009 and the plan of 2026 are not entered before their time, whatever the clock says. */
static enum err on_day_of_load(struct work *w, enum err (*load)(struct work *))
{
    int64_t now = w->now, then = day_of_load(w) * DAY;
    if (then > now) w->now = then;
    enum err e = load(w);
    w->now = now;
    return e;
}

/* The first of the month in which the day lies. */
static int64_t month_begin(struct arena *a, int64_t day)
{
    int64_t first = day;
    str text = str_fmt(a, "%.*s-01", 7, date_text(a, day).p);
    return date_parse(text, &first) ? first : day;
}

static int64_t no_weekend(int64_t day) /* 1970-01-01 was a Thursday */
{
    int64_t weekday = (day + 4) % 7; /* Sunday 0 */
    return weekday == 0 ? day + 1 : weekday == 6 ? day + 2 : day;
}

/* Based a fortnight or more before the load, due some working days after it; the first of the two a year earlier. */
static enum err open_round(struct demo *d, const char *code, const char *edition, int64_t years_ago)
{
    struct arena *a = d->w->a;
    int64_t day = day_of_load(d->w) - years_ago * YEAR, base = month_begin(a, day - SINCE_BASE);
    str era = date_era(a, base - 90); /* the fiscal year began in April: 90 days back lie in its calendar year */
    str year = str_sub(era, 0, (size_t)str_find(era, S("年")));
    const struct demo_step step = {"inspect", "open", {
        {"code", code},
        {"title_ja", str_fmt(a, "%.*s年度 自己点検（合成データ）", STR_ARG(year)).p},
        {"title_en", str_fmt(a, "Self-inspection FY%d (synthetic)", fiscal_year(base)).p},
        {"edition", edition}, {"frame", "demo"},
        {"base", str_c(a, date_text(a, base))}, {"due", str_c(a, date_text(a, no_weekend(day + DAYS_OPEN)))},
        {"aggregate", "ki"}, {"aggregate", "tei"}, {"aggregate", "uma"}, {"synthetic", "1"}}};
    return demo_step(d->w, &step);
}

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
/* Common names put together by chance; among them characters beyond JIS X 0208 (髙 﨑 邉) and the Unicode base plane (𠮷),
 * which every page, file and search has to carry. */
static const struct {
    const char *ja, *en;
} family[] = {
    {"青木", "Aoki"}, {"石田", "Ishida"}, {"上野", "Ueno"}, {"江口", "Eguchi"}, {"岡田", "Okada"},
    {"川村", "Kawamura"}, {"木下", "Kinoshita"}, {"小林", "Kobayashi"}, {"坂本", "Sakamoto"}, {"清水", "Shimizu"},
    {"杉山", "Sugiyama"}, {"髙橋", "Takahashi"}, {"千葉", "Chiba"}, {"土屋", "Tsuchiya"}, {"中島", "Nakajima"},
    {"西村", "Nishimura"}, {"野口", "Noguchi"}, {"橋本", "Hashimoto"}, {"平野", "Hirano"}, {"藤井", "Fujii"},
    {"星野", "Hoshino"}, {"前田", "Maeda"}, {"三浦", "Miura"}, {"村上", "Murakami"}, {"森田", "Morita"},
    {"山下", "Yamashita"}, {"横山", "Yokoyama"}, {"𠮷田", "Yoshida"}, {"和田", "Wada"}, {"渡邉", "Watanabe"},
    {"﨑山", "Sakiyama"}, {"齋藤", "Saito"}, {"長谷川", "Hasegawa"}, {"榊", "Sakaki"}, {"濵田", "Hamada"},
    {"神﨑", "Kanzaki"}, {"新井", "Arai"}, {"大久保", "Okubo"}, {"久保田", "Kubota"}, {"松尾", "Matsuo"},
}, given_name[] = {
    {"明", "Akira"}, {"恵", "Megumi"}, {"一郎", "Ichiro"}, {"香", "Kaori"}, {"和子", "Kazuko"}, {"健", "Ken"},
    {"智", "Satoshi"}, {"早苗", "Sanae"}, {"誠", "Makoto"}, {"直美", "Naomi"}, {"浩", "Hiroshi"}, {"文", "Aya"},
    {"真", "Shin"}, {"美穂", "Miho"}, {"優", "Yu"}, {"洋子", "Yoko"}, {"大輔", "Daisuke"}, {"さくら", "Sakura"},
    {"翔太", "Shota"}, {"由紀", "Yuki"}, {"隆", "Takashi"}, {"千春", "Chiharu"}, {"亮", "Ryo"},
    {"みどり", "Midori"},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

static void add_person(struct demo *d, int64_t no, str org)
{
    size_t f = next(d) % COUNT(family), g = next(d) % COUNT(given_name);
    buf_fmt(&d->people, "p%05d,%.*s,%s %s,%s %s,p%05d" DEMO_MAIL ",2024-04-01,\r\n", (int)no, STR_ARG(org),
            family[f].ja, given_name[g].ja, given_name[g].en, family[f].en, (int)no);
}

static void add_post_of(struct demo *d, const char *duty, str org, str system, int64_t person)
{
    str code = str_fmt(d->w->a, "%.*s-%s-%05d", STR_ARG(org), duty, (int)d->n_posts);
    buf_fmt(&d->posts, "%.*s,%s,%.*s,%.*s,", STR_ARG(code), duty, STR_ARG(org), STR_ARG(system));
    if (person != 0) buf_fmt(&d->posts, "p%05d", (int)person);
    buf_add(&d->posts, S(",,2024-04-01,\r\n"));
    bool shown = str_eq(org, S(SHOWN_SECTION));
    if (shown && d->beginner.n == 0 && str_eq(str_of(duty), S("staff"))) d->beginner = code;
}

static void add_post(struct demo *d, const char *duty, str org, str system, bool vacant)
{
    int64_t no = ++d->n_posts;
    if (!vacant) add_person(d, no, org);
    add_post_of(d, duty, org, system, vacant ? 0 : no);
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
        buf_fmt(&d->tags, "%.*s,network,LAN\r\n%.*s,open_to,%s\r\n", STR_ARG(system), STR_ARG(system),
                str_ends(o->code, S("-b1")) ? "public" : "office");
        add_post(d, "head", o->code, S(""), false);
        add_post(d, "authority-manager", o->code, S(""), false);
        add_post(d, "system-head", o->code, system, false);
        bool shown = str_eq(o->code, S(SHOWN_BUREAU));
        add_post(d, "system-manager", o->code, system, !shown && chance(d, 80));
        if (shown) d->both = d->n_posts;
    }
    if (!section) return;
    if (str_eq(o->code, S(SHOWN_SECTION))) {
        d->n_posts++;
        add_post_of(d, "section-manager", o->code, S(""), d->both); /* 併任: one person, two posts */
    } else {
        add_post(d, "section-manager", o->code, S(""), chance(d, 20));
    }
    for (int64_t i = 0; i < staff; i++) add_post(d, "staff", o->code, S(""), false);
}

/* The nineteen: of a thousand, how many sheets come in and how many duties are carried out; and the staff of a section
 * of the secretariat and of another, roughly: what is over or short of RESPONDENTS is spread over all. */
static const struct ministry {
    const char *org;
    unsigned known, done;
    int64_t secretariat, other;
} ministries[] = {
    {"kou", 991, 975, 22, 26},      {"otsu", 997, 985, 22, 62},    {"hei", 985, 980, 22, 62},
    {"tei", 0, 940, 0, 0},          {"bo", 1000, 992, 6, 9},       {"ki", 0, 976, 0, 0},
    {"kanoe", 994, 972, 22, 72},    {"kanoto", 976, 960, 22, 68},  {"mizunoe", 1000, 978, 22, 62},
    {"mizunoto", 913, 840, 22, 62}, {"ne", 985, 988, 22, 34},      {"ushi", 1000, 982, 22, 68},
    {"tora", 988, 986, 8, 14},      {"u", 978, 945, 6, 8},         {"tatsu", 1000, 930, 12, 20},
    {"mi", 991, 980, 10, 14},       {"uma", 0, 930, 0, 0},         {"hitsuji", 1000, 990, 14, 20},
    {"saru", 984, 955, 22, 58}};

static const struct ministry *ministry_of(str org)
{
    ptrdiff_t dash = str_find(org, S("-"));
    str top = dash < 0 ? org : str_sub(org, 0, (size_t)dash);
    for (size_t i = 0; i < COUNT(ministries); i++)
        if (str_eq(top, str_of(ministries[i].org))) return &ministries[i];
    return ministries;
}

/* Those without staff here report in aggregates, and send no persons. */
static bool answers_by_sheet(const struct org *o) { return ministry_of(o->code)->secretariat != 0; }

static bool in_frame(const struct org *demo, const struct org *o)
{
    return o->lo > demo->lo && o->lo < demo->hi && answers_by_sheet(o);
}

static int64_t weight_of(const struct org *o)
{
    if (!str_eq(o->kind, S("section"))) return 0;
    const struct ministry *m = ministry_of(o->code);
    return str_find(o->code, S("-b1-")) >= 0 ? m->secretariat : m->other;
}

/* The centre of the synthetic government, which inspects nobody's sheet of its own. */
static void staff_centre(struct demo *d)
{
    static const char *const duties[] = {"centre-officer", "auditor", "administrator", "centre-head"};
    for (size_t i = 0; i < COUNT(duties); i++) add_post(d, duties[i], S("demo"), S(""), false);
}

/* So many staff a section that the frame holds just RESPONDENTS. */
static enum err staff_all(struct demo *d)
{
    struct org demo, *all;
    size_t n;
    enum err e = org_find(d->w, S("demo"), &demo);
    if (e == OK) e = org_all(d->w, &all, &n);
    if (e != OK) return e;
    int64_t weights = 0, others = 0, done = 0, seen = 0;
    for (size_t i = 0; i < n; i++) {
        if (!in_frame(&demo, &all[i])) continue;
        weights += weight_of(&all[i]);
        others += str_eq(all[i].kind, S("section"))  ? 1
                  : str_eq(all[i].kind, S("bureau")) ? 4
                                                     : (int64_t)COUNT(of_ministry);
    }
    if (weights == 0)
        return fault(d->w, INVALID, M("the program was built without '%1'"), S("data/demo/organisations.csv"));
    for (size_t i = 0; i < n; i++) {
        if (!in_frame(&demo, &all[i])) continue;
        seen += weight_of(&all[i]);
        int64_t upto = (RESPONDENTS - others) * seen / weights;
        staff_organisation(d, &all[i], upto - done);
        done = upto;
    }
    staff_centre(d);
    return OK;
}

/* ---- answers ---- */
/* Some clauses are hard for everyone, and the later parts harder than the first. */
static unsigned ease(const struct clause *c, unsigned done, bool second)
{
    static const unsigned part[] = {0, 6, 12, 20, 30};
    unsigned hard = (unsigned)(str_hash(c->number) >> 8 & 7);
    unsigned less = (hard == 0 ? 120 : hard == 1 ? 40 : 0) + part[c->part < COUNT(part) ? c->part : 0];
    unsigned more = second ? 12 : 0, p = done + more > less ? done + more - less : 0;
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

/* In the open round one section is in the midst of it: some wait for its manager, some are begun, a few say nothing. */
static const char *state_of(struct demo *d, const struct asked *a)
{
    const struct ministry *m = ministry_of(a->org);
    bool shown = str_eq(a->org, S(SHOWN_SECTION)), manager = shown && str_eq(a->duty, S("section-manager"));
    if (!d->second) return chance(d, m->known) ? "confirmed" : NULL;
    if (manager || str_eq(a->respondent, d->beginner)) return NULL;
    if (!chance(d, shown ? 800 : m->known)) return chance(d, 400) ? "draft" : NULL;
    unsigned waiting = 20 + 10 * (unsigned)(str_hash(str_of(m->org)) >> 5 & 7); /* not every ministry is as far */
    return chance(d, shown ? 280 : waiting) ? "submitted" : "confirmed";
}

/* What is to be practised on in the open round: sheets that wait in the section shown, and staff who sent nothing. */
static void leave(struct demo *d, const struct edition *e, const struct asked *a, const char *state)
{
    bool staff = str_eq(a->duty, S("staff")) && str_starts(a->org, S("hei-"));
    if (!d->second || !staff) return;
    bool shown = str_eq(a->org, S(SHOWN_SECTION));
    if (shown && state != NULL && state[0] == 's') buf_fmt(&d->handed_in, "%.*s ", STR_ARG(a->respondent));
    if (shown || state != NULL) return;
    buf_fmt(&d->unheard, "%.*s ", STR_ARG(a->respondent));
    if (d->mask != NULL) return;
    d->mask = arena_array(d->w->a, e->n_clauses / 8 + 1, 1);
    memcpy(d->mask, a->mask, (e->n_clauses + 7) / 8);
}

static enum err answer_one(void *to, const struct edition *e, const struct asked *a)
{
    struct demo *d = to;
    if (d->edition == NULL) sheet_header(d, e);
    const char *state = state_of(d, a);
    leave(d, e, a, state);
    if (state == NULL) {
        bool told = str_ends(a->org, S("-b1-s1")) && !str_eq(a->respondent, d->beginner) &&
                    str_eq(a->duty, S("staff"));
        if (told) buf_fmt(&d->silent, "%.*s ", STR_ARG(a->respondent));
        return OK;
    }
    buf_fmt(&d->sheets, "%.*s,%.*s,%.*s,%s", STR_ARG(a->respondent), STR_ARG(a->org), STR_ARG(a->duty), state);
    const struct ministry *m = ministry_of(a->org);
    size_t upto = state[0] == 'd' ? e->n_clauses * (size_t)(20 + next(d) % 60) / 100 : e->n_clauses;
    for (size_t c = 0; c < e->n_clauses; c++) {
        buf_byte(&d->sheets, ',');
        if (c < upto && mask_has(a->mask, c)) buf_byte(&d->sheets, answer_of(d, &e->clauses[c], m->done));
    }
    csv_end_row(&d->sheets);
    return OK;
}

/* Three send no persons: counts by clause and duty, and some of their people asked in a way of their own. */
struct sums {
    const char *org, *duty;
    int64_t reported, known, own;
};
static const struct sums sums[] = {
    {"tei", "staff", 300, 93, 202},   {"tei", "section-manager", 13, 5, 8}, {"tei", "system-manager", 3, 3, 0},
    {"tei", "ciso", 1, 1, 0},         {"ki", "staff", 640, 640, 0},         {"ki", "section-manager", 12, 12, 0},
    {"ki", "system-manager", 3, 3, 0}, {"ki", "ciso", 1, 1, 0},             {"uma", "staff", 700, 284, 375},
    {"uma", "section-manager", 15, 7, 8}, {"uma", "system-manager", 3, 3, 0}, {"uma", "ciso", 1, 1, 0}};

static void sums_rows(struct demo *d, const struct sums *s, struct buf *csv)
{
    unsigned done = ministry_of(str_of(s->org))->done;
    buf_fmt(csv, "%s,%s,,%d,%d,,,%d,\r\n", s->org, s->duty, (int)s->reported, (int)s->known, (int)s->own);
    for (size_t c = 0; c < d->edition->n_clauses; c++) {
        const struct clause *k = &d->edition->clauses[c];
        if (k->enhanced || !str_eq(k->duty, str_of(s->duty))) continue;
        int64_t arisen = k->no_occasion ? s->known - s->known * (int64_t)(next(d) % 90) / 1000 : s->known;
        buf_fmt(csv, "%s,%s,%.*s,%d,%d,%d,%d,,\r\n", s->org, s->duty, STR_ARG(k->number), (int)s->reported,
                (int)s->known, (int)arisen, (int)((arisen * ease(k, done, d->second) + 500) / 1000));
    }
}

static void aggregate_rows(struct demo *d, struct buf *csv)
{
    buf_add(csv, S("organisation,duty,clause,reported,known,arisen,done,own_survey,note\r\n"));
    for (size_t i = 0; i < COUNT(sums); i++) sums_rows(d, &sums[i], csv);
}

/* Some of those of whom nothing is known have a reason; every third has none. */
static enum err give_reasons(struct demo *d)
{
    static const char *const reasons[][2] = {{"long-trip", "長期の海外出張中（合成データ）"},
                                             {"transferred", "基準日の後に異動（合成データ）"},
                                             {NULL, NULL},
                                             {"leave", "休職中（合成データ）"}};
    enum err e = OK;
    size_t i = 0;
    for (str rest = buf_str(&d->silent), one; e == OK && str_cut(&rest, ' ', &one); i++) {
        const char *const *reason = reasons[i % COUNT(reasons)];
        if (one.n == 0 || reason[0] == NULL) continue;
        const struct demo_step step = {"inspect", "reason",
                                       {{"round", SHOWN_ROUND}, {"respondent", str_c(d->w->a, one)},
                                        {"reason", reason[0]}, {"why", reason[1]}}};
        e = demo_step(d->w, &step);
    }
    return e;
}

static enum err answer_round(struct demo *d, const char *round)
{
    d->sheets = buf_in(d->w->a);
    d->silent = buf_in(d->w->a);
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
    d->people = d->posts = d->systems = d->tags = buf_in(d->w->a);
    buf_add(&d->people, S("code,org,name_ja,name_en,mail,from,to\r\n"));
    buf_add(&d->posts, S("code,duty,org,system,person,deputy_of,from,to\r\n"));
    buf_add(&d->systems, S("code,org,kind,name_ja,name_en,from,to\r\n"));
    buf_add(&d->tags, S("system,key,value\r\n"));
    enum err e = staff_all(d);
    if (e == OK) e = run_file(d, "registry", "import", "what", "systems", "systems.csv", &d->systems);
    if (e == OK) e = run_file(d, "registry", "import", "what", "system-tags", "system-tags.csv", &d->tags);
    if (e == OK) e = run_file(d, "registry", "import", "what", "people", "people.csv", &d->people);
    return e == OK ? run_file(d, "registry", "import", "what", "posts", "posts.csv", &d->posts) : e;
}

/* Posts have to be held on the day: a clock before them is set to the day the demonstration counts as. */
static enum err practise(struct demo *d)
{
    struct work *w = d->w;
    int64_t now = w->now, day = day_of_load(w);
    const struct demo_left left = {month_begin(w->a, day - SINCE_BASE), buf_str(&d->handed_in), buf_str(&d->unheard),
                                   d->mask, d->beginner};
    if (now / DAY < day) w->now = day * DAY;
    enum err e = demo_practise(w, &left);
    w->now = now;
    return e;
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
    struct demo d = {.w = w, .random = 20070423, .handed_in = buf_in(w->a), .unheard = buf_in(w->a)};
    for (size_t i = 0; e == OK && i < sizeof facts / sizeof *facts; i++) e = demo_step(w, &facts[i]);
    if (e == OK) e = on_day_of_load(w, demo_plan_facts);
    if (e == OK) e = load_people(&d);
    if (e == OK) e = open_round(&d, "demo-2025", "baseline-1", 1);
    if (e == OK) e = answer_round(&d, "demo-2025");
    if (e == OK) e = demo_step(w, &close_2025);
    d.second = true;
    if (e == OK) e = open_round(&d, "demo-2026", "baseline-2", 0);
    if (e == OK) e = answer_round(&d, "demo-2026");
    for (size_t i = 0; e == OK && i < COUNT(left_out); i++) e = demo_step(w, &left_out[i]);
    if (e == OK) e = give_reasons(&d);
    if (e == OK) e = practise(&d);
    if (e == OK) e = on_day_of_load(w, demo_plan);
    if (e == OK) e = on_day_of_load(w, demo_depend);
    if (e == OK) e = on_day_of_load(w, demo_share);
    if (e == OK) e = demo_mark(w); /* people to click on are for such a database alone */
    if (e != OK) return e;
    act_noted(w, S("respondents"), str_int(w->a, RESPONDENTS));
    doc_fact(out, "respondents", M("Synthetic respondents"), C_INT(RESPONDENTS));
    doc_text(out, M("Loaded: published records fy2006, terminals-2006 and web-2006, the plans of 2006 to 2009 with their indicators "
                    "and meetings; of the synthetic government the rounds demo-2025 (closed) and demo-2026 (open), its plans "
                    "and reports; of the ten sectors the model ten-sectors, an illustration, and what synthetic operators answered; of information sharing "
                    "a synthetic centre with its ministries, CEPTOARs and operators, notices on their way, a drill, and five years of reports."));
    doc_text(out, M("Next: `meguri inspect rates --round demo-2026`, `meguri depend run --model ten-sectors --fail power-supply:12`, "
                    "`meguri share board --as p20021`"));
    return OK;
}

/* ---- people ---- */
/* A handful to look at it as, one for each kind of work. */
static const struct {
    str org, duty;
} sign_in[] = {
    {S_INIT(SHOWN_SECTION), S_INIT("staff")}, {S_INIT(SHOWN_SECTION), S_INIT("section-manager")},
    {S_INIT("hei"), S_INIT("inspection-officer")}, {S_INIT("hei"), S_INIT("ciso")},
    {S_INIT("otsu"), S_INIT("ciso")},         {S_INIT("demo"), S_INIT("centre-officer")},
    {S_INIT("demo"), S_INIT("centre-head")},  {S_INIT("demo"), S_INIT("auditor")},
    {S_INIT("demo"), S_INIT("administrator")},
    {S_INIT("infrastructure"), S_INIT("centre-officer")}, {S_INIT("demo-denryoku-1"), S_INIT("inspection-officer")},
    {S_INIT("di-centre"), S_INIT("centre-officer")}, {S_INIT("hei"), S_INIT("sharing-officer")},
    {S_INIT("di-power-ceptoar"), S_INIT("sharing-officer")}, {S_INIT("di-power-01"), S_INIT("sharing-officer")},
    {S_INIT("di-power-02"), S_INIT("sharing-officer")}, {S_INIT("di-finance-01"), S_INIT("sharing-officer")},
};

static enum err view_people(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person"), 0, NULL, NULL},
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"post", CELL_TEXT, N("Post"), COL_DETAIL, NULL, NULL},
        {"number", CELL_TEXT, N("Staff number"), COL_DETAIL, NULL, NULL},
    };
    (void)in;
    size_t shown = 0;
    DOC_TABLE(out, "people", columns);
    for (size_t i = 0; i < COUNT(sign_in); i++) {
        struct demo_person p;
        enum err e = demo_person(w, sign_in[i].org, sign_in[i].duty, &p);
        if (e != OK && e != NOTFOUND) return e;
        if (e == NOTFOUND) continue;
        shown++;
        DOC_ROW(out,
                C_PERSON(p.code, p.name_ja, p.name_en),
                ((struct cell){.type = CELL_ENUM, .text = p.duty, .ja = p.duty_ja, .en = p.duty_en}), C_ORG(p.org, p.org_ja, p.org_en, 0), C_TEXT(p.post), C_TEXT(p.code));
    }
    doc_table_end(out);
    doc_note(out, shown == 0 ? M("There is no demonstration in this store: `meguri demo load` brings one.")
                             : M("Invented people. On the command line: --as NUMBER, or --as NUMBER/POST for one with "
                                 "several posts."));
    return OK;
}

static const struct entry demo_entries[] = {
    {"load", ENTRY_ACT, N("Load the demonstration into an empty store"), MAY_ADMINISTER, NULL, NULL, act_load, NULL, NULL,
     LONG | BEGINS | LOCAL},
    SUB_VIEW("people", N("People of the demonstration to look at it as"), MAY_ANYONE, NULL, NULL, view_people),
};
const struct room demo_room = {
    .name = "demo", .title = N("a synthetic government to try it on"), .entries = demo_entries, .n_entries = 2,
};
