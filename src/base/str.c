#include "base/str.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

str str_of(const char *c) { return c == NULL ? (str){"", 0} : (str){c, strlen(c)}; }

str str_sub(str s, size_t from, size_t to)
{
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (str){s.p + from, to - from};
}

bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n == 0 ? 0 : memcmp(a.p, b.p, n);
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix) { return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix); }

bool str_ends(str s, str suffix) { return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix); }

static size_t blank_at(str s, bool end)
{
    static const str wide = S_INIT("\xE3\x80\x80");
    if (s.n == 0) return 0;
    char c = end ? s.p[s.n - 1] : s.p[0];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return 1;
    return (end ? str_ends(s, wide) : str_starts(s, wide)) ? wide.n : 0;
}

str str_trim(str s)
{
    for (size_t b; (b = blank_at(s, false)) != 0;) s = str_sub(s, b, s.n);
    for (size_t b; (b = blank_at(s, true)) != 0;) s = str_sub(s, 0, s.n - b);
    return s;
}

bool str_cut(str *rest, char at, str *out)
{
    if (rest->p == NULL) return false;
    const char *hit = rest->n == 0 ? NULL : memchr(rest->p, at, rest->n);
    if (hit == NULL) {
        *out = *rest;
        *rest = (str){NULL, 0};
        return true;
    }
    size_t n = (size_t)(hit - rest->p);
    *out = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return true;
}

ptrdiff_t str_find(str s, str what)
{
    if (what.n == 0) return 0;
    const char *hit = s.n == 0 ? NULL : memmem(s.p, s.n, what.p, what.n);
    return hit == NULL ? -1 : hit - s.p;
}

/* FNV-1a with a final mix; for hash tables of our own data only, never for security. */
uint64_t str_hash(str s)
{
    uint64_t h = 14695981039346656037U;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 1099511628211U;
    h ^= h >> 32;
    return h * 0x9E3779B97F4A7C15U;
}

str str_dup(struct arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n != 0) memcpy(p, s.p, s.n);
    return (str){p, s.n};
}

const char *str_c(struct arena *a, str s) { return str_dup(a, s).p; }

static void add_va(struct buf *b, const char *fmt, va_list args)
{
    char small[256];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, fmt, args);
    if (n >= 0 && (size_t)n < sizeof small) {
        buf_add(b, (str){small, (size_t)n});
    } else if (n >= 0) {
        char *big = arena_alloc(b->a, (size_t)n + 1);
        vsnprintf(big, (size_t)n + 1, fmt, again);
        buf_add(b, (str){big, (size_t)n});
    }
    va_end(again);
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
    struct buf b = buf_in(a);
    va_list args;
    va_start(args, fmt);
    add_va(&b, fmt, args);
    va_end(args);
    return buf_str(&b);
}

str str_int(struct arena *a, int64_t i) { return str_fmt(a, "%" PRId64, i); }

int str_hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_to_int(str s, int64_t *out)
{
    bool negative = s.n != 0 && s.p[0] == '-';
    size_t i = negative || (s.n != 0 && s.p[0] == '+');
    if (i == s.n) return false;
    int64_t value = 0;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value)) return false;
    }
    if (!negative && value == INT64_MIN) return false;
    *out = negative ? value : -value;
    return true;
}

struct buf buf_in(struct arena *a) { return (struct buf){.a = a}; }

static void make_room(struct buf *b, size_t more)
{
    if (b->room - b->n >= more) return;
    size_t room = b->room * 2 > b->n + more ? b->room * 2 : b->n + more;
    if (room < 64) room = 64;
    b->p = arena_grow(b->a, b->p, b->room, room);
    b->room = room;
}

void buf_add(struct buf *b, str s)
{
    if (s.n == 0) return;
    make_room(b, s.n);
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_byte(struct buf *b, char c) { buf_add(b, (str){&c, 1}); }

void buf_int(struct buf *b, int64_t i) { buf_fmt(b, "%" PRId64, i); }

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_va(b, fmt, args);
    va_end(args);
}

str buf_str(const struct buf *b) { return (str){b->p == NULL ? "" : b->p, b->n}; }
