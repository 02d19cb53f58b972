/* Propagation: what fails next, when, because of what, and when it is back. Event-driven, in whole numbers throughout: the same
 * network, scenario, seed and run give the same outcome to the byte on any machine and with any number of threads.
 * What happens at one instant, in which order, and why: README.md. */
#ifndef MEGURI_CASCADE_SPREAD_H
#define MEGURI_CASCADE_SPREAD_H

#include "cascade/chance.h"
#include "cascade/net.h"

enum repair_order {
    ORDER_FIFO,     /* whoever was detected first */
    ORDER_PRIORITY, /* larger priority first, then FIFO */
    ORDER_WEIGHT,   /* most weight per minute of repair first (Smith's rule), then FIFO */
    ORDERS
};

/* What strikes from outside: a broken service, a threat that hits all with one product, a site that is lost. */
struct strike {
    tick at;
    const uint32_t *service; /* those it may hit */
    uint32_t n;
    uint32_t cause;     /* the caller's, handed back in steps */
    uint32_t repair_percent; /* of their time of repair; 100: as it is */
    uint16_t level;     /* what is left of a service that is hit */
    uint16_t chance;    /* of 10,000 that one is hit */
    bool together;      /* one draw for all of them: a common cause takes all or none */
    bool empties;       /* their buffers are lost with them */
    tick lasts;         /* it is over by itself after so long (0: it takes buffers only); TICK_NEVER: until repaired, after detection, by a crew */
};
/* Somebody told the service that something is wrong: it knows `detect` after `at`, if it did not know sooner. */
struct notice {
    tick at;
    uint32_t service;
    tick detect;
};
struct scenario {
    const struct strike *strike;
    size_t n_strikes;
    const struct notice *notice;
    size_t n_notices;
    tick until;          /* the run ends here, at most TICK_MAX; what happens at that minute still does */
    uint32_t begins;     /* minute of the day at tick 0, for demand */
    enum repair_order order;
    bool failures;       /* services fail by themselves, as `fails` says */
    bool varied;         /* spans are drawn; else UNIFORM is its middle (rounded down), EXPONENTIAL its mean */
    uint64_t seed;
};

enum step_why { STEP_STRUCK, STEP_FAILED, STEP_NEED, STEP_MET, STEP_REPAIRED, STEP_STARTED };
extern const char *const step_why_codes[];
/* A change of a service's level. Of one service in the order of time; in all in the order (time, wave, service). */
struct step {
    tick at;
    uint32_t service;
    uint32_t by; /* STRUCK: the strike's cause. NEED, MET: the row of net.supplier whose change brought it. Else NET_NONE */
    uint16_t from, to;
    uint32_t wave; /* within the instant: what stands in wave w follows from what stands before it */
    uint8_t why;
};

/* What is wanted of a run; NULL pointers are not filled. All lengths are the caller's to provide. */
struct outcome {
    tick *impact;   /* [services] first below its verification level at the end of an instant; TICK_NEVER */
    tick *back;     /* [services] in full since then, to the end; 0 all the time, TICK_NEVER not in full at the end */
    int64_t *lost;  /* [services] area lost: level-minutes, (10,000 - level) summed over the run */
    tick *down;     /* [services] minutes at level 0 */
    tick *impaired; /* [services] minutes below its verification level */
    uint16_t *least;/* [services] lowest level */
    uint16_t *end;  /* [services] level at the end */
    /* sectors: S(t) = Σ weight · level · demand(t) / Σ weight · demand(t), rounded down; 10,000 where nothing is demanded */
    uint32_t points;  /* the curve has so many points, at 0, every, 2 every … */
    tick every;
    uint16_t *curve;  /* [sectors × points], a sector's points together; the level after what happens at that minute */
    int64_t *sector_lost;   /* [sectors] level-minutes */
    uint16_t *sector_least; /* [sectors] */
    tick *sector_back_90, *sector_back_100; /* [sectors] since when at least 9,000 / in full, to the end; 0 all the time; TICK_NEVER */
    /* the log; wanted when steps_max > 0 */
    size_t steps_max;
    struct step *step; /* in the arena, at most steps_max; the first ones */
    size_t n_steps;    /* as many as there were, also those that found no room */
    /* deadlocks at the end: services that would work if all of them did. NULL, or [services]: the group (1 …), 0: in none */
    uint32_t *deadlock;
    uint32_t deadlocks;
};
/* One run. The outcome is complete or, when the arena is exhausted, nobody sees it. */
void spread_run(struct arena *, const struct net *, const struct scenario *, uint32_t run, struct outcome *);

/* Many runs, numbered 0 … runs - 1, by up to `threads` threads (fewer where the system gives none). All arrays are the caller's. */
struct sampled {
    uint32_t runs, points;
    tick every;
    uint16_t *curve;       /* [runs × sectors × points] or NULL */
    tick *impact;          /* [runs × services] or NULL */
    int64_t *lost;         /* [services] summed over runs, or NULL */
    int64_t *impaired;     /* [services] minutes summed over runs, or NULL */
    int64_t *service_lost; /* [runs × services] or NULL */
    int64_t *sector_lost;  /* [runs × sectors] or NULL */
    uint16_t *sector_least;/* [runs × sectors] or NULL */
    tick *sector_back_90, *sector_back_100; /* [runs × sectors] or NULL */
    int64_t *total_lost;   /* [runs] Σ weight · lost over all services, or NULL */
};
/* Told after each hundred or so; false ends it early, and the answer is false. NULL: nobody asks. Called by the calling thread alone. */
typedef bool sampled_fn(void *to, uint32_t done, uint32_t of);
bool spread_many(const struct net *, const struct scenario *, unsigned threads, struct sampled *, sampled_fn *, void *to);

/* When everything fails for good: no repair, nothing partial. first[i]: when service i is down, TICK_NEVER where it stays up.
 * The same as spread_run's impact where the scenario is such a one (spread_is_final); many times as fast: Knuth's generalisation of
 * Dijkstra's algorithm. by[i] (or NULL): the row of net.supplier that brought it down (of several at the
 * same minute always the same one; they lead back to a strike), NET_NONE where it was struck or stays up. */
bool spread_is_final(const struct net *, const struct scenario *);
void spread_final(struct arena *, const struct net *, const struct scenario *, tick *first, uint32_t *by);

#endif
