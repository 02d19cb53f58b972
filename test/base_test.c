/* Text, dates, messages, hashes: the ground everything stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/embed.h"
#include "base/hash.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "base/work.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct arena *a;

static int begin(void **state)
{
    (void)state;
    a = arena_new(0);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void same(str got, str wanted)
{
    assert_string_equal(str_c(a, got), str_c(a, wanted));
    assert_int_equal(got.n, wanted.n);
}

/* ---- arena, str ---- */

static int closed;
static void count_closed(void *what) { closed += *(int *)what; }

static void arena_gives_back(void **state)
{
    (void)state;
    struct arena *mine = arena_new(0);
    static int one = 1, ten = 10;
    closed = 0;
    arena_closer(mine, count_closed, &one);
    struct arena_mark mark = arena_mark(mine);
    size_t used = arena_used(mine);
    arena_closer(mine, count_closed, &ten);
    memset(arena_alloc(mine, 1 << 20), 7, 1 << 20);
    assert_true(arena_used(mine) > used);
    arena_back(mine, mark);
    assert_int_equal(closed, 10);
    assert_int_equal(arena_used(mine), used);
    const char *again = arena_alloc(mine, 100);
    for (int i = 0; i < 100; i++) assert_int_equal(again[i], 0);
    arena_free(mine);
    assert_int_equal(closed, 11);
}

static void numbers_are_read_whole(void **state)
{
    (void)state;
    static const struct {
        str text;
        bool good;
        int64_t value;
    } cases[] = {
        {S_INIT("0"), true, 0},
        {S_INIT("-0"), true, 0},
        {S_INIT("+7"), true, 7},
        {S_INIT("9223372036854775807"), true, INT64_MAX},
        {S_INIT("-9223372036854775808"), true, INT64_MIN},
        {S_INIT("9223372036854775808"), false, 0},
        {S_INIT("-9223372036854775809"), false, 0},
        {S_INIT(""), false, 0},
        {S_INIT("-"), false, 0},
        {S_INIT(" 1"), false, 0},
        {S_INIT("1x"), false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = -77;
        assert_int_equal(str_to_int(cases[i].text, &value), cases[i].good);
        assert_int_equal(value, cases[i].good ? cases[i].value : -77);
    }
}

static void text_is_cut_and_trimmed(void **state)
{
    (void)state;
    str rest = S("a,,b"), piece;
    static const str pieces[] = {S_INIT("a"), S_INIT(""), S_INIT("b")};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        assert_true(str_cut(&rest, ',', &piece));
        same(piece, pieces[i]);
    }
    assert_false(str_cut(&rest, ',', &piece));
    same(str_trim(S("\t 　環 境　\r\n")), S("環 境"));
    same(str_trim(S("　")), S(""));
    assert_int_equal(str_find(S("abcabd"), S("abd")), 3);
    assert_int_equal(str_find(S("abc"), S("d")), -1);
}

/* ---- UTF-8 ---- */

static void bad_utf8_is_found(void **state)
{
    (void)state;
    static const struct {
        str text;
        size_t bad;
    } cases[] = {
        {S_INIT(""), 0},
        {S_INIT("plain text of more than eight bytes"), 35},
        {S_INIT("省庁\xF0\xA0\xAE\xB7"), 10},
        {S_INIT("12345678\x80"), 8},
        {S_INIT("1234567\x80z"), 7},
        {S_INIT("ab\0cd"), 2},
        {S_INIT("12345678abc\0efgh"), 11},
        {S_INIT("\xC0\x80"), 0},
        {S_INIT("\xC1\xBF"), 0},
        {S_INIT("\xE0\x9F\xBF"), 0},
        {S_INIT("\xE0\xA0\x80"), 3},
        {S_INIT("\xED\x9F\xBF"), 3},
        {S_INIT("\xED\xA0\x80"), 0},
        {S_INIT("\xF0\x8F\xBF\xBF"), 0},
        {S_INIT("\xF0\x90\x80\x80"), 4},
        {S_INIT("\xF4\x8F\xBF\xBF"), 4},
        {S_INIT("\xF4\x90\x80\x80"), 0},
        {S_INIT("\xF5\x80\x80\x80"), 0},
        {S_INIT("x\xE7\x9C"), 1},
        {S_INIT("x\xE7\x9C,"), 1},
        {S_INIT("\xFF"), 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) assert_int_equal(utf8_bad(cases[i].text), cases[i].bad);
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char p[4];
        size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, at = 0;
        static const unsigned char head[] = {0, 0, 0xC0, 0xE0, 0xF0};
        uint32_t rest = c;
        for (size_t i = n; i-- > 0; rest >>= 6) p[i] = (char)(i == 0 ? head[n] | rest : 0x80 | (rest & 0x3F));
        if (utf8_bad((str){p, n}) != n || utf8_next((str){p, n}, &at) != c || at != n) fail_msg("U+%04X", c);
    }
}

