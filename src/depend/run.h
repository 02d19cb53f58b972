/* Runs of a model, and what is told of them. Computing stands apart from telling, so that what is computed once may be told in two
 * languages. */
#ifndef MEGURI_DEPEND_RUN_H
#define MEGURI_DEPEND_RUN_H

#include "depend/scenario.h"

enum {
    RUN_LOG_MAX = 200000,        /* steps of the run that is shown */
    RUN_CURVE_BYTES = 16 << 20,  /* of all curves of all runs: beyond that they have fewer points */
    RUN_POINTS_MAX = 4321,       /* three days by the minute */
    RUN_TRIED_MAX = 24,          /* services that are tried for a black start */
    RUN_TRIED_SERVICES = 10000,  /* in models of at most so many */
};
/* How much one may ask for: of a page, and of long work. Runs times services; and that times hours. */
struct run_limit {
    int64_t cells, work;
    bool page; /* the refusal names the way to do more */
};
extern const struct run_limit run_limit_page, run_limit_task;

#define RUN_NEVER INT64_MAX
/* What 5, 50 and 95 of 100 runs stay at or below (nearest rank); of one run three times the same. RUN_NEVER: not within the run. */
struct band {
    int64_t low, middle, high;
};
struct run_sector {
    struct band first;    /* minute its level is first below its verification level */
    struct band below;    /* minutes below it */
    struct band lost;     /* level-minutes */
    struct band least;    /* lowest level */
    struct band back_90, back_100;
    uint32_t hit;         /* runs in which it is below */
};
struct run_service {
    struct band first;    /* minute it is first below its verification level */
    uint32_t hit;         /* runs in which it is */
    double mean, error;   /* of the first minute, where all runs have one; and its standard error */
    int64_t below, lost;  /* minutes impaired, level-minutes: means over the runs, rounded down */
    int64_t lost_in_all;  /* level-minutes, over all runs */
    double unavailable, unavailable_error; /* share of level-time; error: below 0 where there is one run */
};
struct made_run {
    const struct stored *s;
    const struct asked_run *r;
    uint32_t points;
    tick every;
    struct band *curve;         /* [sectors × points] levels */
    struct run_sector *sector;
    struct run_service *service;
    struct band impaired, sectors_below, area, money, back; /* of all: services, sectors, level-minutes, money, minutes */
    bool has_money;
    uint32_t shown;             /* the run whose log is shown: the only one, or the one in the middle by what is lost */
    struct outcome one;         /* of that run: impact, back, lost, impaired, least, end, steps, deadlock */
    uint32_t *struck_sector;    /* [sectors] of how many of its services something strikes */
};
/* INVALID with a fault beyond the limit. */
enum err run_make(struct work *w, const struct stored *, const struct asked_run *, const struct run_limit *, struct made_run *out) MUST_USE;
int64_t run_money(int64_t value, int64_t level_minutes); /* rounded down, saturating */
/* Of the services of a deadlock those of which one alone, restarting without the others, would bring it back; tried by running. [services] */
bool *run_starters(struct work *w, const struct made_run *);

/* ---- the chain: who failed because of whom ---- */

/* A service, or all of a sector that the reader does not see by name, which then stand as one. */
struct link {
    uint32_t service;       /* of those, the first that failed */
    uint32_t services;      /* how many it stands for */
    uint32_t parent;        /* a link before it; NET_NONE: it began there */
    uint32_t depth;
    uint32_t need;          /* what it went without; NET_NONE */
    uint32_t cause;         /* STRUCK: index of asked_run.struck; NET_NONE */
    tick at, until;         /* TICK_NEVER: still so at the end */
    tick held;              /* how long its buffer held; 0: it had none */
    uint16_t least;
    uint8_t why, type;      /* enum step_why; enum link_type of NEED */
    bool named;
};
struct chain {
    struct link *link; /* in the order of time */
    size_t n;
    bool cut;          /* the log was too long to be followed to its end */
};
void chain_of(struct arena *, const struct stored *, const struct outcome *, struct chain *out);
/* As a tree: indices of links, each before those that follow from it, by time. */
const uint32_t *chain_order(struct arena *, const struct chain *);

