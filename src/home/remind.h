/* Reminders and digests: who is told what, and when. One letter a person and day holds everything: own sheets that are not
 * handed in, the unit one confirms for, the counts of those one heads.
 *
 * remind_rules.c and letters.c are pure; remind.c gathers and decides; remind_store.c has the SQL. Days are counted in
 * Japan, where the programme runs: 09:00 ahead of UTC, the year round. */
#ifndef MEGURI_HOME_REMIND_H
#define MEGURI_HOME_REMIND_H

#include "inspect/inspect.h"
#include "surface/door.h"

enum { STAGES_MAX = 8, STAGE_FAR = 60, CONTACT_MAX = 500, NAMES_TOLD = 50 };

/* ---- the rules: settings, with what holds where none is set ---- */
struct remind_rules {
    bool on, heads;             /* heads: weekly counts go out */
    int64_t stage[STAGES_MAX];  /* working days from the due day, before it negative; rising */
    size_t n_stages;
    int64_t managers_from;      /* working days from the due day */
    int64_t late_after;
    str late_duties;            /* codes parted by blanks: told once when late_after is reached */
    int64_t quiet_from, quiet_until; /* minutes of the day in Japan; from the evening until the morning */
    str contact;                /* how to get help; empty: the usual words */
};
enum { RULES = 8 };
struct rule_line {
    const char *key, *param, *fallback; /* of table setting; of the act */
    str label;
};
extern const struct rule_line rule_lines[RULES];
/* Understands values in the order of rule_lines; false, and which one is wrong, otherwise. Borrows the texts. */
bool rules_parse(const str values[RULES], struct remind_rules *out, size_t *wrong);

/* Working days from the due day to `day`: 0 on it, or where it is off on the last working day before it. */
int64_t due_distance(const struct days *, int64_t due, int64_t day);
/* Did the distance reach n after `last` (a day) and up to `day`? */
bool reached(const struct days *, int64_t due, int64_t n, int64_t last, int64_t day);
bool stage_reached(const struct remind_rules *, const struct days *, int64_t due, int64_t last, int64_t day);
bool week_begins(const struct days *, int64_t last, int64_t day); /* its first working day lies there */
/* When a letter that is not urgent may go out: now, or on the next working morning. */
int64_t letter_time(const struct remind_rules *, const struct days *, int64_t now);
bool quiet(const struct remind_rules *, const struct days *, int64_t now);

/* ---- what one person is told ---- */
struct told_sheet {
    const struct open_round *round;
    int64_t person, org, due, from_due, returned;
    str respondent, duty_ja, duty_en, org_ja, org_en, reason;
    bool has_due, within; /* within: where the act reaches */
};
struct told_name {
    str ja, en, duty_ja, duty_en;
    bool begun, returned; /* no name: the post is vacant */
};
struct told_unit {
    const struct open_round *round;
    int64_t org, all, missing, waiting;
    str org_code, org_ja, org_en;
    struct told_name *name; /* NULL where names may not be seen */
    size_t n_names;
};
struct told_count {
    str ja, en;
    int64_t lo, hi, all, missing, waiting;
};
struct told_head {
    const struct open_round *round;
    int64_t org, days_late; /* days_late: told once, the sum alone; -1: weekly */
    str org_code;
    struct told_count sum, *below;
    size_t n_below;
};
struct digest {
    int64_t person, org;
    str code, name_ja, name_en, mail, lang;
    struct told_sheet *sheet;
    struct told_unit *unit;
    struct told_head *head;
    size_t n_sheets, n_units, n_heads;
};
extern const str contact_usual; /* message id */
struct letter_frame {
    str url, contact; /* url empty: no links */
    int64_t day;
};
/* Subject and text in the reader's language, in both where none is known; into the arena. */
void letter_write(struct arena *, const struct letter_frame *, const struct digest *, str *subject, str *text);
struct digest_kinds { /* how many of each a letter tells */
    int64_t own, unit, head, late;
};
struct digest_kinds digest_kinds(const struct digest *);

/* ---- running ---- */
enum err remind_tick(struct work *w, bool *more);
entry_fn home_act_remind, home_act_settings, home_view_reminders;
enum err rules_load(struct work *w, struct remind_rules *out) MUST_USE;
/* Of the last run by the clock before `day`: its day and when it began; without one the working day before, and 0. */
struct run_before {
    int64_t day, at;
};
enum err run_before(struct work *w, const struct days *, int64_t day, struct run_before *out) MUST_USE;

#endif
