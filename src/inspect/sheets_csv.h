/* Answer files. Wide: a row a respondent, a column a clause (or question); long: a row an answer. See
 * inspect/files.md.
 *
 *   wide   respondent[,organisation][,duty][,state][,round],4.1.6(1)(e),…[,4.1.6(1)(e) note]
 *   long   respondent,clause|question,answer[,note][,state][,round]
 *
 * An answer is done, not_done, no_occasion, or as officials write: 実施した 実施していない 該当する場面がなかった, ○ ×
 * －, 1 0 -; empty is unanswered. Refused: whatever would have to be guessed. */
#ifndef MEGURI_INSPECT_SHEETS_CSV_H
#define MEGURI_INSPECT_SHEETS_CSV_H

#include "format/csv.h"
#include "inspect/seats.h"

struct answer_note {
    struct seat *seat;
    size_t clause;
    str note;
    struct answer_note *next;
};
struct filed {
    int64_t rows;
    struct answer_note *notes; /* in no order */
};

bool answer_parse(str text, enum answer *out);
bool sheet_state_parse(str text, int *out); /* draft submitted confirmed, 一時保存 提出 確認 */
str sheet_state_text(int state);

/* Marks every seat the file speaks of: row, answers, state. Every fault found is noted; then nothing may be stored. */
enum err sheets_read(struct work *w, const struct round *r, struct seats *, struct csv *, int state,
                     struct filed *out) MUST_USE;

#endif
