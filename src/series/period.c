#include "series/period.h"

#include "base/clock.h"

const char *const period_kind_words[] = {"year", "fiscal-year", "quarter", "fiscal-quarter", "month", "day", NULL};

static bool number(str s, size_t digits, int64_t *out)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n == digits && str_to_int(s, out);
}

static int64_t month_begin(int64_t year, int64_t month) /* month 1 … 15: those beyond 12 are of the year after */
{
    char text[32];
    int64_t days = 0;
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    int n = snprintf(text, sizeof text, "%04d-%02d-01", (int)year, (int)month);
    (void)date_parse((str){text, (size_t)n}, &days);
    return days;
}

static struct period span(enum period_kind kind, int64_t year, int64_t month, int64_t months)
{
    struct period p = {.kind = kind, .first = month_begin(year, month), .last = month_begin(year, month + months) - 1};
    p.key = p.last * 1000 + (p.last - p.first);
    return p;
}

struct period period_of_day(int64_t day)
{
    return (struct period){.kind = PERIOD_DAY, .first = day, .last = day, .key = day * 1000};
}

static bool year_fits(int64_t year) { return year >= PERIOD_YEAR_FIRST && year <= PERIOD_YEAR_LAST; }

static bool year_or_quarter(str s, struct period *out)
{
    bool fiscal = str_starts(s, S("FY"));
    int64_t year, quarter, first = fiscal ? 4 : 1;
    if (fiscal) s = str_sub(s, 2, s.n);
    if (!number(str_sub(s, 0, 4), 4, &year) || !year_fits(year)) return false;
    if (s.n == 4) {
        *out = span(fiscal ? PERIOD_FISCAL : PERIOD_YEAR, year, first, 12);
        return true;
    }
    if (s.n != 6 || s.p[4] != 'Q' || !number(str_sub(s, 5, 6), 1, &quarter) || quarter < 1 || quarter > 4) return false;
    *out = span(fiscal ? PERIOD_FISCAL_QUARTER : PERIOD_QUARTER, year, first + 3 * (quarter - 1), 3);
    return true;
}

bool period_parse(str s, struct period *out)
{
    int64_t year, month, day;
    if (s.n < 5 || s.n > PERIOD_BYTES_MAX || s.p[4] != '-') return year_or_quarter(s, out);
    if (!number(str_sub(s, 0, 4), 4, &year) || !year_fits(year)) return false;
    if (s.n == 10) {
        if (!date_parse(s, &day)) return false;
        *out = period_of_day(day);
        return true;
    }
    if (s.n != 7 || !number(str_sub(s, 5, 7), 2, &month) || month < 1 || month > 12) return false;
    *out = span(PERIOD_MONTH, year, month, 1);
    return true;
}

str period_year(struct arena *a, const struct period *p, bool fiscal)
{
    return fiscal ? str_fmt(a, "FY%04d", fiscal_year(p->first)) : str_fmt(a, "%04d", calendar_year(p->first));
}

static str month_words(struct arena *a, enum lang lang, const struct period *p)
{
    int64_t month = 1;
    str date = date_text(a, p->first);
    (void)str_to_int(str_sub(date, 5, 7), &month);
    return lang == LANG_JA ? str_fmt(a, "%d年%d月", calendar_year(p->first), (int)month) : str_sub(date, 0, 7);
}

static str day_words(struct arena *a, const struct period *p)
{
    int64_t day = 1;
    (void)str_to_int(str_sub(date_text(a, p->first), 8, 10), &day);
    return str_fmt(a, "%.*s%d日", STR_ARG(month_words(a, LANG_JA, p)), (int)day);
}

str period_words(struct arena *a, enum lang lang, str period)
{
    struct period p;
    if (!period_parse(period, &p)) return period;
    int year =
        p.kind == PERIOD_FISCAL || p.kind == PERIOD_FISCAL_QUARTER ? fiscal_year(p.first) : calendar_year(p.first);
    char quarter = period.n == 0 ? '0' : period.p[period.n - 1];
    bool ja = lang == LANG_JA;
    switch (p.kind) {
    case PERIOD_YEAR:
        return ja ? str_fmt(a, "%d年", year) : str_fmt(a, "%d", year);
    case PERIOD_FISCAL:
        return ja ? str_fmt(a, "%d年度", year) : str_fmt(a, "FY%d", year);
    case PERIOD_QUARTER:
        return ja ? str_fmt(a, "%d年第%c四半期", year, quarter) : str_fmt(a, "%d Q%c", year, quarter);
    case PERIOD_FISCAL_QUARTER:
        return ja ? str_fmt(a, "%d年度第%c四半期", year, quarter) : str_fmt(a, "FY%d Q%c", year, quarter);
    case PERIOD_MONTH:
        return month_words(a, lang, &p);
    default:
        return ja ? day_words(a, &p) : date_text(a, p.first);
    }
}
