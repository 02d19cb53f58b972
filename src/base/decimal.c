#include "base/decimal.h"

#include <string.h>

static bool digit(char c) { return c >= '0' && c <= '9'; }

/* Groups of three behind the first comma, up to the point; or no comma at all. */
static bool commas_fit(str whole)
{
    ptrdiff_t first = str_find(whole, S(","));
    if (first < 0) return true;
    if (first == 0 || first > 3 || (whole.n - (size_t)first) % 4 != 0) return false;
    for (size_t i = 0; i < whole.n; i++) {
        bool place = i >= (size_t)first && (i - (size_t)first) % 4 == 0;
        if ((whole.p[i] == ',') != place) return false;
    }
    return true;
}

bool decimal_parse(str s, struct decimal *out)
{
    bool minus = s.n != 0 && s.p[0] == '-';
    if (minus) s = str_sub(s, 1, s.n);
    ptrdiff_t point = str_find(s, S("."));
    str whole = point < 0 ? s : str_sub(s, 0, (size_t)point),
        rest = point < 0 ? (str){0} : str_sub(s, (size_t)point + 1, s.n);
    struct decimal d = {.scale = (int)rest.n};
    int digits = 0;
    if (whole.n == 0 || (point >= 0 && rest.n == 0) || rest.n > DECIMAL_SCALE_MAX || !commas_fit(whole)) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && (ptrdiff_t)i == point) continue;
        if (s.p[i] == ',' && i < whole.n) continue;
        if (!digit(s.p[i]) || ++digits > DECIMAL_DIGITS_MAX) return false;
        d.i = d.i * 10 + (s.p[i] - '0');
    }
    if (minus) d.i = -d.i;
    *out = d;
    return true;
}

/* One more in the last place of the digits, over the point. */
static void carry(char *p, size_t n, struct arena *a, str *out)
{
    for (size_t i = n; i-- > 0;) {
        if (!digit(p[i])) continue;
        if (p[i] != '9') {
            p[i]++;
            *out = (str){p, n};
            return;
        }
        p[i] = '0';
    }
    *out = str_fmt(a, "1%.*s", (int)n, p);
}

str decimal_of_sheet(struct arena *a, str s)
{
    size_t digits = 0, at = 0;
    bool minus = s.n != 0 && s.p[0] == '-', led = false;
    ptrdiff_t point = str_find(s, S("."));
    if (point < 0 || s.n > 40) return s;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] == '.') continue;
        if (!digit(s.p[i])) return s;
        led = led || s.p[i] != '0';
        if (led && ++digits == DECIMAL_DIGITS_MAX) at = i;
    }
    if (digits <= DECIMAL_DIGITS_MAX || at < (size_t)point) return s;
    size_t n = at + 1 - minus;
    char *p = arena_alloc(a, n + 1);
    memcpy(p, s.p + minus, n);
    str kept = {p, n};
    if (s.p[at + 1] >= '5') carry(p, n, a, &kept);
    while (kept.n != 0 && kept.p[kept.n - 1] == '0') kept.n--;
    if (kept.n != 0 && kept.p[kept.n - 1] == '.') kept.n--;
    return minus ? str_fmt(a, "-%.*s", STR_ARG(kept)) : kept;
}

str decimal_text(struct arena *a, struct decimal d)
{
    str s = str_int(a, d.i < 0 ? -d.i : d.i);
    const char *sign = d.i < 0 ? "-" : "";
    if (d.scale == 0) return str_int(a, d.i);
    while (s.n <= (size_t)d.scale) s = str_fmt(a, "0%.*s", STR_ARG(s));
    return str_fmt(a, "%s%.*s.%.*s", sign, (int)(s.n - (size_t)d.scale), s.p, d.scale, s.p + s.n - (size_t)d.scale);
}

static bool to_scale(struct decimal d, int scale, int64_t *out)
{
    int64_t i = d.i;
    for (int k = d.scale; k < scale; k++)
        if (__builtin_mul_overflow(i, 10, &i)) return false;
    *out = i;
    return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    int64_t x, y, sum;
    int scale = a.scale > b.scale ? a.scale : b.scale;
    if (!to_scale(a, scale, &x) || !to_scale(b, scale, &y) || __builtin_add_overflow(x, y, &sum)) return false;
    *out = (struct decimal){sum, scale};
    return true;
}

bool decimal_less(struct decimal a, struct decimal b, struct decimal *out)
{
    return decimal_add(a, (struct decimal){-b.i, b.scale}, out);
}

/* What does not fit at one scale differs by far: the larger whole part decides. */
int decimal_cmp(struct decimal a, struct decimal b)
{
    int64_t x, y;
    int scale = a.scale > b.scale ? a.scale : b.scale;
    if (to_scale(a, scale, &x) && to_scale(b, scale, &y)) return (x > y) - (x < y);
    double p = decimal_drawn(a), q = decimal_drawn(b);
    return (p > q) - (p < q);
}

double decimal_drawn(struct decimal d)
{
    double unit = 1;
    for (int k = 0; k < d.scale; k++) unit *= 10;
    return (double)d.i / unit; /* both exact, so the nearest double */
}
