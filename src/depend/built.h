/* A model out of what was answered. Its services are groups of five operators or more, so that no figure in it is one operator's. */
#ifndef MEGURI_DEPEND_BUILT_H
#define MEGURI_DEPEND_BUILT_H

#include "depend/ask.h"
#include "depend/stored.h"

enum built_level { BUILT_MEDIAN, BUILT_LOW, BUILT_HIGH };

/* A service of the model. Essential services of one name make one where five operators or more give it, and what is left of the sector is
 * none or again five or more; else the sector is one service. known: answers stand behind it; a sector of which nothing may be told is a
 * service without needs. */
struct built_service {
    struct ask_group group;
    str code, ja, en;
    bool known;
};
struct built_services {
    struct built_service *service;
    size_t n;
};
void built_services(struct arena *, const struct voices *, struct built_services *out);

/* How much of a service is lost without what a question is about, and after how long. lost 0: it does not need it. */
struct built_need {
    uint16_t lost;
    struct span buffer;
};
struct built_need built_need(struct arena *, const struct voices *, const struct ask_group *, size_t question, enum built_level);

/* The files of the model, as the layout says (README.md); threats and crews are empty. What is needed of a service's own sector is left out:
 * in such a model the services of a sector would hold one another down. */
void built_files(struct arena *, const struct voices *, enum built_level, str bytes[MODEL_PARTS]);

/* Does a model say what was answered? For each sector that stops and each that was told of. All levels in ten-thousandths. */
struct built_fit {
    size_t fails, part, at;   /* numbers of a question, a sector and a time of the question */
    int32_t answered;         /* the middle; of `low` the least, of `high` the most */
    int32_t least, most;
    int32_t direct, all;      /* mean over the runs: only what is needed of that sector; with all that follows */
};
enum { BUILT_RUNS = 200, BUILT_SERVICES_MAX = 2000 };
/* The model's sectors have the codes of those asked; others are passed over. */
void built_fit(struct arena *, const struct voices *, const struct model *, enum built_level, uint64_t seed, struct built_fit **out, size_t *n);

entry_fn depend_act_build, depend_view_fit;

#endif
