/* Reminders under a test clock: day by day over a round, who gets what, in which language, and that nobody gets it twice. */
#include "inspect_kit.h"

#include "access/days.h"
#include "account/account.h"
#include "base/embed.h"
#include "home/home.h"
#include "home/remind.h"

enum { HOUR = 3600 };

/* ---- a small programme: ministry A with section a1 (manager, three staff) and a2; due Friday 2026-05-15 ---- */

static void sql(struct work *w, const char *text, struct values v)
{
    const struct sql s = OPEN("a test", text);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &s, v));
    assert_ok(w, store_commit(w));
}

static void settings(struct work *w)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, setting_put(w, S("url"), S("https://round.example")));
    assert_ok(w, setting_put(w, S("mail"), S("1")));
    assert_ok(w, store_commit(w));
}

static void people(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\n"
                "staff,職員,Staff,answer,10\nmanager,課室責任者,Section manager,answer confirm names rates,20\n"
                "head,統括,Head,answer names rates manage,30\nciso,最高責任者,CISO,answer rates manage,40\n"
                "admin,管理者,Administrator,administer,50\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"
                "A,gov,ministry,10,甲省,Ministry A,,\na1,A,section,10,甲一課,Section A1,,\na2,A,section,20,甲二課,Section A2,,\n"
                "B,gov,ministry,20,乙省,Ministry B,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to,language\n"
                "ja,a1,甲田一,Ichi Koda,ja@x.example,,,ja\nen,a1,甲田二,Ni Koda,en@x.example,,,en\n"
                "both,a1,甲田三,San Koda,both@x.example,,,\nsilent,a2,甲田四,,,,,\n"
                "left,a2,甲田五,,left@x.example,,2026-04-10,\nmg,a1,甲山長,,mg@x.example,,,ja\n"
                "hd,A,甲山統,,hd@x.example,,,ja\nch,A,甲山高,,ch@x.example,,,en\nbs,B,乙田,,bs@x.example,,,ja\n"
                "ad,gov,管理,,ad@x.example,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\n"
                "s-ja,staff,a1,,ja,,,\ns-en,staff,a1,,en,,,\ns-both,staff,a1,,both,,,\ns-silent,staff,a2,,silent,,,\n"
                "s-left,staff,a2,,left,,,\nm,manager,a1,,mg,,,\nh,head,A,,hd,,,\nc,ciso,A,,ch,,,\n"
                "s-bs,staff,B,,bs,,,\nadm,admin,gov,,ad,,,\n"));
}

static void world(struct work *w)
{
    str off;
    w->now = day("2026-04-01") * DAY;
    people(w);
    assert_true(embedded_find(S("data/registry/days-off.csv"), &off));
    doing(w, "registry", "import", {"what", "days-off"}, {"file", str_c(w->a, off), "days-off.csv"});
    small_standard(w, "e1", "number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                            "2(a),2,,basic,staff,no,一,One\n2(b),2,,basic,staff,yes,二,Two\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "r1"}, {"title_ja", "令和8年度自己点検"}, {"title_en", "Inspection 2026"},
          {"edition", "e1"}, {"frame", "gov"}, {"base", "2026-04-01"}, {"due", "2026-05-15"});
    settings(w);
}

/* ---- the clock ---- */

static int64_t at(const char *date, int hour, int minute)
{
    return day(date) * DAY + hour * HOUR + minute * 60 - JAPAN;
}

/* Addresses of the letters written since, "en ja", each with the day it may go out where that is not the same. */
static str written(struct work *w, int64_t since)
{
    static const struct sql s = OPEN("a test", "SELECT mail, due, made FROM outbox WHERE id > $1 ORDER BY mail");
    struct buf b = buf_in(w->a);
    struct rows *r;
    assert_ok(w, store_rows(w, &s, ARGS(INT(since)), &r));
    while (rows_next(r)) {
        str mail = rows_text(r, 0);
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, str_sub(mail, 0, (size_t)str_find(mail, S("@"))));
        if (rows_int(r, 1) != rows_int(r, 2)) buf_fmt(&b, ">%.*s", STR_ARG(time_text(w->a, rows_int(r, 1))));
    }
    assert_ok(w, rows_done(r));
    return buf_str(&b);
}

static int64_t last_letter(struct work *w)
{
    static const struct sql s = OPEN("a test", "SELECT coalesce(max(id), 0) FROM outbox");
    int64_t id;
    assert_ok(w, store_int(w, &s, NOARGS, &id));
    return id;
}

