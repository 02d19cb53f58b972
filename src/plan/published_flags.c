#include "plan/published_flags.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "plan/published_shape.h"

/* Words that scanners take for others: what stands, what was meant. */
static const struct misread {
    str found, meant;
} misread[] = {
    {S_INIT("ポットプログラム"), S_INIT("ボットプログラム")},
    {S_INIT("ポットネット"), S_INIT("ボットネット")},
};

struct flags {
    struct arena *a;
    struct published *p;
    size_t room, cite_room;
};

static void add_flag(struct flags *f, struct published_flag flag)
{
    struct published *p = f->p;
    p->flag = arena_more(f->a, p->flag, p->n_flags, &f->room, sizeof *p->flag);
    p->flag[p->n_flags++] = flag;
}

/* ---- markup ---- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Length of the tag at the front: <ul>, <br/>, </ul>, <ul style="…">; 0: it is none (a < b, and "<b or c>"). */
static size_t tag_length(str s)
{
    size_t at = s.n > 1 && s.p[1] == '/' ? 2 : 1;
    if (s.n <= at || s.p[0] != '<' || !is_letter(s.p[at])) return 0;
    ptrdiff_t close = str_find(s, S(">"));
    if (close < 0) return 0;
    str inside = str_sub(s, at, (size_t)close);
    if (str_ends(inside, S("/"))) inside.n--;
    size_t name = 0;
    while (name < inside.n && (is_letter(inside.p[name]) || (inside.p[name] >= '0' && inside.p[name] <= '9'))) name++;
    bool plain = str_trim(inside).n == name, with = str_find(inside, S("=")) > 0 && inside.p[name] == ' ';
    return (plain || with) && str_find(inside, S("<")) < 0 ? (size_t)close + 1 : 0;
}

static void take_markup(struct flags *f, size_t row)
{
    str s = f->p->row[row].text;
    struct buf shown = buf_in(f->a), markup = buf_in(f->a);
    for (size_t at = 0; at < s.n;) {
        size_t n = tag_length(str_sub(s, at, s.n));
        buf_add(n == 0 ? &shown : &markup, str_sub(s, at, at + (n == 0 ? 1 : n)));
        at += n == 0 ? 1 : n;
    }
    if (markup.n == 0) return;
    f->p->row[row].text = str_trim(buf_str(&shown));
    add_flag(f, (struct published_flag){.row = row, .defect = DEFECT_MARKUP, .said = buf_str(&markup)});
}

/* ---- meetings: 政策会議第13回会合(平成19年8月3日), 第13回政策会議(平成19年4月23日) ---- */

static bool in_name(uint32_t c)
{
    bool kanji = (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3005, kana = c >= 0x30A1 && c <= 0x30FC && c != 0x30FB;
    return kanji || kana || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The letters of a name that end, or begin, the text. */
static str name_behind(str s)
{
    size_t from = s.n;
    while (from > 0) {
        size_t at = from - 1;
        while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80) at--;
        size_t one = at;
        if (!in_name(utf8_next(s, &one))) break;
        from = at;
    }
    return str_sub(s, from, s.n);
}

static str name_ahead(str s)
{
    size_t at = 0;
    while (at < s.n) {
        size_t next = at;
        if (!in_name(utf8_next(s, &next))) break;
        at = next;
    }
    return str_sub(s, 0, at);
}

/* A number up to the letter behind it: 19年. */
static bool number_to(str *rest, str unit, int64_t *out)
{
    ptrdiff_t n = str_find(*rest, unit);
    if (n < 0 || n > 4 || !str_to_int(str_sub(*rest, 0, (size_t)n), out)) return false;
    *rest = str_sub(*rest, (size_t)n + unit.n, rest->n);
    return true;
}

/* 平成19年8月3日 */
static bool take_era_date(struct arena *a, str *rest, int64_t *day)
{
    static const struct {
        str era;
        int64_t before; /* the year before its first */
    } eras[] = {{S_INIT("平成"), 1988}, {S_INIT("令和"), 2018}, {S_INIT("昭和"), 1925}};
    str r = *rest;
    int64_t y, m, d;
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        if (!published_take_word(&r, eras[i].era)) continue;
        if (!number_to(&r, S("年"), &y) || !number_to(&r, S("月"), &m) || !number_to(&r, S("日"), &d)) return false;
        if (y < 1 || y > 99 || m < 1 || m > 12 || d < 1 || d > 31) return false;
        str text = str_fmt(a, "%04lld-%02lld-%02lld", (long long)(eras[i].before + y), (long long)m, (long long)d);
        if (!date_parse(text, day)) return false;
        *rest = r;
        return true;
    }
    return false;
}

