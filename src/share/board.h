#ifndef MEGURI_SHARE_BOARD_H
#define MEGURI_SHARE_BOARD_H

#include "share/told.h"

enum { NAMES_PER_PAGE = 50, WATCHED_MAX = 50 };
entry_fn share_view_board, share_view_watched;
extern const struct param share_board_params[];

/* The table "tiers" with its presentation, of sums by tier; tiers without addressees are left out. */
void board_tiers_table(struct doc *, const struct below sums[TIERS]);

#endif
