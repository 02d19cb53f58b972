/* Sectors after a blow: their levels at some instants, and when each first falls below its verification level. Pure. */
#ifndef MEGURI_DEPEND_TABLE_AFTER_H
#define MEGURI_DEPEND_TABLE_AFTER_H

#include "cascade/spread.h"

struct after {
    const struct net *net;
    uint32_t begins;        /* minute of the day at 0, for demand */
    const tick *at;         /* instants asked for, ascending; the last one is where the run ends */
    size_t n_at;
    const uint16_t *verify; /* [sectors] */
    struct outcome *also;   /* what else is wanted of the run; NULL. Its log and levels at the end are asked for anyway,
                             * and then stay in the arena */
    /* filled, at the caller's: */
    uint16_t *level;        /* [n_at × sectors] after what happens at that minute */
    tick *first;            /* [sectors] below its verification level for the first time, to the minute; TICK_NEVER */
    tick *below;            /* [sectors] minutes below it, up to the last instant; or NULL */
};
/* The n services are at level 0 from 0 on, for good, and nothing else happens; nothing is repaired. False: there were more changes of
 * level than AFTER_STEPS_MAX, and nothing was filled. */
enum { AFTER_STEPS_MAX = 4000000 };
bool after_blow(struct arena *, const struct after *, const uint32_t *service, uint32_t n);
/* The same of any scenario; its `until` is the last instant. */
bool after_scenario(struct arena *, const struct after *, const struct scenario *, uint32_t run);

#endif