/* 第 stands at `at`. */
static void read_cite(struct flags *f, size_t row, str text, size_t at)
{
    struct published_cite c = {.row = row};
    str r = str_sub(text, at + S("第").n, text.n), before = name_behind(str_sub(text, 0, at)), name;
    if (!number_to(&r, S("回"), &c.no)) return;
    name = name_ahead(r);
    r = str_sub(r, name.n, r.n);
    if (!published_take_word(&r, S("(")) && !published_take_word(&r, S("（"))) return;
    if (!take_era_date(f->a, &r, &c.day)) return;
    if (!published_take_word(&r, S(")"))) (void)published_take_word(&r, S("）"));
    bool behind = str_eq(name, S("会合")) || name.n == 0;
    c.body = behind ? before : name;
    size_t from = behind ? at - before.n : at;
    c.said = str_trim(str_sub(text, from, text.n - r.n));
    if (c.body.n == 0) return;
    f->p->cite = arena_more(f->a, f->p->cite, f->p->n_cites, &f->cite_room, sizeof *f->p->cite);
    f->p->cite[f->p->n_cites++] = c;
}

static void find_cites(struct flags *f, size_t row)
{
    str text = f->p->row[row].text;
    for (size_t at = 0; at < text.n;) {
        ptrdiff_t n = str_find(str_sub(text, at, text.n), S("第"));
        if (n < 0) return;
        at += (size_t)n;
        read_cite(f, row, text, at);
        at += S("第").n;
    }
}

static bool same_meeting(const struct published_cite *a, const struct published_cite *b)
{
    return a->no == b->no && str_eq(a->body, b->body);
}

/* How often the meeting is given that date. */
static size_t times_given(const struct published *p, const struct published_cite *c, size_t n)
{
    size_t times = 0;
    for (size_t i = 0; i < n; i++) times += same_meeting(&p->cite[i], c) && p->cite[i].day == c->day;
    return times;
}

/* Cites are a handful where a text is real; of a made-up one with more, the first so many are compared. */
enum { CITES_COMPARED = 2000 };

/* A meeting has the date most often given it, and of those given as often the first. */
static void compare_cites(struct flags *f)
{
    const struct published *p = f->p;
    size_t n = p->n_cites < CITES_COMPARED ? p->n_cites : CITES_COMPARED;
    size_t *times = arena_array(f->a, n + 1, sizeof *times);
    for (size_t i = 0; i < n; i++) times[i] = times_given(p, &p->cite[i], n);
    for (size_t i = 0; i < n; i++) {
        size_t best = i;
        for (size_t j = n; j-- > 0;)
            if (same_meeting(&p->cite[j], &p->cite[i]) && times[j] >= times[best]) best = j;
        if (p->cite[best].day == p->cite[i].day) continue;
        add_flag(
            f, (struct published_flag){
                   .row = p->cite[i].row, .defect = DEFECT_MEETING, .said = p->cite[i].said, .day = p->cite[best].day});
    }
}

void published_flags(struct arena *a, struct published *p)
{
    struct flags f = {.a = a, .p = p};
    for (size_t i = 0; i < p->n; i++) {
        if (p->row[i].kind == PUBLISHED_HEADING) continue;
        if (p->row[i].title.n == 0) add_flag(&f, (struct published_flag){.row = i, .defect = DEFECT_NO_TITLE});
        take_markup(&f, i);
        for (size_t k = 0; k < sizeof misread / sizeof *misread; k++)
            if (str_find(p->row[i].text, misread[k].found) >= 0)
                add_flag(&f, (struct published_flag){
                                 .row = i, .defect = DEFECT_WORD, .said = misread[k].found, .other = misread[k].meant});
        find_cites(&f, i);
    }
    compare_cites(&f);
}
