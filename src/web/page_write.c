/* Text into the page: escaping, numbers, dates in Japan's time, addresses. */
#include <string.h>

#include "base/clock.h"
#include "web/page_parts.h"

static const char *entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void page_escape(struct buf *b, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *e = entity(s.p[i]);
        if (e == NULL) continue;
        buf_add(b, str_sub(s, from, i));
        buf_add(b, str_of(e));
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.n));
}

void say(struct page_doc *p, struct buf *b, str id) { page_escape(b, tr(p->doc.lang, id)); }

str filled(struct page_doc *p, const str *words, size_t n)
{
    return tr_fill(p->a, p->doc.lang, words[0], words + 1, n - 1);
}

void say_filled(struct page_doc *p, struct buf *b, const str *words, size_t n) { page_escape(b, filled(p, words, n)); }

void attribute(struct buf *b, const char *name, str value)
{
    buf_byte(b, ' ');
    buf_add(b, str_of(name));
    RAW(b, "=\"");
    page_escape(b, value);
    buf_byte(b, '"');
}

void hidden(struct buf *b, str name, str value)
{
    RAW(b, "<input type=\"hidden\"");
    attribute(b, "name", name);
    attribute(b, "value", value);
    RAW(b, ">");
}

void put_number(struct buf *b, int64_t x)
{
    char digits[32];
    int n = 0, at = (int)sizeof digits;
    uint64_t left = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    do {
        if (n != 0 && n % 3 == 0) digits[--at] = ',';
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
        n++;
    } while (left != 0);
    if (x < 0) digits[--at] = '-';
    buf_add(b, (str){digits + at, sizeof digits - (size_t)at});
}

str number_text(struct arena *a, int64_t x)
{
    struct buf b = buf_in(a);
    put_number(&b, x);
    return buf_str(&b);
}

/* ---- dates ---- */

