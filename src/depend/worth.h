/* What one more hour of backup is worth, on each need; and one more black start, one more crew. Exact differences of runs: each change is
 * made alone, and everything is run again. */
#ifndef MEGURI_DEPEND_WORTH_H
#define MEGURI_DEPEND_WORTH_H

#include "depend/scenario.h"

enum { WORTH_RUNS_MAX = 1000 }; /* of each scenario */
#define WORTH_WORK_MAX INT64_C(20000000) /* services times runs, of all changes that may make a difference */

enum worth_by { WORTH_AREA, WORTH_BELOW, WORTH_MONEY, WORTH_BYS };
extern const char *const worth_by_codes[];
struct worth_figures {
    int64_t of[WORTH_BYS]; /* level-minutes of sectors; minutes of sectors below their verification level; money. Summed over all runs */
};
struct worth_row {
    struct whatif change;
    struct worth_figures saved;
    size_t place; /* as they stand in the model: 0, 1 … */
};
struct worth_ask {
    const struct stored *st;
    const struct scenario *scenario; /* each is run `runs` times */
    size_t n;
    uint32_t runs;
    tick more;                       /* of backup */
    enum worth_by by;
};
struct worth {
    struct worth_figures base;
    struct worth_row *row;           /* those that make a difference, by what is asked; then as they stand in the model */
    size_t n_rows, n_changes;        /* n_changes: all that there are */
    uint32_t cases;                  /* runs of each change */
};
/* INVALID with a fault where there is too much to run. */
enum err worth_all(struct work *w, const struct worth_ask *, struct worth *out) MUST_USE;

/* ---- the view ---- */

struct worth_view {
    struct work *w;
    struct doc *out;
    struct stored st;
    struct asked_run r;
    struct worth_ask x;
    struct worth worth;
    bool money;       /* values are given */
    bool each_sector; /* nothing is named that fails: each sector, one after the other */
};
void worth_told(const struct worth_view *);

extern const struct param depend_worth_params[];
enum err depend_view_worth(struct work *w, const struct args *in, struct doc *out);

#endif