static str tick(struct work *w, int64_t now)
{
    int64_t since = last_letter(w);
    w->now = now;
    for (bool more = true; more;) {
        assert_ok(w, store_begin(w));
        assert_ok(w, home_room.tick(w, &more));
        assert_ok(w, store_commit(w));
    }
    return written(w, since);
}

static void letter_to(struct work *w, const char *who, str *subject, str *text)
{
    static const struct sql s = OPEN("a test", "SELECT subject, body FROM outbox WHERE mail = $1 ORDER BY id DESC");
    struct rows *r;
    assert_ok(w, store_rows(w, &s, ARGS(TEXT(str_fmt(w->a, "%s@x.example", who))), &r));
    assert_true(rows_next(r));
    *subject = str_dup(w->a, rows_text(r, 0));
    *text = str_dup(w->a, rows_text(r, 1));
    while (rows_next(r)) continue;
    assert_ok(w, rows_done(r));
}

static void has(struct work *w, str text, const char *part)
{
    if (str_find(text, str_of(part)) < 0) fail_msg("no '%s' in: %s", part, str_c(w->a, text));
}

static void lacks(struct work *w, str text, const char *part)
{
    if (str_find(text, str_of(part)) >= 0) fail_msg("'%s' in: %s", part, str_c(w->a, text));
}

/* ---- the whole round, day by day ---- */

static void a_round_day_by_day(struct work *w)
{
    /* -10 is 27 April, for 29 April and 3 to 6 May are off; the manager daily from 12 May on; the head on the first
     * working day of each week, which is Thursday after the holidays; the chief officer once, on 22 May. */
    static const struct {
        const char *date, *told;
    } wanted[] = {
        {"2026-04-20", "hd"}, {"2026-04-27", "both bs en hd ja"}, {"2026-05-07", "hd"}, {"2026-05-11", "hd"},
        {"2026-05-12", "both bs en ja mg"}, {"2026-05-13", "mg"}, {"2026-05-14", "mg"}, {"2026-05-15", "both bs en ja mg"},
        {"2026-05-18", "hd mg"}, {"2026-05-19", "both bs en ja mg"}, {"2026-05-20", "mg"}, {"2026-05-21", "mg"},
        {"2026-05-22", "ch mg"}, {"2026-05-25", "hd mg"}, {"2026-05-26", "mg"}, {"2026-05-27", "mg"},
    };
    world(w);
    size_t next = 0, n = sizeof wanted / sizeof *wanted;
    for (int64_t d = day("2026-04-20"); d <= day("2026-05-27"); d++) {
        str date = date_text(w->a, d);
        const char *told = next < n && str_eq(str_of(wanted[next].date), date) ? wanted[next++].told : "";
        assert_str(tick(w, d * DAY + 6 * HOUR - JAPAN), ""); /* before eight nothing goes out */
        str got = tick(w, d * DAY + 9 * HOUR - JAPAN);
        if (!str_eq(got, str_of(told))) fail_msg("%s: %s", str_c(w->a, date), str_c(w->a, got));
        assert_str(tick(w, d * DAY + 9 * HOUR + 60 - JAPAN), ""); /* a second run does nothing */
        assert_str(tick(w, d * DAY + 18 * HOUR - JAPAN), "");
    }
    assert_int_equal(next, n);
}

/* ---- what letters say ---- */

static void letters_speak_the_readers_language(struct work *w)
{
    str subject, text;
    world(w);
    (void)tick(w, at("2026-05-11", 9, 0));
    (void)tick(w, at("2026-05-12", 9, 0));
    letter_to(w, "ja", &subject, &text);
    assert_str(subject, "自己点検：未提出の自己点検票1件（令和8年5月12日）");
    has(w, text, "甲田一 様");
    has(w, text, "提出期限 令和8年5月15日（あと3開庁日）");
    has(w, text, "https://round.example/inspect/sheet?round=r1&respondent=s-ja");
    has(w, text, "課室情報セキュリティ責任者");
    lacks(w, text, "Dear");
    letter_to(w, "en", &subject, &text);
    assert_str(subject, "Self-inspection: sheets to hand in: 1 (2026-05-12)");
    has(w, text, "Dear Ni Koda");
    has(w, text, "due 2026-05-15 (in 3 working days)");
    lacks(w, text, "様");
    letter_to(w, "both", &subject, &text);
    has(w, subject, "自己点検：");
    has(w, subject, " / Self-inspection: ");
    assert_true(str_find(text, S("甲田三 様")) >= 0 && str_find(text, S("甲田三 様")) < str_find(text, S("Dear San Koda")));
}

