#include "plan/published_shape.h"

#include "base/utf8.h"

enum { CIRCLED_1 = 0x2460, CIRCLED_20 = 0x2473, KANA_A = 0x30A2, KANA_N = 0x30F3, ELLIPSIS = 0x2026 };

uint32_t published_narrow(uint32_t c)
{
    uint32_t n = c - 0xFEE0;
    if (c == 0x3000) return ' ';
    if (c < 0xFF01 || c > 0xFF5E) return c;
    bool plain = (n >= '0' && n <= '9') || (n >= 'a' && n <= 'z') || (n >= 'A' && n <= 'Z');
    return plain || n == '(' || n == ')' || n == '-' ? n : c;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_kana(uint32_t c) { return c >= KANA_A && c <= KANA_N; }
static bool is_circled(uint32_t c) { return c >= CIRCLED_1 && c <= CIRCLED_20; }

/* The character at the front; 0 at the end. */
static uint32_t front(str s, size_t *n)
{
    size_t at = 0;
    uint32_t c = s.n == 0 ? 0 : published_narrow(utf8_next(s, &at));
    if (n != NULL) *n = at;
    return c;
}

static uint32_t take(str *rest)
{
    size_t n;
    uint32_t c = front(*rest, &n);
    *rest = str_sub(*rest, n, rest->n);
    return c;
}

static bool take_char(str *rest, uint32_t wanted)
{
    if (front(*rest, NULL) != wanted) return false;
    (void)take(rest);
    return true;
}

bool published_take_word(str *rest, str word)
{
    if (!str_starts(*rest, word)) return false;
    *rest = str_trim(str_sub(*rest, word.n, rest->n));
    return true;
}

static bool take_digits(str *rest, int64_t *no)
{
    str r = *rest;
    int64_t x = 0;
    if (!is_digit(front(r, NULL))) return false;
    while (is_digit(front(r, NULL)) && x <= PUBLISHED_NUMBER_MAX) x = x * 10 + (int64_t)(take(&r) - '0');
    if (x < 1 || x > PUBLISHED_NUMBER_MAX) return false;
    *no = x;
    *rest = r;
    return true;
}

bool published_take_number(str *rest, int64_t *no)
{
    str r = *rest;
    int64_t x;
    if (!take_digits(&r, &x) || (r.n != 0 && front(r, NULL) != ' ')) return false;
    *no = x;
    *rest = str_trim(r);
    return true;
}

bool published_take_relisted(str *rest, int64_t *no)
{
    str r = *rest;
    int64_t x;
    if (!published_take_word(&r, S("再掲")) || !take_char(&r, '(') || !take_digits(&r, &x) || !take_char(&r, ')')) return false;
    *no = x;
    *rest = str_trim(r);
    return true;
}

/* ア) or a), added to the code. */
static bool take_mark(str *rest, struct buf *code, bool kana)
{
    str r = str_trim(*rest), letter = r;
    uint32_t c = take(&r);
    bool fits = kana ? is_kana(c) : c >= 'a' && c <= 'z';
    letter.n -= r.n;
    if (!fits || !take_char(&r, ')')) return false;
    if (kana)
        buf_add(code, letter);
    else
        buf_byte(code, (char)c);
    buf_byte(code, ')');
    *rest = str_trim(r);
    return true;
}

bool published_take_code(struct arena *a, str *rest, str *code)
{
    struct buf b = buf_in(a);
    bool any = take_mark(rest, &b, true);
    any = take_mark(rest, &b, false) || any;
    if (any) *code = buf_str(&b);
    return any;
}

/* ---- headings ---- */

/* 第3章 1, 第1節 2 */
static int numbered(str s)
{
    static const struct {
        str word;
        int level;
    } units[] = {{S_INIT("章"), 1}, {S_INIT("節"), 2}};
    int64_t no;
    if (!published_take_word(&s, S("第")) || !take_digits(&s, &no)) return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_starts(s, units[i].word)) return units[i].level;
    return 0;
}

