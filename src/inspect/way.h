/* The way of a round's figures upward, as a table of steps. Pure.
 *
 *   a unit      open → closed
 *   a ministry  open → headed → approved → sent ⇄ queried, then accepted; with the round's closing published
 *
 * A ministry is an organisation next below the frame's top (in a frame of one body the top itself), a unit any below it.
 * What is not open is not changed, nor anything below it, until somebody reopens it with a reason. */
#ifndef MEGURI_INSPECT_WAY_H
#define MEGURI_INSPECT_WAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

enum stage {
    STAGE_OPEN,
    STAGE_CLOSED,
    STAGE_HEADED,
    STAGE_APPROVED,
    STAGE_SENT,
    STAGE_QUERIED,
    STAGE_ACCEPTED,
    STAGE_PUBLISHED,
    STAGES,
};
str stage_code(enum stage);
str stage_words(enum stage);          /* message id */
bool stage_parse(str code, enum stage *out);
static inline bool stage_shut(enum stage s) { return s != STAGE_OPEN && s != STAGE_PUBLISHED; }

enum body { BODY_TOP, BODY_MINISTRY, BODY_UNIT };

struct way_step {
    const char *act;     /* "approve" */
    enum body body;
    unsigned from;       /* stages it starts from: 1 << stage */
    enum stage to;
    unsigned right;      /* any of these, at the organisation */
    bool why, another;   /* a reason is needed; by another person than the step before */
    str label;           /* message id of its button */
};
/* The step an act takes a body from a stage; NULL: none. */
const struct way_step *way_step(const char *act, enum body, enum stage from);
/* The steps a body may take from a stage, in the order of the table; at most n. */
enum { WAY_STEPS_MAX = 4 };
size_t way_steps(enum body, enum stage from, const struct way_step *out[WAY_STEPS_MAX]);
/* The stages an act starts from, for telling where it would fit: a bit set, 0 when the body has no such act. */
unsigned way_from(const char *act, enum body);

#endif
