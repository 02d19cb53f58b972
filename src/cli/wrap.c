#include "cli/wrap.h"

#include "base/utf8.h"

static bool among(uint32_t c, const char *set)
{
    str s = str_of(set);
    for (size_t at = 0; at < s.n;)
        if (utf8_next(s, &at) == c) return true;
    return false;
}

static bool no_head(uint32_t c)
{
    return among(c, "、。，．・：；？！）］｝」』】〉》〕ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ…‥％,.!?)]}%:;");
}

static bool no_tail(uint32_t c) { return among(c, "（［｛「『【〈《〔([{"); }

struct glyph {
    uint32_t c;
    int width;
};

static struct glyph glyph_at(str s, size_t *at)
{
    size_t from = *at;
    uint32_t c = utf8_next(s, at);
    return (struct glyph){c, utf8_width(str_sub(s, from, *at))};
}

static bool may_break(struct glyph a, struct glyph b)
{
    if (b.width == 0 || b.c == ' ') return false;
    if (a.c == ' ') return b.c != '%'; /* 90 % */
    if (no_head(b.c) || no_tail(a.c)) return false;
    return a.width == 2 || b.width == 2;
}

static str without_tail(str s)
{
    while (s.n != 0 && s.p[s.n - 1] == ' ') s.n--;
    return s;
}

static void take(str *rest, size_t end, size_t next, str *line)
{
    *line = without_tail(str_sub(*rest, 0, end));
    while (next < rest->n && rest->p[next] == ' ') next++;
    *rest = str_sub(*rest, next, rest->n);
}

bool wrap_next(str *rest, int columns, str *line)
{
    if (rest->n == 0) return false;
    struct glyph before = {' ', 1};
    size_t at = 0, good = 0, hyphen = 0;
    for (int used = 0; at < rest->n;) {
        size_t from = at;
        struct glyph g = glyph_at(*rest, &at);
        if (g.c == '\n') return take(rest, from, at, line), true;
        if (from != 0 && may_break(before, g)) good = from;
        if (before.c == '-' || before.c == '|') hyphen = from;
        used += g.width;
        if (used > columns && g.c != ' ') {
            size_t cut = good != 0 ? good : hyphen != 0 ? hyphen : from != 0 ? from : at;
            return take(rest, cut, cut, line), true;
        }
        before = g;
    }
    return take(rest, rest->n, rest->n, line), true;
}

int wrap_least(str s)
{
    struct glyph before = {' ', 1};
    int least = 0, piece = 0, blanks = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        struct glyph g = glyph_at(s, &at);
        bool fresh = from != 0 && (before.c == '\n' || may_break(before, g));
        before = g;
        if (g.c == ' ' || g.c == '\n') {
            blanks++;
            continue;
        }
        piece = g.width + (fresh ? 0 : piece + blanks);
        blanks = 0;
        if (piece > least) least = piece;
    }
    return least;
}
