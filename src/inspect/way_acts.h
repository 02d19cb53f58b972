/* What the way upward forbids, for every act that changes a round; and what its own acts, views and blocks share. */
#ifndef MEGURI_INSPECT_WAY_ACTS_H
#define MEGURI_INSPECT_WAY_ACTS_H

#include "inspect/acts.h"
#include "inspect/way_store.h"

enum { REASON_LETTERS_MAX = 400 };

enum body way_body(const struct round *, size_t node);
/* The topmost of a node and those above it that is not open; -1: none, or the round is closed, where corrections alone
 * count. The path above has to be loaded. */
ptrdiff_t way_shut(const struct round *, size_t node);
/* The same, or else the first below that is not open: for acts that reach all below. */
ptrdiff_t way_shut_below(const struct round *, size_t node);
/* The open pieces of a subtree, as intervals of node.lo. */
struct way_run {
    int64_t lo, hi;
};
size_t way_runs(struct arena *, const struct round *, size_t node, struct way_run **out);

/* Refuses with a fault where the node or one above it is not open: since when, by whom, and what to do. */
enum err way_open(struct work *w, const struct round *, size_t node, enum lang) MUST_USE;
enum err way_shut_fault(struct work *w, const struct round *, size_t shut, enum lang, struct where) MUST_USE;

/* A reason as it is kept: trimmed, of at most REASON_LETTERS_MAX letters; empty when not given. */
enum err way_reason(struct work *w, const struct args *in, const char *name, str *out) MUST_USE;
/* The name, for who may see names there and where the person stands; else the duty. here: of the organisation. */
str step_who(const struct work *w, enum lang, const struct step_row *, int64_t here);
struct cell stage_cell(enum stage);

entry_fn inspect_act_close_unit, inspect_act_reopen, inspect_act_approve, inspect_act_send, inspect_act_query,
    inspect_act_accept, inspect_act_return, inspect_act_extend;
entry_fn inspect_view_way, inspect_view_extensions;

#endif
