#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* No byte is NUL or above ASCII. */
static bool plain8(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return (((x - EVERY(0x01)) | x) & EVERY(0x80)) == 0;
}

static bool follows(const unsigned char *p) { return (*p & 0xC0) == 0x80; }

/* Length of the sequence at p, 0 when it is not good: overlong forms, surrogates and what lies beyond U+10FFFF are
 * refused (Unicode, table 3-7), and so is NUL. */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80) return p[0] != 0;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n < 2 || !follows(p + 1)) return 0;
    if (p[0] < 0xE0) return 2;
    if (n < 3 || !follows(p + 2)) return 0;
    if (p[0] < 0xF0) return (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] >= 0xA0) ? 0 : 3;
    if (n < 4 || !follows(p + 3)) return 0;
    return (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] >= 0x90) ? 0 : 4;
}

size_t utf8_bad(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        if (p[i] < 0x80 && s.n - i >= 8 && plain8(s.p + i)) {
            i += 8;
            continue;
        }
        size_t n = sequence(p + i, s.n - i);
        if (n == 0) return i;
        i += n;
    }
    return s.n;
}

str utf8_head(str s, size_t bytes)
{
    if (s.n <= bytes) return s;
    while (bytes > 0 && ((unsigned char)s.p[bytes] & 0xC0) == 0x80) bytes--;
    return str_sub(s, 0, bytes);
}

uint32_t utf8_next(str s, size_t *at)
{
    static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t n = sequence(p, s.n - *at);
    *at += n == 0 ? 1 : n;
    if (n == 0) return p[0] == 0 ? 0 : 0xFFFD;
    uint32_t c = p[0] & first[n];
    for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3F);
    return c;
}

size_t utf8_letters(str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) utf8_next(s, &at);
    return n;
}

/* East Asian Width (UAX #11). Where it says "ambiguous" (○ × ① … ―) a terminal with a UTF-8 locale takes one column
 * as wcwidth() does there; a terminal set to wide ambiguous characters would need 2 here and nowhere else. */
static int char_width(uint32_t c)
{
    if (c < 0x7F) return c >= 0x20;
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width < 0 ? 0 : width;
}

str utf8_fit(str s, int columns, int *width)
{
    int so_far = 0;
    size_t at = 0;
    while (at < s.n) {
        size_t next = at;
        int more = char_width(utf8_next(s, &next));
        if (so_far + more > columns) break;
        so_far += more;
        at = next;
    }
    if (width != NULL) *width = so_far;
    return str_sub(s, 0, at);
}

int utf8_width(str s)
{
    int width = 0;
    for (size_t at = 0; at < s.n;) width += char_width(utf8_next(s, &at));
    return width;
}

/* ---- folding for search ---- */

/* Other shapes of one character in names, which NFKC keeps apart: forms of the registers (戸籍) and old forms whose
 * standard form is 常用漢字 or 人名用漢字. Different characters often taken for each other (斎 and 斉, 龍 and 竜) are not
 * folded. In order of the first. */