static void text_has_a_width(void **state)
{
    (void)state;
    static const struct {
        str text;
        int width;
    } cases[] = {
        {S_INIT(""), 0},
        {S_INIT("abc"), 3},
        {S_INIT("内閣官房"), 8},
        {S_INIT("ｱｲｳ"), 3},
        {S_INIT("か\xE3\x82\x99"), 2}, /* a combining mark takes no room */
        {S_INIT("①○×―"), 4},
        {S_INIT("Ａ１"), 4},
        {S_INIT("\xF0\xA0\xAE\xB7野家"), 6},
        {S_INIT("a\tb\n"), 2},
        {S_INIT("葛\xF3\xA0\x84\x80"), 2}, /* with a variation selector */
    };
    for (size_t i = 0; i < COUNT(cases); i++) assert_int_equal(utf8_width(cases[i].text), cases[i].width);
}

static void text_is_fitted(void **state)
{
    (void)state;
    int width = -1;
    same(utf8_fit(S("内閣官房"), 5, &width), S("内閣"));
    assert_int_equal(width, 4);
    same(utf8_fit(S("a内"), 2, &width), S("a"));
    assert_int_equal(width, 1);
    same(utf8_fit(S("か\xE3\x82\x99く"), 2, NULL), S("か\xE3\x82\x99"));
    same(utf8_fit(S("abc"), 0, &width), S(""));
    assert_int_equal(width, 0);
    same(utf8_fit(S("abc"), 9, &width), S("abc"));
    assert_int_equal(width, 3);
}

static void search_sees_one_text(void **state)
{
    (void)state;
    static const struct {
        str text, folded;
    } cases[] = {
        {S_INIT(""), S_INIT("")},
        {S_INIT("  Ministry\tOF  Finance "), S_INIT("ministry of finance")},
        {S_INIT("髙橋　﨑子"), S_INIT("高橋 崎子")},
        {S_INIT("　㈱ＡＢＣ　"), S_INIT("(株)abc")},
        {S_INIT("①Ⅲ"), S_INIT("1iii")},
        {S_INIT("ﾔﾏﾀﾞ"), S_INIT("ヤマダ")},
        {S_INIT("渡邉 渡邊 渡辺"), S_INIT("渡辺 渡辺 渡辺")},
        {S_INIT("斎藤 斉藤 齋藤 齊藤"), S_INIT("斎藤 斉藤 斎藤 斉藤")},
        {S_INIT("\xF0\xA0\xAE\xB7田"), S_INIT("吉田")},
        {S_INIT("葛\xF3\xA0\x84\x80城"), S_INIT("葛城")},
        {S_INIT("か\xE3\x82\x99"), S_INIT("が")},
        {S_INIT("STRASSE Straße"), S_INIT("strasse strasse")},
        {S_INIT("\xEF\xB7\xBA"), S_INIT("صلى الله عليه وسلم")}, /* the longest decomposition there is */
    };
    for (size_t i = 0; i < COUNT(cases); i++) same(utf8_fold(a, cases[i].text), cases[i].folded);
}