/* (ア) or (1) */
static bool bracketed(str s)
{
    int64_t no;
    if (!take_char(&s, '(')) return false;
    if (is_kana(front(s, NULL)))
        (void)take(&s);
    else if (!take_digits(&s, &no))
        return false;
    return take_char(&s, ')') && str_trim(s).n != 0;
}

int published_heading(str line)
{
    str s = line;
    uint32_t c = take(&s), next = front(s, NULL);
    if (line.n > PUBLISHED_TITLE_MAX) return 0;
    if (numbered(line) != 0) return numbered(line);
    if (is_kana(c) && next == ' ') return 3;
    if (is_circled(c) && next != ELLIPSIS && str_trim(s).n != 0) return 4;
    return bracketed(line) ? 5 : 0;
}

int published_status(str cell)
{
    uint32_t c = take(&cell);
    return cell.n == 0 && c >= CIRCLED_1 && c < CIRCLED_1 + PUBLISHED_STATUSES ? (int)(c - CIRCLED_1) + 1 : 0;
}

bool published_legend(str line)
{
    (void)published_take_word(&line, S("-"));
    if (published_take_word(&line, S("凡例")) && !take_char(&line, ':')) (void)published_take_word(&line, S("："));
    line = str_trim(line);
    return is_circled(take(&line)) && front(line, NULL) == ELLIPSIS;
}

/* ---- folding ---- */

static void add_char(struct buf *b, uint32_t c, str as_it_is)
{
    if (c < 0x80)
        buf_byte(b, (char)c);
    else
        buf_add(b, as_it_is);
}

str published_narrow_text(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    uint32_t last = 0;
    bool blank = false;
    s = str_trim(s);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = published_narrow(utf8_next(s, &at));
        bool is_blank = c == ' ' || c == '\t';
        if (!is_blank && blank && (last < 0x80) == (c < 0x80)) buf_byte(&b, ' ');
        if (!is_blank) add_char(&b, c, str_sub(s, from, at));
        if (!is_blank) last = c;
        blank = is_blank;
    }
    return buf_str(&b);
}

str published_folded_heading(struct arena *a, str line)
{
    str folded = utf8_fold(a, line), piece;
    struct buf b = buf_in(a);
    while (str_cut(&folded, ' ', &piece)) buf_add(&b, piece);
    return buf_str(&b);
}

/* ---- lines ---- */

bool published_next_line(str *rest, int64_t *no, str *line)
{
    if (!str_cut(rest, '\n', line)) return false;
    if (str_ends(*line, S("\r"))) line->n--;
    ++*no;
    return true;
}

enum err published_bytes(struct work *w, str name, str *bytes)
{
    if (bytes->n > PUBLISHED_BYTES_MAX)
        return fault_in(w, INVALID, ((struct where){.file = name}),
                        M("The text is larger than %1 bytes. Give only the part with the tables."),
                        str_int(w->a, PUBLISHED_BYTES_MAX));
    if (str_starts(*bytes, S("\xEF\xBB\xBF"))) *bytes = str_sub(*bytes, 3, bytes->n);
    size_t bad = utf8_bad(*bytes);
    str rest = *bytes, line;
    for (int64_t no = 0; published_next_line(&rest, &no, &line);) {
        struct where where = {.file = name, .row = no};
        if ((size_t)(line.p - bytes->p) + line.n > bad)
            return fault_in(w, INVALID, where, M("This line is not UTF-8. Save the text as UTF-8 and give it again."));
        if (line.n > PUBLISHED_LINE_MAX)
            return fault_in(w, INVALID, where, M("The line is longer than %1 bytes."),
                            str_int(w->a, PUBLISHED_LINE_MAX));
        if (no > PUBLISHED_LINES_MAX)
            return fault_in(w, INVALID, where, M("The text has more than %1 lines."),
                            str_int(w->a, PUBLISHED_LINES_MAX));
    }
    return OK;
}
