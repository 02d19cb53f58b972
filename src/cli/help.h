/* What the program tells about itself; all of it comes out of the rooms' tables. */
#ifndef MEGURI_CLI_HELP_H
#define MEGURI_CLI_HELP_H

#include "cli/options.h"

void help_program(struct out *, struct arena *, enum lang, const struct style *);
void help_room(struct out *, struct arena *, enum lang, const struct style *, const struct room *);
void help_entry(struct out *, struct arena *, enum lang, const struct style *, const struct room *,
                const struct entry *);

#endif
