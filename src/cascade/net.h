/* A network of services as arrays: what the three engines are given. Pure; nothing here allocates but in an arena.
 *
 * Time is whole minutes from the beginning of a run ("ticks"); a level is a whole number of ten-thousandths, 10,000 in full
 * working order. A service has an own level (what it could do by itself) and needs; all of its needs have to be met. A need is met
 * by suppliers: so many of them (k of n), or in proportion to what they give. What a supplier's change does arrives after its delay.
 * Sources: README.md. */
#ifndef MEGURI_CASCADE_NET_H
#define MEGURI_CASCADE_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { LEVEL_FULL = 10000, HOUR = 60, NET_WEIGHT_MAX = 1000000, NET_DEMANDS_MAX = 1 << 22 /* sectors × (profiles + 1) */ };
typedef uint32_t tick;
#define TICK_NEVER UINT32_MAX
#define TICK_MAX (UINT32_MAX / 4) /* of any time that is given: sums of four of them do not overflow */
#define NET_NONE UINT32_MAX       /* no crew, no profile, no service */

/* A time that may vary from run to run. */
enum span_kind { SPAN_FIXED, SPAN_UNIFORM, SPAN_EXPONENTIAL };
struct span {
    tick low, high; /* FIXED: low. UNIFORM: any from low to high. EXPONENTIAL: low is the mean. low TICK_NEVER: never */
    uint8_t kind;
};

struct net_service {
    uint32_t sector;       /* below n_sectors */
    uint32_t weight;       /* in its sector: customers, demand; at most NET_WEIGHT_MAX; 0: in no figure of the sector */
    uint32_t crew;         /* class that repairs it; NET_NONE: repair begins when detected */
    uint32_t profile;      /* of its demand over the day; NET_NONE: the same at every hour */
    int32_t priority;      /* of repair, for ORDER_PRIORITY: larger first */
    uint16_t own;          /* own level at the beginning, 0 … 10,000 */
    uint16_t verify;       /* verification level: it is impaired while its level is below */
    bool black_start;      /* restarts without the services that need it (README) */
    struct span fails;     /* in working order until it fails by itself; never, where runs draw no failures */
    struct span detect;    /* from a failure until somebody knows */
    struct span repair;    /* a crew's work */
};

enum need_rule { NEED_COUNT, NEED_SHARE };
struct net_need {
    uint32_t k;        /* COUNT: so many suppliers at or above their thresholds. SHARE: the sum of weights that is enough */
    tick recharge;     /* from empty to full; 0: at once */
    struct span buffer; /* how long the service goes on when all of the need is lost */
    uint16_t strength; /* how much of the service is lost with the need: 10,000 all of it */
    uint8_t rule;
};

enum link_type { LINK_PHYSICAL, LINK_CYBER, LINK_GEOGRAPHIC, LINK_LOGICAL, LINK_TYPES };
struct net_supplier {
    uint32_t service;   /* who supplies */
    tick delay;         /* until its change is felt */
    uint32_t weight;    /* SHARE: its part of the sum, at most NET_WEIGHT_MAX; 1 otherwise */
    uint16_t threshold; /* COUNT: it counts while its level is at least this; 1 … 10,000 */
    uint8_t type;       /* enum link_type: told with what failed, not reckoned with */
};

struct net_crew {
    uint32_t number; /* repairs at a time */
};
struct net_profile {
    uint16_t hour[24]; /* demand, any unit; not all of them 0 */
};

/* Needs of service i are need[need_at[i]] … need[need_at[i + 1] - 1]; likewise the suppliers of need g. */
struct net {
    uint32_t n_services, n_needs, n_suppliers, n_sectors, n_crews, n_profiles;
    const struct net_service *service;
    const uint32_t *need_at;
    const struct net_need *need;
    const uint32_t *supplier_at;
    const struct net_supplier *supplier;
    const struct net_crew *crew;
    const struct net_profile *profile;
};

/* Whom each service supplies: for service j the needs need[at[j]] … and, beside each, the row of net.supplier it comes from.
 * In the order of rows. */
struct net_out {
    const uint32_t *at;  /* n_services + 1 */
    const uint32_t *need;
    const uint32_t *row;
};
void net_outward(struct arena *, const struct net *, struct net_out *out);

/* Service of each need. */
const uint32_t *net_owners(struct arena *, const struct net *);

/* NULL, or what is wrong with the arrays, for assertions and fuzzing: indices, k against the number of suppliers, levels, times,
 * a service among its own suppliers. Models are checked with better words where they are read (depend/read.h). */
const char *net_fault(const struct net *);

#endif
