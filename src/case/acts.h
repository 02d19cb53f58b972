/* The room's entries, as its table names them. */
#ifndef MEGURI_CASE_ACTS_H
#define MEGURI_CASE_ACTS_H

#include "case/case_store.h"
#include "surface/door.h"

entry_fn case_act_define, case_act_open, case_act_step, case_act_assign, case_act_adopt;
entry_fn case_view_kinds, case_view_rules, case_view_shipped, case_view_states, case_view_steps, case_view_list,
    case_view_show, case_view_fields, case_view_statistics;
file_fn case_file_export;

/* What a change of state does beyond the case; *told: how much of it was left as it stood, with a note. */
enum err effect_of(struct work *w, const struct kind *, const struct item *was, const struct item *is,
                   const struct item_value *, size_t n, struct doc *out, int64_t *told) MUST_USE;

/* A cell of a name in two languages that is data. */
static inline struct cell named(str code, str ja, str en)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = ja, .en = en.n == 0 ? ja : en};
}

#endif
