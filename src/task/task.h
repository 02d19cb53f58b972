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

/* What an act was tried out with, kept for a day so that it can be done with the same. Larger files are not kept, nor
 * anything of an act that asks for a secret. */
enum { TASK_KEPT_BYTES = 32 << 20, TASK_KEPT_FIELDS = 64, TASK_KEPT_SECONDS = 86400 };
enum err task_keep(struct work *w, str id, const struct given *, size_t n) MUST_USE;
struct task_kept {
    struct given *given;
    size_t n;
    str told; /* what the trial told */
};
/* Of the acting person's own trial of this act; NOTFOUND with a fault when it is not kept (any more). */
enum err task_kept(struct work *w, str id, str act, struct task_kept *out) MUST_USE;
bool task_is_kept(struct work *w, str id);
enum err task_kept_drop(struct work *w, str id) MUST_USE; /* it was done */
/* The language in which it was told. */
enum lang told_lang(struct work *w, str told);

/* A face that keeps facts, texts, notes and the first rows of tables as JSON. */
struct doc *told_doc(struct work *w, enum lang);
str told_json(struct doc *, enum err); /* with w->faults */

#endif
