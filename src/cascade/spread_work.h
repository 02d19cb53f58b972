/* The inside of spread.h: what is laid out once for a network and scenario (plan), and what changes in a run (work).
 *
 * A plan is read by all threads; a work belongs to one. A work is made for a plan, and spread_again puts back what the run before it
 * touched, so that a run costs what happens in it, not what there is. */
#ifndef MEGURI_CASCADE_SPREAD_WORK_H
#define MEGURI_CASCADE_SPREAD_WORK_H

#include "cascade/spread.h"

/* What is to come. In the order of time; of one time in any order: an instant takes them all and sorts them by kind. */
enum event_kind { EVENT_DONE, EVENT_OVER, EVENT_FAIL, EVENT_KNOWN, EVENT_EMPTY, EVENT_ARRIVE, EVENTS };
struct event {
    tick at;
    uint32_t what; /* a service (DONE, OVER, FAIL, KNOWN), a need (EMPTY), a row of edges (ARRIVE) */
    uint32_t kind; /* ARRIVE: with the levels from << 4 and to << 18 */
};
struct batch {
    struct event *event;
    size_t n, room;
};
enum { QUEUE_BUCKETS = 32, CHUNK = 85 /* a kilobyte */ };
struct chunk {
    struct chunk *next;
    size_t n;
    struct event event[CHUNK];
};
struct queue {
    struct arena *a;
    struct chunk *bucket[QUEUE_BUCKETS], *spare;
    tick least[QUEUE_BUCKETS]; /* the earliest of each */
    tick last;                 /* taken */
    uint32_t used;             /* a bit for each bucket that is not empty */
};
void batch_put(struct arena *, struct batch *, struct event);
void queue_put(struct queue *, struct event);                    /* later than what was last taken */
tick queue_next(const struct queue *);                           /* TICK_NEVER: nothing */
void queue_take(struct queue *, struct batch batch[EVENTS]);     /* all of the next time, each to those of its kind */
void queue_clear(struct queue *); /* before the next run; it is empty */

/* A row of net.supplier, beside the others of the same supplier. */
struct edge {
    uint32_t need, row;
    tick delay;
    uint32_t amount; /* COUNT: its threshold. SHARE: its weight, and EDGE_SHARE */
};
#define EDGE_SHARE (UINT32_C(1) << 31)
struct spread_plan {
    const struct net *net;
    const struct scenario *s;
    const uint32_t *edge_at; /* [services + 1] */
    const struct edge *edge;
    const uint32_t *owner;       /* [needs] */
    const bool *delayed;         /* [services] some of its edges have a delay */
    const uint32_t *strike;      /* s->strike by time */
    const uint32_t *notice;      /* s->notice by time */
    const uint32_t *crew_at;     /* [crews + 1] room for those who wait for each */
    const uint32_t *short_need;  /* needs that are not met from the beginning */
    uint32_t n_short;
    struct service_state *service; /* as they begin */
    struct need_state *need;
    const uint64_t *demand;      /* [sectors × (profiles + 1)] Σ weight of those with each demand, last those with the same at every hour */
    bool black_start, profiles;
    bool far; /* states are larger than the caches */
};

enum own_why { OWN_SAME, OWN_STRUCK, OWN_FAILED };
struct service_state {
    uint16_t level, own;
    uint16_t before, own_before; /* at the beginning of the instant */
    uint16_t wave_from;          /* level before it changed in this wave */
    uint16_t timed, waits;       /* what is left of it by strikes that end by themselves, and by those that wait for a repair */
    uint16_t least;
    uint8_t own_why;             /* what lowered its own level in this instant */
    bool broken, known;          /* it waits for a repair; somebody knows */
    bool in_instant, in_wave, in_after, starts, touched;
    uint32_t own_by;
    tick over, fails, knows, done; /* when; TICK_NEVER */
    tick told;                     /* it knows from then on, by notices */
    uint32_t percent;              /* of its time of repair */
    uint32_t detections, repairs;  /* how many times were drawn; lives as repairs */
    tick since, impact, back, down, impaired;
    int64_t lost;
};
struct need_state {
    uint64_t sum;           /* COUNT: suppliers that count; SHARE: Σ weight · level */
    uint64_t buffer, full;  /* level-minutes */
    tick since, empty;      /* the buffer is as of `since`; runs empty at `empty` */
    uint16_t supply, felt;  /* x and x' */
    uint16_t supply_before, felt_before; /* before this wave */
    uint16_t help;          /* at least that is felt: a black start */
    bool drawn, in_wave, in_instant, ran_empty; /* drawn: touched in this run */
    bool idle;              /* its service's own level is 0: it draws nothing. Here too, since the service lies elsewhere */
    uint32_t fell, rose;    /* smallest row that changed so in this wave */
    uint32_t lowered_in, raised_in; /* waves, counted over the run, in which x' was */
    uint32_t lowered_by, raised_by;
    uint32_t short_by;      /* row that made it fall short */
};
struct sector_state {
    tick since, back_90, back_100;
    uint32_t point; /* of the curve, to be filled next */
    uint16_t level, least;
    bool listed;
    int64_t lost;
};

