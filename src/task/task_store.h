/* The SQL of tasks. */
#ifndef MEGURI_TASK_TASK_STORE_H
#define MEGURI_TASK_TASK_STORE_H

#include "task/task.h"

struct task_row {
    str id, act, what, state, person, post, told;
    bool rehearsed, has_end;
    int64_t begun, ended;
};
typedef void task_fn(void *to, const struct task_row *);
/* Newest first: the person's own, or all within reach. */
enum err tasks_each(struct work *w, bool all, int64_t most, task_fn *, void *to) MUST_USE;
enum err task_get(struct work *w, str id, struct task_row *out) MUST_USE; /* own or within reach; NOTFOUND */

extern const struct sql_set task_sql_set;

#endif
