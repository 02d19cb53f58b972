/* What went through the tiers lately: a notice that nearly all confirmed, one under way, a drill of last autumn, a draft; and an operator's report that came
 * back as a notice. Each act is by whoever would do it, at the time at which it would be done. */
#include "base/clock.h"
#include "house/demo_share.h"
#include "house/house_store.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct story {
    const char *title, *kind, *urgency, *text, *measure, *references, *tlp;
    int64_t begins;         /* when the centre sends it */
    bool drill;
    unsigned in_time, late; /* of a thousand operators; the others are not reached */
    int stuck;              /* sector whose CEPTOAR has not passed it on; -1: none */
};
struct days {
    struct work *w;
    uint64_t random;
    int64_t now; /* of the load: nothing happens after it */
    str notice;
    const struct story *story;
};

/* ---- acts at their time ---- */

/* What would come after the load is left out. */
static enum err act_by(struct days *d, int64_t at, const char *duty, const char *org, const char *entry, const struct given *given, size_t n)
{
    return at > d->now ? OK : demo_at(d->w, at, duty, org, entry, given, n);
}
#define BY(d, at, duty, org, entry, ...) \
    act_by(d, at, duty, org, entry, (const struct given[]){__VA_ARGS__}, sizeof((const struct given[]){__VA_ARGS__}) / sizeof(struct given))

static int64_t between(struct days *d, int64_t low, int64_t high) { return low + (int64_t)(demo_chance(&d->random) % (uint64_t)(high - low)); }

/* ---- down through the tiers ---- */

static enum err send(struct days *d)
{
    const struct story *s = d->story;
    const struct given draft[] = {
        GIVEN("title", str_of(s->title)), GIVEN("kind", str_of(s->kind)), GIVEN("urgency", str_of(s->urgency)), GIVEN("text", str_of(s->text)),
        GIVEN("measure", str_of(s->measure)), GIVEN("references", str_of(s->references)), GIVEN("tlp", str_of(s->tlp)), GIVEN("pap", S("amber")),
        GIVEN("to", S("sector:di-power")), GIVEN("to", S("sector:di-telecom")), GIVEN("to", S("sector:di-finance")), GIVEN("to", S("sector:di-water")),
        GIVEN("to", S("sector:di-railway")), GIVEN("drill", s->drill ? S("1") : S("0"))};
    enum err e = act_by(d, s->begins - 20 * MINUTE, "centre-officer", "di-centre", "draft", draft, COUNT(draft));
    d->notice = demo_went(d->w, "notice");
    return e == OK ? BY(d, s->begins, "centre-officer", "di-centre", "send", GIVEN("notice", d->notice)) : e;
}

static enum err ministry_passes(struct days *d, const char *org, const char *text, int64_t at)
{
    return BY(d, at, "sharing-officer", org, "pass", GIVEN("notice", d->notice), GIVEN("text", str_of(text)), GIVEN("confirm", S("1")));
}

static enum err ministries_pass(struct days *d)
{
    static const struct {
        const char *org, *text;
        int64_t after; /* minutes */
    } passes[] = {{"hei", "所管の事業者におかれては、対応の状況を当省にもお知らせください。" INVENTED, 18}, {"otsu", "", 35}, {"tei", "小規模な事業者には事務局から電話でも伝えてください。" INVENTED, 52}};
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(passes); i++) e = ministry_passes(d, passes[i].org, passes[i].text, d->story->begins + passes[i].after * MINUTE);
    return e;
}

