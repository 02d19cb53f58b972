/* What stands in collections, for people. */
#ifndef MEGURI_SHARE_RECEIVED_H
#define MEGURI_SHARE_RECEIVED_H

#include "surface/entry.h"

enum err share_view_collections(struct work *, const struct args *, struct doc *);
enum err share_view_received(struct work *, const struct args *, struct doc *);
enum err share_file_object(struct work *, const struct args *, struct bytes_out *);

extern const struct param share_received_params[], share_received_object_params[];

#endif