static void managers_see_names_of_their_unit_heads_and_chiefs_counts(struct work *w)
{
    str subject, text;
    world(w);
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b)\ns-en,done,done\n"));
    (void)tick(w, at("2026-05-15", 9, 0));
    letter_to(w, "mg", &subject, &text);
    has(w, subject, "未提出2名");
    has(w, subject, "確認待ち1件");
    has(w, text, "甲田一（職員）：未着手");
    has(w, text, "甲田三");
    lacks(w, text, "甲田二"); /* handed in */
    lacks(w, text, "甲田四"); /* of another unit */
    has(w, text, "https://round.example/inspect/queue?round=r1&org=a1");
    (void)tick(w, at("2026-05-18", 9, 0));
    letter_to(w, "hd", &subject, &text);
    has(w, text, "甲一課：未提出2件（3件中）、確認待ち1件");
    has(w, text, "甲二課：未提出2件（2件中）");
    lacks(w, text, "甲田");
    (void)tick(w, at("2026-05-22", 9, 0));
    letter_to(w, "ch", &subject, &text);
    has(w, subject, "overdue");
    has(w, text, "5 working days after the due day 4 of 5 sheets are not handed in, 1 wait for confirmation");
    lacks(w, text, "甲田");
    lacks(w, text, "Section A1");
}

static void a_managers_own_sheet_is_no_news_of_the_unit(struct work *w)
{
    str subject, text;
    world(w);
    doing(w, "registry", "import", {"what", "posts"}, FILED("code,duty,org,system,person\ns-mg,staff,a1,,mg\n"));
    doing(w, "inspect", "open", {"code", "r2"}, {"title_ja", "臨時点検"}, {"edition", "e1"}, {"frame", "a1"},
          {"base", "2026-04-01"}, {"due", "2026-05-15"});
    doing(w, "inspect", "import", {"round", "r2"}, FILED("respondent,2(a),2(b)\ns-en,done,done\ns-ja,done,done\ns-both,done,done\n"));
    (void)tick(w, at("2026-05-11", 9, 0));
    assert_str(tick(w, at("2026-05-12", 9, 0)), "both bs en ja mg");
    letter_to(w, "mg", &subject, &text); /* one letter of both rounds, and of both posts */
    has(w, subject, "未提出の自己点検票1件、未提出3名、確認待ち3件");
    has(w, text, "臨時点検　甲一課\n  未提出0件（4件中）、確認待ち3件");
    has(w, text, "令和8年度自己点検　甲一課\n  未提出3件（3件中）");
    lacks(w, text, "甲山長（");
}

static void what_is_shut_waits_for_nobody(struct work *w)
{
    world(w);
    (void)tick(w, at("2026-05-11", 9, 0));
    doing(as(w, "hd"), "inspect", "close-unit", {"round", "r1"}, {"org", "a1"});
    assert_str(tick(w, at("2026-05-12", 9, 0)), "bs");
}

static void an_extension_moves_the_days(struct work *w)
{
    world(w);
    (void)tick(w, at("2026-05-11", 9, 0));
    doing(as(w, "hd"), "inspect", "extend", {"round", "r1"}, {"respondent", "s-en"}, {"until", "2026-05-22"}, {"why", "長期出張"});
    assert_str(tick(w, at("2026-05-12", 9, 0)), "both bs ja mg");
    assert_str(tick(w, at("2026-05-13", 9, 0)), "mg");
    (void)tick(w, at("2026-05-18", 9, 0));
    assert_str(tick(w, at("2026-05-19", 9, 0)), "both bs en ja mg"); /* +2 of the others, -3 of the later one */
    str subject, text;
    letter_to(w, "en", &subject, &text);
    has(w, text, "due 2026-05-22 (in 3 working days)");
    (void)tick(w, at("2026-05-21", 9, 0));
    assert_str(tick(w, at("2026-05-22", 9, 0)), "ch en mg");
}

