/* Information sharing in the demonstration: an infrastructure of its own, synthetic from its sectors to its 212 operators, with three ministries of the
 * synthetic government in charge; what went through it lately (demo_share_days.c), and five years (demo_share_years.c). Everything is invented and says
 * so, but for how many reports and notices there were in those years: these numbers are the published ones. */
#include "house/demo_share.h"

#include "surface/door.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

const struct demo_sector demo_sectors[DEMO_SECTORS] = {
    {"power", "hei", 40}, {"telecom", "hei", 50}, {"finance", "otsu", 60}, {"water", "tei", 37}, {"railway", "tei", 25},
};

const char *demo_operator(struct work *w, const struct demo_sector *s, int number) { return str_c(w->a, str_fmt(w->a, "di-%s-%02d", s->name, number)); }
const char *demo_office(struct work *w, const struct demo_sector *s) { return str_c(w->a, str_fmt(w->a, "di-%s-ceptoar", s->name)); }

uint64_t demo_chance(uint64_t *state) /* Steele, Lea, Flood 2014 */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

enum err demo_at(struct work *w, int64_t at, const char *duty, const char *org, const char *entry, const struct given *given, size_t n)
{
    int64_t now = w->now;
    w->now = at;
    enum err e = demo_act(w, duty, org, "share", entry, given, n);
    w->now = now;
    return e;
}

str demo_went(const struct work *w, const char *name)
{
    for (size_t i = 0; w->next != NULL && i < FORM_GIVEN && w->next->given[i].name != NULL; i++)
        if (str_eq(str_of(w->next->given[i].name), str_of(name))) return w->next->given[i].value;
    return (str){"", 0};
}

/* ---- who takes part ---- */
#define REGISTRY(what_, file_) {"registry", "import", {{"what", what_}, {"file", "@data/demo/" file_ ".csv"}}}
static const struct demo_step infrastructure[] = {
    REGISTRY("organisations", "share-organisations"),
    REGISTRY("links", "share-links"),
    REGISTRY("people", "share-people"),
    REGISTRY("posts", "share-posts"),
};
#define CENTRE(entry_, ...) {"centre-officer", "di-centre", {"share", entry_, {__VA_ARGS__}}}
static const struct deed circles[] = {
    CENTRE("bodies-import", {"file", "@data/demo/share-bodies.csv"}),
    CENTRE("group-make", {"code", "csirt"}, {"name_ja", "府省庁の対処チーム" INVENTED}, {"name_en", "Incident response teams of the ministries (synthetic)"}, {"open", "1"}),
};

/* The nineteen of the synthetic government, in official order. */
static enum err join(struct work *w)
{
    static const char *const ministries[] = {"kou", "otsu", "hei", "tei", "bo", "ki", "kanoe", "kanoto", "mizunoe", "mizunoto", "ne", "ushi", "tora", "u", "tatsu", "mi", "uma", "hitsuji", "saru"};
    struct given given[COUNT(ministries) + 1] = {GIVEN("group", demo_went(w, "group"))};
    for (size_t i = 0; i < COUNT(ministries); i++) given[i + 1] = GIVEN("add", str_of(ministries[i]));
    return demo_act(w, "centre-officer", "di-centre", "share", "group-members", given, COUNT(given));
}

/* ---- incidents inside the government: a case of each stage ---- */
#define INCIDENT(duty_, org_, title_, sort_, what_, since_, ...) \
    {duty_, org_, {"case", "open", {{"kind", "incident"}, {"org", org_}, {"title", title_ INVENTED}, {"field.sort", sort_}, \
        {"field.what", what_ INVENTED}, {"field.since", since_}, __VA_ARGS__}}}
#define STEP(duty_, org_, n_, step_, ...) {duty_, org_, {"case", "step", {{"case", demo_numbered(w, "incident", n_)}, {"step", step_}, __VA_ARGS__}}}

static enum err incidents(struct work *w)
{
    static const struct demo_step kind = {"case", "define", {{"kind", "incident"}}};
    const char *today_ = demo_on(w, 0), *past = demo_on(w, -3), *before = demo_on(w, -20);
    const struct deed all[] = {
        INCIDENT("inspection-officer", "bo", "宛先を誤ったメール", "leak", "会議の開催案内を、関係のない1者に送った。", past, {"field.affected", "c2"},
                 {"field.persons", "12"}, {"clause", "3.2.4(1)(b)"}),
        STEP("inspection-officer", "bo", 1, "contain", {"field.contained_on", past}, {"field.response", "先方に削除を依頼し、削除したとの連絡を受けた。" INVENTED}),
        INCIDENT("inspection-officer", "ushi", "持出し用パソコンの所在不明", "loss", "出張先からの帰路で所在が分からなくなった。", before,
                 {"field.affected", "c2"}, {"field.persons", "0"}),
        STEP("inspection-officer", "ushi", 2, "police", {"field.police", "reported"}, {"field.police_on", before}, {"field.police_office", "最寄りの警察署" INVENTED}),
        STEP("inspection-officer", "ushi", 2, "contain", {"field.contained_on", before}, {"field.response", "利用者の認証情報を失効させた。" INVENTED}),
        STEP("inspection-officer", "ushi", 2, "explain", {"field.cause", "mistake"}, {"field.cause_text", "車内の網棚に置き忘れた。" INVENTED}),
        INCIDENT("inspection-officer", "ne", "業務端末のマルウェア感染", "malware", "添付ファイルを開いた端末1台で、不審な通信を検知した。", today_,
                 {"field.affected", "unknown"}),
        STEP("inspection-officer", "ne", 3, "evidence", {"text", "解析担当へ引き渡した。" INVENTED}, {"field.evidence", "端末1台の複製（保管庫1）" INVENTED},
             {"field.evidence_hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}, {"field.handed_from", "自己点検担当者" INVENTED},
             {"field.handed_to", "解析担当" INVENTED}, {"field.handed_on", today_}),
    };
    enum err e = demo_step(w, &kind);
    return e == OK ? demo_deeds(w, all, COUNT(all)) : e;
}

enum err demo_share(struct work *w)
{
    work_progress(w, M("who must know, and do they"), 0, 0);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(infrastructure); i++) e = demo_step(w, &infrastructure[i]);
    if (e == OK) e = demo_deeds(w, circles, COUNT(circles));
    if (e == OK) e = join(w);
    if (e == OK) e = demo_share_contacts(w);
    if (e == OK) e = demo_share_years(w);
    if (e == OK) e = demo_share_days(w);
    return e == OK ? incidents(w) : e;
}
