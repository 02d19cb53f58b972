/* An operator's report that came up and returned as a notice to others, with its consent to the very text; a second one that its ministry has. */
#include "base/clock.h"
#include "house/demo_share.h"

enum { FIELDS_MAX = 20 };
struct told_field {
    const char *key, *value;
};

/* Saved as typed, then sent; *out: its code. */
static enum err reported(struct work *w, const char *org, int64_t at, const struct told_field *said, str *out)
{
    struct given given[FIELDS_MAX];
    size_t n = 0;
    for (; said[n].key != NULL; n++) given[n] = (struct given){.name = str_fmt(w->a, "field.%s", said[n].key), .text = str_of(said[n].value)};
    enum err e = demo_at(w, at - 8 * MINUTE, "sharing-officer", org, "report-save", given, n);
    *out = demo_went(w, "report");
    return e == OK ? AT(w, at, "sharing-officer", org, "report-send", GIVEN("report", *out)) : e;
}

static const char *moment(struct work *w, int64_t at) { return str_c(w->a, time_text(w->a, at)); }

/* From the power sector to telecommunications and finance: the notice says neither who it was nor where. */
static enum err returned(struct work *w, str report, int64_t at)
{
    enum err e = AT(w, at - 5 * MINUTE, "centre-officer", "di-centre", "report", GIVEN("report", report));
    if (e == OK) e = AT(w, at, "centre-officer", "di-centre", "sanitise", GIVEN("report", report));
    str notice = demo_went(w, "notice");
    if (e == OK)
        e = AT(w, at + 10 * MINUTE, "centre-officer", "di-centre", "draft", GIVEN("notice", notice), GIVEN("title", S("遠隔監視の通信断に関する注意" INVENTED)),
               GIVEN("text", S("遠隔監視の通信装置が更新の直後に再起動を繰り返し、監視が数時間できなくなった事例がありました。" INVENTED)),
               GIVEN("measure", S("更新の前に、予備の通信路へ切り替えられることを確かめてください。" INVENTED)), GIVEN("urgency", S("important")), GIVEN("tlp", S("amber")),
               GIVEN("to", S("sector:di-telecom")), GIVEN("to", S("sector:di-finance")));
    if (e == OK) e = AT(w, at + 20 * MINUTE, "centre-officer", "di-centre", "consent-ask", GIVEN("notice", notice));
    if (e == OK)
        e = AT(w, at + 95 * MINUTE, "sharing-officer", "di-power-01", "consent-decide", GIVEN("notice", notice), GIVEN("decision", S("given")),
               GIVEN("note", S("この文であれば差し支えありません。" INVENTED)));
    if (e == OK) e = AT(w, at + 110 * MINUTE, "centre-officer", "di-centre", "send", GIVEN("notice", notice));
    return e == OK ? demo_share_pass_down(w, notice, at + 110 * MINUTE) : e;
}

enum err demo_share_reports(struct work *w)
{
    int64_t begun = w->now - 3 * DAY, second = w->now - 5 * HOUR;
    const struct told_field came_up[] = {{"title", "変電所の遠隔監視の通信断" INVENTED}, {"begun", moment(w, begun)}, {"event", "availability"}, {"service", "変電所の遠隔監視" INVENTED},
                                         {"stopped", "part"}, {"ground", "voluntary"}, {"tlp", "amber"}, {"not_supervision", "1"},
                                         {"summary", "通信装置の更新の後、再起動を繰り返し、遠隔監視が3時間できなかった。供給への影響はない。" INVENTED}, {"causes", "equipment contractor"},
                                         {"verification", "80"}, {"level", "60"}, {"spread", "none"}, {"response", "装置を旧版に戻し、復旧した。" INVENTED}, {NULL, NULL}};
    const struct told_field waits[] = {{"title", "会員向けサイトの改ざん" INVENTED}, {"begun", moment(w, second)}, {"event", "integrity"}, {"service", "会員向けサイト" INVENTED},
                                       {"stopped", "whole"}, {"ground", "voluntary"}, {"tlp", "amber+strict"}, {NULL, NULL}};
    str first = {0}, other = {0};
    enum err e = reported(w, "di-power-01", begun + 40 * MINUTE, came_up, &first);
    if (e == OK) e = AT(w, begun + HOUR, "sharing-officer", "hei", "report", GIVEN("report", first));
    if (e == OK) e = AT(w, begun + 2 * HOUR, "sharing-officer", "hei", "report-add", GIVEN("report", first), GIVEN("text", S("同型の装置を使う事業者がほかにもあると聞いています。" INVENTED)));
    if (e == OK) e = AT(w, begun + 2 * HOUR + MINUTE, "sharing-officer", "hei", "report-pass", GIVEN("report", first));
    if (e == OK) e = returned(w, first, begun + 5 * HOUR);
    if (e == OK)
        e = AT(w, begun + 20 * HOUR, "centre-officer", "di-centre", "severity", GIVEN("report", first), GIVEN("continuity", S("1")), GIVEN("safety", S("0")), GIVEN("trust", S("1")),
               GIVEN("note", S("監視だけの停止で、供給は続いた。" INVENTED)));
    return e == OK ? reported(w, "di-power-02", second + 30 * MINUTE, waits, &other) : e;
}
