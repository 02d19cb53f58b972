/* Models as people see and change them: the list, one model, one service, files in and out, checks. */
#ifndef MEGURI_DEPEND_MODELS_H
#define MEGURI_DEPEND_MODELS_H

#include "depend/stored.h"

entry_fn depend_view_models, depend_view_show, depend_view_service, depend_view_check, depend_view_illustrations, depend_act_import,
    depend_act_change, depend_act_describe;
file_fn depend_file_export;
extern const struct param depend_change_params[];

/* How a time of a model is said: "2 to 8 hours", "10 hours on average"; nothing for never. In both languages. */
struct cell models_span_cell(struct arena *, const struct span *);
struct cell models_buffer_cell(struct arena *, const struct span *); /* nothing where there is none */
struct cell models_rule_cell(struct arena *, const struct model *, uint32_t need);
/* May the actor be told who made a version? */
bool models_who(const struct work *w, const struct stored *);

/* What is different in `now`, seen from `was`: tables "differences" and "counts". Lists only what the actor may see of `was`. */
void models_differences(struct work *w, const struct stored *was, const struct model *now, struct doc *out);

/* Keeps s->model as version s->number of model s->id. Its ties to organisations are those of version `before` (a row id), of which it has
 * the services; 0: they are made of what its services say. In an act. */
enum err models_keep(struct work *w, struct stored *s, int64_t before) MUST_USE;
/* Every `org` of the model is an organisation within reach; faults with the rows of the file. */
enum err models_orgs_known(struct work *w, const struct file *services, const struct model *) MUST_USE;

#endif
