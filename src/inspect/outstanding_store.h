/* The SQL behind reminders (inspect.h: what is not handed in) and behind `inspect effort`. */
#ifndef MEGURI_INSPECT_OUTSTANDING_STORE_H
#define MEGURI_INSPECT_OUTSTANDING_STORE_H

#include "inspect/inspect_store.h"

extern const struct sql_set outstanding_sql_set;

/* Every sheet of a round within the actor's scope that is handed in: where, how, and the seconds spent on a page. */
struct effort_row {
    int64_t lo;       /* of its organisation in the round's tree */
    int64_t spent;    /* 0: not measured */
    bool on_page, in_file, entered; /* one of them at most; entered: from a signed paper, by another */
};
typedef void effort_fn(void *to, const struct effort_row *);
enum err effort_each(struct work *w, int64_t round, effort_fn *, void *to) MUST_USE;
/* Letters by organisation of the round's tree; scoped. */
enum err reminders_each(struct work *w, int64_t round, void (*each)(void *, int64_t lo, int64_t letters), void *to) MUST_USE;

#endif
