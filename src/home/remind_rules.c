/* The rules of reminding: how they are written, and when something is due by them. Pure. */
#include "home/remind.h"

/* −10, −3, 0 and +2 days, managers from −3 on, the chief officer at +5: as inspection offices practise it. */
const struct rule_line rule_lines[RULES] = {
    {"remind.sending", "sending", "going", N("Reminders go out by themselves")},
    {"remind.days", "days", "-10 -3 0 2", N("Respondents, working days from the due day")},
    {"remind.managers_from", "managers_from", "-3", N("Who confirms, daily from this working day on")},
    {"remind.heads", "heads", "weekly", N("Heads, weekly counts")},
    {"remind.late_after", "late_after", "5", N("Told once, working days after the due day")},
    {"remind.late_duties", "late_duties", "ciso", N("Duties that are told then")},
    {"remind.quiet", "quiet", "19:00-08:00", N("Quiet hours in Japan")},
    {"remind.contact", "contact", "", N("How to get help")},
};
enum {
    RULE_ON, RULE_STAGE, RULE_MANAGERS_FROM, RULE_HEADS, RULE_LATE_AFTER, RULE_LATE_DUTIES, RULE_QUIET, RULE_CONTACT
};

/* ---- reading them ---- */

static bool either(str s, str yes, str no, bool *out)
{
    *out = str_eq(s, yes);
    return *out || str_eq(s, no);
}

static bool far_enough(str s, int64_t *out) { return str_to_int(s, out) && *out >= -STAGE_FAR && *out <= STAGE_FAR; }

static bool stages(str s, struct remind_rules *r)
{
    str rest = s, one;
    while (str_cut(&rest, ' ', &one)) {
        int64_t n;
        if (one.n == 0) continue;
        if (r->n_stages == STAGES_MAX || !far_enough(one, &n)) return false;
        if (r->n_stages > 0 && n <= r->stage[r->n_stages - 1]) return false;
        r->stage[r->n_stages++] = n;
    }
    return true;
}

static bool minutes(str s, int64_t *out)
{
    int64_t h, m;
    if (s.n != 5 || s.p[2] != ':' || !str_to_int(str_sub(s, 0, 2), &h) || !str_to_int(str_sub(s, 3, 5), &m)) return false;
    *out = h * 60 + m;
    return h >= 0 && h < 24 && m >= 0 && m < 60;
}

static bool hours(str s, struct remind_rules *r)
{
    str rest = s, from;
    return str_cut(&rest, '-', &from) && minutes(from, &r->quiet_from) && minutes(rest, &r->quiet_until) &&
           r->quiet_until < r->quiet_from;
}

bool rules_parse(const str values[RULES], struct remind_rules *out, size_t *wrong)
{
    struct remind_rules r = {.late_duties = values[RULE_LATE_DUTIES], .contact = values[RULE_CONTACT]};
    const bool good[RULES] = {
        [RULE_ON] = either(values[RULE_ON], S("going"), S("paused"), &r.on),
        [RULE_STAGE] = stages(values[RULE_STAGE], &r),
        [RULE_MANAGERS_FROM] = far_enough(values[RULE_MANAGERS_FROM], &r.managers_from),
        [RULE_HEADS] = either(values[RULE_HEADS], S("weekly"), S("never"), &r.heads),
        [RULE_LATE_AFTER] = far_enough(values[RULE_LATE_AFTER], &r.late_after),
        [RULE_LATE_DUTIES] = values[RULE_LATE_DUTIES].n <= CONTACT_MAX,
        [RULE_QUIET] = hours(values[RULE_QUIET], &r),
        [RULE_CONTACT] = values[RULE_CONTACT].n <= CONTACT_MAX,
    };
    for (size_t i = 0; i < RULES; i++) {
        *wrong = i;
        if (!good[i]) return false;
    }
    *out = r;
    return true;
}

/* ---- days ---- */

static int64_t japan_minute(int64_t now) { return (now + JAPAN - japan_day(now) * DAY) / 60; }

int64_t due_distance(const struct days *c, int64_t due, int64_t day) { return days_between(c, days_step(c, due, 0), day); }

bool reached(const struct days *c, int64_t due, int64_t n, int64_t last, int64_t day)
{
    return due_distance(c, due, last) < n && due_distance(c, due, day) >= n;
}

bool stage_reached(const struct remind_rules *r, const struct days *c, int64_t due, int64_t last, int64_t day)
{
    for (size_t i = 0; i < r->n_stages; i++)
        if (reached(c, due, r->stage[i], last, day)) return true;
    return false;
}

bool week_begins(const struct days *c, int64_t last, int64_t day)
{
    int64_t monday = day - weekday_of(day), first = day_works(c, monday) ? monday : days_step(c, monday, 1);
    return last < first && first <= day;
}

bool quiet(const struct remind_rules *r, const struct days *c, int64_t now)
{
    int64_t minute = japan_minute(now);
    return !day_works(c, japan_day(now)) || minute < r->quiet_until || minute >= r->quiet_from;
}

int64_t letter_time(const struct remind_rules *r, const struct days *c, int64_t now)
{
    int64_t day = japan_day(now);
    if (!quiet(r, c, now)) return now;
    if (!day_works(c, day) || japan_minute(now) >= r->quiet_from) day = days_step(c, day, 1);
    return day * DAY - JAPAN + r->quiet_until * 60;
}
