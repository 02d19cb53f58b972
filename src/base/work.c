#include "base/work.h"

enum err fault_note(struct work *w, enum err err, struct where where, const str *words, size_t n)
{
    int64_t at = w->faults.count++;
    if (at >= FAULTS_SHOWN) return err;
    struct fault *f = &w->faults.first[at];
    *f = (struct fault){.err = err, .where = where, .id = str_dup(w->a, words[0])};
    f->where.file = str_dup(w->a, where.file);
    f->where.field = str_dup(w->a, where.field);
    for (size_t i = 1; i < n && i <= FAULT_ARGS; i++) f->arg[i - 1] = str_dup(w->a, words[i]);
    return err;
}

enum err work_err(const struct work *w) { return w->faults.count == 0 ? OK : w->faults.first[0].err; }

void work_progress(struct work *w, str what, int64_t done, int64_t total)
{
    if (w->progress != NULL) w->progress(w->watcher, what, done, total);
}
