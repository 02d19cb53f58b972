/* The elicitation: what operators answered to "if X stops, how far do you go on?", as figures over groups. Pure but for the entries.
 *
 * A figure is told where answers of five operators or more stand behind it, or where the sector itself was asked (then it is the
 * sector's own figure and no operator's). Levels are ten-thousandths, lengths of time minutes, as everywhere in this room. */
#ifndef MEGURI_DEPEND_ASK_H
#define MEGURI_DEPEND_ASK_H

#include "cascade/net.h"
#include "inspect/inspect.h"

enum { ASK_TOLD_FROM = 5 };

/* Answers that are summed up together. */
struct ask_group {
    const struct voice **voice;
    size_t n;
    size_t part;      /* its sector, in voices.part */
    bool itself;      /* answered by the sector's own body */
};
struct ask_figure {
    bool told;         /* the rest is filled only then */
    size_t operators;  /* organisations whose answers stand behind it */
    size_t n, need;    /* replies; of levels, those that need it: a row left empty is 100 per cent */
    int32_t least, most;           /* smallest lower bound, largest upper bound */
    int32_t middle_low, middle_high; /* medians of the lower and of the upper bounds; of an even number the mean of the middle two */
};
/* All replies of a sector. */
struct ask_group ask_sector(struct arena *, const struct voices *, size_t part);
bool ask_may_tell(const struct ask_group *, size_t operators);
size_t ask_operators(struct arena *, const struct ask_group *, size_t question, bool given); /* given: only those that answered it */
/* Of levels (after question.hours[at]) or, at 0, of hours. */
struct ask_figure ask_figure(struct arena *, const struct voices *, const struct ask_group *, size_t question, size_t at);
/* How many replies chose each; told as figures are. Answers false when it is not told. */
bool ask_choices(struct arena *, const struct voices *, const struct ask_group *, size_t question, str choice, size_t *n);

/* The median of n sorted numbers; of an even number the mean of the middle two, rounded half up. n > 0. */
int32_t ask_median(const int32_t *sorted, size_t n);

/* Of the levels that a reply gives after 1, 6 … h: how much is lost at most, in ten-thousandths, and between when a quarter and three
 * quarters of that are lost first, in minutes; between the times a straight line, from 100 at 0. So "in full after 6 h, nothing after 24"
 * stops between 10.5 and 19.5 h: it does not say when. */
struct ask_step {
    int32_t lost;
    tick from, until;
};
struct ask_step ask_step(const struct voice_question *, const int32_t *level /* ten-thousandths */);

entry_fn depend_act_ask, depend_view_answers, depend_view_elicitations;

#endif
