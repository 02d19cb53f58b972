/* What the house reads of its own tables. */
#ifndef MEGURI_HOUSE_HOUSE_STORE_H
#define MEGURI_HOUSE_HOUSE_STORE_H

#include "store/store.h"

/* Lines from the newest back, each borrowed for the call; it answers false to stop. No statement may run in it. */
typedef bool journal_line_fn(void *with, int64_t seq, str line);
enum err journal_back(struct work *w, journal_line_fn *, void *with) MUST_USE;

extern const struct sql_set house_sql_set;

#endif
