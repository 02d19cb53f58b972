/* Long acts on the web: begun by a form, done by a process of their own, looked at whenever one likes. */
#ifndef MEGURI_TASK_TASK_H
#define MEGURI_TASK_TASK_H

#include "surface/entry.h"

extern const struct room task_room;

struct task {
    str id, act, what;
    bool rehearsed;
};
/* CONFLICT: a task of this id was begun before. Each in a short transaction of its own. told: facts, texts and faults as told_json made them. */
enum err task_begun(struct work *w, const struct task *) MUST_USE;
enum err task_ended(struct work *w, str id, str state, str told) MUST_USE;
/* Rows that still run although nobody runs them: cut short by a stop of the program. */
enum err tasks_cut(struct work *w) MUST_USE;

/* A face that keeps facts, texts, notes and the first rows of tables as JSON. */
struct doc *told_doc(struct work *w, enum lang);
str told_json(struct doc *, enum err); /* with w->faults */

#endif
