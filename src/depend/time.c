/* Times and shares as models write them. Whole numbers throughout: a time is minutes, a share ten-thousandths. No sign, no exponent, no
 * NaN is a number here, so none has to be refused. */
#include "depend/model.h"

enum { HOUR_PLACES = 4, SHARE_PLACES = 2 };

/* Digits, perhaps a point and at most `places` digits more: the value times 10^places. False beyond 10^15. */
static bool fixed_point(str s, int places, uint64_t *out)
{
    uint64_t x = 0;
    int after = -1;
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || after == places || x > UINT64_C(100000000000000)) return false;
        x = x * 10 + (uint64_t)(s.p[i] - '0');
        digits++;
        after += after >= 0;
    }
    if (digits == 0 || after == 0 || s.p[0] == '.') return false;
    for (int i = after < 0 ? 0 : after; i < places; i++) x *= 10;
    *out = x;
    return true;
}

bool model_time(str s, tick *out)
{
    uint64_t x;
    s = str_trim(s);
    bool minutes = str_ends(s, S("m"));
    if (!fixed_point(minutes ? str_sub(s, 0, s.n - 1) : s, minutes ? 0 : HOUR_PLACES, &x)) return false;
    if (!minutes) x = (x * HOUR + 5000) / 10000; /* a part of a minute is rounded */
    if (x > (uint64_t)MODEL_HOURS_MAX * HOUR) return false;
    *out = (tick)x;
    return true;
}

bool model_span(str s, struct span *out)
{
    tick low, high;
    s = str_trim(s);
    ptrdiff_t dots = str_find(s, S(".."));
    if (str_starts(s, S("~"))) {
        if (!model_time(str_sub(s, 1, s.n), &low)) return false;
        *out = (struct span){low, low, low == 0 ? SPAN_FIXED : SPAN_EXPONENTIAL};
        return true;
    }
    if (dots < 0) {
        if (!model_time(s, &low)) return false;
        *out = (struct span){low, low, SPAN_FIXED};
        return true;
    }
    if (!model_time(str_sub(s, 0, (size_t)dots), &low) || !model_time(str_sub(s, (size_t)dots + 2, s.n), &high)) return false;
    if (low > high) return false;
    *out = (struct span){low, high, low == high ? SPAN_FIXED : SPAN_UNIFORM};
    return true;
}

str model_time_text(struct arena *a, tick t)
{
    return t % HOUR == 0 ? str_fmt(a, "%u", t / HOUR) : str_fmt(a, "%um", t);
}

str model_span_text(struct arena *a, const struct span *s)
{
    if (s->low == TICK_NEVER) return S("");
    str low = model_time_text(a, s->low);
    if (s->kind == SPAN_EXPONENTIAL) return str_fmt(a, "~%.*s", STR_ARG(low));
    if (s->kind == SPAN_FIXED) return low;
    str high = model_time_text(a, s->high);
    return str_fmt(a, "%.*s..%.*s", STR_ARG(low), STR_ARG(high));
}

str model_hours_text(struct arena *a, tick t)
{
    if (t % HOUR == 0) return str_int(a, t / HOUR);
    return decimal_text(a, (struct decimal){((int64_t)t * 10 + HOUR / 2) / HOUR, 1});
}

bool model_span_same(const struct span *a, const struct span *b)
{
    return a->kind == b->kind && a->low == b->low && (a->kind != SPAN_UNIFORM || a->high == b->high);
}

bool model_share(str s, uint16_t *out)
{
    uint64_t x;
    s = str_trim(s);
    if (str_ends(s, S("%"))) s = str_trim(str_sub(s, 0, s.n - 1));
    if (!fixed_point(s, SHARE_PLACES, &x) || x > LEVEL_FULL) return false;
    *out = (uint16_t)x;
    return true;
}

str model_share_text(struct arena *a, uint16_t share)
{
    unsigned whole = share / 100u, part = share % 100u;
    if (part == 0) return str_fmt(a, "%u", whole);
    return part % 10 == 0 ? str_fmt(a, "%u.%u", whole, part / 10) : str_fmt(a, "%u.%02u", whole, part);
}