/* A list of numbers, with room for all. */
struct list {
    uint32_t *of;
    uint32_t n;
};
struct waiting {
    uint32_t service;
    tick detected;
    tick length; /* planned, for ORDER_WEIGHT */
};
struct solution {
    uint16_t *level;  /* [services] */
    uint64_t *sum;    /* [needs] */
    bool *listed;     /* [services] */
    struct list list; /* a ring that begins at `first` */
    uint32_t first;
};
struct spread_work {
    struct arena *a;
    const struct spread_plan *p;
    struct chance chance;
    struct outcome *out;
    tick now, hour; /* the next change of demand */
    struct service_state *service;
    struct need_state *need;
    uint64_t *given, *given_first; /* [sectors × (profiles + 1)] Σ weight · level, now and before the run */
    struct sector_state *sector;
    struct queue queue;
    struct batch batch[EVENTS]; /* of this instant */
    size_t strikes, notices;    /* done so far */
    struct waiting *waiting;    /* heaps, one a crew */
    uint32_t *n_waiting, *n_free;
    uint32_t waves, first_wave; /* counted over the run; of this instant */
    uint32_t wave;              /* within the instant, of the log */
    uint32_t n_helped;          /* needs with help */
    bool rose;                  /* an own level or a supply, in this instant */
    bool lost_ground;           /* an own level or what is felt fell since spread_recheck looked */
    struct list services, needs;           /* touched in this run: to be put back before the next */
    struct list instant, instant_needs;    /* whose level or inputs changed in the instant */
    struct list wave_services, wave_needs; /* whose inputs changed in the wave before */
    struct list looked, after, changed;    /* looked at in this wave; again by restorations; changed in this wave */
    struct list sectors;                   /* changed in the instant */
    struct solution solution;
    bool *holds; /* [needs] */
    size_t steps_room;
};

void spread_plan_make(struct arena *, const struct net *, const struct scenario *, struct spread_plan *);
/* once: for one run, which takes the plan's states for its own. */
struct spread_work *spread_work_make(struct arena *, const struct spread_plan *, bool once);
void spread_again(struct spread_work *, uint32_t run, struct outcome *); /* begins a run */
void spread_go(struct spread_work *);                                    /* to its end */

/* spread.c */
void spread_touch(struct spread_work *, uint32_t service); /* before it is changed */
/* By how much what a need counts or sums is more when its supplier goes from one level to another. */
static inline int64_t spread_more(const struct edge *e, uint16_t from, uint16_t to)
{
    if (e->amount < EDGE_SHARE) return (to >= e->amount) - (from >= e->amount);
    return ((int64_t)to - from) * (int64_t)(e->amount - EDGE_SHARE);
}
void spread_event(struct spread_work *, tick at, enum event_kind, uint32_t what);
tick spread_span(const struct spread_work *, enum chance_use, uint32_t which, uint32_t count, const struct span *);
/* spread_own.c: phase 1 */
void spread_lives(struct spread_work *);
void spread_own(struct spread_work *);
/* spread_wave.c: phases 2 to 4 */
void spread_look(struct spread_work *, uint32_t service); /* in the next wave */
void spread_look_need(struct spread_work *, uint32_t need);
void spread_own_changes(struct spread_work *, uint32_t service, uint16_t own);
void spread_buffers_and_arrivals(struct spread_work *);
void spread_needs_settle(struct spread_work *);
void spread_fail(struct spread_work *);
void spread_restore(struct spread_work *);
void spread_needs_end(struct spread_work *); /* at the end of the instant */
bool spread_holds(const struct spread_work *, uint32_t need);
uint16_t spread_supply(const struct net_need *, uint64_t sum);
uint16_t spread_factor(const struct net_need *, uint16_t felt);
/* spread_start.c: phase 5, deadlocks */
void spread_solution_make(struct arena *, const struct net *, struct solution *);
/* Downward from x->level to what the own levels (every `stride` bytes) allow; with help (or NULL) then upward. holds: [needs] */
void spread_solve(const struct spread_plan *, struct solution *x, const uint16_t *own, size_t stride, const bool *holds,
                  const struct need_state *help);
void spread_recheck(struct spread_work *);
bool spread_start(struct spread_work *);
void spread_deadlocks(struct spread_work *);
/* spread_tell.c: figures, curves, the log */
uint64_t *spread_given(const struct spread_work *, uint64_t *given, uint32_t service);
void spread_sectors(struct spread_work *);
void spread_step(struct spread_work *, uint32_t service, uint16_t from, uint16_t to, enum step_why, uint32_t by);
void spread_told(struct spread_work *);   /* at the end of the instant */
void spread_finish(struct spread_work *); /* at the end of the run */

#endif