static const struct variant {
    uint32_t from, to;
} variants[] = {
    {0x51A8, 0x5BCC},  /* 冨 富 */
    {0x56EF, 0x56FD},  /* 囯 国 */
    {0x570B, 0x56FD},  /* 國 国 */
    {0x5D8B, 0x5CF6},  /* 嶋 島 */
    {0x5D8C, 0x5CF6},  /* 嶌 島 */
    {0x5EE3, 0x5E83},  /* 廣 広 */
    {0x5FB7, 0x5FB3},  /* 德 徳 */
    {0x60E0, 0x6075},  /* 惠 恵 */
    {0x6801, 0x67F3},  /* 栁 柳 */
    {0x6852, 0x6851},  /* 桒 桑 */
    {0x69D7, 0x6A4B},  /* 槗 橋 */
    {0x6AFB, 0x685C},  /* 櫻 桜 */
    {0x6E15, 0x6DF5},  /* 渕 淵 */
    {0x6FA4, 0x6CA2},  /* 澤 沢 */
    {0x6FF1, 0x6D5C},  /* 濱 浜 */
    {0x6FF5, 0x6D5C},  /* 濵 浜 */
    {0x7028, 0x702C},  /* 瀨 瀬 */
    {0x771E, 0x771F},  /* 眞 真 */
    {0x9089, 0x8FBA},  /* 邉 辺 */
    {0x908A, 0x8FBA},  /* 邊 辺 */
    {0x9AD9, 0x9AD8},  /* 髙 高 */
    {0x9F4A, 0x6589},  /* 齊 斉 */
    {0x9F4B, 0x658E},  /* 齋 斎 */
    {0xFA11, 0x5D0E},  /* 﨑 崎 */
    {0x20BB7, 0x5409}, /* 𠮷 吉 */
};

static uint32_t standard_form(uint32_t c)
{
    size_t low = 0, high = sizeof variants / sizeof *variants;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (variants[middle].from == c) return variants[middle].to;
        if (variants[middle].from < c) low = middle + 1;
        else high = middle;
    }
    return c;
}

static bool blank(uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000; }

static str fold_ascii(struct arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (blank(c) && (n == 0 || p[n - 1] == ' ')) continue;
        p[n++] = blank(c) ? ' ' : (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (str){p, n - (n != 0 && p[n - 1] == ' ')};
}

/* Code points after compatibility decomposition, case folding and composition; what has no shape of its own (variation
 * selectors, soft hyphens) is dropped. NULL when the text is not good UTF-8. */
static utf8proc_int32_t *decomposed(struct arena *a, str s, utf8proc_ssize_t *n)
{
    const utf8proc_option_t how =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t room = (utf8proc_ssize_t)s.n + 16, needs = 0;
    utf8proc_int32_t *points = NULL;
    for (;; room = needs) {
        points = arena_array(a, (size_t)room, sizeof *points);
        needs = utf8proc_decompose((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, points, room, how);
        if (needs < 0) return NULL;
        if (needs <= room) break;
    }
    *n = utf8proc_normalize_utf32(points, needs, how);
    return *n < 0 ? NULL : points;
}

static str fold_any(struct arena *a, str s)
{
    utf8proc_ssize_t n = 0;
    const utf8proc_int32_t *points = decomposed(a, s, &n);
    if (points == NULL) return str_dup(a, s);
    struct buf b = buf_in(a);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        utf8proc_uint8_t bytes[4];
        uint32_t c = standard_form((uint32_t)points[i]);
        if (blank(c) && (b.n == 0 || b.p[b.n - 1] == ' ')) continue;
        utf8proc_ssize_t wrote = utf8proc_encode_char(blank(c) ? ' ' : (utf8proc_int32_t)c, bytes);
        buf_add(&b, (str){(const char *)bytes, (size_t)wrote});
    }
    str out = buf_str(&b);
    return str_sub(out, 0, out.n - (size_t)str_ends(out, S(" ")));
}

str utf8_fold(struct arena *a, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return fold_any(a, s);
    return fold_ascii(a, s);
}

/* ---- fit to be shown ---- */

static bool unsafe(uint32_t c)
{
    if (c == '\n') return false;
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static void add_safe(struct buf *b, str good)
{
    for (size_t at = 0; at < good.n;) {
        size_t from = at;
        if (unsafe(utf8_next(good, &at))) buf_byte(b, ' ');
        else buf_add(b, str_sub(good, from, at));
    }
}

str utf8_safe(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    while (s.n != 0) {
        size_t bad = utf8_bad(s);
        add_safe(&b, str_sub(s, 0, bad));
        if (bad != s.n) buf_byte(&b, '?');
        s = str_sub(s, bad + 1, s.n);
    }
    return buf_str(&b);
}
