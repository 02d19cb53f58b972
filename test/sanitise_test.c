/* What tells whose a report is never stays in a notice made of it: names inserted in random places, in either width, parted by blanks. Pure. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "share/sanitise.h"

static struct arena *a;

static const char *cleaned(const char *names, const char *text)
{
    struct sanitise_names *n = sanitise_names_new(a);
    str rest = str_of(names), name;
    while (str_cut(&rest, '|', &name)) {
        bool person = str_starts(name, S("*"));
        sanitise_name(n, str_sub(name, person, name.n), person);
    }
    return str_c(a, sanitise(a, n, str_of(text), NULL));
}
#define CLEANED(names, text, wanted) assert_string_equal(cleaned(names, text), wanted)

static void test_names(void **state)
{
    (void)state;
    CLEANED("みなと電工", "みなと電工の監視盤", "■■の監視盤");
    CLEANED("株式会社みなと電工", "みなと電工(株)が止まった", "■■(株)が止まった");
    CLEANED("みなと電工", "み な と 電工", "■■");
    CLEANED("みなと電工（東）", "みなと電工と、みなと電工（東）", "■■と、■■");
    CLEANED("株式会社みなと電工（東）", "みなと電工の監視盤", "■■の監視盤");
    CLEANED("Minato Power (East)", "at Minato Power, and Minato Power (East)", "at ■■, and ■■");
    CLEANED("ﾐﾅﾄ電工", "ミナト電工とﾐﾅﾄ電工", "■■と■■");
    CLEANED("ガス保安", "ｶﾞｽ保安", "■■");
    CLEANED("Minato Denko", "ＭＩＮＡＴＯ　ＤＥＮＫＯ stopped; minatodenko too", "■■ stopped; ■■ too");
    CLEANED("op1", "op1 and op12, stop1", "■■ and op12, stop1"); /* a code is a word */
    CLEANED("*潮見 太郎", "担当は潮見太郎、潮見さん", "担当は■■、■■さん");
    CLEANED("*Taro Shiomi", "ask Shiomi or taro", "ask ■■ or ■■");
    CLEANED("み", "みんな", "みんな"); /* one letter would strike everything */
    CLEANED("", "何も消さない", "何も消さない");
    CLEANED("みなと電工", "み\xE2\x80\x8B" "なと電工", "■■"); /* a blank without width */
}

static void test_addresses(void **state)
{
    (void)state;
    CLEANED("", "taro@minato.example へ", "■■ へ");
    CLEANED("", "ｔａｒｏ＠ｍｉｎａｔｏ．ｅｘａｍｐｌｅ", "■■");
    CLEANED("", "taro[at]minato[.]example", "■■");
    CLEANED("", "接続先は192.0.2.7です", "接続先は■■です");
    CLEANED("", "192[.]0[.]2[.]7 と ２０３．０．１１３．９", "■■ と ■■");
    CLEANED("", "2001:db8::7 から", "■■ から");
    CLEANED("", "00:1b:44:11:3a:b7", "■■");
    CLEANED("", "scada.minato.local が停止", "■■ が停止");
    CLEANED("", "hxxps://minato.example/login を見た", "■■ を見た");
    CLEANED("", "\\\\fs01\\share にあった", "■■ にあった");
    CLEANED("", "電話03-1234-5678まで", "電話■■まで");
    CLEANED("", "０３（１２３４）５６７８", "■■");
    CLEANED("", "+81 90 1234 5678", "■■");
    CLEANED("", "09012345678", "■■");
}

/* What warns others stays. */
static void test_kept(void **state)
{
    (void)state;
    static const char *const texts[] = {"CVE-2026-12345 を突かれた", "2026-04-01 09:30:45 に発生", "12:30 から13:05まで", "99.5 % に低下", "3.2.1版を使用",
                                        "約 12,300 人", "port 443 と 8080", "(1) 予備系に切替え (2) 復旧"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CLEANED("みなと電工", texts[i], texts[i]);
}

/* ---- at random ---- */

static uint64_t seed = 7;
static size_t pick(size_t n)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(seed >> 33) % n;
}

/* ASCII as full width, kana as they are, blanks and marks without width in between. */
static str disguised(str name)
{
    struct buf b = buf_in(a);
    for (size_t at = 0; at < name.n;) {
        size_t from = at;
        uint32_t c = utf8_next(name, &at);
        if (c > ' ' && c < 0x7F && pick(2) == 0) {
            uint32_t w = c + 0xFEE0;
            char out[] = {(char)(0xE0 | w >> 12), (char)(0x80 | (w >> 6 & 0x3F)), (char)(0x80 | (w & 0x3F))};
            buf_add(&b, (str){out, 3});
        } else if (c >= 'a' && c <= 'z' && pick(2) == 0) {
            buf_byte(&b, (char)(c - 'a' + 'A'));
        } else {
            buf_add(&b, str_sub(name, from, at));
        }
        if (at < name.n && pick(6) == 0) buf_add(&b, pick(2) == 0 ? S("　") : S("\xE2\x80\x8B"));
    }
    return buf_str(&b);
}

/* Folded and without blanks: as a reader who looks for the name would. */
static bool tells(str text, str name)
{
    struct buf b = buf_in(a), n = buf_in(a);
    str t = utf8_fold(a, text), m = utf8_fold(a, name);
    for (size_t at = 0; at < t.n;) {
        size_t from = at;
        uint32_t c = utf8_next(t, &at);
        if (c != ' ' && c != 0x200B && c != '\n') buf_add(&b, str_sub(t, from, at));
    }
    for (size_t i = 0; i < m.n; i++)
        if (m.p[i] != ' ') buf_byte(&n, m.p[i]);
    return str_find(buf_str(&b), buf_str(&n)) >= 0;
}

static void test_random(void **state)
{
    (void)state;
    static const char *const names[] = {"みなと電工", "合成ガス", "Minato Denko", "潮見発電所", "しおさい監視盤", "scada-9", "ABC銀行", "潮見 太郎"};
    static const char *const words[] = {"監視盤が", "止まり、", "復旧は", "三時間後。", "原因は", "調査中。\n", "利用者", "への影響", "は ", "約200件、"};
    struct sanitise_names *all = sanitise_names_new(a);
    for (size_t i = 0; i < 8; i++) sanitise_name(all, str_of(names[i]), i == 7);
    for (int round = 0; round < 3000; round++) {
        struct arena_mark mark = arena_mark(a);
        struct buf b = buf_in(a);
        str name = str_of(names[pick(8)]);
        size_t before = pick(6), after = pick(6), struck;
        for (size_t i = 0; i < before; i++) buf_add(&b, str_of(words[pick(10)]));
        buf_add(&b, disguised(name));
        for (size_t i = 0; i < after; i++) buf_add(&b, str_of(words[pick(10)]));
        str text = buf_str(&b), out = sanitise(a, all, text, &struck);
        assert_true(utf8_bad(out) == out.n && struck >= 1);
        if (tells(out, name)) fail_msg("'%.*s' still tells '%.*s'", STR_ARG(out), STR_ARG(name));
        arena_back(a, mark);
    }
}

int main(void)
{
    a = arena_new(0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_addresses), cmocka_unit_test(test_kept), cmocka_unit_test(test_random)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(a);
    return failed;
}
