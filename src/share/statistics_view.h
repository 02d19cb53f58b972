#ifndef MEGURI_SHARE_STATISTICS_VIEW_H
#define MEGURI_SHARE_STATISTICS_VIEW_H

#include "surface/entry.h"

enum err share_view_statistics(struct work *, const struct args *in, struct doc *out);
extern const struct param share_statistics_params[];

#endif
