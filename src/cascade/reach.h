/* Reach: who depends on whom, whatever the time. Pure.
 *
 * "Loses for good" below: the services are taken out and stay out, buffers run dry, nothing is repaired, and a service is lost when
 * one of its needs cannot be met any more (COUNT: fewer than k suppliers left; SHARE: less than enough, where the strength is full:
 * a need that only weakens takes nobody down). Who is left gives its own level at the beginning. So what a network cannot do from the
 * beginning is lost with every set, also with one of nobody. */
#ifndef MEGURI_CASCADE_REACH_H
#define MEGURI_CASCADE_REACH_H

#include "cascade/net.h"

/* Strongly connected groups: services that depend on one another in a circle. group[i] = 0 … n - 1, numbered so that a group depends
 * only on groups of smaller or equal number (suppliers first). Answers n. */
uint32_t reach_groups(struct arena *, const struct net *, uint32_t *group);

/* Direct and transitive dependants of each service, itself not counted: with which any loss is felt. transitive NULL: not wanted;
 * 512 dependants at a time, so it answers for any size, in time that grows with its square (100,000 services: some 0.3 s). */
void reach_counts(struct arena *, const struct net *, uint32_t *direct, uint32_t *transitive);
/* Marks what depends on the n services, themselves too; how many links away (0, 1, 2 …), NET_NONE: not at all. */
void reach_from(struct arena *, const struct net *, const uint32_t *service, size_t n, uint32_t *steps);

/* For each of the n sets of services, taken out for good: how many services are lost (those taken out among them), and the weight of
 * those lost per sector (NULL: not wanted; [sets × sectors], a set's sectors together). Sets are at_set[s] … at_set[s + 1] - 1 of `service`.
 * 512 sets at a time, a bit each; the same figures with any number of threads. Also to how many sets that it is not in each service is lost
 * (susceptibility; NULL: not wanted; [services]). Each service out in turn, of 100,000 with 400,000 rows: 0.1 to 1.8 s, one thread; what
 * bounds it is memory: the 64 bytes of each of the services lost to any of 512, read some times and counted once. */
struct reach_sets {
    const uint32_t *at_set, *service;
    size_t n;
};
void reach_losses(struct arena *, const struct net *, const struct reach_sets *, unsigned threads, uint32_t *lost, uint64_t *sector_weight,
                  uint32_t *lost_to);
/* The same as one would write it down, a set at a time: the definition. lost_bit: [services]. Answers how many. */
uint32_t reach_lost_plainly(struct arena *, const struct net *, const uint32_t *service, size_t n, bool *lost_bit);

/* Circles that never come back by themselves: when all in it is down and everything else works, buffers being empty, none of them can
 * begin, not even in part. The largest sets of which this is so and in which each depends on each. A black starter begins, whatever is
 * broken from the beginning counts as mended. circle[i]: its number (1 …, in the order of their first members), 0: in none. `stored`:
 * with their buffers full as the only help (those that surely hold something: span.low > 0). Answers how many circles. */
uint32_t reach_stuck(struct arena *, const struct net *, bool stored, uint32_t *circle);
/* All of one circle (of[i] == which) is down, with all that depends on it; of NULL: everything is. Who comes back as far as it could
 * ever, not only in part: back[i], for all services. Answers how many do not. As reach_stuck: black starters begin, `stored` buffers help. */
uint32_t reach_back(struct arena *, const struct net *, bool stored, const uint32_t *of, uint32_t which, bool *back);

#endif