static void a_sheet_given_back_is_told_on_the_next_run(struct work *w)
{
    world(w);
    doing(w, "inspect", "import", {"round", "r1"},
          FILED("respondent,2(a),2(b)\ns-en,done,done\ns-ja,done,done\ns-both,done,done\n"));
    (void)tick(w, at("2026-05-07", 9, 0));
    w->now = at("2026-05-07", 15, 0);
    doing(as(w, "mg"), "inspect", "return", {"round", "r1"}, {"respondent", "s-ja"}, {"reason", "2(a) の根拠"});
    assert_str(tick(w, at("2026-05-07", 16, 0)), "");
    assert_str(tick(w, at("2026-05-08", 9, 0)), "ja");
    str subject, text;
    letter_to(w, "ja", &subject, &text);
    has(w, text, "2(a) の根拠");
    (void)tick(w, at("2026-05-11", 9, 0));
    assert_str(tick(w, at("2026-05-12", 9, 0)), "bs ja mg"); /* still not handed in: told on its days again */
    w->now = at("2026-05-12", 12, 0);
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b)\ns-ja,done,not_done\n"));
    assert_str(tick(w, at("2026-05-15", 9, 0)), "bs mg"); /* the manager, for three wait */
}

static void a_run_that_was_missed_is_made_up_once(struct work *w)
{
    world(w);
    (void)tick(w, at("2026-05-11", 9, 0));
    assert_str(tick(w, at("2026-05-20", 10, 0)), "both bs en hd ja mg"); /* -3, 0 and +2 passed: one letter */
    assert_str(tick(w, at("2026-05-21", 9, 0)), "mg");
    sql(w, "UPDATE round SET state = 'closed'", NOARGS);
    assert_str(tick(w, at("2026-05-22", 9, 0)), "");
}

/* ---- by hand ---- */

