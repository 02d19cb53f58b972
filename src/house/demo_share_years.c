/* Five years of reports and notices. How many there were of each type in each year and quarter is as published (サイバーセキュリティ2024 別添5, which
 * is also in data/series/infrastructure.csv); which operator, when and why is invented. */
#include <stdlib.h>

#include "base/clock.h"
#include "format/csv.h"
#include "house/demo_share.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* FY2019, FY2020, FY2021, FY2022, then the quarters of FY2023. */
enum { SPANS = 8, YEARS_APART = 4, FIRST_YEAR = 2019 };
static const struct {
    const char *event;
    int n[SPANS];
    const char *titles[3], *causes[3];
} published[] = {
    {"near-miss", {12, 28, 25, 28, 9, 1, 2, 0}, {"不審なメールの受信", "偽サイトの発見", "ぜい弱性を探る通信の増加"}, {"suspicious-mail", "false-identity", "flood"}},
    {"confidentiality", {13, 23, 29, 17, 9, 4, 4, 3}, {"顧客情報の誤送付", "委託先からの情報漏えい", "公開設定の誤りによる閲覧"}, {"misuse", "contractor", "mismanagement"}},
    {"integrity", {11, 12, 20, 15, 5, 6, 3, 4}, {"ウェブサイトの改ざん", "記録の一部の消失", "設定情報の書換え"}, {"weakness", "equipment", "mismanagement"}},
    {"availability", {158, 157, 181, 145, 56, 31, 30, 31}, {"予約システムの利用困難", "通信装置の故障による停止", "アクセス集中による遅延"}, {"equipment", "mismanagement", "flood"}},
    {"malware-infection", {9, 18, 46, 38, 2, 4, 8, 6}, {"業務端末のマルウェア感染", "メールを介した感染", "共有フォルダの暗号化"}, {"file-run", "suspicious-mail", "weakness"}},
    {"malicious-code", {5, 3, 2, 1, 1, 0, 1, 1}, {"不正なスクリプトの実行", "不正なコードの埋込み", "管理機能の悪用"}, {"weakness", "site-visited", "weakness"}},
    {"intrusion", {14, 26, 24, 22, 6, 2, 1, 4}, {"認証情報の悪用による侵入", "遠隔接続装置からの侵入", "クラウド環境への侵入"}, {"false-identity", "weakness", "mismanagement"}},
    {"other", {47, 42, 80, 36, 11, 5, 14, 8}, {"偽サイトへの誘導", "なりすましメールの送信", "機器の異常な通信"}, {"false-identity suspicious-mail", "suspicious-mail", "unknown"}},
};
static const int from_government[SPANS] = {16, 16, 6, 2, 0, 7, 3, 9};
static const int notices_down[SPANS] = {38, 64, 91, 83, 25, 37, 34, 31};

struct years {
    struct work *w;
    uint64_t random;
    struct buf csv;
};

/* First second of a span, in Japan; of SPANS the one after the last. */
static int64_t span_begins(struct work *w, int span)
{
    static const char *const quarters[] = {"2023-04-01", "2023-07-01", "2023-10-01", "2024-01-01", "2024-04-01"};
    int64_t day = 0;
    str text = span < YEARS_APART ? str_fmt(w->a, "%d-04-01", FIRST_YEAR + span) : str_of(quarters[span - YEARS_APART]);
    return date_parse(text, &day) ? day * DAY - JAPAN : 0;
}

/* In the span, on the hour and some minutes: as forms are filled in. */
static int64_t instant(struct years *y, int span)
{
    int64_t from = span_begins(y->w, span), days = (span_begins(y->w, span + 1) - from) / DAY;
    return from + (int64_t)(demo_chance(&y->random) % (uint64_t)days) * DAY + (8 + (int64_t)(demo_chance(&y->random) % 12)) * 3600 +
           (int64_t)(demo_chance(&y->random) % 12) * 300;
}

static const char *one_of(struct years *y, const char *const *words, size_t n) { return words[demo_chance(&y->random) % n]; }

/* ---- reports, as a file of the centre's ---- */

static const char *const columns[] = {"code", "org", "first", "received", "drill", "title", "event", "service", "ground", "tlp", "causes", "verification", "level", "spread"};