/* ---- telling ---- */

/* Two runs side by side, or one (was NULL). was_label, now_label: what the two are called; message ids. */
struct beside {
    const struct made_run *was, *now;
    str was_label, now_label;
};
/* The service of `was` that is service i of `now`, the sector likewise; NET_NONE. In other versions and files they are found by code. */
uint32_t beside_service(const struct beside *, uint32_t i);
uint32_t beside_sector(const struct beside *, uint32_t i);

/* A table whose columns depend on what is told: a column and its cell are put at the same place in the code of both. */
enum { RUN_TABLE_COLUMNS = 24 };
struct run_table {
    struct column column[RUN_TABLE_COLUMNS];
    struct cell cell[RUN_TABLE_COLUMNS];
    size_t n, at;
};
void run_table_column(struct run_table *, const char *key, enum cell_type, str label, unsigned flags);
void run_table_begin(struct run_table *, struct doc *, const char *name);
void run_table_cell(struct run_table *, struct cell);
void run_table_row(struct run_table *, struct doc *);
/* A figure in one column, or in three with what 90 of 100 runs lie between: KEY, KEY_low, KEY_high; and that of the run beside. */
struct run_table_band {
    const char *key, *low, *high, *was;
    enum cell_type type;
    str label;
    bool aside; /* beside another run it is in data only */
};
void run_table_band_columns(struct run_table *, const struct beside *, const struct run_table_band *);
void run_table_band_cells(struct run_table *, const struct beside *, const struct run_table_band *, const struct band *now, const struct band *was);

void curves_told(struct work *w, const struct beside *, struct doc *);
void chain_told(struct work *w, const struct made_run *, struct doc *);
void run_told(struct work *w, const struct beside *, struct doc *);    /* all of it, in its order */
void run_key_figures(struct work *w, const struct beside *, struct doc *);
void run_figures_told(struct work *w, const struct beside *, struct doc *);  /* table "figures": the two side by side */
void run_impact_told(struct work *w, const struct beside *, struct doc *);   /* table "impact": sectors, when */
void run_services_told(struct work *w, const struct beside *, struct doc *); /* table "services" */
void run_losses_told(struct work *w, const struct beside *, struct doc *);   /* table "sectors": how much, how long */
void run_stuck_told(struct work *w, const struct made_run *, struct doc *);  /* table "deadlocks", where there are any */
void run_availability_told(struct work *w, const struct made_run *, struct doc *);
str run_command(struct arena *, const struct made_run *); /* that repeats it */
void run_manifest_told(struct work *w, const struct made_run *, struct doc *);
void run_title(struct work *w, const struct beside *, struct doc *);
void run_lead(struct work *w, const struct made_run *, struct doc *);  /* what was asked, in words */
str run_model_words(struct work *w, enum lang, const struct stored *); /* "Model: NAME (version 2)" */
str run_causes_words(struct work *w, enum lang, const struct made_run *); /* "Electric power (for 24 hours), 2 more"; empty: nothing strikes */
/* The run that is asked, and with a what-if the model as it is beside it. */
enum err run_both(struct work *w, const struct stored *, const struct asked_run *, const struct run_limit *, struct beside *out) MUST_USE;
/* The cell of a time: nothing for RUN_NEVER. */
struct cell run_time_cell(int64_t);

enum err depend_view_run(struct work *w, const struct args *, struct doc *);
enum err depend_view_compare(struct work *w, const struct args *, struct doc *);
enum err depend_view_failable(struct work *w, const struct args *, struct doc *);
enum err depend_view_buffered(struct work *w, const struct args *, struct doc *);
enum err depend_view_strikes(struct work *w, const struct args *, struct doc *);

#endif
