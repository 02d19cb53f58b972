/* In which order what is broken should be repaired: the usual rules, one's own order, and the best that is found. */
#ifndef MEGURI_DEPEND_ORDER_H
#define MEGURI_DEPEND_ORDER_H

#include "depend/scenario.h"

enum {
    ORDER_BROKEN_MAX = 200,   /* services waiting for crews */
    ORDER_ALL_OF = 8,         /* of a class of crews: so many in all orders */
    ORDER_TRIES_MAX = 50000,  /* orders tried; of large models fewer: */
    ORDER_WORK_MAX = 20000000, /* orders times services */
    ORDER_ROUNDS_MAX = 20,    /* of all classes, each with the others as they are */
};
enum order_kind { ORDERED_FIFO, ORDERED_PRIORITY, ORDERED_WEIGHT, ORDERED_GIVEN, ORDERED_BEST, ORDERED_WORST, ORDERED };
extern const char *const order_codes[];
enum order_way {
    ORDER_EXACT,   /* all orders of all classes were tried: there is none better */
    ORDER_CLASSES, /* all orders of each class with the others as they are, until nothing got better */
    ORDER_GREEDY,  /* at each place who saves most, the others following by weight per hour */
};
struct order_row {
    enum order_kind kind;
    const uint32_t *service;  /* [broken] first to be repaired first; NULL: by the rule */
    int64_t weighted;         /* Σ weight · level-minutes over all services */
    int64_t area;             /* level-minutes of sectors */
    tick *back;               /* [services] in full since; TICK_NEVER: not at the end */
};
struct order_ask {
    const struct net *net;
    const struct scenario *s;
    const uint32_t *given;    /* all that is broken in an order of one's own; NULL */
};
struct orders {
    uint32_t *broken, n;      /* what waits for crews, as it stands in the model */
    uint32_t n_classes;       /* of crews with more to repair than they can at a time: only there an order makes a difference */
    struct order_row row[ORDERED];
    size_t n_rows;
    enum order_way way;
    int64_t tried;
};
/* What the scenario breaks and a crew repairs. Answers how many; beyond ORDER_BROKEN_MAX nothing else is to be asked. */
uint32_t order_broken(struct arena *, const struct net *, const struct scenario *, uint32_t *service);
/* Not more broken than ORDER_BROKEN_MAX. */
void order_all(struct work *w, const struct order_ask *, struct orders *out);

extern const struct param depend_order_params[];
enum err depend_view_order(struct work *w, const struct args *in, struct doc *out);

#endif