static void folding_again_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t c = 0x20; c <= 0x2FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        struct arena_mark mark = arena_mark(a);
        struct buf b = buf_in(a);
        if (c >= 0x10000) buf_byte(&b, (char)(0xF0 | c >> 18));
        if (c >= 0x800) buf_byte(&b, (char)((c >= 0x10000 ? 0x80 : 0xE0) | (c >> 12 & (c >= 0x10000 ? 0x3F : 0x0F))));
        if (c >= 0x80) buf_byte(&b, (char)((c >= 0x800 ? 0x80 : 0xC0) | (c >> 6 & (c >= 0x800 ? 0x3F : 0x1F))));
        buf_byte(&b, (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c));
        str once = utf8_fold(a, buf_str(&b));
        if (!str_eq(utf8_fold(a, once), once)) fail_msg("U+%04X", c);
        arena_back(a, mark);
    }
}

/* ---- dates ---- */

static void dates_that_are_none(void **state)
{
    (void)state;
    static const str cases[] = {
        S_INIT(""), S_INIT("2007-4-23"), S_INIT("2007/04-23"), S_INIT("07/4/23"), S_INIT("2007/4"), S_INIT("2007/4/"), S_INIT("2007/004/1"), S_INIT("2007/4/1/"), S_INIT("2007-02-29"), S_INIT("1900-02-29"),
        S_INIT("2007-04-31"), S_INIT("2007-00-01"), S_INIT("2007-13-01"), S_INIT("2007-01-00"), S_INIT("2007-01-32"),
        S_INIT("1867-12-31"), S_INIT(" 007-04-23"), S_INIT("2007-04-23 "), S_INIT("+007-04-23"), S_INIT("10000-01-01"),
    };
    int64_t days = -77;
    for (size_t i = 0; i < COUNT(cases); i++) assert_false(date_parse(cases[i], &days));
    assert_int_equal(days, -77);
    int64_t dashed;
    assert_true(date_parse(S("2007/4/3"), &days) && date_parse(S("2007-04-03"), &dashed)); /* as spreadsheets write it */
    assert_int_equal(days, dashed);
}

/* The oracle counts days one by one. */
static void every_day_from_1868_to_2400(void **state)
{
    (void)state;
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1868, month = 1, day = 1;
    for (int64_t d = -37255; year < 2400; d++) {
        struct arena_mark mark = arena_mark(a);
        str text = str_fmt(a, "%04d-%02d-%02d", year, month, day);
        int64_t back = 0;
        if (!str_eq(date_text(a, d), text) || !date_parse(text, &back) || back != d) fail_msg("%s", text.p);
        if (fiscal_year(d) != (month >= 4 ? year : year - 1)) fail_msg("fiscal year of %s", text.p);
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (++day > length[month - 1] + (month == 2 && leap)) day = 1, month++;
        if (month > 12) month = 1, year++;
        arena_back(a, mark);
    }
    int64_t days;
    assert_true(date_parse(S("1970-01-01"), &days));
    assert_int_equal(days, 0);
    assert_true(date_parse(S("9999-12-31"), &days));
    assert_int_equal(days, 2932896);
}