/* By itself where somebody signs in there, else by the office of its CEPTOAR. */
static enum err word_of(struct days *d, const struct demo_sector *s, const char *org, int64_t at)
{
    static const char *const states[] = {"confirmed", "confirmed", "confirmed", "acting", "acting", "done", "not-applicable"};
    str state = str_of(states[demo_chance(&d->random) % COUNT(states)]);
    struct demo_person who;
    enum err e = demo_person(d->w, str_of(org), S("sharing-officer"), &who);
    if (e == OK) return BY(d, at, "sharing-officer", org, "confirm", GIVEN("notice", d->notice), GIVEN("state", state));
    if (e != NOTFOUND) return e;
    if (demo_chance(&d->random) % 2 == 0)
        return BY(d, at, "sharing-officer", demo_office(d->w, s), "confirm", GIVEN("notice", d->notice), GIVEN("state", state), GIVEN("of", str_of(org)));
    return BY(d, at, "sharing-officer", demo_office(d->w, s), "confirm", GIVEN("notice", d->notice), GIVEN("state", state), GIVEN("of", str_of(org)),
              GIVEN("channel", demo_chance(&d->random) % 4 == 0 ? S("fax") : S("phone")), GIVEN("spoke_to", S("当番の担当" INVENTED)));
}

static enum err why_not(struct days *d, const struct demo_sector *s, const char *org, int64_t at)
{
    static const char *const causes[] = {"contact-changed", "contact-changed", "contact-changed", "absent", "absent", "not-delivered", "overlooked", "procedure"};
    return BY(d, at, "sharing-officer", demo_office(d->w, s), "cause", GIVEN("notice", d->notice), GIVEN("of", str_of(org)),
              GIVEN("cause", str_of(causes[demo_chance(&d->random) % COUNT(causes)])));
}

/* Of what is under way the first two of each sector have said nothing: something to try it with. */
enum { LEFT = 2 };

static enum err operators_confirm(struct days *d, const struct demo_sector *s, int64_t passed)
{
    enum err e = OK;
    for (int i = 1; e == OK && i <= s->operators; i++) {
        if (d->story->stuck >= 0 && i <= LEFT) continue;
        const char *org = demo_operator(d->w, s, i);
        unsigned fate = (unsigned)(demo_chance(&d->random) % 1000);
        int64_t quick = passed + between(d, 6, 220) * MINUTE, late = passed + between(d, 260, 700) * MINUTE;
        bool once = fate < d->story->in_time, ever = once || fate < d->story->in_time + d->story->late;
        e = once ? word_of(d, s, org, quick) : ever ? word_of(d, s, org, late) : why_not(d, s, org, passed + 26 * HOUR);
        if (e == OK && ever && !once && fate % 2 == 0) e = why_not(d, s, org, late + HOUR);
    }
    return e;
}

static enum err office_passes(struct days *d, const struct demo_sector *s, int64_t at)
{
    enum err e = BY(d, at, "sharing-officer", demo_office(d->w, s), "pass", GIVEN("notice", d->notice), GIVEN("confirm", S("1")));
    return e == OK ? operators_confirm(d, s, at) : e;
}

static enum err told(struct days *d, const struct story *s)
{
    d->story = s;
    enum err e = send(d);
    if (e == OK) e = ministries_pass(d);
    for (int i = 0; e == OK && i < DEMO_SECTORS; i++)
        if (i != s->stuck) e = office_passes(d, &demo_sectors[i], s->begins + (70 + 17 * i) * MINUTE);
    return e;
}

/* The notice that was made of a report, to two sectors: down the same way. */
enum err demo_share_pass_down(struct work *w, str notice, int64_t sent)
{
    static const struct story returned = {.in_time = 930, .late = 30, .stuck = -1};
    struct days d = {.w = w, .random = 20090226, .now = w->now, .notice = notice, .story = &returned};
    enum err e = ministry_passes(&d, "hei", "", sent + 25 * MINUTE);
    if (e == OK) e = ministry_passes(&d, "otsu", "", sent + 40 * MINUTE);
    for (int i = 1; e == OK && i <= 2; i++) e = office_passes(&d, &demo_sectors[i], sent + (60 + 15 * i) * MINUTE);
    return e;
}

/* An hour of a day in Japan; the day so many before the load. */
static int64_t hour_of(const struct days *d, int64_t days_ago, int64_t hour) { return (japan_day(d->now) - days_ago) * DAY - JAPAN + hour * HOUR; }

