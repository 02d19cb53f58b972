/* Long runs, kept as what they told. */
#ifndef MEGURI_DEPEND_KEPT_H
#define MEGURI_DEPEND_KEPT_H

#include "surface/entry.h"

extern const struct sql_set kept_sql_set;

enum { KEPT_LISTED_MAX = 500 };

struct kept_run {
    int64_t id, version, number, org_lo; /* version: row id; number: 1, 2 … of its model */
    str code, model, model_ja, model_en, hash, parameters, ja, en, by_whom;
    int64_t seed, runs, made;
    str record_ja, record_en; /* not filled in lists */
};
/* Those of models that the actor may run. NOTFOUND with a fault, the same whether it is absent or out of sight. */
enum err kept_find(struct work *w, str code, struct kept_run *out) MUST_USE;
enum err kept_list(struct work *w, str model, struct kept_run **out, size_t *n) MUST_USE; /* model empty: of all; newest first */
enum err kept_taken(struct work *w, str code, bool *out) MUST_USE;
enum err kept_add(struct work *w, const struct kept_run *) MUST_USE;
enum err kept_drop(struct work *w, int64_t id) MUST_USE;

enum err depend_before_simulate(struct work *w, const struct args *, struct doc *);
enum err depend_act_simulate(struct work *w, const struct args *, struct doc *);
enum err depend_act_forget(struct work *w, const struct args *, struct doc *);
enum err depend_view_runs(struct work *w, const struct args *, struct doc *);
enum err depend_view_kept(struct work *w, const struct args *, struct doc *);

#endif
