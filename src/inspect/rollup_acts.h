/* The entries of two instances, and what they share. */
#ifndef MEGURI_INSPECT_ROLLUP_ACTS_H
#define MEGURI_INSPECT_ROLLUP_ACTS_H

#include "inspect/inspect_store.h"
#include "inspect/rollup_store.h"
#include "inspect/way_acts.h"

entry_fn inspect_act_rollup_key, inspect_act_rollup, inspect_act_rollup_send, inspect_act_rollup_trust,
    inspect_act_rollup_revoke, inspect_act_rollup_import, inspect_act_unnamed;
entry_fn inspect_view_rollup_keys, inspect_view_rollups, inspect_view_rollup_compare, inspect_view_unnamed;
file_fn inspect_file_rollup;

/* What an organisation's subtree says, from its sums; sequence is left 0. CONFLICT: it reports on nobody. */
enum err rollup_of(struct work *w, const struct round *, size_t node, struct rollup *out) MUST_USE;

/* A ministry's stage becomes 'sent', from whatever it was before the centre accepted, by a step that names the key; of
 * a unit, it has to be open. CONFLICT with a fault otherwise. */
enum err rollup_sent(struct work *w, const struct round *, size_t node, str key_id, enum lang) MUST_USE;

/* "Another n systems that are not named": a fact, where any were told within [lo, hi) of the round's tree; scoped. */
enum err unnamed_fact(struct work *w, const struct round *, int64_t lo, int64_t hi, struct doc *out) MUST_USE;

#endif