static void eras_and_their_first_years(void **state)
{
    (void)state;
    static const struct {
        str date, era;
    } cases[] = {
        {S_INIT("1868-01-01"), S_INIT("1868年1月1日")}, {S_INIT("1868-01-25"), S_INIT("明治元年1月25日")},
        {S_INIT("1869-01-01"), S_INIT("明治2年1月1日")}, {S_INIT("1912-07-29"), S_INIT("明治45年7月29日")},
        {S_INIT("1912-07-30"), S_INIT("大正元年7月30日")}, {S_INIT("1926-12-24"), S_INIT("大正15年12月24日")},
        {S_INIT("1926-12-25"), S_INIT("昭和元年12月25日")}, {S_INIT("1927-01-01"), S_INIT("昭和2年1月1日")},
        {S_INIT("1989-01-07"), S_INIT("昭和64年1月7日")}, {S_INIT("1989-01-08"), S_INIT("平成元年1月8日")},
        {S_INIT("2007-04-23"), S_INIT("平成19年4月23日")}, {S_INIT("2019-04-30"), S_INIT("平成31年4月30日")},
        {S_INIT("2019-05-01"), S_INIT("令和元年5月1日")}, {S_INIT("2020-01-01"), S_INIT("令和2年1月1日")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t days;
        assert_true(date_parse(cases[i].date, &days));
        same(date_era(a, days), cases[i].era);
    }
}

static void a_day_is_said_as_japan_counts_it(void **state)
{
    (void)state;
    int64_t late; /* seven in the morning of the 23rd in Japan */
    assert_true(time_parse(S("2007-04-22T22:00:00Z"), &late));
    same(lang_day(a, LANG_EN, late), S("2007-04-23"));
    same(lang_day(a, LANG_JA, late), S("平成19年4月23日"));
}

static void lengths_of_time_are_said(void **state)
{
    (void)state;
    static const struct {
        int64_t minutes;
        str ja, en;
    } cases[] = {
        {0, S_INIT("0分"), S_INIT("0 min")},
        {1, S_INIT("1分"), S_INIT("1 min")},
        {60, S_INIT("1時間"), S_INIT("1 h")},
        {1440, S_INIT("1日"), S_INIT("1 d")},
        {1441, S_INIT("1日1分"), S_INIT("1 d 1 min")},
        {2 * 1440 + 3 * 60 + 20, S_INIT("2日3時間20分"), S_INIT("2 d 3 h 20 min")},
        {-180, S_INIT("-3時間"), S_INIT("-3 h")},
        {INT64_MIN, S_INIT("-6405119470038038日18時間8分"), S_INIT("-6405119470038038 d 18 h 8 min")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        same(lang_minutes(a, LANG_JA, cases[i].minutes), cases[i].ja);
        same(lang_minutes(a, LANG_EN, cases[i].minutes), cases[i].en);
    }
}

static void an_array_grows_and_keeps_what_it_holds(void **state)
{
    (void)state;
    int64_t *all = NULL;
    size_t room = 0;
    for (size_t n = 0; n < 1000; n++) {
        all = arena_more(a, all, n, &room, sizeof *all);
        assert_true(room > n);
        all[n] = (int64_t)n;
    }
    for (size_t i = 0; i < 1000; i++) assert_int_equal(all[i], i);
}

static void times_are_utc(void **state)
{
    (void)state;
    same(time_text(a, 0), S("1970-01-01T00:00:00Z"));
    same(time_text(a, -1), S("1969-12-31T23:59:59Z"));
    same(time_text(a, -86400), S("1969-12-31T00:00:00Z"));
    same(time_text(a, 1177290000), S("2007-04-23T01:00:00Z"));
    assert_true(clock_now() > 1700000000);
}

/* ---- messages ---- */

static void messages_are_translated(void **state)
{
    (void)state;
    str id = S("%1 cells where the header has %2");
    const str args[] = {S_INIT("3"), S_INIT("4")};
    same(tr(LANG_EN, id), id);
    same(tr(LANG_JA, id), S("セルが %1 個あります。見出しは %2 個です"));
    same(tr_fill(a, LANG_JA, id, args, 2), S("セルが 3 個あります。見出しは 4 個です"));
    same(tr_fill(a, LANG_EN, id, args, 2), S("3 cells where the header has 4"));
    same(tr(LANG_JA, S("no such message")), S("no such message"));
    same(tr(LANG_JA, S("")), S(""));
}

static void holes_are_filled(void **state)
{
    (void)state;
    const str args[] = {S_INIT("one"), S_INIT("%1")};
    same(tr_fill(a, LANG_EN, S("%2 %1 %3 100 % %0 %"), args, 2), S("%1 one %3 100 % %0 %"));
    same(tr_fill(a, LANG_EN, S("%1%1"), args, 1), S("oneone"));
    same(lang_pick(LANG_JA, S("環境省"), S("Environment")), S("環境省"));
    same(lang_pick(LANG_EN, S("環境省"), S("Environment")), S("Environment"));
    same(lang_pick(LANG_EN, S("環境省"), S("")), S("環境省"));
    same(lang_pick(LANG_JA, S(""), S("Environment")), S("Environment"));
}

static void embedded_files_are_found_and_in_order(void **state)
{
    (void)state;
    str bytes = S("untouched");
    assert_false(embedded_find(S("src/none.sql"), &bytes));
    same(bytes, S("untouched"));
    assert_true(embedded_find(S("ja.mo"), &bytes));
    assert_memory_equal(bytes.p, "\xDE\x12\x04\x95", 4);
    for (const struct embedded *f = embedded_files; f->path != NULL && f[1].path != NULL; f++)
        assert_true(str_cmp(str_of(f->path), str_of(f[1].path)) < 0);
}

/* ---- hashes ---- */

/* Digests of FIPS 180-2, appendix B. */
static void digests_are_the_published_ones(void **state)
{
    (void)state;
    same(sha256_hex(a, S("abc")), S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    same(sha256_hex(a, S("")), S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    char *million = arena_alloc(a, 1000000);
    memset(million, 'a', 1000000);
    same(sha256_hex(a, (str){million, 1000000}), S("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    same(hex_of(a, S("\x00\xFFz")), S("00ff7a"));
    unsigned char one[32] = {0}, two[32] = {0};
    random_bytes(one, sizeof one);
    random_bytes(two, sizeof two);
    assert_memory_not_equal(one, two, sizeof one);
}

/* ---- unique names ---- */

/* The example of RFC 9562, A.4; version and variant stand where 4.1 and 4.2 say. */
static void unique_names_are_well_formed(void **state)
{
    (void)state;
    same(uuid5(a, S("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), S("www.example.com")), S("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    struct work w = {.a = a};
    str last = S("");
    for (int i = 0; i < 100; i++) {
        str one = uuid_new(&w);
        assert_true(uuid_valid(one));
        assert_int_equal(one.p[14], '4');
        assert_non_null(memchr("89ab", one.p[19], 4));
        for (size_t j = 0; j < one.n; j++) assert_false(one.p[j] >= 'A' && one.p[j] <= 'Z');
        assert_false(str_eq(one, last));
        last = one;
    }
    assert_true(uuid_valid(S("2ED6657D-E927-568B-95E1-2665A8AEA6A2")));
    static const str wrong[] = {S_INIT(""), S_INIT("2ed6657d-e927-568b-95e1-2665a8aea6a"), S_INIT("2ed6657d-e927-568b-95e1-2665a8aea6a22"),
                                S_INIT("2ed6657d-e927-568b-95e1-2665a8aea6ag"), S_INIT("2ed6657de-927-568b-95e1-2665a8aea6a2")};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(uuid_valid(wrong[i]));
}

/* ---- faults ---- */

static void twenty_faults_are_kept_and_all_counted(void **state)
{
    (void)state;
    struct work w = {.a = a};
    assert_int_equal(work_err(&w), OK);
    for (int i = 1; i <= 25; i++) {
        struct where where = {.file = S("x.csv"), .row = i};
        enum err e = i == 1 ? NOTFOUND : INVALID;
        assert_int_equal(fault_in(&w, e, where, M("message %1"), str_int(a, i)), e);
    }
    assert_int_equal(w.faults.count, 25);
    assert_int_equal(work_err(&w), NOTFOUND);
    same(w.faults.first[19].arg[0], S("20"));
    assert_int_equal(w.faults.first[19].where.row, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_back),
        cmocka_unit_test(numbers_are_read_whole),
        cmocka_unit_test(text_is_cut_and_trimmed),
        cmocka_unit_test(bad_utf8_is_found),
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(text_has_a_width),
        cmocka_unit_test(text_is_fitted),
        cmocka_unit_test(search_sees_one_text),
        cmocka_unit_test(folding_again_changes_nothing),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(every_day_from_1868_to_2400),
        cmocka_unit_test(eras_and_their_first_years),
        cmocka_unit_test(a_day_is_said_as_japan_counts_it),
        cmocka_unit_test(lengths_of_time_are_said),
        cmocka_unit_test(an_array_grows_and_keeps_what_it_holds),
        cmocka_unit_test(times_are_utc),
        cmocka_unit_test(messages_are_translated),
        cmocka_unit_test(holes_are_filled),
        cmocka_unit_test(embedded_files_are_found_and_in_order),
        cmocka_unit_test(digests_are_the_published_ones), cmocka_unit_test(unique_names_are_well_formed),
        cmocka_unit_test(twenty_faults_are_kept_and_all_counted),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
