/* What the files of the room share: acts, views, and how lines are taken in. */
#ifndef MEGURI_SERIES_ACTS_H
#define MEGURI_SERIES_ACTS_H

#include "series/file.h"

/* Takes the lines in: decides all of them, refuses before the first change, then writes. reason: of corrections whose
 * row gives none. Tells in facts what was added, changed, corrected and stood so already. */
enum err series_lines_take(struct work *w, const struct lines *, str reason, struct doc *out) MUST_USE;
/* Whole; NOTFOUND with a fault, the same whether there is none or it is out of reach. Also those of the rounds. */
enum err series_load(struct work *w, str code, struct indicator *out) MUST_USE;
/* All that may be seen, heads filled with what they hold, those of the rounds behind the others. */
enum err series_load_all(struct work *w, str area, struct indicator **out, size_t *n) MUST_USE;

entry_fn series_act_import;
entry_fn series_act_define;
entry_fn series_act_definition;
entry_fn series_act_put;
entry_fn series_act_target;
entry_fn series_view_list;
entry_fn series_view_show;
entry_fn series_view_areas;
entry_fn series_view_parts;
entry_fn series_view_own;
file_fn series_file_export;

#endif