/* The lock is the only one: who hands in waits for a step, not for the run. */
static void many_are_told_in_short_steps(struct work *w)
{
    enum { MANY_PEOPLE = 1500, LONGEST = 1000 };
    struct buf folk = buf_in(w->a), posts = buf_in(w->a);
    world(w);
    buf_add(&folk, S("code,org,name_ja,name_en,mail,from,to,language\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    for (int i = 0; i < MANY_PEOPLE; i++) {
        buf_fmt(&folk, "q%d,B,乙山,,q%d@x.example,,,ja\n", i, i);
        buf_fmt(&posts, "s-q%d,staff,B,,q%d,,,\n", i, i);
    }
    doing(w, "registry", "import", {"what", "people"}, FILED(str_c(w->a, buf_str(&folk))));
    doing(w, "registry", "import", {"what", "posts"}, FILED(str_c(w->a, buf_str(&posts))));
    doing(w, "inspect", "open", {"code", "r2"}, {"title_ja", "乙省自己点検"}, {"title_en", "Inspection of B"}, {"edition", "e1"},
          {"frame", "B"}, {"base", "2026-04-01"}, {"due", "2026-05-15"});
    w->now = at("2026-05-15", 9, 0);
    int64_t first = last_letter(w), before = first;
    bool more = true;
    for (int steps = 0; more; steps++) {
        assert_ok(w, store_begin(w));
        assert_ok(w, home_room.tick(w, &more));
        assert_ok(w, store_commit(w));
        assert_true(last_letter(w) - before <= LONGEST && steps < 3);
        before = last_letter(w);
    }
    assert_true(before - first >= MANY_PEOPLE);
}

static void by_hand_within_reach_and_not_at_night(struct work *w)
{
    world(w);
    w->now = at("2026-05-08", 20, 30); /* a Friday evening */
    int64_t since = last_letter(w);
    struct kept *k = doing(as(w, "hd"), "home", "remind", {"org", "A"});
    assert_int_equal(fact_int(k, "letters"), 4);
    assert_int_equal(fact_int(k, "unreachable"), 1);
    assert_int_equal(rows_of(k, "letters"), 4);
    assert_true(noted_has(k, "next working morning"));
    assert_str(written(w, since), "both>2026-05-10T23:00:00Z en>2026-05-10T23:00:00Z ja>2026-05-10T23:00:00Z"
                                  " mg>2026-05-10T23:00:00Z"); /* Monday, eight in the morning in Japan */
    k = doing(as(w, "hd"), "home", "remind", {"round", "r1"});
    assert_int_equal(fact_int(k, "letters"), 0);
    assert_int_equal(fact_int(k, "told_today"), 4);
    /* The letter of that morning is theirs for the day: the clock's run says nothing more. */
    assert_str(tick(w, at("2026-05-11", 9, 0)), "hd");
    refused(as(w, "hd"), NOTFOUND, "B", "home", "remind", {"org", "B"});
    refused(as(w, "ja"), DENIED, "", "home", "remind", {"round", "r1"});
    refused(as(w, "hd"), INVALID, "no round 'r9' is open", "home", "remind", {"round", "r9"});
    sql(w, "UPDATE setting SET value = '' WHERE key = 'mail'", NOARGS);
    refused(as(w, "hd"), INVALID, "no mail goes out", "home", "remind", {"round", "r1"});
}

static void the_page_tells_what_comes_and_who_is_out_of_reach(struct work *w)
{
    world(w);
    w->now = at("2026-05-11", 9, 30);
    struct kept *k = doing(as(w, "hd"), "home", "reminders", {NULL, NULL});
    assert_int_equal(fact_int(k, "unreachable"), 1);
    assert_str(cell_in(k, "unreachable", 0, "person")->text, "silent");
    assert_str(cell_in(k, "next", 0, "who")->text, "heads");
    ptrdiff_t t = kept_table(k, "next");
    bool found = false;
    for (size_t i = 0; i < k->table[t].n; i++)
        found |= str_eq(cell_in(k, "next", i, "who")->text, S("respondents")) &&
                 cell_in(k, "next", i, "day")->i == day("2026-05-12") && cell_in(k, "next", i, "people")->i == 4;
    assert_true(found);
    (void)tick(w, at("2026-05-12", 9, 0));
    k = doing(as(w, "hd"), "home", "reminders", {NULL, NULL});
    assert_int_equal(cell_in(k, "sent", 0, "letters")->i, 4); /* not that of the other ministry */
    k = doing(w, "home", "reminders", {NULL, NULL});
    assert_int_equal(cell_in(k, "sent", 0, "letters")->i, 5);
}

static void rules_are_settings(struct work *w)
{
    world(w);
    struct work *ad = as(w, "ad");
    doing(ad, "home", "remind-settings", {"days", "-5 0"}, {"heads", "never"}, {"quiet", "20:00-09:30"}, {"contact", "内線 1234"});
    (void)tick(w, at("2026-05-07", 9, 45));
    assert_str(tick(w, at("2026-05-08", 9, 0)), "");
    assert_str(tick(w, at("2026-05-08", 9, 45)), "both bs en ja");
    str subject, text;
    letter_to(w, "en", &subject, &text);
    has(w, text, "内線 1234");
    refused(ad, INVALID, "'0 -3' is not understood", "home", "remind-settings", {"days", "0 -3"});
    refused(ad, INVALID, "is not understood", "home", "remind-settings", {"days", "-3 x"});
    refused(ad, INVALID, "is not understood", "home", "remind-settings", {"quiet", "08:00-19:00"});
    refused(ad, INVALID, "is not understood", "home", "remind-settings", {"managers_from", "99"});
    refused(ad, NOTFOUND, "no duty 'boss'", "home", "remind-settings", {"late_duties", "ciso boss"});
    refused(as(w, "hd"), DENIED, "", "home", "remind-settings", {"sending", "paused"});
    doing(ad, "home", "remind-settings", {"sending", "paused"});
    assert_str(tick(w, at("2026-05-15", 10, 0)), "");
}

/* ---- letters that wait, and loops ---- */

static void letters_wait_and_an_address_has_its_share_of_a_day(struct work *w)
{
    struct letter l = {.to = S("a@x.example"), .subject = S("s"), .text = S("t")}, got;
    int64_t n;
    world(w);
    static const struct sql org = OPEN("a test", "SELECT id FROM org WHERE code = 'A'");
    assert_ok(w, store_int(w, &org, NOARGS, &l.org));
    w->now = at("2026-05-08", 20, 0);
    assert_ok(w, store_begin(w));
    l.due = at("2026-05-11", 8, 0);
    assert_ok(w, outbox_add(w, &l));
    assert_ok(w, store_commit(w));
    assert_err(w, outbox_next(w, &got), NOTFOUND);
    assert_ok(w, store_begin(w));
    l.due = 0; /* urgent: at once */
    assert_ok(w, outbox_add(w, &l));
    assert_ok(w, outbox_next(w, &got));
    assert_ok(w, outbox_sent(w, got.id, S(""), false));
    assert_ok(w, store_commit(w));
    assert_ok(w, outbox_sent_lately(w, l.to, &n));
    assert_int_equal(n, 1);
    w->now = at("2026-05-11", 7, 59);
    assert_err(w, outbox_next(w, &got), NOTFOUND);
    w->now = at("2026-05-11", 8, 0);
    assert_ok(w, outbox_next(w, &got));
    assert_ok(w, outbox_sent_lately(w, l.to, &n));
    assert_int_equal(n, 0); /* that of three days ago is none of this day */
    tick(w, at("2026-05-11", 18, 59)); /* nobody sent it: it is evening, and it waits for the morning */
    assert_ok(w, outbox_next(w, &got));
    tick(w, at("2026-05-11", 19, 0));
    assert_err(w, outbox_next(w, &got), NOTFOUND);
    w->now = at("2026-05-12", 8, 0);
    assert_ok(w, outbox_next(w, &got));
}

/* ---- rules, pure ---- */

static void nights_and_days_off_wait_for_a_working_morning(void **state)
{
    (void)state;
    static int64_t off[4];
    const struct days c = {off, 4};
    const struct remind_rules r = {.quiet_from = 19 * 60, .quiet_until = 8 * 60};
    off[0] = day("2026-04-29");
    for (int i = 1; i < 4; i++) off[i] = day("2026-05-03") + i;
    assert_int_equal(letter_time(&r, &c, at("2026-04-28", 18, 59)), at("2026-04-28", 18, 59));
    assert_int_equal(letter_time(&r, &c, at("2026-04-28", 19, 0)), at("2026-04-30", 8, 0));
    assert_int_equal(letter_time(&r, &c, at("2026-04-29", 12, 0)), at("2026-04-30", 8, 0));
    assert_int_equal(letter_time(&r, &c, at("2026-04-30", 0, 1)), at("2026-04-30", 8, 0));
    assert_int_equal(letter_time(&r, &c, at("2026-04-30", 8, 0)), at("2026-04-30", 8, 0));
    assert_int_equal(letter_time(&r, &c, at("2026-05-01", 23, 0)), at("2026-05-07", 8, 0));
    /* Due on a Sunday: its day is the Friday before. */
    assert_int_equal(due_distance(&c, day("2026-04-26"), day("2026-04-24")), 0);
    assert_int_equal(due_distance(&c, day("2026-04-26"), day("2026-04-27")), 1);
    assert_int_equal(due_distance(&c, day("2026-04-26"), day("2026-04-21")), -3);
    /* A week whose Monday to Wednesday are off begins on Thursday. */
    assert_true(week_begins(&c, day("2026-05-01"), day("2026-05-07")));
    assert_false(week_begins(&c, day("2026-05-07"), day("2026-05-08")));
}

#define ON_EACH(name) static void test_##name(void **state) { (void)state; each_store(name); }
ON_EACH(a_round_day_by_day)
ON_EACH(letters_speak_the_readers_language)
ON_EACH(managers_see_names_of_their_unit_heads_and_chiefs_counts)
ON_EACH(a_managers_own_sheet_is_no_news_of_the_unit)
ON_EACH(what_is_shut_waits_for_nobody)
ON_EACH(an_extension_moves_the_days)
ON_EACH(a_sheet_given_back_is_told_on_the_next_run)
ON_EACH(a_run_that_was_missed_is_made_up_once)
ON_EACH(many_are_told_in_short_steps)
ON_EACH(by_hand_within_reach_and_not_at_night)
ON_EACH(the_page_tells_what_comes_and_who_is_out_of_reach)
ON_EACH(rules_are_settings)
ON_EACH(letters_wait_and_an_address_has_its_share_of_a_day)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nights_and_days_off_wait_for_a_working_morning),
        cmocka_unit_test(test_a_round_day_by_day),
        cmocka_unit_test(test_letters_speak_the_readers_language),
        cmocka_unit_test(test_managers_see_names_of_their_unit_heads_and_chiefs_counts),
        cmocka_unit_test(test_a_managers_own_sheet_is_no_news_of_the_unit),
        cmocka_unit_test(test_what_is_shut_waits_for_nobody),
        cmocka_unit_test(test_an_extension_moves_the_days),
        cmocka_unit_test(test_a_sheet_given_back_is_told_on_the_next_run),
        cmocka_unit_test(test_a_run_that_was_missed_is_made_up_once),
        cmocka_unit_test(test_many_are_told_in_short_steps),
        cmocka_unit_test(test_by_hand_within_reach_and_not_at_night),
        cmocka_unit_test(test_the_page_tells_what_comes_and_who_is_out_of_reach),
        cmocka_unit_test(test_rules_are_settings),
        cmocka_unit_test(test_letters_wait_and_an_address_has_its_share_of_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
