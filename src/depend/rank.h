/* N−1 and N−2: what is lost with each service alone, and with two at once. Criticality (what it takes down) and susceptibility (how many
 * take it down) are two figures: Balakrishnan and Zhang 2020.
 *
 * Two ways of reckoning. *For good*: what is lost when it never comes back, whatever the buffers (cascade/reach.h); for models of any
 * size. *Timed*: a run of so many hours, with buffers, delays and partial levels (cascade/spread.h); for models up to RANK_TIMED_MAX.
 * Demand is taken as the same all day, so that nothing hangs on the hour at which it begins. */
#ifndef MEGURI_DEPEND_RANK_H
#define MEGURI_DEPEND_RANK_H

#include "depend/stored.h"

enum {
    RANK_HOURS = 72,         /* a timed run, where nothing is said */
    RANK_HOURS_MAX = 8784,
    RANK_TIMED_MAX = 2000,   /* services of a model that is run service by service */
    RANK_POINTS = 20,        /* single points of failure told of a sector */
    RANK_PAIRED_MAX = 1000,  /* services of which all pairs are tried for good; of larger models the first */
    RANK_PAIRED_LARGE = 200, /* so many. */
    RANK_PAIRED_TIMED = 80,  /* The same for timed pairs */
    RANK_PAIRS_KEPT = 1000,  /* told, the largest first */
};
/* Shares of a sector's weight, and means of them over sectors, are counted in billionths. */
#define RANK_WHOLE INT64_C(1000000000)

enum rank_by { RANK_WEIGHT, RANK_AREA, RANK_MONEY, RANK_SERVICES, RANK_BYS };
extern const char *const rank_by_codes[];

struct rank_ask {
    const struct net *net;    /* demand left out (rank_even) */
    const uint16_t *verify;   /* [sectors] */
    const struct model *model; /* for its values */
    enum rank_by by;
    bool timed;
    bool repaired;            /* timed: until a crew has repaired it; else for good */
    tick until;
};
struct rank_row {
    uint32_t service, direct, transitive;
    uint32_t lost;            /* others lost for good with it */
    uint32_t lost_to;         /* others with each of which it is lost for good */
    uint32_t hits, hit_by;    /* timed: others it brings below their verification level; others that do so to it */
    uint32_t below;           /* sectors that come below their verification level, and were not without it: in the run; else for good */
    int64_t weight;           /* mean over sectors of the share of their weight lost for good, itself included, in RANK_WHOLE */
    int64_t area;             /* timed: level-minutes of sectors, beyond those lost anyway */
    int64_t money;
    tick soonest;             /* timed: another sector is below its verification level; TICK_NEVER */
};
struct rank_point { /* its loss takes a whole sector below its verification level */
    uint32_t service;
    uint16_t left;            /* level of the sector */
    bool own;                 /* it is its own sector */
    tick after;               /* timed; TICK_NEVER: not within the run */
};
struct rank_sector {
    uint64_t weight;
    uint32_t services, n_points, n_others; /* n_others: points that stand in other sectors */
    struct rank_point point[RANK_POINTS];  /* the deepest first */
};
struct ranking {
    struct rank_row *row;     /* [services] by what is asked, then as they stand in the model */
    struct rank_sector *sector;
    uint32_t lost_anyway;     /* services of which a need is never met */
};
/* The network without demand over the day. */
struct net rank_even(struct arena *, const struct net *);
/* What strikes these, as it is asked; it borrows `service`. */
struct strike rank_blow(const struct rank_ask *, const uint32_t *service, uint32_t n);
void rank_all(struct work *w, const struct rank_ask *, struct ranking *out);
int64_t rank_measure(enum rank_by, const struct rank_row *);

/* Losses by sector (weight lost of each) as a mean of shares; sectors without weight are left out of it. */
int64_t rank_share(const struct rank_sector *, uint32_t n_sectors, const uint64_t *lost);
/* Money for level-minutes of each service and each sector: a sector's value where it is given, else those of its services (as depend run). */
bool rank_has_money(const struct model *);
int64_t rank_money(const struct model *, const int64_t *lost, const int64_t *sector_lost);

struct rank_pair {
    uint32_t a, b;
    int64_t joint, one, other; /* in the measure: both at once, each alone */
    int64_t excess;            /* what is lost with both and with neither alone */
};
struct rank_pairs {
    uint32_t among, tried, n; /* services paired, pairs, those with an excess */
    bool all;                 /* among all services */
    struct rank_pair *pair;   /* the largest excess first, at most RANK_PAIRS_KEPT */
    uint32_t kept;
};
void rank_paired(struct work *w, const struct rank_ask *, const struct ranking *, struct rank_pairs *out);

/* ---- the view ---- */

struct rank_view {
    struct work *w;
    struct doc *out;
    struct stored st;
    struct rank_ask x;
    struct net even;
    struct ranking r;
    bool pairs, money; /* pairs are asked for; values are given */
    int64_t first;     /* so many of the ranking are listed */
};
void rank_told(const struct rank_view *);
void rank_pairs_told(const struct rank_view *, const struct rank_pairs *);

extern const struct param depend_rank_params[];
enum err depend_view_rank(struct work *w, const struct args *in, struct doc *out);

#endif