static const str weekday_en[] = {N("Sun"), N("Mon"), N("Tue"), N("Wed"), N("Thu"), N("Fri"), N("Sat")};
static const char *const month_en[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int64_t number_at(str s, size_t from, size_t n)
{
    int64_t x = 0;
    str_to_int(str_sub(s, from, from + n), &x);
    return x;
}

/* 1970-01-01 was a Thursday. */
static str weekday(struct page_doc *p, int64_t days)
{
    return tr(p->doc.lang, weekday_en[((days + 4) % 7 + 7) % 7]);
}

static int64_t this_year(struct page_doc *p)
{
    return number_at(time_text(p->a, p->doc.w->now + JAPAN), 0, 4);
}

/* Short: of this year, without the year. */
str date_words(struct page_doc *p, int64_t days, bool short_form)
{
    str iso = date_text(p->a, days);
    int month = (int)number_at(iso, 5, 2), day = (int)number_at(iso, 8, 2);
    bool bare = short_form && number_at(iso, 0, 4) == this_year(p);
    str wd = weekday(p, days);
    if (p->doc.lang == LANG_JA) {
        str date = bare ? str_fmt(p->a, "%d月%d日", month, day) : date_era(p->a, days);
        return str_fmt(p->a, "%.*s（%.*s）", STR_ARG(date), STR_ARG(wd));
    }
    if (bare) return str_fmt(p->a, "%.*s %d %s", STR_ARG(wd), day, month_en[month - 1]);
    return str_fmt(p->a, "%d %s %.*s", day, month_en[month - 1], 4, iso.p);
}

str time_words(struct page_doc *p, int64_t seconds, bool short_form)
{
    int64_t here = seconds + JAPAN;
    int64_t days = here / DAY - (here % DAY < 0);
    int of_day = (int)(here - days * DAY);
    str date = date_words(p, days, short_form);
    return str_fmt(p->a, p->doc.lang == LANG_JA ? "%.*s%d:%02d" : "%.*s, %d:%02d", STR_ARG(date), of_day / 3600,
                   of_day / 60 % 60);
}

/* ---- addresses ---- */

static bool plain_in_address(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

static void percent(struct buf *b, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (plain_in_address(c)) continue;
        buf_add(b, str_sub(s, from, i));
        buf_add(b, (str){(const char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.n));
}

void address_add(struct buf *b, str name, str value)
{
    buf_byte(b, memchr(b->p, '?', b->n) == NULL ? '?' : '&');
    percent(b, name);
    buf_byte(b, '=');
    percent(b, value);
}

static void address_path(struct buf *b, const struct room *room, const struct entry *entry)
{
    RAW(b, "/");
    percent(b, str_of(room->name));
    if (entry == NULL || entry->name[0] == 0) return;
    RAW(b, "/");
    percent(b, str_of(entry->name));
}

str page_url(struct arena *a, const struct room *room, const struct entry *entry, const struct form_given *given)
{
    struct buf b = buf_in(a);
    address_path(&b, room, entry);
    for (; given != NULL && given->name != NULL; given++)
        if (given->value.n != 0) address_add(&b, str_of(given->name), given->value);
    return buf_str(&b);
}

static str decoded(struct arena *a, str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] == '+' ? ' ' : s.p[i];
        if (c == '%' && i + 2 < s.n && str_hex_digit(s.p[i + 1]) >= 0 && str_hex_digit(s.p[i + 2]) >= 0) {
            c = (char)(str_hex_digit(s.p[i + 1]) << 4 | str_hex_digit(s.p[i + 2]));
            i += 2;
        }
        to[n++] = c;
    }
    return (str){to, n};
}

static void own_add(struct page_doc *p, str name, str value)
{
    if (name.n == 0 || value.n == 0 || p->n_own == PAIRS_MAX) return;
    if (str_eq(name, S("csrf")) || str_eq(name, S("once")) || str_eq(name, S("lang"))) return;
    p->own[p->n_own++] = (struct pair){name, value};
}

static bool secret(const struct page_doc *p, str name)
{
    const struct param *q = p->frame->entry == NULL ? NULL : param_find(p->frame->entry, name);
    return q != NULL && (q->flags & (SECRET | LONG_TEXT)) != 0;
}

/* What an act was sent stays in its form and out of every address. What the page itself chose (the newest round) comes
 * from the arguments. */
void own_read(struct page_doc *p)
{
    const struct page_frame *f = p->frame;
    str rest = f->query, piece;
    while (str_cut(&rest, '&', &piece)) {
        ptrdiff_t at = str_find(piece, S("="));
        if (at < 0) continue;
        str name = decoded(p->a, str_sub(piece, 0, (size_t)at));
        if (!secret(p, name)) own_add(p, name, decoded(p->a, str_sub(piece, (size_t)at + 1, piece.n)));
    }
    if (f->entry == NULL || f->entry->kind == ENTRY_ACT) return;
    for (size_t i = 0; i < f->n_given; i++)
        if (own_value(p, f->given[i].name).n == 0 && !secret(p, f->given[i].name))
            own_add(p, f->given[i].name, f->given[i].text);
    for (size_t i = 0; f->in != NULL && i < f->in->n; i++) {
        const struct arg *x = &f->in->arg[i];
        if ((x->param->flags & (REQUIRED | MAP | SECRET)) == REQUIRED && own_value(p, str_of(x->param->name)).n == 0)
            own_add(p, str_of(x->param->name), x->text);
    }
}

str own_value(const struct page_doc *p, str name)
{
    for (size_t i = 0; i < p->n_own; i++)
        if (str_eq(p->own[i].name, name)) return p->own[i].value;
    return (str){"", 0};
}

static bool laid_over(const struct pair *over, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(over[i].name, name)) return true;
    return false;
}

str own_url(struct page_doc *p, const struct pair *over, size_t n)
{
    struct buf b = buf_in(p->a);
    const struct page_frame *f = p->frame;
    if (f->room != NULL) address_path(&b, f->room, f->entry);
    else if (f->path.n != 0 && f->path.p[0] == '/' && !str_starts(f->path, S("//"))) buf_add(&b, f->path);
    else RAW(&b, "/");
    for (size_t i = 0; i < p->n_own; i++)
        if (!laid_over(over, n, p->own[i].name)) address_add(&b, p->own[i].name, p->own[i].value);
    for (size_t i = 0; i < n; i++)
        if (over[i].value.n != 0) address_add(&b, over[i].name, over[i].value);
    return buf_str(&b);
}

/* ---- entries ---- */

str entry_title(struct page_doc *p, const struct entry *e) { return tr(p->doc.lang, e->title); }

bool entry_by_words(const char *words, const struct room **room, const struct entry **entry)
{
    str rest = str_of(words), name;
    if (!str_cut(&rest, ' ', &name)) return false;
    *room = room_find(name);
    *entry = *room == NULL ? NULL : entry_find(*room, rest.p == NULL ? (str){"", 0} : rest);
    return *entry != NULL;
}

bool allowed(const struct page_doc *p, const struct entry *e)
{
    if (e->flags & LOCAL) return false;
    return e->right == 0 || (p->frame->rights & e->right) != 0;
}
