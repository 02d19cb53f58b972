#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

enum { CYCLE = 146097, CYCLE_YEARS = 400, EPOCH = 719468, YEAR_FIRST = 1868, YEAR_LAST = 9999, ZONE_MAX = 14 * 60 };
static const int64_t OFFSET_MAX = (int64_t)36525 * DAY; /* a hundred years */

struct civil {
    int64_t year;
    int month, day;
};

/* Proleptic Gregorian, by cycles of 400 years = 146,097 days. Years are counted from 1 March, so that the leap day
 * comes last; 1970-01-01 is day 719,468 after 0000-03-01. (153 m + 2) / 5 is the days before month m of such a year. */
static int64_t days_of(struct civil c)
{
    int64_t year = c.year - (c.month <= 2);
    int64_t cycle = (year >= 0 ? year : year - (CYCLE_YEARS - 1)) / CYCLE_YEARS;
    int64_t of_cycle = year - cycle * CYCLE_YEARS;
    int64_t of_year = (153 * ((c.month + 9) % 12) + 2) / 5 + c.day - 1;
    return cycle * CYCLE + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - EPOCH;
}

static struct civil civil_of(int64_t days)
{
    int64_t z = days + EPOCH;
    int64_t cycle = (z >= 0 ? z : z - (CYCLE - 1)) / CYCLE;
    int64_t d = z - cycle * CYCLE;
    int64_t of_cycle = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int64_t of_year = d - (365 * of_cycle + of_cycle / 4 - of_cycle / 100);
    int m = (int)((5 * of_year + 2) / 153);
    int month = m < 10 ? m + 3 : m - 9;
    return (struct civil){of_cycle + cycle * CYCLE_YEARS + (month <= 2), month, (int)(of_year - (153 * m + 2) / 5 + 1)};
}

bool clock_offset(str words, int64_t now, int64_t *out)
{
    int64_t n;
    bool signed_ = words.n > 1 && (words.p[0] == '+' || words.p[0] == '-');
    if (signed_ ? !str_to_int(words, &n) : !time_parse(words, &n)) return false;
    n = signed_ ? n : n - now;
    if (n > OFFSET_MAX || n < -OFFSET_MAX) return false;
    *out = n;
    return true;
}

/* The one thing here that is not given but kept: it has to be the same for all that runs. */
static struct {
    bool asked;
    enum clock_moved how;
    int64_t by;
} moved;

static void look(void)
{
    const char *words = getenv("MEGURI_CLOCK");
    moved.asked = true;
    if (words == NULL || *words == '\0') return;
    moved.how = clock_offset(str_of(words), (int64_t)time(NULL), &moved.by) ? CLOCK_MOVED : CLOCK_WRONG;
}

enum clock_moved clock_moved(void)
{
    if (!moved.asked) look();
    return moved.how;
}

int64_t clock_now(void)
{
    if (!moved.asked) look();
    return (int64_t)time(NULL) + moved.by;
}

static bool digits(str s, size_t from, size_t n, int *out)
{
    int value = 0;
    for (size_t i = from; i < from + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = value;
    return true;
}

/* A day that does not exist comes back as another one. */
static bool exists(struct civil c)
{
    struct civil again = civil_of(days_of(c));
    return again.year == c.year && again.month == c.month && again.day == c.day;
}

/* 2020/4/1, as a spreadsheet in Japanese writes back what it read as a date. */
static bool slashed(str s, int *year, int *month, int *day)
{
    str rest = s, y, m;
    if (!str_cut(&rest, '/', &y) || !str_cut(&rest, '/', &m) || rest.p == NULL) return false;
    return y.n == 4 && m.n >= 1 && m.n <= 2 && rest.n >= 1 && rest.n <= 2 && digits(y, 0, 4, year) && digits(m, 0, m.n, month) &&
           digits(rest, 0, rest.n, day);
}

static bool dashed(str s, int *year, int *month, int *day)
{
    return s.n == DATE_TEXT && s.p[4] == '-' && s.p[7] == '-' && digits(s, 0, 4, year) && digits(s, 5, 2, month) && digits(s, 8, 2, day);
}

bool date_parse(str s, int64_t *days)
{
    int year, month, day;
    if (!dashed(s, &year, &month, &day) && !slashed(s, &year, &month, &day)) return false;
    struct civil c = {year, month, day};
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || day < 1 || day > 31) return false;
    if (!exists(c)) return false;
    *days = days_of(c);
    return true;
}

str date_text(struct arena *a, int64_t days)
{
    struct civil c = civil_of(days);
    return str_fmt(a, "%04lld-%02d-%02d", (long long)c.year, c.month, c.day);
}

str time_text(struct arena *a, int64_t seconds)
{
    int64_t days = seconds / DAY - (seconds % DAY < 0);
    int of_day = (int)(seconds - days * DAY);
    struct civil c = civil_of(days);
    return str_fmt(a, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)c.year, c.month, c.day, of_day / 3600,
        of_day / 60 % 60, of_day % 60);
}

/* +09:00 as minutes. */
static bool zone_parse(str s, int *minutes)
{
    int h, m;
    *minutes = 0;
    if (s.n == 1 && s.p[0] == 'Z') return true;
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':') return false;
    if (!digits(s, 1, 2, &h) || !digits(s, 4, 2, &m) || m > 59 || h * 60 + m > ZONE_MAX) return false;
    *minutes = s.p[0] == '+' ? h * 60 + m : -(h * 60 + m);
    return true;
}

bool time_parse(str s, int64_t *seconds)
{
    int64_t day;
    int h, m, second, zone;
    if (s.n < 20 || s.p[4] != '-' || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':') return false;
    if (!date_parse(str_sub(s, 0, DATE_TEXT), &day) || !zone_parse(str_sub(s, 19, s.n), &zone)) return false;
    if (!digits(s, 11, 2, &h) || !digits(s, 14, 2, &m) || !digits(s, 17, 2, &second)) return false;
    if (h > 23 || m > 59 || second > 59) return false;
    *seconds = day * DAY + h * 3600 + m * 60 + second - zone * 60;
    return true;
}

int calendar_year(int64_t days) { return (int)civil_of(days).year; }

int fiscal_year(int64_t days)
{
    struct civil c = civil_of(days);
    return (int)c.year - (c.month < 4);
}

/* First days: 明治 by the Gregorian date of 慶応4年1月1日, to which the edict of 1868 reached back; 大正, 昭和 the day of
 * the edict; 平成 and 令和 by 昭和64年政令第1号, 平成31年政令第143号. The newest first. */
static const struct era {
    struct civil first;
    const char *name;
} eras[] = {
    {{2019, 5, 1}, "令和"},
    {{1989, 1, 8}, "平成"},
    {{1926, 12, 25}, "昭和"},
    {{1912, 7, 30}, "大正"},
    {{1868, 1, 25}, "明治"},
};

str date_era(struct arena *a, int64_t days)
{
    struct civil c = civil_of(days);
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        if (days < days_of(eras[i].first)) continue;
        long long year = (long long)(c.year - eras[i].first.year + 1);
        if (year == 1) return str_fmt(a, "%s元年%d月%d日", eras[i].name, c.month, c.day);
        return str_fmt(a, "%s%lld年%d月%d日", eras[i].name, year, c.month, c.day);
    }
    return str_fmt(a, "%lld年%d月%d日", (long long)c.year, c.month, c.day);
}
