#include "share/said_at.h"

#include "base/clock.h"

static bool digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static bool clock_time(str s, int64_t *seconds)
{
    str hours, minutes = s;
    int64_t h, m;
    if (!str_cut(&minutes, ':', &hours) || hours.n == 0 || hours.n > 2 || minutes.n != 2) return false;
    if (!digits(hours) || !digits(minutes)) return false;
    if (!str_to_int(hours, &h) || !str_to_int(minutes, &m) || h > 23 || m > 59) return false;
    *seconds = (h * 60 + m) * 60;
    return true;
}

bool said_at(str text, int64_t now, int64_t *out)
{
    str s = str_trim(text);
    int64_t day, seconds;
    if (time_parse(s, out)) return true;
    if (clock_time(s, &seconds)) {
        int64_t midnight = (now + JAPAN) / DAY * DAY - JAPAN, at = midnight + seconds;
        *out = at <= now ? at : at - DAY;
        return true;
    }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != ' ' && s.p[i] != 'T') continue;
        if (!date_parse(str_sub(s, 0, i), &day) || !clock_time(str_trim(str_sub(s, i + 1, s.n)), &seconds))
            return false;
        *out = day * DAY + seconds - JAPAN;
        return true;
    }
    return false;
}
