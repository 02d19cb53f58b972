/* The SQL of reminders. */
#ifndef MEGURI_HOME_REMIND_STORE_H
#define MEGURI_HOME_REMIND_STORE_H

#include "home/remind.h"

extern const struct sql_set remind_sql_set;

/* Posts of today that carry a right beyond answering, of persons after `after` and not beyond `upto`, in their order. */
struct duty_post {
    int64_t person, org, lo, hi;
    unsigned rights;
    str duty, org_code, org_ja, org_en;
};
enum err duty_posts(struct work *w, int64_t day, int64_t after, int64_t upto, struct duty_post **out, size_t *n) MUST_USE;

/* Fills who it is: codes, names, mail, language; NOTFOUND without a fault when the person is not here that day. */
enum err reader_of(struct work *w, int64_t person, int64_t day, struct digest *out) MUST_USE;
enum err units_below(struct work *w, int64_t org, int64_t day, struct told_count **out, size_t *n) MUST_USE;
enum err duty_known(struct work *w, str code, bool *out) MUST_USE;
enum err reaches_all(struct work *w, bool *out) MUST_USE; /* is there no organisation out of the actor's reach? */

enum err reminded_on(struct work *w, int64_t person, int64_t day, bool *out) MUST_USE;
enum err reminded_put(struct work *w, int64_t person, int64_t day, const struct digest_kinds *,
                      int64_t due) MUST_USE;

struct remind_run {
    int64_t day, at, upto, letters, unreachable;
    bool done;
};
enum err run_get(struct work *w, int64_t day, struct remind_run *out) MUST_USE; /* NOTFOUND without a fault */
enum err run_put(struct work *w, const struct remind_run *) MUST_USE;
enum err run_last(struct work *w, int64_t before, struct run_before *out) MUST_USE; /* NOTFOUND without a fault */

/* Within the actor's scope, for the view. */
struct reminded_day {
    int64_t day, people, sheets, units, heads, late;
};
typedef void reminded_fn(void *to, const struct reminded_day *);
enum err reminded_days(struct work *w, reminded_fn *, void *to) MUST_USE; /* the last thirty */
struct unreachable {
    str code, name_ja, name_en, org_code, org_ja, org_en;
    int64_t sheets;
};
typedef void unreachable_fn(void *to, const struct unreachable *);
/* Current people without a mail address who have a sheet in an open round that is not handed in. */
enum err unreachable_each(struct work *w, int64_t day, unreachable_fn *, void *to) MUST_USE;
enum err readers_count(struct work *w, int64_t day, unsigned all_of, unsigned none_of, str duty, int64_t *n) MUST_USE;

#endif
