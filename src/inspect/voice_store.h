/* What a survey was answered, for figures over groups: the statements. Nothing here decides. */
#ifndef MEGURI_INSPECT_VOICE_STORE_H
#define MEGURI_INSPECT_VOICE_STORE_H

#include "inspect/survey_store.h"

extern const struct sql_set voice_sql_set;

/* Who was asked, by sector, in official order. */
struct voice_asked {
    int64_t part, org, begun; /* begun: replies, or "none" */
    str code, ja, en;         /* of the sector */
    bool done;
};
enum err voice_asked_all(struct work *w, int64_t survey, struct voice_asked **out, size_t *n) MUST_USE;
/* Answers one by one, those of a reply together, in official order. all: of every organisation that is complete; else those of the
 * actor's own. */
struct voice_row {
    int64_t reply, part, org, pos, lo, hi;
    str name, ja, en, value;
};
enum err voice_rows(struct work *w, const struct survey *, bool all, struct voice_row **out, size_t *n) MUST_USE;

#endif