/* The second Wednesday of October that lies behind the load. */
static int64_t autumn(struct days *d)
{
    int64_t today_ = japan_day(d->now), day = 0;
    for (int year = calendar_year(today_); year > 0; year--) {
        if (!date_parse(str_fmt(d->w->a, "%d-10-08", year), &day)) return today_ - 30;
        day += (6 - day % 7 + 7) % 7; /* 1970-01-01 was a Thursday: Wednesdays are 6 after it */
        if (day < today_ - 7) break;
    }
    return day * DAY - JAPAN + 10 * HOUR;
}

static enum err drafted(struct days *d)
{
    return BY(d, d->now - HOUR, "centre-officer", "di-centre", "draft", GIVEN("title", S("年末年始に向けた体制の確認" INVENTED)), GIVEN("kind", S("prevention")),
              GIVEN("urgency", S("ordinary")), GIVEN("text", S("長期の休みの前に、連絡先と当番を確かめてください。" INVENTED)), GIVEN("to", S("sector:di-power")),
              GIVEN("to", S("sector:di-water")), GIVEN("tlp", S("green")));
}

/* Public, so that the feeds have something to tell. */
static enum err public_one(struct days *d)
{
    enum err e = BY(d, d->now - 40 * MINUTE, "centre-officer", "di-centre", "draft", GIVEN("title", S("更新プログラムの適用のお願い" INVENTED)),
                    GIVEN("kind", S("prevention")), GIVEN("urgency", S("ordinary")), GIVEN("text", S("公開された更新プログラムを、早めに適用してください。" INVENTED)),
                    GIVEN("measure", S("自動更新を有効にし、再起動まで確かめてください。" INVENTED)), GIVEN("to", S("kind:partner")), GIVEN("tlp", S("clear")),
                    GIVEN("pap", S("clear")));
    d->notice = demo_went(d->w, "notice");
    return e == OK ? BY(d, d->now - 30 * MINUTE, "centre-officer", "di-centre", "send", GIVEN("notice", d->notice)) : e;
}

enum err demo_share_days(struct work *w)
{
    struct days d = {.w = w, .random = 20061101, .now = w->now};
    const struct story stories[] = {
        {.title = "連絡体制の訓練" INVENTED, .kind = "prevention", .urgency = "important", .text = "訓練です。この情報提供を受け取ったら、受領の確認だけを行ってください。" INVENTED,
         .measure = "受領確認をした時刻と担当を、各機関で記録してください。" INVENTED, .references = "", .tlp = "amber", .begins = autumn(&d), .drill = true, .in_time = 890, .late = 50,
         .stuck = -1},
        {.title = "遠隔接続装置のぜい弱性への対応" INVENTED, .kind = "prevention", .urgency = "important",
         .text = "遠隔接続装置のぜい弱性を悪用した侵入が、国内で続いています。対象の装置の利用の有無を確かめてください。" INVENTED,
         .measure = "修正版を適用するまで、管理画面への外部からの接続を止めてください。" INVENTED, .references = "模擬遠隔接続装置 3.x" INVENTED, .tlp = "amber",
         .begins = hour_of(&d, 5, 10), .in_time = 915, .late = 50, .stuck = -1},
        {.title = "サービス不能攻撃の予告" INVENTED, .kind = "containment", .urgency = "important",
         .text = "特定の業種を名指しして、サービス不能攻撃を予告する書込みを確認しました。" INVENTED, .measure = "通信量の監視を強め、回線事業者の連絡先を手元に置いてください。" INVENTED,
         .references = "", .tlp = "amber", .begins = w->now - 4 * HOUR, .in_time = 720, .late = 90, .stuck = 4},
    };
    enum err e = told(&d, &stories[0]); /* in the order of their days, so that numbers are */
    if (e == OK) e = told(&d, &stories[1]);
    if (e == OK) e = demo_share_reports(w);
    if (e == OK) e = told(&d, &stories[2]);
    if (e == OK) e = drafted(&d);
    return e == OK ? public_one(&d) : e;
}