static void row(struct years *y, const char *org, int span, const char *event, const char *title, const char *cause)
{
    static const char *const grounds[] = {"law", "voluntary", "voluntary", "voluntary", "exceptional"}, *const spreads[] = {"none", "none", "none", "possible", "reached", "unknown"};
    static const char *const levels[] = {"0", "40", "60", "79.9", "80", "95", "100"};
    int64_t at = instant(y, span);
    bool harm = str_eq(str_of(event), S("availability"));
    const char *time = str_c(y->w->a, time_text(y->w->a, at));
    const char *const cells[] = {"", org, time, time, "", str_c(y->w->a, str_fmt(y->w->a, "%s" INVENTED, title)), event, "", one_of(y, grounds, COUNT(grounds)), "amber", cause,
                                 harm ? "80" : "", harm ? one_of(y, levels, COUNT(levels)) : "", one_of(y, spreads, COUNT(spreads))};
    for (size_t i = 0; i < COUNT(cells); i++) csv_put(&y->csv, str_of(cells[i]), i == 0);
    csv_end_row(&y->csv);
}

static const char *any_operator(struct years *y)
{
    const struct demo_sector *s = &demo_sectors[demo_chance(&y->random) % DEMO_SECTORS];
    return demo_operator(y->w, s, 1 + (int)(demo_chance(&y->random) % (uint64_t)s->operators));
}

static void reports_of(struct years *y, int span)
{
    static const char *const ministries[] = {"hei", "otsu", "tei", "bo", "ushi"};
    for (size_t e = 0; e < COUNT(published); e++)
        for (int i = 0; i < published[e].n[span]; i++) {
            size_t what = demo_chance(&y->random) % COUNT(published[e].titles);
            row(y, any_operator(y), span, published[e].event, published[e].titles[what], published[e].causes[what]);
        }
    for (int i = 0; i < from_government[span]; i++) {
        size_t e = demo_chance(&y->random) % COUNT(published);
        row(y, one_of(y, ministries, COUNT(ministries)), span, published[e].event, published[e].titles[i % 3], published[e].causes[i % 3]);
    }
}

static enum err reports(struct years *y)
{
    for (size_t i = 0; i < COUNT(columns); i++) csv_put(&y->csv, str_of(columns[i]), i == 0);
    csv_end_row(&y->csv);
    for (int span = 0; span < SPANS; span++) reports_of(y, span);
    const struct given file = {.name = S("file"), .text = S("reports.csv"), .file = demo_file(y->w, S("reports.csv"), buf_str(&y->csv))};
    return demo_act(y->w, "centre-officer", "di-centre", "share", "reports-import", &file, 1);
}

/* ---- notices: to a partner alone, so that no inbox of today is full of them ---- */

static enum err notice(struct years *y, int64_t at, const char *title)
{
    struct work *w = y->w;
    static const char *const kinds[] = {"prevention", "prevention", "containment", "recurrence"};
    const struct given draft[] = {GIVEN("title", str_fmt(w->a, "%s" INVENTED, title)), GIVEN("kind", str_of(one_of(y, kinds, COUNT(kinds)))), GIVEN("urgency", S("ordinary")),
                                  GIVEN("text", S("過去の情報提供の記録です。" INVENTED)), GIVEN("to", S("org:di-partner")), GIVEN("tlp", S("green"))};
    enum err e = demo_at(w, at, "centre-officer", "di-centre", "draft", draft, COUNT(draft));
    str code = demo_went(w, "notice");
    if (e == OK) e = AT(w, at + 5 * MINUTE, "centre-officer", "di-centre", "send", GIVEN("notice", code));
    return e != OK ? e : AT(w, at + HOUR, "centre-officer", "di-centre", "confirm", GIVEN("notice", code), GIVEN("of", S("di-partner")), GIVEN("channel", S("phone")),
                            GIVEN("spoke_to", S("当番" INVENTED)));
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Numbered in the order of their days. */
static enum err notices_of(struct years *y, int span)
{
    static const char *const titles[] = {"製品のぜい弱性への対応", "不審なメールへの注意", "大型連休中の体制の確認", "サービス不能攻撃への備え", "類似の障害の防止"};
    int64_t *at = arena_array(y->w->a, (size_t)notices_down[span], sizeof *at);
    enum err e = OK;
    for (int i = 0; i < notices_down[span]; i++) at[i] = instant(y, span);
    qsort(at, (size_t)notices_down[span], sizeof *at, by_time);
    for (int i = 0; e == OK && i < notices_down[span]; i++) e = notice(y, at[i], one_of(y, titles, COUNT(titles)));
    return e;
}

enum err demo_share_years(struct work *w)
{
    struct years y = {.w = w, .random = 20240710, .csv = buf_in(w->a)};
    enum err e = reports(&y);
    for (int span = 0; e == OK && span < SPANS; span++) e = notices_of(&y, span);
    return e;
}
