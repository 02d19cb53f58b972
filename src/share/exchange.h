/* Files of other systems, out and in. */
#ifndef MEGURI_SHARE_EXCHANGE_H
#define MEGURI_SHARE_EXCHANGE_H

#include "surface/entry.h"

enum err share_file_notice_stix(struct work *, const struct args *, struct bytes_out *) MUST_USE;
enum err share_file_notice_misp(struct work *, const struct args *, struct bytes_out *) MUST_USE;
enum err share_act_take(struct work *, const struct args *, struct doc *) MUST_USE;
extern const struct param share_misp_feed_params[], share_take_params[];

#endif
