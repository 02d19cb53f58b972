#include "inspect/way.h"

#include <string.h>

#include "access/access.h"

static const struct {
    str code, words;
} stages[STAGES] = {
    [STAGE_OPEN] = {S_INIT("open"), N("being answered")},
    [STAGE_CLOSED] = {S_INIT("closed"), N("unit closed")},
    [STAGE_HEADED] = {S_INIT("headed"), N("approved by the head")},
    [STAGE_APPROVED] = {S_INIT("approved"), N("approved by the chief officer")},
    [STAGE_SENT] = {S_INIT("sent"), N("sent to the centre")},
    [STAGE_QUERIED] = {S_INIT("queried"), N("queried by the centre")},
    [STAGE_ACCEPTED] = {S_INIT("accepted"), N("accepted by the centre")},
    [STAGE_PUBLISHED] = {S_INIT("published"), N("made public")},
};

str stage_code(enum stage s) { return stages[s].code; }
str stage_words(enum stage s) { return stages[s].words; }

bool stage_parse(str code, enum stage *out)
{
    for (int i = 0; i < STAGES; i++) {
        if (!str_eq(stages[i].code, code)) continue;
        *out = (enum stage)i;
        return true;
    }
    return false;
}

#define AT(stage) (1U << STAGE_##stage)

/* Two people approve (統括情報セキュリティ責任者, then 最高情報セキュリティ責任者), and what the centre holds only the centre
 * gives back. */
static const struct way_step steps[] = {
    {"close-unit", BODY_UNIT, AT(OPEN), STAGE_CLOSED, MAY_MANAGE, false, false, N("Close the unit")},
    {"approve", BODY_MINISTRY, AT(OPEN), STAGE_HEADED, MAY_MANAGE, false, false, N("Approve as head")},
    {"approve", BODY_MINISTRY, AT(HEADED), STAGE_APPROVED, MAY_APPROVE, false, true, N("Approve as chief officer")},
    {"send", BODY_MINISTRY, AT(APPROVED), STAGE_SENT, MAY_MANAGE | MAY_APPROVE, false, false, N("Send to the centre")},
    {"send", BODY_MINISTRY, AT(QUERIED), STAGE_SENT, MAY_MANAGE | MAY_APPROVE, true, false, N("Answer the query")},
    {"accept", BODY_MINISTRY, AT(SENT), STAGE_ACCEPTED, MAY_CENTRE, false, false, N("Accept")},
    {"query", BODY_MINISTRY, AT(SENT), STAGE_QUERIED, MAY_CENTRE, true, false, N("Query")},
    {"reopen", BODY_UNIT, AT(CLOSED), STAGE_OPEN, MAY_MANAGE | MAY_CENTRE, true, false, N("Reopen")},
    {"reopen", BODY_MINISTRY, AT(HEADED) | AT(APPROVED) | AT(QUERIED), STAGE_OPEN, MAY_MANAGE | MAY_CENTRE, true, false,
     N("Reopen")},
    {"reopen", BODY_MINISTRY, AT(SENT) | AT(ACCEPTED), STAGE_OPEN, MAY_CENTRE, true, false, N("Reopen")},
};
enum { N_STEPS = sizeof steps / sizeof *steps };

const struct way_step *way_step(const char *act, enum body body, enum stage from)
{
    for (size_t i = 0; i < N_STEPS; i++)
        if (steps[i].body == body && (steps[i].from & 1U << from) && strcmp(steps[i].act, act) == 0) return &steps[i];
    return NULL;
}

size_t way_steps(enum body body, enum stage from, const struct way_step *out[WAY_STEPS_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < N_STEPS && n < WAY_STEPS_MAX; i++)
        if (steps[i].body == body && (steps[i].from & 1U << from)) out[n++] = &steps[i];
    return n;
}

unsigned way_from(const char *act, enum body body)
{
    unsigned from = 0;
    for (size_t i = 0; i < N_STEPS; i++)
        if (steps[i].body == body && strcmp(steps[i].act, act) == 0) from |= steps[i].from;
    return from;
}
